//! Whether a municipality's file makes sense, with everything that does not.

use std::collections::BTreeSet;

use super::kind::{Answer, Choice, Kind, Question, Reward, Skill};
use super::municipality::{Area, Budget, Cancellation, Coupon, Municipality};
use super::wording::Wording;
use crate::kernel::limit::{CHOICES_MAX, PURSES_MAX, QUESTIONS_MAX, SKILLS_ASKED_MAX, SKILLS_MAX};
use crate::kernel::{Locale, Points};

/// Longest code, in characters.
const CODE_MAX: usize = 32;
/// Longest name, in characters.
const NAME_MAX: usize = 40;
/// Longest line of words, readings included, in characters.
const WORDING_MAX: usize = 120;
/// Most areas or budgets.
const LIST_MAX: usize = 300;
/// One payment is made of purses: coupons, points and charge.
const COUPONS_MAX: usize = PURSES_MAX - 2;
/// A fee above this is a mistake.
const FEE_PERCENT_MAX: u8 = 50;
/// A week: further ahead nobody has kept the time free yet.
const LATE_HOURS_MAX: u16 = 7 * 24;
/// A reward above this is a mistake.
const REWARD_MAX: u64 = 1_000_000;
/// A log that is shorter helps nobody, a longer one is more than is needed.
const LOG_DAYS_MIN: u16 = 366;
const LOG_DAYS_MAX: u16 = 3660;
/// Points that outlast ten years were never meant to end.
const VALID_DAYS_MAX: u16 = 3660;

/// What is wrong with a municipality's file. For the people who run it, so in plain English.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MunicipalityError {
    /// Not a code.
    #[error("{place}: `{code}` must be 1 to {CODE_MAX} of a-z, 0-9 and -")]
    Code {
        /// Where.
        place: &'static str,
        /// What it says.
        code: String,
    },
    /// The same code twice.
    #[error("{place}: `{code}` is there twice")]
    Twice {
        /// Where.
        place: &'static str,
        /// Which.
        code: String,
    },
    /// Empty, too long or with control characters.
    #[error("{place}: `{name}` must be 1 to {NAME_MAX} characters")]
    Name {
        /// Where.
        place: &'static str,
        /// What it says.
        name: String,
    },
    /// A reading with something else than hiragana.
    #[error("{place}: `{reading}` must be hiragana")]
    Reading {
        /// Where.
        place: &'static str,
        /// What it says.
        reading: String,
    },
    /// An English name with something else than ASCII.
    #[error("{place}: `{name}` must be ASCII")]
    English {
        /// Where.
        place: &'static str,
        /// What it says.
        name: String,
    },
    /// Not a colour.
    #[error("colours.action: `{0}` must be #rrggbb")]
    Colour(String),
    /// None, or too many.
    #[error("{place}: {got} entries, from 1 to {max}")]
    Count {
        /// Where.
        place: &'static str,
        /// How many there may be.
        max: usize,
        /// How many there are.
        got: usize,
    },
    /// A fee that cannot be meant.
    #[error("fee_percent: {0}, at most {FEE_PERCENT_MAX}")]
    Fee(u8),
    /// A way to call off that cannot be meant.
    #[error(
        "cancellation: {0:?}, at most {LATE_HOURS_MAX} hours, late_percent at most no_show_percent, that at most 100"
    )]
    Cancellation(Cancellation),
    /// A largest reward that cannot be meant.
    #[error("reward_max: {0}, from 1 to {REWARD_MAX}")]
    Reward(Points),
    /// Hours that are no stretch of a day.
    #[error("hours: {0} to {1} is not a stretch of a day")]
    Hours(u8, u8),
    /// A budget without points.
    #[error("budgets: `{0}` is empty")]
    BudgetEmpty(String),
    /// Points that end at once, or hardly ever.
    #[error("budgets: `{code}`: valid_days: {got}, from 1 to {VALID_DAYS_MAX}")]
    ValidDays {
        /// Which budget.
        code: String,
        /// What it says.
        got: u16,
    },
    /// Not a reverse domain name.
    #[error("payment_service: `{0}` must be a reverse domain name of 1 to {CODE_MAX} of a-z, 0-9, - and .")]
    Service(String),
    /// A coupon number that is not one of its own.
    #[error("coupons: `{code}`: usage: {usage} must be from 1 to 255, and no other coupon's")]
    Usage {
        /// Which coupon.
        code: String,
        /// What it says.
        usage: u8,
    },
    /// A coupon nobody defined.
    #[error("budgets: `{code}`: coupon: `{coupon}` is not among the coupons")]
    CouponUnknown {
        /// Which budget.
        code: String,
        /// What it says.
        coupon: String,
    },
    /// Words in やさしい日本語 of which a kanji has no reading.
    #[error("{place}: `{easy}` needs a reading for every kanji, as in ｜買《か》うもの")]
    Easy {
        /// Where.
        place: &'static str,
        /// What it says.
        easy: String,
    },
    /// Words that are none, or too many.
    #[error("{place}: `{text}` must be 1 to {WORDING_MAX} characters")]
    Wording {
        /// Where.
        place: &'static str,
        /// What it says.
        text: String,
    },
    /// The code of a question that a page would take for something else.
    #[error("questions.code: `{0}` must not end in a number, `help`, `error` or `note`")]
    QuestionCode(String),
    /// A skill nobody defined.
    #[error("categories: `{kind}`: skills: `{skill}` is not among the skills")]
    SkillUnknown {
        /// Which kind of help.
        kind: &'static str,
        /// What it says.
        skill: String,
    },
    /// What is given for a kind of help cannot be meant.
    #[error("categories: `{kind}`: reward: {reward}, from 1 to reward_max")]
    KindReward {
        /// Which kind of help.
        kind: &'static str,
        /// What it says.
        reward: Points,
    },
    /// A kind of help that usually takes no time, or longer than a day has hours for it.
    #[error("categories: `{kind}`: minutes: {got} do not fit into the hours")]
    KindMinutes {
        /// Which kind of help.
        kind: &'static str,
        /// What it says.
        got: u16,
    },
    /// A time that cannot be meant.
    #[error("retention.log_days: {0}, from {LOG_DAYS_MIN} to {LOG_DAYS_MAX}")]
    Retention(u16),
    /// A language the portal does not speak.
    #[error("languages: `{0}` is unknown")]
    Language(String),
}

#[derive(Default)]
struct Findings(Vec<MunicipalityError>);

impl Findings {
    fn unless(&mut self, fine: bool, error: impl FnOnce() -> MunicipalityError) {
        if !fine {
            self.0.push(error());
        }
    }

    fn code(&mut self, place: &'static str, code: &str) {
        let fine = (1..=CODE_MAX).contains(&code.len())
            && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        self.unless(fine, || MunicipalityError::Code { place, code: code.to_owned() });
    }

    fn name(&mut self, place: &'static str, name: &str) {
        let fine = (1..=NAME_MAX).contains(&name.chars().count())
            && name.trim() == name
            && !name.chars().any(char::is_control);
        self.unless(fine, || MunicipalityError::Name { place, name: name.to_owned() });
    }

    fn reading(&mut self, place: &'static str, reading: &str) {
        self.name(place, reading);
        let fine = reading.chars().all(|character| matches!(character, 'ぁ'..='ゖ' | 'ー' | '・' | ' ' | '\u{3000}'));
        self.unless(fine, || MunicipalityError::Reading { place, reading: reading.to_owned() });
    }

    fn english(&mut self, place: &'static str, name: &str) {
        self.name(place, name);
        self.unless(name.is_ascii(), || MunicipalityError::English { place, name: name.to_owned() });
    }

    fn wording(&mut self, place: &'static str, wording: &Wording) {
        for text in [&wording.ja, &wording.easy, &wording.en] {
            let fine = (1..=WORDING_MAX).contains(&text.chars().count())
                && text.trim() == text
                && !text.chars().any(char::is_control);
            self.unless(fine, || MunicipalityError::Wording { place, text: text.clone() });
        }
        self.unless(wording.en.is_ascii(), || MunicipalityError::English { place, name: wording.en.clone() });
        self.unless(wording.easy().is_some(), || MunicipalityError::Easy { place, easy: wording.easy.clone() });
    }

    fn list<'a>(&mut self, place: &'static str, max: usize, codes: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        let mut got = 0;
        for code in codes {
            got += 1;
            self.unless(seen.insert(code), || MunicipalityError::Twice { place, code: code.to_owned() });
        }
        self.unless((1..=max).contains(&got), || MunicipalityError::Count { place, max, got });
    }
}

impl Municipality {
    /// Finds everything that is wrong with the file.
    pub fn check(&self) -> Result<(), Vec<MunicipalityError>> {
        let mut findings = Findings::default();
        findings.code("code", &self.code);
        findings.name("name", &self.name);
        findings.reading("name_reading", &self.name_reading);
        findings.english("name_en", &self.name_en);
        if let Some(colour) = &self.colours.action {
            let digits = colour.strip_prefix('#').unwrap_or_default();
            let fine = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            findings.unless(fine, || MunicipalityError::Colour(colour.clone()));
        }
        // Also the one made from the code: other people's readers take no more than 32 characters.
        if findings.0.is_empty() {
            let service = self.payment_service();
            let fine = (1..=CODE_MAX).contains(&service.len())
                && service.split('.').all(|part| !part.is_empty())
                && service
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte));
            findings.unless(fine, || MunicipalityError::Service(service));
        }
        self.check_lists(&mut findings);
        findings.unless(self.fee_percent <= FEE_PERCENT_MAX, || MunicipalityError::Fee(self.fee_percent));
        let Cancellation { late_hours, late_percent, no_show_percent } = self.cancellation;
        let fair = late_hours <= LATE_HOURS_MAX && late_percent <= no_show_percent && no_show_percent <= 100;
        findings.unless(fair, || MunicipalityError::Cancellation(self.cancellation));
        let reward = self.reward_max;
        findings.unless((1..=REWARD_MAX).contains(&reward.get()), || MunicipalityError::Reward(reward));
        let (from, to) = self.hours;
        findings.unless(from < to && to <= 24, || MunicipalityError::Hours(from, to));
        let log_days = self.retention.log_days;
        findings.unless((LOG_DAYS_MIN..=LOG_DAYS_MAX).contains(&log_days), || MunicipalityError::Retention(log_days));
        if findings.0.is_empty() { Ok(()) } else { Err(findings.0) }
    }

    fn check_kinds(&self, findings: &mut Findings) {
        findings.list("categories", LIST_MAX, self.categories.iter().map(|kind| kind.kind.word()));
        if !self.skills.is_empty() {
            findings.list("skills", SKILLS_MAX, self.skills.iter().map(|skill| skill.code.as_str()));
        }
        for Skill { code, name, proof: _ } in &self.skills {
            findings.code("skills.code", code);
            findings.wording("skills.name", name);
        }
        self.categories.iter().for_each(|kind| self.check_kind(kind, findings));
    }

    fn check_kind(&self, kind: &Kind, findings: &mut Findings) {
        let Kind { kind, minutes, reward, course: _, skills, questions } = kind;
        let kind = kind.word();
        if let Some(got) = *minutes {
            // Hours and a largest reward that are wrong themselves are found elsewhere.
            let hours = self.hours.1.checked_sub(self.hours.0).filter(|hours| *hours > 0).unwrap_or(24);
            let fine = (1..=u16::from(hours) * 60).contains(&got);
            findings.unless(fine, || MunicipalityError::KindMinutes { kind, got });
        }
        if let Some(Reward::Suggested(reward) | Reward::Fixed(reward)) = *reward {
            let fine = !reward.is_zero() && (reward <= self.reward_max || self.reward_max.is_zero());
            findings.unless(fine, || MunicipalityError::KindReward { kind, reward });
        }
        for skill in skills.iter().filter(|skill| self.skills.iter().all(|known| known.code != **skill)) {
            findings.0.push(MunicipalityError::SkillUnknown { kind, skill: skill.clone() });
        }
        if !skills.is_empty() {
            findings.list("categories.skills", SKILLS_ASKED_MAX, skills.iter().map(String::as_str));
        }
        if !questions.is_empty() {
            findings.list("questions", QUESTIONS_MAX, questions.iter().map(|question| question.code.as_str()));
        }
        for Question { code, ask, required: _, answer } in questions {
            findings.code("questions.code", code);
            // Ids of a page are made of these: of the choices, and of what is said beside a field.
            let last = code.rsplit('-').next().unwrap_or_default();
            let taken = last.bytes().all(|byte| byte.is_ascii_digit()) || ["help", "error", "note"].contains(&last);
            findings.unless(!taken || last.is_empty(), || MunicipalityError::QuestionCode(code.clone()));
            findings.wording("questions.ask", ask);
            if *answer != Answer::Text {
                findings.list("choices", CHOICES_MAX, answer.choices().iter().map(|choice| choice.code.as_str()));
            }
            for Choice { code, name } in answer.choices() {
                findings.code("choices.code", code);
                findings.wording("choices.name", name);
            }
        }
    }

    fn check_coupons(&self, findings: &mut Findings) {
        if self.coupons.is_empty() {
            return;
        }
        findings.list("coupons", COUPONS_MAX, self.coupons.iter().map(|coupon| coupon.code.as_str()));
        let mut usages = BTreeSet::from([0]);
        for Coupon { code, usage, name, reading, name_en, trades } in &self.coupons {
            findings.code("coupons.code", code);
            findings.name("coupons.name", name);
            findings.reading("coupons.reading", reading);
            findings.english("coupons.name_en", name_en);
            findings.unless(usages.insert(*usage), || MunicipalityError::Usage { code: code.clone(), usage: *usage });
            findings.list("coupons.trades", LIST_MAX, trades.iter().map(|trade| trade.word()));
        }
    }

    fn check_lists(&self, findings: &mut Findings) {
        findings.list("areas", LIST_MAX, self.areas.iter().map(|area| area.code.as_str()));
        for Area { code, name, reading, name_en, mesh: _ } in &self.areas {
            findings.code("areas.code", code);
            findings.name("areas.name", name);
            findings.reading("areas.reading", reading);
            findings.english("areas.name_en", name_en);
        }
        self.check_kinds(findings);
        self.check_coupons(findings);
        findings.list("budgets", LIST_MAX, self.budgets.iter().map(|budget| budget.code.as_str()));
        for Budget { code, name, ceiling, valid_days, coupon } in &self.budgets {
            findings.code("budgets.code", code);
            findings.name("budgets.name", name);
            findings.unless(!ceiling.is_zero(), || MunicipalityError::BudgetEmpty(code.clone()));
            let fine = (1..=VALID_DAYS_MAX).contains(valid_days);
            findings.unless(fine, || MunicipalityError::ValidDays { code: code.clone(), got: *valid_days });
            for coupon in coupon.iter().filter(|coupon| self.coupons.iter().all(|known| known.code != **coupon)) {
                findings.0.push(MunicipalityError::CouponUnknown { code: code.clone(), coupon: coupon.clone() });
            }
        }
        findings.list("languages", LIST_MAX, self.languages.iter().map(String::as_str));
        for word in &self.languages {
            findings.unless(Locale::from_word(word).is_some(), || MunicipalityError::Language(word.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Trade;
    use crate::town::{Category, Colours, Retention};

    fn wording() -> Wording {
        Wording { ja: "何を".to_owned(), easy: "｜何《なに》を".to_owned(), en: "What".to_owned() }
    }

    /// Shopping has a question, a usual time and a reward, and takes a skill.
    fn kind(kind: Category) -> Kind {
        let full = kind == Category::Shopping;
        let choice = Choice { code: "light".to_owned(), name: wording() };
        let answer = Answer::One(vec![choice]);
        let question = Question { code: "load".to_owned(), ask: wording(), required: true, answer };
        Kind {
            kind,
            minutes: full.then_some(60),
            reward: full.then_some(Reward::Fixed(Points::new(300).unwrap())),
            course: full,
            skills: full.then(|| "care".to_owned()).into_iter().collect(),
            questions: full.then_some(question).into_iter().collect(),
        }
    }

    /// The choices of the one question.
    fn choices(town: &mut Municipality) -> &mut Vec<Choice> {
        match &mut town.categories[0].questions[0].answer {
            Answer::One(choices) | Answer::Many(choices) => choices,
            Answer::Text => panic!("a question with choices"),
        }
    }

    fn town() -> Municipality {
        let area = |code: &str| Area {
            code: code.to_owned(),
            name: "緑町".to_owned(),
            reading: "みどりまち".to_owned(),
            name_en: "Midorimachi".to_owned(),
            mesh: "4929278621".parse().unwrap(),
        };
        Municipality {
            shards: crate::kernel::Shards::ONE,
            code: "meguri".to_owned(),
            name: "めぐり市".to_owned(),
            name_reading: "めぐりし".to_owned(),
            name_en: "Meguri City".to_owned(),
            colours: Colours { action: Some("#0017c1".to_owned()) },
            areas: vec![area("midori"), area("minato")],
            categories: Category::ALL.into_iter().map(kind).collect(),
            skills: vec![Skill { code: "care".to_owned(), name: wording(), proof: true }],
            fee_percent: 5,
            cancellation: Cancellation::default(),
            introduction: true,
            reward_max: Points::new(10_000).unwrap(),
            hours: (8, 21),
            budgets: vec![Budget {
                code: "kyojo".to_owned(),
                name: "共助".to_owned(),
                ceiling: Points::new(1_000_000).unwrap(),
                valid_days: 180,
                coupon: Some("baby".to_owned()),
            }],
            payment_service: Some("jp.lg.city.meguri".to_owned()),
            coupons: vec![Coupon {
                code: "baby".to_owned(),
                usage: 1,
                name: "子育て".to_owned(),
                reading: "こそだて".to_owned(),
                name_en: "Childcare".to_owned(),
                trades: vec![Trade::Baby],
            }],
            retention: Retention::default(),
            languages: vec!["ja".to_owned(), "ja-easy".to_owned(), "en".to_owned()],
        }
    }

    #[test]
    fn a_good_file_passes() {
        assert_eq!(town().check(), Ok(()));
    }

    #[test]
    fn each_mistake_is_found() {
        type Spoil = fn(&mut Municipality);
        let cases: [(&str, Spoil); 48] = [
            ("service", |town| town.payment_service = Some("jp..meguri".to_owned())),
            ("service in capitals", |town| town.payment_service = Some("jp.Meguri".to_owned())),
            ("coupon of anything", |town| town.coupons[0].usage = 0),
            ("coupon number twice", |town| {
                let other = Coupon { code: "other".to_owned(), ..town.coupons[0].clone() };
                town.coupons.push(other);
            }),
            ("coupon nobody takes", |town| town.coupons[0].trades.clear()),
            ("coupon gone", |town| town.coupons.clear()),
            ("coupon name", |town| town.coupons[0].name = String::new()),
            ("code", |town| town.code = "Meguri".to_owned()),
            ("code long", |town| town.code = "a".repeat(33)),
            ("name", |town| town.name = String::new()),
            ("name blank", |town| town.name = " めぐり".to_owned()),
            ("reading", |town| town.name_reading = "メグリ".to_owned()),
            ("english", |town| town.name_en = "めぐり".to_owned()),
            ("colour", |town| town.colours.action = Some("red".to_owned())),
            ("colour digits", |town| town.colours.action = Some("#12345g".to_owned())),
            ("no areas", |town| town.areas.clear()),
            ("area twice", |town| town.areas[1].code = "midori".to_owned()),
            ("area code", |town| town.areas[1].code = "みなと".to_owned()),
            ("no categories", |town| town.categories.clear()),
            ("category twice", |town| town.categories.push(kind(Category::Other))),
            ("skill code", |town| town.skills.push(Skill { code: "Care".to_owned(), ..town.skills[0].clone() })),
            ("skill twice", |town| town.skills.push(town.skills[0].clone())),
            ("skill gone", |town| town.skills.clear()),
            ("skill name", |town| town.skills[0].name.ja = " ".to_owned()),
            ("skill name in English", |town| town.skills[0].name.en = "介護".to_owned()),
            ("kanji without a reading", |town| town.skills[0].name.easy = "介護".to_owned()),
            ("no time", |town| town.categories[0].minutes = Some(0)),
            ("longer than the day", |town| town.categories[0].minutes = Some(13 * 60 + 1)),
            ("dearer than allowed", |town| {
                town.categories[0].reward = Points::new(10_001).map(Reward::Suggested);
            }),
            ("question code", |town| town.categories[0].questions[0].code = String::new()),
            ("question like a choice", |town| town.categories[0].questions[0].code = "load-1".to_owned()),
            ("question like an error", |town| town.categories[0].questions[0].code = "load-error".to_owned()),
            ("question twice", |town| {
                let again = town.categories[0].questions[0].clone();
                town.categories[0].questions.push(again);
            }),
            ("nothing to choose from", |town| choices(town).clear()),
            ("choice twice", |town| {
                let again = choices(town)[0].clone();
                choices(town).push(again);
            }),
            ("fee", |town| town.fee_percent = 51),
            ("late for long", |town| town.cancellation.late_hours = 169),
            ("dearer than not coming", |town| town.cancellation.late_percent = 51),
            ("dearer than the help", |town| town.cancellation.no_show_percent = 101),
            ("reward none", |town| town.reward_max = Points::ZERO),
            ("reward much", |town| town.reward_max = Points::MAX),
            ("hours turned", |town| town.hours = (21, 8)),
            ("hours past", |town| town.hours = (8, 25)),
            ("budget empty", |town| town.budgets[0].ceiling = Points::ZERO),
            ("points of no day", |town| town.budgets[0].valid_days = 0),
            ("points for ever", |town| town.budgets[0].valid_days = 3661),
            ("no language", |town| town.languages.clear()),
            ("language", |town| town.languages.push("xx".to_owned())),
        ];
        for (name, spoil) in cases {
            let mut town = town();
            spoil(&mut town);
            let errors = town.check().expect_err(name);
            assert_eq!(errors.len(), 1, "{name}: {errors:?}");
        }
    }

    #[test]
    fn all_mistakes_are_found_at_once() {
        let mut town = town();
        (town.code, town.fee_percent, town.hours) = (String::new(), 99, (9, 9));
        assert_eq!(town.check().unwrap_err().len(), 3);
    }
}
