//! Digits as people type them.

/// The value of a digit of either width: full-width ones are as good as others.
pub const fn digit(character: char) -> Option<u8> {
    match character {
        '0'..='9' => Some((character as u32 - '0' as u32) as u8),
        '０'..='９' => Some((character as u32 - '０' as u32) as u8),
        _ => None,
    }
}

/// A number of at most `digits_max` digits, of either width.
pub fn digits(text: &str, digits_max: usize) -> Option<u16> {
    if text.is_empty() || text.chars().count() > digits_max {
        return None;
    }
    text.chars().try_fold(0u16, |value, character| value.checked_mul(10)?.checked_add(digit(character)?.into()))
}
