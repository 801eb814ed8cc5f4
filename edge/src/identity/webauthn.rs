//! Passkey ceremonies (パスキーの登録とログイン) as pure functions: options and state out, verdict in.
//!
//! Nothing here reads a clock, a store or a request. The only thing taken from the host is the
//! randomness of the challenge, through `getrandom`. The caller keeps the state of a ceremony on
//! our side, tied to one browser, for minutes and for **one** use: a state that may be presented
//! twice makes an assertion replayable.
//!
//! Parsing, algorithms and the whole of signing in are webauthn-rs 0.6.2. Finishing a registration
//! is ours, because webauthn-rs reads the system clock there (only to check attestation chains
//! that we never ask for) and the wasm32 host has none: it would panic. [`registration`] holds that
//! verdict; `differential` proves it equal to webauthn-rs' own over good and mutated ceremonies.
//!
//! Policy, the same for everybody: discoverable credentials, user verification required, no
//! attestation asked for, ES256, ES384 and RS256, exactly one origin.

mod attestation;
mod error;
mod passkey;
mod registration;
mod relying_party;
mod sign_in;
#[cfg(any(test, feature = "soft-authenticator"))]
pub mod soft;

#[cfg(test)]
mod differential;
#[cfg(test)]
mod fuzz;
#[cfg(any(test, feature = "fuzz"))]
#[cfg_attr(not(test), expect(dead_code, reason = "a fuzzer needs less of it than the tests"))]
pub(crate) mod support;

pub use error::CeremonyError;
pub use passkey::{StoredPasskey, Transport};
pub use registration::{finish_registration, start_registration};
pub use relying_party::RelyingParty;
pub use sign_in::{SignedIn, finish_sign_in, identify, start_sign_in};

/// The text handed to the browser: the JSON of `{"publicKey": …}` (WebAuthn L3 §5.4, §5.5), whose
/// inner object `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON` takes.
pub type OptionsJson = String;

/// The state of a running ceremony, to be kept on our side, used once and then forgotten.
pub type CeremonyState = Vec<u8>;
