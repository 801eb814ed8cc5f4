//! Digits as people type them.

/// The value of a digit of either width: full-width ones are as good as others.
pub const fn digit(character: char) -> Option<u8> {
    match character {
        '0'..='9' => Some((character as u32 - '0' as u32) as u8),
        '０'..='９' => Some((character as u32 - '０' as u32) as u8),
        _ => None,
    }
}
