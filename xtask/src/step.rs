//! Running other programs, with progress people can follow and failures that are one clear sentence.

use std::fmt::Display;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// What a step ends with: nothing, or the sentence to show.
pub type Outcome<T = ()> = Result<T, String>;

/// Puts a failure into a sentence.
pub trait Because<T> {
    /// `what` could not be done, because of the error.
    fn because(self, what: impl Display) -> Outcome<T>;
}

impl<T, E: Display> Because<T> for Result<T, E> {
    fn because(self, what: impl Display) -> Outcome<T> {
        self.map_err(|error| format!("{what}: {error}"))
    }
}

/// Announces a step and says how long it took.
pub fn step<T>(name: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    eprintln!("→ {name}");
    let start = Instant::now();
    let answer = work()?;
    let seconds = start.elapsed().as_secs_f32();
    if seconds >= 1.0 {
        eprintln!("  {name}: {seconds:.0} s");
    }
    Ok(answer)
}

/// Runs a command to its end; its output goes to ours.
pub fn run(command: &mut Command) -> Outcome {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.stdin(Stdio::null()).status().map_err(|error| missing(&name, &error))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", line(command))) }
}

/// Runs a command to its end and returns what it printed.
pub fn read(command: &mut Command) -> Outcome<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().map_err(|error| missing(&name, &error))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(format!("`{}` failed ({}): {}", line(command), output.status, said.trim()))
    }
}

fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn missing(program: &str, error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => format!("`{program}` was not found: please install it and try again"),
        _ => format!("`{program}` could not be started: {error}"),
    }
}

/// Whether `made` exists and is younger than everything it is made of.
pub fn is_fresh(made: &Path, sources: &[&Path]) -> bool {
    let changed = |path: &Path| path.metadata().and_then(|data| data.modified()).ok();
    let Some(at) = changed(made) else { return false };
    sources.iter().all(|source| changed(source).is_some_and(|source_at| source_at <= at))
}
