//! A self-signed X.509 certificate in DER, as much of it as attestation needs (WebAuthn L3 §8.2.1).

use super::super::soft::sign;
use p256::ecdsa::SigningKey;

/// What a certificate says; by default a correct attestation certificate.
#[derive(Clone)]
pub(super) struct Certificate {
    pub(super) unit: &'static str,
    pub(super) version: u8,
    pub(super) subject: bool,
    pub(super) is_ca: bool,
    pub(super) aaguid: Option<Vec<u8>>,
    /// Apple's nonce: SHA-256 of what was signed (WebAuthn L3 §8.8).
    pub(super) apple_nonce: Option<[u8; 32]>,
    /// Android's attestation challenge: the hash of the client data (§8.4.1).
    pub(super) android_challenge: Option<[u8; 32]>,
}

impl Default for Certificate {
    fn default() -> Self {
        Self {
            unit: "Authenticator Attestation",
            version: 2,
            subject: true,
            is_ca: false,
            aaguid: None,
            apple_nonce: None,
            android_challenge: None,
        }
    }
}

fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let length = content.len() as u16;
    let mut out = vec![tag];
    match length {
        0..128 => out.push(length as u8),
        128..256 => out.extend([0x81, length as u8]),
        _ => {
            out.push(0x82);
            out.extend(length.to_be_bytes());
        }
    }
    out.extend(content);
    out
}

const ECDSA_SHA256: &[u8] = &[0x30, 10, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
const EC_P256: &[u8] =
    &[0x30, 19, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
const BASIC_CONSTRAINTS: &[u8] = &[6, 3, 0x55, 0x1d, 0x13];
const FIDO_AAGUID: &[u8] = &[6, 11, 0x2b, 6, 1, 4, 1, 0x82, 0xe5, 0x1c, 1, 1, 4];
const APPLE_NONCE: &[u8] = &[6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x63, 0x64, 8, 2];
const ANDROID_KEY: &[u8] = &[6, 10, 0x2b, 6, 1, 4, 1, 0xd6, 0x79, 2, 1, 0x11];

/// Android's key description: made in the trusted environment, for signing.
fn key_description(challenge: &[u8]) -> Vec<u8> {
    let purpose: &[u8] = &[0xa1, 5, 0x31, 3, 2, 1, 2];
    let origin: &[u8] = &[0xbf, 0x85, 0x3e, 3, 2, 1, 0];
    let levels: &[u8] = &[2, 1, 3, 10, 1, 1, 2, 1, 4, 10, 1, 1];
    tlv(0x30, &[levels, &tlv(4, &[challenge]), &[4, 0, 0x30, 0], &tlv(0x30, &[purpose, origin])])
}

fn attribute(oid: u8, tag: u8, value: &str) -> Vec<u8> {
    let pair = tlv(0x30, &[&[6, 3, 0x55, 4, oid], &tlv(tag, &[value.as_bytes()])]);
    tlv(0x31, &[&pair])
}

impl Certificate {
    /// The certificate of that key, signed by itself.
    pub(super) fn encode(&self, key: &SigningKey) -> Vec<u8> {
        let name = tlv(
            0x30,
            &[
                &attribute(6, 0x13, "JP"),
                &attribute(10, 0x0c, "Example"),
                &attribute(11, 0x0c, self.unit),
                &attribute(3, 0x0c, "Soft authenticator"),
            ],
        );
        let subject = if self.subject { name.clone() } else { tlv(0x30, &[]) };
        let time = |text: &str| tlv(0x17, &[text.as_bytes()]);
        let point = key.verifying_key().to_sec1_point(false);
        let spki = tlv(0x30, &[EC_P256, &tlv(3, &[&[0], point.as_bytes()])]);
        let constraints: &[u8] = if self.is_ca { &[0x30, 3, 1, 1, 0xff] } else { &[0x30, 0] };
        let mut extensions = tlv(0x30, &[BASIC_CONSTRAINTS, &[1, 1, 0xff], &tlv(4, &[constraints])]);
        if let Some(aaguid) = &self.aaguid {
            extensions.extend(tlv(0x30, &[FIDO_AAGUID, &tlv(4, &[&tlv(4, &[aaguid])])]));
        }
        if let Some(nonce) = &self.apple_nonce {
            let value = tlv(0x30, &[&tlv(0xa1, &[&tlv(4, &[nonce])])]);
            extensions.extend(tlv(0x30, &[APPLE_NONCE, &tlv(4, &[&value])]));
        }
        if let Some(challenge) = &self.android_challenge {
            extensions.extend(tlv(0x30, &[ANDROID_KEY, &tlv(4, &[&key_description(challenge)])]));
        }
        let tbs = tlv(
            0x30,
            &[
                &tlv(0xa0, &[&[2, 1, self.version]]),
                &[2, 1, 1],
                ECDSA_SHA256,
                &name,
                &tlv(0x30, &[&time("260101000000Z"), &time("360101000000Z")]),
                &subject,
                &spki,
                &tlv(0xa3, &[&tlv(0x30, &[&extensions])]),
            ],
        );
        let signature = sign(key, &[&tbs]);
        tlv(0x30, &[&tbs, ECDSA_SHA256, &tlv(3, &[&[0], &signature])])
    }
}

/// A key of a manufacturer, not of the credential.
pub(super) fn manufacturer() -> SigningKey {
    SigningKey::from_slice(&[0x42; 32]).expect("a key")
}
