//! Two operators at one desk: who looks after what, and what each is told as it happens.

use shared::kernel::{JobId, Role};

use super::cohelp::Town;
use crate::http::{Method, Request, Response};
use crate::testing::{ORIGIN, Resident, ask, body_text, desk, status_line};
use crate::town::object::Denied;
use crate::world::Object;

fn town() -> (Town, Resident, JobId) {
    let mut town = Town::with_points(1_000);
    let colleague = Resident::staff_of(&town.deployment, Role::Operator, 1);
    assert_eq!(ask(&mut town.requester, 500, 2).status, 303);
    let job = town.deployment.jobs()[0].id;
    (town, colleague, job)
}

fn listen(town: &Town, who: &Resident, after: u64) -> Result<usize, Denied> {
    town.deployment.listen(who.browser.session().unwrap().session(), after)
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

#[test]
fn only_operators_listen() {
    let (town, colleague, _) = town();
    for who in [&town.requester, &town.officer] {
        assert_eq!(listen(&town, who, 0), Err(Denied::Forbidden));
    }
    let session = colleague.browser.session().unwrap().session();
    let mut colleague = colleague;
    assert_eq!(colleague.browser.post("/signout", &[]).status, 200);
    assert_eq!(town.deployment.listen(session, 0), Err(Denied::SignedOut));
}

#[test]
fn sockets_are_opened_from_our_own_pages_only() {
    let (town, colleague, _) = town();
    let world = town.deployment.world_of(Object::Town);
    let socket = |request: &Request| crate::portal::listen(&world, request).map_err(|Response { status, .. }| status);
    let sound =
        Request { origin: Some(ORIGIN.to_owned()), ..colleague.browser.request(Method::Get, "/desk/live?after=7") };
    let session = colleague.browser.session().unwrap().session();
    assert_eq!(socket(&sound), Ok((session, 7)));
    let with = |query: &str| socket(&Request { query: query.to_owned(), ..sound.clone() }).map(|(_, after)| after);
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
