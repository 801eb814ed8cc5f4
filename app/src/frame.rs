//! What every page is told about the request, and how a page becomes a document.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::tachys::view::RenderHtml;
use shared::identity::Visitor;
use shared::kernel::{CommandId, Locale};
use shared::town::Municipality;

use crate::design::page::{Area, Shell};
use crate::i18n::Phrase;

/// Addresses of the built files.
#[derive(Debug, Clone, Copy)]
pub struct Assets<'a> {
    /// The style sheet.
    pub stylesheet: &'a str,
    /// The script that wakes islands.
    pub loader: &'a str,
    /// The glue of the browser module.
    pub app_js: &'a str,
    /// The browser module.
    pub app_wasm: &'a str,
}

/// What every page is told about the request.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The reader's language.
    pub locale: Locale,
    /// The municipality.
    pub town: &'a Municipality,
    /// Path and query of the page, where a change of language comes back to.
    pub path: &'a str,
    /// Who reads, if signed in.
    pub visitor: Option<&'a Visitor>,
    /// For the hidden `csrf` of every form.
    pub csrf: &'a str,
    /// For the hidden `command_id` of a form: fresh for every page.
    pub command: CommandId,
    /// Addresses of the built files.
    pub assets: Assets<'a>,
}

impl Frame<'_> {
    /// The shell of a page without islands.
    pub fn shell(&self, current: Option<Area>) -> Shell {
        let town = match self.locale {
            Locale::Ja => Phrase::given(self.town.name.clone()),
            Locale::JaEasy => Phrase::given(self.town.name.clone()),
            Locale::En => Phrase::given(self.town.name_en.clone()),
        };
        Shell {
            locale: self.locale,
            town,
            path: self.path.to_owned(),
            signed_in: self.visitor.map(|visitor| visitor.name.as_str().to_owned()),
            current,
            stylesheet: self.assets.stylesheet.to_owned().into(),
            scripts: None,
            error: false,
        }
    }

    /// The shell of a page with islands.
    pub fn shell_with_islands(&self, current: Option<Area>) -> Shell {
        let (loader, js, wasm) =
            (self.assets.loader.to_owned(), self.assets.app_js.to_owned(), self.assets.app_wasm.to_owned());
        let scripts = view! { <script type="module" src=loader data-js=js data-wasm=wasm></script> };
        Shell { scripts: Some(scripts.into_any()), ..self.shell(current) }
    }

    /// The shell of a page that answers a form with errors.
    pub fn shell_with_errors(&self, current: Option<Area>) -> Shell {
        Shell { error: true, ..self.shell(current) }
    }
}

/// Renders a page to a whole document. Islands in it know that they are islands.
pub fn document<V: IntoView>(page: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(hydration_context::SsrSharedContext::new_islands())));
    owner.with(|| page().into_view().to_html())
}
