//! How often identity may be asked from one address. Passkeys and 128-bit codes are not guessed; this keeps machines from
//! wearing out the Registry. It forgets everything with the object, and counts no account: nobody can lock out another.

use std::cell::RefCell;
use std::collections::BTreeMap;

use shared::identity::{AddressKey, Admission};
use shared::kernel::{Bucket, Timestamp};

/// The most addresses remembered.
const REMEMBERED_MAX: usize = 50_000;

/// What each address has used up.
#[derive(Default)]
pub struct Admissions(RefCell<BTreeMap<(Admission, AddressKey), Bucket>>);

impl Admissions {
    /// Lets one in; otherwise says after how many seconds.
    pub fn admit(&self, address: AddressKey, what: Admission, now: Timestamp) -> Result<(), u32> {
        let mut buckets = self.0.borrow_mut();
        if buckets.len() >= REMEMBERED_MAX {
            buckets.retain(|_, bucket| !bucket.is_full(now));
        }
        // Still too many: an attack from everywhere, where addresses say nothing. Everybody starts anew.
        if buckets.len() >= REMEMBERED_MAX {
            buckets.clear();
        }
        buckets.entry((what, address)).or_default().take(what.rate(), now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn key(number: u64) -> AddressKey {
        AddressKey::of(&format!("2001:db8:{:x}:{:x}::1", number >> 16, number & 0xffff)).unwrap()
    }

    #[test]
    fn each_address_and_each_kind_has_its_own() {
        let admissions = Admissions::default();
        let burst = Admission::Invitation.rate().burst;
        for _ in 0..burst {
            assert_eq!(admissions.admit(key(1), Admission::Invitation, NOW), Ok(()));
        }
        assert!(admissions.admit(key(1), Admission::Invitation, NOW).is_err());
        assert_eq!(admissions.admit(key(2), Admission::Invitation, NOW), Ok(()));
        assert_eq!(admissions.admit(key(1), Admission::Ceremony, NOW), Ok(()));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let admissions = Admissions::default();
        for number in 0..2 * REMEMBERED_MAX as u64 {
            assert_eq!(admissions.admit(key(number), Admission::Proof, NOW), Ok(()));
        }
        assert!(admissions.0.borrow().len() <= REMEMBERED_MAX);
    }
}
