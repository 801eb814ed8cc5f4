//! What was typed, carried over a sign-in or left for another day. The address says only that something is kept, never what.

use shared::identity::{Answer, Call, Draft, NextPath};
use shared::kernel::Fault;

use crate::http::form::{Form, encode};
use crate::http::{Method, Response};
use crate::world::World;

use super::routes::Route;
use super::visit::{Visit, unexpected};

/// Fields nobody typed, and the code of a door and somebody's satisfaction, which are nothing to keep.
const NOT_TYPED: [&str; 5] = ["csrf", "command_id", "step", "code", "satisfaction"];

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
    if !kept(visit, route.saves_draft).await? {
        return Ok(response);
    }
    let back = format!("/signin?next={}", encode(&format!("{}?{}", visit.request.path, Draft::KEPT)));
    for (_, value) in response.headers.iter_mut().filter(|(name, _)| *name == "location") {
        value.clone_from(&back);
    }
    Ok(response)
}

/// Keeps what was typed. Says whether it is kept.
async fn kept(visit: &Visit<'_, impl World>, saved: bool) -> Result<bool, Fault> {
    let typed =
        visit.form.fields().iter().filter(|(name, value)| !NOT_TYPED.contains(&name.as_str()) && !value.is_empty());
    let Some((draft, path)) = Draft::of(typed.cloned().collect()).zip(NextPath::parse(&visit.request.path)) else {
        return Ok(false);
    };
    match visit.registry(&Call::KeepDraft { session: visit.session_id()?, path, draft, saved }).await? {
        Answer::Kept(kept) => Ok(kept),
        _ => Err(unexpected("drafts.keep")),
    }
}

/// Nothing is kept of this page any longer: it was sent, or is not wanted.
pub(super) async fn forget(visit: &Visit<'_, impl World>) -> Result<(), Fault> {
    let Some(path) = NextPath::parse(&visit.request.path) else { return Ok(()) };
    match visit.registry(&Call::DropDraft { session: visit.session_id()?, path }).await? {
        Answer::Kept(_) => Ok(()),
        _ => Err(unexpected("drafts.forget")),
    }
}

/// What a page that saves drafts is told beside its own matter: to discard one; or, as the last step of its form, `keep`, by the
/// page itself while somebody types, or `save`, by a button. None if it is something else.
pub(super) async fn step(visit: &Visit<'_, impl World>) -> Result<Option<Response>, Fault> {
    let there = |query: &str| Response::see_other(&format!("{}{query}", visit.request.path));
    Ok(Some(match visit.form.texts("step").last().unwrap_or_default() {
        _ if visit.request.method != Method::Post => return Ok(None),
        _ if visit.form.text("draft") == "discard" => {
            forget(visit).await?;
            there("")
        }
        "keep" if kept(visit, true).await? => Response::done(),
        "keep" => Response::problem(401, "not_kept"),
        "save" if kept(visit, true).await? => there("?done=saved"),
        "save" => visit.to_sign_in(),
        _ => return Ok(None),
    }))
}

/// Fills the form of a page that has something kept for it.
pub(super) async fn restore(visit: &mut Visit<'_, impl World>, route: &Route) -> Result<(), Fault> {
    let after_sign_in = || visit.request.query.split('&').any(|field| field == Draft::KEPT);
    // Looking for it is a use of the session.
    let by_itself = visit.request.asks_by_itself;
    if visit.request.method != Method::Get || by_itself || !(route.saves_draft || route.keeps_draft && after_sign_in())
    {
        return Ok(());
    }
    let Some(path) = NextPath::parse(&visit.request.path) else { return Ok(()) };
    match visit.registry(&Call::Draft { session: visit.session_id()?, path }).await? {
        Answer::Draft(draft) => visit.form = Form::of(draft.map(|draft| draft.0).unwrap_or_default()),
        _ => return Err(unexpected("drafts.restore")),
    }
    Ok(())
}
