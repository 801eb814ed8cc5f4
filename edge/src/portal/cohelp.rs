//! Co-help over forms: ask, offer, choose, go through with it, cancel, thank.

use app::cohelp::{JobDone, JobInput, RequestDraft, Ways};
use app::identity::PhoneDone;
use app::town::Problem;
use shared::cohelp::{
    AskForm, CancelForm, ChatForm, CheckInForm, Command, ConsultForm, Field, FieldErrors, LateForm, OfferForm, Phase,
    RaiseForm, RateForm, Receipt, Refusal, ReportForm, Request, ThanksForm,
};
use shared::kernel::{Category, CommandId, ConcernId, Fault, JobId, OfferId, PhoneCallId, PhotoId, Points};
use shared::wire::{NotDone, Page, RequestPage, TownAnswer, TownCall};

use crate::http::{Method, Response};
use crate::world::World;

use super::visit::{Visit, unexpected};
use super::{drafts, helping, phone, photos};

pub(super) async fn board(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let TownAnswer::Board(page) = visit.town(&TownCall::Board { session: visit.session_id()? }).await? else {
        return Err(unexpected("portal.board"));
    };
    visit.show(page, |board| Ok(visit.page(200, Some(&board.visitor), |frame| app::cohelp::board(frame, &board))))
}

/// `/notifications`: what somebody was told of their jobs.
pub(super) async fn notifications(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let call = TownCall::Notifications { session: visit.session_id()? };
    let TownAnswer::Notifications(page) = visit.town(&call).await? else {
        return Err(unexpected("portal.notifications"));
    };
    visit.show(page, |page| Ok(visit.page(200, Some(&page.visitor), |frame| app::cohelp::notifications(frame, &page))))
}

/// What the acts have in common: sent once, answered with a receipt or a refusal.
pub(super) async fn perform(
    visit: &Visit<'_, impl World>,
    call: Option<PhoneCallId>,
    command: CommandId,
    tell: Command,
) -> Result<Result<Receipt, NotDone>, Fault> {
    let alone = matches!(tell, Command::AddPhoto { .. });
    let tell = TownCall::Tell { session: visit.session_id()?, call, command, tell };
    match if alone { visit.town_alone(&tell).await? } else { visit.town(&tell).await? } {
        TownAnswer::Told(told) => Ok(told),
        _ => Err(unexpected("portal.cohelp")),
    }
}

/// Not before so many seconds have passed.
pub(super) fn too_often(visit: &Visit<'_, impl World>, seconds: u32) -> Response {
    visit.problem(None, Problem::TooMany { seconds }).retry_after(seconds)
}

/// A refusal that is about what was typed is 422; one about what happened meanwhile is 409; one about rights is 403.
pub(super) fn status(refusal: &Refusal) -> u16 {
    match refusal {
        Refusal::LevelMissing { .. }
        | Refusal::CardMissing
        | Refusal::NotYours
        | Refusal::NotOperator
        | Refusal::SecondOperator
        | Refusal::OwnCase => 403,
        Refusal::ShortOf { .. } => 422,
        refusal if refusal.is_conflict() => 409,
        _ => 422,
    }
}

/// Whether that is the field of a question about a kind of help.
fn is_answer(field: &str) -> bool {
    field.split_once('-').is_some_and(|(kind, _)| kind.parse::<Category>().is_ok())
}

fn ask_form(visit: &Visit<'_, impl World>) -> AskForm {
    let text = |field: Field| visit.form.text(field.id()).to_owned();
    AskForm {
        category: text(Field::Category),
        title: text(Field::Title),
        details: text(Field::Details),
        area: text(Field::Area),
        day: text(Field::Day),
        from: text(Field::From),
        to: text(Field::To),
        minutes: text(Field::Minutes),
        reward: text(Field::Reward),
        languages: visit.form.texts(Field::Spoken.id()).map(str::to_owned).collect(),
        able: visit.form.texts(Field::Able.id()).map(str::to_owned).collect(),
        answers: visit
            .form
            .fields()
            .iter()
            .filter(|(name, value)| is_answer(name) && !value.is_empty())
            .cloned()
            .collect(),
    }
}

/// `/help/new`, or the same in the name of who rings: typed, checked by the person, sent.
pub(super) async fn request(visit: &Visit<'_, impl World>, call: Option<PhoneCallId>) -> Result<Response, Fault> {
    if call.is_none()
        && let Some(kept) = drafts::step(visit).await?
    {
        return Ok(kept);
    }
    let session = visit.session_id()?;
    let form = ask_form(visit);
    if visit.request.method == Method::Get || visit.form.text("step") == "edit" {
        let again = visit.query.text("again").parse().ok();
        let TownAnswer::Request(page) = visit.town(&TownCall::Request { session, call, again }).await? else {
            return Err(unexpected("portal.request"));
        };
        if is_over(call, &page) {
            return Ok(phone::over(PhoneDone::Over));
        }
        return visit.show(page, |page| Ok(request_form(visit, 200, &page, &form, &Vec::new(), None)));
    }
    let TownAnswer::Checked(checked) = visit.town(&TownCall::Check { session, call, form: form.clone() }).await? else {
        return Err(unexpected("portal.request"));
    };
    if is_over(call, &checked) {
        return Ok(phone::over(PhoneDone::Over));
    }
    let mut sound = None;
    let shown = visit.show(checked, |(page, parsed)| {
        Ok(match parsed {
            Err(errors) => request_form(visit, 422, &page, &form, &errors, None),
            Ok(request) => match request.reward.minus(page.available) {
                Some(missing) if !missing.is_zero() => {
                    request_form(visit, 422, &page, &form, &Vec::new(), Some(&Refusal::ShortOf { missing }))
                }
                _ => {
                    let shown =
                        visit.page(200, Some(&page.visitor), |frame| app::cohelp::check(frame, &page, &form, &request));
                    sound = Some((page, request));
                    shown
                }
            },
        })
    })?;
    match (sound, visit.command()) {
        (Some((page, request)), Some(command)) if visit.form.text("step") == "send" => {
            send(visit, call, command, &page, &form, request).await
        }
        _ => Ok(shown),
    }
}

/// Whether there is no page because the call is over in which it would be shown.
const fn is_over<T>(call: Option<PhoneCallId>, page: &Page<T>) -> bool {
    call.is_some() && matches!(page, Page::Missing(_))
}

async fn send(
    visit: &Visit<'_, impl World>,
    call: Option<PhoneCallId>,
    command: CommandId,
    page: &RequestPage,
    form: &AskForm,
    request: Request,
) -> Result<Response, Fault> {
    // The job's id follows from the form's: sending it again names the same job.
    let job = JobId::derive("cohelp.ask", command.as_bytes());
    Ok(match perform(visit, call, command, Command::Ask { job, request }).await? {
        Ok(receipt) => {
            // The request is made, whatever becomes of its draft.
            if call.is_none()
                && let Err(fault) = drafts::forget(visit).await
            {
                visit.world.log(&fault);
            }
            Response::see_other(&format!("{}?done={}", Ways(call).job(receipt.job), JobDone::Asked.word()))
        }
        Err(NotDone::SignedOut) => visit.to_sign_in(),
        Err(NotDone::CallOver) => phone::over(PhoneDone::Over),
        Err(NotDone::TooOften { seconds }) => too_often(visit, seconds),
        Err(NotDone::Refused(refusal)) => {
            request_form(visit, status(&refusal), page, form, &Vec::new(), Some(&refusal))
        }
    })
}

fn request_form(
    visit: &Visit<'_, impl World>,
    status: u16,
    page: &RequestPage,
    form: &AskForm,
    errors: &FieldErrors,
    refusal: Option<&Refusal>,
) -> Response {
    let is_typed = *form != AskForm::default();
    let draft = match (visit.request.method, visit.query.text("done")) {
        (Method::Get, "saved") => Some(RequestDraft::Saved),
        // What somebody was writing is not put aside for what they asked once.
        (Method::Get, _) if is_typed => Some(RequestDraft::Found),
        (Method::Get, _) if page.again.is_some() => Some(RequestDraft::Again),
        _ => None,
    };
    let form = page.again.as_ref().filter(|_| draft == Some(RequestDraft::Again)).unwrap_or(form);
    visit.page(status, Some(&page.visitor), |frame| app::cohelp::request(frame, page, form, errors, refusal, draft))
}

/// What came of a job, as typed.
pub(super) fn report_form(visit: &Visit<'_, impl World>) -> ReportForm {
    let text = |field: Field| visit.form.text(field.id()).to_owned();
    ReportForm { outcome: text(Field::Outcome), worked: text(Field::Worked) }
}

/// What was typed on the page of a job, or what was kept of it.
fn job_input(visit: &Visit<'_, impl World>) -> JobInput {
    let text = |field: Field| visit.form.text(field.id()).to_owned();
    JobInput {
        act: visit.form.text("act").to_owned(),
        note: text(Field::Note),
        reason: text(Field::Reason),
        rating: text(Field::Rating),
        message: text(Field::Message),
        late: text(Field::Late),
        code: text(Field::Code),
        report: report_form(visit),
        text: text(Field::Text),
        caption: text(Field::Caption),
        rate: RateForm { satisfaction: text(Field::Satisfaction), words: text(Field::Words) },
        chat: ChatForm { say: text(Field::Say), phrase: visit.form.text("phrase").to_owned() },
        raise: RaiseForm { whom: text(Field::Whom), matter: text(Field::Matter), happened: text(Field::Happened) },
    }
}

/// What was typed on the page of a job, and what it means.
struct Act {
    input: JobInput,
    parsed: Result<(Command, JobDone), FieldErrors>,
}

fn act(visit: &Visit<'_, impl World>, job: JobId, command: CommandId) -> Option<Act> {
    let input = job_input(visit);
    let offer = || visit.form.text("offer").parse::<OfferId>().ok();
    let parsed = match input.act.as_str() {
        "offer" => OfferForm { note: input.note.clone() }.parse().map(|note| {
            let offer = OfferId::derive("cohelp.offer", command.as_bytes());
            (Command::Offer { job, offer, note }, JobDone::Offered)
        }),
        "withdraw" => Ok((Command::Withdraw { job, offer: offer()? }, JobDone::Withdrawn)),
        "choose" => Ok((Command::Choose { job, offer: offer()? }, JobDone::Chosen)),
        "decline" => Ok((Command::Decline { job }, JobDone::Declined)),
        "notify" => Ok((Command::Notify { job }, JobDone::Notified)),
        "late" => LateForm { late: input.late.clone() }
            .parse()
            .map(|minutes| (Command::BeLate { job, minutes }, JobDone::Late)),
        "check-in" => CheckInForm { code: input.code.clone() }
            .parse()
            .map(|code| (Command::CheckIn { job, code }, JobDone::Started)),
        "report" => input.report.parse().map(|outcome| (Command::Report { job, outcome }, JobDone::Reported)),
        "consult" => ConsultForm { text: input.text.clone() }
            .parse()
            .map(|text| (Command::Consult { job, text }, JobDone::Consulted)),
        "cancel" => {
            // A form that does not say what it costs agrees to nothing.
            let costs = Points::parse(visit.form.text("costs")).unwrap_or(Points::ZERO);
            CancelForm { reason: input.reason.clone() }
                .parse()
                .map(|reason| (Command::Cancel { job, reason, costs }, JobDone::Cancelled))
        }
        "thank" => ThanksForm { rating: input.rating.clone(), message: input.message.clone() }
            .parse()
            .map(|(rating, message)| (Command::Thank { job, rating, message }, JobDone::Thanked)),
        "rate" => {
            input.rate.parse().map(|(satisfaction, words)| (Command::Rate { job, satisfaction, words }, JobDone::Rated))
        }
        "chat" => input.chat.parse().map(|line| (Command::Chat { job, line }, JobDone::Written)),
        "photo" => photos::form(visit, &input.caption)
            .parse()
            .map(|(caption, picture)| (Command::AddPhoto { job, caption, picture }, JobDone::PhotoAdded)),
        "remove-photo" => {
            let photo = visit.form.text("photo").parse::<PhotoId>().ok()?;
            Ok((Command::RemovePhoto { job, photo }, JobDone::PhotoRemoved))
        }
        "raise" => {
            let name = [command.as_bytes().as_slice(), job.as_bytes()].concat();
            let concern = ConcernId::derive("cohelp.concern", &name);
            let raised =
                |(offer, matter, text)| (Command::Raise { job, concern, offer, matter, text }, JobDone::Raised);
            input.raise.parse().map(raised)
        }
        _ => return None,
    };
    Some(Act { input, parsed })
}

/// `/help/{id}`, or the same in the name of who rings.
pub(super) async fn job(
    visit: &Visit<'_, impl World>,
    call: Option<PhoneCallId>,
    word: &str,
) -> Result<Response, Fault> {
    let job = match word.parse::<JobId>() {
        Ok(job) => job,
        Err(_) if call.is_none() => return Ok(visit.problem(None, Problem::NotFound)),
        // Whether somebody may know that there is none is asked first.
        Err(_) => JobId::from_bytes([0; 16]),
    };
    let at = (call, job);
    if visit.request.method == Method::Get {
        let done = JobDone::from_word(visit.query.text("done"));
        return job_page(visit, 200, at, &job_input(visit), &Vec::new(), None, done).await;
    }
    if visit.request.body.is_none() {
        let input = JobInput { act: "photo".to_owned(), ..JobInput::default() };
        let errors = photos::form(visit, "").parse().err().unwrap_or_default();
        return job_page(visit, 413, at, &input, &errors, None, None).await;
    }
    if call.is_none() && visit.form.text("act") == "part" {
        return match helping::part(visit, job).await? {
            Some(Ok(parted)) => Ok(parted),
            Some(Err(refused)) => refuse(visit, at, &job_input(visit), refused).await,
            None => Ok(visit.problem(None, Problem::Stale)),
        };
    }
    if visit.form.text("act") == "photo"
        && let Some(refused) = photos::room(visit).await?
    {
        return Ok(refused);
    }
    let Some((command, act)) = visit.command().and_then(|command| Some((command, act(visit, job, command)?))) else {
        return Ok(visit.problem(None, Problem::Stale));
    };
    let (tell, done) = match act.parsed {
        Ok(parsed) => parsed,
        Err(errors) => return job_page(visit, 422, at, &act.input, &errors, None, None).await,
    };
    match perform(visit, call, command, tell).await? {
        // What was written stands where it was written.
        Ok(_) if matches!(done, JobDone::Written | JobDone::PhotoAdded | JobDone::PhotoRemoved) => {
            Ok(Response::see_other(&format!("{}?done={}#sent", Ways(call).job(job), done.word())))
        }
        Ok(_) => Ok(Response::see_other(&format!("{}?done={}", Ways(call).job(job), done.word()))),
        Err(refused) => refuse(visit, at, &act.input, refused).await,
    }
}

async fn refuse(
    visit: &Visit<'_, impl World>,
    at: (Option<PhoneCallId>, JobId),
    input: &JobInput,
    refused: NotDone,
) -> Result<Response, Fault> {
    match refused {
        NotDone::SignedOut => Ok(visit.to_sign_in()),
        NotDone::TooOften { seconds } => Ok(too_often(visit, seconds)),
        NotDone::CallOver => Ok(phone::over(PhoneDone::Over)),
        NotDone::Refused(refusal) => {
            job_page(visit, status(&refusal), at, input, &Vec::new(), Some(&refusal), None).await
        }
    }
}

async fn job_page(
    visit: &Visit<'_, impl World>,
    status: u16,
    (call, job): (Option<PhoneCallId>, JobId),
    input: &JobInput,
    errors: &FieldErrors,
    refusal: Option<&Refusal>,
    done: Option<JobDone>,
) -> Result<Response, Fault> {
    let session = visit.session_id()?;
    let asks = match call {
        None if visit.request.asks_by_itself => TownCall::JobAnew { session, job },
        call => TownCall::Job { session, call, job },
    };
    let TownAnswer::Job(page) = visit.town(&asks).await? else {
        return Err(unexpected("portal.job"));
    };
    if is_over(call, &page) {
        return Ok(phone::over(PhoneDone::Over));
    }
    visit.show(*page, |page| {
        // The second of two reports that say the same is also the payment.
        let done = match (done, page.job.card.phase) {
            (Some(JobDone::Reported), Phase::Paid) => Some(JobDone::Paid),
            (done, _) => done,
        };
        Ok(visit
            .page(status, Some(&page.visitor), |frame| app::cohelp::job(frame, &page, input, errors, refusal, done)))
    })
}
