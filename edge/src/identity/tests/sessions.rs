//! Sessions and staff links.

use shared::kernel::{MemberNumber, Role, SignIn};

use crate::testing::{Browser, Card, Deployment, Resident, staff_code, status_line, visitor};
use crate::world::Object;

use super::kept;

fn is_alive(deployment: &Deployment, who: &Resident) -> bool {
    visitor(deployment, &who.browser).is_some()
}

#[test]
fn sessions_end_when_idle() {
    for (staff, minutes) in [(false, 60), (true, 30)] {
        let deployment = Deployment::new();
        let who = if staff { Resident::staff(&deployment, Role::Officer) } else { Resident::join(&deployment, 1) };
        deployment.wait(minutes * 60 - 1);
        assert!(is_alive(&deployment, &who));
        deployment.wait(minutes * 60);
        assert!(!is_alive(&deployment, &who));
        // Gone for good, also when the clock is set back.
        deployment.wait(-minutes * 60);
        assert!(!is_alive(&deployment, &who));
        assert_eq!(kept(&deployment)[3], 0);
    }
}

#[test]
fn sessions_end_however_busy() {
    for (staff, hours) in [(false, 24), (true, 12)] {
        let deployment = Deployment::new();
        let who = if staff { Resident::staff(&deployment, Role::Officer) } else { Resident::join(&deployment, 1) };
        let end = deployment.now().plus_seconds(hours * 3600);
        while deployment.now().plus_seconds(20 * 60) < end {
            deployment.wait(20 * 60);
            assert!(is_alive(&deployment, &who));
            // The table says the same as the memory.
            deployment.restart();
        }
        deployment.set_now(end.plus_seconds(-1));
        assert!(is_alive(&deployment, &who));
        deployment.set_now(end);
        assert!(!is_alive(&deployment, &who));
    }
}

#[test]
fn sessions_outlive_a_restart_and_signing_out_does_too() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    deployment.restart();
    assert!(is_alive(&deployment, &resident));
    let before = resident.clone();
    let left = resident.browser.post("/signout", &[]);
    // What the browser keeps goes too (ASVS 14.3.1).
    assert_eq!(left.header("clear-site-data"), Some(r#""cache", "storage""#));
    assert_eq!(resident.browser.session(), None);
    assert!(!is_alive(&deployment, &before));
    deployment.restart();
    assert!(!is_alive(&deployment, &before));
    // Without a session it is harmless.
    assert_eq!(resident.browser.post("/signout", &[]).status, 200);
}

#[test]
fn signing_out_ends_this_session_only() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let mut elsewhere = Browser::new(&deployment, 50);
    elsewhere.device = resident.browser.device.clone();
    elsewhere.sign_in("/").unwrap();
    resident.browser.post("/signout", &[]);
    assert!(visitor(&deployment, &elsewhere).is_some());
}

#[test]
fn what_is_over_is_forgotten_in_time() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    resident.browser.begin_sign_in();
    resident.browser.clone().begin_sign_in();
    assert_eq!(kept(&deployment), [1, 1, 2, 1]);
    // Nobody comes any more; the object wakes by itself.
    for _ in 0..60 {
        let Some(at) = deployment.alarm(Object::Registry) else { break };
        deployment.set_now(deployment.now().max(at));
        deployment.ring(Object::Registry).unwrap();
    }
    assert_eq!(kept(&deployment), [1, 1, 0, 0]);
    // Only old lines of logs are left to look for.
    assert_eq!(deployment.alarm(Object::Registry), Some(deployment.now().plus_seconds(24 * 60 * 60)));
}

#[test]
fn a_needless_ring_forgets_nothing_that_lives() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    resident.browser.begin_sign_in();
    let before = kept(&deployment);
    for object in Object::ALL {
        deployment.ring(object).unwrap();
        deployment.ring(object).unwrap();
    }
    assert_eq!(kept(&deployment), before);
    assert!(is_alive(&deployment, &resident));
}

#[test]
fn a_staff_link_works_once_and_a_preview_does_not_use_it() {
    let deployment = Deployment::new();
    for role in Role::ALL {
        let path = format!("/staff/{}", staff_code(role, 1));
        let mut browser = Browser::new(&deployment, 10 + role as u32);
        assert_eq!(browser.get(&path).status, 200);
        assert_eq!(browser.get(&path).status, 200);
        assert_eq!(status_line(&browser.post(&path, &[])), (303, "/join/passkey"));
        let found = visitor(&deployment, &browser).unwrap();
        assert!(Role::ALL.into_iter().all(|other| found.actor.roles.has(other) == (other == role)));
        assert_eq!(found.actor.assurance.sign_in, SignIn::Proof);
        assert_eq!(browser.make_passkey(), Ok("/".to_owned()));
        deployment.restart();
        let mut second = Browser::new(&deployment, 2);
        assert_eq!(second.post(&path, &[]).status, 410);
        assert_eq!(second.session(), None);
    }
    let persons = kept(&deployment)[0];
    for code in ["", "unknown", &staff_code(Role::Officer, 99), &"a".repeat(101), &"a".repeat(5_000)] {
        let answer = Browser::new(&deployment, 3).post(&format!("/staff/{code}"), &[]);
        assert!(matches!(answer.status, 404 | 410), "{code}: {}", answer.status);
    }
    assert_eq!(kept(&deployment)[0], persons);
}

#[test]
fn a_staff_link_alone_opens_no_office_no_desk_and_no_journal() {
    let deployment = Deployment::new();
    for (role, path, opened) in [
        (Role::Officer, "/office", 200),
        (Role::Operator, "/desk", 200),
        (Role::Auditor, "/api/v1/ledger/entries", 200),
    ] {
        let mut browser = Browser::new(&deployment, 60 + role as u32);
        browser.post(&format!("/staff/{}", staff_code(role, 1)), &[]);
        assert_eq!(browser.get(path).status, 403);
        browser.make_passkey().unwrap();
        assert_eq!(browser.get(path).status, opened);
    }
}

#[test]
fn a_session_from_the_card_alone_moves_no_points() {
    let deployment = Deployment::new();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    let mut resident = Resident::join(&deployment, 1);
    let payee = Resident::join(&deployment, 2);
    assert_eq!(officer.grant(&resident, 100, 1).status, 303);
    resident.browser.prove(&deployment, &Card::of(1), "");
    assert_eq!(resident.pay(&payee, 10, 2).status, 403);
    // Nor does it learn which numbers are somebody's.
    let nobody = Resident { member: MemberNumber::from_random(77), ..payee.clone() };
    assert_eq!(resident.pay(&nobody, 10, 2).status, 403);
    assert_eq!(deployment.points(resident.account()), (100, 100));
    // A grant needs a passkey of the last minutes.
    deployment.wait(301);
    assert_eq!(status_line(&officer.grant(&resident, 100, 3)), (303, "/signin?next=/office%3Fdraft%3Dkept"));
    officer.browser.sign_in("/office").unwrap();
    assert_eq!(officer.grant(&resident, 100, 3).status, 303);
    assert_eq!(deployment.points(resident.account()), (200, 200));
}
