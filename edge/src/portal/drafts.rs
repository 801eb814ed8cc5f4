//! What was typed, carried over a sign-in. The address says only that something is kept, never what.

use shared::identity::{Answer, Call, Draft, NextPath};
use shared::kernel::Fault;

use crate::http::form::{Form, encode};
use crate::http::{Method, Response};
use crate::world::World;

use super::routes::Route;
use super::visit::{Visit, unexpected};

/// Fields nobody typed, and the code of a door, which is nothing to keep.
const NOT_TYPED: [&str; 4] = ["csrf", "command_id", "step", "code"];

/// Keeps the form of a POST that is answered by the sign-in page.
pub(super) async fn keep(
    visit: &Visit<'_, impl World>,
    route: &Route,
    mut response: Response,
) -> Result<Response, Fault> {
    let to_sign_in = response.header("location").is_some_and(|to| to.starts_with("/signin?"));
    if !route.keeps_draft || visit.request.method != Method::Post || !to_sign_in {
        return Ok(response);
    }
    let typed =
        visit.form.fields().iter().filter(|(name, value)| !NOT_TYPED.contains(&name.as_str()) && !value.is_empty());
    let Some((draft, path)) = Draft::of(typed.cloned().collect()).zip(NextPath::parse(&visit.request.path)) else {
        return Ok(response);
    };
    match visit.registry(&Call::KeepDraft { session: visit.session_id()?, path, draft }).await? {
        Answer::Kept(true) => {}
        Answer::Kept(false) => return Ok(response),
        _ => return Err(unexpected("drafts.keep")),
    }
    let back = format!("/signin?next={}", encode(&format!("{}?{}", visit.request.path, Draft::KEPT)));
    for (_, value) in response.headers.iter_mut().filter(|(name, _)| *name == "location") {
        value.clone_from(&back);
    }
    Ok(response)
}

/// Fills the form of a page that has something kept for it.
pub(super) async fn restore(visit: &mut Visit<'_, impl World>, route: &Route) -> Result<(), Fault> {
    let asked = visit.request.method == Method::Get && visit.request.query.split('&').any(|field| field == Draft::KEPT);
    if !route.keeps_draft || !asked {
        return Ok(());
    }
    let Some(path) = NextPath::parse(&visit.request.path) else { return Ok(()) };
    match visit.registry(&Call::Draft { session: visit.session_id()?, path }).await? {
        Answer::Draft(draft) => visit.form = Form::of(draft.map(|draft| draft.0).unwrap_or_default()),
        _ => return Err(unexpected("drafts.restore")),
    }
    Ok(())
}
