use std::panic::catch_unwind;

use der::EncodePem as _;
use der::pem::LineEnding;
use shared::identity::{Gender, Substitutes};
use shared::kernel::{Day, Timestamp};
use x509_cert::der::DecodePem as _;

use super::fixture::{
    AUTH_POLICY, CONSTRAINTS, Draft, ECDSA_SHA384, SIGNS_IN, algorithm, anchor, anchors, ca_name, extension, oid,
    other_name, pem, sequence, tlv,
};
use super::*;
use crate::identity::oidc::fixture::{NOW, Random};

fn checked(certificate: &[u8]) -> Result<Verified, JpkiError> {
    verify(certificate, &anchors(), NOW)
}

/// Files that `openssl/make.sh` made.
fn file(name: &str) -> String {
    let path = format!("{}/src/identity/jpki/openssl/{name}.pem", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

fn openssl_anchors() -> Anchors {
    let files = [
        (Kind::Signing, "ca-over"),
        (Kind::Signing, "ca-sign"),
        (Kind::Signing, "ca-next"),
        (Kind::Authentication, "ca-auth"),
    ];
    Anchors(files.into_iter().map(|(kind, name)| Anchor::parse(kind, &file(name)).unwrap()).collect())
}

fn openssl(name: &str) -> Result<Verified, JpkiError> {
    let der = Certificate::from_pem(file(name)).unwrap().to_der().unwrap();
    verify(&der, &openssl_anchors(), NOW)
}

#[test]
fn what_openssl_made_is_read_to_the_letter() {
    let hanako = openssl("sign-rsa").unwrap();
    assert_eq!((hanako.kind, &hanako.revocation), (Kind::Signing, &Revocation::NotChecked));
    assert_eq!(hanako.until.day().ymd(), (2031, 4, 1));
    let holder = hanako.holder.unwrap();
    assert_eq!(holder.name.text.as_str(), "めぐり 花子");
    assert_eq!(holder.name.substitutes, Substitutes::None);
    assert_eq!(holder.address.text.as_str(), "みなと県めぐり市東浜一丁目2番3号");
    assert_eq!((holder.birth, holder.gender), (Day::from_ymd(1985, 3, 15).unwrap(), Gender::Female));

    let saiko = openssl("gaiji").unwrap().holder.unwrap();
    assert_eq!(saiko.name.substitutes, Substitutes::At(vec![4]));
    assert_eq!(saiko.name.text.as_str().chars().nth(4), Some('斉'));
    assert_eq!(saiko.birth, Day::from_ymd(1900, 11, 30).unwrap());

    let next = openssl("sign-p384").unwrap();
    assert_eq!(next.holder.unwrap().name.text.as_str(), "めぐり 花子");
    let auth = openssl("auth-rsa").unwrap();
    assert_eq!((auth.kind, auth.holder), (Kind::Authentication, None));
}

#[test]
fn what_openssl_made_wrong_is_refused_for_its_reason() {
    let cases = [
        ("unknown-birth", JpkiError::BirthUnknown),
        ("name-twice", JpkiError::AttributeRepeated),
        ("nobody", JpkiError::AttributeMissing),
        ("no-address", JpkiError::AttributeMissing),
        ("wrong-policy", JpkiError::PolicyWrong),
        ("wrong-usage", JpkiError::KeyUsageWrong),
        ("weak-key", JpkiError::KeyRefused),
        ("sha1", JpkiError::AlgorithmRefused),
        ("sha512", JpkiError::AlgorithmRefused),
        ("p256-hash", JpkiError::AlgorithmRefused),
        ("expired", JpkiError::Expired),
        ("future", JpkiError::NotYetValid),
        ("other-ca", JpkiError::SignatureMismatch),
        ("over", JpkiError::AnchorOver),
        ("ca-sign", JpkiError::KeyUsageWrong),
    ];
    for (name, error) in cases {
        assert_eq!(openssl(name), Err(error), "{name}");
    }
    let der = Certificate::from_pem(file("sign-rsa")).unwrap().to_der().unwrap();
    assert_eq!(verify(&der, &Anchors(Vec::new()), NOW), Err(JpkiError::AnchorUnknown));
}

#[test]
fn the_fixtures_own_hold() {
    let signing = checked(&Draft::signing().made()).unwrap();
    assert_eq!((signing.kind, signing.serial), (Kind::Signing, vec![0x12, 0x34, 0x56]));
    assert_eq!(signing.holder.unwrap().name.text.as_str(), "めぐり 花子");
    let authentication = checked(&Draft::authentication().made()).unwrap();
    assert_eq!((authentication.kind, authentication.holder), (Kind::Authentication, None));
}

#[test]
fn one_thing_wrong_is_enough() {
    let good = Draft::signing;
    let unknown = extension("1.2.392.200149.9.9", true, &sequence(&[]));
    let no_ca = extension(CONSTRAINTS, true, &sequence(&[]));
    let is_ca = extension(CONSTRAINTS, true, &sequence(&[tlv(0x01, &[0xff])]));
    let usage_again = extension("2.5.29.15", true, &tlv(0x03, &SIGNS_IN));
    let cases: Vec<(&str, Draft, Result<(), JpkiError>)> = vec![
        ("a stranger's CA", Draft { issuer: ca_name("nobody"), ..good() }, Err(JpkiError::AnchorUnknown)),
        ("version 1", Draft { version: Vec::new(), ..good() }, Err(JpkiError::Malformed)),
        (
            "two algorithms",
            Draft { outer_algorithm: algorithm("1.2.840.10045.4.3.2"), ..good() },
            Err(JpkiError::Malformed),
        ),
        (
            "another hash",
            Draft {
                algorithm: algorithm("1.2.840.10045.4.3.2"),
                outer_algorithm: algorithm("1.2.840.10045.4.3.2"),
                ..good()
            },
            Err(JpkiError::AlgorithmRefused),
        ),
        (
            "an algorithm with parameters",
            Draft {
                algorithm: sequence(&[oid(ECDSA_SHA384), tlv(0x05, &[])]),
                outer_algorithm: sequence(&[oid(ECDSA_SHA384), tlv(0x05, &[])]),
                ..good()
            },
            Err(JpkiError::AlgorithmRefused),
        ),
        ("the other certificate's policy", Draft { policy: Some(AUTH_POLICY), ..good() }, Err(JpkiError::PolicyWrong)),
        ("no policy", Draft { policy: None, ..good() }, Err(JpkiError::PolicyWrong)),
        (
            "an authentication certificate that says it signs",
            Draft { issuer: ca_name("authentication"), ..good() },
            Err(JpkiError::PolicyWrong),
        ),
        (
            "a signing CA for an authentication certificate",
            Draft { issuer: ca_name("signing"), ..Draft::authentication() },
            Err(JpkiError::KeyUsageWrong),
        ),
        (
            "a key that may sign certificates",
            Draft { usage: vec![2, 0b1100_0100], ..good() },
            Err(JpkiError::KeyUsageWrong),
        ),
        ("a CA", Draft { more: vec![is_ca], ..good() }, Err(JpkiError::KeyUsageWrong)),
        ("no CA, and says so", Draft { more: vec![no_ca], ..good() }, Ok(())),
        (
            "something unknown that is critical",
            Draft { more: vec![unknown.clone()], ..good() },
            Err(JpkiError::ExtensionUnknown),
        ),
        ("an extension twice", Draft { more: vec![usage_again], ..good() }, Err(JpkiError::Malformed)),
        ("no attributes", Draft { names: Vec::new(), ..good() }, Err(JpkiError::AttributeMissing)),
        (
            "something in place of a key",
            Draft { key: sequence(&[algorithm(ECDSA_SHA384), tlv(0x03, &[0, 4])]), ..good() },
            Err(JpkiError::KeyRefused),
        ),
    ];
    for (what, draft, expected) in cases {
        assert_eq!(checked(&draft.made()).map(drop), expected, "{what}");
    }
    assert_eq!(checked(&good().signed_by(2)), Err(JpkiError::SignatureMismatch));
    let mut longer = good().made();
    longer.push(0);
    assert_eq!(checked(&longer), Err(JpkiError::Malformed));
    assert_eq!(checked(&[0x30; BYTES_MAX + 1]), Err(JpkiError::TooLarge));
}

#[test]
fn attributes() {
    const REST: [(u8, &str); 3] = [(3, "1"), (4, "420191231"), (5, "みなと県めぐり市")];
    let says =
        |attributes: &[(u8, &str)]| checked(&Draft::saying(attributes).made()).map(|found| found.holder.unwrap());
    let with = |extra: &[(u8, &str)]| says(&[&[(1, "めぐり 花子")], &REST[..], extra].concat());
    let born = |birth| says(&[(1, "花子"), (3, "3"), (4, birth), (5, "めぐり市")]).map(|holder| holder.birth.ymd());

    // Marks are optional.
    assert_eq!(with(&[]).unwrap().name.substitutes, Substitutes::None);
    assert_eq!(with(&[(2, "100001")]).unwrap().name.substitutes, Substitutes::At(vec![0, 5]));
    // They do not fit the text, so it cannot be told which characters they mean.
    assert_eq!(with(&[(2, "01")]).unwrap().name.substitutes, Substitutes::Somewhere);
    assert_eq!(with(&[(6, "10000000")]).unwrap().address.substitutes, Substitutes::At(vec![0]));
    assert_eq!(with(&[(2, "00000x")]), Err(JpkiError::AttributeMalformed));
    for twice in [(1, "花子"), (3, "1"), (4, "420191231"), (5, "めぐり市")] {
        assert_eq!(with(&[twice]), Err(JpkiError::AttributeRepeated), "{twice:?}");
    }
    assert_eq!(with(&[(2, "0"), (2, "0")]), Err(JpkiError::AttributeRepeated));

    assert_eq!(born("420191231"), Ok((2019, 12, 31)));
    assert_eq!(born("520240229"), Ok((2024, 2, 29)));
    for unknown in ["000000000", "319850000", "319850300", "300000315", "019850315"] {
        assert_eq!(born(unknown), Err(JpkiError::BirthUnknown), "{unknown}");
    }
    for bad in ["", "19850315", "3198503150", "919850315", "319851301", "520230229", "3１９８50315", "3-9850315"] {
        assert_eq!(born(bad), Err(JpkiError::AttributeMalformed), "{bad}");
    }
    for (number, text) in [(1, ""), (1, "花\n子"), (3, "4"), (3, ""), (5, "")] {
        let all: Vec<_> = [(1, "花子"), (3, "1"), (4, "420191231"), (5, "めぐり市")]
            .map(|(id, usual)| if id == number { (id, text) } else { (id, usual) })
            .to_vec();
        assert_eq!(says(&all), Err(JpkiError::AttributeMalformed), "{number} {text:?}");
    }
    let not_text = tlv(0xa0, &[oid("1.2.392.200149.8.5.5.1"), tlv(0xa0, &tlv(0x02, &[1]))].concat());
    let mut names: Vec<_> = REST.iter().map(|(number, text)| other_name(*number, text)).collect();
    names.push(not_text);
    assert_eq!(checked(&Draft { names, ..Draft::signing() }.made()), Err(JpkiError::AttributeMalformed));
}

#[test]
fn validity_is_to_the_second() {
    let certificate = Draft::signing().made();
    let at = |ymd: (i32, u8, u8), ms: i64| {
        // Days of the kernel begin in Japan; certificates say UTC.
        let (year, month, day) = ymd;
        let day = Day::from_ymd(year, month, day).unwrap();
        verify(&certificate, &anchors(), Timestamp(day.at_minute(9 * 60).0 + ms)).map(drop)
    };
    assert_eq!(at((2026, 4, 1), -1), Err(JpkiError::NotYetValid));
    assert_eq!(at((2026, 4, 1), 0), Ok(()));
    assert_eq!(at((2036, 4, 1), -1), Ok(()));
    assert_eq!(at((2036, 4, 1), 0), Err(JpkiError::Expired));
}

#[test]
fn a_ca_keeps_its_name_when_its_key_is_new() {
    let old = || anchor(Kind::Signing, "signing", 7, "20150101000000Z", "20251019235959Z");
    let new = || anchor(Kind::Signing, "signing", 1, "20230715000000Z", "20330715235959Z");
    let all = Anchors(vec![old(), new()]);
    assert!(verify(&Draft::signing().made(), &all, NOW).is_ok());
    assert_eq!(verify(&Draft::signing().signed_by(7), &all, NOW), Err(JpkiError::AnchorOver));
    assert_eq!(verify(&Draft::signing().signed_by(8), &all, NOW), Err(JpkiError::SignatureMismatch));
}

#[test]
fn no_changed_or_shortened_certificate_holds() {
    let rsa = Certificate::from_pem(file("sign-rsa")).unwrap().to_der().unwrap();
    for (good, anchors) in [(Draft::signing().made(), anchors()), (rsa, openssl_anchors())] {
        assert!(verify(&good, &anchors, NOW).is_ok());
        for at in 0..good.len() {
            let mut changed = good.clone();
            changed[at] ^= 1;
            assert!(verify(&changed, &anchors, NOW).is_err(), "byte {at}");
            assert!(verify(&good[..at], &anchors, NOW).is_err(), "{at} bytes");
        }
    }
}

#[test]
fn whatever_comes_it_is_refused_and_not_fallen_over() {
    let (mut random, seed) = Random::new();
    println!("MEGURI_SEED={seed}");
    let anchors = anchors();
    let good = Draft::signing().made();
    for _ in 0..20_000 {
        let mut bytes = good.clone();
        for _ in 0..=random.next() % 8 {
            let at = random.next() as usize % bytes.len().max(1);
            match random.next() % 4 {
                0 if at < bytes.len() => bytes[at] = random.next() as u8,
                1 if at < bytes.len() => drop(bytes.remove(at)),
                3 => bytes.truncate(at + 1),
                _ => bytes.insert(at, random.next() as u8),
            }
        }
        let same = bytes == good;
        let answer = catch_unwind(|| verify(&bytes, &anchors, NOW).is_ok()).expect("never a panic");
        assert!(same || !answer, "{bytes:02x?}");
    }
}

#[test]
fn numbers_are_stable_and_anchors_are_checked() {
    assert_eq!([JpkiError::TooLarge, JpkiError::Expired, JpkiError::BirthUnknown].map(JpkiError::number), [1, 8, 16]);
    for text in ["", "no pem", &pem(&[0x30, 0x00]), &file("sign-rsa").replace("MII", "MIJ")] {
        assert!(Anchor::parse(Kind::Signing, text).is_err(), "{text}");
    }
    assert_eq!(Anchor::parse(Kind::Signing, &file("weak-key")).err(), Some(JpkiError::KeyRefused));
    let again = Certificate::from_pem(file("ca-sign")).unwrap().to_pem(LineEnding::LF).unwrap();
    assert_eq!(again.trim(), file("ca-sign").trim());
}
