//! Our end of a registration against webauthn-rs' own, which runs natively: same verdict on every
//! answer, and the same passkey when it is accepted. Where ours is narrower, the case says so.

mod certificate;
mod client_data;
mod corpus;
mod encoding;
mod public_key;
mod signed_data;
mod statement;

use std::collections::BTreeMap;

use webauthn_rs::prelude::{Passkey, RegisterPublicKeyCredential};

use super::registration::verify;
use super::soft::{Creation, SoftAuthenticator};
use super::support::{Begin, ORIGIN, Random, begin, relying_party};
use super::{CeremonyError, RelyingParty, StoredPasskey, finish_registration};

/// What is expected of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    /// Both accept it.
    Good,
    /// Both refuse it, ours for this reason.
    Refused(CeremonyError),
    /// webauthn-rs accepts it, ours refuses it for this reason.
    Narrower(CeremonyError),
    /// Not said, but both agree.
    Same,
}

/// One answer of a browser.
struct Case {
    name: String,
    expect: Expect,
    json: String,
}

fn case(name: impl Into<String>, expect: Expect, json: String) -> Case {
    Case { name: name.into(), expect, json }
}

/// A case made by changing the parts of a good answer.
fn changed(base: &Creation, name: impl Into<String>, expect: Expect, change: impl FnOnce(&mut Creation)) -> Case {
    let mut creation = base.clone();
    change(&mut creation);
    case(name, expect, creation.json())
}

/// How many answers went which way.
#[derive(Default)]
struct Tally {
    good: usize,
    refused: BTreeMap<CeremonyError, usize>,
    narrower: BTreeMap<CeremonyError, usize>,
    surprises: Vec<String>,
}

impl Tally {
    /// Puts the answer to both and compares.
    fn compare(&mut self, rp: &RelyingParty, begin: &Begin, case: &Case) {
        let Case { name, expect, json } = case;
        let parsed = serde_json::from_str::<RegisterPublicKeyCredential>(json);
        let theirs = parsed.as_ref().ok().map(|answer| rp.webauthn.finish_passkey_registration(answer, &begin.theirs));
        let mirror = parsed.as_ref().ok().map(|answer| verify(rp, &begin.begun, answer));
        let ours = finish_registration(rp, &begin.state, json);
        let found = match (&theirs, &mirror, &ours) {
            (Some(Ok(passkey)), Some(Ok((credential, _))), ours) => {
                let text = |passkey: &Passkey| serde_json::to_string(passkey).expect("JSON");
                assert_eq!(text(passkey), text(&credential.clone().into()), "{name}: another passkey\n{json}");
                match ours {
                    Ok(stored) => {
                        let kept = StoredPasskey::new(passkey.clone().into(), *stored.aaguid(), Vec::new());
                        let kept = kept.and_then(|kept| kept.verifier()).expect("a passkey");
                        assert_eq!(text(&kept), text(&stored.verifier().expect("a passkey")), "{name}\n{json}");
                        Expect::Good
                    }
                    Err(error) => Expect::Narrower(*error),
                }
            }
            // The formats we do not read.
            (Some(Ok(_)), Some(Err(CeremonyError::AttestationRefused)), Err(error)) => Expect::Narrower(*error),
            (None, None, Err(error)) | (Some(Err(_)), Some(Err(_)), Err(error)) => Expect::Refused(*error),
            _ => panic!("{name}: verdicts differ: {theirs:?} / {mirror:?} / {ours:?}\n{json}"),
        };
        match found {
            Expect::Refused(error) => *self.refused.entry(error).or_default() += 1,
            Expect::Narrower(error) => {
                // Never by accident: `Same` does not cover it.
                assert!(*expect == found, "{name}: narrower by {error} without saying so\n{json}");
                *self.narrower.entry(error).or_default() += 1;
            }
            _ => self.good += 1,
        }
        if *expect != Expect::Same && *expect != found {
            self.surprises.push(format!("{name}: expected {expect:?}, found {found:?}"));
        }
    }

    /// Prints the figures; fails if an answer went otherwise than its case says.
    fn report(&self, what: &str) {
        let sum = |counts: &BTreeMap<_, usize>| counts.values().sum::<usize>();
        let (refused, narrower) = (sum(&self.refused), sum(&self.narrower));
        println!("{what}: {} good, {refused} refused by both, {narrower} by ours alone", self.good);
        println!("  refused {:?}\n  ours alone {:?}", self.refused, self.narrower);
        assert!(self.surprises.is_empty(), "{}", self.surprises.join("\n"));
    }
}

#[test]
fn honest_devices() {
    let rp = relying_party();
    let mut random = Random::seeded();
    let mut tally = Tally::default();
    for round in 0..250 {
        let begin = begin(&rp, &[], &mut random);
        let mut device = match round % 2 {
            0 => SoftAuthenticator::synced(random.next()),
            _ => SoftAuthenticator::bound(random.next()),
        };
        let mut creation = device.creation(&begin.options, ORIGIN).expect("an answer");
        creation.data.counter = if round % 2 == 0 { 0 } else { random.next() as u32 };
        if let Some(attested) = &mut creation.data.attested {
            attested.aaguid.fill_with(|| random.next() as u8);
            attested.credential_id = (0..=random.below(1023)).map(|_| random.next() as u8).collect();
            attested.credential_id_length = attested.credential_id.len() as u16;
            creation.outer_id = attested.credential_id.clone();
        }
        let creation = if round % 3 == 0 { creation.self_attested() } else { creation };
        tally.compare(&rp, &begin, &case(format!("honest {round}"), Expect::Good, creation.json()));
    }
    tally.report("honest");
    assert_eq!(tally.good, 250);
}

#[test]
fn every_mutation() {
    let rp = relying_party();
    let mut random = Random::seeded();
    let mut tally = Tally::default();
    for mut device in [SoftAuthenticator::synced(1), SoftAuthenticator::bound(2)] {
        let begin = begin(&rp, &[], &mut random);
        let base = device.creation(&begin.options, ORIGIN).expect("an answer");
        let groups = [client_data::cases, signed_data::cases, public_key::cases, statement::cases, encoding::cases];
        for case in groups.iter().flat_map(|group| group(&base)) {
            tally.compare(&rp, &begin, &case);
        }
    }
    tally.report("mutations");
    let refused: usize = tally.refused.values().sum();
    assert!(tally.good > 50 && refused > 1000, "too few cases to prove anything");
}

#[test]
fn a_passkey_the_person_has_is_not_made_again() {
    let rp = relying_party();
    let mut random = Random::seeded();
    let mut device = SoftAuthenticator::synced(3);
    let first = device.creation(&begin(&rp, &[], &mut random).options, ORIGIN).expect("an answer");
    let id = first.outer_id.clone();
    // An honest browser stops there; a dishonest one sends the same credential again.
    let again = begin(&rp, std::slice::from_ref(&id), &mut random);
    assert_eq!(device.creation(&again.options, ORIGIN).err(), Some(super::soft::SoftError::Excluded));
    let mut second = SoftAuthenticator::synced(3).creation(&again.options, ORIGIN).expect("an answer");
    assert_eq!(second.outer_id, id);
    let mut tally = Tally::default();
    let refused = Expect::Refused(CeremonyError::AlreadyRegistered);
    tally.compare(&rp, &again, &case("again", refused, second.json()));
    second.outer_id = b"another".to_vec();
    tally.compare(&rp, &again, &case("again under another name", refused, second.json()));
    tally.report("excluded");
}

#[test]
fn an_answer_serves_one_challenge() {
    let rp = relying_party();
    let mut random = Random::seeded();
    let (one, other) = (begin(&rp, &[], &mut random), begin(&rp, &[], &mut random));
    let answer = SoftAuthenticator::synced(4).create(&one.options, ORIGIN).expect("an answer");
    let mut tally = Tally::default();
    tally.compare(&rp, &one, &case("its own", Expect::Good, answer.clone()));
    tally.compare(&rp, &other, &case("another", Expect::Refused(CeremonyError::WrongChallenge), answer));
    tally.report("challenges");
}

#[test]
fn flipped_bits() {
    let rp = relying_party();
    let mut random = Random::seeded();
    let mut tally = Tally::default();
    for round in 0..3000 {
        let begin = begin(&rp, &[], &mut random);
        let mut device = SoftAuthenticator::synced(random.next());
        let mut creation = device.creation(&begin.options, ORIGIN).expect("an answer");
        if round % 2 == 0 {
            creation = creation.self_attested();
        }
        let (mut client, mut object) = (creation.client_bytes(), creation.object());
        for _ in 0..=random.below(3) {
            let part = if random.below(3) == 0 { &mut client } else { &mut object };
            let at = random.below(part.len());
            if let Some(byte) = part.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        // A flip inside the id makes it differ from the one outside, one in the origin may turn a letter into a capital:
        // webauthn-rs looks at neither.
        let json = creation.json_with(&client, &object);
        let parsed = serde_json::from_str(&json).expect("the same members");
        let expect = match finish_registration(&rp, &begin.state, &json) {
            Err(error @ (CeremonyError::CredentialIdMismatch | CeremonyError::WrongOrigin))
                if verify(&rp, &begin.begun, &parsed).is_ok() =>
            {
                Expect::Narrower(error)
            }
            _ => Expect::Same,
        };
        tally.compare(&rp, &begin, &case(format!("flips {round}"), expect, json));
    }
    tally.report("flipped bits");
}
