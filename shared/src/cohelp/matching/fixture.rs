//! Towns drawn by chance, for tests and for measuring: everybody within ten kilometres, on [`TODAY`] and near it.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::cohelp::Window;
use crate::cohelp::fixture::{Chance, TODAY, job, person};
use crate::kernel::{Category, Day, Language, Mesh, PersonId};

/// Skills of such a town.
const SKILLS: [&str; 4] = ["driving", "childcare", "pruning", "forms"];

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

/// Whether it happens, so many times in a hundred.
fn happens(chance: &mut Chance, percent: u64) -> bool {
    chance.below(100) < percent
}

/// One of several.
fn one<T: Copy>(chance: &mut Chance, of: &[T]) -> Option<T> {
    of.get(usize::try_from(chance.below(of.len() as u64)).ok()?).copied()
}

/// A square of 250 m within ten kilometres.
fn square(chance: &mut Chance) -> Option<Mesh> {
    let quarters = 10 * (1 + chance.below(4)) + 1 + chance.below(4);
    Mesh::try_from((53_394_600 + chance.below(100)) * 100 + quarters).ok()
}

fn window(chance: &mut Chance, day: Day) -> Option<Window> {
    let from = 7 * 60 + 30 * chance.below(26);
    let to = from + 30 * (1 + chance.below(8));
    Window::new(day, u16::try_from(from).ok()?, u16::try_from(to).ok()?).ok()
}

fn hours(chance: &mut Chance) -> Option<Hours> {
    let mut stretches = Vec::new();
    for _ in 0..chance.below(3) {
        let from = u16::try_from(6 * 60 + 15 * chance.below(50)).ok()?;
        stretches.push(Stretch::new(from, from + u16::try_from(60 + 15 * chance.below(16)).ok()?).ok()?);
    }
    Hours::new(stretches).ok()
}

fn languages(chance: &mut Chance, japanese_percent: u64) -> Option<Few<Language, 1, { Language::ALL.len() }>> {
    let mut languages = BTreeSet::new();
    if happens(chance, japanese_percent) {
        languages.insert(Language::Japanese);
    }
    if languages.is_empty() || happens(chance, 25) {
        languages.insert(one(chance, &Language::ALL)?);
    }
    Few::new(languages).ok()
}

fn skills<T>(chance: &mut Chance, percent: u64, known: impl Fn(&mut Chance) -> T) -> Option<Skills<T>> {
    let mut skills = BTreeMap::new();
    for code in SKILLS {
        if happens(chance, percent) {
            skills.insert(SkillCode::parse(code).ok()?, known(chance));
        }
    }
    skills.try_into().ok()
}

fn some_of<T>(chance: &mut Chance, percent: u64, of: impl Iterator<Item = T>) -> Vec<T> {
    of.filter(|_| happens(chance, percent)).collect()
}

/// Requesters: helpers ask for help as well.
fn requesters(helpers: u64) -> impl Iterator<Item = PersonId> {
    (1..=helpers.min(12)).chain(1_001..=1_012).map(person)
}

fn profile(chance: &mut Chance, number: u64) -> Option<Profile> {
    let mut kinds = some_of(chance, 60, Category::ALL.into_iter());
    kinds.push(one(chance, &Category::ALL)?);
    let shown = |chance: &mut Chance| {
        if happens(chance, 50) { Evidence::Shown { at: TODAY.at_minute(0) } } else { Evidence::Stated }
    };
    let week = Week {
        sunday: hours(chance)?,
        monday: hours(chance)?,
        saturday: Hours::new(hours(chance)?.iter().chain(Stretch::new(9 * 60, 17 * 60))).ok()?,
        ..Week::default()
    };
    Some(Profile {
        person: person(number),
        home: square(chance)?,
        reach: Reach::try_from(u32::try_from(1_000 + 500 * chance.below(15)).ok()?).ok()?,
        travel: one(chance, &[Travel::Foot, Travel::Bicycle, Travel::Car])?,
        languages: languages(chance, 95)?,
        kinds: Few::new(kinds).ok()?,
        skills: skills(chance, 50, shown)?,
        week,
        rest: Few::new(some_of(chance, 5, [TODAY, TODAY.plus(1)].into_iter())).ok()?,
        per_week: PerWeek::try_from(u32::try_from(1 + chance.below(4)).ok()?).ok()?,
        course: happens(chance, 70).then(|| TODAY.plus(i32::from(happens(chance, 10)))),
    })
}

fn facts(chance: &mut Chance) -> Option<Circumstances> {
    let mut agreed = Vec::new();
    for _ in 0..chance.below(3) {
        let day = TODAY.plus(i32::try_from(chance.below(9)).ok()? - 6);
        agreed.push(Engagement { window: window(chance, day)?, place: square(chance)? });
    }
    let together = some_of(chance, 8, requesters(12)).into_iter().map(|who| (who, 1)).collect();
    let lately = u32::try_from(chance.below(7)).ok()?;
    let mut times = || u32::try_from(chance.below(6)).ok();
    let said = Said { yes: times()?, not: times()? };
    let apart = some_of(chance, 6, requesters(12)).into_iter().collect();
    Some(Circumstances { agreed, apart, together, lately, said })
}

fn need(chance: &mut Chance, number: u64, helpers: u64) -> Option<Need> {
    let asked = |chance: &mut Chance| if happens(chance, 40) { Asked::Shown } else { Asked::Stated };
    let window = window(chance, TODAY)?;
    let minutes = u64::from(window.minutes());
    Some(Need {
        job: job(number),
        requester: one(chance, &requesters(helpers).collect::<Vec<_>>())?,
        kind: one(chance, &Category::ALL)?,
        place: square(chance)?,
        window,
        minutes: u16::try_from(15 + chance.below(minutes.min(120) - 14)).ok()?,
        skills: skills(chance, 12, asked)?,
        languages: languages(chance, 90)?,
        course: happens(chance, 15),
        urgent: happens(chance, 20),
        declined: some_of(chance, 5, (1..=helpers).map(person)).into_iter().collect(),
    })
}
