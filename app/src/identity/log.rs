//! `/me/log` 利用の記録.

use leptos::prelude::*;
use shared::identity::{LogAct, LogKind, LogLine, LogPage, OfficeAct, Staff};
use shared::kernel::Locale;

use super::devices::device_name;
use super::staff::role_in_words;
use crate::design::{
    banner::{Banner, Matter},
    button::Button,
    filter::{Filter, Kind},
    form::{Form, Hidden},
    link::Link,
    list::{Entry, LinkList},
    page::{Area, Page},
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, format, texts};
use crate::markup::IntoMarkup;

/// `/me/log`: what was done with the account, newest first, a page at a time; what its reader has not seen is marked.
pub fn log(frame: &Frame<'_>, page: &LogPage) -> String {
    let locale = frame.locale;
    let title = texts::me_log(locale);
    let entries: Vec<Entry> =
        page.lines.iter().map(|(seq, line)| entry(locale, line, page.unseen.contains(seq))).collect();
    let of_kind = page.kind.map_or_else(String::new, |kind| format!("kind={}&", kind.word()));
    let older = page.more.map(|seq| format!("/me/log?{of_kind}before={seq}"));
    let (news, kinds) = (news(frame, page), kinds(locale, page.kind));
    let shell = frame.shell(Some(Area::Me));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <p><Link label=texts::me_title(locale) href="/me" back=true/></p>
                <h1>{title}</h1>
                <p class="mg-lead">{texts::me_log_lead(locale)}</p>
                {news}
                {kinds}
                {if entries.is_empty() {
                    view! { <p>{texts::me_log_none(locale)}</p> }.into_markup()
                } else {
                    view! { <LinkList entries=entries/> }.into_markup()
                }}
                {older.map(|href| view! { <p><Link label=texts::me_log_more(locale) href=href/></p> })}
            </Page>
        }
    })
}

/// That there are lines its reader has not seen, and a button to say that they have.
fn news(frame: &Frame<'_>, page: &LogPage) -> Option<impl IntoView + use<>> {
    let locale = frame.locale;
    let last = page.unseen.last()?.to_string();
    let (title, seal) = (texts::me_log_news(locale, page.unseen.len() as u64), frame.seal());
    Some(view! {
        <Banner matter=Matter::Warning title=title>
            <p>{texts::me_log_news_note(locale)}</p>
            <Form action="/me/log" seal=seal>
                <Hidden name="seen" value=last/>
                <Button label=texts::me_log_seen(locale)/>
            </Form>
        </Banner>
    })
}

/// Links to lines of one kind.
fn kinds(locale: Locale, current: Option<LogKind>) -> impl IntoView + use<> {
    let word = |kind| match kind {
        None => texts::me_log_kind_all(locale),
        Some(LogKind::Entry) => texts::me_log_kind_entry(locale),
        Some(LogKind::Account) => texts::me_log_kind_account(locale),
        Some(LogKind::Office) => texts::me_log_kind_office(locale),
    };
    let all = std::iter::once(None).chain(LogKind::ALL.into_iter().map(Some));
    let kinds: Vec<_> = all
        .map(|kind| {
            let href = kind.map_or_else(|| "/me/log".to_owned(), |kind| format!("/me/log?kind={}", kind.word()));
            Kind { href, label: word(kind), current: kind == current }
        })
        .collect();
    view! { <Filter label=texts::me_log_kinds(locale) kinds=kinds/> }
}

fn entry(locale: Locale, line: &LogLine, is_new: bool) -> Entry {
    let at = format::moment(locale, line.at);
    let by = match &line.act {
        LogAct::Office { by: Staff { name, role }, .. } => {
            texts::me_log_by(locale, name.as_str(), &role_in_words(locale, *role))
        }
        _ => device_name(locale, line.device),
    };
    let note = at.then(&Phrase::fixed(" · ")).then(&by);
    let end = is_new.then(|| texts::me_log_new(locale));
    Entry { href: None, title: sentence(locale, &line.act), note: Some(note), end }
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
        LogAct::Office { act, .. } => office_sentence(locale, act),
        LogAct::CodeUsed => texts::me_log_code_used(locale),
        LogAct::CardAdded => texts::me_log_card_added(locale),
        LogAct::Relinked => texts::me_log_relinked(locale),
    }
}

fn office_sentence(locale: Locale, act: &OfficeAct) -> Phrase {
    match act {
        OfficeAct::Granted { points, reason } => texts::me_log_granted(locale, points.get(), reason.as_str()),
        OfficeAct::Corrected { points, reason } => texts::me_log_corrected(locale, points.get(), reason.as_str()),
        OfficeAct::ClerkAdded { shop } => texts::me_log_clerk_added(locale, shop.as_str()),
        OfficeAct::ClerkRemoved { shop } => texts::me_log_clerk_removed(locale, shop.as_str()),
        OfficeAct::LookedUp => texts::me_log_looked_up(locale),
        OfficeAct::Registered { .. } => texts::me_log_registered(locale),
        OfficeAct::RecoveryBegun { .. } => texts::me_log_recovery_begun(locale),
        OfficeAct::RecoveryApproved => texts::me_log_recovery_approved(locale),
        OfficeAct::RolesChanged { .. } => texts::me_log_roles_changed(locale),
        OfficeAct::Stopped => texts::me_log_stopped(locale),
        OfficeAct::Resumed => texts::me_log_resumed(locale),
        OfficeAct::SawRequest => texts::me_log_saw_request(locale),
        OfficeAct::SawHelper => texts::me_log_saw_helper(locale),
        OfficeAct::HelperChecked => texts::me_log_helper_checked(locale),
        OfficeAct::HelperUnchecked => texts::me_log_helper_unchecked(locale),
        OfficeAct::TookCall => texts::me_log_took_call(locale),
        OfficeAct::CallRefused => texts::me_log_call_refused(locale),
        OfficeAct::TelephoneKept => texts::me_log_telephone(locale),
        OfficeAct::LinkMade => texts::me_log_link_made(locale),
    }
}
