//! What people who help, and those who look for them, are shown.

use shared::cohelp::helping::{DayPlan, Enquiry, Helpers, ProfileForm, SelfAct, candidates, plan, suited, tell_self};
use shared::cohelp::matching::{Candidate, Pin};
use shared::cohelp::{FieldErrors, Job, JobView, Offer, OfferState, Side, Store as _, cards, desk_items};
use shared::kernel::{Day, Fault, PersonId, SessionId, Timestamp};
use shared::wire::{DeskDayPage, NotDone, OffersPage, Page, ProfilePage};

use crate::sql::Sql;
use crate::world::World;

use super::object::Town;

/// How many people an operator is shown for one request: more than one calls up.
const CANDIDATES_SHOWN: usize = 10;

impl<S: Sql, W: World> Town<S, W> {
    /// `/help/offers`.
    pub(super) async fn offers(&self, session: SessionId) -> Result<Page<OffersPage>, Fault> {
        let Some(visitor) = self.visitor(session).await? else { return Ok(Page::SignedOut) };
        let (person, now, store) = (visitor.actor.person, self.world.now(), self.store());
        let asked = store.asked(person, now)?;
        let mut open = store.board(person, now)?.open;
        open.retain(|job| asked.iter().all(|known| known.id != job.id));
        let requesters: Vec<_> = open.iter().map(|job| job.requester).collect();
        let rows = store.helpers(Some(person), &requesters, now)?;
        let registered = !rows.registered.is_empty();
        let suited = suited(&open, &Helpers::new(&rows, &self.rules), person, &self.rules, now);
        let [asked, open] = [&asked, &open].map(|jobs| cards(jobs, person, now));
        Ok(Page::Here(OffersPage { visitor, now, asked, open, suited, registered }))
    }

    /// `/help/profile`.
    pub(super) async fn profile(&self, session: SessionId) -> Result<Page<ProfilePage>, Fault> {
        let Some(visitor) = self.visitor(session).await? else { return Ok(Page::SignedOut) };
        let (person, now) = (visitor.actor.person, self.world.now());
        let registered = self.store().registered(person)?;
        let form = registered.map(|registered| ProfileForm::of(&registered, &self.rules, now.day()));
        let apart = self.store().apart(person)?;
        let named = self.named(apart.iter().map(|apart| apart.from).collect(), &[]).await?;
        Ok(Page::Here(ProfilePage { visitor, now, form, apart, named }))
    }

    /// What was typed at `/help/profile`, kept if nothing is wrong with it.
    pub(super) async fn register(
        &self,
        session: SessionId,
        form: &ProfileForm,
    ) -> Result<Result<FieldErrors, NotDone>, Fault> {
        let Some(visitor) = self.visitor(session).await? else { return Ok(Err(NotDone::SignedOut)) };
        let now = self.world.now();
        let registered = match form.parse(&self.rules, visitor.actor.person, now.day()) {
            Ok(registered) => registered,
            Err(errors) => return Ok(Ok(errors)),
        };
        let act = SelfAct::Register(Box::new(registered));
        let told = tell_self(&self.store(), &self.rules, &act, &visitor.actor, now)?;
        Ok(told.map(|()| FieldErrors::new()).map_err(NotDone::Refused))
    }

    /// What somebody says of themself.
    pub(super) async fn tell_self(&self, session: SessionId, act: &SelfAct) -> Result<Result<(), NotDone>, Fault> {
        let Some(visitor) = self.visitor(session).await? else { return Ok(Err(NotDone::SignedOut)) };
        let told = tell_self(&self.store(), &self.rules, act, &visitor.actor, self.world.now())?;
        Ok(told.map_err(NotDone::Refused))
    }

    /// The requester's offers with what speaks for each, best first.
    pub(super) fn ranked(&self, view: JobView, job: &Job, viewer: PersonId, now: Timestamp) -> Result<JobView, Fault> {
        if view.offers.is_empty() || job.requester != viewer || !job.is_open(now) {
            return Ok(view);
        }
        let rows = self.store().helpers(None, &[job.requester], now)?;
        Ok(view.ranked(&candidates(job, &Helpers::new(&rows, &self.rules), &[], &self.rules, now)))
    }

    /// Whether the centre waits for the viewer's answer, and from whom in the job they can keep away.
    pub(super) fn between(&self, view: &JobView, viewer: PersonId) -> Result<(bool, Vec<PersonId>), Fault> {
        let of_viewer = |enquiry: &Enquiry| enquiry.helper == viewer && enquiry.answer.is_none();
        let asked = view.card.side.is_none() && self.store().enquiries(&[view.card.id])?.iter().any(of_viewer);
        let mut people: Vec<_> = match view.card.side {
            Some(Side::Requester) => view.offers.iter().map(|offer| offer.helper).collect(),
            _ => vec![view.requester],
        };
        people.sort_unstable();
        people.dedup();
        let known = self.store().apart(viewer)?;
        people.retain(|person| known.iter().all(|apart| apart.from != *person));
        Ok((asked, people))
    }

    /// Who may be asked for a job, and who was.
    pub(super) fn askable(
        &self,
        job: &Job,
        offers: &[Offer],
        operator: PersonId,
        now: Timestamp,
    ) -> Result<(Option<Vec<Candidate>>, Vec<Enquiry>), Fault> {
        let enquiries = self.store().enquiries(&[job.id])?;
        if !job.is_open(now) || job.request.window.starts() <= now {
            return Ok((None, enquiries));
        }
        let rows = self.store().helpers(None, &[job.requester], now)?;
        let mut found = candidates(job, &Helpers::new(&rows, &self.rules), &enquiries, &self.rules, now);
        let offered = |person| offers.iter().any(|o| o.helper == person && o.state == OfferState::Standing);
        let asked = |person| enquiries.iter().any(|enquiry| enquiry.helper == person);
        found.retain(|Candidate { helper, .. }| *helper != operator && !offered(*helper) && !asked(*helper));
        found.truncate(CANDIDATES_SHOWN);
        Ok((Some(found), enquiries))
    }

    /// `/desk/day`.
    pub(super) async fn desk_day(
        &self,
        session: SessionId,
        day: Option<Day>,
        pins: &[Pin],
    ) -> Result<Page<DeskDayPage>, Fault> {
        let visitor = match self.operator(session).await? {
            Ok(visitor) => visitor,
            Err(page) => return Ok(page),
        };
        let (operator, now, store) = (visitor.actor.person, self.world.now(), self.store());
        let day = day.unwrap_or(now.day());
        let mut jobs = store.open_on(day, now)?;
        jobs.retain(|(job, _)| job.requester != operator);
        let ids: Vec<_> = jobs.iter().map(|(job, _)| job.id).collect();
        let requesters: Vec<_> = jobs.iter().map(|(job, _)| job.requester).collect();
        let (rows, enquiries) = (store.helpers(None, &requesters, now)?, store.enquiries(&ids)?);
        let plan = plan(&jobs, &rows, &enquiries, pins, operator, (&self.rules, now));
        let named = self.named(people_of_day(requesters, &plan, &enquiries), &[]).await?;
        let items = |(job, offers): &(Job, u32)| {
            desk_items(std::slice::from_ref(job), operator, now)
                .into_iter()
                .map(|item| (item, *offers))
                .collect::<Vec<_>>()
        };
        let open = jobs.iter().flat_map(items).collect();
        Ok(Page::Here(DeskDayPage { visitor, now, day, open, plan, enquiries, named }))
    }
}

fn people_of_day(mut people: Vec<PersonId>, plan: &DayPlan, enquiries: &[Enquiry]) -> Vec<PersonId> {
    people.extend(plan.ranked.iter().flat_map(|(_, ranked)| ranked));
    people.extend(plan.proposal.iter().flat_map(|proposal| &proposal.pairs).map(|pair| pair.candidate.helper));
    people.extend(enquiries.iter().map(|enquiry| enquiry.helper));
    people.sort_unstable();
    people.dedup();
    people
}
