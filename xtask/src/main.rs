//! Automation of the project, in one place and one language: `cargo xtask <command>`.

mod backup;
mod bench;
mod build;
mod client;
mod demo;
mod dev;
mod fuzz;
mod places;
mod serve;
mod server;
mod setup;
mod size;
mod step;
mod test;

use std::process::ExitCode;

use step::Outcome;

const USAGE: &str = "\
cargo xtask <command>

  dev                      set up, build and serve a demo municipality on http://localhost:8787
  test                     set up, then every check; ends with one line `N passed, N failed`
  serve --data DIR         production server on this machine; secrets from the environment
  backup DIR [--data D]    a copy of all data, beside a running server too
  restore DIR [--data D]   puts it back where no data is, after looking at every byte
  size [--json]            what a first visit costs, item by item
  bench [NAME] [--json]    measured beside the peers of docs/TESTING.md, in one run
  fuzz [SECONDS] [TARGET…]  what reads bytes from outside, under libFuzzer
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome: Outcome = match words.as_slice() {
        ["dev"] => dev::run(),
        ["test", parts @ ..] => test::run_all(parts),
        ["serve", rest @ ..] => serve::run(rest),
        ["backup", rest @ ..] => backup::run(rest),
        ["restore", rest @ ..] => backup::run_restore(rest),
        ["size", rest @ ..] => size::run(rest),
        ["bench", rest @ ..] => bench::run(rest),
        ["fuzz", rest @ ..] => fuzz::run_all(rest),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("\n{problem}");
            ExitCode::FAILURE
        }
    }
}
