//! Identity from end to end: a browser, an issuer, the Registry.

mod card;
mod counter;
mod devices;
mod drafts;
mod interrupted;
mod log;
mod notices;
mod parallel;
mod passkeys;
mod rotation;
mod sessions;
mod staff;

use shared::identity::{Answer, Call, Me};

use crate::http::Body;
use crate::testing::{Browser, Deployment};
use crate::world::Object;

/// How many persons, passkeys, ceremonies and sessions are kept.
fn kept(deployment: &Deployment) -> [usize; 4] {
    ["person", "passkey", "ceremony", "session"].map(|table| deployment.count(Object::Registry, table))
}

/// The status and text of a page.
fn page(browser: &mut Browser, target: &str) -> (u16, String) {
    let answer = browser.get(target);
    match answer.body {
        Body::Text(text) => (answer.status, text),
        other => panic!("{other:?}"),
    }
}

/// Who the browser belongs to, with their passkeys.
fn me(deployment: &Deployment, browser: &Browser) -> Me {
    match deployment.call(Object::Registry, &Call::Me { session: browser.session().unwrap().session() }) {
        Answer::Me(Some(me)) => me,
        other => panic!("{other:?}"),
    }
}
