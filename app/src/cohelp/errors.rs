//! What is wrong with a form: in the summary, beside the fields, or as a refusal above the page.

use leptos::prelude::*;
use shared::cohelp::{Field, FieldErrors, Refusal};

use super::say;
use crate::design::banner::{Banner, Matter};
use crate::design::error_summary::{ErrorSummary, Wrong};
use crate::design::link::Link;
use crate::i18n::{Locale, Phrase, texts};
use crate::markup::{IntoMarkup, Markup};

/// Everything wrong with one page, in sentences.
pub(super) struct Errors {
    locale: Locale,
    fields: Vec<(Field, Phrase)>,
    refusal: Option<Refusal>,
    /// Whether a refusal may lead on to another page.
    leads_on: bool,
}

impl Errors {
    /// Gathers the faults of fields and a refusal. A refusal about a field that is on the page stands beside it.
    pub(super) fn new(locale: Locale, errors: &FieldErrors, refusal: Option<&Refusal>, on_page: &[Field]) -> Self {
        let mut fields: Vec<_> =
            errors.iter().map(|(field, error)| (*field, say::field_error(locale, *field, error))).collect();
        let at = refusal.and_then(say::field_of).filter(|field| on_page.contains(field));
        if let (Some(field), Some(refusal)) = (at, refusal) {
            fields.push((field, say::refusal(locale, refusal)));
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
        self.fields.iter().find(|(known, _)| *known == field).map(|(_, text)| text.clone())
    }

    /// What stands above the heading.
    pub(super) fn summary(&self) -> Markup {
        let locale = self.locale;
        let wrongs: Vec<_> =
            self.fields.iter().map(|(field, text)| Wrong { field: field.id(), text: text.clone() }).collect();
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
