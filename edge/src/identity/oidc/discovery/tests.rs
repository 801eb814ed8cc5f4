use serde_json::json;

use super::*;
use crate::identity::oidc::fixture::{ISSUER, changed, discovery, issuer};

#[test]
fn a_good_document() {
    let found = issuer();
    assert_eq!(found.issuer, ISSUER);
    assert!(found.token_endpoint.ends_with("/token") && !found.names_itself);
    let document = changed(discovery(), &json!({ "authorization_response_iss_parameter_supported": true }));
    assert!(Issuer::from_discovery(document.to_string().as_bytes(), ISSUER).unwrap().names_itself);
    assert_eq!(Issuer::discovery_url(ISSUER), format!("{ISSUER}/.well-known/openid-configuration"));
    assert_eq!(
        Issuer::discovery_url("http://localhost:8788/"),
        "http://localhost:8788/.well-known/openid-configuration"
    );
}

#[test]
fn documents_that_are_refused() {
    for (change, expected) in [
        (json!({ "issuer": "https://card.example/api/realms/main/" }), CardError::WrongIssuer),
        (json!({ "issuer": "https://CARD.example/api/realms/main" }), CardError::WrongIssuer),
        (json!({ "issuer": null }), CardError::MissingParameter),
        (json!({ "issuer": 1 }), CardError::Malformed),
        (json!({ "authorization_endpoint": null }), CardError::MissingParameter),
        (json!({ "token_endpoint": null }), CardError::MissingParameter),
        (json!({ "userinfo_endpoint": null }), CardError::MissingParameter),
        (json!({ "jwks_uri": null }), CardError::MissingParameter),
        (json!({ "token_endpoint": "http://card.example/token" }), CardError::Malformed),
        (json!({ "token_endpoint": "http://localhost:9/token" }), CardError::Malformed),
        (json!({ "jwks_uri": "file:///etc/passwd" }), CardError::Malformed),
        (json!({ "userinfo_endpoint": format!("https://card.example/{}", "x".repeat(2000)) }), CardError::TooLarge),
        (json!({ "response_types_supported": ["id_token"] }), CardError::AlgorithmRefused),
        (json!({ "id_token_signing_alg_values_supported": ["RS256"] }), CardError::AlgorithmRefused),
        (json!({ "code_challenge_methods_supported": ["plain"] }), CardError::AlgorithmRefused),
        (json!({ "token_endpoint_auth_methods_supported": ["client_secret_basic"] }), CardError::AlgorithmRefused),
        (json!({ "response_types_supported": "code" }), CardError::Malformed),
    ] {
        let document = changed(discovery(), &change).to_string();
        assert_eq!(Issuer::from_discovery(document.as_bytes(), ISSUER), Err(expected), "{change}");
    }
    assert_eq!(Issuer::from_discovery(&[b' '; DISCOVERY_BYTES_MAX + 1], ISSUER), Err(CardError::TooLarge));
    assert_eq!(Issuer::from_discovery(b"<html>", ISSUER), Err(CardError::Malformed));
}

#[test]
fn an_issuer_on_this_machine_may_speak_in_clear() {
    let local = "http://localhost:8788";
    let at = |path: &str| format!("{local}/{path}");
    let document = json!({ "issuer": local, "authorization_endpoint": at("auth"), "token_endpoint": at("token"),
        "userinfo_endpoint": at("me"), "jwks_uri": at("jwks") });
    assert!(Issuer::from_discovery(document.to_string().as_bytes(), local).is_ok());
}
