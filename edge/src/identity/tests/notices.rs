//! What the owner of an account is told of it, what staff did among it, and how long it is kept.

use shared::identity::{Answer, Call, LogAct, LogKind, LogPage, OfficeAct};
use shared::kernel::Role;

use crate::sql::Sql as _;
use crate::testing::{Browser, Card, Deployment, How, Plan, Point, Resident, visitor};
use crate::world::Object;

use super::page;

const DAY_SECONDS: i64 = 24 * 60 * 60;

fn log_of(deployment: &Deployment, browser: &Browser, kind: Option<LogKind>) -> LogPage {
    let session = browser.session().unwrap().session();
    match deployment.call(Object::Registry, &Call::Log { session, before: None, kind }) {
        Answer::Log(Some(page)) => page,
        other => panic!("{other:?}"),
    }
}

fn acts(deployment: &Deployment, browser: &Browser, kind: Option<LogKind>) -> Vec<LogAct> {
    log_of(deployment, browser, kind).lines.into_iter().rev().map(|(_, line)| line.act).collect()
}

fn news(deployment: &Deployment, browser: &Browser) -> u32 {
    visitor(deployment, browser).unwrap().news
}

#[test]
fn a_change_is_told_until_it_was_seen() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let mut other = Resident::join(&deployment, 2);
    assert!(!page(&mut resident.browser, "/").1.contains("新しい記録"));
    // Another passkey, in another browser of hers.
    let mut second = Browser::new(&deployment, 700);
    second.prove(&deployment, &Card::of(1), "");
    second.make_passkey().unwrap();
    assert_eq!(news(&deployment, &resident.browser), 1);
    for browser in [&mut resident.browser, &mut second] {
        assert!(page(browser, "/").1.contains("新しい記録が1件あります"));
    }
    assert_eq!(news(&deployment, &other.browser), 0);
    deployment.restart();
    let (status, html) = page(&mut resident.browser, "/me/log");
    assert!(status == 200 && html.contains("新しい記録が1件あります") && html.contains(r#"name="seen""#));
    let last = log_of(&deployment, &resident.browser, None).unseen[0].to_string();
    // Somebody else's word for it counts for nothing.
    other.browser.post("/me/log", &[("seen", "9999")]);
    assert_eq!(news(&deployment, &resident.browser), 1);
    assert_eq!(resident.browser.post("/me/log", &[("seen", &last)]).status, 303);
    assert_eq!(news(&deployment, &second), 0);
    deployment.restart();
    assert!(!page(&mut resident.browser, "/me/log").1.contains(r#"name="seen""#));
}

#[test]
fn a_log_is_shown_by_kind() {
    let deployment = Deployment::new();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    let mut resident = Resident::join(&deployment, 1);
    officer.grant(&resident, 5, 1);
    // The lines of one kind lie further back than a page.
    for _ in 0..40 {
        resident.browser.sign_in("/").unwrap();
    }
    let of = |kind| acts(&deployment, &resident.browser, Some(kind));
    assert_eq!(of(LogKind::Account).len(), 2);
    assert!(matches!(of(LogKind::Office)[..], [LogAct::Office { .. }]));
    assert_eq!(of(LogKind::Entry).len(), 30);
    assert!(log_of(&deployment, &resident.browser, Some(LogKind::Entry)).more.is_some());
    // Every line of a kind is on one of its pages.
    let (mut seqs, mut before) = (Vec::new(), None);
    loop {
        let session = resident.browser.session().unwrap().session();
        let call = Call::Log { session, before, kind: Some(LogKind::Entry) };
        let Answer::Log(Some(page)) = deployment.call(Object::Registry, &call) else { panic!("no page") };
        seqs.extend(page.lines.iter().map(|(seq, _)| *seq));
        before = page.more;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seqs, (4..=43).rev().collect::<Vec<_>>());
    let (status, html) = page(&mut resident.browser, "/me/log?kind=office");
    assert!(status == 200 && html.contains("付与しました") && !html.contains("サインインしました"));
    assert!(page(&mut resident.browser, "/me/log?kind=entry").1.contains("/me/log?kind=entry&amp;before="));
    assert_eq!(page(&mut resident.browser, "/me/log?kind=nothing").0, 200);
}

#[test]
fn what_an_officer_granted_stands_in_the_log_once_whatever_breaks() {
    let deployment = Deployment::new();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    let resident = Resident::join(&deployment, 1);
    let granted = |deployment: &Deployment| {
        let lines = acts(deployment, &resident.browser, Some(LogKind::Office)).into_iter();
        let said = lines.map(|act| match act {
            LogAct::Office { by, act: OfficeAct::Granted { points, reason } } => {
                (by.name.as_str().to_owned(), by.role, points.get(), reason.as_str().to_owned())
            }
            other => panic!("{other:?}"),
        });
        said.collect::<Vec<_>>()
    };
    let line = |points| ("市役所 職員".to_owned(), Role::Officer, points, "見守りのお礼".to_owned());
    assert_eq!(officer.grant(&resident, 1, 1).status, 303);
    officer.grant(&resident, 1, 1);
    assert_eq!(granted(&deployment), [line(1)]);
    assert_eq!(news(&deployment, &resident.browser), 0, "points worry nobody");
    // A refused grant is not told.
    assert_eq!(officer.grant(&resident, 90_000_000, 2).status, 422);
    assert_eq!(granted(&deployment).len(), 1);
    // The Registry does not hear it, or nobody learns that it did, or the power goes: the alarm makes up for it.
    let (mut number, mut strikes) = (10, 0);
    for how in [How::Undone, How::Unanswered] {
        for (point, power_cut) in [(Point::Call, false), (Point::Write, true)] {
            for at in 0..40 {
                let fork = deployment.fork();
                fork.faults().plan(Plan { point, at, how, power_cut });
                let mut officer = officer.at(&fork);
                number += 1;
                let first = officer.grant(&resident, 7, number).status;
                let struck = !fork.faults().is_planned();
                fork.faults().reset();
                fork.restart();
                fork.ring_until_quiet();
                if first != 303 {
                    assert_eq!(officer.grant(&resident, 7, number).status, 303);
                    fork.ring_until_quiet();
                }
                assert_eq!(granted(&fork), [line(1), line(7)], "{point:?} {at} {how:?}");
                if !struck {
                    break;
                }
                strikes += 1;
            }
        }
    }
    assert!(strikes > 20, "{strikes} faults");
}

#[test]
fn old_lines_go_and_the_chain_holds_without_them() {
    let deployment = Deployment::new();
    let mut auditor = Resident::staff(&deployment, Role::Auditor);
    let mut resident = Resident::join(&deployment, 1);
    for _ in 0..70 {
        deployment.wait(DAY_SECONDS);
        resident.browser.prove(&deployment, &Card::of(1), "");
    }
    deployment.ring(Object::Registry).unwrap();
    assert_eq!(deployment.count(Object::Registry, "log"), 72 + 2);
    // The first thirty or so are past their time.
    deployment.wait(DAY_SECONDS * (3 * 366 - 40));
    deployment.ring(Object::Registry).unwrap();
    let left = deployment.count(Object::Registry, "log");
    assert!((30..=45).contains(&left), "{left} lines");
    resident.browser.prove(&deployment, &Card::of(1), "");
    let lines = log_of(&deployment, &resident.browser, None);
    assert_eq!(lines.lines[0].0, 73, "numbers go on");
    let last = lines.more.unwrap();
    assert_eq!(page(&mut resident.browser, &format!("/me/log?before={last}")).0, 200);
    auditor.browser.sign_in("/").unwrap();
    let (status, checked) = page(&mut auditor.browser, "/api/v1/identity/logs");
    assert!(status == 200 && checked.contains(r#""broken":[]"#), "{checked}");
    // All of them: the next line follows what has gone.
    deployment.wait(DAY_SECONDS * 4 * 366);
    deployment.ring(Object::Registry).unwrap();
    assert_eq!(deployment.count(Object::Registry, "log"), 0);
    resident.browser.prove(&deployment, &Card::of(1), "");
    assert_eq!(log_of(&deployment, &resident.browser, None).lines[0].0, 74);
    // That lines have gone is for us to say: whoever writes the disk and cuts off more is found out.
    auditor.browser.sign_in("/").unwrap();
    assert!(page(&mut auditor.browser, "/api/v1/identity/logs").1.contains(r#""broken":[]"#));
    deployment.database(Object::Registry).exec("UPDATE log_start SET seq = seq + 1", &[]).unwrap();
    let named = format!(r#""member":"{}""#, resident.member);
    assert!(page(&mut auditor.browser, "/api/v1/identity/logs").1.contains(&named));
}

#[test]
fn an_auditor_finds_out_whose_log_does_not_hold() {
    let deployment = Deployment::new();
    let mut auditor = Resident::staff(&deployment, Role::Auditor);
    let (one, mut other) = (Resident::join(&deployment, 1), Resident::join(&deployment, 2));
    for _ in 0..50 {
        other.browser.sign_in("/").unwrap();
    }
    let lines = deployment.count(Object::Registry, "log");
    let sound = format!(r#"{{"broken":[],"lines":{lines},"next":null,"people":3}}"#);
    assert_eq!(page(&mut auditor.browser, "/api/v1/identity/logs"), (200, sound));
    for change in [
        "UPDATE log SET hash = zeroblob(32) WHERE seq = 7",
        "DELETE FROM log WHERE seq = 40",
        "UPDATE log SET sealed = zeroblob(80) WHERE seq = 50",
        "DELETE FROM log WHERE seq = 1 AND person IN (SELECT person FROM log WHERE seq = 50)",
    ] {
        let fork = deployment.fork();
        fork.world_of(Object::Registry);
        fork.database(Object::Registry).exec(change, &[]).unwrap();
        let (status, checked) = page(&mut auditor.browser.at(&fork), "/api/v1/identity/logs");
        let named = format!(r#""member":"{}""#, other.member);
        assert!(status == 200 && checked.contains(&named), "{change}: {checked}");
        assert!(!checked.contains(&one.member.to_string()), "{change}: {checked}");
    }
    assert_eq!(page(&mut auditor.browser, "/api/v1/identity/logs?after=x").0, 422);
}
