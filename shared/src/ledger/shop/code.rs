//! One-time codes a resident shows to a shop (支払いコード).

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::kernel::{CommandId, Digest, PersonId, Shard, Shards, digest, typed_code, write_code};

/// How long a code pays.
pub const CODE_SECONDS: i64 = 300;

const CHARACTERS: u32 = 16;

/// A one-time code: 80 bits, as sixteen characters to scan or to type, `ABCD-EFGH-JKMN-PQRS`. Whoever has it can be paid with
/// it once, so it is shown to its owner only and kept nowhere but as a digest.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayCode([u8; 10]);

/// Not a code for paying: most likely a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a code for paying")]
pub struct PayCodeError;

impl PayCode {
    /// The code that belongs to that command of that person. Nobody else knows the person's id, 128 random bits that are never
    /// shown, so knowing the command is not enough; and asking again shows the same code, so it need not be kept.
    pub fn of(person: PersonId, command: CommandId) -> Self {
        Self::from_hash(digest(&[b"shop.code", person.as_bytes(), command.as_bytes()]))
    }

    /// The same, found again by whoever sees only the code: it is of that book. None of 256 are, once in 10^14 times.
    pub fn in_book(person: PersonId, command: CommandId, shards: Shards, book: Shard) -> Option<Self> {
        let attempt = |attempt: u8| match attempt {
            0 => Self::of(person, command),
            _ => Self::from_hash(digest(&[b"shop.code", person.as_bytes(), command.as_bytes(), &[attempt]])),
        };
        (0..=u8::MAX).map(attempt).find(|code| code.book(shards) == book)
    }

    /// The book that keeps it: that of the account it pays from.
    pub const fn book(&self, shards: Shards) -> Shard {
        let [first, ..] = self.0;
        shards.of_number(first)
    }

    fn from_hash(hash: Digest) -> Self {
        let mut bytes = [0u8; 10];
        bytes.iter_mut().zip(hash).for_each(|(slot, byte)| *slot = byte);
        Self(bytes)
    }

    /// As people type it.
    pub fn parse(text: &str) -> Result<Self, PayCodeError> {
        let bits = typed_code(text, CHARACTERS).ok_or(PayCodeError)?.to_be_bytes();
        bits.last_chunk().copied().map(Self).ok_or(PayCodeError)
    }

    /// What it is kept and looked up by, and what makes it pay once.
    pub fn command(&self) -> CommandId {
        CommandId::derive("shop.code", &self.0)
    }
}

impl fmt::Display for PayCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = self.0.iter().fold(0u128, |bits, byte| (bits << 8) | u128::from(*byte));
        write_code(f, bits, CHARACTERS, 4)
    }
}

impl fmt::Debug for PayCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PayCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_says_its_book_and_in_one_book_is_what_it_was() {
        let person = PersonId::from_bytes([1; 16]);
        let eight = Shards::try_from(8).unwrap();
        for number in 0..50u8 {
            let command = CommandId::from_bytes([number; 16]);
            assert_eq!(
                PayCode::in_book(person, command, Shards::ONE, Shard::FIRST),
                Some(PayCode::of(person, command))
            );
            for book in eight.all() {
                let code = PayCode::in_book(person, command, eight, book).unwrap();
                assert_eq!(PayCode::parse(&code.to_string()).unwrap().book(eight), book);
            }
        }
    }

    #[test]
    fn there_and_back() {
        let person = PersonId::from_bytes([1; 16]);
        for number in 0..100u8 {
            let code = PayCode::of(person, CommandId::from_bytes([number; 16]));
            let text = code.to_string();
            assert_eq!(text.len(), 19);
            assert_eq!(PayCode::parse(&text), Ok(code));
            assert_eq!(PayCode::parse(&text.to_lowercase().replace('-', " ")), Ok(code));
            assert_eq!(PayCode::parse(&text.replace('0', "o").replace('1', "l")), Ok(code));
            assert!(!format!("{code:?}").contains(&text));
        }
        assert_eq!(PayCode::parse("ＺＺＺＺ－ＺＺＺＺ－ＺＺＺＺ－ＺＺＺＺ"), Ok(PayCode([255; 10])));
        for text in
            ["", "ZZZZ", "ZZZZ-ZZZZ-ZZZZ-ZZZ", "ZZZZ-ZZZZ-ZZZZ-ZZZZ-Z", "ZZZZ-ZZZZ-ZZZZ-ZZZ!", "ZZZZ-ZZZZ-ZZZZ-ZZZU"]
        {
            assert_eq!(PayCode::parse(text), Err(PayCodeError), "{text}");
        }
    }

    #[test]
    fn a_code_is_of_one_person_and_one_command() {
        let (a, b) = (PersonId::from_bytes([1; 16]), PersonId::from_bytes([2; 16]));
        let (one, two) = (CommandId::from_bytes([1; 16]), CommandId::from_bytes([2; 16]));
        assert_eq!(PayCode::of(a, one), PayCode::of(a, one));
        assert_ne!(PayCode::of(a, one), PayCode::of(b, one));
        assert_ne!(PayCode::of(a, one), PayCode::of(a, two));
        assert_ne!(PayCode::of(a, one).command(), PayCode::of(a, two).command());
    }
}
