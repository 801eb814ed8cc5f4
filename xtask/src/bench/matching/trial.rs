//! P8: 300 requests, 300 helpers, the best proposal, natively and in Wasm.

use std::process::Command;

use crate::places;
use crate::step::{self, Outcome, read, step};

use super::super::Pace;
use super::super::figures::Comparison;

const SIZE: &str = "300";
const WASM: &str = "wasm32-unknown-unknown";

/// One way of one run.
struct Run {
    milliseconds: f64,
    served: f64,
    points: f64,
    /// Served, points and fingerprint: what has to be the same everywhere.
    answer: String,
}

/// Another town in every round; the greedy way is the peer of the best one.
pub fn run(pace: Pace) -> Outcome<Vec<Comparison>> {
    step("build the assignment, natively and in Wasm", || {
        cargo(&["--bin", "matching-trial"])?;
        cargo(&["--lib", "--target", WASM])
    })?;
    let mut rows = town(pace, ["P8-native", "P8-wasm", "P8-served"], "0")?;
    // Where everybody may help with everything every request is served, and only points are left.
    rows.extend(town(pace, ["P8-open-native", "P8-open-wasm", "P8-open-points"], "1")?);
    Ok(rows)
}

/// A kind of town: what it takes in both places, and what comes out.
fn town(pace: Pace, [native_id, wasm_id, result_id]: [&str; 3], open: &str) -> Outcome<Vec<Comparison>> {
    let (mut native, mut wasm) = (Vec::new(), Vec::new());
    for (round, _, counts) in pace.plan() {
        let here = natively(&round.to_string(), open)?;
        let there = in_wasm(&round.to_string(), open)?;
        let same = here.iter().zip(&there).all(|(here, there)| here.answer == there.answer);
        if !same {
            return Err(format!("town {round}: another answer in Wasm: {} and {}", here[0].answer, there[0].answer));
        }
        native.extend(counts.then_some(here));
        wasm.extend(counts.then_some(there));
    }
    let row = |id: &str, unit, runs: &[[Run; 2]], figure: fn(&Run) -> f64| {
        let (ours, peer) = runs.iter().map(|[ours, peer]| (figure(ours), figure(peer))).unzip();
        Comparison { id: id.to_owned(), peer_name: "greed", unit, clients: 0, ours, peer, latencies: None }
    };
    Ok(vec![
        row(native_id, "ms", &native, |run| run.milliseconds),
        row(wasm_id, "ms", &wasm, |run| run.milliseconds),
        match open {
            "0" => row(result_id, "requests served of 300", &native, |run| run.served),
            _ => row(result_id, "points in all", &native, |run| run.points),
        },
    ])
}

fn cargo(what: &[&str]) -> Outcome {
    let build = ["build", "--quiet", "--release", "--package", "matching-trial"];
    step::run(Command::new("cargo").args(build).args(what).current_dir(places::root()))
}

fn natively(seed: &str, open: &str) -> Outcome<[Run; 2]> {
    let program = places::target().join("release/matching-trial");
    parse(&read(Command::new(program).args([seed, SIZE, SIZE, open]))?)
}

fn in_wasm(seed: &str, open: &str) -> Outcome<[Run; 2]> {
    let module = places::target().join(WASM).join("release/matching_trial.wasm");
    let script = places::root().join("xtask/bench/matching/trial.mjs");
    parse(&read(Command::new("node").arg(script).arg(module).args([seed, SIZE, SIZE, open]))?)
}

/// A line for each of the two ways: milliseconds, then the answer.
fn parse(said: &str) -> Outcome<[Run; 2]> {
    let run = |line: &str| {
        let (milliseconds, answer) = line.split_once(' ')?;
        let mut figures = answer.split(' ').map_while(|figure| figure.parse().ok());
        let (served, points) = (figures.next()?, figures.next()?);
        Some(Run { milliseconds: milliseconds.parse().ok()?, served, points, answer: answer.to_owned() })
    };
    let runs: Vec<Run> = said.lines().filter_map(run).collect();
    runs.try_into().map_err(|_| format!("not two runs: {said}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lines_are_two_runs() {
        let [best, greedy] = parse("15.177 232 69344 8037\n6.482 217 59634 2536\n").unwrap();
        assert_eq!((best.milliseconds, best.served, greedy.answer.as_str()), (15.177, 232.0, "217 59634 2536"));
        assert!(parse("15.177 232 69344 8037").is_err());
    }
}
