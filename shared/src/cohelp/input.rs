//! What people type, as they typed it, and what it means. Every fault of a form is found at once.

mod agreed;
mod kind;
pub(super) mod parse;
mod photo;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use self::agreed::{
    ChatForm, CheckInForm, ConsultForm, DeskForm, LateForm, PART, REQUESTER, RaiseForm, ReportForm,
};
use self::parse::{Collect, area, choice, date, optional_line, time, whole};
pub use self::photo::PhotoForm;
use super::types::{
    DETAILS_MAX, FEEDBACK_MAX, Languages, MESSAGE_MAX, Note, Rating, Request, Rules, TITLE_MAX, Window, WindowError,
};
use crate::kernel::{Category, Day, Language, Line, Points, PointsError, Prose, TextError, Timestamp};

/// A field of a form of co-help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Field {
    Category,
    /// The question of that place of the kind that is asked for.
    Question(u8),
    Title,
    Details,
    Area,
    Day,
    From,
    To,
    Minutes,
    Reward,
    Note,
    Reason,
    Rating,
    Message,
    Late,
    Code,
    Outcome,
    Worked,
    Text,
    Fits,
    How,
    Why,
    End,
    Kinds,
    Times,
    Reach,
    Travel,
    Languages,
    PerWeek,
    RestFrom,
    RestTo,
    Whom,
    Matter,
    Happened,
    Finding,
    Memo,
    Say,
    Satisfaction,
    Words,
    Spoken,
    /// Skills somebody has.
    Skills,
    /// Skills somebody wants.
    Able,
    /// The day of the introductory course.
    Course,
    Picture,
    Caption,
}

impl Field {
    /// The id and name of the field in pages and posts.
    pub const fn id(self) -> &'static str {
        match self {
            // A question has a name of its own only where its kind is known.
            Self::Category | Self::Question(_) => "category",
            Self::Title => "title",
            Self::Details => "details",
            Self::Area => "area",
            Self::Day => "day",
            Self::From => "from",
            Self::To => "to",
            Self::Minutes => "minutes",
            Self::Reward => "reward",
            Self::Note => "note",
            Self::Reason => "reason",
            Self::Rating => "rating",
            Self::Message => "message",
            Self::Late => "late",
            Self::Code => "code",
            Self::Outcome => "outcome",
            Self::Worked => "worked",
            Self::Text => "text",
            Self::Fits => "fits",
            Self::How => "how",
            Self::Why => "why",
            Self::End => "end",
            Self::Kinds => "kinds",
            Self::Times => "times",
            Self::Reach => "reach",
            Self::Travel => "travel",
            Self::Languages => "languages",
            Self::PerWeek => "per-week",
            Self::RestFrom => "rest-from",
            Self::RestTo => "rest-to",
            Self::Whom => "whom",
            Self::Matter => "matter",
            Self::Happened => "happened",
            Self::Finding => "finding",
            Self::Memo => "memo",
            Self::Say => "say",
            Self::Satisfaction => "satisfaction",
            Self::Words => "words",
            Self::Spoken => "spoken",
            Self::Skills => "skills",
            Self::Able => "able",
            Self::Course => "course",
            Self::Picture => "picture",
            Self::Caption => "caption",
        }
    }
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldError {
    /// Nothing was entered or chosen.
    Missing,
    /// Longer than allowed, in characters.
    TooLong {
        /// The most.
        max: u32,
        /// How many there are.
        got: u32,
    },
    /// Contains characters that cannot be shown.
    Control,
    /// Not one of the choices.
    Unknown,
    /// Not a whole number.
    NotANumber,
    /// Not a date, or one that does not exist.
    NotADate,
    /// Not a time of the day.
    NotATime,
    /// The day is past.
    PastDate,
    /// The day is yet to come.
    FutureDate,
    /// The day is further ahead than allowed.
    TooFarAhead {
        /// Days ahead, at most.
        days_max: u32,
    },
    /// That time has begun today.
    PastTime,
    /// Ends before it begins.
    EndBeforeStart,
    /// Shorter than allowed.
    WindowShort {
        /// The least, in minutes.
        minutes_min: u16,
    },
    /// Outside the hours of the municipality.
    OutsideHours {
        /// Minutes after midnight.
        from_minute: u16,
        /// Minutes after midnight.
        to_minute: u16,
    },
    /// Longer than the window.
    LongerThanWindow {
        /// The window, in minutes.
        minutes_max: u16,
    },
    /// Must be more than nothing.
    Zero,
    /// Not what is always given.
    Fixed {
        /// What is.
        reward: Points,
    },
    /// More than that many.
    TooMany {
        /// The most.
        max: u32,
    },
    /// More than allowed.
    TooLarge {
        /// The most.
        max: u64,
    },
    /// Contains what looks like a 個人番号.
    IndividualNumber,
    /// Not four digits.
    NotACode,
    /// A file of more bytes than that.
    TooManyBytes {
        /// The most.
        max: usize,
    },
    /// A file that is no photo.
    NotAPicture,
    /// A photo that cannot be read to its end.
    BrokenPicture,
    /// A photo of nothing, or of more than can be shown.
    TooManyPixels,
}

/// Everything that is wrong with a form, in the order of its fields.
pub type FieldErrors = Vec<(Field, FieldError)>;

impl From<TextError> for FieldError {
    fn from(error: TextError) -> Self {
        match error {
            TextError::Empty => Self::Missing,
            TextError::TooLong { max, got } => Self::TooLong { max, got },
            TextError::Control => Self::Control,
            TextError::IndividualNumber => Self::IndividualNumber,
        }
    }
}

/// The form 「手伝ってほしい」 as typed. An empty string is a field left empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is the field of that name")]
pub struct AskForm {
    pub category: String,
    pub title: String,
    pub details: String,
    pub area: String,
    pub day: String,
    pub from: String,
    pub to: String,
    /// May stay empty: then the whole window.
    pub minutes: String,
    pub reward: String,
    /// In which languages the two can speak; may stay empty: then in Japanese.
    pub languages: Vec<String>,
    /// What whoever helps should be able to do.
    pub able: Vec<String>,
    /// What was answered, by [the field of the question](Question::field); also to those of other kinds.
    pub answers: Vec<(String, String)>,
}

impl AskForm {
    /// The form that asks for the same once more, on a day to be chosen.
    pub fn again(request: &Request) -> Self {
        let Request { category, title, details, area, window, minutes, reward, languages, skills, answers } = request;
        let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        Self {
            category: category.word().to_owned(),
            title: title.as_str().to_owned(),
            details: details.as_str().to_owned(),
            area: area.as_str().to_owned(),
            day: String::new(),
            from: time(window.from_minute()),
            to: time(window.to_minute()),
            minutes: minutes.to_string(),
            reward: reward.get().to_string(),
            languages: languages
                .iter()
                .map(|language| language.word().to_owned())
                .filter(|_| *languages != Languages::one(Language::Japanese))
                .collect(),
            able: skills.iter().map(|skill| skill.as_str().to_owned()).collect(),
            answers: kind::as_typed(*category, answers),
        }
    }

    /// What was asked for, or everything that is wrong with it. A request that passes is one a decision at the same
    /// moment takes, but for the points.
    pub fn parse(&self, rules: &Rules, now: Timestamp) -> Result<Request, FieldErrors> {
        let mut errors = Collect::default();
        let category = errors.take(Field::Category, choice(&self.category, |c: &Category| rules.kinds.contains_key(c)));
        let kind = category.and_then(|category| Some((category, rules.kinds.get(&category)?)));
        let answers = kind.and_then(|(category, kind)| kind::answers(category, kind, &self.answers, &mut errors));
        let title = errors.take(Field::Title, Line::<TITLE_MAX>::written(&self.title));
        let details = errors.take(Field::Details, Prose::<DETAILS_MAX>::written(&self.details));
        let area = errors.take(Field::Area, area(&self.area, rules));
        let window = self.parse_window(rules, now, &mut errors);
        let minutes = errors.take(Field::Minutes, self.parse_minutes(window));
        let reward = errors.take(Field::Reward, self.parse_reward(kind.and_then(|(_, kind)| kind.reward), rules));
        let skills = errors.take(Field::Able, kind::skills(&self.able, rules));
        let languages = errors.take(Field::Spoken, self.parse_languages());
        let what = (category, title, details, area, answers);
        match (what, window, minutes, reward, languages, skills) {
            (
                (Some(category), Some(title), Some(details), Some(area), Some(answers)),
                Some(window),
                Some(minutes),
                Some(reward),
                Some(languages),
                Some(skills),
            ) => Ok(Request { category, title, details, area, window, minutes, reward, languages, skills, answers }),
            _ => Err(errors.into_inner()),
        }
    }

    fn parse_languages(&self) -> Result<Languages, FieldError> {
        let named = self.languages.iter().map(|word| choice(word, |_: &Language| true));
        let named = named.collect::<Result<Vec<_>, _>>()?;
        Ok(Languages::new(named).unwrap_or(Languages::one(Language::Japanese)))
    }

    fn parse_window(&self, rules: &Rules, now: Timestamp, errors: &mut Collect) -> Option<Window> {
        let day = errors.take(Field::Day, date(&self.day).and_then(|day| check_day(day, now)));
        let hours = FieldError::OutsideHours { from_minute: rules.from_minute, to_minute: rules.to_minute };
        let within = |minute: u16| {
            if (rules.from_minute..=rules.to_minute).contains(&minute) { Ok(minute) } else { Err(hours) }
        };
        let from = errors.take(Field::From, time(&self.from).and_then(within));
        let to = errors.take(Field::To, time(&self.to).and_then(within));
        let (from, to) = (from?, to?);
        // The length can be judged without the day; any day of the calendar stands in.
        let window = Window::new(day.unwrap_or(now.day()), from, to).map_err(|error| match error {
            WindowError::OutsideDay => (Field::From, hours),
            WindowError::EndBeforeStart => (Field::To, FieldError::EndBeforeStart),
            WindowError::Short => (Field::To, FieldError::WindowShort { minutes_min: Window::MINUTES_MIN }),
        });
        let window = match window {
            Ok(window) if day.is_some() && window.starts() <= now => Err((Field::From, FieldError::PastTime)),
            other => other,
        };
        match window {
            Ok(window) => day.map(|_| window),
            Err((field, error)) => {
                errors.add(field, error);
                None
            }
        }
    }

    /// Where it is not for the requester to say, nothing has to be typed.
    fn parse_reward(&self, fixed: Option<Points>, rules: &Rules) -> Result<Points, FieldError> {
        match (fixed, parse_reward(&self.reward, rules.reward_max)) {
            (Some(reward), Err(FieldError::Missing)) => Ok(reward),
            (Some(reward), typed) if typed != Ok(reward) => Err(FieldError::Fixed { reward }),
            (_, typed) => typed,
        }
    }

    fn parse_minutes(&self, window: Option<Window>) -> Result<u16, FieldError> {
        let longest = window.map_or(u16::MAX, Window::minutes);
        if self.minutes.trim().is_empty() {
            return Ok(longest);
        }
        match whole(&self.minutes)? {
            0 => Err(FieldError::Zero),
            minutes => match u16::try_from(minutes) {
                Ok(minutes) if minutes <= longest => Ok(minutes),
                _ => Err(FieldError::LongerThanWindow { minutes_max: longest }),
            },
        }
    }
}

fn check_day(day: Day, now: Timestamp) -> Result<Day, FieldError> {
    let today = now.day();
    if day < today {
        Err(FieldError::PastDate)
    } else if day > today.plus(Rules::DAYS_AHEAD_MAX) {
        Err(FieldError::TooFarAhead { days_max: Rules::DAYS_AHEAD_MAX.unsigned_abs() })
    } else {
        Ok(day)
    }
}

fn parse_reward(text: &str, max: Points) -> Result<Points, FieldError> {
    match Points::parse(text) {
        Ok(reward) if reward.is_zero() => Err(FieldError::Zero),
        Ok(reward) if reward <= max => Ok(reward),
        Ok(_) | Err(PointsError::TooLarge) => Err(FieldError::TooLarge { max: max.get() }),
        Err(PointsError::Empty) => Err(FieldError::Missing),
        Err(PointsError::NotWhole) => Err(FieldError::NotANumber),
    }
}

/// The form 「手伝うと申し出る」 as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OfferForm {
    /// A word to the requester; may stay empty.
    pub note: String,
}

impl OfferForm {
    /// The note, if there is one.
    pub fn parse(&self) -> Result<Option<Note>, FieldErrors> {
        optional_line(&self.note).map_err(|error| vec![(Field::Note, error)])
    }
}

/// The form 「取り消す」 as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CancelForm {
    /// Why; may stay empty.
    pub reason: String,
}

impl CancelForm {
    /// The reason, if there is one.
    pub fn parse(&self) -> Result<Option<Note>, FieldErrors> {
        optional_line(&self.reason).map_err(|error| vec![(Field::Reason, error)])
    }
}

/// The form 「お礼を伝える」 as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ThanksForm {
    /// From 1 to 5.
    pub rating: String,
    /// What to say; may stay empty.
    pub message: String,
}

impl ThanksForm {
    /// The rating and the message, if there is one.
    pub fn parse(&self) -> Result<(Rating, Option<Prose<MESSAGE_MAX>>), FieldErrors> {
        rated((Field::Rating, &self.rating), (Field::Message, &self.message))
    }
}

/// The form 「アンケート」 as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RateForm {
    /// From 1 to 5.
    pub satisfaction: String,
    /// What only the centre reads; may stay empty.
    pub words: String,
}

impl RateForm {
    /// How satisfied somebody is, and their word to the centre, if there is one.
    pub fn parse(&self) -> Result<(Rating, Option<Prose<FEEDBACK_MAX>>), FieldErrors> {
        rated((Field::Satisfaction, &self.satisfaction), (Field::Words, &self.words))
    }
}

/// Stars, and words if there are any.
fn rated<const MAX: usize>(
    (of_stars, stars): (Field, &str),
    (of_words, words): (Field, &str),
) -> Result<(Rating, Option<Prose<MAX>>), FieldErrors> {
    let mut errors = Collect::default();
    let stars =
        whole(stars).and_then(|stars| u8::try_from(stars).ok().and_then(Rating::new).ok_or(FieldError::Unknown));
    let rating = errors.take(of_stars, stars);
    let words = match Prose::written(words) {
        Ok(words) => Some(Some(words)),
        Err(TextError::Empty) => Some(None),
        Err(error) => errors.take(of_words, Err(error)),
    };
    match (rating, words) {
        (Some(rating), Some(words)) => Ok((rating, words)),
        _ => Err(errors.into_inner()),
    }
}
