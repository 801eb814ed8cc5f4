//! What pages show of identity.

use serde::{Deserialize, Serialize};

use crate::kernel::{Actor, MemberNumber, Name, Timestamp};

use super::PasskeyName;

/// Who visits, as far as a page's frame needs to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visitor {
    /// The person, their roles and the session's assurance.
    pub actor: Actor,
    /// Their name.
    pub name: Name,
    /// Their member number.
    pub member: MemberNumber,
}

/// One passkey in the list at わたし.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyLine {
    /// What the person calls it.
    pub name: PasskeyName,
    /// Whether it may live on several devices.
    pub synced: bool,
    /// When it was made.
    pub since: Timestamp,
    /// When it last signed in.
    pub used_at: Option<Timestamp>,
}

/// The page わたし.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Who.
    pub visitor: Visitor,
    /// Their address, as the card gave it; staff accounts have none.
    pub address: Option<String>,
    /// Their passkeys.
    pub passkeys: Vec<PasskeyLine>,
}
