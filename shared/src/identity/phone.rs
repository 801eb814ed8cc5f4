//! A call an operator takes (電話応対): who rings is asked for their member number, name and birth date, and for a while the
//! operator does in their name what they say. Everything done like this can be told from what they did themselves.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::kernel::{
    Actor, Assurance, Level, MemberNumber, Name, PersonId, PhoneCallId, Proof, Rate, Role, Roles, Timestamp, digit,
};

use super::{Refusal, counter::staff_may};

/// A telephone number in Japan (電話番号): ten or eleven digits from 0, or `+` and eight to fifteen (ITU-T E.164) but twelve,
/// which would look like a 個人番号.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Telephone(String);

/// Why a text is no telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TelephoneError {
    /// Nothing was written.
    #[error("empty")]
    Empty,
    /// Too few or too many digits, or something else among them.
    #[error("not a telephone number")]
    Wrong,
}

impl Telephone {
    /// As people type it: full-width digits, blanks, hyphens and brackets anywhere.
    pub fn parse(text: &str) -> Result<Self, TelephoneError> {
        let mut digits = String::new();
        for one in text.trim().chars() {
            match one {
                _ if digit(one).is_some() => {
                    digits.extend(digit(one).and_then(|value| char::from_digit(value.into(), 10)))
                }
                '+' | '＋' if digits.is_empty() => digits.push('+'),
                ' ' | '\u{3000}' | '-' | '－' | 'ー' | '‐' | '−' | '(' | ')' | '（' | '）' => {}
                _ => return Err(TelephoneError::Wrong),
            }
            if digits.len() > 16 {
                return Err(TelephoneError::Wrong);
            }
        }
        let sound = match digits.strip_prefix('+') {
            Some(abroad) => matches!(abroad.len(), 8..=11 | 13..=15) && !abroad.starts_with('0'),
            None => matches!(digits.len(), 10 | 11) && digits.starts_with('0'),
        };
        match (sound, digits.is_empty()) {
            (true, _) => Ok(Self(digits)),
            (false, true) => Err(TelephoneError::Empty),
            (false, false) => Err(TelephoneError::Wrong),
        }
    }

    /// Its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Telephone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Telephone(…)")
    }
}

impl TryFrom<String> for Telephone {
    type Error = TelephoneError;
    fn try_from(text: String) -> Result<Self, TelephoneError> {
        Self::parse(&text)
    }
}

impl From<Telephone> for String {
    fn from(telephone: Telephone) -> Self {
        telephone.0
    }
}

/// A call that goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneCall {
    /// Which.
    pub id: PhoneCallId,
    /// Who takes it.
    pub operator: PersonId,
    /// Who rings.
    pub caller: PersonId,
    /// When it began.
    pub since: Timestamp,
    /// When something was last done in it.
    pub at: Timestamp,
    /// Whether its operator has ended it.
    pub ended: bool,
}

impl PhoneCall {
    /// How long it goes on after what was last done, in seconds: it ends by itself if nobody says so.
    pub const IDLE_SECONDS: i64 = 1_800;
    /// How long it goes on at most, in seconds.
    pub const SECONDS_MAX: i64 = 7_200;
    /// After so many seconds it is written down again that something was done.
    pub const TOUCH_SECONDS: i64 = 300;
    /// How often an operator may name somebody who is not there: nobody mishears more often.
    pub const TRIES: Rate = Rate { burst: 5, every_ms: 120_000 };

    /// When it ends, if nothing more is done in it.
    pub fn ends(&self) -> Timestamp {
        self.at.plus_seconds(Self::IDLE_SECONDS).min(self.since.plus_seconds(Self::SECONDS_MAX))
    }

    /// Whether it goes on.
    pub fn goes_on(&self, now: Timestamp) -> bool {
        !self.ended && now < self.ends()
    }

    /// The caller as somebody who acts: proven as they once were, and as sure as we are of the operator.
    pub const fn actor(&self, proof: Proof, operator: &Assurance) -> Actor {
        let assurance = Assurance { proof, sign_in: operator.sign_in, at: operator.at };
        Actor { person: self.caller, roles: Roles::NONE, assurance }
    }
}

/// Whether somebody may take calls: an operator who came with a passkey.
pub fn may_take_calls(operator: &Actor, now: Timestamp) -> Result<(), Refusal> {
    staff_may(operator, Role::Operator, Level::Passkey, now)
}

/// In whose name an operator acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Behalf {
    /// In which call.
    pub call: PhoneCallId,
    /// Who rings, as they act through the operator.
    pub caller: Actor,
    /// What they are called.
    pub name: Name,
    /// Their number.
    pub member: MemberNumber,
    /// Where they can be rung up.
    pub telephone: Option<Telephone>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::SignIn;

    #[test]
    fn telephones_as_people_type_them() {
        for typed in ["0957-53-4111", "０９５７ー５３ー４１１１", " (0957) 53-4111 "] {
            assert_eq!(Telephone::parse(typed).map(|known| known.as_str().to_owned()), Ok("0957534111".to_owned()));
        }
        for good in ["090-1234-5678", "+1 212 555 0100", "＋886 2 1234 567"] {
            let telephone = Telephone::parse(good).expect(good);
            assert_eq!(Telephone::try_from(String::from(telephone.clone())), Ok(telephone.clone()));
            assert_eq!(format!("{telephone:?}"), "Telephone(…)");
        }
        assert_eq!(Telephone::parse("　"), Err(TelephoneError::Empty));
        let long = "0".repeat(500);
        // The last but one would be read as a 個人番号.
        for wrong in
            ["1", "110", "957534111", "09575341110000", "090-1234-567x", "+", "0+957534111", "+811234567890", &long]
        {
            assert_eq!(Telephone::parse(wrong), Err(TelephoneError::Wrong), "{wrong}");
        }
    }

    #[test]
    fn who_acts_in_a_call_is_the_caller_without_the_operators_rights() {
        let at = Timestamp(1_800_000_000_000);
        let [operator, caller] = [1, 2].map(|number| PersonId::from_bytes([number; 16]));
        let id = PhoneCallId::from_bytes([3; 16]);
        let call = PhoneCall { id, operator, caller, since: at, at, ended: false };
        let (proof, sign_in) = (Proof::Counter { at }, SignIn::Passkey { synced: false });
        let actor = call.actor(proof, &Assurance { proof: Proof::Invitation { at }, sign_in, at });
        assert_eq!(actor, Actor { person: caller, roles: Roles::NONE, assurance: Assurance { proof, sign_in, at } });
        assert!(call.goes_on(at.plus_seconds(PhoneCall::IDLE_SECONDS - 1)));
        assert!(!call.goes_on(at.plus_seconds(PhoneCall::IDLE_SECONDS)));
        assert!(!PhoneCall { ended: true, ..call }.goes_on(at));
        // However busy, it ends.
        let over = at.plus_seconds(PhoneCall::SECONDS_MAX);
        let busy = PhoneCall { at: Timestamp(over.0 - 1), ..call };
        assert!(busy.goes_on(Timestamp(over.0 - 1)) && !busy.goes_on(over));
    }

    #[test]
    fn only_operators_with_a_passkey_take_calls() {
        let now = Timestamp(1_800_000_000_000);
        let proof = Proof::Invitation { at: now };
        let of = |roles, sign_in| {
            let actor = Actor {
                person: PersonId::from_bytes([1; 16]),
                roles,
                assurance: Assurance { proof, sign_in, at: now },
            };
            may_take_calls(&actor, now)
        };
        let passkey = SignIn::Passkey { synced: true };
        assert_eq!(of(Roles::NONE.with(Role::Officer), passkey), Err(Refusal::NotAllowed));
        assert_eq!(of(Roles::NONE.with(Role::Operator), SignIn::Proof), Err(Refusal::LevelMissing));
        assert_eq!(of(Roles::NONE.with(Role::Operator), passkey), Ok(()));
    }
}
