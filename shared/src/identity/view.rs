//! What pages show of identity.

use serde::{Deserialize, Serialize};

use crate::kernel::{Actor, CredentialRef, MemberNumber, Name, SessionId, Timestamp};

use super::{Device, PasskeyName};

/// Who visits, as far as a page's frame needs to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visitor {
    /// The person, their roles and the session's assurance.
    pub actor: Actor,
    /// Their name.
    pub name: Name,
    /// Their member number.
    pub member: MemberNumber,
    /// How many lines of their log they are told of and have not said to have seen.
    pub news: u32,
}

/// One passkey in the list at わたし.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyLine {
    /// Our short name for it.
    pub id: CredentialRef,
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
    /// Whether this session may add or remove passkeys now, or has to show one first.
    pub may_change: bool,
}

/// One session in the list at わたし.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLine {
    /// Which: a digest, of no use without the secret it is of.
    pub id: SessionId,
    /// Where it began.
    pub device: Device,
    /// When it began.
    pub since: Timestamp,
    /// When it last was used, to the minute or so.
    pub seen_at: Timestamp,
    /// From where, as far as it can be told.
    pub place: Place,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// Where a session began, seen from the session that asks. No more is kept of an address than is needed to tell this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// On the same line or network.
    Here,
    /// On another one.
    Elsewhere,
    /// Nobody trusted said where.
    Unknown,
}

/// The page サインイン中の端末.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionsPage {
    /// Who.
    pub visitor: Visitor,
    /// Live sessions: the one that asks first, then by when they were used.
    pub sessions: Vec<SessionLine>,
}
