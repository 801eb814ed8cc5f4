use leptos::prelude::*;

use crate::i18n::Phrase;

/// How much weight a button has. One primary button a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// The one thing to do here.
    #[default]
    Primary,
    /// Another way.
    Secondary,
    /// Takes something away.
    Danger,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "mg-button",
            Self::Secondary => "mg-button mg-button--secondary",
            Self::Danger => "mg-button mg-button--danger",
        }
    }
}

/// Sends the form it stands in. Never disabled: an answer says what is missing.
#[component]
pub fn Button(
    /// A verb.
    label: Phrase,
    /// Its weight.
    #[prop(optional)]
    tone: Tone,
    /// Name and value sent with the form, where a form has several buttons.
    #[prop(optional, into)]
    sends: Option<(&'static str, String)>,
    /// The id of its form, if it stands outside of it.
    #[prop(optional, into)]
    of: Option<&'static str>,
) -> impl IntoView {
    let (name, value) = sends.unzip();
    view! { <button class=tone.class() type="submit" form=of name=name value=value>{label}</button> }
}

/// A link that starts something, in the shape of a button.
#[component]
pub fn ButtonLink(
    /// A verb.
    label: Phrase,
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Its weight.
    #[prop(optional)]
    tone: Tone,
) -> impl IntoView {
    view! { <a class=tone.class() href=href>{label}</a> }
}
