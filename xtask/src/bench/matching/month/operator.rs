//! What the operator does of a day: calls for what is still open.

use std::collections::BTreeSet;

use shared::cohelp::matching::{Helper, Need, assign, eligible};

use crate::step::{Because, Outcome};

use super::super::answers::Answer;
use super::{Life, number};

/// The operator takes up what begins within so many minutes, and what is older than that.
const NEAR_MINUTES: i64 = 48 * 60;
const OLD_MINUTES: i64 = 24 * 60;
/// What the municipality calls lately, in minutes: four weeks.
const LATELY_MINUTES: i64 = 28 * 1_440;
/// How often the operator goes through what is left.
const ROUNDS: usize = 3;
/// Minutes of an operator: looking at a proposal, a call, a call nobody takes, telling the requester.
const LOOK_MINUTES: i64 = 1;
const CALL_MINUTES: i64 = 4;
const RING_MINUTES: i64 = 1;
const TELL_MINUTES: i64 = 3;

impl Life<'_> {
    /// The operator goes through what is left, some rounds, until everybody has said something.
    pub(super) fn operator(&mut self, now: i64) -> Outcome {
        let due = |request: &usize| {
            let asked = self.open[*request].request;
            let pressing = asked.begins() - now < NEAR_MINUTES || now - asked.at > OLD_MINUTES;
            asked.at < now && pressing && self.waits(*request, now)
        };
        let due: Vec<usize> = (0..self.open.len()).filter(due).collect();
        for (facts, agreed) in self.facts.iter_mut().zip(&self.agreed) {
            let lately = agreed.iter().filter(|at| now - **at < LATELY_MINUTES).count();
            facts.lately = u32::try_from(lately).because("jobs")?;
        }
        let (mut clock, mut silent) = (now, BTreeSet::new());
        for _ in 0..ROUNDS {
            for (request, helper) in self.proposal(&due, &silent)? {
                let who = Helper { profile: &self.town.helpers[helper].0, facts: &self.facts[helper] };
                // A round is proposed as a whole, then time passes.
                let Ok(fit) = eligible(&self.open[request].need, who, self.town.daytime) else { continue };
                if !self.is_open(request, clock) {
                    continue;
                }
                let calls = self.open[request].calls.get(&helper).copied().unwrap_or(0);
                let answer = self.answers.to_call(&self.question(request, helper, &fit, clock), calls);
                self.open[request].calls.insert(helper, calls + 1);
                let person = who.profile.person;
                self.asked(request, helper);
                let call = LOOK_MINUTES + if answer == Answer::Silence { RING_MINUTES } else { CALL_MINUTES };
                let told = if answer == Answer::Yes { TELL_MINUTES } else { 0 };
                clock += call + told;
                self.month.operator += if self.counts(request) { call + told } else { 0 };
                match answer {
                    Answer::Yes => {
                        self.said_yes(helper);
                        self.settle(request, helper, &fit, clock)?;
                    }
                    Answer::No => drop(self.open[request].need.declined.insert(person)),
                    Answer::Silence => drop(silent.insert((request, helper))),
                }
            }
        }
        Ok(())
    }

    /// Whom to call for what is still open: a helper for each request at most, and the other way round.
    fn proposal(&self, due: &[usize], silent: &BTreeSet<(usize, usize)>) -> Outcome<Vec<(usize, usize)>> {
        let left: Vec<usize> = due.iter().copied().filter(|request| !self.open[*request].done).collect();
        if !self.policy.matching {
            let mut taken = BTreeSet::new();
            let nearest = |request: usize| {
                let mut near = self.candidates(request).into_iter().map(|candidate| number(candidate.helper));
                let helper = near.find(|helper| !silent.contains(&(request, *helper)) && taken.insert(*helper))?;
                Some((request, helper))
            };
            return Ok(left.into_iter().filter_map(nearest).collect());
        }
        let need = |request: &usize| {
            let quiet = silent.iter().filter(|(other, _)| other == request);
            let quiet = quiet.map(|(_, helper)| self.town.helpers[*helper].0.person);
            let mut need = self.open[*request].need.clone();
            need.declined.extend(quiet);
            need
        };
        let needs: Vec<Need> = left.iter().map(need).collect();
        let proposal = assign(&needs, &self.helpers(), &[], self.town.daytime);
        let proposal = proposal.map_err(|broken| format!("a pin that nobody set: {broken:?}"))?;
        let request = |job| left.iter().copied().find(|request| self.open[*request].need.job == job);
        let pairs = proposal.pairs.into_iter();
        Ok(pairs.filter_map(|pair| Some((request(pair.job)?, number(pair.candidate.helper)))).collect())
    }
}
