//! `cargo xtask dev`: the main job of a new contributor.

use std::path::PathBuf;
use std::time::Duration;

use crate::demo::Demo;
use crate::step::{Because, Outcome};
use crate::{build, places, server, setup};

/// Sets up, builds, serves, and stays until Ctrl-C or until one of the servers ends.
pub fn run() -> Outcome {
    setup::prepare()?;
    build::everything()?;
    let data = std::env::var_os("MEGURI_DATA").map_or_else(|| places::state().join("dev"), PathBuf::from);
    let demo = Demo::open(data, port("MEGURI_PORT", 8787)?, port("MEGURI_CARD_PORT", 8788)?)?;
    let mut issuer = demo.start_issuer()?;
    let mut portal = server::start(&demo.plan()?)?;
    println!("\n  めぐり        {}", demo.origin());
    println!("  card issuer  {}  (sandbox, synthetic people)", demo.card_issuer());
    for (role, link) in demo.staff_links() {
        println!("  staff        {link}  ({role}, once)");
    }
    println!("\n  Ctrl-C stops all.");
    while issuer.is_running() && portal.is_running() {
        std::thread::sleep(Duration::from_millis(200));
    }
    Err("a server has ended".to_owned())
}

/// A port from the environment.
pub fn port(name: &str, usual: u16) -> Outcome<u16> {
    std::env::var(name).map_or(Ok(usual), |text| text.parse().because(format!("{name} must be a port number")))
}
