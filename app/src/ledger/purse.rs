//! Purses in words, and what a payment can be made of.

use shared::kernel::{Locale, Points, Timestamp};
use shared::ledger::{Balance, Parts, Purse, Usage, apportion, tender_word};

use crate::design::list::Row;
use crate::design::select::Choice;
use crate::frame::Frame;
use crate::i18n::{Phrase, format, texts};

/// What a purse is called.
pub(super) fn name(frame: &Frame<'_>, purse: Purse) -> Phrase {
    match purse {
        Purse::Coupon(usage) => frame.coupon_name(usage),
        Purse::Granted => texts::shop_purse_granted(frame.locale),
        Purse::Paid => texts::shop_purse_paid(frame.locale),
    }
}

/// A line for each purse: how much, and how much of it until when at the soonest.
pub(super) fn rows(frame: &Frame<'_>, balance: &Balance, now: Timestamp) -> Vec<Row> {
    let row = |(purse, amount): (Purse, Points)| {
        let ends = balance.ends_next_of(now, |lot| Purse::of(lot) == purse);
        let ends = ends
            .map(|(ending, day)| texts::wallet_purse_ends(frame.locale, ending.get(), &format::day(frame.locale, day)));
        let amount = format::points(frame.locale, amount);
        let words = match ends {
            Some(ends) => amount.then(&ends),
            None => amount,
        };
        Row::new(name(frame, purse), words)
    };
    balance.purses(now).into_iter().map(row).collect()
}

/// How much of which, in one line.
pub(super) fn in_words(frame: &Frame<'_>, parts: &Parts) -> Phrase {
    let part =
        |(purse, amount): (&Purse, &Points)| texts::shop_purse_amount(frame.locale, &name(frame, *purse), amount.get());
    parts.iter().map(part).reduce(|line, part| line.then(&Phrase::fixed("＋")).then(&part)).unwrap_or_default()
}

/// The ways that much can be paid: as it is done where nobody chooses, without coupons, and out of one purse alone. None if
/// there is not enough; then how much is missing.
pub(super) fn tenders(have: &Parts, takes: &[Usage], amount: Points) -> Result<Vec<Parts>, Points> {
    let mut ways = vec![apportion(have, takes, amount)?];
    let alone = have.iter().filter(|(purse, there)| **there >= amount && purse.is_refused(takes).is_none());
    let alone = alone.map(|(purse, _)| Parts::from([(*purse, amount)]));
    for way in apportion(have, &[], amount).into_iter().chain(alone) {
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    Ok(ways)
}

/// The ways as choices.
pub(super) fn choices(frame: &Frame<'_>, have: &Parts, ways: &[Parts]) -> Vec<Choice> {
    let locale = frame.locale;
    let choice = |way: &Parts| match way.iter().next() {
        Some((purse, _)) if way.len() == 1 => {
            let left = have.get(purse).copied().unwrap_or_default();
            let note = Some(texts::shop_purse_left(locale, left.get()));
            Choice { note, ..Choice::new(tender_word(way), texts::shop_purse_only(locale, &name(frame, *purse))) }
        }
        _ => {
            let note = Some(in_words(frame, way));
            Choice { note, ..Choice::new(tender_word(way), texts::shop_purse_mixed(locale)) }
        }
    };
    ways.iter().map(choice).collect()
}

/// A sentence for each coupon somebody has that is not taken here: that it is not, and where it is.
pub(super) fn not_here(frame: &Frame<'_>, have: &Parts, takes: &[Usage]) -> Vec<Phrase> {
    let sentence = |usage: Usage| {
        let said = texts::shop_coupon_not_here(frame.locale, &frame.coupon_name(usage));
        match taken_by(frame, usage) {
            Some(trades) => said.then(&texts::shop_coupon_where(frame.locale, &trades)),
            None => said,
        }
    };
    have.keys().filter_map(|purse| purse.is_refused(takes)).map(sentence).collect()
}

/// What shops deal in that take the coupon.
fn taken_by(frame: &Frame<'_>, usage: Usage) -> Option<Phrase> {
    let between = Phrase::fixed(if frame.locale == Locale::En { ", " } else { "、" });
    let coupon = frame.town.coupons.iter().find(|coupon| coupon.usage == usage.0)?;
    let trades = coupon.trades.iter().map(|trade| super::say::trade(frame.locale, *trade));
    trades.reduce(|list, trade| list.then(&between).then(&trade))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(parts: &[(Purse, u64)]) -> Parts {
        parts.iter().map(|(purse, amount)| (*purse, Points::new(*amount).unwrap())).collect()
    }

    #[test]
    fn ways_to_pay() {
        let coupon = Purse::Coupon(Usage(1));
        let have = parts(&[(coupon, 30), (Purse::Granted, 50), (Purse::Paid, 20)]);
        let ways = |takes: &[Usage], amount| tenders(&have, takes, Points::new(amount).unwrap());
        let one = |purse, amount| parts(&[(purse, amount)]);
        assert_eq!(ways(&[], 10), Ok(vec![one(Purse::Granted, 10), one(Purse::Paid, 10)]));
        assert_eq!(ways(&[Usage(1)], 20), Ok(vec![one(coupon, 20), one(Purse::Granted, 20), one(Purse::Paid, 20)]));
        assert_eq!(
            ways(&[Usage(1)], 60),
            Ok(vec![parts(&[(coupon, 30), (Purse::Granted, 30)]), parts(&[(Purse::Granted, 50), (Purse::Paid, 10)])])
        );
        assert_eq!(ways(&[Usage(1)], 100), Ok(vec![have.clone()]));
        assert_eq!(ways(&[], 71), Err(Points::new(1).unwrap()));
        assert_eq!(ways(&[Usage(1)], 101), Err(Points::new(1).unwrap()));
    }
}
