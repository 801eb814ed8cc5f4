//! Cases about who looks after what at the centre.

use super::equal;
use super::lists::{agreed, ids};
use super::writes::{morning, open_job, standing, text};
use crate::cohelp::decide::Changes;
use crate::cohelp::fixture::{command, explanation, job, person};
use crate::cohelp::reads::Reads;
use crate::cohelp::store::{Change, NEWS_KEPT, News, Reach, Store};
use crate::cohelp::types::{
    Agreed, CallBack, Claim, Concern, Entered, EnteredAct, Introduction, Job, Matter, Memo, Show, State,
};
use crate::kernel::{ConcernId, JobId, Timestamp};

fn claim(of_job: u64, by: u64, at: Timestamp) -> (JobId, Option<Claim>) {
    (job(of_job), Some(Claim { job: job(of_job), by: person(by), at }))
}

pub(super) fn write<S: Store>(store: &S, changes: Changes) -> Result<(), String> {
    store.commit(&changes).map_err(text)
}

pub(super) fn claims<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let known = |number| {
        let reads = Reads { case: Some(job(number)), ..Reads::default() };
        let read = store.read(&reads).map_err(text)?.claim;
        equal("read and looked up", &read, &store.claim(job(number)).map_err(text)?)?;
        Ok::<_, String>(read)
    };
    write(store, Changes { claims: vec![claim(1, 100, now), claim(2, 101, now)], ..Changes::default() })?;
    equal("first", &known(1)?, &claim(1, 100, now).1)?;
    let later = now.plus_seconds(60);
    write(store, Changes { claims: vec![claim(1, 101, later), (job(2), None)], ..Changes::default() })?;
    equal("taken over", &known(1)?, &claim(1, 101, later).1)?;
    equal("handed over", &known(2)?, &None)
}

pub(super) fn memos<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let memo = |id: u64, of_job, at| {
        let (id, by, text) = (command(id), person(100), explanation()?);
        Ok::<_, String>(Memo { id, job: job(of_job), by, at, text })
    };
    let (first, second, other) = (memo(2, 1, now)?, memo(1, 1, now.plus_seconds(1))?, memo(3, 2, now)?);
    write(store, Changes { memos: vec![second.clone(), other, first.clone()], ..Changes::default() })?;
    equal("of a job", &store.memos(job(1)).map_err(text)?, &vec![first, second])?;
    let reads = Reads { case: Some(job(1)), ..Reads::default() };
    equal("counted", &store.read(&reads).map_err(text)?.memos, &2)
}

/// Three requests wait, and three are open; of each, one is looked after by the operator, one by another, one by nobody.
pub(super) fn shows<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let waiting = |number: u64| -> Result<Job, String> {
        let agreed = agreed(open_job(number, 1, now)?, &standing(number, number, 2, now));
        Ok(match agreed.state {
            State::Agreed(of) => {
                Job { state: State::Agreed(Agreed { introduction: Introduction::Needed, ..of }), ..agreed }
            }
            _ => agreed,
        })
    };
    let open = |number| open_job(number, 1, now.plus_seconds(-(number as i64)));
    let jobs = vec![waiting(1)?, waiting(2)?, waiting(3)?, open(4)?, open(5)?, open(6)?];
    let told = |number: u8, by: Option<u64>| -> Result<Concern, String> {
        let (id, taken) = (ConcernId::from_bytes([number; 16]), by.map(|by| (person(by), now)));
        let (by, about, text) = (person(1), person(2), explanation()?);
        Ok(Concern { id, job: job(4), by, about, matter: Matter::Money, text, at: now, taken, finding: None })
    };
    let concerns = vec![told(1, Some(100))?, told(2, Some(101))?, told(3, None)?];
    let claims = vec![claim(1, 100, now), claim(2, 101, now), claim(4, 100, now), claim(5, 101, now)];
    write(store, Changes { jobs, concerns, claims: claims.clone(), ..Changes::default() })?;
    let seen = |show, at| {
        let desk = store.desk(show, person(100), at).map_err(text)?;
        equal(
            "counted",
            &(desk.waiting.len(), desk.concerns.len()),
            &(desk.waiting_count as usize, desk.concerns_count as usize),
        )?;
        let concerns: Vec<_> = desk.concerns.iter().map(|told| told.id.as_bytes()[0]).collect();
        let claims: Vec<_> = desk.claims.iter().map(|claim| claim.job).collect();
        Ok::<_, String>((ids(&desk.waiting), ids(&desk.open), concerns, claims))
    };
    let jobs = |numbers: &[u64]| numbers.iter().copied().map(job).collect::<Vec<_>>();
    let all = (jobs(&[1, 2, 3]), jobs(&[4, 5, 6]), vec![1, 2, 3], jobs(&[1, 2, 4, 5]));
    equal("all", &seen(Show::All, now)?, &all)?;
    let free = (jobs(&[3]), jobs(&[6]), vec![3], Vec::new());
    equal("free", &seen(Show::Free, now)?, &free)?;
    let mine = (jobs(&[1]), jobs(&[4]), vec![1], jobs(&[1, 4]));
    equal("mine", &seen(Show::Mine, now)?, &mine)?;
    let over = now.plus_seconds(Claim::HELD_SECONDS);
    equal("just before it ends", &seen(Show::Mine, Timestamp(over.0 - 1))?, &mine)?;
    let all = (jobs(&[1, 2, 3]), jobs(&[4, 5, 6]), vec![1, 2, 3], Vec::new());
    equal("nobody's again", &seen(Show::Free, over)?, &all)?;
    let lapsed = |at| {
        let reads = Reads { due: Some(at), ..Reads::default() };
        store.read(&reads).map(|found| found.lapsed).map_err(text)
    };
    equal("over", &(lapsed(Timestamp(over.0 - 1))?, lapsed(over)?), &(Vec::new(), jobs(&[1, 2, 4, 5])))?;
    equal("when somebody looks", &store.next_due().map_err(text)?, &Some(over))
}

/// Two requests were made on the phone and one was not; each has an offer but the second.
pub(super) fn entered<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let entry = |id: u64, of_job, act, at| {
        let (id, job, person, by) = (command(id), job(of_job), person(1), person(100));
        Entered { id, job, person, by, at, act }
    };
    let ask = |id, of_job| entry(id, of_job, EnteredAct::Ask, now);
    let (first, later) = (ask(2, 1), entry(1, 1, EnteredAct::Cancel, now.plus_seconds(1)));
    let jobs = vec![open_job(1, 1, now)?, open_job(2, 1, now)?, open_job(3, 1, now)?];
    let later_at = now.plus_seconds(2);
    let offers = vec![standing(1, 1, 2, later_at), standing(3, 3, 2, later_at)];
    let other = entry(4, 3, EnteredAct::Thank, now);
    let claims = vec![claim(1, 100, now)];
    write(
        store,
        Changes { jobs, offers, claims, entered: vec![later, first, ask(3, 2), other], ..Changes::default() },
    )?;
    equal("of a job", &store.entered(job(1)).map_err(text)?, &vec![first, later])?;
    let rung = |show, at| {
        let desk = store.desk(show, person(100), at).map_err(text)?;
        let ids = desk.call_backs.iter().map(|(job, why)| (job.id, *why)).collect::<Vec<_>>();
        Ok::<_, String>((ids, desk.claims.iter().map(|claim| claim.job).collect::<Vec<_>>()))
    };
    let one = vec![(job(1), CallBack::Offers { count: 1 })];
    equal("to ring up", &rung(Show::All, now)?, &(one.clone(), vec![job(1)]))?;
    equal("of one's own", &rung(Show::Mine, now)?, &(one, vec![job(1)]))?;
    equal("nobody's", &rung(Show::Free, now)?, &(Vec::new(), Vec::new()))?;
    let over = open_job(1, 1, now)?.request.window.ends();
    let both = vec![(job(1), CallBack::Over), (job(2), CallBack::Over)];
    equal("too late for anybody", &rung(Show::All, over)?.0, &both)?;
    let weeks = over.plus_seconds(i64::from(CallBack::DAYS) * 86_400);
    equal("weeks later", &rung(Show::All, weeks)?.0, &both)?;
    equal("long ago", &rung(Show::All, weeks.plus_seconds(86_400))?.0, &Vec::new())
}

pub(super) fn news<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let news = |after| store.news(after).map_err(text);
    equal("none yet", &news(0)?, &News { last: 0, since: Some(Vec::new()) })?;
    equal("none of ours", &news(1)?, &News { last: 0, since: None })?;
    let jobs = vec![open_job(2, 1, now)?, open_job(1, 1, now)?];
    let offers = vec![standing(1, 2, 2, now)];
    write(store, Changes { jobs, offers, ..Changes::default() })?;
    write(store, Changes { claims: vec![claim(2, 100, now)], ..Changes::default() })?;
    write(store, Changes { done: vec![command(1)], ..Changes::default() })?;
    let change = |number, of, reach| Change { number, job: job(of), reach };
    let all = vec![change(1, 1, Reach::Everybody), change(2, 2, Reach::Everybody), change(3, 2, Reach::Desk)];
    equal("each request once a commit", &news(0)?, &News { last: 3, since: Some(all.clone()) })?;
    equal("the last of them", &news(2)?, &News { last: 3, since: Some(all[2..].to_vec()) })?;
    equal("nothing new", &news(3)?, &News { last: 3, since: Some(Vec::new()) })?;
    let many = (100..100 + NEWS_KEPT).map(|number| claim(number, 100, now)).collect();
    write(store, Changes { claims: many, ..Changes::default() })?;
    let last = 3 + NEWS_KEPT;
    equal("too long ago", &news(2)?, &News { last, since: None })?;
    let kept = news(3)?.since.map(|since| since.len() as u64);
    equal("as many as are kept", &kept, &Some(NEWS_KEPT))
}
