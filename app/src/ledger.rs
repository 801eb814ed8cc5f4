//! Pages of the ledger: さいふ, shops and paying them, and the office's grants and their corrections.

mod buy;
mod choose_shop;
mod code;
mod correct;
mod csv;
mod line;
mod office;
mod paid;
mod pay;
mod poster;
mod purse;
mod sale;
pub mod say;
mod shops;
mod statement;
mod till;
mod wallet;
mod wrong;

pub use self::{
    buy::{buy, short},
    choose_shop::choose_shop,
    code::{code, code_form, usual_code},
    correct::correct,
    csv::statement_csv,
    office::office,
    paid::paid,
    pay::pay,
    poster::poster,
    sale::sale,
    shops::{ShopsDone, shops},
    statement::statement,
    till::{my_shops, till},
    wallet::wallet,
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
