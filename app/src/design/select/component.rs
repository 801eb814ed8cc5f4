use leptos::prelude::*;

use crate::{
    design::field::{Field, FieldFrame},
    i18n::Phrase,
};

/// One of the things to choose from.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: Phrase,
    /// A line under it, where there is room for one.
    pub note: Option<Phrase>,
}

impl Choice {
    /// A choice without a note.
    pub fn new(value: impl Into<String>, label: Phrase) -> Self {
        Self { value: value.into(), label, note: None }
    }
}

/// One of many, in a list that opens. Where there are fewer than eight, radio buttons are easier.
#[component]
pub fn Select(
    /// Label, help, mark, error.
    field: Field,
    /// Its id, where a page has several of that name.
    #[prop(optional, into)]
    id: Option<String>,
    /// What there is to choose from.
    choices: Vec<Choice>,
    /// The value chosen before; empty for none.
    #[prop(optional, into)]
    value: String,
    /// The words of the first, empty entry (選んでください).
    empty: Phrase,
    /// Autofill name.
    #[prop(default = "off")]
    autocomplete: &'static str,
) -> impl IntoView {
    let (name, described_by, invalid) = (field.id.clone(), field.described_by(), field.invalid());
    let id = id.unwrap_or_else(|| name.to_string());
    let control = id.clone();
    let option = |choice: Choice| {
        let chosen = choice.value == value;
        view! { <option value=choice.value selected=chosen>{choice.label.plain()}</option> }
    };
    let options: Vec<_> = choices.into_iter().map(option).collect();
    view! {
        <FieldFrame field=field control=control>
            <select
                class="mg-control mg-control--select" id=id name=name autocomplete=autocomplete
                aria-describedby=described_by aria-invalid=invalid
            >
                <option value="">{empty.plain()}</option>
                {options}
            </select>
        </FieldFrame>
    }
}
