//! `cargo xtask fuzz [SECONDS] [TARGET…]`: what reads bytes from outside, under libFuzzer. What reaches new code and is not long is kept
//! in `edge/fuzz/corpus`, a file for each target, which `cargo xtask test` runs through.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_bytes::ByteBuf;
use shared::wire;

use crate::places;
use crate::step::{Because, Outcome, run, step};

const CARGO_FUZZ: &str = "0.13.2";
/// Seconds of each target.
const SECONDS: u32 = 100;
/// The longest input, in bytes: the fuzzer's bound, not the product's.
const BYTES_MAX: u32 = 16 * 1024;
/// The longest input that is kept, in bytes.
const KEPT_BYTES_MAX: usize = 4 * 1024;

/// Runs the targets named, or all.
pub fn run_all(words: &[&str]) -> Outcome {
    let seconds = words.first().and_then(|word| word.parse::<u32>().ok());
    let named = words.get(usize::from(seconds.is_some())..).unwrap_or_default();
    let found = Command::new("cargo-fuzz").arg("--version").output();
    if found.is_err() {
        step("install cargo-fuzz", || {
            run(Command::new("cargo").args(["install", "--locked", "--version", CARGO_FUZZ, "cargo-fuzz"]))
        })?;
    }
    let seeds = state().join("corpus");
    step("write the seeds", || {
        let test = ["test", "--quiet", "--package", "edge", "--lib", "fuzz::tests"];
        run(Command::new("cargo").args(test).env("MEGURI_SEEDS", &seeds).current_dir(places::root()))
    })?;
    let targets = targets()?;
    if let Some(unknown) = named.iter().find(|name| !targets.iter().any(|target| target == *name)) {
        return Err(format!("there is no target `{unknown}`: choose from {}", targets.join(", ")));
    }
    for target in targets.iter().filter(|target| named.is_empty() || named.contains(&target.as_str())) {
        let (folder, kept) = (seeds.join(target), crate_folder().join(format!("corpus/{target}.bin")));
        unpack(&kept, &folder)?;
        let seconds = seconds.unwrap_or(SECONDS);
        let limits = [format!("-max_total_time={seconds}"), format!("-max_len={BYTES_MAX}"), "-timeout=10".to_owned()];
        fuzz("run", target, &folder, &limits)?;
        // By lines of code alone; by how often they are reached, it would keep five times as much.
        fuzz("cmin", target, &folder, &["-use_counters=0".to_owned()])?;
        pack(&folder, &kept)?;
    }
    Ok(())
}

fn state() -> PathBuf {
    places::state().join("fuzz")
}

fn crate_folder() -> PathBuf {
    places::root().join("edge/fuzz")
}

fn targets() -> Outcome<Vec<String>> {
    let files = crate_folder().join("fuzz_targets").read_dir().because("the targets cannot be listed")?;
    let mut names: Vec<_> =
        files.flatten().filter_map(|file| Some(file.path().file_stem()?.to_string_lossy().into_owned())).collect();
    names.sort();
    Ok(names)
}

/// No sanitizer: there is no unsafe code of ours to watch, and without one the pinned toolchain will do.
fn fuzz(what: &str, target: &str, corpus: &Path, more: &[String]) -> Outcome {
    let mut command = Command::new("cargo");
    command.args(["fuzz", what, "--fuzz-dir", ".", "--sanitizer", "none", target]).arg(corpus).arg("--").args(more);
    run(command.current_dir(crate_folder()).env("CARGO_TARGET_DIR", state()))
}

/// What is kept, a file each.
fn unpack(kept: &Path, folder: &Path) -> Outcome {
    fs::create_dir_all(folder).because(folder.display())?;
    let Ok(bytes) = fs::read(kept) else { return Ok(()) };
    let inputs: Vec<ByteBuf> = wire::decode_trusted(&bytes).because(kept.display())?;
    for (index, input) in inputs.iter().enumerate() {
        let file = folder.join(format!("kept-{index:04}"));
        fs::write(&file, input).because(file.display())?;
    }
    Ok(())
}

/// All of a folder in one file: short ones first, so that the same inputs give the same file.
fn pack(folder: &Path, kept: &Path) -> Outcome {
    let mut inputs = Vec::new();
    for entry in folder.read_dir().because(folder.display())? {
        let path = entry.because(folder.display())?.path();
        inputs.push(ByteBuf::from(fs::read(&path).because(path.display())?));
    }
    inputs.retain(|input| input.len() <= KEPT_BYTES_MAX);
    inputs.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
    let bytes = wire::encode(&inputs).map_err(|fault| fault.to_string())?;
    fs::create_dir_all(crate_folder().join("corpus")).because("the corpus")?;
    fs::write(kept, bytes).because(kept.display())
}
