//! What the ledger can be told.

use serde::{Deserialize, Serialize};

use super::account::{AccountKind, account_of, account_of_shop, fee};
use super::lot::{Portion, Terms, Usage};
use super::purse::{Parts, Tender};
use super::refusal::Refusal;
use super::shop::level_for;
use super::types::{Departure, Purpose};
use crate::kernel::{
    AccountId, Actor, CommandId, Digest, Fault, HoldId, Level, Line, PersonId, Points, Role, ShopNumber, Timestamp,
    digest,
};

/// Why an officer grants points (付与の理由): one line, read by the resident and by auditors.
pub type GrantReason = Line<80>;

/// One payee of a settlement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// Whom to pay.
    pub to: AccountId,
    /// A person or the fee account.
    pub kind: AccountKind,
    /// How much, at least one point.
    pub amount: Points,
}

/// What the ledger is told by the product's own processes (命令). Variants are only appended.
/// Commands of people come through [`authorise`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Makes value for a budget (予算の設定): its ceiling is the sum of these.
    Fund {
        /// The budget.
        budget: AccountId,
        /// How much.
        amount: Points,
    },
    /// Grants points of a budget to a person (付与).
    Grant {
        /// The budget.
        budget: AccountId,
        /// The person's account.
        to: AccountId,
        /// How much.
        amount: Points,
        /// Why; kept in the journal.
        reason: GrantReason,
        /// Where it comes from, what for and for how long.
        terms: Terms,
    },
    /// One person pays another (送る).
    Pay {
        /// Who pays.
        from: AccountId,
        /// Who is paid.
        to: AccountId,
        /// How much.
        amount: Points,
    },
    /// Sets a person's points aside (仮押さえ).
    Hold {
        /// The new hold.
        hold: HoldId,
        /// Whose points.
        from: AccountId,
        /// How many.
        amount: Points,
        /// From this moment on the hold can only be given back.
        until: Timestamp,
    },
    /// Pays a hold out to one to [`LEGS_MAX`](crate::kernel::limit::LEGS_MAX) payees and gives the exact rest back (精算).
    Settle {
        /// The hold.
        hold: HoldId,
        /// The payees.
        legs: Vec<Leg>,
    },
    /// Gives a hold back (取り消し).
    Release {
        /// The hold.
        hold: HoldId,
    },
    /// Gives a hold back whose time has passed (期限切れ).
    Expire {
        /// The hold.
        hold: HoldId,
    },
    /// Takes what has lapsed out of a person's account (失効). Points set aside stay until their hold ends.
    Lapse {
        /// The account.
        account: AccountId,
    },
    /// Takes a grant back, or a part of it, from the very lot that was granted (付与の訂正).
    Correct {
        /// The entry of the grant.
        of: u64,
        /// Whom it was granted to: a number read out badly is not somebody else's grant.
        from: AccountId,
        /// How much.
        amount: Points,
        /// Why; kept in the journal.
        reason: GrantReason,
    },
    /// A person pays a shop (買い物).
    Purchase {
        /// Who pays.
        from: AccountId,
        /// The shop's account.
        shop: AccountId,
        /// How much, out of which purses: one to
        /// [`PURSES_MAX`](crate::kernel::limit::PURSES_MAX), each of something.
        tender: Tender,
        /// The coupons the shop takes.
        takes: Vec<Usage>,
        /// The code it is paid with, if it is.
        code: Option<ByCode>,
    },
    /// A shop gives a purchase back, or a part of it, to the lots it was paid with (返金).
    Refund {
        /// The entry of the purchase.
        of: u64,
        /// The shop's account: a number read out badly is not somebody else's purchase.
        shop: AccountId,
        /// How much.
        amount: Points,
        /// Why; kept in the journal.
        reason: GrantReason,
    },
    /// Takes in what left another book for an account of this one (着金). The books say this among themselves.
    Arrive(Parcel),
    /// Gives back what the other book refused (差戻し). The books say this among themselves.
    Return {
        /// The entry it left with.
        of: u64,
    },
}

/// What travels from one book to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Where it left.
    pub departure: Departure,
    /// From this account.
    pub from: AccountId,
    /// For this one.
    pub to: AccountId,
    /// How many points.
    pub amount: Points,
    /// Why.
    pub purpose: Purpose,
    /// Of which lots, in the order of spending; together `amount`.
    pub lots: Vec<Portion>,
}

/// What a payment by code depends on besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByCode {
    /// From this moment on the code pays no more.
    pub before: Timestamp,
    /// The clerk's own command: the same form sent again is the same payment, another one for as much is not.
    pub form: CommandId,
}

impl Command {
    /// The account it is about, in whose book it is decided. None where a hold or an entry says which: they are in one book.
    pub const fn account(&self) -> Option<(AccountKind, AccountId)> {
        Some(match self {
            Self::Fund { budget, .. } | Self::Grant { budget, .. } => (AccountKind::Budget, *budget),
            Self::Pay { from, .. }
            | Self::Hold { from, .. }
            | Self::Lapse { account: from }
            | Self::Correct { from, .. }
            | Self::Purchase { from, .. } => (AccountKind::Person, *from),
            Self::Refund { shop, .. } => (AccountKind::Shop, *shop),
            Self::Arrive(parcel) => (parcel.purpose.kinds().1, parcel.to),
            Self::Settle { .. } | Self::Release { .. } | Self::Expire { .. } | Self::Return { .. } => return None,
        })
    }

    /// Tells two bodies under one id apart.
    pub fn fingerprint(&self) -> Result<Digest, Fault> {
        let body = postcard::to_allocvec(self).map_err(|error| Fault::new("ledger.fingerprint", error))?;
        Ok(digest(&[b"ledger.command", &body]))
    }
}

/// A command under the id that makes it happen once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The key of idempotence.
    pub id: CommandId,
    /// What to do.
    pub command: Command,
}

/// What a person may tell the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tell {
    /// Pay somebody from one's own account.
    Pay {
        /// Who is paid.
        to: AccountId,
        /// How much.
        amount: Points,
    },
    /// Grant points of a budget.
    Grant {
        /// The budget.
        budget: AccountId,
        /// Who is granted them.
        to: PersonId,
        /// How much.
        amount: Points,
        /// Why.
        reason: GrantReason,
        /// The terms the budget grants on.
        terms: Terms,
    },
    /// Take back what was granted.
    Correct {
        /// The entry of the grant.
        of: u64,
        /// Whom it was granted to.
        from: PersonId,
        /// How much.
        amount: Points,
        /// Why.
        reason: GrantReason,
    },
    /// Pay a shop from one's own account.
    Buy {
        /// Which.
        shop: ShopNumber,
        /// Whether it takes payments.
        open: bool,
        /// How much out of which purses.
        parts: Parts,
        /// The coupons it takes.
        takes: Vec<Usage>,
    },
    /// Be paid at a shop with somebody's one-time code.
    Redeem {
        /// Which.
        shop: ShopNumber,
        /// Whether it takes payments.
        open: bool,
        /// How much.
        amount: Points,
        /// The coupons it takes.
        takes: Vec<Usage>,
        /// Whose code.
        from: AccountId,
        /// The most it pays.
        max: Points,
        /// When it ends, and the clerk's form.
        code: ByCode,
    },
    /// Give a purchase of a shop back, or a part of it.
    Refund {
        /// The shop, of which the actor is a clerk.
        shop: ShopNumber,
        /// The entry of the purchase.
        of: u64,
        /// How much.
        amount: Points,
        /// Why.
        reason: GrantReason,
    },
}

/// The command a person's wish amounts to, if they may ask for it: paying needs a passkey, and a fresh one or the card for
/// much; granting and correcting a grant need an officer with a fresh one, and nobody does either to themself. Whoever acts
/// for a shop is its clerk: that is not known here.
pub fn authorise(actor: &Actor, now: Timestamp, tell: Tell) -> Result<Command, Refusal> {
    let at_level = |needs| if actor.assurance.meets(needs, now) { Ok(()) } else { Err(Refusal::StepUp { needs }) };
    let as_officer = |with: PersonId| {
        if !actor.roles.has(Role::Officer) || with == actor.person {
            return Err(Refusal::NotAllowed);
        }
        at_level(Level::FreshPasskey)
    };
    let is_open = |open: bool| if open { Ok(()) } else { Err(Refusal::ShopClosed) };
    match &tell {
        Tell::Pay { amount, .. } => at_level(level_for(*amount))?,
        Tell::Grant { to: with, .. } | Tell::Correct { from: with, .. } => as_officer(*with)?,
        Tell::Buy { open, parts, .. } => {
            let amount = parts.values().try_fold(Points::ZERO, |sum, part| sum.plus(*part)).unwrap_or(Points::MAX);
            at_level(level_for(amount))?;
            is_open(*open)?;
        }
        Tell::Redeem { open, amount, max, .. } => {
            at_level(Level::Passkey)?;
            is_open(*open)?;
            if amount > max {
                return Err(Refusal::ExceedsCode { max: *max });
            }
        }
        Tell::Refund { .. } => at_level(Level::Passkey)?,
    }
    Ok(command_of(actor, tell))
}

/// The command a person's wish amounts to. For asking again what came of one that was posted: what is new goes through
/// [`authorise`].
pub fn command_of(actor: &Actor, tell: Tell) -> Command {
    let own = account_of(actor.person);
    match tell {
        Tell::Pay { to, amount } => Command::Pay { from: own, to, amount },
        Tell::Grant { budget, to, amount, reason, terms } => {
            Command::Grant { budget, to: account_of(to), amount, reason, terms }
        }
        Tell::Correct { of, from, amount, reason } => Command::Correct { of, from: account_of(from), amount, reason },
        Tell::Buy { shop, open: _, parts, takes } => {
            let (shop, tender) = (account_of_shop(shop), Tender::Chosen(parts));
            Command::Purchase { from: own, shop, tender, takes, code: None }
        }
        Tell::Redeem { shop, open: _, amount, takes, from, max: _, code } => {
            let (shop, tender) = (account_of_shop(shop), Tender::Whatever(amount));
            Command::Purchase { from, shop, tender, takes, code: Some(code) }
        }
        Tell::Refund { shop, of, amount, reason } => {
            Command::Refund { of, shop: account_of_shop(shop), amount, reason }
        }
    }
}

/// A reward as `(to the helper, fee)`; the two always sum to the reward, and the fee is rounded down.
/// A percentage over 100 counts as 100.
pub fn split(reward: Points, fee_percent: u8) -> (Points, Points) {
    let fee = reward.share(u64::from(fee_percent.min(100)), 100);
    // `share` never exceeds its whole, so the rest exists.
    (reward.minus(fee).unwrap_or(Points::ZERO), fee)
}

/// The legs that pay a helper and the fee, without a leg of nothing.
pub fn reward_legs(helper: AccountId, reward: Points, fee_percent: u8) -> Vec<Leg> {
    let (to_helper, to_fee) = split(reward, fee_percent);
    [
        Leg { to: helper, kind: AccountKind::Person, amount: to_helper },
        Leg { to: fee(), kind: AccountKind::Fee, amount: to_fee },
    ]
    .into_iter()
    .filter(|leg| !leg.amount.is_zero())
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::lot::Origin;
    use super::*;
    use crate::kernel::{Assurance, Proof, Roles, SignIn};

    const NOW: Timestamp = Timestamp(1_763_000_000_000);

    fn points(value: u64) -> Points {
        Points::new(value).unwrap()
    }

    fn actor(sign_in: SignIn, at: Timestamp, roles: Roles) -> Actor {
        let assurance = Assurance { proof: Proof::Card { at }, sign_in, at };
        Actor { person: PersonId::from_bytes([1; 16]), roles, assurance }
    }

    #[test]
    fn a_split_sums_exactly() {
        for reward in 0..=1000 {
            for percent in 0..=100 {
                let (helper, fee) = split(points(reward), percent);
                assert_eq!(helper.get() + fee.get(), reward);
                assert_eq!(fee.get(), reward * u64::from(percent) / 100);
            }
        }
        assert_eq!(split(points(9), 255), (Points::ZERO, points(9)));
        assert_eq!(split(Points::MAX, 7).1.get(), 7_000_000_000);
    }

    #[test]
    fn no_leg_of_nothing() {
        let helper = account_of(PersonId::from_bytes([1; 16]));
        assert_eq!(reward_legs(helper, points(10), 5).len(), 1);
        assert_eq!(reward_legs(helper, points(100), 5).len(), 2);
        assert_eq!(reward_legs(helper, points(100), 100).len(), 1);
        assert_eq!(reward_legs(helper, Points::ZERO, 5).len(), 0);
    }

    #[test]
    fn who_may_pay() {
        let to = account_of(PersonId::from_bytes([2; 16]));
        let pay = Tell::Pay { to, amount: points(5) };
        let card = actor(SignIn::Proof, NOW, Roles::NONE);
        assert_eq!(authorise(&card, NOW, pay.clone()), Err(Refusal::StepUp { needs: Level::Passkey }));
        let person = actor(SignIn::Passkey { synced: true }, NOW, Roles::NONE);
        let later = NOW.plus_seconds(86_400);
        assert_eq!(
            authorise(&person, later, pay),
            Ok(Command::Pay { from: account_of(person.person), to, amount: points(5) })
        );
    }

    #[test]
    fn who_may_grant() {
        let reason = GrantReason::parse("清掃").unwrap();
        let grant = |to| Tell::Grant {
            budget: super::super::budget("b"),
            to: PersonId::from_bytes([to; 16]),
            amount: points(5),
            reason: reason.clone(),
            terms: Terms { origin: Origin::Granted, usage: Usage::ANY, valid_days: 180 },
        };
        let correct = |from| Tell::Correct {
            of: 3,
            from: PersonId::from_bytes([from; 16]),
            amount: points(5),
            reason: reason.clone(),
        };
        let passkey = SignIn::Passkey { synced: false };
        let officer = Roles::NONE.with(Role::Officer);
        let late = NOW.plus_seconds(Assurance::FRESH_SECONDS + 1);
        let step_up = Err(Refusal::StepUp { needs: Level::FreshPasskey });
        let others = Roles::NONE.with(Role::Operator).with(Role::Auditor).with(Role::Administrator);
        for tell in [grant(2), correct(2)] {
            assert!(authorise(&actor(passkey, NOW, officer), NOW, tell).is_ok());
        }
        for (roles, now, to, sign_in, expected) in [
            (Roles::NONE, NOW, 2, passkey, Err(Refusal::NotAllowed)),
            (others, NOW, 2, passkey, Err(Refusal::NotAllowed)),
            (officer, NOW, 1, passkey, Err(Refusal::NotAllowed)),
            (officer, late, 1, passkey, Err(Refusal::NotAllowed)),
            (officer, late, 2, passkey, step_up.clone()),
            (officer, NOW, 2, SignIn::Proof, step_up),
        ] {
            for tell in [grant(to), correct(to)] {
                assert_eq!(authorise(&actor(sign_in, NOW, roles), now, tell), expected);
            }
        }
    }

    #[test]
    fn fingerprints_differ_by_body() {
        let hold = HoldId::from_bytes([1; 16]);
        let release = Command::Release { hold };
        assert_eq!(release.fingerprint(), release.clone().fingerprint());
        assert_ne!(release.fingerprint(), Command::Expire { hold }.fingerprint());
        assert_ne!(release.fingerprint(), Command::Release { hold: HoldId::from_bytes([2; 16]) }.fingerprint());
    }
}
