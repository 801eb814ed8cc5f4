//! Certificates of the My Number card (公的個人認証サービス, JPKI), checked without asking anybody.
//!
//! What comes out is what the certificate says and who vouches for it. Whether it was revoked since is another question,
//! which only those whom 公的個人認証法 names may ask J-LIS: [`Revocation`] says what is known of it, and goes wherever the
//! verdict goes. Chains have one step: the certificate of a person under a pinned CA.

mod anchor;
mod error;
mod holder;
mod key;

pub use anchor::{Anchor, Anchors};
pub use error::JpkiError;
pub use holder::Holder;

use std::borrow::Cow;

use der::asn1::ObjectIdentifier;
use der::oid::AssociatedOid;
use der::{Decode, Encode};
use shared::identity::Revocation;
use shared::kernel::{Fault, Timestamp};
use x509_cert::Certificate;
use x509_cert::certificate::{TbsCertificate, Version};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{BasicConstraints, CertificatePolicies, KeyUsage, SubjectAltName};

use key::PublicKey;

/// The longest certificate that is looked at.
const BYTES_MAX: usize = 8 * 1024;

/// The two certificates of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 署名用: signs documents, says name, address, birth date and gender, and ends when one of them changes.
    Signing,
    /// 利用者証明用: signs in, says nothing of the person, and outlives a move.
    Authentication,
}

impl Kind {
    /// The certificate policy of each (JPKI certificate profile).
    const fn policy(self) -> ObjectIdentifier {
        match self {
            Self::Signing => ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.1.1.20"),
            Self::Authentication => ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.1.3.30"),
        }
    }
}

/// A certificate that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Which of the two.
    pub kind: Kind,
    /// Its number at the CA, big-endian. Personal data: it never leaves the edge in clear.
    pub serial: Vec<u8>,
    /// The last moment it is good for.
    pub until: Timestamp,
    /// Who it is about; nobody where the certificate does not say.
    pub holder: Option<Holder>,
    /// What is known of a revocation.
    pub revocation: Revocation,
}

/// The pinned CAs for signing certificates, from PEM blocks one after the other; none from an empty text.
pub fn anchors(pem: &str) -> Result<Anchors, Fault> {
    const END: &str = "-----END CERTIFICATE-----";
    let blocks = pem.split_inclusive(END).filter(|block| block.contains(END));
    let parse = |block: &str| {
        let fault = |error: JpkiError| Fault::new("jpki.anchors", format_args!("a pinned CA: {error}"));
        Anchor::parse(Kind::Signing, block.trim_start()).map_err(fault)
    };
    blocks.map(parse).collect::<Result<_, _>>().map(Anchors)
}

/// The DER of a certificate file, which may be DER itself or PEM (RFC 7468).
pub fn der_of(file: &[u8]) -> Result<Cow<'_, [u8]>, JpkiError> {
    const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";
    if file.len() > 2 * BYTES_MAX {
        return Err(JpkiError::TooLarge);
    }
    if !file.starts_with(BEGIN) {
        return Ok(Cow::Borrowed(file));
    }
    let (_, der) = der::pem::decode_vec(file).map_err(|_| JpkiError::Malformed)?;
    Ok(Cow::Owned(der))
}

/// Checks a certificate in DER at that moment. `anchors` are the pinned CAs; which of them vouches decides what kind of
/// certificate it has to be. Signatures come first: nothing is believed, and no other reason told, before the CA's holds.
pub fn verify(certificate: &[u8], anchors: &Anchors, at: Timestamp) -> Result<Verified, JpkiError> {
    if certificate.len() > BYTES_MAX {
        return Err(JpkiError::TooLarge);
    }
    let certificate = Certificate::from_der(certificate).map_err(|_| JpkiError::Malformed)?;
    let tbs = certificate.tbs_certificate();
    if tbs.version() != Version::V3 || tbs.signature() != certificate.signature_algorithm() {
        return Err(JpkiError::Malformed);
    }
    let anchor = anchors.of(tbs.issuer(), |anchor| signed_by(&certificate, anchor))?;
    if !anchor.is_valid(at) {
        return Err(JpkiError::AnchorOver);
    }
    let until = within(tbs, at)?;
    let extensions = Extensions::of(tbs)?;
    extensions.check(anchor.kind)?;
    PublicKey::parse(tbs.subject_public_key_info())?;
    let holder = match anchor.kind {
        Kind::Signing => {
            let names: SubjectAltName = extensions.get()?.ok_or(JpkiError::AttributeMissing)?;
            Some(Holder::read(&names)?)
        }
        Kind::Authentication => None,
    };
    let serial = tbs.serial_number().as_bytes().to_vec();
    Ok(Verified { kind: anchor.kind, serial, until, holder, revocation: Revocation::NotChecked })
}

fn signed_by(certificate: &Certificate, anchor: &Anchor) -> Result<(), JpkiError> {
    let signed = certificate.tbs_certificate().to_der().map_err(|_| JpkiError::Malformed)?;
    let signature = certificate.signature().as_bytes().ok_or(JpkiError::Malformed)?;
    anchor.key.verify(certificate.signature_algorithm(), &signed, signature)
}

/// The end of its validity, if that moment is within it.
fn within(tbs: &TbsCertificate, at: Timestamp) -> Result<Timestamp, JpkiError> {
    let (begin, end) = anchor::validity(tbs.validity());
    if at < begin {
        return Err(JpkiError::NotYetValid);
    }
    if at > end {
        return Err(JpkiError::Expired);
    }
    Ok(end)
}

/// The extensions of a certificate, each there once.
struct Extensions<'a>(&'a [Extension]);

impl<'a> Extensions<'a> {
    fn of(tbs: &'a TbsCertificate) -> Result<Self, JpkiError> {
        let all = tbs.extensions().map(Vec::as_slice).unwrap_or_default();
        let is_repeated =
            |(index, one): (usize, &Extension)| all.iter().take(index).any(|before| before.extn_id == one.extn_id);
        if all.iter().enumerate().any(is_repeated) { Err(JpkiError::Malformed) } else { Ok(Self(all)) }
    }

    fn get<T: Decode<'a> + AssociatedOid>(&self) -> Result<Option<T>, JpkiError> {
        let found = self.0.iter().find(|extension| extension.extn_id == T::OID);
        found
            .map(|extension| T::from_der(extension.extn_value.as_bytes()))
            .transpose()
            .map_err(|_| JpkiError::Malformed)
    }

    /// RFC 5280 §4.2: what is critical and not understood, refuses; and what we understand has to fit.
    fn check(&self, kind: Kind) -> Result<(), JpkiError> {
        let understood = [KeyUsage::OID, BasicConstraints::OID, CertificatePolicies::OID, SubjectAltName::OID];
        if self.0.iter().any(|extension| extension.critical && !understood.contains(&extension.extn_id)) {
            return Err(JpkiError::ExtensionUnknown);
        }
        if self.get::<BasicConstraints>()?.is_some_and(|constraints| constraints.ca) {
            return Err(JpkiError::KeyUsageWrong);
        }
        let usage: KeyUsage = self.get()?.ok_or(JpkiError::KeyUsageWrong)?;
        let signs = usage.digital_signature() && !usage.key_cert_sign() && !usage.crl_sign();
        if !signs || (kind == Kind::Signing && !usage.non_repudiation()) {
            return Err(JpkiError::KeyUsageWrong);
        }
        let policies: CertificatePolicies = self.get()?.ok_or(JpkiError::PolicyWrong)?;
        let fits = policies.0.iter().any(|policy| policy.policy_identifier == kind.policy());
        if fits { Ok(()) } else { Err(JpkiError::PolicyWrong) }
    }
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
