use leptos::prelude::*;

use crate::{
    design::icon::{Icon, Shape},
    i18n::Phrase,
};

/// One place of the bar.
#[derive(Debug, Clone)]
pub struct Place {
    /// Where it leads.
    pub href: &'static str,
    /// Its name.
    pub name: Phrase,
    /// Its pictogram.
    pub shape: Shape,
    /// Whether the page belongs to it.
    pub current: bool,
}

/// The bar of places: at the bottom of a phone, a rail on the left of a desktop.
#[component]
pub fn Navigation(
    /// What the bar is called.
    label: Phrase,
    /// Five at most.
    places: Vec<Place>,
) -> impl IntoView {
    let places = places.into_iter().map(|Place { href, name, shape, current }| {
        view! {
            <li class="mg-navigation__place">
                <a class="mg-navigation__link" href=href aria-current=current.then_some("page")>
                    <span class="mg-navigation__icon"><Icon shape=shape/></span><span>{name}</span>
                </a>
            </li>
        }
    });
    view! { <nav class="mg-navigation" aria-label=label.plain()><ul class="mg-navigation__places">{places.collect::<Vec<_>>()}</ul></nav> }
}
