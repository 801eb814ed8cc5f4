use leptos::prelude::*;

use crate::design::field::{Field, FieldFrame};

/// What is typed, so that the right keyboard comes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keys {
    /// Words.
    #[default]
    Text,
    /// Digits; full-width ones are accepted too, hence no `type=number`.
    Digits,
    /// A telephone number.
    Telephone,
    /// Letters and digits of a code.
    Code,
}

impl Keys {
    const fn input_mode(self) -> Option<&'static str> {
        match self {
            Self::Text => None,
            Self::Digits => Some("numeric"),
            Self::Telephone => Some("tel"),
            Self::Code => Some("latin"),
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Digits => "mg-control mg-control--number",
            _ => "mg-control",
        }
    }
}

/// One line of text. Takes whatever is typed; the answer says what is wrong.
#[component]
pub fn TextField(
    /// Label, help, mark, error.
    field: Field,
    /// Its id, where a page has several of that name.
    #[prop(optional, into)]
    id: Option<String>,
    /// What was typed before.
    #[prop(optional, into)]
    value: String,
    /// What is typed.
    #[prop(optional)]
    keys: Keys,
    /// Autofill name (HTML §4.10.18.7); `off` where nothing fits.
    #[prop(default = "off")]
    autocomplete: &'static str,
) -> impl IntoView {
    let (name, described_by, invalid) = (field.id.clone(), field.described_by(), field.invalid());
    let id = id.unwrap_or_else(|| name.to_string());
    let control = id.clone();
    let capitalise = (keys == Keys::Code).then_some("none");
    view! {
        <FieldFrame field=field control=control>
            <input
                class=keys.class() type="text" id=id name=name value=value autocomplete=autocomplete
                inputmode=keys.input_mode() autocapitalize=capitalise
                aria-describedby=described_by aria-invalid=invalid
            />
        </FieldFrame>
    }
}
