//! Settlement (精算): what shops took becomes money in their bank accounts, on the days the schedule says.

mod bank;
mod kana;
mod schedule;
mod zengin;

pub use bank::{AccountNumber, AccountType, BankAccount, BankCode, BranchCode, CodeError, RemitterCode};
pub use kana::{Kana, KanaError};
pub use schedule::{CutOff, Due, Period, Schedule, ScheduleError};
pub use zengin::{LineEnd, Remitter, Transfer, ZenginError, write};
