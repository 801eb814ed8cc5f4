use serde_json::{Value, json};

use super::*;
use crate::identity::oidc::fixture::{Random, changed};

const SUB: &str = "ppid-1";

fn card() -> Value {
    json!({ "sub": SUB, "name": "佐藤 花子", "address": "みなと県めぐり市本町1丁目2番3号", "birthdate": "19910412", "gender": "2" })
}

fn read(change: &Value) -> Result<Attributes, CardError> {
    attributes(changed(card(), change).to_string().as_bytes(), SUB)
}

#[test]
fn a_card() {
    let found = read(&json!({})).unwrap();
    assert_eq!(found.name.as_str(), "佐藤 花子");
    assert_eq!(found.address.as_str(), "みなと県めぐり市本町1丁目2番3号");
    assert_eq!(Day::from_ymd(1991, 4, 12), Some(found.birthdate));
    assert_eq!(found.gender, Gender::Female);
    assert_eq!(format!("{found:?}"), "Attributes(…)");
}

#[test]
fn names_stay_as_they_are() {
    let long = "NGUYEN DE LA CRUZ MARIA ALEXANDRA ".repeat(5);
    for name in [
        "髙﨑 正雄",
        "𠮷田 ふみ",
        "葛\u{E0100}城 蓮",
        // Compatibility ideographs and decomposed kana, which every normalisation form would change.
        "\u{FA10}本 \u{FA19}",
        "カ\u{3099} 一",
        "Ｓｍｉｔｈ\u{3000}Ｊ",
        "二 五",
        long.trim_end(),
    ] {
        assert_eq!(read(&json!({ "name": name })).unwrap().name.as_str(), name);
    }
}

#[test]
fn userinfo() {
    let day = |year, month, day| Ok(Day::from_ymd(year, month, day).unwrap());
    for (text, expected) in [
        ("19850315", day(1985, 3, 15)),
        ("1985-03-15", day(1985, 3, 15)),
        ("20000229", day(2000, 2, 29)),
        ("19000101", day(1900, 1, 1)),
        ("19850300", Err(CardError::BirthdateIncomplete)),
        ("1985-00-00", Err(CardError::BirthdateIncomplete)),
        ("00000000", Err(CardError::BirthdateIncomplete)),
        ("19990229", Err(CardError::Malformed)),
        ("18991231", Err(CardError::Malformed)),
        ("19851315", Err(CardError::Malformed)),
        ("419850315", Err(CardError::Malformed)),
        ("1985-3-15", Err(CardError::Malformed)),
        ("1985/03/15", Err(CardError::Malformed)),
        ("198-503-15", Err(CardError::Malformed)),
        ("+1985031", Err(CardError::Malformed)),
        ("１９８５", Err(CardError::Malformed)),
        ("", Err(CardError::Malformed)),
    ] {
        assert_eq!(read(&json!({ "birthdate": text })).map(|found| found.birthdate), expected, "{text}");
    }
    for (value, expected) in [
        (json!("1"), Ok(Gender::Male)),
        (json!("male"), Ok(Gender::Male)),
        (json!(1), Ok(Gender::Male)),
        (json!("2"), Ok(Gender::Female)),
        (json!("female"), Ok(Gender::Female)),
        (json!(3), Ok(Gender::Other)),
        (json!("other"), Ok(Gender::Other)),
        (json!(null), Err(CardError::AttributeMissing)),
        (json!("4"), Err(CardError::Malformed)),
        (json!("Male"), Err(CardError::Malformed)),
        (json!(1.5), Err(CardError::Malformed)),
        (json!(["1"]), Err(CardError::Malformed)),
    ] {
        assert_eq!(read(&json!({ "gender": value })).map(|found| found.gender), expected, "{value}");
    }
}

#[test]
fn answers_that_are_refused() {
    for (change, expected) in [
        (json!({ "sub": "ppid-2" }), CardError::SubjectMismatch),
        (json!({ "sub": "PPID-1" }), CardError::SubjectMismatch),
        (json!({ "sub": null }), CardError::MissingParameter),
        (json!({ "sub": "" }), CardError::MissingParameter),
        (json!({ "sub": 1 }), CardError::Malformed),
        (json!({ "certificate_status": "revoked" }), CardError::CertificateRevoked),
        (json!({ "certificate_status": "unknown" }), CardError::CertificateRevoked),
        (json!({ "certificate_status": true }), CardError::Malformed),
        (json!({ "name": null }), CardError::AttributeMissing),
        (json!({ "name": " \u{3000} " }), CardError::AttributeMissing),
        (json!({ "name": "a\nb" }), CardError::Malformed),
        (json!({ "name": "a\u{0}" }), CardError::Malformed),
        (json!({ "name": ["佐藤"] }), CardError::Malformed),
        (json!({ "name": "名".repeat(201) }), CardError::TooLarge),
        (json!({ "address": null }), CardError::AttributeMissing),
        (json!({ "address": { "locality": "めぐり市" } }), CardError::AttributeMissing),
        (json!({ "address": 1 }), CardError::Malformed),
        (json!({ "address": "市".repeat(301) }), CardError::TooLarge),
        (json!({ "birthdate": null }), CardError::AttributeMissing),
        (json!({ "birthdate": 19850315 }), CardError::Malformed),
    ] {
        assert_eq!(read(&change), Err(expected), "{change}");
    }
    let doubled = card().to_string().replacen('{', r#"{"name":"別 人","#, 1);
    assert_eq!(attributes(doubled.as_bytes(), SUB), Err(CardError::Malformed));
    assert_eq!(attributes(&[b' '; USERINFO_BYTES_MAX + 1], SUB), Err(CardError::TooLarge));
    for text in ["", "[]", "eyJhbGciOiJFUzI1NiJ9.e30.AA"] {
        assert_eq!(attributes(text.as_bytes(), SUB), Err(CardError::Malformed), "{text}");
    }
}

#[test]
fn what_we_did_not_ask_for_is_not_kept() {
    let found = read(&json!({ "individual_number": "123456789018", "certificate_status": "valid" })).unwrap();
    assert!(found == read(&json!({})).unwrap());
    let formatted = read(&json!({ "address": { "formatted": "みなと県めぐり市本町" } })).unwrap();
    assert_eq!(formatted.address.as_str(), "みなと県めぐり市本町");
}

#[test]
fn where_somebody_lives() {
    for (address, expected) in [
        ("みなと県めぐり市本町1丁目", true),
        ("みなと県 めぐり市本町1丁目", true),
        ("めぐり市本町1丁目", true),
        ("みなと県となり市めぐり市通り1", false),
        ("やま県めぐり市1", false),
        ("みなと県", false),
    ] {
        let found = read(&json!({ "address": address })).unwrap();
        assert_eq!(found.lives_in("みなと県", "めぐり市"), expected, "{address}");
        assert!(!found.lives_in("みなと県", ""));
    }
}

#[test]
fn damaged_answers_never_panic_nor_change_the_subject() {
    let (mut random, seed) = Random::new();
    let good = card().to_string();
    for round in 0..20_000 {
        let bytes = random.damage(good.as_bytes());
        if attributes(&bytes, SUB).is_ok() {
            let value: Value = serde_json::from_slice(&bytes).unwrap();
            assert_eq!(value["sub"], SUB, "seed {seed} round {round}");
        }
    }
}
