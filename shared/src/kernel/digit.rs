//! Digits as people type them.

/// The value of a digit of either width: full-width ones are as good as others.
pub const fn digit(character: char) -> Option<u8> {
    match character {
        '0'..='9' => Some((character as u32 - '0' as u32) as u8),
        '０'..='９' => Some((character as u32 - '０' as u32) as u8),
        _ => None,
    }
}

/// The digits people type into one number, and how many they are: of either width, with blanks and hyphens anywhere. None if
/// there is anything else. Far too many come out as a very large number.
pub(super) fn typed(text: &str) -> Option<(u64, usize)> {
    text.chars().try_fold((0u64, 0), |(value, count), character| match (digit(character), character) {
        (Some(digit), _) => Some((value.saturating_mul(10).saturating_add(digit.into()), count + 1)),
        (None, '-' | '－' | '‐' | 'ー' | ' ' | '\u{3000}') => Some((value, count)),
        _ => None,
    })
}

/// The check digit that belongs behind the digits of `body` (ISO/IEC 7812, Luhn).
pub(super) const fn check_digit(body: u64) -> u64 {
    let (mut rest, mut sum, mut double) = (body, 0, true);
    while rest > 0 {
        let digit = rest % 10;
        sum += match (double, digit) {
            (false, _) => digit,
            (true, 0..=4) => digit * 2,
            (true, _) => digit * 2 - 9,
        };
        double = !double;
        rest /= 10;
    }
    (10 - sum % 10) % 10
}

/// A number of at most `digits_max` digits, of either width.
pub fn digits(text: &str, digits_max: usize) -> Option<u16> {
    if text.is_empty() || text.chars().count() > digits_max {
        return None;
    }
    text.chars().try_fold(0u16, |value, character| value.checked_mul(10)?.checked_add(digit(character)?.into()))
}
