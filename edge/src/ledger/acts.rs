//! What people tell the ledger: who may, and which command it comes to.

use shared::identity::{Note, OfficeAct, Visitor};
use shared::kernel::{Actor, CommandId, Fault, Level, MemberNumber, PersonId, Points, Rate, ShopNumber, Timestamp};
use shared::ledger::{self, ByCode, Command, PayCode, Refusal, Request, Shop, Tell};
use shared::process::{takes, terms};
use shared::wire::{LedgerTell, MadeCode, NotPosted};

use crate::sql::Sql;
use crate::world::World;

use super::object::Ledger;
use super::shops;

/// How many numbers or codes of nobody a person may try: a number read out badly is read out again.
const TRIES: Rate = Rate { burst: 10, every_ms: 60_000 };

/// What an act comes to, or why not.
type Meant<T> = Result<Result<T, NotPosted>, Fault>;

/// The other person of an act, if it names one by member number.
pub(super) const fn member(tell: &LedgerTell) -> Option<MemberNumber> {
    match tell {
        LedgerTell::Pay { to, .. } | LedgerTell::Grant { to, .. } => Some(*to),
        LedgerTell::Correct { from, .. } => Some(*from),
        LedgerTell::Buy { .. } | LedgerTell::Redeem { .. } | LedgerTell::Refund { .. } => None,
    }
}

/// What the log of whom it concerns says of an officer's act; a payment is on both statements.
pub(super) fn note(request: &Request, by: PersonId, person: PersonId) -> Option<Note> {
    let act = match &request.command {
        Command::Grant { amount, reason, .. } => OfficeAct::Granted { points: *amount, reason: reason.clone() },
        Command::Correct { amount, reason, .. } => OfficeAct::Corrected { points: *amount, reason: reason.clone() },
        _ => return None,
    };
    Some(Note { id: request.id, person, by, act })
}

/// The id of a command that somebody named: nobody can name another's.
fn own(actor: &Actor, command: CommandId) -> CommandId {
    CommandId::derive("ledger.tell", &[actor.person.as_bytes().as_slice(), command.as_bytes()].concat())
}

impl<S: Sql, W: World> Ledger<S, W> {
    /// The command of an act, if whoever acts may. `member` is who has the member number it names.
    pub(super) async fn authorised(
        &self,
        now: Timestamp,
        visitor: Option<Visitor>,
        member: Option<PersonId>,
        command: CommandId,
        tell: LedgerTell,
    ) -> Meant<Request> {
        let Some(Visitor { actor, .. }) = visitor else { return Ok(Err(NotPosted::SignedOut)) };
        // Before anything is said about a number.
        if !actor.assurance.meets(Level::Passkey, now) {
            return Ok(Err(NotPosted::Refused(Refusal::StepUp { needs: Level::Passkey })));
        }
        // Who tries numbers learns who is somebody; nobody mistypes this often.
        if let Err(seconds) = self.tries.look(&actor.person, TRIES, now) {
            return Ok(Err(NotPosted::TooOften { seconds }));
        }
        // A code pays once, whoever sends it under whatever name; under another name it is refused as used.
        let id = match &tell {
            LedgerTell::Redeem { code, .. } => code.command(),
            _ => own(&actor, command),
        };
        let meant = match self.meant(&actor, member, command, tell).await? {
            Ok(meant) => meant,
            Err(not @ (NotPosted::MemberUnknown | NotPosted::CodeUnknown)) => {
                let tried = self.tries.take(actor.person, TRIES, now);
                return Ok(Err(tried.map_or_else(|seconds| NotPosted::TooOften { seconds }, |()| not)));
            }
            Err(not) => return Ok(Err(not)),
        };
        let refusal = match ledger::authorise(&actor, now, meant.clone()) {
            Ok(command) => return Ok(Ok(Request { id, command })),
            Err(refusal) => refusal,
        };
        // Said again after its answer was lost, it is answered again, whatever has changed since.
        let command = ledger::command_of(&actor, meant);
        let posted = self.receipt(self.book_for(&command), id).await?;
        Ok(if posted.is_some() { Ok(Request { id, command }) } else { Err(NotPosted::Refused(refusal)) })
    }

    async fn meant(&self, actor: &Actor, member: Option<PersonId>, form: CommandId, tell: LedgerTell) -> Meant<Tell> {
        Ok(match tell {
            LedgerTell::Pay { to: _, amount } => member
                .map(|member| Tell::Pay { to: ledger::account_of(member), amount })
                .ok_or(NotPosted::MemberUnknown),
            LedgerTell::Grant { budget, to: _, amount, reason } => {
                let known = self.municipality.budgets.iter().find(|one| one.code == budget);
                match (member, known) {
                    (None, _) => Err(NotPosted::MemberUnknown),
                    (_, None) => Err(NotPosted::BudgetUnknown),
                    (Some(to), Some(known)) => {
                        let (budget, terms) = (ledger::budget(&known.code), terms(&self.municipality, known));
                        Ok(Tell::Grant { budget, to, amount, reason, terms })
                    }
                }
            }
            LedgerTell::Correct { of, from: _, amount, reason } => {
                member.map(|from| Tell::Correct { of, from, amount, reason }).ok_or(NotPosted::MemberUnknown)
            }
            LedgerTell::Buy { shop, parts } => match shops::find(&self.sql, shop)? {
                Some(Shop { open, trade, .. }) => {
                    Ok(Tell::Buy { shop, open, parts, takes: takes(&self.municipality, trade) })
                }
                None => Err(NotPosted::ShopUnknown),
            },
            LedgerTell::Redeem { shop, code, amount } => self.redeem(actor, shop, &code, amount, form).await?,
            LedgerTell::Refund { shop, of, amount, reason } => {
                self.of_clerk(actor, shop)?.map(|shop| Tell::Refund { shop: shop.number, of, amount, reason })
            }
        })
    }

    async fn redeem(
        &self,
        actor: &Actor,
        shop: ShopNumber,
        code: &PayCode,
        amount: Points,
        form: CommandId,
    ) -> Meant<Tell> {
        let Shop { open, trade, .. } = match self.of_clerk(actor, shop)? {
            Ok(shop) => shop,
            Err(not) => return Ok(Err(not)),
        };
        let Some(made) = self.made_code(code).await? else { return Ok(Err(NotPosted::CodeUnknown)) };
        let MadeCode { account: from, max, until: before } = made;
        let (takes, code) = (takes(&self.municipality, trade), ByCode { before, form: own(actor, form) });
        Ok(Ok(Tell::Redeem { shop, open, amount, takes, from, max, code }))
    }

    /// The shop, if whoever acts is its clerk. Which other shops there are is no secret.
    pub(super) fn of_clerk(&self, actor: &Actor, shop: ShopNumber) -> Meant<Shop> {
        let is_clerk = shops::is_clerk(&self.sql, shop, actor.person)?;
        Ok(shops::find(&self.sql, shop)?.filter(|_| is_clerk).ok_or(NotPosted::NotAClerk))
    }
}
