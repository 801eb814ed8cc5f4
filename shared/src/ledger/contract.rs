//! What every ledger store must do. The same functions run over memory, over SQLite natively and inside the
//! real runtime: no test macros, no panics, the first thing that does not hold comes back as a sentence.

mod agreement;
mod holds;
mod lots;
mod shops;
mod storage;
mod transfers;
pub mod world;

pub use agreement::agree;

use super::{
    Balance, ByCode, Command, GrantReason, LedgerStore, Leg, Origin, Parts, Purse, Receipt, Refusal, Request, Tender,
    Terms, Usage, account_of, account_of_shop, budget, post, replay,
};
use crate::kernel::{AccountId, CommandId, Fault, HoldId, PersonId, Points, ShopNumber, Timestamp};

/// A case of the suite: its name, and what it does to a fresh, empty store.
pub type Case = (&'static str, fn(&dyn LedgerStore) -> Result<(), String>);

/// Every case. Each needs an empty store of its own.
pub const CASES: &[Case] = &[
    ("an empty ledger is in order", transfers::empty),
    ("fund, grant, pay", transfers::fund_grant_pay),
    ("a hundred identical retries post once", transfers::retries),
    ("another body under one id is refused", transfers::other_body),
    ("n of k spends succeed", transfers::spends),
    ("a refused batch writes nothing", transfers::refused),
    ("a statement in pages", transfers::statement),
    ("a balance tells its holds", holds::balance),
    ("a settlement returns the exact rest", holds::rest),
    ("a hold resolves once", holds::once),
    ("a hold ends at its time", holds::time),
    ("a clock set back revives nothing", holds::clock),
    ("what ends soonest is spent first", lots::order),
    ("a lot ends with its last day", lots::ends),
    ("what lapsed is found soonest first", lots::lapsing),
    ("a hold takes what outlives it", lots::held),
    ("bound value goes to nobody else", lots::bound),
    ("a grant is taken back from its own lot", lots::corrected),
    ("a purchase is paid out of the purses it names", shops::purses),
    ("a coupon pays where it is taken and nowhere else", shops::coupons),
    ("a code pays until it ends", shops::codes),
    ("a refund goes back to the lots it came from", shops::refunds),
    ("a command id is kept once", storage::command_twice),
    ("a journal number is kept once", storage::entry_twice),
    ("the plan is what is read", storage::plan),
    ("a batch beyond one value's size", storage::large),
    ("random commands agree with memory", agreement::random),
];

/// A fixed moment in November 2025.
pub const NOW: Timestamp = Timestamp(1_763_000_000_000);

/// Runs the whole suite, each case on a fresh store; the names of failed cases with their sentence.
pub fn run<S: LedgerStore>(mut fresh: impl FnMut() -> S) -> Vec<(&'static str, String)> {
    CASES.iter().filter_map(|(name, case)| case(&fresh()).err().map(|why| (*name, why))).collect()
}

fn check(holds: bool, what: impl core::fmt::Display) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what.to_string()) }
}

fn same<T: PartialEq + core::fmt::Debug>(what: &str, got: &T, wanted: &T) -> Result<(), String> {
    check(got == wanted, format_args!("{what}: got {got:?}, wanted {wanted:?}"))
}

fn broken(fault: Fault) -> String {
    fault.to_string()
}

fn points(value: u64) -> Points {
    Points::new(value).unwrap_or(Points::MAX)
}

/// A person's account by a small number.
pub fn person(number: u8) -> AccountId {
    account_of(PersonId::from_bytes([number; 16]))
}

/// A shop's account by a small number.
pub fn shop_account(number: u64) -> AccountId {
    account_of_shop(ShopNumber::from_random(number))
}

fn purse() -> AccountId {
    budget("contract")
}

fn hold_id(number: u8) -> HoldId {
    HoldId::from_bytes([number; 16])
}

fn request(number: u32, command: Command) -> Request {
    Request { id: CommandId::derive("contract", &number.to_be_bytes()), command }
}

fn fund(amount: u64) -> Command {
    Command::Fund { budget: purse(), amount: points(amount) }
}

/// Granted, for anything, for a year.
pub const YEAR: Terms = Terms { origin: Origin::Granted, usage: Usage::ANY, valid_days: 365 };

fn reason() -> Result<GrantReason, String> {
    GrantReason::parse("見守りのお礼").map_err(|error| error.to_string())
}

fn grant(to: u8, amount: u64) -> Result<Command, String> {
    grant_on(YEAR, to, amount)
}

fn grant_on(terms: Terms, to: u8, amount: u64) -> Result<Command, String> {
    Ok(Command::Grant { budget: purse(), to: person(to), amount: points(amount), reason: reason()?, terms })
}

fn pay(from: u8, to: u8, amount: u64) -> Command {
    Command::Pay { from: person(from), to: person(to), amount: points(amount) }
}

fn hold(number: u8, from: u8, amount: u64, until: Timestamp) -> Command {
    Command::Hold { hold: hold_id(number), from: person(from), amount: points(amount), until }
}

fn settle(number: u8, legs: Vec<Leg>) -> Command {
    Command::Settle { hold: hold_id(number), legs }
}

fn buy(from: u8, at_shop: u64, parts: &[(Purse, u64)]) -> Command {
    Command::Purchase {
        from: person(from),
        shop: shop_account(at_shop),
        tender: Tender::Chosen(parts.iter().map(|(purse, amount)| (*purse, points(*amount))).collect::<Parts>()),
        takes: Vec::new(),
        code: None,
    }
}

/// Posts the commands as one batch under ids from `first` on.
fn tell(
    store: &dyn LedgerStore,
    now: Timestamp,
    first: u32,
    commands: Vec<Command>,
) -> Result<Vec<Result<Receipt, Refusal>>, String> {
    let batch: Vec<_> = (first..).zip(commands).map(|(number, command)| request(number, command)).collect();
    post(store, now, &batch).map_err(broken)
}

/// As [`tell`], and none may be refused.
fn told(store: &dyn LedgerStore, now: Timestamp, first: u32, commands: Vec<Command>) -> Result<Vec<Receipt>, String> {
    let answers = tell(store, now, first, commands)?;
    answers.into_iter().collect::<Result<Vec<_>, _>>().map_err(|refusal| format!("refused: {refusal:?}"))
}

/// The purse funded with 10,000 points and people 1 and 2 granted 100 each. Uses command ids 0 to 2.
fn set_up(store: &dyn LedgerStore) -> Result<(), String> {
    told(store, NOW, 0, vec![fund(10_000), grant(1, 100)?, grant(2, 100)?]).map(drop)
}

fn balance(store: &dyn LedgerStore, account: AccountId) -> Result<Balance, String> {
    balance_at(store, account, NOW)
}

fn balance_at(store: &dyn LedgerStore, account: AccountId, now: Timestamp) -> Result<Balance, String> {
    let mut balances = store.balances(&[account], now).map_err(broken)?;
    balances.pop().ok_or_else(|| "no balance".to_owned())
}

/// Posted and available points.
fn stands(store: &dyn LedgerStore, account: AccountId, posted: i64, available: i64) -> Result<(), String> {
    let balance = balance(store, account)?;
    same("posted and available", &(balance.posted, balance.available), &(posted, available))
}

/// Totals hold, and the journal replays to the balances and holds the store tells. Answers the number of entries.
fn in_order(store: &dyn LedgerStore) -> Result<u64, String> {
    let totals = store.totals().map_err(broken)?;
    check(totals.hold_true(), format_args!("{totals:?}"))?;
    let mut entries = Vec::new();
    loop {
        let page = store.journal(entries.len() as u64, 7_000).map_err(broken)?;
        if page.is_empty() {
            break;
        }
        entries.extend(page);
    }
    same("journal length", &(entries.len() as u64), &totals.entries)?;
    let book = replay(&entries).map_err(|error| error.to_string())?;
    let ids: Vec<_> = book.accounts.keys().copied().collect();
    for balance in store.balances(&ids, NOW).map_err(broken)? {
        let replayed = book.accounts.get(&balance.account).map(|account| (account.posted, account.held));
        same("replayed", &Some((balance.posted, balance.held.get() as i64)), &replayed)?;
        let lots = balance.lots.iter().map(|one| (one.lot, (one.posted.get() as i64, one.held.get() as i64)));
        same("lots", &Some(lots.collect()), &book.accounts.get(&balance.account).map(|account| account.lots.clone()))?;
        let behind: u64 = balance.holds.iter().map(|hold| hold.amount.get()).sum();
        same("holds behind a balance", &behind, &balance.held.get())?;
    }
    Ok(totals.entries)
}

#[cfg(test)]
mod tests {
    use super::super::Memory;

    #[test]
    fn memory_keeps_the_contract() {
        assert_eq!(super::run(Memory::new), vec![]);
    }
}
