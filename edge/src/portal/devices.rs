//! Passkeys and sessions of a person, and ending them; what was done with the account.

use app::identity::SessionsDone;
use app::town::Problem;
use shared::identity::{Answer, Call, Ending, LogKind, Refusal};
use shared::kernel::{CredentialRef, Fault};

use crate::http::{Method, Response};
use crate::world::World;

use super::identity::read_me;
use super::visit::{Visit, unexpected};

/// One passkey: what it is, and removing it.
pub(super) async fn passkey(visit: &Visit<'_, impl World>, word: &str) -> Result<Response, Fault> {
    let Some(me) = read_me(visit).await? else { return Ok(visit.to_sign_in()) };
    let not_found = || visit.problem(Some(&me.visitor), Problem::NotFound);
    let Ok(id) = word.parse::<CredentialRef>() else { return Ok(not_found()) };
    if visit.request.method == Method::Get {
        let Some(line) = me.passkeys.iter().find(|line| line.id == id) else { return Ok(not_found()) };
        let is_last = me.passkeys.len() == 1;
        return Ok(match me.may_change {
            true => visit.page(200, Some(&me.visitor), |frame| app::identity::remove_passkey(frame, line, is_last)),
            false => visit.step_up(),
        });
    }
    let end_others = !visit.form.text("end_others").is_empty();
    let call = Call::RemovePasskey { session: visit.session_id()?, passkey: id, end_others, device: visit.device() };
    changed(visit, &call, "/me?done=removed").await
}

/// Where the person is signed in.
pub(super) async fn sessions(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let session = visit.session_id()?;
    let which = match visit.form.text("session") {
        "others" => Some(Ending::Others),
        // What no button of ours sends ends nothing: the page is shown again.
        one => one.parse().ok().map(Ending::One),
    };
    if let Some(which) = which {
        let call = Call::EndSessions { session, which, device: visit.device() };
        return changed(visit, &call, "/me/sessions?done=ended").await;
    }
    let Answer::Sessions(page) = visit.registry(&Call::Sessions { session }).await? else {
        return Err(unexpected("devices.sessions"));
    };
    let done = SessionsDone::from_word(visit.query.text("done"));
    Ok(match page {
        Some(page) => visit.page(200, Some(&page.visitor), |frame| app::identity::sessions(frame, &page, done)),
        None => visit.to_sign_in(),
    })
}

/// What was done with the account.
pub(super) async fn log(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let session = visit.session_id()?;
    if let Ok(up_to) = visit.form.text("seen").parse() {
        return changed(visit, &Call::LogSeen { session, up_to }, "/me/log").await;
    }
    let (before, kind) = (visit.query.text("before").parse().ok(), LogKind::from_word(visit.query.text("kind")));
    let Answer::Log(page) = visit.registry(&Call::Log { session, before, kind }).await? else {
        return Err(unexpected("devices.log"));
    };
    Ok(match page {
        Some(page) => visit.page(200, Some(&page.visitor), |frame| app::identity::log(frame, &page)),
        None => visit.to_sign_in(),
    })
}

async fn changed(visit: &Visit<'_, impl World>, call: &Call, next: &str) -> Result<Response, Fault> {
    match visit.registry(call).await? {
        Answer::Changed(Ok(())) => Ok(Response::see_other(next)),
        Answer::Changed(Err(Refusal::LevelMissing)) => Ok(visit.step_up()),
        Answer::Changed(Err(_)) => Ok(visit.to_sign_in()),
        _ => Err(unexpected("devices.changed")),
    }
}
