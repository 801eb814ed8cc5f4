//! Card proof, passkey, sign-in and sign-out, わたし.

use shared::identity::{Answer, Call, CardFailure, CounterCode, Field, FieldError, Me, Refusal, Token};
use shared::kernel::{Fault, Line};

use crate::http::{Method, Response};
use crate::world::World;

use super::visit::{Visit, unexpected};

fn join_page(visit: &Visit<'_, impl World>, status: u16, failure: Option<CardFailure>) -> Response {
    visit.page(status, None, |frame| app::identity::join(frame, failure))
}

pub(super) async fn join(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    if visit.request.method == Method::Get {
        return Ok(join_page(visit, 200, None));
    }
    let Answer::CardStarted(started) = visit.registry(&Call::StartCard { next: visit.next_path() }).await? else {
        return Err(unexpected("portal.join"));
    };
    Ok(match started {
        Ok(started) => visit.with_ceremony(Response::see_other(&started.url), &started.ceremony),
        Err(failure) => join_page(visit, 502, Some(failure)),
    })
}

pub(super) async fn callback(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let (Some(ceremony), Ok(query)) = (visit.ceremony(), Line::parse(&visit.request.query)) else {
        return Ok(join_page(visit, 400, Some(CardFailure::Gone)));
    };
    let session = visit.session.as_ref().map(Token::session);
    let call = Call::FinishCard { ceremony, query, whence: visit.whence(), session };
    let Answer::CardFinished(finished) = visit.registry(&call).await? else {
        return Err(unexpected("portal.callback"));
    };
    Ok(match finished {
        Ok(entered) => {
            end_replaced(visit).await?;
            visit.after_proof(&entered)
        }
        Err(CardFailure::Cancelled) => join_page(visit, 200, Some(CardFailure::Cancelled)),
        Err(failure @ CardFailure::Stopped) => join_page(visit, 403, Some(failure)),
        Err(failure @ (CardFailure::OtherPerson | CardFailure::KnownAtCounter)) => join_page(visit, 409, Some(failure)),
        Err(failure @ CardFailure::IssuerError) => join_page(visit, 502, Some(failure)),
        Err(failure) => join_page(visit, 400, Some(failure)),
    })
}

/// The session this browser had before a proof ends: its cookie is about to be replaced (ASVS 7.2.4).
async fn end_replaced(visit: &Visit<'_, impl World>) -> Result<(), Fault> {
    if let Some(token) = &visit.session {
        visit.registry(&Call::SignOut { session: token.session(), device: visit.device() }).await?;
    }
    Ok(())
}

pub(super) async fn passkey(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    Ok(match read_me(visit).await? {
        // One more passkey is for who has just shown one: back here afterwards.
        Some(me) if !me.may_change => visit.step_up(),
        Some(me) => visit.page(200, Some(&me.visitor), app::identity::passkey),
        None => visit.to_sign_in(),
    })
}

pub(super) fn sign_in(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let next = visit.next_path();
    Ok(visit.page(200, None, |frame| app::identity::sign_in(frame, &next)))
}

pub(super) async fn sign_out(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    if visit.request.method == Method::Get {
        return Ok(visit.page(200, None, app::identity::sign_out));
    }
    if let Some(token) = &visit.session {
        visit.registry(&Call::SignOut { session: token.session(), device: visit.device() }).await?;
    }
    let page = visit.page(200, None, app::identity::signed_out);
    Ok(visit.without_session(page).with("clear-site-data", r#""cache", "storage""#))
}

/// A staff link. Opening it shows a page; only its button uses it, so that a preview of the link does not.
pub(super) async fn invitation(visit: &Visit<'_, impl World>, code: &str) -> Result<Response, Fault> {
    let page = |status, gone| visit.page(status, None, |frame| app::identity::invitation(frame, code, gone));
    let Ok(line) = Line::parse(code) else { return Ok(page(404, true)) };
    if visit.request.method == Method::Get {
        return Ok(page(200, false));
    }
    let call = Call::OpenInvitation { code: line, whence: visit.whence() };
    let Answer::Entered(entered) = visit.registry(&call).await? else {
        return Err(unexpected("portal.staff"));
    };
    Ok(match entered {
        Ok(entered) => {
            end_replaced(visit).await?;
            visit.after_proof(&entered)
        }
        Err(_) => page(410, true),
    })
}

/// The one-time code of the counter.
pub(super) async fn code(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let typed = visit.form.text(Field::Code.id());
    let page = |status, error: Option<FieldError>, refusal| {
        let errors = error.map(|error| (Field::Code, error)).into_iter().collect();
        visit.page(status, None, |frame| app::identity::code(frame, typed, &errors, refusal))
    };
    if visit.request.method == Method::Get {
        return Ok(page(200, None, None));
    }
    let Ok(code) = CounterCode::parse(typed) else {
        let error = if typed.trim().is_empty() { FieldError::Missing } else { FieldError::NotACode };
        return Ok(page(422, Some(error), None));
    };
    let Answer::Entered(entered) = visit.registry(&Call::OpenCode { code, whence: visit.whence() }).await? else {
        return Err(unexpected("portal.code"));
    };
    Ok(match entered {
        Ok(entered) => {
            end_replaced(visit).await?;
            visit.with_session(Response::see_other(entered.next.as_str()), &entered)
        }
        Err(Refusal::CodeGone) => page(422, Some(FieldError::Gone), None),
        Err(refusal) => page(422, None, Some(refusal)),
    })
}

pub(super) async fn read_me(visit: &Visit<'_, impl World>) -> Result<Option<Me>, Fault> {
    match visit.registry(&Call::Me { session: visit.session_id()? }).await? {
        Answer::Me(me) => Ok(me),
        _ => Err(unexpected("portal.me")),
    }
}

pub(super) async fn me(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let done = visit.query.text("done");
    Ok(match read_me(visit).await? {
        Some(me) => visit.page(200, Some(&me.visitor), |frame| app::identity::me(frame, &me, done == "removed")),
        None => visit.to_sign_in(),
    })
}
