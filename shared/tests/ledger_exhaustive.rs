//! A world small enough to walk through completely: one budget, two people, a shop, the fee account, one hold, amounts 1
//! and 2, lots that end on the day they were issued or ten days later, three days. A model of a few lines says what
//! each command must do; the ledger has to agree on every command in every state that can be reached.

use std::collections::{BTreeMap, VecDeque};

use shared::kernel::{AccountId, CommandId, HoldId, Points, Timestamp};
use shared::ledger::contract::{NOW, YEAR, person, shop_account};
use shared::ledger::{
    AccountKind, Act, Command, Entry, GrantReason, HoldState, Leg, Lot, Memory, Portion, Purpose, Purse as SpentFrom,
    Request, Tender, Terms, budget, expired, fee, post,
};

/// No more than this is made, so that the world is finite.
const MADE_MAX: i64 = 3;
const DAYS: u8 = 3;
/// How long lots last that do not end at once.
const LONG: u8 = 10;

/// A lot by its last day and its day of issue, counted from the first day: the order they are spent in.
type Kind = (u8, u8);
type Purse = BTreeMap<Kind, i64>;

/// The first grant there was: to whom, of which lot, how much of it was not taken back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Grant {
    to: usize,
    kind: Kind,
    left: i64,
}

/// The first purchase there was: what of each lot was not given back.
type Sale = Purse;

/// What the model knows. What is set aside is in the hold, not in the purse of person 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Model {
    budget: i64,
    fee: i64,
    expired: i64,
    shop: i64,
    purses: [Purse; 2],
    hold: Option<(HoldState, i64, Purse)>,
    first: Option<Grant>,
    sale: Option<Sale>,
    day: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Wait,
    Fund(i64),
    Grant(usize, i64, u8),
    Pay(usize, usize, i64),
    Hold(i64),
    Settle(i64, i64),
    Release,
    Expire,
    Lapse(usize),
    Correct(i64),
    Buy(i64),
    Refund(i64),
}

fn steps() -> Vec<Step> {
    let mut steps = vec![Step::Wait, Step::Release, Step::Expire, Step::Lapse(1), Step::Lapse(2)];
    for amount in 0..=2 {
        steps.extend([Step::Fund(amount), Step::Hold(amount), Step::Correct(amount)]);
        steps.extend([Step::Buy(amount), Step::Refund(amount)]);
        steps.extend([0, LONG].map(|lasts| Step::Grant(1, amount, lasts)));
        steps.extend([Step::Grant(2, amount, LONG), Step::Pay(1, 2, amount), Step::Pay(2, 1, amount)]);
        steps.push(Step::Pay(1, 1, amount));
        steps.extend((0..=2).map(|fee| Step::Settle(amount, fee)));
    }
    steps
}

/// Takes that much out of the lots that will do, soonest to end first. None if there is less.
fn take(purse: &mut Purse, mut amount: i64, will_do: impl Fn(Kind) -> bool) -> Option<Purse> {
    let mut taken = Purse::new();
    for (kind, left) in purse.iter_mut().filter(|(kind, _)| will_do(**kind)) {
        let now = amount.min(*left);
        *left -= now;
        amount -= now;
        taken.insert(*kind, now);
    }
    purse.retain(|_, left| *left > 0);
    taken.retain(|_, amount| *amount > 0);
    (amount == 0).then_some(taken)
}

fn put(purse: &mut Purse, lots: Purse) {
    lots.into_iter().for_each(|(kind, amount)| *purse.entry(kind).or_default() += amount);
}

fn sum(purse: &Purse) -> i64 {
    purse.values().sum()
}

impl Model {
    /// The state after the step, or none if it must be refused. The hold ends a day after the first moment.
    fn after(&self, step: Step) -> Option<Self> {
        let mut next = self.clone();
        let open = match &self.hold {
            Some((HoldState::Open, amount, lots)) => Some((*amount, lots.clone())),
            _ => None,
        };
        let day = self.day;
        let alive = |(last_day, _): Kind| last_day >= day;
        match step {
            Step::Wait => next.day += 1,
            Step::Fund(amount) => {
                (amount > 0).then_some(())?;
                next.budget += amount;
            }
            Step::Grant(to, amount, lasts) => {
                (amount > 0 && self.budget >= amount).then_some(())?;
                let kind = (day + lasts, day);
                next.budget -= amount;
                put(&mut next.purses[to - 1], Purse::from([(kind, amount)]));
                next.first = self.first.clone().or(Some(Grant { to, kind, left: amount }));
            }
            Step::Pay(from, to, amount) => {
                (amount > 0 && from != to).then_some(())?;
                let lots = take(&mut next.purses[from - 1], amount, alive)?;
                put(&mut next.purses[to - 1], lots);
            }
            Step::Hold(amount) => {
                (amount > 0 && self.hold.is_none() && day < 1).then_some(())?;
                // What is set aside has to see the second day.
                let lots = take(&mut next.purses[0], amount, |(last_day, _)| last_day >= 1)?;
                next.hold = Some((HoldState::Open, amount, lots));
            }
            Step::Settle(reward, fee) => {
                let (amount, mut lots) = open?;
                (reward > 0 && fee > 0 && day < 1 && reward + fee <= amount).then_some(())?;
                let rewarded = take(&mut lots, reward, |_| true)?;
                put(&mut next.purses[1], rewarded);
                next.fee += sum(&take(&mut lots, fee, |_| true)?);
                put(&mut next.purses[0], lots);
                next.hold = Some((HoldState::Settled, amount, Purse::new()));
            }
            Step::Release | Step::Expire => {
                let (amount, lots) = open?;
                (step == Step::Release || day >= 1).then_some(())?;
                put(&mut next.purses[0], lots);
                let state = if step == Step::Release { HoldState::Released } else { HoldState::Expired };
                next.hold = Some((state, amount, Purse::new()));
            }
            Step::Lapse(who) => {
                let purse = &mut next.purses[who - 1];
                let over: i64 = purse.iter().filter(|(kind, _)| !alive(**kind)).map(|(_, amount)| amount).sum();
                (over > 0).then_some(())?;
                purse.retain(|kind, _| alive(*kind));
                next.expired += over;
            }
            Step::Correct(amount) => {
                let first = next.first.as_mut()?;
                (amount > 0 && amount <= first.left).then_some(())?;
                first.left -= amount;
                take(&mut next.purses[first.to - 1], amount, |kind| kind == first.kind)?;
                next.budget += amount;
            }
            Step::Buy(amount) => {
                (amount > 0).then_some(())?;
                let lots = take(&mut next.purses[0], amount, alive)?;
                next.shop += amount;
                next.sale = self.sale.clone().or(Some(lots));
            }
            Step::Refund(amount) => {
                let sale = next.sale.as_mut()?;
                (amount > 0 && amount <= self.shop && amount <= sum(sale)).then_some(())?;
                // What was spent last comes back first: all but that much of what was spent first stays.
                let kept = take(sale, sum(sale) - amount, |_| true)?;
                put(&mut next.purses[0], std::mem::replace(sale, kept));
                next.shop -= amount;
            }
        }
        Some(next)
    }

    fn made(&self) -> i64 {
        let held = self.hold.as_ref().map_or(0, |(_, _, lots)| sum(lots));
        self.budget + self.fee + self.expired + self.shop + self.purses.iter().map(sum).sum::<i64>() + held
    }
}

fn bank() -> AccountId {
    budget("b")
}

fn account(number: usize) -> AccountId {
    person(number as u8)
}

fn points(amount: i64) -> Points {
    Points::new(amount as u64).unwrap()
}

fn at(day: u8) -> Timestamp {
    NOW.plus_seconds(i64::from(day) * 86_400)
}

fn reason() -> GrantReason {
    GrantReason::parse("x").unwrap()
}

/// The first purchase in the journal: its lots.
fn first_sale(entries: &[Entry]) -> Option<(u64, Vec<Portion>)> {
    entries.iter().find_map(|entry| match &entry.act {
        Act::Transfer { purpose: Purpose::Purchase, lots, .. } => Some((entry.seq, lots.clone())),
        _ => None,
    })
}

/// The first grant in the journal.
fn first_grant(entries: &[Entry]) -> Option<(u64, AccountId, Portion)> {
    entries.iter().find_map(|entry| match &entry.act {
        Act::Transfer { credit, purpose: Purpose::Grant { .. }, lots, .. } => Some((entry.seq, *credit, lots[0])),
        _ => None,
    })
}

fn command(step: Step, store: &Memory) -> Option<Command> {
    let hold = HoldId::from_bytes([1; 16]);
    Some(match step {
        Step::Wait => return None,
        Step::Fund(amount) => Command::Fund { budget: bank(), amount: points(amount) },
        Step::Grant(to, amount, lasts) => Command::Grant {
            budget: bank(),
            to: account(to),
            amount: points(amount),
            reason: reason(),
            terms: Terms { valid_days: lasts.into(), ..YEAR },
        },
        Step::Pay(from, to, amount) => Command::Pay { from: account(from), to: account(to), amount: points(amount) },
        Step::Hold(amount) => Command::Hold { hold, from: account(1), amount: points(amount), until: at(1) },
        Step::Settle(reward, fee_amount) => Command::Settle {
            hold,
            legs: vec![
                Leg { to: account(2), kind: AccountKind::Person, amount: points(reward) },
                Leg { to: fee(), kind: AccountKind::Fee, amount: points(fee_amount) },
            ],
        },
        Step::Release => Command::Release { hold },
        Step::Expire => Command::Expire { hold },
        Step::Lapse(who) => Command::Lapse { account: account(who) },
        Step::Correct(amount) => {
            let (of, from) = first_grant(&store.entries()).map_or((1, account(1)), |(of, to, _)| (of, to));
            Command::Correct { of, from, amount: points(amount), reason: reason() }
        }
        Step::Buy(amount) => Command::Purchase {
            from: account(1),
            shop: shop_account(1),
            tender: Tender::Chosen([(SpentFrom::Granted, points(amount))].into()),
            takes: vec![],
            code: None,
        },
        Step::Refund(amount) => {
            let of = first_sale(&store.entries()).map_or(1, |(of, _)| of);
            Command::Refund { of, shop: shop_account(1), amount: points(amount), reason: reason() }
        }
    })
}

/// What the ledger knows, in the model's terms.
fn told(store: &Memory, day: u8) -> Model {
    let kind = |lot: &Lot| {
        let since = |day: i32| u8::try_from(day - NOW.day().0).unwrap();
        (since(lot.last_day.0), since(lot.issued.0))
    };
    let mut model = Model { day, ..Model::default() };
    for stored in store.accounts() {
        let place = match stored.id {
            id if id == bank() => &mut model.budget,
            id if id == fee() => &mut model.fee,
            id if id == expired() => &mut model.expired,
            id if id == shop_account(1) => &mut model.shop,
            id => {
                let free = stored.lots.iter().map(|one| (kind(&one.lot), one.free().get() as i64));
                let free: Purse = free.filter(|(_, amount)| *amount > 0).collect();
                match (1..=2).find(|number| account(*number) == id) {
                    Some(number) => model.purses[number - 1] = free,
                    None => assert_eq!(stored.kind, AccountKind::Issuer),
                }
                continue;
            }
        };
        *place = stored.posted;
    }
    model.hold = store.holds().first().map(|hold| {
        let open = hold.state == HoldState::Open;
        let lots = hold.lots.iter().filter(|_| open).map(|one| (kind(&one.lot), one.amount.get() as i64));
        (hold.state, hold.amount.get() as i64, lots.collect())
    });
    let entries = store.entries();
    model.first = first_grant(&entries).map(|(of, to, granted)| {
        let to = (1..=2).find(|number| account(*number) == to).unwrap();
        let back = entries.iter().filter_map(|entry| match &entry.act {
            Act::Transfer { amount, purpose: Purpose::Correction { of: seq, .. }, .. } if *seq == of => {
                Some(amount.get())
            }
            _ => None,
        });
        Grant { to, kind: kind(&granted.lot), left: (granted.amount.get() - back.sum::<u64>()) as i64 }
    });
    model.sale = first_sale(&entries).map(|(of, lots)| {
        let mut left: Sale = lots.iter().map(|one| (kind(&one.lot), one.amount.get() as i64)).collect();
        for entry in &entries {
            let Act::Transfer { purpose: Purpose::Refund { of: seq, .. }, lots, .. } = &entry.act else { continue };
            for one in lots.iter().filter(|_| *seq == of) {
                *left.get_mut(&kind(&one.lot)).unwrap() -= one.amount.get() as i64;
            }
        }
        left.retain(|_, left| *left > 0);
        left
    });
    model
}

/// Does the step on a copy of the store and compares; answers the new store if the world went on.
fn walk(store: &Memory, model: &Model, step: Step, number: u64) -> Option<(Memory, Model)> {
    let wanted = model.after(step);
    let store = store.clone();
    if let Some(command) = command(step, &store) {
        let before = store.clone();
        let request = Request { id: CommandId::derive("exhaustive", &number.to_be_bytes()), command };
        let answer = post(&store, at(model.day), &[request]).unwrap()[0];
        assert_eq!(answer.is_ok(), wanted.is_some(), "{step:?} in {model:?}: {answer:?}");
        if answer.is_err() {
            assert_eq!(store, before, "{step:?} in {model:?}");
        }
    }
    let wanted = wanted?;
    assert_eq!(told(&store, wanted.day), wanted, "{step:?} in {model:?}");
    Some((store, wanted))
}

#[test]
fn every_command_in_every_state_that_can_be_reached() {
    let mut known: BTreeMap<Model, ()> = BTreeMap::from([(Model::default(), ())]);
    let mut open = VecDeque::from([(Memory::new(), Model::default(), 0u64)]);
    let mut walked = 0;
    while let Some((store, model, depth)) = open.pop_front() {
        for step in steps() {
            walked += 1;
            let Some((store, next)) = walk(&store, &model, step, depth) else { continue };
            if next.made() <= MADE_MAX && next.day < DAYS && known.insert(next.clone(), ()).is_none() {
                open.push_back((store, next, depth + 1));
            }
        }
    }
    println!("{} states, {walked} steps", known.len());
    assert!(known.len() > 1_000, "{}", known.len());
}

#[test]
fn every_sequence_of_four_commands() {
    // From a start in which everything can be done.
    let start = [Step::Fund(2), Step::Fund(1), Step::Grant(1, 2, LONG)];
    let mut stores = vec![(Memory::new(), Model::default())];
    for (number, step) in (1_000..).zip(start) {
        stores = stores.iter().map(|(store, model)| walk(store, model, step, number).unwrap()).collect();
    }
    let mut sequences = 0u64;
    let mut count = 0;
    for depth in 0..4 {
        let mut next = Vec::new();
        for (store, model) in &stores {
            for step in steps() {
                sequences += 1;
                next.extend(walk(store, model, step, depth));
            }
        }
        count = next.len();
        stores = if depth == 3 { Vec::new() } else { next };
    }
    println!("{sequences} sequences, {count} of four commands that all succeed");
    assert!(sequences > 10_000 && count > 1_000);
}
