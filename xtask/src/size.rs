//! `cargo xtask size`: what a first visit costs, item by item, and how large the server module is.

use std::fs;
use std::io::Write;

use flate2::{Compression, write::GzEncoder};

use crate::bench::free_port;
use crate::client::people;
use crate::demo::Demo;
use crate::step::{Because, Outcome};
use crate::{build, places, server, setup};

/// Bars of the quality document, in bytes.
const FIRST_VISIT_MAX: usize = 100_000;
const MODULE_MAX: usize = 3_000_000;
/// Ours: what a page that scans may cost more.
const SCAN_MAX: usize = 120_000;

/// Ours: what a page that lives may cost more.
const LIVE_MAX: usize = 40_000;

/// Files only some other pages load.
const ELSEWHERE: [&str; 4] = ["scan.", "paid.", "later.", "live."];

/// Measures, prints, and fails when a bar is broken.
pub fn run(words: &[&str]) -> Outcome {
    let json = words == ["--json"];
    setup::prepare()?;
    build::everything()?;
    let mut items = vec![("dashboard HTML".to_owned(), build::brotli_bytes(dashboard()?.as_bytes())?.len())];
    let assets = places::built().join("assets");
    for file in build::files(&assets)? {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(plain) = name.strip_suffix(".br") {
            items.push((plain.to_owned(), fs::metadata(&file).because(file.display())?.len() as usize));
        }
    }
    let (elsewhere, first): (Vec<_>, Vec<_>) =
        items.iter().partition(|(name, _)| ELSEWHERE.iter().any(|other| name.starts_with(other)));
    let first_visit: usize = first.iter().map(|(_, bytes)| bytes).sum();
    let scanning: usize = elsewhere.iter().filter(|(name, _)| name.starts_with("scan.")).map(|(_, bytes)| bytes).sum();
    let act: usize =
        first.iter().filter(|(name, _)| name.ends_with("HTML") || name.ends_with(".css")).map(|(_, bytes)| bytes).sum();
    let module = gzip(&fs::read(places::built().join("edge/edge_bg.wasm")).because("the server module")?)?;
    if !json {
        items.iter().for_each(|(name, bytes)| println!("  {bytes:>8}  {name} (brotli)"));
    }
    line(json, "P2-first-visit", first_visit, FIRST_VISIT_MAX, "bytes brotli, all scripts and Wasm counted");
    line(json, "P2-to-act", act, 30_000, "bytes brotli before one can read and act");
    let living: usize = elsewhere.iter().filter(|(name, _)| name.starts_with("live.")).map(|(_, bytes)| bytes).sum();
    line(json, "P2-live", living, LIVE_MAX, "more bytes brotli on pages that hear what changes or keep what is typed");
    line(json, "P2-scan", scanning, SCAN_MAX, "more bytes brotli on the two pages that scan");
    line(json, "P6-module", module, MODULE_MAX, "bytes gzip of the server module");
    if first_visit <= FIRST_VISIT_MAX && module <= MODULE_MAX && scanning <= SCAN_MAX && living <= LIVE_MAX {
        Ok(())
    } else {
        Err("a bar is broken".to_owned())
    }
}

fn line(json: bool, id: &str, ours: usize, bar: usize, unit: &str) {
    if json {
        println!("{}", serde_json::json!({"id": id, "ours": ours, "bar": bar, "unit": unit}));
    } else {
        println!("  {ours:>8}  {id} of {bar} ({unit})");
    }
}

/// The dashboard of somebody who has just joined.
fn dashboard() -> Outcome<String> {
    let data = places::state().join("size");
    // Nothing there is as good as emptied.
    let _ = fs::remove_dir_all(&data);
    let demo = Demo::open(data, free_port()?, free_port()?)?;
    let _issuer = demo.start_issuer()?;
    let _portal = server::start(&demo.plan()?)?;
    let mut person = people::resident(&demo, "resident-0001")?;
    Ok(person.browser.get(&format!("{}/", demo.origin()))?.answer.text())
}

fn gzip(bytes: &[u8]) -> Outcome<usize> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).because("gzip")?;
    Ok(packed.finish().because("gzip")?.len())
}
