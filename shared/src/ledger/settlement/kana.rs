//! Names as banks write them: half-width kana of JIS X 0201 and a few signs, each one byte.

use serde::{Deserialize, Serialize};

/// The plain kana in the order of their half-width forms, which begin at U+FF71.
const PLAIN: &str = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
const HALF_WIDTH_PLAIN: u32 = 0xFF71;
/// Small ones, each with the large one that banks write instead; and what they have no sign for.
const INSTEAD: &str = "ァアィイゥウェエォオッツャヤュユョヨヮワヵカヶケヲオヰイヱエ";
const HALF_WIDTH_SMALL: &str = "ｧｱｨｲｩｳｪｴｫｵｯﾂｬﾔｭﾕｮﾖｦｵ";
const VOICED: char = 'ﾞ';
const HALF_VOICED: char = 'ﾟ';
/// Signs that a name may have beside kana, capitals, digits and blanks.
const SIGNS: &str = "()-./\\｢｣";

/// What is not a name for a bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum KanaError {
    /// Nothing but blanks.
    #[error("empty")]
    Empty,
    /// Longer than the field; a voiced kana takes two places.
    #[error("{got} places, at most {max}")]
    TooLong {
        /// The most there may be.
        max: u32,
        /// How many there are.
        got: u32,
    },
    /// A character that no bank takes: 漢字, most often.
    #[error("{0:?} cannot be written")]
    Character(char),
}

/// A name of at most `MAX` places (バイト) in the signs that Japanese banks take: 「ﾒｸﾞﾘｼﾖｳﾃﾝ」.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Kana<const MAX: usize>(String);

impl<const MAX: usize> Kana<MAX> {
    /// As people write it: hiragana or katakana of either width, either case, small kana and long vowels become what banks write.
    pub fn written(text: &str) -> Result<Self, KanaError> {
        let text = text.trim_matches(|c: char| c.is_whitespace());
        if text.is_empty() {
            return Err(KanaError::Empty);
        }
        let mut half = String::with_capacity(text.len());
        for character in text.chars() {
            push(&mut half, character)?;
        }
        let got = half.chars().count();
        let count = |places| u32::try_from(places).unwrap_or(u32::MAX);
        if got > MAX { Err(KanaError::TooLong { max: count(MAX), got: count(got) }) } else { Ok(Self(half)) }
    }

    /// The name in half-width signs.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name in bytes of JIS X 0201, one for each place.
    pub fn jis(&self) -> impl Iterator<Item = u8> {
        self.0.chars().map(jis)
    }
}

impl<const MAX: usize> TryFrom<String> for Kana<MAX> {
    type Error = KanaError;
    fn try_from(text: String) -> Result<Self, KanaError> {
        Self::written(&text)
    }
}

impl<const MAX: usize> From<Kana<MAX>> for String {
    fn from(kana: Kana<MAX>) -> Self {
        kana.0
    }
}

fn push(half: &mut String, character: char) -> Result<(), KanaError> {
    let character = katakana(character);
    if let Some((base, mark)) = parted(character) {
        half.extend(plain(base));
        half.push(mark);
        return Ok(());
    }
    let one = match character {
        'ﾞ' | '゛' | '\u{3099}' => VOICED,
        'ﾟ' | '゜' | '\u{309A}' => HALF_VOICED,
        // Long vowels and hyphens of all kinds.
        'ー' | 'ｰ' | '-' | '－' | '‐' | '‑' | '–' | '—' | '−' => '-',
        '・' | '･' | '．' => '.',
        '「' => '｢',
        '」' => '｣',
        '¥' | '￥' | '＼' => '\\',
        '\u{3000}' | ' ' => ' ',
        'ｱ'..='ﾝ' => character,
        '！'..='～' => ascii(character),
        _ => character.to_ascii_uppercase(),
    };
    let one = instead(HALF_WIDTH_SMALL, one).unwrap_or(one);
    match plain(one) {
        Some(plain) => half.push(plain),
        None if allowed(one) => half.push(one),
        None => return Err(KanaError::Character(character)),
    }
    Ok(())
}

fn allowed(one: char) -> bool {
    matches!(one, 'A'..='Z' | '0'..='9' | ' ' | 'ｱ'..='ﾝ' | VOICED | HALF_VOICED) || SIGNS.contains(one)
}

/// Hiragana as katakana, small ones large.
fn katakana(character: char) -> char {
    let katakana = match character {
        'ぁ'..='ゖ' => u32::from(character).checked_add(0x60).and_then(char::from_u32).unwrap_or(character),
        _ => character,
    };
    instead(INSTEAD, katakana).unwrap_or(katakana)
}

/// A voiced kana as its plain one and the mark.
fn parted(character: char) -> Option<(char, char)> {
    let before = |places| u32::from(character).checked_sub(places).and_then(char::from_u32);
    Some(match character {
        'ヴ' => ('ウ', VOICED),
        'ガ' | 'ギ' | 'グ' | 'ゲ' | 'ゴ' | 'ザ' | 'ジ' | 'ズ' | 'ゼ' | 'ゾ' | 'ダ' | 'ヂ' | 'ヅ' | 'デ' | 'ド'
        | 'バ' | 'ビ' | 'ブ' | 'ベ' | 'ボ' => (before(1)?, VOICED),
        'パ' | 'ピ' | 'プ' | 'ペ' | 'ポ' => (before(2)?, HALF_VOICED),
        _ => return None,
    })
}

/// A full-width plain kana in half width.
fn plain(character: char) -> Option<char> {
    let place = PLAIN.chars().position(|plain| plain == character)?;
    HALF_WIDTH_PLAIN.checked_add(u32::try_from(place).ok()?).and_then(char::from_u32)
}

/// What stands behind a character in a list of pairs.
fn instead(pairs: &str, character: char) -> Option<char> {
    let mut pairs = pairs.chars();
    while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
        if from == character {
            return Some(to);
        }
    }
    None
}

/// A full-width sign of ASCII in half width, capital.
fn ascii(character: char) -> char {
    let half = u32::from(character).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(character);
    half.to_ascii_uppercase()
}

/// JIS X 0201: ASCII as it is, but for the yen sign in the place of the backslash; half-width kana from A1.
fn jis(character: char) -> u8 {
    let kana = u32::from(character).checked_sub(0xFF61).and_then(|place| place.checked_add(0xA1));
    kana.or_else(|| character.is_ascii().then_some(u32::from(character)))
        .and_then(|byte| u8::try_from(byte).ok())
        // Nothing else is in a `Kana`.
        .unwrap_or(b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn half(text: &str) -> String {
        Kana::<48>::written(text).unwrap().into()
    }

    #[test]
    fn people_write_and_banks_read() {
        for (written, read) in [
            ("めぐりしょうてん", "ﾒｸﾞﾘｼﾖｳﾃﾝ"),
            ("メグリショウテン", "ﾒｸﾞﾘｼﾖｳﾃﾝ"),
            ("ﾒｸﾞﾘｼｮｳﾃﾝ", "ﾒｸﾞﾘｼﾖｳﾃﾝ"),
            ("カ）パン", "ｶ)ﾊﾟﾝ"),
            ("コーヒー　ヴォルテ", "ｺ-ﾋ- ｳﾞｵﾙﾃ"),
            ("cafe ｂｌｕｅ−2", "CAFE BLUE-2"),
            ("ヲヰヱヮッ", "ｵｲｴﾜﾂ"),
            ("か\u{3099}は\u{309A}", "ｶﾞﾊﾟ"),
            ("「ア」・￥／．", "｢ｱ｣.\\/."),
            ("ァィゥェォッャュョヵヶ", "ｱｲｳｴｵﾂﾔﾕﾖｶｹ"),
            ("ガギグゲゴザジズゼゾダヂヅデドバビブベボ", "ｶﾞｷﾞｸﾞｹﾞｺﾞｻﾞｼﾞｽﾞｾﾞｿﾞﾀﾞﾁﾞﾂﾞﾃﾞﾄﾞﾊﾞﾋﾞﾌﾞﾍﾞﾎﾞ"),
            ("パピプペポ", "ﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟ"),
        ] {
            assert_eq!(half(written), read, "{written}");
            assert_eq!(half(read), read, "{read} stays as it is");
        }
    }

    #[test]
    fn what_no_bank_takes() {
        assert_eq!(Kana::<30>::written("めぐり商店"), Err(KanaError::Character('商')));
        assert_eq!(Kana::<30>::written(" \u{3000}"), Err(KanaError::Empty));
        for sign in ['＆', ',', '@', '\n', '\0', '😀', 'é', '〜', '＿', '｡'] {
            assert!(matches!(Kana::<30>::written(&format!("ア{sign}ア")), Err(KanaError::Character(_))), "{sign:?}");
        }
        // A voiced kana takes two places.
        assert_eq!(Kana::<5>::written("ガガガ"), Err(KanaError::TooLong { max: 5, got: 6 }));
        assert_eq!(Kana::<6>::written("ガガガ").unwrap().jis().count(), 6);
    }

    #[test]
    fn one_byte_for_each_place() {
        let bytes: Vec<u8> = Kana::<30>::written("ｱﾝﾞﾟ｢｣A0 -\\").unwrap().jis().collect();
        assert_eq!(bytes, [0xB1, 0xDD, 0xDE, 0xDF, 0xA2, 0xA3, b'A', b'0', b' ', b'-', 0x5C]);
    }
}
