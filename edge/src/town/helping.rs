//! What people who help, and those who look for them, are shown.

use shared::cohelp::helping::{
    self as day, DayPlan, Enquiry, HelperRows, Helpers, ProfileForm, SelfAct, candidates, need_of_desk, ranked, suited,
    tell_self,
};
use shared::cohelp::matching::{Candidate, Evidence, Pin};
use shared::cohelp::{
    Action, AreaCode, Board, FieldErrors, Job, JobView, Offer, OfferState, Side, Store as _, board, desk_items, guard,
};
use shared::kernel::{Day, Fault, HelperId, JobId, OfferId, PersonId, SessionId, Timestamp, limit};
use shared::wire::{DeskDayPage, NotDone, OffersPage, Page, ProfilePage};

use crate::sql::Sql;
use crate::world::World;

use super::object::Town;

/// What the desk knows of who could help with a job.
pub(super) struct Askable {
    /// Best first; none if it is not the time for that.
    pub(super) candidates: Option<Vec<Candidate>>,
    /// Who was asked.
    pub(super) enquiries: Vec<Enquiry>,
    /// Where they live.
    pub(super) homes: Vec<(PersonId, AreaCode)>,
}

fn homes(rows: &HelperRows) -> Vec<(PersonId, AreaCode)> {
    rows.registered.iter().map(|known| (known.profile.person, known.area.clone())).collect()
}

/// Somebody in a job, by their offer or as the requester.
type Met = (Option<OfferId>, PersonId);

/// What is between the viewer of a job and those they meet there.
pub(super) struct Between {
    /// Whether the centre asks the viewer to help.
    pub(super) asked: bool,
    /// From whom they can keep away.
    pub(super) partable: Vec<Met>,
    /// Of whom they can tell the centre.
    pub(super) met: Vec<Met>,
}

/// How many people an operator is shown for one request: more than one calls up.
const CANDIDATES_SHOWN: usize = 10;

impl<S: Sql, W: World> Town<S, W> {
    /// `/help/offers`.
    pub(super) async fn offers(&self, session: SessionId) -> Result<Page<OffersPage>, Fault> {
        let Some(visitor) = self.visitor(session).await? else { return Ok(Page::SignedOut) };
        let (person, now, store) = (visitor.actor.person, self.world.now(), self.store());
        let mut rows = store.board(person, now)?;
        rows.open.retain(|job| rows.asked.iter().all(|known| known.id != job.id));
        let requesters: Vec<_> = rows.open.iter().map(|job| job.requester).collect();
        let helpers = store.helpers(Some(&[person]), &requesters, now)?;
        let registered = !helpers.registered.is_empty();
        let suited = suited(&rows.open, &Helpers::new(&helpers, &self.rules), person, &self.rules, now);
        let Board { asked, open, .. } = board(&rows, person, now);
        Ok(Page::Here(OffersPage { visitor, now, asked, open, suited, registered }))
    }

    /// `/help/profile`.
    pub(super) async fn profile(&self, session: SessionId) -> Result<Page<ProfilePage>, Fault> {
        let Some(visitor) = self.visitor(session).await? else { return Ok(Page::SignedOut) };
        let (person, now) = (visitor.actor.person, self.world.now());
        let registered = self.store().registered(person)?;
        let form = registered.as_ref().map(|registered| ProfileForm::of(registered, &self.rules, now.day()));
        let profile = registered.as_ref().map(|registered| &registered.profile);
        let course = profile.and_then(|profile| profile.course);
        let shown = |evidence: &Evidence| match evidence {
            Evidence::Shown { at } => Some(*at),
            Evidence::Stated => None,
        };
        let skills = profile.into_iter().flat_map(|profile| profile.skills.iter());
        let skills = skills.map(|(skill, evidence)| (skill.clone(), shown(evidence))).collect();
        let apart = self.store().apart(person)?;
        let named = self.named(apart.iter().map(|apart| apart.from).collect(), &[]).await?;
        Ok(Page::Here(ProfilePage { visitor, now, form, course, skills, apart, named }))
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
        self.tell_news();
        Ok(told.map_err(NotDone::Refused))
    }

    /// The requester's offers with what speaks for each, best first.
    pub(super) fn ranked(&self, view: JobView, job: &Job, viewer: PersonId, now: Timestamp) -> Result<JobView, Fault> {
        if view.offers.is_empty() || job.requester != viewer || !job.is_open(now) {
            return Ok(view);
        }
        let people: Vec<_> = view.offers.iter().map(|offer| offer.helper).collect();
        let rows = self.store().helpers(Some(&people), &[job.requester], now)?;
        Ok(view.ranked(&candidates(job, &Helpers::new(&rows, &self.rules), &self.rules, now)))
    }

    /// What is between the viewer and those they meet in the job.
    pub(super) fn between(
        &self,
        job: &Job,
        view: &JobView,
        viewer: PersonId,
        now: Timestamp,
    ) -> Result<Between, Fault> {
        let enquiries = self.store().enquiries(&[job.id])?;
        let own = enquiries.iter().find(|enquiry| enquiry.helper == viewer);
        let could = view.may.contains(&Action::Offer) || view.lacks.is_some();
        let asked = could && guard::decline(job, own, now).is_ok();
        let mut met: Vec<Met> = match view.card.side {
            Some(Side::Requester) => view.offers.iter().map(|offer| (Some(offer.id), offer.helper)).collect(),
            _ => vec![(None, view.requester)],
        };
        // Each once, whom the job is with first.
        met.sort_by_key(|(offer, person)| (view.helper != Some(*person), *person, *offer));
        met.dedup_by_key(|(_, person)| *person);
        let known = self.store().apart(viewer)?;
        let partable =
            met.iter().copied().filter(|(_, person)| known.iter().all(|apart| apart.from != *person)).collect();
        Ok(Between { asked, partable, met })
    }

    /// Who may be asked for a job, who was, and where all of them live.
    pub(super) fn askable(
        &self,
        job: &Job,
        offers: &[Offer],
        operator: PersonId,
        now: Timestamp,
    ) -> Result<Askable, Fault> {
        let enquiries = self.store().enquiries(&[job.id])?;
        let full = u32::try_from(enquiries.len()).is_ok_and(|asked| asked >= limit::ENQUIRIES_MAX);
        let takes = !full && job.is_open(now) && now < job.request.window.starts();
        let asked: Vec<_> = enquiries.iter().map(|enquiry| enquiry.helper).collect();
        let rows = self.store().helpers((!takes).then_some(&asked[..]), &[job.requester], now)?;
        let need = need_of_desk(job, offers, &enquiries, &self.rules, now);
        let candidates = need.filter(|_| takes).map(|need| {
            let mut found = ranked(&need, &Helpers::new(&rows, &self.rules), &self.rules);
            found.retain(|candidate| candidate.helper != operator);
            found.truncate(CANDIDATES_SHOWN);
            found
        });
        Ok(Askable { candidates, enquiries, homes: homes(&rows) })
    }

    /// `/desk/day`.
    pub(super) async fn desk_day(
        &self,
        session: SessionId,
        day: Option<Day>,
        pins: &[(JobId, HelperId)],
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
        let pins = pins_of(pins, &rows);
        let claims = ids.iter().filter_map(|job| store.claim(*job).transpose()).collect::<Result<Vec<_>, _>>()?;
        let day_of = day::Day { jobs: &jobs, rows: &rows, enquiries: &enquiries, claims: &claims, operator };
        let plan = day_of.plan(&pins, &self.rules, now);
        let colleagues: Vec<_> = claims.iter().map(|claim| claim.by).collect();
        let people = people_of_day(requesters, &plan, &pins, &enquiries).into_iter().chain(colleagues.clone());
        let named = self.named(people.collect(), &colleagues).await?;
        let standing = |offers: &[Offer]| offers.iter().filter(|offer| offer.state == OfferState::Standing).count();
        let items = |(job, offers): &(Job, Vec<Offer>)| {
            let item = desk_items(std::slice::from_ref(job), &claims, operator, now).into_iter().next()?;
            Some((item, u32::try_from(standing(offers)).unwrap_or(u32::MAX)))
        };
        let (open, homes) = (jobs.iter().filter_map(items).collect(), homes(&rows));
        Ok(Page::Here(DeskDayPage { visitor, now, day, open, pins, plan, enquiries, homes, named }))
    }
}

/// Pins by the ids of people. Who is no longer registered is nobody matching knows.
fn pins_of(pins: &[(JobId, HelperId)], rows: &HelperRows) -> Vec<Pin> {
    let person = |helper: HelperId| rows.registered.iter().find(|known| known.id() == helper);
    let pin = |(job, helper): &(JobId, HelperId)| {
        let helper = person(*helper).map_or(PersonId::from_bytes([0; 16]), |known| known.profile.person);
        Pin { job: *job, helper }
    };
    pins.iter().map(pin).collect()
}

fn people_of_day(mut people: Vec<PersonId>, plan: &DayPlan, pins: &[Pin], enquiries: &[Enquiry]) -> Vec<PersonId> {
    people.extend(pins.iter().map(|pin| pin.helper));
    people.extend(plan.ranked.iter().flat_map(|(_, ranked)| ranked));
    people.extend(plan.proposal.iter().flat_map(|proposal| &proposal.pairs).map(|pair| pair.candidate.helper));
    people.extend(enquiries.iter().map(|enquiry| enquiry.helper));
    people.sort_unstable();
    people.dedup();
    people
}
