//! Cases about what people are told.

use super::equal;
use super::writes::{morning, open_job, text};
use crate::cohelp::decide::Changes;
use crate::cohelp::fixture::{job, person, points};
use crate::cohelp::store::Store;
use crate::cohelp::types::{Listed, Notification, NotificationKind as Kind};
use crate::kernel::Timestamp;

fn of(who: u64, kind: Kind, at: Timestamp) -> Notification {
    Notification { person: person(who), job: job(1), kind, at }
}

fn tell<S: Store>(store: &S, notifications: Vec<Notification>) -> Result<(), String> {
    store.commit(&Changes { notifications, ..Changes::default() }).map_err(text)
}

/// What the person reads, newest first, and whether each was seen.
fn read<S: Store>(store: &S, who: u64) -> Result<Vec<(Notification, bool)>, String> {
    let listed = store.notifications(person(who)).map_err(text)?;
    Ok(listed.into_iter().map(|listed| (listed.notification, listed.seen)).collect())
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
    let listed = store.notifications(person(1)).map_err(text)?;
    equal("with the title", &listed.first().map(|listed| listed.title.clone()), &Some(title))?;
    let number = |index: usize| listed.get(index).map(|listed: &Listed| listed.number).ok_or("none".to_owned());
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
    tell(store, vec![of(1, Kind::Reported, last_day.plus_seconds(1))])?;
    equal("a day later", &read(store, 1)?.len(), &2)?;
    equal("of others as well", &read(store, 2)?.len(), &0)
}

pub(super) fn anew<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let jobs = (1..=2).map(|number| open_job(number, 1, now)).collect::<Result<_, _>>()?;
    store.commit(&Changes { jobs, ..Changes::default() }).map_err(text)?;
    let late = |minutes| of(1, Kind::Late(minutes), now);
    let other = Notification { job: job(2), ..late(5) };
    tell(store, vec![late(10), other, of(1, Kind::Begun, now), of(2, Kind::Late(10), now)])?;
    tell(store, vec![late(20)])?;
    let read_by = |who| Ok::<_, String>(read(store, who)?.into_iter().map(|(of, _)| of).collect::<Vec<_>>());
    equal("the later one", &read_by(1)?, &vec![late(20), of(1, Kind::Begun, now), other])?;
    let newest = store.notifications(person(1)).map_err(text)?.first().map_or(0, |listed| listed.number);
    store.see(person(1), newest).map_err(text)?;
    tell(store, vec![late(30)])?;
    equal("what was seen stays", &read_by(1)?.len(), &4)?;
    for minutes in 0..u16::try_from(Notification::SHOWN_MAX).unwrap_or(u16::MAX) {
        tell(store, vec![late(minutes)])?;
        let newest = store.notifications(person(1)).map_err(text)?.first().map_or(0, |listed| listed.number);
        store.see(person(1), newest).map_err(text)?;
    }
    equal("as many as are shown", &read_by(1)?.len(), &(Notification::SHOWN_MAX as usize))?;
    equal("of others", &read_by(2)?.len(), &1)
}
