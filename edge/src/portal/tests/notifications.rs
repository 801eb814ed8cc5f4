//! What people are told of their jobs, and that each reads their own.

use shared::cohelp::helping::helper_id;

use super::cohelp::{Town, page};
use crate::testing::{act, ask, choose, desk, offer_id, register};
use crate::world::Object;

#[test]
fn each_is_told_what_the_others_did_and_reads_it_once() {
    let (mut town, job) = Town::with_two_offers();
    assert!(page(&town.requester, "/").contains("新しいお知らせが1件あります"), "one line until it is seen");
    let first = page(&town.requester, "/notifications");
    assert_eq!(first.matches("手伝えるという申し出がありました").count(), 1);
    assert_eq!(first.matches("新着").count(), 1);
    assert!(first.contains(&format!("href=\"/help/{job}\"")));
    assert_eq!(page(&town.requester, "/notifications").matches("新着").count(), 0, "read");
    assert!(!page(&town.requester, "/").contains("新しいお知らせ"));
    assert!(
        page(&town.helpers[0], "/notifications").contains("お知らせは、まだありません"),
        "one's own act is no news"
    );
    assert_eq!(choose(&mut town.requester, job, offer_id(10), 20).status, 303);
    town.deployment.ring_until_quiet();
    assert!(page(&town.helpers[0], "/notifications").contains("手伝いが決まりました"));
    let other = page(&town.helpers[1], "/notifications");
    assert!(other.contains("申し出は、今回は見送りになりました") && !other.contains("手伝いが決まりました"));
    assert!(!page(&town.requester, "/notifications").contains("手伝いが決まりました"));
}

#[test]
fn who_keeps_away_looks_like_somebody_who_chose_another() {
    let (mut town, job) = Town::with_two_offers();
    let offer = offer_id(10).to_string();
    assert_eq!(act(&mut town.requester, job, "part", &[("offer", &offer)], 30).status, 303);
    assert!(page(&town.helpers[0], "/notifications").contains("申し出は、今回は見送りになりました"));
    assert!(page(&town.helpers[1], "/notifications").contains("お知らせは、まだありません"));
}

#[test]
fn what_one_is_told_outlives_the_server() {
    let (town, _) = Town::with_two_offers();
    let kept = town.deployment.count(Object::Town, "notification");
    town.deployment.restart();
    assert_eq!(town.deployment.count(Object::Town, "notification"), kept);
    assert!(page(&town.requester, "/").contains("新しいお知らせが1件あります"));
}

#[test]
fn no_line_says_more_than_the_page_behind_it() {
    let mut town = Town::with_points(1_000);
    assert_eq!(ask(&mut town.requester, 500, 2).status, 303);
    let job = town.deployment.jobs()[0].id;
    assert_eq!(register(&mut town.helpers[0], &[]).status, 303);
    let asked = helper_id(town.helpers[0].person).to_string();
    assert_eq!(desk(&mut town.operator, job, "enquire", &[("helper", &asked)], 3).status, 303);
    let line = "手伝えるかどうか、センターからのお尋ねです";
    assert!(page(&town.helpers[0], "/notifications").contains(line));
    assert_eq!(act(&mut town.helpers[0], job, "part", &[], 70).status, 303);
    assert_eq!(town.helpers[0].browser.get(&format!("/help/{job}")).status, 404);
    assert!(!page(&town.helpers[0], "/notifications").contains(line));
}
