//! Files are read back by two readers that share nothing with the writer: `zengin-fmt`, and one that follows the table of the layout.

use core::ops::Range;

use zengin_fmt::{CodeDivision, general_transfer, parse_general_transfer};

use super::*;
use crate::ledger::contract::world::Random;
use crate::ledger::settlement::{AccountNumber, AccountType, BankCode, BranchCode};

fn account(bank: &str, names: bool, account_type: AccountType, number: &str) -> BankAccount {
    let name = |text| names.then(|| Kana::written(text).unwrap());
    BankAccount {
        bank: BankCode::written(bank).unwrap(),
        bank_name: name("めぐりぎんこう"),
        branch: BranchCode::written("001").unwrap(),
        branch_name: name("ほんてん"),
        account_type,
        number: AccountNumber::written(number).unwrap(),
    }
}

fn town() -> Remitter {
    Remitter {
        code: RemitterCode::written("1234567890").unwrap(),
        name: Kana::written("めぐりし").unwrap(),
        account: account("0001", true, AccountType::Ordinary, "7654321"),
    }
}

fn to(name: &str, yen: u64) -> Transfer {
    let to = account("0005", false, AccountType::Current, "123");
    Transfer { to, name: Kana::written(name).unwrap(), yen, payee: 1_234_567, run: 3 }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A field by its place in the record, from 1, and its length, as the layout of 全銀協 gives them.
fn field(record: &[u8], place: usize, bytes: usize) -> String {
    let range: Range<usize> = place - 1..place - 1 + bytes;
    let read = |byte: &u8| match byte {
        0x5C => '¥',
        0x20..=0x7E => char::from(*byte),
        0xA1..=0xDF => char::from_u32(0xFF61 + u32::from(byte - 0xA1)).unwrap(),
        byte => panic!("{byte:#x} is not JIS X 0201"),
    };
    record[range].iter().map(read).collect()
}

fn number(record: &[u8], place: usize, digits: usize) -> u64 {
    field(record, place, digits).parse().unwrap()
}

/// A transfer as the second reader finds it: name, amount, payee, run.
type Found = (String, u64, u64, u64);

/// What the second reader finds: transfers, their count and total.
fn read(file: &[u8], end: LineEnd) -> (Vec<Found>, u64, u64) {
    let step = if end == LineEnd::CrLf { 122 } else { 120 };
    assert_eq!(file.len() % step, 0);
    let records: Vec<_> = file.chunks(step).collect();
    for record in &records {
        assert_eq!(&record[120..], if end == LineEnd::CrLf { b"\r\n".as_slice() } else { b"" });
    }
    let kinds: String = records.iter().map(|record| field(record, 1, 1)).collect();
    let (count, body) = (records.len() - 3, &records[1..records.len() - 2]);
    assert_eq!(kinds, format!("1{}89", "2".repeat(count)));
    let found = body.iter().map(|record| {
        let name = field(record, 51, 30).trim_end().to_owned();
        (name, number(record, 81, 10), number(record, 92, 10), number(record, 102, 10))
    });
    let trailer = records[records.len() - 2];
    (found.collect(), number(trailer, 2, 6), number(trailer, 8, 12))
}

#[test]
fn a_file_byte_for_byte() {
    let transfers = [to("カ）ぱんやめぐり", 1), to("CAFE ・ うみ", 9_999_999_999)];
    let file = write(&town(), day("2026-11-02"), &transfers, LineEnd::None).unwrap();
    let shown: Vec<String> = file.chunks(RECORD_BYTES).map(|record| field(record, 1, RECORD_BYTES)).collect();
    let blank = |text: &str| format!("{text}{}", " ".repeat(RECORD_BYTES - text.chars().count()));
    let bank = |code: &str| format!("{code}{}001{}", " ".repeat(15), " ".repeat(15));
    let data = |name: &str, yen: &str| {
        let name = format!("{name}{}", " ".repeat(30 - name.chars().count()));
        blank(&format!("2{}    20000123{name}{yen}0000123456700000000037", bank("0005")))
    };
    assert_eq!(
        shown,
        [
            blank(&format!(
                "12101234567890ﾒｸﾞﾘｼ{}11020001ﾒｸﾞﾘｷﾞﾝｺｳ{}001ﾎﾝﾃﾝ{}17654321",
                " ".repeat(35),
                " ".repeat(6),
                " ".repeat(11)
            )),
            data("ｶ)ﾊﾟﾝﾔﾒｸﾞﾘ", "0000000001"),
            data("CAFE . ｳﾐ", "9999999999"),
            blank("8000002010000000000"),
            blank("9"),
        ]
    );
}

#[test]
fn others_read_what_is_written() {
    let seed = std::env::var("MEGURI_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_124);
    println!("MEGURI_SEED={seed}");
    let mut random = Random::new(seed);
    for round in 0..60 {
        let end = if round % 2 == 0 { LineEnd::CrLf } else { LineEnd::None };
        let transfers: Vec<_> = (0..=random.below(40)).map(|_| any(&mut random)).collect();
        let on = day("2026-01-01").plus(i32::try_from(random.below(700)).unwrap());
        let file = write(&town(), on, &transfers, end).unwrap();
        assert_eq!(file, write(&town(), on, &transfers, end).unwrap(), "written again");

        let theirs = parse_general_transfer(&file).unwrap();
        let (_, month, day) = on.ymd();
        assert_eq!(theirs.header.transfer_date, format!("{month:02}{day:02}"));
        assert_eq!((theirs.header.kind_code, theirs.header.code_division), (21, CodeDivision::Jis));
        assert_eq!(
            (theirs.header.remitter_code.as_str(), theirs.header.remitter_name.as_str()),
            ("1234567890", "ﾒｸﾞﾘｼ")
        );
        assert_eq!(theirs.details.len(), transfers.len());
        for (detail, transfer) in theirs.details.iter().zip(&transfers) {
            same(detail, transfer);
        }
        let total = transfers.iter().map(|transfer| transfer.yen).sum();
        assert_eq!((theirs.trailer.total_count as usize, theirs.trailer.total_amount), (transfers.len(), total));

        let (found, count, sum) = read(&file, end);
        let written = transfers.iter().map(|one| (one.name.as_str().replace('\\', "¥"), one.yen, one.payee, one.run));
        assert_eq!(found, written.collect::<Vec<_>>());
        assert_eq!((count, sum), (transfers.len() as u64, total));
    }
}

fn any(random: &mut Random) -> Transfer {
    let pick = |random: &mut Random, texts: &[&'static str]| texts[random.below(texts.len() as u64) as usize];
    let bank = pick(random, &["0001", "0005", "9900", "1234"]);
    let account_type = AccountType::ALL[random.below(4) as usize];
    let number = random.below(10_000_000).to_string();
    let names = random.below(2) == 0;
    let mut name = pick(random, &["かぶ)", "ゆ)", "Cafe ", "ヴィラ「", "ガ"]).to_owned();
    for _ in 0..random.below(12) {
        name.push_str(pick(random, &["あ", "ぱ", "ー", "7", "／", "ン", "ょ"]));
    }
    Transfer {
        to: account(bank, names, account_type, &number),
        name: Kana::written(&name).unwrap(),
        yen: 1 + random.below(AMOUNT_MAX / 40),
        payee: random.below(AMOUNT_MAX),
        run: random.below(AMOUNT_MAX),
    }
}

fn same(detail: &general_transfer::Detail, transfer: &Transfer) {
    let Transfer { to, name, yen, payee, run } = transfer;
    assert_eq!(detail.bank_code, to.bank.as_str());
    assert_eq!(detail.branch_code, to.branch.as_str());
    assert_eq!(detail.bank_name, to.bank_name.as_ref().map_or("", Kana::as_str));
    assert_eq!(detail.account_type, to.account_type.digit());
    assert_eq!(detail.account_number, to.number.as_str());
    assert_eq!(detail.recipient_name, name.as_str());
    assert_eq!(detail.amount, *yen);
    assert_eq!((&detail.customer_code1, &detail.customer_code2), (&format!("{payee:010}"), &format!("{run:010}")));
}

#[test]
fn ten_thousand_shops() {
    let transfers: Vec<_> = (1..=10_000).map(|yen| to("ミセ", yen)).collect();
    let file = write(&town(), day("2026-11-30"), &transfers, LineEnd::CrLf).unwrap();
    assert_eq!(file.len(), 10_003 * 122);
    let theirs = parse_general_transfer(&file).unwrap();
    assert_eq!((theirs.trailer.total_count, theirs.trailer.total_amount), (10_000, 50_005_000));
}

#[test]
fn what_no_file_can_say() {
    let of = |transfers: &[Transfer]| write(&town(), day("2026-11-30"), transfers, LineEnd::None);
    assert_eq!(of(&[]), Err(ZenginError::Empty));
    assert_eq!(of(&[to("ミセ", 1), to("ミセ", 0)]), Err(ZenginError::Nothing(1)));
    assert_eq!(of(&[to("ミセ", AMOUNT_MAX + 1)]), Err(ZenginError::TooLarge(0)));
    assert_eq!(of(&[Transfer { payee: AMOUNT_MAX + 1, ..to("ミセ", 1) }]), Err(ZenginError::TooLarge(0)));
    assert_eq!(of(&vec![to("ミセ", AMOUNT_MAX); 101]), Err(ZenginError::Total));
    assert!(of(&vec![to("ミセ", AMOUNT_MAX); 100]).is_ok());
}
