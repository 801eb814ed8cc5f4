//! Cases about writing and reading back.

use super::equal;
use crate::cohelp::command::{Command, DeskAct, Event, OutboxItem, Receipt, Remembered, Step};
use crate::cohelp::decide::{Changes, Terms};
use crate::cohelp::fixture::{
    OPERATOR, TODAY, command, conditions, context, job, offer, person, points, request, rules,
};
use crate::cohelp::helping::helper_id;
use crate::cohelp::reads::{Reads, Snapshot, Whom};
use crate::cohelp::store::{BoardRows, Store, step, tell};
use crate::cohelp::types::{Agreement, CheckInCode, Job, Offer, OfferState, Outcome, Rating, Show, State};
use crate::kernel::{Fault, HoldId, Line, Timestamp};

pub(super) fn text(fault: Fault) -> String {
    fault.to_string()
}

pub(super) fn open_job(number: u64, requester: u64, posted: Timestamp) -> Result<Job, String> {
    Ok(Job {
        id: job(number),
        requester: person(requester),
        request: request(TODAY.plus(1), 500)?,
        conditions: conditions(),
        posted_at: posted,
        state: State::OPEN,
    })
}

pub(super) fn standing(number: u64, of_job: u64, helper: u64, at: Timestamp) -> Offer {
    let note = Line::parse("近くに住んでいます").ok();
    Offer { id: offer(number), job: job(of_job), helper: person(helper), note, at, state: OfferState::Standing }
}

pub(super) fn morning() -> Timestamp {
    TODAY.at_minute(9 * 60)
}

fn item(hold: u8, due: Timestamp) -> OutboxItem {
    let hold = HoldId::from_bytes([hold; 16]);
    let event = Event::CancelledAfterAgreement { job: job(1), hold };
    OutboxItem { id: event.id(), event, attempts: 0, due }
}

pub(super) fn empty<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let reads = Reads {
        command: Some(command(1)),
        job: Some(job(1)),
        offer: Some(offer(1)),
        acquainted: Some(offer(1)),
        helper: Some((job(1), Whom::Registered(helper_id(person(2))))),
        concerns: Some(job(1)),
        case: Some(job(1)),
        entered: Some(job(1)),
        chat: Some(job(1)),
        photos: Some((job(1), person(1))),
        feedback: Some(job(1)),
        asked: Some(person(1)),
        open_requests: Some((person(1), now)),
        due: Some(now),
    };
    equal("snapshot", &store.read(&reads).map_err(text)?, &Snapshot::default())?;
    equal("job", &store.job(job(1)).map_err(text)?, &None)?;
    equal("told", &store.notifications(person(1)).map_err(text)?, &Vec::new())?;
    equal("board", &store.board(person(1), now).map_err(text)?, &BoardRows::default())?;
    equal("outbox", &store.outbox_due(now, 10).map_err(text)?, &Vec::new())?;
    store.commit(&Changes::default()).map_err(text)?;
    store.postpone(command(1), 1, now).map_err(text)?;
    equal("alarm", &store.next_due().map_err(text)?, &None)
}

pub(super) fn comes_back<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let (asked, first, second) = (open_job(1, 1, now)?, standing(1, 1, 2, now), standing(2, 1, 3, now));
    let remembered = Remembered { id: command(7), body: [9; 32], receipt: Receipt { job: job(1), at: now } };
    let changes = Changes {
        jobs: vec![asked.clone()],
        offers: vec![first.clone(), second.clone()],
        outbox: vec![item(1, now)],
        remember: Some(remembered.clone()),
        ..Changes::default()
    };
    store.commit(&changes).map_err(text)?;
    let reads = Reads { command: Some(command(7)), job: Some(job(1)), ..Reads::default() };
    let snapshot = store.read(&reads).map_err(text)?;
    equal("remembered", &snapshot.remembered, &Some(remembered))?;
    equal("jobs", &snapshot.jobs.into_values().collect(), &vec![asked.clone()])?;
    equal("offers", &snapshot.offers.into_values().collect(), &vec![first.clone(), second.clone()])?;
    equal("job", &store.job(job(1)).map_err(text)?, &Some((asked, vec![first, second])))?;
    equal("outbox", &store.outbox_due(now, 10).map_err(text)?, &vec![item(1, now)])
}

pub(super) fn replaces<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let (mut asked, mut made) = (open_job(1, 1, now)?, standing(1, 1, 2, now));
    store
        .commit(&Changes { jobs: vec![asked.clone()], offers: vec![made.clone()], ..Changes::default() })
        .map_err(text)?;
    let hold = HoldId::from_bytes([1; 16]);
    asked.state =
        State::Agreeing(Agreement { offer: made.id, helper: made.helper, hold, chosen_at: now, acquainted: false });
    made.state = OfferState::Chosen;
    store
        .commit(&Changes { jobs: vec![asked.clone()], offers: vec![made.clone()], ..Changes::default() })
        .map_err(text)?;
    equal("job", &store.job(job(1)).map_err(text)?, &Some((asked, vec![made])))
}

pub(super) fn outbox<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let (early, late) = (item(1, now), item(2, now.plus_seconds(60)));
    let both = Changes { outbox: vec![late.clone(), early.clone()], ..Changes::default() };
    store.commit(&both).map_err(text)?;
    equal("due", &store.outbox_due(now, 10).map_err(text)?, &vec![early.clone()])?;
    let later = now.plus_seconds(60);
    equal("in order", &store.outbox_due(later, 10).map_err(text)?, &vec![early.clone(), late.clone()])?;
    equal("limited", &store.outbox_due(later, 1).map_err(text)?, &vec![early.clone()])?;
    store.postpone(early.id, 3, later).map_err(text)?;
    store.commit(&both).map_err(text)?;
    equal("a second try keeps its count", &store.outbox_due(now, 10).map_err(text)?, &Vec::new())?;
    let done = Changes { done: vec![early.id, early.id], ..Changes::default() };
    store.commit(&done).map_err(text)?;
    equal("done", &store.outbox_due(later, 10).map_err(text)?, &vec![late])
}

pub(super) fn postponed<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    store.commit(&Changes { outbox: vec![item(1, now)], ..Changes::default() }).map_err(text)?;
    let later = now.plus_seconds(8);
    store.postpone(item(1, now).id, 3, later).map_err(text)?;
    equal("before", &store.outbox_due(now, 10).map_err(text)?, &Vec::new())?;
    let expected = OutboxItem { attempts: 3, due: later, ..item(1, now) };
    equal("then", &store.outbox_due(later, 10).map_err(text)?, &vec![expected])
}

pub(super) fn repeats<S: Store>(store: &S) -> Result<(), String> {
    let (rules, now) = (rules(), morning());
    let terms = Terms { rules: &rules, available: None, entered_by: None };
    let ask = Command::Ask { job: job(1), request: request(TODAY.plus(1), 500)? };
    let first = tell(store, &terms, &ask, &context(1, now, 1)).map_err(text)?;
    let later = tell(store, &terms, &ask, &context(1, now.plus_seconds(60), 1)).map_err(text)?;
    equal("first", &first, &Ok(Receipt { job: job(1), at: now }))?;
    equal("again", &later, &first)
}

pub(super) fn offer_names<S: Store>(store: &S) -> Result<(), String> {
    let now = morning();
    let jobs = vec![open_job(1, 1, now)?, open_job(2, 1, now)?];
    let made = standing(1, 1, 2, now);
    store.commit(&Changes { jobs, offers: vec![made.clone()], ..Changes::default() }).map_err(text)?;
    let reads = Reads { job: Some(job(2)), offer: Some(made.id), ..Reads::default() };
    let snapshot = store.read(&reads).map_err(text)?;
    equal("found", &snapshot.offers.get(&made.id), &Some(&made))?;
    equal("not of that job", &snapshot.offers_of(job(2)).count(), &0)
}

pub(super) fn whole_life<S: Store>(store: &S) -> Result<(), String> {
    let (rules, now) = (rules(), morning());
    let terms = Terms { rules: &rules, available: Some(points(500)), entered_by: None };
    let next_day = TODAY.plus(1).at_minute(16 * 60);
    let act = |who, at, id, command: Command| match tell(store, &terms, &command, &context(who, at, id)) {
        Ok(Ok(_)) => Ok(()),
        other => Err(format!("{command:?}: {other:?}")),
    };
    let state = || Ok::<_, String>(store.job(job(1)).map_err(text)?.map_or("none", |(job, _)| job.state.word()));
    let event = || store.outbox_due(next_day, 10).map_err(text)?.into_iter().next().ok_or("no event".to_owned());
    act(1, now, 1, Command::Ask { job: job(1), request: request(TODAY.plus(1), 500)? })?;
    act(2, now, 2, Command::Offer { job: job(1), offer: offer(1), note: None })?;
    act(3, now, 3, Command::Offer { job: job(1), offer: offer(2), note: None })?;
    act(1, now, 4, Command::Choose { job: job(1), offer: offer(1) })?;
    let Event::Chosen { hold, .. } = event()?.event else { return Err("not chosen".to_owned()) };
    step(store, &Step::Held { job: job(1), hold }, now).map_err(text)?;
    equal("held", &state()?, &"agreed")?;
    equal("the centre", &store.desk(Show::All, person(100), now).map_err(text)?.waiting_count, &1)?;
    act(OPERATOR, now, 5, Command::Desk { job: job(1), act: DeskAct::Introduce { fits: true } })?;
    equal("the centre, then", &store.desk(Show::All, person(100), now).map_err(text)?.waiting_count, &0)?;
    act(2, now, 6, Command::Notify { job: job(1) })?;
    let start = TODAY.plus(1).at_minute(14 * 60);
    act(2, start, 7, Command::CheckIn { job: job(1), code: CheckInCode::of(hold) })?;
    let outcome = Outcome::Done { minutes: 60 };
    act(2, next_day, 8, Command::Report { job: job(1), outcome })?;
    act(1, next_day, 9, Command::Report { job: job(1), outcome })?;
    let Event::Helped { fee_percent: 5, .. } = event()?.event else { return Err("not settled".to_owned()) };
    step(store, &Step::Settled { job: job(1), hold }, next_day).map_err(text)?;
    let thanks = |stars| Rating::new(stars).ok_or("no rating".to_owned());
    act(1, next_day, 10, Command::Thank { job: job(1), rating: thanks(5)?, message: None })?;
    act(2, next_day, 11, Command::Thank { job: job(1), rating: thanks(4)?, message: None })?;
    equal("paid", &state()?, &"paid")?;
    equal("nothing waits", &store.next_due().map_err(text)?, &None)
}
