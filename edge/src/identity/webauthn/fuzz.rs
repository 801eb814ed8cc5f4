//! Bytes turned over in what comes from outside: whatever it is, a verdict and never a panic.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use serde_json::{Value, json};

use super::soft::SoftAuthenticator;
use super::support::{Begin, ORIGIN, PERSON, Random, begin, begin_sign_in, registered, relying_party};
use super::{finish_registration, finish_sign_in, identify};

const ROUNDS: usize = 20_000;

/// Turns over, removes, repeats or puts in up to four bytes.
fn disturb(random: &mut Random, bytes: &mut Vec<u8>) {
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len().max(1));
        match random.below(8) {
            0 if at < bytes.len() => drop(bytes.remove(at)),
            1 => bytes.insert(at, random.next() as u8),
            2 => bytes.truncate(at),
            3 => bytes.extend_from_within(at.min(bytes.len())..),
            4 => bytes.extend_from_slice(&random.next().to_be_bytes()),
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = if random.below(2) == 0 { *byte ^ 1 << random.below(8) } else { random.next() as u8 };
                }
            }
        }
    }
}

/// Disturbs the text itself, or the bytes inside one of its base64url members.
fn disturbed(random: &mut Random, json: &str, members: &[&str]) -> String {
    if random.below(4) == 0 {
        let mut bytes = json.as_bytes().to_vec();
        disturb(random, &mut bytes);
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    let mut value: Value = serde_json::from_str(json).expect("JSON");
    let pointer = members[random.below(members.len())];
    let member = value.pointer_mut(pointer).expect("a member");
    let mut bytes = BASE64URL.decode(member.as_str().expect("a text")).expect("base64url");
    disturb(random, &mut bytes);
    *member = json!(BASE64URL.encode(&bytes));
    value.to_string()
}

#[test]
fn registrations() {
    let mut random = Random::seeded();
    let rp = relying_party();
    let Begin { options, state, .. } = begin(&rp, &[], &mut random);
    let creation = SoftAuthenticator::synced(1).creation(&options, ORIGIN).expect("an answer");
    let answers = [creation.json(), creation.self_attested().json()];
    let members = ["/rawId", "/response/clientDataJSON", "/response/attestationObject", "/response/attestationObject"];
    let accepted = (0..ROUNDS)
        .map(|round| disturbed(&mut random, &answers[round % 2], &members))
        .filter(|json| finish_registration(&rp, &state, json).is_ok())
        .count();
    println!("registrations: {accepted} of {ROUNDS} accepted");
    assert!(accepted < ROUNDS / 4);
}

#[test]
fn sign_ins() {
    let mut random = Random::seeded();
    let rp = relying_party();
    let mut device = SoftAuthenticator::synced(1);
    let passkeys = [registered(&rp, &mut device, PERSON)];
    let (options, state) = begin_sign_in(&rp, &mut random);
    let answer = device.get(&options, ORIGIN).expect("an answer");
    let original: Value = serde_json::from_str(&answer).expect("JSON");
    let signed = ["/rawId", "/response/clientDataJSON", "/response/authenticatorData", "/response/signature"];
    let mut accepted = 0;
    for _ in 0..ROUNDS {
        let json = disturbed(&mut random, &answer, &[signed.as_slice(), &["/response/userHandle"]].concat());
        let _ = identify(&json);
        if finish_sign_in(&rp, &state, &json, &passkeys).is_ok() {
            accepted += 1;
            // Whatever else was disturbed, what is signed is as it was.
            let value: Value = serde_json::from_str(&json).expect("JSON");
            for pointer in signed {
                assert_eq!(value.pointer(pointer), original.pointer(pointer), "{json}");
            }
        }
    }
    println!("sign-ins: {accepted} of {ROUNDS} accepted");
}

#[test]
fn states_and_stored_passkeys() {
    let mut random = Random::seeded();
    let rp = relying_party();
    let mut device = SoftAuthenticator::synced(1);
    let passkey = registered(&rp, &mut device, PERSON);
    let Begin { options, state: registration, .. } = begin(&rp, &[], &mut random);
    let creation = device.create(&options, ORIGIN).expect("an answer");
    let (options, sign_in) = begin_sign_in(&rp, &mut random);
    let assertion = device.get(&options, ORIGIN).expect("an answer");
    let kept = passkey.to_bytes().expect("bytes");
    for _ in 0..2000 {
        let (mut one, mut two, mut three) = (registration.clone(), sign_in.clone(), kept.clone());
        [&mut one, &mut two, &mut three].into_iter().for_each(|bytes| disturb(&mut random, bytes));
        let _ = finish_registration(&rp, &one, &creation);
        let read = super::StoredPasskey::from_bytes(&three).unwrap_or_else(|_| passkey.clone());
        let _ = finish_sign_in(&rp, &two, &assertion, std::slice::from_ref(&passkey));
        let _ = finish_sign_in(&rp, &sign_in, &assertion, &[read]);
    }
}
