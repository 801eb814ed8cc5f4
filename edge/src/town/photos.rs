//! A photo, for who may see it.

use serde_bytes::ByteBuf;
use shared::cohelp::{Job, Photo, Store as _, guard};
use shared::identity::Visitor;
use shared::kernel::{Fault, JobId, PhoneCallId, PhotoId, PictureFormat, Rate, SessionId};
use shared::wire::{NotDone, Page};

use crate::sql::Sql;
use crate::world::World;

use super::behalf::Viewer;
use super::object::Town;

/// How often somebody may try to send a photo: with a few that are none, as many as one has at hand, and then no quicker than they are taken.
const PHOTOS: Rate = Rate { burst: 12, every_ms: 20_000 };

type Shown = (PictureFormat, ByteBuf);

impl<S: Sql, W: World> Town<S, W> {
    /// Whether somebody's session lives and they may send another photo now: asked before what they sent is looked at, and counted
    /// whatever becomes of it.
    pub(super) async fn photo_room(&self, session: SessionId) -> Result<Result<(), NotDone>, Fault> {
        let Some(visitor) = self.visitor(session).await? else { return Ok(Err(NotDone::SignedOut)) };
        let taken = self.photos.take(visitor.actor.person, PHOTOS, self.world.now());
        Ok(taken.map_err(|seconds| NotDone::TooOften { seconds }))
    }

    /// `/help/{id}/photos/{id}`. Pages that live load photos by themselves, so that is no use of the session.
    pub(super) async fn photo(
        &self,
        session: SessionId,
        call: Option<PhoneCallId>,
        job: JobId,
        photo: PhotoId,
    ) -> Result<Page<Shown>, Fault> {
        let viewer = match call {
            Some(_) => match self.viewer(session, call).await? {
                Ok(viewer) => viewer,
                Err(page) => return Ok(page),
            },
            None => match self.people.glance(&self.world, session).await? {
                Some(visitor) => Viewer { visitor, behalf: None },
                None => return Ok(Page::SignedOut),
            },
        };
        let (person, now) = (viewer.person(), self.world.now());
        let found = self.found(job, photo)?.filter(|(job, photo)| guard::see_photo(job, photo, person, now));
        let Some((job, photo)) = found else { return Ok(Page::Missing(viewer.visitor)) };
        if viewer.behalf.is_some() {
            let others = [Some(job.requester), photo.helper].into_iter().flatten().filter(|other| *other != person);
            self.note_look(viewer.visitor.actor.person, job.id, others.collect()).await?;
        }
        self.shown(viewer.visitor, &photo)
    }

    /// `/desk/{id}/photos/{id}`.
    pub(super) async fn desk_photo(
        &self,
        session: SessionId,
        job: JobId,
        photo: PhotoId,
    ) -> Result<Page<Shown>, Fault> {
        let visitor = match self.listening(session).await? {
            Ok(visitor) => visitor,
            Err(page) => return Ok(page),
        };
        let operator = visitor.actor.person;
        let Some((job, photo)) = self.found(job, photo)? else { return Ok(Page::Missing(visitor)) };
        let Some(people) = self.seen_at_desk(&job, &photo, operator)? else { return Ok(Page::Missing(visitor)) };
        self.note_look(operator, job.id, people).await?;
        self.shown(visitor, &photo)
    }

    fn found(&self, job: JobId, photo: PhotoId) -> Result<Option<(Job, Photo)>, Fault> {
        let of_job = self.store().photos(job)?;
        let photo = of_job.into_iter().find(|found| found.id == photo);
        Ok(self.store().job(job)?.map(|(job, _)| job).zip(photo))
    }

    fn shown(&self, visitor: Visitor, photo: &Photo) -> Result<Page<Shown>, Fault> {
        let bytes = self.store().picture(photo.id)?;
        Ok(bytes.map_or(Page::Missing(visitor), |bytes| Page::Here((photo.format, ByteBuf::from(bytes)))))
    }
}
