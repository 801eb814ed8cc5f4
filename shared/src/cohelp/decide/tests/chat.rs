//! What the two write to each other.

use super::shapes::{HELPER, OTHER, REQUESTER, shapes, town};
use super::told;
use crate::cohelp::command::Command;
use crate::cohelp::fixture::{TODAY, job, person};
use crate::cohelp::refusal::Refusal;
use crate::cohelp::store::Reach;
use crate::cohelp::types::{CHAT_MESSAGES_MAX, ChatLine, ChatMessage, ChatSoFar, NotificationKind, QuickPhrase, State};
use crate::cohelp::view::{Action, job_view};
use crate::kernel::{Prose, Timestamp};

const NOW: Timestamp = TODAY.at_minute(13 * 60);

fn say(text: &str) -> Command {
    Command::Chat { job: job(1), line: ChatLine::Text(Prose::parse(text).unwrap()) }
}

fn shape(name: &str) -> State {
    shapes().into_iter().find(|(known, _)| *known == name).unwrap().1
}

#[test]
fn either_writes_to_the_other_and_nobody_else_does() {
    let mut snapshot = town(shape("agreed"));
    snapshot.chat = ChatSoFar { last: 4, ..ChatSoFar::default() };
    for (who, other) in [(REQUESTER, HELPER), (HELPER, REQUESTER)] {
        let changes = told(&snapshot, who, NOW, &say("門の前にいます")).unwrap().changes;
        let line = ChatLine::Text(Prose::parse("門の前にいます").unwrap());
        let message = ChatMessage { job: job(1), number: 5, helper: person(HELPER), by: person(who), at: NOW, line };
        assert_eq!(changes.chat, [message]);
        let told: Vec<_> = changes.notifications.iter().map(|told| (told.person, told.kind)).collect();
        assert_eq!(told, [(person(other), NotificationKind::Wrote)]);
        assert!(changes.jobs.is_empty() && changes.outbox.is_empty(), "nothing else changes");
        assert_eq!(changes.news().into_iter().collect::<Vec<_>>(), [(job(1), Reach::TheTwo)]);
    }
    assert_eq!(told(&snapshot, OTHER, NOW, &say("こんにちは")), Err(Refusal::NotYours));
}

#[test]
fn a_conversation_ends_somewhere() {
    let mut snapshot = town(shape("agreed"));
    snapshot.chat = ChatSoFar { last: CHAT_MESSAGES_MAX, of_helpers: CHAT_MESSAGES_MAX, ..ChatSoFar::default() };
    assert_eq!(told(&snapshot, HELPER, NOW, &say("まだ")), Err(Refusal::TooManyMessages));
    assert!(told(&snapshot, REQUESTER, NOW, &say("まだ")).is_ok(), "nobody silences the other");
}

/// For a week after the window: something may have been left behind.
#[test]
fn the_two_write_and_the_helper_knows_the_place_for_as_long_as_they_need() {
    let ends = TODAY.at_minute(15 * 60 + 30);
    let week = ends.plus_seconds(7 * 86_400);
    let last = Timestamp(week.0 - 1);
    for (name, at, open) in [
        ("open", NOW, false),
        ("agreeing", NOW, false),
        ("strangers", NOW, true),
        ("started", NOW, true),
        ("disputed later", week, true),
        ("paid", last, true),
        ("paid", week, false),
        ("cancelled", NOW, false),
        ("given back", NOW, false),
    ] {
        let snapshot = town(shape(name));
        let said = told(&snapshot, REQUESTER, at, &say("はい"));
        assert_eq!(said.is_ok(), open, "{name} at {at:?}: {said:?}");
        let (found, offers) = (&snapshot.jobs[&job(1)], snapshot.offers.values().cloned().collect::<Vec<_>>());
        let of = |who| job_view(found, &offers, person(who), at).unwrap();
        assert_eq!(of(REQUESTER).may.contains(&Action::Chat), open, "{name} at {at:?}");
        assert!(of(REQUESTER).details.is_some(), "the requester's own words");
        if found.helper().is_some() {
            assert_eq!(of(HELPER).details.is_some(), open, "{name} at {at:?}");
        }
    }
}

#[test]
fn phrases_have_words_of_their_own() {
    for phrase in QuickPhrase::ALL {
        assert_eq!(phrase.word().parse(), Ok(phrase));
    }
    // What is kept, byte for byte.
    let kept: Vec<_> = QuickPhrase::ALL.iter().map(|phrase| postcard::to_stdvec(phrase).unwrap()).collect();
    assert_eq!(kept, (0..9).map(|place| vec![place]).collect::<Vec<Vec<u8>>>());
    assert_eq!("hello".parse::<QuickPhrase>().ok(), None);
}
