//! What somebody who helps has registered, as it is kept.

use serde::{Deserialize, Serialize};

use crate::cohelp::matching::Profile;
use crate::cohelp::types::{AreaCode, Rules};
use crate::kernel::{HelperId, PersonId};

/// Somebody who helps, as registered (手伝う人の登録).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// The area they live in, by its code.
    pub area: AreaCode,
    /// The rest. Its square is that of the area when it was written; see [`Registered::profile`].
    pub profile: Profile,
}

/// The name the centre has for somebody who helps: it follows from their id and leads back to it only where they are
/// registered.
pub fn helper_id(person: PersonId) -> HelperId {
    HelperId::derive("cohelp.helper", person.as_bytes())
}

impl Registered {
    /// The name the centre has for them.
    pub fn id(&self) -> HelperId {
        helper_id(self.profile.person)
    }

    /// The profile in the town as it is now; none if the area is no longer one of the town's.
    pub fn profile(&self, rules: &Rules) -> Option<Profile> {
        let home = *rules.areas.get(&self.area)?;
        Some(Profile { home, ..self.profile.clone() })
    }
}
