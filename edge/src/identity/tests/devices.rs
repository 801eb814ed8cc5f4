//! Where somebody is signed in, and with what; and ending it.

use shared::identity::{AddressKey, Answer, Call, Device, Ending, Refusal, SessionLine};
use shared::kernel::Assurance;
use shared::wire::{Tell, Told};

use crate::sql::Value;
use crate::testing::{Browser, Card, Deployment, ORIGIN, Resident, status_line, visitor};
use crate::world::Object;

use super::{me, page};

/// The same person on another device a moment later, with a passkey of its own that the card led to.
fn second_device(deployment: &Deployment, number: u32) -> Browser {
    deployment.wait(1);
    let mut browser = Browser::new(deployment, 700 + number);
    browser.prove(deployment, &Card::of(number), "");
    browser.make_passkey().unwrap();
    browser
}

/// The same person in another browser, with the same passkey: it is synced.
fn same_passkey(deployment: &Deployment, who: &Resident) -> Browser {
    let mut browser = Browser::new(deployment, 800);
    browser.device = who.browser.device.clone();
    browser.sign_in("/").unwrap();
    browser
}

fn sessions(deployment: &Deployment, browser: &Browser) -> Vec<SessionLine> {
    let session = browser.session().unwrap().session();
    match deployment.call(Object::Registry, &Call::Sessions { session }) {
        Answer::Sessions(Some(page)) => page.sessions,
        other => panic!("{other:?}"),
    }
}

#[test]
fn this_session_comes_first_and_says_what_it_is() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let stranger = Resident::join(&deployment, 2);
    deployment.wait(90);
    let mut elsewhere = second_device(&deployment, 1);
    let lines = sessions(&deployment, &resident.browser);
    assert_eq!(lines.iter().map(|line| line.is_this).collect::<Vec<_>>(), [true, false]);
    assert_eq!(lines[0].id, resident.browser.session().unwrap().session());
    assert_eq!(lines[1].id, elsewhere.session().unwrap().session());
    assert_eq!(sessions(&deployment, &stranger.browser).len(), 1);
    for browser in [&mut resident.browser, &mut elsewhere] {
        let (_, html) = page(browser, "/me/sessions");
        assert_eq!(html.matches("Android・Chrome").count(), 2);
        assert_eq!(html.matches("いま使っている端末です。").count(), 1);
        assert!(!html.contains("name=\"session\" value=\"\""));
    }
    // What is over is not listed, even before it is forgotten.
    deployment.wait(3_600);
    elsewhere.sign_in("/").unwrap();
    assert_eq!(sessions(&deployment, &elsewhere).len(), 1);
}

#[test]
fn an_ended_session_is_dead_at_its_next_click() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let [mut one, mut two] = [(); 2].map(|()| same_passkey(&deployment, &resident));
    assert_eq!(sessions(&deployment, &resident.browser).len(), 3);
    let id = one.session().unwrap().session().to_string();
    let ended = resident.browser.post("/me/sessions", &[("session", &id)]);
    assert_eq!(status_line(&ended), (303, "/me/sessions?done=ended"));
    assert_eq!(status_line(&one.get("/me")), (303, "/signin?next=/me"));
    assert_eq!((two.get("/me").status, resident.browser.get("/me").status), (200, 200));
    // Again is harmless, and so is what names no session.
    assert_eq!(resident.browser.post("/me/sessions", &[("session", &id)]).status, 303);
    for odd in ["", "x", "all"] {
        assert_eq!(resident.browser.post("/me/sessions", &[("session", odd)]).status, 200);
    }
    assert_eq!(two.get("/me").status, 200);
    one.sign_in("/").unwrap();
    assert_eq!(resident.browser.post("/me/sessions", &[("session", "others")]).status, 303);
    assert_eq!([&mut one, &mut two].map(|browser| browser.get("/me").status), [303, 303]);
    deployment.restart();
    assert_eq!(sessions(&deployment, &resident.browser).len(), 1);
}

#[test]
fn nobody_ends_anothers_session_or_removes_anothers_passkey() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let mut stranger = Resident::join(&deployment, 2);
    let id = resident.browser.session().unwrap().session().to_string();
    assert_eq!(stranger.browser.post("/me/sessions", &[("session", &id)]).status, 303);
    assert_eq!(stranger.browser.post("/me/sessions", &[("session", "others")]).status, 303);
    assert_eq!(resident.browser.get("/me").status, 200);
    let path = format!("/me/passkeys/{}", me(&deployment, &resident.browser).passkeys[0].id);
    assert_eq!(stranger.browser.get(&path).status, 404);
    assert_eq!(stranger.browser.post(&path, &[("end_others", "yes")]).status, 303);
    assert_eq!(resident.browser.get("/me").status, 200);
    assert_eq!(me(&deployment, &resident.browser).passkeys.len(), 1);
    resident.browser.sign_in("/").unwrap();
    assert_eq!(stranger.browser.get("/me/passkeys/abc").status, 404);
}

#[test]
fn a_lost_phone_is_shut_out_by_removing_its_passkey() {
    let deployment = Deployment::new();
    let resident = Resident::join(&deployment, 1);
    let lost = resident.browser.clone();
    let mut lost_too = same_passkey(&deployment, &resident);
    let mut found = second_device(&deployment, 1);
    let passkeys = me(&deployment, &found).passkeys;
    let path = format!("/me/passkeys/{}", passkeys[0].id);
    assert!(page(&mut found, &path).1.contains("このパスキーを消す"));
    assert_eq!(status_line(&found.post(&path, &[])), (303, "/me?done=removed"));
    assert!(page(&mut found, "/me?done=removed").1.contains("パスキーを消しました"));
    assert!([&lost, &lost_too].into_iter().all(|browser| visitor(&deployment, browser).is_none()));
    assert_eq!(lost_too.sign_in("/"), Err(Told::Refused(Refusal::PasskeyUnknown)));
    assert_eq!(me(&deployment, &found).passkeys, passkeys[1..]);
    // Twice is once, and the one that is left still opens the door, after a restart too.
    assert_eq!(found.post(&path, &[]).status, 303);
    assert_eq!(found.get(&path).status, 404);
    deployment.restart();
    found.sign_in("/").unwrap();
}

#[test]
fn a_session_says_whether_it_began_on_the_same_network() {
    let deployment = Deployment::new();
    let mut browsers: Vec<_> = [(50, "192.0.2.1"), (51, "192.0.2.1"), (52, "192.0.2.9"), (53, "")]
        .map(|(number, address)| {
            let mut browser = Browser::new(&deployment, number);
            browser.address = address.to_owned();
            browser.prove(&deployment, &Card::of(1), "");
            browser
        })
        .into();
    let count = |html: &str| {
        ["この端末と同じネットワーク", "この端末とは別のネットワーク", "分かりません"]
            .map(|words| html.matches(words).count())
    };
    assert_eq!(count(&page(&mut browsers[0], "/me/sessions").1), [2, 1, 1]);
    assert_eq!(count(&page(&mut browsers[2], "/me/sessions").1), [1, 2, 1]);
    assert_eq!(count(&page(&mut browsers[3], "/me/sessions").1), [0, 0, 4]);
    // The address is in no database, not even as a digest that can be tried.
    let plain = AddressKey::of("192.0.2.1").unwrap();
    for value in deployment.dump().into_iter().flat_map(|(_, rows)| rows).flat_map(|row| row.0) {
        if let Value::Blob(bytes) = value {
            assert!(!bytes.windows(16).any(|part| part == plain.as_bytes()));
        }
    }
}

#[test]
fn the_others_end_only_if_asked_to() {
    let deployment = Deployment::new();
    let resident = Resident::join(&deployment, 1);
    for end_others in [false, true] {
        // The third device's passkey is the newest.
        let (mut third, other) = (second_device(&deployment, 1), same_passkey(&deployment, &resident));
        let newest = me(&deployment, &third).passkeys.pop().unwrap().id;
        let fields: &[_] = if end_others { &[("end_others", "yes")] } else { &[] };
        assert_eq!(third.post(&format!("/me/passkeys/{newest}"), fields).status, 303);
        // Who removes the passkey they came with stays where they are.
        assert!(visitor(&deployment, &third).is_some());
        assert_eq!(visitor(&deployment, &other).is_some(), !end_others);
    }
}

#[test]
fn changing_passkeys_needs_a_fresh_one_and_leads_back() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let path = format!("/me/passkeys/{}", me(&deployment, &resident.browser).passkeys[0].id);
    let target = format!("/signin?next={path}");
    deployment.wait(Assurance::FRESH_SECONDS + 1);
    assert_eq!(status_line(&resident.browser.get(&path)), (303, target.as_str()));
    assert_eq!(status_line(&resident.browser.post(&path, &[])), (303, target.as_str()));
    assert_eq!(status_line(&resident.browser.get("/join/passkey")), (303, "/signin?next=/join/passkey"));
    assert_eq!(resident.browser.make_passkey(), Err(Told::Refused(Refusal::LevelMissing)));
    // The session lives on meanwhile. A run that began in time has to end in time too.
    resident.browser.sign_in("/").unwrap();
    let other = Browser::new(&deployment, 950).device;
    let known = std::mem::replace(&mut resident.browser.device, other);
    let Told::Options(options) = resident.browser.tell(&Tell::StartPasskey) else { panic!("no options") };
    let credential = resident.browser.device.create(&options, ORIGIN).unwrap();
    deployment.wait(Assurance::FRESH_SECONDS + 1);
    let finish = Tell::FinishPasskey { credential, name: "鍵".to_owned() };
    assert_eq!(resident.browser.tell(&finish), Told::Refused(Refusal::LevelMissing));
    resident.browser.device = known;
    assert_eq!(resident.browser.get("/me").status, 200);
    assert_eq!(resident.browser.sign_in(&path), Ok(path.clone()));
    assert_eq!(resident.browser.get(&path).status, 200);
    // The last one may go: the card is the way back.
    assert!(page(&mut resident.browser, &path).1.contains("これが最後のパスキーです。"));
    assert_eq!(resident.browser.post(&path, &[]).status, 303);
    assert_eq!(me(&deployment, &resident.browser).passkeys, Vec::new());
    assert_eq!(resident.browser.clone().sign_in("/"), Err(Told::Refused(Refusal::PasskeyUnknown)));
    let mut again = second_device(&deployment, 1);
    assert_eq!(again.get("/me").status, 200);
    assert_eq!(me(&deployment, &again).visitor.member, resident.member);
}

#[test]
fn who_is_signed_out_is_told_so_by_the_registry_too() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let session = resident.browser.session().unwrap().session();
    let passkey = me(&deployment, &resident.browser).passkeys[0].id;
    resident.browser.post("/signout", &[]);
    for call in [
        Call::EndSessions { session, which: Ending::Others, device: Device::UNKNOWN },
        Call::RemovePasskey { session, passkey, end_others: true, device: Device::UNKNOWN },
    ] {
        let answer: Answer = deployment.call(Object::Registry, &call);
        assert_eq!(answer, Answer::Changed(Err(Refusal::SignedOut)));
    }
    let answer: Answer = deployment.call(Object::Registry, &Call::Sessions { session });
    assert_eq!(answer, Answer::Sessions(None));
}

#[test]
fn who_adds_a_passkey_is_shown_where_else_they_are_signed_in() {
    let deployment = Deployment::new();
    // The first one of a new account leads on.
    let mut first = Browser::new(&deployment, 700);
    first.prove(&deployment, &Card::of(1), "");
    assert_eq!(first.make_passkey(), Ok("/".to_owned()));
    let mut found = Browser::new(&deployment, 701);
    found.prove(&deployment, &Card::of(1), "");
    assert_eq!(found.make_passkey(), Ok("/me/sessions?done=added".to_owned()));
    let (status, html) = page(&mut found, "/me/sessions?done=added");
    assert_eq!((status, html.contains("value=\"others\"")), (200, true), "with the button that ends them");
    assert!(html.contains("パスキーを作りました"));
}

#[test]
fn ending_sessions_asks_for_a_fresh_passkey_and_leads_back() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let other = same_passkey(&deployment, &resident);
    deployment.wait(301);
    let sent = resident.browser.post("/me/sessions", &[("session", "others")]);
    assert_eq!(status_line(&sent), (303, "/signin?next=/me/sessions"));
    assert!(visitor(&deployment, &other).is_some());
    resident.browser.sign_in("/me/sessions").unwrap();
    let sent = resident.browser.post("/me/sessions", &[("session", "others")]);
    assert_eq!(status_line(&sent), (303, "/me/sessions?done=ended"));
    assert!(visitor(&deployment, &other).is_none());
}
