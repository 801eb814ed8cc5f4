//! 助け合い as people do it: ask, offer, choose, begin, report, thank, each with the form on its page.

use crate::step::Outcome;

use super::browser::Landed;
use super::people::Person;

/// A request as typed.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// Word of the kind of help.
    pub category: &'a str,
    /// A few words.
    pub title: &'a str,
    /// Word of the area.
    pub area: &'a str,
    /// The day, `2026-11-21`.
    pub day: &'a str,
    /// Beginning and end, `10:00`.
    pub window: (&'a str, &'a str),
    /// Points of thanks.
    pub reward: u64,
}

/// Asks for help; gives the word of the job in its URL.
pub fn ask(person: &mut Person, wish: &Wish<'_>) -> Outcome<String> {
    let url = format!("{}/help/new", person.origin);
    let page = person.browser.get(&url)?;
    let reward = wish.reward.to_string();
    let mut fields = vec![
        ("category", wish.category),
        ("title", wish.title),
        ("details", "くわしくは会ってからお話しします。"),
        ("area", wish.area),
        ("day", wish.day),
        ("from", wish.window.0),
        ("to", wish.window.1),
        ("minutes", ""),
        ("reward", &reward),
    ];
    let (csrf, command) = (page.field("csrf")?, page.field("command_id")?);
    fields.extend([("csrf", csrf.as_str()), ("command_id", &command), ("step", "send")]);
    let sent = person.browser.post(&url, &fields)?;
    let path = done(&sent, "asking for help")?;
    path.strip_prefix("/help/").map(str::to_owned).ok_or_else(|| format!("asking for help led to {path}"))
}

/// Offers to take a job.
pub fn offer(person: &mut Person, job: &str) -> Outcome {
    act(person, job, "offer", &[("note", "")])
}

/// Chooses the one offer for a job.
pub fn choose(person: &mut Person, job: &str) -> Outcome {
    let page = job_page(person, job)?;
    let offer = page.field("offer")?;
    act(person, job, "choose", &[("offer", &offer)])
}

/// Introduces the two of a job to each other, as an operator of the centre.
pub fn introduce(operator: &mut Person, job: &str) -> Outcome {
    at_desk(operator, job, &[("act", "introduce"), ("fits", "yes")])
}

/// Does something for a job as an operator of the centre.
pub fn at_desk(operator: &mut Person, job: &str, fields: &[(&str, &str)]) -> Outcome {
    send(operator, &format!("/desk/{job}"), fields)
}

/// Tells the centre, meets, and gives the code that the requester reads out.
pub fn begin(helper: &mut Person, requester: &mut Person, job: &str) -> Outcome {
    act(helper, job, "notify", &[])?;
    let page = job_page(requester, job)?;
    let code = page.text_of("mg-readout__value")?;
    act(helper, job, "check-in", &[("code", &code)])
}

/// Says that all of an hour's or two hours' work was done, or what else the page begins with.
pub fn report(person: &mut Person, job: &str) -> Outcome {
    let outcome = job_page(person, job)?.field("outcome")?;
    act(person, job, "report", &[("outcome", &outcome)])
}

/// Says thanks for a job.
pub fn thank(person: &mut Person, job: &str, message: &str) -> Outcome {
    act(person, job, "thank", &[("rating", "5"), ("message", message)])
}

fn job_page(person: &mut Person, job: &str) -> Outcome<Landed> {
    person.browser.get(&format!("{}/help/{job}", person.origin))
}

fn act(person: &mut Person, job: &str, act: &str, more: &[(&str, &str)]) -> Outcome {
    send(person, &format!("/help/{job}"), &[&[("act", act)], more].concat())
}

fn send(person: &mut Person, path: &str, fields: &[(&str, &str)]) -> Outcome {
    let url = format!("{}{path}", person.origin);
    let page = person.browser.get(&url)?;
    let (csrf, command) = (page.field("csrf")?, page.field("command_id")?);
    let own = [("csrf", csrf.as_str()), ("command_id", &command)];
    let sent = person.browser.post(&url, &[&own, fields].concat())?;
    done(&sent, &format!("{fields:?}")).map(drop)
}

/// The path of the page that says it is done.
fn done(landed: &Landed, doing: &str) -> Outcome<String> {
    if landed.answer.status == 200 && landed.url.contains("?done=") {
        landed.path()
    } else {
        Err(format!("{doing} led to {} ({})", landed.url, landed.answer.status))
    }
}
