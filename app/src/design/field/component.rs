use std::borrow::Cow;

use leptos::prelude::*;

use crate::markup::Content;
use crate::{
    design::icon::{Icon, Shape},
    i18n::Phrase,
};

/// What every field of a form has: a label above, help under it, whether it is needed, and what is wrong.
#[derive(Debug, Clone)]
pub struct Field {
    /// Id and name, stable.
    pub id: Cow<'static, str>,
    /// Label, above the control.
    pub label: Phrase,
    /// Help, under the label.
    pub help: Option<Phrase>,
    /// 必須 or 任意, in words.
    pub mark: Option<Mark>,
    /// What is wrong, the same words as in the summary.
    pub error: Option<Phrase>,
}

/// Whether a field is needed, in words.
#[derive(Debug, Clone)]
pub struct Mark {
    /// 必須 or 任意.
    pub word: Phrase,
    /// Whether the field is needed.
    pub required: bool,
}

impl Field {
    /// A field with a label and nothing else.
    pub fn new(id: impl Into<Cow<'static, str>>, label: Phrase) -> Self {
        Self { id: id.into(), label, help: None, mark: None, error: None }
    }

    /// With help.
    #[must_use]
    pub fn help(self, help: Phrase) -> Self {
        Self { help: Some(help), ..self }
    }

    /// Marked as needed (必須).
    #[must_use]
    pub fn required(self, word: Phrase) -> Self {
        Self { mark: Some(Mark { word, required: true }), ..self }
    }

    /// Marked as not needed (任意).
    #[must_use]
    pub fn optional(self, word: Phrase) -> Self {
        Self { mark: Some(Mark { word, required: false }), ..self }
    }

    /// With what is wrong, if anything is.
    #[must_use]
    pub fn error(self, error: Option<Phrase>) -> Self {
        Self { error, ..self }
    }

    /// The ids of help and error, for `aria-describedby`.
    pub fn described_by(&self) -> Option<String> {
        match (&self.help, &self.error) {
            (Some(_), Some(_)) => Some(format!("{0}-help {0}-error", self.id)),
            (Some(_), None) => Some(format!("{}-help", self.id)),
            (None, Some(_)) => Some(format!("{}-error", self.id)),
            (None, None) => None,
        }
    }

    /// `aria-invalid`, only where something is wrong.
    pub fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }

    /// The class of the wrapper.
    pub const fn class(&self) -> &'static str {
        if self.error.is_some() { "mg-field mg-field--error" } else { "mg-field" }
    }
}

/// 必須 or 任意 beside a label.
#[component]
pub fn FieldMark(
    /// What to say.
    mark: Option<Mark>,
) -> impl IntoView {
    mark.map(|Mark { word, required }| {
        let class = if required { "mg-field__mark mg-field__mark--required" } else { "mg-field__mark" };
        view! { " "<span class=class>{word}</span> }
    })
}

/// Help and error of a field, between label and control.
#[component]
pub fn FieldNotes(
    /// The field's id.
    id: Cow<'static, str>,
    /// Help.
    help: Option<Phrase>,
    /// What is wrong.
    error: Option<Phrase>,
) -> impl IntoView {
    view! {
        {help.map(|help| view! { <p class="mg-field__help" id=format!("{id}-help")>{help}</p> })}
        {error.map(|error| view! {
            <p class="mg-field__error" id=format!("{id}-error")><Icon shape=Shape::Error/><span>{error}</span></p>
        })}
    }
}

/// A field around one control: label, notes, control.
#[component]
pub fn FieldFrame(
    /// The field.
    field: Field,
    /// The control's id, where it is not the field's.
    #[prop(optional, into)]
    control: Option<String>,
    /// The control.
    children: Content,
) -> impl IntoView {
    let class = field.class();
    let Field { id, label, help, mark, error } = field;
    view! {
        <div class=class>
            <label class="mg-field__label" for=control.unwrap_or_else(|| id.clone().into_owned())>{label}<FieldMark mark=mark/></label>
            <FieldNotes id=id help=help error=error/>
            {children.view()}
        </div>
    }
}
