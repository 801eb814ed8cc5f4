//! The desk of the centre over forms.

use app::cohelp::desk::{DeskDone, DeskInput};
use app::town::Problem;
use shared::cohelp::{Command, DeskForm, Field, FieldErrors, Refusal, Show};
use shared::kernel::{Fault, JobId, Level};
use shared::wire::{NotDone, TownAnswer, TownCall};

use crate::http::{Method, Response};
use crate::world::World;

use super::cohelp::{perform, report_form, status, too_often};
use super::visit::{Visit, unexpected};

/// `/desk`: what waits for the centre.
pub(super) async fn desk(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let show = Show::from_word(visit.query.text("show"));
    let call = TownCall::Desk { session: visit.session_id()?, show, by_itself: visit.request.asks_by_itself };
    let TownAnswer::Desk(page) = visit.town(&call).await? else {
        return Err(unexpected("portal.desk"));
    };
    visit.show(page, |page| Ok(visit.page(200, Some(&page.visitor), |frame| app::cohelp::desk::list(frame, &page))))
}

/// `/desk/figures`: how well the centre does.
pub(super) async fn figures(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let TownAnswer::Figures(page) = visit.town(&TownCall::Figures { session: visit.session_id()? }).await? else {
        return Err(unexpected("portal.figures"));
    };
    visit.show(*page, |page| Ok(visit.page(200, Some(&page.visitor), |frame| app::cohelp::desk::figures(frame, &page))))
}

/// `/desk/{id}`: one job, and what an operator does for it.
pub(super) async fn job(visit: &Visit<'_, impl World>, word: &str) -> Result<Response, Fault> {
    // What is no id names no job: whether somebody may know that is asked first.
    let job = word.parse().unwrap_or(JobId::from_bytes([0; 16]));
    if visit.request.method == Method::Get {
        let done = DeskDone::from_word(visit.query.text("done"));
        return page(visit, 200, job, &desk_input(visit), &Vec::new(), None, done).await;
    }
    let input = desk_input(visit);
    let (Some(command), Some(parsed), Some(done)) =
        (visit.command(), input.form.parse(&input.act), DeskDone::from_word(&input.act))
    else {
        return Ok(visit.problem(None, Problem::Stale));
    };
    let act = match parsed {
        Ok(act) => act,
        Err(errors) => return page(visit, 422, job, &input, &errors, None, None).await,
    };
    match perform(visit, None, command, Command::Desk { job, act }).await? {
        Ok(_) => Ok(Response::see_other(&format!("/desk/{job}?done={}", done.word()))),
        Err(NotDone::SignedOut) => Ok(visit.to_sign_in()),
        Err(NotDone::CallOver) => Err(unexpected("portal.desk")),
        Err(NotDone::TooOften { seconds }) => Ok(too_often(visit, seconds)),
        Err(NotDone::Refused(Refusal::LevelMissing { level: Level::FreshPasskey })) => Ok(visit.step_up()),
        Err(NotDone::Refused(refusal)) => {
            page(visit, status(&refusal), job, &input, &Vec::new(), Some(&refusal), None).await
        }
    }
}

/// What was typed at the desk, or what was kept of it.
fn desk_input(visit: &Visit<'_, impl World>) -> DeskInput {
    let text = |field: Field| visit.form.text(field.id()).to_owned();
    let (fits, how, why, end) = (text(Field::Fits), text(Field::How), text(Field::Why), text(Field::End));
    let (helper, concern) = (visit.form.text("helper").to_owned(), visit.form.text("concern").to_owned());
    let (finding, memo, side) = (text(Field::Finding), text(Field::Memo), visit.form.text("side").to_owned());
    let form = DeskForm { fits, report: report_form(visit), how, why, end, helper, concern, finding, memo, side };
    DeskInput { act: visit.form.text("act").to_owned(), form }
}

async fn page(
    visit: &Visit<'_, impl World>,
    status: u16,
    job: JobId,
    input: &DeskInput,
    errors: &FieldErrors,
    refusal: Option<&Refusal>,
    done: Option<DeskDone>,
) -> Result<Response, Fault> {
    let TownAnswer::DeskJob(page) = visit.town(&TownCall::DeskJob { session: visit.session_id()?, job }).await? else {
        return Err(unexpected("portal.desk_job"));
    };
    visit.show(*page, |page| {
        Ok(visit.page(status, Some(&page.visitor), |frame| {
            app::cohelp::desk::job(frame, &page, input, errors, refusal, done)
        }))
    })
}
