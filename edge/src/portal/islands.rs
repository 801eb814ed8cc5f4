//! What islands say: a postcard envelope in, one out.

use shared::identity::{Admission, Answer, Call, Entered, NextPath, PasskeyName, Refusal, Token};
use shared::kernel::Fault;
use shared::wire::{self, Ask, LedgerAnswer, LedgerCall, NotPosted, Tell, Told};

use crate::http::{POSTCARD, Response};
use crate::world::World;

use super::rates;
use super::visit::{Visit, unexpected};

fn envelope<T: serde::de::DeserializeOwned>(visit: &Visit<'_, impl World>) -> Option<T> {
    let is_envelope = visit.request.content_type == POSTCARD;
    visit.request.body.as_deref().filter(|_| is_envelope).and_then(|body| wire::decode(body).ok())
}

fn told(told: &Told) -> Result<Response, Fault> {
    wire::encode(told).map(Response::postcard)
}

pub(super) fn ask(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    match envelope(visit) {
        Some(Ask::Version) => told(&Told::Version(env!("CARGO_PKG_VERSION").to_owned())),
        None => Ok(Response { status: 422, ..told(&Told::Malformed)? }),
    }
}

pub(super) async fn tell(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let tell = envelope(visit);
    let is_ceremony = tell.as_ref().is_some_and(|tell| !matches!(tell, Tell::Ledger { .. }));
    if is_ceremony && let Some(refusal) = rates::admitted(visit, Admission::Ceremony).await? {
        return Ok(refusal);
    }
    match tell {
        Some(Tell::StartPasskey) => match &visit.session {
            Some(token) => options(visit, Call::StartPasskey { session: token.session() }).await,
            None => told(&Told::Refused(Refusal::SignedOut)),
        },
        Some(Tell::StartSignIn) => options(visit, Call::StartSignIn).await,
        Some(Tell::FinishPasskey { credential, name }) => {
            let Some((token, ceremony)) = visit.session.as_ref().zip(visit.ceremony()) else {
                return told(&Told::Refused(Refusal::CeremonyGone));
            };
            let Ok(name) = PasskeyName::written(&name) else { return told(&Told::Malformed) };
            let call =
                Call::FinishPasskey { session: token.session(), ceremony, credential, name, whence: visit.whence() };
            entered(visit, call, None).await
        }
        Some(Tell::FinishSignIn { credential, next }) => {
            let Some(ceremony) = visit.ceremony() else { return told(&Told::Refused(Refusal::CeremonyGone)) };
            let replaces = visit.session.as_ref().map(Token::session);
            let call = Call::FinishSignIn { ceremony, credential, replaces, whence: visit.whence() };
            entered(visit, call, NextPath::parse(&next)).await
        }
        Some(Tell::Ledger { tell, .. }) if !tell.is_written() => told(&Told::Malformed),
        Some(Tell::Ledger { command, tell }) => {
            let Some(token) = &visit.session else { return told(&Told::Ledger(Err(NotPosted::SignedOut))) };
            let call = LedgerCall::Tell { session: token.session(), command, tell };
            match visit.ledger(&call).await? {
                LedgerAnswer::Told(posted) => told(&Told::Ledger(posted)),
                _ => Err(unexpected("islands.ledger")),
            }
        }
        None => Ok(Response { status: 422, ..told(&Told::Malformed)? }),
    }
}

async fn options(visit: &Visit<'_, impl World>, call: Call) -> Result<Response, Fault> {
    match visit.registry(&call).await? {
        Answer::Options(Ok((token, options))) => Ok(visit.with_ceremony(told(&Told::Options(options))?, &token)),
        Answer::Options(Err(refusal)) => told(&Told::Refused(refusal)),
        _ => Err(unexpected("islands.options")),
    }
}

async fn entered(visit: &Visit<'_, impl World>, call: Call, next: Option<NextPath>) -> Result<Response, Fault> {
    match visit.registry(&call).await? {
        Answer::Entered(Ok(Entered { token, next: usual, has_passkey })) => {
            let next = next.unwrap_or(usual);
            let answer = told(&Told::Entered { next: next.as_str().to_owned() })?;
            Ok(visit.with_session(answer, &Entered { token, next, has_passkey }))
        }
        Answer::Entered(Err(refusal)) => told(&Told::Refused(refusal)),
        _ => Err(unexpected("islands.entered")),
    }
}
