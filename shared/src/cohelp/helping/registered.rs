//! What somebody who helps has registered, as it is kept.

use serde::{Deserialize, Serialize};

use crate::cohelp::matching::Profile;
use crate::cohelp::types::{AreaCode, Rules};

/// Somebody who helps, as registered (手伝う人の登録).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// The area they live in, by its code.
    pub area: AreaCode,
    /// The rest. Its square is that of the area when it was written; see [`Registered::profile`].
    pub profile: Profile,
}

impl Registered {
    /// The profile in the town as it is now; none if the area is no longer one of the town's.
    pub fn profile(&self, rules: &Rules) -> Option<Profile> {
        let home = *rules.areas.get(&self.area)?;
        Some(Profile { home, ..self.profile.clone() })
    }
}
