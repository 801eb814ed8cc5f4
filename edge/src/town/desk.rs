//! What the operators of the centre are shown. Whoever opens a job sees names and what was written, so that is noted in
//! the logs of the two, once a day for each operator.

use shared::cohelp::{
    Beside, CallBack, Cause, Concern, DeskAction, DeskItem, Dispute, Feedback, Job, JobView, Photo, Show, Store as _,
    TITLE_MAX, desk_items, desk_view,
};
use shared::identity::{Answer, Call, Note, OfficeAct, Visitor};
use shared::kernel::{CommandId, Fault, JobId, Level, Line, PersonId, Role, SessionId};
use shared::wire::{DeskJobPage, DeskPage, Page};

use crate::sql::Sql;
use crate::world::World;

use super::helping::Askable;
use super::object::Town;
use super::pages::people_of;

impl<S: Sql, W: World> Town<S, W> {
    /// `/desk`.
    pub(super) async fn desk(&self, session: SessionId, show: Show, by_itself: bool) -> Result<Page<DeskPage>, Fault> {
        let asks = if by_itself { self.listening(session).await? } else { self.operator(session).await? };
        let visitor = match asks {
            Ok(visitor) => visitor,
            Err(page) => return Ok(page),
        };
        let now = self.world.now();
        let operator = visitor.actor.person;
        let (rows, news) = (self.store().desk(show, operator, now)?, self.store().news(u64::MAX)?.last);
        let items = |jobs: &[Job]| desk_items(jobs, &rows.claims, operator, now);
        let [waiting, coming, open] = [&rows.waiting, &rows.coming, &rows.open].map(|jobs| items(jobs));
        let called = |(job, why): &(Job, CallBack)| Some((items(core::slice::from_ref(job)).pop()?, *why));
        let call_backs: Vec<_> = rows.call_backs.iter().filter_map(called).collect();
        let of = |item: &DeskItem| [Some(item.requester), item.helper, item.claim.map(|claim| claim.by)];
        let rung = || call_backs.iter().map(|(item, _)| item);
        let listed = || [&waiting, &coming, &open].into_iter().flatten().chain(rung());
        let mut people: Vec<_> = listed().flat_map(of).flatten().collect();
        let (all_concerns, all_feedback) = (rows.concerns.len(), rows.feedback.len());
        let concerns = others(rows.concerns, operator);
        let concerns_count = without_own(rows.concerns_count, all_concerns, concerns.len());
        people.extend(concerns.iter().flat_map(people_in));
        let feedback = self.not_own(rows.feedback, operator)?;
        let feedback_count = without_own(rows.feedback_count, all_feedback, feedback.len());
        people.extend(feedback.iter().map(|(feedback, _)| feedback.by));
        people.sort_unstable();
        people.dedup();
        // Family names of residents; colleagues in full, for theirs begin with where they work.
        let colleagues = listed().filter_map(|item| item.claim);
        let taken = concerns.iter().filter_map(|concern| concern.taken);
        let colleagues: Vec<_> = colleagues.map(|claim| claim.by).chain(taken.map(|(by, _)| by)).collect();
        let named = self.named(people, &colleagues).await?;
        let waiting_count = rows.waiting_count;
        let page = DeskPage {
            visitor,
            now,
            waiting,
            waiting_count,
            coming,
            open,
            call_backs,
            feedback,
            feedback_count,
            concerns,
            concerns_count,
            show,
            news,
            named,
        };
        Ok(Page::Here(page))
    }

    /// `/desk/{id}`.
    pub(super) async fn desk_job(&self, session: SessionId, job: JobId) -> Result<Page<DeskJobPage>, Fault> {
        let visitor = match self.operator(session).await? {
            Ok(visitor) => visitor,
            Err(page) => return Ok(page),
        };
        let now = self.world.now();
        let Some((job, offers)) = self.store().job(job)? else { return Ok(Page::Missing(visitor)) };
        let (claim, memos) = (self.store().claim(job.id)?, self.store().memos(job.id)?);
        let entered = self.store().entered(job.id)?;
        let news = self.store().news(u64::MAX)?.last;
        let mut chat = self.store().chat(job.id, None)?;
        let written = chat.iter().filter(|message| message.by == message.helper).map(|message| message.at).max();
        let beside = Beside { claim, entered: &entered, written };
        let Some(desk) = desk_view(&job, &offers, beside, visitor.actor.person, now) else {
            return Ok(Page::Forbidden(visitor));
        };
        let Askable { candidates, enquiries, mut homes } = self.askable(&job, &offers, visitor.actor.person, now)?;
        let candidates = candidates.filter(|_| desk.may.contains(&DeskAction::Enquire));
        let concerns = others(self.store().concerns(job.id)?, visitor.actor.person);
        let mut feedback = self.store().feedback(job.id)?;
        feedback.retain(|feedback| feedback.words.is_some());
        chat.retain(|message| may_read(message.helper, &desk.job, &concerns));
        let mut photos = self.store().photos(job.id)?;
        let read = |helper| may_read(helper, &desk.job, &concerns);
        photos.retain(|photo| now < photo.until && photo.helper.is_none_or(read));
        let mut people = people_of(&desk.job);
        people.extend(concerns.iter().flat_map(people_in));
        people.extend(chat.iter().map(|message| message.helper));
        people.extend(desk.claim.map(|claim| claim.by));
        people.extend(feedback.iter().filter_map(|feedback| feedback.read).map(|(by, _)| by));
        people.extend(memos.iter().map(|memo| memo.by).chain(entered.iter().map(|entered| entered.by)));
        let seen = concerned(&desk.job, chat.iter().map(|message| message.helper), &concerns);
        self.note_look(visitor.actor.person, job.id, seen).await?;
        let telephone = match entered.is_empty() {
            false => self.telephone(desk.job.requester).await?,
            true => None,
        };
        let helpers = candidates.iter().flatten().map(|candidate| candidate.helper);
        let asked = enquiries.iter().map(|enquiry| enquiry.helper);
        let shown: Vec<_> = helpers.chain(asked).collect();
        homes.retain(|(person, _)| shown.contains(person));
        let all = people.iter().copied().chain(shown).collect();
        let named = self.named(all, &people).await?;
        Ok(Page::Here(DeskJobPage {
            visitor,
            now,
            desk,
            candidates,
            enquiries,
            concerns,
            memos,
            entered,
            telephone,
            news,
            homes,
            chat,
            photos,
            feedback,
            named,
        }))
    }

    /// Whom it concerns that an operator sees that photo: one of the request as they see its details, one between the two as what these
    /// write. None if they do not see it.
    pub(super) fn seen_at_desk(
        &self,
        job: &Job,
        photo: &Photo,
        operator: PersonId,
    ) -> Result<Option<Vec<PersonId>>, Fault> {
        let beside = Beside::default();
        let Some(desk) = desk_view(job, &[], beside, operator, self.world.now()) else { return Ok(None) };
        let concerns = others(self.store().concerns(job.id)?, operator);
        let kept = self.world.now() < photo.until;
        let sees = kept && photo.helper.is_none_or(|helper| may_read(helper, &desk.job, &concerns));
        Ok(sees.then(|| concerned(&desk.job, photo.helper.into_iter(), &concerns)))
    }

    pub(super) async fn operator<T>(&self, session: SessionId) -> Result<Result<Visitor, Page<T>>, Fault> {
        Ok(self.let_in(self.visitor(session).await?))
    }

    /// An operator whose page asks by itself.
    pub(super) async fn listening<T>(&self, session: SessionId) -> Result<Result<Visitor, Page<T>>, Fault> {
        Ok(self.let_in(self.people.glance(&self.world, session).await?))
    }

    fn let_in<T>(&self, visitor: Option<Visitor>) -> Result<Visitor, Page<T>> {
        match visitor {
            None => Err(Page::SignedOut),
            // A staff link alone opens nothing.
            Some(visitor) => {
                let here = visitor.actor.roles.has(Role::Operator)
                    && visitor.actor.assurance.meets(Level::Passkey, self.world.now());
                if here { Ok(visitor) } else { Err(Page::Forbidden(visitor)) }
            }
        }
    }

    /// What was told of jobs that are none of the operator's own, with their titles.
    fn not_own(&self, feedback: Vec<Feedback>, operator: PersonId) -> Result<Vec<(Feedback, Line<TITLE_MAX>)>, Fault> {
        let mut others = Vec::with_capacity(feedback.len());
        for feedback in feedback {
            if let Some((job, _)) = self.store().job(feedback.job)?
                && job.side(operator).is_none()
            {
                others.push((feedback, job.request.title));
            }
        }
        Ok(others)
    }

    /// First it is written down, then it is shown.
    pub(super) async fn note_look(&self, by: PersonId, job: JobId, people: Vec<PersonId>) -> Result<(), Fault> {
        let day = self.world.now().day().0.to_be_bytes();
        let note = |person: PersonId| {
            let what = [job.as_bytes().as_slice(), by.as_bytes(), person.as_bytes(), &day].concat();
            Note { id: CommandId::derive("desk.look", &what), person, by, act: OfficeAct::SawRequest }
        };
        self.note(people.into_iter().map(note).collect()).await
    }

    /// Writes in people's logs what staff did or saw.
    pub(super) async fn note(&self, notes: Vec<Note>) -> Result<(), Fault> {
        match self.registry(&Call::Note(notes)).await? {
            Answer::Done => Ok(()),
            _ => Err(Fault::new("desk.note", "another answer")),
        }
    }
}

/// Whom it concerns that somebody looks at a job and at what these helpers wrote: the two, and of the helpers who told the centre
/// themselves. Not in the log of whom a concern is about: that would be telling them.
fn concerned(job: &JobView, wrote: impl Iterator<Item = PersonId>, concerns: &[Concern]) -> Vec<PersonId> {
    let told_themself = |helper: &PersonId| concerns.iter().any(|concern| concern.by == *helper);
    let two = [Some(job.requester), job.helper].into_iter().flatten();
    let mut people: Vec<_> = two.chain(wrote.filter(told_themself)).collect();
    people.sort_unstable();
    people.dedup();
    people
}

/// Nobody reads what the requester and who helped then write to each other, unless one of them has turned to the centre.
fn may_read(helper: PersonId, job: &JobView, concerns: &[Concern]) -> bool {
    let turned = |dispute: &Dispute| matches!(dispute.cause, Cause::Asked { .. }) || !dispute.statements.is_empty();
    let disputed = job.dispute.as_ref().is_some_and(turned) && job.helper == Some(helper);
    let told = |by, about| concerns.iter().any(|concern| (concern.by, concern.about) == (by, about));
    disputed || told(job.requester, helper) || told(helper, job.requester)
}

/// How many there are but the operator's own, of which some may be among those loaded.
fn without_own(count: u32, loaded: usize, others: usize) -> u32 {
    count.saturating_sub(u32::try_from(loaded.saturating_sub(others)).unwrap_or(u32::MAX))
}

/// Those that are not the operator's own.
fn others(mut concerns: Vec<Concern>, operator: PersonId) -> Vec<Concern> {
    concerns.retain(|concern| concern.by != operator && concern.about != operator);
    concerns
}

fn people_in(concern: &Concern) -> impl Iterator<Item = PersonId> + use<> {
    let operators = [concern.taken.map(|(by, _)| by), concern.finding.as_ref().map(|finding| finding.by)];
    [Some(concern.by), Some(concern.about)].into_iter().chain(operators).flatten()
}
