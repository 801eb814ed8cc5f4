//! What every page is told about the request, and how a page becomes a document.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::tachys::view::RenderHtml;
use shared::identity::Visitor;
use shared::kernel::{CommandId, Locale};
use shared::ledger::Usage;
use shared::town::{Municipality, Wording};

use crate::design::form::Seal;
use crate::design::page::{Area, Page, Shell};
use crate::i18n::{Composer, Phrase, texts};
use crate::markup::{IntoMarkup, Markup};

/// Addresses of the built files.
#[derive(Debug, Clone, Copy)]
pub struct Assets<'a> {
    /// The style sheet of every page.
    pub stylesheet: &'a str,
    /// The style sheet of every page but the first.
    pub later_stylesheet: &'a str,
    /// The script that wakes islands.
    pub loader: &'a str,
    /// The glue of the browser module.
    pub app_js: &'a str,
    /// The browser module.
    pub app_wasm: &'a str,
    /// The glue of the module that scans.
    pub scan_js: &'a str,
    /// The module that scans.
    pub scan_wasm: &'a str,
    /// The glue of the module that hears what changes.
    pub live_js: &'a str,
    /// The module that hears what changes.
    pub live_wasm: &'a str,
    /// The sound of a payment.
    pub paid_sound: &'a str,
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
        Shell {
            locale: self.locale,
            town: self.town_name(),
            path: self.path.to_owned(),
            signed_in: self.visitor.map(|visitor| visitor.name.as_str().to_owned()),
            current,
            stylesheets: [self.assets.stylesheet, self.assets.later_stylesheet].map(str::to_owned).to_vec(),
            scripts: None,
            error: false,
        }
    }

    /// The shell of the first page, in and out: it waits for nothing that it does not show.
    pub fn shell_of_home(&self, current: Option<Area>) -> Shell {
        Shell { stylesheets: vec![self.assets.stylesheet.to_owned()], ..self.shell(current) }
    }

    /// The shell of a page with islands.
    pub fn shell_with_islands(&self, current: Option<Area>) -> Shell {
        Shell { scripts: Some(self.scripts(self.assets.app_js, self.assets.app_wasm)), ..self.shell(current) }
    }

    /// The shell of a page that reads QR codes with the camera.
    pub fn shell_that_scans(&self, current: Option<Area>) -> Shell {
        Shell { scripts: Some(self.scripts(self.assets.scan_js, self.assets.scan_wasm)), ..self.shell(current) }
    }

    /// The shell of a page that is told what changes.
    pub fn shell_that_lives(&self, current: Option<Area>) -> Shell {
        Shell { scripts: Some(self.scripts(self.assets.live_js, self.assets.live_wasm)), ..self.shell(current) }
    }

    fn scripts(&self, js: &str, wasm: &str) -> Markup {
        let (loader, js, wasm) = (self.assets.loader.to_owned(), js.to_owned(), wasm.to_owned());
        view! { <script type="module" src=loader data-js=js data-wasm=wasm></script> }.into_markup()
    }

    /// The shell of a page that answers a form with errors.
    pub fn shell_with_errors(&self, current: Option<Area>) -> Shell {
        Shell { error: true, ..self.shell(current) }
    }

    /// The municipality's name in the reader's language, with its reading where the language has readings.
    pub fn town_name(&self) -> Phrase {
        named(self.locale, &self.town.name, &self.town.name_reading, &self.town.name_en)
    }

    /// The name of an area in the reader's language; its code if the municipality no longer has it.
    pub fn area_name(&self, code: &str) -> Phrase {
        match self.town.areas.iter().find(|area| area.code == code) {
            Some(area) => named(self.locale, &area.name, &area.reading, &area.name_en),
            None => Phrase::given(code.to_owned()),
        }
    }

    /// Words of the municipality in the reader's language.
    pub fn wording(&self, wording: &Wording) -> Phrase {
        match self.locale {
            Locale::Ja => Phrase::given(wording.ja.clone()),
            Locale::En => Phrase::given(wording.en.clone()),
            Locale::JaEasy => {
                let mut out = Composer::new();
                for (text, reading) in wording.easy().unwrap_or_default() {
                    match reading {
                        Some(reading) => out.reading(text, reading),
                        None => out.given(text),
                    }
                }
                out.finish()
            }
        }
    }

    /// The name of a skill in the reader's language, while the municipality knows of it.
    pub fn skill_name(&self, code: &str) -> Option<Phrase> {
        let skill = self.town.skills.iter().find(|skill| skill.code == code)?;
        Some(self.wording(&skill.name))
    }

    /// The name of a coupon in the reader's language; that it is one if the municipality no longer has it.
    pub fn coupon_name(&self, usage: Usage) -> Phrase {
        match self.town.coupons.iter().find(|coupon| coupon.usage == usage.0) {
            Some(coupon) => named(self.locale, &coupon.name, &coupon.reading, &coupon.name_en),
            None => texts::shop_purse_gone(self.locale),
        }
    }

    /// The seal of the only form of a page.
    pub fn seal(&self) -> Seal {
        Seal { csrf: self.csrf.to_owned(), command_id: self.command.to_string() }
    }

    /// The seal of one of several forms of a page: each has a command of its own, so that sending another one is not
    /// taken for a repeat.
    pub fn seal_of(&self, form: &str) -> Seal {
        let command = CommandId::derive(form, self.command.as_bytes());
        Seal { csrf: self.csrf.to_owned(), command_id: command.to_string() }
    }

    /// A whole document: the shell, and what `content` puts into it.
    pub fn render(&self, shell: Shell, title: Phrase, content: impl FnOnce() -> Markup) -> String {
        document(|| {
            let content = content();
            view! { <Page shell=shell title=title>{content}</Page> }
        })
    }
}

/// A name in the reader's language. The reading is put over it where the language has readings.
fn named(locale: Locale, name: &str, reading: &str, name_en: &str) -> Phrase {
    match locale {
        Locale::Ja => Phrase::given(name.to_owned()),
        Locale::En => Phrase::given(name_en.to_owned()),
        Locale::JaEasy => {
            let mut out = Composer::new();
            out.reading(name, reading);
            out.finish()
        }
    }
}

/// Renders a page to a whole document. Islands in it know that they are islands.
pub fn document<V: IntoView>(page: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(hydration_context::SsrSharedContext::new_islands())));
    owner.with(|| page().into_view().to_html())
}
