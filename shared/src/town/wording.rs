//! What the municipality calls something, in the languages of the portal.

use serde::{Deserialize, Serialize};

/// The same words in each language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// In Japanese.
    pub ja: String,
    /// In やさしい日本語, with a reading for every kanji: `｜買《か》うもの`.
    pub easy: String,
    /// In English.
    pub en: String,
}

/// A stretch of text, with its reading if it has one.
pub type Stretch<'a> = (&'a str, Option<&'a str>);

impl Wording {
    /// The stretches of what is said in やさしい日本語; none if a reading is open, empty, or not of hiragana and katakana, or a kanji
    /// has none.
    pub fn easy(&self) -> Option<Vec<Stretch<'_>>> {
        let mut found = Vec::new();
        let mut rest = self.easy.as_str();
        while let Some((plain, marked)) = rest.split_once('｜') {
            let (base, behind) = marked.split_once('《')?;
            let (reading, behind) = behind.split_once('》')?;
            if base.is_empty() || reading.is_empty() || !reading.chars().all(is_kana) {
                return None;
            }
            found.extend([(plain, None), (base, Some(reading))]);
            rest = behind;
        }
        found.push((rest, None));
        let bare = |(text, reading): &Stretch<'_>| {
            let marks = |character| matches!(character, '｜' | '《' | '》');
            text.chars().any(marks) || (reading.is_none() && text.chars().any(is_kanji))
        };
        found.retain(|(text, _)| !text.is_empty());
        (!found.iter().any(bare)).then_some(found)
    }
}

const fn is_kana(character: char) -> bool {
    matches!(character, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fc}')
}

/// A kanji, the iteration mark among them.
const fn is_kanji(character: char) -> bool {
    matches!(character, '々' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn easy(text: &str) -> Option<Vec<(String, Option<String>)>> {
        let wording = Wording { ja: "あ".to_owned(), easy: text.to_owned(), en: "a".to_owned() };
        let owned = |(text, reading): Stretch<'_>| (text.to_owned(), reading.map(str::to_owned));
        wording.easy().map(|parts| parts.into_iter().map(owned).collect())
    }

    #[test]
    fn every_kanji_has_a_reading() {
        let parts = [("｜買《か》う", vec![("買", Some("か")), ("う", None)]), ("もの", vec![("もの", None)])];
        for (text, parts) in parts {
            let parts: Vec<_> = parts.into_iter().map(|(a, b)| (a.to_owned(), b.map(str::to_owned))).collect();
            assert_eq!(easy(text), Some(parts));
        }
        for text in ["買うもの", "｜買《か", "｜買か》", "｜買《》", "｜《か》", "｜買《買》", "か》", "《か", "人々"]
        {
            assert_eq!(easy(text), None, "{text}");
        }
    }
}
