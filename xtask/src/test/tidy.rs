//! Rules of the house that the compiler does not keep: who may import whom, and what never stands in a file.

use std::fs;
use std::path::Path;

use crate::build::files;
use crate::places;
use crate::step::{Because, Outcome};

const SLICES: [&str; 4] = ["identity", "ledger", "cohelp", "town"];

/// What a place may never name, and what to do instead.
struct Ban {
    /// Files below this folder or of this name.
    place: &'static str,
    /// These texts.
    texts: &'static [&'static str],
    /// Files that may.
    except: &'static [&'static str],
    instead: &'static str,
}

const BANS: &[Ban] = &[
    Ban {
        place: "shared/src/kernel",
        texts: &["crate::identity", "crate::ledger", "crate::cohelp", "crate::town", "crate::process", "crate::wire"],
        except: &[],
        instead: "the kernel uses nothing of ours",
    },
    Ban {
        place: "edge/src",
        texts: &["use worker", "worker::"],
        except: &["edge/src/host"],
        instead: "only edge::host names the runtime; go through `World` or `Sql`",
    },
    Ban {
        place: "edge/src",
        texts: &["f32", "f64"],
        // What refuses a float has to name it; what measures is not shipped.
        except: &["edge/src/host", "edge/src/identity/oidc/json", "edge/src/identity/trial"],
        instead: "numbers are whole; only edge::host gives them to JavaScript, after a look at 2^53",
    },
    Ban {
        place: "app/src",
        texts: &["web_sys", "js_sys"],
        except: &["app/src/browser"],
        instead: "only app::browser names browser interfaces",
    },
    Ban {
        place: "shared/src",
        texts: &["f32", "f64", "HashMap", "SystemTime", "Instant::now", "async fn"],
        // Distances are measured a second time, another way.
        except: &["shared/src/cohelp/matching/tests"],
        instead: "rules are pure: no float, no random order, no clock, no async",
    },
];

/// Looks at every file.
pub fn run() -> Outcome {
    let root = places::root();
    let mut findings = Vec::new();
    for crate_name in ["shared", "app", "app/scan", "app/live", "edge", "xtask"] {
        for path in files(&root.join(crate_name).join("src"))? {
            if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).because(path.display())?;
                let name = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                look(&name, &text, &mut findings);
            }
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(format!("\n  {}", findings.join("\n  "))) }
}

fn look(name: &str, text: &str, findings: &mut Vec<String>) {
    for ban in BANS {
        if !below(name, ban.place) || ban.except.iter().any(|except| below(name, except)) {
            continue;
        }
        for (number, line) in code(text) {
            for banned in ban.texts.iter().filter(|banned| word_in(line, banned)) {
                findings.push(format!("{name}:{number}: `{banned}`: {}", ban.instead));
            }
        }
    }
    for (number, line) in code(text) {
        for other in foreign_slices(name, line) {
            findings.push(format!("{name}:{number}: slice `{other}`: a shared noun goes to kernel, a flow to process"));
        }
    }
    if Path::new(name).file_name().is_some_and(|file| file == "mod.rs") {
        findings.push(format!("{name}: `foo.rs` beside `foo/`, no `mod.rs`"));
    }
}

fn below(name: &str, place: &str) -> bool {
    name.strip_prefix(place).is_some_and(|rest| rest.starts_with('/') || rest.starts_with('.'))
}

/// Lines that are neither comments nor tests.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let until_tests = text.lines().take_while(|line| !line.contains("#[cfg(test)]"));
    until_tests
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn word_in(line: &str, banned: &str) -> bool {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    line.match_indices(banned).any(|(at, _)| {
        let before = line.get(..at).and_then(|part| part.chars().next_back());
        let after = line.get(at + banned.len()..).and_then(|part| part.chars().next());
        let open_end = banned.ends_with(|last| !is_word(last));
        before.is_none_or(|character| !is_word(character))
            && (open_end || after.is_none_or(|character| !is_word(character)))
    })
}

/// Other slices that a slice of `shared` names.
fn foreign_slices(name: &str, line: &str) -> Vec<&'static str> {
    let own = SLICES.iter().find(|slice| below(name, &format!("shared/src/{slice}")));
    let Some(own) = own else { return Vec::new() };
    SLICES.into_iter().filter(|other| other != own && word_in(line, &format!("crate::{other}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, text: &str) -> usize {
        let mut findings = Vec::new();
        look(name, text, &mut findings);
        findings.len()
    }

    #[test]
    fn finds_what_is_banned_and_nothing_else() {
        assert_eq!(found("shared/src/ledger/types.rs", "use crate::kernel::Points;"), 0);
        assert_eq!(found("shared/src/ledger/types.rs", "use crate::cohelp::Job;"), 1);
        assert_eq!(found("shared/src/process/settle.rs", "use crate::cohelp::Job;"), 0);
        assert_eq!(found("shared/src/kernel/id.rs", "use crate::ledger::Entry;"), 1);
        assert_eq!(found("shared/src/kernel/id.rs", "let x: f64 = 1.0;"), 1);
        assert_eq!(found("shared/src/kernel/id.rs", "// f64 would lie"), 0);
        assert_eq!(found("edge/src/portal.rs", "use worker::Env;"), 2);
        assert_eq!(found("edge/src/host/sql.rs", "use worker::Env;"), 0);
        assert_eq!(found("app/src/ledger/mod.rs", ""), 1);
    }
}
