use leptos::prelude::*;

use crate::i18n::Phrase;

/// One photo.
#[derive(Debug, Clone)]
pub struct Photo {
    /// Where it is.
    pub source: String,
    /// Pixels from left to right, so that nothing moves when it arrives.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Which one of the page it is: also what its link is called.
    pub name: Phrase,
    /// What is to be seen on it, as its sender says.
    pub caption: Option<Phrase>,
}

/// A photo as large as there is room for, which leads to itself in full, with what is said of it.
#[component]
pub fn PhotoFigure(
    /// Which.
    photo: Photo,
) -> impl IntoView {
    let Photo { source, width, height, name, caption } = photo;
    let (name, shown) = (name.plain().into_owned(), source.clone());
    let caption = caption.map(|caption| view! { <figcaption class="mg-photo__caption">{caption}</figcaption> });
    view! {
        <figure class="mg-photo">
            <a href=source>
                <img class="mg-photo__image" src=shown alt=name width=width height=height loading="lazy" decoding="async"/>
            </a>
            {caption}
        </figure>
    }
}
