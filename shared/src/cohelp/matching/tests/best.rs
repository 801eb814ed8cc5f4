//! The proposal is the best there is: no other way to pair at most eight requests is better, and none of many is worse
//! than taking the best helper for one request after the other.

use std::collections::BTreeMap;

use super::seed;
use crate::cohelp::fixture::Chance;
use crate::cohelp::matching::fixture::Town;
use crate::cohelp::matching::*;
use crate::kernel::{JobId, PersonId};

/// Requests served, urgent ones among them, points.
type Worth = (usize, usize, u32);

/// The points of every pair that may be, by request and helper.
fn table(town: &Town) -> Vec<(bool, BTreeMap<PersonId, u32>)> {
    let candidates = |need| rank(need, &town.helpers(), town.daytime).into_iter();
    let row = |need| candidates(need).map(|candidate| (candidate.helper, candidate.points())).collect();
    town.needs.iter().map(|need| (need.urgent, row(need))).collect()
}

/// The worth of the best of all ways: each request in turn stays unserved, or takes any helper who is still free.
fn brute_force(table: &[(bool, BTreeMap<PersonId, u32>)], taken: &mut Vec<PersonId>) -> Worth {
    let Some(((urgent, row), rest)) = table.split_first() else { return (0, 0, 0) };
    let mut best = brute_force(rest, taken);
    for (helper, points) in row {
        if !taken.contains(helper) {
            taken.push(*helper);
            let (served, urgents, sum) = brute_force(rest, taken);
            best = best.max((served + 1, urgents + usize::from(*urgent), sum + points));
            taken.pop();
        }
    }
    best
}

#[test]
fn equals_brute_force() {
    let mut chance = Chance(seed());
    let mut contested = 0;
    for round in 0..3_000 {
        // Every shape from one by one to eight by five and five by eight; eight by eight would be a million ways.
        let (needs, helpers) = (1 + chance.below(8), 1 + chance.below(8));
        let helpers = if needs + helpers > 13 { 13 - needs } else { helpers };
        let town = Town::new(&mut chance, needs, helpers).unwrap();
        let (table, proposal) = (table(&town), town.assigned().unwrap());
        assert_eq!(town.worth(&proposal), brute_force(&table, &mut Vec::new()), "town {round}: {table:?}");
        contested += u32::from(proposal.unserved.iter().any(|unserved| unserved.elsewhere > 0));
    }
    assert!(contested > 300, "helpers were short in {contested} towns only");
}

#[test]
fn equals_brute_force_eight_by_eight() {
    let mut chance = Chance(seed());
    for round in 0..60 {
        let town = Town::new(&mut chance, 8, 8).unwrap();
        let (table, proposal) = (table(&town), town.assigned().unwrap());
        assert_eq!(town.worth(&proposal), brute_force(&table, &mut Vec::new()), "town {round}: {table:?}");
    }
}

#[test]
fn never_worse_than_one_after_the_other() {
    let mut chance = Chance(seed());
    let mut better = 0;
    for round in 0..100 {
        let (needs, helpers) = (20 + chance.below(60), 20 + chance.below(60));
        let town = Town::new(&mut chance, needs, helpers).unwrap();
        let (ours, greedy) = (town.worth(&town.assigned().unwrap()), town.worth(&town.greedy()));
        assert!(ours >= greedy, "town {round}: {ours:?}, greedily {greedy:?}");
        better += u32::from(ours.0 > greedy.0);
    }
    assert!(better > 50, "serves more in {better} of 100 towns only");
}

#[test]
fn the_order_of_the_lists_changes_nothing() {
    let mut chance = Chance(seed());
    for _ in 0..200 {
        let town = Town::new(&mut chance, 12, 12).unwrap();
        let mut turned = town.clone();
        turned.needs.reverse();
        let by = usize::try_from(chance.below(12)).unwrap();
        turned.people.rotate_left(by);
        assert_eq!(town.assigned(), turned.assigned());
        let need = &town.needs[0];
        assert_eq!(rank(need, &town.helpers(), town.daytime), rank(need, &turned.helpers(), town.daytime));
    }
}

#[test]
fn pins_are_kept_and_the_rest_is_the_best_beside_them() {
    let mut chance = Chance(seed());
    let mut pinned = 0;
    for round in 0..1_000 {
        let town = Town::new(&mut chance, 6, 6).unwrap();
        let pins: Vec<Pin> = some_pins(&mut chance, &town);
        let proposal = assign(&town.needs, &town.helpers(), &pins, town.daytime).unwrap();
        let found: Vec<Pin> = proposal.pairs.iter().filter(|pair| pair.pinned).map(pin).collect();
        assert_eq!(found, pins, "town {round}");
        let mut table = BTreeMap::from_iter(town.needs.iter().map(|need| need.job).zip(table(&town)));
        for pin in &pins {
            table.get_mut(&pin.job).unwrap().1.retain(|helper, _| *helper == pin.helper);
            for (_, (_, row)) in table.iter_mut().filter(|(job, _)| **job != pin.job) {
                row.remove(&pin.helper);
            }
        }
        let rows: Vec<_> = table.into_values().collect();
        let best = brute_force(&rows, &mut Vec::new());
        assert_eq!(town.worth(&proposal), best, "town {round}");
        pinned += pins.len();
    }
    assert!(pinned > 500, "{pinned}");
}

fn pin(pair: &Pair) -> Pin {
    Pin { job: pair.job, helper: pair.candidate.helper }
}

/// For two requests at most, somebody who may be asked and is not pinned yet.
fn some_pins(chance: &mut Chance, town: &Town) -> Vec<Pin> {
    let mut pins: BTreeMap<JobId, PersonId> = BTreeMap::new();
    for need in town.needs.iter().take(2) {
        let ranked = rank(need, &town.helpers(), town.daytime);
        let index = usize::try_from(chance.below(ranked.len() as u64)).unwrap();
        let free = ranked.get(index).filter(|candidate| !pins.values().any(|helper| *helper == candidate.helper));
        pins.extend(free.map(|candidate| (need.job, candidate.helper)));
    }
    pins.into_iter().map(|(job, helper)| Pin { job, helper }).collect()
}
