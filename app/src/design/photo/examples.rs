use leptos::prelude::*;

use super::{Photo, PhotoFigure};
use crate::{
    design::Example,
    i18n::{Locale, Phrase, texts},
};

/// A square of one colour, with what is said of it and without.
pub fn examples(locale: Locale) -> Vec<Example> {
    let photo = |number: u64, caption| Photo {
        source: concat!(
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGN4BgAA0wDSjTq1Xw",
            "AAAABJRU5ErkJggg=="
        )
        .to_owned(),
        width: 160,
        height: 120,
        name: texts::help_photo_number(locale, number),
        caption,
    };
    let (said, bare) = (photo(1, Some(Phrase::fixed("動かしてほしい棚"))), photo(2, None));
    vec![
        Example::of("photo", view! { <PhotoFigure photo=said/> }),
        Example::of("photo, nothing said", view! { <PhotoFigure photo=bare/> }),
    ]
}
