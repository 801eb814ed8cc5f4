//! Nothing about a person is readable in a database or a log.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use futures_executor::block_on;
use serde_json::json;
use shared::identity::{Call, Look};
use shared::kernel::{MemberNumber, PersonId, PhoneCallId, Role, SessionId};
use shared::wire::{self, BookCall, LedgerCall};

use crate::sql::Value;
use crate::testing::{Browser, Card, Deployment, Place, Resident, Trouble};
use crate::world::{Object, World as _};

fn contains(hay: &[u8], needle: &[u8]) -> bool {
    hay.windows(needle.len()).any(|part| part == needle)
}

/// Where the first of them can be rung up.
const TELEPHONE: &str = "0957-00-1234";

/// Texts that must not be found anywhere: each attribute, whole and in parts, and the secrets of cookies.
fn secrets(people: &[Resident]) -> Vec<Vec<u8>> {
    let mut secrets = vec![TELEPHONE.as_bytes().to_vec(), TELEPHONE.replace('-', "").into_bytes()];
    for person in people {
        if let Some(Card { subject, name, address, birthdate }) = &person.card {
            let dashed = format!("{}-{}-{}", &birthdate[..4], &birthdate[4..6], &birthdate[6..]);
            secrets.extend([subject, name, address, birthdate, &dashed].map(|text| text.clone().into_bytes()));
            secrets.extend(name.split(' ').map(|part| part.as_bytes().to_vec()));
            secrets.push("みなと県めぐり市".as_bytes().to_vec());
        }
        let token = person.browser.session().unwrap().0;
        secrets.extend([token.to_vec(), BASE64_URL_SAFE_NO_PAD.encode(token).into_bytes()]);
    }
    secrets
}

/// Whether there is a number of exactly twelve digits, as an Individual Number has.
fn has_twelve_digits(bytes: &[u8]) -> bool {
    bytes.split(|byte| !byte.is_ascii_digit()).any(|run| run.len() == 12)
}

/// A town in which everything happened once, troubles included.
fn lived_in() -> (Deployment, Vec<Resident>) {
    let deployment = Deployment::new();
    let mut people: Vec<_> = (1..=3).map(|number| Resident::join(&deployment, number)).collect();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    for (number, person) in people.iter().enumerate() {
        assert_eq!(officer.grant(person, 500, number as u64).status, 303);
    }
    let payee = people[1].clone();
    assert_eq!(people[0].pay(&payee, 20, 10).status, 303);
    assert_eq!(people[0].pay(&payee, 20_000, 11).status, 422);
    let unknown = Resident { member: MemberNumber::from_random(1), ..payee };
    assert_eq!(people[0].pay(&unknown, 1, 12).status, 422);
    for trouble in [
        Trouble::Claims(json!({ "nonce": "another" })),
        Trouble::ForeignSignature,
        Trouble::AttributesChanged(json!({ "sub": "ppid-another" })),
        Trouble::AttributesChanged(json!({ "name": null })),
        Trouble::AttributesChanged(json!({ "certificate_status": "revoked" })),
        Trouble::Body(Place::Attributes, "佐藤 花子1".as_bytes().to_vec()),
        Trouble::Body(Place::Token, br#"{"error":"ppid-00000001"}"#.to_vec()),
        Trouble::Unreachable(Place::Token),
    ] {
        deployment.issuer().trouble = Some(trouble);
        let failed = Browser::new(&deployment, 9).prove(&deployment, &Card::of(1), "");
        assert!(matches!(failed.status, 400 | 502), "{}", failed.status);
    }
    deployment.issuer().trouble = None;
    let mut operator = Resident::staff(&deployment, Role::Operator);
    let call = format!("/desk/call/{}", operator.call_of(&people[0], 13));
    let telephone = [("act", "telephone"), ("telephone", TELEPHONE)];
    assert_eq!(operator.browser.post(&call, &telephone).status, 303);
    assert_eq!(operator.browser.post(&call, &[("act", "telephone"), ("telephone", "0957-1")]).status, 422);
    deployment.restart();
    assert_eq!(people[2].browser.get("/me").status, 200);
    (deployment, people)
}

#[test]
fn no_database_shows_who_somebody_is() {
    let (deployment, people) = lived_in();
    let secrets = secrets(&people);
    let mut searched = 0;
    for (table, rows) in deployment.dump() {
        for value in rows.iter().flat_map(|row| &row.0) {
            let bytes = match value {
                Value::Text(text) => text.as_bytes(),
                Value::Blob(bytes) => bytes,
                Value::Integer(_) | Value::Null => continue,
            };
            searched += bytes.len();
            for secret in &secrets {
                assert!(!contains(bytes, secret), "{table} shows {}", String::from_utf8_lossy(secret));
            }
            assert!(!has_twelve_digits(bytes), "{table} has a number of twelve digits");
        }
    }
    assert!(searched > 5_000, "{searched} bytes were searched");
}

#[test]
fn no_log_line_shows_who_somebody_is() {
    let (deployment, people) = lived_in();
    let log = deployment.log();
    assert!(log.len() >= 7, "{log:?}");
    let mut secrets = secrets(&people);
    secrets.extend(people.iter().map(|person| person.member.to_string().into_bytes()));
    secrets.extend(people.iter().map(|person| person.member.get().to_string().into_bytes()));
    for line in &log {
        for secret in &secrets {
            assert!(!contains(line.as_bytes(), secret), "{line}");
        }
        assert!(!has_twelve_digits(line.as_bytes()), "{line}");
    }
}

#[test]
fn the_portal_cannot_speak_as_an_object() {
    let deployment = Deployment::new();
    let (look, session) = (Look::default(), SessionId::from_bytes([0; 16]));
    let calls = [
        (Object::Registry, wire::encode(&Call::Look(look))),
        (Object::Registry, wire::encode(&Call::Telephone(PersonId::from_bytes([0; 16])))),
        (Object::Registry, wire::encode(&Call::Behalf { session, call: PhoneCallId::from_bytes([0; 16]) })),
        (Object::LEDGER, wire::encode(&LedgerCall::Post(Vec::new()))),
        (Object::LEDGER, wire::encode(&LedgerCall::Balances(Vec::new()))),
        (Object::LEDGER, wire::encode(&LedgerCall::Book(BookCall::Trial))),
    ];
    for (object, call) in calls {
        let answer = block_on(deployment.world.call(object, call.unwrap()));
        assert!(answer.is_err_and(|fault| fault.cause.contains("only objects may")), "{object:?}");
    }
}
