//! Sentences of the ledger: why something was not done, and what to do.

use shared::kernel::{Level, Locale, Trade};
use shared::ledger::{Field, FieldError, Refusal};
use shared::wire::NotPosted;

use crate::i18n::{Phrase, texts};

/// Why the ledger says no to a payer.
pub fn refusal(locale: Locale, refusal: &Refusal) -> Phrase {
    match refusal {
        Refusal::NotAllowed => texts::error_not_allowed(locale),
        Refusal::StepUp { needs: Level::FreshCard } => texts::pay_card_needed(locale),
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
        Refusal::OriginalUnknown => texts::office_correct_unknown(locale),
        Refusal::ExceedsOriginal { left } => texts::office_correct_exceeds(locale, left.get()),
        Refusal::CouponNotTaken { .. } => texts::shop_coupon_refused(locale),
        Refusal::CodeExpired => texts::code_expired(locale),
        Refusal::ShopClosed => texts::shop_closed(locale),
        Refusal::ExceedsCode { max } => texts::code_exceeds(locale, max.get()),
    }
}

/// Why a person's payment was not posted.
pub fn not_posted(locale: Locale, not: &NotPosted) -> Phrase {
    match not {
        NotPosted::SignedOut => texts::wallet_signed_out(locale),
        NotPosted::MemberUnknown => texts::error_account_unknown(locale),
        NotPosted::BudgetUnknown => texts::wallet_budget_unknown(locale),
        NotPosted::ShopUnknown => texts::shop_unknown(locale),
        NotPosted::CodeUnknown => texts::code_unknown(locale),
        NotPosted::NotAClerk => texts::error_not_allowed(locale),
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
        _ => not_posted(locale, not),
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

/// Why somebody's payment to a shop was not posted.
pub fn not_bought(locale: Locale, not: &NotPosted) -> Phrase {
    match not {
        NotPosted::Refused(Refusal::Insufficient { missing }) => texts::shop_pay_short(locale, missing.get()),
        _ => not_posted(locale, not),
    }
}

/// Why a shop was not paid with a code.
pub fn not_taken(locale: Locale, not: &NotPosted) -> Phrase {
    match not {
        NotPosted::Refused(Refusal::CommandReused) => texts::code_used(locale),
        NotPosted::Refused(Refusal::Insufficient { missing }) => texts::code_short(locale, missing.get()),
        _ => not_posted(locale, not),
    }
}

/// Why a shop did not give a payment back.
pub fn not_refunded(locale: Locale, not: &NotPosted) -> Phrase {
    match not {
        NotPosted::Refused(Refusal::OriginalUnknown) => texts::refund_unknown(locale),
        NotPosted::Refused(Refusal::ExceedsOriginal { left }) => texts::refund_exceeds(locale, left.get()),
        NotPosted::Refused(Refusal::Insufficient { missing }) => texts::refund_short(locale, missing.get()),
        _ => not_posted(locale, not),
    }
}

/// Why a shop was not registered or changed.
pub fn not_kept(locale: Locale, not: &NotPosted) -> Phrase {
    match not {
        NotPosted::MemberUnknown => texts::error_person_unknown(locale),
        _ => not_posted(locale, not),
    }
}

/// What a shop deals in.
pub fn trade(locale: Locale, trade: Trade) -> Phrase {
    match trade {
        Trade::Groceries => texts::shop_trade_groceries(locale),
        Trade::Dining => texts::shop_trade_dining(locale),
        Trade::Goods => texts::shop_trade_goods(locale),
        Trade::Baby => texts::shop_trade_baby(locale),
        Trade::Childcare => texts::shop_trade_childcare(locale),
        Trade::Pharmacy => texts::shop_trade_pharmacy(locale),
        Trade::Books => texts::shop_trade_books(locale),
        Trade::Transport => texts::shop_trade_transport(locale),
        Trade::Services => texts::shop_trade_services(locale),
    }
}

/// What a field is called where its page has no other word for it.
pub fn label(locale: Locale, field: Field) -> Phrase {
    match field {
        Field::Budget => texts::office_grant_budget(locale),
        Field::Entry => texts::office_correct_entry(locale),
        Field::Member => texts::office_grant_person(locale),
        Field::Amount => texts::office_grant_amount(locale),
        Field::Reason => texts::office_grant_reason(locale),
        Field::Name => texts::shops_name(locale),
        Field::Trade => texts::shop_trade(locale),
        Field::Shop => texts::shop_number(locale),
        Field::Code => texts::till_code(locale),
        Field::Tender => texts::shop_pay_with(locale),
    }
}

/// What is wrong with a field of that label.
pub fn field_error(locale: Locale, field: Field, error: FieldError, label: &Phrase) -> Phrase {
    match error {
        FieldError::Missing if matches!(field, Field::Budget | Field::Trade | Field::Tender) => {
            texts::error_missing_choice(locale, label)
        }
        FieldError::Missing => texts::error_missing(locale, label),
        FieldError::TooLong { max, got } => texts::error_too_long(locale, label, max.into(), got.into()),
        FieldError::Control => texts::error_control(locale, label),
        FieldError::IndividualNumber => texts::error_individual_number(locale, label),
        FieldError::Unknown if field == Field::Member => texts::error_account_unknown(locale),
        FieldError::Unknown if field == Field::Shop => texts::shop_unknown(locale),
        FieldError::Unknown => texts::error_unknown_choice(locale, label),
        FieldError::NotANumber => texts::error_not_number(locale, label),
        FieldError::Zero => texts::error_amount_zero(locale),
        FieldError::TooLarge => texts::error_amount_large(locale, shared::kernel::Points::MAX.get()),
        FieldError::NotAMember => texts::error_not_number_code(locale, label),
        FieldError::NotAShop => texts::shop_not_number(locale, label),
        FieldError::Damaged => texts::shop_code_damaged(locale),
        FieldError::Foreign => texts::shop_code_foreign(locale),
        FieldError::NotACode => texts::code_wrong(locale, label),
        FieldError::Above { max } => texts::error_above(locale, label, max),
    }
}
