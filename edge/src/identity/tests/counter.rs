//! Proof at the counter, and certificates handed over there.

use shared::identity::{Answer, Call, LogAct, LogKind, OfficeAct};
use shared::kernel::{Proof, Role};

use crate::testing::{Browser, Card, Deployment, Resident, body_text, command, status_line, visitor};
use crate::world::Object;

use super::page;

const NAME: &str = "汐見 梅子";

fn register(officer: &mut Resident, number: u64) -> (u16, String) {
    let id = command(number);
    let fields = [
        ("act", "register"),
        ("name", NAME),
        ("address", "めぐり市東浜1丁目2番3号"),
        ("birth", "1941-02-03"),
        ("gender", "female"),
        ("evidence", "two"),
        ("command_id", &id),
    ];
    let answer = officer.browser.post("/office/counter", &fields);
    (answer.status, body_text(&answer))
}

/// The code of the newest proof, as that officer sees it.
fn code(deployment: &Deployment, officer: &Resident) -> String {
    officer.counter(deployment).lines[0].code.expect("a code").to_string()
}

/// An officer's browser of their own.
fn officer_of(deployment: &Deployment) -> Resident {
    Resident::staff_of(deployment, Role::Officer, 2)
}

fn type_in(deployment: &Deployment, code: &str, number: u32) -> (Browser, (u16, String)) {
    let mut browser = Browser::new(deployment, number);
    let answer = browser.post("/join/code", &[("code", code)]);
    let line = (answer.status, answer.header("location").unwrap_or_default().to_owned());
    (browser, line)
}

fn office_acts(deployment: &Deployment, browser: &Browser) -> Vec<OfficeAct> {
    let session = browser.session().unwrap().session();
    let call = Call::Log { session, before: None, kind: Some(LogKind::Office) };
    match deployment.call(Object::Registry, &call) {
        Answer::Log(Some(page)) => {
            let lines = page.lines.into_iter().rev().map(|(_, line)| line.act);
            lines.map(|act| if let LogAct::Office { act, .. } = act { act } else { panic!("{act:?}") }).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn somebody_without_a_reader_joins_at_the_counter() {
    let deployment = Deployment::new();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    assert_eq!(register(&mut officer, 1).0, 303);
    assert_eq!(register(&mut officer, 1).0, 303, "a repeat names the same proof");
    assert_eq!(officer.counter(&deployment).lines.len(), 1);
    let html = page(&mut officer.browser, "/office/counter").1;
    let code = code(&deployment, &officer);
    assert!(html.contains(&code) && html.contains(NAME));
    deployment.restart();
    // As somebody reads it out.
    let spoken = code.to_lowercase().replace('-', " ");
    let (mut phone, entered) = type_in(&deployment, &spoken, 70);
    assert_eq!(entered, (303, "/join/passkey".to_owned()));
    phone.make_passkey().unwrap();
    let who = visitor(&deployment, &phone).unwrap();
    assert_eq!((who.name.as_str(), who.actor.roles.bits()), (NAME, 0));
    assert!(matches!(who.actor.assurance.proof, Proof::Counter { .. }));
    assert!(page(&mut phone, "/me").1.contains("窓口で確認した日"));
    // As good as with a card: what is refused is for want of points and not of proof.
    let asked = crate::testing::ask(&mut Resident { browser: phone.clone(), ..officer.clone() }, 10, 77);
    assert!(asked.status == 422 && !body_text(&asked).contains("カードで本人を確認した方"), "{}", asked.status);
    assert_eq!(who.news, 0, "joining is no news");
    assert!(matches!(office_acts(&deployment, &phone)[..], [OfficeAct::Registered { .. }]));
    assert_eq!(type_in(&deployment, &code, 71).1.0, 422, "it served");
    assert!(officer.counter(&deployment).lines.is_empty());
    // The same person is not registered twice, and is told that somebody asked.
    let (status, html) = register(&mut officer, 2);
    assert!(status == 422 && html.contains("お名前と生年月日が同じ方"));
    assert_eq!(office_acts(&deployment, &phone).last(), Some(&OfficeAct::LookedUp));
    assert_eq!(visitor(&deployment, &phone).unwrap().news, 1);
}

#[test]
fn two_codes_of_one_person_are_one_account() {
    let deployment = Deployment::new();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    assert_eq!((register(&mut officer, 1).0, register(&mut officer, 2).0), (303, 303));
    let codes: Vec<_> = officer.counter(&deployment).lines.iter().map(|line| line.code.unwrap().to_string()).collect();
    assert_eq!(type_in(&deployment, &codes[0], 70).1.0, 303);
    assert_eq!(type_in(&deployment, &codes[1], 71).1.0, 422);
    // Nor does who has joined by card meanwhile get a second one.
    let fork = Deployment::new();
    let mut officer = Resident::staff(&fork, Role::Officer);
    register(&mut officer, 1);
    let code = code(&fork, &officer);
    let card = Card { name: NAME.into(), birthdate: "1941-02-03".into(), ..Card::of(30) };
    assert_eq!(Browser::new(&fork, 72).prove(&fork, &card, "").status, 303);
    assert_eq!(type_in(&fork, &code, 73).1.0, 422);
    assert_eq!(fork.count(Object::Registry, "person"), 2);
}

#[test]
fn a_code_is_for_ten_minutes_and_nothing_else_will_do() {
    let deployment = Deployment::new();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    register(&mut officer, 1);
    let code = code(&deployment, &officer);
    for wrong in ["", "ABCDE", "00000-00000", "あいうえお", "ABCDE-1234U"] {
        assert_eq!(type_in(&deployment, wrong, 70).1.0, 422, "{wrong}");
    }
    deployment.wait(10 * 60 - 1);
    let fork = deployment.fork();
    assert_eq!(type_in(&fork, &code, 71).1.0, 303);
    deployment.wait(1);
    assert_eq!(type_in(&deployment, &code, 72).1.0, 422);
    deployment.ring(Object::Registry).unwrap();
    assert_eq!(deployment.count(Object::Registry, "counter_proof"), 0);
    assert_eq!(deployment.count(Object::Registry, "person"), 1);
}

#[test]
fn the_way_back_needs_two_officers() {
    let deployment = Deployment::new();
    let mut first = Resident::staff(&deployment, Role::Officer);
    let mut second = Resident::staff_of(&deployment, Role::Officer, 1);
    let third = Resident::staff_of(&deployment, Role::Officer, 2);
    let owner = Resident::join(&deployment, 1);
    let member = owner.member.to_string();
    let id = command(1);
    assert_eq!(first.recover(&member, &Card::of(1), 1).status, 303);
    let line = first.counter(&deployment).lines.remove(0);
    assert!(line.code.is_none() && line.is_own);
    let proof = line.id.to_string();
    let approve = [("act", "approve"), ("proof", proof.as_str()), ("command_id", id.as_str())];
    let own = first.browser.post("/office/counter", &approve);
    assert!(own.status == 422 && body_text(&own).contains("別の職員"));
    assert_eq!(second.browser.post("/office/counter", &approve).status, 303);
    assert_eq!(second.browser.post("/office/counter", &approve).status, 303, "a repeat");
    let code = code(&deployment, &first);
    assert_eq!(second.counter(&deployment).lines[0].code.unwrap().to_string(), code);
    assert!(third.counter(&deployment).lines[0].code.is_none(), "the two officers only");
    let (mut phone, entered) = type_in(&deployment, &code, 70);
    assert_eq!(entered, (303, "/join/passkey".to_owned()));
    phone.make_passkey().unwrap();
    assert_eq!(visitor(&deployment, &phone).unwrap().member, owner.member);
    let acts = office_acts(&deployment, &phone);
    assert!(matches!(acts[..], [OfficeAct::RecoveryBegun { .. }, OfficeAct::RecoveryApproved]), "{acts:?}");
    assert!(page(&mut owner.browser.clone(), "/").1.contains("新しい記録が"));
    assert_eq!(second.browser.post("/office/counter", &approve).status, 422, "over");
}

#[test]
fn who_cannot_be_let_back_in() {
    let deployment = Deployment::new();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    let other = Resident::staff_of(&deployment, Role::Officer, 1);
    let resident = Resident::join(&deployment, 1);
    let mut recover = |member: &str, number| {
        let answer = officer.recover(member, &Card::of(1), number);
        (answer.status, body_text(&answer))
    };
    // Somebody else with good documents of their own, and her number: it is no secret.
    let namesake = Card { birthdate: "19850316".into(), ..Card::of(1) };
    let neighbour = officer_of(&deployment).recover(&resident.member.to_string(), &namesake, 9);
    assert!(neighbour.status == 422 && body_text(&neighbour).contains("お名前か生年月日がちがいます"));
    assert_eq!(deployment.count(Object::Registry, "counter_proof"), 0);
    assert!(recover(&other.member.to_string(), 1).1.contains("管理者が新しいリンク"));
    for wrong in ["", "123", "1234-5678-91"] {
        assert_eq!(recover(wrong, 2).0, 422, "{wrong}");
    }
    assert_eq!(recover(&resident.member.to_string(), 3).0, 303);
    // A proof that nobody agreed to in an hour is over, and was never worth a code.
    let mut second = other;
    let proof = second.counter(&deployment).lines[0].id.to_string();
    deployment.wait(60 * 60);
    second.browser.sign_in("/").unwrap();
    let id = command(4);
    let approve = [("act", "approve"), ("proof", proof.as_str()), ("command_id", id.as_str())];
    assert_eq!(second.browser.post("/office/counter", &approve).status, 422);
}

#[test]
fn a_card_is_added_to_an_account_of_the_counter_by_its_owner_only() {
    let deployment = Deployment::new();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    register(&mut officer, 1);
    let code = code(&deployment, &officer);
    let (mut phone, _) = type_in(&deployment, &code, 70);
    phone.make_passkey().unwrap();
    let own = visitor(&deployment, &phone).unwrap();
    let card = Card { name: "汐見梅子".into(), birthdate: "1941-02-03".into(), ..Card::of(30) };
    // Without her passkey the card opens nothing: it may be somebody else's of that name.
    let mut stranger = Browser::new(&deployment, 71);
    let back = stranger.prove(&deployment, &card, "");
    assert!(back.status == 409 && body_text(&back).contains("先にパスキーでサインイン"));
    assert!(stranger.session().is_none());
    // Another's card is not added to hers.
    assert_eq!(phone.prove(&deployment, &Card::of(31), "").status, 409);
    assert_eq!(phone.prove(&deployment, &card, "").status, 303);
    let now = visitor(&deployment, &phone).unwrap();
    assert_eq!(now.actor.person, own.actor.person);
    assert!(matches!(now.actor.assurance.proof, Proof::Card { .. }));
    // From now on it opens the account, wherever it is shown.
    let mut other = Browser::new(&deployment, 72);
    assert_eq!(other.prove(&deployment, &card, "").status, 303);
    assert_eq!(visitor(&deployment, &other).unwrap().member, own.member);
}

fn upload(officer: &mut Resident, file: &[u8]) -> (u16, String) {
    let request = officer.browser.form_with_file("/office/certificate", &[], "certificate", file);
    let answer = futures_executor::block_on(officer.browser.send(request));
    (answer.status, body_text(&answer))
}

#[test]
fn an_officer_is_told_what_a_certificate_says_and_how_far_that_goes() {
    let deployment = Deployment::new();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    let pem: &[u8] = include_bytes!("../jpki/openssl/sign-rsa.pem");
    let (status, html) = upload(&mut officer, pem);
    assert_eq!(status, 200);
    for words in ["証明書は正しく、期限内です", "失効しているか", "確かめていません", "この内容を窓口の登録に写す"]
    {
        assert!(html.contains(words), "{words}");
    }
    let (_, der) = der::pem::decode_vec(pem).unwrap();
    assert_eq!(upload(&mut officer, &der).0, 200);
    assert!(upload(&mut officer, include_bytes!("../jpki/openssl/gaiji.pem")).1.contains("代わりの文字"));
    for (file, words) in [
        (&include_bytes!("../jpki/openssl/expired.pem")[..], "期限の前か、期限が過ぎて"),
        (include_bytes!("../jpki/openssl/other-ca.pem"), "正しい発行元"),
        (include_bytes!("../jpki/openssl/wrong-policy.pem"), "署名用の証明書ではありません"),
        (include_bytes!("../jpki/openssl/unknown-birth.pem"), "カードの表面"),
        (b"no certificate", "読めないファイル"),
    ] {
        let (status, html) = upload(&mut officer, file);
        assert!(status == 422 && html.contains(words) && html.contains("確認番号"), "{words}");
    }
    assert!(upload(&mut officer, b"").1.contains("を選んでください"));
    assert_eq!(page(&mut officer.browser, "/office/certificate").0, 200);
    let mut resident = Resident::join(&deployment, 1);
    assert_eq!(upload(&mut resident, pem).0, 403);
    assert_eq!(deployment.count(Object::Registry, "person"), 2, "nothing of it is kept");
}

#[test]
fn looking_somebody_up_by_a_certificate_stands_in_their_log() {
    let deployment = Deployment::new();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    let pem: &[u8] = include_bytes!("../jpki/openssl/sign-rsa.pem");
    let html = upload(&mut officer, pem).1;
    let field = |name: &str| {
        let at = html.split(&format!(r#"name="{name}" value=""#)).nth(1).expect(name);
        at.split('"').next().unwrap().to_owned()
    };
    // The form of the counter comes back filled, and begins nothing.
    let fields: Vec<(String, String)> =
        ["name", "address", "birth", "gender", "evidence"].map(|name| (name.to_owned(), field(name))).into();
    let sent = |act: &str, number| {
        let mut all = vec![("act".to_owned(), act.to_owned()), ("command_id".to_owned(), command(number))];
        all.extend(fields.clone());
        all
    };
    let mut post = |act: &str, number| {
        let all = sent(act, number);
        let borrowed: Vec<_> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = officer.browser.post("/office/counter", &borrowed);
        (answer.status, body_text(&answer))
    };
    let (status, html) = post("copy", 1);
    assert!(status == 200 && html.contains(&fields[0].1));
    assert_eq!(deployment.count(Object::Registry, "counter_proof"), 0);
    assert_eq!(post("register", 2).0, 303);
    let (mut phone, entered) = type_in(&deployment, &code(&deployment, &officer), 70);
    assert_eq!(status_line(&phone.get("/join/passkey")).0, 200, "{entered:?}");
    phone.make_passkey().unwrap();
    let html = upload(&mut officer, pem).1;
    assert!(html.contains("お名前と生年月日が同じ方の登録があります") && !html.contains("窓口の登録に写す"));
    assert_eq!(office_acts(&deployment, &phone).last(), Some(&OfficeAct::LookedUp));
}
