//! Proof at the counter (窓口での本人確認): an officer checks the person in front of them, and a one-time code takes the
//! result to the person's own phone. Who has an account already and has lost its passkeys needs a second officer.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::kernel::{
    Actor, CounterProofId, Day, Level, MemberNumber, Name, PersonId, Role, Timestamp, typed_code, write_code,
};

use super::{CardAttributes, Refusal, Visitor};

/// What the person showed (犯罪収益移転防止法施行規則 6条1項1号イ: documents with a photograph).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Evidence {
    /// The My Number card, read by the counter's reader or by eye.
    MyNumberCard,
    /// A driving licence.
    DrivingLicence,
    /// A residence card or a special permanent resident certificate.
    ResidenceCard,
    /// A passport with a record of the address.
    Passport,
    /// Two documents without a photograph.
    TwoDocuments,
}

impl Evidence {
    /// Every kind, in the order of the choice.
    pub const ALL: [Self; 5] =
        [Self::MyNumberCard, Self::DrivingLicence, Self::ResidenceCard, Self::Passport, Self::TwoDocuments];

    /// The word in forms.
    pub const fn word(self) -> &'static str {
        match self {
            Self::MyNumberCard => "card",
            Self::DrivingLicence => "licence",
            Self::ResidenceCard => "residence",
            Self::Passport => "passport",
            Self::TwoDocuments => "two",
        }
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|evidence| evidence.word() == word)
    }
}

/// A one-time code: 50 bits, as ten characters people can read out, `ABCDE-12345`.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct CounterCode(u64);

/// Not a one-time code: most likely a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a one-time code")]
pub struct CounterCodeError;

impl CounterCode {
    const CHARACTERS: u32 = 10;

    /// From randomness or a keyed digest: its lowest 50 bits.
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits & ((1 << (5 * Self::CHARACTERS)) - 1))
    }

    /// As people type it: any case, full width, blanks and hyphens anywhere; the letters that look like digits count as
    /// those (Crockford base 32).
    pub fn parse(text: &str) -> Result<Self, CounterCodeError> {
        let bits = typed_code(text, Self::CHARACTERS).and_then(|bits| u64::try_from(bits).ok());
        bits.map(Self).ok_or(CounterCodeError)
    }
}

impl fmt::Display for CounterCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_code(f, self.0.into(), Self::CHARACTERS, Self::CHARACTERS / 2)
    }
}

impl fmt::Debug for CounterCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CounterCode(…)")
    }
}

impl TryFrom<u64> for CounterCode {
    type Error = CounterCodeError;
    fn try_from(bits: u64) -> Result<Self, CounterCodeError> {
        let code = Self::from_bits(bits);
        if code.0 == bits { Ok(code) } else { Err(CounterCodeError) }
    }
}

impl From<CounterCode> for u64 {
    fn from(code: CounterCode) -> Self {
        code.0
    }
}

/// What a proof at the counter is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CounterAim {
    /// A new account.
    Register,
    /// The way back into an account whose passkeys are lost.
    Recover,
    /// A new account of somebody without a phone, who rings the centre or comes to the counter: it is there at once, without a
    /// code.
    Enrol,
}

/// One proof at the counter, from the officer's check until its code is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterProof {
    /// Which.
    pub id: CounterProofId,
    /// Who was checked: the account to come, or the one that is there.
    pub person: PersonId,
    /// What for.
    pub aim: CounterAim,
    /// What they showed.
    pub evidence: Evidence,
    /// The officer who checked.
    pub by: PersonId,
    /// When they checked. The code follows from it too, so that the same check made again has another one.
    pub at: Timestamp,
    /// The second officer.
    pub approved_by: Option<PersonId>,
    /// When it is too late: for the second officer, and then for the code.
    pub expires_at: Timestamp,
}

impl CounterProof {
    /// How long a code can be used, in seconds (ASVS 6.5.5: ten minutes at most).
    pub const CODE_SECONDS: i64 = 10 * 60;
    /// How long a second officer may take, in seconds.
    pub const APPROVAL_SECONDS: i64 = 60 * 60;

    /// A check that was just made.
    pub const fn new(
        id: CounterProofId,
        person: PersonId,
        aim: CounterAim,
        evidence: Evidence,
        by: PersonId,
        now: Timestamp,
    ) -> Self {
        let seconds = match aim {
            CounterAim::Register | CounterAim::Enrol => Self::CODE_SECONDS,
            CounterAim::Recover => Self::APPROVAL_SECONDS,
        };
        Self { id, person, aim, evidence, by, at: now, approved_by: None, expires_at: now.plus_seconds(seconds) }
    }

    /// Whether it has a code: a recovery only once a second officer has agreed.
    pub const fn has_code(&self) -> bool {
        match self.aim {
            CounterAim::Register => true,
            CounterAim::Recover => self.approved_by.is_some(),
            CounterAim::Enrol => false,
        }
    }

    /// Agreed to by a second officer: neither the first one nor the person it is about. From now on the code runs.
    pub fn approved(self, by: PersonId, now: Timestamp) -> Result<Self, Refusal> {
        if by == self.by || by == self.person {
            return Err(Refusal::SecondOfficer);
        }
        if self.aim != CounterAim::Recover || self.has_code() || now >= self.expires_at {
            return Err(Refusal::CounterProofGone);
        }
        Ok(Self { approved_by: Some(by), expires_at: now.plus_seconds(Self::CODE_SECONDS), ..self })
    }
}

/// Whether somebody may check people at the counter now: an officer with a fresh passkey, for these are other people's data.
pub fn may_prove_at_counter(actor: &Actor, now: Timestamp) -> Result<(), Refusal> {
    staff_may(actor, Role::Officer, Level::FreshPasskey, now)
}

/// Whether somebody has that role and came as that level asks.
pub fn staff_may(actor: &Actor, role: Role, level: Level, now: Timestamp) -> Result<(), Refusal> {
    if !actor.roles.has(role) {
        return Err(Refusal::NotAllowed);
    }
    if actor.assurance.meets(level, now) { Ok(()) } else { Err(Refusal::LevelMissing) }
}

/// A proof at the counter in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterLine {
    /// Which.
    pub id: CounterProofId,
    /// What for.
    pub aim: CounterAim,
    /// What they showed.
    pub evidence: Evidence,
    /// Who was checked.
    pub name: Name,
    /// The number of an account that is there.
    pub member: Option<MemberNumber>,
    /// The officer who checked.
    pub by: Name,
    /// Whether that is who asks.
    pub is_own: bool,
    /// Until when.
    pub expires_at: Timestamp,
    /// The code, for the two officers only, once there is one.
    pub code: Option<CounterCode>,
}

/// The page 窓口での本人確認.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterPage {
    /// Who.
    pub visitor: Visitor,
    /// What runs, newest first.
    pub lines: Vec<CounterLine>,
}

/// What an officer asks of the counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum CounterAct {
    /// Begin an account for the person in front of them.
    Register {
        /// As the documents say.
        attributes: CardAttributes,
        /// What was shown.
        evidence: Evidence,
    },
    /// Let the person in front of them back into their account.
    Recover {
        /// Whose.
        member: MemberNumber,
        /// The name on the documents.
        name: Name,
        /// The birth date on them.
        birth: Day,
        /// What was shown.
        evidence: Evidence,
    },
    /// Agree to a recovery.
    Approve {
        /// Which.
        id: CounterProofId,
    },
    /// Make an account for the person in front of them, who has no phone to begin it with.
    Enrol {
        /// As the documents say.
        attributes: CardAttributes,
        /// What was shown.
        evidence: Evidence,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn person(number: u8) -> PersonId {
        PersonId::from_bytes([number; 16])
    }

    #[test]
    fn codes_as_people_type_them() {
        let code = CounterCode::from_bits(0x3_1234_5678_9abc);
        let text = code.to_string();
        assert_eq!(text.len(), 11);
        for typed in
            [text.clone(), text.to_lowercase(), text.replace('-', ""), format!("　{} ", text.replace('-', " - "))]
        {
            assert_eq!(CounterCode::parse(&typed), Ok(code), "{typed}");
        }
        let wide: String = text.chars().filter_map(|one| char::from_u32(u32::from(one) + 0xfee0)).collect();
        assert_eq!(CounterCode::parse(&wide), Ok(code), "{wide}");
        assert_eq!(CounterCode::parse("OIL00-00000"), CounterCode::parse("01100-00000"));
        for wrong in
            ["", "ABCDE", "ABCDE-1234", "ABCDE-123456", "ABCDE-1234U", "あいうえおかきくけこ", &"0".repeat(500)]
        {
            assert_eq!(CounterCode::parse(wrong), Err(CounterCodeError), "{wrong}");
        }
        for bits in [0, 1, (1 << 50) - 1] {
            let code = CounterCode::from_bits(bits);
            assert_eq!(CounterCode::parse(&code.to_string()), Ok(code));
            assert_eq!(CounterCode::try_from(u64::from(code)), Ok(code));
        }
        assert_eq!(CounterCode::try_from(1 << 50), Err(CounterCodeError));
    }

    #[test]
    fn a_recovery_needs_two_officers_and_an_account_one() {
        let id = CounterProofId::from_bytes([9; 16]);
        let proof = |aim| CounterProof::new(id, person(1), aim, Evidence::Passport, person(2), NOW);
        assert!(proof(CounterAim::Register).has_code() && !proof(CounterAim::Recover).has_code());
        let recovery = proof(CounterAim::Recover);
        for same in [person(1), person(2)] {
            assert_eq!(recovery.clone().approved(same, NOW), Err(Refusal::SecondOfficer));
        }
        let late = NOW.plus_seconds(CounterProof::APPROVAL_SECONDS);
        assert_eq!(recovery.clone().approved(person(3), late), Err(Refusal::CounterProofGone));
        let agreed_at = NOW.plus_seconds(CounterProof::APPROVAL_SECONDS - 1);
        let agreed = recovery.approved(person(3), agreed_at).expect("agreed");
        assert!(agreed.has_code());
        assert_eq!(agreed.expires_at, agreed_at.plus_seconds(CounterProof::CODE_SECONDS));
        assert_eq!(agreed.approved(person(4), agreed_at), Err(Refusal::CounterProofGone));
        for without in [CounterAim::Register, CounterAim::Enrol] {
            assert_eq!(proof(without).approved(person(3), NOW), Err(Refusal::CounterProofGone));
        }
        let enrolled = CounterProof { approved_by: Some(person(3)), ..proof(CounterAim::Enrol) };
        assert!(!enrolled.has_code());
    }
}
