//! The municipality's file as the rules of co-help and of the ledger.

use crate::cohelp::matching::{Asked, Code};
use crate::cohelp::{AreaCode, Conditions, Kind, Question, Rules, SkillsAsked, Takes};
use crate::kernel::Trade;
use crate::ledger::{Origin, Terms, Usage};
use crate::town::{self, Answer, Budget, Cancellation, Choice, Municipality, Reward, Skill};

/// The rules. Codes that are not codes are left out; [`Municipality::check`] finds them before.
pub fn cohelp_rules(municipality: &Municipality) -> Rules {
    let (from_hour, to_hour) = municipality.hours;
    Rules {
        kinds: municipality.categories.iter().map(|kind| (kind.kind, self::kind(kind))).collect(),
        skills: municipality.skills.iter().filter_map(skill).collect(),
        areas: municipality
            .areas
            .iter()
            .filter_map(|area| Some((AreaCode::parse(&area.code).ok()?, area.mesh)))
            .collect(),
        conditions: conditions(municipality),
        reward_max: municipality.reward_max,
        from_minute: u16::from(from_hour) * 60,
        to_minute: u16::from(to_hour) * 60,
    }
}

fn kind(kind: &town::Kind) -> Kind {
    let reward = match kind.reward {
        Some(Reward::Fixed(reward)) => Some(reward),
        Some(Reward::Suggested(_)) | None => None,
    };
    let skills = kind.skills.iter().filter_map(|code| Code::parse(code).ok());
    let skills = SkillsAsked::new(skills).unwrap_or_default();
    Kind { reward, course: kind.course, skills, questions: kind.questions.iter().filter_map(question).collect() }
}

fn question(question: &town::Question) -> Option<Question> {
    let choices = |choices: &[Choice]| choices.iter().filter_map(|choice| Code::parse(&choice.code).ok()).collect();
    let takes = match &question.answer {
        Answer::One(of) => Takes::One(choices(of)),
        Answer::Many(of) => Takes::Many(choices(of)),
        Answer::Text => Takes::Written,
    };
    Some(Question { code: Code::parse(&question.code).ok()?, required: question.required, takes })
}

fn skill(skill: &Skill) -> Option<(Code, Asked)> {
    Some((Code::parse(&skill.code).ok()?, if skill.proof { Asked::Shown } else { Asked::Stated }))
}

/// The conditions of a job that is asked for now.
pub fn conditions(municipality: &Municipality) -> Conditions {
    let Cancellation { late_hours, late_percent, no_show_percent } = municipality.cancellation;
    let (fee_percent, introduction) = (municipality.fee_percent, municipality.introduction);
    Conditions { fee_percent, late_hours, late_percent, no_show_percent, introduction }
}

/// The coupons that a shop takes.
pub fn takes(municipality: &Municipality, trade: Trade) -> Vec<Usage> {
    let taken = municipality.coupons.iter().filter(|coupon| coupon.trades.contains(&trade));
    taken.map(|coupon| Usage(coupon.usage)).collect()
}

/// On what terms a budget grants: for nothing, for anything or as its coupon, for as long as the file says.
pub fn terms(municipality: &Municipality, budget: &Budget) -> Terms {
    let coupon = municipality.coupons.iter().find(|coupon| budget.coupon.as_ref() == Some(&coupon.code));
    let usage = coupon.map_or(Usage::ANY, |coupon| Usage(coupon.usage));
    Terms { origin: Origin::Granted, usage, valid_days: budget.valid_days }
}
