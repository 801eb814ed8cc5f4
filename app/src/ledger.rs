//! Pages of the ledger: さいふ, and the office's grants and their corrections.

mod correct;
mod csv;
mod line;
mod office;
mod paid;
mod pay;
pub mod say;
mod statement;
mod wallet;
mod wrong;

pub use self::{
    correct::correct, csv::statement_csv, office::office, paid::paid, pay::pay, statement::statement, wallet::wallet,
};

use crate::{design::form::Seal, frame::Frame};

/// The seal of a form on the page.
fn seal(frame: &Frame<'_>) -> Seal {
    Seal { csrf: frame.csrf.to_owned(), command_id: frame.command.to_string() }
}

/// What may be spent of an account's points; a debt counts as nothing.
fn spendable(available: i64) -> shared::kernel::Points {
    let points = u64::try_from(available).ok().and_then(shared::kernel::Points::new);
    points.unwrap_or(shared::kernel::Points::ZERO)
}
