//! People of the demo and what they do first: prove a card, make a passkey, open a staff link, be granted points.

use shared::kernel::{MemberNumber, Points};
use shared::wire::{Tell, Told};

use crate::demo::Demo;
use crate::step::{Because, Outcome};

use super::browser::{Browser, Landed};
use super::soft::SoftAuthenticator;

/// Somebody signed in with a passkey.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their browser; its cookies are the session.
    pub browser: Browser,
    /// Their passkeys.
    pub device: SoftAuthenticator,
    /// Their member number.
    pub member: MemberNumber,
    /// Where the portal is.
    pub origin: String,
}

impl Person {
    /// The portal's port.
    pub fn port(&self) -> Outcome<u16> {
        let port = self.origin.rsplit(':').next().unwrap_or_default();
        port.parse().because(&self.origin)
    }

    fn signed_in(origin: &str, mut browser: Browser, mut device: SoftAuthenticator) -> Outcome<Self> {
        make_passkey(&mut browser, origin, &mut device)?;
        let member = member(&mut browser, origin)?;
        Ok(Self { browser, device, member, origin: origin.to_owned() })
    }
}

/// A resident of the sandbox issuer (`resident-0001` to `resident-9999`, or somebody by id), joined and with a passkey.
pub fn resident(demo: &Demo, person: &str) -> Outcome<Person> {
    let mut browser = Browser::default();
    join(&mut browser, demo, person)?;
    Person::signed_in(&demo.origin(), browser, SoftAuthenticator::synced(seed(person)))
}

/// Somebody of the staff through the one-time link of that role, with a passkey. Works once for each start of the demo.
pub fn staff(demo: &Demo, role: &str) -> Outcome<Person> {
    let links = demo.staff_links();
    let link = links.into_iter().find(|(known, _)| *known == role).map(|(_, link)| link);
    let link = link.ok_or_else(|| format!("there is no staff link for `{role}`"))?;
    let mut browser = Browser::default();
    let opened = browser.post(&link, &[])?;
    arrived(&opened, "/join/passkey", "opening the staff link")?;
    Person::signed_in(&demo.origin(), browser, SoftAuthenticator::bound(seed(role)))
}

/// Proves a card at the sandbox issuer; afterwards the browser has a session.
pub fn join(browser: &mut Browser, demo: &Demo, person: &str) -> Outcome {
    let page = browser.post(&format!("{}/join", demo.origin()), &[])?;
    if !page.path()?.starts_with("/card/") {
        return Err(format!("/join led to {} ({})", page.url, page.answer.status));
    }
    let back = browser.post(&page.url, &[("person", person), ("outcome", "ok")])?;
    if !back.url.starts_with(&demo.origin()) {
        return Err(format!("the card issuer answered {} for `{person}`", back.answer.status));
    }
    match (back.path()?.as_str(), back.answer.status) {
        ("/join/callback", status) => Err(format!("the card of `{person}` was refused ({status})")),
        _ => Ok(()),
    }
}

/// Makes a passkey for whoever is signed in; the session is then one that began with it.
pub fn make_passkey(browser: &mut Browser, origin: &str, device: &mut SoftAuthenticator) -> Outcome {
    let options = options(browser.tell(origin, &Tell::StartPasskey)?)?;
    let credential =
        device.create(&options, origin).map_err(|error| format!("the device made no passkey: {error:?}"))?;
    entered(browser.tell(origin, &Tell::FinishPasskey { credential, name: "めぐり".to_owned() })?)
}

/// Begins to sign in with a passkey of the device: its answer, ready to be sent.
pub fn begin_sign_in(browser: &mut Browser, origin: &str, device: &mut SoftAuthenticator) -> Outcome<Tell> {
    let options = options(browser.tell(origin, &Tell::StartSignIn)?)?;
    let credential = device.get(&options, origin).map_err(|error| format!("the device has no passkey: {error:?}"))?;
    Ok(Tell::FinishSignIn { credential, next: "/".to_owned() })
}

/// The member number on わたし.
pub fn member(browser: &mut Browser, origin: &str) -> Outcome<MemberNumber> {
    let page = browser.get(&format!("{origin}/me"))?;
    arrived(&page, "/me", "opening わたし")?;
    find_member(&page.answer.text()).ok_or_else(|| "/me shows no member number".to_owned())
}

/// Grants points of a budget, as an officer does at `/office`. A fresh passkey is needed: within five minutes of it.
pub fn grant(officer: &mut Person, budget: &str, to: MemberNumber, amount: Points) -> Outcome {
    let url = format!("{}/office", officer.origin);
    let page = officer.browser.get(&url)?;
    arrived(&page, "/office", "opening the office")?;
    let (csrf, command) = (page.field("csrf")?, page.field("command_id")?);
    let (member, amount) = (to.to_string(), amount.get().to_string());
    let fields = [
        ("csrf", csrf.as_str()),
        ("command_id", &command),
        ("budget", budget),
        ("member", &member),
        ("amount", &amount),
        ("reason", "ボランティア活動"),
    ];
    let done = officer.browser.post(&url, &fields)?;
    arrived(&done, "/office", "granting")?;
    if done.url.contains("?done=") { Ok(()) } else { Err(format!("the grant led to {}", done.url)) }
}

fn arrived(landed: &Landed, path: &str, doing: &str) -> Outcome {
    match (landed.answer.status, landed.path()?) {
        (200, there) if there == path => Ok(()),
        (status, there) => Err(format!("{doing} led to {there} ({status})")),
    }
}

fn options(told: Told) -> Outcome<String> {
    match told {
        Told::Options(options) => Ok(options),
        other => Err(format!("a passkey ceremony began with {other:?}")),
    }
}

/// Whether a ceremony ended well.
pub fn entered(told: Told) -> Outcome {
    match told {
        Told::Entered { .. } => Ok(()),
        other => Err(format!("a passkey ceremony ended with {other:?}")),
    }
}

/// A device per person whose keys are the same in every run.
fn seed(person: &str) -> u64 {
    person.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The first `1234-5678-90` with a right check digit.
fn find_member(text: &str) -> Option<MemberNumber> {
    let shaped = |window: &[u8]| {
        window
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 9 { *byte == b'-' } else { byte.is_ascii_digit() })
    };
    let numbers = text.as_bytes().windows(12).filter(|window| shaped(window));
    numbers.filter_map(|window| std::str::from_utf8(window).ok()?.parse().ok()).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_member_number_is_found_on_a_page() {
        let number = MemberNumber::from_random(42);
        let html =
            format!("<p>2026-1121-00</p><p>電話 0120-0000-00x<b data-member=\"{number}\">利用者番号 {number}</b>");
        assert_eq!(find_member(&html), Some(number));
        assert_eq!(find_member("<p>1234-5678</p>"), None);
    }
}
