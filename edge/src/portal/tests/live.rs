//! Two operators at one desk: who looks after what, and what each is told as it happens.

use futures_executor::block_on;
use shared::cohelp::fixture::TODAY;
use shared::kernel::{JobId, Role};

use super::cohelp::Town;
use crate::http::{Method, Request, Response};
use crate::testing::{ORIGIN, Resident, ask, body_text, desk, register, status_line};
use crate::town::object::Denied;
use crate::world::{Ear, Object};

fn town() -> (Town, Resident, JobId) {
    let mut town = Town::with_points(1_000);
    let colleague = Resident::staff_of(&town.deployment, Role::Operator, 1);
    assert_eq!(ask(&mut town.requester, 500, 2).status, 303);
    let job = town.deployment.jobs()[0].id;
    (town, colleague, job)
}

fn listen(town: &Town, who: &Resident, after: u64) -> Result<usize, Denied> {
    let session = who.browser.session().unwrap().session();
    town.deployment.listen(Ear { session, after, about: None })
}

fn page(who: &mut Resident, path: &str) -> String {
    let answer = who.browser.get(path);
    assert_eq!(answer.status, 200, "{path}");
    body_text(&answer)
}

/// The number of the last change that is in the page.
fn after(page: &str) -> u64 {
    let rest = page.split_once("data-after=\"").unwrap().1;
    rest.split_once('"').unwrap().0.parse().unwrap()
}

fn news(who: &mut Resident, after: u64) -> String {
    page(who, &format!("/desk/live?after={after}"))
}

#[test]
fn one_looks_after_it_and_the_other_is_told() {
    let (mut town, mut colleague, job) = town();
    let seen = after(&page(&mut colleague, "/desk"));
    let ear = listen(&town, &colleague, seen).unwrap();
    assert_eq!(town.deployment.told(ear), Some(vec![]), "the page has it all");
    assert_eq!(
        status_line(&desk(&mut town.operator, job, "claim", &[], 10)),
        (303, format!("/desk/{job}?done=claim").as_str())
    );
    assert_eq!(town.deployment.told(ear), Some(vec![format!("{} {job}", seen + 1)]));
    assert_eq!(news(&mut colleague, seen), format!("{} {job}", seen + 1));
    assert!(page(&mut colleague, "/desk").contains("担当："));
    assert!(!page(&mut colleague, "/desk?show=free").contains(&format!("/desk/{job}\"")));
    assert!(page(&mut town.operator, "/desk?show=mine").contains(&format!("/desk/{job}\"")));
    let reason = ("end", "電話で、もう要らないと聞きました。");
    // Whoever closes shows a passkey first; whoever does not look after it gets no further either way.
    let refused = desk(&mut colleague, job, "close", &[reason], 11);
    assert_eq!(refused.status, 409, "{}", body_text(&refused));
    assert!(body_text(&refused).contains("ほかの人が担当しています"));
    assert_eq!(desk(&mut colleague, job, "claim", &[], 12).status, 303);
    let memo = [("memo", "午後にもう一度電話します。")];
    assert_eq!(desk(&mut town.operator, job, "write", &memo, 13).status, 303);
    assert!(page(&mut colleague, &format!("/desk/{job}")).contains(memo[0].1));
    assert_eq!(desk(&mut colleague, job, "hand-over", &[("memo", "あとを頼みます。")], 14).status, 303);
    assert_eq!(desk(&mut colleague, job, "hand-over", &[], 15).status, 409);
    assert_eq!(desk(&mut colleague, job, "write", &[("memo", " ")], 16).status, 422);
    // The two of the job see nothing of all this.
    let seen = page(&mut town.requester, &format!("/help/{job}"));
    assert!(!seen.contains(memo[0].1) && !seen.contains("あとを頼みます"), "{seen}");
}

#[test]
fn what_happened_while_the_line_was_cut_is_told_once() {
    let (mut town, _, job) = town();
    let seen = after(&page(&mut town.operator, "/desk"));
    for number in 10..13 {
        assert_eq!(desk(&mut town.operator, job, "write", &[("memo", "メモ")], number).status, 303);
    }
    town.deployment.restart();
    let ear = listen(&town, &town.operator, seen + 1).unwrap();
    let told = town.deployment.told(ear);
    assert_eq!(told, Some(vec![format!("{} {job}\n{} {job}", seen + 2, seen + 3)]));
    town.deployment.ring(Object::Town).unwrap();
    assert_eq!(town.deployment.told(ear), Some(vec![]));
    let strange = listen(&town, &town.operator, seen + 9).unwrap();
    assert_eq!(town.deployment.told(strange), Some(vec![format!("all {}", seen + 3)]), "a number nobody gave out");
    assert_eq!(news(&mut town.operator, seen + 3), "");
    assert_eq!(news(&mut town.operator, seen + 9), format!("all {}", seen + 3));
}

#[test]
fn whoever_was_let_in_long_ago_is_told_nothing_and_comes_again() {
    let (mut town, colleague, job) = town();
    let ear = listen(&town, &colleague, 0).unwrap();
    town.deployment.told(ear);
    town.deployment.wait(599);
    assert_eq!(desk(&mut town.operator, job, "write", &[("memo", "メモ")], 10).status, 303);
    assert_eq!(town.deployment.told(ear).map(|told| told.len()), Some(1));
    town.deployment.wait(1);
    assert_eq!(desk(&mut town.operator, job, "write", &[("memo", "メモ")], 11).status, 303);
    assert_eq!(town.deployment.told(ear), None);
}

/// A page that nobody looks at renews itself, and still the session ends: only what somebody does keeps it alive.
#[test]
fn a_page_that_asks_by_itself_keeps_no_session_alive() {
    let (town, colleague, _) = town();
    let mut asked = colleague.browser.clone();
    let by_itself = |path| Request { asks_by_itself: true, ..colleague.browser.request(Method::Get, path) };
    for minutes in [6, 12, 18, 24, 30] {
        town.deployment.wait(6 * 60);
        let (page, there) = (if minutes < 30 { 200 } else { 303 }, minutes < 30);
        for path in ["/desk/live?after=0", "/desk"] {
            assert_eq!(block_on(asked.send(by_itself(path))).status, page, "{path} after {minutes} minutes");
        }
        assert_eq!(listen(&town, &colleague, 0).is_ok(), there, "after {minutes} minutes");
    }
}

#[test]
fn the_end_of_a_claim_is_told_when_the_alarm_rings() {
    let (mut town, mut colleague, job) = town();
    assert_eq!(desk(&mut town.operator, job, "claim", &[], 10).status, 303);
    let seen = after(&page(&mut colleague, "/desk"));
    let ear = listen(&town, &colleague, seen).unwrap();
    town.deployment.wait(30 * 60);
    assert!(town.deployment.alarm(Object::Town).is_some_and(|at| at <= town.deployment.now()));
    town.deployment.ring(Object::Town).unwrap();
    assert_eq!(town.deployment.told(ear), None, "asked half an hour ago, they come again");
    colleague.browser.sign_in("/desk").unwrap();
    let told = listen(&town, &colleague, seen).unwrap();
    assert!(town.deployment.told(told).unwrap().concat().ends_with(&job.to_string()));
    assert!(page(&mut colleague, "/desk?show=free").contains(&format!("/desk/{job}\"")));
}

/// Whom to ask is for who looks after it; a day proposes nobody for what a colleague does.
#[test]
fn nobody_is_asked_for_what_a_colleague_looks_after() {
    let (mut town, mut colleague, job) = town();
    for helper in &mut town.helpers {
        register(helper, &[]);
    }
    let asks = |who: &mut Resident, path: &str| page(who, path).contains("value=\"enquire\"");
    let (case, day) = (format!("/desk/{job}"), format!("/desk/day?day={}", TODAY));
    assert!(asks(&mut colleague, &case) && asks(&mut colleague, &day));
    assert_eq!(desk(&mut town.operator, job, "claim", &[], 10).status, 303);
    assert!(!asks(&mut colleague, &case) && !asks(&mut colleague, &day));
    assert!(page(&mut colleague, &day).contains("担当："));
    assert!(asks(&mut town.operator, &case) && asks(&mut town.operator, &day));
}

#[test]
fn only_operators_listen() {
    let (town, colleague, _) = town();
    for who in [&town.requester, &town.officer] {
        assert_eq!(listen(&town, who, 0), Err(Denied::Forbidden));
    }
    let session = colleague.browser.session().unwrap().session();
    let mut colleague = colleague;
    assert_eq!(colleague.browser.post("/signout", &[]).status, 200);
    assert_eq!(town.deployment.listen(Ear { session, after: 0, about: None }), Err(Denied::SignedOut));
}

#[test]
fn sockets_are_opened_from_our_own_pages_only() {
    let (town, colleague, _) = town();
    let world = town.deployment.world_of(Object::Town);
    let socket = |request: &Request| crate::portal::listen(&world, request).map_err(|Response { status, .. }| status);
    let sound =
        Request { origin: Some(ORIGIN.to_owned()), ..colleague.browser.request(Method::Get, "/desk/live?after=7") };
    let session = colleague.browser.session().unwrap().session();
    assert_eq!(socket(&sound), Ok(Ear { session, after: 7, about: None }));
    let with = |query: &str| socket(&Request { query: query.to_owned(), ..sound.clone() }).map(|ear| ear.after);
    for strange in ["", "after=", "after=-1", "after=x", "after=9007199254740992", "after=99999999999999999999"] {
        assert_eq!(with(strange), Ok(0), "{strange}");
    }
    for origin in [None, Some("https://evil.example".to_owned()), Some("null".to_owned())] {
        assert_eq!(socket(&Request { origin, ..sound.clone() }), Err(403));
    }
    assert_eq!(socket(&Request { cookies: String::new(), ..sound.clone() }), Err(401));
    assert_eq!(socket(&Request { path: "/desk".to_owned(), ..sound.clone() }), Err(404));
    assert_eq!(socket(&Request { method: Method::Post, ..sound }), Err(404));
}
