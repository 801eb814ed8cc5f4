//! Other encodings of the attestation object (CBOR, RFC 8949): order, length forms, repetition, rubbish.

use super::super::soft::{Cbor, Creation};
use super::Expect::{Good, Refused, Same};
use super::{Case, CeremonyError, Expect, case};

const MALFORMED: Expect = Refused(CeremonyError::Malformed);

pub(super) fn cases(base: &Creation) -> Vec<Case> {
    let mut cases = members(base);
    cases.extend(forms(base));
    let object = base.object();
    for length in 0..object.len() {
        let cut = object.get(..length).unwrap_or_default();
        cases.push(with(base, format!("object cut at {length}"), MALFORMED, cut));
    }
    for tail in [vec![0], vec![0xa0], vec![0xf6], vec![0xff], object.clone()] {
        let longer = [object.as_slice(), &tail].concat();
        cases.push(with(base, format!("object and {} bytes", tail.len()), MALFORMED, &longer));
    }
    cases
}

fn with(base: &Creation, name: impl Into<String>, expect: Expect, object: &[u8]) -> Case {
    case(name, expect, base.json_with(&base.client_bytes(), object))
}

fn members(base: &Creation) -> Vec<Case> {
    let fmt = (Cbor::text("fmt"), Cbor::text("none"));
    let statement = (Cbor::text("attStmt"), Cbor::Map(Vec::new()));
    let data = (Cbor::text("authData"), Cbor::Bytes(base.data.encode()));
    let all = [fmt.clone(), statement.clone(), data.clone()];
    let plus = |name: &str, value: Cbor| [all.as_slice(), &[(Cbor::text(name), value)]].concat();
    let renamed = |at: usize, key: Cbor| {
        let mut pairs = all.to_vec();
        pairs[at].0 = key;
        pairs
    };
    let revalued = |at: usize, value: Cbor| {
        let mut pairs = all.to_vec();
        pairs[at].1 = value;
        pairs
    };
    [
        ("another order", Good, vec![data.clone(), statement.clone(), fmt.clone()]),
        ("no format", MALFORMED, vec![statement.clone(), data.clone()]),
        ("no statement", MALFORMED, vec![fmt.clone(), data.clone()]),
        ("no data", MALFORMED, vec![fmt.clone(), statement.clone()]),
        ("nothing", MALFORMED, Vec::new()),
        ("format twice", MALFORMED, plus("fmt", Cbor::text("packed"))),
        ("statement twice", MALFORMED, plus("attStmt", Cbor::Map(Vec::new()))),
        ("data twice", MALFORMED, plus("authData", Cbor::Bytes(vec![0; 37]))),
        ("unknown member", Good, plus("x", Cbor::Int(1))),
        ("enterprise attestation", Good, plus("epAtt", Cbor::Bool(true))),
        ("enterprise attestation as number", MALFORMED, plus("epAtt", Cbor::Int(1))),
        ("large blob key", Good, plus("largeBlobKey", Cbor::Bytes(vec![1; 32]))),
        ("large blob key as text", Same, plus("largeBlobKey", Cbor::text("x"))),
        ("number as name", Same, renamed(0, Cbor::Int(0))),
        ("another number as name", MALFORMED, renamed(0, Cbor::Int(1))),
        ("bytes as name", Same, renamed(0, Cbor::Bytes(b"fmt".to_vec()))),
        ("name in capitals", MALFORMED, renamed(2, Cbor::text("authdata"))),
        ("name of the specification's CTAP form", MALFORMED, renamed(2, Cbor::text("auth_data"))),
        ("format as bytes", Same, revalued(0, Cbor::Bytes(b"none".to_vec()))),
        ("format as number", MALFORMED, revalued(0, Cbor::Int(0))),
        ("format not UTF-8", MALFORMED, revalued(0, Cbor::Raw(vec![0x62, 0xff, 0xfe]))),
        ("data as text", Same, revalued(2, Cbor::text(&"x".repeat(200)))),
        ("data as list", MALFORMED, revalued(2, Cbor::Array(vec![Cbor::Int(1); 164]))),
        ("data empty", MALFORMED, revalued(2, Cbor::Bytes(Vec::new()))),
        ("statement null", Good, revalued(1, Cbor::Raw(vec![0xf6]))),
        ("statement undefined", Same, revalued(1, Cbor::Raw(vec![0xf7]))),
        ("statement a simple value", Same, revalued(1, Cbor::Raw(vec![0xf8, 0xff]))),
        ("statement a tag", Same, revalued(1, Cbor::Raw(vec![0xd8, 0x18, 0x41, 0]))),
        ("statement a float", Same, revalued(1, Cbor::Raw(vec![0xf9, 0x7e, 0]))),
        ("statement a bignum", Same, revalued(1, Cbor::Raw(vec![0xc2, 0x49, 1, 0, 0, 0, 0, 0, 0, 0, 0]))),
        ("statement a break", MALFORMED, revalued(1, Cbor::Raw(vec![0xff]))),
        ("statement nested 100 deep", Same, revalued(1, Cbor::Raw([vec![0x81; 100], vec![0]].concat()))),
        ("statement nested 130 deep", MALFORMED, revalued(1, Cbor::Raw([vec![0x81; 130], vec![0]].concat()))),
        ("statement with float key", Same, revalued(1, Cbor::Raw(vec![0xa1, 0xfb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0, 0]))),
    ]
    .into_iter()
    .map(|(name, expect, pairs)| with(base, format!("object: {name}"), expect, &Cbor::Map(pairs).encode()))
    .collect()
}

fn forms(base: &Creation) -> Vec<Case> {
    let data = base.data.encode();
    let value = |value: Cbor| value.encode();
    let text = |name: &str| Cbor::text(name).encode();
    let length = (data.len() as u64).to_be_bytes();
    let (fmt, none) = (text("fmt"), text("none"));
    let (att, empty) = (text("attStmt"), value(Cbor::Map(Vec::new())));
    let (auth, bytes) = (text("authData"), value(Cbor::Bytes(data.clone())));
    let body: [&[u8]; 6] = [&fmt, &none, &att, &empty, &auth, &bytes];
    let all = body.concat();
    let first: [&[u8]; 5] = [&fmt, &none, &att, &empty, &auth];
    let front = first.concat();
    let half = data.len() / 2;
    let (one, two) = data.split_at(half);
    let pieces = [&[0x5f][..], &value(Cbor::Bytes(one.to_vec())), &value(Cbor::Bytes(two.to_vec())), &[0xff]].concat();
    let broken = [&[0x7f][..], &text("no"), &text("ne"), &[0xff]].concat();
    [
        ("map without length", Same, [&[0xbf], all.as_slice(), &[0xff]].concat()),
        ("map without end", MALFORMED, [&[0xbf], all.as_slice()].concat()),
        ("map of four with three", MALFORMED, [&[0xa4], all.as_slice()].concat()),
        ("map of two with three", MALFORMED, [&[0xa2], all.as_slice()].concat()),
        ("long form of a small length", Same, [&[0xb9, 0, 3], all.as_slice()].concat()),
        ("longest form of a small length", Same, [&[0xbb, 0, 0, 0, 0, 0, 0, 0, 3], all.as_slice()].concat()),
        (
            "length that is a lie",
            MALFORMED,
            [&[0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], all.as_slice()].concat(),
        ),
        ("data in the longest form", Same, [&[0xa3], front.as_slice(), &[0x5b], &length, &data].concat()),
        ("data in pieces", Same, [&[0xa3], front.as_slice(), &pieces].concat()),
        ("format in pieces", Same, [&[0xa3], fmt.as_slice(), &broken, &att, &empty, &auth, &bytes].concat()),
        ("a list instead of a map", Same, [&[0x83], none.as_slice(), &empty, &bytes].concat()),
        ("a full list instead of a map", Same, [&[0x85], none.as_slice(), &empty, &bytes, &[0xf6, 0xf6]].concat()),
        ("self-described CBOR", Same, [&[0xd9, 0xd9, 0xf7, 0xa3], all.as_slice()].concat()),
        ("a tag around the map", Same, [&[0xc6, 0xa3], all.as_slice()].concat()),
        ("a text around the map", MALFORMED, value(Cbor::Bytes([&[0xa3], all.as_slice()].concat()))),
        ("nothing at all", MALFORMED, Vec::new()),
        ("ten thousand lists", MALFORMED, vec![0x81; 10_000]),
        ("ten thousand maps", MALFORMED, vec![0xbf; 10_000]),
        ("ten thousand tags", Same, vec![0xc1; 10_000]),
        ("bytes of 2^63", MALFORMED, vec![0x5b, 0x80, 0, 0, 0, 0, 0, 0, 0]),
        ("text of 2^32", MALFORMED, vec![0x7a, 0xff, 0xff, 0xff, 0xff]),
        ("list of 2^64 − 1", MALFORMED, [vec![0x9b], vec![0xff; 8]].concat()),
    ]
    .into_iter()
    .map(|(name, expect, object)| with(base, format!("form: {name}"), expect, &object))
    .collect()
}
