//! Too often: 429 with how long to wait, for the address or person it comes from and nobody else.

use shared::identity::Admission;
use shared::kernel::{MemberNumber, Role};
use shared::wire::{LedgerTell, NotPosted, Tell, Told};

use crate::http::Response;
use crate::portal::{Needs, ROUTES};
use crate::testing::{Browser, Deployment, Resident};

fn at(deployment: &Deployment, number: u32, address: &str) -> Browser {
    let mut browser = Browser::new(deployment, number);
    browser.address = address.to_owned();
    browser
}

fn guess(browser: &mut Browser, number: u32) -> Response {
    browser.post(&format!("/staff/{number:032x}"), &[])
}

/// The seconds to wait, if it was too often.
fn wait(answer: &Response) -> Option<i64> {
    (answer.status == 429).then(|| answer.header("retry-after").unwrap().parse().unwrap())
}

#[test]
fn guessing_staff_links_is_slow_from_one_address_and_not_from_another() {
    let deployment = Deployment::new();
    let mut guesser = at(&deployment, 1, "192.0.2.1");
    for number in 0..Admission::Invitation.rate().burst {
        assert_eq!(guess(&mut guesser, number).status, 410);
    }
    let refused = guess(&mut guesser, 99);
    let seconds = wait(&refused).expect("too often");
    assert!((1..=30).contains(&seconds));
    assert_eq!(guesser.get("/staff/00000000000000000000000000000000").status, 200, "looking is free");
    assert_eq!(guess(&mut at(&deployment, 2, "192.0.2.2"), 1).status, 410);
    // Not told where it comes from, nobody is told from anybody.
    assert_eq!(guess(&mut at(&deployment, 3, ""), 1).status, 410);
    deployment.wait(seconds);
    assert_eq!(guess(&mut guesser, 100).status, 410);
    assert!(wait(&guess(&mut guesser, 101)).is_some());
}

#[test]
fn ceremonies_and_proofs_have_a_rate_and_people_go_on_behind_it() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    resident.browser.address = "2001:db8:0:1::1".to_owned();
    let mut machine = at(&deployment, 2, "2001:db8:0:2::2");
    let ceremonies = (0..=Admission::Ceremony.rate().burst).filter(|_| machine.try_tell(&Tell::StartSignIn).is_some());
    assert_eq!(ceremonies.count(), Admission::Ceremony.rate().burst as usize);
    // The same /56, so the same customer: slower for a moment, and no session is lost.
    assert!(resident.browser.try_tell(&Tell::StartSignIn).is_none());
    assert_eq!(resident.browser.get("/me").status, 200);
    deployment.wait(1);
    resident.browser.sign_in("/").unwrap();

    let proofs = Admission::Proof.rate().burst;
    for _ in 0..proofs {
        assert_eq!(machine.post("/join", &[]).status, 303);
    }
    assert_eq!(wait(&machine.post("/join", &[])), Some(1));
    assert_eq!(wait(&machine.get("/join/callback?error=access_denied&state=x")), Some(1));
    // Without a run there is nothing to come back from: a page of somebody else cannot use up an office's proofs.
    let mut image = at(&deployment, 4, "2001:db8:0:2::2");
    assert_eq!(image.get("/join/callback?error=access_denied&state=x").status, 400);
    assert_eq!(machine.get("/join").status, 200);
}

#[test]
fn who_tries_numbers_waits_and_so_does_nobody_else() {
    let deployment = Deployment::new();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    let (mut curious, mut other) = (Resident::join(&deployment, 1), Resident::join(&deployment, 2));
    assert_eq!(officer.grant(&curious, 100, 1).status, 303);
    assert_eq!(officer.grant(&other, 100, 2).status, 303);
    let nobody = |number: u64| Resident { member: MemberNumber::from_random(1_000 + number), ..other.clone() };
    for number in 0..10 {
        assert_eq!(curious.pay(&nobody(number), 1, 100 + number).status, 422);
    }
    let refused = curious.pay(&nobody(10), 1, 110);
    assert_eq!(wait(&refused), Some(60));
    // Not even one that is somebody's: otherwise the answer would tell.
    assert!(wait(&curious.pay(&other, 1, 111)).is_some());
    let tell = Tell::Ledger {
        command: shared::kernel::CommandId::from_bytes([7; 16]),
        tell: LedgerTell::Pay { to: other.member, amount: 1.try_into().unwrap() },
    };
    assert!(matches!(curious.browser.tell(&tell), Told::Ledger(Err(NotPosted::TooOften { seconds: 1..=60 }))));
    assert_eq!(other.pay(&curious, 1, 112).status, 303);
    deployment.wait(60);
    assert_eq!(curious.pay(&other, 1, 113).status, 303);
    assert_eq!(deployment.points(curious.account()), (100, 100));
}

#[test]
fn what_anybody_may_do_to_identity_has_a_rate() {
    let acts = ROUTES.iter().filter(|route| route.needs == Needs::Nothing && route.path != "/signout");
    let acts =
        acts.filter(|route| route.methods.contains(&crate::http::Method::Post) && !route.path.starts_with("/demo"));
    // `/tell` takes one for each ceremony it holds, and `/ask` asks nobody.
    for route in acts.filter(|route| !["/tell", "/ask"].contains(&route.path)) {
        assert!(route.admission.is_some(), "{}", route.path);
    }
}
