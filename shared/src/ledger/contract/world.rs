//! A small, busy town: random commands over so few accounts, holds and ids that they get in each other's way.

use super::super::{
    AccountKind, ByCode, Command, GrantReason, Leg, Origin, Parts, Purse, Request, Tender, Terms, Usage, budget,
    expired, fee, issuer,
};
use super::{person, shop_account};
use crate::kernel::{AccountId, CommandId, HoldId, Points, Timestamp};

/// The seed where none is given.
pub const DEFAULT_SEED: u64 = 0x6d65_6775_7269;

/// Splitmix64 (Steele, Lea, Flood 2014).
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Starting from that seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Any number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`, which must not be zero.
    pub const fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// True once in `times`.
    pub const fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }
}

/// Makes commands, moves time.
#[derive(Debug, Clone)]
pub struct World {
    random: Random,
    now: Timestamp,
    made: u64,
    recent: Vec<Request>,
}

impl World {
    /// The same seed always makes the same commands.
    pub const fn new(seed: u64) -> Self {
        Self { random: Random::new(seed), now: super::NOW, made: 0, recent: Vec::new() }
    }

    /// The accounts in play, reserved ones included.
    pub fn accounts(&self) -> Vec<AccountId> {
        let people = (0..4).map(person);
        people.chain([budget("a"), budget("b"), shop_account(1), fee(), issuer(), expired()]).collect()
    }

    /// One to `most` commands that arrive together, and when.
    pub fn batch(&mut self, most: u64) -> (Timestamp, Vec<Request>) {
        let size = 1 + self.random.below(most);
        let now = self.tick();
        (now, (0..size).map(|_| self.request()).collect())
    }

    /// Time goes on by up to two seconds, stands still, or once in a while goes back, or on by up to two days.
    pub fn tick(&mut self) -> Timestamp {
        match self.random.below(16) {
            _ if self.random.once_in(60) => self.now = self.now.plus_seconds(self.random.below(2 * 86_400) as i64),
            0 => self.now = self.now.plus_seconds(-1),
            1..4 => self.now = Timestamp(self.now.0 + self.random.below(2_000) as i64),
            _ => {}
        }
        self.now
    }

    /// The next command: mostly new, sometimes a repeat, sometimes another body under a used id.
    pub fn request(&mut self) -> Request {
        let repeated = self.random.once_in(12).then(|| self.recent_one()).flatten();
        if let Some(mut request) = repeated {
            if self.random.once_in(3) {
                request.command = self.command();
            }
            return request;
        }
        self.made += 1;
        let request = Request { id: CommandId::derive("world", &self.made.to_be_bytes()), command: self.command() };
        if self.recent.len() >= 64 {
            self.recent.remove(0);
        }
        self.recent.push(request.clone());
        request
    }

    fn recent_one(&mut self) -> Option<Request> {
        let index = self.random.below(self.recent.len().max(1) as u64);
        self.recent.get(index as usize).cloned()
    }

    fn command(&mut self) -> Command {
        match self.random.below(30) {
            24..28 => self.purchase(),
            28..30 => match GrantReason::parse("返品") {
                Ok(reason) => {
                    Command::Refund { of: self.any_entry(), shop: self.shop(), amount: self.amount(), reason }
                }
                Err(_) => self.purchase(),
            },
            20 => Command::Lapse { account: self.person() },
            21..24 => match GrantReason::parse("訂正") {
                Ok(reason) => Command::Correct { of: self.entry(), from: self.person(), amount: self.amount(), reason },
                Err(_) => Command::Lapse { account: self.person() },
            },
            0..2 => Command::Fund { budget: self.budget(), amount: self.amount() },
            2..5 => {
                let (budget, to, amount) = (self.budget(), self.person(), self.amount());
                // Rust has no constant texts of this type; a pay stands in for one that cannot be.
                match GrantReason::parse("清掃") {
                    Ok(reason) => Command::Grant { budget, to, amount, reason, terms: self.terms() },
                    Err(_) => Command::Pay { from: budget, to, amount },
                }
            }
            5..9 => Command::Pay { from: self.person(), to: self.person(), amount: self.amount() },
            9..13 => {
                // Some last longer than some lots do.
                let most = if self.random.once_in(5) { 4 * 86_400 } else { 12 };
                let seconds = self.random.below(most) as i64 - 1;
                let until = self.now.plus_seconds(if self.random.once_in(40) { 1 << 40 } else { seconds });
                Command::Hold { hold: self.hold(), from: self.person(), amount: self.amount(), until }
            }
            13..17 => Command::Settle { hold: self.hold(), legs: self.legs() },
            17..18 => Command::Release { hold: self.hold() },
            _ => Command::Expire { hold: self.hold() },
        }
    }

    fn purchase(&mut self) -> Command {
        let size = if self.random.once_in(20) { self.random.below(7) } else { 1 + self.random.below(2) };
        let parts: Parts = (0..size).map(|_| (self.purse(), self.amount())).collect();
        let takes = if self.random.once_in(3) { vec![] } else { vec![Usage(1)] };
        let before = self.random.once_in(4).then(|| self.now.plus_seconds(self.random.below(3) as i64 - 1));
        let code = before.map(|before| ByCode { before, form: CommandId::from_bytes([1; 16]) });
        let tender = if self.random.once_in(3) { Tender::Whatever(self.amount()) } else { Tender::Chosen(parts) };
        Command::Purchase { from: self.person(), shop: self.shop(), tender, takes, code }
    }

    fn purse(&mut self) -> Purse {
        match self.random.below(16) {
            0..3 => Purse::Coupon(Usage(1)),
            3..6 => Purse::Paid,
            6 => Purse::Coupon(Usage(self.random.below(8) as u8)),
            _ => Purse::Granted,
        }
    }

    fn shop(&mut self) -> AccountId {
        match self.random.below(40) {
            0 => self.any(),
            odd if odd % 2 == 1 => shop_account(1),
            _ => shop_account(2),
        }
    }

    fn legs(&mut self) -> Vec<Leg> {
        let count = if self.random.once_in(20) { self.random.below(7) } else { 1 + self.random.below(2) };
        (0..count)
            .map(|_| match self.random.below(8) {
                0 => Leg { to: self.any(), kind: AccountKind::Person, amount: self.amount() },
                1 => {
                    let number = self.random.below(4) as usize;
                    let kind = AccountKind::ALL.get(number).copied().unwrap_or(AccountKind::Fee);
                    Leg { to: self.any(), kind, amount: self.amount() }
                }
                2..4 => Leg { to: fee(), kind: AccountKind::Fee, amount: self.amount() },
                _ => Leg { to: self.person(), kind: AccountKind::Person, amount: self.amount() },
            })
            .collect()
    }

    /// Mostly for a few days, so that lots end, meet and are passed over.
    fn terms(&mut self) -> Terms {
        let origin = if self.random.once_in(3) { Origin::Paid } else { Origin::Granted };
        let usage = if self.random.once_in(8) { Usage(1) } else { Usage::ANY };
        let valid_days = if self.random.once_in(8) { 400 } else { self.random.below(4) as u16 };
        Terms { origin, usage, valid_days }
    }

    /// An entry that may be a grant: the first few are, more often than not.
    fn entry(&mut self) -> u64 {
        // The first are grants more often than not, and the last may be of the same batch.
        if self.random.once_in(2) { self.random.below(8) } else { self.random.below(self.made.max(1)) }
    }

    /// About one in six commands makes an entry, so most of these are there.
    fn any_entry(&mut self) -> u64 {
        self.random.below(self.made / 6 + 2)
    }

    fn amount(&mut self) -> Points {
        let value = match self.random.below(64) {
            0 => Points::MAX.get(),
            1..8 => self.random.below(100),
            _ => self.random.below(6),
        };
        Points::new(value).unwrap_or(Points::MAX)
    }

    fn any(&mut self) -> AccountId {
        let accounts = self.accounts();
        accounts.get(self.random.below(accounts.len() as u64) as usize).copied().unwrap_or(fee())
    }

    fn person(&mut self) -> AccountId {
        if self.random.once_in(40) { self.any() } else { person(self.random.below(4) as u8) }
    }

    fn budget(&mut self) -> AccountId {
        match self.random.below(40) {
            0 => self.any(),
            odd if odd % 2 == 1 => budget("a"),
            _ => budget("b"),
        }
    }

    /// Out of eight that move on as commands are made, so that fresh, open and resolved ones all come up.
    fn hold(&mut self) -> HoldId {
        HoldId::derive("world", &(self.made / 16 + self.random.below(8)).to_be_bytes())
    }
}
