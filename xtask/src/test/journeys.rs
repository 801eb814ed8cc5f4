//! Playwright against a fresh server: real runtime, real browser, real OIDC server.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::bench::free_port;
use crate::demo::Demo;
use crate::step::{Because, Outcome};
use crate::{places, server, setup};

use super::{Tally, scan};

/// Runs every project on a server of its own, on ports and data nobody else uses.
pub fn run(tally: &mut Tally) {
    match prepared(tally) {
        Ok(report) => match counted(&report) {
            Ok((passed, failed)) => tally.add(passed, failed),
            Err(problem) => tally.check("browser journeys", Err(problem)),
        },
        Err(problem) => tally.check("browser journeys", Err(problem)),
    }
}

fn prepared(tally: &mut Tally) -> Outcome<String> {
    let chromium = setup::chromium()?;
    let data = places::state().join("test");
    let _ = fs::remove_dir_all(&data);
    let (port, card_port) = (free_port()?, free_port()?);
    let demo = Demo::open(data, port, card_port)?;
    let _issuer = demo.start_issuer()?;
    let folder = places::state().join("playwright");
    fs::create_dir_all(&folder).because(folder.display())?;
    let (log, addresses) = (folder.join("server.log"), folder.join("addresses.txt"));
    for old in [&log, &addresses] {
        fs::write(old, "").because(old.display())?;
    }
    let plan = server::Plan { log: Some(log.clone()), ..demo.plan()? };
    let mut portal = server::start(&plan)?;
    let links: serde_json::Map<String, Value> =
        demo.staff_links().into_iter().map(|(role, link)| (role.to_owned(), Value::String(link))).collect();
    let report = folder.join("report.json");
    let _ = fs::remove_file(&report);
    eprintln!("→ playwright on {}", demo.origin());
    let status = Command::new("node")
        .arg(places::npm_script("@playwright/test/cli.js"))
        .args(["test", "--config", "playwright/playwright.config.ts"])
        .current_dir(places::root())
        .env("MEGURI_ORIGIN", demo.origin())
        .env("MEGURI_CARD_ISSUER", demo.card_issuer())
        .env("MEGURI_STAFF_LINKS", Value::Object(links).to_string())
        .env("MEGURI_CHROMIUM", chromium)
        .env("MEGURI_PLAYWRIGHT_JSON", &report)
        .env("MEGURI_ADDRESSES", &addresses)
        .stdin(Stdio::null())
        .status()
        .because("starting Playwright")?;
    portal.kill();
    eprint!("{}", fs::read_to_string(&log).unwrap_or_default());
    let left = scan::Left { data: plan.data, log, addresses };
    tally.check("nobody is readable in what the journeys left behind", scan::run(&left));
    read(&report).map_err(|problem| format!("Playwright ended with {status}: {problem}"))
}

fn read(report: &Path) -> Outcome<String> {
    fs::read_to_string(report).because(report.display())
}

/// Passed tests, and the names of all others; a run without tests is no run.
fn counted(report: &str) -> Outcome<(u64, Vec<String>)> {
    let report: Value = serde_json::from_str(report).because("Playwright's report")?;
    let mut passed = 0;
    let mut failed: Vec<String> = report["errors"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|error| format!("playwright: {}", error["message"]))
        .collect();
    let mut open: Vec<&Value> = report["suites"].as_array().into_iter().flatten().collect();
    while let Some(suite) = open.pop() {
        open.extend(suite["suites"].as_array().into_iter().flatten());
        for spec in suite["specs"].as_array().into_iter().flatten() {
            for test in spec["tests"].as_array().into_iter().flatten() {
                if test["status"] == "expected" {
                    passed += 1;
                } else {
                    failed.push(format!("{} › {} ({})", spec["file"], spec["title"], test["projectName"]));
                }
            }
        }
    }
    if passed == 0 && failed.is_empty() { Err("no test was run".to_owned()) } else { Ok((passed, failed)) }
}
