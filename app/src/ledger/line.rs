//! One line of a statement in words.

use shared::kernel::{Locale, Points};
use shared::ledger::{Purpose, StatementLine};

use crate::i18n::{Phrase, texts};

/// Why points moved, as the owner of the account sees it.
pub(super) fn title(locale: Locale, line: &StatementLine) -> Phrase {
    let came = line.amount > 0;
    match &line.purpose {
        Purpose::Fund => texts::wallet_line_funded(locale),
        Purpose::Grant { .. } => texts::wallet_line_granted(locale),
        Purpose::Payment if came => texts::wallet_line_received(locale),
        Purpose::Payment => texts::wallet_line_paid(locale),
        Purpose::Reward if came => texts::wallet_line_reward(locale),
        Purpose::Reward => texts::wallet_line_thanked(locale),
        Purpose::Fee => texts::wallet_line_fee(locale),
    }
}

/// What the officer wrote, for a grant.
pub(super) fn reason(line: &StatementLine) -> Option<Phrase> {
    match &line.purpose {
        Purpose::Grant { reason } => Some(Phrase::given(reason.as_str().to_owned())),
        Purpose::Fund | Purpose::Payment | Purpose::Reward | Purpose::Fee => None,
    }
}

/// How many points moved, whichever way.
pub(super) fn amount(line: &StatementLine) -> Points {
    // An entry moves at most `Points::MAX`.
    Points::new(line.amount.unsigned_abs()).unwrap_or(Points::MAX)
}

/// The amount with its sign: `+1,200`, `−500`.
pub(super) fn signed(line: &StatementLine) -> Phrase {
    let sign = if line.amount > 0 { '+' } else { '−' };
    Phrase::given(format!("{sign}{}", amount(line)))
}
