use leptos::prelude::*;

use crate::i18n::Phrase;

/// A number to read out or copy, large, in figures of equal width.
#[component]
pub fn Readout(
    /// What it is the number of.
    label: Phrase,
    /// The number, in groups.
    value: Phrase,
    /// What it is for.
    note: Phrase,
) -> impl IntoView {
    view! {
        <div class="mg-readout">
            <p class="mg-readout__label">{label}</p>
            <p class="mg-readout__value">{value}</p>
            <p class="mg-readout__label">{note}</p>
        </div>
    }
}
