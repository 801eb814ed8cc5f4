use leptos::prelude::*;

use crate::design::{
    field::{Field, FieldMark, FieldNotes},
    select::Choice,
};
use crate::markup::{IntoMarkup, Markup};

/// One of a few, all in sight. The first has the field's id, so that a summary can lead to it.
#[component]
pub fn RadioGroup(
    /// Label, help, mark, error.
    field: Field,
    /// What there is to choose from.
    choices: Vec<Choice>,
    /// The value chosen before; empty for none.
    #[prop(optional, into)]
    value: String,
    /// Whether the question is the page's heading.
    #[prop(optional)]
    heading: bool,
    /// What belongs to each choice, in their order: in sight while it is the one that is chosen.
    #[prop(optional)]
    more: Vec<Option<Markup>>,
) -> impl IntoView {
    let (class, described_by, invalid) = (field.class(), field.described_by(), field.invalid());
    let Field { id, label, help, mark, error } = field;
    let class = if more.iter().any(Option::is_some) { format!("{class} mg-field--opens") } else { class.to_owned() };
    let more = more.into_iter().chain(std::iter::repeat_with(|| None));
    let radios = choices.into_iter().zip(more).enumerate().map(|(index, (choice, more))| {
        let own_id = if index == 0 { id.to_string() } else { format!("{id}-{index}") };
        let (note_id, chosen) = (format!("{own_id}-note"), choice.value == value);
        let described_by = choice.note.is_some().then(|| note_id.clone());
        view! {
            <div class="mg-choice">
                <input
                    class="mg-choice__input" type="radio" id=own_id.clone() name=id.clone() value=choice.value checked=chosen
                    aria-describedby=described_by
                />
                <label class="mg-choice__label" for=own_id>{choice.label}</label>
                {choice.note.map(|note| view! { <p class="mg-choice__note" id=note_id>{note}</p> })}
                {more.map(|more| view! { <div class="mg-choice__more">{more}</div> })}
            </div>
        }
    });
    let radios: Vec<_> = radios.collect();
    let legend = view! { {label}<FieldMark mark=mark/> };
    let legend = if heading {
        view! { <legend class="mg-field__label"><h1>{legend}</h1></legend> }.into_markup()
    } else {
        view! { <legend class="mg-field__label">{legend}</legend> }.into_markup()
    };
    view! {
        <fieldset class=class aria-describedby=described_by aria-invalid=invalid>
            {legend}
            <FieldNotes id=id help=help error=error/>
            <div class="mg-choice-group">{radios}</div>
        </fieldset>
    }
}
