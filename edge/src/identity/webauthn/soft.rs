//! An authenticator and browser in software, for tests, load and crash runs. Never in the product.
//!
//! It speaks the JSON that `PublicKeyCredential.toJSON()` gives and answers the options of
//! `start_registration` and `start_sign_in`. Everything follows from a seed, so a run repeats.
//! Uses only p256, sha2, serde_json and base64, and nothing of ours. The parts of an answer are
//! public, so that a test can make an answer that no honest device would.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Flags of authenticator data (WebAuthn L3 §6.1).
pub mod flag {
    /// User present.
    pub const UP: u8 = 1;
    /// User verified.
    pub const UV: u8 = 1 << 2;
    /// Backup eligible.
    pub const BE: u8 = 1 << 3;
    /// Backed up.
    pub const BS: u8 = 1 << 4;
    /// Attested credential data follow.
    pub const AT: u8 = 1 << 6;
    /// Extension data follow.
    pub const ED: u8 = 1 << 7;
}

/// Why the device does not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoftError {
    /// The options are not what a relying party sends.
    Options,
    /// No algorithm of ours is offered (we make ES256 only).
    Algorithm,
    /// A credential of the exclude list lives here.
    Excluded,
    /// No credential for that relying party.
    NoCredential,
}

/// A CBOR item, as far as WebAuthn needs it (RFC 8949).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cbor {
    /// A whole number.
    Int(i64),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Text.
    Text(String),
    /// A list.
    Array(Vec<Self>),
    /// Pairs in the order given, repeated keys included.
    Map(Vec<(Self, Self)>),
    /// `true` or `false`.
    Bool(bool),
    /// Bytes put in as they are.
    Raw(Vec<u8>),
}

impl Cbor {
    /// A text.
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// The encoding, in the shortest form.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Int(number) if *number < 0 => head(out, 1, number.unsigned_abs() - 1),
            Self::Int(number) => head(out, 0, number.unsigned_abs()),
            Self::Bytes(bytes) => {
                head(out, 2, bytes.len() as u64);
                out.extend_from_slice(bytes);
            }
            Self::Text(text) => {
                head(out, 3, text.len() as u64);
                out.extend_from_slice(text.as_bytes());
            }
            Self::Array(items) => {
                head(out, 4, items.len() as u64);
                items.iter().for_each(|item| item.write(out));
            }
            Self::Map(pairs) => {
                head(out, 5, pairs.len() as u64);
                for (key, value) in pairs {
                    key.write(out);
                    value.write(out);
                }
            }
            Self::Bool(value) => out.push(0xf4 + u8::from(*value)),
            Self::Raw(bytes) => out.extend_from_slice(bytes),
        }
    }
}

fn head(out: &mut Vec<u8>, major: u8, argument: u64) {
    let major = major << 5;
    match argument {
        0..24 => out.push(major | argument as u8),
        24..0x100 => out.extend([major | 24, argument as u8]),
        0x100..0x1_0000 => {
            out.push(major | 25);
            out.extend((argument as u16).to_be_bytes());
        }
        0x1_0000..0x1_0000_0000 => {
            out.push(major | 26);
            out.extend((argument as u32).to_be_bytes());
        }
        _ => {
            out.push(major | 27);
            out.extend(argument.to_be_bytes());
        }
    }
}

/// The COSE key of an ES256 public key (RFC 9053 §7.1.1).
pub fn cose_es256(key: &SigningKey) -> Cbor {
    let point = key.verifying_key().to_sec1_point(false);
    let coordinate = |at: usize| Cbor::Bytes(point.as_bytes().iter().skip(at).take(32).copied().collect());
    Cbor::Map(vec![
        (Cbor::Int(1), Cbor::Int(2)),
        (Cbor::Int(3), Cbor::Int(-7)),
        (Cbor::Int(-1), Cbor::Int(1)),
        (Cbor::Int(-2), coordinate(1)),
        (Cbor::Int(-3), coordinate(33)),
    ])
}

/// SHA-256.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// An ECDSA signature in DER.
pub fn sign(key: &SigningKey, parts: &[&[u8]]) -> Vec<u8> {
    let signature: Signature = key.sign(&parts.concat());
    signature.to_der().as_bytes().to_vec()
}

/// Authenticator data (WebAuthn L3 §6.1), part by part.
#[derive(Debug, Clone)]
pub struct AuthenticatorData {
    /// SHA-256 of the relying party id.
    pub rp_id_hash: [u8; 32],
    /// See [`flag`]. Written as they are: they need not agree with what follows.
    pub flags: u8,
    /// Signature counter.
    pub counter: u32,
    /// Attested credential data, in a registration.
    pub attested: Option<Attested>,
    /// Extension data and anything else behind; empty for none.
    pub rest: Vec<u8>,
}

/// Attested credential data (WebAuthn L3 §6.5.2).
#[derive(Debug, Clone)]
pub struct Attested {
    /// Model of the authenticator.
    pub aaguid: [u8; 16],
    /// The credential id.
    pub credential_id: Vec<u8>,
    /// The length written before the id, normally its own.
    pub credential_id_length: u16,
    /// The public key.
    pub public_key: Cbor,
}

impl AuthenticatorData {
    /// The bytes that are signed.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = self.rp_id_hash.to_vec();
        out.push(self.flags);
        out.extend(self.counter.to_be_bytes());
        if let Some(attested) = &self.attested {
            out.extend(attested.aaguid);
            out.extend(attested.credential_id_length.to_be_bytes());
            out.extend(&attested.credential_id);
            attested.public_key.write(&mut out);
        }
        out.extend(&self.rest);
        out
    }
}

/// The answer to `navigator.credentials.create()`, part by part.
#[derive(Debug, Clone)]
pub struct Creation {
    /// The members of the client data.
    pub client: Value,
    /// The authenticator data.
    pub data: AuthenticatorData,
    /// The attestation format.
    pub format: String,
    /// The attestation statement.
    pub statement: Cbor,
    /// The credential id beside the signed part.
    pub outer_id: Vec<u8>,
    /// The transports the browser reports.
    pub transports: Vec<String>,
    /// The private key, for statements signed by it.
    pub key: SigningKey,
}

impl Creation {
    /// The client data as sent.
    pub fn client_bytes(&self) -> Vec<u8> {
        self.client.to_string().into_bytes()
    }

    /// The attestation object as sent.
    pub fn object(&self) -> Vec<u8> {
        Cbor::Map(vec![
            (Cbor::text("fmt"), Cbor::text(&self.format)),
            (Cbor::text("attStmt"), self.statement.clone()),
            (Cbor::text("authData"), Cbor::Bytes(self.data.encode())),
        ])
        .encode()
    }

    /// The same with self attestation (format `packed`, WebAuthn L3 §8.2), signed over the parts as they are now.
    #[must_use]
    pub fn self_attested(mut self) -> Self {
        let signature = sign(&self.key, &[&self.data.encode(), &sha256(&self.client_bytes())]);
        self.format = "packed".to_owned();
        self.statement =
            Cbor::Map(vec![(Cbor::text("alg"), Cbor::Int(-7)), (Cbor::text("sig"), Cbor::Bytes(signature))]);
        self
    }

    /// The JSON the browser posts.
    pub fn json(&self) -> String {
        self.json_with(&self.client_bytes(), &self.object())
    }

    /// The JSON with other client data and another attestation object.
    pub fn json_with(&self, client: &[u8], object: &[u8]) -> String {
        let id = BASE64URL.encode(&self.outer_id);
        json!({
            "id": id,
            "rawId": id,
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "response": {
                "clientDataJSON": BASE64URL.encode(client),
                "attestationObject": BASE64URL.encode(object),
                "transports": self.transports,
            },
            "clientExtensionResults": { "credProps": { "rk": true } },
        })
        .to_string()
    }
}

/// The answer to `navigator.credentials.get()`, part by part.
#[derive(Debug, Clone)]
pub struct Assertion {
    /// The members of the client data.
    pub client: Value,
    /// The authenticator data.
    pub data: AuthenticatorData,
    /// The credential id.
    pub credential_id: Vec<u8>,
    /// The user handle, which a discoverable credential always has.
    pub user_handle: Option<Vec<u8>>,
    /// The private key that signs.
    pub key: SigningKey,
}

impl Assertion {
    /// The signature over the parts as they are now.
    pub fn signature(&self) -> Vec<u8> {
        sign(&self.key, &[&self.data.encode(), &sha256(self.client.to_string().as_bytes())])
    }

    /// The JSON the browser posts.
    pub fn json(&self) -> String {
        self.json_with(&self.signature())
    }

    /// The JSON with another signature.
    pub fn json_with(&self, signature: &[u8]) -> String {
        let id = BASE64URL.encode(&self.credential_id);
        json!({
            "id": id,
            "rawId": id,
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "response": {
                "clientDataJSON": BASE64URL.encode(self.client.to_string()),
                "authenticatorData": BASE64URL.encode(self.data.encode()),
                "signature": BASE64URL.encode(signature),
                "userHandle": self.user_handle.as_ref().map(|handle| BASE64URL.encode(handle)),
            },
            "clientExtensionResults": {},
        })
        .to_string()
    }
}

/// A credential on the device.
#[derive(Debug, Clone)]
struct Credential {
    rp_id: String,
    id: Vec<u8>,
    user_handle: Vec<u8>,
    key: SigningKey,
    counter: u32,
}

/// A device with a browser.
#[derive(Debug, Clone)]
pub struct SoftAuthenticator {
    seed: u64,
    made: u64,
    synced: bool,
    credentials: Vec<Credential>,
}

impl SoftAuthenticator {
    /// A telephone or password manager: passkeys on all its owner's devices, no counter.
    pub const fn synced(seed: u64) -> Self {
        Self { seed, made: 0, synced: true, credentials: Vec::new() }
    }

    /// A security key: passkeys stay in it, and each counts its signatures.
    pub const fn bound(seed: u64) -> Self {
        Self { seed, made: 0, synced: false, credentials: Vec::new() }
    }

    /// Answers the options of a registration on a page of that origin; keeps the new credential.
    pub fn create(&mut self, options: &str, origin: &str) -> Result<String, SoftError> {
        self.creation(options, origin).map(|creation| creation.json())
    }

    /// As [`Self::create`], in parts.
    pub fn creation(&mut self, options: &str, origin: &str) -> Result<Creation, SoftError> {
        let options = public_key(options)?;
        let member = |pointer: &str| options.pointer(pointer).and_then(Value::as_str).ok_or(SoftError::Options);
        let (challenge, rp_id) = (member("/challenge")?, member("/rp/id")?);
        let user_handle = BASE64URL.decode(member("/user/id")?).map_err(|_| SoftError::Options)?;
        if !list(&options, "/pubKeyCredParams").any(|offered| offered.get("alg") == Some(&json!(-7))) {
            return Err(SoftError::Algorithm);
        }
        let ours = |id: &Value| self.credentials.iter().any(|held| *id == json!(BASE64URL.encode(&held.id)));
        if list(&options, "/excludeCredentials").filter_map(|excluded| excluded.get("id")).any(ours) {
            return Err(SoftError::Excluded);
        }
        let (id, key) = self.next_key()?;
        let data = AuthenticatorData {
            rp_id_hash: sha256(rp_id.as_bytes()),
            flags: self.flags() | flag::AT,
            counter: 0,
            attested: Some(Attested {
                aaguid: [0; 16],
                credential_id: id.clone(),
                credential_id_length: id.len() as u16,
                public_key: cose_es256(&key),
            }),
            rest: Vec::new(),
        };
        let (rp_id, outer_id) = (rp_id.to_owned(), id.clone());
        let client = client("webauthn.create", challenge, origin);
        self.credentials.push(Credential { rp_id, id, user_handle, key: key.clone(), counter: 0 });
        let transports = vec![if self.synced { "internal" } else { "usb" }.to_owned()];
        let (format, statement) = ("none".to_owned(), Cbor::Map(Vec::new()));
        Ok(Creation { client, data, format, statement, outer_id, transports, key })
    }

    /// Answers the options of a sign-in on a page of that origin with the newest credential for the relying party.
    pub fn get(&mut self, options: &str, origin: &str) -> Result<String, SoftError> {
        self.assertion(options, origin).map(|assertion| assertion.json())
    }

    /// As [`Self::get`], in parts.
    pub fn assertion(&mut self, options: &str, origin: &str) -> Result<Assertion, SoftError> {
        let options = public_key(options)?;
        let member = |pointer: &str| options.pointer(pointer).and_then(Value::as_str).ok_or(SoftError::Options);
        let (challenge, rp_id) = (member("/challenge")?, member("/rpId")?);
        let (flags, synced) = (self.flags(), self.synced);
        let held = self.credentials.iter_mut().rev().find(|held| held.rp_id == rp_id).ok_or(SoftError::NoCredential)?;
        if !synced {
            held.counter += 1;
        }
        let rp_id_hash = sha256(rp_id.as_bytes());
        Ok(Assertion {
            client: client("webauthn.get", challenge, origin),
            data: AuthenticatorData { rp_id_hash, flags, counter: held.counter, attested: None, rest: Vec::new() },
            credential_id: held.id.clone(),
            user_handle: Some(held.user_handle.clone()),
            key: held.key.clone(),
        })
    }

    fn flags(&self) -> u8 {
        flag::UP | flag::UV | if self.synced { flag::BE | flag::BS } else { 0 }
    }

    /// The next credential id and private key of this device.
    fn next_key(&mut self) -> Result<(Vec<u8>, SigningKey), SoftError> {
        self.made += 1;
        let derive = |label: &[u8]| sha256(&[label, &self.seed.to_be_bytes(), &self.made.to_be_bytes()].concat());
        // A digest is a valid P-256 scalar except with probability 2^-32 per key and seed.
        let key = SigningKey::from_slice(&derive(b"key")).map_err(|_| SoftError::Algorithm)?;
        Ok((derive(b"id").to_vec(), key))
    }
}

/// Client data as browsers write them (WebAuthn L3 §5.8.1).
pub fn client(ceremony: &str, challenge: &str, origin: &str) -> Value {
    json!({ "type": ceremony, "challenge": challenge, "origin": origin, "crossOrigin": false })
}

fn public_key(options: &str) -> Result<Value, SoftError> {
    let options: Value = serde_json::from_str(options).map_err(|_| SoftError::Options)?;
    options.get("publicKey").cloned().ok_or(SoftError::Options)
}

fn list<'a>(options: &'a Value, pointer: &str) -> impl Iterator<Item = &'a Value> {
    options.pointer(pointer).and_then(Value::as_array).into_iter().flatten()
}
