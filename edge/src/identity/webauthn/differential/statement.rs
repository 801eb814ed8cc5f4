//! Attestation statements: formats, self attestation, certificates.

use super::super::soft::{Cbor, Creation, sha256, sign};
use super::Expect::{Good, Narrower, Refused, Same};
use super::certificate::{Certificate, manufacturer};
use super::{Case, CeremonyError, Expect, case, changed};

const REFUSED: Expect = Refused(CeremonyError::AttestationRefused);

pub(super) fn cases(base: &Creation) -> Vec<Case> {
    let mut cases = formats(base);
    cases.extend(self_attestation(base));
    cases.extend(packed_certificates(base));
    cases.extend(fido_u2f(base));
    cases.extend(not_read(base));
    cases
}

fn map(pairs: &[(&str, Cbor)]) -> Cbor {
    Cbor::Map(pairs.iter().map(|(name, value)| (Cbor::text(name), value.clone())).collect())
}

fn with(base: &Creation, name: impl Into<String>, expect: Expect, format: &str, statement: Cbor) -> Case {
    changed(base, name, expect, |creation| {
        creation.format = format.to_owned();
        creation.statement = statement;
    })
}

/// What packed statements sign.
fn signed(base: &Creation) -> Vec<u8> {
    [base.data.encode().as_slice(), &sha256(&base.client_bytes())].concat()
}

fn formats(base: &Creation) -> Vec<Case> {
    let empty = Cbor::Map(Vec::new());
    let full = map(&[
        ("alg", Cbor::Int(-7)),
        ("sig", Cbor::Bytes(sign(&base.key, &[&signed(base)]))),
        ("x5c", Cbor::Array(vec![Cbor::Bytes(Certificate::default().encode(&base.key))])),
        ("ver", Cbor::text("2.0")),
        ("certInfo", Cbor::Bytes(vec![0xff; 60])),
        ("pubArea", Cbor::Bytes(vec![0; 60])),
        ("response", Cbor::Bytes(vec![0; 60])),
    ]);
    let mut cases = Vec::new();
    for format in ["tpm", "android-key", "android-safetynet", "apple", "compound", "", "NONE", "None", "none ", "自己"]
    {
        for (name, statement) in [("empty", &empty), ("full", &full), ("list", &Cbor::Array(Vec::new()))] {
            cases.push(with(base, format!("{format}, {name}"), REFUSED, format, statement.clone()));
        }
    }
    for format in ["packed", "fido-u2f"] {
        for statement in [&empty, &Cbor::Array(Vec::new()), &Cbor::Int(1), &Cbor::text("x")] {
            cases.push(with(base, format!("{format}, {statement:?}"), REFUSED, format, statement.clone()));
        }
    }
    // WebAuthn L3 §8.7 wants an empty map beside `none`; webauthn-rs does not look. Nothing depends on it.
    for statement in [full, Cbor::Array(Vec::new()), Cbor::Int(0), Cbor::text(""), Cbor::Bool(false)] {
        cases.push(with(base, format!("none beside {statement:?}"), Good, "none", statement));
    }
    cases
}

fn self_attestation(base: &Creation) -> Vec<Case> {
    let signature = sign(&base.key, &[&signed(base)]);
    let foreign = sign(&manufacturer(), &[&signed(base)]);
    let over_nothing = sign(&base.key, &[]);
    let statement = |algorithm: i64, signature: &[u8]| {
        map(&[("alg", Cbor::Int(algorithm)), ("sig", Cbor::Bytes(signature.to_vec()))])
    };
    let mut cases = vec![
        case("self attestation", Good, base.clone().self_attested().json()),
        with(base, "self, extra member", Good, "packed", {
            map(&[("alg", Cbor::Int(-7)), ("sig", Cbor::Bytes(signature.clone())), ("x", Cbor::Int(1))])
        }),
        with(base, "self, by another key", REFUSED, "packed", statement(-7, &foreign)),
        with(base, "self, over nothing", REFUSED, "packed", statement(-7, &over_nothing)),
        with(base, "self, no signature", REFUSED, "packed", map(&[("alg", Cbor::Int(-7))])),
        with(base, "self, empty signature", REFUSED, "packed", statement(-7, &[])),
        with(base, "self, no algorithm", REFUSED, "packed", map(&[("sig", Cbor::Bytes(signature.clone()))])),
        with(base, "self, signature as text", REFUSED, "packed", {
            map(&[("alg", Cbor::Int(-7)), ("sig", Cbor::text("x"))])
        }),
        with(base, "self, algorithm as text", REFUSED, "packed", {
            map(&[("alg", Cbor::text("ES256")), ("sig", Cbor::Bytes(signature.clone()))])
        }),
        with(base, "self, ECDAA", REFUSED, "packed", {
            map(&[
                ("alg", Cbor::Int(-7)),
                ("sig", Cbor::Bytes(signature.clone())),
                ("ecdaaKeyId", Cbor::Bytes(vec![1])),
            ])
        }),
        with(base, "self, algorithm twice", Same, "packed", {
            let pair = |algorithm| (Cbor::text("alg"), Cbor::Int(algorithm));
            Cbor::Map(vec![pair(-8), pair(-7), (Cbor::text("sig"), Cbor::Bytes(signature.clone()))])
        }),
    ];
    for algorithm in [-8, -35, -36, -37, -257, -65_535, -7_000, 0, 7] {
        let name = format!("self, algorithm {algorithm}");
        cases.push(with(base, name, REFUSED, "packed", statement(algorithm, &signature)));
    }
    for at in 0..signature.len() {
        let mut bad = signature.clone();
        if let Some(byte) = bad.get_mut(at) {
            *byte ^= 1;
        }
        cases.push(with(base, format!("self, signature byte {at}"), REFUSED, "packed", statement(-7, &bad)));
        let cut = signature.get(..at).unwrap_or_default();
        cases.push(with(base, format!("self, signature cut at {at}"), REFUSED, "packed", statement(-7, cut)));
    }
    // Changing what was signed, after signing.
    let attested = base.clone().self_attested();
    cases.push(changed(&attested, "self, then the counter", REFUSED, |creation| creation.data.counter += 1));
    cases.push(changed(&attested, "self, then the client data", REFUSED, |creation| {
        creation.client.as_object_mut().expect("an object").insert("x".to_owned(), 1.into());
    }));
    cases
}

fn packed_certificates(base: &Creation) -> Vec<Case> {
    let key = manufacturer();
    let signature = Cbor::Bytes(sign(&key, &[&signed(base)]));
    let chain = |certificates: &[Vec<u8>]| Cbor::Array(certificates.iter().cloned().map(Cbor::Bytes).collect());
    let statement = |x5c: Cbor| map(&[("alg", Cbor::Int(-7)), ("sig", signature.clone()), ("x5c", x5c)]);
    let good = Certificate::default();
    let one = |certificate: &Certificate| statement(chain(&[certificate.encode(&key)]));
    let aaguid = |aaguid: &[u8]| Certificate { aaguid: Some(aaguid.to_vec()), ..Certificate::default() };
    let der = good.encode(&key);
    let single = || chain(std::slice::from_ref(&der));
    let mut cases = Vec::new();
    for (name, expect, statement) in [
        ("good", Good, one(&good)),
        ("its AAGUID", Good, one(&aaguid(&[0; 16]))),
        ("another AAGUID", REFUSED, one(&aaguid(&[1; 16]))),
        ("AAGUID of 15 bytes", REFUSED, one(&aaguid(&[0; 15]))),
        ("another unit", REFUSED, one(&Certificate { unit: "Authenticator", ..good.clone() })),
        ("version 1", REFUSED, one(&Certificate { version: 0, ..good.clone() })),
        ("a CA", Same, one(&Certificate { is_ca: true, ..good.clone() })),
        ("no subject", REFUSED, one(&Certificate { subject: false, ..good.clone() })),
        ("two certificates", Good, statement(chain(&[der.clone(), der.clone()]))),
        ("another key", REFUSED, statement(chain(&[good.encode(&base.key)]))),
        ("no certificate", REFUSED, statement(chain(&[]))),
        ("x5c not a list", REFUSED, statement(Cbor::Bytes(der.clone()))),
        ("x5c a list of texts", REFUSED, statement(Cbor::Array(vec![Cbor::text("x")]))),
        ("second certificate broken", REFUSED, statement(chain(&[der.clone(), vec![0x30]]))),
        ("no signature", REFUSED, map(&[("alg", Cbor::Int(-7)), ("x5c", single())])),
        ("no algorithm", REFUSED, map(&[("sig", signature.clone()), ("x5c", single())])),
        ("another algorithm named", Good, {
            map(&[("alg", Cbor::Int(-257)), ("sig", signature.clone()), ("x5c", single())])
        }),
        ("an unknown algorithm named", REFUSED, {
            map(&[("alg", Cbor::Int(-1)), ("sig", signature.clone()), ("x5c", single())])
        }),
    ] {
        cases.push(with(base, format!("packed, {name}"), expect, "packed", statement));
    }
    for at in 0..der.len() {
        let mut bad = der.clone();
        if let Some(byte) = bad.get_mut(at) {
            *byte ^= 1 << (at % 8);
        }
        cases.push(with(base, format!("packed, certificate byte {at}"), Same, "packed", statement(chain(&[bad]))));
        let cut = der.get(..at).unwrap_or_default().to_vec();
        cases.push(with(base, format!("packed, certificate cut at {at}"), REFUSED, "packed", statement(chain(&[cut]))));
    }
    cases
}

fn fido_u2f(base: &Creation) -> Vec<Case> {
    let key = manufacturer();
    let attested = base.data.attested.as_ref().expect("attested credential data");
    let point = base.key.verifying_key().to_sec1_point(false);
    let signature = sign(
        &key,
        &[&[0], &base.data.rp_id_hash, &sha256(&base.client_bytes()), &attested.credential_id, point.as_bytes()],
    );
    let der = Certificate::default().encode(&key);
    let statement = |signature: &[u8], chain: &[&[u8]]| {
        let chain = chain.iter().map(|der| Cbor::Bytes(der.to_vec())).collect();
        map(&[("sig", Cbor::Bytes(signature.to_vec())), ("x5c", Cbor::Array(chain))])
    };
    let wrong = sign(&key, &[&signed(base)]);
    let cases = [
        ("good", Good, statement(&signature, &[&der])),
        ("over other data", REFUSED, statement(&wrong, &[&der])),
        ("by another key", REFUSED, statement(&sign(&base.key, &[b"x"]), &[&der])),
        ("two certificates", REFUSED, statement(&signature, &[&der, &der])),
        ("no certificate", REFUSED, statement(&signature, &[])),
        ("broken certificate", REFUSED, statement(&signature, &[der.get(1..).unwrap_or_default()])),
        ("no signature", REFUSED, map(&[("x5c", Cbor::Array(vec![Cbor::Bytes(der.clone())]))])),
        ("no x5c", REFUSED, map(&[("sig", Cbor::Bytes(signature.clone()))])),
    ];
    cases.map(|(name, expect, statement)| with(base, format!("fido-u2f, {name}"), expect, "fido-u2f", statement)).into()
}

/// The two formats that webauthn-rs reads and we do not.
fn not_read(base: &Creation) -> [Case; 2] {
    let narrower = Narrower(CeremonyError::AttestationRefused);
    let signature = Cbor::Bytes(sign(&base.key, &[&signed(base)]));
    let chain = |certificate: Certificate| Cbor::Array(vec![Cbor::Bytes(certificate.encode(&base.key))]);
    let apple = chain(Certificate { apple_nonce: Some(sha256(&signed(base))), ..Certificate::default() });
    let challenge = Some(sha256(&base.client_bytes()));
    let android = chain(Certificate { android_challenge: challenge, ..Certificate::default() });
    let android = map(&[("alg", Cbor::Int(-7)), ("sig", signature), ("x5c", android)]);
    [
        with(base, "apple, good", narrower, "apple", map(&[("x5c", apple)])),
        with(base, "android-key, good", narrower, "android-key", android),
    ]
}
