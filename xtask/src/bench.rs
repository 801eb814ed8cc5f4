//! `cargo xtask bench`: the product beside its peers, in one run on one machine.
//!
//! Machines differ and are noisy, so a number alone says little. Every contestant runs in every round, the order turns
//! around from round to round, and what counts is the ratio of the medians. Servers and load generator share the
//! processors; each contestant is alone while it is measured.

mod axum;
mod dashboard;
mod figures;
mod growth;
mod identity;
mod ledger;
pub mod load;
mod matching;
mod ours;
mod page;
mod postgres;
mod random;
mod sveltekit;

pub use ours::{BUDGET, Ours};

use std::path::PathBuf;

use crate::step::{Because, Outcome};
use crate::{build, places, setup};

use figures::Comparison;

/// How long and how often: `MEGURI_BENCH_SECONDS` and `MEGURI_BENCH_ROUNDS`, five each unless they say otherwise.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Seconds each contestant runs in a round.
    pub seconds: u64,
    /// Rounds that count; one shorter before them does not.
    pub rounds: u64,
}

impl Pace {
    fn from_environment() -> Outcome<Self> {
        let number = |name: &str, usual: u64| match std::env::var(name) {
            Ok(text) => {
                text.parse::<u64>().because(format!("{name} must be a whole number")).map(|number| number.max(1))
            }
            Err(_) => Ok(usual),
        };
        Ok(Self { seconds: number("MEGURI_BENCH_SECONDS", 5)?, rounds: number("MEGURI_BENCH_ROUNDS", 5)? })
    }

    /// The rounds in order: the number, the seconds, and whether it counts.
    pub fn plan(self) -> impl Iterator<Item = (u64, u64, bool)> {
        let warm_up = (0, self.seconds.min(2), false);
        std::iter::once(warm_up).chain((1..=self.rounds).map(move |round| (round, self.seconds, true)))
    }
}

const BENCHMARKS: [&str; 5] = ["identity", "ledger", "growth", "page", "match"];

/// Measures two of a kind in every round, the order turning around. A median and a 99th percentile a round, of each.
fn in_turn<T>(
    pace: Pace,
    both: &mut [T; 2],
    mut measure: impl FnMut(&mut T, u64) -> Outcome<(f64, f64)>,
) -> Outcome<[Vec<(f64, f64)>; 2]> {
    let [mut one, mut other] = [Vec::new(), Vec::new()];
    for (round, seconds, counts) in pace.plan() {
        let mut pairs: Vec<_> = both.iter_mut().zip([&mut one, &mut other]).collect();
        if round % 2 != 0 {
            pairs.reverse();
        }
        for (contestant, pairs) in pairs {
            let pair = measure(contestant, seconds)?;
            pairs.extend(counts.then_some(pair));
        }
    }
    Ok([one, other])
}

/// Runs the benchmarks named, or all; `--json` prints one object a line and the table beside it.
pub fn run(words: &[&str]) -> Outcome {
    let json = words.contains(&"--json");
    let names: Vec<&str> = words.iter().copied().filter(|word| *word != "--json").collect();
    if let Some(unknown) = names.iter().find(|name| !BENCHMARKS.contains(name)) {
        return Err(format!(
            "there is no benchmark `{unknown}`: choose one of {}, or leave the name out for all",
            BENCHMARKS.join(", ")
        ));
    }
    let wanted = |name: &str| names.is_empty() || names.contains(&name);
    let pace = Pace::from_environment()?;
    if names != ["match"] {
        setup::prepare()?;
        build::everything()?;
    }
    std::fs::create_dir_all(folder()).because(folder().display())?;
    if wanted("identity") {
        print(json, &identity::run(pace)?);
    }
    if wanted("ledger") {
        print(json, &ledger::run(pace)?);
    }
    if wanted("growth") {
        print(json, &growth::run(pace)?);
    }
    if wanted("page") {
        print(json, &page::run(pace)?);
    }
    if wanted("match") {
        print(json, &matching::run(pace)?);
    }
    Ok(())
}

/// The table for people; with `json` it goes beside the lines for machines.
fn print(json: bool, (notes, comparisons): &(Vec<String>, Vec<Comparison>)) {
    let table = figures::table(notes, comparisons);
    if json {
        eprint!("{table}");
        comparisons.iter().for_each(|comparison| println!("{}", comparison.json()));
    } else {
        print!("{table}");
    }
}

/// Where peers are built and data of a run lives.
fn folder() -> PathBuf {
    places::state().join("bench")
}

/// A port nobody listens on.
pub fn free_port() -> Outcome<u16> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).because("looking for a free port")?;
    Ok(listener.local_addr().because("looking for a free port")?.port())
}

/// What every table says first.
fn machine(pace: Pace) -> String {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let Pace { seconds, rounds } = pace;
    format!(
        "{processors} processors, shared by servers and load generator; median of {rounds} rounds of {seconds} s, contestants in turn"
    )
}
