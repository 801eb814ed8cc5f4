//! Natively: draws the town of `SEED NEEDS HELPERS OPEN` and says what `trial.mjs` says of the same in Wasm.

use std::time::Instant;

use matching_trial::{assigned, draw, fingerprint, greedy, points};

fn main() {
    let numbers: Vec<u32> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let [seed, needs, helpers, open] = numbers[..] else { panic!("SEED NEEDS HELPERS OPEN") };
    assert_eq!(draw(seed, needs, helpers, open), 1, "no such town");
    let timed = |way: extern "C" fn() -> u32| {
        way();
        let start = Instant::now();
        let served = way();
        let milliseconds = start.elapsed().as_secs_f64() * 1e3;
        println!("{milliseconds:.3} {served} {} {}", points(), fingerprint());
    };
    timed(assigned);
    timed(greedy);
}
