//! `cargo xtask bench match`: a day's assignment beside greed (P8), and a month in a town of 100,000 as people would live
//! it, once with our matching and once with the nearest free helper. What is assumed is in `docs/MATCHING.md`.

mod answers;
mod month;
mod people;
mod requests;
mod trial;

use crate::step::Outcome;

use super::figures::Comparison;
use super::{Pace, machine};

use answers::Answers;
use month::{Month, Policy, live};
use people::Town;

/// Requests of a year: four thousand jobs (K6) at a fill rate of eighty per cent.
const REQUESTS_A_YEAR: u64 = 5_000;
/// A figure of a month, by what it is called.
type Figure = (&'static str, &'static str, fn(&Month) -> f64);
/// What is told of the month.
const FIGURES: [Figure; 4] = [
    ("match-fill", "% of requests with a helper", Month::fill_percent),
    ("match-minutes", "minutes until there is one, median", Month::minutes),
    ("match-operator", "minutes of an operator for each", Month::operator_minutes),
    ("match-asked", "people asked for each", Month::asked),
];
/// The month again, with other people: how often they say yes, and how much they ask for.
const OTHERWISE: [(&str, f64, u64); 3] =
    [("match-fill-half-yes", 0.5, 1), ("match-fill-double-yes", 2.0, 1), ("match-fill-double-demand", 1.0, 2)];

/// All towns, each with both ways, one seed a round.
pub fn run(pace: Pace) -> Outcome<(Vec<String>, Vec<Comparison>)> {
    let mut rows = trial::run(pace)?;
    let usual = months(pace, 1.0, 1)?;
    rows.extend(FIGURES.map(|figure| row(figure.0, figure, &usual)));
    for (id, yes, demand) in OTHERWISE {
        rows.push(row(id, FIGURES[0], &months(pace, yes, demand)?));
    }
    let out_of_reach: Vec<f64> = usual.iter().map(|[ours, _]| ours.nobody_percent()).collect();
    let notes = vec![
        machine(pace),
        "P8: 300 requests and 300 helpers of a random town; the peer takes one request after the other".to_owned(),
        format!(
            "month: {} helpers, {REQUESTS_A_YEAR} requests a year, {} towns; the peer asks the nearest free helper, one at a time",
            people::HELPERS,
            usual.len(),
        ),
        format!("no helper may be asked at all for {:.1} % of the requests", super::figures::median(&out_of_reach)),
    ];
    Ok((notes, rows))
}

/// A month in each town, ours and the peer's.
fn months(pace: Pace, yes: f64, demand: u64) -> Outcome<Vec<[Month; 2]>> {
    let month = |seed| {
        let (town, answers) = (Town::draw(seed, REQUESTS_A_YEAR * demand)?, Answers { seed, yes });
        Ok([live(&town, &answers, Policy::Ours)?, live(&town, &answers, Policy::Nearest)?])
    };
    (1..=pace.rounds).map(month).collect()
}

fn row(id: &str, (_, unit, figure): Figure, months: &[[Month; 2]]) -> Comparison {
    let (ours, peer) = months.iter().map(|[ours, peer]| (figure(ours), figure(peer))).unzip();
    Comparison { id: id.to_owned(), peer_name: "the nearest", unit, clients: 0, ours, peer, latencies: None }
}
