//! Shops in every state: being paid, at the till, in the office's list.

use app::frame::Frame;
use app::ledger::{self, ShopsDone};
use shared::kernel::*;
use shared::ledger::{
    BuyForm, CodeForm, Field, FieldError, FieldErrors, GrantReason, PayCode, Purpose, Receipt, RedeemForm, RefundForm,
    Refusal as LedgerRefusal, Shop, ShopForm, ShopName, StatementLine, Usage,
};
use shared::wire::{BuyPage, CodePage, MyShopsPage, NotPosted, SalePage, ShopLine, ShopsPage, TillPage, WalletPage};

use super::Render;
use super::world::{empty_wallet, frame, line, now, points, purses, town, visitor};

/// The pages that say what is wrong.
pub const WRONG: [&str; 21] = [
    "shops-not-clerk",
    "shop-wrong",
    "shop-unknown",
    "buy-wrong",
    "buy-short",
    "buy-tender",
    "buy-refused",
    "buy-card",
    "code-form-wrong",
    "till-wrong",
    "till-used",
    "till-expired",
    "till-unknown",
    "till-exceeds",
    "till-shut",
    "sale-wrong",
    "sale-exceeds",
    "sale-unknown",
    "sale-over",
    "shops-wrong",
    "shops-nobody",
];

/// A shop with that word for a name, as far as names are long.
fn shop(word: &str, open: bool) -> Shop {
    let name: String = word.chars().take(30).collect();
    Shop { number: ShopNumber::from_random(5), name: ShopName::parse(&name).unwrap(), trade: Trade::Books, open }
}

fn refused(refusal: LedgerRefusal) -> Option<NotPosted> {
    Some(NotPosted::Refused(refusal))
}

/// Every page of shops for somebody of that name, and with that word for everything people write.
pub fn shop_pages<'a>(name: &'a str, word: &'a str) -> Vec<(String, Render<'a>)> {
    [paying(name, word), codes(name), tills(name, word), offices(name, word)].into_iter().flatten().collect()
}

fn person(name: &str) -> shared::identity::Visitor {
    visitor(name, Roles::NONE, SignIn::Passkey { synced: true })
}

fn paying<'a>(name: &'a str, word: &'a str) -> Vec<(String, Render<'a>)> {
    let choose = move |errors: FieldErrors| -> Render<'a> {
        Box::new(move |frame| {
            let person = person(name);
            ledger::choose_shop(&Frame { visitor: Some(&person), ..*frame }, &person, word, &errors)
        })
    };
    let buy = move |open,
                    takes: &'static [u8],
                    amount: &'static str,
                    errors: FieldErrors,
                    not: Option<NotPosted>|
          -> Render<'a> {
        Box::new(move |frame| {
            let takes = takes.iter().copied().map(Usage).collect();
            let page = BuyPage { visitor: person(name), now: now(), shop: shop(word, open), takes, balance: purses() };
            let form = BuyForm { amount: amount.to_owned(), tender: word.to_owned() };
            ledger::buy(&Frame { visitor: Some(&page.visitor), ..*frame }, &page, &form, &errors, not.as_ref())
        })
    };
    let bought = move |amount, purpose: Purpose| -> Render<'a> {
        Box::new(move |frame| {
            let line = line(1_060, amount, purpose.clone());
            let shops = vec![(line.counterparty, shop(word, true))];
            let page = WalletPage { shops, ..empty_wallet(person(name)) };
            ledger::paid(&Frame { visitor: Some(&page.visitor), ..*frame }, &page, &line)
        })
    };
    let purse = move |works_at: bool| -> Render<'a> {
        Box::new(move |frame| {
            let works_at = works_at.then(|| shop(word, true)).into_iter().collect();
            let page = WalletPage { balance: purses(), works_at, ..empty_wallet(person(name)) };
            ledger::wallet(&Frame { visitor: Some(&page.visitor), ..*frame }, &page)
        })
    };
    let back = Purpose::Refund { of: 1_060, reason: GrantReason::parse(word).unwrap() };
    let short = refused(LedgerRefusal::Insufficient { missing: points(9) });
    vec![
        ("shop".into(), choose(Vec::new())),
        ("shop-wrong".into(), choose(vec![(Field::Shop, FieldError::NotAShop)])),
        ("shop-unknown".into(), choose(vec![(Field::Shop, FieldError::Unknown)])),
        ("buy".into(), buy(true, &[1], "", Vec::new(), None)),
        ("buy-wrong".into(), buy(true, &[], "0", vec![(Field::Amount, FieldError::Zero)], None)),
        ("buy-short".into(), buy(true, &[], "999999", Vec::new(), short)),
        ("buy-confirm".into(), buy(true, &[1], "300", Vec::new(), None)),
        ("buy-confirm-mixed".into(), buy(true, &[1], "600", Vec::new(), None)),
        ("buy-confirm-all".into(), buy(true, &[1], "1000", Vec::new(), None)),
        ("buy-tender".into(), buy(true, &[1], "300", vec![(Field::Tender, FieldError::Missing)], None)),
        ("buy-closed".into(), buy(false, &[1], "300", Vec::new(), None)),
        (
            "buy-refused".into(),
            buy(true, &[], "5", Vec::new(), refused(LedgerRefusal::CouponNotTaken { usage: Usage(1) })),
        ),
        (
            "buy-card".into(),
            buy(true, &[], "5", Vec::new(), refused(LedgerRefusal::StepUp { needs: Level::FreshCard })),
        ),
        ("bought".into(), bought(-500, Purpose::Purchase)),
        ("refunded".into(), bought(500, back)),
        ("wallet-purses".into(), purse(false)),
        ("wallet-clerk".into(), purse(true)),
    ]
}

fn codes<'a>(name: &'a str) -> Vec<(String, Render<'a>)> {
    let form = move |amount: &'static str, errors: FieldErrors| -> Render<'a> {
        Box::new(move |frame| {
            let (person, form) = (person(name), CodeForm { amount: amount.to_owned() });
            ledger::code_form(&Frame { visitor: Some(&person), ..*frame }, &person, &form, &errors, None)
        })
    };
    let code = move |seconds, paid: bool| -> Render<'a> {
        Box::new(move |frame| {
            let visitor = person(name);
            let code = PayCode::of(visitor.actor.person, CommandId::from_bytes([3; 16]));
            let paid = paid.then_some(Receipt { first_seq: 1_060, last_seq: 1_060, at: now() });
            let until = now().plus_seconds(seconds);
            let page = CodePage { visitor, now: now(), code, max: points(10_000), until, paid };
            ledger::code(&Frame { visitor: Some(&page.visitor), ..*frame }, &page)
        })
    };
    vec![
        ("code-form".into(), form("10000", Vec::new())),
        ("code-form-wrong".into(), form("100000", vec![(Field::Amount, FieldError::Above { max: 99_999 })])),
        ("code-shown".into(), code(300, false)),
        ("code-over".into(), code(0, false)),
        ("code-paid".into(), code(300, true)),
    ]
}

/// A line of a shop's statement.
fn sold(amount: i64, word: &str) -> StatementLine {
    let reason = GrantReason::parse(word).unwrap();
    line(1_060, amount, if amount > 0 { Purpose::Purchase } else { Purpose::Refund { of: 1_000, reason } })
}

fn tills<'a>(name: &'a str, word: &'a str) -> Vec<(String, Render<'a>)> {
    let mine = move |count: usize| -> Render<'a> {
        Box::new(move |frame| {
            let page = MyShopsPage { visitor: person(name), shops: vec![shop(word, true); count] };
            ledger::my_shops(&Frame { visitor: Some(&page.visitor), ..*frame }, &page)
        })
    };
    let till = move |open, lines: usize, errors: FieldErrors, not: Option<NotPosted>| -> Render<'a> {
        Box::new(move |frame| {
            let lines = [sold(500, word), sold(-50, word)].into_iter().cycle().take(lines).collect();
            let page =
                TillPage { visitor: person(name), now: now(), shop: shop(word, open), today: -50, lines, more: true };
            let form = RedeemForm { code: word.to_owned(), amount: word.to_owned() };
            let frame = Frame { visitor: Some(&page.visitor), ..*frame };
            ledger::till(&frame, &page, &form, &errors, not.as_ref(), lines_are_older(&page))
        })
    };
    let sale = move |amount, left, errors: FieldErrors, not: Option<NotPosted>| -> Render<'a> {
        Box::new(move |frame| {
            let page = SalePage {
                visitor: person(name),
                shop: shop(word, true),
                line: sold(amount, word),
                left: points(left),
                now: now(),
            };
            let form = RefundForm { amount: word.to_owned(), reason: word.to_owned() };
            ledger::sale(&Frame { visitor: Some(&page.visitor), ..*frame }, &page, &form, &errors, not.as_ref())
        })
    };
    let wrong = vec![(Field::Amount, FieldError::Missing), (Field::Code, FieldError::NotACode)];
    vec![
        ("my-shops".into(), mine(2)),
        ("my-shops-none".into(), mine(0)),
        ("till".into(), till(true, 2, Vec::new(), None)),
        ("till-empty".into(), till(true, 0, Vec::new(), None)),
        ("till-closed".into(), till(false, 1, Vec::new(), None)),
        ("till-wrong".into(), till(true, 2, wrong, None)),
        ("till-used".into(), till(true, 2, Vec::new(), refused(LedgerRefusal::CommandReused))),
        ("till-expired".into(), till(true, 2, Vec::new(), refused(LedgerRefusal::CodeExpired))),
        ("till-unknown".into(), till(true, 2, Vec::new(), Some(NotPosted::CodeUnknown))),
        ("till-exceeds".into(), till(true, 2, Vec::new(), refused(LedgerRefusal::ExceedsCode { max: points(5) }))),
        (
            "poster".into(),
            Box::new(move |frame| {
                let (visitor, shop) = (person(name), shop(word, true));
                let page = TillPage { visitor, now: now(), shop, today: 0, lines: Vec::new(), more: false };
                ledger::poster(&Frame { visitor: Some(&page.visitor), ..*frame }, &page)
            }),
        ),
        ("sale".into(), sale(500, 500, Vec::new(), None)),
        ("sale-back".into(), sale(500, 0, Vec::new(), None)),
        ("sale-refund".into(), sale(-50, 0, Vec::new(), None)),
        ("sale-wrong".into(), sale(500, 500, vec![(Field::Reason, FieldError::Missing)], None)),
        ("sale-exceeds".into(), sale(500, 5, Vec::new(), refused(LedgerRefusal::ExceedsOriginal { left: points(5) }))),
        ("till-shut".into(), till(false, 1, Vec::new(), refused(LedgerRefusal::ShopClosed))),
        ("sale-over".into(), sale(500, 0, Vec::new(), refused(LedgerRefusal::ExceedsOriginal { left: points(0) }))),
        ("sale-unknown".into(), sale(500, 5, Vec::new(), refused(LedgerRefusal::OriginalUnknown))),
    ]
}

const fn lines_are_older(page: &TillPage) -> bool {
    !page.lines.is_empty()
}

fn offices<'a>(name: &'a str, word: &'a str) -> Vec<(String, Render<'a>)> {
    let shops = move |count: u32, done: ShopsDone| -> Render<'a> {
        Box::new(move |frame| {
            let visitor = visitor(name, Roles::NONE.with(Role::Officer), SignIn::Passkey { synced: true });
            let line = |number: u32| {
                let number = ShopNumber::from_random(number.into());
                ShopLine { shop: Shop { number, ..shop(word, number.get().is_multiple_of(2)) }, clerks: 2 }
            };
            let page = ShopsPage { visitor, shops: (0..count).map(line).collect() };
            ledger::shops(&Frame { visitor: Some(&page.visitor), ..*frame }, &page, &done)
        })
    };
    let form = ShopForm { name: word.to_owned(), trade: "books".to_owned(), member: word.to_owned() };
    let errors = vec![(Field::Name, FieldError::Missing), (Field::Trade, FieldError::Missing)];
    let number = Some(ShopNumber::from_random(5));
    let not = Some(NotPosted::MemberUnknown);
    vec![
        ("shops".into(), shops(3, ShopsDone::default())),
        ("shops-none".into(), shops(0, ShopsDone::default())),
        ("shops-new".into(), shops(1, ShopsDone { registered: number, ..ShopsDone::default() })),
        ("shops-changed".into(), shops(1, ShopsDone { changed: number, ..ShopsDone::default() })),
        ("shops-wrong".into(), shops(1, ShopsDone { form: form.clone(), errors, ..ShopsDone::default() })),
        (
            "shops-not-clerk".into(),
            shops(2, ShopsDone { not: Some(NotPosted::MemberUnknown), is_change: true, ..ShopsDone::default() }),
        ),
        ("shops-nobody".into(), shops(1, ShopsDone { form, not, ..ShopsDone::default() })),
    ]
}

#[test]
fn a_payment_of_this_moment_sounds_and_nothing_else_does() {
    let town = town();
    let sounds = |amount, seconds, not: Option<&NotPosted>| {
        let (line, form) = (sold(amount, "返品"), RefundForm::default());
        let now = line.at.plus_seconds(seconds);
        let page =
            SalePage {
                visitor: person("山田 花子"), shop: shop("こもれび書店", true), line, left: points(5), now
            };
        let frame = frame(Locale::Ja, &town, "/shop/1000058/sale/1060", Some(&page.visitor));
        ledger::sale(&frame, &page, &form, &Vec::new(), not).contains("<audio src=\"/assets/paid.wav\" autoplay")
    };
    assert!(sounds(500, 0, None) && sounds(500, 9, None));
    assert!(!sounds(500, 10, None), "looked up later");
    assert!(!sounds(-50, 0, None), "given back");
    assert!(!sounds(500, 0, Some(&NotPosted::SignedOut)), "a refund that failed");
}
