//! `/me` わたし.

use leptos::prelude::*;
use shared::identity::{Me, PasskeyLine};
use shared::kernel::{Locale, Proof, Role};

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

/// `/me`: who one is here, the number for the counter, one's passkeys. `removed`: one of them was removed just now.
pub fn me(frame: &Frame<'_>, me: &Me, removed: bool) -> String {
    let locale = frame.locale;
    let title = texts::me_title(locale);
    let number = Phrase::given(me.visitor.member.to_string());
    let passkeys: Vec<Entry> = me.passkeys.iter().map(|line| passkey(locale, line)).collect();
    let officer = me.visitor.actor.roles.has(Role::Officer);
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
                        view! { <Empty title=title note=note/> }.into_any()
                    } else {
                        view! { <LinkList entries=passkeys/> }.into_any()
                    }}
                    <ButtonLink label=texts::me_passkey_add(locale) href="/join/passkey" tone=Tone::Secondary/>
                </Card>
                <p><Link label=texts::me_sessions_see(locale) href="/me/sessions"/></p>
                <p><Link label=texts::me_log_see(locale) href="/me/log"/></p>
                {officer.then(|| view! {
                    <Card title=texts::me_work(locale)>
                        <p><Link label=texts::office_title_grant(locale) href="/office"/></p>
                    </Card>
                })}
                <p><Link label=texts::shell_signout(locale) href="/signout"/></p>
            </Page>
        }
    })
}

fn rows(locale: Locale, me: &Me) -> Vec<Row> {
    let mut rows = vec![Row::new(texts::me_name(locale), Phrase::given(me.visitor.name.as_str().to_owned()))];
    if let Some(address) = &me.address {
        rows.push(Row::new(texts::me_address(locale), Phrase::given(address.clone())));
    }
    if let Proof::Card { at } = me.visitor.actor.assurance.proof {
        rows.push(Row::new(texts::me_proof(locale), format::day(locale, at.day())));
    }
    let roles = Role::ALL.into_iter().filter(|&role| me.visitor.actor.roles.has(role)).map(|role| match role {
        Role::Officer => texts::office_role_officer(locale),
        Role::Operator => texts::office_role_operator(locale),
        Role::Auditor => texts::office_role_auditor(locale),
        Role::Administrator => texts::office_role_administrator(locale),
    });
    // Line ends are kept in the detail of a row.
    if let Some(roles) = roles.reduce(|all, role| all.then(&Phrase::fixed("\n")).then(&role)) {
        rows.push(Row::new(texts::me_roles(locale), roles));
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
