//! What a batch needs to be loaded, before anything is decided.

use std::collections::BTreeSet;

use super::account::{expired, issuer};
use super::command::{Command, Request};
use super::shard::{Place, transit};
use crate::kernel::{AccountId, CommandId, HoldId};

/// The plan of one prefetch: sorted, each id once. With a hold its account is loaded too, and with a grant or purchase
/// both of its sides, because only what is stored knows them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reads {
    /// Commands that may have been posted before.
    pub commands: Vec<CommandId>,
    /// Accounts named by the commands.
    pub accounts: Vec<AccountId>,
    /// Holds named by the commands.
    pub holds: Vec<HoldId>,
    /// Entries of grants, purchases and departures to take back.
    pub originals: Vec<u64>,
}

impl Reads {
    /// Everything the batch can touch in that book.
    pub fn of(place: Place, batch: &[Request]) -> Self {
        let mut accounts: BTreeSet<_> = place.others().map(transit).collect();
        let mut holds = BTreeSet::new();
        let mut originals = BTreeSet::new();
        for request in batch {
            match &request.command {
                Command::Fund { budget, .. } => accounts.extend([issuer(), *budget]),
                Command::Grant { budget, to, .. } => accounts.extend([*budget, *to]),
                Command::Pay { from, to, .. } => accounts.extend([*from, *to]),
                Command::Hold { hold, from, .. } => {
                    holds.insert(*hold);
                    accounts.insert(*from);
                }
                Command::Settle { hold, legs } => {
                    holds.insert(*hold);
                    // Refused before any account is looked at, so a hostile list costs no read.
                    if legs.len() <= crate::kernel::limit::LEGS_MAX {
                        accounts.extend(legs.iter().map(|leg| leg.to));
                    }
                }
                Command::Release { hold } | Command::Expire { hold } => {
                    holds.insert(*hold);
                }
                Command::Lapse { account } => accounts.extend([*account, expired()]),
                Command::Purchase { from, shop, .. } => accounts.extend([*from, *shop]),
                Command::Correct { of, .. } | Command::Refund { of, .. } | Command::Return { of } => {
                    originals.insert(*of);
                }
                Command::Arrive(parcel) => {
                    accounts.insert(parcel.to);
                }
            }
        }
        Self {
            commands: batch.iter().map(|request| request.id).collect::<BTreeSet<_>>().into_iter().collect(),
            accounts: accounts.into_iter().collect(),
            holds: holds.into_iter().collect(),
            originals: originals.into_iter().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{AccountKind, GrantReason, Leg, budget, fee};
    use super::*;
    use crate::kernel::{Points, Timestamp};

    #[test]
    fn each_id_once_and_sorted() {
        let (a, b) = (budget("a"), budget("b"));
        let amount = Points::new(1).unwrap();
        let hold = HoldId::from_bytes([9; 16]);
        let legs = vec![Leg { to: fee(), kind: AccountKind::Fee, amount }];
        let commands = [
            Command::Pay { from: b, to: a, amount },
            Command::Pay { from: a, to: b, amount },
            Command::Hold { hold, from: a, amount, until: Timestamp(0) },
            Command::Settle { hold, legs },
            Command::Release { hold },
            Command::Lapse { account: a },
            Command::Correct { of: 7, from: a, amount, reason: GrantReason::parse("x").unwrap() },
            Command::Correct { of: 7, from: a, amount, reason: GrantReason::parse("y").unwrap() },
        ];
        let batch: Vec<_> = [3, 1, 2, 1, 3, 1, 2, 3]
            .into_iter()
            .zip(commands)
            .map(|(id, command)| Request { id: CommandId::from_bytes([id; 16]), command })
            .collect();
        let mut accounts = vec![a, b, fee(), expired()];
        accounts.sort();
        let commands = [1, 2, 3].map(|id| CommandId::from_bytes([id; 16])).to_vec();
        assert_eq!(
            Reads::of(Place::WHOLE, &batch),
            Reads { commands, accounts, holds: vec![hold], originals: vec![7] }
        );
        assert_eq!(Reads::of(Place::WHOLE, &[]), Reads::default());
    }

    #[test]
    fn too_many_legs_are_not_loaded() {
        let leg = Leg { to: fee(), kind: AccountKind::Fee, amount: Points::ZERO };
        let command = Command::Settle { hold: HoldId::from_bytes([1; 16]), legs: vec![leg; 5] };
        let reads = Reads::of(Place::WHOLE, &[Request { id: CommandId::from_bytes([1; 16]), command }]);
        assert_eq!(reads.accounts, vec![]);
    }
}
