//! `cargo xtask test`: set-up, then every check, counted into one closing line.

mod backup;
mod crowd;
mod faults;
mod journeys;
mod named;
mod scan;
mod tidy;

use std::path::Path;
use std::process::Command;

use crate::step::{Outcome, run};
use crate::{build, places, setup};

/// What has passed and failed so far.
#[derive(Default)]
pub struct Tally {
    passed: u64,
    failed: Vec<String>,
}

impl Tally {
    /// Counts a check by how it ended.
    fn check(&mut self, name: &str, outcome: Outcome) {
        match outcome {
            Ok(()) => {
                eprintln!("  ok: {name}");
                self.passed += 1;
            }
            Err(problem) => {
                eprintln!("  FAILED: {name}: {problem}");
                self.failed.push(name.to_owned());
            }
        }
    }

    /// Counts many.
    fn add(&mut self, passed: u64, failed: impl IntoIterator<Item = String>) {
        self.passed += passed;
        self.failed.extend(failed);
    }
}

/// Runs everything, or with words only the parts of those names: `style`, `native`, `runtime`, `crash`, `crowd`, `browser`.
pub fn run_all(parts: &[&str]) -> Outcome {
    setup::prepare()?;
    let wanted = |part: &str| parts.is_empty() || parts.contains(&part);
    let mut tally = Tally::default();
    if wanted("style") {
        style(&mut tally);
    }
    if wanted("native") {
        let corpus = places::state().join("corpus.json");
        // One of an earlier run would be judged instead of none.
        let _ = std::fs::remove_file(&corpus);
        setup::hledger()?;
        native(&mut tally, &corpus);
        tally.check("the sandbox card issuer", node_tests("xtask/issuer/issuer.test.mjs", &corpus));
        tally.check("passkeys, by another verifier", node_tests("xtask/oracle/webauthn.test.mjs", &corpus));
    }
    if ["crash", "crowd", "browser"].into_iter().any(wanted) {
        build::everything()?;
    }
    if wanted("runtime") {
        tally.check("in the runtime: stores and rollback", faults::selftest());
    }
    if wanted("crash") {
        tally.check("kill -9 under load", faults::kill());
        tally.check("kill -9 between four books", faults::books::kill());
        tally.check("kill -9 while two hundred listen", faults::live::kill());
    }
    if wanted("crowd") {
        tally.check("a crowd at once, each with their own answers", crowd::run());
    }
    if wanted("browser") {
        journeys::run(&mut tally);
    }
    for name in &tally.failed {
        eprintln!("FAILED: {name}");
    }
    println!("{} passed, {} failed", tally.passed, tally.failed.len());
    if tally.failed.is_empty() { Ok(()) } else { Err("not everything passed".to_owned()) }
}

fn cargo(arguments: &[&str]) -> Outcome {
    eprintln!("→ cargo {}", arguments.join(" "));
    run(Command::new("cargo").args(arguments).current_dir(places::root()))
}

fn style(tally: &mut Tally) {
    tally.check("tidy", tidy::run());
    tally.check("tests that documents name", named::run());
    tally.check("cargo fmt", cargo(&["fmt", "--check"]));
    let clippy = |what: &[&str]| cargo(&[&["clippy", "--quiet"], what, &["--", "--deny", "warnings"]].concat());
    // In the profile that each is built in later: macros and build scripts are made once for both.
    let wasm = |profile, package, more: &[&str]| {
        clippy(&[&["--target", "wasm32-unknown-unknown", "--profile", profile, "--package", package], more].concat())
    };
    tally.check("clippy, host", clippy(&["--workspace", "--all-targets", "--features", "app/ssr"]));
    tally.check("clippy, server module", wasm("edge", "edge", &[]));
    tally.check("clippy, browser module", wasm("browser", "app", &["--lib", "--features", "hydrate"]));
    tally.check("clippy, scanning module", wasm("browser", "scan", &[]));
    tally.check("clippy, living module", wasm("browser", "live", &[]));
}

/// Every test that needs no runtime. They leave a corpus of passkey ceremonies and our verdicts behind.
fn native(tally: &mut Tally, corpus: &Path) {
    let arguments = ["test", "--workspace", "--no-fail-fast", "--features", "app/ssr"];
    eprintln!("→ cargo {}", arguments.join(" "));
    let output = Command::new("cargo").args(arguments).env(CORPUS, corpus).current_dir(places::root()).output();
    let output = match output {
        Ok(output) => output,
        Err(error) => return tally.check("native tests", Err(error.to_string())),
    };
    let said = String::from_utf8_lossy(&output.stdout);
    let (passed, failed) = count(&said);
    tally.add(passed, failed);
    let good = output.status.success() && passed > 0;
    if !good {
        eprintln!("{said}\n{}", String::from_utf8_lossy(&output.stderr));
    }
    tally.check("native tests", if good { Ok(()) } else { Err(format!("cargo test ended with {}", output.status)) });
}

/// Where the corpus is written and read.
const CORPUS: &str = "MEGURI_CORPUS";

/// What is held to its rules by code of other people, which runs in Node.
fn node_tests(file: &str, corpus: &Path) -> Outcome {
    run(Command::new("node").args(["--test", file]).env(CORPUS, corpus).current_dir(places::root()))
}

/// The tests that passed, and the names of those that failed, in what `cargo test` printed.
fn count(said: &str) -> (u64, Vec<String>) {
    let lines = || said.lines().filter_map(|line| line.strip_prefix("test "));
    let passed = lines().filter(|line| line.ends_with("... ok")).count() as u64;
    let failed = lines().filter_map(|line| line.strip_suffix(" ... FAILED")).map(str::to_owned).collect();
    (passed, failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_cargo_prints() {
        let said = "running 2 tests\ntest a::b ... ok\ntest c ... FAILED\n\ntest result: FAILED. 1 passed; 1 failed";
        assert_eq!(count(said), (1, vec!["c".to_owned()]));
    }
}
