//! Books side by side (台帳の分割): which of them keeps an account, and what lies between two of them.
//!
//! A ledger in one book is the rule. In several, each has its own journal and its own trial balance; points that go from one
//! to another leave the first into its transit account and come into the second out of its own ([`process::transit`]).
//!
//! [`process::transit`]: crate::process::transit

use super::account::AccountKind;
use crate::kernel::{AccountId, Shard, Shards};

/// The book that keeps an account of that kind: a person's follows from the id, what is the town's is in the first. None
/// where every book has its own: fees, what was issued and what lapsed, and what is under way.
pub fn home(shards: Shards, kind: AccountKind, account: AccountId) -> Option<Shard> {
    match kind {
        AccountKind::Person => {
            let [first, ..] = *account.as_bytes();
            Some(shards.of_number(first))
        }
        AccountKind::Budget | AccountKind::Shop => Some(Shard::FIRST),
        AccountKind::Fee | AccountKind::Issuer | AccountKind::Expired | AccountKind::Transit => None,
    }
}

/// One book among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    shards: Shards,
    here: Shard,
}

impl Default for Place {
    fn default() -> Self {
        Self::WHOLE
    }
}

impl Place {
    /// The only book.
    pub const WHOLE: Self = Self { shards: Shards::ONE, here: Shard::FIRST };

    /// The book with that number. None if there are not so many.
    pub fn of(shards: Shards, number: u8) -> Option<Self> {
        shards.numbered(number).map(|here| Self { shards, here })
    }

    /// How many books there are.
    pub const fn shards(self) -> Shards {
        self.shards
    }

    /// Which book this is.
    pub const fn here(self) -> Shard {
        self.here
    }

    /// The book that keeps an account of that kind: this one, where every book has its own.
    pub fn book_of(self, kind: AccountKind, account: AccountId) -> Shard {
        home(self.shards, kind, account).unwrap_or(self.here)
    }

    /// The other book that keeps an account of that kind. None if this one does.
    pub fn elsewhere(self, kind: AccountKind, account: AccountId) -> Option<Shard> {
        Some(self.book_of(kind, account)).filter(|book| *book != self.here)
    }

    /// Every other book.
    pub fn others(self) -> impl Iterator<Item = Shard> {
        self.shards.all().filter(move |shard| *shard != self.here)
    }
}

const TRANSIT: [u8; 15] = *b"ledger:transit ";

/// The account of what is under way between this book and that one (未達): above zero what left for there and may have
/// arrived, below zero what came from there.
pub fn transit(to: Shard) -> AccountId {
    let mut bytes = [0; 16];
    let with_number = TRANSIT.into_iter().chain([to.number()]);
    bytes.iter_mut().zip(with_number).for_each(|(slot, byte)| *slot = byte);
    AccountId::from_bytes(bytes)
}

/// Whether an id is that of a [`transit`] account.
pub(super) fn is_transit(id: AccountId) -> bool {
    id.as_bytes().starts_with(&TRANSIT)
}

#[cfg(test)]
mod tests {
    use super::super::account::{account_of, account_of_shop, budget, expired, fee, issuer};
    use super::*;
    use crate::kernel::{PersonId, ShopNumber};

    #[test]
    fn one_book_keeps_everything() {
        let person = account_of(PersonId::from_bytes([7; 16]));
        for (kind, account) in
            [(AccountKind::Person, person), (AccountKind::Budget, budget("a")), (AccountKind::Fee, fee())]
        {
            assert_eq!(Place::WHOLE.elsewhere(kind, account), None);
        }
        assert_eq!(Place::WHOLE.others().count(), 0);
    }

    #[test]
    fn people_are_spread_and_what_is_the_towns_is_in_the_first() {
        let eight = Shards::try_from(8).unwrap();
        let mut kept = [0u32; 8];
        for number in 0..800u16 {
            let person = account_of(PersonId::from_bytes([number.to_be_bytes(); 8].concat().try_into().unwrap()));
            kept[usize::from(home(eight, AccountKind::Person, person).unwrap().number())] += 1;
        }
        assert!(kept.iter().all(|&count| (60..140).contains(&count)), "{kept:?}");
        let shop = account_of_shop(ShopNumber::from_random(5));
        assert_eq!(home(eight, AccountKind::Shop, shop), Some(Shard::FIRST));
        assert_eq!(home(eight, AccountKind::Budget, budget("a")), Some(Shard::FIRST));
        for (kind, own) in
            [(AccountKind::Fee, fee()), (AccountKind::Issuer, issuer()), (AccountKind::Expired, expired())]
        {
            assert_eq!(home(eight, kind, own), None);
        }
    }

    #[test]
    fn a_book_knows_what_others_keep() {
        let four = Shards::try_from(4).unwrap();
        let person = AccountId::from_bytes([6; 16]);
        for number in 0..4 {
            let place = Place::of(four, number).unwrap();
            assert_eq!(place.elsewhere(AccountKind::Person, person), (number != 2).then(|| four.numbered(2).unwrap()));
            assert_eq!(place.others().count(), 3);
            assert_eq!(place.elsewhere(AccountKind::Transit, transit(four.numbered(1).unwrap())), None);
        }
        assert_eq!(Place::of(four, 4), None);
    }

    #[test]
    fn transit_accounts_are_of_one_kind_and_distinct() {
        let four = Shards::try_from(4).unwrap();
        let [one, two] = [1, 2].map(|number| transit(four.numbered(number).unwrap()));
        assert!(one != two && is_transit(one) && is_transit(two) && !is_transit(fee()));
        for kind in AccountKind::ALL {
            assert_eq!(kind.admits(one), kind == AccountKind::Transit);
        }
        assert!(!AccountKind::Transit.admits(budget("a")));
    }
}
