//! Shops: purses, coupons, codes, refunds.

use super::super::{Holding, Refusal};
use super::*;

const COUPON: Purse = Purse::Coupon(Usage(7));

const fn coupon(valid_days: u16) -> Terms {
    Terms { usage: Usage(7), valid_days, ..YEAR }
}

const fn paid(valid_days: u16) -> Terms {
    Terms { origin: Origin::Paid, valid_days, ..YEAR }
}

/// What there is by purse and last day counted from NOW's.
fn lots(store: &dyn LedgerStore, of: u8) -> Result<Vec<(Purse, i32, u64)>, String> {
    let line = |one: &Holding| (Purse::of(&one.lot), one.lot.last_day.0 - NOW.day().0, one.posted.get());
    Ok(balance(store, person(of))?.lots.iter().map(line).collect())
}

/// 30 granted for 9 days and 20 for 400, 40 paid for 90 days, and a coupon over 50 for 30 days, each to person 1.
fn funded(store: &dyn LedgerStore) -> Result<(), String> {
    let grants = [
        grant_on(Terms { valid_days: 9, ..YEAR }, 1, 30)?,
        grant_on(Terms { valid_days: 400, ..YEAR }, 1, 20)?,
        grant_on(paid(90), 1, 40)?,
        grant_on(coupon(30), 1, 50)?,
    ];
    told(store, NOW, 0, [vec![fund(10_000)], grants.to_vec()].concat()).map(drop)
}

pub(super) fn purses(store: &dyn LedgerStore) -> Result<(), String> {
    funded(store)?;
    let purses = balance(store, person(1))?.purses(NOW);
    same(
        "purses",
        &purses.into_iter().collect(),
        &vec![(COUPON, points(50)), (Purse::Granted, points(50)), (Purse::Paid, points(40))],
    )?;
    // Each purse by itself: what ends soonest in one does not stand in for another.
    told(store, NOW, 10, vec![buy(1, 1, &[(Purse::Paid, 15)]), buy(1, 1, &[(Purse::Granted, 35), (Purse::Paid, 5)])])?;
    same("left", &lots(store, 1)?, &vec![(COUPON, 30, 50), (Purse::Paid, 90, 20), (Purse::Granted, 400, 15)])?;
    stands(store, shop_account(1), 55, 55)?;
    let short = |missing| Err(Refusal::Insufficient { missing: points(missing) });
    let refused = vec![
        buy(1, 1, &[]),
        buy(1, 1, &[(Purse::Granted, 0)]),
        buy(1, 1, &[(Purse::Granted, 16)]),
        buy(1, 1, &[(Purse::Granted, 16), (Purse::Paid, 22)]),
        buy(2, 1, &[(Purse::Granted, 5)]),
    ];
    same(
        "refused",
        &tell(store, NOW, 20, refused)?,
        &vec![Err(Refusal::NoLegs), Err(Refusal::ZeroAmount), short(1), short(3), short(5)],
    )?;
    in_order(store).map(drop)
}

fn taking(command: Command, usages: &[u8]) -> Command {
    match command {
        Command::Purchase { from, shop, tender, takes: _, code } => {
            Command::Purchase { from, shop, tender, takes: usages.iter().copied().map(Usage).collect(), code }
        }
        other => other,
    }
}

pub(super) fn coupons(store: &dyn LedgerStore) -> Result<(), String> {
    funded(store)?;
    let with_coupon = || buy(1, 1, &[(COUPON, 20), (Purse::Granted, 5)]);
    let not_taken = Err(Refusal::CouponNotTaken { usage: Usage(7) });
    let answers = tell(store, NOW, 10, vec![with_coupon(), taking(with_coupon(), &[6]), taking(with_coupon(), &[0])])?;
    same("elsewhere", &answers, &vec![not_taken, not_taken, not_taken])?;
    told(store, NOW, 20, vec![taking(with_coupon(), &[6, 7])])?;
    // Nor does one purse stand in for the other: a coupon of another use, or none of this one.
    let short = Err(Refusal::Insufficient { missing: points(1) });
    let other = taking(buy(1, 1, &[(Purse::Coupon(Usage(6)), 1)]), &[6]);
    same(
        "not there",
        &tell(store, NOW, 30, vec![other, taking(buy(1, 1, &[(COUPON, 31)]), &[7])])?,
        &vec![short, short],
    )?;
    let over = NOW.day().plus(31).at_minute(0);
    let late = taking(buy(1, 1, &[(COUPON, 30)]), &[7]);
    let all = Err(Refusal::Insufficient { missing: points(30) });
    same("ended", &tell(store, over, 40, vec![late])?, &vec![all])?;
    in_order(store).map(drop)
}

pub(super) fn codes(store: &dyn LedgerStore) -> Result<(), String> {
    funded(store)?;
    let end = NOW.plus_seconds(300);
    let by_form = |form, amount| Command::Purchase {
        from: person(1),
        shop: shop_account(1),
        tender: Tender::Whatever(points(amount)),
        takes: vec![Usage(7)],
        code: Some(ByCode { before: end, form: CommandId::from_bytes([form; 16]) }),
    };
    let by_code = |amount| by_form(1, amount);
    let last = Timestamp(end.0 - 1);
    let first = tell(store, last, 10, vec![by_code(60)])?;
    check(first.iter().all(Result::is_ok), format_args!("{first:?}"))?;
    same("paid", &lots(store, 1)?, &vec![(Purse::Granted, 9, 20), (Purse::Paid, 90, 40), (Purse::Granted, 400, 20)])?;
    let short = Err(Refusal::Insufficient { missing: points(1) });
    same("too much", &tell(store, last, 9, vec![by_code(81)])?, &vec![short])?;
    // The same code again, once it has ended: the first answer. Another amount, or another code: no.
    same("again", &tell(store, end, 10, vec![by_code(60)])?, &first)?;
    same("another form", &tell(store, last, 10, vec![by_form(2, 60)])?, &vec![Err(Refusal::CommandReused)])?;
    same("other", &tell(store, last, 10, vec![by_code(5)])?, &vec![Err(Refusal::CommandReused)])?;
    same("late", &tell(store, end, 11, vec![by_code(1)])?, &vec![Err(Refusal::CodeExpired)])?;
    in_order(store).map(drop)
}

pub(super) fn refunds(store: &dyn LedgerStore) -> Result<(), String> {
    funded(store)?;
    let parts = [(COUPON, 20), (Purse::Granted, 40), (Purse::Paid, 10)];
    let bought = told(store, NOW, 10, vec![taking(buy(1, 1, &parts), &[7]), pay(1, 2, 1)])?;
    let of = bought.first().map(|receipt| receipt.first_seq).ok_or("no receipt")?;
    let reason = reason()?;
    let refund = |of, shop, amount| {
        let shop = shop_account(shop);
        Command::Refund { of, shop, amount: points(amount), reason: reason.clone() }
    };
    let exceeds = |left| Err(Refusal::ExceedsOriginal { left: points(left) });
    let unknown = Err(Refusal::OriginalUnknown);
    let short = Err(Refusal::Insufficient { missing: points(1) });
    same(
        "refused",
        // Another shop's, no purchase, none at all, nothing, more than the shop has.
        &tell(
            store,
            NOW,
            20,
            vec![refund(of, 2, 1), refund(of + 1, 1, 1), refund(999, 1, 1), refund(of, 1, 0), refund(of, 1, 71)],
        )?,
        &vec![unknown, unknown, unknown, Err(Refusal::ZeroAmount), short],
    )?;
    let left = [(COUPON, 30, 30), (Purse::Paid, 90, 29), (Purse::Granted, 400, 10)];
    same("bought", &lots(store, 1)?, &left.to_vec())?;
    // What was spent last comes back first: the ten granted for longest, then what was paid, then the coupon.
    told(store, NOW, 30, vec![refund(of, 1, 25)])?;
    let after = [(COUPON, 30, 35), (Purse::Paid, 90, 39), (Purse::Granted, 400, 20)];
    same("a part", &lots(store, 1)?, &after.to_vec())?;
    // More at the shop does not make the purchase larger, and a coupon never comes back as points.
    told(store, NOW, 31, vec![buy(1, 1, &[(Purse::Paid, 39)])])?;
    same("too much", &tell(store, NOW, 32, vec![refund(of, 1, 46)])?, &vec![exceeds(45)])?;
    told(store, NOW, 33, vec![refund(of, 1, 45)])?;
    let whole = [(Purse::Granted, 9, 30), (COUPON, 30, 50), (Purse::Granted, 400, 20)];
    same("the rest", &lots(store, 1)?, &whole.to_vec())?;
    same("again", &tell(store, NOW, 34, vec![refund(of, 1, 1)])?, &vec![exceeds(0)])?;
    stands(store, shop_account(1), 39, 39)?;
    // Given back to a lot that has ended since, it lapses like the rest of it.
    let next = in_order(store)? + 1;
    told(store, NOW, 40, vec![buy(1, 1, &[(Purse::Granted, 30)])])?;
    let over = NOW.day().plus(10).at_minute(0);
    told(store, over, 41, vec![refund(next, 1, 30), Command::Lapse { account: person(1) }])?;
    same("ended", &lots(store, 1)?, &vec![(COUPON, 30, 50), (Purse::Granted, 400, 20)])?;
    in_order(store).map(drop)
}
