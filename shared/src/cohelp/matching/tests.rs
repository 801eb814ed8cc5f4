//! Matching against brute force, against the rules written a second time, and against its document.

mod best;
mod document;
mod rules;
mod table;

fn seed() -> u64 {
    let seed = std::env::var("MEGURI_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_121);
    println!("MEGURI_SEED={seed}");
    seed
}
