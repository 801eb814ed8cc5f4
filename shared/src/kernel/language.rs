//! The languages people speak with each other, which are more than the portal is written in.

use core::str::FromStr;

use serde::{Deserialize, Serialize};

use super::IdError;

/// A language somebody speaks (話せる言葉). Grows only at the end; the words are stable. Not [`super::Locale`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// 日本語.
    Japanese,
    /// English.
    English,
    /// 中文.
    Chinese,
    /// 한국어.
    Korean,
    /// Tiếng Việt.
    Vietnamese,
    /// Português.
    Portuguese,
    /// Filipino.
    Filipino,
    /// नेपाली.
    Nepali,
    /// Bahasa Indonesia.
    Indonesian,
    /// 日本の手話: Japanese Sign Language.
    JapaneseSign,
}

impl Language {
    /// Every language, in the order of the choice.
    pub const ALL: [Self; 10] = [
        Self::Japanese,
        Self::English,
        Self::Chinese,
        Self::Korean,
        Self::Vietnamese,
        Self::Portuguese,
        Self::Filipino,
        Self::Nepali,
        Self::Indonesian,
        Self::JapaneseSign,
    ];

    /// The word in forms, links and files: the tag of BCP 47.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Japanese => "ja",
            Self::English => "en",
            Self::Chinese => "zh",
            Self::Korean => "ko",
            Self::Vietnamese => "vi",
            Self::Portuguese => "pt",
            Self::Filipino => "fil",
            Self::Nepali => "ne",
            Self::Indonesian => "id",
            Self::JapaneseSign => "jsl",
        }
    }
}

impl FromStr for Language {
    type Err = IdError;
    fn from_str(word: &str) -> Result<Self, IdError> {
        Self::ALL.into_iter().find(|language| language.word() == word).ok_or(IdError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back() {
        for (number, language) in (0u8..).zip(Language::ALL) {
            assert_eq!(language.word().parse(), Ok(language));
            assert_eq!(postcard::to_stdvec(&language), Ok(vec![number]), "a stored number moved");
        }
        assert_eq!("EN".parse::<Language>(), Err(IdError));
    }
}
