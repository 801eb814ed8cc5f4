//! Who somebody is: card proof, passkeys, sessions (本人確認とサインイン).
//!
//! One person has one account, found again by an HMAC of what the card issuer says; the 12-digit
//! 個人番号 has no place here. Rules only: cryptography and storage live in the edge.

mod admission;
mod decide;
mod device;
mod log;
mod refusal;
mod types;
mod view;
mod wire;

pub use admission::{AddressKey, Admission};
pub use decide::{
    Welcome, may_change_passkeys, may_end_sessions, present_card, present_invitation, session_is_alive, touch_is_due,
};
pub use device::{Browser, Device, System};
pub use log::{LogAct, LogLine, LogPage, log_hash};
pub use refusal::Refusal;
pub use types::{
    CardAttributes, CardKey, Ceremony, CeremonyKind, Gender, NextPath, Passkey, PasskeyName, Person, Session,
};
pub use view::{Me, PasskeyLine, SessionLine, SessionsPage, Visitor};
pub use wire::{Answer, Call, CardFailure, Draft, Ending, Entered, Look, Seen, StartedCard, Token};
