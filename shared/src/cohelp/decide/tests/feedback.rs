//! What the two tell the centre of its service, and what of all that happens counts.

use super::shapes::{HELPER, OTHER, REQUESTER, hold, shapes, town};
use super::told;
use crate::cohelp::command::{Command, DeskAct, Step};
use crate::cohelp::decide::{Changes, Terms, advance, decide};
use crate::cohelp::fixture::{OPERATOR, TODAY, context, job, person, points, request, rules};
use crate::cohelp::reads::Snapshot;
use crate::cohelp::refusal::Refusal;
use crate::cohelp::types::{Feedback, Occurred, Rating, Satisfaction, Side, State};
use crate::kernel::{Category, Timestamp};

const LATER: Timestamp = TODAY.at_minute(16 * 60);

fn shape(name: &str) -> State {
    shapes().into_iter().find(|(known, _)| *known == name).unwrap().1
}

fn rate(words: Option<&str>) -> Command {
    let words = words.map(|words| crate::kernel::Prose::parse(words).unwrap());
    Command::Rate { job: job(1), satisfaction: Rating::new(4).unwrap(), words }
}

fn read(side: Side) -> Command {
    Command::Desk { job: job(1), act: DeskAct::Read { side } }
}

fn occurred(changes: &Changes) -> Vec<Occurred> {
    changes.occurrences.iter().map(|occurrence| occurrence.what).collect()
}

#[test]
fn each_of_the_two_says_once_how_it_was() {
    let mut snapshot = town(shape("paid"));
    for (who, side) in [(REQUESTER, Side::Requester), (HELPER, Side::Helper)] {
        let changes = told(&snapshot, who, LATER, &rate(Some("電話がつながりにくいです"))).unwrap().changes;
        let Command::Rate { words, .. } = rate(Some("電話がつながりにくいです")) else { unreachable!() };
        let feedback = Feedback { job: job(1), side, by: person(who), at: LATER, words, read: None };
        assert_eq!(changes.feedback, core::slice::from_ref(&feedback));
        assert_eq!((occurred(&changes), changes.satisfaction.unwrap().stars), (vec![], 4), "it waits for others");
        assert!(changes.jobs.is_empty() && changes.notifications.is_empty(), "the other one hears nothing of it");
        snapshot.feedback.push(feedback);
        assert_eq!(told(&snapshot, who, LATER, &rate(None)), Err(Refusal::AlreadyRated));
    }
    assert_eq!(told(&snapshot, OTHER, LATER, &rate(None)), Err(Refusal::NotYours));
}

/// The mean changes with five answers at once, and none of them stands beside a name.
#[test]
fn how_satisfied_somebody_is_has_no_name() {
    let mut snapshot = town(shape("paid"));
    snapshot.satisfaction = Satisfaction { answers: 4, stars: 13 };
    let changes = told(&snapshot, HELPER, LATER, &rate(Some("ありがとう"))).unwrap().changes;
    assert_eq!(occurred(&changes), [Occurred::Satisfied { stars: 17 }]);
    assert_eq!(changes.satisfaction, Some(Satisfaction::default()));
    let of = |stars| {
        let satisfaction = Rating::new(stars).unwrap();
        Command::Rate { job: job(1), satisfaction, words: None }.fingerprint(person(HELPER))
    };
    assert!((2..=5).all(|stars| of(stars) == of(1)), "the digest of the command does not tell it either");
    assert_ne!(of(1), rate(Some("ありがとう")).fingerprint(person(HELPER)));
    let mean = |answers, stars| Satisfaction { answers, stars }.mean_tenths();
    assert_eq!(
        (mean(5, 21), mean(0, 0), mean(10, 42), mean(15, 70), mean(20, 85)),
        (None, None, Some(42), Some(47), Some(43))
    );
}

#[test]
fn only_words_wait_for_the_centre_and_are_read_once() {
    let mut snapshot = town(shape("paid"));
    let silent = told(&snapshot, HELPER, LATER, &rate(None)).unwrap().changes;
    assert!(silent.news().is_empty(), "the desk hears of words alone");
    let said = told(&snapshot, REQUESTER, LATER, &rate(Some("ありがとう"))).unwrap().changes;
    assert_eq!(said.news().len(), 1);
    snapshot.feedback = [said.feedback, silent.feedback].concat();
    assert_eq!(told(&snapshot, OPERATOR, LATER, &read(Side::Helper)), Err(Refusal::NothingToRead));
    let changes = told(&snapshot, OPERATOR, LATER, &read(Side::Requester)).unwrap().changes;
    assert_eq!(changes.feedback[0].read, Some((person(OPERATOR), LATER)));
    assert!(changes.occurrences.is_empty(), "reading counts nothing");
    snapshot.feedback[0] = changes.feedback[0].clone();
    assert_eq!(told(&snapshot, OPERATOR, LATER, &read(Side::Requester)), Err(Refusal::NothingToRead));
}

#[test]
fn nobody_is_asked_before_it_is_over_or_long_after() {
    let ends = TODAY.at_minute(15 * 60 + 30);
    for (name, at, refusal) in [
        ("started", LATER, Some(Refusal::NotOver)),
        ("disputed later", LATER, Some(Refusal::NotOver)),
        ("paying", LATER, Some(Refusal::InProgress)),
        ("giving back", LATER, Some(Refusal::InProgress)),
        ("open", Timestamp(ends.0 - 1), Some(Refusal::NotOver)),
        ("open", ends, None),
        ("cancelled", LATER, None),
        ("given back", LATER, None),
        ("expired", LATER, None),
        ("paid", ends.plus_seconds(60 * 86_400 - 1), None),
        ("paid", ends.plus_seconds(60 * 86_400), Some(Refusal::TooLate)),
    ] {
        assert_eq!(told(&town(shape(name)), REQUESTER, at, &rate(None)).err(), refusal, "{name}");
    }
}

#[test]
fn asking_counts_once_as_a_newcomer_and_on_the_phone() {
    let ask = Command::Ask { job: job(2), request: request(TODAY.plus(1), 100).unwrap() };
    let asked = Occurred::Asked { category: Category::Shopping };
    for (before, entered_by, expected) in [
        (false, None, vec![asked, Occurred::Newcomer]),
        (true, None, vec![asked]),
        (true, Some(person(OPERATOR)), vec![asked, Occurred::Phoned]),
    ] {
        let snapshot = Snapshot { asked: before, ..Snapshot::default() };
        let terms = Terms { rules: &rules(), available: None, entered_by };
        let changes = decide(&snapshot, &terms, &ask, &context(REQUESTER, TODAY.at_minute(0), 7)).unwrap().changes;
        assert_eq!(occurred(&changes), expected);
    }
}

#[test]
fn what_the_ledger_and_the_clock_bring_about_counts_once() {
    let paying = town(shape("paying"));
    let settled = advance(&paying, &Step::Settled { job: job(1), hold: hold() }, LATER);
    let (requester, helper) = (person(REQUESTER), person(HELPER));
    let helped = Occurred::Helped { category: Category::Shopping, minutes: 60, gave: points(500), requester, helper };
    assert_eq!(occurred(&settled), [helped]);
    let held = advance(&town(shape("agreeing")), &Step::Held { job: job(1), hold: hold() }, LATER);
    assert_eq!(occurred(&held), [Occurred::Matched]);
    assert_eq!(occurred(&advance(&town(shape("open")), &Step::ExpireDue, LATER)), [Occurred::Unmet]);
    let released = advance(&town(shape("giving back")), &Step::Released { job: job(1), hold: hold() }, LATER);
    assert_eq!(occurred(&released), [Occurred::Ended]);
    let reopened =
        advance(&town(shape("helper left")), &Step::Released { job: job(1), hold: hold() }, TODAY.at_minute(0));
    assert_eq!(occurred(&reopened), []);
    for (name, step) in [
        ("paid", Step::Settled { job: job(1), hold: hold() }),
        ("given back", Step::Released { job: job(1), hold: hold() }),
        ("agreeing", Step::HoldRefused { job: job(1), hold: hold(), missing: points(3) }),
    ] {
        assert_eq!(occurred(&advance(&town(shape(name)), &step, LATER)), [], "{name}");
    }
}
