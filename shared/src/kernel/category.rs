//! What kind of help somebody asks for: the same words in requests, in the municipality's file and in texts.

use core::str::FromStr;

use serde::{Deserialize, Serialize};

use super::IdError;

/// A kind of help (依頼の種類). Grows only at the end; the words are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Category {
    /// 買い物代行: shopping for somebody.
    #[serde(rename = "shopping")]
    Shopping,
    /// 書類の記入: filling in papers together.
    #[serde(rename = "paperwork")]
    Paperwork,
    /// 付き添い・移動: going along, getting there.
    #[serde(rename = "escort")]
    Escort,
    /// スマホ操作: help with a phone.
    #[serde(rename = "phone")]
    Phone,
    /// 屋外作業: work outside, such as weeding or snow.
    #[serde(rename = "outdoor")]
    Outdoor,
    /// 子守り: looking after a child.
    #[serde(rename = "childminding")]
    Childminding,
    /// 見守り訪問: looking in on somebody.
    #[serde(rename = "visit")]
    Visit,
    /// その他: anything else.
    #[serde(rename = "other")]
    Other,
}

impl Category {
    /// Every category, in the order of the choice.
    pub const ALL: [Self; 8] = [
        Self::Shopping,
        Self::Paperwork,
        Self::Escort,
        Self::Phone,
        Self::Outdoor,
        Self::Childminding,
        Self::Visit,
        Self::Other,
    ];

    /// The word in forms, links and files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Shopping => "shopping",
            Self::Paperwork => "paperwork",
            Self::Escort => "escort",
            Self::Phone => "phone",
            Self::Outdoor => "outdoor",
            Self::Childminding => "childminding",
            Self::Visit => "visit",
            Self::Other => "other",
        }
    }
}

impl FromStr for Category {
    type Err = IdError;
    fn from_str(word: &str) -> Result<Self, IdError> {
        Self::ALL.into_iter().find(|category| category.word() == word).ok_or(IdError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back() {
        for category in Category::ALL {
            assert_eq!(category.word().parse(), Ok(category));
        }
        assert_eq!("Shopping".parse::<Category>(), Err(IdError));
    }
}
