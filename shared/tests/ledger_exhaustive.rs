//! A world small enough to walk through completely: one budget, two people, the fee account, one hold, amounts 1
//! and 2, three moments. A model of a few lines says what each command must do; the ledger has to agree on every
//! command in every state that can be reached.

use std::collections::{BTreeMap, VecDeque};

use shared::kernel::{AccountId, CommandId, HoldId, Points, Timestamp};
use shared::ledger::contract::{NOW, YEAR, person};
use shared::ledger::{AccountKind, Command, GrantReason, HoldState, Leg, Memory, Request, budget, fee, post};

/// No more than this is made, so that the world is finite.
const MADE_MAX: i64 = 6;
const MOMENTS: u8 = 3;

/// What the model knows. Index of the accounts: budget, person 1, person 2, fee.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Model {
    posted: [i64; 4],
    held: i64,
    hold: Option<(HoldState, i64)>,
    moment: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Wait,
    Fund(i64),
    Grant(usize, i64),
    Pay(usize, usize, i64),
    Hold(i64),
    Settle(i64, i64),
    Release,
    Expire,
}

fn steps() -> Vec<Step> {
    let mut steps = vec![Step::Wait, Step::Release, Step::Expire];
    for amount in 0..=2 {
        steps.extend([Step::Fund(amount), Step::Hold(amount), Step::Grant(1, amount), Step::Grant(2, amount)]);
        steps.extend([Step::Pay(1, 2, amount), Step::Pay(2, 1, amount), Step::Pay(1, 1, amount)]);
        steps.extend((0..=2).map(|fee| Step::Settle(amount, fee)));
    }
    steps
}

impl Model {
    /// The state after the step, or none if it must be refused. The hold ends at moment 1.
    fn after(&self, step: Step) -> Option<Self> {
        let mut next = self.clone();
        let open = match self.hold {
            Some((HoldState::Open, amount)) => Some(amount),
            _ => None,
        };
        match step {
            Step::Wait => next.moment += 1,
            Step::Fund(amount) => {
                (amount > 0).then_some(())?;
                next.posted[0] += amount;
            }
            Step::Grant(to, amount) => {
                (amount > 0 && self.posted[0] >= amount).then_some(())?;
                next.posted[0] -= amount;
                next.posted[to] += amount;
            }
            Step::Pay(from, to, amount) => {
                let held = if from == 1 { self.held } else { 0 };
                (amount > 0 && from != to && self.posted[from] - held >= amount).then_some(())?;
                next.posted[from] -= amount;
                next.posted[to] += amount;
            }
            Step::Hold(amount) => {
                (amount > 0 && self.hold.is_none() && self.moment < 1 && self.posted[1] >= amount).then_some(())?;
                next.held = amount;
                next.hold = Some((HoldState::Open, amount));
            }
            Step::Settle(reward, fee) => {
                let total = reward + fee;
                (reward > 0 && fee > 0 && self.moment < 1 && total <= open?).then_some(())?;
                next.posted[1] -= total;
                next.posted[2] += reward;
                next.posted[3] += fee;
                next.held = 0;
                next.hold = Some((HoldState::Settled, open?));
            }
            Step::Release => {
                next.held = 0;
                next.hold = Some((HoldState::Released, open?));
            }
            Step::Expire => {
                (self.moment >= 1).then_some(())?;
                next.held = 0;
                next.hold = Some((HoldState::Expired, open?));
            }
        }
        Some(next)
    }

    fn made(&self) -> i64 {
        self.posted.iter().sum()
    }
}

fn account(index: usize) -> AccountId {
    match index {
        0 => budget("b"),
        3 => fee(),
        person_number => person(person_number as u8),
    }
}

fn points(amount: i64) -> Points {
    Points::new(amount as u64).unwrap()
}

fn at(moment: u8) -> Timestamp {
    NOW.plus_seconds(moment.into())
}

fn command(step: Step) -> Option<Command> {
    let hold = HoldId::from_bytes([1; 16]);
    Some(match step {
        Step::Wait => return None,
        Step::Fund(amount) => Command::Fund { budget: account(0), amount: points(amount) },
        Step::Grant(to, amount) => Command::Grant {
            budget: account(0),
            to: account(to),
            amount: points(amount),
            reason: GrantReason::parse("x").unwrap(),
            terms: YEAR,
        },
        Step::Pay(from, to, amount) => Command::Pay { from: account(from), to: account(to), amount: points(amount) },
        Step::Hold(amount) => Command::Hold { hold, from: account(1), amount: points(amount), until: at(1) },
        Step::Settle(reward, fee) => Command::Settle {
            hold,
            legs: vec![
                Leg { to: account(2), kind: AccountKind::Person, amount: points(reward) },
                Leg { to: account(3), kind: AccountKind::Fee, amount: points(fee) },
            ],
        },
        Step::Release => Command::Release { hold },
        Step::Expire => Command::Expire { hold },
    })
}

/// What the ledger knows, in the model's terms.
fn told(store: &Memory, moment: u8) -> Model {
    let mut model = Model { moment, ..Model::default() };
    for stored in store.accounts() {
        match (0..4).find(|index| account(*index) == stored.id) {
            Some(index) => model.posted[index] = stored.posted,
            None => assert_eq!(stored.kind, AccountKind::Issuer),
        }
        if stored.id == account(1) {
            model.held = stored.held.get() as i64;
        } else {
            assert!(stored.held.is_zero());
        }
    }
    model.hold = store.holds().first().map(|hold| (hold.state, hold.amount.get() as i64));
    model
}

/// Does the step on a copy of the store and compares; answers the new store if the world went on.
fn walk(store: &Memory, model: &Model, step: Step, number: u64) -> Option<(Memory, Model)> {
    let wanted = model.after(step);
    let store = store.clone();
    if let Some(command) = command(step) {
        let before = store.clone();
        let request = Request { id: CommandId::derive("exhaustive", &number.to_be_bytes()), command };
        let answer = post(&store, at(model.moment), &[request]).unwrap()[0];
        assert_eq!(answer.is_ok(), wanted.is_some(), "{step:?} in {model:?}: {answer:?}");
        if answer.is_err() {
            assert_eq!(store, before, "{step:?} in {model:?}");
        }
    }
    let wanted = wanted?;
    assert_eq!(told(&store, wanted.moment), wanted, "{step:?} in {model:?}");
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
            if next.made() <= MADE_MAX && next.moment < MOMENTS && known.insert(next.clone(), ()).is_none() {
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
    let start = [Step::Fund(2), Step::Fund(1), Step::Grant(1, 2)];
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
