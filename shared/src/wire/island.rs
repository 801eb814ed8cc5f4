//! What islands in the browser say to the edge, over `POST /tell` and `POST /ask`.

use serde::{Deserialize, Serialize};

use crate::identity;
use crate::kernel::CommandId;

use super::ledger::{LedgerTell, NotPosted, Posted};

/// An act. Grows at the end only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tell {
    /// Begin making a passkey.
    StartPasskey,
    /// Finish making a passkey.
    FinishPasskey {
        /// The authenticator's answer as JSON.
        credential: String,
        /// What to call it.
        name: String,
    },
    /// Begin a sign-in.
    StartSignIn,
    /// Finish a sign-in.
    FinishSignIn {
        /// The authenticator's answer as JSON.
        credential: String,
        /// Where to go afterwards.
        next: String,
    },
    /// Move points.
    Ledger {
        /// Makes a repeat harmless.
        command: CommandId,
        /// What.
        tell: LedgerTell,
    },
}

/// A question. Grows at the end only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ask {
    /// Which version answers?
    Version,
}

/// The answer to either. Grows at the end only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// Options for the authenticator, as JSON.
    Options(String),
    /// Signed in; go there.
    Entered {
        /// A path of ours.
        next: String,
    },
    /// Identity says no.
    Refused(identity::Refusal),
    /// Points moved, or why not.
    Ledger(Result<Posted, NotPosted>),
    /// The version.
    Version(String),
    /// Not understood.
    Malformed,
}
