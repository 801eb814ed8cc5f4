use leptos::prelude::*;

use crate::{
    design::icon::{Icon, Shape},
    i18n::Phrase,
};

/// A word of thanks (お礼), as a letter.
#[derive(Debug, Clone)]
pub struct Letter {
    /// ありがとう, in large type.
    pub title: Phrase,
    /// What the person wrote, if anything.
    pub message: Option<Phrase>,
    /// From whom.
    pub from: Phrase,
    /// For what, and when.
    pub about: Phrase,
    /// The rating in words, if one may see it.
    pub rating: Option<Phrase>,
}

/// Thanks: the most beautiful thing on the page.
#[component]
pub fn ThanksCard(
    /// The letter.
    letter: Letter,
) -> impl IntoView {
    let Letter { title, message, from, about, rating } = letter;
    view! {
        <figure class="mg-thanks">
            <span class="mg-thanks__heart"><Icon shape=Shape::Heart/></span>
            <p class="mg-thanks__title">{title}</p>
            {message.map(|message| view! { <blockquote class="mg-thanks__message">{message}</blockquote> })}
            {rating.map(|rating| view! { <p class="mg-thanks__rating">{rating}</p> })}
            <figcaption class="mg-thanks__from"><span class="mg-thanks__name">{from}</span><span>{about}</span></figcaption>
        </figure>
    }
}
