use serde_json::{Value, json};

use super::super::soft::{SoftAuthenticator, SoftError};
use super::super::support::{ORIGIN, PERSON, RP_ID, registered, relying_party};
use super::*;

fn public_key(options: &str) -> Value {
    let options: Value = serde_json::from_str(options).expect("JSON");
    options.get("publicKey").cloned().expect("publicKey")
}

#[test]
fn the_options_ask_for_a_discoverable_verified_credential() {
    let rp = relying_party();
    let options = public_key(&start_registration(&rp, PERSON, "花子", &[]).expect("options").0);
    let at = |pointer: &str| options.pointer(pointer).cloned().unwrap_or_default();
    assert_eq!(at("/authenticatorSelection/residentKey"), json!("required"));
    assert_eq!(at("/authenticatorSelection/requireResidentKey"), json!(true));
    assert_eq!(at("/authenticatorSelection/userVerification"), json!("required"));
    assert_eq!(at("/authenticatorSelection/authenticatorAttachment"), json!(null));
    assert_eq!(at("/attestation"), json!("none"));
    assert_eq!(at("/rp"), json!({ "id": RP_ID, "name": "めぐり町" }));
    assert_eq!(at("/user"), json!({ "id": "BwcHBwcHBwcHBwcHBwcHBw", "name": "花子", "displayName": "花子" }));
    let offered: Vec<_> =
        at("/pubKeyCredParams").as_array().into_iter().flatten().map(|one| one["alg"].clone()).collect();
    assert_eq!(offered, [json!(-7), json!(-35), json!(-257)]);
}

#[test]
fn challenges_are_long_and_never_repeat() {
    let rp = relying_party();
    let challenge = |_| {
        let options = public_key(&start_registration(&rp, PERSON, "花子", &[]).expect("options").0);
        options.get("challenge").and_then(Value::as_str).expect("a challenge").to_owned()
    };
    let challenges: std::collections::BTreeSet<_> = (0..100).map(challenge).collect();
    assert_eq!(challenges.len(), 100);
    assert!(challenges.iter().all(|challenge| challenge.len() == 43), "32 bytes as base64url");
}

#[test]
fn a_passkey_survives_storage() {
    let rp = relying_party();
    for (mut device, synced, transport) in [
        (SoftAuthenticator::synced(1), true, Transport::Internal),
        (SoftAuthenticator::bound(1), false, Transport::Usb),
    ] {
        let passkey = registered(&rp, &mut device, PERSON);
        assert_eq!((passkey.backup_eligible(), passkey.backup_state()), (synced, synced));
        assert_eq!(passkey.transports(), [transport]);
        assert_eq!(passkey.credential_id().len(), 32);
        let bytes = passkey.to_bytes().expect("bytes");
        assert!(bytes.len() < 2000, "{} bytes", bytes.len());
        assert_eq!(StoredPasskey::from_bytes(&bytes), Ok(passkey));
        for length in 0..bytes.len() {
            assert!(StoredPasskey::from_bytes(&bytes[..length]).is_err(), "cut at {length}");
        }
    }
}

/// Whatever a browser sends along, a passkey takes little room.
#[test]
fn a_stored_passkey_has_a_bound() {
    let rp = relying_party();
    let (options, state) = start_registration(&rp, PERSON, "花子", &[]).expect("options");
    let mut creation = SoftAuthenticator::synced(1).creation(&options, ORIGIN).expect("an answer");
    creation.transports = vec!["usb".to_owned(); 5000];
    creation.outer_id = vec![1; CREDENTIAL_ID_BYTES_MAX];
    if let Some(attested) = &mut creation.data.attested {
        attested.credential_id = creation.outer_id.clone();
        attested.credential_id_length = CREDENTIAL_ID_BYTES_MAX as u16;
    }
    let passkey = finish_registration(&rp, &state, &creation.self_attested().json()).expect("a passkey");
    let bytes = passkey.to_bytes().expect("bytes");
    assert!(bytes.len() < 4096, "{} bytes", bytes.len());
}

#[test]
fn a_device_is_told_what_the_person_has() {
    let rp = relying_party();
    let mut device = SoftAuthenticator::synced(1);
    let passkey = registered(&rp, &mut device, PERSON);
    let (options, state) = start_registration(&rp, PERSON, "花子", std::slice::from_ref(&passkey)).expect("options");
    assert_eq!(device.create(&options, ORIGIN), Err(SoftError::Excluded));
    // Another device makes one more; the same device under a false name does not.
    let answer = SoftAuthenticator::synced(2).create(&options, ORIGIN).expect("an answer");
    assert!(finish_registration(&rp, &state, &answer).is_ok());
    let forged = SoftAuthenticator::synced(1).create(&options, ORIGIN).expect("an answer");
    assert_eq!(finish_registration(&rp, &state, &forged), Err(CeremonyError::AlreadyRegistered));
}

#[test]
fn transports_are_a_set() {
    let rp = relying_party();
    let (options, state) = start_registration(&rp, PERSON, "花子", &[]).expect("options");
    let mut creation = SoftAuthenticator::synced(1).creation(&options, ORIGIN).expect("an answer");
    creation.transports = ["hybrid", "internal", "smart-card", "hybrid", "usb", "x"].map(str::to_owned).into();
    let passkey = finish_registration(&rp, &state, &creation.json()).expect("a passkey");
    assert_eq!(passkey.transports(), [Transport::Usb, Transport::Internal, Transport::Hybrid]);
}

#[test]
fn what_is_not_an_answer_is_refused() {
    let rp = relying_party();
    let (_, state) = start_registration(&rp, PERSON, "花子", &[]).expect("options");
    for text in ["", "{}", "null", "[]", "\"\"", "水", "{\"id\":\"\",\"rawId\":\"\",\"type\":\"public-key\"}"] {
        assert_eq!(finish_registration(&rp, &state, text), Err(CeremonyError::Malformed), "{text}");
    }
    let long = " ".repeat(limit::BODY_BYTES_MAX + 1);
    assert_eq!(finish_registration(&rp, &state, &long), Err(CeremonyError::Malformed));
    assert_eq!(finish_registration(&rp, b"", "{}"), Err(CeremonyError::KeptDataUnreadable));
}

#[test]
fn an_empty_name_is_a_fault_of_ours() {
    assert!(start_registration(&relying_party(), PERSON, "", &[]).is_err());
}
