//! Every state with every command and every report; every refusal by name.

use super::*;
use crate::cohelp::fixture::{TODAY, actor, context, job, offer, person, points, request, rules};
use crate::cohelp::types::{Agreement, Confirmation, Done, Ending, OfferState, Side, State, Thanks};
use crate::cohelp::{Rating, Step};
use crate::kernel::{Assurance, HoldId, JobId, OfferId, PersonId, SignIn};

const REQUESTER: u64 = 1;
const HELPER: u64 = 2;
const OTHER: u64 = 3;

fn at(hour: u16) -> Timestamp {
    TODAY.at_minute(hour * 60)
}

fn hold() -> HoldId {
    HoldId::from_bytes([7; 16])
}

fn agreement() -> Agreement {
    Agreement { offer: offer(1), helper: person(HELPER), hold: hold(), chosen_at: at(9) }
}

fn agreed(confirmed: Option<Side>) -> State {
    let confirmed = confirmed.map(|by| Confirmation { by, at: at(15) });
    State::Agreed { agreement: agreement(), agreed_at: at(9), confirmed }
}

fn done() -> Done {
    Done { requester_at: at(15), helper_at: at(15) }
}

fn paid(by_requester: bool, by_helper: bool) -> State {
    let thanks = |said: bool| said.then(|| Thanks { rating: Rating::MAX, message: None, at: at(16) });
    State::Paid {
        agreement: agreement(),
        agreed_at: at(9),
        done: done(),
        paid_at: at(16),
        fee: points(25),
        thanks_by_requester: thanks(by_requester),
        thanks_by_helper: thanks(by_helper),
    }
}

fn lapsed() -> Ending {
    Ending::Lapsed { at: at(16) }
}

/// Every shape of state, with a name.
fn states() -> Vec<(&'static str, State)> {
    vec![
        ("open", State::Open { missing: None }),
        ("agreeing", State::Agreeing(agreement())),
        ("agreed", agreed(None)),
        ("agreed, requester confirmed", agreed(Some(Side::Requester))),
        ("agreed, helper confirmed", agreed(Some(Side::Helper))),
        ("paying", State::Paying { agreement: agreement(), agreed_at: at(9), done: done() }),
        ("paid", paid(false, false)),
        ("paid, requester thanked", paid(true, false)),
        ("paid, both thanked", paid(true, true)),
        ("cancelling", State::Cancelling { agreement: agreement(), ending: lapsed() }),
        ("cancelled", State::Cancelled { agreement: None, ending: lapsed() }),
        ("cancelled after agreement", State::Cancelled { agreement: Some(agreement()), ending: lapsed() }),
        ("expired", State::Expired { at: at(15) }),
    ]
}

/// A job in that state, its window today from 14:00 to 15:30; offer 1 of the helper as the state has it, and offer 2 of
/// somebody else, standing where that can be.
fn town(state: State) -> Snapshot {
    let takes = matches!(state, State::Open { .. } | State::Agreeing(_));
    let of = |id: u64, helper: u64, state| Offer {
        id: offer(id),
        job: job(1),
        helper: person(helper),
        note: None,
        at: at(9),
        state,
    };
    let first = match (state.agreement(), takes) {
        (Some(_), _) => OfferState::Chosen,
        (None, true) => OfferState::Standing,
        (None, false) => OfferState::Declined,
    };
    let second = if takes { OfferState::Standing } else { OfferState::Declined };
    let asked = Job {
        id: job(1),
        requester: person(REQUESTER),
        request: request(TODAY, 500).unwrap(),
        fee_percent: 5,
        posted_at: at(8),
        state,
    };
    let offers = [of(1, HELPER, first), of(2, OTHER + 1, second)];
    Snapshot {
        jobs: [(asked.id, asked)].into(),
        offers: offers.into_iter().map(|offer| (offer.id, offer)).collect(),
        ..Snapshot::default()
    }
}

fn told(snapshot: &Snapshot, who: u64, now: Timestamp, command: &Command) -> Result<Decided, Refusal> {
    decide(snapshot, &Terms { rules: &rules(), available: None }, command, &context(who, now, 99))
}

/// The word of the state after the command, or the refusal.
fn outcome(state: &State, who: u64, now: Timestamp, command: &Command) -> String {
    match told(&town(state.clone()), who, now, command) {
        Ok(Decided { changes, .. }) => {
            let word = changes.jobs.first().map_or(state.word(), |job| job.state.word());
            let events = if changes.outbox.is_empty() { "" } else { "!" };
            format!("{word}{events}")
        }
        Err(refusal) => format!("{refusal:?}"),
    }
}

fn make_offer() -> Command {
    Command::Offer { job: job(1), offer: offer(9), note: None }
}
fn choose(id: OfferId) -> Command {
    Command::Choose { job: job(1), offer: id }
}
fn confirm() -> Command {
    Command::Confirm { job: job(1) }
}
fn cancel() -> Command {
    Command::Cancel { job: job(1), reason: None }
}
fn thank() -> Command {
    Command::Thank { job: job(1), rating: Rating::MAX, message: None }
}
fn withdraw(id: OfferId) -> Command {
    Command::Withdraw { job: job(1), offer: id }
}

#[test]
fn every_state_with_every_command() {
    // Columns: another offers; the requester chooses offer 2; its maker takes it back; requester and helper confirm,
    // cancel, thank. `!` marks an event for the ledger. All at 13:00 on the day of the job.
    let expected = "
open: open | agreeing! | open | NotAgreed, NotYours | cancelled, NotYours | NotPaid, NotYours
agreeing: AlreadyChosen | AlreadyChosen | agreeing | InProgress, InProgress | InProgress, InProgress | NotPaid, NotPaid
agreed: AlreadyChosen | AlreadyChosen | NotOpen | agreed, agreed | cancelling!, cancelling! | NotPaid, NotPaid
agreed, requester confirmed: AlreadyChosen | AlreadyChosen | NotOpen | AlreadyConfirmed, paying! | CancelTooLate, CancelTooLate | NotPaid, NotPaid
agreed, helper confirmed: AlreadyChosen | AlreadyChosen | NotOpen | paying!, AlreadyConfirmed | CancelTooLate, CancelTooLate | NotPaid, NotPaid
paying: AlreadyChosen | AlreadyChosen | NotOpen | AlreadyConfirmed, AlreadyConfirmed | CancelTooLate, CancelTooLate | InProgress, InProgress
paid: AlreadyChosen | AlreadyChosen | NotOpen | AlreadyConfirmed, AlreadyConfirmed | CancelTooLate, CancelTooLate | paid, paid
paid, requester thanked: AlreadyChosen | AlreadyChosen | NotOpen | AlreadyConfirmed, AlreadyConfirmed | CancelTooLate, CancelTooLate | AlreadyThanked, paid
paid, both thanked: AlreadyChosen | AlreadyChosen | NotOpen | AlreadyConfirmed, AlreadyConfirmed | CancelTooLate, CancelTooLate | AlreadyThanked, AlreadyThanked
cancelling: NotOpen | NotOpen | NotOpen | NotAgreed, NotAgreed | NotOpen, NotOpen | NotPaid, NotPaid
cancelled: NotOpen | NotOpen | NotOpen | NotAgreed, NotYours | NotOpen, NotYours | NotPaid, NotYours
cancelled after agreement: NotOpen | NotOpen | NotOpen | NotAgreed, NotAgreed | NotOpen, NotOpen | NotPaid, NotPaid
expired: NotOpen | NotOpen | NotOpen | NotAgreed, NotYours | NotOpen, NotYours | NotPaid, NotYours
";
    let mut got = String::from("\n");
    for (name, state) in states() {
        let by = |who, command: Command| outcome(&state, who, at(13), &command);
        let both = |command: fn() -> Command| format!("{}, {}", by(REQUESTER, command()), by(HELPER, command()));
        // A standing offer on a state that cannot have one: taking it back must still be refused.
        let mut strange = town(state.clone());
        strange.offers.get_mut(&offer(2)).unwrap().state = OfferState::Standing;
        let back = match told(&strange, OTHER + 1, at(13), &withdraw(offer(2))) {
            Ok(_) => state.word().to_owned(),
            Err(refusal) => format!("{refusal:?}"),
        };
        let cells =
            [by(OTHER, make_offer()), by(REQUESTER, choose(offer(2))), back, both(confirm), both(cancel), both(thank)];
        got.push_str(&format!("{name}: {}\n", cells.join(" | ")));
    }
    assert_eq!(got, expected);
}

#[test]
fn strangers_may_nothing_with_any_state() {
    for (name, state) in states() {
        for command in [choose(offer(2)), withdraw(offer(2)), confirm(), cancel(), thank()] {
            assert_eq!(outcome(&state, OTHER, at(13), &command), "NotYours", "{name} {command:?}");
        }
        assert_eq!(outcome(&state, REQUESTER, at(13), &make_offer()), "OwnRequest", "{name}");
    }
}

#[test]
fn every_state_with_every_report() {
    type Make = fn(JobId, HoldId) -> Step;
    let reports: [(&str, Make); 5] = [
        ("held", |job, hold| Step::Held { job, hold }),
        ("refused", |job, hold| Step::HoldRefused { job, hold, missing: Points::ZERO }),
        ("settled", |job, hold| Step::Settled { job, hold }),
        ("lost", |job, hold| Step::HoldLost { job, hold }),
        ("released", |job, hold| Step::Released { job, hold }),
    ];
    for (name, state) in states() {
        for (report, make) in reports {
            let after = |hold| advance(&town(state.clone()), &make(job(1), hold), at(17));
            let changes = after(hold());
            let expected = match (report, name) {
                ("held", "agreeing") => Some("agreed"),
                ("refused", "agreeing") => Some("open"),
                ("settled", "paying") => Some("paid"),
                ("lost", "paying") => Some("cancelled"),
                ("released", "cancelling") => Some("cancelled"),
                _ => None,
            };
            assert_eq!(changes.jobs.first().map(|job| job.state.word()), expected, "{report} on {name}");
            assert_eq!(changes.done.len(), 1, "{report} on {name} ends its event");
            let orphan = report == "held" && state.agreement().is_none();
            assert_eq!(changes.outbox.len(), usize::from(orphan), "{report} on {name}");
            let foreign = after(HoldId::from_bytes([8; 16]));
            assert!(foreign.jobs.is_empty(), "{report} of another hold on {name}");
            assert_eq!(foreign.outbox.len(), usize::from(report == "held"), "points nobody waits for go back");
        }
    }
}

#[test]
fn reports_about_unknown_jobs_change_no_job() {
    let none = Snapshot::default();
    for step in [
        Step::HoldRefused { job: job(1), hold: hold(), missing: Points::ZERO },
        Step::Settled { job: job(1), hold: hold() },
        Step::HoldLost { job: job(1), hold: hold() },
        Step::Released { job: job(1), hold: hold() },
    ] {
        let changes = advance(&none, &step, at(17));
        assert!(changes.jobs.is_empty() && changes.outbox.is_empty() && changes.done.len() == 1, "{step:?}");
    }
    assert_eq!(advance(&none, &Step::Held { job: job(1), hold: hold() }, at(17)).outbox.len(), 1);
}

#[test]
fn time_alone() {
    let ends = TODAY.at_minute(15 * 60 + 30);
    for (name, state) in states() {
        let after = |now| advance(&town(state.clone()), &Step::ExpireDue, now);
        assert!(after(Timestamp(ends.0 - 1)).is_empty(), "{name} before the end");
        let expected = if name == "open" { Some("expired") } else { None };
        assert_eq!(after(ends).jobs.first().map(|job| job.state.word()), expected, "{name} at the end");
        let late = after(ends.plus_seconds(28 * 86_400));
        let expected = match name {
            "open" => Some("expired"),
            "agreed" | "agreed, requester confirmed" | "agreed, helper confirmed" => Some("cancelling"),
            _ => None,
        };
        assert_eq!(late.jobs.first().map(|job| job.state.word()), expected, "{name} four weeks later");
        assert_eq!(late.outbox.len(), usize::from(expected == Some("cancelling")), "{name}");
    }
    let expired = advance(&town(State::Open { missing: None }), &Step::ExpireDue, ends);
    assert!(expired.offers.iter().all(|offer| offer.state == OfferState::Declined) && expired.offers.len() == 2);
}

#[test]
fn a_read_shows_expiry_before_it_is_written() {
    let snapshot = town(State::Open { missing: None });
    let found = &snapshot.jobs[&job(1)];
    let ends = found.request.window.ends();
    assert!(found.is_open(Timestamp(ends.0 - 1)) && !found.is_open(ends));
    assert_eq!(found.state_at(ends), State::Expired { at: ends });
    assert_eq!(outcome(&found.state, REQUESTER, ends, &choose(offer(1))), "NotOpen");
    assert_eq!(outcome(&found.state, REQUESTER, ends, &cancel()), "NotOpen");
    assert_eq!(outcome(&found.state, OTHER, ends, &make_offer()), "NotOpen");
    assert_eq!(outcome(&found.state, HELPER, ends, &withdraw(offer(1))), "NotOpen");
}

#[test]
fn offers_end_when_the_window_begins_and_choosing_when_it_ends() {
    let open = State::Open { missing: None };
    let starts = TODAY.at_minute(14 * 60);
    assert_eq!(outcome(&open, OTHER, Timestamp(starts.0 - 1), &make_offer()), "open");
    assert_eq!(outcome(&open, OTHER, starts, &make_offer()), "WindowPast");
    assert_eq!(outcome(&open, REQUESTER, starts, &choose(offer(1))), "agreeing!");
}

#[test]
fn confirming_is_from_the_day_on_and_for_four_weeks() {
    let midnight = TODAY.at_minute(0);
    let lapses = TODAY.at_minute(15 * 60 + 30).plus_seconds(28 * 86_400);
    assert_eq!(outcome(&agreed(None), HELPER, Timestamp(midnight.0 - 1), &confirm()), "TooEarly");
    assert_eq!(outcome(&agreed(None), HELPER, midnight, &confirm()), "agreed");
    assert_eq!(outcome(&agreed(None), HELPER, Timestamp(lapses.0 - 1), &confirm()), "agreed");
    assert_eq!(outcome(&agreed(None), HELPER, lapses, &confirm()), "TooLate");
    let snapshot = town(agreed(None));
    assert!(lapses < snapshot.jobs[&job(1)].hold_until(), "points are still set aside at the last confirmation");
}

#[test]
fn of_two_choices_one_wins() {
    let before = town(State::Open { missing: None });
    let first = told(&before, REQUESTER, at(13), &choose(offer(1))).unwrap().changes;
    let mut after = before.clone();
    after.jobs.extend(first.jobs.into_iter().map(|job| (job.id, job)));
    after.offers.extend(first.offers.into_iter().map(|offer| (offer.id, offer)));
    assert_eq!(told(&after, REQUESTER, at(13), &choose(offer(2))), Err(Refusal::AlreadyChosen));
    assert_eq!(told(&after, HELPER, at(13), &withdraw(offer(1))), Err(Refusal::AlreadyChosen));
}

#[test]
fn a_refused_hold_opens_the_request_again_under_a_new_name() {
    let snapshot = town(State::Agreeing(agreement()));
    let missing = points(30);
    let changes = advance(&snapshot, &Step::HoldRefused { job: job(1), hold: hold(), missing }, at(13));
    let reopened = changes.jobs.first().unwrap();
    assert_eq!(reopened.state, State::Open { missing: Some(missing) });
    assert_eq!(changes.offers.first().map(|offer| offer.state), Some(OfferState::Standing));
    let again = town(reopened.state.clone());
    let name = |id| {
        let context = context(REQUESTER, at(13), id);
        let terms = Terms { rules: &rules(), available: None };
        decide(&again, &terms, &choose(offer(1)), &context).unwrap().changes.outbox.first().unwrap().id
    };
    assert_ne!(name(1), name(2));
}

#[test]
fn asking() {
    let (rules, now) = (rules(), at(8));
    let ask = |request: crate::cohelp::Request, available: Option<u64>, open_requests: u32| {
        let snapshot = Snapshot { open_requests, ..Snapshot::default() };
        let terms = Terms { rules: &rules, available: available.map(points) };
        let command = Command::Ask { job: job(1), request };
        decide(&snapshot, &terms, &command, &context(1, now, 1)).map(|decided| decided.changes.jobs.len())
    };
    let good = || request(TODAY, 500).unwrap();
    let window = |days, from, to| crate::cohelp::Window::new(TODAY.plus(days), from, to).unwrap();
    let with = |days, from, to| crate::cohelp::Request { window: window(days, from, to), ..good() };
    assert_eq!(ask(good(), None, 0), Ok(1));
    assert_eq!(ask(good(), Some(500), 9), Ok(1));
    assert_eq!(ask(good(), Some(499), 0), Err(Refusal::ShortOf { missing: points(1) }));
    assert_eq!(ask(good(), None, 10), Err(Refusal::TooManyOpenRequests));
    let elsewhere = crate::cohelp::Request { area: crate::cohelp::AreaCode::parse("mars").unwrap(), ..good() };
    assert_eq!(ask(elsewhere, None, 0), Err(Refusal::AreaUnknown));
    assert_eq!(ask(with(-1, 600, 700), None, 0), Err(Refusal::WindowPast));
    assert_eq!(ask(with(0, 480, 600), None, 0), Err(Refusal::WindowPast));
    assert_eq!(ask(with(0, 481, 600), None, 0), Ok(1));
    assert_eq!(ask(with(180, 480, 1260), None, 0), Ok(1));
    assert_eq!(ask(with(181, 480, 600), None, 0), Err(Refusal::TooFarAhead { days_max: 180 }));
    let hours = Refusal::OutsideHours { from_minute: 480, to_minute: 1260 };
    assert_eq!(ask(with(1, 479, 600), None, 0), Err(hours));
    assert_eq!(ask(with(1, 1200, 1261), None, 0), Err(hours));
    let lasting = |minutes| crate::cohelp::Request { minutes, ..good() };
    assert_eq!(ask(lasting(0), None, 0), Err(Refusal::WindowShort));
    assert_eq!(ask(lasting(91), None, 0), Err(Refusal::WindowShort));
    assert_eq!(ask(lasting(90), None, 0), Ok(1));
    let giving = |reward| crate::cohelp::Request { reward: points(reward), ..good() };
    assert_eq!(ask(giving(0), None, 0), Err(Refusal::RewardZero));
    assert_eq!(ask(giving(10_000), None, 0), Ok(1));
    assert_eq!(ask(giving(10_001), None, 0), Err(Refusal::RewardTooLarge { max: points(10_000) }));
    let unoffered = crate::cohelp::Rules { categories: Vec::new(), ..rules.clone() };
    let terms = Terms { rules: &unoffered, available: None };
    let refused =
        decide(&Snapshot::default(), &terms, &Command::Ask { job: job(1), request: good() }, &context(1, now, 1));
    assert_eq!(refused, Err(Refusal::CategoryUnknown));
}

#[test]
fn names_are_used_once() {
    let snapshot = town(State::Open { missing: None });
    let ask = Command::Ask { job: job(1), request: request(TODAY, 500).unwrap() };
    assert_eq!(told(&snapshot, OTHER, at(13), &ask), Err(Refusal::JobExists));
    let taken = Command::Offer { job: job(1), offer: offer(1), note: None };
    assert_eq!(told(&snapshot, OTHER, at(13), &taken), Err(Refusal::OfferExists));
    assert_eq!(told(&snapshot, REQUESTER, at(13), &choose(offer(8))), Err(Refusal::OfferUnknown));
    assert_eq!(told(&Snapshot::default(), OTHER, at(13), &make_offer()), Err(Refusal::JobUnknown));
    let mut declined = snapshot.clone();
    declined.offers.get_mut(&offer(1)).unwrap().state = OfferState::Withdrawn;
    assert_eq!(told(&declined, REQUESTER, at(13), &choose(offer(1))), Err(Refusal::OfferNotStanding));
    assert_eq!(told(&declined, HELPER, at(13), &withdraw(offer(1))), Err(Refusal::OfferNotStanding));
}

#[test]
fn offers_are_bounded() {
    let with = |count: u64, helper: fn(u64) -> PersonId, state: OfferState| {
        let mut snapshot = town(State::Open { missing: None });
        snapshot.offers.clear();
        for number in 100..100 + count {
            let made = Offer { id: offer(number), job: job(1), helper: helper(number), note: None, at: at(9), state };
            snapshot.offers.insert(made.id, made);
        }
        told(&snapshot, OTHER, at(13), &make_offer()).map(|_| ())
    };
    assert_eq!(with(19, person, OfferState::Standing), Ok(()));
    assert_eq!(with(20, person, OfferState::Standing), Err(Refusal::TooManyOffers));
    assert_eq!(with(99, person, OfferState::Withdrawn), Ok(()));
    assert_eq!(with(100, person, OfferState::Withdrawn), Err(Refusal::TooManyOffers));
    assert_eq!(with(1, |_| person(OTHER), OfferState::Standing), Err(Refusal::AlreadyOffered));
    assert_eq!(with(2, |_| person(OTHER), OfferState::Withdrawn), Ok(()));
    assert_eq!(with(3, |_| person(OTHER), OfferState::Withdrawn), Err(Refusal::TooManyOffers));
}

#[test]
fn only_card_proven_people_with_a_passkey() {
    let rules = rules();
    let by = |assurance: Assurance| {
        let context = Context {
            actor: crate::kernel::Actor { assurance, ..actor(OTHER) },
            now: at(13),
            command: crate::cohelp::fixture::command(1),
        };
        let terms = Terms { rules: &rules, available: None };
        decide(&town(State::Open { missing: None }), &terms, &make_offer(), &context).map(|_| ())
    };
    let usual = actor(OTHER).assurance;
    assert_eq!(by(usual), Ok(()));
    let without = Assurance { sign_in: SignIn::Proof, ..usual };
    assert_eq!(by(without), Err(Refusal::LevelMissing { level: Level::Passkey }));
    let invited = Assurance { proof: Proof::Invitation { at: at(8) }, ..usual };
    assert_eq!(by(invited), Err(Refusal::CardMissing));
}

#[test]
fn a_repeat_repeats_the_answer_and_nothing_else() {
    let mut snapshot = town(State::Open { missing: None });
    let first = told(&snapshot, OTHER, at(12), &make_offer()).unwrap();
    snapshot.remembered = first.changes.remember.clone();
    let again = told(&snapshot, OTHER, at(13), &make_offer()).unwrap();
    assert_eq!((again.receipt, again.changes.is_empty()), (first.receipt, true));
    assert_eq!(told(&snapshot, OTHER, at(13), &confirm()), Err(Refusal::CommandReused));
    assert_eq!(told(&snapshot, HELPER, at(13), &make_offer()), Err(Refusal::CommandReused));
}

#[test]
fn the_fee_is_that_of_the_asking() {
    let mut snapshot = town(agreed(Some(Side::Helper)));
    snapshot.jobs.get_mut(&job(1)).unwrap().fee_percent = 3;
    let changes = told(&snapshot, REQUESTER, at(16), &confirm()).unwrap().changes;
    assert!(matches!(changes.outbox.first().unwrap().event, Event::BothConfirmed { fee_percent: 3, .. }));
    assert_eq!(changes.jobs.first().unwrap().fee(), points(15));
}
