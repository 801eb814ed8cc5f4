//! What every object is to its host: bytes in, bytes out, and a waking call.

use shared::kernel::Fault;

/// An object as the host drives it. Host-free, so that a native test drives it the same way.
#[expect(async_fn_in_trait, reason = "one thread, no Send: both hosts are single-threaded")]
pub trait Serve {
    /// Answers one enveloped call.
    async fn tell(&self, message: &[u8]) -> Result<Vec<u8>, Fault>;
    /// Does what is due: the alarm rang. Late, double and needless rings are harmless.
    async fn ring(&self) -> Result<(), Fault>;
}
