//! How often something may be done (流量制限): so much at once, and then as it comes back.

use super::Timestamp;

/// A rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How often at once.
    pub burst: u32,
    /// After how many milliseconds once more.
    pub every_ms: i64,
}

/// What one address or person has used up of a rate: the generic cell rate algorithm (ITU-T I.371), a single number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bucket {
    /// When everything is back, in milliseconds.
    full_at: i64,
}

impl Bucket {
    /// Whether once more may be done now; otherwise after how many seconds. Takes nothing.
    pub fn look(self, rate: Rate, now: Timestamp) -> Result<(), u32> {
        let others_ms = rate.every_ms.saturating_mul(i64::from(rate.burst.saturating_sub(1)));
        let wait_ms = self.owed_ms(rate, now).saturating_sub(others_ms);
        if wait_ms <= 0 { Ok(()) } else { Err(seconds(wait_ms)) }
    }

    /// Takes one, if there is one.
    pub fn take(&mut self, rate: Rate, now: Timestamp) -> Result<(), u32> {
        let owed_ms = self.owed_ms(rate, now);
        self.full_at = now.0.saturating_add(owed_ms);
        self.look(rate, now)?;
        self.full_at = self.full_at.saturating_add(rate.every_ms);
        Ok(())
    }

    /// Until everything is back. Never more than everything: a clock that is set back locks nobody out.
    fn owed_ms(self, rate: Rate, now: Timestamp) -> i64 {
        let everything_ms = rate.every_ms.saturating_mul(i64::from(rate.burst));
        self.full_at.saturating_sub(now.0).clamp(0, everything_ms.max(0))
    }

    /// Whether it is as if nothing had been done.
    pub const fn is_full(self, now: Timestamp) -> bool {
        self.full_at <= now.0
    }
}

/// Whole seconds, rounded up: who waits that long is not refused again.
const fn seconds(ms: i64) -> u32 {
    let seconds = ms.saturating_add(999) / 1000;
    if seconds > u32::MAX as i64 { u32::MAX } else { seconds as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { burst: 3, every_ms: 2_500 };

    #[test]
    fn a_burst_and_then_as_it_comes_back() {
        let (mut bucket, start) = (Bucket::default(), 1_800_000_000_000);
        let mut at = |ms: i64| bucket.take(RATE, Timestamp(start + ms));
        assert_eq!([at(0), at(0), at(0)], [Ok(()); 3]);
        assert_eq!([at(0), at(1_600), at(2_499)], [Err(3), Err(1), Err(1)]);
        assert_eq!([at(2_500), at(2_500)], [Ok(()), Err(3)]);
        assert_eq!([at(100_000), at(100_000), at(100_000), at(100_000)], [Ok(()), Ok(()), Ok(()), Err(3)]);
    }

    #[test]
    fn who_waits_as_long_as_told_is_let_in() {
        for every_ms in [1, 999, 1_000, 1_001, 60_000] {
            let (rate, mut bucket, now) = (Rate { burst: 2, every_ms }, Bucket::default(), 1_800_000_000_000);
            while bucket.take(rate, Timestamp(now)).is_ok() {}
            let seconds = bucket.look(rate, Timestamp(now)).unwrap_err();
            assert_eq!(bucket.look(rate, Timestamp(now + i64::from(seconds) * 1000)), Ok(()), "{every_ms}");
        }
    }

    #[test]
    fn no_clock_and_no_rate_makes_it_fail() {
        for now in [i64::MIN, -1, 0, i64::MAX] {
            for rate in [RATE, Rate { burst: 0, every_ms: i64::MAX }, Rate { burst: u32::MAX, every_ms: i64::MAX }] {
                let mut bucket = Bucket::default();
                let _ = (
                    bucket.take(rate, Timestamp(now)),
                    bucket.take(rate, Timestamp(0)),
                    bucket.is_full(Timestamp(now)),
                );
            }
        }
    }

    #[test]
    fn a_clock_set_back_locks_nobody_out() {
        let mut bucket = Bucket::default();
        while bucket.take(RATE, Timestamp(1_000_000_000)).is_ok() {}
        let back = Timestamp(900_000);
        assert_eq!(bucket.take(RATE, back), Err(3));
        assert_eq!(bucket.take(RATE, Timestamp(back.0 + 3_000)), Ok(()));
    }
}
