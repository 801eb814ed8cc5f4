//! What somebody has used up of a rate, remembered by an object as long as it lives: who comes back after a restart begins anew.

use std::cell::RefCell;
use std::collections::BTreeMap;

use shared::kernel::{Bucket, Rate, Timestamp};

/// The most that are remembered.
const REMEMBERED_MAX: usize = 50_000;

/// A bucket for each key.
pub struct Buckets<K>(RefCell<BTreeMap<K, Bucket>>);

impl<K> Default for Buckets<K> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<K: Ord> Buckets<K> {
    /// Whether once more may be done; otherwise after how many seconds. Takes nothing.
    pub fn look(&self, key: &K, rate: Rate, now: Timestamp) -> Result<(), u32> {
        self.0.borrow().get(key).copied().unwrap_or_default().look(rate, now)
    }

    /// Takes one, if there is one; otherwise says after how many seconds there is.
    pub fn take(&self, key: K, rate: Rate, now: Timestamp) -> Result<(), u32> {
        let mut buckets = self.0.borrow_mut();
        if buckets.len() >= REMEMBERED_MAX {
            buckets.retain(|_, bucket| !bucket.is_full(now));
        }
        // Still too many: an attack from everywhere, where it says nothing who it comes from. Everybody begins anew.
        if buckets.len() >= REMEMBERED_MAX {
            buckets.clear();
        }
        buckets.entry(key).or_default().take(rate, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);
    const RATE: Rate = Rate { burst: 2, every_ms: 1_000 };

    #[test]
    fn each_has_its_own() {
        let buckets = Buckets::default();
        assert_eq!([1, 1, 1, 2].map(|key| buckets.take(key, RATE, NOW)), [Ok(()), Ok(()), Err(1), Ok(())]);
        assert_eq!([1, 2, 3].map(|key| buckets.look(&key, RATE, NOW)), [Err(1), Ok(()), Ok(())]);
        assert_eq!(buckets.take(1, RATE, NOW.plus_seconds(1)), Ok(()));
    }

    #[test]
    fn what_is_remembered_is_bounded_and_first_forgets_who_waited() {
        let buckets = Buckets::default();
        for key in 0..REMEMBERED_MAX - 1 {
            assert_eq!(buckets.take(key, RATE, NOW), Ok(()));
        }
        let later = NOW.plus_seconds(1);
        let busy = REMEMBERED_MAX;
        assert_eq!([busy, busy, busy].map(|key| buckets.take(key, RATE, later)), [Ok(()), Ok(()), Err(1)]);
        assert_eq!(buckets.0.borrow().len(), 1);
        for key in 0..2 * REMEMBERED_MAX {
            assert_eq!(buckets.take(REMEMBERED_MAX + 1 + key, RATE, later), Ok(()));
        }
        assert!(buckets.0.borrow().len() <= REMEMBERED_MAX);
    }
}
