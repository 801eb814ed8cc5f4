//! The hard rules: whom a request may be put to at all. Points never weigh against them.

use serde::{Deserialize, Serialize};

use super::need::{Asked, Helper, Need};
use super::profile::Evidence;
use super::stretch::Stretch;
use crate::kernel::Day;

/// The rule that keeps a helper from a request, the first that does in this order. For the operator only: that one of
/// the two blocks the other is nobody else's to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Bar {
    /// Not enough of the window lies in the hours when help may take place.
    OutsideHours,
    /// It is their own request.
    OwnRequest,
    /// One of the two has blocked the other.
    Blocked,
    /// They said no to it, or the operator ruled them out.
    Declined,
    /// They do not help with such things.
    KindNotOffered,
    /// They lack a skill.
    SkillMissing,
    /// They have not shown evidence of a skill.
    EvidenceMissing,
    /// They speak none of the languages.
    LanguageMissing,
    /// They have not taken the introductory course by then.
    CourseMissing,
    /// It is farther than they go.
    TooFar,
    /// They have no time then.
    NotThen,
    /// Other jobs, and the ways to and from them, leave no time.
    Busy,
    /// They help often enough that week.
    WeekFull,
}

/// How a helper fits a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fit {
    /// The first time that suits both.
    pub at: Stretch,
    /// Whether any time of the window would suit.
    pub whole_window: bool,
    /// From the helper's home to the place, in metres as the crow flies.
    pub metres: u32,
}

/// Whether the helper may be asked, and how they fit. `daytime` is when the municipality lets help take place.
pub fn eligible(need: &Need, helper: Helper<'_>, daytime: Stretch) -> Result<Fit, Bar> {
    let room = room(need, daytime)?;
    people(need, helper)?;
    ability(need, helper)?;
    let metres = helper.profile.home.metres_to(need.place);
    if metres > helper.profile.reach.get() {
        return Err(Bar::TooFar);
    }
    let (at, whole_window) = time(need, helper, room)?;
    let week = week(need.window.day());
    let agreed = helper.facts.agreed.iter().filter(|job| self::week(job.window.day()) == week);
    if u32::try_from(agreed.count()).unwrap_or(u32::MAX) >= helper.profile.per_week.get() {
        return Err(Bar::WeekFull);
    }
    Ok(Fit { at, whole_window, metres })
}

/// The part of the window in which help may take place.
fn room(need: &Need, daytime: Stretch) -> Result<Stretch, Bar> {
    let window = Stretch::new(need.window.from_minute(), need.window.to_minute()).ok();
    let room = window.and_then(|window| window.common(daytime));
    room.filter(|room| room.minutes() >= need.minutes).ok_or(Bar::OutsideHours)
}

/// Who must not meet.
fn people(need: &Need, helper: Helper<'_>) -> Result<(), Bar> {
    let person = helper.profile.person;
    if person == need.requester {
        Err(Bar::OwnRequest)
    } else if helper.facts.apart.contains(&need.requester) {
        Err(Bar::Blocked)
    } else if need.declined.contains(&person) {
        Err(Bar::Declined)
    } else {
        Ok(())
    }
}

/// What the helper has to be able to do.
fn ability(need: &Need, helper: Helper<'_>) -> Result<(), Bar> {
    let profile = helper.profile;
    if !profile.kinds.contains(&need.kind) {
        return Err(Bar::KindNotOffered);
    }
    for (skill, asked) in need.skills.iter() {
        match (profile.skills.get(skill), asked) {
            (None, _) => return Err(Bar::SkillMissing),
            (Some(Evidence::Stated), Asked::Shown) => return Err(Bar::EvidenceMissing),
            (Some(Evidence::Shown { .. }), _) | (Some(Evidence::Stated), Asked::Stated) => {}
        }
    }
    if !need.languages.iter().any(|language| profile.languages.contains(language)) {
        return Err(Bar::LanguageMissing);
    }
    if need.course && profile.course.is_none_or(|taken| taken > need.window.day()) {
        return Err(Bar::CourseMissing);
    }
    Ok(())
}

/// The first time in `room` that suits, and whether all of it would.
fn time(need: &Need, helper: Helper<'_>, room: Stretch) -> Result<(Stretch, bool), Bar> {
    let day = need.window.day();
    let resting = helper.profile.rest.contains(&day);
    let hours = helper.profile.week.on(day.weekday());
    let mut parts = hours.iter().filter_map(|stretch| stretch.common(room));
    if resting || !parts.clone().any(|part| part.minutes() >= need.minutes) {
        return Err(Bar::NotThen);
    }
    let taken = taken(need, helper);
    let whole_window = parts.clone().any(|part| part == room && part.first_free(&taken, room.minutes()).is_some());
    let at = parts.find_map(|part| part.first_free(&taken, need.minutes)).ok_or(Bar::Busy)?;
    Ok((at, whole_window))
}

/// When the helper is at another job that day, or on the way between the two; in order.
fn taken(need: &Need, helper: Helper<'_>) -> Vec<Stretch> {
    let that_day = helper.facts.agreed.iter().filter(|job| job.window.day() == need.window.day());
    let with_ways = that_day.filter_map(|job| {
        let way = helper.profile.travel.minutes(job.place.metres_to(need.place));
        let at = Stretch::new(job.window.from_minute(), job.window.to_minute()).ok()?;
        Some(at.widened(way))
    });
    let mut taken: Vec<Stretch> = with_ways.collect();
    taken.sort_unstable();
    taken
}

/// Weeks from Monday to Sunday, counted from that of 1970-01-01, a Thursday.
const fn week(day: Day) -> i32 {
    day.0.saturating_add(3).div_euclid(7)
}
