//! `cargo xtask bench match`: a day's assignment beside greed (P8), and a month in a town of 100,000 as people would live
//! it, with our matching and with the nearest free helpers. What is assumed is in `docs/MATCHING.md`.

mod answers;
mod month;
mod people;
mod requests;
mod trial;

use crate::step::Outcome;

use super::Pace;
use super::figures::{Comparison, median};

use answers::Answers;
use month::{Month, Policy, live};
use people::Town;

/// Requests of a year: four thousand jobs (K6) at a fill rate of eighty per cent.
const REQUESTS_A_YEAR: u64 = 5_000;
/// The seed before the first town's. The points of the matching were set on towns 1 to 5: these were drawn when that was done, and
/// nothing is set on them.
const SEEDS_AFTER: u64 = 1_000;
/// Ours, and its peers: the nearest free helper, one at a time; and as many at a time as ours, which tells what order and
/// proposal do from what asking several does.
const POLICIES: [Policy; 3] = [
    Policy { at_a_time: 5, matching: true },
    Policy { at_a_time: 1, matching: false },
    Policy { at_a_time: 5, matching: false },
];
/// The month as each policy has it.
type Months = [Month; 3];
/// A figure of a month: how it is called, its unit, and where it is found.
type Figure = (&'static str, &'static str, fn(&Month) -> f64);
/// What is told of the month.
const FIGURES: [Figure; 5] = [
    ("match-fill", "% of requests with a helper", Month::fill_percent),
    ("match-minutes", "minutes until there is one, median", Month::minutes),
    ("match-operator", "minutes of an operator for each", Month::operator_minutes),
    ("match-asked", "messages and calls for each", Month::asked),
    ("match-helpers", "different people who help", Month::helpers),
];
/// The month again, with other people: how often they say yes, and how much they ask for.
const OTHERWISE: [(&str, f64, u64); 3] =
    [("match-fill-half-yes", 0.5, 1), ("match-fill-double-yes", 2.0, 1), ("match-fill-double-demand", 1.0, 2)];

/// All towns, each lived through by every policy, one seed a round.
pub fn run(pace: Pace) -> Outcome<(Vec<String>, Vec<Comparison>)> {
    let mut rows = trial::run(pace)?;
    let usual = months(pace, 1.0, 1)?;
    let nobody: Vec<f64> = usual.iter().map(|[ours, ..]| ours.nobody_percent()).collect();
    for figure in FIGURES {
        rows.push(row(figure.0, figure, &usual, "the nearest", |[_, nearest, _]| nearest));
        rows.push(row(&format!("{}-five", figure.0), figure, &usual, "the five nearest", |[_, _, five]| five));
    }
    for (id, yes, demand) in OTHERWISE {
        rows.push(row(id, FIGURES[0], &months(pace, yes, demand)?, "the nearest", |[_, nearest, _]| nearest));
    }
    let notes = vec![
        format!("median of {} towns, seeds from {}", pace.rounds, SEEDS_AFTER + 1),
        "P8: 300 requests and 300 helpers of a random town; greed takes one request after the other".to_owned(),
        format!(
            "month: {} helpers, {REQUESTS_A_YEAR} requests a year; the nearest are asked one at a time",
            people::HELPERS
        ),
        format!("nobody may be asked at all for {:.1} % of the requests when they are made", median(&nobody)),
    ];
    Ok((notes, rows))
}

/// A month in each town.
fn months(pace: Pace, yes: f64, demand: u64) -> Outcome<Vec<Months>> {
    let month = |seed| {
        let (town, answers) = (Town::draw(seed, REQUESTS_A_YEAR * demand)?, Answers { seed, yes });
        let [ours, nearest, five] = POLICIES.map(|policy| live(&town, &answers, policy));
        Ok([ours?, nearest?, five?])
    };
    (SEEDS_AFTER + 1..=SEEDS_AFTER + pace.rounds).map(month).collect()
}

fn row(
    id: &str,
    (_, unit, figure): Figure,
    months: &[Months],
    peer_name: &'static str,
    peer: fn(&Months) -> &Month,
) -> Comparison {
    let (ours, peer) = months.iter().map(|months| (figure(&months[0]), figure(peer(months)))).unzip();
    Comparison { id: id.to_owned(), peer_name, unit, clients: 0, ours, peer, latencies: None }
}
