//! What changes at the desk, as it happens: over a socket, or for who cannot keep one, as often as they ask.

use shared::kernel::{Fault, SessionId};
use shared::wire::{TownAnswer, TownCall};

use crate::http::form::Form;
use crate::http::{Method, Request, Response};
use crate::world::World;

use super::visit::{Visit, unexpected};

/// Where one listens.
pub(super) const PATH: &str = "/desk/live";

/// The number of the last change the reader knows of; what is none knows of nothing.
fn after(query: &Form) -> u64 {
    // The runtime's numbers are exact up to here.
    query.text("after").parse().ok().filter(|after| *after < 1 << 53).unwrap_or_default()
}

/// Whose socket it would be, and after which change; or the answer that there is none. Only our own pages open sockets: a
/// browser sends the cookie along for every page that asks.
pub(super) fn socket(world: &impl World, request: &Request) -> Result<(SessionId, u64), Response> {
    let visit = Visit::new(world, request.clone());
    let own = request.origin.as_ref() == Some(&world.settings().origin);
    match &visit.session {
        _ if request.path != PATH || request.method != Method::Get => Err(Response::problem(404, "no_socket_here")),
        _ if !own => Err(Response::problem(403, "foreign_origin")),
        None => Err(Response::problem(401, "signed_out")),
        Some(secret) => Ok((secret.session(), after(&visit.query))),
    }
}

/// `/desk/live` without a socket: the same lines.
pub(super) async fn news(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let call = TownCall::News { session: visit.session_id()?, after: after(&visit.query) };
    let TownAnswer::News(page) = visit.town(&call).await? else { return Err(unexpected("portal.live")) };
    visit.show(page, |text| Ok(Response::plain(text)))
}
