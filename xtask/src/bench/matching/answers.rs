//! How people answer. Nothing here is known to matching: it asks, and sees what comes.

use shared::cohelp::matching::{Fit, Need, Profile};

use super::super::random::Random;

/// Of the registered, so many in a hundred are active: 208 of 711 in 江東区 in 2017.
const ACTIVE_PERCENT: u64 = 29;
/// How likely an active one and another say yes to something next door, days ahead.
const YES: [f64; 2] = [0.40, 0.05];
/// Who sees a message at all, and who says no of those who see it and will not.
const SEEN: f64 = 0.60;
const SAYS_NO: f64 = 0.40;
/// Who picks up when the centre calls, and how much likelier a yes is then.
const REACHED: f64 = 0.50;
const ASKED_IN_PERSON: f64 = 1.5;
/// Mean of minutes until an answer, or a choice.
const ANSWER_MINUTES: f64 = 60.0;

/// The chances of one town. Asked the same, the same person answers the same, whatever was asked of others before.
pub struct Answers {
    /// Of the town.
    pub seed: u64,
    /// How much likelier a yes is than usual.
    pub yes: f64,
}

/// What comes of a message or a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// 手伝います.
    Yes,
    /// できません.
    No,
    /// Nothing: not seen, not answered, not reached.
    Silence,
}

/// Somebody who is asked, and what of it matters to them.
pub struct Question<'a> {
    /// For what.
    pub need: &'a Need,
    /// Who.
    pub helper: &'a Profile,
    /// How it would suit them.
    pub fit: &'a Fit,
    /// Whether they have helped this requester before.
    pub again: bool,
    /// How long until it begins, in minutes.
    pub ahead_minutes: i64,
}

impl Answers {
    /// A chance of its own for each question of each kind.
    fn chance(&self, question: &Question<'_>, kind: u64) -> Random {
        let number = |bytes: &[u8; 16]| u128::from_be_bytes(*bytes) as u64;
        let (job, helper) = (number(question.need.job.as_bytes()), number(question.helper.person.as_bytes()));
        let mut mixed = Random::new(self.seed ^ job.rotate_left(40) ^ helper.rotate_left(20) ^ kind.rotate_left(56));
        Random::new(mixed.next())
    }

    /// How likely somebody would say yes if they saw it.
    fn likely(&self, question: &Question<'_>) -> f64 {
        let number = u128::from_be_bytes(*question.helper.person.as_bytes()) as u64;
        let active = Random::new(self.seed.rotate_left(32) ^ number).happens(ACTIVE_PERCENT);
        let far = f64::from(question.fit.metres) / f64::from(question.helper.reach.get());
        let soon = match question.ahead_minutes {
            ..360 => 0.5,
            360..1_440 => 0.8,
            _ => 1.0,
        };
        let again = if question.again { 1.5 } else { 1.0 };
        YES[usize::from(!active)] * (1.0 - 0.5 * far) * soon * again * self.yes
    }

    /// To a message: the answer, and after how many minutes.
    pub fn to_message(&self, question: &Question<'_>) -> (Answer, i64) {
        let mut chance = self.chance(question, 1);
        let after = minutes(&mut chance);
        let answer = if chance.share() >= SEEN {
            Answer::Silence
        } else if self.willing(question, 1.0) {
            Answer::Yes
        } else if chance.share() < SAYS_NO {
            Answer::No
        } else {
            Answer::Silence
        };
        (answer, after)
    }

    /// To a call, the first one of that job or a later one.
    pub fn to_call(&self, question: &Question<'_>, call: u64) -> Answer {
        if self.chance(question, 2 + call).share() >= REACHED {
            Answer::Silence
        } else if self.willing(question, ASKED_IN_PERSON) {
            Answer::Yes
        } else {
            Answer::No
        }
    }

    /// Whether they would: the same in a message and in a call but for how they are asked.
    fn willing(&self, question: &Question<'_>, how: f64) -> bool {
        self.chance(question, 0).share() < (self.likely(question) * how).min(0.95)
    }

    /// How long the requester takes to choose, in minutes.
    pub fn choice_minutes(&self, need: &Need) -> i64 {
        let job = u128::from_be_bytes(*need.job.as_bytes()) as u64;
        minutes(&mut Random::new(self.seed.rotate_left(16) ^ job))
    }
}

/// Exponential: many soon, some late.
fn minutes(chance: &mut Random) -> i64 {
    (-(1.0 - chance.share()).ln() * ANSWER_MINUTES).ceil() as i64
}
