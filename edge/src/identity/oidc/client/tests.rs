use p256::pkcs8::{EncodePrivateKey as _, LineEnding};
use serde_json::{Value, json};

use super::*;
use crate::identity::oidc::fixture::{CLIENT, KID, NOW, changed, client, issuer, key, private_jwk, public_jwk};
use crate::identity::oidc::{Jwks, callback, jwt};

fn form(body: &str) -> Vec<(String, String)> {
    url::pairs(body).unwrap()
}

fn body(jti: u8) -> String {
    let code = callback("code=abc&state=s", "s", &issuer()).unwrap();
    let verifier = Verifier::parse(&"v".repeat(43)).unwrap();
    token_request(&issuer(), &client(), &code, &verifier, "https://portal.example/join/callback", NOW, &[jti; 16])
}

#[test]
fn the_request_proves_who_we_are() {
    let form = form(&body(7));
    let names: Vec<&str> = form.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "grant_type",
            "code",
            "redirect_uri",
            "client_id",
            "code_verifier",
            "client_assertion_type",
            "client_assertion"
        ]
    );
    let value = |name: &str| form.iter().find(|(known, _)| known == name).unwrap().1.clone();
    assert_eq!(value("redirect_uri"), "https://portal.example/join/callback");
    let published = json!({ "keys": [public_jwk(&key(9), KID)] }).to_string();
    let claims = jwt::verify(&value("client_assertion"), &Jwks::parse(published.as_bytes()).unwrap()).unwrap();
    assert_eq!(claims.get("iss"), Some(&Value::from(CLIENT)));
    assert_eq!(claims.get("sub"), Some(&Value::from(CLIENT)));
    assert_eq!(claims.get("aud"), Some(&Value::from(issuer().token_endpoint)));
    assert_eq!(claims.get("iat"), Some(&Value::from(NOW.seconds())));
    let lifetime = claims.get("exp").unwrap().as_i64().unwrap() - NOW.seconds();
    assert!(lifetime > 0 && lifetime <= 300);
    assert_eq!(claims.get("jti"), Some(&Value::from("BwcHBwcHBwcHBwcHBwcHBw")));
}

#[test]
fn the_same_input_is_the_same_request() {
    assert_eq!(body(1), body(1));
    assert_ne!(body(1), body(2));
}

#[test]
fn keys_as_jwk_and_pem() {
    let secret = SecretKey::from_slice(&[9; 32]).unwrap();
    let pkcs8 = secret.to_pkcs8_pem(LineEnding::LF).unwrap();
    let sec1 = secret.to_sec1_pem(LineEnding::CRLF).unwrap();
    let nameless = changed(private_jwk(9), &json!({ "kid": null })).to_string();
    let published: Vec<String> =
        [pkcs8.as_str(), sec1.as_str(), &nameless].map(|text| ClientKey::parse(text).unwrap().public_jwk()).to_vec();
    assert!(published.iter().all(|jwk| *jwk == published[0]), "{published:?}");
    assert!(!published[0].contains("\"d\"") && published[0].contains("ES256"));
    assert_eq!(ClientKey::parse(&private_jwk(9).to_string()).unwrap().kid, KID);
}

#[test]
fn texts_that_are_not_keys() {
    for change in [
        json!({ "d": null }),
        json!({ "d": "AAAA" }),
        json!({ "d": "A".repeat(43) }),
        json!({ "d": "!" }),
        json!({ "crv": "P-384" }),
        json!({ "kty": "RSA" }),
    ] {
        assert!(ClientKey::parse(&changed(private_jwk(9), &change).to_string()).is_err(), "{change}");
    }
    for text in ["", "{", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"] {
        assert!(ClientKey::parse(text).is_err(), "{text}");
    }
}

#[test]
fn thumbprints_follow_rfc_7638() {
    // The canonical form is fixed, so the digest of a known key must never move.
    let key = ClientKey::parse(&changed(private_jwk(1), &json!({ "kid": "" })).to_string()).unwrap();
    let (x, y) = coordinates(&key.key);
    let canonical = format!("{{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"{x}\",\"y\":\"{y}\"}}");
    assert_eq!(key.kid, BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(canonical)));
    assert_eq!(key.kid.len(), 43);
}

#[test]
fn secrets_stay_out_of_debug() {
    let shown = format!("{:?}", client());
    assert_eq!(shown, "Client { id: \"meguri\", key: ClientKey(key-1) }");
}

#[test]
fn client_ids() {
    let key = || client().key().clone();
    for id in ["", "a b", "a\n", "名", &"x".repeat(256)] {
        assert!(Client::new(id, key()).is_err(), "{id}");
    }
    assert!(Client::new(&"x".repeat(255), key()).is_ok());
}

#[test]
fn signatures_follow_rfc_6979() {
    // RFC 6979 appendix A.2.5: P-256, SHA-256, message "sample".
    let hex = |text: &str| -> Vec<u8> {
        (0..text.len() / 2).map(|at| u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).unwrap()).collect()
    };
    let key = SigningKey::from_slice(&hex("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721")).unwrap();
    let signature: Signature = key.sign(b"sample");
    let (r, s) = (
        "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
        "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
    );
    assert_eq!(signature.to_bytes().to_vec(), hex(&format!("{r}{s}")));
}
