//! Nouns that all slices share, each with its bounds. Uses nothing of ours.

mod actor;
mod calendar;
mod category;
mod code;
mod digest;
mod digit;
mod fault;
mod id;
mod individual_number;
mod language;
pub mod limit;
mod locale;
mod member;
mod mesh;
mod picture;
mod points;
mod rate;
mod shard;
mod shop;
mod text;
mod time;

pub use actor::{Actor, Assurance, Level, Proof, Role, Roles, SignIn};
pub use calendar::Holiday;
pub use category::Category;
pub use code::{typed_code, write_code};
pub use digest::{Digest, digest};
pub use digit::{digit, digits};
pub use fault::Fault;
pub use id::{
    AccountId, ApartId, CeremonyId, CommandId, ConcernId, CounterProofId, CredentialRef, HelperId, HoldId, IdError,
    InvitationId, JobId, OfferId, PersonId, PhoneCallId, PhotoId, SessionId,
};
pub use individual_number::holds_individual_number;
pub use language::Language;
pub use locale::Locale;
pub use member::{MemberNumber, MemberNumberError, Name};
pub use mesh::{Mesh, MeshError};
pub use picture::{Picture, PictureError, PictureFormat, Size};
pub use points::{Points, PointsError};
pub use rate::{Bucket, Rate};
pub use shard::{Shard, Shards, ShardsError};
pub use shop::{ShopNumber, ShopNumberError, Trade};
pub use text::{Line, Prose, TextError};
pub use time::{Civil, Day, DayError, Month, Timestamp, Weekday};

/// What every decision is given beside the state: who asks, when, and under which command id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// Who asks, checked against the session.
    pub actor: Actor,
    /// The moment of the decision. Rules never read a clock.
    pub now: Timestamp,
    /// Names the command: repeating it repeats the answer, never the effect.
    pub command: CommandId,
}
