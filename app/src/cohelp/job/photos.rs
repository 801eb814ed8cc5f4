//! Photos: of what is asked for, and those the two send each other.

use leptos::prelude::*;
use shared::cohelp::{Field as Id, Photo};
use shared::kernel::{PhotoId, Picture};

use super::{Here, JobDone};
use crate::cohelp::say;
use crate::design::button::{Button, Tone};
use crate::design::field::Field;
use crate::design::file_field::FileField;
use crate::design::form::{Form, Hidden};
use crate::design::photo::{self, PhotoFigure};
use crate::design::text_field::TextField;
use crate::i18n::{Phrase, texts};
use crate::markup::{IntoMarkup, Markup};

/// The photo of that id, as far as the reader sees it.
pub(super) fn of(here: Here<'_>, id: PhotoId) -> Option<photo::Photo> {
    let photos = here.page.photos.iter();
    let (place, found) = photos.enumerate().find(|(_, photo)| photo.id == id)?;
    Some(photo::Photo {
        source: here.photo_url(id),
        width: found.size.width,
        height: found.size.height,
        name: texts::help_photo_number(here.locale(), place as u64 + 1),
        caption: found.caption.as_ref().map(|caption| Phrase::given(caption.as_str().to_owned())),
    })
}

/// Photos of the request, and where its requester adds one and takes one back. Nothing where there is nothing of this.
pub(in crate::cohelp) fn card(here: Here<'_>, done: Option<JobDone>) -> Option<Markup> {
    let locale = here.locale();
    let adds = here.page.adds_photo == Some(false);
    let of_request: Vec<_> = here.page.photos.iter().filter(|photo| photo.helper.is_none()).collect();
    if of_request.is_empty() && !adds {
        return None;
    }
    let figures: Vec<_> = of_request.iter().map(|photo| item(here, photo, here.page.removes_photos)).collect();
    let figures = (!figures.is_empty()).then(|| view! { <ul class="mg-photos">{figures}</ul> });
    let said = match done {
        Some(JobDone::PhotoAdded) if !is_sent(here) => Some(texts::help_photo_added(locale)),
        Some(JobDone::PhotoRemoved) => Some(texts::help_photo_removed(locale)),
        _ => None,
    };
    let said = said.map(|said| view! { <p id="sent" role="status" tabindex="-1" autofocus=true>{said}</p> });
    let lead = adds.then(|| view! { <p>{texts::help_photo_lead(locale)}</p> });
    let form = adds.then(|| form(here, texts::help_photo_add(locale)));
    Some(
        view! {
            <section class="mg-card" id="photos">
                <h2 class="mg-card__title">{texts::help_photo_title(locale)}</h2>
                {said}
                {figures}
                {lead}
                {form}
            </section>
        }
        .into_markup(),
    )
}

/// Whether the latest photo went to the other one of the two.
pub(super) fn is_sent(here: Here<'_>) -> bool {
    here.page.photos.iter().max_by_key(|photo| photo.at).is_some_and(|photo| photo.helper.is_some())
}

fn item(here: Here<'_>, photo: &Photo, removes: bool) -> Option<impl IntoView + use<>> {
    let (id, figure) = (photo.id, of(here, photo.id)?);
    let label = texts::help_photo_remove(here.locale(), &figure.name);
    let remove = removes.then(|| {
        let seal = here.frame.seal_of(&format!("photo-{id}"));
        view! {
            <Form action=here.url() seal=seal>
                <Hidden name="act" value="remove-photo"/>
                <Hidden name="photo" value=id.to_string()/>
                <Button label=label tone=Tone::Secondary/>
            </Form>
        }
    });
    Some(view! {
        <li>
            <PhotoFigure photo=figure/>
            {remove}
        </li>
    })
}

/// The form that sends one, folded until it is wanted.
pub(super) fn form(here: Here<'_>, label: Phrase) -> Markup {
    let (locale, open) = (here.locale(), here.input.act == "photo");
    let field = |id: Id| Field::new(id.id(), say::field(locale, id)).error(here.errors.at(id));
    let picture = field(Id::Picture).help(texts::help_photo_help(locale, (Picture::BYTES_MAX / 1024 / 1024) as u64));
    let caption = field(Id::Caption).help(texts::help_photo_caption_help(locale));
    let caption = caption.optional(texts::shell_optional(locale));
    let typed = here.input.caption.clone();
    let note = (here.page.adds_photo == Some(true))
        .then(|| view! { <p class="mg-small">{texts::help_photo_final(locale)}</p> });
    view! {
        <details class="mg-why" open=open>
            <summary class="mg-why__question">{label.clone()}</summary>
            <Form action=here.url() seal=here.frame.seal_of("photo") files=true>
                <Hidden name="act" value="photo"/>
                <FileField field=picture accept="image/jpeg,image/png" shrinks=true/>
                <TextField field=caption value=typed/>
                {note}
                <Button label=label tone=Tone::Secondary/>
            </Form>
        </details>
    }
    .into_markup()
}
