//! Who keeps away from whom.

use serde::{Deserialize, Serialize};

use crate::kernel::{ApartId, PersonId, Timestamp};

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

impl Apart {
    /// Its name in forms: the ids of people are not for other people's eyes.
    pub fn id(&self) -> ApartId {
        ApartId::derive("cohelp.apart", &[*self.who.as_bytes(), *self.from.as_bytes()].concat())
    }
}
