//! Towns drawn by chance, for tests and for measuring: everybody within ten kilometres, on [`TODAY`] and near it.

mod draw;

use std::collections::BTreeSet;

use super::*;
use crate::cohelp::Window;
use crate::cohelp::fixture::{Chance, TODAY, person};
use crate::kernel::{Category, Language, PersonId};

use draw::{facts, need, profile};

/// A town: requests, people who help, and how things stand with each of these.
#[derive(Debug, Clone)]
pub struct Town {
    /// Requests, all for [`TODAY`]; job numbers from 1.
    pub needs: Vec<Need>,
    /// People who help; person numbers from 1.
    pub people: Vec<(Profile, Circumstances)>,
    /// When help may take place.
    pub daytime: Stretch,
}

impl Town {
    /// A town of so many requests and helpers. None only if this module contradicts the bounds of matching.
    pub fn new(chance: &mut Chance, needs: u64, helpers: u64) -> Option<Self> {
        let people = (1..=helpers).map(|number| Some((profile(chance, number)?, facts(chance)?)));
        Some(Self {
            people: people.collect::<Option<_>>()?,
            needs: (1..=needs).map(|number| need(chance, number, helpers)).collect::<Option<_>>()?,
            daytime: Stretch::new(8 * 60, 21 * 60).ok()?,
        })
    }

    /// The same town where everybody may help with everything: only points are left to choose by.
    pub fn without_bars(mut self) -> Option<Self> {
        let whole = Hours::new([Stretch::new(0, 1_440).ok()?]).ok()?;
        for (profile, facts) in &mut self.people {
            profile.reach = Reach::try_from(50_000).ok()?;
            profile.kinds = Few::new(Category::ALL).ok()?;
            profile.languages = Few::new(Language::ALL).ok()?;
            profile.week = Week { saturday: whole.clone(), ..Week::default() };
            profile.rest = Few::new([]).ok()?;
            profile.person = person(number(profile.person) + 10_000);
            (facts.agreed, facts.apart) = (Vec::new(), BTreeSet::new());
        }
        for need in &mut self.needs {
            (need.skills, need.course) = (Skills::NONE, false);
            need.window = Window::new(TODAY, 480, 1_260).ok()?;
        }
        Some(self)
    }

    /// Everybody who could help.
    pub fn helpers(&self) -> Vec<Helper<'_>> {
        self.people.iter().map(|(profile, facts)| Helper { profile, facts }).collect()
    }

    /// The best proposal.
    pub fn assigned(&self) -> Option<Proposal> {
        assign(&self.needs, &self.helpers(), &[], self.daytime).ok()
    }

    /// What comes out if one request after the other takes the best of those who are still free. Says of no request why
    /// it is not served.
    pub fn greedy(&self) -> Proposal {
        let (helpers, mut free) = (self.helpers(), BTreeSet::from_iter(self.people.iter().map(|(who, _)| who.person)));
        let mut proposal = Proposal::default();
        for need in &self.needs {
            let mut ranked = rank(need, &helpers, self.daytime).into_iter();
            if let Some(candidate) = ranked.find(|candidate| free.remove(&candidate.helper)) {
                proposal.pairs.push(Pair { job: need.job, candidate, pinned: false });
            }
        }
        proposal
    }

    /// How good a proposal is: requests served, urgent ones among them, points.
    pub fn worth(&self, proposal: &Proposal) -> (usize, usize, u32) {
        let urgent = BTreeSet::from_iter(self.needs.iter().filter(|need| need.urgent).map(|need| need.job));
        let urgent = proposal.pairs.iter().filter(|pair| urgent.contains(&pair.job)).count();
        (proposal.pairs.len(), urgent, proposal.pairs.iter().map(|pair| pair.candidate.points()).sum())
    }
}

fn number(person: PersonId) -> u64 {
    person.as_bytes().iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}
