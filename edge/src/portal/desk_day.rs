//! A day at the desk, over forms.

use app::cohelp::desk::pin_word;
use shared::cohelp::matching::Pin;
use shared::cohelp::{Command, DeskAct, Refusal};
use shared::kernel::{CommandId, Day, Fault};
use shared::wire::{NotDone, TownAnswer, TownCall};

use crate::http::{Method, Response};
use crate::world::World;

use super::cohelp::{perform, too_often};
use super::visit::{Visit, unexpected};

/// The pairs of that name in the form; what is no pair is left out.
fn pairs(visit: &Visit<'_, impl World>, name: &str) -> Vec<Pin> {
    let pair = |text: &str| {
        let (job, helper) = text.split_once(':')?;
        let pin = Pin { job: job.parse().ok()?, helper: helper.parse().ok()? };
        (pin_word(pin.job, pin.helper) == text).then_some(pin)
    };
    visit.form.texts(name).filter_map(pair).collect()
}

/// `/desk/day`: the proposal for a day; made anew around what is kept, or carried out.
pub(super) async fn day(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let day: Option<Day> = visit.query.text("day").parse().ok();
    if visit.request.method == Method::Post && visit.form.text("act") == "enquire" {
        return enquire(visit, day).await;
    }
    let call = TownCall::DeskDay { session: visit.session_id()?, day, pins: pairs(visit, "pin") };
    let TownAnswer::DeskDay(page) = visit.town(&call).await? else {
        return Err(unexpected("portal.desk_day"));
    };
    visit.show(*page, |page| {
        let asked = visit.query.text("asked").parse().ok();
        let status = if page.plan.proposal.is_ok() { 200 } else { 422 };
        Ok(visit.page(status, Some(&page.visitor), |frame| app::cohelp::desk::day(frame, &page, asked)))
    })
}

/// Asks everybody as shown. What has changed meanwhile is left out: the page that follows shows how things stand.
async fn enquire(visit: &Visit<'_, impl World>, day: Option<Day>) -> Result<Response, Fault> {
    let mut asked = 0;
    if let Some(command) = visit.command() {
        for Pin { job, helper } in pairs(visit, "pair") {
            let name = [command.as_bytes().as_slice(), job.as_bytes(), helper.as_bytes()].concat();
            let tell = Command::Desk { job, act: DeskAct::Enquire { helper } };
            match perform(visit, CommandId::derive("desk.day", &name), tell).await? {
                Ok(_) => asked += 1,
                Err(NotDone::SignedOut) => return Ok(visit.to_sign_in()),
                Err(NotDone::TooOften { seconds }) => return Ok(too_often(visit, seconds)),
                Err(NotDone::Refused(Refusal::LevelMissing { .. })) => return Ok(visit.step_up()),
                Err(NotDone::Refused(_)) => {}
            }
        }
    }
    let day = day.map(|day| format!("day={day}&")).unwrap_or_default();
    Ok(Response::see_other(&format!("/desk/day?{day}asked={asked}")))
}
