//! Every refusal by name; what each act changes. [`table`] is the whole machine, and the document of it.

mod agreed;
mod case;
mod chat;
mod concern;
mod entered;
mod feedback;
mod photo;
mod shapes;
mod table;

use self::shapes::{HELPER, OTHER, REQUESTER, agreement, at, hold, town};
use super::*;
use crate::cohelp::fixture::{TODAY, actor, context, job, offer, person, points, request, rules};
use crate::cohelp::matching::{Code, Few};
use crate::cohelp::types::{Answers, Given, OfferState, State};
use crate::cohelp::{Rating, Step};
use crate::kernel::{Assurance, Category, Level, OfferId, PersonId, SignIn};

fn told(snapshot: &Snapshot, who: u64, now: Timestamp, command: &Command) -> Result<Decided, Refusal> {
    decide(snapshot, &Terms { rules: &rules(), available: None, entered_by: None }, command, &context(who, now, 99))
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
fn cancel() -> Command {
    Command::Cancel { job: job(1), reason: None, costs: Points::ZERO }
}
fn thank() -> Command {
    Command::Thank { job: job(1), rating: Rating::MAX, message: None }
}
fn withdraw(id: OfferId) -> Command {
    Command::Withdraw { job: job(1), offer: id }
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
fn a_read_shows_expiry_before_it_is_written() {
    let snapshot = town(State::OPEN);
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
    let open = State::OPEN;
    let starts = TODAY.at_minute(14 * 60);
    assert_eq!(outcome(&open, OTHER, Timestamp(starts.0 - 1), &make_offer()), "open");
    assert_eq!(outcome(&open, OTHER, starts, &make_offer()), "WindowPast");
    assert_eq!(outcome(&open, REQUESTER, starts, &choose(offer(1))), "agreeing!");
}

#[test]
fn of_two_choices_one_wins() {
    let before = town(State::OPEN);
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
    assert_eq!(reopened.state, State::short_of(missing));
    assert_eq!(changes.offers.first().map(|offer| offer.state), Some(OfferState::Standing));
    let again = town(reopened.state.clone());
    let name = |id| {
        let context = context(REQUESTER, at(13), id);
        let terms = Terms { rules: &rules(), available: None, entered_by: None };
        decide(&again, &terms, &choose(offer(1)), &context).unwrap().changes.outbox.first().unwrap().id
    };
    assert_ne!(name(1), name(2));
}

#[test]
fn asking() {
    let (rules, now) = (rules(), at(8));
    let ask = |request: crate::cohelp::Request, available: Option<u64>, open_requests: u32| {
        let snapshot = Snapshot { open_requests, ..Snapshot::default() };
        let terms = Terms { rules: &rules, available: available.map(points), entered_by: None };
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
    let kind = |category| crate::cohelp::Request { category, ..good() };
    assert_eq!(ask(kind(Category::Paperwork), None, 0), Err(Refusal::RewardFixed { reward: points(200) }));
    assert_eq!(ask(crate::cohelp::Request { reward: points(200), ..kind(Category::Paperwork) }, None, 0), Ok(1));
    let able = |skill| crate::cohelp::Request { skills: Few::one(Code::parse(skill).unwrap()), ..good() };
    assert_eq!((ask(able("care"), None, 0), ask(able("flying"), None, 0)), (Ok(1), Err(Refusal::SkillUnknown)));
    let answer = |category, given| {
        let answers = Answers::NONE.with(Code::parse("bring").unwrap(), given).unwrap();
        ask(crate::cohelp::Request { category, answers, ..good() }, None, 0)
    };
    let brings = |word| Given::Many(Few::one(Code::parse(word).unwrap()));
    assert_eq!(answer(Category::Outdoor, brings("gloves")), Ok(1));
    assert_eq!(ask(kind(Category::Outdoor), None, 0), Err(Refusal::AnswersWrong), "what to bring has to be said");
    assert_eq!(answer(Category::Outdoor, brings("car")), Err(Refusal::AnswersWrong));
    assert_eq!(answer(Category::Outdoor, Given::One(Code::parse("gloves").unwrap())), Err(Refusal::AnswersWrong));
    assert_eq!(answer(Category::Shopping, brings("gloves")), Err(Refusal::AnswersWrong), "no question of its kind");
    let unoffered = crate::cohelp::Rules { kinds: BTreeMap::new(), ..rules.clone() };
    let terms = Terms { rules: &unoffered, available: None, entered_by: None };
    let refused =
        decide(&Snapshot::default(), &terms, &Command::Ask { job: job(1), request: good() }, &context(1, now, 1));
    assert_eq!(refused, Err(Refusal::CategoryUnknown));
}

#[test]
fn names_are_used_once() {
    let snapshot = town(State::OPEN);
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
        let mut snapshot = town(State::OPEN);
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
        let terms = Terms { rules: &rules, available: None, entered_by: None };
        decide(&town(State::OPEN), &terms, &make_offer(), &context).map(|_| ())
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
    let mut snapshot = town(State::OPEN);
    let first = told(&snapshot, OTHER, at(12), &make_offer()).unwrap();
    snapshot.remembered = first.changes.remember.clone();
    let again = told(&snapshot, OTHER, at(13), &make_offer()).unwrap();
    assert_eq!((again.receipt, again.changes.is_empty()), (first.receipt, true));
    assert_eq!(told(&snapshot, OTHER, at(13), &thank()), Err(Refusal::CommandReused));
    assert_eq!(told(&snapshot, HELPER, at(13), &make_offer()), Err(Refusal::CommandReused));
}
