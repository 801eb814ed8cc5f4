//! A synthetic JPKI that can be told to go wrong, written in DER by hand: nothing in here is read by what it tests. Its CA
//! signs with P-384; today's RSA comes from `openssl/`.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use der::Encode;
use der::asn1::ObjectIdentifier;
use p384::ecdsa::signature::Signer as _;
use p384::ecdsa::{DerSignature, SigningKey};

use crate::identity::jpki::{Anchor, Anchors, Kind};

pub(super) const SIGN_POLICY: &str = "1.2.392.200149.8.5.1.1.20";
pub(super) const AUTH_POLICY: &str = "1.2.392.200149.8.5.1.3.30";
pub(super) const ECDSA_SHA384: &str = "1.2.840.10045.4.3.3";
const EC_KEY: &str = "1.2.840.10045.2.1";
const P384: &str = "1.3.132.0.34";
const KEY_USAGE: &str = "2.5.29.15";
const NAMES: &str = "2.5.29.17";
pub(super) const CONSTRAINTS: &str = "2.5.29.19";
const POLICIES: &str = "2.5.29.32";

/// Tag, length, content.
pub(super) fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let head = match length {
        0..=127 => vec![tag, length as u8],
        128..=255 => vec![tag, 0x81, length as u8],
        _ => vec![tag, 0x82, (length >> 8) as u8, length as u8],
    };
    [head, content.to_vec()].concat()
}

pub(super) fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

pub(super) fn oid(text: &str) -> Vec<u8> {
    ObjectIdentifier::new_unwrap(text).to_der().unwrap()
}

fn name(parts: &[(&str, &str)]) -> Vec<u8> {
    let part = |(id, text): &(&str, &str)| tlv(0x31, &sequence(&[oid(id), tlv(0x13, text.as_bytes())]));
    sequence(&parts.iter().map(part).collect::<Vec<_>>())
}

/// The name of the CA.
pub(super) fn ca_name(agency: &str) -> Vec<u8> {
    name(&[("2.5.4.6", "JP"), ("2.5.4.10", "JPKI"), ("2.5.4.11", agency)])
}

fn public_key(key: &SigningKey) -> Vec<u8> {
    let point = key.verifying_key().to_sec1_point(false);
    let bits = [&[0], point.as_bytes()].concat();
    sequence(&[sequence(&[oid(EC_KEY), oid(P384)]), tlv(0x03, &bits)])
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_slice(&[seed; 48]).unwrap()
}

pub(super) fn extension(id: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical = if critical { tlv(0x01, &[0xff]) } else { Vec::new() };
    sequence(&[oid(id), critical, tlv(0x04, value)])
}

/// An entry of the alternative names: the number of the attribute, and its text.
pub(super) fn other_name(number: u8, text: &str) -> Vec<u8> {
    let value = tlv(0xa0, &tlv(0x0c, text.as_bytes()));
    tlv(0xa0, &[oid(&format!("1.2.392.200149.8.5.5.{number}")), value].concat())
}

/// A certificate, part by part.
#[derive(Clone)]
pub(super) struct Draft {
    pub version: Vec<u8>,
    pub serial: Vec<u8>,
    /// What is signed says this; what is around it says `outer_algorithm`.
    pub algorithm: Vec<u8>,
    pub outer_algorithm: Vec<u8>,
    pub issuer: Vec<u8>,
    pub from: &'static str,
    pub to: &'static str,
    pub subject: Vec<u8>,
    pub key: Vec<u8>,
    pub usage: Vec<u8>,
    pub policy: Option<&'static str>,
    pub names: Vec<Vec<u8>>,
    /// Extensions besides.
    pub more: Vec<Vec<u8>>,
}

/// `digitalSignature`, `nonRepudiation`.
pub(super) const SIGNS: [u8; 2] = [6, 0b1100_0000];
/// `digitalSignature`.
pub(super) const SIGNS_IN: [u8; 2] = [7, 0b1000_0000];

pub(super) fn algorithm(id: &str) -> Vec<u8> {
    sequence(&[oid(id)])
}

impl Draft {
    /// A signing certificate that holds.
    pub(super) fn signing() -> Self {
        let attributes =
            [(1, "めぐり 花子"), (2, "000000"), (3, "2"), (4, "319850315"), (5, "みなと県めぐり市"), (6, "0")];
        Self {
            version: tlv(0xa0, &tlv(0x02, &[2])),
            serial: tlv(0x02, &[0x12, 0x34, 0x56]),
            algorithm: algorithm(ECDSA_SHA384),
            outer_algorithm: algorithm(ECDSA_SHA384),
            issuer: ca_name("signing"),
            from: "20260401000000Z",
            to: "20360331235959Z",
            subject: name(&[("2.5.4.6", "JP"), ("2.5.4.7", "Minato-ken"), ("2.5.4.3", "20261121")]),
            key: public_key(&key(3)),
            usage: SIGNS.to_vec(),
            policy: Some(SIGN_POLICY),
            names: attributes.iter().map(|(number, text)| other_name(*number, text)).collect(),
            more: Vec::new(),
        }
    }

    /// An authentication certificate that holds.
    pub(super) fn authentication() -> Self {
        let (usage, policy) = (SIGNS_IN.to_vec(), Some(AUTH_POLICY));
        Self { issuer: ca_name("authentication"), usage, policy, names: Vec::new(), ..Self::signing() }
    }

    /// With these attributes and no others.
    pub(super) fn saying(attributes: &[(u8, &str)]) -> Self {
        Self { names: attributes.iter().map(|(number, text)| other_name(*number, text)).collect(), ..Self::signing() }
    }

    fn to_be_signed(&self) -> Vec<u8> {
        // RFC 5280 §4.1.2.5: two digits of the year until 2049.
        let time = |text: &str| tlv(0x17, &text.as_bytes()[2..]);
        let mut extensions = vec![extension(KEY_USAGE, true, &tlv(0x03, &self.usage))];
        if let Some(policy) = self.policy {
            extensions.push(extension(POLICIES, true, &sequence(&[sequence(&[oid(policy)])])));
        }
        if !self.names.is_empty() {
            extensions.push(extension(NAMES, false, &sequence(&self.names)));
        }
        extensions.extend(self.more.iter().cloned());
        sequence(&[
            self.version.clone(),
            self.serial.clone(),
            self.algorithm.clone(),
            self.issuer.clone(),
            sequence(&[time(self.from), time(self.to)]),
            self.subject.clone(),
            self.key.clone(),
            tlv(0xa3, &sequence(&extensions)),
        ])
    }

    /// Signed by the CA of that seed.
    pub(super) fn signed_by(&self, seed: u8) -> Vec<u8> {
        let signed = self.to_be_signed();
        let signature: DerSignature = key(seed).sign(&signed);
        let bits = [&[0], signature.as_bytes()].concat();
        sequence(&[signed, self.outer_algorithm.clone(), tlv(0x03, &bits)])
    }

    /// Signed by the CA that signs.
    pub(super) fn made(&self) -> Vec<u8> {
        self.signed_by(1)
    }
}

/// PEM of a certificate.
pub(super) fn pem(der: &[u8]) -> String {
    let text = BASE64_STANDARD.encode(der);
    let lines: Vec<_> = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

/// A CA of that name, kind, key and time.
pub(super) fn anchor(kind: Kind, agency: &str, seed: u8, from: &'static str, to: &'static str) -> Anchor {
    let (subject, key) = (ca_name(agency), public_key(&key(seed)));
    let certificate = Draft { subject, key, from, to, ..Draft::signing() }.signed_by(seed);
    Anchor::parse(kind, &pem(&certificate)).unwrap()
}

/// A CA for each kind; both have the key of seed 1.
pub(super) fn anchors() -> Anchors {
    let ca = |kind, agency| anchor(kind, agency, 1, "20230715000000Z", "20400715235959Z");
    Anchors(vec![ca(Kind::Signing, "signing"), ca(Kind::Authentication, "authentication")])
}
