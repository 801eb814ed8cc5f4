//! A citizen's side of the portal, for load and crash runs: the real flows over HTTP, no page rendered.
//!
//! [`browser`] is a cookie jar that follows redirects, [`people`] proves a card, makes a passkey, opens a staff link,
//! grants; [`help`] asks, offers and thanks; [`pay`] is the one act that must cost the caller next to nothing; [`http`]
//! is the wire under all of them.

pub mod browser;
pub mod help;
pub mod http;
pub mod pay;
pub mod people;

/// A passkey device, shared with the tests of the ceremonies.
#[allow(dead_code, reason = "its other half makes the dishonest answers of the ceremonies' tests")]
#[path = "../../edge/src/identity/webauthn/soft.rs"]
pub mod soft;

pub use pay::Payer;
pub use people::Person;
