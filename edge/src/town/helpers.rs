//! What the centre sees of those who help, and has to see of them.

use shared::cohelp::helping::{Registered, Seen, proven, see_helper, unseen};
use shared::cohelp::{AreaCode, Job, State, Store as _};
use shared::identity::{Note, OfficeAct};
use shared::kernel::{CommandId, Fault, HelperId, PersonId, SessionId};
use shared::wire::{self, HelperLine, HelperPage, HelpersPage, NotDone, Page};

use crate::sql::Sql;
use crate::world::World;

use super::object::Town;

/// How many people one list shows.
const HELPERS_SHOWN: usize = 100;

impl<S: Sql, W: World> Town<S, W> {
    /// `/desk/helpers`.
    pub(super) async fn helpers(
        &self,
        session: SessionId,
        area: Option<AreaCode>,
        after: u32,
    ) -> Result<Page<HelpersPage>, Fault> {
        let visitor = match self.operator(session).await? {
            Ok(visitor) => visitor,
            Err(page) => return Ok(page),
        };
        let everybody = self.store().everybody_registered()?;
        let line = |known: &Registered| HelperLine {
            helper: known.id(),
            person: known.profile.person,
            area: known.area.clone(),
            unseen: unseen(known, &self.rules),
        };
        let wanted = |line: &HelperLine| match &area {
            Some(area) => line.area == *area,
            None => !line.unseen.is_empty(),
        };
        let mut lines: Vec<_> = everybody.iter().map(line).filter(wanted).collect();
        let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        lines.sort_by(|one, other| (&one.area, one.helper).cmp(&(&other.area, other.helper)));
        let after = after.min(count);
        let lines: Vec<_> = lines.into_iter().skip(after as usize).take(HELPERS_SHOWN).collect();
        // In full: an operator has to find one of several with the same family name, who stands before them.
        let people: Vec<_> = lines.iter().map(|line| line.person).collect();
        let named = self.named(people.clone(), &people).await?;
        Ok(Page::Here(HelpersPage { visitor, area, count, after, lines, named }))
    }

    /// `/desk/helpers/{id}`. First it is written down that it was opened, then it is shown.
    pub(super) async fn helper(&self, session: SessionId, helper: HelperId) -> Result<Page<HelperPage>, Fault> {
        let visitor = match self.operator(session).await? {
            Ok(visitor) => visitor,
            Err(page) => return Ok(page),
        };
        let Some(registered) = self.store().registered_as(helper)? else { return Ok(Page::Missing(visitor)) };
        let (person, by, now) = (registered.profile.person, visitor.actor.person, self.world.now());
        if person != by {
            let what = [by.as_bytes().as_slice(), person.as_bytes(), &now.day().0.to_be_bytes()].concat();
            let id = CommandId::derive("desk.helper", &what);
            self.note(vec![Note { id, person, by, act: OfficeAct::SawHelper }]).await?;
        }
        let named = self.named(vec![person], &[person]).await?;
        let concerned = |job: &&Job| {
            let agreed = matches!(job.state, State::Agreeing(_) | State::Agreed(_) | State::Disputed(..));
            agreed && job.helper() == Some(person) && proven(&job.request, &self.rules, Some(&registered)).is_err()
        };
        let jobs = self.store().board(person, now)?.helping;
        let unfit = jobs.iter().filter(concerned).map(|job| (job.id, job.request.title.clone())).collect();
        Ok(Page::Here(HelperPage { visitor, now, registered, unfit, named }))
    }

    /// What an operator has seen of somebody. First it stands in their log, then it holds.
    pub(super) async fn see_helper(
        &self,
        session: SessionId,
        command: CommandId,
        helper: HelperId,
        seen: &Seen,
    ) -> Result<Result<(), NotDone>, Fault> {
        let Some(visitor) = self.visitor(session).await? else { return Ok(Err(NotDone::SignedOut)) };
        let decided = || see_helper(&self.store(), &self.rules, helper, seen, &visitor.actor, self.world.now());
        match decided()? {
            Err(refusal) => return Ok(Err(NotDone::Refused(refusal))),
            Ok((_, changes)) if changes.is_empty() => return Ok(Ok(())),
            Ok((person, _)) => self.note_seen(command, person, visitor.actor.person, seen).await?,
        }
        // Meanwhile they may have changed what they registered.
        match decided()? {
            Err(refusal) => Ok(Err(NotDone::Refused(refusal))),
            Ok((_, changes)) => {
                if !changes.is_empty() {
                    self.store().commit(&changes)?;
                }
                Ok(Ok(()))
            }
        }
    }

    /// Each time it is done anew, also under a name that was used before.
    async fn note_seen(&self, command: CommandId, person: PersonId, by: PersonId, seen: &Seen) -> Result<(), Fault> {
        let now = self.world.now().0.to_be_bytes();
        let what = [command.as_bytes().as_slice(), person.as_bytes(), &wire::encode(seen)?, &now].concat();
        let gone = matches!(seen, Seen::Course(None) | Seen::Skill(_, false));
        let act = if gone { OfficeAct::HelperUnchecked } else { OfficeAct::HelperChecked };
        self.note(vec![Note { id: CommandId::derive("desk.seen", &what), person, by, act }]).await
    }
}
