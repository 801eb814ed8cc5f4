//! What the edge may do besides thinking: read the clock, draw randomness, call an object, send a
//! request. Everything above the host is written against this trait, so it runs natively in tests.

use shared::kernel::{Fault, JobId, SessionId, Shard, Shards, Timestamp};

use crate::settings::Settings;

/// The objects: each one consistency domain with its own database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    /// Identity: persons, passkeys, ceremonies, sessions.
    Registry,
    /// A book of the ledger.
    Ledger(Shard),
    /// Everything else of the municipality; in this release, co-help.
    Town,
}

impl Object {
    /// The ledger, or the first of its books: whoever asks about a person asks here.
    pub const LEDGER: Self = Self::Ledger(Shard::FIRST);

    /// Every object, with a ledger in one book.
    pub const ALL: [Self; 3] = [Self::Registry, Self::LEDGER, Self::Town];

    /// Every object, with a ledger in so many books.
    pub fn all(shards: Shards) -> impl Iterator<Item = Self> {
        let others = shards.all().filter(|shard| *shard != Shard::FIRST).map(Self::Ledger);
        Self::ALL.into_iter().chain(others)
    }

    /// The domain in the object's id (`municipality/domain[/shard]`).
    pub const fn domain(self) -> &'static str {
        match self {
            Self::Registry => "registry",
            Self::Ledger(shard) => match shard.number() {
                1 => "ledger/1",
                2 => "ledger/2",
                3 => "ledger/3",
                4 => "ledger/4",
                5 => "ledger/5",
                6 => "ledger/6",
                7 => "ledger/7",
                _ => "ledger",
            },
            Self::Town => "town",
        }
    }
}

/// Somebody who wants to listen to the Town.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ear {
    /// By which session.
    pub session: SessionId,
    /// The number of the last change they know of.
    pub after: u64,
    /// In which job they are one of the two; an operator, if none is named.
    pub about: Option<JobId>,
}

/// Somebody who listens to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listener {
    /// The number of the last change they know of.
    pub heard: u64,
    /// Since when they listen: since then it is known who they are.
    pub since: Timestamp,
    /// Of which job: one of its two. Of everything the desk has to do with, if none: an operator.
    pub about: Option<JobId>,
}

/// Whom to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody who listens.
    All,
    /// The operators.
    Desk,
    /// The two of that job.
    Job(JobId),
}

impl Audience {
    /// Whether the listener is of them.
    pub fn has(self, listener: &Listener) -> bool {
        match self {
            Self::All => true,
            Self::Desk => listener.about.is_none(),
            Self::Job(job) => listener.about == Some(job),
        }
    }
}

/// What a listener is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Nothing is new to them.
    Nothing,
    /// What is.
    News {
        /// In words of the protocol.
        text: String,
        /// The number of the last change of it.
        heard: u64,
    },
    /// To come again, and say once more who they are.
    Goodbye,
}

/// A request to a server outside: the card issuer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Where to.
    pub url: String,
    /// `Authorization: Bearer …`, if any.
    pub bearer: Option<String>,
    /// A form body makes it a POST.
    pub form: Option<String>,
}

/// Its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// HTTP status.
    pub status: u16,
    /// The body, at most [`Incoming::BYTES_MAX`].
    pub body: Vec<u8>,
}

impl Incoming {
    /// The largest answer that is read.
    pub const BYTES_MAX: usize = 64 * 1024;
}

/// The host, as the rest of the edge sees it.
#[expect(async_fn_in_trait, reason = "one thread, no Send: both hosts are single-threaded")]
pub trait World {
    /// The present moment, with the demo's offset in it.
    fn now(&self) -> Timestamp;
    /// Fresh randomness from a cryptographic source.
    fn random<const N: usize>(&self) -> [u8; N];
    /// The deployment's settings.
    fn settings(&self) -> &Settings;
    /// Calls an object with an enveloped message.
    async fn call(&self, object: Object, message: Vec<u8>) -> Result<Vec<u8>, Fault>;
    /// The same for a message, or an answer, that is too large to travel with others.
    async fn call_alone(&self, object: Object, message: Vec<u8>) -> Result<Vec<u8>, Fault> {
        self.call(object, message).await
    }
    /// Sends a request outside.
    async fn send(&self, outgoing: Outgoing) -> Result<Incoming, Fault>;
    /// Wakes the object at that moment, at the earliest; only objects are woken.
    async fn wake_at(&self, at: Timestamp) -> Result<(), Fault>;
    /// Tells those who listen to this object what there is for them; portals have nobody.
    fn tell_each(&self, whom: Audience, tell: impl FnMut(Listener) -> Result<Told, Fault>) -> Result<(), Fault>;
    /// Logs a fault, once, where it is handled. Never given personal data.
    fn log(&self, fault: &Fault);
    /// Moves the demo's clock; kept by the object.
    fn set_clock_offset(&self, offset_ms: i64);
}
