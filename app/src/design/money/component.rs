use leptos::prelude::*;
use shared::kernel::Points;

use crate::i18n::Phrase;

/// An amount, large, in figures of equal width, with its unit.
#[component]
pub fn Money(
    /// What it is the amount of.
    label: Phrase,
    /// How much.
    amount: Points,
    /// The unit behind the figure, with a blank in front where the language has one.
    unit: Phrase,
    /// A line under it.
    #[prop(optional_no_strip)]
    note: Option<Phrase>,
) -> impl IntoView {
    view! {
        <div class="mg-money">
            <p class="mg-money__label">{label}</p>
            <p class="mg-money__amount">{amount.to_string()}<span class="mg-money__unit">{unit}</span></p>
            {note.map(|note| view! { <p class="mg-money__note">{note}</p> })}
        </div>
    }
}
