//! What the first page costs.

use std::collections::BTreeSet;

use app::design::{LATER_STYLESHEET, STYLESHEET};
use shared::kernel::Locale;

/// The first page, in and out, shows nothing whose style it does not load.
#[test]
fn the_first_page_needs_no_later_style() {
    let later = blocks(LATER_STYLESHEET, '.');
    let first = blocks(STYLESHEET.strip_suffix(LATER_STYLESHEET).unwrap(), '.');
    let pages = super::pages(Locale::Ja);
    for (name, html) in pages.iter().filter(|(name, _)| name == "welcome" || name.starts_with("home")) {
        let used = blocks(html, '"').union(&blocks(html, ' ')).cloned().collect::<BTreeSet<_>>();
        let missing: Vec<_> = used.intersection(&later).filter(|block| !first.contains(*block)).collect();
        assert!(!used.is_empty() && missing.is_empty(), "{name}: {missing:?}");
        assert!(html.contains("/style.css") && !html.contains("/later.css"), "{name}");
    }
    assert!(later.contains("mg-field") && !first.contains("mg-field"), "there is something to keep out");
}

/// Names of the design system's blocks that follow that character.
fn blocks(text: &str, before: char) -> BTreeSet<String> {
    let of = |rest: &str| {
        let end = rest.find(|at: char| !at.is_ascii_lowercase() && at != '-').unwrap_or(rest.len());
        rest[..end].split("--").next().unwrap_or_default().trim_end_matches('-').to_owned()
    };
    text.split(before).filter(|rest| rest.starts_with("mg-")).map(of).collect()
}
