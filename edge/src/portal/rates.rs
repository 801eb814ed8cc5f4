//! Rates of what anybody may ask of identity, by the address the proxy says it comes from. Without a proxy that says so
//! nobody is told from anybody, and nothing is counted.

use app::town::Problem;
use shared::identity::{AddressKey, Admission, Answer, Call};
use shared::kernel::Fault;

use crate::http::{Method, Response};
use crate::world::World;

use super::routes::Route;
use super::visit::{Visit, unexpected};

/// The answer to a request of a route that has a rate, if it comes too often. Showing a form is free, and so is a way back
/// that no run leads to: pages of others could ask for that in everybody's name.
pub(super) async fn refusal(visit: &Visit<'_, impl World>, route: &Route) -> Result<Option<Response>, Fault> {
    let comes_back = !route.methods.contains(&Method::Post) && visit.ceremony().is_some();
    let acts = visit.request.method == Method::Post || comes_back;
    match route.admission.filter(|_| acts) {
        Some(what) => admitted(visit, what).await,
        None => Ok(None),
    }
}

/// The same for one thing.
pub(super) async fn admitted(visit: &Visit<'_, impl World>, what: Admission) -> Result<Option<Response>, Fault> {
    let Some(address) = AddressKey::of(&visit.request.address) else { return Ok(None) };
    match visit.registry(&Call::Admit { address, what }).await? {
        Answer::Admitted(Ok(())) => Ok(None),
        Answer::Admitted(Err(seconds)) => {
            Ok(Some(visit.problem(None, Problem::TooMany { seconds }).retry_after(seconds)))
        }
        _ => Err(unexpected("rates.admitted")),
    }
}
