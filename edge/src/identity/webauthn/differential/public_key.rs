//! Mutated public keys: algorithms, curves, coordinates, shapes.

use super::super::soft::{Cbor, Creation};
use super::Expect::{Good, Refused, Same};
use super::{Case, CeremonyError, Expect, changed};

const REFUSED: Expect = Refused(CeremonyError::AlgorithmRefused);

fn with(base: &Creation, name: impl Into<String>, expect: Expect, key: Cbor) -> Case {
    changed(base, format!("key: {}", name.into()), expect, |creation| {
        creation.data.attested.as_mut().expect("attested credential data").public_key = key;
    })
}

fn map(pairs: &[(i64, Cbor)]) -> Cbor {
    Cbor::Map(pairs.iter().map(|(label, value)| (Cbor::Int(*label), value.clone())).collect())
}

pub(super) fn cases(base: &Creation) -> Vec<Case> {
    let attested = base.data.attested.as_ref().expect("attested credential data");
    let Cbor::Map(good) = attested.public_key.clone() else { panic!("a map") };
    // One member replaced.
    let replaced = |label: i64, value: Cbor| {
        let pair = |(key, old): &(Cbor, Cbor)| {
            (key.clone(), if *key == Cbor::Int(label) { value.clone() } else { old.clone() })
        };
        Cbor::Map(good.iter().map(pair).collect())
    };
    let coordinate = |label: i64| {
        let found = good.iter().find(|(key, _)| *key == Cbor::Int(label));
        let Some((_, Cbor::Bytes(bytes))) = found else { panic!("a coordinate") };
        bytes.clone()
    };
    let (x, y) = (coordinate(-2), coordinate(-3));
    let mut cases = Vec::new();
    for algorithm in [-8, -36, -37, -38, -39, -258, -259, -65_535, -47, -48, -999, 0, 7, -257, i64::MIN + 1, i64::MAX] {
        cases.push(with(base, format!("algorithm {algorithm}"), REFUSED, replaced(3, Cbor::Int(algorithm))));
    }
    // RFC 9053 leaves the curve open; WebAuthn L3 §5.8.5 ties ES384 to P-384. webauthn-rs does not,
    // and then verifies by the curve alone.
    cases.push(with(base, "ES384 on P-256", Good, replaced(3, Cbor::Int(-35))));
    for curve in [0, 2, 3, 4, 6, 7, 8, -1] {
        cases.push(with(base, format!("curve {curve}"), REFUSED, replaced(-1, Cbor::Int(curve))));
    }
    for kind in [0, 1, 3, 4, -2, 200] {
        cases.push(with(base, format!("kind {kind}"), REFUSED, replaced(1, Cbor::Int(kind))));
    }
    for label in [1, 3, -1, -2, -3] {
        let without = good.iter().filter(|(key, _)| *key != Cbor::Int(label)).cloned().collect();
        cases.push(with(base, format!("without {label}"), REFUSED, Cbor::Map(without)));
        for value in [Cbor::text("x"), Cbor::Array(Vec::new()), Cbor::Bool(true), Cbor::Raw(vec![0xf6])] {
            cases.push(with(base, format!("{label} = {value:?}"), REFUSED, replaced(label, value)));
        }
        let twice = [good.clone(), vec![(Cbor::Int(label), Cbor::Int(-7))]].concat();
        cases.push(with(base, format!("{label} twice"), Same, Cbor::Map(twice)));
    }
    for (name, value) in [
        ("short", x.get(1..).unwrap_or_default().to_vec()),
        ("long", [x.as_slice(), &[0]].concat()),
        ("empty", Vec::new()),
        ("zero", vec![0; 32]),
        ("above the field", vec![0xff; 32]),
        ("swapped", y.clone()),
    ] {
        cases.push(with(base, format!("x {name}"), REFUSED, replaced(-2, Cbor::Bytes(value))));
    }
    for at in 0..32 {
        let mut off = y.clone();
        if let Some(byte) = off.get_mut(at) {
            *byte ^= 1;
        }
        cases.push(with(base, format!("y byte {at}"), REFUSED, replaced(-3, Cbor::Bytes(off))));
    }
    let tagged = [vec![0xd8, 0x60], attested.public_key.encode()].concat();
    cases.push(with(base, "under a tag", Good, Cbor::Raw(tagged)));
    cases.push(with(base, "compressed", REFUSED, replaced(-3, Cbor::Bool(true))));
    cases.extend(larger_curves(base));
    cases.extend(other_kinds(base));
    cases
}

/// Points on the larger curves, from webauthn-rs' own tests.
fn larger_curves(base: &Creation) -> [Case; 4] {
    let key = |algorithm, curve, x: &str, y: &str| {
        let bytes = |hex: &str| {
            let digit = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal");
            Cbor::Bytes((0..hex.len()).step_by(2).map(digit).collect())
        };
        let (algorithm, curve) = (Cbor::Int(algorithm), Cbor::Int(curve));
        map(&[(1, Cbor::Int(2)), (3, algorithm), (-1, curve), (-2, bytes(x)), (-3, bytes(y))])
    };
    let p384 = |algorithm| {
        let x = "ceeaf818731db7af2d02e029854823d71bdbf65fb0c6ff6942c9cf891efe18ea81430517d777f5c43550da801be5bf2f";
        let y = "dda1d0ead72e042efb7c36a38cc021abb2ca1a2e38159edda8c25f391e9a38d79dd56b9427d1c7c70cfa778ab849b087";
        key(algorithm, 2, x, y)
    };
    let p521 = |algorithm| {
        let x = "0106cfaacf34b13f24bbb2f806fd9cfacff9a2a5ef9ecfcd85664609a0b2f6d4fd\
                 b8e1d58630905f13f38d8eed8714eceb716920a3a235581623261fed961f7b7d72";
        let y = "0089597a052a8d3c8b2b5692d467dea19f8e1b9ca17fa563a1a826855dade04811\
                 b2881819e72f1706daeaf7d3773b2e284983a0eec33c2fe3ff5697722e95b29536";
        key(algorithm, 3, x, y)
    };
    [
        with(base, "ES384 on P-384", Good, p384(-35)),
        with(base, "ES256 on P-384", Good, p384(-7)),
        with(base, "ES512 on P-521, not offered", REFUSED, p521(-36)),
        // A key nobody can sign in with afterwards: webauthn-rs verifies nothing on P-521.
        with(base, "ES256 on P-521", Good, p521(-7)),
    ]
}

fn other_kinds(base: &Creation) -> Vec<Case> {
    let bytes = |length: usize, value: u8| Cbor::Bytes(vec![value; length]);
    let rsa = |n: Cbor, e: Cbor| map(&[(1, Cbor::Int(3)), (3, Cbor::Int(-257)), (-1, n), (-2, e)]);
    let exponent = || Cbor::Bytes(vec![1, 0, 1]);
    let okp = |curve, x| map(&[(1, Cbor::Int(1)), (3, Cbor::Int(-8)), (-1, Cbor::Int(curve)), (-2, x)]);
    vec![
        with(base, "RS256", Good, rsa(bytes(256, 0xc1), exponent())),
        with(base, "RS256, even modulus", Same, rsa(bytes(256, 0xc2), exponent())),
        with(base, "RS256, zero", Same, rsa(bytes(256, 0), exponent())),
        with(base, "RS256, exponent 0", REFUSED, rsa(bytes(256, 0xc1), bytes(3, 0))),
        with(base, "RS256, exponent 1", Same, rsa(bytes(256, 0xc1), Cbor::Bytes(vec![0, 0, 1]))),
        with(base, "RS256, even exponent", Same, rsa(bytes(256, 0xc1), Cbor::Bytes(vec![1, 0, 0]))),
        with(base, "RS256, 1024 bits", REFUSED, rsa(bytes(128, 0xc1), exponent())),
        with(base, "RS256, 4096 bits", REFUSED, rsa(bytes(512, 0xc1), exponent())),
        with(base, "RS256, exponent of one byte", REFUSED, rsa(bytes(256, 0xc1), bytes(1, 3))),
        with(base, "Ed25519", REFUSED, okp(6, bytes(32, 9))),
        with(base, "Ed448", REFUSED, okp(7, bytes(57, 9))),
        with(base, "X25519", REFUSED, okp(4, bytes(32, 9))),
        with(base, "none", REFUSED, Cbor::Map(Vec::new())),
        with(base, "a list", REFUSED, Cbor::Array(Vec::new())),
        with(base, "a number", REFUSED, Cbor::Int(2)),
        with(base, "bytes", REFUSED, bytes(77, 4)),
        with(base, "absent", Refused(CeremonyError::Malformed), Cbor::Raw(Vec::new())),
        with(base, "a reserved byte", Refused(CeremonyError::Malformed), Cbor::Raw(vec![0x1c])),
        with(base, "a tag", REFUSED, Cbor::Raw(vec![0xc1, 0x01])),
        with(base, "number of 2^64 − 1 as kind", REFUSED, {
            Cbor::Map(vec![
                (Cbor::Int(1), Cbor::Raw([&[0x1b][..], &[0xff; 8]].concat())),
                (Cbor::Int(3), Cbor::Int(-7)),
            ])
        }),
    ]
}
