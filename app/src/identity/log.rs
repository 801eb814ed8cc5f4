//! `/me/log` 利用の記録.

use leptos::prelude::*;
use shared::identity::{LogAct, LogLine, LogPage};
use shared::kernel::Locale;

use super::devices::device_name;
use crate::design::{
    link::Link,
    list::{Entry, LinkList},
    page::{Area, Page},
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, format, texts};

/// `/me/log`: what was done with the account, newest first, a page at a time.
pub fn log(frame: &Frame<'_>, page: &LogPage) -> String {
    let locale = frame.locale;
    let title = texts::me_log(locale);
    let entries: Vec<Entry> = page.lines.iter().map(|(_, line)| entry(locale, line)).collect();
    let older = page.lines.last().filter(|_| page.more).map(|(seq, _)| format!("/me/log?before={seq}"));
    let shell = frame.shell(Some(Area::Me));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <p><Link label=texts::me_title(locale) href="/me" back=true/></p>
                <h1>{title}</h1>
                <p class="mg-lead">{texts::me_log_lead(locale)}</p>
                {if entries.is_empty() {
                    view! { <p>{texts::me_log_none(locale)}</p> }.into_any()
                } else {
                    view! { <LinkList entries=entries/> }.into_any()
                }}
                {older.map(|href| view! { <p><Link label=texts::me_log_more(locale) href=href/></p> })}
            </Page>
        }
    })
}

fn entry(locale: Locale, line: &LogLine) -> Entry {
    let at = format::moment(locale, line.at);
    let note = at.then(&Phrase::fixed(" · ")).then(&device_name(locale, line.device));
    Entry { href: None, title: sentence(locale, &line.act), note: Some(note), end: None }
}

fn sentence(locale: Locale, act: &LogAct) -> Phrase {
    match act {
        LogAct::Joined => texts::me_log_joined(locale),
        LogAct::CardShown { changed: false } => texts::me_log_card(locale),
        LogAct::CardShown { changed: true } => texts::me_log_card_changed(locale),
        LogAct::Invited => texts::me_log_invited(locale),
        LogAct::PasskeyMade { name } => texts::me_log_passkey_made(locale, name.as_str()),
        LogAct::PasskeyRemoved { name } => texts::me_log_passkey_removed(locale, name.as_str()),
        LogAct::SignedIn { name } => texts::me_log_signed_in(locale, name.as_str()),
        LogAct::SignedOut => texts::me_log_signed_out(locale),
        LogAct::SessionsEnded { count } => texts::me_log_ended(locale, u64::from(*count)),
    }
}
