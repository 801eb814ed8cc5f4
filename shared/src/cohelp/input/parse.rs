//! Small parsers of what people type: full-width digits and signs are as good as others.

use core::str::FromStr;

use super::{Field, FieldError, FieldErrors};
use crate::cohelp::matching::SkillCode;
use crate::cohelp::types::{AreaCode, DAY_MINUTES, Note, Rules};
use crate::kernel::{Day, Line, Points, PointsError, TextError, digits};

/// Gathers errors, in the order of the fields.
#[derive(Default)]
pub(in crate::cohelp) struct Collect(FieldErrors);

impl Collect {
    pub(in crate::cohelp) fn add(&mut self, field: Field, error: FieldError) {
        self.0.push((field, error));
    }

    /// The value, or none and the error kept.
    pub(in crate::cohelp) fn take<T, E: Into<FieldError>>(&mut self, field: Field, value: Result<T, E>) -> Option<T> {
        value.map_err(|error| self.add(field, error.into())).ok()
    }

    pub(in crate::cohelp) fn into_inner(self) -> FieldErrors {
        let mut errors = self.0;
        errors.sort_by_key(|(field, _)| *field);
        errors
    }
}

/// One of the words of `T` that is on offer.
pub(in crate::cohelp) fn choice<T: FromStr>(text: &str, offered: impl Fn(&T) -> bool) -> Result<T, FieldError> {
    match text.trim() {
        "" => Err(FieldError::Missing),
        word => word.parse().ok().filter(offered).ok_or(FieldError::Unknown),
    }
}

/// The code of one of the town's areas.
pub(in crate::cohelp) fn area(text: &str, rules: &Rules) -> Result<AreaCode, FieldError> {
    match text.trim() {
        "" => Err(FieldError::Missing),
        word => AreaCode::parse(word).ok().filter(|code| rules.areas.contains_key(code)).ok_or(FieldError::Unknown),
    }
}

/// The code of one of the town's skills.
pub(in crate::cohelp) fn skill(word: &str, rules: &Rules) -> Result<SkillCode, FieldError> {
    SkillCode::parse(word).ok().filter(|code| rules.skills.contains_key(code)).ok_or(FieldError::Unknown)
}

/// A line that may not stay empty.
pub(super) fn line(text: &str) -> Result<Note, FieldError> {
    Line::written(text).map_err(FieldError::from)
}

/// A line that may stay empty.
pub(super) fn optional_line<const MAX: usize>(text: &str) -> Result<Option<Line<MAX>>, FieldError> {
    match Line::written(text) {
        Ok(line) => Ok(Some(line)),
        Err(TextError::Empty) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A whole number that is not negative.
pub(in crate::cohelp) fn whole(text: &str) -> Result<u64, FieldError> {
    Points::parse(text).map(Points::get).map_err(|error| match error {
        PointsError::Empty => FieldError::Missing,
        PointsError::NotWhole => FieldError::NotANumber,
        PointsError::TooLarge => FieldError::TooLarge { max: Points::MAX.get() },
    })
}

/// A date as people write it.
pub(in crate::cohelp) fn date(text: &str) -> Result<Day, FieldError> {
    match text.trim() {
        "" => Err(FieldError::Missing),
        text => Day::written(text).map_err(|_| FieldError::NotADate),
    }
}

/// `14:00`, also `9:00`, `14時`, `14時30分` and all of it full-width; as minutes after midnight, 24:00 included.
pub(super) fn time(text: &str) -> Result<u16, FieldError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(FieldError::Missing);
    }
    let Some((hour, minute)) = text.split_once([':', '：', '時']) else { return Err(FieldError::NotATime) };
    let minute = match minute {
        "" if text.ends_with('時') => "0",
        _ => minute.strip_suffix('分').unwrap_or(minute),
    };
    match (digits(hour, 2), digits(minute, 2)) {
        (Some(hour), Some(minute)) if minute < 60 && hour * 60 + minute <= DAY_MINUTES => Ok(hour * 60 + minute),
        _ => Err(FieldError::NotATime),
    }
}
