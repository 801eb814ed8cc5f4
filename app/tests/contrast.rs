//! Every pair of roles that meets on a page has enough contrast, in light and in dark (WCAG 2.2, 1.4.3 and 1.4.11).

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../style/tokens.css");

/// Text on a place: 4.5 to 1.
const TEXT: [(&str, &str); 30] = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "surface-soft"),
    ("ink", "action-paper"),
    ("ink", "thanks-paper"),
    ("ink", "thanks-glow"),
    ("ink", "info-paper"),
    ("ink", "success-paper"),
    ("ink", "warning-paper"),
    ("ink", "error-paper"),
    ("ink-soft", "paper"),
    ("ink-soft", "surface"),
    ("ink-soft", "surface-soft"),
    ("action-strong", "paper"),
    ("action-strong", "surface"),
    ("action-strong", "surface-soft"),
    ("action-strong", "action-paper"),
    ("action", "surface"),
    ("on-action", "action"),
    ("on-action", "action-strong"),
    ("thanks", "surface"),
    ("thanks", "thanks-paper"),
    ("thanks", "thanks-glow"),
    ("success", "surface"),
    ("error-strong", "paper"),
    ("error-strong", "surface"),
    ("error-strong", "error-paper"),
    ("on-error", "error"),
    ("action-strong", "info-paper"),
    ("action-strong", "warning-paper"),
];

/// Edges of controls, pictograms and the two focus rings: 3 to 1.
const CONTROLS: [(&str, &str); 20] = [
    ("line", "paper"),
    ("line", "surface"),
    ("action", "paper"),
    ("action", "surface"),
    ("action", "action-paper"),
    ("error", "paper"),
    ("error", "surface"),
    ("thanks", "paper"),
    ("info", "info-paper"),
    ("info", "paper"),
    ("success", "success-paper"),
    ("success", "paper"),
    ("warning", "warning-paper"),
    ("warning", "paper"),
    ("error", "error-paper"),
    ("focus", "paper"),
    ("focus", "surface"),
    ("focus", "surface-soft"),
    ("focus", "thanks-glow"),
    ("focus", "focus-halo"),
];

type Tokens = BTreeMap<String, String>;

/// The custom properties of a stretch of CSS.
fn declarations(css: &str, into: &mut Tokens) {
    for line in css.lines() {
        if let Some((name, value)) = line.trim().strip_prefix("--").and_then(|rest| rest.split_once(':')) {
            into.insert(name.to_owned(), value.trim().trim_end_matches(';').to_owned());
        }
    }
}

/// Light, and dark on top of light.
fn schemes() -> [(&'static str, Tokens); 2] {
    let (light_css, dark_css) = TOKENS.split_once("@media (prefers-color-scheme: dark)").unwrap();
    let mut light = Tokens::new();
    declarations(light_css, &mut light);
    let mut dark = light.clone();
    declarations(dark_css, &mut dark);
    [("light", light), ("dark", dark)]
}

fn colour(tokens: &Tokens, name: &str) -> [u8; 3] {
    let value = tokens.get(name).unwrap_or_else(|| panic!("--{name} is not defined"));
    if let Some(other) = value.strip_prefix("var(--").and_then(|rest| rest.strip_suffix(')')) {
        return colour(tokens, other);
    }
    let number =
        u32::from_str_radix(value.strip_prefix('#').unwrap_or_else(|| panic!("--{name}: {value}")), 16).unwrap();
    assert_eq!(value.len(), 7, "--{name}: six digits, as contrast with transparency is not known");
    [(number >> 16) as u8, (number >> 8) as u8, number as u8]
}

/// Relative luminance (WCAG 2.2, glossary).
fn luminance(rgb: [u8; 3]) -> f64 {
    let [r, g, b] = rgb.map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn ratio(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn short_of(pairs: &[(&str, &str)], least: f64) -> Vec<String> {
    let mut short = Vec::new();
    for (scheme, tokens) in schemes() {
        for (front, back) in pairs {
            let got = ratio(colour(&tokens, front), colour(&tokens, back));
            if got < least {
                short.push(format!("{scheme}: --{front} on --{back} is {got:.2}, at least {least}"));
            }
        }
    }
    short
}

#[test]
fn the_measure_is_right() {
    assert!((ratio([0, 0, 0], [255, 255, 255]) - 21.0).abs() < 1e-9);
    assert!((ratio([0x76, 0x76, 0x76], [255, 255, 255]) - 4.54).abs() < 0.01);
}

#[test]
fn text_can_be_read() {
    assert_eq!(short_of(&TEXT, 4.5), Vec::<String>::new());
}

#[test]
fn controls_and_focus_can_be_seen() {
    assert_eq!(short_of(&CONTROLS, 3.0), Vec::<String>::new());
}

#[test]
fn dark_changes_only_roles_that_exist() {
    let (light, dark) = TOKENS.split_once("@media (prefers-color-scheme: dark)").unwrap();
    let (mut known, mut changed) = (Tokens::new(), Tokens::new());
    declarations(light, &mut known);
    declarations(dark, &mut changed);
    assert!(changed.len() > 20);
    for name in changed.keys() {
        assert!(known.contains_key(name), "--{name} has no light value");
    }
}

#[test]
fn components_use_roles_only() {
    let css = app::design::STYLESHEET;
    let mut known = Tokens::new();
    declarations(TOKENS, &mut known);
    let rules = css.split_once("*,::before").expect("base.css begins with the box model").1;
    assert!(!rules.contains("--color-"), "a primitive is used outside the tokens");
    for used in rules.split("var(--").skip(1).filter_map(|rest| rest.split([')', ',']).next()) {
        assert!(known.contains_key(used), "--{used} is not a token");
    }
}
