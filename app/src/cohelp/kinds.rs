//! What the municipality asks about each kind of help, what was answered, and the skills it takes.

use std::borrow::Cow;

use leptos::prelude::*;
use shared::cohelp::{Answers, AskForm, Field as Id, FieldError, FieldErrors, Given, JobView, Request, SkillsAsked};
use shared::kernel::Category;
use shared::town::{Answer, Kind, Question, Reward, Skill};

use super::{errors::Errors, say};
use crate::design::check_group::CheckGroup;
use crate::design::field::Field;
use crate::design::list::Row;
use crate::design::radio_group::RadioGroup;
use crate::design::select::Choice;
use crate::design::text_area::TextArea;
use crate::frame::Frame;
use crate::i18n::{Locale, Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

fn kind_of<'a>(frame: &Frame<'a>, category: Category) -> Option<&'a Kind> {
    frame.town.categories.iter().find(|kind| kind.kind == category)
}

fn field_of(kind: &Kind, question: &Question) -> String {
    shared::cohelp::Question::field_of(kind.kind, &question.code)
}

/// What is wrong with an answer: the id of its field, and what to say of it.
fn wrong(frame: &Frame<'_>, form: &AskForm, place: u8, error: &FieldError) -> Option<(Cow<'static, str>, Phrase)> {
    let kind = kind_of(frame, form.category.trim().parse().ok()?)?;
    let question = kind.questions.get(usize::from(place))?;
    let label = frame.wording(&question.ask);
    let text = match (error, &question.answer) {
        (FieldError::Missing, Answer::One(_) | Answer::Many(_)) => texts::error_missing_choice(frame.locale, &label),
        _ => say::field_error_of(frame.locale, Id::Question(place), &label, error),
    };
    Some((field_of(kind, question).into(), text))
}

/// Errors of the form of a request, in which each question has a name of its own.
pub(super) fn errors<'a>(frame: &Frame<'_>, form: &AskForm, errors: &'a FieldErrors) -> Vec<super::errors::Found<'a>> {
    let found = |(field, error): &'a (Id, FieldError)| {
        let of_question = match field {
            Id::Question(place) => wrong(frame, form, *place, error),
            _ => None,
        };
        (*field, error, of_question)
    };
    errors.iter().map(found).collect()
}

/// What is said and asked of a kind of help, for the form of a request.
pub(super) fn asked(frame: &Frame<'_>, kind: &Kind, form: &AskForm, errors: &Errors) -> Option<Markup> {
    let chosen = form.category.trim() == kind.kind.word();
    let beforehand = beforehand(frame, kind);
    let questions = (0..).zip(&kind.questions).map(|(place, question)| {
        let error = errors.at(Id::Question(place)).filter(|_| chosen);
        self::question(frame, kind, question, form, error)
    });
    let questions: Vec<_> = questions.collect();
    (beforehand.is_some() || !questions.is_empty())
        .then(|| view! { {beforehand.map(|said| view! { <p class="mg-soft">{said}</p> })}{questions} }.into_markup())
}

/// How long it usually takes, what is given for it, and who may help.
fn beforehand(frame: &Frame<'_>, kind: &Kind) -> Option<Phrase> {
    let locale = frame.locale;
    let minutes = kind.minutes.map(|minutes| texts::help_kind_minutes(locale, &format::duration(locale, minutes)));
    let reward = kind.reward.map(|reward| match reward {
        Reward::Suggested(reward) => texts::help_kind_suggested(locale, reward.get()),
        Reward::Fixed(reward) => texts::help_kind_fixed(locale, reward.get()),
    });
    let course = kind.course.then(|| texts::help_kind_course(locale));
    let skills = kind.skills.iter().filter_map(|code| frame.skill_name(code));
    let skills = say::several(frame.locale, skills).map(|skills| texts::help_kind_skills(locale, &skills));
    [minutes, reward, course, skills].into_iter().flatten().reduce(|said, next| match locale {
        Locale::En => said.then(&Phrase::fixed(" ")).then(&next),
        _ => said.then(&next),
    })
}

fn question(frame: &Frame<'_>, kind: &Kind, question: &Question, form: &AskForm, error: Option<Phrase>) -> Markup {
    let (locale, id) = (frame.locale, field_of(kind, question));
    let typed = form.answers.iter().filter(|(name, _)| *name == id).map(|(_, value)| value.clone());
    let typed: Vec<String> = typed.collect();
    let field = Field::new(id, frame.wording(&question.ask)).error(error);
    let field = match question.answer {
        Answer::One(_) | Answer::Many(_) => field.help(texts::help_kind_open(locale)),
        Answer::Text => field.help(texts::help_kind_private(locale)),
    };
    let field = if question.required {
        field.required(texts::shell_required(locale))
    } else {
        field.optional(texts::shell_optional(locale))
    };
    let choices = question.answer.choices().iter().map(|choice| Choice::new(&choice.code, frame.wording(&choice.name)));
    let (choices, first) = (choices.collect(), typed.first().cloned().unwrap_or_default());
    match question.answer {
        Answer::One(_) => view! { <RadioGroup field=field choices=choices value=first/> }.into_markup(),
        Answer::Many(_) => view! { <CheckGroup field=field choices=choices values=typed/> }.into_markup(),
        Answer::Text => view! { <TextArea field=field value=first rows=2/> }.into_markup(),
    }
}

/// Which of the town's skills whoever helps should have, if it has any to name.
pub(super) fn skills(frame: &Frame<'_>, form: &AskForm, errors: &Errors) -> Option<Markup> {
    let locale = frame.locale;
    let choices = skill_choices(frame, texts::help_skill_proof);
    let wrong = errors.at(Id::Able);
    let open = wrong.is_some() || !form.able.is_empty();
    let field = Field::new(Id::Able.id(), say::field(locale, Id::Able))
        .help(texts::help_field_able_help(locale))
        .optional(texts::shell_optional(locale))
        .error(wrong);
    (!choices.is_empty()).then(|| {
        view! {
            <details class="mg-why" open=open>
                <summary class="mg-why__question">{texts::help_field_able_open(locale)}</summary>
                <CheckGroup field=field choices=choices values=form.able.clone()/>
            </details>
        }
        .into_markup()
    })
}

/// The town's skills; of those that take a proof it is said so, as suits the reader.
pub(super) fn skill_choices(frame: &Frame<'_>, proof: impl Fn(Locale, &Phrase) -> Phrase) -> Vec<Choice> {
    let choice = |skill: &Skill| {
        let name = frame.wording(&skill.name);
        let name = if skill.proof { proof(frame.locale, &name) } else { name };
        Choice::new(&skill.code, name)
    };
    frame.town.skills.iter().map(choice).collect()
}

/// What was answered, in the order of the questions, and the skills it takes; of what the town no longer asks nothing.
fn rows(frame: &Frame<'_>, category: Category, answers: &Answers, skills: &SkillsAsked) -> Vec<Row> {
    let Some(kind) = kind_of(frame, category) else { return Vec::new() };
    let given = |question: &Question| {
        let (_, given) = answers.iter().find(|(code, _)| code.as_str() == question.code)?;
        let chosen = |holds: &dyn Fn(&str) -> bool| {
            let choices = question.answer.choices().iter().filter(|choice| holds(&choice.code));
            say::several(frame.locale, choices.map(|choice| frame.wording(&choice.name)))
        };
        let said = match given {
            Given::One(code) => chosen(&|choice| choice == code.as_str())?,
            Given::Many(codes) => chosen(&|choice| codes.iter().any(|code| code.as_str() == choice))?,
            Given::Written(text) => Phrase::given(text.as_str().to_owned()),
        };
        Some(Row::new(frame.wording(&question.ask), said))
    };
    let mut rows: Vec<Row> = kind.questions.iter().filter_map(given).collect();
    let asked =
        |skill: &&Skill| kind.skills.contains(&skill.code) || skills.iter().any(|code| code.as_str() == skill.code);
    let names = frame.town.skills.iter().filter(asked).map(|skill| frame.wording(&skill.name));
    rows.extend(say::several(frame.locale, names).map(|names| Row::new(say::field(frame.locale, Id::Able), names)));
    if kind.course {
        let locale = frame.locale;
        rows.push(Row::new(texts::help_course(locale), texts::help_course_needed(locale)));
    }
    rows
}

/// The same for a request that was checked.
pub(super) fn rows_of(frame: &Frame<'_>, request: &Request) -> Vec<Row> {
    rows(frame, request.category, &request.answers, &request.skills)
}

/// The same for the page of a job.
pub(super) fn rows_of_job(frame: &Frame<'_>, job: &JobView) -> Vec<Row> {
    rows(frame, job.card.category, &job.answers, &job.skills)
}
