//! Accounts (口座): what they are for, what they have, and of which lots.

use serde::{Deserialize, Serialize};

use super::lot::{Holding, Lot, Portion};
use super::shard::is_transit;
use crate::kernel::{AccountId, Day, PersonId, Points, ShopNumber, limit::NUMBER_MAX};

/// What an account is for (口座の種類). Variants are only appended: the number is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum AccountKind {
    /// A resident's points (個人). The only kind whose value is in lots: elsewhere it is not yet issued or used up.
    Person = 0,
    /// A budget the municipality grants from (予算). Its ceiling is what it was funded with.
    Budget = 1,
    /// What the co-help centre keeps of a reward (手数料).
    Fee = 2,
    /// Where value is made (発行). Below zero.
    Issuer = 3,
    /// Where value goes that nobody spent in time (失効).
    Expired = 4,
    /// What the municipality owes a shop (加盟店).
    Shop = 5,
    /// What is under way between two books (未達): above or below zero.
    Transit = 6,
}

impl AccountKind {
    /// Every kind, at the index of its number.
    pub const ALL: [Self; 7] =
        [Self::Person, Self::Budget, Self::Fee, Self::Issuer, Self::Expired, Self::Shop, Self::Transit];

    /// The stored number.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The kind with that stored number.
    pub fn from_number(number: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }

    /// Whether an account of that id can be of this kind: [`issuer`], [`fee`], [`expired`] and those of
    /// [`transit`](super::transit) are the only ones of theirs.
    pub fn admits(self, id: AccountId) -> bool {
        match self {
            Self::Issuer => id == issuer(),
            Self::Fee => id == fee(),
            Self::Expired => id == expired(),
            Self::Transit => is_transit(id),
            Self::Person | Self::Budget | Self::Shop => ![issuer(), fee(), expired()].contains(&id) && !is_transit(id),
        }
    }

    /// Whether what such an account has is in lots.
    pub const fn in_lots(self) -> bool {
        matches!(self, Self::Person)
    }

    /// The word in exports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Budget => "budget",
            Self::Fee => "fee",
            Self::Issuer => "issuer",
            Self::Expired => "expired",
            Self::Shop => "shop",
            Self::Transit => "transit",
        }
    }
}

/// The account of a person.
pub fn account_of(person: PersonId) -> AccountId {
    AccountId::derive("ledger.person", person.as_bytes())
}

/// The budget with that code of the municipality, for example `welfare-2026`.
pub fn budget(code: &str) -> AccountId {
    AccountId::derive("ledger.budget", code.as_bytes())
}

/// The account of a shop.
pub fn account_of_shop(number: ShopNumber) -> AccountId {
    AccountId::derive("ledger.shop", &number.get().to_be_bytes())
}

/// The account that collects fees.
pub const fn fee() -> AccountId {
    AccountId::from_bytes(*b"ledger:fee     1")
}

/// The account that value is made from.
pub const fn issuer() -> AccountId {
    AccountId::from_bytes(*b"ledger:issuer  1")
}

/// The account that lapsed value goes to.
pub const fn expired() -> AccountId {
    AccountId::from_bytes(*b"ledger:expired 1")
}

/// An account. One that was never touched is an empty one of the kind its command names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// What it is for.
    pub kind: AccountKind,
    /// Points in minus points out.
    pub posted: i64,
    /// Points set aside by open holds.
    pub held: Points,
    /// What it has, by lot, in the order of spending; nothing where value is not in lots.
    pub lots: Vec<Holding>,
}

impl Account {
    /// An account nothing has happened to.
    pub const fn empty(id: AccountId, kind: AccountKind) -> Self {
        Self { id, kind, posted: 0, held: Points::ZERO, lots: Vec::new() }
    }

    /// What is not set aside: posted minus held. Of a person, lapsed value may still be in it.
    pub const fn free(&self) -> i64 {
        self.posted.saturating_sub(self.held.signed())
    }

    /// What is not set aside of the lots that will do.
    pub fn free_of(&self, will_do: impl Fn(&Lot) -> bool) -> Points {
        let free = self.lots.iter().filter(|holding| will_do(&holding.lot)).map(Holding::free);
        // Not more than `posted`, which is an amount.
        free.fold(Points::ZERO, |sum, free| sum.plus(free).unwrap_or(Points::MAX))
    }

    /// Everything that is not set aside of the lots that will do, in the order of spending.
    pub fn portions_of(&self, will_do: impl Fn(&Lot) -> bool) -> Vec<Portion> {
        let portion = |holding: &Holding| Portion { lot: holding.lot, amount: holding.free() };
        let portions = self.lots.iter().filter(|holding| will_do(&holding.lot)).map(portion);
        portions.filter(|portion| !portion.amount.is_zero()).collect()
    }

    /// The soonest last day of anything that is not set aside: on the day after it, something has lapsed.
    pub fn ends(&self) -> Option<Day> {
        self.lots.iter().find(|holding| !holding.free().is_zero()).map(|holding| holding.lot.last_day)
    }

    /// Whether the account is within its bounds: only the issuer and what is under way are below zero, nothing but the latter is
    /// beyond [`Points::MAX`], and the lots of a person come to what the person has.
    pub fn is_sound(&self) -> bool {
        // All there is is an amount. What went to another book less what came from it is not: it grows with what goes round.
        let most = if self.kind == AccountKind::Transit { NUMBER_MAX } else { Points::MAX.get() };
        let within = self.posted.unsigned_abs() <= most;
        match self.kind {
            AccountKind::Issuer => within && self.posted <= 0 && self.held.is_zero() && self.lots.is_empty(),
            AccountKind::Transit => within && self.held.is_zero() && self.lots.is_empty(),
            AccountKind::Budget | AccountKind::Fee | AccountKind::Expired | AccountKind::Shop => {
                within && self.posted >= 0 && self.held.is_zero() && self.lots.is_empty()
            }
            AccountKind::Person => within && self.free() >= 0 && self.lots_are_sound(),
        }
    }

    fn lots_are_sound(&self) -> bool {
        let each = |holding: &Holding| !holding.posted.is_zero() && holding.held <= holding.posted;
        let sum =
            |of: fn(&Holding) -> Points| self.lots.iter().map(|holding| i128::from(of(holding).get())).sum::<i128>();
        self.lots.is_sorted_by(|one, next| one.lot < next.lot)
            && self.lots.iter().all(each)
            && sum(|holding| holding.posted) == i128::from(self.posted)
            && sum(|holding| holding.held) == i128::from(self.held.get())
    }

    /// Points come in. None if that leaves the bounds.
    pub(super) fn receive(&mut self, amount: Points, portions: &[Portion]) -> Option<()> {
        self.posted = self.posted.checked_add(amount.signed())?;
        self.each(portions, |holding, amount| {
            holding.posted = holding.posted.plus(amount)?;
            Some(())
        })
    }

    /// Points go out, of those set aside or of the others. None if they are not there.
    pub(super) fn give(&mut self, amount: Points, portions: &[Portion], from_held: bool) -> Option<()> {
        self.posted = self.posted.checked_sub(amount.signed())?;
        if from_held {
            self.held = self.held.minus(amount)?;
        }
        self.each(portions, |holding, amount| {
            if from_held {
                holding.held = holding.held.minus(amount)?;
            }
            holding.posted = holding.posted.minus(amount)?;
            Some(())
        })
    }

    /// Points are set aside. None if they are not there.
    pub(super) fn set_aside(&mut self, amount: Points, portions: &[Portion]) -> Option<()> {
        self.held = self.held.plus(amount)?;
        self.each(portions, |holding, amount| {
            holding.held = holding.held.plus(amount)?;
            Some(())
        })
    }

    /// Points set aside are free again. None if they were not set aside.
    pub(super) fn take_back(&mut self, amount: Points, portions: &[Portion]) -> Option<()> {
        self.held = self.held.minus(amount)?;
        self.each(portions, |holding, amount| {
            holding.held = holding.held.minus(amount)?;
            Some(())
        })
    }

    /// Changes what there is of each lot; nothing of a lot is no row. Where value is not in lots, nothing is to do.
    fn each(&mut self, portions: &[Portion], change: impl Fn(&mut Holding, Points) -> Option<()>) -> Option<()> {
        if !self.kind.in_lots() {
            return Some(());
        }
        for &Portion { lot, amount } in portions {
            match self.lots.binary_search_by_key(&lot, |holding| holding.lot) {
                Ok(index) => {
                    let holding = self.lots.get_mut(index)?;
                    change(holding, amount)?;
                    if holding.posted.is_zero() {
                        self.lots.remove(index);
                    }
                }
                Err(index) => {
                    let mut holding = Holding { lot, posted: Points::ZERO, held: Points::ZERO };
                    change(&mut holding, amount)?;
                    self.lots.insert(index, holding);
                }
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::lot::{Origin, Usage};
    use super::*;

    fn points(value: u64) -> Points {
        Points::new(value).unwrap()
    }

    fn lot(last_day: i32) -> Lot {
        Lot { last_day: Day(last_day), issued: Day(0), usage: Usage::ANY, origin: Origin::Granted }
    }

    fn portion(last_day: i32, amount: u64) -> Portion {
        Portion { lot: lot(last_day), amount: points(amount) }
    }

    fn person() -> Account {
        let mut account = Account::empty(account_of(PersonId::from_bytes([7; 16])), AccountKind::Person);
        account.receive(points(9), &[portion(2, 4), portion(1, 5)]).unwrap();
        account
    }

    #[test]
    fn numbers_come_back() {
        for kind in AccountKind::ALL {
            assert_eq!(AccountKind::from_number(kind.number().into()), Some(kind));
        }
        for number in [-1, 7, i64::MAX, i64::MIN] {
            assert_eq!(AccountKind::from_number(number), None);
        }
    }

    #[test]
    fn reserved_accounts_are_of_one_kind() {
        let person = account_of(PersonId::from_bytes([7; 16]));
        for kind in AccountKind::ALL {
            assert_eq!(kind.admits(issuer()), kind == AccountKind::Issuer);
            assert_eq!(kind.admits(fee()), kind == AccountKind::Fee);
            assert_eq!(kind.admits(expired()), kind == AccountKind::Expired);
            assert_eq!(
                kind.admits(person),
                matches!(kind, AccountKind::Person | AccountKind::Budget | AccountKind::Shop)
            );
        }
    }

    #[test]
    fn accounts_are_distinct() {
        let ids = [
            issuer(),
            fee(),
            expired(),
            budget(""),
            account_of_shop(ShopNumber::from_random(0)),
            account_of_shop(ShopNumber::from_random(1)),
            budget("a"),
            account_of(PersonId::from_bytes([0; 16])),
            budget("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
        ];
        let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len());
    }

    #[test]
    fn lots_come_and_go() {
        let mut account = person();
        assert!(account.is_sound());
        assert_eq!(account.ends(), Some(Day(1)));
        assert_eq!(account.portions_of(|_| true), [portion(1, 5), portion(2, 4)]);
        account.set_aside(points(5), &[portion(1, 5)]).unwrap();
        assert!(account.is_sound());
        assert_eq!((account.free(), account.ends()), (4, Some(Day(2))));
        assert_eq!(account.free_of(|lot| lot.last_day == Day(1)), Points::ZERO);
        account.take_back(points(2), &[portion(1, 2)]).unwrap();
        account.give(points(3), &[portion(1, 3)], true).unwrap();
        account.give(points(2), &[portion(1, 2)], false).unwrap();
        assert!(account.is_sound());
        assert_eq!(account.portions_of(|_| true), [portion(2, 4)]);
    }

    #[test]
    fn what_is_not_there_cannot_go() {
        for portions in [[portion(1, 6)], [portion(3, 1)]] {
            assert_eq!(person().give(portions[0].amount, &portions, false), None);
            assert_eq!(person().take_back(portions[0].amount, &portions), None);
        }
        // More set aside of one lot than there is of it is found by the check behind every change.
        let mut account = person();
        assert_eq!(account.set_aside(points(6), &[portion(1, 6)]), Some(()));
        assert!(!account.is_sound());
    }

    #[test]
    fn soundness() {
        let person = person();
        for broken in [
            Account { posted: 8, ..person.clone() },
            Account { held: points(1), ..person.clone() },
            Account { lots: Vec::new(), ..person.clone() },
            Account { lots: person.lots.iter().rev().copied().collect(), ..person.clone() },
            Account { kind: AccountKind::Budget, ..person.clone() },
        ] {
            assert!(!broken.is_sound(), "{broken:?}");
        }
        let none = Account::empty(budget("x"), AccountKind::Budget);
        assert!(none.is_sound() && Account { posted: 3, ..none.clone() }.is_sound());
        assert!(!Account { posted: -1, ..none.clone() }.is_sound());
        assert!(!Account { posted: Points::MAX.get() as i64 + 1, ..none.clone() }.is_sound());
        let source = Account::empty(issuer(), AccountKind::Issuer);
        assert!(Account { posted: -1, ..source.clone() }.is_sound() && !Account { posted: 1, ..source }.is_sound());
    }
}
