//! A grant that is taken back.

use shared::identity::{Answer, Call, LogAct, LogKind, OfficeAct};

use super::*;
use crate::testing::{body_text, command};

/// The officer's form for the grant with that number.
fn correct(officer: &mut Resident, of: &str, from: &Resident, amount: &str, number: u64) -> crate::http::Response {
    let member = from.member.to_string();
    let command = command(number);
    let fields =
        [("entry", of), ("member", &member), ("amount", amount), ("reason", "番号ちがい"), ("command_id", &command)];
    officer.browser.post("/office/correct", &fields)
}

fn granted(town: &Town) -> String {
    town.deployment.journal().last().expect("a grant").seq.to_string()
}

#[test]
fn a_grant_is_taken_back_in_parts_and_never_more_than_it_was() {
    let mut town = town(100);
    let of = granted(&town);
    let (payer, payee) = (town.payer.clone(), town.payee.clone());
    assert_eq!(town.payer.pay(&payee, 30, 5).status, 303);
    let answer = correct(&mut town.officer, &of, &payer, "６０", 10);
    let (status, to) = status_line(&answer);
    assert!(status == 303 && to.starts_with("/office/correct?done="), "{status} {to}");
    assert!(body_text(&town.officer.browser.get(to)).contains("訂正しました"));
    assert_eq!(town.deployment.points(payer.account()), (10, 10));
    // The same form again is the same correction.
    assert_eq!(status_line(&correct(&mut town.officer, &of, &payer, "60", 10)).1, to);
    for (of, from, amount, status, says) in [
        (of.as_str(), &payer, "11", 422, "戻せるポイントが1足りません"),
        (&of, &payee, "1", 422, "この方にはありません"),
        ("1", &payer, "1", 422, "この方にはありません"),
        ("999", &payer, "1", 422, "この方にはありません"),
        ("", &payer, "1", 422, "付与の取引番号"),
        ("x", &payer, "1", 422, "数字で書いてください"),
        (&of, &payer, "0", 422, "1ポイント以上"),
        (&of, &payer, "1.5", 422, "数字で書いてください"),
    ] {
        let answer = correct(&mut town.officer, of, from, amount, 20);
        assert_eq!(answer.status, status, "{of} {amount}");
        let html = body_text(&answer);
        assert!(html.contains(says), "{of} {amount}: {says}");
        assert!(html.contains(&format!("value=\"{}\"", from.member)), "what was typed is kept");
    }
    // Points of the same lot from elsewhere do not make the grant larger.
    assert_eq!(town.officer.grant(&payer, 500, 30).status, 303);
    let answer = correct(&mut town.officer, &of, &payer, "41", 31);
    assert!(body_text(&answer).contains("あと40ポイントまで"));
    assert_eq!(correct(&mut town.officer, &of, &payer, "40", 32).status, 303);
    assert_eq!(town.deployment.points(payer.account()), (470, 470));
    town.deployment.audit();
}

#[test]
fn only_a_fresh_officer_corrects_and_never_for_themself() {
    let mut town = town(100);
    let of = granted(&town);
    let payer = town.payer.clone();
    assert_eq!(correct(&mut town.payer, &of, &payer, "1", 10).status, 403);
    let mut second = Resident::staff_of(&town.deployment, Role::Officer, 2);
    let own = town.officer.clone();
    assert_eq!(second.grant(&own, 10, 11).status, 303);
    let of_own = granted(&town);
    assert_eq!(correct(&mut town.officer, &of_own, &own, "1", 12).status, 403);
    assert_eq!(correct(&mut second, &of_own, &own, "10", 13).status, 303);
    town.deployment.wait(600);
    assert_eq!(correct(&mut town.officer, &of, &payer, "1", 14).status, 303, "to the step-up page");
    assert_eq!(town.deployment.points(payer.account()), (100, 100));
    town.officer.browser.sign_in("/").unwrap();
    assert_eq!(correct(&mut town.officer, &of, &payer, "1", 15).status, 303);
    assert_eq!(town.deployment.points(payer.account()), (99, 99));
}

#[test]
fn the_resident_is_told_with_the_reason() {
    let mut town = town(100);
    let (of, payer) = (granted(&town), town.payer.clone());
    assert_eq!(correct(&mut town.officer, &of, &payer, "40", 10).status, 303);
    let session = payer.browser.session().unwrap().session();
    let call = Call::Log { session, before: None, kind: Some(LogKind::Office) };
    let Answer::Log(Some(log)) = town.deployment.call(Object::Registry, &call) else { panic!("no log") };
    let LogAct::Office { act: OfficeAct::Corrected { points, reason }, .. } = &log.lines[0].1.act else {
        panic!("{:?}", log.lines)
    };
    assert_eq!((points.get(), reason.as_str()), (40, "番号ちがい"));
    let statement = body_text(&town.payer.browser.get("/wallet/statement"));
    assert!(statement.contains("市からの付与の訂正") && statement.contains("番号ちがい"));
    assert!(body_text(&town.payer.browser.get("/")).contains("/me/log"), "points taken back are news");
}
