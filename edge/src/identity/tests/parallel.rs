//! The same thing twice at the same moment.

use futures_executor::block_on;
use futures_util::future::join_all;
use shared::kernel::Role;
use shared::wire::Tell;

use crate::http::{Method, Request, Response};
use crate::testing::{Browser, Card, Deployment, Resident, staff_code, visitor};

use super::kept;

/// Sends them all at once; each browser keeps its cookies.
fn at_once(sent: &mut [(Browser, Request)]) -> Vec<Response> {
    block_on(join_all(sent.iter_mut().map(|(browser, request)| browser.send(request.clone()))))
}

fn count(responses: &[Response], status: u16) -> usize {
    responses.iter().filter(|response| response.status == status).count()
}

#[test]
fn one_callback_twice_at_once_enters_once() {
    let deployment = Deployment::new();
    let mut browser = Browser::new(&deployment, 1);
    let back = browser.visit_issuer(&deployment, &Card::of(1), "");
    let request = browser.request(Method::Get, &back);
    let responses = at_once(&mut [(browser.clone(), request.clone()), (browser, request)]);
    assert_eq!((count(&responses, 303), count(&responses, 400)), (1, 1));
    assert_eq!(kept(&deployment), [1, 0, 0, 1]);
}

#[test]
fn one_card_in_many_browsers_at_once_is_one_person() {
    let deployment = Deployment::new();
    let mut sent: Vec<_> = (0..8)
        .map(|number| {
            let mut browser = Browser::new(&deployment, number);
            let back = browser.visit_issuer(&deployment, &Card::of(1), "");
            let request = browser.request(Method::Get, &back);
            (browser, request)
        })
        .collect();
    assert_eq!(count(&at_once(&mut sent), 303), 8);
    assert_eq!(kept(&deployment), [1, 0, 0, 8]);
    let persons: Vec<_> = sent.iter().map(|(browser, _)| visitor(&deployment, browser).unwrap().actor.person).collect();
    assert!(persons.iter().all(|person| *person == persons[0]));
}

#[test]
fn one_sign_in_twice_at_once_enters_once() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    let credential = resident.browser.begin_sign_in();
    let request = resident.browser.envelope(&Tell::FinishSignIn { credential, next: String::new() });
    let mut sent = [(resident.browser.clone(), request.clone()), (resident.browser, request)];
    at_once(&mut sent);
    let alive = sent.iter().filter(|(browser, _)| visitor(&deployment, browser).is_some()).count();
    assert_eq!((alive, kept(&deployment)[3]), (1, 1));
}

#[test]
fn one_staff_link_in_two_browsers_at_once_is_one_account() {
    let deployment = Deployment::new();
    let path = format!("/staff/{}", staff_code(Role::Officer, 0));
    let mut sent = [1, 2].map(|number| {
        let browser = Browser::new(&deployment, number);
        let request = browser.form(&path, &[]);
        (browser, request)
    });
    let responses = at_once(&mut sent);
    assert_eq!((count(&responses, 303), count(&responses, 410)), (1, 1));
    assert_eq!(kept(&deployment), [1, 0, 0, 1]);
}

#[test]
fn signing_out_while_paying_is_one_before_the_other() {
    let deployment = Deployment::new();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    let [payer, payee] = [1, 2].map(|number| Resident::join(&deployment, number));
    officer.grant(&payer, 10, 1);
    let member = payee.member.to_string();
    let command = crate::testing::command(5);
    let pay = payer.browser.form("/wallet/pay", &[("member", &member), ("amount", "4"), ("command_id", &command)]);
    let out = payer.browser.form("/signout", &[]);
    let responses = at_once(&mut [(payer.browser.clone(), out), (payer.browser.clone(), pay)]);
    let paid = responses[1].header("location").is_some_and(|to| to.starts_with("/wallet/done/"));
    let points = if paid { 6 } else { 10 };
    assert_eq!(deployment.points(payer.account()), (points, points));
    assert!(visitor(&deployment, &payer.browser).is_none());
}
