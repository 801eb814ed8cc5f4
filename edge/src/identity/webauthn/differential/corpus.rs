//! A corpus of registrations and sign-ins with our verdicts, for a verifier that shares no line with ours:
//! `xtask/oracle/webauthn.test.mjs` puts the same answers to `@simplewebauthn/server`. Written where `MEGURI_CORPUS` says.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use p256::ecdsa::SigningKey;
use serde_json::{Value, json};

use super::super::soft::{Assertion, SoftAuthenticator, flag, sha256};
use super::super::support::{ORIGIN, PERSON, RP_ID, Random, begin, begin_sign_in, relying_party};
use super::super::{CeremonyError, RelyingParty, finish_registration, finish_sign_in};
use super::{client_data, encoding, public_key, signed_data, statement};

fn challenge(options: &str) -> String {
    let options: Value = serde_json::from_str(options).expect("JSON");
    options.pointer("/publicKey/challenge").and_then(Value::as_str).expect("a challenge").to_owned()
}

fn verdict<T>(answer: Result<T, CeremonyError>) -> String {
    answer.map_or_else(|error| format!("{error:?}"), |_| "Good".to_owned())
}

fn registrations(rp: &RelyingParty, random: &mut Random) -> Vec<Value> {
    let mut found = Vec::new();
    for (kind, mut device) in [("synced", SoftAuthenticator::synced(1)), ("bound", SoftAuthenticator::bound(2))] {
        let begin = begin(rp, &[], random);
        let base = device.creation(&begin.options, ORIGIN).expect("an answer");
        let groups = [client_data::cases, signed_data::cases, public_key::cases, statement::cases, encoding::cases];
        for case in groups.iter().flat_map(|group| group(&base)) {
            found.push(json!({
                "name": format!("{kind}: {}", case.name),
                "challenge": challenge(&begin.options),
                "verdict": verdict(finish_registration(rp, &begin.state, &case.json)),
                "answer": case.json,
            }));
        }
    }
    found
}

/// A good assertion, and what may be wrong with one.
fn assertions(good: &Assertion, stranger: &SigningKey) -> Vec<(String, String)> {
    let mut found = vec![("unchanged".to_owned(), good.json())];
    let mut changed = |name: String, change: &dyn Fn(&mut Assertion)| {
        let mut other = good.clone();
        change(&mut other);
        found.push((name, other.json()));
    };
    let client = [
        ("type", json!("webauthn.create")),
        ("type", json!("")),
        ("challenge", json!("AAAA")),
        ("challenge", json!("")),
        ("origin", json!("https://evil.example")),
        ("origin", json!("http://portal.town.example")),
        ("origin", json!("https://portal.town.example:8443")),
        ("origin", json!("https://portal.town.example.evil.example")),
        ("origin", json!("https://portal.town.example/")),
        ("origin", json!("https://somebody@portal.town.example")),
        ("crossOrigin", json!(false)),
        ("crossOrigin", json!(true)),
        ("another", json!("member")),
    ];
    for (member, value) in client {
        changed(format!("{member} = {value}"), &|other| {
            other.client.as_object_mut().expect("an object").insert(member.to_owned(), value.clone());
        });
    }
    for host in ["evil.example", "portal.town.example", ""] {
        changed(format!("made for {host:?}"), &|other| other.data.rp_id_hash = sha256(host.as_bytes()));
    }
    for (name, bit) in [("presence", flag::UP), ("verification", flag::UV), ("backup", flag::BE | flag::BS)] {
        changed(format!("without {name}"), &|other| other.data.flags &= !bit);
    }
    for counter in [0, 1, 2, 7, u32::MAX] {
        changed(format!("counter {counter}"), &|other| other.data.counter = counter);
    }
    for (name, rest) in [("a byte", vec![0]), ("an empty map", vec![0xa0])] {
        changed(format!("{name} behind the data"), &|other| other.data.rest.clone_from(&rest));
    }
    changed("another key".to_owned(), &|other| other.key = stranger.clone());
    let signature = good.signature();
    for at in 0..signature.len() {
        let mut other = signature.clone();
        other[at] ^= 1;
        found.push((format!("signature, byte {at} changed"), good.json_with(&other)));
    }
    for length in [0, 1, signature.len() / 2, signature.len() - 1] {
        found.push((format!("signature, {length} bytes"), good.json_with(&signature[..length])));
    }
    found
}

fn sign_ins(rp: &RelyingParty, random: &mut Random) -> Vec<Value> {
    let mut found = Vec::new();
    for (kind, mut device) in [("synced", SoftAuthenticator::synced(1)), ("bound", SoftAuthenticator::bound(2))] {
        let begin = begin(rp, &[], random);
        let creation = device.creation(&begin.options, ORIGIN).expect("an answer");
        let passkey = finish_registration(rp, &begin.state, &creation.json()).expect("a passkey");
        let key = creation.data.attested.as_ref().expect("a credential").public_key.encode();
        let (options, state) = begin_sign_in(rp, random);
        let good = device.assertion(&options, ORIGIN).expect("an assertion");
        let stranger = SoftAuthenticator::bound(99).creation(&begin.options, ORIGIN).expect("an answer").key;
        for (name, answer) in assertions(&good, &stranger) {
            found.push(json!({
                "name": format!("{kind}: {name}"),
                "challenge": challenge(&options),
                "credential": {
                    "id": BASE64URL.encode(passkey.credential_id()),
                    "public_key": BASE64URL.encode(&key),
                    "counter": creation.data.counter,
                },
                "verdict": verdict(finish_sign_in(rp, &state, &answer, std::slice::from_ref(&passkey))),
                "answer": answer,
            }));
        }
    }
    found
}

#[test]
fn corpus_for_another_verifier() {
    let (rp, mut random) = (relying_party(), Random::seeded());
    let corpus = json!({
        "origin": ORIGIN,
        "rp_id": RP_ID,
        "person": BASE64URL.encode(PERSON),
        "registrations": registrations(&rp, &mut random),
        "sign_ins": sign_ins(&rp, &mut random),
    });
    for group in ["registrations", "sign_ins"] {
        let cases = corpus[group].as_array().expect("cases");
        let good = cases.iter().filter(|case| case["verdict"] == "Good").count();
        assert!(good > 0 && cases.len() - good > 100, "{group}: {good} good of {}", cases.len());
    }
    if let Some(path) = std::env::var_os("MEGURI_CORPUS") {
        std::fs::write(path, corpus.to_string()).expect("the corpus is written");
    }
}
