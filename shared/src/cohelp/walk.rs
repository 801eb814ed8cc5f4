//! Long random lives of a small town, checked after every step.

use std::collections::BTreeMap;

use super::fixture::{Chance, JOBS, PEOPLE, TODAY, context, job, person, rules};
use super::helping::only_proven;
use super::*;
use crate::kernel::{Context, Month, Points, Timestamp, limit};

const STEPS: u64 = 60_000;

fn seed() -> u64 {
    std::env::var("MEGURI_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_121)
}

/// What a store must hold whatever happened.
fn check(rows: &Rows) -> Result<(), String> {
    for job in rows.jobs.values() {
        let offers: Vec<_> = rows.offers.values().filter(|offer| offer.job == job.id).collect();
        let standing: Vec<_> = offers.iter().filter(|offer| offer.state == OfferState::Standing).collect();
        let chosen: Vec<_> = offers.iter().filter(|offer| offer.state == OfferState::Chosen).collect();
        let takes = matches!(job.state, State::Open { .. } | State::Agreeing(_));
        if !standing.is_empty() && !takes {
            return Err(format!("{:?} is {} with standing offers", job.id, job.state.word()));
        }
        if standing.len() > limit::OFFERS_MAX || offers.iter().any(|offer| offer.helper == job.requester) {
            return Err(format!("{:?} has offers it must not have", job.id));
        }
        for helper in 1..=PEOPLE {
            if standing.iter().filter(|offer| offer.helper == person(helper)).count() > 1 {
                return Err(format!("{:?} has two standing offers of {helper}", job.id));
            }
        }
        let agreed = job.state.agreement().map(|agreement| (agreement.offer, agreement.helper));
        let by_offers: Vec<_> = chosen.iter().map(|offer| (offer.id, offer.helper)).collect();
        if agreed.into_iter().collect::<Vec<_>>() != by_offers {
            return Err(format!("{:?}: agreement {agreed:?}, chosen {by_offers:?}", job.id));
        }
        let waiting = |kind: fn(&Event) -> bool| {
            let hold = job.state.agreement().map(|agreement| agreement.hold);
            rows.outbox.values().any(|item| kind(&item.event) && Some(item.event.hold()) == hold)
        };
        let expected = match job.state {
            State::Agreeing(_) => waiting(|event| matches!(event, Event::Chosen { .. })),
            State::Paying(..) => waiting(|event| matches!(event, Event::Helped { .. })),
            State::Cancelling { compensation, .. } if compensation.is_zero() => {
                waiting(|event| matches!(event, Event::CancelledAfterAgreement { .. }))
            }
            State::Cancelling { .. } => waiting(|event| matches!(event, Event::KeptFree { .. })),
            _ => !waiting(|_| true),
        };
        if !expected {
            return Err(format!("{:?} is {} with {:?}", job.id, job.state.word(), rows.outbox));
        }
    }
    Ok(())
}

/// What can come of any job.
fn outcomes(found: &Job) -> [Outcome; 4] {
    let no_show = |of| Outcome::NoShow { of };
    let all = Outcome::Done { minutes: found.request.minutes };
    [all, no_show(Side::Requester), no_show(Side::Helper), Outcome::NotDone]
}

/// What was counted is what the rows say, and those that were forgotten.
fn check_figures(store: &MemoryStore, finals: &BTreeMap<&'static str, u64>) -> Result<(), String> {
    let (rows, tally) = (store.dump(), store.tally().unwrap());
    let of = |counted| tally.between(Month(0), Month(i32::MAX), counted).count;
    let ended = |word| {
        let now = rows.jobs.values().filter(|job| job.state.word() == word).count() as u64;
        now + finals.get(word).copied().unwrap_or_default()
    };
    let all = rows.jobs.len() as u64 + finals.values().sum::<u64>();
    let counted = [Counted::Asked, Counted::Helped, Counted::Unmet, Counted::Ended].map(of);
    let expected = [all, ended("paid"), ended("expired"), ended("cancelled")];
    let people: std::collections::BTreeSet<_> = rows.jobs.values().map(|job| job.requester).collect();
    let plausible = of(Counted::Matched) >= counted[1]
        && of(Counted::Newcomer) >= people.len() as u64
        && of(Counted::Phoned) <= counted[0]
        && rows.satisfaction.answers < u64::from(Satisfaction::TOGETHER);
    if counted == expected && plausible {
        Ok(())
    } else {
        Err(format!("{counted:?} counted of {expected:?}: {tally:?}"))
    }
}

/// Everything a page could offer.
fn every_action(found: &Job, offers: &[Offer], who: u64, now: Timestamp) -> Vec<Action> {
    let costs = found.side(person(who)).map_or(Points::ZERO, |side| found.cancel_costs(side, now));
    let mut all = vec![Action::Offer, Action::Notify, Action::BeLate, Action::CheckIn, Action::Consult, Action::Thank];
    all.extend([Action::Cancel { costs }, Action::Chat]);
    all.extend(outcomes(found).map(Action::Report));
    for made in offers {
        all.extend([Action::Withdraw(made.id), Action::Choose(made.id)]);
    }
    all
}

/// A page offers exactly what a decision would take.
fn check_page(store: &MemoryStore, terms: &Terms<'_>, chance: &mut Chance, now: Timestamp) {
    let (id, who) = (job(1 + chance.below(JOBS)), 1 + chance.below(PEOPLE));
    let Some((found, offers)) = store.job(id).unwrap() else { return };
    let registered = store.everybody_registered().unwrap();
    let proven = |view| only_proven(view, &found.request, terms.rules, person(who), &registered);
    let view = job_view(&found, &offers, person(who), now).map(proven);
    let may = view.as_ref().map(|view| view.may.clone()).unwrap_or_default();
    let context = Context { command: crate::kernel::CommandId::derive("page", b""), ..context(who, now, 0) };
    let takes = |who: u64, command: Command| {
        let context = Context { actor: fixture::context(who, now, 0).actor, ..context };
        let snapshot = store.read(&reads(&command, &context, terms.entered_by)).unwrap();
        decide(&snapshot, terms, &command, &context).is_ok()
    };
    for action in every_action(&found, &offers, who, now) {
        let command = fixture::command_of(chance, &found, action);
        let taken = command.is_some_and(|command| takes(who, command));
        assert_eq!(may.contains(&action), taken, "{action:?} of {who} on {}: {view:?}", found.state.word());
    }
    let claim = store.claim(id).unwrap();
    let entered = store.entered(id).unwrap();
    let written = store.read(&Reads { chat: Some(id), ..Reads::default() }).unwrap().chat.by_helper;
    let beside = Beside { claim, entered: &entered, written };
    let desk = desk_view(&found, &offers, beside, person(fixture::OPERATOR), now).unwrap();
    use DeskAction::{CheckIn, Claim, Close, HandOver, Introduce, Notify, RingUp};
    for action in [Introduce, Notify, CheckIn, Close, Claim, HandOver, RingUp] {
        // With nothing written beside it, of which there may be enough.
        let command = match action {
            HandOver => Command::Desk { job: id, act: DeskAct::HandOver { memo: None } },
            action => fixture::desk_command(chance, id, action).unwrap(),
        };
        let taken = takes(fixture::OPERATOR, command);
        assert_eq!(desk.may.contains(&action), taken, "{action:?} on {}", found.state.word());
    }
    let given = store.feedback(id).unwrap();
    let rates = Command::Rate { job: id, satisfaction: Rating::MAX, words: None };
    let side = found.rater(person(who), now).ok().filter(|side| given.iter().all(|given| given.side != *side));
    assert_eq!(side.is_some(), takes(who, rates), "{given:?} on {}", found.state.word());
    let photos = store.photos(id).unwrap();
    let adds = Command::AddPhoto { job: id, caption: None, picture: fixture::picture().unwrap() };
    let reads = Reads { photos: Some((id, person(who))), ..Reads::default() };
    let of_person = store.read(&reads).unwrap().photos_of_person;
    let may_add = guard::add_photo(&found, &photos, of_person, person(who), now);
    assert_eq!(may_add.is_ok(), takes(who, adds), "{may_add:?} of {who} on {}", found.state.word());
    for photo in &photos {
        let removes = guard::remove_photos(&found, offers.iter(), person(who), now).is_ok() && photo.helper.is_none();
        assert_eq!(removes, takes(who, Command::RemovePhoto { job: id, photo: photo.id }));
        let sees = guard::see_photo(&found, photo, person(who), now);
        assert!(!sees || found.side(person(who)).is_some(), "a photo seen by a stranger");
        let of_theirs = found.requester == person(who) || photo.helper.is_none_or(|helper| helper == person(who));
        assert!(!sees || of_theirs, "a photo seen by who helps next");
    }
    for side in [Side::Requester, Side::Helper] {
        let waits = given.iter().any(|given| given.side == side && given.waits());
        assert_eq!(waits, takes(fixture::OPERATOR, Command::Desk { job: id, act: DeskAct::Read { side } }));
    }
    for outcome in outcomes(&found) {
        let action = DeskAction::Decide(outcome);
        let taken = takes(fixture::OPERATOR, fixture::desk_command(chance, id, action).unwrap());
        assert_eq!(desk.may.contains(&action), taken, "{action:?} on {}", found.state.word());
    }
    if let Some(view) = view {
        let party = found.side(person(who)).is_some();
        assert!(view.details.is_none() || party, "details seen by a stranger");
        let written = view.answers.iter().any(|(_, given)| matches!(given, Given::Written(_)));
        assert_eq!(
            written,
            view.details.is_some() && found.request.answers.iter().count() > 1,
            "what is written as well"
        );
        assert!(party || view.helper.is_none());
        let between = (&view.course, &view.dispute, &view.verdict, &view.gave, &view.ending);
        assert!(party || between == (&None, &None, &None, &None, &None), "seen by a stranger: {between:?}");
        assert!(view.code.is_none() || found.requester == person(who), "only the requester reads the code out");
        assert!(found.requester == person(who) || view.offers.iter().all(|offer| offer.helper == person(who)));
    }
}

struct Town {
    store: MemoryStore,
    chance: Chance,
    now: Timestamp,
    told: Vec<(u64, u64, Command)>,
    finals: BTreeMap<&'static str, u64>,
}

impl Town {
    /// What the page offers to somebody, or anything at all.
    fn any(&mut self) -> (u64, Command) {
        let id = job(1 + self.chance.below(JOBS));
        let sensible = if self.chance.below(4) > 0 {
            fixture::sensible_command(&mut self.chance, &self.store, id, self.now).unwrap()
        } else {
            None
        };
        sensible.unwrap_or_else(|| fixture::anybody(&mut self.chance, self.now).unwrap())
    }

    fn tell(&mut self, terms: &Terms<'_>, number: u64) {
        let repeat = (self.chance.below(10) == 0).then(|| self.chance.below(self.told.len() as u64) as usize);
        let (id, who, command) = match repeat.and_then(|index| self.told.get(index).cloned()) {
            // Under an id seen before: half the time the same, half the time another command.
            Some((id, who, command)) if self.chance.below(2) == 0 => (id, who, command),
            Some((id, who, _)) => (id, who, fixture::any_command(&mut self.chance, self.now).unwrap()),
            None => {
                let (who, command) = self.any();
                (number, who, command)
            }
        };
        let before = self.store.dump();
        let known = before.commands.get(&fixture::command(id)).cloned();
        let context = context(who, self.now, id);
        // Nobody on the phone is an operator, nor sends a photo.
        let entered_by = terms.entered_by.filter(|_| EnteredAct::of(&command).is_some());
        let answer = tell(&self.store, &Terms { entered_by, ..terms.clone() }, &command, &context).unwrap();
        match (known, answer) {
            (Some(known), answer) if known.body == command.fingerprint(person(who)) => {
                assert_eq!(answer, Ok(known.receipt));
                assert_eq!(self.store.dump(), before, "a repeat changed something");
            }
            (Some(_), answer) => {
                let refusal = match (&command, who) {
                    (Command::Desk { .. }, fixture::OPERATOR) => Refusal::CommandReused,
                    (Command::Desk { .. }, _) => Refusal::NotOperator,
                    (_, fixture::OPERATOR) => Refusal::CardMissing,
                    _ => Refusal::CommandReused,
                };
                assert_eq!(answer, Err(refusal));
            }
            (None, Err(_)) => assert_eq!(self.store.dump(), before, "a refusal changed something"),
            (None, Ok(receipt)) => {
                assert_eq!(receipt, Receipt { job: command.job(), at: self.now });
                self.told.push((id, who, command));
            }
        }
    }

    /// Somebody registers, or leaves, or the centre has seen that they took the course.
    fn register(&mut self) {
        let number = 1 + self.chance.below(PEOPLE);
        let mut registered = fixture::registered(number).unwrap();
        registered.profile.course = (self.chance.below(2) == 0).then_some(TODAY);
        let registered = (self.chance.below(4) > 0).then_some(registered);
        let changes = Changes { registered: vec![(person(number), registered)], ..Changes::default() };
        self.store.commit(&changes).unwrap();
    }

    fn report(&mut self) {
        let due = self.store.outbox_due(self.now, 100).unwrap();
        let Some(item) = due.get(self.chance.below(due.len() as u64) as usize) else { return };
        let (hold, good) = (item.event.hold(), self.chance.below(4) > 0);
        let next = match item.event {
            Event::Chosen { job, .. } if good => Step::Held { job, hold },
            Event::Chosen { job, .. } => Step::HoldRefused { job, hold, missing: fixture::points(3) },
            Event::Helped { job, .. } | Event::KeptFree { job, .. } if good => Step::Settled { job, hold },
            Event::Helped { job, .. } | Event::KeptFree { job, .. } => Step::HoldLost { job, hold },
            Event::CancelledAfterAgreement { job, .. } => Step::Released { job, hold },
        };
        step(&self.store, &next, self.now).unwrap();
        let after = self.store.dump();
        assert_eq!(step(&self.store, &next, self.now.plus_seconds(9)).unwrap(), 0);
        assert_eq!(self.store.dump(), after, "a repeated report changed something");
    }

    /// Makes room: finished jobs are forgotten, and the commands so far, so that their numbers can be asked for again.
    fn forget_finished(&mut self) {
        let mut rows = self.store.dump();
        let gone: Vec<_> = rows.jobs.values().filter(|job| job.state.is_final()).map(|job| job.id).collect();
        for id in &gone {
            *self.finals.entry(rows.jobs[id].state.word()).or_default() += 1;
        }
        rows.jobs.retain(|id, _| !gone.contains(id));
        rows.offers.retain(|_, offer| !gone.contains(&offer.job));
        rows.commands.clear();
        rows.notifications.clear();
        rows.entered.retain(|_, entered| rows.jobs.contains_key(&entered.job));
        rows.feedback.retain(|(job, _), _| rows.jobs.contains_key(job));
        self.told.clear();
        self.store = MemoryStore::from_rows(rows);
    }
}

#[test]
fn a_small_town_stays_consistent() {
    let seed = seed();
    println!("MEGURI_SEED={seed}");
    let rules = rules();
    let start = TODAY.at_minute(9 * 60);
    let mut town = Town {
        store: MemoryStore::default(),
        chance: Chance(seed),
        now: start,
        told: Vec::new(),
        finals: BTreeMap::new(),
    };
    let mut reached = BTreeMap::<&str, u64>::new();
    for number in 0..STEPS {
        let available = (town.chance.below(3) == 0).then(|| Points::new(town.chance.below(80)).unwrap());
        let entered_by =
            (town.chance.below(12) == 0).then(|| person(fixture::OPERATOR + u64::from(town.chance.below(10) > 0)));
        let terms = Terms { rules: &rules, available, entered_by };
        match town.chance.below(20) {
            0 => town.now = town.now.plus_seconds(town.chance.below(4_000) as i64),
            1 if town.chance.below(60) == 0 => town.now = town.now.plus_seconds(29 * 86_400),
            2 => drop(step(&town.store, &Step::ExpireDue, town.now).unwrap()),
            3..=6 => town.report(),
            7 if town.chance.below(8) == 0 => town.forget_finished(),
            8 if town.chance.below(8) == 0 => town.register(),
            _ => town.tell(&terms, 1_000 + number),
        }
        let rows = town.store.dump();
        check(&rows).unwrap_or_else(|error| panic!("step {number}, MEGURI_SEED={seed}: {error}"));
        rows.jobs.values().for_each(|job| *reached.entry(job.state.word()).or_default() += 1);
        if number % 500 == 0 {
            let figures = check_figures(&town.store, &town.finals);
            figures.unwrap_or_else(|error| panic!("step {number}, MEGURI_SEED={seed}: {error}"));
        }
        check_page(&town.store, &Terms { available: None, entered_by: None, ..terms }, &mut town.chance, town.now);
    }
    let rows = town.store.dump();
    let answers = rows.occurrences.iter().filter(|one| matches!(one.what, Occurred::Satisfied { .. })).count();
    assert!(answers > 20, "{answers} times five said how it was");
    assert_eq!(reached.len(), 9, "every state is reached: {reached:?}");
    assert!(["paid", "cancelled", "expired"].iter().all(|word| town.finals.get(word) > Some(&20)), "{:?}", town.finals);
}
