use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use shared::wire::Ask;

use super::*;

/// Runs a future that never waits.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => answer,
        Poll::Pending => panic!("nothing here waits"),
    }
}

/// Answers in order, and keeps what it was told.
struct Script {
    answers: RefCell<Vec<Result<Told, Unanswered>>>,
    told: RefCell<Vec<Tell>>,
}

impl Script {
    fn of(mut answers: Vec<Result<Told, Unanswered>>) -> Self {
        answers.reverse();
        Self { answers: RefCell::new(answers), told: RefCell::default() }
    }
}

impl Portal for Script {
    async fn tell(&self, tell: &Tell) -> Result<Told, Unanswered> {
        self.told.borrow_mut().push(tell.clone());
        self.answers.borrow_mut().pop().expect("no more was to be told")
    }

    async fn ask(&self, _: &Ask) -> Result<Told, Unanswered> {
        panic!("nothing is asked here")
    }
}

struct Key(Result<&'static str, Declined>);

impl Authenticator for Key {
    async fn create(&self, options: &str) -> Result<String, Declined> {
        self.0.map(|word| format!("{word} made for {options}"))
    }

    async fn get(&self, options: &str) -> Result<String, Declined> {
        self.0.map(|word| format!("{word} signed {options}"))
    }

    async fn suggest(&self, options: &str) -> Result<String, Declined> {
        self.0.map(|word| format!("{word} chosen for {options}"))
    }
}

fn options() -> Result<Told, Unanswered> {
    Ok(Told::Options("o".into()))
}

fn go(next: &str) -> Result<Told, Unanswered> {
    Ok(Told::Entered { next: next.into() })
}

#[test]
fn a_passkey_is_made() {
    for (typed, called) in [(" スマホ ", "スマホ"), ("", "この端末"), ("\u{3000}", "この端末")] {
        let portal = Script::of(vec![options(), go("/help")]);
        assert_eq!(now(make(&portal, &Key(Ok("key")), typed, "この端末")), Ok("/help".to_owned()));
        let finish = Tell::FinishPasskey { credential: "key made for o".into(), name: called.into() };
        assert_eq!(*portal.told.borrow(), [Tell::StartPasskey, finish]);
    }
}

#[test]
fn a_passkey_signs_in() {
    for (asking, credential) in [(Asking::Now, "key signed o"), (Asking::Suggesting, "key chosen for o")] {
        let portal = Script::of(vec![options(), go("/wallet")]);
        assert_eq!(now(sign_in(&portal, &Key(Ok("key")), || asking, "/wallet")), Ok("/wallet".to_owned()));
        let finish = Tell::FinishSignIn { credential: credential.into(), next: "/wallet".into() };
        assert_eq!(*portal.told.borrow(), [Tell::StartSignIn, finish]);
    }
}

#[test]
fn a_name_is_checked_before_anybody_is_asked() {
    for (typed, failure) in [("あ".repeat(41), Failure::NameTooLong), ("a\u{7}b".to_owned(), Failure::NameControl)] {
        let portal = Script::of(Vec::new());
        assert_eq!(now(make(&portal, &Key(Ok("key")), &typed, "x")), Err(failure));
        assert!(portal.told.borrow().is_empty());
    }
}

#[test]
fn every_way_to_fail_is_told_apart() {
    let refused = |refusal| Ok(Told::Refused(refusal));
    for (answers, key, failure) in [
        (vec![refused(Refusal::SignedOut)], Ok("k"), Failure::SignedOut),
        (vec![refused(Refusal::TooManyPasskeys)], Ok("k"), Failure::TooMany),
        (vec![Err(Unanswered::Unreachable)], Ok("k"), Failure::Unreachable),
        (vec![Err(Unanswered::Busy)], Ok("k"), Failure::Busy),
        (vec![Ok(Told::Malformed)], Ok("k"), Failure::Unfit),
        (vec![go("/")], Ok("k"), Failure::Unfit),
        (vec![options()], Err(Declined::Cancelled), Failure::Cancelled),
        (vec![options()], Err(Declined::Unsupported), Failure::Unsupported),
        (vec![options()], Err(Declined::Known), Failure::AlreadyHere),
        (vec![options()], Err(Declined::Failed), Failure::Unfit),
        (vec![options(), refused(Refusal::CeremonyGone)], Ok("k"), Failure::Gone),
        (vec![options(), refused(Refusal::CeremonyFailed)], Ok("k"), Failure::Unfit),
        (vec![options(), refused(Refusal::PasskeyKnown)], Ok("k"), Failure::AlreadyHere),
        (vec![options(), refused(Refusal::PasskeyUnknown)], Ok("k"), Failure::Unknown),
        (vec![options(), options()], Ok("k"), Failure::Unfit),
    ] {
        assert_eq!(now(make(&Script::of(answers.clone()), &Key(key), "x", "x")), Err(failure), "{answers:?} {key:?}");
        assert_eq!(
            now(sign_in(&Script::of(answers.clone()), &Key(key), || Asking::Now, "/")),
            Err(failure),
            "{answers:?} {key:?}"
        );
    }
}
