//! The form 「手伝う人の登録」 as typed, and what it means.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Registered;
use crate::cohelp::input::parse::{Collect, area, choice, date, skill, whole};
use crate::cohelp::input::{Field, FieldError, FieldErrors};
use crate::cohelp::matching::{
    Evidence, Few, Hours, PerWeek, Profile, REST_DAYS_MAX, Reach, Skills, Stretch, Travel, Week,
};
use crate::cohelp::types::Rules;
use crate::kernel::{Day, PersonId, Weekday};

/// How far somebody goes, as the form offers it, in metres.
pub const REACHES_METRES: [u32; 7] = [500, 1_000, 2_000, 3_000, 5_000, 10_000, 20_000];

/// How often a week somebody can say they help.
pub const PER_WEEK_OFFERED: u32 = 7;

/// Noon, where morning ends.
const NOON: u16 = 12 * 60;
/// Five, where the afternoon ends.
const FIVE: u16 = 17 * 60;

/// A part of a day as people speak of it (時間帯).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TimeOfDay {
    /// 午前: until noon.
    Morning,
    /// 午後: until five.
    Afternoon,
    /// 夕方から: from five on.
    Evening,
}

impl TimeOfDay {
    /// All, in their order.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    /// The word in forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
            Self::Evening => "evening",
        }
    }

    /// When it is, within the hours of the municipality; none if help does not take place then.
    fn stretch(self, rules: &Rules) -> Option<Stretch> {
        self.within(rules.from_minute, rules.to_minute)
    }

    /// When it is, as far as it lies between these minutes after midnight.
    pub fn within(self, from_minute: u16, to_minute: u16) -> Option<Stretch> {
        let (from, to) = match self {
            Self::Morning => (0, NOON),
            Self::Afternoon => (NOON, FIVE),
            Self::Evening => (FIVE, crate::cohelp::types::DAY_MINUTES),
        };
        Stretch::new(from, to).ok()?.common(Stretch::new(from_minute, to_minute).ok()?)
    }
}

/// The value of a box: a day of the week and a part of it.
pub fn time_word(weekday: Weekday, time: TimeOfDay) -> String {
    format!("{}-{}", weekday.word(), time.word())
}

/// The form as typed. An empty string is a field left empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each is the field of that name")]
pub struct ProfileForm {
    pub area: String,
    pub kinds: Vec<String>,
    /// Boxes of [`time_word`].
    pub times: Vec<String>,
    /// One of [`REACHES_METRES`].
    pub reach: String,
    pub travel: String,
    pub languages: Vec<String>,
    pub per_week: String,
    /// What they can do besides; may stay empty.
    pub skills: Vec<String>,
    /// The first day of a break; may stay empty, and then there is none.
    pub rest_from: String,
    /// Its last day.
    pub rest_to: String,
}

impl ProfileForm {
    /// The form that says what is registered.
    pub fn of(registered: &Registered, rules: &Rules, today: Day) -> Self {
        let profile = &registered.profile;
        let words = |weekday: Weekday| {
            let hours = profile.week.on(weekday);
            let within = move |time: &TimeOfDay| {
                time.stretch(rules).is_some_and(|part| hours.iter().any(|free| free.common(part).is_some()))
            };
            TimeOfDay::ALL.into_iter().filter(within).map(move |time| time_word(weekday, time))
        };
        let mut rest = profile.rest.iter().filter(|day| **day >= today);
        let rest_from = rest.next().copied();
        let rest_to = rest.last().copied().or(rest_from);
        let shown = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            area: registered.area.as_str().to_owned(),
            kinds: profile.kinds.iter().map(|kind| kind.word().to_owned()).collect(),
            times: Weekday::ALL.into_iter().flat_map(words).collect(),
            reach: profile.reach.get().to_string(),
            travel: profile.travel.word().to_owned(),
            languages: profile.languages.iter().map(|language| language.word().to_owned()).collect(),
            per_week: profile.per_week.get().to_string(),
            // What the town no longer knows is no box any more.
            skills: profile
                .skills
                .iter()
                .filter(|(skill, _)| rules.skills.contains_key(*skill))
                .map(|(skill, _)| skill.as_str().to_owned())
                .collect(),
            rest_from: shown(rest_from),
            rest_to: shown(rest_to),
        }
    }

    /// What is to be registered, or everything that is wrong with it. What an officer has seen is none of the person's
    /// to say, so it is not in here.
    pub fn parse(&self, rules: &Rules, person: PersonId, today: Day) -> Result<Registered, FieldErrors> {
        let mut errors = Collect::default();
        let area = errors.take(Field::Area, area(&self.area, rules));
        let kinds = boxes(&self.kinds, |word| choice(word, |kind| rules.kinds.contains_key(kind)));
        let kinds = errors.take(Field::Kinds, kinds.and_then(few));
        let times = errors.take(Field::Times, boxes(&self.times, |word| time(word, rules)).and_then(week));
        let reach = errors.take(Field::Reach, self.parse_reach());
        let travel = errors.take(Field::Travel, choice(&self.travel, |_: &Travel| true));
        let languages =
            errors.take(Field::Languages, boxes(&self.languages, |word| choice(word, |_| true)).and_then(few));
        let per_week = errors.take(Field::PerWeek, self.parse_per_week());
        let skills = errors.take(Field::Skills, self.parse_skills(rules));
        let rest = self.parse_rest(today, &mut errors);
        let home = area.as_ref().and_then(|area| rules.areas.get(area)).copied();
        let what = (area, home, kinds, skills);
        match (what, times, reach, travel, languages, per_week, rest) {
            (
                (Some(area), Some(home), Some(kinds), Some(skills)),
                Some(week),
                Some(reach),
                Some(travel),
                Some(languages),
                Some(per_week),
                Some(rest),
            ) => {
                let course = None;
                let profile =
                    Profile { person, home, reach, travel, languages, kinds, skills, week, rest, per_week, course };
                Ok(Registered { area, profile })
            }
            _ => Err(errors.into_inner()),
        }
    }

    fn parse_skills(&self, rules: &Rules) -> Result<Skills<Evidence>, FieldError> {
        let stated = |word: &String| skill(word, rules).map(|code| (code, Evidence::Stated));
        let skills = self.skills.iter().map(stated).collect::<Result<BTreeMap<_, _>, _>>()?;
        skills.try_into().map_err(|_| FieldError::Unknown)
    }

    fn parse_reach(&self) -> Result<Reach, FieldError> {
        let metres = whole(&self.reach)?;
        let offered = REACHES_METRES.into_iter().find(|offered| u64::from(*offered) == metres);
        offered.and_then(|metres| Reach::try_from(metres).ok()).ok_or(FieldError::Unknown)
    }

    fn parse_per_week(&self) -> Result<PerWeek, FieldError> {
        let times = whole(&self.per_week)?;
        let offered = u32::try_from(times).ok().filter(|times| *times <= PER_WEEK_OFFERED);
        offered.and_then(|times| PerWeek::try_from(times).ok()).ok_or(FieldError::Unknown)
    }

    /// Every day of the break, of which one day alone is enough.
    fn parse_rest(&self, today: Day, errors: &mut Collect) -> Option<Few<Day, 0, REST_DAYS_MAX>> {
        let (from, to) = (self.rest_from.trim(), self.rest_to.trim());
        if from.is_empty() && to.is_empty() {
            return Few::new([]).ok();
        }
        let day = |text: &str, other: &str| date(if text.is_empty() { other } else { text });
        let from = errors.take(Field::RestFrom, day(from, to));
        let to = errors.take(Field::RestTo, day(to, self.rest_from.trim()));
        let (from, to) = (from?, to?);
        let wrong = match to {
            to if to < from => FieldError::EndBeforeStart,
            to if to < today => FieldError::PastDate,
            _ => {
                let days = i64::from(to.0) - i64::from(from.0.max(today.0)) + 1;
                let most = i64::try_from(REST_DAYS_MAX).unwrap_or(i64::MAX);
                if days <= most {
                    return Few::new((from.0.max(today.0)..=to.0).map(Day)).ok();
                }
                FieldError::TooLarge { max: REST_DAYS_MAX as u64 }
            }
        };
        errors.add(Field::RestTo, wrong);
        None
    }
}

/// What the boxes say; at least one has to be ticked.
fn boxes<T>(words: &[String], parse: impl Fn(&str) -> Result<T, FieldError>) -> Result<Vec<T>, FieldError> {
    if words.is_empty() {
        return Err(FieldError::Missing);
    }
    words.iter().map(|word| parse(word)).collect()
}

fn few<T: Ord, const MIN: usize, const MAX: usize>(things: Vec<T>) -> Result<Few<T, MIN, MAX>, FieldError> {
    Few::new(things).map_err(|_| FieldError::Unknown)
}

fn time(word: &str, rules: &Rules) -> Result<(Weekday, Stretch), FieldError> {
    let named = Weekday::ALL.into_iter().flat_map(|day| TimeOfDay::ALL.map(|time| (day, time)));
    let mut named = named.filter(|(day, time)| time_word(*day, *time) == word);
    let (day, time) = named.next().ok_or(FieldError::Unknown)?;
    Ok((day, time.stretch(rules).ok_or(FieldError::Unknown)?))
}

fn week(times: Vec<(Weekday, Stretch)>) -> Result<Week, FieldError> {
    let on = |day: Weekday| {
        let stretches = times.iter().filter(|(at, _)| *at == day).map(|(_, stretch)| *stretch);
        Hours::new(stretches).map_err(|_| FieldError::Unknown)
    };
    Ok(Week {
        sunday: on(Weekday::Sunday)?,
        monday: on(Weekday::Monday)?,
        tuesday: on(Weekday::Tuesday)?,
        wednesday: on(Weekday::Wednesday)?,
        thursday: on(Weekday::Thursday)?,
        friday: on(Weekday::Friday)?,
        saturday: on(Weekday::Saturday)?,
    })
}
