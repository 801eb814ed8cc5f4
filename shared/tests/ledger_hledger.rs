//! Somebody else's program adds the journal up: hledger (Debian package `hledger`) agrees on every account.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

use shared::ledger::contract::world::{DEFAULT_SEED, World};
use shared::ledger::{Memory, hledger, post};

/// Balances by account as hledger tells them; accounts of nothing are told, too.
fn balances(journal: &str) -> BTreeMap<String, i64> {
    let mut child = Command::new("hledger")
        .args(["-f", "-", "balance", "--flat", "--empty", "--no-total", "--output-format", "csv"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("hledger is needed: install the Debian package `hledger`, as `cargo xtask test` does");
    let mut input = child.stdin.take().unwrap();
    input.write_all(journal.as_bytes()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "hledger refused the journal");
    let text = String::from_utf8(output.stdout).unwrap();
    let line = |line: &str| {
        let (account, balance) = line.split_once(',').unwrap();
        let number = balance.trim_matches('"').trim_end_matches(" pt");
        (account.trim_matches('"').to_owned(), number.parse().unwrap_or_else(|_| panic!("{line}")))
    };
    text.lines().skip(1).map(line).collect()
}

#[test]
fn hledger_agrees_on_every_account() {
    let seed = std::env::var("MEGURI_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(DEFAULT_SEED);
    println!("MEGURI_SEED={seed}");
    let (store, mut world) = (Memory::new(), World::new(seed));
    while store.entries().len() < 3_000 {
        let (now, batch) = world.batch(40);
        post(&store, now, &batch).unwrap();
    }
    let journal: String = store.entries().iter().map(hledger::transaction).collect();
    let ours =
        store.accounts().into_iter().map(|account| (format!("{}:{}", account.kind.word(), account.id), account.posted));
    let ours: BTreeMap<_, _> = ours.collect();
    assert!(ours.len() >= 8, "{ours:?}");
    assert_eq!(balances(&journal), ours);
}
