//! What the centre has seen of those who help (確認): the introductory course, and evidence of skills. Nobody says that of
//! themself.

use serde::{Deserialize, Serialize};

use super::Registered;
use crate::cohelp::decide::{Changes, operator};
use crate::cohelp::input::parse::date;
use crate::cohelp::input::{Field, FieldError, FieldErrors};
use crate::cohelp::matching::{Asked, Evidence, Profile, SkillCode};
use crate::cohelp::refusal::Refusal;
use crate::cohelp::store::Store;
use crate::cohelp::types::{Request, Rules};
use crate::cohelp::view::{Action, JobView};
use crate::kernel::{Actor, Day, Fault, HelperId, Level, PersonId, Timestamp};

/// Whether somebody may help with that, as far as the centre has to have seen it. What they only have to say themselves keeps
/// nobody from offering.
pub fn proven(request: &Request, rules: &Rules, registered: Option<&Registered>) -> Result<(), Refusal> {
    let profile = registered.map(|registered| &registered.profile);
    let taken = profile.and_then(|profile| profile.course);
    if rules.course(request) && taken.is_none_or(|taken| taken > request.window.day()) {
        return Err(Refusal::CourseMissing);
    }
    let shown = |skill: &SkillCode| {
        profile.is_some_and(|profile| matches!(profile.skills.get(skill), Some(Evidence::Shown { .. })))
    };
    let skills = rules.skills(request);
    let missing = skills.iter().any(|(skill, asked)| *asked == Asked::Shown && !shown(skill));
    if missing { Err(Refusal::EvidenceMissing) } else { Ok(()) }
}

/// The page of a job with only what people may do as far as the centre has to have seen it; `registered` are the viewer and those
/// who offer, as far as they have registered.
pub fn only_proven(
    mut view: JobView,
    request: &Request,
    rules: &Rules,
    viewer: PersonId,
    registered: &[Registered],
) -> JobView {
    let may_help = |person: PersonId| {
        proven(request, rules, registered.iter().find(|registered| registered.profile.person == person))
    };
    if view.may.contains(&Action::Offer)
        && let Err(lacks) = may_help(viewer)
    {
        view = view.not_for(lacks);
    }
    for offer in &mut view.offers {
        let choose = Action::Choose(offer.id);
        if view.may.contains(&choose) && may_help(offer.helper).is_err() {
            offer.unproven = true;
            view.may.retain(|action| *action != choose);
        }
    }
    view
}

/// What an operator has seen of somebody, as it is to be, so that a repeat is harmless.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Seen {
    /// On which day they took the introductory course (講習), if they did.
    Course(Option<Day>),
    /// Whether they have shown evidence of a skill they name.
    Skill(SkillCode, bool),
}

/// Decides what follows from what an operator has seen of somebody who helps: who that is, and what to write.
pub fn see_helper(
    store: &impl Store,
    rules: &Rules,
    helper: HelperId,
    seen: &Seen,
    actor: &Actor,
    now: Timestamp,
) -> Result<Result<(PersonId, Changes), Refusal>, Fault> {
    if let Err(refusal) = operator(actor, Level::Passkey, now) {
        return Ok(Err(refusal));
    }
    let Some(before) = store.registered_as(helper)? else { return Ok(Err(Refusal::HelperUnknown)) };
    let person = before.profile.person;
    if person == actor.person {
        return Ok(Err(Refusal::OwnCase));
    }
    let after = match with(&before.profile, rules, seen, now) {
        Ok(profile) => Registered { profile, ..before.clone() },
        Err(refusal) => return Ok(Err(refusal)),
    };
    let registered = (after != before).then_some((person, Some(after)));
    Ok(Ok((person, Changes { registered: registered.into_iter().collect(), ..Changes::default() })))
}

fn with(profile: &Profile, rules: &Rules, seen: &Seen, now: Timestamp) -> Result<Profile, Refusal> {
    match seen {
        Seen::Course(Some(taken)) if *taken > now.day() => Err(Refusal::TooEarly),
        Seen::Course(course) => Ok(Profile { course: *course, ..profile.clone() }),
        Seen::Skill(skill, shown) => {
            let known = profile.skills.get(skill).filter(|_| rules.skills.get(skill) == Some(&Asked::Shown));
            let evidence = match (known.ok_or(Refusal::SkillUnknown)?, shown) {
                (Evidence::Shown { at }, true) => Evidence::Shown { at: *at },
                (_, true) => Evidence::Shown { at: now },
                (_, false) => Evidence::Stated,
            };
            let skills = profile.skills.clone().with(skill.clone(), evidence).map_err(|_| Refusal::SkillUnknown)?;
            Ok(Profile { skills, ..profile.clone() })
        }
    }
}

/// What the centre could still see of somebody: the course, where they offer to help with what takes it, and evidence of skills
/// they name.
pub fn unseen(registered: &Registered, rules: &Rules) -> Vec<Seen> {
    let profile = &registered.profile;
    let takes = |kind| rules.kinds.get(kind).is_some_and(|kind| kind.course);
    let course = profile.course.is_none() && profile.kinds.iter().any(takes);
    let stated = profile
        .skills
        .iter()
        .filter(|(skill, evidence)| **evidence == Evidence::Stated && rules.skills.get(*skill) == Some(&Asked::Shown));
    let skills = stated.map(|(skill, _)| Seen::Skill(skill.clone(), true));
    course.then_some(Seen::Course(None)).into_iter().chain(skills).collect()
}

/// A form of the page of somebody who helps, as typed by an operator.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SeenForm {
    /// The day of the course.
    pub course: String,
    /// The code of a skill.
    pub skill: String,
}

impl SeenForm {
    /// The act of that word with what was typed for it; none if there is no such act.
    pub fn parse(&self, act: &str, today: Day) -> Option<Result<Seen, FieldErrors>> {
        let skill = || SkillCode::parse(&self.skill).ok();
        Some(match act {
            "course" => match date(&self.course) {
                Ok(day) if day > today => Err(vec![(Field::Course, FieldError::FutureDate)]),
                day => day.map(|day| Seen::Course(Some(day))).map_err(|error| vec![(Field::Course, error)]),
            },
            "no-course" => Ok(Seen::Course(None)),
            // Buttons and no field: what names no skill is not our form.
            "show" => Ok(Seen::Skill(skill()?, true)),
            "unshow" => Ok(Seen::Skill(skill()?, false)),
            _ => return None,
        })
    }
}
