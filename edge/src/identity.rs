//! Who somebody is at the edge: card proof, passkeys, sessions.

pub mod oidc;
