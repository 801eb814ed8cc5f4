//! What the two tell the centre of its service, and what counts.

use super::cases::write;
use super::equal;
use super::writes::{morning, open_job, text};
use crate::cohelp::decide::Changes;
use crate::cohelp::fixture::{OPERATOR, job, person, points};
use crate::cohelp::reads::Reads;
use crate::cohelp::store::Store;
use crate::cohelp::types::{Counted, Feedback, Occurred, Occurrence, People, Satisfaction, Show, Side, Sum};
use crate::kernel::{Category, Prose, Timestamp};

fn feedback(of: u64, side: Side, words: bool, at: Timestamp) -> Result<Feedback, String> {
    let by = person(if side == Side::Requester { 1 } else { 2 });
    let words = words.then(|| Prose::parse("電話の人が親切でした")).transpose().map_err(|error| error.to_string())?;
    Ok(Feedback { job: job(of), side, by, at, words, read: None })
}

pub(super) fn waits<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    write(store, Changes { jobs: vec![open_job(1, 1, now)?, open_job(2, 1, now)?], ..Changes::default() })?;
    let of_helper = feedback(1, Side::Helper, true, now)?;
    let of_requester = feedback(1, Side::Requester, true, now.plus_seconds(1))?;
    let silent = feedback(2, Side::Requester, false, now)?;
    for one in [&of_helper, &of_requester, &silent] {
        write(store, Changes { feedback: vec![one.clone()], ..Changes::default() })?;
    }
    let of = |job| store.feedback(job).map_err(text);
    equal("of a job", &of(job(1))?, &vec![of_requester.clone(), of_helper.clone()])?;
    equal("of another", &of(job(2))?, &vec![silent])?;
    let reads = Reads { feedback: Some(job(1)), asked: Some(person(2)), ..Reads::default() };
    let snapshot = store.read(&reads).map_err(text)?;
    equal("read", &(snapshot.feedback, snapshot.asked), &(vec![of_requester.clone(), of_helper.clone()], false))?;
    let asked = store.read(&Reads { asked: Some(person(1)), ..Reads::default() }).map_err(text)?.asked;
    equal("asked before", &asked, &true)?;
    let waiting = |show| {
        let desk = store.desk(show, person(OPERATOR), now).map_err(text)?;
        Ok::<_, String>((desk.feedback, desk.feedback_count))
    };
    equal("longest first", &waiting(Show::All)?, &(vec![of_helper.clone(), of_requester.clone()], 2))?;
    equal("nobody looks after it", &waiting(Show::Mine)?, &(Vec::new(), 0))?;
    let few = Satisfaction { answers: 3, stars: 11 };
    write(store, Changes { satisfaction: Some(few), ..Changes::default() })?;
    equal("satisfaction", &store.read(&reads).map_err(text)?.satisfaction, &few)?;
    let read = Feedback { read: Some((person(OPERATOR), now)), ..of_helper };
    write(store, Changes { feedback: vec![read.clone()], ..Changes::default() })?;
    equal("what was read waits no longer", &waiting(Show::All)?, &(vec![of_requester.clone()], 1))?;
    equal("and is kept", &of(job(1))?, &vec![of_requester.clone(), read])?;
    let later = now.plus_seconds(i64::from(Feedback::DAYS) * 86_400 + 2);
    write(store, Changes { feedback: vec![feedback(2, Side::Requester, true, later)?], ..Changes::default() })?;
    equal("for a year, or as long as it waits", &of(job(1))?, &vec![of_requester])
}

fn helped(requester: u64, helper: u64, at: Timestamp) -> Occurrence {
    let (requester, helper) = (person(requester), person(helper));
    let what = Occurred::Helped { category: Category::Phone, minutes: 45, gave: points(300), requester, helper };
    Occurrence { at, what }
}

pub(super) fn counts<S: Store>(store: &S) -> Result<(), String> {
    let (now, occurred) = (morning(), || store.occurred().map_err(text));
    equal("nothing", &(occurred()?, store.tally().map_err(text)?), &Default::default())?;
    let said = |stars| Occurrence { at: now, what: Occurred::Satisfied { stars } };
    let asked = Occurrence { at: now, what: Occurred::Asked { category: Category::Visit } };
    let occurrences = vec![asked, helped(1, 2, now), helped(3, 2, now), helped(1, 2, now), said(20), said(17)];
    write(store, Changes { occurrences, ..Changes::default() })?;
    let month = now.month();
    let tally = store.tally().map_err(text)?;
    let sums = [
        ((month, Counted::Asked, Some(Category::Visit)), Sum { count: 1, ..Sum::NONE }),
        ((month, Counted::Helped, Some(Category::Phone)), Sum { count: 3, value: 135, points: 900 }),
        ((month, Counted::Satisfied, None), Sum { count: 2, value: 37, points: 0 }),
    ];
    equal("sums", &tally.sums, &sums.into())?;
    equal("people", &tally.people, &[(month, People { helped: 2, helping: 1 })].into())?;
    equal("moves on", &(occurred()? > 0), &true)?;
    let next_year = now.plus_seconds(366 * 86_400);
    write(store, Changes { occurrences: vec![helped(4, 5, next_year)], ..Changes::default() })?;
    equal("for twelve months", &store.tally().map_err(text)?.people.len(), &2)?;
    let after = now.plus_seconds(400 * 86_400);
    write(store, Changes { occurrences: vec![Occurrence { at: after, what: Occurred::Unmet }], ..Changes::default() })?;
    let tally = store.tally().map_err(text)?;
    equal("who is forgotten", &tally.people, &[(next_year.month(), People { helped: 1, helping: 1 })].into())?;
    equal("what is not", &tally.of(month, Counted::Helped).count, &3)
}
