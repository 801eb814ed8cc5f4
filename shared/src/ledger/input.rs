//! What people type about points, as they typed it, and what it means. Every fault of a form is found at once.

use serde::{Deserialize, Serialize};

use super::command::GrantReason;
use crate::kernel::{MemberNumber, MemberNumberError, Points, PointsError, TextError};

/// A field of a form about points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Field {
    Budget,
    Entry,
    Member,
    Amount,
    Reason,
    Name,
    Trade,
    Shop,
    Code,
    Tender,
}

impl Field {
    /// The id and name of the field in pages and posts.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Budget => "budget",
            Self::Entry => "entry",
            Self::Member => "member",
            Self::Amount => "amount",
            Self::Reason => "reason",
            Self::Name => "name",
            Self::Trade => "trade",
            Self::Shop => "shop",
            Self::Code => "code",
            Self::Tender => "tender",
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
    /// Not one of the choices, or nobody's number.
    Unknown,
    /// Not a whole number.
    NotANumber,
    /// Must be more than nothing.
    Zero,
    /// More than any amount.
    TooLarge,
    /// Not a member number: most likely a slip.
    NotAMember,
    /// Not the number of a shop: most likely a slip.
    NotAShop,
    /// Not a one-time code: most likely a slip.
    NotACode,
    /// Not a payment code, or one that was read badly.
    Damaged,
    /// A payment code of another service.
    Foreign,
    /// More than may be asked for here.
    Above {
        /// The most.
        max: u64,
    },
    /// Contains what looks like a 個人番号.
    IndividualNumber,
}

/// Everything that is wrong with a form, in the order of its fields.
pub type FieldErrors = Vec<(Field, FieldError)>;

pub(super) fn member(text: &str) -> Result<MemberNumber, FieldError> {
    text.parse().map_err(|error| match error {
        MemberNumberError::Empty => FieldError::Missing,
        MemberNumberError::Wrong => FieldError::NotAMember,
    })
}

pub(super) fn amount(text: &str) -> Result<Points, FieldError> {
    match Points::parse(text) {
        Ok(points) if points.is_zero() => Err(FieldError::Zero),
        Ok(points) => Ok(points),
        Err(PointsError::Empty) => Err(FieldError::Missing),
        Err(PointsError::NotWhole) => Err(FieldError::NotANumber),
        Err(PointsError::TooLarge) => Err(FieldError::TooLarge),
    }
}

pub(super) fn reason(text: &str) -> Result<GrantReason, FieldError> {
    line(GrantReason::written(text))
}

pub(super) fn line<T>(written: Result<T, TextError>) -> Result<T, FieldError> {
    written.map_err(|error| match error {
        TextError::Empty => FieldError::Missing,
        TextError::TooLong { max, got } => FieldError::TooLong { max, got },
        TextError::Control => FieldError::Control,
        TextError::IndividualNumber => FieldError::IndividualNumber,
    })
}

pub(super) fn keep<T>(errors: &mut FieldErrors, field: Field, parsed: Result<T, FieldError>) -> Option<T> {
    parsed.map_err(|error| errors.push((field, error))).ok()
}

/// The form 「支払う」 as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PayForm {
    /// Member number of the payee.
    pub member: String,
    /// How many points.
    pub amount: String,
}

impl PayForm {
    /// Whom to pay, and how much.
    pub fn parse(&self) -> Result<(MemberNumber, Points), FieldErrors> {
        let mut errors = FieldErrors::new();
        let member = keep(&mut errors, Field::Member, member(&self.member));
        let amount = keep(&mut errors, Field::Amount, amount(&self.amount));
        member.zip(amount).ok_or(errors)
    }
}

/// The form 「ポイントを付与する」 as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct GrantForm {
    /// The budget's word.
    pub budget: String,
    /// Member number of the resident.
    pub member: String,
    /// How many points.
    pub amount: String,
    /// Why.
    pub reason: String,
}

/// A grant as it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The budget's word.
    pub budget: String,
    /// Whom to.
    pub member: MemberNumber,
    /// How much.
    pub amount: Points,
    /// Why.
    pub reason: GrantReason,
}

impl GrantForm {
    /// The grant; `budgets` are the words of those there are.
    pub fn parse<'a>(&self, mut budgets: impl Iterator<Item = &'a str>) -> Result<Grant, FieldErrors> {
        let mut errors = FieldErrors::new();
        let chosen = match self.budget.as_str() {
            "" => Err(FieldError::Missing),
            word if budgets.any(|known| known == word) => Ok(word.to_owned()),
            _ => Err(FieldError::Unknown),
        };
        let budget = keep(&mut errors, Field::Budget, chosen);
        let member = keep(&mut errors, Field::Member, member(&self.member));
        let amount = keep(&mut errors, Field::Amount, amount(&self.amount));
        let reason = keep(&mut errors, Field::Reason, reason(&self.reason));
        match (budget, member, amount, reason) {
            (Some(budget), Some(member), Some(amount), Some(reason)) => Ok(Grant { budget, member, amount, reason }),
            _ => Err(errors),
        }
    }
}

/// The form 「付与の訂正」 as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CorrectForm {
    /// The entry of the grant.
    pub entry: String,
    /// Member number of the resident it was granted to.
    pub member: String,
    /// How many points to take back.
    pub amount: String,
    /// Why.
    pub reason: String,
}

/// A correction as it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The entry of the grant.
    pub of: u64,
    /// Whom it was granted to.
    pub member: MemberNumber,
    /// How much.
    pub amount: Points,
    /// Why.
    pub reason: GrantReason,
}

impl CorrectForm {
    /// The correction.
    pub fn parse(&self) -> Result<Correction, FieldErrors> {
        let mut errors = FieldErrors::new();
        // Numbers of entries are written like amounts, commas and full-width digits included.
        let of = keep(&mut errors, Field::Entry, amount(&self.entry).map(Points::get));
        let member = keep(&mut errors, Field::Member, member(&self.member));
        let amount = keep(&mut errors, Field::Amount, amount(&self.amount));
        let reason = keep(&mut errors, Field::Reason, reason(&self.reason));
        match (of, member, amount, reason) {
            (Some(of), Some(member), Some(amount), Some(reason)) => Ok(Correction { of, member, amount, reason }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_said_at_once() {
        let budgets = || ["welfare"].into_iter();
        let empty = GrantForm::default().parse(budgets());
        let missing = |field| (field, FieldError::Missing);
        assert_eq!(
            empty,
            Err(vec![missing(Field::Budget), missing(Field::Member), missing(Field::Amount), missing(Field::Reason)])
        );
        let wrong =
            GrantForm { budget: "other".into(), member: "1234".into(), amount: "０".into(), reason: "あ".repeat(81) };
        assert_eq!(
            wrong.parse(budgets()),
            Err(vec![
                (Field::Budget, FieldError::Unknown),
                (Field::Member, FieldError::NotAMember),
                (Field::Amount, FieldError::Zero),
                (Field::Reason, FieldError::TooLong { max: 80, got: 81 }),
            ])
        );
    }

    #[test]
    fn a_correction_names_its_grant() {
        let missing = |field| (field, FieldError::Missing);
        let wanted = [Field::Entry, Field::Member, Field::Amount, Field::Reason].map(missing).to_vec();
        assert_eq!(CorrectForm::default().parse(), Err(wanted));
        let member = MemberNumber::from_random(77);
        let form = CorrectForm {
            entry: "１，２３４".into(),
            member: member.to_string(),
            amount: "5".into(),
            reason: "番号ちがい".into(),
        };
        let parsed = form.parse().map(|correction| (correction.of, correction.member, correction.amount.get()));
        assert_eq!(parsed, Ok((1_234, member, 5)));
    }

    #[test]
    fn amounts_and_numbers_as_people_type_them() {
        let number = MemberNumber::from_random(77);
        let form = PayForm { member: format!(" {number} "), amount: "１，２００".into() };
        assert_eq!(form.parse(), Ok((number, Points::new(1200).unwrap())));
        let form = PayForm { member: number.to_string(), amount: "1.5".into() };
        assert_eq!(form.parse(), Err(vec![(Field::Amount, FieldError::NotANumber)]));
    }
}
