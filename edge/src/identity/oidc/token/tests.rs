use serde_json::{Value, json};

use super::*;
use crate::identity::oidc::fixture::{
    CLIENT, ISSUER, NONCE, NOW, Random, changed, claims, header, jwks, key, public_jwk, signed, token,
};

fn read(token: &str) -> Result<Claims, CardError> {
    id_token(token, &jwks(), ISSUER, CLIENT, NONCE, NOW)
}

#[test]
fn a_good_token() {
    let claims = read(&token(&json!({}))).unwrap();
    assert_eq!((claims.subject.sub.as_str(), claims.subject.issuer.as_str()), ("ppid-1", ISSUER));
    assert_eq!(claims.auth_time, Some(NOW.plus_seconds(-5)));
    assert_eq!(claims.acr.as_deref(), Some("aal3"));
    assert_eq!(claims.issued_at, NOW);
    assert!(!format!("{claims:?}").contains("ppid-1"));
}

#[test]
fn id_tokens() {
    let now = NOW.seconds();
    let many: Vec<String> = (0..9).map(|n| format!("c{n}")).collect();
    for (change, expected) in [
        (json!({ "aud": [CLIENT] }), Ok(())),
        (json!({ "aud": [CLIENT, "other"], "azp": CLIENT }), Ok(())),
        (json!({ "azp": CLIENT }), Ok(())),
        (json!({ "acr": null, "auth_time": null }), Ok(())),
        (json!({ "exp": now - 59 }), Ok(())),
        (json!({ "iat": now + 60 }), Ok(())),
        (json!({ "nbf": now + 60 }), Ok(())),
        (json!({ "exp": i64::MAX }), Ok(())),
        (json!({ "sub": "x".repeat(255) }), Ok(())),
        (json!({ "unknown": { "deep": [1.5] } }), Ok(())),
        (json!({ "iss": null }), Err(CardError::MissingParameter)),
        (json!({ "iss": format!("{ISSUER}/") }), Err(CardError::WrongIssuer)),
        (json!({ "iss": "https://evil.example" }), Err(CardError::WrongIssuer)),
        (json!({ "iss": [ISSUER] }), Err(CardError::Malformed)),
        (json!({ "aud": null }), Err(CardError::MissingParameter)),
        (json!({ "aud": "other" }), Err(CardError::WrongAudience)),
        (json!({ "aud": "meguri2" }), Err(CardError::WrongAudience)),
        (json!({ "aud": "" }), Err(CardError::WrongAudience)),
        (json!({ "aud": [] }), Err(CardError::WrongAudience)),
        (json!({ "aud": ["other"] }), Err(CardError::WrongAudience)),
        (json!({ "aud": [CLIENT, "other"] }), Err(CardError::WrongAudience)),
        (json!({ "aud": [CLIENT, "other"], "azp": "other" }), Err(CardError::WrongAudience)),
        (json!({ "azp": "other" }), Err(CardError::WrongAudience)),
        (json!({ "azp": 1 }), Err(CardError::Malformed)),
        (json!({ "aud": [CLIENT, 1] }), Err(CardError::Malformed)),
        (json!({ "aud": { "0": CLIENT } }), Err(CardError::Malformed)),
        (json!({ "aud": many }), Err(CardError::TooLarge)),
        (json!({ "exp": null }), Err(CardError::MissingParameter)),
        (json!({ "exp": now - 60 }), Err(CardError::Expired)),
        (json!({ "exp": 0 }), Err(CardError::Expired)),
        (json!({ "exp": -1 }), Err(CardError::Malformed)),
        (json!({ "exp": (now + 300).to_string() }), Err(CardError::Malformed)),
        (json!({ "exp": 1e10 }), Err(CardError::Malformed)),
        (json!({ "exp": u64::MAX }), Err(CardError::Malformed)),
        (json!({ "iat": null }), Err(CardError::MissingParameter)),
        (json!({ "iat": now + 61 }), Err(CardError::NotYetValid)),
        (json!({ "iat": i64::MAX }), Err(CardError::NotYetValid)),
        (json!({ "nbf": now + 61 }), Err(CardError::NotYetValid)),
        (json!({ "nbf": "now" }), Err(CardError::Malformed)),
        (json!({ "auth_time": "now" }), Err(CardError::Malformed)),
        (json!({ "auth_time": now - 660 }), Ok(())),
        (json!({ "auth_time": now - 661 }), Err(CardError::PresentedLongAgo)),
        (json!({ "auth_time": 0 }), Err(CardError::PresentedLongAgo)),
        (json!({ "auth_time": now + 60 }), Ok(())),
        (json!({ "auth_time": now + 61 }), Err(CardError::NotYetValid)),
        (json!({ "nonce": null }), Err(CardError::NonceMismatch)),
        (json!({ "nonce": "" }), Err(CardError::NonceMismatch)),
        (json!({ "nonce": "nonce-of-another" }), Err(CardError::NonceMismatch)),
        (json!({ "nonce": 1 }), Err(CardError::Malformed)),
        (json!({ "sub": null }), Err(CardError::MissingParameter)),
        (json!({ "sub": "" }), Err(CardError::MissingParameter)),
        (json!({ "sub": 12 }), Err(CardError::Malformed)),
        (json!({ "sub": "a b" }), Err(CardError::Malformed)),
        (json!({ "sub": "名" }), Err(CardError::Malformed)),
        (json!({ "sub": "x".repeat(256) }), Err(CardError::TooLarge)),
        (json!({ "acr": ["aal3"] }), Err(CardError::Malformed)),
        (json!({ "acr": "x".repeat(256) }), Err(CardError::TooLarge)),
    ] {
        assert_eq!(read(&token(&change)).map(drop), expected, "{change}");
    }
}

#[test]
fn a_claim_named_twice_is_refused() {
    let payload = claims().to_string().replacen('{', r#"{"sub":"somebody-else","#, 1);
    assert_eq!(read(&signed(&header().to_string(), &payload, &key(1))), Err(CardError::Malformed));
}

#[test]
fn an_empty_nonce_of_ours_matches_nothing() {
    let token = token(&json!({ "nonce": "" }));
    assert_eq!(id_token(&token, &jwks(), ISSUER, CLIENT, "", NOW), Err(CardError::NonceMismatch));
}

#[test]
fn without_a_good_signature_no_claim_is_looked_at() {
    let wrong = changed(claims(), &json!({ "iss": "https://evil.example", "exp": 0 })).to_string();
    assert_eq!(read(&signed(&header().to_string(), &wrong, &key(3))), Err(CardError::BadSignature));
}

#[test]
fn a_new_key_is_unknown_until_read_again() {
    let header = changed(header(), &json!({ "kid": "key-3" })).to_string();
    let token = signed(&header, &claims().to_string(), &key(3));
    assert_eq!(read(&token), Err(CardError::KeyUnknown));
    let again = json!({ "keys": [public_jwk(&key(3), "key-3")] }).to_string();
    let again = Jwks::parse(again.as_bytes()).unwrap();
    assert!(id_token(&token, &again, ISSUER, CLIENT, NONCE, NOW).is_ok());
}

#[test]
fn no_altered_token_is_ever_accepted() {
    let good = token(&json!({}));
    let (mut random, seed) = Random::new();
    // Every single bit keeps the length and mostly the shape: the sharpest test of the signature.
    for at in 0..good.len() {
        for bit in 0..7 {
            let mut bytes = good.as_bytes().to_vec();
            bytes[at] ^= 1 << bit;
            let altered = String::from_utf8(bytes).unwrap();
            assert!(read(&altered).is_err(), "byte {at} bit {bit} of {altered}");
        }
    }
    for round in 0..20_000 {
        let altered = String::from_utf8_lossy(&random.damage(good.as_bytes())).into_owned();
        assert!(altered == good || read(&altered).is_err(), "seed {seed} round {round}: {altered}");
    }
}

#[test]
fn damaged_claims_under_a_good_signature_never_panic() {
    let (mut random, seed) = Random::new();
    let good = claims().to_string();
    for round in 0..2_000 {
        let payload = String::from_utf8_lossy(&random.damage(good.as_bytes())).into_owned();
        if let Ok(found) = read(&signed(&header().to_string(), &payload, &key(1))) {
            let value: Value = serde_json::from_str(&payload).unwrap();
            let same = value["nonce"] == NONCE && value["iss"] == ISSUER && value["sub"] == found.subject.sub.as_str();
            assert!(same, "seed {seed} round {round}: {payload}");
        }
    }
}

#[test]
fn token_answers() {
    let refused = |code: &str| Err(CardError::IssuerError { code: ErrorCode::new(code) });
    let good = json!({ "token_type": "Bearer", "id_token": "a.b.c", "access_token": "t", "expires_in": 300 });
    let with = |change: Value| changed(good.clone(), &change).to_string();
    let long = "x".repeat(jwt::TOKEN_BYTES_MAX + 1);
    for (status, body, expected) in [
        (200, with(json!({})), Ok(())),
        (200, with(json!({ "token_type": "bearer" })), Ok(())),
        (200, with(json!({ "token_type": "DPoP" })), Err(CardError::WrongType)),
        (200, with(json!({ "token_type": null })), Err(CardError::MissingParameter)),
        (200, with(json!({ "id_token": null })), Err(CardError::MissingParameter)),
        (200, with(json!({ "access_token": null })), Err(CardError::MissingParameter)),
        (200, with(json!({ "access_token": "" })), Err(CardError::MissingParameter)),
        (200, with(json!({ "access_token": "a\r\nb" })), Err(CardError::Malformed)),
        (200, with(json!({ "access_token": long })), Err(CardError::TooLarge)),
        (200, with(json!({ "error": "invalid_grant" })), refused("invalid_grant")),
        (200, "<html>".into(), Err(CardError::Malformed)),
        (200, " ".repeat(ANSWER_BYTES_MAX + 1), Err(CardError::TooLarge)),
        (400, r#"{"error":"invalid_grant"}"#.into(), refused("invalid_grant")),
        (401, r#"{"error":"invalid_client","error_description":"x"}"#.into(), refused("invalid_client")),
        (400, r#"{"error":"Bad <b>"}"#.into(), refused("_ad__b_")),
        (500, with(json!({})), refused("http_500")),
        (503, "<h1>503</h1>".into(), refused("http_503")),
    ] {
        assert_eq!(tokens(status, body.as_bytes()).map(drop), expected, "{status} {body}");
    }
}
