//! What the tests of this module share.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use shared::wire;
use webauthn_rs::prelude::{PasskeyRegistration, Uuid};

use super::registration::Begun;
use super::soft::SoftAuthenticator;
use super::{
    CeremonyState, OptionsJson, RelyingParty, StoredPasskey, finish_registration, start_registration, start_sign_in,
};

/// Where the portal of the tests lives.
pub(crate) const ORIGIN: &str = "https://portal.town.example";
/// Its relying party id, a parent domain as in production.
pub(crate) const RP_ID: &str = "town.example";
/// A resident.
pub(crate) const PERSON: [u8; 16] = [7; 16];

pub(crate) fn relying_party() -> RelyingParty {
    RelyingParty::new(RP_ID, ORIGIN, "めぐり町").expect("a relying party")
}

/// A registered passkey of that person on that device.
pub(crate) fn registered(rp: &RelyingParty, device: &mut SoftAuthenticator, person: [u8; 16]) -> StoredPasskey {
    let (options, state) = start_registration(rp, person, "花子", &[]).expect("options");
    let answer = device.create(&options, ORIGIN).expect("an answer");
    finish_registration(rp, &state, &answer).expect("a passkey")
}

/// A registration begun for us and for webauthn-rs at once.
pub(crate) struct Begin {
    pub(crate) options: OptionsJson,
    pub(crate) state: CeremonyState,
    pub(super) begun: Begun,
    pub(super) theirs: PasskeyRegistration,
}

/// Begins a registration with a challenge out of `random`, so that a run repeats to the byte.
pub(crate) fn begin(rp: &RelyingParty, existing: &[Vec<u8>], random: &mut Random) -> Begin {
    let (mut options, theirs) = rp
        .webauthn
        .start_passkey_registration(Uuid::from_bytes(PERSON), "花子", "花子", Some(existing.to_vec()))
        .expect("options");
    let theirs = serde_json::to_string(&theirs).expect("JSON");
    let fresh = random.challenge();
    let theirs = theirs.replace(&BASE64URL.encode(&options.public_key.challenge), &BASE64URL.encode(fresh));
    options.public_key.challenge = fresh.to_vec();
    let begun = Begun::with(&options);
    Begin {
        options: serde_json::to_string(&options).expect("JSON"),
        state: wire::encode(&begun).expect("a state"),
        begun,
        theirs: serde_json::from_str(&theirs).expect("a state"),
    }
}

/// Begins a sign-in in the same way.
pub(crate) fn begin_sign_in(rp: &RelyingParty, random: &mut Random) -> (OptionsJson, CeremonyState) {
    let (options, state) = start_sign_in(rp).expect("options");
    let parsed: serde_json::Value = serde_json::from_str(&options).expect("JSON");
    let old = parsed.pointer("/publicKey/challenge").and_then(serde_json::Value::as_str).expect("a challenge");
    let new = BASE64URL.encode(random.challenge());
    let state = String::from_utf8(state).expect("JSON").replace(old, &new);
    (options.replace(old, &new), state.into_bytes())
}

/// SplitMix64.
pub(crate) struct Random(u64);

impl From<u64> for Random {
    fn from(seed: u64) -> Self {
        Self(seed)
    }
}

impl Random {
    /// From `MEGURI_SEED`, or always the same; printed so that a failure can be repeated.
    pub(crate) fn seeded() -> Self {
        let seed = std::env::var("MEGURI_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(20_261_121);
        println!("MEGURI_SEED={seed}");
        Self(seed)
    }

    pub(crate) const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `bound`.
    pub(crate) const fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    fn challenge(&mut self) -> [u8; 32] {
        std::array::from_fn(|_| self.next() as u8)
    }
}
