use leptos::prelude::*;

use super::{Area, Page, Shell};
use crate::{
    design::{Example, button::ButtonLink},
    i18n::{Locale, Phrase, texts},
};

fn shell(locale: Locale, name: Option<&str>) -> Shell {
    Shell {
        locale,
        town: Phrase::fixed("みどり市"),
        path: "/help?page=2".to_owned(),
        signed_in: name.map(str::to_owned),
        current: name.map(|_| Area::Help),
        stylesheets: vec!["/style.css".to_owned()],
        scripts: None,
        error: false,
    }
}

/// Whole documents: a guest's, a resident's, and one that answers with an error.
pub fn examples(locale: Locale) -> Vec<Example> {
    let guest = view! {
        <Page shell=shell(locale, None) title=texts::welcome_title(locale)>
            <h1>{texts::welcome_title(locale)}</h1>
            <ButtonLink label=texts::join_title(locale) href="/join"/>
        </Page>
    };
    let resident = view! {
        <Page shell=shell(locale, Some("山田 花子")) title=texts::help_title(locale)><h1>{texts::help_title(locale)}</h1></Page>
    };
    let wrong = view! {
        <Page shell=Shell { error: true, ..shell(locale, Some("山田 花子")) } title=texts::help_new_title(locale)>
            <h1>{texts::help_new_title(locale)}</h1>
        </Page>
    };
    vec![Example::of("page, guest", guest), Example::of("page, resident", resident), Example::of("page, error", wrong)]
}
