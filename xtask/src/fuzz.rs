//! `cargo xtask fuzz [SECONDS] [TARGET…]`: what reads bytes from outside, under libFuzzer. Whatever reaches new code is kept in
//! `edge/fuzz/corpus`, which `cargo xtask test` runs through.

use std::path::PathBuf;
use std::process::Command;

use crate::places;
use crate::step::{Because, Outcome, run, step};

const CARGO_FUZZ: &str = "0.13.2";
/// Seconds of each target.
const SECONDS: u32 = 100;
/// The longest input, in bytes. Longer ones are refused before anything reads them.
const BYTES_MAX: u32 = 16 * 1024;

/// Runs the targets named, or all.
pub fn run_all(words: &[&str]) -> Outcome {
    let (seconds, named) = match words.split_first() {
        Some((first, rest)) if first.parse::<u32>().is_ok() => (first.parse().unwrap_or(SECONDS), rest),
        _ => (SECONDS, words),
    };
    let found = Command::new("cargo-fuzz").arg("--version").output();
    if found.is_err() {
        step("install cargo-fuzz", || {
            run(Command::new("cargo").args(["install", "--locked", "--version", CARGO_FUZZ, "cargo-fuzz"]))
        })?;
    }
    for target in targets()?.iter().filter(|target| named.is_empty() || named.contains(&target.as_str())) {
        fuzz("run", target, &[format!("-max_total_time={seconds}"), format!("-max_len={BYTES_MAX}")])?;
        fuzz("cmin", target, &[])?;
    }
    Ok(())
}

fn folder() -> PathBuf {
    places::root().join("edge/fuzz")
}

fn targets() -> Outcome<Vec<String>> {
    let files = folder().join("fuzz_targets").read_dir().because("the targets cannot be listed")?;
    let mut names: Vec<_> =
        files.flatten().filter_map(|file| Some(file.path().file_stem()?.to_string_lossy().into_owned())).collect();
    names.sort();
    Ok(names)
}

/// No sanitizer: there is no unsafe code of ours to watch, and without one the pinned toolchain will do.
fn fuzz(what: &str, target: &str, more: &[String]) -> Outcome {
    let mut command = Command::new("cargo");
    command.args(["fuzz", what, "--fuzz-dir", ".", "--sanitizer", "none", target]);
    if !more.is_empty() {
        command.arg("--").args(more);
    }
    run(command.current_dir(folder()).env("CARGO_TARGET_DIR", places::state().join("fuzz")))
}
