//! A month, event by event: people are asked by message, answer and choose; twice a day an operator calls for what is left.
//! Every policy lives the same month with the same people, times and chances, and differ in whom they ask.

mod operator;
mod outcome;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use shared::cohelp::Window;
use shared::cohelp::matching::{Candidate, Circumstances, Engagement, Fit, Helper, Need, Said, rank};
use shared::kernel::PersonId;

use crate::step::{Because, Outcome};

use super::answers::{Answer, Answers, Question};
use super::people::Town;
use super::requests::{DAYS, Request};

pub use outcome::Month;

/// Messages go out and are answered from seven to ten.
const AWAKE: core::ops::Range<i64> = 7 * 60..22 * 60;
/// How long one waits for an offer before others are asked, in minutes; at most a quarter of what is left.
const PATIENCE_MINUTES: i64 = 180;
/// Nobody is found any more so shortly before it begins, in minutes.
const TOO_LATE_MINUTES: i64 = 30;
/// When the operator sits down, Monday to Saturday.
const SESSIONS: [i64; 2] = [10 * 60, 15 * 60];
/// Whom to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// How many by message at a time.
    pub at_a_time: usize,
    /// Those with most points, and whom the proposal pairs; otherwise the nearest, one request after the other.
    pub matching: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Asks { request: usize },
    Answers { request: usize, helper: usize, yes: bool },
    Waited { request: usize },
    Chooses { request: usize },
    Operator,
}

/// A request on its way.
struct Open<'a> {
    request: &'a Request,
    need: Need,
    asked: BTreeSet<PersonId>,
    offers: Vec<usize>,
    calls: BTreeMap<usize, u64>,
    done: bool,
}

impl<'a> Open<'a> {
    fn new(request: &'a Request) -> Self {
        let need = request.need.clone();
        Self { request, need, asked: BTreeSet::new(), offers: Vec::new(), calls: BTreeMap::new(), done: false }
    }

    const fn is_open(&self, now: i64, begins: i64) -> bool {
        !self.done && now < begins - TOO_LATE_MINUTES
    }
}

struct Life<'a> {
    town: &'a Town,
    answers: &'a Answers,
    policy: Policy,
    facts: Vec<Circumstances>,
    /// When each helper agreed to a job.
    agreed: Vec<Vec<i64>>,
    open: Vec<Open<'a>>,
    events: BinaryHeap<Reverse<(i64, usize, Event)>>,
    count: usize,
    month: Month,
}

/// Lives the month.
pub fn live(town: &Town, answers: &Answers, policy: Policy) -> Outcome<Month> {
    let mut life = Life {
        town,
        answers,
        policy,
        facts: town.helpers.iter().map(|(_, facts)| facts.clone()).collect(),
        agreed: vec![Vec::new(); town.helpers.len()],
        open: town.requests.iter().map(Open::new).collect(),
        events: BinaryHeap::new(),
        count: 0,
        month: Month { requests: town.requests.iter().filter(|request| request.counts()).count(), ..Month::default() },
    };
    for (request, asks) in town.requests.iter().enumerate() {
        life.at(asks.at, Event::Asks { request });
    }
    let days = (0..i64::try_from(DAYS + 15).because("days")?).filter(|day| day % 7 != 6);
    days.flat_map(|day| SESSIONS.map(|minute| day * 1_440 + minute)).for_each(|at| life.at(at, Event::Operator));
    while let Some(Reverse((now, _, event))) = life.events.pop() {
        life.happens(now, event)?;
    }
    Ok(life.month)
}

impl Life<'_> {
    fn at(&mut self, when: i64, event: Event) {
        self.count += 1;
        self.events.push(Reverse((when, self.count, event)));
    }

    fn happens(&mut self, now: i64, event: Event) -> Outcome {
        match event {
            Event::Operator => return self.operator(now),
            Event::Asks { request } => {
                let nobody = self.candidates(request).is_empty();
                self.month.nobody += u32::from(nobody && self.counts(request));
                self.ask(request, now, self.policy.at_a_time);
            }
            Event::Waited { request } if self.waits(request, now) => self.ask(request, now, self.policy.at_a_time),
            Event::Answers { request, helper, yes: true } if self.is_open(request, now) => {
                self.open[request].offers.push(helper);
                self.said_yes(helper);
                if self.open[request].offers.len() == 1 {
                    let (begins, need) = (self.open[request].request.begins(), &self.open[request].need);
                    let choice = self.answers.choice_minutes(need).min((begins - TOO_LATE_MINUTES - now) / 2);
                    self.at(awake(now + choice), Event::Chooses { request });
                }
            }
            Event::Answers { request, helper, yes: false } => {
                let who = self.town.helpers[helper].0.person;
                self.open[request].need.declined.insert(who);
                if self.waits(request, now) {
                    self.ask(request, now, 1);
                }
            }
            Event::Chooses { request } if self.is_open(request, now) => {
                let offers = std::mem::take(&mut self.open[request].offers);
                let candidates = self.candidates(request);
                match candidates.into_iter().find(|candidate| offers.contains(&number(candidate.helper))) {
                    Some(candidate) => self.settle(request, number(candidate.helper), &candidate.fit, now)?,
                    // All of them have something else by now.
                    None => self.ask(request, now, self.policy.at_a_time),
                }
            }
            Event::Waited { .. } | Event::Answers { .. } | Event::Chooses { .. } => {}
        }
        Ok(())
    }

    fn is_open(&self, request: usize, now: i64) -> bool {
        self.open[request].is_open(now, self.open[request].request.begins())
    }

    fn waits(&self, request: usize, now: i64) -> bool {
        self.is_open(request, now) && self.open[request].offers.is_empty()
    }

    fn helpers(&self) -> Vec<Helper<'_>> {
        self.town.helpers.iter().zip(&self.facts).map(|((profile, _), facts)| Helper { profile, facts }).collect()
    }

    /// Everybody who may be asked, in the order of the policy.
    fn candidates(&self, request: usize) -> Vec<Candidate> {
        let mut candidates = rank(&self.open[request].need, &self.helpers(), self.town.daytime);
        if !self.policy.matching {
            candidates.sort_by_key(|candidate| (candidate.fit.metres, candidate.helper));
        }
        candidates
    }

    /// Sends messages to the next so many.
    fn ask(&mut self, request: usize, now: i64, at_a_time: usize) {
        let now = awake(now);
        if !self.is_open(request, now) {
            return;
        }
        let candidates = self.candidates(request);
        let fresh = candidates.into_iter().filter(|candidate| !self.open[request].asked.contains(&candidate.helper));
        let asked: Vec<Candidate> = fresh.take(at_a_time).collect();
        for candidate in &asked {
            let helper = number(candidate.helper);
            let (answer, after) = self.answers.to_message(&self.question(request, helper, &candidate.fit, now));
            if answer != Answer::Silence {
                self.at(awake(now + after), Event::Answers { request, helper, yes: answer == Answer::Yes });
            }
            self.open[request].asked.insert(candidate.helper);
            self.asked(request, helper);
        }
        if !asked.is_empty() {
            let left = self.open[request].request.begins() - now;
            self.at(awake(now + PATIENCE_MINUTES.min(left / 4)), Event::Waited { request });
        }
    }

    fn question<'a>(&'a self, request: usize, helper: usize, fit: &'a Fit, now: i64) -> Question<'a> {
        let Open { need, request, .. } = &self.open[request];
        let again = self.facts[helper].together.contains_key(&need.requester);
        Question { need, helper: &self.town.helpers[helper].0, fit, again, ahead_minutes: request.begins() - now }
    }

    fn counts(&self, request: usize) -> bool {
        self.open[request].request.counts()
    }

    /// Somebody was asked. Until they say yes, they have said nothing.
    fn asked(&mut self, request: usize, helper: usize) {
        self.month.asked += u32::from(self.counts(request));
        self.facts[helper].said.not += 1;
    }

    fn said_yes(&mut self, helper: usize) {
        let said = &mut self.facts[helper].said;
        *said = Said { yes: said.yes + 1, not: said.not.saturating_sub(1) };
    }

    /// The two have found each other.
    fn settle(&mut self, request: usize, helper: usize, fit: &Fit, now: i64) -> Outcome {
        let open = &mut self.open[request];
        open.done = true;
        if open.request.counts() {
            self.month.matched.push((now - open.request.at) as f64);
            self.month.helpers.insert(helper);
        }
        let window = Window::new(open.need.window.day(), fit.at.from_minute(), fit.at.to_minute()).because("a time")?;
        let facts = &mut self.facts[helper];
        facts.agreed.push(Engagement { window, place: open.need.place });
        self.agreed[helper].push(now);
        *facts.together.entry(open.need.requester).or_default() += 1;
        Ok(())
    }
}

/// The place of a helper among the helpers of the town.
fn number(helper: PersonId) -> usize {
    u128::from_be_bytes(*helper.as_bytes()) as usize
}

/// That moment, or the next morning.
const fn awake(at: i64) -> i64 {
    let (midnight, minute) = (at.div_euclid(1_440) * 1_440, at.rem_euclid(1_440));
    if minute < AWAKE.start {
        midnight + AWAKE.start
    } else if minute >= AWAKE.end {
        midnight + 1_440 + AWAKE.start
    } else {
        at
    }
}
