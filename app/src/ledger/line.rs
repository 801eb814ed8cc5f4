//! One line of a statement in words.

use shared::kernel::{Locale, Points};
use shared::ledger::{Purpose, Shop, StatementLine};

use crate::i18n::{Phrase, format, texts};

/// Why points moved, as the owner of the account sees it.
pub(super) fn title(locale: Locale, line: &StatementLine, shop: Option<&Shop>) -> Phrase {
    let shop = shop.map(|shop| shop.name.as_str());
    let came = line.amount > 0;
    match &line.purpose {
        Purpose::Fund => texts::wallet_line_funded(locale),
        Purpose::Grant { .. } => texts::wallet_line_granted(locale),
        Purpose::Payment if came => texts::wallet_line_received(locale),
        Purpose::Payment => texts::wallet_line_paid(locale),
        Purpose::Reward if came => texts::wallet_line_reward(locale),
        Purpose::Reward => texts::wallet_line_thanked(locale),
        Purpose::Fee => texts::wallet_line_fee(locale),
        Purpose::Lapse => texts::wallet_line_lapsed(locale),
        Purpose::Correction { .. } => texts::wallet_line_corrected(locale),
        Purpose::Purchase => {
            shop.map_or_else(|| texts::wallet_line_bought_gone(locale), |shop| texts::wallet_line_bought(locale, shop))
        }
        Purpose::Refund { .. } => shop
            .map_or_else(|| texts::wallet_line_refunded_gone(locale), |shop| texts::wallet_line_refunded(locale, shop)),
        Purpose::Returned { .. } => texts::wallet_line_returned(locale),
    }
}

/// What is to be said beside it: what the officer wrote, and the day that granted points end or that ended ones had.
pub(super) fn reason(locale: Locale, line: &StatementLine) -> Option<Phrase> {
    let last_day = line.lots.iter().map(|portion| portion.lot.last_day).max();
    let until = last_day.map(|day| texts::wallet_until(locale, &format::day(locale, day)));
    match &line.purpose {
        Purpose::Grant { reason } => {
            let reason = Phrase::given(reason.as_str().to_owned());
            Some(match until {
                Some(until) => reason.then(&Phrase::fixed(" · ")).then(&until),
                None => reason,
            })
        }
        Purpose::Correction { reason, .. } | Purpose::Refund { reason, .. } => {
            Some(Phrase::given(reason.as_str().to_owned()))
        }
        Purpose::Lapse => until,
        Purpose::Fund
        | Purpose::Payment
        | Purpose::Reward
        | Purpose::Fee
        | Purpose::Purchase
        | Purpose::Returned { .. } => None,
    }
}

/// How many points moved, whichever way.
pub(super) fn amount(line: &StatementLine) -> Points {
    // An entry moves at most `Points::MAX`.
    Points::new(line.amount.unsigned_abs()).unwrap_or(Points::MAX)
}

/// A sum of many, without its sign.
pub(super) fn of_sum(sum: i64) -> Points {
    Points::new(sum.unsigned_abs()).unwrap_or(Points::MAX)
}

/// The amount with its sign: `+1,200`, `−500`.
pub(super) fn signed(line: &StatementLine) -> Phrase {
    let sign = if line.amount > 0 { '+' } else { '−' };
    Phrase::given(format!("{sign}{}", amount(line)))
}
