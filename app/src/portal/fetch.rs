//! The portal over HTTP: a postcard envelope there and one back.

use gloo_net::http::Request;
use serde::Serialize;
use shared::wire::{self, Ask, Tell, Told};

use super::{Portal, Unanswered};

const CONTENT_TYPE: &str = "application/x-postcard";

/// The portal this page came from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fetch;

async fn post<T: Serialize>(path: &str, message: &T) -> Result<Told, Unanswered> {
    let body = wire::encode(message).map_err(|_| Unanswered::Malformed)?;
    let request = Request::post(path).header("content-type", CONTENT_TYPE).body(body);
    let response = request.map_err(|_| Unanswered::Malformed)?.send().await.map_err(|_| Unanswered::Unreachable)?;
    if response.status() == 429 {
        return Err(Unanswered::Busy);
    }
    let bytes = response.binary().await.map_err(|_| Unanswered::Unreachable)?;
    wire::decode_trusted(&bytes).map_err(|_| Unanswered::Malformed)
}

impl Portal for Fetch {
    fn tell(&self, tell: &Tell) -> impl Future<Output = Result<Told, Unanswered>> {
        post("/tell", tell)
    }

    fn ask(&self, ask: &Ask) -> impl Future<Output = Result<Told, Unanswered>> {
        post("/ask", ask)
    }
}
