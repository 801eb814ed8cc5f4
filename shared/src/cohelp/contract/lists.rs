//! Cases about lists and counts.

use super::equal;
use super::writes::{morning, open_job, standing, text};
use crate::cohelp::command::{Event, OutboxItem};
use crate::cohelp::decide::Changes;
use crate::cohelp::fixture::{job, offer, person};
use crate::cohelp::reads::{DUE_MAX, Reads};
use crate::cohelp::store::Store;
use crate::cohelp::types::{Agreement, Ending, Job, Offer, OfferState, State};
use crate::kernel::{HoldId, JobId, Timestamp, limit};

fn agreement(by: &Offer, hold: u8) -> Agreement {
    Agreement { offer: by.id, helper: by.helper, hold: HoldId::from_bytes([hold; 16]), chosen_at: by.at }
}

fn agreed(job: Job, by: &Offer) -> Job {
    let state = State::Agreed { agreement: agreement(by, 1), agreed_at: by.at, confirmed: None };
    Job { state, ..job }
}

fn cancelled(job: Job, at: Timestamp) -> Job {
    Job { state: State::Cancelled { agreement: None, ending: Ending::Lapsed { at } }, ..job }
}

fn ids(jobs: &[Job]) -> Vec<JobId> {
    jobs.iter().map(|job| job.id).collect()
}

pub(super) fn open_requests<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let made = standing(1, 2, 2, now);
    let agreeing = Job { state: State::Agreeing(agreement(&made, 1)), ..open_job(2, 1, now)? };
    let jobs = vec![
        open_job(1, 1, now)?,
        agreeing,
        agreed(open_job(3, 1, now)?, &made),
        cancelled(open_job(4, 1, now)?, now),
        open_job(5, 2, now)?,
    ];
    let ends = open_job(1, 1, now)?.request.window.ends();
    store.commit(&Changes { jobs, ..Changes::default() }).map_err(text)?;
    let count = |who, at| {
        let reads = Reads { open_requests: Some((person(who), at)), ..Reads::default() };
        Ok::<_, String>(store.read(&reads).map_err(text)?.open_requests)
    };
    equal("of 1", &count(1, now)?, &2)?;
    equal("of 2", &count(2, now)?, &1)?;
    equal("of 3", &count(3, now)?, &0)?;
    equal("just before the end", &count(1, Timestamp(ends.0 - 1))?, &2)?;
    equal("at the end", &count(1, ends)?, &0)
}

pub(super) fn due<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let (first, second) = (standing(1, 1, 2, now), standing(2, 2, 2, now));
    let (open, lapsing) = (open_job(1, 1, now)?, agreed(open_job(2, 1, now)?, &second));
    let (ends, lapses) = (open.request.window.ends(), lapsing.lapses_at());
    let jobs = vec![open, lapsing, cancelled(open_job(3, 1, now)?, now)];
    store.commit(&Changes { jobs, offers: vec![first.clone(), second.clone()], ..Changes::default() }).map_err(text)?;
    let due = |at| {
        let snapshot = store.read(&Reads { due: Some(at), ..Reads::default() }).map_err(text)?;
        let jobs: Vec<_> = snapshot.jobs.into_keys().collect();
        Ok::<_, String>((jobs, snapshot.offers.into_values().collect::<Vec<_>>()))
    };
    equal("before", &due(Timestamp(ends.0 - 1))?, &(vec![], vec![]))?;
    equal("window over", &due(ends)?, &(vec![job(1)], vec![first.clone()]))?;
    equal("lapsed", &due(lapses)?, &(vec![job(1), job(2)], vec![first, second]))?;
    let many = (10..10 + u64::from(DUE_MAX) + 5).map(|number| open_job(number, 1, now)).collect::<Result<_, _>>()?;
    store.commit(&Changes { jobs: many, ..Changes::default() }).map_err(text)?;
    equal("bounded", &due(lapses)?.0.len(), &(DUE_MAX as usize))
}

pub(super) fn next_due<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let open = open_job(1, 1, now)?;
    let ends = open.request.window.ends();
    store.commit(&Changes { jobs: vec![open], ..Changes::default() }).map_err(text)?;
    equal("the window's end", &store.next_due().map_err(text)?, &Some(ends))?;
    let event = Event::CancelledAfterAgreement { job: job(1), hold: HoldId::from_bytes([1; 16]) };
    let item = OutboxItem { id: event.id(), event, attempts: 0, due: now };
    store.commit(&Changes { outbox: vec![item], ..Changes::default() }).map_err(text)?;
    equal("the event", &store.next_due().map_err(text)?, &Some(now))
}

pub(super) fn board<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let at = |second| now.plus_seconds(second);
    let offers = vec![
        standing(1, 1, 2, at(1)),
        Offer { state: OfferState::Withdrawn, ..standing(2, 1, 3, at(1)) },
        standing(3, 2, 1, at(2)),
        Offer { state: OfferState::Chosen, ..standing(4, 3, 1, at(3)) },
        Offer { state: OfferState::Declined, ..standing(5, 3, 2, at(3)) },
        Offer { state: OfferState::Withdrawn, ..standing(6, 4, 1, at(1)) },
        Offer { state: OfferState::Declined, ..standing(7, 5, 1, at(1)) },
    ];
    let jobs = vec![
        open_job(1, 1, at(1))?,
        open_job(2, 2, at(2))?,
        agreed(open_job(3, 3, at(3))?, &standing(4, 3, 1, at(3))),
        open_job(4, 2, at(4))?,
        cancelled(open_job(5, 2, at(5))?, now),
        cancelled(open_job(6, 1, at(6))?, now),
    ];
    let ends = open_job(1, 1, now)?.request.window.ends();
    store.commit(&Changes { jobs, offers, ..Changes::default() }).map_err(text)?;
    let rows = store.board(person(1), now).map_err(text)?;
    equal("mine", &ids(&rows.mine), &vec![job(6), job(1)])?;
    equal("helping", &ids(&rows.helping), &vec![job(3), job(2)])?;
    equal("open", &ids(&rows.open), &vec![job(4)])?;
    let shown: Vec<_> = rows.offers.iter().map(|offer| offer.id).collect();
    equal("offers", &shown, &vec![offer(1), offer(3), offer(4)])?;
    equal("open to a newcomer", &ids(&store.board(person(9), now).map_err(text)?.open), &vec![job(4), job(2), job(1)])?;
    equal("none open in the end", &ids(&store.board(person(9), ends).map_err(text)?.open), &Vec::new())
}

pub(super) fn bounded<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let shown = u64::from(limit::JOBS_SHOWN_MAX);
    let jobs = (1..=shown + 5).map(|number| open_job(number, 1, now.plus_seconds(number as i64 / 2)));
    let jobs = jobs.collect::<Result<Vec<_>, _>>()?;
    store.commit(&Changes { jobs, ..Changes::default() }).map_err(text)?;
    let newest: Vec<_> = (6..=shown + 5).rev().map(job).collect();
    equal("mine", &ids(&store.board(person(1), now).map_err(text)?.mine), &newest)?;
    equal("open", &ids(&store.board(person(2), now).map_err(text)?.open), &newest)
}
