//! Somebody else's reader (crate `emv-qrcps`) reads the posters of shops. It counts bytes, so its shops have ASCII names.

use std::collections::BTreeMap;

use emv_qrcps::helpers::validate;
use emv_qrcps::{Parsed, base_parser};
use shared::kernel::{ShopNumber, Trade};
use shared::ledger::{Shop, ShopName, mpm};

/// Every object as it was read.
struct Objects(BTreeMap<String, String>);

impl<'a> Parsed<'a> for Objects {
    #[expect(clippy::disallowed_types, reason = "the reader's own signature")]
    fn from_lookup(map: &mut std::collections::HashMap<&str, &'a str>) -> Self {
        Self(map.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect())
    }
}

#[test]
fn another_reader_reads_what_we_print() {
    for random in 0..200 {
        let number = ShopNumber::from_random(random * 7919);
        let trade = Trade::ALL[random as usize % Trade::ALL.len()];
        let name = "Sakura Books & Co. No. 12"[..1 + random as usize % 25].trim().to_owned();
        let shop = Shop { number, name: ShopName::parse(&name).unwrap(), trade, open: true };
        let text = mpm::poster("jp.example.meguri", &shop, "Meguri City");
        assert!(validate(&text), "{text}");
        let objects = base_parser::<Objects>(&text).0;
        let of = |id: &str| objects.get(id).map(String::as_str);
        let account = format!("0017jp.example.meguri0107{}", number.get());
        let (shop_name, language) = (format!("SHOP {}", number.get()), format!("0002JA01{:02}{name}", name.len()));
        assert_eq!([of("00"), of("01"), of("27")], [Some("01"), Some("11"), Some(account.as_str())]);
        assert_eq!([of("53"), of("58"), of("60")], [Some("392"), Some("JP"), Some("Meguri City")]);
        assert_eq!([of("59"), of("64")], [Some(shop_name.as_str()), Some(language.as_str())]);
        assert!(of("52").is_some_and(|category| category.len() == 4));
        assert_eq!(objects.len(), 10, "{text}");
    }
}
