//! The log of an account, as its owner reads it.

use shared::identity::{Answer, Call, LogAct, LogPage, PasskeyName};
use shared::kernel::{Role, SessionId};
use shared::wire::Tell;

use crate::sql::{Sql as _, Value};
use crate::testing::{Browser, Card, Deployment, Resident};
use crate::world::Object;

use super::{me, page};

fn log_page(deployment: &Deployment, browser: &Browser, before: Option<u64>) -> LogPage {
    let session = browser.session().unwrap().session();
    match deployment.call(Object::Registry, &Call::Log { session, before, kind: None }) {
        Answer::Log(Some(page)) => page,
        other => panic!("{other:?}"),
    }
}

/// What happened, oldest first.
fn acts(deployment: &Deployment, browser: &Browser) -> Vec<LogAct> {
    log_page(deployment, browser, None).lines.into_iter().rev().map(|(_, line)| line.act).collect()
}

#[test]
fn every_act_leaves_its_line_with_its_owner_only() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let stranger = Resident::join(&deployment, 2);
    let name = PasskeyName::parse("スマホ").unwrap();
    let made = LogAct::PasskeyMade { name: name.clone() };
    assert_eq!(acts(&deployment, &resident.browser), [LogAct::Joined, made.clone()]);

    let mut other = Browser::new(&deployment, 800);
    other.device = resident.browser.device.clone();
    other.sign_in("/").unwrap();
    resident.browser.post("/me/sessions", &[("session", "others")]);
    // Nothing to end, nothing to tell.
    resident.browser.post("/me/sessions", &[("session", "others")]);
    resident.browser.post("/signout", &[]);
    resident.browser.post("/signout", &[]);
    let moved = Card { address: "めぐり市東浜9丁目9番9号".into(), ..Card::of(1) };
    for card in [Card::of(1), moved] {
        resident.browser.prove(&deployment, &card, "");
    }
    let path = format!("/me/passkeys/{}", me(&deployment, &resident.browser).passkeys[0].id);
    for _ in 0..2 {
        assert_eq!(resident.browser.post(&path, &[]).status, 303);
    }
    let expected = [
        LogAct::Joined,
        made,
        LogAct::SignedIn { name: name.clone() },
        LogAct::SessionsEnded { count: 1 },
        LogAct::SignedOut,
        LogAct::CardShown { changed: false },
        // What the second proof replaced.
        LogAct::CardShown { changed: true },
        LogAct::SignedOut,
        LogAct::PasskeyRemoved { name },
    ];
    assert_eq!(acts(&deployment, &resident.browser), expected);
    assert_eq!(acts(&deployment, &stranger.browser).len(), 2);
    deployment.restart();
    assert_eq!(acts(&deployment, &resident.browser), expected);

    let (status, html) = page(&mut resident.browser, "/me/log");
    assert_eq!(status, 200);
    let at = |words: &str| html.find(words).unwrap_or_else(|| panic!("{words}"));
    assert!(at("パスキー「スマホ」を消しました") < at("マイナンバーカードで登録しました"));
    assert!(html.contains("Android・Chrome"));
    let officer = Resident::staff(&deployment, Role::Officer);
    assert_eq!(acts(&deployment, &officer.browser)[0], LogAct::Invited);
}

#[test]
fn a_refused_act_leaves_no_line() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let before = acts(&deployment, &resident.browser);
    let mut stranger = Browser::new(&deployment, 9);
    stranger.device = resident.browser.device.clone();
    let credential = stranger.begin_sign_in();
    deployment.wait(601);
    stranger.tell(&Tell::FinishSignIn { credential, next: String::new() });
    resident.browser.post(&format!("/me/passkeys/{}", "0".repeat(26)), &[]);
    assert_eq!(acts(&deployment, &resident.browser), before);
}

#[test]
fn old_lines_are_a_page_away_and_the_pages_join() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    for _ in 0..70 {
        resident.browser.sign_in("/").unwrap();
    }
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = log_page(&deployment, &resident.browser, before);
        assert!(page.lines.len() <= 30);
        seen.extend(page.lines.iter().map(|(seq, _)| *seq));
        before = seen.last().copied();
        if page.more.is_none() {
            break;
        }
    }
    assert_eq!(seen, (1..=72).rev().collect::<Vec<_>>());
    assert!(page(&mut resident.browser, "/me/log").1.contains("/me/log?before=43"));
    let (status, last) = page(&mut resident.browser, "/me/log?before=13");
    assert!(status == 200 && !last.contains("?before="));
    assert_eq!(page(&mut resident.browser, "/me/log?before=1").0, 200);
    for odd in ["0", "-1", "x", "99999999999999999999", "18446744073709551615"] {
        assert_eq!(page(&mut resident.browser, &format!("/me/log?before={odd}")).0, 200, "{odd}");
    }
}

#[test]
fn a_line_changed_behind_the_back_is_a_fault_and_not_a_page() {
    for change in [
        "UPDATE log SET sealed = (SELECT sealed FROM log WHERE seq = 1) WHERE seq = 2",
        "UPDATE log SET hash = zeroblob(32) WHERE seq = 2",
        "UPDATE log SET seq = seq + 100",
        "DELETE FROM log WHERE seq = 1",
        "DELETE FROM log WHERE seq = 2",
        "UPDATE log SET person = zeroblob(16) WHERE seq = 3",
    ] {
        let deployment = Deployment::new();
        let mut resident = Resident::join(&deployment, 1);
        resident.browser.sign_in("/").unwrap();
        resident.browser.sign_in("/").unwrap();
        Resident::join(&deployment, 2);
        assert_eq!(page(&mut resident.browser, "/me/log").0, 200);
        deployment.database(Object::Registry).exec(change, &[]).unwrap();
        assert_eq!(page(&mut resident.browser, "/me/log").0, 500, "{change}");
        assert!(deployment.log().iter().any(|line| line.contains("the chain breaks")), "{change}");
    }
}

#[test]
fn what_is_kept_says_nothing_in_clear() {
    let deployment = Deployment::new();
    Resident::join(&deployment, 1);
    let rows: Vec<_> = deployment.dump().into_iter().filter(|(table, _)| table == "registry.log").collect();
    assert_eq!(rows[0].1.len(), 2);
    for row in &rows[0].1 {
        for value in &row.0 {
            let Value::Blob(bytes) = value else { continue };
            assert!(!bytes.windows(9).any(|part| part == "スマホ".as_bytes()));
        }
    }
    let nobody = SessionId::from_bytes([0; 16]);
    let answer: Answer = deployment.call(Object::Registry, &Call::Log { session: nobody, before: None, kind: None });
    assert_eq!(answer, Answer::Log(None));
}
