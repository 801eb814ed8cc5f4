use std::cell::{Cell as Counter, RefCell};
use std::rc::Rc;

use shared::kernel::{CommandId, Points, Shards};
use shared::ledger::contract::world::DEFAULT_SEED;
use shared::ledger::contract::{CASES, NOW, YEAR, agree, person};
use shared::ledger::{Command, Request, Selection, Views, budget, post};

use super::*;
use crate::ledger::MIGRATIONS;
use crate::sql::{migrate, native::NativeSql};

/// Counts statements, and fails the one whose turn it is.
struct Watched {
    inner: NativeSql,
    seen: RefCell<Vec<String>>,
    fails_at: Counter<Option<usize>>,
}

impl Watched {
    fn new() -> Self {
        let inner = NativeSql::in_memory();
        migrate(&inner, MIGRATIONS).unwrap();
        Self { inner, seen: RefCell::default(), fails_at: Counter::new(None) }
    }
}

impl Sql for Watched {
    fn exec(&self, text: &str, parameters: &[Value]) -> Result<Vec<Row>, Fault> {
        for parameter in parameters {
            assert!(!matches!(parameter, Value::Text(text) if text.len() >= 2_000_000), "a value of 2 MB");
        }
        self.seen.borrow_mut().push(text.to_owned());
        match self.fails_at.get() {
            Some(0) => return Err(Fault::new("test", "the disk is full")),
            Some(left) => self.fails_at.set(Some(left - 1)),
            None => {}
        }
        self.inner.exec(text, parameters)
    }

    fn transaction<T>(&self, body: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
        self.inner.transaction(body)
    }
}

fn seed() -> u64 {
    std::env::var("MEGURI_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(DEFAULT_SEED)
}

fn points(value: u64) -> Points {
    Points::new(value).unwrap()
}

fn request(number: u32, command: Command) -> Request {
    Request { id: CommandId::derive("test", &number.to_be_bytes()), command }
}

/// Fund and grant as `count` commands.
fn batch(first: u32, count: u32) -> Vec<Request> {
    (first..first + count)
        .map(|number| request(number, Command::Fund { budget: budget("a"), amount: points(1) }))
        .collect()
}

#[test]
fn sqlite_keeps_the_contract() {
    for (name, case) in CASES {
        let sql = Watched::new();
        case(&SqlLedger::new(&sql)).unwrap_or_else(|why| panic!("{name}: {why}"));
    }
}

#[test]
fn sqlite_agrees_with_memory_from_any_seed() {
    for offset in 0..4 {
        let seed = seed().wrapping_add(offset);
        let sql = Watched::new();
        agree(&SqlLedger::new(&sql), seed, 2_500).unwrap_or_else(|why| panic!("MEGURI_SEED={seed}: {why}"));
    }
}

#[test]
fn a_batch_of_any_size_takes_the_same_few_statements() {
    let sql = Watched::new();
    let ledger = SqlLedger::new(&sql);
    let mut counts = Vec::new();
    for (first, count) in [(0, 1), (1, 10), (11, 1_000)] {
        sql.seen.borrow_mut().clear();
        post(&ledger, NOW, &batch(first, count)).unwrap();
        counts.push(sql.seen.borrow().len());
    }
    assert_eq!(counts, [7, 7, 7]);
}

#[test]
fn a_fault_at_any_statement_keeps_nothing() {
    let sql = Watched::new();
    let ledger = SqlLedger::new(&sql);
    post(&ledger, NOW, &batch(0, 3)).unwrap();
    let before = (ledger.totals().unwrap(), ledger.journal(0, 100).unwrap());
    // Every kind of row that can be written.
    let (reason, hold, amount) =
        (shared::ledger::GrantReason::parse("x").unwrap(), HoldId::from_bytes([1; 16]), points(1));
    let (a, to) = (budget("a"), person(1));
    let all = [
        Command::Fund { budget: a, amount },
        Command::Grant { budget: a, to, amount: points(3), reason: reason.clone(), terms: YEAR },
        Command::Hold { hold, from: to, amount, until: NOW.plus_seconds(9) },
        Command::Correct { of: 5, from: to, amount, reason },
    ];
    let all: Vec<_> = (3..).zip(all).map(|(number, command)| request(number, command)).collect();
    let mut fault_at = 0;
    loop {
        sql.fails_at.set(Some(fault_at));
        let answer = post(&ledger, NOW, &all);
        sql.fails_at.set(None);
        if let Ok(answers) = answer {
            assert!(answers.iter().all(Result::is_ok), "{answers:?}");
            break;
        }
        assert_eq!((ledger.totals().unwrap(), ledger.journal(0, 100).unwrap()), before, "statement {fault_at}");
        fault_at += 1;
    }
    assert_eq!(fault_at, 12, "every statement was failed once");
    assert_eq!(ledger.totals().unwrap().entries, 7);
}

#[test]
fn no_hot_statement_reads_a_whole_table() {
    let sql = Rc::new(Watched::new());
    let ledger = SqlLedger::new(&*sql);
    post(&ledger, NOW, &batch(0, 3)).unwrap();
    let hold = HoldId::from_bytes([1; 16]);
    post(&ledger, NOW, &[request(9, Command::Release { hold })]).unwrap();
    let reason = shared::ledger::GrantReason::parse("x").unwrap();
    let correct = Command::Correct { of: 1, from: person(1), amount: points(1), reason: reason.clone() };
    let grant = Command::Grant { budget: budget("a"), to: person(1), amount: points(1), reason, terms: YEAR };
    assert!(post(&ledger, NOW, &[request(10, correct), request(11, grant)]).unwrap()[1].is_ok());
    ledger.lapsing(NOW.day(), 10).unwrap();
    ledger.balances(&[person(1)], NOW).unwrap();
    ledger.statement(person(1), Selection::ALL, 10).unwrap();
    ledger.journal(5, 10).unwrap();
    let seen = sql.seen.borrow().clone();
    assert!(seen.len() > 10);
    for text in seen {
        let plan = sql.inner.exec(&format!("EXPLAIN QUERY PLAN {text}"), &plan_parameters(&text)).unwrap();
        for row in plan {
            let step = row.text(3).unwrap();
            // The head is the end of the table itself; JSON is the batch.
            let fine = !step.starts_with("SCAN") || step.contains("json_each") || text == HEAD;
            assert!(fine, "{step}: {text}");
        }
    }
}

fn plan_parameters(text: &str) -> Vec<Value> {
    (1..=4).filter(|number| text.contains(&format!("?{number}"))).map(|_| Value::Null).collect()
}

#[test]
fn a_row_changed_behind_the_ledgers_back_is_found() {
    for (change, found) in [
        ("UPDATE account SET posted = posted + 1 WHERE kind = 1", true),
        ("UPDATE posting SET amount = amount + 1 WHERE amount > 0 AND seq = 1", true),
        ("DELETE FROM entry WHERE seq = 2", true),
        ("DELETE FROM account WHERE kind = 1", true),
        ("UPDATE account SET lots = x'ff' WHERE kind = 1", true),
        ("UPDATE account SET kind = 99 WHERE kind = 1", true),
        ("UPDATE account SET ends = 1 WHERE kind = 1", true),
        ("UPDATE account SET posted = posted", false),
    ] {
        let sql = Watched::new();
        let ledger = SqlLedger::new(&sql);
        post(&ledger, NOW, &batch(0, 3)).unwrap();
        sql.inner.exec(change, &[]).unwrap();
        assert_eq!(ledger.totals().unwrap().hold_true(), !found, "{change}");
    }
}

#[test]
fn the_floor_is_also_in_the_table() {
    let sql = Watched::new();
    post(&SqlLedger::new(&sql), NOW, &batch(0, 1)).unwrap();
    assert!(sql.inner.exec("UPDATE account SET posted = -1 WHERE kind = 1", &[]).is_err());
    assert!(sql.inner.exec("UPDATE account SET held = 2 WHERE kind = 1", &[]).is_err());
}

#[test]
fn numbers_in_the_tables_are_those_of_the_rules() {
    // The migration's checks and indexes spell these out.
    assert_eq!((AccountKind::Issuer.number(), HoldState::Open.number()), (3, 0));
}

/// A disk that is really full: SQLite itself refuses to grow the file (`SQLITE_FULL`).
#[test]
fn a_full_disk_is_a_clean_refusal_and_the_next_batch_works() {
    let sql = Watched::new();
    let ledger = SqlLedger::new(&sql);
    post(&ledger, NOW, &batch(0, 3)).unwrap();
    let pages = |limit: &str| sql.inner.exec(&format!("PRAGMA max_page_count{limit}"), &[]).unwrap();
    let used = sql.inner.exec("PRAGMA page_count", &[]).unwrap()[0].integer(0).unwrap();
    pages(&format!(" = {used}"));
    let before = (ledger.totals().unwrap(), ledger.journal(0, 100).unwrap());
    let fault = post(&ledger, NOW, &batch(3, 2_000)).unwrap_err();
    assert!(fault.to_string().contains("full"), "{fault}");
    assert_eq!((ledger.totals().unwrap(), ledger.journal(0, 100).unwrap()), before);
    pages(" = 1000000");
    assert!(post(&ledger, NOW, &batch(3, 2_000)).unwrap().iter().all(Result::is_ok));
    assert!(ledger.totals().unwrap().hold_true());
}

#[test]
fn a_database_stays_the_book_it_was_begun_as() {
    let sql = NativeSql::in_memory();
    migrate(&sql, MIGRATIONS).unwrap();
    let of_four = |number| Place::of(Shards::try_from(4).unwrap(), number).unwrap();
    stay(&sql, of_four(2)).unwrap();
    stay(&sql, of_four(2)).unwrap();
    assert!(stay(&sql, of_four(1)).is_err() && stay(&sql, Place::WHOLE).is_err());
    // What has entries from before there were books is the only one.
    let old = NativeSql::in_memory();
    let (before, books) = MIGRATIONS.split_at(MIGRATIONS.iter().position(|(name, _)| *name == "0005_books").unwrap());
    migrate(&old, before).unwrap();
    let add = "INSERT INTO entry (seq, at, body, hash) VALUES (1, 1, x'00', zeroblob(32))";
    old.exec(add, &[]).unwrap();
    let account = "INSERT INTO account (id, kind, posted, held, ends) VALUES (zeroblob(16), 0, 5, 2, 9)";
    old.exec(account, &[]).unwrap();
    migrate(&old, &[before, books].concat()).unwrap();
    assert!(stay(&old, of_four(0)).is_err());
    stay(&old, Place::WHOLE).unwrap();
    let kept = old.exec("SELECT posted, held, ends FROM account WHERE ends = 9", &[]).unwrap();
    assert_eq!(kept[0].0, [Value::from(5i64), 2i64.into(), 9i64.into()]);
    assert!(old.exec("UPDATE account SET posted = -1", &[]).is_err(), "only what is under way is below zero");
}
