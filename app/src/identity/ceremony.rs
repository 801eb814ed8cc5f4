//! Making a passkey and signing in with one, between an authenticator and the portal: no browser, no page.

use serde::{Deserialize, Serialize};
use shared::identity::{PasskeyName, Refusal};
use shared::kernel::TextError;
use shared::wire::{Tell, Told};

use crate::portal::{Portal, Unanswered};

/// Whoever keeps passkeys (認証器): options and answers are the JSON of WebAuthn L3 §5.1.
pub trait Authenticator {
    /// Makes a passkey.
    fn create(&self, options: &str) -> impl Future<Output = Result<String, Declined>>;

    /// Signs with a passkey.
    fn get(&self, options: &str) -> impl Future<Output = Result<String, Declined>>;

    /// Signs with a passkey that is chosen among the suggestions of a field: waits until one is, asks nothing by itself.
    fn suggest(&self, options: &str) -> impl Future<Output = Result<String, Declined>>;
}

/// Why an authenticator gives no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declined {
    /// The person stopped it, or waited too long.
    Cancelled,
    /// It knows no passkeys, or not of the kind we need.
    Unsupported,
    /// It has a passkey of ours already.
    Known,
    /// Anything else.
    Failed,
}

/// Why a ceremony came to nothing, as far as a person can do something about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Failure {
    Cancelled,
    Unsupported,
    AlreadyHere,
    NameTooLong,
    NameControl,
    SignedOut,
    Gone,
    Unfit,
    Unknown,
    TooMany,
    Unreachable,
    Busy,
    Stopped,
}

impl Failure {
    /// Every one.
    pub const ALL: [Self; 13] = [
        Self::Cancelled,
        Self::Unsupported,
        Self::AlreadyHere,
        Self::NameTooLong,
        Self::NameControl,
        Self::SignedOut,
        Self::Gone,
        Self::Unfit,
        Self::Unknown,
        Self::TooMany,
        Self::Unreachable,
        Self::Busy,
        Self::Stopped,
    ];
}

impl From<Declined> for Failure {
    fn from(declined: Declined) -> Self {
        match declined {
            Declined::Cancelled => Self::Cancelled,
            Declined::Unsupported => Self::Unsupported,
            Declined::Known => Self::AlreadyHere,
            Declined::Failed => Self::Unfit,
        }
    }
}

impl From<Unanswered> for Failure {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Unreachable => Self::Unreachable,
            Unanswered::Busy => Self::Busy,
            Unanswered::Malformed => Self::Unfit,
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::SignedOut | Refusal::LevelMissing => Self::SignedOut,
            Refusal::CeremonyGone | Refusal::InvitationGone => Self::Gone,
            Refusal::CeremonyFailed => Self::Unfit,
            Refusal::PasskeyUnknown => Self::Unknown,
            Refusal::TooManyPasskeys => Self::TooMany,
            Refusal::PasskeyKnown => Self::AlreadyHere,
            Refusal::Stopped => Self::Stopped,
            // Of staff and of the counter: no passkey is asked for there.
            Refusal::NotAllowed
            | Refusal::CodeGone
            | Refusal::CounterProofGone
            | Refusal::SecondOfficer
            | Refusal::PersonKnown
            | Refusal::MemberUnknown
            | Refusal::PersonOther
            | Refusal::CallerUnknown
            | Refusal::PhoneCallGone
            | Refusal::TooOften => Self::Unfit,
        }
    }
}

/// Makes a passkey of that name, or of the usual name if none was typed. Answers where to go.
pub async fn make(
    portal: &impl Portal,
    authenticator: &impl Authenticator,
    typed: &str,
    usual: &str,
) -> Result<String, Failure> {
    let name = name(typed, usual)?;
    let options = options(portal.tell(&Tell::StartPasskey).await?)?;
    let credential = authenticator.create(&options).await?;
    entered(portal.tell(&Tell::FinishPasskey { credential, name }).await?)
}

/// How a passkey is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// At once, by a dialog.
    Now,
    /// Among the suggestions of a field, whenever one is chosen.
    Suggesting,
}

/// Signs in with a passkey. `asking` is looked at when the options are there. Answers where to go.
pub async fn sign_in(
    portal: &impl Portal,
    authenticator: &impl Authenticator,
    asking: impl FnOnce() -> Asking,
    next: &str,
) -> Result<String, Failure> {
    let options = options(portal.tell(&Tell::StartSignIn).await?)?;
    let credential = match asking() {
        Asking::Now => authenticator.get(&options).await?,
        Asking::Suggesting => authenticator.suggest(&options).await?,
    };
    entered(portal.tell(&Tell::FinishSignIn { credential, next: next.to_owned() }).await?)
}

fn name(typed: &str, usual: &str) -> Result<String, Failure> {
    match PasskeyName::written(typed) {
        Ok(name) => Ok(name.as_str().to_owned()),
        Err(TextError::Empty) => Ok(usual.to_owned()),
        Err(TextError::TooLong { .. }) => Err(Failure::NameTooLong),
        Err(TextError::Control | TextError::IndividualNumber) => Err(Failure::NameControl),
    }
}

fn options(told: Told) -> Result<String, Failure> {
    match told {
        Told::Options(options) => Ok(options),
        other => Err(failure(&other)),
    }
}

fn entered(told: Told) -> Result<String, Failure> {
    match told {
        Told::Entered { next } => Ok(next),
        other => Err(failure(&other)),
    }
}

/// What an answer means that was not hoped for.
fn failure(told: &Told) -> Failure {
    match told {
        Told::Refused(refusal) => (*refusal).into(),
        Told::Options(_) | Told::Entered { .. } | Told::Ledger(_) | Told::Version(_) | Told::Malformed => {
            Failure::Unfit
        }
    }
}

#[cfg(test)]
mod tests;
