//! Forms of an agreed job, of the two and of the centre.

use serde::{Deserialize, Serialize};

use super::parse::{Collect, choice, line, whole};
use super::{Field, FieldError, FieldErrors};
use crate::cohelp::command::DeskAct;
use crate::cohelp::types::{ChatLine, CheckInCode, Explanation, LATE_MINUTES_MAX, Matter, Outcome, Side};
use crate::kernel::{OfferId, Prose};

/// The choice in [`ReportForm::outcome`] that goes with minutes.
pub const PART: &str = "part";

/// The form 「遅れます」 as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LateForm {
    /// In how many minutes.
    pub late: String,
}

impl LateForm {
    /// The minutes.
    pub fn parse(&self) -> Result<u16, FieldErrors> {
        minutes(&self.late, LATE_MINUTES_MAX).map_err(|error| vec![(Field::Late, error)])
    }
}

fn minutes(text: &str, minutes_max: u16) -> Result<u16, FieldError> {
    match whole(text)? {
        0 => Err(FieldError::Zero),
        many => match u16::try_from(many) {
            Ok(minutes) if minutes <= minutes_max => Ok(minutes),
            _ => Err(FieldError::TooLarge { max: minutes_max.into() }),
        },
    }
}

/// The form 「始めます」 as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CheckInForm {
    /// The code.
    pub code: String,
}

impl CheckInForm {
    /// The code.
    pub fn parse(&self) -> Result<CheckInCode, FieldErrors> {
        let code = match self.code.trim() {
            "" => Err(FieldError::Missing),
            typed => typed.parse().map_err(|_| FieldError::NotACode),
        };
        code.map_err(|error| vec![(Field::Code, error)])
    }
}

/// The form 「活動報告」 as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReportForm {
    /// What came of it: the [word](Outcome::word) of an outcome, or [`PART`].
    pub outcome: String,
    /// With [`PART`], for how many minutes.
    pub worked: String,
}

impl ReportForm {
    /// What came of it. Whether it can be is asked where the job is known.
    pub fn parse(&self) -> Result<Outcome, FieldErrors> {
        match self.outcome.trim() {
            "" => Err(vec![(Field::Outcome, FieldError::Missing)]),
            PART => match minutes(&self.worked, u16::MAX) {
                Ok(minutes) => Ok(Outcome::Done { minutes }),
                Err(error) => Err(vec![(Field::Worked, error)]),
            },
            word => word.parse().map_err(|_| vec![(Field::Outcome, FieldError::Unknown)]),
        }
    }
}

/// The form 「センターに相談する」 as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ConsultForm {
    /// What to tell the centre.
    pub text: String,
}

impl ConsultForm {
    /// What to tell the centre.
    pub fn parse(&self) -> Result<Explanation, FieldErrors> {
        reason(Field::Text, &self.text)
    }
}

/// The form 「メッセージ」 as typed, or the phrase that was pressed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ChatForm {
    /// In one's own words.
    pub say: String,
    /// The word of a [phrase](crate::cohelp::QuickPhrase); then nothing else is sent.
    pub phrase: String,
}

impl ChatForm {
    /// What is said.
    pub fn parse(&self) -> Result<ChatLine, FieldErrors> {
        let line = match self.phrase.trim() {
            "" => Prose::written(&self.say).map(ChatLine::Text).map_err(FieldError::from),
            word => word.parse().map(ChatLine::Phrase).map_err(|_| FieldError::Unknown),
        };
        line.map_err(|error| vec![(Field::Say, error)])
    }
}

/// The choice in [`RaiseForm::whom`] that names the requester.
pub const REQUESTER: &str = "requester";

/// The form 「センターに知らせる」 as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RaiseForm {
    /// [`REQUESTER`], or the offer of whom it is about.
    pub whom: String,
    /// One of [`Matter`].
    pub matter: String,
    /// What happened.
    pub happened: String,
}

impl RaiseForm {
    /// By which offer somebody is named, what it is about, and what happened.
    pub fn parse(&self) -> Result<(Option<OfferId>, Matter, Explanation), FieldErrors> {
        let mut errors = Collect::default();
        let whom = match self.whom.as_str() {
            "" => Err(FieldError::Missing),
            REQUESTER => Ok(None),
            word => word.parse().map(Some).map_err(|_| FieldError::Unknown),
        };
        let whom = errors.take(Field::Whom, whom);
        let matter = errors.take(Field::Matter, choice(&self.matter, |_: &Matter| true));
        let happened = errors.take(Field::Happened, Explanation::written(&self.happened));
        match (whom, matter, happened) {
            (Some(whom), Some(matter), Some(happened)) => Ok((whom, matter, happened)),
            _ => Err(errors.into_inner()),
        }
    }
}

/// A form of the desk as typed: what an operator does for a job.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DeskForm {
    /// After the introduction: `yes` or `no`.
    pub fits: String,
    /// What came of it, as in [`ReportForm`].
    pub report: ReportForm,
    /// How the operator knows that it has begun.
    pub how: String,
    /// Why it is decided so.
    pub why: String,
    /// Why it is ended.
    pub end: String,
    /// Who is asked.
    pub helper: String,
    /// Which concern.
    pub concern: String,
    /// What was found about it.
    pub finding: String,
    /// What the other operators should know.
    pub memo: String,
    /// Whose word to the centre was read.
    pub side: String,
}

impl DeskForm {
    /// The act of that word with what was typed for it; none if there is no such act.
    pub fn parse(&self, act: &str) -> Option<Result<DeskAct, FieldErrors>> {
        Some(match act {
            "introduce" => self.introduce(),
            "notify" => Ok(DeskAct::Notify),
            "check-in" => {
                let reason = line(&self.how).map_err(|error| vec![(Field::How, error)]);
                reason.map(|reason| DeskAct::CheckIn { reason })
            }
            "decide" => self.decide(),
            "close" => reason(Field::End, &self.end).map(|reason| DeskAct::Close { reason }),
            // A button and no field: what names nobody is not our form.
            "enquire" => Ok(DeskAct::Enquire { helper: self.helper.parse().ok()? }),
            "take" => Ok(DeskAct::Take { concern: self.concern.parse().ok()? }),
            "find" => {
                let concern = self.concern.parse().ok()?;
                reason(Field::Finding, &self.finding).map(|text| DeskAct::Find { concern, text })
            }
            "read" => Ok(DeskAct::Read { side: Side::from_word(&self.side)? }),
            "claim" => Ok(DeskAct::Claim),
            "ring-up" => Ok(DeskAct::RingUp),
            "hand-over" if self.memo.trim().is_empty() => Ok(DeskAct::HandOver { memo: None }),
            "hand-over" => reason(Field::Memo, &self.memo).map(|memo| DeskAct::HandOver { memo: Some(memo) }),
            "write" => reason(Field::Memo, &self.memo).map(|memo| DeskAct::Write { memo }),
            _ => return None,
        })
    }

    fn introduce(&self) -> Result<DeskAct, FieldErrors> {
        match self.fits.trim() {
            "yes" => Ok(DeskAct::Introduce { fits: true }),
            "no" => Ok(DeskAct::Introduce { fits: false }),
            "" => Err(vec![(Field::Fits, FieldError::Missing)]),
            _ => Err(vec![(Field::Fits, FieldError::Unknown)]),
        }
    }

    fn decide(&self) -> Result<DeskAct, FieldErrors> {
        match (self.report.parse(), reason(Field::Why, &self.why)) {
            (Ok(outcome), Ok(reason)) => Ok(DeskAct::Decide { outcome, reason }),
            (outcome, reason) => {
                let mut errors = Collect::default();
                let wrong = [outcome.err(), reason.err()].into_iter().flatten().flatten();
                wrong.for_each(|(field, error)| errors.add(field, error));
                Err(errors.into_inner())
            }
        }
    }
}

fn reason(field: Field, text: &str) -> Result<Explanation, FieldErrors> {
    Explanation::written(text).map_err(|error| vec![(field, error.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_as_words_and_minutes() {
        let report =
            |outcome: &str, worked: &str| ReportForm { outcome: outcome.to_owned(), worked: worked.to_owned() }.parse();
        let wrong = |field, error| Err(vec![(field, error)]);
        for outcome in [
            Outcome::Done { minutes: 60 },
            Outcome::NoShow { of: Side::Helper },
            Outcome::NoShow { of: Side::Requester },
            Outcome::NotDone,
        ] {
            assert_eq!(report(&outcome.word(), "ignored"), Ok(outcome));
        }
        assert_eq!(report("part", "３０"), Ok(Outcome::Done { minutes: 30 }));
        assert_eq!(report("part", ""), wrong(Field::Worked, FieldError::Missing));
        assert_eq!(report("part", "0"), wrong(Field::Worked, FieldError::Zero));
        assert_eq!(report("part", "99999"), wrong(Field::Worked, FieldError::TooLarge { max: 65_535 }));
        assert_eq!(report("", "30"), wrong(Field::Outcome, FieldError::Missing));
        for word in ["done-", "done-x", "done-70000", "paid", "no-show-nobody"] {
            assert_eq!(report(word, ""), wrong(Field::Outcome, FieldError::Unknown), "{word}");
        }
    }

    #[test]
    fn codes_and_lateness() {
        let code = |code: &str| CheckInForm { code: code.to_owned() }.parse().map_err(|errors| errors[0].1);
        assert_eq!(code("００４２"), Ok(CheckInCode::try_from(42).unwrap()));
        assert_eq!(code(" "), Err(FieldError::Missing));
        assert_eq!(code("42"), Err(FieldError::NotACode));
        let late = |late: &str| LateForm { late: late.to_owned() }.parse().map_err(|errors| errors[0].1);
        assert_eq!((late("120"), late("121")), (Ok(120), Err(FieldError::TooLarge { max: 120 })));
        assert_eq!((late("0"), late("soon")), (Err(FieldError::Zero), Err(FieldError::NotANumber)));
    }

    #[test]
    fn the_desk_says_what_is_missing_all_at_once() {
        let empty = DeskForm::default();
        assert_eq!(empty.parse("introduce"), Some(Err(vec![(Field::Fits, FieldError::Missing)])));
        let both = vec![(Field::Outcome, FieldError::Missing), (Field::Why, FieldError::Missing)];
        assert_eq!(empty.parse("decide"), Some(Err(both)));
        assert_eq!(empty.parse("notify"), Some(Ok(DeskAct::Notify)));
        assert_eq!(empty.parse("pay"), None);
        assert_eq!(empty.parse("enquire"), None);
        assert_eq!(empty.parse("close"), Some(Err(vec![(Field::End, FieldError::Missing)])));
        let said = || "電話で聞きました".to_owned();
        let full = DeskForm { how: said(), end: said(), ..empty };
        assert!(matches!(full.parse("check-in"), Some(Ok(DeskAct::CheckIn { .. }))));
        assert!(matches!(full.parse("close"), Some(Ok(DeskAct::Close { .. }))));
    }
}
