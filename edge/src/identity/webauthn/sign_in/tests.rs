use serde_json::{Value, json};

use super::super::soft::{Assertion, SoftAuthenticator, flag, sha256};
use super::super::support::{ORIGIN, PERSON, RP_ID, registered, relying_party};
use super::*;
use CeremonyError as E;

/// A person with one passkey on a device, and a begun sign-in.
struct Scene {
    rp: RelyingParty,
    device: SoftAuthenticator,
    passkey: StoredPasskey,
    options: OptionsJson,
    state: CeremonyState,
}

fn scene(mut device: SoftAuthenticator) -> Scene {
    let rp = relying_party();
    let passkey = registered(&rp, &mut device, PERSON);
    let (options, state) = start_sign_in(&rp).expect("options");
    Scene { rp, device, passkey, options, state }
}

impl Scene {
    fn assertion(&mut self) -> Assertion {
        self.device.assertion(&self.options, ORIGIN).expect("an assertion")
    }

    fn finish(&self, json: &str) -> Result<SignedIn, CeremonyError> {
        finish_sign_in(&self.rp, &self.state, json, std::slice::from_ref(&self.passkey))
    }
}

#[test]
fn the_options_name_no_credential_and_ask_for_verification() {
    let rp = relying_party();
    let (options, _) = start_sign_in(&rp).expect("options");
    let options: Value = serde_json::from_str(&options).expect("JSON");
    assert_eq!(options.get("mediation").and_then(Value::as_str), None, "the page says how it asks");
    let inner = options.get("publicKey").expect("publicKey");
    assert_eq!(inner.get("userVerification"), Some(&json!("required")));
    assert_eq!(inner.get("rpId"), Some(&json!(RP_ID)));
    assert_eq!(inner.get("allowCredentials"), Some(&json!([])));
}

#[test]
fn challenges_are_long_and_never_repeat() {
    let rp = relying_party();
    let challenge = |_| {
        let (options, _) = start_sign_in(&rp).expect("options");
        let options: Value = serde_json::from_str(&options).expect("JSON");
        options.pointer("/publicKey/challenge").and_then(Value::as_str).expect("a challenge").to_owned()
    };
    let challenges: std::collections::BTreeSet<_> = (0..100).map(challenge).collect();
    assert_eq!(challenges.len(), 100);
    assert!(challenges.iter().all(|challenge| challenge.len() == 43), "32 bytes as base64url");
}

#[test]
fn signing_in_with_a_synced_passkey() {
    let mut scene = scene(SoftAuthenticator::synced(1));
    let json = scene.assertion().json();
    assert_eq!(identify(&json), Ok((PERSON, scene.passkey.credential_id().to_vec())));
    let signed_in = scene.finish(&json).expect("signed in");
    assert!(signed_in.user_verified && signed_in.backup_eligible && signed_in.backup_state);
    assert_eq!((signed_in.counter, signed_in.updated), (0, None));
    assert_eq!(signed_in.credential_id, scene.passkey.credential_id());
}

#[test]
fn a_security_key_counts() {
    let mut scene = scene(SoftAuthenticator::bound(1));
    let first = scene.assertion().json();
    let signed_in = scene.finish(&first).expect("signed in");
    assert!(!signed_in.backup_eligible && !signed_in.backup_state);
    assert_eq!(signed_in.counter, 1);
    scene.passkey = signed_in.updated.expect("a new counter");
    // Even with the state kept by mistake, the same answer does not serve twice.
    assert_eq!(scene.finish(&first), Err(E::CounterWentBack));
    let second = scene.assertion().json();
    scene.passkey = scene.finish(&second).expect("signed in").updated.expect("a new counter");
    for counter in [0, 1, 2] {
        let mut copied = scene.assertion();
        copied.data.counter = counter;
        assert_eq!(scene.finish(&copied.json()), Err(E::CounterWentBack), "{counter}");
    }
    let mut ahead = scene.assertion();
    ahead.data.counter = u32::MAX;
    assert_eq!(scene.finish(&ahead.json()).map(|signed_in| signed_in.counter), Ok(u32::MAX));
}

#[test]
fn an_answer_to_another_challenge_is_refused() {
    let mut scene = scene(SoftAuthenticator::synced(1));
    let old = scene.assertion().json();
    (scene.options, scene.state) = start_sign_in(&scene.rp).expect("options");
    assert_eq!(scene.finish(&old), Err(E::WrongChallenge));
    let new = scene.assertion().json();
    assert!(scene.finish(&new).is_ok());
}

#[test]
fn what_was_not_made_for_us_is_refused() {
    let mut scene = scene(SoftAuthenticator::synced(1));
    let good = scene.assertion();
    let client = |name: &str, value: Value| {
        let mut changed = good.clone();
        changed.client.as_object_mut().expect("an object").insert(name.to_owned(), value);
        changed
    };
    let data = |change: &dyn Fn(&mut Assertion)| {
        let mut changed = good.clone();
        change(&mut changed);
        changed
    };
    for (name, assertion, error) in [
        ("phishing", client("origin", json!("https://portal-town.example")), E::WrongOrigin),
        ("another port", client("origin", json!("https://portal.town.example:8443")), E::WrongOrigin),
        ("without TLS", client("origin", json!("http://portal.town.example")), E::WrongOrigin),
        ("a subdomain", client("origin", json!("https://x.portal.town.example")), E::WrongOrigin),
        ("a path", client("origin", json!("https://portal.town.example/")), E::WrongOrigin),
        ("a user", client("origin", json!("https://a@portal.town.example")), E::WrongOrigin),
        ("a registration", client("type", json!("webauthn.create")), E::WrongType),
        ("another challenge", client("challenge", json!("AAAA")), E::WrongChallenge),
        ("no challenge", client("challenge", json!("")), E::WrongChallenge),
        ("another relying party", data(&|a| a.data.rp_id_hash = sha256(b"evil.example")), E::WrongRelyingParty),
        ("nobody there", data(&|a| a.data.flags &= !flag::UP), E::UserNotPresent),
        ("not verified", data(&|a| a.data.flags &= !flag::UV), E::UserNotVerified),
        ("no longer synced", data(&|a| a.data.flags &= !(flag::BE | flag::BS)), E::BackupStateInconsistent),
        ("another id", data(&|a| a.credential_id.push(0)), E::UnknownCredential),
        ("no id", data(&|a| a.credential_id.clear()), E::UnknownCredential),
        ("extensions announced", data(&|a| a.data.flags |= flag::ED), E::Malformed),
        ("a credential announced", data(&|a| a.data.flags |= flag::AT), E::Malformed),
    ] {
        assert_eq!(scene.finish(&assertion.json()), Err(error), "{name}");
    }
    assert!(scene.finish(&good.json()).is_ok());
}

/// webauthn-rs 0.6.2 looks at `crossOrigin` when a passkey is made, not when it is used.
#[test]
fn a_page_of_another_origin_does_not_sign_in_through_a_frame() {
    let mut scene = scene(SoftAuthenticator::synced(1));
    for (value, expected) in [(json!(true), Some(E::CrossOrigin)), (json!(false), None), (json!(null), None)] {
        let mut framed = scene.assertion();
        framed.client.as_object_mut().expect("an object").insert("crossOrigin".to_owned(), value.clone());
        assert_eq!(scene.finish(&framed.json()).err(), expected, "{value}");
    }
}

#[test]
fn another_persons_passkey_is_refused() {
    let mut scene = scene(SoftAuthenticator::synced(1));
    let mut other = SoftAuthenticator::synced(2);
    let theirs = registered(&scene.rp, &mut other, [8; 16]);
    let assertion = other.assertion(&scene.options, ORIGIN).expect("an assertion");
    assert_eq!(identify(&assertion.json()).map(|(person, _)| person), Ok([8; 16]));
    assert_eq!(scene.finish(&assertion.json()), Err(E::UnknownCredential));
    // Their key under our id.
    let mut forged = scene.assertion();
    forged.key = assertion.key;
    assert_eq!(scene.finish(&forged.json()), Err(E::BadSignature));
    // Their passkey beside our handle: whose passkeys are given decides, and theirs are not ours.
    let mut claimed = other.assertion(&scene.options, ORIGIN).expect("an assertion");
    claimed.user_handle = Some(PERSON.to_vec());
    assert_eq!(scene.finish(&claimed.json()), Err(E::UnknownCredential));
    let both = [scene.passkey.clone(), theirs.clone()];
    let json = scene.assertion().json();
    let found = finish_sign_in(&scene.rp, &scene.state, &json, &both);
    assert_eq!(found.map(|signed_in| signed_in.credential_id), Ok(scene.passkey.credential_id().to_vec()));
}

#[test]
fn every_byte_of_the_signature_counts() {
    let mut scene = scene(SoftAuthenticator::synced(1));
    let assertion = scene.assertion();
    let signature = assertion.signature();
    for at in 0..signature.len() {
        let mut bad = signature.clone();
        bad[at] ^= 1;
        assert_eq!(scene.finish(&assertion.json_with(&bad)), Err(E::BadSignature), "byte {at}");
        assert_eq!(scene.finish(&assertion.json_with(&signature[..at])), Err(E::BadSignature), "cut at {at}");
    }
    assert_eq!(scene.finish(&assertion.json_with(&[signature.as_slice(), &[0]].concat())), Err(E::BadSignature));
    let mut counted = assertion.clone();
    counted.data.counter = 9;
    assert_eq!(scene.finish(&counted.json_with(&signature)), Err(E::BadSignature));
}

#[test]
fn a_registration_does_not_sign_in() {
    let scene = scene(SoftAuthenticator::synced(1));
    let (options, state) = super::super::start_registration(&scene.rp, PERSON, "花子", &[]).expect("options");
    let answer = SoftAuthenticator::synced(5).create(&options, ORIGIN).expect("an answer");
    assert_eq!(scene.finish(&answer), Err(E::Malformed));
    let mut device = scene.device.clone();
    let assertion = device.get(&scene.options, ORIGIN).expect("an assertion");
    assert_eq!(super::super::finish_registration(&scene.rp, &state, &assertion), Err(E::Malformed));
    let one = std::slice::from_ref(&scene.passkey);
    assert_eq!(finish_sign_in(&scene.rp, &state, &assertion, one), Err(E::KeptDataUnreadable));
}

#[test]
fn a_synced_passkey_may_leave_and_enter_the_backup() {
    let mut scene = scene(SoftAuthenticator::synced(1));
    for backed_up in [false, true] {
        let mut assertion = scene.assertion();
        assertion.data.flags = flag::UP | flag::UV | flag::BE | if backed_up { flag::BS } else { 0 };
        let signed_in = scene.finish(&assertion.json()).expect("signed in");
        assert_eq!(signed_in.backup_state, backed_up);
        scene.passkey = signed_in.updated.expect("another state");
        assert_eq!(scene.passkey.backup_state(), backed_up);
        let bytes = scene.passkey.to_bytes().expect("bytes");
        assert_eq!(StoredPasskey::from_bytes(&bytes), Ok(scene.passkey.clone()));
    }
}

#[test]
fn an_answer_must_name_a_person() {
    let mut scene = scene(SoftAuthenticator::synced(1));
    for handle in [None, Some(vec![]), Some(vec![7; 15]), Some(vec![7; 17]), Some(vec![7; 64])] {
        let mut assertion = scene.assertion();
        assertion.user_handle = handle;
        assert_eq!(identify(&assertion.json()), Err(E::UserHandleMissing));
    }
    for text in ["", "{}", "null", "[]", "水"] {
        assert_eq!(identify(text), Err(E::Malformed));
    }
    assert_eq!(identify(&" ".repeat(limit::BODY_BYTES_MAX + 1)), Err(E::Malformed));
    assert_eq!(finish_sign_in(&scene.rp, b"{", "{}", &[]), Err(E::KeptDataUnreadable));
}
