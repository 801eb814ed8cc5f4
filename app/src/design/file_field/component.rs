use leptos::prelude::*;

use crate::design::field::{Field, FieldFrame};

/// A file from the device. Its form has to say that it sends files.
#[component]
pub fn FileField(
    /// Label, help, mark, error.
    field: Field,
    /// Kinds the device offers first; any other can be chosen too.
    accept: &'static str,
    /// Whether it is a photo that may be made smaller before it is sent; the module `app/live` does it.
    #[prop(optional)]
    shrinks: bool,
) -> impl IntoView {
    let (id, described_by, invalid) = (field.id.clone(), field.described_by(), field.invalid());
    let shrinks = shrinks.then_some("");
    view! {
        <FieldFrame field=field>
            <input
                class="mg-control mg-control--file" type="file" id=id.clone() name=id accept=accept
                data-shrinks=shrinks aria-describedby=described_by aria-invalid=invalid
            />
        </FieldFrame>
    }
}
