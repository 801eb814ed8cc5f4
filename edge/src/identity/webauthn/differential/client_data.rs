//! Mutated client data: type, challenge, origin, embedding.

use serde_json::{Value, json};

use super::super::soft::Creation;
use super::Expect::{Good, Narrower, Refused, Same};
use super::{Case, CeremonyError, Expect, case, changed};

pub(super) fn cases(base: &Creation) -> Vec<Case> {
    let mut cases = vec![case("unchanged", Good, base.json())];
    cases.extend(kinds(base));
    cases.extend(challenges(base));
    cases.extend(origins(base));
    cases.extend(embedding(base));
    cases.extend(shapes(base));
    cases
}

fn member(base: &Creation, name: &str, value: Value, expect: Expect) -> Case {
    changed(base, format!("{name} = {value}"), expect, |creation| {
        creation.client.as_object_mut().expect("an object").insert(name.to_owned(), value);
    })
}

fn kinds(base: &Creation) -> Vec<Case> {
    let wrong = ["webauthn.get", "payment.get", "", "webauthn.create ", "WebAuthn.create", "webauthn.creat"];
    let mut cases: Vec<_> =
        wrong.map(|kind| member(base, "type", json!(kind), Refused(CeremonyError::WrongType))).into();
    cases
        .extend([json!(7), json!(null), json!([])].map(|v| member(base, "type", v, Refused(CeremonyError::Malformed))));
    cases
}

fn challenges(base: &Creation) -> Vec<Case> {
    let text = base.client.get("challenge").and_then(Value::as_str).expect("a challenge");
    let wrong = Refused(CeremonyError::WrongChallenge);
    let mut cases = vec![
        member(base, "challenge", json!(""), wrong),
        member(base, "challenge", json!("AAAA"), wrong),
        member(base, "challenge", json!(format!("AAAA{text}")), wrong),
        member(base, "challenge", json!(text.get(4..)), wrong),
        member(base, "challenge", json!(format!("{text}=")), Same),
        member(base, "challenge", json!(format!("{text} ")), Refused(CeremonyError::Malformed)),
        member(base, "challenge", json!(text.replace('-', "+").replace('_', "/")), Same),
        member(base, "challenge", json!("水"), Refused(CeremonyError::Malformed)),
    ];
    for at in 0..text.len() {
        let mut other = text.as_bytes().to_vec();
        if let Some(byte) = other.get_mut(at) {
            *byte = if *byte == b'A' { b'B' } else { b'A' };
        }
        let other = String::from_utf8(other).expect("ASCII");
        // The last character carries two bits that are not part of the bytes.
        let expect = if at + 1 == text.len() { Same } else { wrong };
        cases.push(member(base, "challenge", json!(other), expect));
    }
    cases
}

fn origins(base: &Creation) -> Vec<Case> {
    let wrong = [
        "http://portal.town.example",
        "https://portal.town.example:444",
        "https://portal.town.example:8443",
        "https://town.example",
        "https://www.portal.town.example",
        "https://portal.town.example.evil.example",
        "https://evilportal.town.example",
        "https://portal.town.example.",
        "https://portal.town.exampl",
        "https://portal.town.example@evil.example",
        "https://127.0.0.1",
        "https://[::1]",
        "wss://portal.town.example",
        "ftp://portal.town.example",
        "android:apk-key-hash:2jmj7l5rSw0yVb",
        "chrome-extension://portal.town.example",
        "data:text/html,x",
        "file:///portal.town.example",
    ];
    let mut cases: Vec<_> =
        wrong.map(|origin| member(base, "origin", json!(origin), Refused(CeremonyError::WrongOrigin))).into();
    let not_url = [
        json!(""),
        json!("https://xn--portal-9q4.town.example"),
        json!("null"),
        json!("portal.town.example"),
        json!("https://"),
        json!(null),
        json!({}),
    ];
    cases.extend(not_url.map(|origin| member(base, "origin", origin, Refused(CeremonyError::Malformed))));
    // Browsers never write these, but they are the same origin to a URL parser. Ours compares letters.
    let same = [
        "https://portal.town.example:443",
        "https://portal.town.example/",
        "https://PORTAL.town.example",
        "https://portal.town.example/path?query#fragment",
        "https://somebody@portal.town.example",
        " https://portal.town.example ",
        "https:portal.town.example",
        "https:\\\\portal.town.example",
    ];
    cases.extend(same.map(|origin| member(base, "origin", json!(origin), Narrower(CeremonyError::WrongOrigin))));
    cases
}

fn embedding(base: &Creation) -> Vec<Case> {
    vec![
        member(base, "crossOrigin", json!(true), Refused(CeremonyError::CrossOrigin)),
        member(base, "crossOrigin", json!(false), Good),
        member(base, "crossOrigin", json!(null), Good),
        member(base, "crossOrigin", json!("true"), Refused(CeremonyError::Malformed)),
        member(base, "crossOrigin", json!(1), Refused(CeremonyError::Malformed)),
        changed(base, "crossOrigin absent", Good, |creation| {
            creation.client.as_object_mut().expect("an object").remove("crossOrigin");
        }),
        // Only meaningful beside crossOrigin: true, which is refused.
        member(base, "topOrigin", json!("https://evil.example"), Good),
        member(base, "tokenBinding", json!({ "status": "supported" }), Good),
        member(base, "tokenBinding", json!({ "status": "present", "id": "AAAA" }), Good),
        member(base, "tokenBinding", json!("supported"), Refused(CeremonyError::Malformed)),
        member(base, "other_keys_can_be_added_here", json!("do not compare clientDataJSON against a template"), Good),
    ]
}

fn shapes(base: &Creation) -> Vec<Case> {
    let (client, object) = (base.client_bytes(), base.object());
    let text = String::from_utf8(client.clone()).expect("UTF-8");
    let with = |name: &str, expect, bytes: &[u8]| case(name, expect, base.json_with(bytes, &object));
    let malformed = Refused(CeremonyError::Malformed);
    let mut cases = vec![
        with("client data with a byte order mark", malformed, format!("\u{feff}{text}").as_bytes()),
        with("client data with something behind", malformed, format!("{text}{{}}").as_bytes()),
        with("client data in blanks", Good, format!(" {text}\n").as_bytes()),
        with("client data repeating type", malformed, text.replacen('{', "{\"type\":\"webauthn.get\",", 1).as_bytes()),
        with("client data not UTF-8", malformed, b"\xff\xfe"),
        with("client data a list", Same, b"[]"),
        with("client data nested deep", malformed, "[".repeat(5000).as_bytes()),
    ];
    cases.extend((0..client.len()).filter_map(|length| {
        client.get(..length).map(|bytes| with(&format!("client data cut at {length}"), malformed, bytes))
    }));
    for name in ["type", "challenge", "origin"] {
        cases.push(changed(base, format!("{name} absent"), malformed, |creation| {
            creation.client.as_object_mut().expect("an object").remove(name);
        }));
    }
    cases
}
