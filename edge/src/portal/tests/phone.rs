//! Somebody without a phone of their own: registered at the counter, served by the centre's operator on the telephone.

use shared::cohelp::EnteredAct::{Ask, Chat, Choose, Notify, Rate, Report, Thank, Told};
use shared::cohelp::fixture::TODAY;
use shared::cohelp::{CheckInCode, EnteredAct, State, Store as _};
use shared::identity::{Answer, Call, Look};
use shared::kernel::{JobId, MemberNumber, PersonId, Role};
use shared::ledger;

use crate::cohelp::SqlCohelp;
use crate::http::Response;
use crate::testing::{
    Browser, Card, Deployment, REQUEST, Resident, act, body_text, command, desk, offer_id, status_line,
};
use crate::world::Object;

const NAME: &str = "汐見 梅子";
const BIRTH: &str = "1941-02-03";
const TELEPHONE: &str = "0957-00-1234";

/// A town with somebody who has nothing to sign in with, and points.
struct Scene {
    deployment: Deployment,
    operator: Resident,
    helper: Resident,
    /// The caller's number, as the officer wrote it down.
    member: String,
    caller: PersonId,
}

fn scene() -> Scene {
    let deployment = Deployment::new();
    deployment.set_now(TODAY.at_minute(13 * 60 + 5));
    let mut officer = Resident::staff(&deployment, Role::Officer);
    let fields = [
        ("act", "register"),
        ("without", "phone"),
        ("name", NAME),
        ("address", "めぐり市東浜1丁目2番3号"),
        ("birth", BIRTH),
        ("gender", "female"),
        ("evidence", "two"),
    ];
    let enrol = |officer: &mut Resident, number| {
        let command = command(number);
        officer.browser.post("/office/counter", &[&fields[..], &[("command_id", &command)]].concat()).status
    };
    assert_eq!(enrol(&mut officer, 1), 303);
    assert_eq!(enrol(&mut officer, 1), 303, "a repeat is the same account");
    assert_eq!(enrol(&mut officer, 2), 422, "one person, one account");
    let line = officer.counter(&deployment).lines.into_iter().next().expect("a line");
    assert_eq!((line.code, officer.counter(&deployment).lines.len()), (None, 1));
    let number = line.member.expect("a number");
    assert!(body_text(&officer.browser.get("/office/counter")).contains(&number.to_string()));
    // Nobody makes a code of it, and nothing opens it.
    let approve = [("act", "approve"), ("proof", &line.id.to_string()), ("command_id", &command(3))];
    let mut second = Resident::staff_of(&deployment, Role::Officer, 2);
    assert_eq!(second.browser.post("/office/counter", &approve).status, 422);
    let caller = person_of(&deployment, number);
    let account = Resident { person: caller, member: number, ..officer.clone() };
    assert_eq!(officer.grant(&account, 500, 4).status, 303);
    let (operator, helper) = (Resident::staff(&deployment, Role::Operator), Resident::join(&deployment, 2));
    Scene { deployment, operator, helper, member: number.to_string(), caller }
}

fn person_of(deployment: &Deployment, member: MemberNumber) -> PersonId {
    match deployment.call(Object::Registry, &Call::Look(Look { members: vec![member], ..Look::default() })) {
        Answer::Seen(seen) => seen.members[0].clone().expect("a member").0,
        other => panic!("{other:?}"),
    }
}

impl Scene {
    /// The operator takes her call: its address.
    fn ring(&mut self, number: u64) -> String {
        let answer = self.operator.take_call(&self.member.clone(), NAME, BIRTH, number);
        let (status, to) = status_line(&answer);
        assert_eq!(status, 303, "{}", body_text(&answer));
        assert!(to.starts_with("/desk/call/"), "{to}");
        to.to_owned()
    }

    fn ask(&mut self, call: &str, reward: &str, number: u64) -> Response {
        let command = command(number);
        let own = [("reward", reward), ("minutes", "60"), ("step", "send"), ("command_id", &command)];
        self.operator.browser.post(&format!("{call}/new"), &[&REQUEST[..], &own].concat())
    }

    /// The operator enters something for a job.
    fn enter(&mut self, call: &str, job: JobId, act: &str, fields: &[(&str, &str)], number: u64) -> Response {
        let command = command(number);
        let own = [("act", act), ("command_id", command.as_str())];
        self.operator.browser.post(&format!("{call}/help/{job}"), &[fields, &own].concat())
    }

    fn desk(&mut self) -> String {
        body_text(&self.operator.browser.get("/desk"))
    }

    /// What operators entered for a job; the clock of a test stands still, so in the order of the acts.
    fn entered(&self, job: JobId) -> Vec<EnteredAct> {
        let store = SqlCohelp(self.deployment.database(Object::Town));
        let mut acts: Vec<_> = store.entered(job).unwrap().into_iter().map(|entered| entered.act).collect();
        acts.sort_by_key(|act| *act as u8);
        acts
    }
}

#[test]
fn somebody_without_a_phone_is_served_from_asking_to_thanks() {
    let mut scene = scene();
    let call = scene.ring(10);
    assert!(body_text(&scene.operator.browser.get(&call)).contains("500"), "her points");
    let told = [("act", "telephone"), ("telephone", TELEPHONE)];
    assert_eq!(scene.operator.browser.post(&call, &told).status, 303);
    assert_eq!(scene.ask(&call, "700", 11).status, 422, "more than she has");
    let asked = scene.ask(&call, "100", 11);
    assert_eq!(status_line(&scene.ask(&call, "100", 11)), status_line(&asked), "a repeat is the same request");
    let job = scene.deployment.jobs()[0].id;
    assert_eq!(status_line(&asked), (303, format!("{call}/help/{job}?done=asked").as_str()));
    assert_eq!(scene.deployment.job(job).requester, scene.caller);
    let before = scene.desk();
    assert!(!before.contains("お電話する方"));

    // Somebody offers: the centre is told to ring her up, and finds where.
    scene.deployment.wait(60);
    assert_eq!(act(&mut scene.helper, job, "offer", &[], 12).status, 303);
    assert!(scene.desk().contains("お電話する方 1人"));
    let page = body_text(&scene.operator.browser.get(&format!("/desk/{job}")));
    assert!(page.contains(&TELEPHONE.replace('-', "")) && page.contains("代わりに入力したこと"));
    assert!(page.contains("申し出 1件。お願いする人を聞く"));
    assert_eq!(scene.operator.browser.post(&call, &[("act", "end")]).header("location"), Some("/desk/call?done=ended"));

    // Told once, she leaves the list until there is more.
    scene.deployment.wait(60);
    assert_eq!(desk(&mut scene.operator, job, "ring-up", &[], 14).status, 303);
    assert!(!scene.desk().contains("お電話する方"));
    assert_eq!(desk(&mut scene.operator, job, "ring-up", &[], 15).status, 409);
    let call = scene.ring(20);
    let offer = offer_id(12).to_string();
    assert_eq!(scene.enter(&call, job, "choose", &[("offer", &offer)], 21).status, 303);
    assert_eq!(scene.deployment.points(ledger::account_of(scene.caller)), (500, 400));
    assert!(!scene.desk().contains("お電話する方"));
    // Who chose for her does not introduce the two as well.
    let fits = [("fits", "yes")];
    let refused = desk(&mut scene.operator, job, "introduce", &fits, 22);
    assert!(refused.status == 403 && body_text(&refused).contains("ほかの担当者にお願いしてください"));
    let mut second = Resident::staff_of(&scene.deployment, Role::Operator, 1);
    assert_eq!(desk(&mut second, job, "introduce", &fits, 22).status, 303);
    assert_eq!(scene.enter(&call, job, "notify", &[], 23).status, 303);
    // She reads the digits out at the door, as the operator told her.
    let code = CheckInCode::of(scene.deployment.job(job).state.agreement().unwrap().hold).to_string();
    assert!(body_text(&scene.operator.browser.get(&format!("{call}/help/{job}"))).contains(&code));
    assert_eq!(act(&mut scene.helper, job, "check-in", &[("code", &code)], 24).status, 303);
    // What he writes on the way she hears on the phone, and answers.
    scene.deployment.wait(60);
    assert_eq!(act(&mut scene.helper, job, "chat", &[("phrase", "bring")], 34).status, 303);
    assert!(scene.desk().contains("届いたメッセージを伝える"));
    let heard = body_text(&scene.operator.browser.get(&format!("{call}/help/{job}")));
    assert!(heard.contains("何か持っていきますか") && !heard.contains("data-live="));
    let answered = scene.enter(&call, job, "chat", &[("say", "手ぶらで来てください。")], 35);
    assert_eq!(status_line(&answered), (303, format!("{call}/help/{job}?done=written#sent").as_str()));
    assert!(!scene.desk().contains("届いたメッセージを伝える"));
    assert!(body_text(&scene.helper.browser.get(&format!("/help/{job}"))).contains("手ぶらで来てください。"));
    scene.deployment.wait(60);
    assert_eq!(act(&mut scene.helper, job, "report", &[("outcome", "done-60")], 25).status, 303);
    assert!(scene.desk().contains("手伝った方の報告あり"));
    assert_eq!(scene.enter(&call, job, "report", &[("outcome", "done-60")], 26).status, 303);
    assert!(matches!(scene.deployment.job(job).state, State::Paid(_)));
    let thanks = [("rating", "5"), ("message", "たすかりました。")];
    assert_eq!(scene.enter(&call, job, "thank", &thanks, 27).status, 303);
    assert!(body_text(&scene.helper.browser.get(&format!("/help/{job}"))).contains("たすかりました。"));
    assert_eq!(scene.deployment.points(ledger::account_of(scene.caller)), (400, 400));
    let rated = [("satisfaction", "5"), ("words", "電話でたのめてよかったです。")];
    assert_eq!(scene.enter(&call, job, "rate", &rated, 36).status, 303);
    assert!(scene.desk().contains("センターへのひとこと（未読1件）"));
    assert_eq!(scene.entered(job), [Ask, Choose, Notify, Report, Thank, Told, Chat, Rate]);
    // The two who helped each other need not know who typed: the helper sees nothing of it.
    assert!(!body_text(&scene.helper.browser.get(&format!("/help/{job}"))).contains("センターが代わりに入力した"));
}

#[test]
fn who_rings_is_found_by_all_three_or_not_at_all_and_not_by_trying() {
    let mut scene = scene();
    let member = scene.member.clone();
    let operator = scene.operator.clone();
    let nobody = MemberNumber::from_random(7).to_string();
    let other = Card::of(2);
    let wrong = [
        (member.as_str(), "汐見 桜子", BIRTH),
        (member.as_str(), NAME, "1941-02-04"),
        (nobody.as_str(), NAME, BIRTH),
        (&member, &other.name, &other.birth()),
    ];
    let answers = wrong.map(|(member, name, birth)| {
        let answer = scene.operator.take_call(member, name, birth, 30);
        (answer.status, body_text(&answer).contains("見つかりません"))
    });
    assert_eq!(answers, [(422, true); 4]);
    // Their own number is no caller's; with that the tries are used up.
    let own = operator.member.to_string();
    assert_eq!(scene.operator.take_call(&own, "めぐり オペレーター", BIRTH, 31).status, 422);
    let late = scene.operator.take_call(&member, NAME, BIRTH, 32);
    assert_eq!((late.status, late.header("retry-after")), (429, Some("120")));
    // Whose number it was is told; a number of nobody's tells nobody.
    let mut known = Resident::join(&scene.deployment, 6);
    let mut third = Resident::staff_of(&scene.deployment, Role::Operator, 2);
    assert_eq!(third.take_call(&known.member.to_string(), NAME, BIRTH, 36).status, 422);
    let log = body_text(&known.browser.get("/me/log"));
    assert_eq!((log.matches("ご本人と確かめられなかった").count(), log.matches("お電話でご本人と").count()), (1, 0));
    // Others go on, and so does this one a while later.
    let mut second = Resident::staff_of(&scene.deployment, Role::Operator, 1);
    assert_eq!(second.take_call(&member, NAME, BIRTH, 33).status, 303);
    scene.deployment.wait(121);
    assert_eq!(scene.operator.take_call(&member, NAME, BIRTH, 34).status, 303);
    for (fields, words) in [((" ", NAME, BIRTH), "利用者番号"), ((member.as_str(), "", "1941"), "生年月日")] {
        let answer = scene.operator.take_call(fields.0, fields.1, fields.2, 35);
        assert!(answer.status == 422 && body_text(&answer).contains(words));
    }
}

#[test]
fn a_call_is_one_operators_and_ends() {
    let mut scene = scene();
    let call = scene.ring(40);
    assert_eq!(scene.ask(&call, "100", 41).status, 303);
    let job = scene.deployment.jobs()[0].id;
    let over = (303, "/desk/call?done=over".to_owned());
    let mut second = Resident::staff_of(&scene.deployment, Role::Operator, 1);
    let tried = |who: &mut Resident, path: &str, fields: &[(&str, &str)]| {
        let answer = who.browser.post(path, fields);
        (answer.status, answer.header("location").unwrap_or_default().to_owned())
    };
    let (page, id) = (format!("{call}/help/{job}"), command(42));
    let cancel = [("act", "cancel"), ("costs", "0"), ("command_id", id.as_str())];
    // Another operator's.
    assert_eq!(tried(&mut second, &page, &cancel), over);
    assert_eq!(tried(&mut second, &call, &[("act", "telephone"), ("telephone", TELEPHONE)]), over);
    assert_eq!(second.browser.get(&call).header("location"), Some("/desk/call?done=over"));
    assert_eq!(second.browser.get(&page).header("location"), Some("/desk/call?done=over"));
    assert_eq!(second.browser.get(&format!("{call}/new")).header("location"), Some("/desk/call?done=over"));
    // Nobody else's at all.
    let mut helper = scene.helper.clone();
    assert_eq!((tried(&mut helper, &page, &cancel).0, tried(&mut helper, "/desk/call", &cancel).0), (403, 403));
    assert_eq!((helper.browser.get(&call).status, helper.browser.get("/desk/call").status), (403, 403));
    // It goes on while something is done, and ends half an hour after.
    for _ in 0..3 {
        scene.deployment.wait(1_500);
        assert_eq!(scene.operator.browser.get(&call).status, 200);
    }
    scene.deployment.restart();
    assert_eq!(scene.operator.browser.get(&page).status, 200, "it outlives the object");
    scene.deployment.wait(1_790);
    assert_eq!(scene.operator.browser.get(&call).status, 200);
    assert_eq!(tried(&mut scene.operator, &call, &[("act", "end")]).1, "/desk/call?done=ended");
    assert_eq!(tried(&mut scene.operator, &call, &[("act", "end")]).1, "/desk/call?done=ended", "twice is once");
    assert_eq!(tried(&mut scene.operator, &page, &cancel), over);
    assert_eq!(scene.entered(job), [EnteredAct::Ask], "nothing was entered but the request");
    // The form that began it, sent again, does not bring it back.
    let before = scene.ring(40);
    assert_eq!(before, call);
    assert_eq!(scene.operator.browser.get(&call).header("location"), Some("/desk/call?done=over"));
    // However busy, it ends after two hours.
    let busy = scene.ring(44);
    for _ in 0..6 {
        scene.deployment.wait(1_150);
        assert_eq!(scene.operator.browser.get(&busy).status, 200);
    }
    scene.deployment.wait(350);
    assert_eq!(scene.operator.browser.get(&busy).header("location"), Some("/desk/call?done=over"));
    let call = scene.ring(43);
    scene.operator.browser.sign_in("/").unwrap();
    scene.deployment.wait(1_750);
    assert_eq!(scene.operator.browser.get("/desk").status, 200);
    scene.deployment.wait(60);
    assert_eq!(tried(&mut scene.operator, &format!("{call}/help/{job}"), &cancel), over);
}

#[test]
fn somebody_with_an_account_of_their_own_reads_that_the_centre_took_their_call() {
    let mut scene = scene();
    let mut resident = Resident::join(&scene.deployment, 5);
    let call = format!("/desk/call/{}", scene.operator.call_of(&resident, 50));
    let told = [("act", "telephone"), ("telephone", TELEPHONE)];
    assert_eq!(scene.operator.browser.post(&call, &told).status, 303);
    assert_eq!(scene.operator.browser.post(&call, &told).status, 303, "the same number again is no news");
    let page = body_text(&resident.browser.get("/me/log"));
    assert_eq!(page.matches("お電話でご本人と確かめ").count(), 1);
    assert_eq!(page.matches("折り返しの電話番号").count(), 1);
    let command = command(51);
    let own = [("reward", "1"), ("minutes", "60"), ("step", "send"), ("command_id", &command)];
    let asked = scene.operator.browser.post(&format!("{call}/new"), &[&REQUEST[..], &own].concat());
    assert_eq!(asked.status, 422, "of points she does not have");
    // From whom somebody keeps away is not said on the phone.
    let mut officer = Resident::staff_of(&scene.deployment, Role::Officer, 1);
    assert_eq!(officer.grant(&resident, 10, 52).status, 303);
    let asked = scene.operator.browser.post(&format!("{call}/new"), &[&REQUEST[..], &own].concat());
    assert_eq!(asked.status, 303);
    let job = scene.deployment.jobs()[0].id;
    assert_eq!(act(&mut scene.helper, job, "offer", &[], 53).status, 303);
    let part = [("act", "part"), ("offer", &offer_id(53).to_string()), ("command_id", &command)];
    assert_eq!(scene.operator.browser.post(&format!("{call}/help/{job}"), &part).status, 403);
    assert!(!body_text(&scene.operator.browser.get(&format!("{call}/help/{job}"))).contains("関わらない"));
    // The operator saw whose offer it was only by family name; once it is agreed, who helps reads who looked.
    let choose =
        [("act", "choose"), ("offer", &offer_id(53).to_string()), ("command_id", &crate::testing::command(54))];
    assert_eq!(scene.operator.browser.post(&format!("{call}/help/{job}"), &choose).status, 303);
    assert_eq!(scene.operator.browser.get(&format!("{call}/help/{job}")).status, 200);
    assert!(body_text(&scene.helper.browser.get("/me/log")).contains("助け合いの内容を見ました"));
    let page = body_text(&resident.browser.get(&format!("/help/{job}")));
    assert!(page.contains("センターが代わりに入力したこと"));
}

/// What the operator of a call may do is what the caller may, and nothing that operators may.
#[test]
fn a_call_gives_no_rights_of_an_operator() {
    let mut scene = scene();
    let call = scene.ring(60);
    assert_eq!(scene.ask(&call, "100", 61).status, 303);
    let job = scene.deployment.jobs()[0].id;
    for (number, act) in (62..).zip(["introduce", "decide", "close", "claim"]) {
        let answer = scene.enter(&call, job, act, &[("fits", "yes"), ("end", "いいえ")], number);
        assert_eq!(answer.status, 403, "{act}");
    }
    let mut browser = Browser::new(&scene.deployment, 80);
    assert_eq!(status_line(&browser.get(&call)).0, 303, "to sign in");
}
