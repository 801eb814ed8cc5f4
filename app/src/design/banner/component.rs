use leptos::prelude::*;

use crate::markup::Content;
use crate::{
    design::icon::{Icon, Shape},
    i18n::Phrase,
};

/// What a banner is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Matter {
    /// Good to know.
    #[default]
    Info,
    /// Something went well.
    Success,
    /// Needs attention.
    Warning,
    /// Something went wrong.
    Error,
}

impl Matter {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "mg-banner",
            Self::Success => "mg-banner mg-banner--success",
            Self::Warning => "mg-banner mg-banner--warning",
            Self::Error => "mg-banner mg-banner--error",
        }
    }

    const fn shape(self) -> Shape {
        match self {
            Self::Info => Shape::Info,
            Self::Success => Shape::Success,
            Self::Warning => Shape::Warning,
            Self::Error => Shape::Error,
        }
    }
}

/// A notice within the page: what it is about in shape, colour and words.
#[component]
pub fn Banner(
    /// What it is about.
    #[prop(optional)]
    matter: Matter,
    /// The first line.
    title: Phrase,
    /// What else there is to say.
    #[prop(optional)]
    children: Option<Content>,
) -> impl IntoView {
    let label = title.plain();
    view! {
        <section class=matter.class() aria-label=label>
            <Icon shape=matter.shape()/>
            <div>
                <p class="mg-banner__title">{title}</p>
                {children.map(Content::view)}
            </div>
        </section>
    }
}
