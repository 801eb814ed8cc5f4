//! Sentences of identity: why something did not happen, that nothing was lost, and what to do.

use shared::identity::{CardFailure, Refusal};
use shared::kernel::Locale;

use super::ceremony::Failure;
use super::islands::Words;
use crate::i18n::{Phrase, texts};

/// Why identity says no.
pub fn refusal(locale: Locale, refusal: Refusal) -> Phrase {
    match refusal {
        Refusal::SignedOut => texts::join_passkey_signed_out(locale),
        Refusal::CeremonyGone => texts::signin_gone(locale),
        Refusal::CeremonyFailed => texts::signin_unfit(locale),
        Refusal::PasskeyUnknown => texts::signin_unknown(locale),
        Refusal::TooManyPasskeys => texts::join_passkey_many(locale),
        Refusal::InvitationGone => texts::office_invite_used(locale),
        Refusal::LevelMissing => texts::error_level(locale),
        Refusal::PasskeyKnown => texts::join_passkey_exists(locale),
        Refusal::NotAllowed => texts::error_counter_not(locale),
        Refusal::Stopped => texts::error_stopped(locale),
        Refusal::CodeGone => texts::error_code_gone(locale),
        Refusal::CounterProofGone => texts::error_counter_gone(locale),
        Refusal::SecondOfficer => texts::error_second_officer(locale),
        Refusal::PersonKnown => texts::error_person_known(locale),
        Refusal::MemberUnknown => texts::error_person_unknown(locale),
        Refusal::PersonOther => texts::error_person_other(locale),
        Refusal::CallerUnknown => texts::error_caller_unknown(locale),
        Refusal::PhoneCallGone => texts::error_call_gone(locale),
        Refusal::TooOften => texts::error_call_often(locale),
    }
}

/// Why a card proof ended without a session: a heading, and what to do.
pub fn card_failure(locale: Locale, failure: CardFailure) -> (Phrase, Phrase) {
    match failure {
        CardFailure::Cancelled => (texts::join_outcome_cancelled_title(locale), texts::join_outcome_cancelled(locale)),
        CardFailure::IssuerError => (texts::join_outcome_issuer_title(locale), texts::join_outcome_issuer(locale)),
        CardFailure::Mismatch => (texts::join_outcome_unfit_title(locale), texts::join_outcome_unfit(locale)),
        CardFailure::Gone => (texts::join_outcome_gone_title(locale), texts::join_outcome_gone(locale)),
        CardFailure::Revoked => (texts::join_outcome_revoked_title(locale), texts::join_outcome_revoked(locale)),
        CardFailure::OtherPerson => (texts::join_outcome_other_title(locale), texts::join_outcome_other(locale)),
        CardFailure::Stopped => (texts::join_outcome_stopped_title(locale), texts::join_outcome_stopped(locale)),
        CardFailure::KnownAtCounter => (texts::join_outcome_counter_title(locale), texts::join_outcome_counter(locale)),
    }
}

/// What the island that makes a passkey may say.
pub(super) fn making(locale: Locale) -> Words {
    let say = |failure| match failure {
        Failure::Cancelled => texts::join_passkey_failed(locale),
        Failure::Unsupported => texts::join_passkey_unsupported(locale),
        Failure::AlreadyHere => texts::join_passkey_exists(locale),
        Failure::NameTooLong => texts::join_passkey_name_long(locale),
        Failure::NameControl => texts::join_passkey_name_control(locale),
        Failure::SignedOut => texts::join_passkey_signed_out(locale),
        Failure::Gone => texts::join_passkey_gone(locale),
        Failure::Unfit | Failure::Unknown => texts::join_passkey_unfit(locale),
        Failure::TooMany => texts::join_passkey_many(locale),
        Failure::Unreachable => texts::join_passkey_unreachable(locale),
        Failure::Busy => texts::error_many(locale, 60),
        Failure::Stopped => texts::error_stopped(locale),
    };
    Words {
        action: texts::join_passkey_action(locale),
        working: texts::join_passkey_working(locale),
        failed: texts::join_passkey_failed_title(locale),
        failures: Failure::ALL.into_iter().map(|failure| (failure, say(failure))).collect(),
    }
}

/// What the island that signs in may say.
pub(super) fn signing_in(locale: Locale) -> Words {
    let say = |failure| match failure {
        Failure::Cancelled | Failure::SignedOut => texts::signin_failed(locale),
        Failure::Unsupported => texts::signin_unsupported(locale),
        Failure::Gone => texts::signin_gone(locale),
        Failure::Unknown => texts::signin_unknown(locale),
        Failure::Unreachable => texts::join_passkey_unreachable(locale),
        Failure::Busy => texts::error_many(locale, 60),
        Failure::Stopped => texts::error_stopped(locale),
        Failure::Unfit | Failure::AlreadyHere | Failure::TooMany | Failure::NameTooLong | Failure::NameControl => {
            texts::signin_unfit(locale)
        }
    };
    Words {
        action: texts::signin_action(locale),
        working: texts::signin_working(locale),
        failed: texts::signin_failed_title(locale),
        failures: Failure::ALL.into_iter().map(|failure| (failure, say(failure))).collect(),
    }
}
