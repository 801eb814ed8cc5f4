//! The forms of co-help, as somebody fills them in.

use futures_executor::block_on;
use shared::cohelp::fixture;
use shared::kernel::{CommandId, ConcernId, JobId, OfferId, PhotoId};

use crate::http::Response;

use super::people::{Resident, command};

/// A request for the day tests begin.
pub(crate) const REQUEST: [(&str, &str); 7] = [
    ("category", "shopping"),
    ("title", "牛乳と卵の買い物"),
    ("details", "青い屋根の家です。"),
    ("area", "minatohara"),
    ("day", "2026-11-21"),
    ("from", "14:00"),
    ("to", "15:30"),
];

/// Asks for help with some fields changed; `step` is what the button says.
pub(crate) fn ask_with(who: &mut Resident, changed: &[(&str, &str)], reward: u64, number: u64, step: &str) -> Response {
    let (command, reward) = (command(number), reward.to_string());
    let kept = REQUEST.iter().filter(|(name, _)| !changed.iter().any(|(other, _)| other == name)).copied();
    let own = [("reward", reward.as_str()), ("minutes", "60"), ("step", step), ("command_id", &command)];
    let fields: Vec<_> = kept.chain(changed.iter().copied()).chain(own).collect();
    who.browser.post("/help/new", &fields)
}

/// Asks for help.
pub(crate) fn ask(who: &mut Resident, reward: u64, number: u64) -> Response {
    ask_with(who, &[], reward, number, "send")
}

/// Does something on the page of a job.
pub(crate) fn act(who: &mut Resident, job: JobId, act: &str, fields: &[(&str, &str)], number: u64) -> Response {
    let command = command(number);
    let own = [("act", act), ("command_id", command.as_str())];
    who.browser.post(&format!("/help/{job}"), &[fields, &own].concat())
}

/// The offer made under a command id of that number.
pub(crate) fn offer_id(number: u64) -> OfferId {
    OfferId::derive("cohelp.offer", &u128::from(number).to_be_bytes())
}

/// Chooses an offer.
pub(crate) fn choose(who: &mut Resident, job: JobId, offer: OfferId, number: u64) -> Response {
    act(who, job, "choose", &[("offer", &offer.to_string())], number)
}

/// Does something for a job at the desk of the centre.
pub(crate) fn desk(who: &mut Resident, job: JobId, act: &str, fields: &[(&str, &str)], number: u64) -> Response {
    let command = command(number);
    let own = [("act", act), ("command_id", command.as_str())];
    who.browser.post(&format!("/desk/{job}"), &[fields, &own].concat())
}

/// What somebody registers who helps with shopping and phones on Saturdays, from nearby on foot.
pub(crate) const PROFILE: [(&str, &str); 10] = [
    ("area", "minatohara"),
    ("kinds", "shopping"),
    ("kinds", "phone"),
    ("times", "sat-morning"),
    ("times", "sat-afternoon"),
    ("reach", "5000"),
    ("travel", "foot"),
    ("languages", "ja"),
    ("per-week", "3"),
    ("rest-from", ""),
];

/// Registers as somebody who helps, with some fields changed.
pub(crate) fn register(who: &mut Resident, changed: &[(&str, &str)]) -> Response {
    let kept = PROFILE.iter().filter(|(name, _)| !changed.iter().any(|(other, _)| other == name)).copied();
    let fields: Vec<_> = kept.chain(changed.iter().copied()).chain([("act", "save")]).collect();
    who.browser.post("/help/profile", &fields)
}

/// A picture of one point, with those words in it where nobody looks for any.
pub(crate) fn picture(words: &[u8]) -> Vec<u8> {
    let point = fixture::picture().unwrap();
    let (header, rest) = point.bytes().split_at(33);
    let length = u32::try_from(words.len()).unwrap().to_be_bytes();
    [header, &length, b"IDAT", words, b"\0\0\0\0", rest].concat()
}

/// Sends a photo from the page of a job.
pub(crate) fn send_photo(who: &mut Resident, job: JobId, caption: &str, picture: &[u8], number: u64) -> Response {
    let command = command(number);
    let fields = [("act", "photo"), ("caption", caption), ("command_id", command.as_str())];
    let form = who.browser.form_with_file(&format!("/help/{job}"), &fields, "picture", picture);
    block_on(who.browser.send(form))
}

/// The photo that was sent by that person under a command id of that number.
pub(crate) fn photo_id(who: &Resident, number: u64) -> PhotoId {
    let command = [who.person.as_bytes().as_slice(), &u128::from(number).to_be_bytes()].concat();
    PhotoId::derive("cohelp.photo", CommandId::derive("cohelp.tell", &command).as_bytes())
}

/// What was told the centre of somebody met in that job under a command id of that number.
pub(crate) fn concern_id(number: u64, job: JobId) -> ConcernId {
    ConcernId::derive("cohelp.concern", &[u128::from(number).to_be_bytes().as_slice(), job.as_bytes()].concat())
}
