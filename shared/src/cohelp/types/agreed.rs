//! What holds between the two from the moment the points are set aside until the help begins.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Agreement, Dispute, Note, Reports, Side, Sides};
use crate::kernel::{HoldId, PersonId, Timestamp, digest};

/// An agreement with its points set aside, and what has come of it so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// With whom.
    pub agreement: Agreement,
    /// Since when the points are set aside.
    pub agreed_at: Timestamp,
    /// Whether the two know each other.
    pub introduction: Introduction,
    /// The insurance notice.
    pub notice: Option<Notice>,
    /// The last word of each about being late.
    pub late: Sides<Late>,
    /// Whether the help has begun.
    pub check_in: CheckIn,
    /// What the two say came of it.
    pub reports: Reports,
    /// What the centre had to decide, once that is over.
    pub disputed: Option<Dispute>,
}

/// The first meeting, with the centre (三者面談): people who will be alone with each other are introduced first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Introduction {
    /// The two have worked together before, or the municipality does not ask for it.
    NotNeeded,
    /// To be held before the help begins.
    Needed,
    /// Held.
    Held {
        /// The operator who was there.
        by: PersonId,
        /// When it was written down.
        at: Timestamp,
    },
}

/// The notice to the centre before the help begins: without it the insurance does not cover the help (活動前の連絡).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Which of the two gave it; the centre's own word if neither.
    pub by: Option<Side>,
    /// When.
    pub at: Timestamp,
}

/// The most minutes one can announce to be late.
pub const LATE_MINUTES_MAX: u16 = 120;

/// "I will be late" (遅れます).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Late {
    /// In how many minutes they come, counted from when it was said.
    pub minutes: u16,
    /// When it was said.
    pub at: Timestamp,
}

impl Late {
    /// When they come.
    pub const fn comes_at(self) -> Timestamp {
        self.at.plus_seconds(self.minutes as i64 * 60)
    }
}

/// Whether the help has begun (開始の確認).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CheckIn {
    /// Not yet.
    Waiting,
    /// Yes.
    Done(Checked),
}

/// How it is known that the help has begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// When it was said.
    pub at: Timestamp,
    /// The operator who wrote it down, and why; none where the helper gave the code.
    pub by_centre: Option<(PersonId, Note)>,
}

/// Four digits that the requester sees and tells the helper at the door (開始番号): who knows them has met.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct CheckInCode(u16);

/// Not four digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not four digits")]
pub struct CheckInCodeError;

impl CheckInCode {
    const COUNT: u16 = 10_000;

    /// The code of an agreement. The hold's id follows from the requester's form, which the helper never sees.
    pub fn of(hold: HoldId) -> Self {
        let [first, second, third, fourth, ..] = digest(&[b"cohelp.check_in", hold.as_bytes()]);
        let number = u32::from_be_bytes([first, second, third, fourth]) % u32::from(Self::COUNT);
        Self(u16::try_from(number).unwrap_or_default())
    }
}

impl TryFrom<u16> for CheckInCode {
    type Error = CheckInCodeError;
    fn try_from(number: u16) -> Result<Self, CheckInCodeError> {
        if number < Self::COUNT { Ok(Self(number)) } else { Err(CheckInCodeError) }
    }
}

impl From<CheckInCode> for u16 {
    fn from(code: CheckInCode) -> Self {
        code.0
    }
}

impl fmt::Display for CheckInCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

/// Not in logs.
impl fmt::Debug for CheckInCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CheckInCode(····)")
    }
}

impl FromStr for CheckInCode {
    type Err = CheckInCodeError;
    /// Also full-width, and with blanks around or between the digits.
    fn from_str(text: &str) -> Result<Self, CheckInCodeError> {
        let bare: String = text.chars().filter(|character| !character.is_whitespace()).collect();
        if bare.chars().count() != 4 {
            return Err(CheckInCodeError);
        }
        crate::kernel::digits(&bare, 4).map(Self).ok_or(CheckInCodeError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_four_digits_however_typed() {
        let code = CheckInCode::of(HoldId::from_bytes([7; 16]));
        for typed in [code.to_string(), format!(" {code} "), code.to_string().chars().map(wide).collect()] {
            assert_eq!(typed.parse(), Ok(code), "{typed}");
        }
        for wrong in ["", "123", "12345", "12a4", "-123", "1234 5"] {
            assert_eq!(wrong.parse::<CheckInCode>(), Err(CheckInCodeError), "{wrong}");
        }
        assert!(CheckInCode::try_from(10_000).is_err());
    }

    fn wide(digit: char) -> char {
        digit.to_digit(10).and_then(|value| char::from_u32('０' as u32 + value)).unwrap_or(digit)
    }

    #[test]
    fn codes_differ_between_agreements() {
        let codes: std::collections::BTreeSet<u16> =
            (0..200u8).map(|byte| CheckInCode::of(HoldId::from_bytes([byte; 16])).into()).collect();
        assert!(codes.len() > 190, "{}", codes.len());
    }
}
