//! View models: everything a page needs, gathered in one answer.

use futures_util::TryFutureExt;
use futures_util::future::try_join;
use shared::cohelp::helping::only_proven;
use shared::cohelp::{
    Action, AskForm, FieldErrors, Job, JobView, Offer, Reads, Request, Side, Snapshot, State, Store as _, Thanks,
    board, guard, job_view, told_view,
};
use shared::identity::Visitor;
use shared::kernel::{Fault, JobId, Name, PersonId, PhoneCallId, SessionId, Timestamp, digest};
use shared::ledger;
use shared::wire::{
    self, BoardPage, Chat, HomePage, JobPage, Named, NotificationsPage, Page, Rated, RequestPage, ThanksLine,
};

use crate::sql::Sql;
use crate::world::World;

use super::behalf::Viewer;
use super::helping::Between;
use super::object::{Town, spendable};

impl<S: Sql, W: World> Town<S, W> {
    /// `/`. Everybody begins here, so what it shows is looked for while the Registry is asked whether the session lives.
    pub(super) async fn home(&self, session: SessionId) -> Result<Page<HomePage>, Fault> {
        let expected = self.people.whose(session);
        let (visitor, found) = match expected {
            Some(person) => try_join(self.visitor(session), self.found_at_home(person).map_ok(Some)).await?,
            None => (self.visitor(session).await?, None),
        };
        let Some(visitor) = visitor else { return Ok(Page::SignedOut) };
        let person = visitor.actor.person;
        let page_of = match found.filter(|_| expected == Some(person)) {
            Some(page_of) => page_of,
            None => self.found_at_home(person).await?,
        };
        Ok(Page::Here(page_of(visitor)))
    }

    /// The page of that person, for whoever turns out to ask.
    async fn found_at_home(&self, person: PersonId) -> Result<impl FnOnce(Visitor) -> HomePage, Fault> {
        let now = self.world.now();
        let rows = self.store().board(person, now)?;
        let thanks = thanks_this_month(rows.mine.iter().chain(&rows.helping), person, now);
        let names = thanks.iter().map(|line| line.from).collect();
        let thanked = thanked_this_month(rows.mine.iter().chain(&rows.helping), person, now);
        let (balance, named) = try_join(self.balance(ledger::account_of(person)), self.named(names, &[])).await?;
        let board = board(&rows, person, now);
        let unseen = rows.unseen;
        Ok(move |visitor| HomePage { visitor, now, balance, board, thanks, thanked, unseen, named })
    }

    /// `/help`.
    pub(super) async fn board(&self, session: SessionId) -> Result<Page<BoardPage>, Fault> {
        let Some(visitor) = self.visitor(session).await? else { return Ok(Page::SignedOut) };
        let now = self.world.now();
        let rows = self.store().board(visitor.actor.person, now)?;
        let board = board(&rows, visitor.actor.person, now);
        Ok(Page::Here(BoardPage { visitor, now, board }))
    }

    /// `/notifications`: what is shown has been seen from then on.
    pub(super) async fn notifications(&self, session: SessionId) -> Result<Page<NotificationsPage>, Fault> {
        let Some(visitor) = self.visitor(session).await? else { return Ok(Page::SignedOut) };
        let (person, store) = (visitor.actor.person, self.store());
        let mut listed = store.notifications(person)?;
        if let Some(newest) = listed.first().filter(|_| listed.iter().any(|listed| !listed.seen)) {
            store.see(person, newest.number)?;
        }
        let now = self.world.now();
        // A line that leads nowhere, or to somebody who keeps away, says what the page behind it does not.
        let mut jobs: Vec<_> = listed.iter().map(|line| line.notification.job).collect();
        jobs.sort_unstable();
        jobs.dedup();
        let mut open = Vec::with_capacity(jobs.len());
        for job in jobs {
            if let Some((job, offers)) = store.job(job)?
                && self.seen_by(&job, &offers, person, now)?.is_some()
            {
                open.push(job.id);
            }
        }
        listed.retain(|line| open.contains(&line.notification.job));
        Ok(Page::Here(NotificationsPage { visitor, now, listed }))
    }

    /// The job as the person sees it, if they do. Who keeps away from somebody, or is kept away, does not know of what they
    /// ask. Who offered, or told the centre of it, knows of it already: were it gone they would know why.
    fn seen_by(&self, job: &Job, offers: &[Offer], person: PersonId, now: Timestamp) -> Result<Option<JobView>, Fault> {
        let apart = job.side(person).is_none() && self.store().are_apart(job.requester, person)?;
        Ok(match job_view(job, offers, person, now) {
            Some(view) if !apart => Some(view),
            Some(view) if !view.offers.is_empty() => Some(view.kept_away()),
            _ if !self.store().told(job.id, person)?.is_empty() => Some(told_view(job, person, now)),
            _ => None,
        })
    }

    /// The same with only what people may do as far as the centre has to have seen it.
    fn as_proven(&self, view: JobView, job: &Job, viewer: PersonId) -> Result<JobView, Fault> {
        let chosen_from = view.offers.iter().filter(|offer| view.may.contains(&Action::Choose(offer.id)));
        let offering = view.may.contains(&Action::Offer).then_some(viewer);
        let people: Vec<_> = chosen_from.map(|offer| offer.helper).chain(offering).collect();
        let registered = people.into_iter().filter_map(|person| self.store().registered(person).transpose());
        let registered = registered.collect::<Result<Vec<_>, _>>()?;
        Ok(only_proven(view, &job.request, &self.rules, viewer, &registered))
    }

    /// `/help/{id}`.
    pub(super) async fn job(
        &self,
        session: SessionId,
        call: Option<PhoneCallId>,
        job: JobId,
    ) -> Result<Page<JobPage>, Fault> {
        match self.viewer(session, call).await? {
            Ok(viewer) => self.job_of(viewer, job).await,
            Err(page) => Ok(page),
        }
    }

    /// The same, for a page that asks by itself.
    pub(super) async fn job_anew(&self, session: SessionId, job: JobId) -> Result<Page<JobPage>, Fault> {
        match self.people.glance(&self.world, session).await? {
            Some(visitor) => self.job_of(Viewer { visitor, behalf: None }, job).await,
            None => Ok(Page::SignedOut),
        }
    }

    async fn job_of(&self, viewer: Viewer, job: JobId) -> Result<Page<JobPage>, Fault> {
        let (person, now) = (viewer.person(), self.world.now());
        let Viewer { visitor, behalf } = viewer;
        let Some((job, offers)) = self.store().job(job)? else { return Ok(Page::Missing(visitor)) };
        let told = self.store().told(job.id, person)?;
        let Some(view) = self.seen_by(&job, &offers, person, now)? else { return Ok(Page::Missing(visitor)) };
        let view = self.ranked(self.as_proven(view, &job, person)?, &job, person, now)?;
        let Between { asked, mut partable, met } = self.between(&job, &view, person, now)?;
        // From whom somebody keeps away they tell nobody, not even on the phone.
        partable.retain(|_| behalf.is_none());
        let chat = self.chat(&job, &view, person)?;
        let reads = Reads { photos: Some((job.id, person)), ..Reads::default() };
        let Snapshot { mut photos, photos_of_person, .. } = self.store().read(&reads)?;
        // Nobody on the phone has one to send.
        let adds_photo = match guard::add_photo(&job, &photos, photos_of_person, person, now) {
            Ok(helper) if behalf.is_none() => Some(helper.is_some()),
            _ => None,
        };
        let removes_photos = behalf.is_none() && guard::remove_photos(&job, offers.iter(), person, now).is_ok();
        photos.retain(|photo| guard::see_photo(&job, photo, person, now));
        // Who is the other one of the two reads nothing of it, not as an operator either.
        let for_another = behalf.is_some() && job.side(visitor.actor.person).is_some();
        let rated = if for_another { None } else { self.rated(&job, person, now)? };
        let mut entered = self.store().entered(job.id)?;
        entered.retain(|entered| entered.person == person);
        // An operator sees the other one of the two as well.
        if behalf.is_some() {
            let others = [Some(view.requester), view.helper].into_iter().flatten().filter(|other| *other != person);
            self.note_look(visitor.actor.person, job.id, others.collect()).await?;
        }
        let agreed: Vec<_> = view.helper.into_iter().flat_map(|helper| [view.requester, helper]).collect();
        let named = self.named(people_of(&view), &agreed).await?;
        Ok(Page::Here(JobPage {
            visitor,
            now,
            job: view,
            asked,
            partable,
            met,
            concerns: told,
            entered,
            chat,
            photos,
            adds_photo,
            removes_photos,
            rated,
            behalf,
            named,
        }))
    }

    /// What the two wrote to each other, for one of them; whoever reads it has seen it.
    fn chat(&self, job: &Job, view: &JobView, person: PersonId) -> Result<Option<Chat>, Fault> {
        let Some(helper) = job.helper().filter(|_| view.may.contains(&Action::Chat)) else { return Ok(None) };
        let messages = self.store().chat(job.id, Some(helper))?;
        if messages.iter().any(|message| message.by != person) {
            self.store().see_chat(person, job.id)?;
        }
        let news = self.store().news(u64::MAX)?.last;
        let version = digest(&[&wire::encode(view)?]).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Ok(Some(Chat { messages, news, version }))
    }

    /// What one of the two is asked of the centre's service, or has said.
    fn rated(&self, job: &Job, person: PersonId, now: Timestamp) -> Result<Option<Rated>, Fault> {
        let said = self.store().feedback(job.id)?.into_iter().find(|feedback| feedback.by == person);
        Ok(match said {
            Some(feedback) => Some(Rated::Said(feedback)),
            None => job.rater(person, now).is_ok().then_some(Rated::Asked),
        })
    }

    /// `/help/new`.
    pub(super) async fn request(
        &self,
        session: SessionId,
        call: Option<PhoneCallId>,
        again: Option<JobId>,
    ) -> Result<Page<RequestPage>, Fault> {
        let viewer = match self.viewer(session, call).await? {
            Ok(viewer) => viewer,
            Err(page) => return Ok(page),
        };
        // One's own requests only.
        let asked = again.map(|job| self.store().job(job)).transpose()?.flatten();
        let own = asked.filter(|(job, _)| job.requester == viewer.person());
        let again = own.map(|(job, _)| AskForm::again(&job.request));
        Ok(Page::Here(RequestPage { again, ..self.request_page(viewer).await? }))
    }

    /// What was typed at `/help/new`.
    pub(super) async fn check(
        &self,
        session: SessionId,
        call: Option<PhoneCallId>,
        form: &AskForm,
    ) -> Result<Page<(RequestPage, Result<Request, FieldErrors>)>, Fault> {
        let page = match self.viewer(session, call).await? {
            Ok(viewer) => self.request_page(viewer).await?,
            Err(page) => return Ok(page),
        };
        let parsed = form.parse(&self.rules, page.now);
        Ok(Page::Here((page, parsed)))
    }

    async fn request_page(&self, viewer: Viewer) -> Result<RequestPage, Fault> {
        let balance = self.balance(ledger::account_of(viewer.person())).await?;
        let Viewer { visitor, behalf } = viewer;
        Ok(RequestPage { visitor, now: self.world.now(), available: spendable(&balance), behalf, again: None })
    }

    /// Names as they may be shown: in full between the two who `agreed`, else the first part.
    pub(super) async fn named(&self, people: Vec<PersonId>, agreed: &[PersonId]) -> Result<Named, Fault> {
        let names = self.people.names(&self.world, people).await?;
        let shown = |(person, name)| (person, if agreed.contains(&person) { name } else { first_part(name) });
        Ok(Named(names.into_iter().map(shown).collect()))
    }
}

/// 「めぐり 花子」 → 「めぐり」: neighbours who have not agreed yet see the family name.
fn first_part(name: Name) -> Name {
    let first = name.as_str().split([' ', '\u{3000}']).next().unwrap_or_default();
    Name::parse(first).unwrap_or(name)
}

pub(super) fn people_of(view: &JobView) -> Vec<PersonId> {
    let mut people: Vec<_> = view.offers.iter().map(|offer| offer.helper).collect();
    people.push(view.requester);
    people.extend(view.helper);
    people.sort_unstable();
    people.dedup();
    people
}

fn thanks_this_month<'a>(jobs: impl Iterator<Item = &'a Job>, person: PersonId, now: Timestamp) -> Vec<ThanksLine> {
    let to = |job: &Job| {
        let (from, thanks) = thanks_of(job, job.side(person)?.other())?;
        Some(ThanksLine { job: job.id, from, rating: thanks.rating, message: thanks.message.clone(), at: thanks.at })
    };
    let mut lines: Vec<_> = jobs.filter_map(to).filter(|line| line.at.month() == now.month()).collect();
    lines.sort_by_key(|line| core::cmp::Reverse(line.at));
    lines
}

/// How often `person` said thanks.
fn thanked_this_month<'a>(jobs: impl Iterator<Item = &'a Job>, person: PersonId, now: Timestamp) -> u32 {
    let said = jobs.filter_map(|job| thanks_of(job, job.side(person)?));
    said.map(|(_, thanks)| u32::from(thanks.at.month() == now.month())).sum()
}

/// What the one on that side said for this job, and who that is.
fn thanks_of(job: &Job, side: Side) -> Option<(PersonId, &Thanks)> {
    let State::Paid(paid) = &job.state else { return None };
    let (by, thanks) = match side {
        Side::Requester => (job.requester, &paid.thanks_by_requester),
        Side::Helper => (paid.agreed.agreement.helper, &paid.thanks_by_helper),
    };
    Some((by, thanks.as_ref()?))
}
