//! An issuer in a test's pocket: signs whatever it is told to.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use shared::kernel::Timestamp;

use super::{Client, ClientKey, Issuer, Jwks};

pub const ISSUER: &str = "https://card.example/api/realms/main";
pub const CLIENT: &str = "meguri";
pub const NONCE: &str = "nonce-of-this-attempt";
pub const KID: &str = "key-1";
/// 2026-11-21T00:00:00Z.
pub const NOW: Timestamp = Timestamp(1_795_219_200_000);

pub fn issuer() -> Issuer {
    Issuer::from_discovery(discovery().to_string().as_bytes(), ISSUER).unwrap()
}

pub fn discovery() -> Value {
    let at = |path: &str| format!("{ISSUER}/protocol/openid-connect/{path}");
    json!({
        "issuer": ISSUER,
        "authorization_endpoint": at("auth"),
        "token_endpoint": at("token"),
        "userinfo_endpoint": at("userinfo"),
        "jwks_uri": at("certs"),
        "response_types_supported": ["code"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
    })
}

/// A key of its own per number.
pub fn key(number: u8) -> SigningKey {
    SigningKey::from_slice(&[number; 32]).unwrap()
}

pub fn private_jwk(number: u8) -> Value {
    let mut jwk = public_jwk(&key(number), KID);
    jwk["d"] = BASE64_URL_SAFE_NO_PAD.encode([number; 32]).into();
    jwk
}

pub fn public_jwk(key: &SigningKey, kid: &str) -> Value {
    let point = key.verifying_key().to_sec1_point(false);
    let text = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": kid,
        "x": text(point.x().unwrap()), "y": text(point.y().unwrap()) })
}

pub fn client() -> Client {
    Client::new(CLIENT, ClientKey::parse(&private_jwk(9).to_string()).unwrap()).unwrap()
}

pub fn jwks() -> Jwks {
    let document = json!({ "keys": [public_jwk(&key(1), KID), public_jwk(&key(2), "key-2")] });
    Jwks::parse(document.to_string().as_bytes()).unwrap()
}

pub fn header() -> Value {
    json!({ "alg": "ES256", "typ": "JWT", "kid": KID })
}

pub fn claims() -> Value {
    let now = NOW.seconds();
    json!({ "iss": ISSUER, "sub": "ppid-1", "aud": CLIENT, "nonce": NONCE, "iat": now, "exp": now + 300,
        "auth_time": now - 5, "acr": "aal3" })
}

/// `value` with the members of `change` set; `null` takes a member away.
pub fn changed(mut value: Value, change: &Value) -> Value {
    for (name, new) in change.as_object().unwrap() {
        match new {
            Value::Null => value.as_object_mut().unwrap().remove(name),
            new => value.as_object_mut().unwrap().insert(name.clone(), new.clone()),
        };
    }
    value
}

/// A compact JWS of those texts.
pub fn signed(header: &str, payload: &str, key: &SigningKey) -> String {
    let encode = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
    let input = format!("{}.{}", encode(header), encode(payload));
    let signature: Signature = key.sign(input.as_bytes());
    format!("{input}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

/// An ID token with those claims changed.
pub fn token(change: &Value) -> String {
    signed(&header().to_string(), &changed(claims(), change).to_string(), &key(1))
}

/// splitmix64, seeded from `MEGURI_SEED`; say the seed when a test fails.
pub struct Random(pub u64);

impl Random {
    pub fn new() -> (Self, u64) {
        let seed = std::env::var("MEGURI_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(0x6d65_6775_7269);
        (Self(seed), seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// One to four bytes changed, dropped, doubled or put in.
    pub fn damage(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len().max(1)).min(bytes.len().saturating_sub(1));
            let byte = self.next() as u8;
            match self.below(6) {
                0 if !bytes.is_empty() => drop(bytes.remove(at)),
                1 => bytes.insert(at, byte),
                2 if !bytes.is_empty() => bytes.insert(at, bytes[at]),
                3 => bytes.truncate(at + 1),
                _ if !bytes.is_empty() => bytes[at] ^= byte | 1,
                _ => {}
            }
        }
        bytes
    }
}
