//! What happened and what is still to come, each with who does it.

use leptos::prelude::*;
use shared::cohelp::{Milestone, Phase, Side, TimelineStep, What, Who};

use super::Here;
use crate::design::timeline::{Stage, Step, Timeline};
use crate::i18n::{Phrase, format, texts};

/// The steps of the job, the current one marked.
pub(in crate::cohelp) fn steps(here: Here<'_>) -> impl IntoView + use<> {
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
    let own = next.who == Who::You && matches!(next.what, What::Report | What::Thank);
    let of_turn = lines.iter().position(|line| own && line.own && !line.done);
    of_turn.or_else(|| lines.iter().position(|line| !line.done))
}

fn lines(here: Here<'_>) -> Vec<Line> {
    let job = here.job();
    let mut lines: Vec<Line> = Vec::with_capacity(job.timeline.len() + 1);
    for step in &job.timeline {
        lines.push(line(here, step));
    }
    // Who is on neither side, and not of the centre, sees the asking only; what comes next for them is the choice.
    if matches!(job.card.phase, Phase::Open | Phase::Offered) && job.timeline.len() == 1 {
        let choice = TimelineStep { what: Milestone::Chosen, who: Some(Side::Requester), at: None, done: false };
        lines.push(line(here, &choice));
    }
    lines
}

fn line(here: Here<'_>, step: &TimelineStep) -> Line {
    let locale = here.locale();
    let who = match (step.who, step.what) {
        (Some(side), _) => here.person(side),
        (None, Milestone::Introduced | Milestone::Decided | Milestone::Unsuited | Milestone::Closed) => {
            texts::help_centre(locale)
        }
        (None, Milestone::Notified) if step.done => texts::help_centre(locale),
        (None, _) => here.frame.town_name(),
    };
    let title = match step.what {
        Milestone::Asked => texts::help_step_asked(locale),
        Milestone::Chosen => texts::help_step_offered(locale),
        Milestone::PointsSetAside => texts::help_step_aside(locale),
        Milestone::Introduced => texts::help_step_introduced(locale),
        Milestone::Notified => texts::help_step_notified(locale),
        Milestone::Started => texts::help_step_started(locale),
        Milestone::Reported => texts::help_step_confirmed(locale, &who),
        Milestone::Disputed => texts::help_step_disputed(locale),
        Milestone::Decided => texts::help_step_decided(locale),
        Milestone::Paid => texts::help_step_paid(locale),
        Milestone::Thanked => texts::help_step_thanks(locale, &who),
        Milestone::Cancelled => texts::help_step_cancelled(locale),
        Milestone::Lapsed => texts::help_step_lapsed(locale),
        Milestone::NotHelped => texts::help_step_not_helped(locale),
        Milestone::Unsuited => texts::help_step_unsuited(locale),
        Milestone::Closed => texts::help_step_closed(locale),
        Milestone::PointsBack => texts::help_step_back(locale),
        Milestone::Expired => texts::help_step_expired(locale),
    };
    let names_itself = matches!(step.what, Milestone::Reported | Milestone::Thanked);
    let nobody = match step.what {
        Milestone::Lapsed | Milestone::Expired | Milestone::NotHelped | Milestone::Started | Milestone::Disputed => {
            true
        }
        Milestone::Notified => !step.done,
        _ => false,
    };
    let window = here.job().card.window;
    let note = match (step.at.map(|at| format::moment(locale, at)), names_itself || nobody) {
        (Some(at), true) => Some(at),
        (Some(at), false) => Some(texts::help_step_by(locale, &who, &at)),
        (None, true) if step.what == Milestone::Started => {
            Some(format::window(locale, window.day(), window.from_minute(), window.to_minute()))
        }
        (None, true) => None,
        (None, false) => Some(who),
    };
    let own = names_itself && step.who.is_some() && step.who == here.job().card.side;
    Line { title, note, done: step.done, own }
}
