//! Sentences of the ledger: why something was not done, and what to do.

use shared::kernel::Locale;
use shared::ledger::{Field, FieldError, Refusal};
use shared::wire::NotPosted;

use crate::i18n::{Phrase, texts};

/// Why the ledger says no to a payer.
pub fn refusal(locale: Locale, refusal: &Refusal) -> Phrase {
    match refusal {
        Refusal::NotAllowed => texts::error_not_allowed(locale),
        Refusal::StepUp { .. } => texts::error_level(locale),
        Refusal::CommandReused => texts::error_reused(locale),
        Refusal::NoLegs | Refusal::TooManyLegs | Refusal::LegsExceedHold => texts::wallet_legs(locale),
        Refusal::ZeroAmount => texts::error_amount_zero(locale),
        Refusal::HoldExists | Refusal::HoldUnknown | Refusal::HoldResolved | Refusal::HoldExpired => {
            texts::wallet_hold_gone(locale)
        }
        Refusal::HoldTooLong | Refusal::HoldNotDue => texts::wallet_hold_early(locale),
        Refusal::SameAccount => texts::error_same_account(locale),
        Refusal::WrongAccountKind => texts::wallet_not_possible(locale),
        Refusal::Overflow => texts::wallet_overflow(locale),
        Refusal::Insufficient { missing } => texts::wallet_short(locale, missing.get()),
        Refusal::EndsBefore { missing } => texts::wallet_ends_before(locale, missing.get()),
        Refusal::NothingLapsed => texts::wallet_not_possible(locale),
        Refusal::GrantUnknown => texts::office_correct_unknown(locale),
        Refusal::CorrectionExceeds { left } => texts::office_correct_exceeds(locale, left.get()),
    }
}

/// Why a person's payment was not posted.
pub fn not_posted(locale: Locale, not: &NotPosted) -> Phrase {
    match not {
        NotPosted::SignedOut => texts::wallet_signed_out(locale),
        NotPosted::MemberUnknown => texts::error_account_unknown(locale),
        NotPosted::BudgetUnknown => texts::wallet_budget_unknown(locale),
        NotPosted::Refused(reason) => refusal(locale, reason),
        NotPosted::TooOften { seconds } => texts::error_many(locale, u64::from(*seconds)),
    }
}

/// Why an officer's grant was not posted: the same reasons, seen from the office.
pub fn not_granted(locale: Locale, not: &NotPosted) -> Phrase {
    match not {
        NotPosted::Refused(Refusal::Insufficient { missing }) => texts::error_short_budget(locale, missing.get()),
        // The page is for officers only, so what they may not do is to grant to themselves.
        NotPosted::Refused(Refusal::NotAllowed | Refusal::SameAccount) => texts::error_own_grant(locale),
        NotPosted::MemberUnknown => texts::error_person_unknown(locale),
        NotPosted::SignedOut | NotPosted::BudgetUnknown | NotPosted::Refused(_) | NotPosted::TooOften { .. } => {
            not_posted(locale, not)
        }
    }
}

/// Why a grant was not taken back.
pub fn not_corrected(locale: Locale, not: &NotPosted) -> Phrase {
    match not {
        NotPosted::Refused(Refusal::Insufficient { missing }) => texts::office_correct_spent(locale, missing.get()),
        NotPosted::Refused(Refusal::NotAllowed | Refusal::SameAccount) => texts::office_correct_own(locale),
        _ => not_granted(locale, not),
    }
}

/// What is wrong with a field of that label.
pub fn field_error(locale: Locale, field: Field, error: FieldError, label: &Phrase) -> Phrase {
    match error {
        FieldError::Missing if field == Field::Budget => texts::error_missing_choice(locale, label),
        FieldError::Missing => texts::error_missing(locale, label),
        FieldError::TooLong { max, got } => texts::error_too_long(locale, label, max.into(), got.into()),
        FieldError::Control => texts::error_control(locale, label),
        FieldError::IndividualNumber => texts::error_individual_number(locale, label),
        FieldError::Unknown if field == Field::Member => texts::error_account_unknown(locale),
        FieldError::Unknown => texts::error_unknown_choice(locale, label),
        FieldError::NotANumber => texts::error_not_number(locale, label),
        FieldError::Zero => texts::error_amount_zero(locale),
        FieldError::TooLarge => texts::error_amount_large(locale, shared::kernel::Points::MAX.get()),
        FieldError::NotAMember => texts::error_not_number_code(locale, label),
    }
}
