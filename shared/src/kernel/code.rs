//! One-time codes as people read them out and type them: Crockford base 32, in groups.

use core::fmt;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The bits of a code of so many characters, at most 25, as people type it: any case, full width, blanks and hyphens anywhere;
/// the letters that look like digits count as those. None if it is anything else.
pub fn typed_code(text: &str, characters: u32) -> Option<u128> {
    let (mut bits, mut count) = (0u128, 0);
    for character in text.chars().map(narrow).filter(|one| !one.is_whitespace() && !matches!(one, '-' | 'ー' | '－'))
    {
        let character = match character.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let digit = ALPHABET.iter().position(|&known| char::from(known) == character);
        count += 1;
        bits = (bits << 5) | digit.filter(|_| count <= characters)? as u128;
    }
    (count == characters).then_some(bits)
}

/// Writes the lowest bits as a code of so many characters, with a hyphen between groups.
pub fn write_code(f: &mut fmt::Formatter<'_>, bits: u128, characters: u32, group: u32) -> fmt::Result {
    for place in (0..characters).rev() {
        let digit = (bits >> (5 * place)) as usize % 32;
        write!(f, "{}", char::from(ALPHABET.get(digit).copied().unwrap_or(b'0')))?;
        if place > 0 && place % group == 0 {
            f.write_str("-")?;
        }
    }
    Ok(())
}

/// Full-width letters, digits and hyphens as the narrow ones.
fn narrow(character: char) -> char {
    match character {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        other => other,
    }
}
