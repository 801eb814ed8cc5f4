//! Photos of requests: as they come in, and as they are looked at.

use shared::cohelp::PhotoForm;
use shared::kernel::{Fault, JobId, PhoneCallId, PhotoId};
use shared::wire::{NotDone, TownAnswer, TownCall};

use crate::http::cookie::Cookie;
use crate::http::{Method, Request, Response};
use crate::world::World;

use super::cohelp::too_often;
use super::visit::{Visit, unexpected};

/// Whether what is sent there may be a photo, by somebody who says to be signed in.
pub(super) fn may_carry(path: &str, content_type: &str, cookies: &str, secure: bool) -> bool {
    let job = path.strip_prefix("/help/").and_then(|word| word.parse::<JobId>().ok());
    job.is_some() && content_type.starts_with("multipart/form-data") && Cookie::Session.token(cookies, secure).is_some()
}

/// Whether that is a form for photos, whatever is in it.
pub(super) fn carries(request: &Request, secure: bool) -> bool {
    let Request { method, path, content_type, cookies, .. } = request;
    *method == Method::Post && may_carry(path, content_type, cookies, secure)
}

/// Whether somebody may send another photo now; else the answer that says why not.
pub(super) async fn room(visit: &Visit<'_, impl World>) -> Result<Option<Response>, Fault> {
    let TownAnswer::PhotoRoom(room) = visit.town(&TownCall::PhotoRoom { session: visit.session_id()? }).await? else {
        return Err(unexpected("portal.photo_room"));
    };
    Ok(match room {
        Ok(()) => None,
        Err(NotDone::TooOften { seconds }) => Some(too_often(visit, seconds)),
        Err(_) => Some(visit.to_sign_in()),
    })
}

/// What was sent of a photo; nothing of what was too large to be read.
pub(super) fn form<'a>(visit: &'a Visit<'_, impl World>, caption: &'a str) -> PhotoForm<'a> {
    let picture = visit.request.body.is_some().then(|| visit.file("picture").unwrap_or_default());
    PhotoForm { picture, caption }
}

/// `/help/{id}/photos/{id}`, or the same for somebody on the phone.
pub(super) async fn photo(
    visit: &Visit<'_, impl World>,
    call: Option<PhoneCallId>,
    job: &str,
    photo: &str,
) -> Result<Response, Fault> {
    let (job, photo) = named(job, photo);
    show(visit, TownCall::Photo { session: visit.session_id()?, call, job, photo }).await
}

/// `/desk/{id}/photos/{id}`.
pub(super) async fn desk_photo(visit: &Visit<'_, impl World>, job: &str, photo: &str) -> Result<Response, Fault> {
    let (job, photo) = named(job, photo);
    show(visit, TownCall::DeskPhoto { session: visit.session_id()?, job, photo }).await
}

/// What is no id names nothing: whether somebody may know that is asked first.
fn named(job: &str, photo: &str) -> (JobId, PhotoId) {
    let (job, photo) = (job.parse(), photo.parse());
    (job.unwrap_or(JobId::from_bytes([0; 16])), photo.unwrap_or(PhotoId::from_bytes([0; 16])))
}

async fn show(visit: &Visit<'_, impl World>, call: TownCall) -> Result<Response, Fault> {
    let TownAnswer::Photo(page) = visit.town_alone(&call).await? else { return Err(unexpected("portal.photo")) };
    visit.show(page, |(format, bytes)| Ok(Response::picture(format.media_type(), bytes.into_vec())))
}
