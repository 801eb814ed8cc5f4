//! Passkey ceremonies over islands.

use shared::identity::{Call, Refusal, Token};
use shared::kernel::limit::PASSKEYS_MAX;
use shared::wire::{Tell, Told};

use crate::http::cookie::Cookie;
use crate::identity::webauthn::soft::SoftAuthenticator;
use crate::testing::{Browser, Card, Deployment, ORIGIN, Resident, visitor};
use crate::world::Object;

use super::kept;

fn refused(refusal: Refusal) -> Told {
    Told::Refused(refusal)
}

fn finish(browser: &mut Browser, credential: &str) -> Told {
    browser.tell(&Tell::FinishSignIn { credential: credential.to_owned(), next: String::new() })
}

/// Begins a passkey on a device that has none yet.
fn begin_passkey(browser: &mut Browser, device: u64) -> Tell {
    browser.device = SoftAuthenticator::bound(device);
    let Told::Options(options) = browser.tell(&Tell::StartPasskey) else { panic!("no options") };
    let credential = browser.device.create(&options, ORIGIN).unwrap();
    Tell::FinishPasskey { credential, name: "鍵".to_owned() }
}

fn is_entered(told: &Told) -> bool {
    matches!(told, Told::Entered { .. })
}

#[test]
fn every_sign_in_is_a_new_session_and_ends_the_old_one() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let mut seen = vec![resident.browser.session().unwrap()];
    for _ in 0..3 {
        let old = resident.browser.clone();
        resident.browser.sign_in("/").unwrap();
        let token = resident.browser.session().unwrap();
        assert!(!seen.contains(&token));
        seen.push(token);
        assert!(visitor(&deployment, &old).is_none());
        assert!(visitor(&deployment, &resident.browser).is_some());
        assert_eq!(kept(&deployment), [1, 1, 0, 1]);
    }
}

#[test]
fn making_a_passkey_is_a_new_session_too() {
    let deployment = Deployment::new();
    let mut browser = Browser::new(&deployment, 1);
    browser.prove(&deployment, &Card::of(1), "");
    let before = browser.clone();
    browser.make_passkey().unwrap();
    assert!(visitor(&deployment, &before).is_none());
    assert!(visitor(&deployment, &browser).is_some());
    assert_eq!(kept(&deployment), [1, 1, 0, 1]);
}

#[test]
fn proving_again_ends_the_session_this_browser_had() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let before = resident.browser.clone();
    assert_eq!(resident.browser.prove(&deployment, &Card::of(1), "").status, 303);
    assert!(visitor(&deployment, &before).is_none());
    assert_eq!(kept(&deployment), [1, 1, 0, 1]);
}

#[test]
fn a_finished_sign_in_cannot_be_replayed() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let credential = resident.browser.begin_sign_in();
    let ceremony = resident.browser.ceremony();
    assert!(is_entered(&finish(&mut resident.browser, &credential)));
    assert_eq!(finish(&mut resident.browser, &credential), refused(Refusal::CeremonyGone));
    resident.browser.put_cookie(Cookie::Ceremony, ceremony);
    assert_eq!(finish(&mut resident.browser, &credential), refused(Refusal::CeremonyGone));
}

#[test]
fn a_sign_in_that_failed_is_used_up() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let credential = resident.browser.begin_sign_in();
    let ceremony = resident.browser.ceremony();
    assert_eq!(finish(&mut resident.browser, "{}"), refused(Refusal::CeremonyFailed));
    resident.browser.put_cookie(Cookie::Ceremony, ceremony);
    assert_eq!(finish(&mut resident.browser, &credential), refused(Refusal::CeremonyGone));
}

#[test]
fn a_made_passkey_cannot_be_replayed() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let tell = begin_passkey(&mut resident.browser, 500);
    let ceremony = resident.browser.ceremony();
    assert!(is_entered(&resident.browser.tell(&tell)));
    assert_eq!(resident.browser.tell(&tell), refused(Refusal::CeremonyGone));
    resident.browser.put_cookie(Cookie::Ceremony, ceremony);
    assert_eq!(resident.browser.tell(&tell), refused(Refusal::CeremonyGone));
    assert_eq!(kept(&deployment)[1], 2);
}

#[test]
fn ceremonies_end_after_ten_minutes() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let credential = resident.browser.begin_sign_in();
    deployment.wait(600);
    assert_eq!(finish(&mut resident.browser, &credential), refused(Refusal::CeremonyGone));
    let known = resident.browser.device.clone();
    resident.browser.sign_in("/").unwrap();
    let tell = begin_passkey(&mut resident.browser, 500);
    deployment.wait(600);
    assert_eq!(resident.browser.tell(&tell), refused(Refusal::CeremonyGone));
    resident.browser.device = known;
    let credential = resident.browser.begin_sign_in();
    deployment.wait(599);
    assert!(is_entered(&finish(&mut resident.browser, &credential)));
}

#[test]
fn a_ceremony_belongs_to_its_browser() {
    let deployment = Deployment::new();
    let (mut one, mut other) = (Resident::join(&deployment, 1), Resident::join(&deployment, 2));
    let credential = one.browser.begin_sign_in();
    let mut stranger = Browser::new(&deployment, 3);
    assert_eq!(finish(&mut stranger, &credential), refused(Refusal::CeremonyGone));
    stranger.put_cookie(Cookie::Ceremony, Some(Token([9; 32])));
    assert_eq!(finish(&mut stranger, &credential), refused(Refusal::CeremonyGone));
    // The challenge is another one.
    other.browser.begin_sign_in();
    assert_eq!(finish(&mut other.browser, &credential), refused(Refusal::CeremonyFailed));
    assert!(is_entered(&finish(&mut one.browser, &credential)));
}

#[test]
fn a_passkey_is_made_by_the_person_who_began() {
    let deployment = Deployment::new();
    let (mut one, mut other) = (Resident::join(&deployment, 1), Resident::join(&deployment, 2));
    let tell = begin_passkey(&mut one.browser, 500);
    other.browser.put_cookie(Cookie::Ceremony, one.browser.ceremony());
    assert_eq!(other.browser.tell(&tell), refused(Refusal::CeremonyGone));
    assert_eq!(kept(&deployment)[1], 2);
    let mut nobody = Browser::new(&deployment, 3);
    assert_eq!(nobody.tell(&Tell::StartPasskey), refused(Refusal::SignedOut));
    nobody.put_cookie(Cookie::Session, Some(Token([9; 32])));
    assert_eq!(nobody.tell(&Tell::StartPasskey), refused(Refusal::SignedOut));
    assert_eq!(nobody.tell(&tell), refused(Refusal::CeremonyGone));
}

#[test]
fn one_kind_of_ceremony_is_not_another() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let back = resident.browser.visit_issuer(&deployment, &Card::of(1), "");
    let credential = {
        let mut aside = resident.browser.clone();
        aside.begin_sign_in()
    };
    assert_eq!(finish(&mut resident.browser, &credential), refused(Refusal::CeremonyGone));
    assert_eq!(resident.browser.get(&back).status, 400);
    let credential = resident.browser.begin_sign_in();
    let tell = Tell::FinishPasskey { credential, name: "鍵".to_owned() };
    assert_eq!(resident.browser.tell(&tell), refused(Refusal::CeremonyGone));
    assert_eq!(kept(&deployment)[1], 1);
}

#[test]
fn a_passkey_of_another_town_or_of_nobody_does_not_sign_in() {
    let (here, there) = (Deployment::new(), Deployment::new());
    Resident::join(&here, 1);
    there.set_now(here.now().plus_seconds(1));
    // Equal seeds would make equal persons.
    let _: [u8; 64] = crate::world::World::random(&there.world);
    let stranger = Resident::join(&there, 2);
    let mut browser = Browser::new(&here, 5);
    browser.device = stranger.browser.device.clone();
    let credential = browser.begin_sign_in();
    assert_eq!(finish(&mut browser, &credential), refused(Refusal::PasskeyUnknown));
    for garbage in ["", "{}", "[]", "null", "\u{0}", &"[".repeat(30_000)] {
        browser.begin_sign_in();
        let told = finish(&mut browser, garbage);
        assert!(matches!(told, Told::Refused(_)), "{told:?}");
    }
    assert_eq!(kept(&here)[3], 1);
}

#[test]
fn one_device_holds_one_passkey_and_a_person_holds_ten() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    // The device itself would refuse; one that lies is refused as well.
    let Told::Options(options) = resident.browser.tell(&Tell::StartPasskey) else { panic!("no options") };
    assert!(resident.browser.device.create(&options, ORIGIN).is_err());
    let mut liar = SoftAuthenticator::synced(1);
    let credential = liar.create(&options.replace("excludeCredentials", "ignored"), ORIGIN).unwrap();
    let tell = Tell::FinishPasskey { credential, name: "鍵".to_owned() };
    assert_eq!(resident.browser.tell(&tell), refused(Refusal::PasskeyKnown));

    for number in 1..PASSKEYS_MAX as u64 {
        resident.browser.device = SoftAuthenticator::bound(1_000 + number);
        resident.browser.make_passkey().unwrap();
    }
    resident.browser.device = SoftAuthenticator::bound(2_000);
    assert_eq!(resident.browser.make_passkey(), Err(refused(Refusal::TooManyPasskeys)));
    assert_eq!(kept(&deployment), [1, PASSKEYS_MAX, 0, 1]);
}

#[test]
fn two_ceremonies_begun_before_the_tenth_still_make_ten() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    for number in 1..PASSKEYS_MAX as u64 - 1 {
        resident.browser.device = SoftAuthenticator::bound(1_000 + number);
        resident.browser.make_passkey().unwrap();
    }
    let mut begun: Vec<_> = (0..2)
        .map(|number| {
            let mut browser = resident.browser.clone();
            let tell = begin_passkey(&mut browser, 3_000 + number);
            (tell, browser.ceremony())
        })
        .collect();
    for (tell, ceremony) in begun.drain(..) {
        resident.browser.put_cookie(Cookie::Ceremony, ceremony);
        resident.browser.tell(&tell);
    }
    assert_eq!(kept(&deployment)[1], PASSKEYS_MAX);
}

#[test]
fn a_cloned_security_key_is_noticed() {
    let deployment = Deployment::new();
    let mut browser = Browser::new(&deployment, 1);
    browser.device = SoftAuthenticator::bound(7);
    browser.prove(&deployment, &Card::of(1), "");
    browser.make_passkey().unwrap();
    let mut clone = browser.clone();
    browser.sign_in("/").unwrap();
    browser.sign_in("/").unwrap();
    // The clone's counter is behind what the key has shown.
    assert_eq!(clone.sign_in("/"), Err(refused(Refusal::CeremonyFailed)));
}

#[test]
fn a_passkey_name_is_checked_and_nothing_is_lost_by_a_bad_one() {
    let deployment = Deployment::new();
    let mut browser = Browser::new(&deployment, 1);
    browser.prove(&deployment, &Card::of(1), "");
    let Tell::FinishPasskey { credential, .. } = begin_passkey(&mut browser, 500) else { panic!("another tell") };
    for name in ["".to_owned(), "あ".repeat(41), "a\nb".to_owned()] {
        let told = browser.tell(&Tell::FinishPasskey { credential: credential.clone(), name });
        assert_eq!(told, Told::Malformed);
    }
    assert!(is_entered(&browser.tell(&Tell::FinishPasskey { credential, name: "スマホ".to_owned() })));
}

#[test]
fn an_object_refuses_what_is_no_call() {
    let deployment = Deployment::new();
    for object in Object::ALL {
        for message in [vec![], vec![9], vec![1, 200], vec![1; 70]] {
            let answer = futures_executor::block_on(crate::world::World::call(&deployment.world, object, message));
            assert!(answer.is_err());
        }
    }
    // And goes on living.
    assert_eq!(
        deployment.call::<_, shared::identity::Answer>(Object::Registry, &Call::Ready),
        shared::identity::Answer::Ready { resealing: false }
    );
}
