//! What a shop's poster says to a camera: EMV QR Code, Merchant-Presented Mode 1.1 (EMVCo), in the shape of JPQR (一般社団法人
//! キャッシュレス推進協議会, コード決済に関する統一技術仕様ガイドライン【店舗提示型】MPM).
//!
//! Objects are two digits of id, two of length and the value. Lengths count characters and the checksum runs over UTF-8 bytes:
//! the published codes of Japan hold only that way. Our own account information stands under 27, the first place that
//! neither a card scheme nor JPQR (26) uses.

use core::fmt::Write as _;

use super::types::Shop;
use crate::kernel::{Points, ShopNumber, Trade};

/// The longest text that is looked at; a QR code of the largest size that posters use holds less.
const TEXT_MAX: usize = 512;
/// Our account information.
const ACCOUNT: u8 = 27;
/// The most characters of a name (EMVCo MPM §3.2, ids 59 and 64-01), and of a city (60).
const NAME_MAX: usize = 25;
const CITY_MAX: usize = 15;

/// What a camera read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scanned {
    /// Which shop.
    pub shop: ShopNumber,
    /// How much, if the code says it.
    pub amount: Option<Points>,
}

/// Why a text is no shop of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MpmError {
    /// No payment code at all, or one whose checksum does not fit: read again.
    #[error("damaged")]
    Damaged,
    /// A sound code of another payment service.
    #[error("of another service")]
    Foreign,
}

/// The text of a shop's poster. `service` is the municipality's reverse-domain id, `city` its name in ASCII.
pub fn poster(service: &str, shop: &Shop, city: &str) -> String {
    let number = shop.number.get();
    let account = [object(0, service), object(1, &number.to_string())].concat();
    let name: String = shop.name.as_str().chars().take(NAME_MAX).collect();
    let city: String = city.chars().take(CITY_MAX).collect();
    let mut text = [
        object(0, "01"),
        object(1, "11"),
        object(ACCOUNT, &account),
        object(52, merchant_category(shop.trade)),
        object(53, "392"),
        object(58, "JP"),
        // Readers of other countries take ASCII only; the name follows in Japanese.
        object(59, &format!("SHOP {number}")),
        object(60, &city),
        object(64, &[object(0, "JA"), object(1, &name)].concat()),
        "6304".to_owned(),
    ]
    .concat();
    let sum = checksum(&text);
    // Writing to a String cannot fail.
    let _ = write!(text, "{sum:04X}");
    text
}

/// Reads what a camera saw.
pub fn read(service: &str, text: &str) -> Result<Scanned, MpmError> {
    let text = text.trim();
    let body = text.get(..text.len().saturating_sub(4)).ok_or(MpmError::Damaged)?;
    let sum = text.get(body.len()..).unwrap_or_default();
    let sound = body.ends_with("6304") && u16::from_str_radix(sum, 16) == Ok(checksum(body));
    let all = objects(text).filter(|all| sound && find(all, 0) == Some("01")).ok_or(MpmError::Damaged)?;
    let account = find(&all, ACCOUNT).and_then(objects);
    let account = account.filter(|account| find(account, 0) == Some(service)).ok_or(MpmError::Foreign)?;
    let is_ours = find(&all, 53) == Some("392") && find(&all, 58) == Some("JP");
    let number = find(&account, 1).filter(|number| is_ours && number.len() == 7);
    let shop = number.and_then(|number| number.parse().ok()).ok_or(MpmError::Foreign)?;
    let amount = match find(&all, 54) {
        Some(amount) => Some(whole(amount).ok_or(MpmError::Foreign)?),
        None => None,
    };
    Ok(Scanned { shop, amount })
}

/// A whole amount above zero, in digits alone.
fn whole(text: &str) -> Option<Points> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    Points::parse(text).ok().filter(|amount| digits && !amount.is_zero())
}

fn find<'a>(objects: &[(u8, &'a str)], id: u8) -> Option<&'a str> {
    objects.iter().find(|(known, _)| *known == id).map(|(_, value)| *value)
}

fn object(id: u8, value: &str) -> String {
    format!("{id:02}{:02}{value}", value.chars().count())
}

/// The objects of a text, each id once; none if it is anything else.
fn objects(text: &str) -> Option<Vec<(u8, &str)>> {
    if text.len() > TEXT_MAX {
        return None;
    }
    let (mut found, mut rest): (Vec<(u8, &str)>, _) = (Vec::new(), text);
    while !rest.is_empty() {
        let (id, length) = (two_digits(rest.get(..2)?)?, two_digits(rest.get(2..4)?)?);
        let behind = rest.get(4..)?;
        let end = behind.char_indices().map(|(index, _)| index).chain([behind.len()]).nth(length.into())?;
        let (value, next) = behind.split_at_checked(end)?;
        if found.iter().any(|(known, _)| *known == id) {
            return None;
        }
        found.push((id, value));
        rest = next;
    }
    Some(found)
}

fn two_digits(text: &str) -> Option<u8> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

/// CRC-16/IBM-3740 (polynomial 1021, from FFFF), over the bytes.
fn checksum(text: &str) -> u16 {
    text.bytes().fold(0xffff, |sum, byte| {
        (0..8).fold(
            sum ^ (u16::from(byte) << 8),
            |sum, _| {
                if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 }
            },
        )
    })
}

/// The merchant category (ISO 18245).
const fn merchant_category(trade: Trade) -> &'static str {
    match trade {
        Trade::Groceries => "5411",
        Trade::Dining => "5812",
        Trade::Goods => "5311",
        Trade::Baby => "5641",
        Trade::Childcare => "8351",
        Trade::Pharmacy => "5912",
        Trade::Books => "5942",
        Trade::Transport => "4111",
        Trade::Services => "7299",
    }
}

#[cfg(test)]
mod tests {
    use super::super::types::ShopName;
    use super::*;

    const SERVICE: &str = "jp.example.meguri";

    /// Codes published with other people's readers: JPQR's, and the sample of the specification.
    const JPQR: &str = "0002016003xxx01021129300012D156000000000510A93FO3230Q31280012D156000000010308123456782668\
        0019jp.or.paymentsjapan01130000000000001020400010306000001040600000153033925903xxx64180002JA0108メルペイ カフェ\
        520441115802JP610710661436304DEE9";
    const EMV: &str = "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115303156\
        540523.725502015802CN5914BEST TRANSPORT6007BEIJING6233030412340603***0708A60086670902ME64200002ZH0104最佳运输\
        0202北京6304CDE7";

    fn shop(name: &str) -> Shop {
        let name = ShopName::parse(name).unwrap();
        Shop { number: ShopNumber::from_random(5), name, trade: Trade::Books, open: true }
    }

    /// With a checksum that fits.
    fn sealed(body: &str) -> String {
        let body = format!("{body}6304");
        format!("{body}{:04X}", checksum(&body))
    }

    #[test]
    fn published_codes_hold_and_are_not_ours() {
        for (code, wanted) in [(JPQR, "メルペイ カフェ"), (EMV, "最佳运输")] {
            let objects = objects(code).unwrap();
            let names = find(&objects, 64).and_then(super::objects).unwrap();
            assert_eq!(find(&names, 1), Some(wanted));
            assert_eq!(read(SERVICE, code), Err(MpmError::Foreign));
        }
        let jpqr = find(&objects(JPQR).unwrap(), 26).and_then(objects).unwrap();
        assert_eq!(find(&jpqr, 0), Some("jp.or.paymentsjapan"));
        assert_eq!(find(&jpqr, 1).map(str::len), Some(13));
    }

    #[test]
    fn a_poster_comes_back() {
        for name in
            ["さくら書店", "Sakura Books", "鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱鬱", "𠮷野家🍚"]
        {
            let shop = shop(name);
            let text = poster(SERVICE, &shop, "Meguri City of many hills");
            assert_eq!(read(SERVICE, &format!(" {text}\n")), Ok(Scanned { shop: shop.number, amount: None }), "{text}");
            assert_eq!(read("jp.example.other", &text), Err(MpmError::Foreign));
        }
        let text = poster(SERVICE, &shop("さくら書店"), "Meguri City");
        assert!(text.starts_with("00020101021127320017jp.example.meguri0107100005852045942530339258"), "{text}");
    }

    #[test]
    fn an_amount_is_whole_or_none_of_ours() {
        let with = |amount: &str| {
            let account = object(ACCOUNT, &[object(0, SERVICE), object(1, "1000058")].concat());
            sealed(&["000201", &account, "5303392", "5802JP", &object(54, amount)].concat())
        };
        let amount = |text: &str| read(SERVICE, &with(text)).map(|scanned| scanned.amount.map(Points::get));
        assert_eq!(amount("500"), Ok(Some(500)));
        for wrong in ["0", "-1", "1.5", "1,000", "５００", "", "100000000001"] {
            assert_eq!(amount(wrong), Err(MpmError::Foreign), "{wrong}");
        }
    }

    #[test]
    fn tampered_and_strange_codes_are_refused() {
        let account = |number: &str| object(ACCOUNT, &[object(0, SERVICE), object(1, number)].concat());
        let code = |account: &str, rest: &str| sealed(&format!("000201{account}{rest}"));
        assert!(read(SERVICE, &code(&account("1000058"), "53033925802JP")).is_ok());
        for wrong in [
            code(&account("1000059"), "53033925802JP"),
            code(&account("１００００５８"), "53033925802JP"),
            code(&account("100-0058"), "53033925802JP"),
            code(&account("1000058"), "53038405802JP"),
            code(&account("1000058"), "53033925802US"),
            code("", "53033925802JP"),
        ] {
            assert_eq!(read(SERVICE, &wrong), Err(MpmError::Foreign), "{wrong}");
        }
        let good = code(&account("1000058"), "53033925802JP");
        for wrong in ["", "1000058", "https://example.jp/", "6304", &good[..good.len() - 1], &format!("{good}0")] {
            assert_eq!(read(SERVICE, wrong), Err(MpmError::Damaged), "{wrong}");
        }
        // One id twice, a length beyond the end, one that cuts a character, one that is no number.
        for body in ["000201000201", "000201599xあ", "0002015902あ", "0002015９02ab", "00020159+2ab"] {
            assert_eq!(read(SERVICE, &sealed(body)), Err(MpmError::Damaged), "{body}");
        }
        // Four long objects are read, six are more than is looked at.
        let long = |count: u8| (80..80 + count).map(|id| object(id, &"x".repeat(99))).collect::<String>();
        assert_eq!(objects(&long(4)).map(|objects| objects.len()), Some(4));
        assert_eq!(objects(&long(6)), None);
    }

    /// Whatever one character is changed to, it is noticed.
    #[test]
    fn one_wrong_character_is_noticed() {
        let good = poster(SERVICE, &shop("さくら書店"), "Meguri City");
        let body = good.chars().count() - 4;
        for place in 0..body {
            for other in ['0', '9', 'A', 'あ'] {
                let changed: String =
                    good.chars().enumerate().map(|(index, one)| if index == place { other } else { one }).collect();
                assert!(changed == good || read(SERVICE, &changed).is_err(), "{changed}");
            }
        }
    }
}
