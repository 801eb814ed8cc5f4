use leptos::prelude::*;

use crate::{
    design::icon::{Icon, Shape},
    i18n::Phrase,
};

/// A link that stands on a line of its own and is easy to hit.
#[component]
pub fn Link(
    /// Where it leads, in words.
    label: Phrase,
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// Whether it leads back to where one came from.
    #[prop(optional)]
    back: bool,
) -> impl IntoView {
    let (before, after) = if back { (Some(Shape::Back), None) } else { (None, Some(Shape::Forward)) };
    view! {
        <a class="mg-link" href=href>
            {before.map(|shape| view! { <Icon shape=shape/> })}
            <span>{label}</span>
            {after.map(|shape| view! { <Icon shape=shape/> })}
        </a>
    }
}
