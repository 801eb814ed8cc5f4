//! Where somebody's pages of co-help are: at their own addresses, or, where an operator goes through them in the name of who
//! rings, at those of the call.

use shared::identity::Behalf;
use shared::kernel::{JobId, PhoneCallId};

/// The addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ways(pub Option<PhoneCallId>);

impl Ways {
    /// The addresses in that name.
    pub fn of(behalf: Option<&Behalf>) -> Self {
        Self(behalf.map(|behalf| behalf.call))
    }

    /// All their jobs.
    pub fn list(self) -> String {
        self.0.map_or_else(|| "/help".to_owned(), |call| format!("/desk/call/{call}"))
    }

    /// The form for a request.
    pub fn request(self) -> String {
        self.0.map_or_else(|| "/help/new".to_owned(), |call| format!("/desk/call/{call}/new"))
    }

    /// One of them.
    pub fn job(self, job: JobId) -> String {
        self.0.map_or_else(|| format!("/help/{job}"), |call| format!("/desk/call/{call}/help/{job}"))
    }
}
