//! What the two of a job write to each other.

use super::cases::write;
use super::equal;
use super::writes::{morning, open_job, text};
use crate::cohelp::decide::Changes;
use crate::cohelp::fixture::{command, job, person};
use crate::cohelp::reads::Reads;
use crate::cohelp::store::{Change, Reach, Store};
use crate::cohelp::types::{
    CallBack, ChatLine, ChatMessage, ChatSoFar, Entered, EnteredAct, Notification, NotificationKind, QuickPhrase, Show,
};
use crate::kernel::{Prose, Timestamp};

fn message(of: u64, number: u32, by: u64, at: Timestamp) -> Result<ChatMessage, String> {
    let line = match number {
        1 => ChatLine::Text(Prose::parse("門の前にいます").map_err(|error| error.to_string())?),
        _ => ChatLine::Phrase(QuickPhrase::Arrived),
    };
    Ok(ChatMessage { job: job(of), number, helper: person(2), by: person(by), at, line })
}

pub(super) fn written<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let jobs = vec![open_job(1, 1, now)?, open_job(2, 1, now)?];
    write(store, Changes { jobs, ..Changes::default() })?;
    let (first, second) = (message(1, 1, 2, now)?, message(1, 2, 1, now.plus_seconds(1))?);
    let next = ChatMessage { helper: person(3), ..message(1, 3, 1, now.plus_seconds(2))? };
    let other = message(2, 1, 1, now)?;
    for one in [&first, &second, &next, &other] {
        write(store, Changes { chat: vec![one.clone()], ..Changes::default() })?;
    }
    let read = |of, helper: Option<u64>| store.chat(job(of), helper.map(person)).map_err(text);
    equal("while one helped", &read(1, Some(2))?, &vec![first.clone(), second.clone()])?;
    equal("while nobody did", &read(1, Some(9))?, &Vec::new())?;
    equal("of a job", &read(1, None)?, &vec![first, second, next])?;
    let so_far = |of| {
        let reads = Reads { chat: Some(job(of)), ..Reads::default() };
        store.read(&reads).map(|found| found.chat).map_err(text)
    };
    equal("so far", &so_far(1)?, &ChatSoFar { last: 3, of_requester: 2, of_helpers: 1, by_helper: Some(now) })?;
    equal("of another", &so_far(2)?, &ChatSoFar { last: 1, of_requester: 1, ..ChatSoFar::default() })?;
    equal("of none", &so_far(3)?, &ChatSoFar::default())?;
    let talk = |number, of| Change { number, job: job(of), reach: Reach::TheTwo };
    let said = store.news(2).map_err(text)?.since;
    equal("told as talk", &said, &Some(vec![talk(3, 1), talk(4, 1), talk(5, 1), talk(6, 2)]))?;
    let entered =
        Entered { id: command(1), job: job(1), person: person(1), by: person(100), at: now, act: EnteredAct::Chat };
    let both = Changes { chat: vec![message(1, 4, 1, now)?], entered: vec![entered], ..Changes::default() };
    write(store, both)?;
    let told = Change { number: 7, job: job(1), reach: Reach::Everybody };
    equal("typed by an operator", &store.news(6).map_err(text)?.since, &Some(vec![told]))
}

pub(super) fn seen<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let jobs = vec![open_job(1, 1, now)?, open_job(2, 1, now)?];
    let told = |of, kind| Notification { person: person(1), job: job(of), kind, at: now };
    let wrote = NotificationKind::Wrote;
    let notifications = vec![told(1, wrote), told(1, NotificationKind::Offered), told(2, wrote)];
    write(store, Changes { jobs, notifications, ..Changes::default() })?;
    store.see_chat(person(2), job(1)).map_err(text)?;
    let unseen = || store.board(person(1), now).map(|board| board.unseen).map_err(text);
    equal("by the other one", &unseen()?, &3)?;
    store.see_chat(person(1), job(1)).map_err(text)?;
    let listed = store.notifications(person(1)).map_err(text)?;
    let seen: Vec<_> = listed.iter().rev().map(|listed| listed.seen).collect();
    equal("that one alone", &seen, &vec![true, false, false])
}

pub(super) fn kept<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    write(store, Changes { jobs: vec![open_job(1, 1, now)?], ..Changes::default() })?;
    let last_day = now.plus_seconds(i64::from(ChatMessage::DAYS) * 86_400 - 1);
    for (number, at) in (1..).zip([now, last_day, last_day.plus_seconds(1)]) {
        write(store, Changes { chat: vec![message(1, number, 2, at)?], ..Changes::default() })?;
    }
    let left: Vec<_> = store.chat(job(1), None).map_err(text)?.iter().map(|message| message.number).collect();
    equal("half a year later", &left, &vec![2, 3])?;
    equal(
        "rung up for no message alone",
        &store.desk(Show::All, person(100), now).map_err(text)?.call_backs,
        &Vec::<(_, CallBack)>::new(),
    )
}
