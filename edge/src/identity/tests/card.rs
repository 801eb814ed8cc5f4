//! The card proof.

use serde_json::json;
use shared::identity::Token;
use shared::kernel::Role;

use crate::http::cookie::Cookie;
use crate::identity::card::card_key;
use crate::identity::oidc::Subject;
use crate::testing::{Browser, Card, Deployment, ORIGIN, Place, Resident, Trouble, status_line, visitor};

use super::kept;

#[test]
fn join_sign_out_sign_in() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    assert_eq!(kept(&deployment), [1, 1, 0, 1]);
    let browser = &mut resident.browser;
    assert_eq!(browser.get("/me").status, 200);
    let old = browser.session();
    assert_eq!(browser.post("/signout", &[]).status, 200);
    assert_eq!(browser.session(), None);
    assert_eq!(kept(&deployment), [1, 1, 0, 0]);

    browser.put_cookie(Cookie::Session, old);
    assert_eq!(status_line(&browser.get("/me")), (303, "/signin?next=/me"));
    assert_eq!(browser.session(), None, "a dead session's cookie is taken away");

    assert_eq!(browser.sign_in("/help/new"), Ok("/help/new".to_owned()));
    let found = visitor(&deployment, browser).unwrap();
    assert_eq!((found.actor.person, found.member), (resident.person, resident.member));
    assert_eq!(found.name.as_str(), Card::of(1).name);
}

#[test]
fn a_proof_leads_to_a_passkey_first_and_on_once_there_is_one() {
    let deployment = Deployment::new();
    let mut browser = Browser::new(&deployment, 1);
    assert_eq!(status_line(&browser.prove(&deployment, &Card::of(1), "?next=/help/new")), (303, "/join/passkey"));
    browser.make_passkey().unwrap();
    assert_eq!(status_line(&browser.prove(&deployment, &Card::of(1), "?next=/help/new")), (303, "/help/new"));
}

#[test]
fn no_next_path_leaves_the_site() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    for evil in ["//evil.example", "https://evil.example", "/%5Cevil.example", "%2F%2Fevil", "/a%0D%0Ab", ""] {
        let back = resident.browser.prove(&deployment, &Card::of(1), &format!("?next={evil}"));
        assert_eq!(status_line(&back), (303, "/"), "{evil}");
    }
    for evil in ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nb", "help"] {
        assert_eq!(resident.browser.sign_in(evil), Ok("/".to_owned()), "{evil}");
    }
}

#[test]
fn the_same_card_is_the_same_person_with_what_it_says_now() {
    let deployment = Deployment::new();
    let resident = Resident::join(&deployment, 1);
    let moved = Card {
        name: "佐藤 花".to_owned(), address: "みなと県めぐり市桜戸町9番".to_owned(), ..Card::of(1)
    };
    let mut elsewhere = Browser::new(&deployment, 50);
    assert_eq!(elsewhere.prove(&deployment, &moved, "").status, 303);
    let found = visitor(&deployment, &elsewhere).unwrap();
    assert_eq!((found.actor.person, found.member), (resident.person, resident.member));
    for browser in [&elsewhere, &resident.browser] {
        assert_eq!(visitor(&deployment, browser).unwrap().name.as_str(), "佐藤 花");
    }
    assert_eq!(kept(&deployment)[0], 1);
    let other = Resident::join(&deployment, 2);
    assert_ne!((other.person, other.member), (resident.person, resident.member));
}

#[test]
fn the_same_subject_at_another_issuer_is_somebody_else() {
    let key = |issuer: &str, sub: &str| {
        card_key(&[5; 32], &Subject { issuer: issuer.to_owned(), sub: sub.to_owned() }).unwrap()
    };
    let here = key("https://card.example", "ppid-1");
    assert_eq!(key("https://card.example", "ppid-1"), here);
    for (issuer, sub) in [
        ("https://card.example", "ppid-2"),
        ("https://other.example", "ppid-1"),
        ("https://card.examplep", "pid-1"),
        ("https://card.exampl", "eppid-1"),
    ] {
        assert_ne!(key(issuer, sub), here, "{issuer} {sub}");
    }
    let other_town = card_key(&[4; 32], &Subject { issuer: "https://card.example".into(), sub: "ppid-1".into() });
    assert_ne!(other_town.unwrap(), here);
}

#[test]
fn a_callback_works_once_in_its_browser_and_in_time() {
    let deployment = Deployment::new();
    let card = Card::of(1);
    let gone = |browser: &mut Browser, back: &str| assert_eq!(browser.get(back).status, 400, "{back}");

    let mut stranger = Browser::new(&deployment, 9);
    let back = Browser::new(&deployment, 1).visit_issuer(&deployment, &card, "");
    gone(&mut stranger, &back);
    let own = stranger.visit_issuer(&deployment, &Card::of(9), "");
    let state = |target: &str| target.split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    gone(&mut stranger, &back);
    // The mismatch used up the stranger's own run.
    gone(&mut stranger, &own);
    assert_ne!(state(&back), state(&own));

    let mut late = Browser::new(&deployment, 2);
    let back = late.visit_issuer(&deployment, &card, "");
    deployment.wait(600);
    gone(&mut late, &back);

    assert_eq!(kept(&deployment)[0], 0);
    assert_eq!(kept(&deployment)[3], 0);

    let mut browser = Browser::new(&deployment, 3);
    let back = browser.visit_issuer(&deployment, &card, "");
    let ceremony = browser.ceremony();
    deployment.wait(599);
    assert_eq!(browser.get(&back).status, 303);
    assert_eq!(browser.ceremony(), None);
    gone(&mut browser, &back);
    browser.put_cookie(Cookie::Ceremony, ceremony);
    gone(&mut browser, &back);
    browser.put_cookie(Cookie::Ceremony, Some(Token([1; 32])));
    gone(&mut browser, &back);
    assert_eq!([kept(&deployment)[0], kept(&deployment)[3]], [1, 1]);
}

#[test]
fn the_holder_may_stop_and_the_issuer_may_refuse() {
    let deployment = Deployment::new();
    let mut browser = Browser::new(&deployment, 1);
    for (error, status) in [("access_denied", 200), ("server_error", 502), ("temporarily_unavailable", 502)] {
        let back = browser.visit_issuer(&deployment, &Card::of(1), "");
        let (path, query) = back.split_once('?').unwrap();
        let rest: Vec<_> = query.split('&').filter(|pair| !pair.starts_with("code=")).collect();
        let answer = browser.get(&format!("{path}?error={error}&{}", rest.join("&")));
        assert_eq!(answer.status, status, "{error}");
    }
    assert_eq!(kept(&deployment), [0, 0, 0, 0]);
}

/// What an issuer can do wrong on the way back, and what the person's browser gets.
fn troubles() -> Vec<(Trouble, u16)> {
    let claims = |change| (Trouble::Claims(change), 400);
    let attributes = |change| (Trouble::AttributesChanged(change), 400);
    let mut all = vec![
        claims(json!({ "nonce": "another" })),
        claims(json!({ "nonce": null })),
        claims(json!({ "aud": "somebody-else" })),
        claims(json!({ "aud": ["meguri", "somebody-else"] })),
        claims(json!({ "iss": "https://card.example/api/realms/other" })),
        claims(json!({ "exp": 1_000_000_000 })),
        claims(json!({ "iat": 4_000_000_000u64 })),
        claims(json!({ "sub": null })),
        claims(json!({ "sub": "ppid-of-somebody-else" })),
        (Trouble::ForeignSignature, 400),
        (Trouble::KeyNeverPublished, 400),
        attributes(json!({ "sub": "ppid-of-somebody-else" })),
        attributes(json!({ "name": null })),
        attributes(json!({ "name": "" })),
        attributes(json!({ "address": null })),
        attributes(json!({ "birthdate": "19850300" })),
        attributes(json!({ "gender": null })),
        attributes(json!({ "certificate_status": "revoked" })),
        (Trouble::Body(Place::Token, br#"{"error":"invalid_client"}"#.to_vec()), 502),
    ];
    for place in [Place::Token, Place::Attributes] {
        all.extend(
            [b"".to_vec(), b"<html>".to_vec(), b"{}".to_vec(), vec![0xff; 70_000]]
                .map(|body| (Trouble::Body(place, body), 400)),
        );
        all.extend([Trouble::Unreachable(place), Trouble::Status(place, 500)].map(|trouble| (trouble, 502)));
    }
    all
}

#[test]
fn an_issuer_in_trouble_leaves_no_person_and_no_session() {
    for (trouble, status) in troubles() {
        let deployment = Deployment::new();
        let mut browser = Browser::new(&deployment, 1);
        deployment.issuer().trouble = Some(trouble.clone());
        let answer = browser.prove(&deployment, &Card::of(1), "");
        assert!(matches!(answer.status, 400 | 502), "{trouble:?}: {}", answer.status);
        // What the issuer said of itself and what it did wrong are told apart, but for a token answer nobody can read.
        let exact = !matches!(trouble, Trouble::Body(Place::Token, _) | Trouble::Status(Place::Token, _));
        assert!(!exact || answer.status == status, "{trouble:?}: {}", answer.status);
        assert_eq!(kept(&deployment), [0, 0, 0, 0], "{trouble:?}");
        assert_eq!(browser.session(), None);
        assert_eq!(deployment.log().len(), 1, "{trouble:?}: {:?}", deployment.log());
        deployment.issuer().trouble = None;
        assert_eq!(browser.prove(&deployment, &Card::of(1), "").status, 303, "{trouble:?}");
    }
}

#[test]
fn an_issuer_that_cannot_be_found_is_said_at_once() {
    for place in [Place::Discovery, Place::Keys] {
        for trouble in [
            Trouble::Unreachable(place),
            Trouble::Status(place, 500),
            Trouble::Status(place, 302),
            Trouble::Body(place, b"<html>".to_vec()),
            Trouble::Body(place, b"{}".to_vec()),
        ] {
            let deployment = Deployment::new();
            deployment.issuer().trouble = Some(trouble.clone());
            let mut browser = Browser::new(&deployment, 1);
            assert_eq!(browser.post("/join", &[]).status, 502, "{trouble:?}");
            assert_eq!((kept(&deployment), browser.ceremony()), ([0, 0, 0, 0], None), "{trouble:?}");
            deployment.issuer().trouble = None;
            assert_eq!(browser.post("/join", &[]).status, 303, "{trouble:?}");
        }
    }
}

#[test]
fn a_new_key_is_read_once_and_believed() {
    let deployment = Deployment::new();
    Resident::join(&deployment, 1);
    deployment.issuer().rotate();
    Resident::join(&deployment, 2);
    // The old key is not believed any more once the new ones were read.
    deployment.issuer().rotate();
    let mut browser = Browser::new(&deployment, 3);
    let back = browser.visit_issuer(&deployment, &Card::of(3), "");
    deployment.issuer().trouble = Some(Trouble::Unreachable(Place::Keys));
    assert_eq!(browser.get(&back).status, 502);
    assert_eq!(kept(&deployment)[0], 2);
    deployment.issuer().trouble = None;
    assert_eq!(browser.prove(&deployment, &Card::of(3), "").status, 303);
}

#[test]
fn the_proof_begins_at_the_issuer_with_what_it_needs_to_know_only() {
    let deployment = Deployment::new();
    let mut browser = Browser::new(&deployment, 1);
    let sent = browser.post("/join", &[]);
    let url = sent.header("location").unwrap();
    for part in ["response_type=code", "code_challenge_method=S256", "&state=", "&nonce="] {
        assert!(url.contains(part), "{part}");
    }
    assert!(url.contains(&crate::http::form::encode(&format!("{ORIGIN}/join/callback")).replace('/', "%2F")));
    let policy = sent.header("content-security-policy").unwrap();
    assert!(policy.contains("form-action 'self' https://card.example"), "{policy}");
}

#[test]
fn another_persons_card_does_not_enter_where_somebody_is_signed_in() {
    let deployment = Deployment::new();
    let mut host = Resident::join(&deployment, 1);
    let guest = Resident::join(&deployment, 2);
    let mut officer = Resident::staff(&deployment, Role::Officer);
    let before = deployment.dump();
    for who in [&mut host, &mut officer] {
        let token = who.browser.session();
        for card in [Card::of(2), Card::of(3)] {
            assert_eq!(who.browser.prove(&deployment, &card, "").status, 409);
            assert_eq!(who.browser.session(), token);
        }
    }
    // No account, no session, no line in anybody's log.
    assert_eq!(deployment.dump(), before);
    // A session that is over is nobody's.
    host.browser.post("/signout", &[]);
    assert_eq!(status_line(&host.browser.prove(&deployment, &Card::of(2), "")), (303, "/"));
    assert_eq!(visitor(&deployment, &host.browser).map(|visitor| visitor.member), Some(guest.member));
}
