//! What people type about shops, as they typed it, and what it means.

use core::str::FromStr;

use serde::{Deserialize, Serialize};

use super::code::PayCode;
use super::mpm::{self, MpmError};
use super::types::ShopName;
use crate::kernel::{MemberNumber, Points, ShopNumber, ShopNumberError, Trade};
use crate::ledger::input::{Field, FieldError, FieldErrors, amount, keep, line, member, reason};
use crate::ledger::{GrantReason, Parts, Purse, Usage};

/// The most a one-time code may be made for: below what asks for a fresh passkey, which nobody can be asked for at a till.
pub const CODE_MAX: u64 = 99_999;

/// Nobody types a number of seven digits with more characters than this.
const NUMBER_TYPED_MAX: usize = 30;

/// A shop's number as typed.
pub fn shop_number(text: &str) -> Result<ShopNumber, FieldError> {
    text.parse().map_err(|error| match error {
        ShopNumberError::Empty => FieldError::Missing,
        ShopNumberError::Wrong => FieldError::NotAShop,
    })
}

/// What stands in the field for a shop: its number as typed, or what a camera read from its poster, perhaps with an amount.
pub fn shop_or_scan(text: &str, service: &str) -> Result<(ShopNumber, Option<Points>), FieldError> {
    let looks_like_a_code = text.trim_start().starts_with("000201") || text.chars().count() > NUMBER_TYPED_MAX;
    if !looks_like_a_code {
        return shop_number(text).map(|shop| (shop, None));
    }
    match mpm::read(service, text) {
        Ok(mpm::Scanned { shop, amount }) => Ok((shop, amount)),
        Err(MpmError::Damaged) => Err(FieldError::Damaged),
        Err(MpmError::Foreign) => Err(FieldError::Foreign),
    }
}

/// The form 「お店に支払う」: how much, as typed, and then out of which purses.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BuyForm {
    /// How many points.
    pub amount: String,
    /// The purses, as [`tender_word`] writes them.
    pub tender: String,
}

impl BuyForm {
    /// How much.
    pub fn amount(&self) -> Result<Points, FieldErrors> {
        amount(&self.amount).map_err(|error| vec![(Field::Amount, error)])
    }

    /// How much out of which purses; together the amount.
    pub fn parse(&self) -> Result<Parts, FieldErrors> {
        let wanted = self.amount()?;
        let error = if self.tender.is_empty() { FieldError::Missing } else { FieldError::Unknown };
        let parts = tender(&self.tender).filter(|parts| total(parts) == Some(wanted));
        parts.ok_or_else(|| vec![(Field::Tender, error)])
    }
}

fn total(parts: &Parts) -> Option<Points> {
    parts.values().try_fold(Points::ZERO, |sum, part| sum.plus(*part))
}

/// The parts of a payment in one word of a form: `coupon1-300.granted-200`.
pub fn tender_word(parts: &Parts) -> String {
    let part = |(purse, amount): (&Purse, &Points)| {
        let amount = amount.get();
        match purse {
            Purse::Coupon(usage) => format!("coupon{}-{amount}", usage.0),
            Purse::Granted => format!("granted-{amount}"),
            Purse::Paid => format!("paid-{amount}"),
        }
    };
    parts.iter().map(part).collect::<Vec<_>>().join(".")
}

fn tender(word: &str) -> Option<Parts> {
    let mut parts = Parts::new();
    for part in word.split('.') {
        let (purse, amount) = part.split_once('-')?;
        let purse = match purse {
            "granted" => Purse::Granted,
            "paid" => Purse::Paid,
            other => Purse::Coupon(Usage(other.strip_prefix("coupon")?.parse().ok().filter(|usage| *usage > 0)?)),
        };
        let amount = Points::new(amount.parse().ok()?)?;
        if parts.insert(purse, amount).is_some() {
            return None;
        }
    }
    Some(parts)
}

/// The form 「コードを見せる」 as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CodeForm {
    /// The most it may pay.
    pub amount: String,
}

impl CodeForm {
    /// The most it may pay, at most [`CODE_MAX`].
    pub fn parse(&self) -> Result<Points, FieldErrors> {
        let max = amount(&self.amount).and_then(|max| match max.get() {
            0..=CODE_MAX => Ok(max),
            _ => Err(FieldError::Above { max: CODE_MAX }),
        });
        max.map_err(|error| vec![(Field::Amount, error)])
    }
}

/// The form of the till as typed: a code, and how much to take with it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RedeemForm {
    /// The resident's code.
    pub code: String,
    /// How many points.
    pub amount: String,
}

impl RedeemForm {
    /// The code, and how much.
    pub fn parse(&self) -> Result<(PayCode, Points), FieldErrors> {
        let mut errors = FieldErrors::new();
        let code = match self.code.trim() {
            "" => Err(FieldError::Missing),
            text => PayCode::parse(text).map_err(|_| FieldError::NotACode),
        };
        let amount = keep(&mut errors, Field::Amount, amount(&self.amount));
        let code = keep(&mut errors, Field::Code, code);
        errors.sort_by_key(|(field, _)| *field);
        code.zip(amount).ok_or(errors)
    }
}

/// The form 「返金する」 as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RefundForm {
    /// How many points.
    pub amount: String,
    /// Why.
    pub reason: String,
}

impl RefundForm {
    /// How much, and why.
    pub fn parse(&self) -> Result<(Points, GrantReason), FieldErrors> {
        let mut errors = FieldErrors::new();
        let amount = keep(&mut errors, Field::Amount, amount(&self.amount));
        let reason = keep(&mut errors, Field::Reason, reason(&self.reason));
        amount.zip(reason).ok_or(errors)
    }
}

/// The form 「加盟店を登録する」 as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ShopForm {
    /// What it is called.
    pub name: String,
    /// What it deals in, by its word.
    pub trade: String,
    /// Member number of its clerk.
    pub member: String,
}

/// A new shop as it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewShop {
    /// What it is called.
    pub name: ShopName,
    /// What it deals in.
    pub trade: Trade,
    /// Its clerk.
    pub clerk: MemberNumber,
}

impl ShopForm {
    /// The new shop.
    pub fn parse(&self) -> Result<NewShop, FieldErrors> {
        let mut errors = FieldErrors::new();
        let trade = match self.trade.as_str() {
            "" => Err(FieldError::Missing),
            word => Trade::from_str(word).map_err(|_| FieldError::Unknown),
        };
        let name = keep(&mut errors, Field::Name, line(ShopName::written(&self.name)));
        let trade = keep(&mut errors, Field::Trade, trade);
        let clerk = keep(&mut errors, Field::Member, member(&self.member));
        match (name, trade, clerk) {
            (Some(name), Some(trade), Some(clerk)) => Ok(NewShop { name, trade, clerk }),
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::types::Shop;
    use super::*;

    fn parts(parts: &[(Purse, u64)]) -> Parts {
        parts.iter().map(|(purse, amount)| (*purse, Points::new(*amount).unwrap())).collect()
    }

    #[test]
    fn tenders_come_back_and_come_to_the_amount() {
        let coupon = Purse::Coupon(Usage(255));
        for parts in [parts(&[(Purse::Granted, 5)]), parts(&[(coupon, 3), (Purse::Granted, 1), (Purse::Paid, 1)])] {
            let form = BuyForm { amount: "５".to_owned(), tender: tender_word(&parts) };
            let fits = total(&parts) == Points::new(5);
            assert_eq!(form.parse(), if fits { Ok(parts) } else { Err(vec![(Field::Tender, FieldError::Unknown)]) });
        }
        let form = |tender: &str| BuyForm { amount: "5".to_owned(), tender: tender.to_owned() }.parse();
        assert_eq!(form(""), Err(vec![(Field::Tender, FieldError::Missing)]));
        for wrong in
            ["granted", "granted-", "granted-x", "coupon0-5", "coupon256-5", "gift-5", "granted-4", "granted--5"]
        {
            assert_eq!(form(wrong), Err(vec![(Field::Tender, FieldError::Unknown)]), "{wrong}");
        }
        assert_eq!(form("granted-2.granted-3"), Err(vec![(Field::Tender, FieldError::Unknown)]));
        assert_eq!(form("granted-2.coupon1-100000000001"), Err(vec![(Field::Tender, FieldError::Unknown)]));
        let typed = |amount: &str| BuyForm { amount: amount.to_owned(), ..BuyForm::default() }.amount();
        assert_eq!(typed("１，２００").map(Points::get), Ok(1_200));
        for (wrong, error) in [("", FieldError::Missing), ("0", FieldError::Zero), ("1.5", FieldError::NotANumber)] {
            assert_eq!(typed(wrong), Err(vec![(Field::Amount, error)]), "{wrong}");
        }
    }

    #[test]
    fn a_number_or_what_a_camera_read() {
        let number = ShopNumber::from_random(5);
        let shop = Shop { number, name: ShopName::parse("さくら書店").unwrap(), trade: Trade::Books, open: true };
        let code = mpm::poster("jp.example.meguri", &shop, "Meguri");
        let read = |text: &str| shop_or_scan(text, "jp.example.meguri");
        assert_eq!(read(" １００-００５８ "), Ok((number, None)));
        assert_eq!(read(&code), Ok((number, None)));
        assert_eq!(shop_or_scan(&code, "jp.example.other"), Err(FieldError::Foreign));
        assert_eq!(read(&code.replace("さ", "き")), Err(FieldError::Damaged));
        assert_eq!(read("https://example.jp/pay/some/other/service"), Err(FieldError::Damaged));
        assert_eq!(read("1000059"), Err(FieldError::NotAShop));
        assert_eq!(read(""), Err(FieldError::Missing));
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let missing = |field| (field, FieldError::Missing);
        assert_eq!(ShopForm::default().parse(), Err([Field::Name, Field::Trade, Field::Member].map(missing).to_vec()));
        assert_eq!(RedeemForm::default().parse(), Err([Field::Amount, Field::Code].map(missing).to_vec()));
        assert_eq!(RefundForm::default().parse(), Err([Field::Amount, Field::Reason].map(missing).to_vec()));
        let wrong = RedeemForm { code: "ABCD".to_owned(), amount: "-1".to_owned() };
        assert_eq!(
            wrong.parse(),
            Err(vec![(Field::Amount, FieldError::NotANumber), (Field::Code, FieldError::NotACode)])
        );
        let shop = ShopForm { name: "x".repeat(31), trade: "gold".to_owned(), member: "1".to_owned() };
        assert_eq!(
            shop.parse(),
            Err(vec![
                (Field::Name, FieldError::TooLong { max: 30, got: 31 }),
                (Field::Trade, FieldError::Unknown),
                (Field::Member, FieldError::NotAMember)
            ])
        );
    }

    #[test]
    fn a_code_is_for_less_than_asks_for_a_passkey() {
        let parse = |amount: &str| CodeForm { amount: amount.to_owned() }.parse().map(Points::get);
        assert_eq!(parse("99,999"), Ok(99_999));
        assert_eq!(parse("100,000"), Err(vec![(Field::Amount, FieldError::Above { max: 99_999 })]));
        assert_eq!(super::super::level_for(Points::new(CODE_MAX).unwrap()), crate::kernel::Level::Passkey);
        assert_eq!(super::super::level_for(Points::new(CODE_MAX + 1).unwrap()), crate::kernel::Level::FreshPasskey);
    }
}
