//! Calls an operator takes: who rings, and what is entered in their name.

use app::cohelp::{TelephoneInput, Ways};
use app::identity::{CallerInput, PhoneDone};
use app::town::Problem;
use shared::identity::{Answer, Call, CallerForm, Field, PhoneCall, Refusal, Telephone, may_take_calls};
use shared::kernel::{Fault, PhoneCallId};
use shared::wire::{Page, TownAnswer, TownCall};

use crate::http::{Method, Response};
use crate::world::World;

use super::cohelp::too_often;
use super::identity::read_me;
use super::office::turned_away;
use super::visit::{Visit, unexpected};

/// The call a path names. What is no id names no call: whether somebody may know that is asked first.
pub(super) fn named(word: &str) -> PhoneCallId {
    word.parse().unwrap_or(PhoneCallId::from_bytes([0; 16]))
}

/// The call is over: who goes on checks again who rings.
pub(super) fn over(done: PhoneDone) -> Response {
    Response::see_other(&format!("/desk/call?done={}", done.word()))
}

/// `/desk/call`: who rings says who they are.
pub(super) async fn caller(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let text = |field: Field| visit.form.text(field.id()).to_owned();
    let form = CallerForm { member: text(Field::Member), name: text(Field::Name), birth: text(Field::Birth) };
    let done = PhoneDone::from_word(visit.query.text("done"));
    if visit.request.method == Method::Get {
        return page(visit, 200, CallerInput { done, ..CallerInput::default() }).await;
    }
    let Some(command) = visit.command() else { return Ok(visit.problem(None, Problem::Stale)) };
    let (member, name, birth) = match form.parse(visit.world.now()) {
        Ok(said) => said,
        Err(errors) => return page(visit, 422, CallerInput { form, errors, ..CallerInput::default() }).await,
    };
    let call = Call::TakePhoneCall { session: visit.session_id()?, command, member, name, birth };
    let Answer::PhoneCallTaken(taken) = visit.registry(&call).await? else { return Err(unexpected("phone.take")) };
    match taken {
        Ok(call) => Ok(Response::see_other(&Ways(Some(call)).list())),
        Err(Refusal::TooOften) => {
            let seconds = u32::try_from(PhoneCall::TRIES.every_ms / 1_000).unwrap_or(u32::MAX);
            Ok(too_often(visit, seconds))
        }
        Err(refusal) => page(visit, 422, CallerInput { form, refusal: Some(refusal), ..CallerInput::default() }).await,
    }
}

/// The form, for operators who came with a passkey.
async fn page(visit: &Visit<'_, impl World>, status: u16, input: CallerInput) -> Result<Response, Fault> {
    let Some(me) = read_me(visit).await? else { return Ok(visit.to_sign_in()) };
    Ok(match may_take_calls(&me.visitor.actor, visit.world.now()) {
        Ok(()) => visit.page(status, Some(&me.visitor), |frame| app::identity::caller(frame, &input)),
        Err(Refusal::LevelMissing) => visit.step_up(),
        Err(_) => visit.problem(Some(&me.visitor), Problem::Forbidden),
    })
}

/// `/desk/call/{id}`: who rings, and what they have going.
pub(super) async fn phone_call(visit: &Visit<'_, impl World>, word: &str) -> Result<Response, Fault> {
    let (call, session) = (named(word), visit.session_id()?);
    let act = match visit.request.method {
        Method::Get => "",
        _ => visit.form.text("act"),
    };
    match act {
        "end" => changed(visit, &Call::EndPhoneCall { session, call }, over(PhoneDone::Ended)).await,
        "telephone" => {
            let typed = visit.form.text(Field::Telephone.id()).to_owned();
            match Telephone::parse(&typed) {
                Ok(telephone) => {
                    let kept = Response::see_other(&format!("{}?done=telephone", Ways(Some(call)).list()));
                    changed(visit, &Call::KeepTelephone { session, call, telephone }, kept).await
                }
                Err(error) => show(visit, 422, call, &TelephoneInput { typed, error: Some(error) }).await,
            }
        }
        _ => show(visit, 200, call, &TelephoneInput::default()).await,
    }
}

async fn changed(visit: &Visit<'_, impl World>, call: &Call, done: Response) -> Result<Response, Fault> {
    let Answer::Changed(changed) = visit.registry(call).await? else { return Err(unexpected("phone.change")) };
    match changed {
        Ok(()) => Ok(done),
        Err(Refusal::PhoneCallGone) => Ok(over(PhoneDone::Over)),
        Err(refusal) => turned_away(visit, refusal).await,
    }
}

async fn show(
    visit: &Visit<'_, impl World>,
    status: u16,
    call: PhoneCallId,
    input: &TelephoneInput,
) -> Result<Response, Fault> {
    let asked = TownCall::PhoneCall { session: visit.session_id()?, call };
    let TownAnswer::PhoneCall(page) = visit.town(&asked).await? else { return Err(unexpected("phone.call")) };
    if matches!(*page, Page::Missing(_)) {
        return Ok(over(PhoneDone::Over));
    }
    let kept = visit.query.text("done") == "telephone";
    visit.show(*page, |page| {
        Ok(visit.page(status, Some(&page.visitor), |frame| app::cohelp::phone_call(frame, &page, input, kept)))
    })
}
