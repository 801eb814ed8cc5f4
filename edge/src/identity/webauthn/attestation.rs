//! The attestation object (WebAuthn L3 §6.5) and its statements (§8).
//!
//! We ask for no attestation and trust none: a statement that holds says only that it is consistent
//! with itself. It is checked all the same, because a browser may pass one on unasked (self
//! attestation with a zero AAGUID is never stripped, L3 §5.1.3) and a broken one means a broken answer.
//!
//! Read: `none`, `packed` (self and X.509), `fido-u2f`. Refused: `tpm` and `android-safetynet`, as
//! webauthn-rs 0.6.2 always does; `apple` and `android-key`, which it would accept. Their parsers
//! are not public, and browsers replace them by `none` when no attestation was asked for.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_cbor_2::Value;
use webauthn_rs_core::attestation::{FidoGenCeAaguid, assert_packed_attest_req, validate_extension};
use webauthn_rs_core::crypto::verify_signature;
use webauthn_rs_core::internals::AuthenticatorData;
use webauthn_rs_core::proto::{
    AttestationFormat, AttestationMetadata, AttestedCredentialData, COSEAlgorithm, COSEKey, COSEKeyType,
    ParsedAttestation, ParsedAttestationData, Registration, SerialisableAttestationData,
};

use super::CeremonyError;

/// The five members as CBOR, field for field as webauthn-rs reads them, so that both accept the same bytes.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Members<'a> {
    fmt: &'a str,
    att_stmt: Value,
    auth_data: &'a [u8],
    #[serde(rename = "epAtt")]
    _enterprise: Option<bool>,
    #[serde(rename = "largeBlobKey")]
    _large_blob_key: Option<&'a [u8]>,
}

/// An attestation object, parsed.
pub(super) struct AttestationObject<'a> {
    fmt: &'a str,
    statement: Value,
    /// The authenticator data as signed.
    pub(super) data_bytes: &'a [u8],
    /// The same, parsed.
    pub(super) data: AuthenticatorData<Registration>,
}

impl<'a> AttestationObject<'a> {
    /// Parses the bytes; nothing may follow the object.
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Self, CeremonyError> {
        // Any well-formed value first: the members alone would let unknown ones pass unread.
        let _: Value = serde_cbor_2::from_slice(bytes).map_err(|_| CeremonyError::Malformed)?;
        let members: Members<'a> = serde_cbor_2::from_slice(bytes).map_err(|_| CeremonyError::Malformed)?;
        let data = AuthenticatorData::try_from(members.auth_data).map_err(|_| CeremonyError::Malformed)?;
        Ok(Self { fmt: members.fmt, statement: members.att_stmt, data_bytes: members.auth_data, data })
    }

    /// The format named in the object.
    pub(super) fn format(&self) -> Result<AttestationFormat, CeremonyError> {
        AttestationFormat::try_from(self.fmt).map_err(|()| CeremonyError::AttestationRefused)
    }

    /// Checks the statement against the authenticator data and the hash of the client data.
    pub(super) fn check_statement(
        &self,
        format: &AttestationFormat,
        rp_id_hash: &[u8; 32],
        attested: &AttestedCredentialData,
        key: &COSEKey,
        client_data_hash: &[u8; 32],
    ) -> Result<ParsedAttestation, CeremonyError> {
        match format {
            AttestationFormat::None => Ok(ParsedAttestation::default()),
            AttestationFormat::Packed => {
                self.check_packed(attested, key, &[self.data_bytes, client_data_hash.as_slice()].concat())
            }
            AttestationFormat::FIDOU2F => {
                let COSEKeyType::EC_EC2(point) = &key.key else { return Err(CeremonyError::AttestationRefused) };
                let signed: [&[u8]; 7] =
                    [&[0], rp_id_hash, client_data_hash, &attested.credential_id, &[4], &point.x, &point.y];
                self.check_fido_u2f(key, &signed.concat())
            }
            AttestationFormat::Tpm
            | AttestationFormat::AndroidKey
            | AttestationFormat::AndroidSafetyNet
            | AttestationFormat::AppleAnonymous => Err(CeremonyError::AttestationRefused),
        }
    }

    /// WebAuthn L3 §8.2.
    fn check_packed(
        &self,
        attested: &AttestedCredentialData,
        key: &COSEKey,
        signed: &[u8],
    ) -> Result<ParsedAttestation, CeremonyError> {
        let statement = Statement::of(&self.statement)?;
        let algorithm = statement.algorithm()?;
        let signature = || statement.bytes("sig");
        if statement.has("x5c") {
            let chain = statement.certificates()?;
            let ParsedAttestationData::Basic(certificates) = &chain else { return Err(REFUSED) };
            let leaf = certificates.first().ok_or(REFUSED)?;
            require(verify_signature(leaf, signature()?, signed))?;
            assert_packed_attest_req(leaf).map_err(|_| REFUSED)?;
            validate_extension::<FidoGenCeAaguid>(leaf, &attested.aaguid).map_err(|_| REFUSED)?;
            let metadata = AttestationMetadata::Packed { aaguid: uuid::Uuid::from_bytes(attested.aaguid) };
            return Ok(ParsedAttestation { data: chain, metadata });
        }
        if statement.has("ecdaaKeyId") || algorithm != key.type_ {
            return Err(REFUSED);
        }
        require(key.verify_signature(signature()?, signed))?;
        Ok(ParsedAttestation { data: ParsedAttestationData::Self_, metadata: AttestationMetadata::None })
    }

    /// WebAuthn L3 §8.6.
    fn check_fido_u2f(&self, key: &COSEKey, signed: &[u8]) -> Result<ParsedAttestation, CeremonyError> {
        let statement = Statement::of(&self.statement)?;
        let chain = statement.certificates()?;
        let ParsedAttestationData::Basic(certificates) = &chain else { return Err(REFUSED) };
        let [leaf] = certificates.as_slice() else { return Err(REFUSED) };
        if key.type_ != COSEAlgorithm::ES256 {
            return Err(REFUSED);
        }
        require(verify_signature(leaf, statement.bytes("sig")?, signed))?;
        Ok(ParsedAttestation { data: chain, metadata: AttestationMetadata::None })
    }
}

const REFUSED: CeremonyError = CeremonyError::AttestationRefused;

fn require<E>(verified: Result<bool, E>) -> Result<(), CeremonyError> {
    match verified {
        Ok(true) => Ok(()),
        Ok(false) | Err(_) => Err(REFUSED),
    }
}

/// An attestation statement: a map with text keys.
struct Statement<'a>(&'a BTreeMap<Value, Value>);

impl<'a> Statement<'a> {
    fn of(value: &'a Value) -> Result<Self, CeremonyError> {
        match value {
            Value::Map(map) => Ok(Self(map)),
            _ => Err(REFUSED),
        }
    }

    fn get(&self, name: &str) -> Option<&'a Value> {
        self.0.get(&Value::Text(name.to_owned()))
    }

    fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    fn bytes(&self, name: &str) -> Result<&'a [u8], CeremonyError> {
        match self.get(name) {
            Some(Value::Bytes(bytes)) => Ok(bytes),
            _ => Err(REFUSED),
        }
    }

    fn algorithm(&self) -> Result<COSEAlgorithm, CeremonyError> {
        match self.get("alg") {
            Some(Value::Integer(number)) => COSEAlgorithm::try_from(*number).map_err(|()| REFUSED),
            _ => Err(REFUSED),
        }
    }

    /// The chain under `x5c`, every certificate of it parsed.
    fn certificates(&self) -> Result<ParsedAttestationData, CeremonyError> {
        let Some(Value::Array(values)) = self.get("x5c") else { return Err(REFUSED) };
        let chain = values
            .iter()
            .map(|value| match value {
                Value::Bytes(der) => Ok(der.clone()),
                _ => Err(REFUSED),
            })
            .collect::<Result<_, _>>()?;
        ParsedAttestationData::try_from(SerialisableAttestationData::Basic(chain)).map_err(|_| REFUSED)
    }
}
