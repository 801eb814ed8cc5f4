//! People who help: what they register, whom the centre asks, and who keeps away from whom.

use shared::cohelp::helping::{Apart, helper_id};
use shared::kernel::{JobId, Timestamp};

use super::cohelp::Town;
use crate::http::Response;
use crate::testing::{
    Resident, act, ask, ask_with, body_text, choose, command, concern_id, desk, offer_id, register, status_line,
};

/// A town where one has asked and both others have registered.
fn town() -> (Town, JobId) {
    let mut town = Town::with_points(1_000);
    assert_eq!(ask(&mut town.requester, 500, 2).status, 303);
    for helper in &mut town.helpers {
        assert_eq!(status_line(&register(helper, &[])), (303, "/help/profile?done=saved"));
    }
    let job = town.deployment.jobs()[0].id;
    (town, job)
}

fn page(who: &Resident, path: &str) -> String {
    let answer = who.browser.clone().get(path);
    assert_eq!(answer.status, 200, "{path}");
    body_text(&answer)
}

fn enquire(town: &mut Town, job: JobId, helper: usize, number: u64) -> Response {
    let helper = helper_id(town.helpers[helper].person).to_string();
    desk(&mut town.operator, job, "enquire", &[("helper", &helper)], number)
}

#[test]
fn what_was_registered_comes_back_in_the_form_and_can_be_left() {
    let (mut town, _) = town();
    let helper = &mut town.helpers[0];
    let shown = page(helper, "/help/profile");
    for box_ in ["value=\"shopping\" checked", "value=\"sat-morning\" checked", "value=\"foot\" checked"] {
        assert!(shown.contains(box_), "{box_}: {shown}");
    }
    assert!(!shown.contains("value=\"sun-morning\" checked"));
    let answer = register(helper, &[("kinds", "visit"), ("reach", ""), ("rest-from", "2026-11-25"), ("rest-to", "x")]);
    let wrong = body_text(&answer);
    assert_eq!(answer.status, 422);
    for id in ["reach-error", "rest-to-error"] {
        assert!(wrong.contains(id), "{id}");
    }
    assert!(
        wrong.contains("value=\"visit\" checked") && wrong.contains("value=\"2026-11-25\""),
        "what was typed is kept"
    );
    assert!(page(helper, "/help/profile").contains("value=\"phone\" checked"), "and nothing was changed");
    let left = helper.browser.post("/help/profile", &[("act", "leave")]);
    assert_eq!(status_line(&left), (303, "/help/profile?done=left"));
    assert!(!page(helper, "/help/profile").contains(" checked"));
}

#[test]
fn strange_forms_are_refused() {
    let (mut town, job) = town();
    let helper = &mut town.helpers[0];
    for fields in [&[("act", "fly")][..], &[("act", "meet"), ("apart", "x")], &[]] {
        assert_eq!(helper.browser.post("/help/profile", fields).status, 403, "{fields:?}");
    }
    assert_eq!(act(helper, job, "part", &[("offer", "x")], 71).status, 403);
    assert_eq!(desk(&mut town.operator, job, "enquire", &[("helper", "x")], 72).status, 403);
}

#[test]
fn requests_that_suit_come_first_with_why() {
    let (mut town, _) = town();
    assert_eq!(
        ask_with(&mut town.requester, &[("category", "visit"), ("title", "話し相手")], 100, 3, "send").status,
        303
    );
    let shown = page(&town.helpers[0], "/help/offers");
    let places = ["あなたに合いそうなこと", "牛乳と卵の買い物", "すぐ近く", "ほかのたのみごと", "話し相手"]
        .map(|text| shown.find(text).unwrap_or_else(|| panic!("{text}: {shown}")));
    assert!(places.is_sorted(), "{places:?}");
    assert!(!shown.contains("最近"), "how often somebody was asked is the centre's");
    assert!(page(&town.operator, "/desk").contains("/desk/day"));
}

/// What is asked for in English is for whoever speaks it: the centre is not shown the others, but they may still offer.
#[test]
fn a_request_in_another_language_looks_for_who_speaks_it() {
    let (mut town, _) = town();
    let unknown = ask_with(&mut town.requester, &[("spoken", "xx")], 500, 30, "send");
    assert_eq!(unknown.status, 422);
    assert!(body_text(&unknown).contains("spoken-error"));
    let changed = [("spoken", "en"), ("spoken", "vi"), ("title", "病院への付き添い")];
    let checked = body_text(&ask_with(&mut town.requester, &changed, 500, 31, "check"));
    assert!(checked.contains("英語・ベトナム語"), "{checked}");
    assert_eq!(ask_with(&mut town.requester, &changed, 500, 31, "send").status, 303);
    let job = JobId::derive("cohelp.ask", &31_u128.to_be_bytes());
    let offers = |page: &str| page.matches("name=\"helper\"").count();
    assert_eq!(offers(&page(&town.operator, &format!("/desk/{job}"))), 0);
    assert!(page(&town.operator, &format!("/desk/{job}")).contains("英語・ベトナム語"));
    let speaks = [("languages", "ja"), ("languages", "vi")];
    assert_eq!(register(&mut town.helpers[1], &speaks).status, 303);
    assert_eq!(offers(&page(&town.operator, &format!("/desk/{job}"))), 1);
    assert!(page(&town.helpers[1], "/help/offers").contains("ベトナム語で話せます"));
    assert_eq!(act(&mut town.helpers[0], job, "offer", &[], 32).status, 303);
}

#[test]
fn the_centre_asks_and_the_helper_answers() {
    let (mut town, job) = town();
    let desk_page = page(&town.operator, &format!("/desk/{job}"));
    assert!(desk_page.contains("お願いできそうな人"));
    assert_eq!(status_line(&enquire(&mut town, job, 0, 10)).0, 303);
    assert!(page(&town.helpers[0], "/help/offers").contains("センターからのお願い"));
    assert!(page(&town.helpers[0], "/").contains("センターからのお願い：牛乳と卵の買い物"));
    assert!(!page(&town.helpers[1], "/help/offers").contains("センターからのお願い"));
    let path = format!("/help/{job}");
    assert!(page(&town.helpers[0], &path).contains("今回は見送る"));
    assert!(!page(&town.helpers[1], &path).contains("今回は見送る"));
    assert_eq!(enquire(&mut town, job, 0, 11).status, 409, "asked already");
    let no = act(&mut town.helpers[0], job, "decline", &[], 12);
    assert_eq!(status_line(&no), (303, format!("/help/{job}?done=declined").as_str()));
    assert!(!page(&town.helpers[0], &path).contains("今回は見送る"));
    assert!(page(&town.operator, &format!("/desk/{job}")).contains("見送りの返事がありました"));
    enquire(&mut town, job, 1, 13);
    assert_eq!(act(&mut town.helpers[1], job, "offer", &[], 14).status, 303);
    assert!(page(&town.operator, &format!("/desk/{job}")).contains("申し出がありました"));
    assert_eq!(act(&mut town.helpers[1], job, "decline", &[], 15).status, 409);
}

#[test]
fn the_requester_sees_what_speaks_for_each_offer_best_first() {
    let (mut town, job) = town();
    register(&mut town.helpers[0], &[("area", "otonashi"), ("reach", "20000"), ("travel", "car")]);
    for (helper, number) in town.helpers.iter_mut().zip(20..) {
        assert_eq!(act(helper, job, "offer", &[], number).status, 303);
    }
    let shown = page(&town.requester, &format!("/help/{job}"));
    let offers = [21, 20].map(|number| shown.find(&format!("value=\"{}\"", offer_id(number))).unwrap());
    assert!(offers[0] < offers[1], "who lives next door comes first");
    assert!(shown.contains("すぐ近く") && shown.contains("キロメートル") && !shown.contains("最近お願い"));
    assert_eq!(choose(&mut town.requester, job, offer_id(20), 22).status, 303, "the requester chooses all the same");
}

#[test]
fn who_keeps_away_from_somebody_is_not_there_for_them() {
    let (mut town, job) = town();
    let path = format!("/help/{job}");
    enquire(&mut town, job, 0, 30);
    assert_eq!(status_line(&act(&mut town.helpers[0], job, "part", &[], 70)), (303, "/help/profile?done=parted"));
    let helper = &mut town.helpers[0];
    assert!(page(helper, "/help/profile?done=parted").contains("関わらない人"));
    assert_eq!(helper.browser.get(&path).status, 404);
    assert!(!page(helper, "/help/offers").contains("牛乳と卵の買い物"));
    assert_eq!(act(helper, job, "offer", &[], 31).status, 404);
    assert!(!page(&town.requester, "/help/profile").contains("関わらない人"), "the other is not told");
    assert!(
        !page(&town.operator, &path.replace("help", "desk"))
            .contains(&format!("value=\"{}\"", helper_id(town.helpers[0].person)))
    );
    let apart = Apart { who: town.helpers[0].person, from: town.requester.person, at: Timestamp(0) }.id().to_string();
    let back = [("act", "meet"), ("apart", apart.as_str())];
    assert_eq!(status_line(&town.helpers[0].browser.post("/help/profile", &back)), (303, "/help/profile?done=met"));
    assert_eq!(act(&mut town.helpers[0], job, "offer", &[], 33).status, 303);
}

/// What somebody reads of a job, without what is drawn anew each time.
fn read(who: &Resident, path: &str) -> String {
    without_commands(&page(who, path))
}

fn without_commands(page: &str) -> String {
    let mut parts = page.split(r#"name="command_id" value=""#);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| page + part.split_once('"').map_or(part, |(_, rest)| rest))
}

#[test]
fn who_offered_and_is_kept_away_reads_what_everybody_reads_who_was_not_chosen() {
    let (mut town, job) = town();
    for (helper, number) in town.helpers.iter_mut().zip(50..) {
        assert_eq!(act(helper, job, "offer", &[], number).status, 303);
    }
    let (mut apart, mut chosen) = (town.fork(), town.fork());
    let offer = offer_id(50).to_string();
    assert_eq!(act(&mut apart.requester, job, "part", &[("offer", &offer)], 52).status, 303);
    assert_eq!(choose(&mut chosen.requester, job, offer_id(51), 53).status, 303);
    for path in ["/", "/help", "/help/offers", &format!("/help/{job}")] {
        assert_eq!(read(&apart.helpers[0], path), read(&chosen.helpers[0], path), "{path}");
    }
    for (name, fields) in [("withdraw", &[("offer", offer.as_str())][..]), ("offer", &[]), ("decline", &[])] {
        let [first, second] =
            [&mut apart, &mut chosen].map(|town| act(&mut town.helpers[0], job, name, fields, 54).status);
        assert!(first >= 400 && second >= 400, "{name}: {first} {second}");
    }
    assert_eq!(choose(&mut apart.requester, job, offer_id(50), 55).status, 409, "the two do not meet");
    assert_eq!(choose(&mut apart.requester, job, offer_id(51), 56).status, 303);
}

#[test]
fn a_day_is_assigned_and_the_operator_has_the_last_word() {
    let (mut town, first) = town();
    assert_eq!(ask_with(&mut town.requester, &[("title", "かばんを持ってほしい")], 100, 3, "send").status, 303);
    let second = town.deployment.jobs().into_iter().map(|job| job.id).find(|job| *job != first).unwrap();
    let people = [0, 1].map(|helper| helper_id(town.helpers[helper].person).to_string());
    let shown = page(&town.operator, "/desk/day");
    let pairs: Vec<_> =
        shown.split("name=\"pair\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(pairs.len(), 2, "both are served");
    // The other way round, for both or for one of them.
    let crossed = |job: JobId| {
        let (_, helper) =
            pairs.iter().find_map(|pair| pair.split_once(':').filter(|(id, _)| *id == job.to_string())).unwrap();
        people.iter().find(|person| *person != helper).unwrap()
    };
    let pin = format!("{first}:{}", crossed(first));
    let again = town.operator.browser.post("/desk/day?day=2026-11-21", &[("act", "again"), ("pin", &pin), ("pin", "")]);
    assert_eq!(again.status, 200);
    let again = body_text(&again);
    let kept = [format!("name=\"pair\" value=\"{pin}\""), format!("value=\"{second}:{}\"", crossed(second))];
    assert!(kept.iter().all(|pair| again.contains(pair.as_str())), "{kept:?}");
    let twice = [("act", "again"), ("pin", pin.as_str()), ("pin", &format!("{second}:{}", crossed(first)))];
    let broken = town.operator.browser.post("/desk/day?day=2026-11-21", &twice);
    assert_eq!(broken.status, 422);
    assert!(body_text(&broken).contains("指定のとおりにはできません"));
    let command = command(40);
    let both = [("act", "enquire"), ("command_id", command.as_str()), ("pair", &pin), ("pair", "x:y")];
    for _ in 0..2 {
        let sent = town.operator.browser.post("/desk/day?day=2026-11-21", &both);
        assert_eq!(status_line(&sent), (303, "/desk/day?day=2026-11-21&asked=1&left=0"), "twice is once");
    }
    let by_area = town.operator.browser.post("/desk/day?by=area", &both);
    assert_eq!(status_line(&by_area), (303, "/desk/day?by=area&asked=1&left=0"), "in the same order as before");
    let after = page(&town.operator, "/desk/day?by=area");
    assert!(after.contains("href=\"#area-0\""), "{after}");
    let after = page(&town.operator, "/desk/day");
    assert!(after.contains("返事待ち 1人"), "{after}");
    assert_eq!(after.matches("name=\"pair\"").count(), 1, "who is being asked is not proposed again");
}

#[test]
fn what_somebody_tells_the_centre_waits_there_until_it_is_answered() {
    let (mut town, job) = town();
    act(&mut town.helpers[0], job, "offer", &[], 60);
    let offer = offer_id(60).to_string();
    let empty = act(&mut town.requester, job, "raise", &[("whom", &offer), ("matter", "money")], 61);
    assert_eq!(empty.status, 422);
    let empty = body_text(&empty);
    assert!(empty.contains("happened-error") && empty.contains("value=\"money\" checked"), "what was chosen is kept");
    let fields = [("whom", offer.as_str()), ("matter", "danger"), ("happened", "家の前まで来ました。")];
    for _ in 0..2 {
        let told = act(&mut town.requester, job, "raise", &fields, 62);
        assert_eq!(status_line(&told), (303, format!("/help/{job}?done=raised").as_str()));
    }
    let path = format!("/help/{job}");
    assert!(page(&town.requester, &path).contains("担当者が決まるのを待っています。"));
    for who in &town.helpers {
        assert!(!page(who, &path).contains("センターに知らせたこと"), "nobody else is told");
    }
    let desk_page = page(&town.operator, "/desk");
    assert!(desk_page.contains("知らせ 1件") && desk_page.contains("担当がまだいません"), "once, though sent twice");
    let log = page(&town.helpers[0], "/me/log");
    let at_the_desk = page(&town.operator, &format!("/desk/{job}"));
    assert_eq!(read(&town.helpers[0], "/me/log"), without_commands(&log), "not even by the log");
    assert!(at_the_desk.contains("家の前まで来ました。"));
    let concern = at_the_desk.split("name=\"concern\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let taken = desk(&mut town.operator, job, "take", &[("concern", &concern)], 63);
    assert_eq!(status_line(&taken), (303, format!("/desk/{job}?done=take").as_str()));
    assert!(page(&town.requester, &path).contains("担当者が確かめています。"));
    assert_eq!(desk(&mut town.operator, job, "find", &[("concern", &concern)], 64).status, 422);
    let answer = [("concern", concern.as_str()), ("finding", "お二人と話しました。")];
    assert_eq!(desk(&mut town.operator, job, "find", &answer, 65).status, 303);
    assert!(page(&town.requester, &path).contains("お二人と話しました。"));
    assert!(!page(&town.operator, "/desk").contains("知らせ 1件"));
    assert_eq!(desk(&mut town.operator, job, "take", &[("concern", &concern)], 66).status, 409);
    for fields in [&[("concern", "x")][..], &[]] {
        assert_eq!(desk(&mut town.operator, job, "take", fields, 67).status, 403);
    }
}

#[test]
fn who_looked_on_can_tell_of_it_and_reads_the_answer_when_it_is_gone() {
    let (mut town, job) = town();
    let path = format!("/help/{job}");
    let fields = [("whom", "requester"), ("matter", "money"), ("happened", "商品の販売のようです。")];
    assert_eq!(act(&mut town.requester, job, "cancel", &[], 70).status, 303);
    assert_eq!(town.helpers[0].browser.get(&path).status, 404);
    assert_eq!(act(&mut town.helpers[0], job, "raise", &fields, 71).status, 303, "begun before it closed");
    let shown = page(&town.helpers[0], &path);
    assert!(shown.contains("商品の販売のようです。") && !shown.contains("青い屋根の家です。"));
    assert_eq!(town.helpers[1].browser.get(&path).status, 404);
    let concern = concern_id(71, job).to_string();
    let answer = [("concern", concern.as_str()), ("finding", "依頼は終わりになりました。")];
    assert_eq!(desk(&mut town.operator, job, "find", &answer, 72).status, 303);
    assert!(page(&town.helpers[0], &path).contains("依頼は終わりになりました。"));
    let late = desk(&mut town.operator, job, "find", &answer, 73);
    assert_eq!(late.status, 409);
    assert!(body_text(&late).contains("送っていない答え"), "what was typed is not lost, and in nobody else's form");
}
