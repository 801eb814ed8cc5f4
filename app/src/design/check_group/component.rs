use leptos::prelude::*;

use crate::markup::{IntoMarkup, Markup};
use crate::{
    design::{
        field::{Field, FieldMark, FieldNotes},
        select::Choice,
    },
    i18n::Phrase,
};

/// Any number of things, all in sight. The first has the field's id, so that a summary can lead to it.
#[component]
pub fn CheckGroup(
    /// Label, help, mark, error.
    field: Field,
    /// What there is to choose from.
    choices: Vec<Choice>,
    /// The values ticked before.
    #[prop(optional)]
    values: Vec<String>,
) -> impl IntoView {
    let id = field.id.clone();
    let boxes = choices.into_iter().enumerate().map(|(index, choice)| {
        let own_id = own_id(&id, index);
        let ticked = values.contains(&choice.value);
        view! {
            <div class="mg-choice">
                <input class="mg-choice__input" type="checkbox" id=own_id.clone() name=id.clone() value=choice.value checked=ticked/>
                <label class="mg-choice__label" for=own_id>{choice.label}</label>
            </div>
        }
    });
    let boxes = view! { <div class="mg-choice-group">{boxes.collect::<Vec<_>>()}</div> }.into_markup();
    frame(field, boxes)
}

/// One line of a [`CheckTable`]: its name, and a box for each column.
#[derive(Debug, Clone)]
pub struct CheckRow {
    /// What the line is about.
    pub name: Phrase,
    /// What each box sends, and what it is called by itself.
    pub boxes: Vec<(String, Phrase)>,
}

/// Boxes in lines and columns, such as the parts of the days of a week.
#[component]
pub fn CheckTable(
    /// Label, help, mark, error.
    field: Field,
    /// What each column is about.
    columns: Vec<Phrase>,
    /// The lines.
    rows: Vec<CheckRow>,
    /// The values ticked before.
    #[prop(optional)]
    values: Vec<String>,
) -> impl IntoView {
    let id = field.id.clone();
    let heads: Vec<_> = columns.into_iter().map(|column| view! { <th scope="col">{column}</th> }).collect();
    let mut index = 0;
    let rows = rows.into_iter().map(|CheckRow { name, boxes }| {
        let cells = boxes.into_iter().map(|(value, name)| {
            let own_id = own_id(&id, index);
            index += 1;
            let ticked = values.contains(&value);
            view! {
                <td class="mg-check-table__cell">
                    <input
                        class="mg-check-table__input" type="checkbox" id=own_id.clone() name=id.clone() value=value
                        checked=ticked
                    />
                    <label class="mg-check-table__box" for=own_id><span class="mg-unseen">{name}</span></label>
                </td>
            }
        });
        let cells: Vec<_> = cells.collect();
        view! { <tr><th scope="row">{name}</th>{cells}</tr> }
    });
    let rows: Vec<_> = rows.collect();
    let table = view! {
        <table class="mg-table"><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table>
    };
    frame(field, table.into_markup())
}

fn own_id(id: &str, index: usize) -> String {
    if index == 0 { id.to_owned() } else { format!("{id}-{index}") }
}

fn frame(field: Field, boxes: Markup) -> impl IntoView {
    let (class, described_by, invalid) = (field.class(), field.described_by(), field.invalid());
    let Field { id, label, help, mark, error } = field;
    view! {
        <fieldset class=class aria-describedby=described_by aria-invalid=invalid>
            <legend class="mg-field__label">{label}<FieldMark mark=mark/></legend>
            <FieldNotes id=id help=help error=error/>
            {boxes}
        </fieldset>
    }
}
