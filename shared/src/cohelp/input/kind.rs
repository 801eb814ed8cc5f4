//! Answers to the questions of a kind of help, and the skills it takes.

use super::parse::{Collect, skill};
use super::{Field, FieldError};
use crate::cohelp::matching::{Code, Few};
use crate::cohelp::types::{Answers, Given, Kind, Question, Rules, SkillsAsked, Takes};
use crate::kernel::limit::SKILLS_ASKED_MAX;
use crate::kernel::{Category, Prose, TextError};

/// The answers, each as the field of its form would have it.
pub(super) fn as_typed(category: Category, answers: &Answers) -> Vec<(String, String)> {
    let of = |(code, given): (&Code, &Given)| {
        let field = Question::field_of(category, code.as_str());
        let values: Vec<String> = match given {
            Given::One(choice) => vec![choice.as_str().to_owned()],
            Given::Many(choices) => choices.iter().map(|choice| choice.as_str().to_owned()).collect(),
            Given::Written(text) => vec![text.as_str().to_owned()],
        };
        values.into_iter().map(move |value| (field.clone(), value))
    };
    answers.iter().flat_map(of).collect()
}

/// What was typed for the questions of that kind. What was typed for those of others is left out.
pub(super) fn answers(
    category: Category,
    kind: &Kind,
    typed: &[(String, String)],
    errors: &mut Collect,
) -> Option<Answers> {
    let mut found = Some(std::collections::BTreeMap::new());
    for (place, question) in (0..).zip(&kind.questions) {
        let field = question.field(category);
        let values = typed.iter().filter(|(name, value)| *name == field && !value.trim().is_empty());
        let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
        match (errors.take(Field::Question(place), given(question, &values)), &mut found) {
            (Some(Some(given)), Some(found)) => drop(found.insert(question.code.clone(), given)),
            (Some(_), _) => {}
            (None, _) => found = None,
        }
    }
    found.and_then(|found| found.try_into().ok())
}

fn given(question: &Question, typed: &[&str]) -> Result<Option<Given>, FieldError> {
    let among = |choices: &std::collections::BTreeSet<Code>, word: &str| {
        Code::parse(word).ok().filter(|code| choices.contains(code)).ok_or(FieldError::Unknown)
    };
    let given = match (&question.takes, typed) {
        (_, []) if question.required => return Err(FieldError::Missing),
        (_, []) => return Ok(None),
        (Takes::One(choices), [word]) => Given::One(among(choices, word)?),
        (Takes::Many(choices), words) => {
            let chosen = words.iter().map(|word| among(choices, word)).collect::<Result<Vec<_>, _>>()?;
            Given::Many(Few::new(chosen).map_err(|_| FieldError::Unknown)?)
        }
        (Takes::Written, [text]) => match Prose::written(text) {
            Err(TextError::Empty) if question.required => return Err(FieldError::Missing),
            Err(TextError::Empty) => return Ok(None),
            written => Given::Written(written?),
        },
        (Takes::One(_) | Takes::Written, _) => return Err(FieldError::Unknown),
    };
    Ok(Some(given))
}

/// Skills of the municipality, a few.
pub(super) fn skills(words: &[String], rules: &Rules) -> Result<SkillsAsked, FieldError> {
    let skills = words.iter().map(|word| skill(word, rules)).collect::<Result<Vec<_>, _>>()?;
    let max = u32::try_from(SKILLS_ASKED_MAX).unwrap_or(u32::MAX);
    Few::new(skills).map_err(|_| FieldError::TooMany { max })
}
