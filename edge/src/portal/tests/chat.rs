//! What the two of a job write to each other: who reads it, who is told of it, and who does not.

use futures_executor::block_on;
use shared::kernel::JobId;

use super::cohelp::{Town, page};
use crate::http::{Method, Request, Response};
use crate::testing::{ORIGIN, Resident, act, choose, desk, offer_id, status_line};
use crate::town::object::Denied;
use crate::world::{Ear, Object};

const PLACE: &str = "裏門のわきの自転車置き場です。";

/// A job that is agreed with the first helper; the second one was not chosen.
fn town() -> (Town, JobId) {
    let (mut town, job) = Town::with_two_offers();
    assert_eq!(choose(&mut town.requester, job, offer_id(10), 20).status, 303);
    town.deployment.ring_until_quiet();
    (town, job)
}

fn say(who: &mut Resident, job: JobId, text: &str, number: u64) -> Response {
    act(who, job, "chat", &[("say", text)], number)
}

fn job_page(who: &Resident, job: JobId) -> String {
    page(who, &format!("/help/{job}"))
}

fn listen(town: &Town, who: &Resident, after: u64, about: Option<JobId>) -> Result<usize, Denied> {
    let session = who.browser.session().unwrap().session();
    town.deployment.listen(Ear { session, after, about })
}

/// The number of the last change that is in the page.
fn after(page: &str) -> u64 {
    let rest = page.split_once("data-after=\"").unwrap().1;
    rest.split_once('"').unwrap().0.parse().unwrap()
}

#[test]
fn the_two_read_each_other_and_nobody_else_does() {
    let (mut town, job) = town();
    let sent = say(&mut town.requester, job, PLACE, 30);
    assert_eq!(status_line(&sent), (303, format!("/help/{job}?done=written#sent").as_str()));
    assert_eq!(say(&mut town.requester, job, PLACE, 30).status, 303);
    let read = job_page(&town.helpers[0], job);
    assert_eq!(read.matches(PLACE).count(), 1, "a repeat is the same message");
    let arrived = [("phrase", "arrived"), ("say", "ほかの文")];
    assert_eq!(act(&mut town.helpers[0], job, "chat", &arrived, 31).status, 303);
    let read = job_page(&town.requester, job);
    assert!(read.contains(PLACE) && read.contains("id=\"chat-2\"") && !read.contains("ほかの文"));
    assert!(!job_page(&town.helpers[1], job).contains(PLACE), "who was not chosen");
    assert_eq!(say(&mut town.helpers[1], job, "わたしも", 32).status, 403);
    for wrong in [[("say", " ")], [("phrase", "hello")], [("say", &"あ".repeat(301))]] {
        assert_eq!(act(&mut town.requester, job, "chat", &wrong, 33).status, 422, "{wrong:?}");
    }
    // Nobody at the centre reads it, until one of the two turns there.
    assert!(!page(&town.operator, &format!("/desk/{job}")).contains(PLACE));
    assert_eq!(act(&mut town.helpers[0], job, "consult", &[("text", "場所が違いました。")], 34).status, 303);
    assert!(page(&town.operator, &format!("/desk/{job}")).contains(PLACE));
    assert!(!page(&town.requester, "/me/log").contains(PLACE));
}

#[test]
fn a_concern_of_one_of_the_two_opens_it_to_the_centre() {
    let (mut town, job) = town();
    assert_eq!(say(&mut town.helpers[0], job, PLACE, 30).status, 303);
    // Somebody who was not chosen tells of something else.
    let told = [("whom", "requester"), ("matter", "other"), ("happened", "返事がありませんでした。")];
    assert_eq!(act(&mut town.helpers[1], job, "raise", &told, 31).status, 303);
    assert!(!page(&town.operator, &format!("/desk/{job}")).contains(PLACE));
    assert_eq!(act(&mut town.helpers[0], job, "raise", &told, 32).status, 303);
    assert!(page(&town.operator, &format!("/desk/{job}")).contains(PLACE));
}

/// That the two differ, or are silent, asks for a decision and opens nothing: none of them has turned to the centre.
#[test]
fn two_who_differ_have_not_turned_to_the_centre() {
    let (mut town, job) = town();
    assert_eq!(say(&mut town.helpers[0], job, PLACE, 30).status, 303);
    assert_eq!(desk(&mut town.operator, job, "introduce", &[("fits", "yes")], 31).status, 303);
    assert_eq!(act(&mut town.helpers[0], job, "notify", &[], 32).status, 303);
    let code = town.code(job);
    assert_eq!(act(&mut town.helpers[0], job, "check-in", &[("code", &code)], 33).status, 303);
    assert_eq!(act(&mut town.helpers[0], job, "report", &[("outcome", "done-60")], 34).status, 303);
    assert_eq!(act(&mut town.requester, job, "report", &[("outcome", "not-done")], 35).status, 303);
    assert_eq!(town.deployment.job(job).state.word(), "disputed");
    assert!(!page(&town.operator, &format!("/desk/{job}")).contains(PLACE));
    assert_eq!(act(&mut town.requester, job, "consult", &[("text", "来ませんでした。")], 36).status, 303);
    assert!(page(&town.operator, &format!("/desk/{job}")).contains(PLACE));
}

/// Who left and was told of reads in no log that somebody looked: that would be telling them.
#[test]
fn who_was_told_of_after_they_left_does_not_find_out() {
    let (mut town, job) = town();
    assert_eq!(say(&mut town.helpers[0], job, PLACE, 30).status, 303);
    assert_eq!(act(&mut town.helpers[0], job, "cancel", &[], 31).status, 303);
    town.deployment.ring_until_quiet();
    let offer = offer_id(10).to_string();
    let told = [("whom", offer.as_str()), ("matter", "other"), ("happened", "約束の前に、やめました。")];
    assert_eq!(act(&mut town.requester, job, "raise", &told, 32).status, 303);
    let before = page(&town.helpers[0], "/me/log").matches("助け合いの内容を見ました").count();
    assert!(page(&town.operator, &format!("/desk/{job}")).contains(PLACE));
    assert_eq!(page(&town.helpers[0], "/me/log").matches("助け合いの内容を見ました").count(), before);
    assert_eq!(page(&town.requester, "/me/log").matches("助け合いの内容を見ました").count(), 1);
}

#[test]
fn whoever_helps_next_does_not_read_it() {
    let (mut town, job) = town();
    assert_eq!(say(&mut town.requester, job, PLACE, 30).status, 303);
    assert_eq!(act(&mut town.helpers[0], job, "cancel", &[], 31).status, 303);
    town.deployment.ring_until_quiet();
    assert!(!job_page(&town.helpers[0], job).contains(PLACE) && !job_page(&town.requester, job).contains(PLACE));
    assert_eq!(say(&mut town.helpers[0], job, "まだ", 32).status, 403);
    assert_eq!(act(&mut town.helpers[1], job, "offer", &[], 33).status, 303);
    assert_eq!(choose(&mut town.requester, job, offer_id(33), 34).status, 303);
    town.deployment.ring_until_quiet();
    assert!(!job_page(&town.helpers[1], job).contains(PLACE));
    assert_eq!(say(&mut town.helpers[1], job, "伺います", 35).status, 303);
    let read = job_page(&town.requester, job);
    assert!(read.contains("伺います") && !read.contains(PLACE));
}

#[test]
fn the_other_one_is_told_once_and_a_page_that_is_open_at_once() {
    let (mut town, job) = town();
    let open = job_page(&town.helpers[0], job);
    let ear = listen(&town, &town.helpers[0], after(&open), Some(job)).unwrap();
    let at_desk = listen(&town, &town.operator, after(&open), None).unwrap();
    town.helpers[0].browser.get("/notifications");
    for (text, number) in [("一つ", 30), ("二つ", 31)] {
        assert_eq!(say(&mut town.requester, job, text, number).status, 303);
    }
    let seen = after(&open);
    let lines = [format!("{} {job}", seen + 1), format!("{} {job}", seen + 2)];
    assert_eq!(town.deployment.told(ear), Some(lines.to_vec()));
    assert_eq!(town.deployment.told(at_desk), Some(vec![]), "nothing changed for the desk");
    let live = format!("/help/{job}/live?after={seen}");
    assert_eq!(page(&town.helpers[0], &live), lines.join("\n"), "without a socket");
    assert!(page(&town.helpers[0], "/").contains("新しいお知らせが1件あります"));
    assert!(job_page(&town.helpers[0], job).contains("二つ"));
    assert!(!page(&town.helpers[0], "/").contains("新しいお知らせ"), "who has read it is not told of it");
    // Of what the centre is told or notes down the two hear nothing, whoever it is about.
    let told = [("whom", "requester"), ("matter", "other"), ("happened", "声が大きかったです。")];
    assert_eq!(act(&mut town.helpers[1], job, "raise", &told, 40).status, 303);
    assert_eq!(desk(&mut town.operator, job, "claim", &[], 41).status, 303);
    assert_eq!(town.deployment.told(ear), Some(vec![]));
    assert_eq!(town.deployment.told(at_desk).map(|told| told.len()), Some(2));
    // What else changes in the job, both hear.
    assert_eq!(desk(&mut town.operator, job, "introduce", &[("fits", "yes")], 32).status, 303);
    assert_eq!(town.deployment.told(ear), Some(vec![format!("{} {job}", seen + 5)]));
    assert_eq!(town.deployment.told(at_desk).map(|told| told.len()), Some(1));
}

#[test]
fn nobody_listens_to_others() {
    let (town, job) = town();
    assert_eq!(listen(&town, &town.helpers[1], 0, Some(job)), Err(Denied::Forbidden));
    assert_eq!(listen(&town, &town.operator, 0, Some(job)), Err(Denied::Forbidden), "an operator no more than others");
    assert_eq!(listen(&town, &town.helpers[0], 0, None), Err(Denied::Forbidden));
    for who in [&town.helpers[1], &town.operator] {
        assert_eq!(who.browser.clone().get(&format!("/help/{job}/live?after=0")).status, 404);
    }
    assert_eq!(town.requester.browser.clone().get("/help/somewhere/live").status, 404);
    let world = town.deployment.world_of(Object::Town);
    let socket = |request: &Request| crate::portal::listen(&world, request).map_err(|Response { status, .. }| status);
    let path = format!("/help/{job}/live");
    let own = town.requester.browser.request(Method::Get, &format!("{path}?after=3"));
    let sound = Request { origin: Some(ORIGIN.to_owned()), ..own.clone() };
    assert_eq!(socket(&sound).map(|ear| (ear.after, ear.about)), Ok((3, Some(job))));
    assert_eq!(socket(&own), Err(403), "from a page of somebody else");
}

#[test]
fn nobody_is_flooded() {
    let (mut town, job) = town();
    let said: Vec<_> = (30..52).map(|number| say(&mut town.helpers[0], job, "もしもし", number)).collect();
    assert!(said[..20].iter().all(|answer| answer.status == 303));
    assert_eq!((said[20].status, said[20].header("retry-after")), (429, Some("3")));
    assert_eq!(say(&mut town.requester, job, "はい", 60).status, 303, "the other one is not kept from answering");
    town.deployment.wait(3);
    assert_eq!(say(&mut town.helpers[0], job, "すみません", 61).status, 303);
}

#[test]
fn what_was_written_outlives_the_server_and_an_open_page_no_session() {
    let (mut town, job) = town();
    assert_eq!(say(&mut town.requester, job, PLACE, 30).status, 303);
    town.deployment.restart();
    assert!(job_page(&town.helpers[0], job).contains(PLACE));
    // The page that asks by itself keeps no session alive.
    let mut asked = town.helpers[0].browser.clone();
    for minutes in [12, 24, 36, 48, 60] {
        town.deployment.wait(12 * 60);
        for path in ["", "?draft=kept", "/live?after=0"].map(|rest| format!("/help/{job}{rest}")) {
            let by_itself = Request { asks_by_itself: true, ..asked.request(Method::Get, &path) };
            let status = block_on(asked.send(by_itself)).status;
            assert_eq!(status, if minutes < 60 { 200 } else { 303 }, "{path} after {minutes} minutes");
        }
    }
}
