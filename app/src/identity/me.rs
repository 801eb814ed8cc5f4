//! `/me` わたし.

use leptos::prelude::*;
use shared::identity::{Me, PasskeyLine};
use shared::kernel::{Locale, Proof, Role, Roles};

use super::staff::roles_in_words;
use crate::design::{
    banner::{Banner, Matter},
    button::{ButtonLink, Tone},
    card::Card,
    empty::Empty,
    link::Link,
    list::{DescriptionList, Entry, LinkList, Row},
    page::{Area, Page},
    readout::Readout,
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, format, texts};
use crate::markup::IntoMarkup;

/// `/me`: who one is here, the number for the counter, one's passkeys. `removed`: one of them was removed just now.
pub fn me(frame: &Frame<'_>, me: &Me, removed: bool) -> String {
    let locale = frame.locale;
    let title = texts::me_title(locale);
    let number = Phrase::given(me.visitor.member.to_string());
    let passkeys: Vec<Entry> = me.passkeys.iter().map(|line| passkey(locale, line)).collect();
    let work = work(locale, me.visitor.actor.roles);
    let rows = rows(locale, me);
    let shell = frame.shell(Some(Area::Me));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                {removed.then(|| view! {
                    <div role="status"><Banner matter=Matter::Success title=texts::me_passkey_removed(locale)/></div>
                })}
                <h1>{title}</h1>
                <Readout label=texts::me_number(locale) value=number note=texts::me_number_help(locale)/>
                <DescriptionList rows=rows/>
                <Card title=texts::me_passkeys(locale)>
                    {if passkeys.is_empty() {
                        let (title, note) = (texts::me_passkeys_none(locale), texts::me_passkeys_none_note(locale));
                        view! { <Empty title=title note=note/> }.into_markup()
                    } else {
                        view! { <LinkList entries=passkeys/> }.into_markup()
                    }}
                    <ButtonLink label=texts::me_passkey_add(locale) href="/join/passkey" tone=Tone::Secondary/>
                </Card>
                <p><Link label=texts::me_sessions_see(locale) href="/me/sessions"/></p>
                <p><Link label=texts::me_log_see(locale) href="/me/log"/></p>
                {(!work.is_empty()).then(|| view! {
                    <Card title=texts::me_work(locale)><LinkList entries=work/></Card>
                })}
                <p><Link label=texts::shell_signout(locale) href="/signout"/></p>
            </Page>
        }
    })
}

/// Pages for the work of staff with those roles.
fn work(locale: Locale, roles: Roles) -> Vec<Entry> {
    let pages = [
        (Role::Officer, "/office", texts::office_title_grant(locale)),
        (Role::Officer, "/office/correct", texts::office_correct_title(locale)),
        (Role::Officer, "/office/counter", texts::counter_title(locale)),
        (Role::Officer, "/office/certificate", texts::certificate_title(locale)),
        (Role::Operator, "/desk", texts::desk_title(locale)),
        (Role::Administrator, "/office/staff", texts::staff_title(locale)),
    ];
    let own = pages.into_iter().filter(|(role, ..)| roles.has(*role));
    own.map(|(_, href, title)| Entry { href: Some(href.to_owned()), title, note: None, end: None }).collect()
}

fn rows(locale: Locale, me: &Me) -> Vec<Row> {
    let mut rows = vec![Row::new(texts::me_name(locale), Phrase::given(me.visitor.name.as_str().to_owned()))];
    if let Some(address) = &me.address {
        rows.push(Row::new(texts::me_address(locale), Phrase::given(address.clone())));
    }
    match me.visitor.actor.assurance.proof {
        Proof::Card { at } => rows.push(Row::new(texts::me_proof(locale), format::day(locale, at.day()))),
        Proof::Counter { at } => rows.push(Row::new(texts::me_proof_counter(locale), format::day(locale, at.day()))),
        Proof::Invitation { .. } => {}
    }
    let roles = me.visitor.actor.roles;
    if roles != Roles::NONE {
        rows.push(Row::new(texts::me_roles(locale), roles_in_words(locale, roles)));
    }
    rows
}

fn passkey(locale: Locale, line: &PasskeyLine) -> Entry {
    Entry {
        href: Some(format!("/me/passkeys/{}", line.id)),
        title: Phrase::given(line.name.as_str().to_owned()),
        note: Some(passkey_note(locale, line)),
        end: None,
    }
}

/// When it was made and used, and where it lives.
pub(super) fn passkey_note(locale: Locale, line: &PasskeyLine) -> Phrase {
    let blank = Phrase::fixed(if locale == Locale::En { " " } else { "" });
    let made = texts::me_passkey_made(locale, &format::day(locale, line.since.day()));
    let used = match line.used_at {
        Some(at) => texts::me_passkey_used(locale, &format::day(locale, at.day())),
        None => texts::me_passkey_unused(locale),
    };
    let kept = if line.synced { texts::me_passkey_synced(locale) } else { texts::me_passkey_local(locale) };
    made.then(&blank).then(&used).then(&blank).then(&kept)
}
