//! The Registry: who somebody is. Card proof, passkeys, sessions, and the tables behind them.

mod card;
mod certificate;
mod counter;
mod drafts;
pub mod jpki;
mod keyed;
mod log;
mod member;
pub mod object;
pub mod oidc;
mod passkeys;
mod phone;
mod rotation;
pub mod seal;
pub mod secrets;
mod sessions;
mod staff;
pub mod store;
#[cfg(any(feature = "selftest", all(test, feature = "bench")))]
pub mod trial;
pub mod webauthn;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
