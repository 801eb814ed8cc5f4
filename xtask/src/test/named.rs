//! Every test that a document names is there: `crate path::of::test`, looked for by its last word in that crate, and
//! `playwright/file.spec.ts: "title"`.

use std::fs;

use crate::build::files;
use crate::places;
use crate::step::{Because, Outcome};

/// Documents that name tests.
const DOCUMENTS: [&str; 3] = ["docs/ASVS.md", "docs/LEDGER.md", "docs/MATCHING.md"];
const CRATES: [&str; 4] = ["shared", "app", "edge", "xtask"];

/// Looks for all of them.
pub fn run() -> Outcome {
    let root = places::root();
    let mut missing = Vec::new();
    let mut count = 0u32;
    for document in DOCUMENTS {
        let text = fs::read_to_string(root.join(document)).because(document)?;
        for name in quoted(&text) {
            match Named::parse(name) {
                None => continue,
                Some(named) if is_there(&named)? => {}
                Some(_) => missing.push(format!("{document} names `{name}`, which is not there")),
            }
            count += 1;
        }
    }
    eprintln!("  {count} tests named");
    match (missing.is_empty(), count) {
        (true, 1..) => Ok(()),
        (true, 0) => Err("no document names a test".to_owned()),
        (false, _) => Err(format!("\n  {}", missing.join("\n  "))),
    }
}

/// What stands between backquotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[derive(Debug, PartialEq, Eq)]
enum Named<'a> {
    /// A function of a crate.
    Rust { crate_name: &'a str, function: &'a str },
    /// A test of a file, by its title.
    Browser { file: &'a str, title: &'a str },
}

impl<'a> Named<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        if let Some((file, title)) = text.split_once(": ").filter(|(file, _)| file.ends_with(".spec.ts")) {
            return Some(Self::Browser { file, title: title.trim_matches('"') });
        }
        let (crate_name, path) = text.split_once(' ').filter(|(name, _)| CRATES.contains(name))?;
        let (_, function) = path.rsplit_once("::")?;
        Some(Self::Rust { crate_name, function })
    }
}

fn is_there(named: &Named<'_>) -> Outcome<bool> {
    let root = places::root();
    match named {
        Named::Browser { file, title } => {
            Ok(fs::read_to_string(root.join(file)).is_ok_and(|text| text.contains(title)))
        }
        Named::Rust { crate_name, function } => {
            let wanted = format!("fn {function}(");
            for folder in ["src", "tests"].map(|folder| root.join(crate_name).join(folder)) {
                for path in if folder.exists() { files(&folder)? } else { Vec::new() } {
                    if fs::read_to_string(&path).is_ok_and(|text| text.contains(&wanted)) {
                        return Ok(true);
                    }
                }
            }
            Ok(false)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_tests_are_told_from_other_words() {
        let text =
            "`edge a::tests::b`, `max_age`, `cargo test -p CRATE PATH` `playwright/x.spec.ts: \"c ${d}\"` `edge x`";
        let found: Vec<_> = quoted(text).filter_map(Named::parse).collect();
        let rust = Named::Rust { crate_name: "edge", function: "b" };
        assert_eq!(found, [rust, Named::Browser { file: "playwright/x.spec.ts", title: "c ${d}" }]);
    }

    #[test]
    fn what_is_not_there_is_missed() {
        let here = Named::Rust { crate_name: "xtask", function: "what_is_not_there_is_missed" };
        assert_eq!(is_there(&here), Ok(true));
        assert_eq!(is_there(&Named::Rust { crate_name: "xtask", function: "nowhere_to_be_found_really" }), Ok(false));
        assert_eq!(is_there(&Named::Browser { file: "playwright/none.spec.ts", title: "x" }), Ok(false));
    }
}
