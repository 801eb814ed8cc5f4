//! Cases about what people are told.

use super::equal;
use super::writes::{morning, open_job, text};
use crate::cohelp::decide::Changes;
use crate::cohelp::fixture::{job, person, points};
use crate::cohelp::store::Store;
use crate::cohelp::types::{Notification, NotificationKind as Kind, Posted};
use crate::kernel::Timestamp;

fn of(who: u64, kind: Kind, at: Timestamp) -> Notification {
    Notification { person: person(who), job: job(1), kind, at }
}

fn tell<S: Store>(store: &S, notifications: Vec<Notification>) -> Result<(), String> {
    store.commit(&Changes { notifications, ..Changes::default() }).map_err(text)
}

/// What the person reads, newest first, and whether each was seen.
fn read<S: Store>(store: &S, who: u64) -> Result<Vec<(Notification, bool)>, String> {
    let posted = store.notifications(person(who)).map_err(text)?;
    Ok(posted.into_iter().map(|posted| (posted.notification, posted.seen)).collect())
}

fn unseen<S: Store>(store: &S, who: u64) -> Result<u32, String> {
    store.board(person(who), morning()).map(|board| board.unseen).map_err(text)
}

pub(super) fn seen<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let asked = open_job(1, 1, now)?;
    let title = asked.request.title.clone();
    store.commit(&Changes { jobs: vec![asked], ..Changes::default() }).map_err(text)?;
    let (offered, short) = (of(1, Kind::Offered, now), of(1, Kind::Short(points(30)), now));
    tell(store, vec![offered, of(2, Kind::Agreed, now)])?;
    tell(store, vec![short])?;
    equal("newest first", &read(store, 1)?, &vec![(short, false), (offered, false)])?;
    equal("each their own", &read(store, 2)?.len(), &1)?;
    equal("counted", &(unseen(store, 1)?, unseen(store, 2)?, unseen(store, 3)?), &(2, 1, 0))?;
    let posted = store.notifications(person(1)).map_err(text)?;
    equal("with the title", &posted.first().map(|posted| posted.title.clone()), &Some(title))?;
    let number = |index: usize| posted.get(index).map(|posted: &Posted| posted.number).ok_or("none".to_owned());
    store.see(person(1), number(1)?).map_err(text)?;
    equal("the older one", &read(store, 1)?, &vec![(short, false), (offered, true)])?;
    store.see(person(1), number(0)?).map_err(text)?;
    equal("all of one's own", &(unseen(store, 1)?, unseen(store, 2)?), &(0, 1))
}

pub(super) fn kept<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    store.commit(&Changes { jobs: vec![open_job(1, 1, now)?], ..Changes::default() }).map_err(text)?;
    tell(store, vec![of(1, Kind::Offered, now), of(2, Kind::Agreed, now)])?;
    let last_day = now.plus_seconds(i64::from(Notification::DAYS) * 86_400 - 1);
    tell(store, vec![of(1, Kind::Begun, last_day)])?;
    equal("on the last day", &read(store, 1)?.len(), &2)?;
    tell(store, vec![of(1, Kind::Reported, Timestamp(last_day.0 + 1))])?;
    equal("a day later", &read(store, 1)?.len(), &2)?;
    equal("of others", &read(store, 2)?.len(), &1)?;
    tell(store, vec![of(2, Kind::Begun, now); Notification::SHOWN_MAX as usize + 1])?;
    equal("as many as are shown", &read(store, 2)?.len(), &(Notification::SHOWN_MAX as usize))
}
