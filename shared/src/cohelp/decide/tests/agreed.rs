//! From the agreement to the end: who pays what, what is noted, and where time draws a line.

use super::shapes::{ALL, Far, HELPER, REQUESTER, at, going, says, town};
use super::{cancel, told};
use crate::cohelp::command::{Command, DeskAct, Event};
use crate::cohelp::decide::advance;
use crate::cohelp::fixture::{OPERATOR, TODAY, context, explanation, job, points, rules};
use crate::cohelp::refusal::Refusal;
use crate::cohelp::types::{CheckInCode, Ending, Job, LATE_MINUTES_MAX, Outcome, Reports, STATEMENTS_MAX, Side, State};
use crate::cohelp::{Snapshot, Step, Terms, decide};
use crate::kernel::{JobId, Proof, Timestamp};

fn quarter(hour: u16, quarters: u16) -> Timestamp {
    TODAY.at_minute(hour * 60 + quarters * 15)
}

fn job_in(state: State) -> Job {
    town(state).jobs.remove(&job(1)).unwrap()
}

fn state(far: Far) -> State {
    State::Agreed(going(far, Reports::default()))
}

fn report(outcome: Outcome) -> Command {
    Command::Report { job: job(1), outcome }
}

/// The one event, and the job behind it.
fn settled(state: State, who: u64, now: Timestamp, command: &Command) -> (Event, State) {
    let mut changes = told(&town(state), who, now, command).unwrap().changes;
    assert_eq!((changes.outbox.len(), changes.jobs.len()), (1, 1));
    (changes.outbox.remove(0).event, changes.jobs.remove(0).state)
}

#[test]
fn what_an_outcome_costs() {
    let asked = job_in(state(Far::Known));
    for (outcome, costs) in [
        (ALL, 500),
        (Outcome::Done { minutes: 61 }, 500),
        (Outcome::Done { minutes: 30 }, 250),
        (Outcome::Done { minutes: 1 }, 8),
        (Outcome::NoShow { of: Side::Requester }, 250),
        (Outcome::NoShow { of: Side::Helper }, 0),
        (Outcome::NotDone, 0),
    ] {
        assert_eq!(asked.costs(outcome), points(costs), "{outcome:?}");
    }
    let mut cheap = asked;
    cheap.request.reward = points(3);
    assert_eq!(cheap.costs(Outcome::Done { minutes: 1 }), points(1), "help deserves at least one point");
}

#[test]
fn a_part_of_the_time_is_a_part_of_the_reward() {
    let half = Outcome::Done { minutes: 30 };
    let said = State::Agreed(going(Far::Started, says(Side::Helper, half)));
    let (event, state) = settled(said, REQUESTER, at(16), &report(half));
    assert!(matches!(event, Event::Helped { amount, fee_percent: 5, .. } if amount == points(250)), "{event:?}");
    let State::Paying(agreed, verdict) = state else { panic!("{state:?}") };
    let after = advance(
        &town(State::Paying(agreed.clone(), verdict)),
        &Step::Settled { job: job(1), hold: agreed.agreement.hold },
        at(16),
    );
    let State::Paid(paid) = &after.jobs[0].state else { panic!("{after:?}") };
    assert_eq!((paid.gave, paid.fee), (points(250), points(12)));
}

#[test]
fn who_was_not_there_pays_for_the_time_kept_free() {
    let of = Side::Requester;
    let admitted = State::Agreed(going(Far::Notified, says(Side::Helper, Outcome::NoShow { of })));
    let (event, state) = settled(admitted, REQUESTER, at(15), &report(Outcome::NoShow { of }));
    assert!(matches!(event, Event::KeptFree { amount, .. } if amount == points(250)), "{event:?}");
    assert!(matches!(state, State::Cancelling { ending: Ending::NotHelped(_), .. }));
    let of = Side::Helper;
    let admitted = State::Agreed(going(Far::Notified, says(Side::Requester, Outcome::NoShow { of })));
    let (event, _) = settled(admitted, HELPER, at(15), &report(Outcome::NoShow { of }));
    assert!(matches!(event, Event::CancelledAfterAgreement { .. }), "{event:?}");
}

#[test]
fn one_side_alone_settles_nothing() {
    for outcome in [Outcome::NoShow { of: Side::Helper }, Outcome::NotDone] {
        let changes = told(&town(state(Far::Notified)), REQUESTER, at(15), &report(outcome)).unwrap().changes;
        assert!(changes.outbox.is_empty() && matches!(changes.jobs[0].state, State::Agreed(_)), "{outcome:?}");
    }
    let said = town(State::Agreed(going(Far::Started, says(Side::Helper, ALL))));
    let changed = told(&said, HELPER, at(15), &report(Outcome::Done { minutes: 30 })).unwrap().changes;
    assert!(matches!(&changed.jobs[0].state, State::Agreed(agreed) if agreed.reports.requester.is_none()));
    let silent = Timestamp(job_in(state(Far::Started)).silent_from().0 - 1);
    assert!(advance(&said, &Step::ExpireDue, silent).is_empty());
    let asked = advance(&said, &Step::ExpireDue, Timestamp(silent.0 + 1));
    assert!(asked.outbox.is_empty() && matches!(asked.jobs[0].state, State::Disputed(..)), "silence is not consent");
}

#[test]
fn what_differs_goes_to_the_centre_and_may_still_be_made_up() {
    let said = town(State::Agreed(going(Far::Started, says(Side::Helper, ALL))));
    let half = Outcome::Done { minutes: 30 };
    let differ = told(&said, REQUESTER, at(16), &report(half)).unwrap().changes.jobs.remove(0);
    assert!(matches!(&differ.state, State::Disputed(agreed, _) if agreed.reports.requester.is_some()));
    let (event, _) = settled(differ.state.clone(), HELPER, at(17), &report(half));
    assert!(matches!(event, Event::Helped { amount, .. } if amount == points(250)));
    let decide = DeskAct::Decide { outcome: Outcome::Done { minutes: 45 }, reason: explanation().unwrap() };
    let (event, _) = settled(differ.state, OPERATOR, at(17), &Command::Desk { job: job(1), act: decide });
    assert!(matches!(event, Event::Helped { amount, .. } if amount == points(375)));
}

#[test]
fn late_is_dearer_and_nobody_pays_more_than_they_were_told() {
    let starts = at(14);
    let mut far = town(state(Far::Known));
    // The day before yesterday's evening: more than a day ahead.
    let early = starts.plus_seconds(-24 * 3600 - 1);
    let told_costs = |snapshot: &Snapshot, who, now| told(snapshot, who, now, &cancel());
    assert!(told_costs(&far, REQUESTER, early).is_ok());
    assert_eq!(told_costs(&far, REQUESTER, Timestamp(early.0 + 1000)), Err(Refusal::CostsMore { costs: points(100) }));
    assert!(told_costs(&far, HELPER, Timestamp(starts.0 - 1)).is_ok(), "a helper pays nothing");
    assert_eq!(told_costs(&far, HELPER, starts), Err(Refusal::CancelTooLate));
    let agreed = Command::Cancel { job: job(1), reason: None, costs: points(100) };
    let (event, _) = settled(state(Far::Known), REQUESTER, at(13), &agreed);
    assert!(matches!(event, Event::KeptFree { amount, .. } if amount == points(100)));
    far.jobs.get_mut(&job(1)).unwrap().conditions.late_percent = 0;
    let free = told_costs(&far, REQUESTER, at(13)).unwrap().changes;
    assert!(
        matches!(free.outbox[0].event, Event::CancelledAfterAgreement { .. }),
        "the conditions are those of the job"
    );
}

#[test]
fn a_helper_who_leaves_in_time_leaves_the_request_open() {
    let left = |now: Timestamp| {
        let changes = told(&town(state(Far::Notified)), HELPER, now, &cancel()).unwrap().changes;
        let hold = changes.outbox[0].event.hold();
        let after = town(changes.jobs[0].state.clone());
        let released = |at| advance(&after, &Step::Released { job: job(1), hold }, at);
        (released(now), released(at(14)))
    };
    let (in_time, late) = left(at(13));
    let State::Open { missing: None, left: Some(left) } = &in_time.jobs[0].state else { panic!("{in_time:?}") };
    assert!(matches!(left, Ending::Cancelled { by: Side::Helper, .. }), "the requester is told why");
    assert_eq!(in_time.offers[0].state, crate::cohelp::OfferState::Withdrawn);
    assert_eq!(late.jobs[0].state.word(), "cancelled");
    assert!(late.offers.is_empty());
}

#[test]
fn the_door() {
    let code = CheckInCode::of(super::hold());
    let wrong = CheckInCode::try_from((u16::from(code) + 1) % 10_000).unwrap();
    let check_in = |far, who, now, code| {
        told(&town(state(far)), who, now, &Command::CheckIn { job: job(1), code })
            .map(|decided| decided.changes.jobs.len())
    };
    assert_eq!(check_in(Far::Notified, HELPER, at(13), code), Ok(1));
    assert_eq!(check_in(Far::Notified, HELPER, Timestamp(at(13).0 - 1), code), Err(Refusal::TooEarly));
    assert_eq!(check_in(Far::Notified, HELPER, Timestamp(quarter(15, 2).0 - 1), code), Ok(1));
    assert_eq!(check_in(Far::Notified, HELPER, quarter(15, 2), code), Err(Refusal::TooLate));
    assert_eq!(check_in(Far::Notified, HELPER, at(14), wrong), Err(Refusal::CodeWrong));
    assert_eq!(check_in(Far::Notified, REQUESTER, at(14), code), Err(Refusal::NotYours));
    assert_eq!(check_in(Far::Known, HELPER, at(14), code), Err(Refusal::NoticeMissing));
    assert_eq!(check_in(Far::Strange, HELPER, at(14), code), Err(Refusal::NotIntroduced));
}

#[test]
fn nobody_has_failed_to_come_before_the_latest_start_and_what_was_announced() {
    let no_show = report(Outcome::NoShow { of: Side::Helper });
    let before = Timestamp(quarter(14, 3).0 - 1);
    assert_eq!(told(&town(state(Far::Notified)), REQUESTER, before, &no_show), Err(Refusal::TooEarly));
    assert!(told(&town(state(Far::Notified)), REQUESTER, quarter(14, 3), &no_show).is_ok());
    let late = Command::BeLate { job: job(1), minutes: 40 };
    let late = told(&town(state(Far::Notified)), HELPER, quarter(14, 2), &late).unwrap().changes.jobs.remove(0);
    let announced = town(late.state);
    let from = TODAY.at_minute(14 * 60 + 30 + 40 + 15);
    assert_eq!(told(&announced, REQUESTER, Timestamp(from.0 - 1), &no_show), Err(Refusal::TooEarly));
    assert!(told(&announced, REQUESTER, from, &no_show).is_ok());
    let minutes_max = LATE_MINUTES_MAX;
    for minutes in [0, LATE_MINUTES_MAX + 1] {
        let late = Command::BeLate { job: job(1), minutes };
        assert_eq!(told(&town(state(Far::Known)), HELPER, at(14), &late), Err(Refusal::MinutesOutside { minutes_max }));
    }
}

#[test]
fn statements_are_bounded() {
    let consult = Command::Consult { job: job(1), text: explanation().unwrap() };
    let mut snapshot = town(state(Far::Known));
    for number in 0..STATEMENTS_MAX {
        let changed = told(&snapshot, REQUESTER, at(15), &consult).unwrap().changes.jobs.remove(0);
        let State::Disputed(_, dispute) = &changed.state else { panic!("{changed:?}") };
        assert_eq!(dispute.statements.len(), number + 1);
        snapshot = town(changed.state);
    }
    assert_eq!(told(&snapshot, REQUESTER, at(15), &consult), Err(Refusal::TooManyStatements));
    assert!(told(&snapshot, HELPER, at(15), &consult).is_ok());
}

#[test]
fn acts_of_the_centre_are_for_operators_without_a_part_in_it() {
    let close = Command::Desk { job: job(1), act: DeskAct::Close { reason: explanation().unwrap() } };
    let snapshot = town(state(Far::Known));
    assert_eq!(told(&snapshot, REQUESTER, at(12), &close), Err(Refusal::NotOperator));
    let mut own = town(state(Far::Known));
    own.jobs.get_mut(&job(1)).unwrap().requester = crate::cohelp::fixture::person(OPERATOR);
    assert_eq!(told(&own, OPERATOR, at(12), &close), Err(Refusal::OwnCase));
    // An operator who was never proven as a resident does nothing else.
    let offer = super::make_offer();
    assert_eq!(told(&town(State::OPEN), OPERATOR, at(12), &offer), Err(Refusal::CardMissing));
    assert!(matches!(context(OPERATOR, at(12), 1).actor.assurance.proof, Proof::Invitation { .. }));
    let terms = Terms { rules: &rules(), available: None, entered_by: None };
    let nowhere = Command::Desk { job: JobId::from_bytes([9; 16]), act: DeskAct::Notify };
    assert_eq!(decide(&snapshot, &terms, &nowhere, &context(OPERATOR, at(12), 1)), Err(Refusal::JobUnknown));
}

#[test]
fn people_who_have_worked_together_are_not_introduced_again() {
    let choose = super::choose(crate::cohelp::fixture::offer(1));
    let introduced = |acquainted, introduction| {
        let mut open = Snapshot { acquainted, ..town(State::OPEN) };
        open.jobs.get_mut(&job(1)).unwrap().conditions.introduction = introduction;
        let chosen = told(&open, REQUESTER, at(12), &choose).unwrap().changes;
        let hold = chosen.outbox[0].event.hold();
        let mut agreeing = open;
        agreeing.jobs.extend(chosen.jobs.into_iter().map(|job| (job.id, job)));
        let held = advance(&agreeing, &Step::Held { job: job(1), hold }, at(12));
        held.jobs[0].waits_for_centre().is_some()
    };
    assert!(introduced(false, true));
    assert!(!introduced(true, true));
    assert!(!introduced(false, false));
}

#[test]
fn nobody_decides_for_four_weeks() {
    let silent = town(state(Far::Started));
    let asked = job_in(state(Far::Started));
    let disputed = town(advance(&silent, &Step::ExpireDue, asked.silent_from()).jobs.remove(0).state);
    let lapses = asked.lapses_at();
    assert!(advance(&disputed, &Step::ExpireDue, Timestamp(lapses.0 - 1)).is_empty());
    let lapsed = advance(&disputed, &Step::ExpireDue, lapses);
    assert!(matches!(lapsed.outbox[0].event, Event::CancelledAfterAgreement { .. }));
    assert_eq!(told(&disputed, HELPER, lapses, &report(ALL)), Err(Refusal::TooLate));
    assert!(lapses < asked.hold_until(), "points are still set aside at the last decision");
}

/// At that moment, told that by that person, with what came of it.
fn after(snapshot: &Snapshot, who: u64, now: Timestamp, command: &Command) -> Snapshot {
    let changes = told(snapshot, who, now, command).unwrap().changes;
    town(changes.jobs.into_iter().next().unwrap().state)
}

fn job_of(snapshot: &Snapshot) -> &Job {
    snapshot.jobs.get(&job(1)).unwrap()
}

#[test]
fn asking_the_centre_before_it_begins_holds_nothing_up_and_saves_no_fee() {
    let consult = Command::Consult { job: job(1), text: explanation().unwrap() };
    let desk = |act| Command::Desk { job: job(1), act };
    let asked = after(&town(state(Far::Strange)), REQUESTER, at(12), &consult);
    assert_eq!(told(&asked, REQUESTER, at(12), &cancel()), Err(Refusal::CostsMore { costs: points(100) }));
    let met = after(&asked, OPERATOR, at(12), &desk(DeskAct::Introduce { fits: true }));
    let insured = after(&met, HELPER, at(12), &Command::Notify { job: job(1) });
    let code = CheckInCode::of(super::hold());
    let begun = after(&insured, HELPER, at(14), &Command::CheckIn { job: job(1), code });
    let said = after(&begun, HELPER, at(15), &report(ALL));
    assert!(matches!(job_of(&said).state, State::Disputed(..)));
    let (event, state) = settled(job_of(&said).state.clone(), REQUESTER, at(15), &report(ALL));
    assert!(matches!(event, Event::Helped { amount, .. } if amount == points(500)));
    let State::Paying(agreed, _) = state else { panic!("{state:?}") };
    let kept = agreed.disputed.map(|dispute| dispute.statements.len());
    assert_eq!(kept, Some(1), "what was written stays readable");
}

#[test]
fn nobody_takes_back_what_the_other_announced() {
    let late = |minutes| Command::BeLate { job: job(1), minutes };
    let first = after(&town(state(Far::Notified)), REQUESTER, at(14), &late(100));
    let second = after(&first, HELPER, at(14), &late(1));
    let no_show = report(Outcome::NoShow { of: Side::Requester });
    assert_eq!(told(&second, HELPER, at(15), &no_show), Err(Refusal::TooEarly));
    let from = TODAY.at_minute(14 * 60 + 100 + 15);
    assert!(told(&second, HELPER, from, &no_show).is_ok());
    // Who comes as announced still begins, after the window's end too.
    let code = Command::CheckIn { job: job(1), code: CheckInCode::of(super::hold()) };
    assert!(told(&second, HELPER, quarter(15, 2), &code).is_ok());
}

#[test]
fn who_comes_after_all_was_there() {
    let no_show = report(Outcome::NoShow { of: Side::Requester });
    let said = after(&town(state(Far::Notified)), HELPER, at(15), &no_show);
    let code = Command::CheckIn { job: job(1), code: CheckInCode::of(super::hold()) };
    let begun = after(&said, HELPER, at(15), &code);
    assert!(job_of(&begun).state.agreed().unwrap().reports.none());
    // A start that was no start is for the centre to undo.
    let decide = DeskAct::Decide { outcome: Outcome::NoShow { of: Side::Helper }, reason: explanation().unwrap() };
    let (event, _) =
        settled(job_of(&begun).state.clone(), OPERATOR, at(15), &Command::Desk { job: job(1), act: decide });
    assert!(matches!(event, Event::CancelledAfterAgreement { .. }));
}

#[test]
fn a_first_meeting_that_was_missed_is_the_centres_at_once() {
    let strangers = town(state(Far::Strange));
    let ends = job_of(&strangers).request.window.ends();
    assert!(advance(&strangers, &Step::ExpireDue, Timestamp(ends.0 - 1)).is_empty());
    let missed = advance(&strangers, &Step::ExpireDue, ends).jobs.remove(0);
    let State::Disputed(_, dispute) = &missed.state else { panic!("{missed:?}") };
    assert_eq!(dispute.cause, crate::cohelp::Cause::NotIntroduced);
}

#[test]
fn deciding_and_ending_ask_for_a_fresh_passkey() {
    let disputed = town(state(Far::Started));
    let reason = || explanation().unwrap();
    for (act, fresh) in [
        (DeskAct::Decide { outcome: ALL, reason: reason() }, true),
        (DeskAct::Close { reason: reason() }, true),
        (DeskAct::Introduce { fits: false }, true),
        (DeskAct::Introduce { fits: true }, false),
        (DeskAct::Notify, false),
    ] {
        let command = Command::Desk { job: job(1), act };
        let mut context = context(OPERATOR, at(16), 5);
        context.actor.assurance.at = at(15);
        let terms = Terms { rules: &rules(), available: None, entered_by: None };
        let stale = decide(&disputed, &terms, &command, &context);
        let level = crate::kernel::Level::FreshPasskey;
        assert_eq!(stale == Err(Refusal::LevelMissing { level }), fresh, "{command:?}");
    }
}
