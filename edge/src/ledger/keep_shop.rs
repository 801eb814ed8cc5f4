//! What officers do with shops: registers them, says who takes payments there.

use shared::identity::{Look, Note, OfficeAct};
use shared::kernel::{CommandId, Fault, PersonId, SessionId, ShopNumber, digest};
use shared::ledger::{Refusal, Shop, ShopAct, may_keep_shops};
use shared::wire::{self, NotPosted};

use crate::sql::Sql;
use crate::world::World;

use super::object::Ledger;
use super::{shops, told};

/// Whom an act made a clerk or no longer one.
struct Changed {
    shop: Shop,
    person: PersonId,
    added: bool,
}

impl<S: Sql, W: World> Ledger<S, W> {
    /// Does it once, and says to the Registry, for the log of whom it concerns, who is a clerk now or no longer: in one commit.
    pub(super) async fn keep_shop(
        &self,
        session: SessionId,
        command: CommandId,
        act: ShopAct,
    ) -> Result<Result<ShopNumber, NotPosted>, Fault> {
        let members = match &act {
            ShopAct::Register { clerk, .. } | ShopAct::AddClerk { clerk, .. } | ShopAct::RemoveClerk { clerk, .. } => {
                vec![*clerk]
            }
            ShopAct::Open { .. } => Vec::new(),
        };
        let names_somebody = !members.is_empty();
        let seen = self.people.look(&self.world, Look { sessions: vec![session], members, ..Look::default() }).await?;
        let Some(visitor) = seen.sessions.into_iter().next().flatten() else { return Ok(Err(NotPosted::SignedOut)) };
        let now = self.world.now();
        let by = visitor.actor.person;
        let id = CommandId::derive("ledger.shop", &[by.as_bytes().as_slice(), command.as_bytes()].concat());
        let body = digest(&[b"ledger.shop", &wire::encode(&act)?]);
        // Said again after its answer was lost, it is answered again: also when the passkey is no longer fresh.
        match shops::act(&self.sql, id)? {
            Some((known, number)) if known == body => return Ok(Ok(number)),
            Some(_) => return Ok(Err(NotPosted::Refused(Refusal::CommandReused))),
            None => {}
        }
        if let Err(refusal) = may_keep_shops(&visitor.actor, now) {
            return Ok(Err(NotPosted::Refused(refusal)));
        }
        let clerk = seen.members.into_iter().next().flatten().map(|(person, _)| person);
        if names_somebody && clerk.is_none() {
            return Ok(Err(NotPosted::MemberUnknown));
        }
        // Who says who takes payments takes none there themself.
        if clerk == Some(by) {
            return Ok(Err(NotPosted::Refused(Refusal::NotAllowed)));
        }
        // Before the commit: whatever happens behind it, the alarm will ring.
        self.wake_by(told::due(now)).await?;
        let kept = self.sql.transaction(|| {
            match shops::act(&self.sql, id)? {
                Some((known, number)) if known == body => return Ok(Ok(number)),
                Some(_) => return Ok(Err(NotPosted::Refused(Refusal::CommandReused))),
                None => {}
            }
            let (number, changed) = match self.carry_out(id, act, clerk)? {
                Ok(done) => done,
                Err(not) => return Ok(Err(not)),
            };
            shops::keep_act(&self.sql, id, body, number)?;
            if let Some(Changed { shop, person, added }) = changed {
                let shop = shop.name;
                let act = if added { OfficeAct::ClerkAdded { shop } } else { OfficeAct::ClerkRemoved { shop } };
                told::keep(&self.sql, &Note { id, person, by, act })?;
            }
            Ok(Ok(number))
        })?;
        // What is not heard now is said again when the alarm rings.
        if let Err(fault) = told::carry_out(&self.sql, &self.world).await {
            self.world.log(&fault);
        }
        Ok(kept)
    }

    fn carry_out(
        &self,
        id: CommandId,
        act: ShopAct,
        clerk: Option<PersonId>,
    ) -> Result<Result<(ShopNumber, Option<Changed>), NotPosted>, Fault> {
        let number = match &act {
            ShopAct::Register { name, trade, .. } => shops::register(&self.sql, id, name, *trade)?,
            ShopAct::Open { shop, .. } | ShopAct::AddClerk { shop, .. } | ShopAct::RemoveClerk { shop, .. } => *shop,
        };
        let Some(shop) = shops::find(&self.sql, number)? else { return Ok(Err(NotPosted::ShopUnknown)) };
        let changed = match (&act, clerk) {
            (ShopAct::Open { open, .. }, _) => {
                shops::set_open(&self.sql, number, *open)?;
                None
            }
            (ShopAct::RemoveClerk { .. }, Some(person)) => {
                shops::remove_clerk(&self.sql, number, person)?.then_some(Changed { shop, person, added: false })
            }
            (_, Some(person)) => {
                shops::add_clerk(&self.sql, number, person)?.then_some(Changed { shop, person, added: true })
            }
            (_, None) => None,
        };
        Ok(Ok((number, changed)))
    }
}
