//! What is in the databases, read without asking the objects.

use std::collections::BTreeMap;

use shared::cohelp::{Job, Offer, OfferState, Photo, State, Store as _, Tally};
use shared::kernel::{AccountId, CommandId, HoldId, JobId, OfferId, Shard, Shards};
use shared::ledger::{self, Act, Balance, Book, Entry, HoldState, Views as _};
use shared::wire;

use crate::cohelp::SqlCohelp;
use crate::ledger::SqlLedger;
use crate::sql::native::NativeSql;
use crate::sql::{Row, Sql, Value};
use crate::world::{Object, World as _};

use super::deployment::Deployment;

/// The tables of a database and the text that makes them, then the indexes.
fn schema(database: &NativeSql) -> Vec<(String, String)> {
    let text = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type = 'index', name";
    let rows = database.exec(text, &[]).unwrap();
    rows.iter().map(|row| (row.text(0).unwrap().to_owned(), row.text(1).unwrap().to_owned())).collect()
}

fn rows(database: &NativeSql, table: &str) -> Vec<Row> {
    database.exec(&format!("SELECT * FROM \"{table}\""), &[]).unwrap()
}

fn is_table(made: &str) -> bool {
    made.starts_with("CREATE TABLE")
}

/// A database with the same tables and rows.
pub(super) fn copy(database: &NativeSql) -> NativeSql {
    let copy = NativeSql::in_memory();
    for (name, made) in schema(database) {
        copy.exec(&made, &[]).unwrap();
        for row in if is_table(&made) { rows(database, &name) } else { Vec::new() } {
            let places = vec!["?"; row.0.len()].join(", ");
            copy.exec(&format!("INSERT INTO \"{name}\" VALUES ({places})"), &row.0).unwrap();
        }
    }
    copy
}

/// What a run came to, without its moments: two runs that met different faults must agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ending {
    /// Every entry, in order, book by book.
    pub journal: Vec<(CommandId, Act)>,
    /// Points and points set aside.
    pub balances: BTreeMap<AccountId, (i64, u64)>,
    /// Each hold's state.
    pub holds: BTreeMap<HoldId, HoldState>,
    /// Each job's state and whether each side said thanks.
    pub jobs: BTreeMap<JobId, (&'static str, bool, bool)>,
    /// Each offer's state.
    pub offers: BTreeMap<OfferId, OfferState>,
    /// What was counted.
    pub tally: Tally,
    /// Commands of co-help that were done.
    pub commands: Vec<Value>,
    /// Events that still wait.
    pub waiting: usize,
    /// Parcels between books that still wait.
    pub parcels: usize,
}

impl Deployment {
    /// How many rows a table has.
    pub(crate) fn count(&self, object: Object, table: &str) -> usize {
        rows(self.database(object), table).len()
    }

    /// Every table of every database, row by row.
    pub(crate) fn dump(&self) -> Vec<(String, Vec<Row>)> {
        let all = self.objects().flat_map(|object| {
            let database = self.database(object);
            let tables = schema(database).into_iter().filter(|(_, made)| is_table(made));
            tables.map(move |(name, _)| (format!("{}.{name}", object.domain()), rows(database, &name)))
        });
        all.collect()
    }

    /// The books of the ledger.
    pub(crate) fn shards(&self) -> Shards {
        self.world.settings().municipality.shards
    }

    /// Points of an account: of a person's in the book that keeps it, else of what all books have under that id.
    pub(crate) fn balance(&self, account: AccountId) -> Balance {
        let balance = |shard| {
            let store = SqlLedger::new(self.database(Object::Ledger(shard)));
            store.balances(&[account], self.now()).unwrap().pop().unwrap()
        };
        let mut found =
            self.shards().all().map(balance).filter(|balance| !balance.lots.is_empty() || balance.posted != 0);
        let mut sum = found.next().unwrap_or_else(|| balance(Shard::FIRST));
        for other in found {
            assert!(sum.lots.is_empty() && other.lots.is_empty(), "{account} is kept twice");
            sum.posted += other.posted;
            sum.available += other.available;
        }
        sum
    }

    /// Posted and available points of an account.
    pub(crate) fn points(&self, account: AccountId) -> (i64, i64) {
        let balance = self.balance(account);
        (balance.posted, balance.available)
    }

    /// Every entry of the ledger, or of its first book.
    pub(crate) fn journal(&self) -> Vec<Entry> {
        self.journal_of(Shard::FIRST)
    }

    /// Every entry of a book.
    pub(crate) fn journal_of(&self, shard: Shard) -> Vec<Entry> {
        let store = SqlLedger::new(self.database(Object::Ledger(shard)));
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let page = store.journal(entries.len() as u64, 1000).unwrap();
            if page.is_empty() {
                return entries;
            }
            entries.extend(page);
        }
    }

    fn bodies<T: serde::de::DeserializeOwned>(&self, table: &str) -> Vec<T> {
        let found = self.database(Object::Town).exec(&format!("SELECT body FROM {table} ORDER BY id"), &[]).unwrap();
        found.iter().map(|row| wire::decode_trusted(row.blob(0).unwrap()).unwrap()).collect()
    }

    /// Every job.
    pub(crate) fn jobs(&self) -> Vec<Job> {
        self.bodies("job")
    }

    /// Every offer.
    pub(crate) fn offers(&self) -> Vec<Offer> {
        self.bodies("offer")
    }

    /// Every photo.
    pub(crate) fn photos(&self) -> Vec<Photo> {
        self.bodies("photo")
    }

    /// One job.
    pub(crate) fn job(&self, id: JobId) -> Job {
        self.jobs().into_iter().find(|job| job.id == id).expect("the job")
    }

    /// The books hold: each sums to zero, its journal replays to its balances, every open hold belongs to a job; and what left
    /// one of several has arrived in another, or waits.
    pub(crate) fn audit(&self) -> Vec<Book> {
        let books: Vec<_> = self.shards().all().map(|shard| self.audit_of(shard)).collect();
        let between = self.shards().all().map(|shard| self.balance(ledger::transit(shard)).posted).sum::<i64>();
        assert!(between == 0 || self.waiting_parcels() > 0, "{between} between the books, and nothing waits");
        books
    }

    /// What left a book and is not known to have arrived.
    pub(crate) fn waiting_parcels(&self) -> usize {
        self.shards().all().map(|shard| self.count(Object::Ledger(shard), "parcel")).sum()
    }

    fn audit_of(&self, shard: Shard) -> Book {
        let store = SqlLedger::new(self.database(Object::Ledger(shard)));
        assert!(store.totals().unwrap().hold_true(), "{:?}", store.totals());
        let book = ledger::replay(&self.journal_of(shard)).unwrap();
        assert_eq!(book.accounts.values().map(|account| account.posted).sum::<i64>(), 0);
        for (id, account) in &book.accounts {
            let balance = store.balances(&[*id], self.now()).unwrap().pop().unwrap();
            assert_eq!((balance.posted, balance.held.get() as i64), (account.posted, account.held));
        }
        let jobs = self.jobs();
        for (id, _) in book.holds.iter().filter(|(_, hold)| hold.state == HoldState::Open) {
            let waits = jobs.iter().any(|job| {
                !job.state.is_final() && job.state.agreement().is_some_and(|agreement| agreement.hold == *id)
            });
            assert!(waits, "{id} is set aside for nothing");
        }
        book
    }

    /// What the run came to.
    /// What was counted in town.
    pub(crate) fn tally(&self) -> Tally {
        SqlCohelp(self.database(Object::Town)).tally().unwrap()
    }

    pub(crate) fn ending(&self) -> Ending {
        let books = self.audit();
        let thanks = |state: &State| match state {
            State::Paid(paid) => (paid.thanks_by_requester.is_some(), paid.thanks_by_helper.is_some()),
            _ => (false, false),
        };
        let told = self.database(Object::Town).exec("SELECT id FROM cohelp_command ORDER BY id", &[]).unwrap();
        Ending {
            journal: self
                .shards()
                .all()
                .flat_map(|shard| self.journal_of(shard))
                .map(|entry| (entry.command, entry.act))
                .collect(),
            balances: books
                .iter()
                .flat_map(|book| book.accounts.keys())
                .map(|id| (*id, self.balance(*id)))
                .map(|(id, balance)| (id, (balance.posted, balance.held.get())))
                .collect(),
            tally: self.tally(),
            holds: books.iter().flat_map(|book| &book.holds).map(|(id, hold)| (*id, hold.state)).collect(),
            jobs: self
                .jobs()
                .iter()
                .map(|job| (job.id, (job.state.word(), thanks(&job.state).0, thanks(&job.state).1)))
                .collect(),
            offers: self.offers().iter().map(|offer| (offer.id, offer.state)).collect(),
            commands: told.into_iter().flat_map(|row| row.0).collect(),
            waiting: self.count(Object::Town, "cohelp_outbox"),
            parcels: self.waiting_parcels(),
        }
    }
}
