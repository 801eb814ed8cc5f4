//! Mutated authenticator data: relying party, flags, counter, credential id, extensions, length.

use super::super::soft::{Attested, Cbor, Creation, flag, sha256};
use super::super::support::RP_ID;
use super::Expect::{Good, Narrower, Refused, Same};
use super::{Case, CeremonyError, case, changed};

pub(super) fn cases(base: &Creation) -> Vec<Case> {
    let mut cases = hashes(base);
    cases.extend(flags(base));
    cases.extend(ids(base));
    cases.extend(extensions(base));
    cases.extend(lengths(base));
    for counter in [0, 1, 0xff, 0x7fff_ffff, u32::MAX] {
        cases.push(changed(base, format!("counter {counter}"), Good, |creation| creation.data.counter = counter));
    }
    cases
}

fn hashes(base: &Creation) -> Vec<Case> {
    let wrong = Refused(CeremonyError::WrongRelyingParty);
    let mut cases = Vec::new();
    for (at, bit) in (0..32).flat_map(|at| [0, 7].map(|bit| (at, bit))) {
        cases.push(changed(base, format!("rpIdHash byte {at} bit {bit}"), wrong, |creation| {
            creation.data.rp_id_hash[at] ^= 1 << bit;
        }));
    }
    for id in ["", "portal.town.example", "example", "TOWN.example", "evil.example", "https://town.example"] {
        cases.push(changed(base, format!("made for {id:?}"), wrong, |creation| {
            creation.data.rp_id_hash = sha256(id.as_bytes());
        }));
    }
    cases.push(changed(base, "made for us", Good, |creation| creation.data.rp_id_hash = sha256(RP_ID.as_bytes())));
    cases
}

/// Every value of the flag byte, over data with attested credential data and without extensions.
fn flags(base: &Creation) -> Vec<Case> {
    let verdict = |flags: u8| {
        let set = |bit| flags & bit != 0;
        if set(flag::ED) {
            // Without AT the COSE key is not where extensions are looked for.
            return Refused(CeremonyError::Malformed);
        }
        if !set(flag::UP) {
            return Refused(CeremonyError::UserNotPresent);
        }
        if !set(flag::UV) {
            return Refused(CeremonyError::UserNotVerified);
        }
        if !set(flag::AT) {
            return Refused(CeremonyError::CredentialMissing);
        }
        if set(flag::BS) && !set(flag::BE) {
            return Refused(CeremonyError::BackupStateInconsistent);
        }
        Good
    };
    (0..=u8::MAX)
        .map(|flags| {
            let expect = if flags & (flag::ED | flag::AT) == flag::ED { Same } else { verdict(flags) };
            changed(base, format!("flags {flags:08b}"), expect, |creation| creation.data.flags = flags)
        })
        .collect()
}

fn attested(creation: &mut Creation) -> &mut Attested {
    creation.data.attested.as_mut().expect("attested credential data")
}

fn ids(base: &Creation) -> Vec<Case> {
    let mut cases = Vec::new();
    for length in [0, 1, 15, 16, 32, 64, 255, 256, 1022, 1023, 1024, 4095, 4096, 4097, 65_535] {
        let expect = match length {
            1..=1023 => Good,
            0 | 1024..=4096 => Narrower(CeremonyError::CredentialIdLength),
            _ => Refused(CeremonyError::Malformed),
        };
        // The largest does not fit in a body; that is a refusal as well, by size alone.
        cases.push(changed(base, format!("id of {length} bytes"), expect, |creation| {
            let id: Vec<u8> = (0..length).map(|at| at as u8).collect();
            creation.outer_id = id.clone();
            attested(creation).credential_id = id;
            attested(creation).credential_id_length = length as u16;
        }));
    }
    for delta in [-32, -31, -1, 1, 2, 77, 1000, 5000] {
        cases.push(changed(base, format!("length of the id off by {delta}"), Same, |creation| {
            // Of zeros, so that what is then taken for the key is the same in every run.
            creation.outer_id = vec![0; 32];
            let attested = attested(creation);
            attested.credential_id = vec![0; 32];
            attested.credential_id_length = (i32::from(attested.credential_id_length) + delta) as u16;
        }));
    }
    let mismatch = Narrower(CeremonyError::CredentialIdMismatch);
    for outer in [Vec::new(), vec![0; 32], base.outer_id[..31].to_vec(), [base.outer_id.as_slice(), &[0]].concat()] {
        let name = format!("outer id {outer:?}");
        cases.push(changed(base, name, mismatch, |creation| creation.outer_id = outer));
    }
    let member = |from: &str, to: &str| base.json().replacen(from, to, 1);
    cases.push(case(
        "credential of another type",
        Narrower(CeremonyError::Malformed),
        member("public-key", "password"),
    ));
    cases.push(case("no raw id", Refused(CeremonyError::Malformed), member("rawId", "rawI")));
    cases.push(case("no type", Refused(CeremonyError::Malformed), member("\"type\"", "\"typ\"")));
    cases.push(case("no client extension results", Good, member("clientExtensionResults", "other")));
    cases.push(case("client extension results nothing", Same, member("{\"credProps\":{\"rk\":true}}", "null")));
    cases.push(case("no credential properties", Good, member("credProps", "other")));
    for transports in [vec![], vec!["smart-card"], vec!["usb", "nfc", "usb", "hybrid", "ble", "internal", "x"]] {
        cases.push(changed(base, format!("transports {transports:?}"), Good, |creation| {
            creation.transports = transports.iter().map(|&name| name.to_owned()).collect();
        }));
    }
    cases
}

fn extensions(base: &Creation) -> Vec<Case> {
    let text = Cbor::text;
    let map = |name: &str, value: Cbor| Cbor::Map(vec![(text(name), value)]);
    let malformed = Refused(CeremonyError::Malformed);
    let known = [
        ("empty", Cbor::Map(Vec::new()), Good),
        ("credProtect 1", map("credProtect", Cbor::Int(1)), Good),
        ("credProtect 2", map("credProtect", Cbor::Int(2)), Good),
        ("credProtect 3", map("credProtect", Cbor::Int(3)), Good),
        ("credProtect 0", map("credProtect", Cbor::Int(0)), malformed),
        ("credProtect 4", map("credProtect", Cbor::Int(4)), malformed),
        ("credProtect -1", map("credProtect", Cbor::Int(-1)), malformed),
        ("credProtect text", map("credProtect", text("3")), malformed),
        ("hmac-secret true", map("hmac-secret", Cbor::Bool(true)), Good),
        ("hmac-secret false", map("hmac-secret", Cbor::Bool(false)), Good),
        ("hmac-secret 1", map("hmac-secret", Cbor::Int(1)), malformed),
        ("unknown", map("x", Cbor::Array(vec![Cbor::Bytes(vec![1])])), Good),
        ("number as name", Cbor::Map(vec![(Cbor::Int(1), Cbor::Int(1))]), Same),
        ("list", Cbor::Array(Vec::new()), Same),
        ("number", Cbor::Int(1), malformed),
        (
            "credProtect twice",
            {
                let one = |level| (text("credProtect"), Cbor::Int(level));
                Cbor::Map(vec![one(3), one(1)])
            },
            Same,
        ),
        ("unfinished", Cbor::Raw(vec![0xa1, 0x61]), malformed),
        ("endless", Cbor::Raw(vec![0xbf]), malformed),
        ("of a length that is a lie", Cbor::Raw(vec![0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), malformed),
        ("deep", Cbor::Raw(vec![0x81; 3000]), malformed),
        ("float", Cbor::Raw(vec![0xa1, 0x61, b'x', 0xfb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0]), Good),
        ("followed by more", Cbor::Raw(vec![0xa0, 0xa0]), Good),
    ];
    let mut cases = Vec::new();
    for (name, data, expect) in known {
        cases.push(changed(base, format!("extensions: {name}"), expect, |creation| {
            creation.data.flags |= flag::ED;
            creation.data.rest = data.encode();
        }));
        // webauthn-rs leaves bytes behind the data unread; the specification gives them no meaning.
        cases.push(changed(base, format!("extensions without the flag: {name}"), Good, |creation| {
            creation.data.rest = data.encode();
        }));
        cases.push(changed(base, format!("extensions without credential: {name}"), Same, |creation| {
            creation.data.flags = flag::UP | flag::UV | flag::ED;
            creation.data.attested = None;
            creation.data.rest = data.encode();
        }));
    }
    cases
}

/// Cut at every length, and lengthened.
fn lengths(base: &Creation) -> Vec<Case> {
    let bytes = base.data.encode();
    let with = |data: &[u8]| {
        let object = Cbor::Map(vec![
            (Cbor::text("fmt"), Cbor::text("none")),
            (Cbor::text("attStmt"), Cbor::Map(Vec::new())),
            (Cbor::text("authData"), Cbor::Bytes(data.to_vec())),
        ]);
        base.json_with(&base.client_bytes(), &object.encode())
    };
    let mut cases: Vec<_> = (0..bytes.len())
        .filter_map(|length| bytes.get(..length).map(|data| (length, data)))
        .map(|(length, data)| case(format!("authData cut at {length}"), Refused(CeremonyError::Malformed), with(data)))
        .collect();
    for tail in [vec![0], vec![0xa0], vec![0xff; 40], b"trailing".to_vec()] {
        cases.push(case(format!("authData and {tail:?}"), Good, with(&[bytes.as_slice(), &tail].concat())));
    }
    cases
}
