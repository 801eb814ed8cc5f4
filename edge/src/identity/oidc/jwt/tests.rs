use serde_json::json;

use super::*;
use crate::identity::oidc::fixture::{KID, changed, header, jwks, key, public_jwk, signed};

fn parsed(keys: &Value) -> Result<Jwks, CardError> {
    Jwks::parse(json!({ "keys": keys }).to_string().as_bytes())
}

#[test]
fn keys_for_other_things_are_skipped() {
    let mine = public_jwk(&key(1), KID);
    let keys = json!([
        { "kty": "RSA", "kid": KID, "n": "AQAB", "e": "AQAB" },
        changed(mine.clone(), &json!({ "use": "enc" })),
        changed(mine.clone(), &json!({ "alg": "ECDH-ES" })),
        changed(mine.clone(), &json!({ "crv": "P-384" })),
        changed(mine.clone(), &json!({ "key_ops": ["sign"] })),
        changed(mine, &json!({ "use": null, "alg": null, "key_ops": ["verify"] })),
    ]);
    assert_eq!(parsed(&keys).unwrap().0.len(), 1);
    assert_eq!(parsed(&json!([])).unwrap().0.len(), 0);
}

#[test]
fn key_sets_that_are_refused() {
    let with = |change: Value| json!([changed(public_jwk(&key(1), KID), &change)]);
    let zero = "A".repeat(43);
    for (keys, expected) in [
        (with(json!({ "x": zero })), CardError::Malformed),
        (with(json!({ "x": "AQ" })), CardError::Malformed),
        (with(json!({ "y": null })), CardError::MissingParameter),
        (with(json!({ "y": 1 })), CardError::Malformed),
        (with(json!({ "d": zero })), CardError::Malformed),
        (with(json!({ "kid": 1 })), CardError::Malformed),
        (with(json!({ "kid": "k".repeat(256) })), CardError::TooLarge),
        (json!([public_jwk(&key(1), KID), public_jwk(&key(2), KID)]), CardError::Malformed),
        (json!(["x"]), CardError::Malformed),
        (json!({}), CardError::MissingParameter),
        ((0..17).map(|n| public_jwk(&key(n + 1), &n.to_string())).collect(), CardError::TooLarge),
    ] {
        assert_eq!(parsed(&keys), Err(expected), "{keys}");
    }
    assert_eq!(Jwks::parse(&[b' '; JWKS_BYTES_MAX + 1]), Err(CardError::TooLarge));
    assert_eq!(Jwks::parse(b"{}"), Err(CardError::MissingParameter));
}

#[test]
fn headers() {
    for (change, expected) in [
        (json!({}), Ok(())),
        (json!({ "typ": null }), Ok(())),
        (json!({ "typ": "jwt" }), Ok(())),
        (json!({ "jku": "https://evil.example/keys" }), Ok(())),
        (json!({ "kid": "key-2" }), Err(CardError::BadSignature)),
        (json!({ "kid": "key-3" }), Err(CardError::KeyUnknown)),
        (json!({ "kid": null }), Err(CardError::KeyUnknown)),
        (json!({ "kid": 1 }), Err(CardError::Malformed)),
        (json!({ "kid": "k".repeat(256) }), Err(CardError::TooLarge)),
        (json!({ "alg": null }), Err(CardError::MissingParameter)),
        (json!({ "alg": "none" }), Err(CardError::AlgorithmRefused)),
        (json!({ "alg": "None" }), Err(CardError::AlgorithmRefused)),
        (json!({ "alg": "HS256" }), Err(CardError::AlgorithmRefused)),
        (json!({ "alg": "RS256" }), Err(CardError::AlgorithmRefused)),
        (json!({ "alg": "es256" }), Err(CardError::AlgorithmRefused)),
        (json!({ "alg": 256 }), Err(CardError::Malformed)),
        (json!({ "crit": ["exp"] }), Err(CardError::WrongType)),
        (json!({ "crit": [] }), Err(CardError::WrongType)),
        (json!({ "b64": false }), Err(CardError::WrongType)),
        (json!({ "zip": "DEF" }), Err(CardError::WrongType)),
        (json!({ "typ": "logout+jwt" }), Err(CardError::WrongType)),
        (json!({ "typ": "at+jwt" }), Err(CardError::WrongType)),
        (json!({ "typ": 1 }), Err(CardError::Malformed)),
    ] {
        let token = signed(&changed(header(), &change).to_string(), "{}", &key(1));
        assert_eq!(verify(&token, &jwks()).map(drop), expected, "{change}");
    }
    let doubled = signed(r#"{"alg":"none","alg":"ES256","kid":"key-1"}"#, "{}", &key(1));
    assert_eq!(verify(&doubled, &jwks()), Err(CardError::Malformed));
}

#[test]
fn one_key_needs_no_name() {
    let one = parsed(&json!([public_jwk(&key(1), KID)])).unwrap();
    let nameless = changed(header(), &json!({ "kid": null })).to_string();
    assert!(verify(&signed(&nameless, "{}", &key(1)), &one).is_ok());
    assert_eq!(verify(&signed(&nameless, "{}", &key(2)), &one), Err(CardError::BadSignature));
}

#[test]
fn a_key_in_the_header_is_not_believed() {
    let header = changed(header(), &json!({ "jwk": public_jwk(&key(3), KID) })).to_string();
    assert_eq!(verify(&signed(&header, "{}", &key(3)), &jwks()), Err(CardError::BadSignature));
}

#[test]
fn forms_that_are_refused() {
    let good = signed(&header().to_string(), "{}", &key(1));
    let (signed_part, signature) = good.rsplit_once('.').unwrap();
    let raw = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
    let with = |bytes: &[u8]| format!("{signed_part}.{}", BASE64_URL_SAFE_NO_PAD.encode(bytes));
    for (token, expected) in [
        (String::new(), CardError::Malformed),
        ("..".into(), CardError::Malformed),
        (signed_part.into(), CardError::Malformed),
        (format!("{good}."), CardError::Malformed),
        (format!("{good}="), CardError::Malformed),
        (format!(" {good}"), CardError::Malformed),
        (format!("{good}\n"), CardError::Malformed),
        (format!("{good}.x.y"), CardError::Malformed),
        (format!("{signed_part}."), CardError::BadSignature),
        (with(&[0; 64]), CardError::BadSignature),
        (with(&[255; 64]), CardError::BadSignature),
        (with(&raw[..63]), CardError::BadSignature),
        (with(&[raw.as_slice(), &[0]].concat()), CardError::BadSignature),
        ("x".repeat(TOKEN_BYTES_MAX + 1), CardError::TooLarge),
        (signed(&header().to_string(), "[]", &key(1)), CardError::Malformed),
        (signed(&header().to_string(), "", &key(1)), CardError::Malformed),
        (signed("[]", "{}", &key(1)), CardError::Malformed),
    ] {
        assert_eq!(verify(&token, &jwks()), Err(expected), "{token}");
    }
}
