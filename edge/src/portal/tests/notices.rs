//! What people are told of their jobs, and that each reads their own.

use shared::kernel::JobId;

use super::cohelp::Town;
use crate::testing::{Resident, act, ask, body_text, choose, offer_id};
use crate::world::Object;

fn page(who: &Resident, path: &str) -> String {
    let answer = who.browser.clone().get(path);
    assert_eq!(answer.status, 200, "{path}");
    body_text(&answer)
}

/// Somebody has asked, and both others offer.
fn town() -> (Town, JobId) {
    let mut town = Town::with_points(1_000);
    assert_eq!(ask(&mut town.requester, 500, 2).status, 303);
    let job = town.deployment.jobs()[0].id;
    for (helper, number) in town.helpers.iter_mut().zip(10..) {
        assert_eq!(act(helper, job, "offer", &[], number).status, 303);
    }
    (town, job)
}

#[test]
fn each_is_told_what_the_others_did_and_reads_it_once() {
    let (mut town, job) = town();
    assert!(page(&town.requester, "/").contains("新しいお知らせが2件あります"));
    let first = page(&town.requester, "/notices");
    assert_eq!(first.matches("手伝えるという申し出がありました").count(), 2);
    assert_eq!(first.matches("新着").count(), 2);
    assert!(first.contains(&format!("href=\"/help/{job}\"")));
    assert_eq!(page(&town.requester, "/notices").matches("新着").count(), 0, "read");
    assert!(!page(&town.requester, "/").contains("新しいお知らせ"));
    assert!(page(&town.helpers[0], "/notices").contains("お知らせは、まだありません"), "one's own act is no news");
    assert_eq!(choose(&mut town.requester, job, offer_id(10), 20).status, 303);
    town.deployment.ring_until_quiet();
    assert!(page(&town.helpers[0], "/notices").contains("手伝いが決まりました"));
    let other = page(&town.helpers[1], "/notices");
    assert!(other.contains("申し出は、今回は見送りになりました") && !other.contains("手伝いが決まりました"));
    assert!(!page(&town.requester, "/notices").contains("手伝いが決まりました"));
}

#[test]
fn who_keeps_away_looks_like_somebody_who_chose_another() {
    let (mut town, job) = town();
    let offer = offer_id(10).to_string();
    assert_eq!(act(&mut town.requester, job, "part", &[("offer", &offer)], 30).status, 303);
    assert!(page(&town.helpers[0], "/notices").contains("申し出は、今回は見送りになりました"));
    assert!(page(&town.helpers[1], "/notices").contains("お知らせは、まだありません"));
}

#[test]
fn what_one_is_told_outlives_the_server() {
    let (town, _) = town();
    let kept = town.deployment.count(Object::Town, "notification");
    town.deployment.restart();
    assert_eq!(town.deployment.count(Object::Town, "notification"), kept);
    assert!(page(&town.requester, "/").contains("新しいお知らせが2件あります"));
}
