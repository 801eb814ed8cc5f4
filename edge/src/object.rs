//! What every object is to its host: bytes in, bytes out, and a waking call.

use shared::kernel::Fault;

/// Who calls an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// The portal, for a person whose session comes with the call. It is the process that listens to the world.
    Portal,
    /// Another object. Only these may speak of people and accounts without a session.
    Object,
}

/// An object as the host drives it. Host-free, so that a native test drives it the same way.
#[expect(async_fn_in_trait, reason = "one thread, no Send: both hosts are single-threaded")]
pub trait Serve {
    /// Answers one enveloped call.
    async fn tell(&self, caller: Caller, message: &[u8]) -> Result<Vec<u8>, Fault>;
    /// Does what is due: the alarm rang. Late, double and needless rings are harmless.
    async fn ring(&self) -> Result<(), Fault>;
}
