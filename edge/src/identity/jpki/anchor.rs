//! The CAs we believe: pinned, with the time they are good for. They come with the deployment and are never fetched.

use der::DecodePem;
use shared::kernel::Timestamp;
use x509_cert::Certificate;
use x509_cert::name::Name;
use x509_cert::time::Validity;

use super::key::PublicKey;
use super::{JpkiError, Kind};

/// A CA that vouches for certificates of one kind.
pub struct Anchor {
    /// Of which kind.
    pub(super) kind: Kind,
    pub(super) key: PublicKey,
    name: Name,
    valid: (Timestamp, Timestamp),
}

impl Anchor {
    /// From the CA's own certificate in PEM. That it is the right one is for whoever gives it to us: compare its
    /// fingerprint with the published one.
    pub fn parse(kind: Kind, pem: &str) -> Result<Self, JpkiError> {
        let certificate = Certificate::from_pem(pem).map_err(|_| JpkiError::Malformed)?;
        let tbs = certificate.tbs_certificate();
        let key = PublicKey::parse(tbs.subject_public_key_info())?;
        Ok(Self { kind, key, name: tbs.subject().clone(), valid: validity(tbs.validity()) })
    }

    pub(super) fn is_valid(&self, at: Timestamp) -> bool {
        self.valid.0 <= at && at <= self.valid.1
    }
}

/// All CAs we believe. A CA keeps its name when its key is new, so several may have one name.
pub struct Anchors(pub Vec<Anchor>);

impl Anchors {
    /// The one of that name that vouches.
    pub(super) fn of(
        &self,
        issuer: &Name,
        vouches: impl Fn(&Anchor) -> Result<(), JpkiError>,
    ) -> Result<&Anchor, JpkiError> {
        let mut refused = JpkiError::AnchorUnknown;
        for anchor in self.0.iter().filter(|anchor| anchor.name == *issuer) {
            match vouches(anchor) {
                Ok(()) => return Ok(anchor),
                // That a CA of this name signs in another way is the lesser reason.
                Err(error) if refused != JpkiError::SignatureMismatch => refused = error,
                Err(_) => {}
            }
        }
        Err(refused)
    }
}

/// Begin and end; the end is good to its last millisecond (RFC 5280 §4.1.2.5: inclusive, in seconds).
pub(super) fn validity(validity: &Validity) -> (Timestamp, Timestamp) {
    let seconds =
        |time: x509_cert::time::Time| i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX / 1000);
    let (begin, end) = (seconds(validity.not_before), seconds(validity.not_after));
    (Timestamp(begin.saturating_mul(1000)), Timestamp(end.saturating_mul(1000).saturating_add(999)))
}
