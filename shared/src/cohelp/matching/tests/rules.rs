//! The hard rules written a second time, minute by minute and with floats, and held against every proposal.

use super::seed;
use crate::cohelp::fixture::{Chance, TODAY, person};
use crate::cohelp::matching::fixture::Town;
use crate::cohelp::matching::*;
use crate::kernel::Mesh;

/// The middle of a square of ten digits in degrees, read from its text.
fn degrees(mesh: Mesh) -> (f64, f64) {
    let digits: Vec<f64> = mesh.to_string().chars().map(|digit| f64::from(digit.to_digit(10).unwrap())).collect();
    let halves = |index: usize| ((digits[index] - 1.0) / 2.0).floor();
    let sides = |index: usize| (digits[index] - 1.0) % 2.0;
    let north = (digits[0] * 10.0 + digits[1]) * 2.0 / 3.0 + digits[4] / 12.0 + digits[6] / 120.0;
    let east = digits[2] * 10.0 + digits[3] + 100.0 + digits[5] / 8.0 + digits[7] / 80.0;
    let north = north + halves(8) / 240.0 + halves(9) / 480.0 + 1.0 / 960.0;
    (north, east + sides(8) / 160.0 + sides(9) / 320.0 + 1.0 / 640.0)
}

fn metres(one: Mesh, other: Mesh) -> f64 {
    let ((a, b), (c, d)) = (degrees(one), degrees(other));
    let east = (b - d) * f64::midpoint(a, c).to_radians().cos();
    ((a - c).powi(2) + east.powi(2)).sqrt() * 111_195.0
}

/// Whether the helper is free at every minute of the help, and every other wish is met; the wish that is not.
fn check(town: &Town, pair: &Pair) -> Result<(), &'static str> {
    let need = town.needs.iter().find(|need| need.job == pair.job).ok_or("no such request")?;
    let helper = pair.candidate.helper;
    let (profile, facts) = town.people.iter().find(|(profile, _)| profile.person == helper).ok_or("no such helper")?;
    let at = pair.candidate.fit.at;
    let wrong = |met: bool, what| if met { Ok(()) } else { Err(what) };
    wrong(helper != need.requester && !facts.apart.contains(&need.requester), "must not meet")?;
    wrong(!need.declined.contains(&helper), "said no")?;
    wrong(profile.kinds.iter().any(|kind| *kind == need.kind), "another kind of help")?;
    wrong(profile.languages.iter().any(|language| need.languages.contains(language)), "no common language")?;
    wrong(!need.course || profile.course.is_some_and(|day| day <= TODAY), "no course")?;
    for (code, asked) in need.skills.iter() {
        let known = profile.skills.iter().find(|(skill, _)| *skill == code).map(|(_, known)| *known);
        wrong(known.is_some() && (*asked == Asked::Stated || known != Some(Evidence::Stated)), "no such skill")?;
    }
    wrong(metres(profile.home, need.place) < f64::from(profile.reach.get()) * 1.001 + 3.0, "too far")?;
    wrong(at.to_minute() - at.from_minute() == need.minutes, "another length")?;
    wrong(!profile.rest.contains(&TODAY), "a rest day")?;
    // TODAY is a Saturday.
    let per_minute = if profile.travel == Travel::Foot {
        60.0
    } else if profile.travel == Travel::Car {
        310.0
    } else {
        190.0
    };
    for minute in (at.from_minute()..at.to_minute()).map(f64::from) {
        let inside = |from: u16, to: u16| f64::from(from) <= minute && minute < f64::from(to);
        wrong(inside(8 * 60, 21 * 60), "at night")?;
        wrong(inside(need.window.from_minute(), need.window.to_minute()), "outside the window")?;
        let mut hours = profile.week.saturday.iter();
        wrong(hours.any(|hours| inside(hours.from_minute(), hours.to_minute())), "has no time")?;
        for other in facts.agreed.iter().filter(|other| other.window.day() == TODAY) {
            // Half a minute of grace, for the rounding of metres.
            let way = metres(other.place, need.place) / per_minute - 0.5;
            let before = minute < f64::from(other.window.from_minute()) - way;
            wrong(before || minute >= f64::from(other.window.to_minute()) + way, "is elsewhere, or on the way")?;
        }
    }
    let monday = TODAY.plus(-5);
    let week = facts.agreed.iter().filter(|other| other.window.day() >= monday && other.window.day() < monday.plus(7));
    wrong((week.count() as u32) < profile.per_week.get(), "too often that week")
}

#[test]
fn no_proposal_breaks_a_hard_rule() {
    let mut chance = Chance(seed());
    let (mut pairs, mut bars) = (0, std::collections::BTreeMap::<Bar, u32>::new());
    for round in 0..12_000 {
        let (needs, helpers) = (1 + chance.below(10), 1 + chance.below(14));
        let town = Town::new(&mut chance, needs, helpers).unwrap();
        let proposal = town.assigned().unwrap();
        assert_eq!((proposal.pairs.len() + proposal.unserved.len()) as u64, needs);
        for pair in &proposal.pairs {
            check(&town, pair).unwrap_or_else(|error| panic!("town {round}: {error}: {pair:?} {:?}", town.needs));
            let times = proposal.pairs.iter().filter(|other| other.candidate.helper == pair.candidate.helper).count();
            assert_eq!(times, 1, "town {round}: one helper twice");
        }
        for unserved in &proposal.unserved {
            let told: u32 = unserved.bars.values().sum();
            assert_eq!(u64::from(told + unserved.elsewhere), helpers);
            unserved.bars.iter().for_each(|(bar, count)| *bars.entry(*bar).or_default() += count);
        }
        pairs += proposal.pairs.len();
    }
    assert!(pairs > 10_000, "{pairs} pairs only");
    assert_eq!(bars.len(), 13, "every rule keeps somebody away: {bars:?}");
}

/// What the second writing allows, the first does as well: nobody is kept away without a reason.
#[test]
fn nobody_is_kept_away_without_a_reason() {
    let mut chance = Chance(seed());
    let mut barred = 0;
    for round in 0..3_000 {
        let town = Town::new(&mut chance, 3, 6).unwrap();
        let helpers = town.helpers();
        for (need, helper) in town.needs.iter().flat_map(|need| helpers.iter().map(move |helper| (need, *helper))) {
            let Err(bar) = eligible(need, helper, town.daytime) else { continue };
            for from in need.window.from_minute()..=need.window.to_minute().saturating_sub(need.minutes) {
                let at = Stretch::new(from, from + need.minutes).unwrap();
                let fit = Fit { at, whole_window: false, metres: 0 };
                let candidate = Candidate { helper: helper.profile.person, fit, reasons: Vec::new() };
                let pair = Pair { job: need.job, candidate, pinned: false };
                // At the edge of a radius or of a way, floats may say otherwise.
                let close = check(&town, &pair).is_ok() && !at_an_edge(need, helper);
                assert!(!close, "town {round}: {bar:?} keeps away whom nothing does: {need:?} {helper:?} {at:?}");
            }
            barred += 1;
        }
    }
    assert!(barred > 10_000, "{barred}");
}

fn at_an_edge(need: &Need, helper: Helper<'_>) -> bool {
    let near = (metres(helper.profile.home, need.place) - f64::from(helper.profile.reach.get())).abs() < 15.0;
    near || helper.facts.agreed.iter().any(|other| other.window.day() == TODAY)
}

#[test]
fn a_pin_that_breaks_a_rule_is_refused_by_its_name() {
    let mut chance = Chance(seed());
    let mut named = std::collections::BTreeSet::new();
    for _ in 0..400 {
        let town = Town::new(&mut chance, 4, 4).unwrap();
        let helpers = town.helpers();
        let all: Vec<_> =
            town.needs.iter().flat_map(|need| helpers.iter().map(move |helper| (need, *helper))).collect();
        for (need, helper) in all {
            let pin = Pin { job: need.job, helper: helper.profile.person };
            let answer = assign(&town.needs, &helpers, &[pin], town.daytime).err();
            let barred = eligible(need, helper, town.daytime).err();
            assert_eq!(answer, barred.map(|bar| PinBroken { pin, why: PinFault::Barred(bar) }));
            named.extend(barred);
        }
        let pin = |need: &Need, number| Pin { job: need.job, helper: person(number) };
        let stranger = pin(&town.needs[0], 99);
        let answer = |pins: &[Pin]| assign(&town.needs, &helpers, pins, town.daytime).unwrap_err();
        assert_eq!(answer(&[stranger]), PinBroken { pin: stranger, why: PinFault::UnknownHelper });
        let gone = Pin { job: crate::cohelp::fixture::job(99), helper: person(1) };
        assert_eq!(answer(&[gone]), PinBroken { pin: gone, why: PinFault::UnknownJob });
        if let Some(first) = town.assigned().unwrap().pairs.first() {
            let pin = Pin { job: first.job, helper: first.candidate.helper };
            assert_eq!(answer(&[pin, pin]), PinBroken { pin, why: PinFault::Twice });
        }
    }
    assert_eq!(named.len(), 13, "{named:?}");
}
