//! What the centre sees of those who help, and has to see of them.

use shared::cohelp::helping::{Registered, Seen, see_helper, unseen};
use shared::cohelp::{AreaCode, Store as _};
use shared::identity::{Note, OfficeAct};
use shared::kernel::{CommandId, Fault, HelperId, PersonId, SessionId};
use shared::wire::{HelperLine, HelperPage, HelpersPage, NotDone, Page};

use crate::sql::Sql;
use crate::world::World;

use super::object::Town;

/// How many people one list shows.
const HELPERS_SHOWN: usize = 100;

impl<S: Sql, W: World> Town<S, W> {
    /// `/desk/helpers`.
    pub(super) async fn helpers(&self, session: SessionId, area: Option<AreaCode>) -> Result<Page<HelpersPage>, Fault> {
        let visitor = match self.operator(session).await? {
            Ok(visitor) => visitor,
            Err(page) => return Ok(page),
        };
        let rows = self.store().helpers(None, &[], self.world.now())?;
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
        let mut lines: Vec<_> = rows.registered.iter().map(line).filter(wanted).collect();
        let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        lines.sort_by(|one, other| (&one.area, one.helper).cmp(&(&other.area, other.helper)));
        lines.truncate(HELPERS_SHOWN);
        let named = self.named(lines.iter().map(|line| line.person).collect(), &[]).await?;
        Ok(Page::Here(HelpersPage { visitor, area, count, lines, named }))
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
        Ok(Page::Here(HelperPage { visitor, now, registered, named }))
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
            Ok((person, _)) => self.note_checked(command, person, visitor.actor.person).await?,
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

    async fn note_checked(&self, command: CommandId, person: PersonId, by: PersonId) -> Result<(), Fault> {
        let id = CommandId::derive("desk.checked", &[command.as_bytes().as_slice(), person.as_bytes()].concat());
        self.note(vec![Note { id, person, by, act: OfficeAct::HelperChecked }]).await
    }
}
