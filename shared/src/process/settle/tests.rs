//! Money and jobs together: random lives of a town with a small ledger beside it, the process crashing anywhere.

use std::collections::BTreeMap;

use super::*;
use crate::cohelp::fixture::{
    Chance, JOBS, PEOPLE, TODAY, anybody, context, job, offer, person, points, request, rules, sensible_command,
};
use crate::cohelp::{Job, MemoryStore, OutboxItem, Rows, State, Store, Terms, step, tell};
use crate::kernel::{AccountId, HoldId, JobId, Timestamp};

const STEPS: u64 = 60_000;
/// So little that choices are refused now and then.
const START: u64 = 120;

fn seed() -> u64 {
    std::env::var("MEGURI_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_121)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Active {
        from: AccountId,
        amount: u64,
        until: Timestamp,
    },
    /// So many went to others, the rest back.
    Settled {
        paid: u64,
    },
    GaveBack,
}

/// A ledger as small as can be: what people have, what is set aside, what was told.
#[derive(Debug, Default)]
struct Model {
    free: BTreeMap<AccountId, u64>,
    holds: BTreeMap<HoldId, Held>,
    told: BTreeMap<CommandId, ledger::Command>,
}

impl Model {
    fn tell(&mut self, id: CommandId, command: &ledger::Command, now: Timestamp) -> Result<(), ledger::Refusal> {
        if let Some(before) = self.told.get(&id) {
            assert_eq!(before, command, "one id, two commands");
            return Ok(());
        }
        match command {
            ledger::Command::Hold { hold, from, amount, until } => {
                assert!(!self.holds.contains_key(hold), "one hold, two commands");
                let free = self.free.entry(*from).or_default();
                let Some(rest) = free.checked_sub(amount.get()) else {
                    return Err(ledger::Refusal::Insufficient { missing: points(amount.get() - *free) });
                };
                if now >= *until {
                    return Err(ledger::Refusal::HoldExpired);
                }
                *free = rest;
                self.holds.insert(*hold, Held::Active { from: *from, amount: amount.get(), until: *until });
            }
            ledger::Command::Settle { hold, legs } => {
                let (from, amount) = self.active(*hold)?;
                let paid = legs.iter().map(|leg| leg.amount.get()).sum::<u64>();
                assert!(legs.iter().all(|leg| !leg.amount.is_zero() && leg.to != from));
                legs.iter().for_each(|leg| *self.free.entry(leg.to).or_default() += leg.amount.get());
                *self.free.entry(from).or_default() += amount.checked_sub(paid).expect("no more than was set aside");
                self.holds.insert(*hold, Held::Settled { paid });
            }
            ledger::Command::Release { hold } => {
                let (from, amount) = self.active(*hold)?;
                *self.free.entry(from).or_default() += amount;
                self.holds.insert(*hold, Held::GaveBack);
            }
            other => panic!("the process never tells {other:?}"),
        }
        self.told.insert(id, command.clone());
        Ok(())
    }

    fn active(&self, hold: HoldId) -> Result<(AccountId, u64), ledger::Refusal> {
        match self.holds.get(&hold) {
            Some(Held::Active { from, amount, .. }) => Ok((*from, *amount)),
            Some(_) => Err(ledger::Refusal::HoldResolved),
            None => Err(ledger::Refusal::HoldUnknown),
        }
    }

    /// The ledger's own alarm.
    fn expire(&mut self, now: Timestamp) {
        for held in self.holds.values_mut() {
            if let Held::Active { from, amount, until } = *held
                && until <= now
            {
                *self.free.entry(from).or_default() += amount;
                *held = Held::GaveBack;
            }
        }
    }

    fn total(&self) -> u64 {
        let held = self.holds.values().map(|held| match held {
            Held::Active { amount, .. } => *amount,
            _ => 0,
        });
        self.free.values().sum::<u64>() + held.sum::<u64>()
    }
}

/// One run of the process between two crashes: it holds an item, and perhaps the ledger's answer.
#[derive(Debug, Clone)]
struct Run {
    item: OutboxItem,
    answer: Option<Outcome>,
}

struct Town {
    store: MemoryStore,
    model: Model,
    runs: Vec<Option<Run>>,
    now: Timestamp,
    chance: Chance,
    forgotten: BTreeMap<&'static str, u64>,
    /// Jobs that ended without help, but not for nothing.
    kept_free: u64,
    /// How often each report was made.
    reports: BTreeMap<&'static str, u64>,
}

impl Town {
    fn new(seed: u64, runs: usize) -> Self {
        let mut model = Model::default();
        model.free.extend((1..=PEOPLE).map(|who| (ledger::account_of(person(who)), START)));
        let (store, now) = (MemoryStore::default(), TODAY.at_minute(9 * 60));
        Self {
            store,
            model,
            runs: vec![None; runs],
            now,
            chance: Chance(seed),
            forgotten: BTreeMap::new(),
            kept_free: 0,
            reports: BTreeMap::new(),
        }
    }

    /// One small step of one run of the process: take an item, tell the ledger, report back.
    fn pump(&mut self, index: usize) {
        let Some(run) = self.runs[index].take() else {
            let due = self.store.outbox_due(self.now, 20).unwrap();
            let item = due.get(self.chance.below(due.len() as u64) as usize).cloned();
            self.runs[index] = item.map(|item| Run { item, answer: None });
            return;
        };
        let Some(answer) = run.answer else {
            let (id, command) = command(&run.item.event);
            assert_eq!((id, &command), (run.item.id, &super::command(&run.item.event).1), "derived anew, the same");
            let answer = if self.chance.below(10) == 0 {
                Outcome::Later
            } else {
                outcome(&self.model.tell(id, &command, self.now))
            };
            self.runs[index] = Some(Run { answer: Some(answer), ..run });
            return;
        };
        match follow(&run.item.event, answer) {
            Follow::Step(next) => {
                step(&self.store, &next, self.now).unwrap();
                let name = match next {
                    Step::Held { .. } => "held",
                    Step::HoldRefused { .. } => "refused",
                    Step::Settled { .. } => "settled",
                    Step::HoldLost { .. } => "lost",
                    Step::Released { .. } => "released",
                    Step::ExpireDue => "time",
                };
                *self.reports.entry(name).or_default() += 1;
            }
            Follow::Retry => {
                let attempts = run.item.attempts + 1;
                let due = self.now.plus_seconds(retry_seconds(attempts));
                self.store.postpone(run.item.id, attempts, due).unwrap();
            }
            Follow::Stuck => panic!("{run:?}"),
        }
    }

    fn act(&mut self, number: u64, crashes: bool) {
        let rules = rules();
        match self.chance.below(20) {
            0 => self.now = self.now.plus_seconds(self.chance.below(4_000) as i64),
            1 if self.chance.below(60) == 0 => self.now = self.now.plus_seconds(29 * 86_400),
            2 => drop(step(&self.store, &Step::ExpireDue, self.now).unwrap()),
            3 => self.model.expire(self.now),
            4 if crashes => self.runs.iter_mut().for_each(|run| *run = None),
            5..=10 => {
                let index = self.chance.below(self.runs.len() as u64) as usize;
                self.pump(index);
            }
            11 if self.chance.below(20) == 0 => self.forget_finished(),
            _ => {
                let id = job(1 + self.chance.below(JOBS));
                let sensible = if self.chance.below(4) > 0 {
                    sensible_command(&mut self.chance, &self.store, id, self.now).unwrap()
                } else {
                    None
                };
                let (who, command) = sensible.unwrap_or_else(|| anybody(&mut self.chance, self.now).unwrap());
                let terms = Terms { rules: &rules, available: None, entered_by: None };
                let _answer = tell(&self.store, &terms, &command, &context(who, self.now, number)).unwrap();
            }
        }
    }

    fn forget_finished(&mut self) {
        let mut rows = self.store.dump();
        let waits = |id: JobId| rows.outbox.values().any(|item| job_of(&item.event) == id);
        let gone: Vec<_> = rows.jobs.values().filter(|job| job.state.is_final() && !waits(job.id)).cloned().collect();
        for job in gone.iter().filter(|job| self.runs.iter().flatten().all(|run| job_of(&run.item.event) != job.id)) {
            *self.forgotten.entry(job.state.word()).or_default() += 1;
            let kept = matches!(job.state, State::Cancelled { compensation, .. } if !compensation.is_zero());
            self.kept_free += u64::from(kept);
            rows.jobs.remove(&job.id);
            rows.offers.retain(|_, offer| offer.job != job.id);
        }
        rows.commands.clear();
        self.store = MemoryStore::from_rows(rows);
    }

    /// No money without a job, no job without its money.
    fn check(&self) -> Result<(), String> {
        if self.model.total() != START * PEOPLE {
            return Err(format!("{} points in all", self.model.total()));
        }
        let rows = self.store.dump();
        rows.jobs.values().try_for_each(|job| self.check_job(job))?;
        for (hold, held) in &self.model.holds {
            if matches!(held, Held::Active { .. }) && !self.awaited(&rows, *hold) {
                return Err(format!("{hold:?} is set aside for nothing"));
            }
        }
        Ok(())
    }

    fn awaited(&self, rows: &Rows, hold: HoldId) -> bool {
        let by_job = rows
            .jobs
            .values()
            .any(|job| !job.state.is_final() && job.state.agreement().is_some_and(|agreement| agreement.hold == hold));
        let by_run = self.runs.iter().flatten().any(|run| run.item.event.hold() == hold);
        by_job || by_run || rows.outbox.values().any(|item| item.event.hold() == hold)
    }

    fn check_job(&self, job: &Job) -> Result<(), String> {
        let held = job.state.agreement().and_then(|agreement| self.model.holds.get(&agreement.hold).copied());
        let reward = job.request.reward.get();
        let fits = match (&job.state, held) {
            (State::Open { .. } | State::Expired { .. }, held) => held.is_none(),
            (State::Agreeing(_), held) => !matches!(held, Some(Held::Settled { .. })),
            // Its points are there until the ledger's own end of the hold, which no decision outlasts.
            (State::Agreed(_) | State::Disputed(..), Some(Held::Active { amount, .. })) => amount == reward,
            (State::Agreed(_) | State::Disputed(..), held) => {
                held == Some(Held::GaveBack) && self.now >= job.hold_until()
            }
            (State::Paying(_, verdict), Some(Held::Settled { paid })) => paid == job.costs(verdict.outcome).get(),
            (State::Paying(..), held) => held.is_some(),
            (State::Paid(done), held) => held == Some(Held::Settled { paid: done.gave.get() }),
            (State::Cancelling { compensation, .. }, Some(Held::Settled { paid })) => paid == compensation.get(),
            (State::Cancelling { .. }, held) => matches!(held, Some(Held::Active { .. } | Held::GaveBack)),
            (State::Cancelled { agreed: None, .. }, held) => held.is_none(),
            (State::Cancelled { agreed: Some(_), compensation, .. }, held) if compensation.is_zero() => {
                held == Some(Held::GaveBack)
            }
            (State::Cancelled { agreed: Some(_), compensation, .. }, held) => {
                held == Some(Held::Settled { paid: compensation.get() })
            }
        };
        if fits { Ok(()) } else { Err(format!("{job:?} with {held:?}")) }
    }

    /// Lets everything come to its end without people.
    fn settle_down(&mut self) {
        for days in [1, 1, 29, 1, 1] {
            self.now = self.now.plus_seconds(days * 86_400);
            while step(&self.store, &Step::ExpireDue, self.now).unwrap() > 0 {}
            for _ in 0..2_000 {
                (0..self.runs.len()).for_each(|index| self.pump(index));
                self.now = self.now.plus_seconds(1);
            }
        }
        self.now = self.now.plus_seconds(40 * 86_400);
        self.model.expire(self.now);
    }
}

fn job_of(event: &Event) -> JobId {
    event.job()
}

fn live(runs: usize, crashes: bool) {
    let seed = seed();
    println!("MEGURI_SEED={seed}");
    let mut town = Town::new(seed, runs);
    for number in 0..STEPS {
        town.act(number, crashes);
        town.check().unwrap_or_else(|error| panic!("step {number}, MEGURI_SEED={seed}: {error}"));
    }
    town.settle_down();
    town.check().unwrap_or_else(|error| panic!("in the end, MEGURI_SEED={seed}: {error}"));
    let rows = town.store.dump();
    assert!(rows.outbox.is_empty(), "{:?}", rows.outbox);
    assert!(rows.jobs.values().all(|job| job.state.is_final()), "{:?}", rows.jobs);
    assert!(!town.model.holds.values().any(|held| matches!(held, Held::Active { .. })));
    for word in ["paid", "cancelled", "expired"] {
        assert!(town.forgotten.get(word) > Some(&20), "{word}: {:?}", town.forgotten);
    }
    assert!(town.kept_free > 3, "{} were paid for time kept free", town.kept_free);
    for report in ["held", "refused", "settled", "released"] {
        assert!(town.reports.get(report) > Some(&20), "{report}: {:?}", town.reports);
    }
    println!("{:?} {:?}", town.forgotten, town.reports);
}

#[test]
fn no_money_without_a_job_when_the_process_crashes_anywhere() {
    live(1, true);
}

#[test]
fn no_money_without_a_job_when_two_run_at_once() {
    live(2, false);
}

#[test]
fn events_as_commands() {
    let hold = HoldId::from_bytes([3; 16]);
    let until = TODAY.at_minute(0);
    let chosen = Event::Chosen { job: job(1), hold, requester: person(1), reward: points(500), until };
    let from = ledger::account_of(person(1));
    assert_eq!(command(&chosen).1, ledger::Command::Hold { hold, from, amount: points(500), until });
    let pay = |reward, fee_percent| {
        let reward = points(reward);
        let event = Event::Helped { job: job(1), hold, helper: person(2), amount: reward, fee_percent };
        match command(&event).1 {
            ledger::Command::Settle { legs, .. } => {
                legs.into_iter().map(|leg| (leg.to, leg.kind, leg.amount.get())).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        }
    };
    let to_helper = |amount| (ledger::account_of(person(2)), AccountKind::Person, amount);
    let to_town = |amount| (ledger::fee(), AccountKind::Fee, amount);
    assert_eq!(pay(500, 5), [to_helper(475), to_town(25)]);
    assert_eq!(pay(19, 5), [to_helper(19)]);
    assert_eq!(pay(500, 0), [to_helper(500)]);
    assert_eq!(pay(500, 100), [to_town(500)]);
    let kept_free = Event::KeptFree { job: job(1), hold, helper: person(2), amount: points(250) };
    let leg = Leg { to: ledger::account_of(person(2)), kind: AccountKind::Person, amount: points(250) };
    assert_eq!(command(&kept_free).1, ledger::Command::Settle { hold, legs: vec![leg] }, "no fee for a wasted hour");
    let release = Event::CancelledAfterAgreement { job: job(1), hold };
    assert_eq!(command(&release).1, ledger::Command::Release { hold });
    assert_ne!(command(&chosen).0, command(&release).0);
}

#[test]
fn outcomes_as_steps() {
    let hold = HoldId::from_bytes([3; 16]);
    let job = job(1);
    let (until, reward) = (TODAY.at_minute(0), points(500));
    let chosen = Event::Chosen { job, hold, requester: person(1), reward, until };
    let both = Event::Helped { job, hold, helper: person(2), amount: reward, fee_percent: 5 };
    let kept_free = Event::KeptFree { job, hold, helper: person(2), amount: reward };
    let cancelled = Event::CancelledAfterAgreement { job, hold };
    let refused = |missing| Follow::Step(Step::HoldRefused { job, hold, missing: points(missing) });
    let short = Outcome::Short { missing: points(30) };
    for (event, outcome, expected) in [
        (&chosen, Outcome::Done, Follow::Step(Step::Held { job, hold })),
        (&chosen, short, refused(30)),
        (&chosen, Outcome::HoldGone, refused(0)),
        (&chosen, Outcome::Refused, refused(0)),
        (&chosen, Outcome::Later, Follow::Retry),
        (&both, Outcome::Done, Follow::Step(Step::Settled { job, hold })),
        (&both, short, Follow::Stuck),
        (&both, Outcome::HoldGone, Follow::Step(Step::HoldLost { job, hold })),
        (&both, Outcome::Refused, Follow::Stuck),
        (&both, Outcome::Later, Follow::Retry),
        (&kept_free, Outcome::Done, Follow::Step(Step::Settled { job, hold })),
        (&kept_free, short, Follow::Stuck),
        (&kept_free, Outcome::HoldGone, Follow::Step(Step::HoldLost { job, hold })),
        (&kept_free, Outcome::Refused, Follow::Stuck),
        (&kept_free, Outcome::Later, Follow::Retry),
        (&cancelled, Outcome::Done, Follow::Step(Step::Released { job, hold })),
        (&cancelled, short, Follow::Stuck),
        (&cancelled, Outcome::HoldGone, Follow::Step(Step::Released { job, hold })),
        (&cancelled, Outcome::Refused, Follow::Stuck),
        (&cancelled, Outcome::Later, Follow::Retry),
    ] {
        assert_eq!(follow(event, outcome), expected, "{event:?} {outcome:?}");
    }
    assert_eq!(outcome::<()>(&Err(ledger::Refusal::LegsExceedHold)), Outcome::Refused);
}

#[test]
fn waiting_grows_to_five_minutes() {
    let waits: Vec<_> = [0, 1, 4, 8, 9, 63, u32::MAX].map(retry_seconds).to_vec();
    assert_eq!(waits, [1, 2, 16, 256, 300, 300, 300]);
}

#[test]
fn a_choice_beyond_ones_points_reopens_the_request() {
    let mut town = Town::new(1, 1);
    let (rules, now) = (rules(), town.now);
    let terms = Terms { rules: &rules, available: None, entered_by: None };
    let act =
        |town: &Town, who, id, command| tell(&town.store, &terms, &command, &context(who, now, id)).unwrap().unwrap();
    let ask = crate::cohelp::Command::Ask { job: job(1), request: request(TODAY.plus(1), START + 30).unwrap() };
    act(&town, 1, 1, ask);
    act(&town, 2, 2, crate::cohelp::Command::Offer { job: job(1), offer: offer(1), note: None });
    act(&town, 1, 3, crate::cohelp::Command::Choose { job: job(1), offer: offer(1) });
    for _ in 0..40 {
        town.pump(0);
        town.now = town.now.plus_seconds(300);
    }
    let (found, _) = town.store.job(job(1)).unwrap().unwrap();
    assert_eq!(found.state, State::short_of(points(30)));
    assert!(town.model.holds.is_empty());
}
