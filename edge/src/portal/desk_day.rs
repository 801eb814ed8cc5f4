//! A day at the desk, over forms.

use app::cohelp::desk::DayOrder;
use app::town::Problem;
use shared::cohelp::{Command, DeskAct, Refusal};
use shared::kernel::{CommandId, Day, Fault, HelperId, JobId, limit};
use shared::wire::{DeskDayPage, NotDone, Page, TownAnswer, TownCall};

use crate::http::{Method, Response};
use crate::world::World;

use super::cohelp::{perform, too_often};
use super::visit::{Visit, unexpected};

/// The pairs of that name in the form; what is no pair is left out.
fn pairs(visit: &Visit<'_, impl World>, name: &str) -> Vec<(JobId, HelperId)> {
    let pair = |text: &str| {
        let (job, helper) = text.split_once(':')?;
        Some((job.parse().ok()?, helper.parse().ok()?))
    };
    visit.form.texts(name).filter_map(pair).collect()
}

/// `/desk/day`: the proposal for a day; made anew around what is kept, or carried out.
pub(super) async fn day(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let day: Option<Day> = visit.query.text("day").parse().ok();
    let pins = match (visit.request.method, visit.form.text("act")) {
        (Method::Post, "enquire") => return enquire(visit, day).await,
        (Method::Post, "again") => pairs(visit, "pin"),
        (Method::Post, _) => return visit.show(page(visit, day, Vec::new()).await?, |page| Ok(stale(visit, &page))),
        _ => Vec::new(),
    };
    visit.show(page(visit, day, pins).await?, |page| {
        let count = |name| visit.query.text(name).parse::<u32>().ok().filter(|count| *count <= limit::DAY_REQUESTS_MAX);
        let told = count("asked").zip(count("left"));
        let status = if page.plan.proposal.is_ok() { 200 } else { 422 };
        let order = DayOrder::from_word(visit.query.text("by"));
        Ok(visit.page(status, Some(&page.visitor), |frame| app::cohelp::desk::day(frame, &page, told, order)))
    })
}

async fn page(
    visit: &Visit<'_, impl World>,
    day: Option<Day>,
    pins: Vec<(JobId, HelperId)>,
) -> Result<Page<DeskDayPage>, Fault> {
    match visit.town(&TownCall::DeskDay { session: visit.session_id()?, day, pins }).await? {
        TownAnswer::DeskDay(page) => Ok(*page),
        _ => Err(unexpected("portal.desk_day")),
    }
}

fn stale(visit: &Visit<'_, impl World>, page: &DeskDayPage) -> Response {
    visit.problem(Some(&page.visitor), Problem::Stale)
}

/// Asks everybody as shown. Who can no longer be asked, or for what nobody can be any more, is left out, and counted.
async fn enquire(visit: &Visit<'_, impl World>, day: Option<Day>) -> Result<Response, Fault> {
    let Some(command) = visit.command() else {
        return visit.show(page(visit, day, Vec::new()).await?, |page| Ok(stale(visit, &page)));
    };
    let (mut asked, mut left) = (0, 0);
    for (job, helper) in pairs(visit, "pair") {
        let name = [command.as_bytes().as_slice(), job.as_bytes(), helper.as_bytes()].concat();
        let tell = Command::Desk { job, act: DeskAct::Enquire { helper } };
        match perform(visit, None, CommandId::derive("desk.day", &name), tell).await? {
            Ok(_) => asked += 1,
            Err(NotDone::SignedOut) => return Ok(visit.to_sign_in()),
            Err(NotDone::TooOften { seconds }) => return Ok(too_often(visit, seconds)),
            Err(NotDone::Refused(Refusal::LevelMissing { .. })) => return Ok(visit.step_up()),
            Err(NotDone::Refused(Refusal::NotOperator)) => {
                return visit.show(page(visit, day, Vec::new()).await?, |page| Ok(stale(visit, &page)));
            }
            Err(NotDone::CallOver) => return Err(unexpected("portal.desk_day")),
            Err(NotDone::Refused(_)) => left += 1,
        }
    }
    let day = day.map(|day| format!("day={day}&")).unwrap_or_default();
    let by = match DayOrder::from_word(visit.query.text("by")) {
        DayOrder::Time => "",
        DayOrder::Area => "by=area&",
    };
    Ok(Response::see_other(&format!("/desk/day?{day}{by}asked={asked}&left={left}")))
}
