//! Cases about lists and counts.

use super::equal;
use super::writes::{morning, open_job, standing, text};
use crate::cohelp::command::{Event, OutboxItem};
use crate::cohelp::decide::Changes;
use crate::cohelp::fixture::{job, offer, person};
use crate::cohelp::reads::{DUE_MAX, Reads};
use crate::cohelp::store::Store;
use crate::cohelp::types::{
    Agreed, Agreement, Cause, CheckIn, Dispute, Ending, Introduction, Job, Offer, OfferState, Outcome, Paid, Reports,
    Said, Show, Sides, State, Verdict,
};
use crate::kernel::{HoldId, JobId, Points, Timestamp, limit};

fn agreement(by: &Offer, hold: u8) -> Agreement {
    let hold = HoldId::from_bytes([hold; 16]);
    Agreement { offer: by.id, helper: by.helper, hold, chosen_at: by.at, acquainted: false }
}

pub(super) fn agreed(job: Job, by: &Offer) -> Job {
    Job { state: State::Agreed(going(by)), ..job }
}

fn going(by: &Offer) -> Agreed {
    Agreed {
        agreement: agreement(by, 1),
        agreed_at: by.at,
        introduction: Introduction::NotNeeded,
        notice: None,
        late: Sides::default(),
        check_in: CheckIn::Waiting,
        reports: Reports::default(),
        disputed: None,
    }
}

pub(super) fn paid(job: Job, by: &Offer, at: Timestamp) -> Job {
    let outcome = Outcome::Done { minutes: job.request.minutes };
    let state = State::Paid(Paid {
        agreed: going(by),
        verdict: Verdict { outcome, said: Said::ByBoth { requester_at: at, helper_at: at } },
        paid_at: at,
        gave: job.request.reward,
        fee: job.fee(),
        thanks_by_requester: None,
        thanks_by_helper: None,
    });
    Job { state, ..job }
}

pub(super) fn cancelled(job: Job, at: Timestamp) -> Job {
    Job { state: State::Cancelled { agreed: None, ending: Ending::Lapsed { at }, compensation: Points::ZERO }, ..job }
}

pub(super) fn ids(jobs: &[Job]) -> Vec<JobId> {
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
    let (ends, lapses) = (open.request.window.ends(), lapsing.silent_from());
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

/// Two who were paid for a job between them have met, whoever helped; two who only agreed have not.
pub(super) fn acquainted<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let offers = vec![standing(1, 1, 2, now), standing(2, 2, 1, now), standing(3, 3, 3, now), standing(4, 4, 1, now)];
    let jobs = vec![
        open_job(1, 1, now)?,
        open_job(2, 2, now)?,
        open_job(3, 1, now)?,
        open_job(4, 3, now)?,
        agreed(open_job(5, 1, now)?, &standing(5, 5, 3, now)),
        cancelled(open_job(6, 1, now)?, now),
    ];
    store.commit(&Changes { jobs, offers, ..Changes::default() }).map_err(text)?;
    let met = |offers: [u64; 4]| {
        let read = |number| {
            let reads = Reads { acquainted: Some(offer(number)), ..Reads::default() };
            store.read(&reads).map(|snapshot| snapshot.acquainted).map_err(text)
        };
        offers.into_iter().map(read).collect::<Result<Vec<_>, String>>()
    };
    equal("before", &met([1, 2, 3, 4])?, &vec![false; 4])?;
    let done = paid(open_job(7, 1, now)?, &standing(7, 7, 2, now), now);
    store.commit(&Changes { jobs: vec![done], ..Changes::default() }).map_err(text)?;
    equal("after", &met([1, 2, 3, 4])?, &vec![true, true, false, false])?;
    equal("no such offer", &met([9, 9, 9, 9])?, &vec![false; 4])
}

/// What waits for the centre, longest first; what does not is not there.
pub(super) fn desk<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let strangers = |job: Job, by: &Offer| Job {
        state: State::Agreed(Agreed { introduction: Introduction::Needed, ..going(by) }),
        ..job
    };
    let disputed = |job: Job, by: &Offer, at| Job {
        state: State::Disputed(going(by), Dispute { at, cause: Cause::Silence, statements: Vec::new() }),
        ..job
    };
    let by = |second| standing(1, 1, 2, now.plus_seconds(second));
    let jobs = vec![
        strangers(open_job(1, 1, now)?, &by(20)),
        disputed(open_job(2, 1, now)?, &by(0), now.plus_seconds(10)),
        agreed(open_job(3, 1, now)?, &by(0)),
        open_job(4, 1, now)?,
    ];
    store.commit(&Changes { jobs, ..Changes::default() }).map_err(text)?;
    let desk = store.desk(Show::All, person(100), now).map_err(text)?;
    equal("waiting", &(ids(&desk.waiting), desk.waiting_count), &(vec![job(2), job(1)], 2))?;
    equal("coming", &ids(&desk.coming), &vec![job(3)])?;
    equal("open", &ids(&desk.open), &vec![job(4)])?;
    let silent = open_job(1, 1, now)?.silent_from();
    let later = |at| Ok::<_, String>(ids(&store.desk(Show::All, person(100), at).map_err(text)?.coming));
    equal("while somebody may still call", &later(Timestamp(silent.0 - 1))?, &vec![job(3)])?;
    equal("then it is the centre's", &later(silent)?, &Vec::new())?;
    let met = agreed(open_job(1, 1, now)?, &by(20));
    store.commit(&Changes { jobs: vec![met], ..Changes::default() }).map_err(text)?;
    equal("introduced", &ids(&store.desk(Show::All, person(100), now).map_err(text)?.waiting), &vec![job(2)])?;
    let many = u64::from(limit::JOBS_SHOWN_MAX) + 3;
    let jobs = (10..10 + many).map(|number| Ok(strangers(open_job(number, 1, now)?, &by(30))));
    let jobs = jobs.collect::<Result<Vec<_>, String>>()?;
    store.commit(&Changes { jobs, ..Changes::default() }).map_err(text)?;
    let desk = store.desk(Show::All, person(100), now).map_err(text)?;
    equal(
        "bounded",
        &(desk.waiting.len() as u64, u64::from(desk.waiting_count)),
        &(u64::from(limit::JOBS_SHOWN_MAX), many + 1),
    )
}
