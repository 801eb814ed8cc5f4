//! Several books of one ledger: what the first, where everybody asks, has another do that keeps the account; and what a book
//! answers, to itself as to another.

use std::collections::BTreeMap;

use futures_util::future::{join_all, try_join_all};
use shared::identity::{Note, Visitor};
use shared::kernel::{AccountId, CommandId, Fault, Points, Shard, limit};
use shared::ledger::{
    self, AccountKind, Balance, Command, Departure, Entry, PayCode, Receipt, Refusal, Request, Selection, TrialBalance,
    Views as _,
};
use shared::process::transit::arrival_id;
use shared::wire::{
    self, AccountView, BookAnswer, BookCall, CodePage, LedgerAnswer, LedgerCall, MadeCode, NotPosted, Page,
};

use crate::demo;
use crate::sql::Sql;
use crate::world::{Object, World};

use super::object::Ledger;
use super::{shops, upkeep};

/// Of an answer, the one it has to be.
macro_rules! expected {
    ($answer:expr, $variant:ident) => {
        match $answer {
            BookAnswer::$variant(found) => Ok(found),
            _ => Err(Fault::new("ledger.books", concat!("not ", stringify!($variant)))),
        }
    };
}

impl<S: Sql, W: World> Ledger<S, W> {
    /// What this book answers.
    pub(super) async fn in_book(&self, call: BookCall) -> Result<BookAnswer, Fault> {
        let now = self.world.now();
        Ok(match call {
            BookCall::Post(requests, notes) => BookAnswer::Posted(self.post(now, &requests, notes).await?),
            BookCall::Balances(accounts) => BookAnswer::Balances(self.store().balances(&accounts, now)?),
            BookCall::Account { account, which, lines } => {
                let balance = only(self.store().balances(&[account], now)?)?;
                let (lines, more) = self.lines(account, which, lines)?;
                BookAnswer::Account(AccountView { balance, lines, more })
            }
            BookCall::Code { visitor, command, max } => BookAnswer::Code(self.code(visitor, command, max)?),
            BookCall::MadeCode(code) => BookAnswer::MadeCode(shops::code(&self.sql, &code)?),
            BookCall::Receipt(command) => BookAnswer::Receipt(shops::receipt(&self.sql, command)?),
            BookCall::Entries { after_seq } => {
                BookAnswer::Entries(self.store().journal(after_seq, limit::JOURNAL_PAGE_MAX)?)
            }
            BookCall::Trial => BookAnswer::Trial(upkeep::last_trial(&self.sql)?),
            BookCall::Ready => {
                self.sql.exec("SELECT 1", &[])?;
                BookAnswer::Done
            }
            BookCall::SetClock(offset_ms) => {
                demo::set_clock(&self.sql, &self.world, offset_ms)?;
                self.catch_up().await?;
                BookAnswer::Done
            }
        })
    }

    /// Asks that book, which may be this one.
    pub(super) async fn ask(&self, book: Shard, call: BookCall) -> Result<BookAnswer, Fault> {
        if book == self.place.here() {
            // A book may have to ask others for what it is asked.
            return Box::pin(self.in_book(call)).await;
        }
        let answer = self.world.call(Object::Ledger(book), wire::encode(&LedgerCall::Book(call))?).await?;
        match wire::decode_trusted(&answer).map_err(|error| Fault::new("ledger.books", error))? {
            LedgerAnswer::Book(answer) => Ok(answer),
            _ => Err(Fault::new("ledger.books", "not a book's answer")),
        }
    }

    /// Asks every book, in their order.
    pub(super) async fn ask_all(&self, call: &BookCall) -> Result<Vec<BookAnswer>, Fault> {
        try_join_all(self.place.shards().all().map(|book| self.ask(book, call.clone()))).await
    }

    /// The book that keeps a person's account.
    pub(super) fn book_of(&self, person: AccountId) -> Shard {
        self.place.book_of(AccountKind::Person, person)
    }

    /// A person's account, at one instant.
    pub(super) async fn account(&self, account: AccountId, which: Selection, lines: u32) -> Result<AccountView, Fault> {
        expected!(self.ask(self.book_of(account), BookCall::Account { account, which, lines }).await?, Account)
    }

    /// Balances of people, in the order asked.
    pub(super) async fn balances(&self, accounts: Vec<AccountId>) -> Result<Vec<Balance>, Fault> {
        let of_book = accounts.into_iter().map(|account| (self.book_of(account), account));
        self.in_books(of_book, |book, accounts| async move {
            expected!(self.ask(book, BookCall::Balances(accounts)).await?, Balances)
        })
        .await
    }

    /// Posts each command in the book it is for, with what the log of whom it concerns says of it. Answers in their order.
    pub(super) async fn post_all(
        &self,
        commands: Vec<(Shard, Request, Option<Note>)>,
    ) -> Result<Vec<Result<Receipt, Refusal>>, Fault> {
        let of_book = commands.into_iter().map(|(book, request, note)| (book, (request, note)));
        self.in_books(of_book, |book, commands| async move {
            let (requests, notes) = commands.into_iter().unzip();
            self.post_in(book, requests, notes).await
        })
        .await
    }

    /// Posts in that book.
    pub(super) async fn post_in(
        &self,
        book: Shard,
        requests: Vec<Request>,
        notes: Vec<Option<Note>>,
    ) -> Result<Vec<Result<Receipt, Refusal>>, Fault> {
        expected!(self.ask(book, BookCall::Post(requests, notes)).await?, Posted)
    }

    /// The book that a command of a person is for.
    pub(super) fn book_for(&self, command: &Command) -> Shard {
        command.account().map_or(self.place.here(), |(kind, account)| self.place.book_of(kind, account))
    }

    /// What was answered to a command in that book, if it was posted there.
    pub(super) async fn receipt(&self, book: Shard, command: CommandId) -> Result<Option<Receipt>, Fault> {
        expected!(self.ask(book, BookCall::Receipt(command)).await?, Receipt)
    }

    /// The book in which whoever tells a command looks for it: of value that is not theirs, where it goes.
    pub(super) fn book_shown(&self, command: &Command) -> Shard {
        match command {
            Command::Grant { to, .. } => self.book_of(*to),
            Command::Purchase { code: Some(_), .. } => Shard::FIRST,
            _ => self.book_for(command),
        }
    }

    /// The receipt as it is shown in that book: of what left another for it, how it arrived. Where it has not, whoever told it is
    /// asked to send the same again.
    pub(super) async fn as_shown(&self, left: Shard, shown: Shard, receipt: Receipt) -> Result<Receipt, Fault> {
        if shown == left {
            return Ok(receipt);
        }
        let departure = Departure { shard: left, seq: receipt.first_seq };
        let arrived = self.receipt(shown, arrival_id(departure)).await?;
        arrived.ok_or_else(|| Fault::new("ledger.as_shown", "it has left and not arrived yet"))
    }

    /// The last proof of all books: of several, the worst, or the oldest. None while one was never proven.
    pub(super) async fn last_trial(&self) -> Result<Option<TrialBalance>, Fault> {
        let trials = self.ask_all(&BookCall::Trial).await?.into_iter().map(|answer| expected!(answer, Trial));
        let trials: Option<Vec<TrialBalance>> = trials.collect::<Result<_, _>>()?;
        Ok(trials.and_then(|trials| trials.into_iter().min_by_key(|trial| (trial.holds(), trial.at))))
    }

    /// Somebody's code, in the book that keeps their account.
    pub(super) async fn code_of(
        &self,
        visitor: Visitor,
        command: CommandId,
        max: Option<Points>,
    ) -> Result<Result<Page<CodePage>, NotPosted>, Fault> {
        let book = self.book_of(ledger::account_of(visitor.actor.person));
        expected!(self.ask(book, BookCall::Code { visitor, command, max }).await?, Code)
    }

    /// A page of a book's journal.
    pub(super) async fn entries(&self, book: Shard, after_seq: u64) -> Result<Vec<Entry>, Fault> {
        expected!(self.ask(book, BookCall::Entries { after_seq }).await?, Entries)
    }

    /// The code as it was made, by the book it is of.
    pub(super) async fn made_code(&self, code: &PayCode) -> Result<Option<MadeCode>, Fault> {
        expected!(self.ask(code.book(self.place.shards()), BookCall::MadeCode(*code)).await?, MadeCode)
    }

    /// One errand to each book that anything is for, all at once; answers in the order of the questions.
    async fn in_books<Q, A, Errand>(
        &self,
        questions: impl Iterator<Item = (Shard, Q)>,
        errand: impl Fn(Shard, Vec<Q>) -> Errand,
    ) -> Result<Vec<A>, Fault>
    where
        Errand: Future<Output = Result<Vec<A>, Fault>>,
    {
        let mut of_book: BTreeMap<Shard, (Vec<usize>, Vec<Q>)> = BTreeMap::new();
        for (index, (book, question)) in questions.enumerate() {
            let (indices, questions) = of_book.entry(book).or_default();
            indices.push(index);
            questions.push(question);
        }
        let errands = of_book.into_iter().map(|(book, (indices, questions))| {
            let errand = errand(book, questions);
            async move { (indices, errand.await) }
        });
        let mut answered = BTreeMap::new();
        for (indices, answers) in join_all(errands).await {
            let answers = answers?;
            if answers.len() != indices.len() {
                return Err(Fault::new("ledger.books", "an answer is missing"));
            }
            answered.extend(indices.into_iter().zip(answers));
        }
        Ok(answered.into_values().collect())
    }
}

/// The answer to a question about one.
pub(super) fn only<T>(list: Vec<T>) -> Result<T, Fault> {
    list.into_iter().next().ok_or_else(|| Fault::new("ledger.only", "nothing there"))
}
