use leptos::prelude::*;

use crate::{
    design::{
        field::Field,
        select::{Choice, Select},
    },
    i18n::{Phrase, format},
};

/// An hour of the day out of steps, sent as `14:00`: choosing is easier than typing.
#[component]
pub fn TimeField(
    /// Label, help, mark, error.
    field: Field,
    /// What was chosen before, as sent.
    #[prop(optional, into)]
    value: String,
    /// The first step, in minutes after midnight.
    from_minute: u16,
    /// The last step, in minutes after midnight.
    to_minute: u16,
    /// From step to step, in minutes.
    #[prop(default = 30)]
    step_minutes: u16,
    /// The words of the empty entry.
    empty: Phrase,
) -> impl IntoView {
    let steps = (from_minute..=to_minute).step_by(usize::from(step_minutes.max(1)));
    let choices: Vec<Choice> =
        steps.map(|minute| Choice::new(format::hour(minute), Phrase::given(format::hour(minute)))).collect();
    view! { <Select field=field choices=choices value=value empty=empty/> }
}
