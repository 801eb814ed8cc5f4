//! `cargo xtask serve`: the production server on this machine. Secrets come from the environment only.

use std::path::PathBuf;
use std::time::Duration;

use crate::demo;
use crate::server::{self, Plan, SECRETS, SETTINGS};
use crate::step::{Because, Outcome};
use crate::{build, places, setup};

const USAGE: &str = "cargo xtask serve --data DIR [--port P] [--config FILE]";

struct Options {
    data: PathBuf,
    port: u16,
    config: Option<PathBuf>,
}

/// Serves until the server ends or Ctrl-C.
pub fn run(words: &[&str]) -> Outcome {
    let options = options(words)?;
    let environment = environment(&options)?;
    setup::prepare()?;
    build::everything()?;
    let assets = std::fs::read_to_string(places::built().join("assets.json")).because("the table of assets")?;
    let environment = environment.into_iter().chain([("MEGURI_ASSETS".to_owned(), assets)]).collect();
    let mut portal =
        server::start(&Plan { port: options.port, data: options.data, module: "edge", environment, log: None })?;
    println!("serving on http://127.0.0.1:{}", options.port);
    while portal.is_running() {
        std::thread::sleep(Duration::from_millis(200));
    }
    Err("the server has ended".to_owned())
}

fn options(words: &[&str]) -> Outcome<Options> {
    let (mut data, mut port, mut config) = (None, 8787, None);
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let value = rest.next().ok_or(USAGE)?;
        match *word {
            "--data" => data = Some(PathBuf::from(value)),
            "--port" => port = value.parse().because("--port")?,
            "--config" => config = Some(PathBuf::from(value)),
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok(Options { data: data.ok_or(USAGE)?, port, config })
}

/// Everything the worker is told. The demo never is, and keys a demo made are refused.
fn environment(options: &Options) -> Outcome<Vec<(String, String)>> {
    let mut told = Vec::new();
    for name in SETTINGS.into_iter().chain(SECRETS) {
        let value = match (name, &options.config) {
            ("MEGURI_ASSETS", _) => continue,
            ("MEGURI_DEMO", _) => "0".to_owned(),
            ("MEGURI_MUNICIPALITY", Some(file)) => std::fs::read_to_string(file).because(file.display())?,
            ("MEGURI_ADDRESS_HEADER" | "MEGURI_JPKI_CAS", _) => std::env::var(name).unwrap_or_default(),
            ("MEGURI_STAFF_LINKS", _) => std::env::var(name).unwrap_or_else(|_| "[]".to_owned()),
            _ => std::env::var(name).map_err(|_| format!("{name} is missing in the environment"))?,
        };
        told.push((name.to_owned(), value));
    }
    if let Some((name, _)) = told.iter().find(|(_, value)| demo::is_demo_secret(value)) {
        return Err(format!("{name} is a key made for a demo: make one for this city"));
    }
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_understood_or_refused() {
        assert!(options(&["--data", "x", "--port", "80"]).is_ok_and(|options| options.port == 80));
        for bad in [&[][..], &["--port", "80"], &["--data"], &["--data", "x", "--port", "y"], &["--what", "x"]] {
            assert!(options(bad).is_err(), "{bad:?}");
        }
    }
}
