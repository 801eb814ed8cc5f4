//! Those who help, at the desk, over forms.

use app::town::Problem;
use shared::cohelp::helping::SeenForm;
use shared::cohelp::{AreaCode, Field, FieldErrors, Refusal};
use shared::kernel::{Fault, HelperId};
use shared::wire::{HelperPage, NotDone, Page, TownAnswer, TownCall};

use crate::http::{Method, Response};
use crate::world::World;

use super::cohelp::{status, too_often};
use super::visit::{Visit, unexpected};

/// `/desk/helpers`: of whom something is still to be seen, or everybody of an area.
pub(super) async fn helpers(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let area = AreaCode::parse(visit.query.text("area")).ok();
    let after = visit.query.text("after").parse().unwrap_or(0);
    let call = TownCall::Helpers { session: visit.session_id()?, area, after };
    let TownAnswer::Helpers(page) = visit.town(&call).await? else {
        return Err(unexpected("portal.helpers"));
    };
    visit.show(*page, |page| Ok(visit.page(200, Some(&page.visitor), |frame| app::cohelp::desk::helpers(frame, &page))))
}

/// `/desk/helpers/{id}`: somebody who helps, and what an operator has seen of them.
pub(super) async fn helper(visit: &Visit<'_, impl World>, word: &str) -> Result<Response, Fault> {
    // What is no id names nobody: whether somebody may know that is asked first.
    let helper = word.parse().unwrap_or(HelperId::from_bytes([0; 16]));
    let typed = |field: &str| visit.form.text(field).to_owned();
    let form = SeenForm { course: typed(Field::Course.id()), skill: typed("skill") };
    if visit.request.method == Method::Get {
        return page(visit, 200, helper, &form, &Vec::new(), None).await;
    }
    let today = visit.world.now().day();
    let (Some(command), Some(parsed)) = (visit.command(), form.parse(visit.form.text("act"), today)) else {
        // Whose session is over learns that first.
        return visit.show(asked(visit, helper).await?, |page| Ok(visit.problem(Some(&page.visitor), Problem::Stale)));
    };
    let seen = match parsed {
        Ok(seen) => seen,
        Err(errors) => return page(visit, 422, helper, &form, &errors, None).await,
    };
    let call = TownCall::SeeHelper { session: visit.session_id()?, command, helper, seen };
    let TownAnswer::SawHelper(told) = visit.town(&call).await? else {
        return Err(unexpected("portal.helper"));
    };
    match told {
        Ok(()) => Ok(Response::see_other(&format!("/desk/helpers/{helper}?done=seen"))),
        Err(NotDone::SignedOut) => Ok(visit.to_sign_in()),
        Err(NotDone::TooOften { seconds }) => Ok(too_often(visit, seconds)),
        Err(NotDone::CallOver) => Err(unexpected("portal.helper")),
        Err(NotDone::Refused(refusal)) => {
            page(visit, status(&refusal), helper, &form, &Vec::new(), Some(&refusal)).await
        }
    }
}

async fn asked(visit: &Visit<'_, impl World>, helper: HelperId) -> Result<Page<HelperPage>, Fault> {
    match visit.town(&TownCall::Helper { session: visit.session_id()?, helper }).await? {
        TownAnswer::Helper(page) => Ok(*page),
        _ => Err(unexpected("portal.helper")),
    }
}

async fn page(
    visit: &Visit<'_, impl World>,
    status: u16,
    helper: HelperId,
    form: &SeenForm,
    errors: &FieldErrors,
    refusal: Option<&Refusal>,
) -> Result<Response, Fault> {
    let done = visit.request.method == Method::Get && visit.query.text("done") == "seen";
    visit.show(asked(visit, helper).await?, |page| {
        Ok(visit.page(status, Some(&page.visitor), |frame| {
            app::cohelp::desk::helper(frame, &page, form, errors, refusal, done)
        }))
    })
}
