//! How long to wait between tries.

/// How long to wait before the next try, in seconds: twice as long each time, at most `longest`.
pub(super) const fn doubling_seconds(attempts: u32, longest: i64) -> i64 {
    if attempts < 32 && 1_i64 << attempts < longest { 1_i64 << attempts } else { longest }
}
