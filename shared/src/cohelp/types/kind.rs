//! What a municipality asks about each kind of help, and what somebody answered.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::cohelp::matching::{ByCode, Code, Few, SkillCode};
use crate::kernel::limit::{CHOICES_MAX, QUESTIONS_MAX, SKILLS_ASKED_MAX};
use crate::kernel::{Category, Points, Prose};

/// Most characters of an answer that is written.
pub const WRITTEN_MAX: usize = 200;

/// Skills that are asked for, all of them.
pub type SkillsAsked = Few<SkillCode, 0, SKILLS_ASKED_MAX>;

/// What a municipality wants of requests of one kind (依頼の種類のきまり).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Kind {
    /// What is always given for it, where that is not for the requester to say.
    pub reward: Option<Points>,
    /// Whether only somebody who took the introductory course may help.
    pub course: bool,
    /// What whoever helps has to be able to do.
    pub skills: SkillsAsked,
    /// What is asked, in this order.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its name.
    pub code: Code,
    /// Whether it has to be answered.
    pub required: bool,
    /// What an answer is.
    pub takes: Takes,
}

/// What a question takes for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Takes {
    /// One of these.
    One(BTreeSet<Code>),
    /// Any of these.
    Many(BTreeSet<Code>),
    /// What somebody writes.
    Written,
}

/// An answer. What is chosen everybody may read; what is written is [for the two](crate::cohelp::Request::details) alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Given {
    /// One choice.
    One(Code),
    /// Choices.
    Many(Few<Code, 1, CHOICES_MAX>),
    /// In somebody's own words.
    Written(Prose<WRITTEN_MAX>),
}

/// Answers, by question.
pub type Answers = ByCode<Given, QUESTIONS_MAX>;

impl Answers {
    /// Those that everybody may read.
    #[must_use]
    pub fn open(self) -> Self {
        self.only(|_, given| !matches!(given, Given::Written(_)))
    }
}

impl Question {
    /// Whether that is an answer to it.
    fn takes(&self, given: &Given) -> bool {
        match (&self.takes, given) {
            (Takes::One(choices), Given::One(code)) => choices.contains(code),
            (Takes::Many(choices), Given::Many(codes)) => codes.iter().all(|code| choices.contains(code)),
            (Takes::Written, Given::Written(_)) => true,
            _ => false,
        }
    }

    /// The field of a form that asks it: other kinds of help may have a question of that name.
    pub fn field(&self, category: Category) -> String {
        Self::field_of(category, self.code.as_str())
    }

    /// The same for a question of that name.
    pub fn field_of(category: Category, code: &str) -> String {
        format!("{}-{code}", category.word())
    }
}

impl Kind {
    /// Whether these are answers to its questions, and none is missing that is required.
    pub fn takes(&self, answers: &Answers) -> bool {
        let of = |code: &Code| self.questions.iter().find(|question| question.code == *code);
        answers.iter().all(|(code, given)| of(code).is_some_and(|question| question.takes(given)))
            && self.questions.iter().all(|question| !question.required || answers.get(&question.code).is_some())
    }
}
