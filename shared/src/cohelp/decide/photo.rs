//! Photos: of the request, until somebody is chosen; after that between the two.

use super::{Changes, guard};
use crate::cohelp::reads::Snapshot;
use crate::cohelp::refusal::Refusal;
use crate::cohelp::types::{CAPTION_MAX, ChatLine, ChatMessage, Job, Photo, PhotoChange};
use crate::kernel::{Context, Line, PhotoId, Picture};

pub(super) fn add(
    snapshot: &Snapshot,
    job: &Job,
    caption: Option<&Line<CAPTION_MAX>>,
    picture: &Picture,
    context: &Context,
) -> Result<Changes, Refusal> {
    let (person, now) = (context.actor.person, context.now);
    let helper = guard::add_photo(job, &snapshot.photos, snapshot.photos_of_person, person, now)?;
    // Named after this very command, so that a repeat names the same.
    let id = PhotoId::derive("cohelp.photo", context.command.as_bytes());
    let chat = helper.map(|_| ChatLine::Photo(id)).map(|line| super::chat::write(snapshot, job, &line, person, now));
    let photo = Photo {
        id,
        job: job.id,
        helper,
        by: person,
        at: now,
        until: Photo::kept_until(job, now),
        caption: caption.cloned(),
        format: picture.format(),
        size: picture.size(),
    };
    let photos = vec![PhotoChange::Added(photo, picture.clone())];
    let chat: Vec<ChatMessage> = chat.transpose()?.map(|written| written.chat).unwrap_or_default();
    Ok(Changes { photos, chat, ..Changes::default() })
}

pub(super) fn remove(snapshot: &Snapshot, job: &Job, id: PhotoId, context: &Context) -> Result<Changes, Refusal> {
    guard::remove_photos(job, snapshot.offers_of(job.id), context.actor.person, context.now)?;
    let of_request = |photo: &&Photo| photo.id == id && photo.helper.is_none();
    let photo = snapshot.photos.iter().find(of_request).ok_or(Refusal::PhotoUnknown)?;
    Ok(Changes { photos: vec![PhotoChange::Removed(photo.clone())], ..Changes::default() })
}
