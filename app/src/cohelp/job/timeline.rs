//! What happened and what is still to come, each with who does it.

use leptos::prelude::*;
use shared::cohelp::{Milestone, Phase, Side, TimelineStep, What, Who};

use super::Here;
use crate::design::timeline::{Stage, Step, Timeline};
use crate::i18n::{Phrase, format, texts};

/// The steps of the job, the current one marked.
pub(super) fn steps(here: Here<'_>) -> impl IntoView + use<> {
    let locale = here.locale();
    let lines = lines(here);
    let current = current(here, &lines);
    let steps = lines
        .into_iter()
        .enumerate()
        .map(|(index, line)| {
            let stage = match line.done {
                true => Stage::Done,
                false if current == Some(index) => Stage::Current,
                false => Stage::Coming,
            };
            let word = match stage {
                Stage::Done => texts::help_stage_done(locale),
                Stage::Current => texts::help_stage_current(locale),
                Stage::Coming => texts::help_stage_coming(locale),
            };
            Step { title: line.title, note: line.note, stage, word }
        })
        .collect::<Vec<_>>();
    view! { <Timeline steps=steps/> }
}

struct Line {
    title: Phrase,
    note: Option<Phrase>,
    done: bool,
    /// The reader's own confirmation or thanks.
    own: bool,
}

/// The step that is now: the reader's own if it is their turn, as both may confirm and thank in any order; else the
/// first that is not done. None when all is over: thanks that may never come are no step for the other one.
fn current(here: Here<'_>, lines: &[Line]) -> Option<usize> {
    let next = here.job().card.next?;
    let own = next.who == Who::You && matches!(next.what, What::Confirm | What::Thank);
    let of_turn = lines.iter().position(|line| own && line.own && !line.done);
    of_turn.or_else(|| lines.iter().position(|line| !line.done))
}

fn lines(here: Here<'_>) -> Vec<Line> {
    let job = here.job();
    let mut lines: Vec<Line> = Vec::with_capacity(job.timeline.len() + 1);
    for step in &job.timeline {
        lines.push(line(here, step));
        if step.what == Milestone::PointsSetAside {
            lines.push(meeting(here));
        }
    }
    // Who is on neither side sees the asking only; what comes next for them is the choice.
    if matches!(job.card.phase, Phase::Open | Phase::Offered) && job.card.side.is_none() {
        let choice = TimelineStep { what: Milestone::Chosen, who: Some(Side::Requester), at: None, done: false };
        lines.push(line(here, &choice));
    }
    lines
}

/// Meeting is nothing the portal is told about: it lies between the agreement and the first confirmation.
fn meeting(here: Here<'_>) -> Line {
    let (locale, job) = (here.locale(), here.job());
    let window = job.card.window;
    let confirmed = job.timeline.iter().any(|step| step.what == Milestone::Confirmed && step.done);
    let agreed = job.timeline.iter().any(|step| step.what == Milestone::PointsSetAside && step.done);
    Line {
        title: texts::help_step_agreed(locale),
        note: Some(format::window(locale, window.day(), window.from_minute(), window.to_minute())),
        done: confirmed || (agreed && here.page.now >= window.ends()),
        own: false,
    }
}

fn line(here: Here<'_>, step: &TimelineStep) -> Line {
    let locale = here.locale();
    let who = step.who.map_or_else(|| here.frame.town_name(), |side| here.person(side));
    let title = match step.what {
        Milestone::Asked => texts::help_step_asked(locale),
        Milestone::Chosen => texts::help_step_offered(locale),
        Milestone::PointsSetAside => texts::help_step_aside(locale),
        Milestone::Confirmed => texts::help_step_confirmed(locale, &who),
        Milestone::Paid => texts::help_step_paid(locale),
        Milestone::Thanked => texts::help_step_thanks(locale, &who),
        Milestone::Cancelled => texts::help_step_cancelled(locale),
        Milestone::Lapsed => texts::help_step_lapsed(locale),
        Milestone::PointsBack => texts::help_step_back(locale),
        Milestone::Expired => texts::help_step_expired(locale),
    };
    let names_itself = matches!(step.what, Milestone::Confirmed | Milestone::Thanked);
    let nobody = matches!(step.what, Milestone::Lapsed | Milestone::Expired);
    let note = match (step.at.map(|at| format::moment(locale, at)), names_itself || nobody) {
        (Some(at), true) => Some(at),
        (Some(at), false) => Some(texts::help_step_by(locale, &who, &at)),
        (None, true) => None,
        (None, false) => Some(who),
    };
    let own = names_itself && step.who.is_some() && step.who == here.job().card.side;
    Line { title, note, done: step.done, own }
}
