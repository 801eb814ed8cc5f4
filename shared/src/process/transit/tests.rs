//! Four books with random commands, messages between them lost, doubled and late; and the same commands in one book.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::kernel::{AccountId, HoldId, Points, Shard, Shards, Timestamp};
use crate::ledger::contract::world::{Random, World};
use crate::ledger::contract::{NOW, person, shop_account};
use crate::ledger::{
    AccountKind, Act, Entry, Leg, Memory, Parcels as _, Place, Purpose, Refusal, Selection, Store as _, Views as _,
    Waiting, budget, expired, fee, home, issuer, post, replay, transit as under_way,
};

const COMMANDS: usize = 20_000;

fn seed() -> u64 {
    std::env::var("MEGURI_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_122)
}

fn four() -> Shards {
    Shards::try_from(4).unwrap()
}

fn people() -> Vec<AccountId> {
    (0..4).map(person).collect()
}

fn one(book: &Memory, now: Timestamp, request: &Request) -> Result<Receipt, Refusal> {
    post(book, now, std::slice::from_ref(request)).unwrap().remove(0)
}

/// Four books of one ledger.
struct Books(Vec<Memory>);

impl Books {
    fn new() -> Self {
        Self((0..4).map(|number| Memory::in_place(Place::of(four(), number).unwrap())).collect())
    }

    fn at(&self, shard: Shard) -> &Memory {
        &self.0[usize::from(shard.number())]
    }

    fn home(&self, kind: AccountKind, account: AccountId) -> &Memory {
        self.at(home(four(), kind, account).unwrap_or(Shard::FIRST))
    }

    /// What an account has, or what every book has of one that all have.
    fn posted(&self, id: AccountId) -> i64 {
        self.0.iter().flat_map(Memory::accounts).filter(|account| account.id == id).map(|account| account.posted).sum()
    }

    /// Sends what waits until nothing does.
    fn deliver(&self, now: Timestamp) {
        for book in &self.0 {
            for waiting in book.parcels_due(now, 100).unwrap() {
                let answer = one(self.at(waiting.to), now, &arrival(waiting.parcel.clone()));
                follow(book, now, &waiting, &answer);
            }
        }
    }

    /// What lies between the books by their own accounts of it.
    fn between(&self) -> i64 {
        four().all().map(|shard| self.posted(under_way(shard))).sum()
    }
}

/// What the payer's book does with an answer.
fn follow(book: &Memory, now: Timestamp, waiting: &Waiting, answer: &Result<Receipt, Refusal>) {
    let departure = waiting.parcel.departure;
    match next(departure, answer) {
        Next::Arrived => book.forget_parcels(&[departure.seq]).unwrap(),
        Next::Return(request) => drop(one(book, now, &request).unwrap()),
        Next::Later => {
            let due = now.plus_seconds(again_seconds(waiting.attempts + 1));
            book.postpone_parcel(departure.seq, waiting.attempts + 1, due).unwrap();
        }
    }
}

/// Which book a command is for; none if it names accounts that are not of its kinds.
fn book_of(command: &Command, holds: &BTreeMap<HoldId, Shard>) -> Option<Shard> {
    let home = |kind, account| home(four(), kind, account);
    let is_person = |account: &AccountId| people().contains(account);
    let is_budget = |account: &AccountId| [budget("a"), budget("b")].contains(account);
    let is_shop = |account: &AccountId| [shop_account(1), shop_account(2)].contains(account);
    let is_leg = |leg: &Leg| match leg.kind {
        AccountKind::Person => is_person(&leg.to),
        kind => kind == AccountKind::Fee && leg.to == fee(),
    };
    let held = |hold| Some(holds.get(hold).copied().unwrap_or(Shard::FIRST));
    match command {
        Command::Fund { budget, .. } if is_budget(budget) => Some(Shard::FIRST),
        Command::Grant { budget, to, .. } if is_budget(budget) && is_person(to) => Some(Shard::FIRST),
        Command::Pay { from, to, .. } if is_person(from) && is_person(to) => home(AccountKind::Person, *from),
        Command::Hold { hold, from, .. } if is_person(from) => {
            home(AccountKind::Person, *from).filter(|book| holds.get(hold).is_none_or(|known| known == book))
        }
        Command::Settle { hold, legs } if legs.iter().all(is_leg) => held(hold),
        Command::Release { hold } | Command::Expire { hold } => held(hold),
        Command::Lapse { account } if is_person(account) => home(AccountKind::Person, *account),
        Command::Correct { from, .. } if is_person(from) => home(AccountKind::Person, *from),
        Command::Purchase { from, shop, .. } if is_person(from) && is_shop(shop) => home(AccountKind::Person, *from),
        Command::Refund { shop, .. } if is_shop(shop) => Some(Shard::FIRST),
        _ => None,
    }
}

/// What can be taken back, with where it is to be.
fn begins(entry: &Entry) -> bool {
    let purpose = match &entry.act {
        Act::Transfer { purpose, .. } | Act::Arrived { purpose, .. } => purpose,
        _ => return false,
    };
    matches!(purpose, Purpose::Grant { .. } | Purpose::Purchase)
}

/// The same command for the four books, where entries have other numbers.
fn renumbered(command: &Command, book: Shard, numbers: &BTreeMap<u64, (Shard, u64)>) -> Command {
    let of_book = |of: &u64| numbers.get(of).filter(|(at, _)| *at == book).map_or(u64::MAX >> 12, |(_, seq)| *seq);
    match command.clone() {
        Command::Correct { of, from, amount, reason } => Command::Correct { of: of_book(&of), from, amount, reason },
        Command::Refund { of, shop, amount, reason } => Command::Refund { of: of_book(&of), shop, amount, reason },
        other => other,
    }
}

fn lines(
    book: &Memory,
    account: AccountId,
) -> Vec<(Timestamp, i64, AccountId, &'static str, Vec<crate::ledger::Portion>)> {
    let all = book.statement(account, Selection { before_seq: None, direction: None }, 1_000).unwrap();
    all.into_iter().map(|line| (line.at, line.amount, line.counterparty, line.purpose.word(), line.lots)).collect()
}

#[test]
fn four_books_come_to_what_one_comes_to() {
    let (seed, books, whole) = (seed(), Books::new(), Memory::new());
    println!("MEGURI_SEED={seed}");
    let (mut world, mut now) = (World::new(seed), NOW);
    let (mut holds, mut numbers, mut used) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let (mut posted, mut departed) = (0, 0);
    for _ in 0..COMMANDS {
        now = now.max(world.tick());
        let request = world.request();
        let Some(book) = book_of(&request.command, &holds) else { continue };
        // One id in two books is two commands.
        if *used.entry(request.id).or_insert(book) != book {
            continue;
        }
        let (in_whole, in_book) = (whole.entries().len(), books.at(book).entries().len());
        let in_books: Vec<_> = books.0.iter().map(|book| book.entries().len()).collect();
        let wanted = one(&whole, now, &request);
        let command = renumbered(&request.command, book, &numbers);
        let got = one(books.at(book), now, &Request { id: request.id, command });
        // A refusal to a number that means two commands here and one there is the same refusal.
        assert_eq!(got.map(|receipt| receipt.at), wanted.map(|receipt| receipt.at), "seed {seed}: {request:?}");
        books.deliver(now);
        posted += usize::from(got.is_ok());
        if let (Command::Hold { hold, .. }, Ok(_)) = (&request.command, got) {
            holds.insert(*hold, book);
        }
        departed += books
            .at(book)
            .entries_from(in_book)
            .iter()
            .filter(|entry| matches!(entry.act, Act::Departed { .. }))
            .count();
        let begun = whole.entries_from(in_whole).into_iter().filter(begins).map(|entry| entry.seq);
        let here = four().all().zip(&in_books).flat_map(|(shard, from)| {
            let new = books.at(shard).entries_from(*from).into_iter().filter(begins);
            new.map(|entry| (shard, entry.seq)).collect::<Vec<_>>()
        });
        numbers.extend(begun.zip(here));
    }
    assert!(posted > COMMANDS / 8 && departed > COMMANDS / 50, "{posted} posted, {departed} departed");
    for account in people() {
        let book = books.home(AccountKind::Person, account);
        assert_eq!(book.balances(&[account], now), whole.balances(&[account], now));
        assert_eq!(lines(book, account), lines(&whole, account));
    }
    let of_whole = |id| whole.accounts().iter().find(|account| account.id == id).map_or(0, |account| account.posted);
    for account in [budget("a"), budget("b"), shop_account(1), shop_account(2), fee(), expired(), issuer()] {
        assert_eq!(books.posted(account), of_whole(account), "{account}");
    }
    assert_eq!(books.between(), 0);
    for book in &books.0 {
        assert_eq!(book.next_parcel(), Ok(None));
        let totals = book.totals().unwrap();
        assert_eq!((totals.posted, totals.unequal), (0, 0));
        replay(&book.entries()).unwrap();
    }
}

#[test]
fn one_book_is_as_if_there_were_no_others() {
    let seed = seed();
    let (mut world, whole) = (World::new(seed), Memory::new());
    let book = Memory::in_place(Place::of(Shards::ONE, 0).unwrap());
    for _ in 0..2_000 {
        let (now, batch) = world.batch(20);
        assert_eq!(post(&book, now, &batch), post(&whole, now, &batch), "seed {seed}");
    }
    assert_eq!(book, whole);
}

/// What is under way between two processes: a parcel that was sent, or an answer to one.
enum Message {
    Parcel(Shard, Waiting),
    Answer(Shard, Waiting, Result<Receipt, Refusal>),
}

/// Four books, each sending what waits whenever it likes; every message may be lost, doubled, or late.
struct Unreliable {
    books: Books,
    random: Random,
    now: Timestamp,
    messages: Vec<Message>,
    counts: BTreeMap<&'static str, u64>,
}

impl Unreliable {
    fn step(&mut self) {
        match self.random.below(4) {
            0 => {
                // A book sends what is due. Before it has sent it again as often as it may, it may crash.
                let shard = four().numbered(self.random.below(4) as u8).unwrap();
                for waiting in self.books.at(shard).parcels_due(self.now, 8).unwrap() {
                    let attempts = waiting.attempts + 1;
                    let due = self.now.plus_seconds(again_seconds(attempts));
                    self.books.at(shard).postpone_parcel(waiting.parcel.departure.seq, attempts, due).unwrap();
                    self.messages.push(Message::Parcel(shard, waiting));
                }
            }
            _ if self.messages.is_empty() => {}
            _ => {
                let index = self.random.below(self.messages.len() as u64) as usize;
                let message = self.messages.swap_remove(index);
                match self.random.below(5) {
                    0 => *self.counts.entry("lost").or_default() += 1,
                    1 => {
                        *self.counts.entry("doubled").or_default() += 1;
                        let again = match &message {
                            Message::Parcel(from, waiting) => Message::Parcel(*from, waiting.clone()),
                            Message::Answer(from, waiting, answer) => Message::Answer(*from, waiting.clone(), *answer),
                        };
                        self.messages.push(again);
                        self.take(message);
                    }
                    _ => self.take(message),
                }
            }
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Parcel(from, waiting) => {
                let answer = one(self.books.at(waiting.to), self.now, &arrival(waiting.parcel.clone()));
                *self.counts.entry(if answer.is_ok() { "arrived" } else { "refused" }).or_default() += 1;
                self.messages.push(Message::Answer(from, waiting, answer));
            }
            Message::Answer(from, waiting, answer) => follow(self.books.at(from), self.now, &waiting, &answer),
        }
    }

    /// What left somewhere and neither arrived nor came back.
    fn under_way(&self) -> i64 {
        let entries: Vec<_> = self.books.0.iter().map(Memory::entries).collect();
        let mut ended = BTreeSet::new();
        for (shard, entries) in four().all().zip(&entries) {
            for entry in entries {
                match &entry.act {
                    Act::Arrived { departure, .. } => assert!(ended.insert(*departure), "arrived twice"),
                    Act::Transfer { purpose: Purpose::Returned { of }, .. } => {
                        assert!(ended.insert(Departure { shard, seq: *of }), "arrived, and came back as well");
                    }
                    _ => {}
                }
            }
        }
        let mut sum = 0;
        for (shard, entries) in four().all().zip(&entries) {
            for entry in entries {
                if let Act::Departed { amount, .. } = &entry.act
                    && !ended.contains(&Departure { shard, seq: entry.seq })
                {
                    sum += amount.get() as i64;
                }
            }
        }
        sum
    }

    fn check(&self) {
        for book in &self.books.0 {
            let totals = book.totals().unwrap();
            assert_eq!((totals.posted, totals.unequal), (0, 0));
        }
        assert_eq!(self.books.between(), self.under_way());
    }
}

/// A payment to an account that is none of a person's, in a book that knows it: refused there for good.
fn to_nobody(random: &mut Random, number: u64) -> Request {
    let from = person(random.below(4) as u8);
    let amount = Points::new(1 + random.below(3)).unwrap();
    let id = CommandId::derive("to nobody", &number.to_be_bytes());
    Request { id, command: Command::Pay { from, to: elsewhere(), amount } }
}

/// A budget whose id a person's account of the first book could have.
fn elsewhere() -> AccountId {
    let codes = (0..64u32).map(|number| budget(&format!("elsewhere-{number}")));
    codes.into_iter().find(|id| home(four(), AccountKind::Person, *id) == Some(Shard::FIRST)).unwrap()
}

#[test]
fn whatever_is_lost_or_doubled_between_books_arrives_once_or_comes_back() {
    let seed = seed();
    println!("MEGURI_SEED={seed}");
    let mut town = Unreliable {
        books: Books::new(),
        random: Random::new(seed ^ 7),
        now: NOW,
        messages: Vec::new(),
        counts: BTreeMap::new(),
    };
    let fund = Command::Fund { budget: elsewhere(), amount: Points::new(1).unwrap() };
    one(town.books.at(Shard::FIRST), NOW, &Request { id: CommandId::derive("fund", b""), command: fund }).unwrap();
    let (mut world, mut holds, mut used) = (World::new(seed), BTreeMap::new(), BTreeMap::new());
    for number in 0..COMMANDS as u64 {
        town.now = town.now.max(world.tick());
        let request = if number.is_multiple_of(50) { to_nobody(&mut town.random, number) } else { world.request() };
        let book = match &request.command {
            Command::Pay { from, to, .. } if *to == elsewhere() => home(four(), AccountKind::Person, *from),
            command => book_of(command, &holds),
        };
        if let Some(book) = book
            && *used.entry(request.id).or_insert(book) == book
        {
            let answer = one(town.books.at(book), town.now, &request);
            if let (Command::Hold { hold, .. }, Ok(_)) = (&request.command, answer) {
                holds.insert(*hold, book);
            }
        }
        town.step();
        if number.is_multiple_of(1_000) {
            town.check();
        }
    }
    town.check();
    // The network is well again: what was sent is gone, and within the bound everything has ended.
    town.messages.clear();
    let bound = town.now.plus_seconds(AGAIN_SECONDS_MAX);
    while let Some(due) = town.books.0.iter().filter_map(|book| book.next_parcel().unwrap()).min() {
        assert!(due <= bound, "something waits for longer than it may");
        town.now = town.now.max(due);
        town.books.deliver(town.now);
    }
    assert_eq!((town.books.between(), town.under_way()), (0, 0));
    town.check();
    for book in &town.books.0 {
        replay(&book.entries()).unwrap();
    }
    for what in ["arrived", "refused", "lost", "doubled"] {
        assert!(town.counts.get(what).is_some_and(|count| *count > 20), "{:?}", town.counts);
    }
}

#[test]
fn a_command_for_another_book_is_a_fault() {
    let books = Books::new();
    let stranger =
        people().into_iter().find(|id| home(four(), AccountKind::Person, *id) != Some(Shard::FIRST)).unwrap();
    let hold = Command::Lapse { account: stranger };
    let request = Request { id: CommandId::from_bytes([1; 16]), command: hold };
    // Nothing of it is here, so there is nothing to lapse; a transfer would leave an account that is not kept here.
    assert_eq!(one(books.at(Shard::FIRST), NOW, &request), Err(Refusal::NothingLapsed));
    let parcel = Parcel {
        departure: Departure { shard: four().numbered(1).unwrap(), seq: 1 },
        from: stranger,
        to: stranger,
        amount: Points::new(1).unwrap(),
        purpose: Purpose::Payment,
        lots: Vec::new(),
    };
    assert!(post(books.at(Shard::FIRST), NOW, &[arrival(parcel)]).is_err());
    assert_eq!(books.at(Shard::FIRST).entries(), []);
    assert_eq!(books.at(Shard::FIRST).place(), Place::of(four(), 0).unwrap());
}

#[test]
fn only_what_can_never_arrive_comes_back() {
    let departure = Departure { shard: Shard::FIRST, seq: 7 };
    let receipt = Receipt { first_seq: 1, last_seq: 1, at: NOW };
    assert_eq!(next(departure, &Ok(receipt)), Next::Arrived);
    let comes_back = next(departure, &Err(Refusal::WrongAccountKind));
    assert!(matches!(comes_back, Next::Return(Request { command: Command::Return { of: 7 }, .. })));
    for refusal in [Refusal::CommandReused, Refusal::ZeroAmount, Refusal::Overflow, Refusal::NothingLapsed] {
        assert_eq!(next(departure, &Err(refusal)), Next::Later, "{refusal:?}");
    }
}

#[test]
fn waits_grow_to_the_bound() {
    let waits: Vec<_> = (0..9).map(again_seconds).collect();
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
}
