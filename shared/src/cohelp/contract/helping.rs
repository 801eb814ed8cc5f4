//! Cases about who helps, who keeps away from whom, and whom the centre asks.

use super::equal;
use super::lists::{agreed, cancelled, ids, paid};
use super::writes::{morning, open_job, standing, text};
use crate::cohelp::decide::Changes;
use crate::cohelp::fixture::{TODAY, explanation, job, person, registered as profile};
use crate::cohelp::helping::{Answer, Apart, Enquiry, HelperRows, helper_id};
use crate::cohelp::matching::Said;
use crate::cohelp::reads::{Reads, Whom};
use crate::cohelp::store::Store;
use crate::cohelp::types::{Concern, Finding, Job, Matter, Offer, OfferState, Request, Show, Window};
use crate::kernel::{ConcernId, JobId, PersonId, Timestamp};

const DAY: i64 = 86_400;

fn enquiry(of_job: u64, helper: u64, at: Timestamp, answer: Option<Answer>) -> Enquiry {
    let answer = answer.map(|answer| (answer, at.plus_seconds(60)));
    Enquiry { job: job(of_job), helper: person(helper), by: person(100), at, answer }
}

fn apart_of(who: u64, from: u64, at: Timestamp) -> Apart {
    Apart { who: person(who), from: person(from), at }
}

fn commit<S: Store>(store: &S, changes: &Changes) -> Result<(), String> {
    store.commit(changes).map_err(text)
}

pub(super) fn registered<S: Store>(store: &S) -> Result<(), String> {
    let (first, second) = (profile(2)?, profile(3)?);
    let both = vec![(person(2), Some(first.clone())), (person(3), Some(second.clone()))];
    commit(store, &Changes { registered: both, ..Changes::default() })?;
    equal("one", &store.registered(person(2)).map_err(text)?, &Some(first.clone()))?;
    let by_name = Reads { helper: Some((job(1), Whom::Registered(second.id()))), ..Reads::default() };
    let named = store.read(&by_name).map_err(text)?;
    equal("by the centre's name", &(named.helper, named.registered), &(Some(person(3)), Some(second.clone())))?;
    equal("alone", &store.registered_as(second.id()).map_err(text)?, &Some(second.clone()))?;
    equal("nobody", &store.registered_as(helper_id(person(9))).map_err(text)?, &None)?;
    let all = store.helpers(None, &[], morning()).map_err(text)?;
    equal("all", &all, &HelperRows { registered: vec![first, second.clone()], ..HelperRows::default() })?;
    equal("everybody", &store.everybody_registered().map_err(text)?, &all.registered)?;
    commit(store, &Changes { registered: vec![(person(2), None), (person(9), None)], ..Changes::default() })?;
    equal("gone", &store.registered(person(2)).map_err(text)?, &None)?;
    equal("the other", &store.helpers(Some(&[person(3)]), &[], morning()).map_err(text)?.registered, &vec![second])
}

pub(super) fn apart<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let (first, later) = (apart_of(1, 2, now), apart_of(1, 3, now.plus_seconds(5)));
    let jobs = vec![open_job(1, 1, now)?, open_job(2, 2, now)?, open_job(4, 4, now)?];
    commit(store, &Changes { jobs, apart: vec![(later, true), (first, true)], ..Changes::default() })?;
    let again = Apart { at: now.plus_seconds(900), ..first };
    commit(store, &Changes { apart: vec![(again, true)], ..Changes::default() })?;
    equal("since the first time", &store.apart(person(1)).map_err(text)?, &vec![first, later])?;
    equal("the other does not know", &store.apart(person(2)).map_err(text)?, &Vec::new())?;
    for (one, other, expected) in [(1, 2, true), (2, 1, true), (2, 3, false)] {
        let found = store.are_apart(person(one), person(other)).map_err(text)?;
        equal(&format!("{one} and {other}"), &found, &expected)?;
    }
    for (of_job, helper, expected) in [(1, 2, true), (2, 1, true), (1, 4, false), (7, 2, false)] {
        let reads = Reads { helper: Some((job(of_job), Whom::Person(person(helper)))), ..Reads::default() };
        equal(&format!("job {of_job}, {helper}"), &store.read(&reads).map_err(text)?.apart, &expected)?;
    }
    let offers = vec![standing(1, 1, 2, now), standing(2, 2, 1, now), standing(3, 4, 2, now)];
    commit(store, &Changes { offers: offers.clone(), ..Changes::default() })?;
    let offered = store.offers_to(person(2), person(1)).map_err(text)?;
    equal("offered to the other", &offered, &offers.get(..1).unwrap_or_default().to_vec())?;
    let taken_back = offers.into_iter().map(|offer| Offer { state: OfferState::Withdrawn, ..offer }).collect();
    commit(store, &Changes { offers: taken_back, ..Changes::default() })?;
    equal("taken back", &store.offers_to(person(2), person(1)).map_err(text)?, &Vec::new())?;
    let board = |number| store.board(person(number), now).map(|rows| ids(&rows.open)).map_err(text);
    let known = |number| store.board(person(number), now).map(|rows| rows.apart).map_err(text);
    equal("for the board of both", &[known(1)?, known(2)?], &[vec![person(2), person(3)], vec![person(1)]])?;
    equal("nobody meets who keeps away", &[board(1)?, board(2)?], &[vec![job(4)], vec![job(4)]])?;
    equal("others do", &board(4)?, &vec![job(2), job(1)])?;
    commit(store, &Changes { apart: vec![(again, false)], ..Changes::default() })?;
    equal("one left", &store.apart(person(1)).map_err(text)?, &vec![later])?;
    equal("met again", &board(2)?, &vec![job(4), job(1)])
}

pub(super) fn enquiries<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let (first, second) = (enquiry(1, 2, now, None), enquiry(1, 3, now, Some(Answer::No)));
    let later = enquiry(2, 2, now.plus_seconds(9), None);
    let jobs = vec![open_job(1, 1, now)?, open_job(2, 1, now)?, cancelled(open_job(3, 1, now)?, now)];
    let enquiries = vec![first, second, later, enquiry(3, 2, now, None)];
    commit(store, &Changes { jobs, enquiries, ..Changes::default() })?;
    equal("of a job", &store.enquiries(&[job(1)]).map_err(text)?, &vec![first, second])?;
    let asked = |number, now| store.board(person(number), now).map(|rows| ids(&rows.asked)).map_err(text);
    equal("asked", &asked(2, now)?, &vec![job(2), job(1)])?;
    equal("has answered", &asked(3, now)?, &Vec::new())?;
    equal("past", &asked(2, now.plus_seconds(2 * DAY))?, &Vec::new())?;
    let reads = Reads { helper: Some((job(1), Whom::Person(person(2)))), ..Reads::default() };
    let found = store.read(&reads).map_err(text)?;
    equal("read", &(found.enquiry, found.enquiries, found.registered), &(Some(first), 2, None))?;
    let answered = enquiry(1, 2, now, Some(Answer::Yes));
    commit(store, &Changes { enquiries: vec![answered], ..Changes::default() })?;
    equal("answered", &store.read(&reads).map_err(text)?.enquiry, &Some(answered))?;
    let apart = vec![(apart_of(1, 2, now), true)];
    commit(store, &Changes { apart, ..Changes::default() })?;
    equal("kept apart", &asked(2, now)?, &Vec::new())
}

fn on(job: Job, days: i32) -> Result<Job, String> {
    let window = Window::new(TODAY.plus(days), 14 * 60, 15 * 60).map_err(|error| error.to_string())?;
    Ok(Job { request: Request { window, ..job.request }, ..job })
}

pub(super) fn helpers<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let by = |number| standing(number, number, 2, now);
    let jobs = vec![
        agreed(open_job(1, 1, now)?, &by(1)),
        paid(on(open_job(2, 1, now)?, -2)?, &by(2), now),
        paid(on(open_job(3, 1, now)?, -20)?, &by(3), now),
        paid(on(open_job(4, 1, now)?, -40)?, &by(4), now),
        paid(on(open_job(5, 3, now)?, -3)?, &by(5), now),
        cancelled(open_job(6, 1, now)?, now),
        open_job(7, 1, now)?,
        paid(on(open_job(8, 1, now)?, -3)?, &standing(8, 8, 4, now), now),
    ];
    let old = |days: i64| now.plus_seconds(-days * DAY);
    let enquiries = vec![
        enquiry(1, 2, old(3), Some(Answer::Yes)),
        enquiry(2, 2, old(3), Some(Answer::No)),
        enquiry(3, 2, old(3), None),
        enquiry(4, 2, now, None),
        enquiry(5, 2, old(100), Some(Answer::Yes)),
        enquiry(6, 4, old(3), Some(Answer::Yes)),
    ];
    let registered = vec![(person(2), Some(profile(2)?)), (person(3), Some(profile(3)?))];
    let apart = vec![(apart_of(3, 4, now), true), (apart_of(4, 2, now), true), (apart_of(4, 5, now), true)];
    commit(store, &Changes { jobs: jobs.clone(), registered, apart, enquiries, ..Changes::default() })?;
    let expected = HelperRows {
        registered: vec![profile(2)?, profile(3)?],
        engaged: [0, 1, 4].into_iter().filter_map(|at: usize| jobs.get(at).cloned()).collect(),
        together: vec![(person(1), person(2), 3)],
        lately: vec![(person(2), 3)],
        said: vec![(person(2), Said { yes: 1, not: 2 })],
        apart: vec![(person(3), person(4)), (person(4), person(2)), (person(4), person(5))],
    };
    let of = |these: Option<&[PersonId]>, requesters: &[PersonId]| store.helpers(these, requesters, now).map_err(text);
    equal("all", &of(None, &[person(1), person(5), person(1)])?, &expected)?;
    let one = HelperRows {
        registered: vec![profile(2)?],
        together: Vec::new(),
        apart: vec![(person(4), person(2))],
        ..expected
    };
    equal("one of them", &of(Some(&[person(2), person(7)]), &[])?, &one)?;
    let nobody = HelperRows { apart: vec![(person(4), person(5))], ..HelperRows::default() };
    equal("nobody registered", &of(Some(&[person(5)]), &[person(1)])?, &nobody)
}

pub(super) fn open_on<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let jobs = vec![
        open_job(3, 1, now)?,
        on(open_job(2, 1, now)?, 1)?,
        on(open_job(1, 1, now)?, 0)?,
        cancelled(open_job(4, 1, now)?, now),
    ];
    let offers = vec![standing(1, 3, 2, now), Offer { state: OfferState::Withdrawn, ..standing(2, 3, 4, now) }];
    commit(store, &Changes { jobs, offers, ..Changes::default() })?;
    type Open = Vec<(JobId, usize)>;
    let open = |days, now| -> Result<Open, String> {
        store
            .open_on(TODAY.plus(days), now)
            .map(|jobs| jobs.into_iter().map(|(job, offers)| (job.id, offers.len())).collect())
            .map_err(text)
    };
    equal("tomorrow, by the end", &open(1, now)?, &vec![(job(2), 0), (job(3), 2)])?;
    equal("today", &open(0, now)?, &vec![(job(1), 0)])?;
    equal("past", &open(0, now.plus_seconds(DAY))?, &Vec::new())
}

pub(super) fn concerns<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let raised = |number: u8, of_job: u64, matter: Matter, at: Timestamp| -> Result<Concern, String> {
        let (id, text) = (ConcernId::from_bytes([number; 16]), explanation()?);
        let (by, about) = (person(1), person(2));
        Ok(Concern { id, job: job(of_job), by, about, matter, text, at, taken: None, finding: None })
    };
    let first = raised(1, 1, Matter::Money, now)?;
    let second = raised(2, 1, Matter::Danger, now.plus_seconds(60))?;
    let other = raised(3, 2, Matter::Other, now.plus_seconds(90))?;
    let all = vec![other.clone(), second.clone(), first.clone()];
    commit(store, &Changes { concerns: all, ..Changes::default() })?;
    equal("of a job", &store.concerns(job(1)).map_err(text)?, &vec![first.clone(), second.clone()])?;
    let reads = Reads { concerns: Some(job(1)), ..Reads::default() };
    equal("read", &store.read(&reads).map_err(text)?.concerns, &vec![first.clone(), second.clone()])?;
    let desk =
        || store.desk(Show::All, person(100), now).map(|rows| (rows.concerns, rows.concerns_count)).map_err(text);
    equal("what is dangerous first", &desk()?, &(vec![second.clone(), first.clone(), other.clone()], 3))?;
    let finding = Some(Finding { by: person(100), at: now, text: explanation()? });
    let closed = Concern { finding, taken: Some((person(100), now)), ..first };
    commit(store, &Changes { concerns: vec![closed.clone()], ..Changes::default() })?;
    equal("closed", &desk()?, &(vec![second.clone(), other], 2))?;
    equal("and kept", &store.concerns(job(1)).map_err(text)?, &vec![closed, second])
}
