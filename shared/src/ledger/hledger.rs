//! The journal in hledger's format, so that somebody else's program adds it up (hledger manual, "Journal").

use core::fmt::Write as _;

use super::account::AccountKind;
use super::types::{Act, Entry, Movement, Purpose};
use crate::kernel::{AccountId, Points};

/// One entry as a transaction, dated in Japan. Points set aside or given back move nothing: they are comments.
pub fn transaction(entry: &Entry) -> String {
    let Entry { seq, at, command, act, hash: _ } = entry;
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = match act {
        Act::Transfer { .. } | Act::Departed { .. } | Act::Arrived { .. } => match act.movement() {
            Some(Movement { debit, credit, amount, purpose, .. }) => write!(
                out,
                "{} * ({seq}) {}  ; command: {command}\n{}{}\n",
                at.day(),
                // Another book's numbers mean nothing here.
                if matches!(act, Act::Arrived { .. }) { purpose.word().to_owned() } else { title(purpose) },
                posting(debit, '-', amount),
                posting(credit, ' ', amount)
            ),
            None => Ok(()),
        },
        Act::Held { hold, amount, .. } => writeln!(out, "; {seq} held {} under {hold}\n", amount.get()),
        Act::Released { hold, amount, why, .. } => {
            writeln!(out, "; {seq} released {} of {hold}: {}\n", amount.get(), why.word())
        }
    };
    out
}

fn posting((account, kind): (AccountId, AccountKind), sign: char, amount: Points) -> String {
    format!("    {}:{account}  {sign}{} pt\n", kind.word(), amount.get())
}

/// What officers wrote stays out: an account of people is read by whoever may read the file.
fn title(purpose: &Purpose) -> String {
    match purpose {
        purpose if let Some(of) = purpose.reverses() => format!("{} of {of}", purpose.word()),
        other => other.word().to_owned(),
    }
}
