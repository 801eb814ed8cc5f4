//! A short run of every target without a fuzzer: what is kept in its corpus as it is, and damaged, the same each time.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use serde_bytes::ByteBuf;
use shared::wire;

use super::{TARGETS, Target};
use crate::identity::oidc::fixture::Random;

/// Damaged inputs of each target.
const ROUNDS: usize = 4_000;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

/// What `cargo xtask fuzz` found worth keeping.
fn kept(target: &Target) -> Vec<ByteBuf> {
    let packed = fs::read(folder().join(format!("corpus/{}.bin", target.name))).unwrap();
    wire::decode_trusted(&packed).unwrap()
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
        let kept = kept(target).into_iter().map(ByteBuf::into_vec);
        let inputs: Vec<_> = (target.seeds)().into_iter().chain(kept).collect();
        assert!(inputs.len() > 10, "{}: {} inputs", target.name, inputs.len());
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
fn every_target_has_its_program() {
    let programs = fs::read_dir(folder().join("fuzz_targets")).unwrap();
    let mut found: Vec<_> =
        programs.map(|file| file.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect();
    found.sort();
    let mut named: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
    named.sort();
    assert_eq!(found, named);
}

/// The fuzzer begins where the tests do: with the seeds, written where `MEGURI_SEEDS` says.
#[test]
fn seeds_are_many_and_all_different() {
    for target in TARGETS {
        let mut seeds = (target.seeds)();
        if let Some(to) = std::env::var_os("MEGURI_SEEDS") {
            let to = Path::new(&to).join(target.name);
            fs::create_dir_all(&to).unwrap();
            seeds
                .iter()
                .enumerate()
                .for_each(|(index, seed)| fs::write(to.join(format!("seed-{index:02}")), seed).unwrap());
        }
        let count = seeds.len();
        seeds.sort();
        seeds.dedup();
        assert!(count >= 3 && seeds.len() == count, "{}", target.name);
    }
}
