//! What an allowed command changes.

use super::{Changes, Terms, chat, concern, desk, feedback, guard, photo};
use crate::cohelp::command::{Command, Event};
use crate::cohelp::helping::{Answer, Enquiry, proven};
use crate::cohelp::reads::Snapshot;
use crate::cohelp::refusal::Refusal;
use crate::cohelp::types::{
    Agreed, Agreement, Cause, CheckIn, CheckInCode, Checked, Dispute, Ending, Explanation, Job, Late, Note, Notice,
    Offer, OfferState, Outcome, Report, Reports, Request, Rules, Said, Side, State, Statement, Thanks, Verdict,
};
use crate::kernel::{Context, HoldId, JobId, OfferId, PersonId, Points, Timestamp, limit};

pub(super) fn apply(
    snapshot: &Snapshot,
    terms: &Terms<'_>,
    command: &Command,
    context: &Context,
) -> Result<Changes, Refusal> {
    let (person, now) = (context.actor.person, context.now);
    if let Command::Ask { job, request } = command {
        return ask(snapshot, terms, *job, request, person, now);
    }
    let job = snapshot.jobs.get(&command.job()).ok_or(Refusal::JobUnknown)?;
    match command {
        Command::Ask { .. } => Err(Refusal::JobExists),
        Command::Offer { offer, note, .. } => make_offer(snapshot, terms.rules, job, (*offer, note.as_ref()), context),
        Command::Withdraw { offer, .. } => withdraw(snapshot, job, *offer, person, now),
        Command::Choose { offer, .. } => choose(snapshot, terms.rules, job, *offer, context),
        Command::Notify { .. } => notify(job, person, now),
        Command::BeLate { minutes, .. } => be_late(job, *minutes, person, now),
        Command::CheckIn { code, .. } => check_in(job, *code, person, now),
        Command::Report { outcome, .. } => report(job, *outcome, person, now),
        Command::Consult { text, .. } => consult(job, text, person, now),
        Command::Cancel { reason, costs, .. } => cancel(snapshot, job, reason.as_ref(), *costs, person, now),
        Command::Thank { rating, message, .. } => {
            thank(job, person, Thanks { rating: *rating, message: message.clone(), at: now })
        }
        Command::Decline { .. } => decline(snapshot, job, now),
        Command::Raise { concern, offer, matter, text, .. } => {
            let raised = concern::Raised { id: *concern, offer: *offer, matter: *matter, text };
            concern::raise(snapshot, job, &raised, person, now)
        }
        Command::Chat { line, .. } => chat::write(snapshot, job, line, person, now),
        Command::Rate { satisfaction, words, .. } => {
            feedback::rate(snapshot, job, *satisfaction, words.as_ref(), person, now)
        }
        Command::AddPhoto { caption, picture, .. } => photo::add(snapshot, job, caption.as_ref(), picture, context),
        Command::RemovePhoto { photo, .. } => photo::remove(snapshot, job, *photo, context),
        Command::Desk { act, .. } => desk::apply(snapshot, terms.rules, job, act, context),
    }
}

fn ask(
    snapshot: &Snapshot,
    terms: &Terms<'_>,
    id: JobId,
    request: &Request,
    person: PersonId,
    now: Timestamp,
) -> Result<Changes, Refusal> {
    if snapshot.jobs.contains_key(&id) {
        return Err(Refusal::JobExists);
    }
    if snapshot.open_requests >= limit::OPEN_REQUESTS_MAX {
        return Err(Refusal::TooManyOpenRequests);
    }
    guard::request(request, terms.rules, now)?;
    guard::affordable(request.reward, terms.available)?;
    let job = Job {
        id,
        requester: person,
        request: request.clone(),
        conditions: terms.rules.conditions,
        posted_at: now,
        state: State::OPEN,
    };
    Ok(Changes { jobs: vec![job], ..Changes::default() })
}

fn make_offer(
    snapshot: &Snapshot,
    rules: &Rules,
    job: &Job,
    (id, note): (OfferId, Option<&Note>),
    context: &Context,
) -> Result<Changes, Refusal> {
    let (person, now) = (context.actor.person, context.now);
    if snapshot.offers.contains_key(&id) {
        return Err(Refusal::OfferExists);
    }
    // Who is kept away is not to find out by trying.
    if snapshot.apart {
        let offered = snapshot.offers_of(job.id).any(|offer| offer.helper == person);
        return Err(if offered { Refusal::NotOpen } else { Refusal::JobUnknown });
    }
    guard::offer(job, snapshot.offers_of(job.id), person, now)?;
    proven(&job.request, rules, snapshot.registered.as_ref())?;
    let offer = Offer { id, job: job.id, helper: person, note: note.cloned(), at: now, state: OfferState::Standing };
    let said_yes = snapshot.enquiry.filter(|enquiry| !matches!(enquiry.answer, Some((Answer::Yes, _))));
    let enquiries = said_yes.map(|enquiry| Enquiry { answer: Some((Answer::Yes, now)), ..enquiry });
    Ok(Changes { offers: vec![offer], enquiries: enquiries.into_iter().collect(), ..Changes::default() })
}

fn decline(snapshot: &Snapshot, job: &Job, now: Timestamp) -> Result<Changes, Refusal> {
    guard::decline(job, snapshot.enquiry.as_ref().filter(|_| !snapshot.apart), now)?;
    let enquiries = snapshot.enquiry.map(|enquiry| Enquiry { answer: Some((Answer::No, now)), ..enquiry });
    Ok(Changes { enquiries: enquiries.into_iter().collect(), ..Changes::default() })
}

fn withdraw(snapshot: &Snapshot, job: &Job, id: OfferId, person: PersonId, now: Timestamp) -> Result<Changes, Refusal> {
    let offer = snapshot.offers_of(job.id).find(|offer| offer.id == id).ok_or(Refusal::OfferUnknown)?;
    guard::withdraw(job, offer, person, now)?;
    Ok(Changes { offers: vec![Offer { state: OfferState::Withdrawn, ..offer.clone() }], ..Changes::default() })
}

fn choose(snapshot: &Snapshot, rules: &Rules, job: &Job, id: OfferId, context: &Context) -> Result<Changes, Refusal> {
    let now = context.now;
    guard::choose(job, context.actor.person, now)?;
    let offer = guard::choosable(snapshot.offers_of(job.id), id)?;
    // Two who keep apart are not brought together, whatever still stands between them.
    if snapshot.apart {
        return Err(Refusal::OfferNotStanding);
    }
    proven(&job.request, rules, snapshot.registered.as_ref())?;
    // Named after this very choice: after a refused hold the same offer can be chosen again under a new name.
    let hold = HoldId::derive("cohelp.choice", &[*job.id.as_bytes(), *context.command.as_bytes()].concat());
    let agreement =
        Agreement { offer: id, helper: offer.helper, hold, chosen_at: now, acquainted: snapshot.acquainted };
    let mut changes = Changes {
        jobs: vec![Job { state: State::Agreeing(agreement), ..job.clone() }],
        offers: vec![Offer { state: OfferState::Chosen, ..offer.clone() }],
        ..Changes::default()
    };
    let (requester, reward, until) = (job.requester, job.request.reward, job.hold_until());
    changes.emit(Event::Chosen { job: job.id, hold, requester, reward, until }, now);
    Ok(changes)
}

/// The job with something new about what holds between the two.
pub(super) fn with(job: &Job, agreed: Agreed) -> Changes {
    let state = match &job.state {
        State::Disputed(_, dispute) => State::Disputed(agreed, dispute.clone()),
        _ => State::Agreed(agreed),
    };
    moved(job, state)
}

/// The job in another state, and nothing else.
pub(super) fn moved(job: &Job, state: State) -> Changes {
    Changes { jobs: vec![Job { state, ..job.clone() }], ..Changes::default() }
}

fn notify(job: &Job, person: PersonId, now: Timestamp) -> Result<Changes, Refusal> {
    let by = guard::notify(job, person, now)?;
    let notice = Some(Notice { by: Some(by), at: now });
    Ok(with(job, Agreed { notice, ..guard::agreed(job)?.clone() }))
}

fn be_late(job: &Job, minutes: u16, person: PersonId, now: Timestamp) -> Result<Changes, Refusal> {
    let by = guard::be_late(job, person, minutes, now)?;
    let agreed = guard::agreed(job)?.clone();
    let late = agreed.late.with(by, Late { minutes, at: now });
    Ok(with(job, Agreed { late, ..agreed }))
}

fn check_in(job: &Job, code: CheckInCode, person: PersonId, now: Timestamp) -> Result<Changes, Refusal> {
    guard::check_in(job, person, now)?;
    let agreed = guard::agreed(job)?;
    if CheckInCode::of(agreed.agreement.hold) != code {
        return Err(Refusal::CodeWrong);
    }
    Ok(begin(job, agreed, Checked { at: now, by_centre: None }))
}

/// It begins: what was said before, that somebody was not there, is past.
pub(super) fn begin(job: &Job, agreed: &Agreed, checked: Checked) -> Changes {
    with(job, Agreed { check_in: CheckIn::Done(checked), reports: Reports::default(), ..agreed.clone() })
}

/// Two who say the same have settled it; two who do not have the centre to decide.
fn report(job: &Job, outcome: Outcome, person: PersonId, now: Timestamp) -> Result<Changes, Refusal> {
    let side = guard::report(job, person, outcome, now)?;
    let agreed = guard::agreed(job)?;
    let reports = agreed.reports.with(side, Report { outcome, at: now });
    let agreed = Agreed { reports, ..agreed.clone() };
    let other = reports.of(side.other());
    Ok(match (other, &job.state) {
        (Some(other), _) if other.outcome == outcome => {
            let (requester_at, helper_at) = match side {
                Side::Requester => (now, other.at),
                Side::Helper => (other.at, now),
            };
            settle(job, agreed, Verdict { outcome, said: Said::ByBoth { requester_at, helper_at } }, now)
        }
        (Some(_), State::Agreed(_)) => dispute(job, agreed, Cause::Differ, Vec::new(), now),
        _ => with(job, agreed),
    })
}

fn consult(job: &Job, text: &Explanation, person: PersonId, now: Timestamp) -> Result<Changes, Refusal> {
    let by = guard::consult(job, person, now)?;
    let statement = Statement { by, at: now, text: text.clone() };
    let agreed = guard::agreed(job)?.clone();
    let State::Disputed(_, before) = &job.state else {
        return Ok(dispute(job, agreed, Cause::Asked { by }, vec![statement], now));
    };
    let statements = before.statements.iter().cloned().chain([statement]).collect();
    Ok(moved(job, State::Disputed(agreed, Dispute { statements, ..before.clone() })))
}

/// The centre is to decide.
pub(super) fn dispute(job: &Job, agreed: Agreed, cause: Cause, statements: Vec<Statement>, now: Timestamp) -> Changes {
    moved(job, State::Disputed(agreed, Dispute { at: now, cause, statements }))
}

/// What the centre had to decide stays readable.
fn closed(job: &Job, agreed: Agreed) -> Agreed {
    match &job.state {
        State::Disputed(_, dispute) => Agreed { disputed: Some(dispute.clone()), ..agreed },
        _ => agreed,
    }
}

/// It is clear what came of it: pay for help that was given, give the rest back.
pub(super) fn settle(job: &Job, agreed: Agreed, verdict: Verdict, now: Timestamp) -> Changes {
    let amount = job.costs(verdict.outcome);
    let Outcome::Done { .. } = verdict.outcome else {
        return give_back(job, agreed, Ending::NotHelped(verdict), amount, now);
    };
    let agreed = closed(job, agreed);
    let mut changes = Changes::default();
    let (hold, helper) = (agreed.agreement.hold, agreed.agreement.helper);
    let fee_percent = job.conditions.fee_percent;
    changes.emit(Event::Helped { job: job.id, hold, helper, amount, fee_percent }, now);
    changes.jobs.push(Job { state: State::Paying(agreed, verdict), ..job.clone() });
    changes
}

fn cancel(
    snapshot: &Snapshot,
    job: &Job,
    reason: Option<&Note>,
    told: Points,
    person: PersonId,
    now: Timestamp,
) -> Result<Changes, Refusal> {
    let by = guard::cancel(job, person, now)?;
    let costs = job.cancel_costs(by, now);
    if costs > told {
        return Err(Refusal::CostsMore { costs });
    }
    let ending = Ending::Cancelled { by, at: now, reason: reason.cloned() };
    Ok(end(snapshot, job, ending, costs, now))
}

/// It ends without the reward, with points set aside or without.
pub(super) fn end(snapshot: &Snapshot, job: &Job, ending: Ending, compensation: Points, now: Timestamp) -> Changes {
    match &job.state {
        State::Agreed(agreed) | State::Disputed(agreed, _) => give_back(job, agreed.clone(), ending, compensation, now),
        _ => Changes {
            offers: declined(snapshot, job.id),
            ..moved(job, State::Cancelled { agreed: None, ending, compensation: Points::ZERO })
        },
    }
}

/// An agreed job ends without the reward.
pub(super) fn give_back(job: &Job, agreed: Agreed, ending: Ending, compensation: Points, now: Timestamp) -> Changes {
    let mut changes = Changes::default();
    let agreed = closed(job, agreed);
    let (id, hold, helper) = (job.id, agreed.agreement.hold, agreed.agreement.helper);
    let event = if compensation.is_zero() {
        Event::CancelledAfterAgreement { job: id, hold }
    } else {
        Event::KeptFree { job: id, hold, helper, amount: compensation }
    };
    changes.emit(event, now);
    changes.jobs.push(Job { state: State::Cancelling { agreed, ending, compensation }, ..job.clone() });
    changes
}

/// The standing offers for a job, declined.
pub(super) fn declined(snapshot: &Snapshot, job: JobId) -> Vec<Offer> {
    let standing = snapshot.offers_of(job).filter(|offer| offer.state == OfferState::Standing);
    standing.map(|offer| Offer { state: OfferState::Declined, ..offer.clone() }).collect()
}

fn thank(job: &Job, person: PersonId, thanks: Thanks) -> Result<Changes, Refusal> {
    let side = guard::thank(job, person)?;
    let mut job = job.clone();
    let State::Paid(paid) = &mut job.state else { return Err(Refusal::NotPaid) };
    match side {
        Side::Requester => paid.thanks_by_requester = Some(thanks),
        Side::Helper => paid.thanks_by_helper = Some(thanks),
    }
    Ok(Changes { jobs: vec![job], ..Changes::default() })
}
