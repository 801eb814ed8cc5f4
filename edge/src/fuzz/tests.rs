//! A short run of every target without a fuzzer: what is kept in its corpus as it is, and damaged, the same each time.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use super::{TARGETS, Target};
use crate::identity::oidc::fixture::Random;

/// Damaged inputs of each target.
const ROUNDS: usize = 4_000;

fn folder(target: &Target) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target.name)
}

/// The seeds and what is kept, in the order of their names.
fn inputs(target: &Target) -> Vec<Vec<u8>> {
    let kept = fs::read_dir(folder(target)).map(|files| files.map(|file| file.unwrap().path()).collect());
    let mut kept: Vec<_> = kept.unwrap_or_default();
    kept.sort();
    (target.seeds)().into_iter().chain(kept.into_iter().map(|path| fs::read(path).unwrap())).collect()
}

fn run(target: &Target, bytes: &[u8], seed: u64) {
    let ended = catch_unwind(AssertUnwindSafe(|| (target.run)(bytes)));
    assert!(ended.is_ok(), "MEGURI_SEED={seed}: {} fell over {bytes:02x?}", target.name);
}

#[test]
fn nothing_kept_and_nothing_damaged_makes_a_target_fall_over() {
    let (mut random, seed) = Random::new();
    println!("MEGURI_SEED={seed}");
    for target in TARGETS {
        let inputs = inputs(target);
        inputs.iter().for_each(|bytes| run(target, bytes, seed));
        for _ in 0..ROUNDS {
            let chosen = random.below(inputs.len());
            let mut bytes = random.damage(&inputs[chosen]);
            if random.below(4) == 0 {
                // The beginning of one with the end of another.
                let other = &inputs[random.below(inputs.len())];
                bytes.truncate(random.below(bytes.len() + 1));
                bytes.extend_from_slice(&other[random.below(other.len() + 1)..]);
            }
            run(target, &bytes, seed);
        }
        println!("{}: {} inputs, {ROUNDS} damaged", target.name, inputs.len());
    }
}

#[test]
fn every_target_has_its_program_its_corpus_and_seeds() {
    let programs = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    let mut found: Vec<_> = fs::read_dir(programs)
        .unwrap()
        .map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    found.sort();
    let mut named: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
    named.sort();
    assert_eq!(found, named);
    for target in TARGETS {
        let folder = folder(target);
        // So that the fuzzer begins where the tests do.
        if std::env::var_os("MEGURI_WRITE_SEEDS").is_some() {
            fs::create_dir_all(&folder).unwrap();
            for (index, seed) in (target.seeds)().iter().enumerate() {
                fs::write(folder.join(format!("seed-{index:02}")), seed).unwrap();
            }
        }
        assert!(fs::read_dir(&folder).unwrap().count() >= (target.seeds)().len(), "{}: write the seeds", target.name);
    }
}
