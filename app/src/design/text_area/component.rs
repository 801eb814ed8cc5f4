use leptos::prelude::*;

use crate::design::field::{Field, FieldFrame};

/// Several lines of text.
#[component]
pub fn TextArea(
    /// Label, help, mark, error.
    field: Field,
    /// What was typed before.
    #[prop(optional, into)]
    value: String,
    /// Height in lines.
    #[prop(default = 5)]
    rows: u8,
) -> impl IntoView {
    let (id, described_by, invalid) = (field.id, field.described_by(), field.invalid());
    // The parser drops one line end behind the tag (HTML §13.2.6.4.7), which may be the person's own.
    let value = if value.starts_with('\n') { format!("\n{value}") } else { value };
    view! {
        <FieldFrame field=field>
            <textarea
                class="mg-control mg-control--area" id=id name=id rows=rows.to_string() autocomplete="off"
                aria-describedby=described_by aria-invalid=invalid
            >
                {(!value.is_empty()).then_some(value)}
            </textarea>
        </FieldFrame>
    }
}
