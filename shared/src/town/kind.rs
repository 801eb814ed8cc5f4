//! The kinds of help and the skills of a municipality, with what they are called.

use serde::{Deserialize, Serialize};

use super::Wording;
use crate::kernel::{Category, Points};

/// A kind of help (依頼の種類), and what the municipality wants of such requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Which.
    pub kind: Category,
    /// How long it usually takes, in minutes; only said.
    #[serde(default)]
    pub minutes: Option<u16>,
    /// What is given for it; the requester says so if none.
    #[serde(default)]
    pub reward: Option<Reward>,
    /// Whether only somebody who took the introductory course (講習) may help.
    #[serde(default)]
    pub course: bool,
    /// Codes of skills that whoever helps has to have.
    #[serde(default)]
    pub skills: Vec<String>,
    /// What is asked.
    #[serde(default)]
    pub questions: Vec<Question>,
}

/// What is given for a kind of help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reward {
    /// めやす: only said.
    Suggested(Points),
    /// Always that much.
    Fixed(Points),
}

/// A question about a kind of help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Stable word in requests, of its own within the kind: `a-z`, `0-9`, `-`. Answers to a question that is gone are shown no more.
    pub code: String,
    /// What is asked.
    pub ask: Wording,
    /// Whether it has to be answered.
    #[serde(default)]
    pub required: bool,
    /// What an answer is.
    pub answer: Answer,
}

/// What an answer to a question is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// One of these; everybody sees it.
    One(Vec<Choice>),
    /// Any of these; everybody sees it.
    Many(Vec<Choice>),
    /// Written in words, which only the two see.
    Text,
}

impl Answer {
    /// What there is to choose from.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::One(choices) | Self::Many(choices) => choices,
            Self::Text => &[],
        }
    }
}

/// One of the answers to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Stable word, of its own within the question: `a-z`, `0-9`, `-`.
    pub code: String,
    /// What it is called.
    pub name: Wording,
}

/// Something not everybody can do (できること).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skill {
    /// Stable word: `a-z`, `0-9`, `-`.
    pub code: String,
    /// What it is called.
    pub name: Wording,
    /// Whether the centre has to have seen evidence of it, such as a licence.
    #[serde(default)]
    pub proof: bool,
}
