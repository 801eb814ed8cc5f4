//! Pages of identity: card proof, passkey, sign-in, わたし; and the islands that talk to authenticators.

pub mod ceremony;
mod islands;

pub use islands::{MakePasskey, NAME_FIELD, PasskeySignIn, Words};

#[cfg(feature = "ssr")]
mod certificate;
#[cfg(feature = "ssr")]
mod code;
#[cfg(feature = "ssr")]
mod counter;
#[cfg(feature = "ssr")]
mod devices;
#[cfg(feature = "ssr")]
mod invitation;
#[cfg(feature = "ssr")]
mod join;
#[cfg(feature = "ssr")]
mod log;
#[cfg(feature = "ssr")]
mod me;
#[cfg(feature = "ssr")]
mod notes;
#[cfg(feature = "ssr")]
mod passkey;
#[cfg(feature = "ssr")]
mod phone;
#[cfg(feature = "ssr")]
pub mod say;
#[cfg(feature = "ssr")]
mod sign_in;
#[cfg(feature = "ssr")]
mod sign_out;
#[cfg(feature = "ssr")]
mod staff;
#[cfg(feature = "ssr")]
mod wrong;

#[cfg(feature = "ssr")]
pub use self::{
    certificate::certificate,
    code::code,
    counter::{CounterForms, counter, counter_back},
    devices::{SessionsDone, remove_passkey, sessions},
    invitation::invitation,
    join::join,
    log::log,
    me::me,
    passkey::passkey,
    phone::{CallerInput, PhoneDone, caller},
    sign_in::sign_in,
    sign_out::{sign_out, signed_out},
    staff::{StaffDone, staff},
};

/// The seal of a form on the page.
#[cfg(feature = "ssr")]
fn seal(frame: &crate::frame::Frame<'_>) -> crate::design::form::Seal {
    crate::design::form::Seal { csrf: frame.csrf.to_owned(), command_id: frame.command.to_string() }
}
