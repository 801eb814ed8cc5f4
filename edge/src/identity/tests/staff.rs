//! Accounts of staff: invited, changed, stopped and linked anew by an administrator, and by nobody else.

use shared::identity::{Answer, Call, StaffPage};
use shared::kernel::{MemberNumber, Role};
use shared::wire::Told;

use crate::testing::{Browser, Deployment, Resident, body_text, command, status_line, visitor};
use crate::world::Object;

use super::{me, page};

fn staff(deployment: &Deployment, administrator: &Resident) -> StaffPage {
    let session = administrator.browser.session().unwrap().session();
    match deployment.call(Object::Registry, &Call::Staff { session }) {
        Answer::Staff(Ok(page)) => page,
        other => panic!("{other:?}"),
    }
}

/// The path of the link on a page.
fn link(page: &str) -> String {
    let at = page.split("https://portal.town.example/staff/").nth(1).expect("a link");
    format!("/staff/{}", at.split('<').next().unwrap())
}

fn act(administrator: &mut Resident, act: &str, more: &[(&str, &str)], number: u64) -> (u16, String) {
    let id = command(number);
    let answer = administrator.browser.post("/office/staff", &[&[("act", act), ("command_id", &id)], more].concat());
    (answer.status, body_text(&answer))
}

fn invite(administrator: &mut Resident, name: &str, role: Role, number: u64) -> String {
    let (status, page) = act(administrator, "invite", &[("name", name), ("role", role.word())], number);
    assert_eq!(status, 200);
    link(&page)
}

/// Takes up a link and makes a passkey.
fn take_up(deployment: &Deployment, link: &str, number: u32) -> Browser {
    let mut browser = Browser::new(deployment, number);
    assert!(page(&mut browser, link).1.contains("めぐり市の職員として登録する"), "a preview uses nothing");
    assert_eq!(status_line(&browser.post(link, &[])), (303, "/join/passkey"));
    browser.make_passkey().unwrap();
    browser
}

fn member_of(page: &StaffPage, name: &str) -> MemberNumber {
    page.staff.iter().find(|line| line.name.as_str() == name).unwrap().member
}

#[test]
fn an_invitation_is_one_account_with_its_name_and_role() {
    let deployment = Deployment::new();
    let mut administrator = Resident::staff(&deployment, Role::Administrator);
    let first = invite(&mut administrator, "福祉課 窓口1", Role::Officer, 1);
    assert_eq!(invite(&mut administrator, "福祉課 窓口1", Role::Officer, 1), first, "a repeat is the same link");
    let mut officer = take_up(&deployment, &first, 60);
    assert_eq!(page(&mut officer, "/office").0, 200);
    assert_eq!(page(&mut officer, "/office/staff").0, 403);
    assert_eq!(visitor(&deployment, &officer).unwrap().name.as_str(), "福祉課 窓口1");
    assert_eq!(Browser::new(&deployment, 61).post(&first, &[]).status, 410, "it served");
    let listed = staff(&deployment, &administrator);
    assert_eq!(listed.staff.len(), 2);
    assert!(listed.staff.iter().any(|line| line.name.as_str() == "福祉課 窓口1" && line.passkeys == 1 && !line.is_own));
    // A day later a link is too old.
    let late = invite(&mut administrator, "福祉課 窓口2", Role::Officer, 2);
    deployment.wait(24 * 60 * 60);
    assert_eq!(Browser::new(&deployment, 62).post(&late, &[]).status, 410);
}

#[test]
fn what_is_wrong_with_an_invitation_is_said_beside_it() {
    let deployment = Deployment::new();
    let mut administrator = Resident::staff(&deployment, Role::Administrator);
    for (fields, words) in [
        (&[("name", ""), ("role", "officer")][..], "を書いてください"),
        (&[("name", "窓口"), ("role", "")], "を選んでください"),
        (&[("name", "窓口"), ("role", "mayor")], "並んでいる中から"),
        (&[("name", "1234 5678 9018"), ("role", "officer")], "マイナンバー"),
    ] {
        let (status, html) = act(&mut administrator, "invite", fields, 1);
        assert!(status == 422 && html.contains(words), "{fields:?}");
    }
    assert_eq!(deployment.count(Object::Registry, "invitation"), 0);
}

#[test]
fn a_stopped_account_is_out_at_its_next_click_and_stays_out() {
    let deployment = Deployment::new();
    let mut administrator = Resident::staff(&deployment, Role::Administrator);
    let link = invite(&mut administrator, "窓口1", Role::Officer, 1);
    let mut officer = take_up(&deployment, &link, 60);
    let member = member_of(&staff(&deployment, &administrator), "窓口1").to_string();
    assert_eq!(act(&mut administrator, "stop", &[("member", &member)], 2).0, 303);
    assert!(status_line(&officer.get("/office")).1.starts_with("/signin"));
    deployment.restart();
    assert!(matches!(officer.sign_in("/"), Err(Told::Refused(shared::identity::Refusal::Stopped))));
    assert!(page(&mut administrator.browser, "/office/staff?done=changed").1.contains("止めています"));
    assert_eq!(act(&mut administrator, "resume", &[("member", &member)], 3).0, 303);
    officer.sign_in("/").unwrap();
    assert_eq!(page(&mut officer, "/office").0, 200);
    let log = page(&mut officer, "/me/log?kind=office").1;
    assert!(log.contains("この登録が止められました") && log.contains("管理者"), "{log}");
}

#[test]
fn another_role_counts_from_the_next_click_on() {
    let deployment = Deployment::new();
    let mut administrator = Resident::staff(&deployment, Role::Administrator);
    let link = invite(&mut administrator, "窓口1", Role::Officer, 1);
    let mut officer = take_up(&deployment, &link, 60);
    let member = member_of(&staff(&deployment, &administrator), "窓口1").to_string();
    assert_eq!(act(&mut administrator, "role", &[("member", &member), ("role", "")], 2).0, 200);
    assert_eq!(act(&mut administrator, "role", &[("member", &member), ("role", "auditor")], 3).0, 303);
    assert_eq!(page(&mut officer, "/office").0, 403);
    assert_eq!(officer.get("/api/v1/ledger/entries").status, 200);
    // The form sent again does not undo what was changed since.
    assert_eq!(act(&mut administrator, "role", &[("member", &member), ("role", "officer")], 4).0, 303);
    assert_eq!(act(&mut administrator, "role", &[("member", &member), ("role", "auditor")], 3).0, 303);
    assert_eq!(page(&mut officer, "/office").0, 200);
}

#[test]
fn links_end_with_what_they_were_made_for_and_by() {
    let deployment = Deployment::new();
    let mut administrator = Resident::staff(&deployment, Role::Administrator);
    let of_officer = invite(&mut administrator, "窓口1", Role::Officer, 1);
    take_up(&deployment, &of_officer, 60);
    let of_other = invite(&mut administrator, "管理者2", Role::Administrator, 2);
    let mut other = Resident { browser: take_up(&deployment, &of_other, 61), ..administrator.clone() };
    let listed = staff(&deployment, &administrator);
    let [officer, other_member] = ["窓口1", "管理者2"].map(|name| member_of(&listed, name).to_string());
    let gone = |link: &str, number| Browser::new(&deployment, number).post(link, &[]).status == 410;
    // A second link for an account takes the place of the first.
    let first = link(&act(&mut administrator, "relink", &[("member", &officer)], 3).1);
    let second = link(&act(&mut administrator, "relink", &[("member", &officer)], 4).1);
    assert!(gone(&first, 62));
    // Stopping the account ends its links, and letting it be used again does not bring them back.
    assert_eq!(act(&mut administrator, "stop", &[("member", &officer)], 5).0, 303);
    assert_eq!(act(&mut administrator, "relink", &[("member", &officer)], 6).0, 403);
    assert_eq!(act(&mut administrator, "resume", &[("member", &officer)], 7).0, 303);
    assert!(gone(&second, 63));
    // Who is stopped has no way back that they made for themself.
    let backdoor = invite(&mut other, "窓口3", Role::Administrator, 8);
    assert_eq!(act(&mut administrator, "stop", &[("member", &other_member)], 9).0, 303);
    assert!(gone(&backdoor, 64));
}

#[test]
fn a_new_link_opens_the_same_account_and_shuts_the_old_passkeys_out() {
    let deployment = Deployment::new();
    let mut administrator = Resident::staff(&deployment, Role::Administrator);
    let link_of_first = invite(&mut administrator, "窓口1", Role::Officer, 1);
    let mut lost = take_up(&deployment, &link_of_first, 60);
    let member = member_of(&staff(&deployment, &administrator), "窓口1").to_string();
    let (status, html) = act(&mut administrator, "relink", &[("member", &member)], 2);
    assert_eq!(status, 200);
    // Until it is used nothing changes.
    assert_eq!(page(&mut lost, "/office").0, 200);
    let found = take_up(&deployment, &link(&html), 61);
    assert_eq!(visitor(&deployment, &found).unwrap().member.to_string(), member);
    assert_eq!(me(&deployment, &found).passkeys.len(), 1);
    assert!(status_line(&lost.get("/office")).1.starts_with("/signin"));
    assert!(lost.sign_in("/").is_err());
    // Sending the administrator's form again, as reloading its page does, does not make the link good once more.
    assert_eq!(act(&mut administrator, "relink", &[("member", &member)], 2).0, 403);
    assert_eq!(Browser::new(&deployment, 62).post(&link(&html), &[]).status, 410);
    assert!(visitor(&deployment, &found).is_some());
}

#[test]
fn nobody_else_and_not_oneself() {
    let deployment = Deployment::new();
    let mut administrator = Resident::staff(&deployment, Role::Administrator);
    let mut resident = Resident::join(&deployment, 1);
    let (own, of_resident) = (administrator.member.to_string(), resident.member.to_string());
    for what in ["stop", "relink", "resume"] {
        for member in [&own, &of_resident] {
            let (status, html) = act(&mut administrator, what, &[("member", member)], 5);
            assert!(status == 403 && !html.contains("/staff/"), "{what}");
        }
    }
    let nobody = (0..).map(MemberNumber::from_random).find(|one| ![&own, &of_resident].contains(&&one.to_string()));
    assert_eq!(act(&mut administrator, "stop", &[("member", &nobody.unwrap().to_string())], 6).0, 422);
    let mut officer = Resident::staff(&deployment, Role::Officer);
    for (other, number) in [(&mut officer, 7), (&mut resident, 8)] {
        assert_eq!(act(other, "invite", &[("name", "x"), ("role", "administrator")], number).0, 403);
        assert_eq!(act(other, "stop", &[("member", &own)], number + 10).0, 403);
    }
    // With a passkey shown too long ago it is asked for again, and what was typed is kept.
    deployment.wait(301);
    let id = command(9);
    let fields = [("act", "invite"), ("name", "窓口1"), ("role", "officer"), ("command_id", id.as_str())];
    let answer = administrator.browser.post("/office/staff", &fields);
    assert_eq!(status_line(&answer), (303, "/signin?next=/office/staff%3Fdraft%3Dkept"));
    administrator.browser.sign_in("/").unwrap();
    assert!(page(&mut administrator.browser, "/office/staff?draft=kept").1.contains(r#"value="窓口1""#));
    assert_eq!(deployment.count(Object::Registry, "invitation"), 0);
}
