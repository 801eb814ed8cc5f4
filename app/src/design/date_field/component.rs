use leptos::prelude::*;
use shared::kernel::Day;

use crate::design::field::{Field, FieldFrame};

/// A day of the calendar, sent as `2026-11-21`. Where a browser has no calendar it is a line of text.
#[component]
pub fn DateField(
    /// Label, help, mark, error.
    field: Field,
    /// What was chosen or typed before, as sent.
    #[prop(optional, into)]
    value: String,
    /// The first day the calendar offers.
    #[prop(optional_no_strip)]
    min: Option<Day>,
    /// The last day the calendar offers.
    #[prop(optional_no_strip)]
    max: Option<Day>,
    /// Autofill name.
    #[prop(default = "off")]
    autocomplete: &'static str,
) -> impl IntoView {
    let (id, described_by, invalid) = (field.id.clone(), field.described_by(), field.invalid());
    view! {
        <FieldFrame field=field>
            <input
                class="mg-control mg-control--short" type="date" id=id.clone() name=id value=value autocomplete=autocomplete
                min=min.map(|day| day.to_string()) max=max.map(|day| day.to_string())
                aria-describedby=described_by aria-invalid=invalid
            />
        </FieldFrame>
    }
}
