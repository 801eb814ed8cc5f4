//! What is asked of each kind of help, the skills it takes, and what the centre has seen of those who help.

use shared::cohelp::helping::helper_id;
use shared::kernel::JobId;

use super::cohelp::Town;
use crate::http::Response;
use crate::testing::{Resident, act, ask_with, body_text, choose, offer_id, register, status_line};

/// A town where both helpers have registered for everything that is asked here.
fn town() -> Town {
    let mut town = Town::with_points(5_000);
    let kinds = [("kinds", "shopping"), ("kinds", "childminding"), ("skills", "care"), ("skills", "cooking")];
    for helper in &mut town.helpers {
        assert_eq!(status_line(&register(helper, &kinds)), (303, "/help/profile?done=saved"));
    }
    town
}

fn page(who: &Resident, path: &str) -> String {
    let answer = who.browser.clone().get(path);
    assert_eq!(answer.status, 200, "{path}");
    body_text(&answer)
}

fn asked(number: u64) -> JobId {
    JobId::derive("cohelp.ask", &u128::from(number).to_be_bytes())
}

impl Town {
    fn path_of(&self, helper: usize) -> String {
        format!("/desk/helpers/{}", helper_id(self.helpers[helper].person))
    }

    fn sees(&mut self, helper: usize, fields: &[(&str, &str)], number: u128) -> Response {
        let (path, id) = (self.path_of(helper), JobId::from_bytes(number.to_be_bytes()).to_string());
        self.operator.browser.post(&path, &[fields, &[("command_id", id.as_str())]].concat())
    }
}

#[test]
fn answers_are_checked_kept_and_shown_to_whom_they_are_for() {
    let mut town = town();
    let typed = [("shopping-load", "heavy"), ("shopping-list", "牛乳SECRET"), ("phone-device", "iphone")];
    let wrong = ask_with(&mut town.requester, &[("shopping-load", "truck"), ("able", "flying")], 300, 1, "send");
    assert_eq!(wrong.status, 422);
    let wrong = body_text(&wrong);
    assert!(wrong.contains("href=\"#shopping-load\"") && wrong.contains("id=\"able-error\""), "{wrong}");
    let checked = body_text(&ask_with(&mut town.requester, &typed, 300, 2, "check"));
    assert!(checked.contains("米や水など重いものがある") && checked.contains("牛乳SECRET"), "{checked}");
    assert!(!checked.contains("アイフォーン"), "asked of another kind");
    assert_eq!(ask_with(&mut town.requester, &typed, 300, 2, "send").status, 303);
    let job = format!("/help/{}", asked(2));
    let reads = |who: &Resident| {
        let page = page(who, &job);
        (page.contains("米や水など重いものがある"), page.contains("牛乳SECRET"))
    };
    assert_eq!((reads(&town.requester), reads(&town.helpers[0])), ((true, true), (true, false)));
    assert!(page(&town.operator, &format!("/desk/{}", asked(2))).contains("牛乳SECRET"));
    act(&mut town.helpers[0], asked(2), "offer", &[], 3);
    assert_eq!(choose(&mut town.requester, asked(2), offer_id(3), 4).status, 303);
    assert_eq!((reads(&town.helpers[0]), town.helpers[1].browser.get(&job).status), ((true, true), 404));
    let again = page(&town.requester, &format!("/help/new?again={}", asked(2)));
    assert!(again.contains("value=\"heavy\" checked") && again.contains("牛乳SECRET"));
}

#[test]
fn what_is_always_given_need_not_be_typed() {
    let mut town = town();
    let child = [("category", "childminding"), ("reward", "")];
    let checked = body_text(&ask_with(&mut town.requester, &child, 0, 1, "check"));
    assert!(checked.contains("お礼のポイント") && checked.contains("1,000ポイント"), "{checked}");
    let other = ask_with(&mut town.requester, &[("category", "childminding")], 300, 2, "send");
    assert_eq!(other.status, 422);
    assert!(body_text(&other).contains("1,000ポイントと決まっています"));
}

/// Looking after a child is for whoever took the course: an operator writes that down, and the helper reads it.
#[test]
fn the_course_opens_what_takes_it() {
    let mut town = town();
    assert_eq!(ask_with(&mut town.requester, &[("category", "childminding")], 1_000, 1, "send").status, 303);
    let job = format!("/help/{}", asked(1));
    let shown = page(&town.helpers[0], &job);
    assert!(shown.contains("まだ申し出られません") && !shown.contains("申し出てください"), "{shown}");
    let refused = act(&mut town.helpers[0], asked(1), "offer", &[], 2);
    assert_eq!(refused.status, 422);
    assert!(body_text(&refused).contains("講習を受けた人だけ"));
    let job_at_desk = format!("/desk/{}", asked(1));
    let enquiry = [("act", "enquire"), ("helper", &helper_id(town.helpers[0].person).to_string())];
    let id = JobId::from_bytes([8; 16]).to_string();
    let enquiry = [&enquiry[..], &[("command_id", &id)]].concat();
    assert_eq!(town.operator.browser.post(&job_at_desk, &enquiry).status, 422, "nor does the centre ask them");
    let queue = page(&town.operator, "/desk/helpers");
    assert!(queue.contains("確認を待っている人（2人）") && queue.contains("介護の資格"), "{queue}");
    let future = town.sees(0, &[("act", "course"), ("course", "2030-01-01")], 1);
    assert_eq!(future.status, 422);
    assert!(body_text(&future).contains("今日までの日"));
    let today = town.deployment.now().day().to_string();
    let path = town.path_of(0);
    for _ in 0..2 {
        let done = town.sees(0, &[("act", "course"), ("course", &today)], 2);
        assert_eq!(status_line(&done), (303, format!("{path}?done=seen").as_str()));
    }
    assert!(page(&town.operator, &path).contains("講習の記録を取り消す"));
    assert!(page(&town.helpers[0], "/help/profile").contains("センターが確認したこと"));
    let log = page(&town.helpers[0], "/me/log");
    let said = ["手伝う人の登録」を見ました", "講習や資格の確認を記録しました"].map(|words| log.matches(words).count());
    assert_eq!(said, [1, 1], "once each, however often it was sent");
    assert_eq!(act(&mut town.helpers[0], asked(1), "offer", &[], 3).status, 303);
    assert_eq!(act(&mut town.helpers[1], asked(1), "offer", &[], 4).status, 422);
}

#[test]
fn proofs_are_seen_and_taken_back() {
    let mut town = town();
    let wanted = [("able", "care"), ("able", "cooking")];
    assert_eq!(ask_with(&mut town.requester, &wanted, 500, 1, "send").status, 303);
    let candidates =
        |town: &Town| page(&town.operator, &format!("/desk/{}", asked(1))).matches("name=\"helper\"").count();
    assert_eq!(candidates(&town), 0);
    assert_eq!(town.sees(0, &[("act", "show"), ("skill", "care")], 1).status, 303);
    assert_eq!(candidates(&town), 1);
    assert!(page(&town.operator, "/desk/helpers?area=minatohara").contains(&town.path_of(0)));
    assert!(page(&town.operator, "/desk/helpers?area=otonashi").contains("登録した人はいません"));
    let changed = [("kinds", "shopping"), ("skills", "care"), ("skills", "cooking"), ("reach", "10000")];
    assert_eq!(register(&mut town.helpers[0], &changed).status, 303, "what was seen outlasts a change");
    assert_eq!(candidates(&town), 1);
    act(&mut town.helpers[0], asked(1), "offer", &[], 9);
    let taken_back = [("act", "unshow"), ("skill", "care")];
    assert_eq!(town.sees(0, &taken_back, 1).status, 303);
    assert_eq!(candidates(&town), 0);
    let requester = page(&town.requester, &format!("/help/{}", asked(1)));
    assert!(requester.contains("センターの確認がないので") && !requester.contains("value=\"choose\""), "{requester}");
    assert_eq!(choose(&mut town.requester, asked(1), offer_id(9), 10).status, 422);
    // Under the same name as before: it is done, so it is written down.
    town.deployment.wait(1);
    assert_eq!(town.sees(0, &[("act", "show"), ("skill", "care")], 1).status, 303);
    assert_eq!(choose(&mut town.requester, asked(1), offer_id(9), 11).status, 303);
    assert_eq!(town.sees(0, &taken_back, 2).status, 303);
    let path = town.path_of(0);
    assert!(page(&town.operator, &path).contains("いまのままでは手伝えない約束"));
    let log = page(&town.helpers[0], "/me/log");
    let lines = ["確認を記録しました", "確認を取り消しました"].map(|words| log.matches(words).count());
    assert_eq!(lines, [2, 2]);
    let refused = town.sees(0, &[("act", "show"), ("skill", "cooking")], 3);
    assert_eq!(refused.status, 422, "it takes no proof");
    for fields in [&[("act", "show")][..], &[("act", "pay")], &[]] {
        assert_eq!(town.sees(0, fields, 4).status, 403, "{fields:?}");
    }
    let left = town.helpers[0].browser.post("/help/profile", &[("act", "leave")]);
    assert_eq!(left.status, 303);
    let path = town.path_of(0);
    assert_eq!(town.operator.browser.get(&path).status, 404, "who has left is nobody's to see");
    assert_eq!(town.sees(0, &[("act", "course"), ("course", "2026-01-01")], 5).status, 404);
}
