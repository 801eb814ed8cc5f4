//! What is wrong with a form: in the summary, beside the fields, or as a refusal above the page.

use std::borrow::Cow;

use leptos::prelude::*;
use shared::cohelp::{Field, FieldError, FieldErrors, Refusal};

use super::say;
use crate::design::banner::{Banner, Matter};
use crate::design::error_summary::{ErrorSummary, Wrong};
use crate::design::link::Link;
use crate::i18n::{Locale, Phrase, texts};
use crate::markup::{IntoMarkup, Markup};

/// A field, what is wrong with it, and its id with what to say, where only the page knows these.
pub(super) type Found<'a> = (Field, &'a FieldError, Option<(Cow<'static, str>, Phrase)>);

/// Everything wrong with one page, in sentences.
pub(super) struct Errors {
    locale: Locale,
    fields: Vec<(Field, Cow<'static, str>, Phrase)>,
    refusal: Option<Refusal>,
    /// Whether a refusal may lead on to another page.
    leads_on: bool,
}

impl Errors {
    /// Gathers the faults of fields and a refusal. A refusal about a field that is on the page stands beside it.
    pub(super) fn new(locale: Locale, errors: &FieldErrors, refusal: Option<&Refusal>, on_page: &[Field]) -> Self {
        let found = errors.iter().map(|(field, error)| (*field, error, None));
        Self::found(locale, found, refusal, on_page)
    }

    /// The same, where some of the fields have an id and a label that only the page knows.
    pub(super) fn found<'a>(
        locale: Locale,
        found: impl IntoIterator<Item = Found<'a>>,
        refusal: Option<&Refusal>,
        on_page: &[Field],
    ) -> Self {
        let said = |(field, error, known): Found<'_>| {
            let (id, text) = known.unwrap_or_else(|| (field.id().into(), say::field_error(locale, field, error)));
            (field, id, text)
        };
        let mut fields: Vec<_> = found.into_iter().map(said).collect();
        let at = refusal.and_then(say::field_of).filter(|field| on_page.contains(field));
        if let (Some(field), Some(refusal)) = (at, refusal) {
            fields.push((field, field.id().into(), say::refusal(locale, refusal)));
        }
        Self { locale, fields, refusal: refusal.filter(|_| at.is_none()).copied(), leads_on: true }
    }

    /// In the name of somebody else: a way on would lead to one's own pages.
    pub(super) fn on_behalf(self, behalf: bool) -> Self {
        Self { leads_on: !behalf, ..self }
    }

    /// Whether anything is wrong.
    pub(super) fn any(&self) -> bool {
        !self.fields.is_empty() || self.refusal.is_some()
    }

    /// What is wrong with that field.
    pub(super) fn at(&self, field: Field) -> Option<Phrase> {
        self.fields.iter().find(|(known, ..)| *known == field).map(|(.., text)| text.clone())
    }

    /// What stands above the heading.
    pub(super) fn summary(&self) -> Markup {
        let locale = self.locale;
        let wrongs: Vec<_> =
            self.fields.iter().map(|(_, id, text)| Wrong { field: id.clone(), text: text.clone() }).collect();
        let title = texts::error_summary_title(locale, wrongs.len() as u64);
        let refused = self.refusal.map(|refusal| {
            let (sentence, way_on) =
                (say::refusal(locale, &refusal), say::way_on(locale, &refusal).filter(|_| self.leads_on));
            view! {
                <div id="refusal" role="alert" tabindex="-1" autofocus=true>
                    <Banner matter=Matter::Error title=texts::help_refused_title(locale)>
                        <p>{sentence}</p>
                        {way_on.map(|(href, label)| view! { <Link label=label href=href/> })}
                    </Banner>
                </div>
            }
        });
        view! { <ErrorSummary title=title wrongs=wrongs/>{refused} }.into_markup()
    }
}
