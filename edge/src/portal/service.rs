//! The start page, the language, and what machines ask.

use shared::identity::{self, Token};
use shared::kernel::{Fault, Locale};
use shared::wire::{LedgerAnswer, LedgerCall, Page, TownAnswer, TownCall};

use crate::http::Response;
use crate::world::World;

use super::visit::{Visit, unexpected};

pub(super) async fn home(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    if visit.session.is_none() {
        return Ok(visit.page(200, None, app::town::welcome));
    }
    let TownAnswer::Home(page) = visit.town(&TownCall::Home { session: visit.session_id()? }).await? else {
        return Err(unexpected("portal.home"));
    };
    match page {
        Page::SignedOut => Ok(visit.without_session(visit.page(200, None, app::town::welcome))),
        page => {
            visit.show(page, |home| Ok(visit.page(200, Some(&home.visitor), |frame| app::town::home(frame, &home))))
        }
    }
}

/// `/circulation`: how help and thanks go round in town.
pub(super) async fn circulation(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let session = visit.session.as_ref().map(Token::session);
    let TownAnswer::Circulation(page) = visit.town(&TownCall::Circulation { session }).await? else {
        return Err(unexpected("portal.circulation"));
    };
    Ok(visit.page(200, page.visitor.as_ref(), |frame| app::cohelp::circulation(frame, &page)))
}

pub(super) fn language(visit: &Visit<'_, impl World>, word: &str) -> Result<Response, Fault> {
    let back = Response::see_other(visit.next_path().as_str());
    Ok(match Locale::from_word(word) {
        Some(locale) => visit.with_language(back, locale),
        None => back,
    })
}

pub(super) fn health(_: &Visit<'_, impl World>) -> Result<Response, Fault> {
    Ok(Response::json(200, format!(r#"{{"status":"ok","version":"{}"}}"#, env!("CARGO_PKG_VERSION"))))
}

pub(super) async fn ready(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let identity::Answer::Ready { resealing } = visit.registry(&identity::Call::Ready).await? else {
        return Err(unexpected("portal.ready"));
    };
    let ledger = visit.ledger(&LedgerCall::Ready).await? == LedgerAnswer::Done;
    let town = visit.town(&TownCall::Ready).await? == TownAnswer::Done;
    if ledger && town {
        Ok(Response::json(200, format!(r#"{{"status":"ready","resealing":{resealing}}}"#)))
    } else {
        Err(unexpected("portal.ready"))
    }
}

/// Demo only: `offset_seconds` against the real clock, for every object.
pub(super) async fn demo_clock(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let Ok(seconds) = visit.form.text("offset_seconds").parse::<i32>() else {
        return Ok(Response::problem(422, "offset_seconds"));
    };
    let offset_ms = i64::from(seconds) * 1000;
    visit.registry(&identity::Call::SetClock(offset_ms)).await?;
    visit.ledger(&LedgerCall::SetClock(offset_ms)).await?;
    visit.town(&TownCall::SetClock(offset_ms)).await?;
    Ok(Response::json(200, format!(r#"{{"offset_seconds":{seconds}}}"#)))
}
