//! Public keys: RSA of today's cards, P-384 of the next ones. The kind comes from the key itself, never from a guess.

use der::asn1::ObjectIdentifier;
use der::{Decode, Encode};
use p384::ecdsa::signature::Verifier as _;
use rsa::traits::PublicKeyParts as _;
use sha2::Sha256;
use x509_cert::spki::{AlgorithmIdentifierOwned, DecodePublicKey, SubjectPublicKeyInfoOwned};

use super::JpkiError;

/// `sha256WithRSAEncryption` (RFC 8017 appendix A.2.4).
const RSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
/// `ecdsa-with-SHA384` (RFC 5758 §3.2).
const ECDSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
const RSA_BITS: core::ops::RangeInclusive<u32> = 2048..=4096;

/// A key that is strong enough, of a kind there is.
pub(super) enum PublicKey {
    Rsa(Box<rsa::RsaPublicKey>),
    P384(Box<p384::ecdsa::VerifyingKey>),
}

impl PublicKey {
    pub(super) fn parse(info: &SubjectPublicKeyInfoOwned) -> Result<Self, JpkiError> {
        let der = info.to_der().map_err(|_| JpkiError::KeyRefused)?;
        if let Ok(key) = rsa::RsaPublicKey::from_public_key_der(&der) {
            let strong = RSA_BITS.contains(&key.n().bits());
            return if strong { Ok(Self::Rsa(Box::new(key))) } else { Err(JpkiError::KeyRefused) };
        }
        let key = p384::ecdsa::VerifyingKey::from_public_key_der(&der).map_err(|_| JpkiError::KeyRefused)?;
        Ok(Self::P384(Box::new(key)))
    }

    /// Whether a key of ours signed that, in the one way it may.
    pub(super) fn verify(
        &self,
        algorithm: &AlgorithmIdentifierOwned,
        signed: &[u8],
        signature: &[u8],
    ) -> Result<(), JpkiError> {
        let mismatch = |_| JpkiError::SignatureMismatch;
        match self {
            Self::Rsa(key) => {
                let no_parameters = algorithm.parameters.as_ref().is_none_or(der::asn1::Any::is_null);
                if algorithm.oid != RSA_SHA256 || !no_parameters {
                    return Err(JpkiError::AlgorithmRefused);
                }
                let key = rsa::pkcs1v15::VerifyingKey::<Sha256>::new((**key).clone());
                let signature = rsa::pkcs1v15::Signature::try_from(signature).map_err(mismatch)?;
                key.verify(signed, &signature).map_err(mismatch)
            }
            Self::P384(key) => {
                if algorithm.oid != ECDSA_SHA384 || algorithm.parameters.is_some() {
                    return Err(JpkiError::AlgorithmRefused);
                }
                let signature =
                    p384::ecdsa::DerSignature::from_der(signature).map_err(|_| JpkiError::SignatureMismatch)?;
                key.verify(signed, &signature).map_err(mismatch)
            }
        }
    }
}
