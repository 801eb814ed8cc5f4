//! Who somebody is: card proof, passkeys, sessions (本人確認とサインイン).
//!
//! One person has one account, found again by an HMAC of what the card issuer says; the 12-digit
//! 個人番号 has no place here. Rules only: cryptography and storage live in the edge.

mod admission;
mod certificate;
mod counter;
mod decide;
mod device;
mod input;
mod log;
mod phone;
mod refusal;
mod staff;
mod types;
mod view;
mod wire;

pub use admission::{AddressKey, Admission};
pub use certificate::{CertificateFlaw, CertificatePage, CertificateSays, Marked, Revocation, Substitutes};
pub use counter::{
    CounterAct, CounterAim, CounterCode, CounterCodeError, CounterLine, CounterPage, CounterProof, Evidence,
    may_prove_at_counter, staff_may,
};
pub use decide::{
    Welcome, may_change_passkeys, may_end_sessions, present_card, present_code, present_invitation, session_is_alive,
    touch_is_due,
};
pub use device::{Browser, Device, System};
pub use input::{CallerForm, Field, FieldError, FieldErrors, InviteForm, RecoverForm, RegisterForm};
pub use log::{LogAct, LogKind, LogLine, LogPage, OfficeAct, Staff, log_hash};
pub use phone::{Behalf, PhoneCall, Telephone, TelephoneError, may_take_calls};
pub use refusal::Refusal;
pub use staff::{
    INVITATION_SECONDS, Invitation, StaffAct, StaffChange, StaffLine, StaffPage, may_administer, may_change_staff,
};
pub use types::{
    CardAttributes, CardKey, Ceremony, CeremonyKind, Gender, NetworkKey, NextPath, Passkey, PasskeyName, Person,
    Session,
};
pub use view::{Me, PasskeyLine, Place, SessionLine, SessionsPage, Visitor};
pub use wire::{
    Answer, Call, CardFailure, Draft, Ending, Entered, LogsChecked, Look, Note, Seen, StartedCard, Token, Whence,
};
