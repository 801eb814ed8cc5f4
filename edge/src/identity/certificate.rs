//! A certificate of the card, handed over at the counter: what it says, and how far that goes.

use shared::identity::{CertificateFlaw, CertificatePage, CertificateSays, Refusal, may_prove_at_counter};
use shared::kernel::{Fault, SessionId};

use crate::sql::Sql;
use crate::world::World;

use super::jpki::{self, Holder, JpkiError, Verified};
use super::object::Registry;
use super::store;

/// What an officer can do about it.
const fn flaw(error: JpkiError) -> CertificateFlaw {
    match error {
        JpkiError::TooLarge | JpkiError::Malformed => CertificateFlaw::Unreadable,
        JpkiError::AnchorUnknown
        | JpkiError::AnchorOver
        | JpkiError::AlgorithmRefused
        | JpkiError::SignatureMismatch
        | JpkiError::KeyRefused => CertificateFlaw::Forged,
        JpkiError::NotYetValid | JpkiError::Expired => CertificateFlaw::OutOfTime,
        JpkiError::ExtensionUnknown | JpkiError::KeyUsageWrong | JpkiError::PolicyWrong => CertificateFlaw::WrongKind,
        JpkiError::AttributeMissing
        | JpkiError::AttributeRepeated
        | JpkiError::AttributeMalformed
        | JpkiError::BirthUnknown => CertificateFlaw::Incomplete,
    }
}

fn says(verified: Verified) -> Result<CertificateSays, JpkiError> {
    let Verified { until, holder, revocation, .. } = verified;
    let Holder { name, address, birth, gender } = holder.ok_or(JpkiError::PolicyWrong)?;
    Ok(CertificateSays { name, address, birth, gender, until, revocation })
}

impl<S: Sql, W: World> Registry<S, W> {
    /// The verdict on a certificate. Whether somebody of its name and birth date has an account is told, and told to them.
    pub(super) fn certificate_page(
        &self,
        session: SessionId,
        certificate: &[u8],
    ) -> Result<Result<CertificatePage, Refusal>, Fault> {
        let now = self.world.now();
        let Some(visitor) = self.visitor(session)? else { return Ok(Err(Refusal::SignedOut)) };
        if let Err(refusal) = may_prove_at_counter(&visitor.actor, now) {
            return Ok(Err(refusal));
        }
        let verified = jpki::der_of(certificate).and_then(|der| jpki::verify(&der, &self.anchors, now));
        let verdict = verified.and_then(says).map_err(|error| (flaw(error), error.number()));
        let mut known = None;
        if let Ok(said) = &verdict {
            let name_key = self.secrets.name_key(&said.name.text, said.birth)?;
            let people = store::people_of_name(&self.sql, &name_key)?;
            self.note_look_up(&visitor, &people)?;
            known = people.first().map(|(kept, _)| kept.person.member);
        }
        Ok(Ok(CertificatePage { visitor, verdict, known }))
    }
}
