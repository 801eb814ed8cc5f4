//! Who keeps away from whom.

use serde::{Deserialize, Serialize};

use crate::kernel::{PersonId, Timestamp};

/// Somebody does not want to meet somebody (ブロック). It holds for both ways, and only the first of the two knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// Who said so.
    pub who: PersonId,
    /// Whom they keep away from.
    pub from: PersonId,
    /// Since when.
    pub at: Timestamp,
}
