use leptos::prelude::*;
use shared::kernel::{Day, Timestamp};

use super::{Stage, Step, Timeline};
use crate::{
    design::Example,
    i18n::{Locale, format, texts},
};

/// A job that waits for the requester's choice.
pub fn examples(locale: Locale) -> Vec<Example> {
    let at = Day::from_ymd(2026, 11, 21).map_or(Timestamp(0), |day| day.at_minute(840));
    let step = |title, note, stage| {
        let word = match stage {
            Stage::Done => texts::help_stage_done(locale),
            Stage::Current => texts::help_stage_current(locale),
            Stage::Coming => texts::help_stage_coming(locale),
        };
        Step { title, note, stage, word }
    };
    let steps = vec![
        step(texts::help_step_asked(locale), Some(format::moment(locale, at)), Stage::Done),
        step(texts::help_step_offered(locale), Some(texts::help_turn_choose_you(locale)), Stage::Current),
        step(texts::help_step_agreed(locale), None, Stage::Coming),
        step(texts::help_step_done(locale), None, Stage::Coming),
        step(texts::help_step_thanked(locale), None, Stage::Coming),
    ];
    vec![Example::of("timeline", view! { <Timeline steps=steps/> })]
}
