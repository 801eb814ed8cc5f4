//! Identity from end to end: a browser, an issuer, the Registry.

mod card;
mod devices;
mod interrupted;
mod log;
mod parallel;
mod passkeys;
mod sessions;

use crate::testing::Deployment;
use crate::world::Object;

/// How many persons, passkeys, ceremonies and sessions are kept.
fn kept(deployment: &Deployment) -> [usize; 4] {
    ["person", "passkey", "ceremony", "session"].map(|table| deployment.count(Object::Registry, table))
}
