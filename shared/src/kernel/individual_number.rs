//! The 12-digit 個人番号 (マイナンバー), only to keep it out: it may not be asked for, taken or kept outside the tasks the
//! law names (番号法 Art. 19, 20), so what looks like one is refused where people write.

extern crate alloc;
use alloc::vec::Vec;

use super::digit;

/// Whether a text contains twelve digits whose last is the check digit of a 個人番号 (平成26年総務省令第85号 Art. 5). They may
/// be of either width, and stand in groups with a blank or a hyphen between them. One in eleven other numbers of twelve
/// digits looks the same; there is little else that has twelve.
pub fn holds_individual_number(text: &str) -> bool {
    // Groups of digits with one separator between them; an empty one ends the row.
    let mut row: Vec<Vec<u8>> = Vec::new();
    let mut group = Vec::new();
    for character in text.chars().chain([END]) {
        match digit(character) {
            Some(digit) => group.push(digit),
            None if is_separator(character) && !group.is_empty() => row.push(core::mem::take(&mut group)),
            None => {
                row.push(core::mem::take(&mut group));
                if holds_one(&row) {
                    return true;
                }
                row.clear();
            }
        }
    }
    false
}

const DIGITS: usize = 12;
/// Neither a digit nor a separator.
const END: char = '\n';

/// Whether neighbouring groups of a row make up one.
fn holds_one(row: &[Vec<u8>]) -> bool {
    (0..row.len()).any(|start| {
        let mut digits = Vec::new();
        for group in row.iter().skip(start) {
            digits.extend_from_slice(group);
            if digits.len() >= DIGITS {
                break;
            }
        }
        is_valid(&digits)
    })
}

fn is_separator(character: char) -> bool {
    matches!(character, ' ' | '\u{3000}' | '-' | '‐' | '‑' | '–' | '−' | '－' | 'ー')
}

/// The eleven digits before the last, from the right, weigh 2 to 7 and then 2 to 6.
fn is_valid(digits: &[u8]) -> bool {
    let Some((check, body)) = digits.split_last() else { return false };
    let weights = (2..=7).chain(2..=6);
    let sum: u32 = body.iter().rev().zip(weights).map(|(&digit, weight)| u32::from(digit) * weight).sum();
    let expected = match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    };
    body.len() == DIGITS - 1 && u32::from(*check) == expected
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::format;

    #[test]
    fn what_looks_like_one_is_seen_however_it_is_written() {
        for text in [
            "123456789018",
            "番号は123456789018です",
            "1234 5678 9018",
            "1234-5678-9018",
            "１２３４５６７８９０１８",
            "1234　5678−9018",
            "電話 090-1111-2222、番号 123456789018",
            "2026 123456789018",
            "12 3456 7890 18",
        ] {
            assert!(holds_individual_number(text), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "",
            "123456789012",
            "12345678901",
            "1234567890180",
            "0123456789018",
            "1234,5678,9018",
            "1234  5678  9018",
            "1234/5678/9018",
            "090-1234-5678",
            "2026-11-21 10:00",
            "〒856-0831 大村市1-25",
        ] {
            assert!(!holds_individual_number(text), "{text}");
        }
    }

    #[test]
    fn one_last_digit_of_ten_fits() {
        for body in 0..2_000u64 {
            let body = body * 48_271_003 % 100_000_000_000;
            let fitting = (0..10).filter(|last| holds_individual_number(&format!("{body:011}{last}"))).count();
            assert_eq!(fitting, 1, "{body:011}");
        }
    }
}
