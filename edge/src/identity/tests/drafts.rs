//! What was typed is there again after signing in, for who typed it.

use shared::kernel::Role;

use crate::http::Response;
use crate::testing::{Browser, Deployment, REQUEST, Resident, ask_with, status_line};
use crate::world::Object;

use super::page;

const TITLE: &str = "牛乳と卵の買い物";
const KEPT: &str = "/help/new?draft=kept";

/// Writes a request with a session that has run out meanwhile.
fn write_too_late(deployment: &Deployment, who: &mut Resident) -> Response {
    deployment.wait(61 * 60);
    ask_with(who, &[("title", TITLE)], 100, 50, "check")
}

fn shows(browser: &mut Browser, path: &str, text: &str) -> bool {
    let (status, html) = page(browser, path);
    assert_eq!(status, 200, "{path}");
    html.contains(text)
}

#[test]
fn a_request_written_too_late_is_there_again() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let sent = write_too_late(&deployment, &mut resident);
    assert_eq!(status_line(&sent), (303, "/signin?next=/help/new%3Fdraft%3Dkept"));
    assert_eq!(resident.browser.session(), None, "the dead session is gone");
    let next = resident.browser.sign_in(KEPT).unwrap();
    assert_eq!(next, KEPT);
    let (_, html) = page(&mut resident.browser, KEPT);
    for (name, value) in REQUEST {
        assert!(html.contains(value), "{name} is gone");
    }
    assert!(shows(&mut resident.browser, KEPT, TITLE), "also after a reload, or in another language");
    let signed_out = resident.browser.get("/signin?next=/help/new%3Fdraft%3Dkept");
    assert!(format!("{:?}", signed_out.body).contains("書いたものは残っています"));
    let nothing_kept = resident.browser.get("/signin?next=/help/new");
    assert!(!format!("{:?}", nothing_kept.body).contains("書いたものは残っています"));
}

#[test]
fn the_card_leads_back_to_it_too() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    write_too_late(&deployment, &mut resident);
    let (_, html) = page(&mut resident.browser, "/signin?next=/help/new%3Fdraft%3Dkept");
    let to_join = "/join?next=%2Fhelp%2Fnew%3Fdraft%3Dkept";
    assert!(html.contains(&format!("href=\"{to_join}\"")));
    let card = resident.card.clone().unwrap();
    let back = resident.browser.prove(&deployment, &card, "?next=/help/new?draft=kept");
    assert_eq!(status_line(&back), (303, KEPT));
    assert!(shows(&mut resident.browser, KEPT, TITLE));
}

#[test]
fn nobody_else_gets_it_and_nobody_reads_it() {
    let deployment = Deployment::new();
    let (mut resident, mut other) = (Resident::join(&deployment, 1), Resident::join(&deployment, 2));
    write_too_late(&deployment, &mut resident);
    // At the same browser too: a computer in a library.
    let library = other.browser.device.clone();
    other.browser = resident.browser.clone();
    other.browser.device = library;
    other.browser.sign_in(KEPT).unwrap();
    assert!(!shows(&mut other.browser, KEPT, TITLE));
    for (table, rows) in deployment.dump() {
        assert!(!format!("{rows:?}").contains("牛乳"), "{table}");
    }
    resident.browser.sign_in(KEPT).unwrap();
    assert!(!shows(&mut resident.browser, "/help/offers", TITLE));
    assert!(!shows(&mut resident.browser, "/wallet/pay?draft=kept", TITLE));
    assert!(shows(&mut resident.browser, KEPT, TITLE));
}

#[test]
fn it_is_kept_for_half_an_hour_and_survives_a_restart() {
    let kept = "/office?draft=kept";
    for (seconds, there) in [(30 * 60 - 1, true), (30 * 60, false)] {
        let deployment = Deployment::new();
        let (mut officer, resident) = (Resident::staff(&deployment, Role::Officer), Resident::join(&deployment, 1));
        deployment.wait(301);
        officer.grant(&resident, 70, 1);
        deployment.restart();
        deployment.wait(seconds);
        officer.browser.sign_in(kept).unwrap();
        assert_eq!(shows(&mut officer.browser, kept, "見守りのお礼"), there, "{seconds} s");
        deployment.wait(60 * 60);
        deployment.ring_until_quiet();
        assert_eq!(deployment.count(Object::Registry, "draft"), 0, "forgotten by itself");
    }
}

const NEW: &str = "/help/new";

#[test]
fn a_request_is_kept_while_it_is_written_until_it_is_sent() {
    let deployment = Deployment::new();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    let mut resident = Resident::join(&deployment, 1);
    assert_eq!(officer.grant(&resident, 500, 1).status, 303);
    assert_eq!(resident.browser.post(NEW, &[("step", "keep"), ("title", TITLE), ("day", "x")]).status, 204);
    // In another browser, days later, also what is no answer yet.
    deployment.restart();
    deployment.wait(13 * 86_400);
    resident.browser.sign_in(NEW).unwrap();
    let (_, html) = page(&mut resident.browser, NEW);
    for shown in [TITLE, "value=\"x\"", "書きかけの下書きがあります"] {
        assert!(html.contains(shown), "{shown}");
    }
    let saved = ask_with(&mut resident, &[("title", "牛乳だけ")], 100, 50, "save");
    assert_eq!(status_line(&saved), (303, "/help/new?done=saved"));
    assert!(shows(&mut resident.browser, "/help/new?done=saved", "下書きを残しました"));
    assert!(shows(&mut resident.browser, NEW, "牛乳だけ") && !shows(&mut resident.browser, NEW, TITLE));
    assert_eq!(ask_with(&mut resident, &[("day", "2026-12-10")], 100, 51, "send").status, 303);
    assert!(!shows(&mut resident.browser, NEW, "牛乳だけ"), "it was sent");
    assert_eq!(deployment.count(Object::Registry, "draft"), 0);
}

#[test]
fn a_draft_that_is_not_wanted_goes_and_one_that_is_left_goes_by_itself() {
    let deployment = Deployment::new();
    let (mut resident, mut other) = (Resident::join(&deployment, 1), Resident::join(&deployment, 2));
    let keep = |who: &mut Resident, title: &str| who.browser.post(NEW, &[("step", "keep"), ("title", title)]).status;
    assert_eq!((keep(&mut resident, TITLE), keep(&mut other, "ほかの人の")), (204, 204));
    assert!(!shows(&mut other.browser, NEW, TITLE) && shows(&mut other.browser, NEW, "ほかの人の"));
    assert_eq!(status_line(&resident.browser.post(NEW, &[("draft", "discard")])), (303, NEW));
    assert!(!shows(&mut resident.browser, NEW, TITLE));
    assert!(shows(&mut other.browser, NEW, "ほかの人の"), "and nobody else's");
    // What is kept again is kept from then on.
    deployment.wait(10 * 86_400);
    other.browser.sign_in(NEW).unwrap();
    assert_eq!(keep(&mut other, "ほかの人の"), 204);
    for (seconds, there) in [(14 * 86_400 - 1, true), (1, false)] {
        deployment.wait(seconds);
        other.browser.sign_in(NEW).unwrap();
        assert_eq!(shows(&mut other.browser, NEW, "ほかの人の"), there, "{seconds} s");
    }
    deployment.wait(3_600);
    deployment.ring_until_quiet();
    assert_eq!(deployment.count(Object::Registry, "draft"), 0);
}

#[test]
fn what_is_too_long_or_nobodys_is_not_said_to_be_kept() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let long = "あ".repeat(6_000);
    assert_eq!(resident.browser.post(NEW, &[("step", "keep"), ("details", &long)]).status, 401);
    assert_eq!(deployment.count(Object::Registry, "draft"), 0);
    // Whose session has run out is remembered for a moment, and what they type with it.
    deployment.wait(2 * 3_600);
    let keep = |who: &mut Resident| who.browser.post(NEW, &[("step", "keep"), ("title", TITLE)]).status;
    assert_eq!(keep(&mut resident), 204);
    deployment.ring_until_quiet();
    deployment.wait(25 * 3_600);
    deployment.ring_until_quiet();
    assert_eq!(keep(&mut resident), 401);
    let nobody = Browser::new(&deployment, 9).post(NEW, &[("step", "keep"), ("title", TITLE)]).status;
    assert_eq!((nobody, deployment.count(Object::Registry, "draft")), (303, 1));
}

#[test]
fn an_officer_shows_the_passkey_again_and_goes_on() {
    let deployment = Deployment::new();
    let (mut officer, resident) = (Resident::staff(&deployment, Role::Officer), Resident::join(&deployment, 1));
    deployment.wait(301);
    let sent = officer.grant(&resident, 70, 1);
    assert_eq!(status_line(&sent), (303, "/signin?next=/office%3Fdraft%3Dkept"));
    let session = officer.browser.session();
    officer.browser.sign_in("/office?draft=kept").unwrap();
    assert_ne!(officer.browser.session(), session, "another session");
    let (_, html) = page(&mut officer.browser, "/office?draft=kept");
    for text in [resident.member.to_string(), "value=\"70\"".to_owned(), "見守りのお礼".to_owned()] {
        assert!(html.contains(&text), "{text} is gone");
    }
    assert_eq!(deployment.points(resident.account()), (0, 0), "nothing was granted");
    assert_eq!(officer.grant(&resident, 70, 1).status, 303);
    assert_eq!(deployment.points(resident.account()), (70, 70));
}

#[test]
fn too_much_is_not_kept_and_an_ended_session_keeps_nothing() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let long = "あ".repeat(6_000);
    deployment.wait(61 * 60);
    let sent = ask_with(&mut resident, &[("details", &long)], 100, 50, "check");
    assert_eq!(status_line(&sent), (303, "/signin?next=/help/new"));
    assert_eq!(deployment.count(Object::Registry, "draft"), 0);

    resident.browser.sign_in("/").unwrap();
    let stolen = resident.browser.clone();
    resident.browser.post("/signout", &[]);
    let mut thief = Resident { browser: stolen, ..resident };
    let sent = ask_with(&mut thief, &[], 100, 51, "check");
    assert_eq!(status_line(&sent), (303, "/signin?next=/help/new"), "and says nothing of a draft");
    assert_eq!(deployment.count(Object::Registry, "draft"), 0);
}
