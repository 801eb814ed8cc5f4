//! Pages of the ledger: さいふ, and the office's grants.

use shared::ledger::{FieldErrors, GrantForm, PayForm, StatementLine};
use shared::wire::{NotPosted, OfficePage, WalletPage};

use crate::frame::Frame;

/// `/wallet`.
pub fn wallet(_frame: &Frame<'_>, _page: &WalletPage) -> String {
    String::new()
}

/// `/wallet/statement`.
pub fn statement(_frame: &Frame<'_>, _page: &WalletPage) -> String {
    String::new()
}

/// `/wallet/pay`.
pub fn pay(
    _frame: &Frame<'_>,
    _page: &WalletPage,
    _form: &PayForm,
    _errors: &FieldErrors,
    _not: Option<&NotPosted>,
) -> String {
    String::new()
}

/// `/wallet/done/{seq}`.
pub fn paid(_frame: &Frame<'_>, _line: &StatementLine) -> String {
    String::new()
}

/// `/office`.
pub fn office(
    _frame: &Frame<'_>,
    _page: &OfficePage,
    _form: &GrantForm,
    _errors: &FieldErrors,
    _not: Option<&NotPosted>,
    _done: Option<u64>,
) -> String {
    String::new()
}
