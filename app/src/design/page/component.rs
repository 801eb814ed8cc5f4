use leptos::prelude::*;

use crate::markup::{Content, Markup};
use crate::{
    design::{
        footer::Footer,
        header::{Header, Language},
        icon::Shape,
        navigation::{Navigation, Place},
    },
    i18n::{Locale, Phrase, texts},
};

/// A place of the bar. 子育て joins them with its slice: a link that leads nowhere is worse than none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// ホーム
    Home,
    /// 助け合い
    Help,
    /// さいふ
    Wallet,
    /// わたし
    Me,
}

/// What every page is told about the request and the municipality.
pub struct Shell {
    /// The reader's language.
    pub locale: Locale,
    /// The municipality's name in that language.
    pub town: Phrase,
    /// Path and query of the page, where a change of language comes back to.
    pub path: String,
    /// The person's name, if signed in.
    pub signed_in: Option<String>,
    /// The place the page belongs to.
    pub current: Option<Area>,
    /// Addresses of its style sheets.
    pub stylesheets: Vec<String>,
    /// Scripts for the islands, if the page has any.
    pub scripts: Option<Markup>,
    /// Whether the page answers a form with errors: said first in its title.
    pub error: bool,
}

/// A whole document around the content of a page: the one component that knows the product's own words.
#[component]
pub fn Page(
    /// The request and the municipality.
    shell: Shell,
    /// The page's title; its heading is the page's own.
    title: Phrase,
    /// What is in `<main>`.
    children: Content,
) -> impl IntoView {
    let locale = shell.locale;
    let tag = locale.tag();
    let product = texts::shell_product(locale);
    let title = if shell.error {
        texts::shell_title_error(locale, &title.plain(), &shell.town.plain())
    } else {
        texts::shell_title(locale, &title.plain(), &shell.town.plain())
    };
    let languages = languages(locale, &shell.path);
    let signed_in = shell.signed_in.is_some();
    let account = match shell.signed_in {
        Some(name) => ("/me".to_owned(), texts::shell_account(locale, &name)),
        None => (format!("/signin?next={}", escape(&shell.path)), texts::shell_signin(locale)),
    };
    let links = if signed_in { vec![("/signout", texts::shell_signout(locale))] } else { Vec::new() };
    let sheet = |address| view! { <link rel="stylesheet" href=address/> };
    let stylesheets: Vec<_> = shell.stylesheets.into_iter().map(sheet).collect();
    let body = if signed_in { "mg-page" } else { "mg-page mg-page--guest" };
    view! {
        <!DOCTYPE html>
        <html lang=tag data-locale=locale.word()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="format-detection" content="telephone=no"/>
                <title>{title.plain()}</title>
                {stylesheets}
                {shell.scripts}
            </head>
            <body class=body>
                <a class="mg-skip" href="#main">{texts::shell_skip(locale)}</a>
                <Header product=product town=shell.town.clone() language=texts::shell_language(locale) languages=languages account=account/>
                {signed_in.then(|| view! { <Navigation label=texts::shell_nav(locale) places=places(locale, shell.current)/> })}
                <main class="mg-page__main mg-stack" id="main" tabindex="-1">{children.view()}</main>
                <Footer lines=vec![texts::shell_footer_town(locale, &shell.town.plain()), texts::shell_footer_open(locale)] links=links/>
            </body>
        </html>
    }
}

fn places(locale: Locale, current: Option<Area>) -> Vec<Place> {
    let place = |area, href, name, open, filled| {
        let current = current == Some(area);
        Place { href, name, shape: if current { filled } else { open }, current }
    };
    vec![
        place(Area::Home, "/", texts::shell_nav_home(locale), Shape::Home, Shape::HomeFilled),
        place(Area::Help, "/help", texts::shell_nav_help(locale), Shape::Handshake, Shape::HandshakeFilled),
        place(Area::Wallet, "/wallet", texts::shell_nav_wallet(locale), Shape::Wallet, Shape::WalletFilled),
        place(Area::Me, "/me", texts::shell_nav_me(locale), Shape::Person, Shape::PersonFilled),
    ]
}

fn languages(current: Locale, path: &str) -> Vec<Language> {
    let next = escape(path);
    Locale::ALL
        .into_iter()
        .map(|locale| Language {
            href: format!("/language/{}?next={next}", locale.word()),
            name: match locale {
                Locale::Ja => "日本語",
                Locale::JaEasy => "やさしい日本語",
                Locale::En => "English",
            },
            tag: locale.tag(),
            current: locale == current,
        })
        .collect()
}

/// As the value of a query parameter (RFC 3986 §2.3): everything but unreserved characters is escaped.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_escaped() {
        assert_eq!(escape("/help/new?a=1&b=山"), "%2Fhelp%2Fnew%3Fa%3D1%26b%3D%E5%B1%B1");
    }
}
