//! What changes, as it happens: at the desk, and for the two of a job. Over a socket, or for who cannot keep one, as often as they
//! ask.

use app::town::Problem;
use shared::kernel::{Fault, JobId};
use shared::wire::{TownAnswer, TownCall};

use crate::http::form::Form;
use crate::http::{Method, Request, Response};
use crate::world::{Ear, World};

use super::visit::{Visit, unexpected};

/// Where operators listen.
pub(super) const DESK: &str = "/desk/live";
/// Where the two of a job listen.
pub(super) const JOB: &str = "/help/{}/live";

/// What is listened to there: the desk or a job. None where nobody listens.
pub(super) fn about(path: &str) -> Option<Option<JobId>> {
    if path == DESK {
        return Some(None);
    }
    let job = path.strip_prefix("/help/")?.strip_suffix("/live")?;
    job.parse().ok().map(Some)
}

/// The number of the last change the reader knows of; what is none knows of nothing.
fn after(query: &Form) -> u64 {
    // The runtime's numbers are exact up to here.
    query.text("after").parse().ok().filter(|after| *after < 1 << 53).unwrap_or_default()
}

/// Whose socket it would be; or the answer that there is none. Only our own pages open sockets: a browser sends the cookie along
/// for every page that asks.
pub(super) fn socket(world: &impl World, request: &Request) -> Result<Ear, Response> {
    let visit = Visit::new(world, request.clone());
    let own = request.origin.as_ref() == Some(&world.settings().origin);
    let get = request.method == Method::Get;
    match (about(&request.path).filter(|_| get), &visit.session) {
        (None, _) => Err(Response::problem(404, "no_socket_here")),
        _ if !own => Err(Response::problem(403, "foreign_origin")),
        (_, None) => Err(Response::problem(401, "signed_out")),
        (Some(about), Some(secret)) => Ok(Ear { session: secret.session(), after: after(&visit.query), about }),
    }
}

/// The same lines without a socket.
pub(super) async fn news(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let (session, after) = (visit.session_id()?, after(&visit.query));
    let call = match about(&visit.request.path) {
        Some(Some(job)) => TownCall::ChatNews { session, job, after },
        Some(None) => TownCall::News { session, after },
        None => return Ok(visit.problem(None, Problem::NotFound)),
    };
    let TownAnswer::News(page) = visit.town(&call).await? else { return Err(unexpected("portal.live")) };
    visit.show(page, |text| Ok(Response::plain(text)))
}
