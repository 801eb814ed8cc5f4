use leptos::prelude::*;

use crate::{
    design::icon::{Icon, Shape},
    i18n::Phrase,
};

/// One language of the choice.
#[derive(Debug, Clone)]
pub struct Language {
    /// Where choosing it leads.
    pub href: String,
    /// Its name in itself.
    pub name: &'static str,
    /// BCP 47.
    pub tag: &'static str,
    /// Whether the page is written in it.
    pub current: bool,
}

/// The slim bar at the top: whose portal this is, the language, oneself.
#[component]
pub fn Header(
    /// The product's name.
    product: Phrase,
    /// The municipality's name.
    town: Phrase,
    /// The word on the language choice.
    language: Phrase,
    /// The languages.
    languages: Vec<Language>,
    /// Where one's name or sign-in leads, and the word on it.
    account: (String, Phrase),
) -> impl IntoView {
    let (href, word) = account;
    let choices = languages.into_iter().map(|Language { href, name, tag, current }| {
        view! {
            <li><a class="mg-header__choice" href=href hreflang=tag lang=tag aria-current=current.then_some("true")>{name}</a></li>
        }
    });
    view! {
        <header class="mg-header">
            <a class="mg-header__home" href="/">
                <span class="mg-header__mark" aria-hidden="true"></span>
                <span class="mg-header__product">{product}</span>
                " "
                <span class="mg-header__town">{town}</span>
            </a>
            <details class="mg-header__languages">
                <summary class="mg-header__item"><Icon shape=Shape::Globe/><span>{language}</span></summary>
                <ul>{choices.collect::<Vec<_>>()}</ul>
            </details>
            <a class="mg-header__item mg-header__account" href=href>{word}</a>
        </header>
    }
}
