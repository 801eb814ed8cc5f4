//! `/me/sessions` サインイン中の端末 and `/me/passkeys/{}` パスキーを消す.

use leptos::prelude::*;
use shared::identity::{Device, PasskeyLine, Place, SessionLine, SessionsPage};
use shared::kernel::Locale;

use super::me::passkey_note;
use super::seal;
use crate::design::{
    banner::{Banner, Matter},
    button::{Button, Tone},
    card::Card,
    form::{Form, Seal},
    link::Link,
    list::{DescriptionList, Row},
    page::{Area, Page},
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, format, texts};
use crate::markup::IntoMarkup;

/// What was done just before `/me/sessions` is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionsDone {
    /// Sessions were ended.
    Ended,
    /// A passkey was added.
    Added,
}

impl SessionsDone {
    /// From the word in the address.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "ended" => Some(Self::Ended),
            "added" => Some(Self::Added),
            _ => None,
        }
    }

    fn words(self, locale: Locale) -> (Phrase, Phrase) {
        match self {
            Self::Ended => (texts::me_sessions_ended(locale), texts::me_sessions_ended_note(locale)),
            Self::Added => (texts::me_sessions_added(locale), texts::me_sessions_added_note(locale)),
        }
    }
}

/// `/me/sessions`: where one is signed in, and ending it.
pub fn sessions(frame: &Frame<'_>, page: &SessionsPage, done: Option<SessionsDone>) -> String {
    let locale = frame.locale;
    let title = texts::me_sessions(locale);
    let several = page.sessions.len() > 1;
    let cards: Vec<_> = page.sessions.iter().map(|line| session(locale, line, seal(frame))).collect();
    let (shell, seal) = (frame.shell(Some(Area::Me)), seal(frame));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                {done.map(|done| {
                    let (title, note) = done.words(locale);
                    view! {
                        <div role="status"><Banner matter=Matter::Success title=title><p>{note}</p></Banner></div>
                    }
                })}
                <p><Link label=texts::me_title(locale) href="/me" back=true/></p>
                <h1>{title}</h1>
                <p class="mg-lead">{texts::me_sessions_lead(locale)}</p>
                {cards}
                {several.then(|| view! {
                    <Form action="/me/sessions" seal=seal>
                        <Button
                            label=texts::me_sessions_end_others(locale) tone=Tone::Danger
                            sends=("session", "others".to_owned())
                        />
                    </Form>
                })}
            </Page>
        }
    })
}

fn session(locale: Locale, line: &SessionLine, seal: Seal) -> impl IntoView + use<> {
    let rows = vec![
        Row::new(texts::me_session_since(locale), format::moment(locale, line.since)),
        Row::new(texts::me_session_seen(locale), format::moment(locale, line.seen_at)),
        Row::new(texts::me_session_place(locale), place(locale, line.place)),
    ];
    let id = (!line.is_this).then(|| line.id.to_string());
    view! {
        <Card title=device_name(locale, line.device)>
            <DescriptionList rows=rows/>
            {match id {
                None => view! { <p>{texts::me_session_this(locale)}</p> }.into_markup(),
                Some(id) => view! {
                    <Form action="/me/sessions" seal=seal>
                        <Button label=texts::me_session_end(locale) tone=Tone::Secondary sends=("session", id)/>
                    </Form>
                }.into_markup(),
            }}
        </Card>
    }
}

fn place(locale: Locale, place: Place) -> Phrase {
    match place {
        Place::Here => texts::me_session_here(locale),
        Place::Elsewhere => texts::me_session_elsewhere(locale),
        Place::Unknown => texts::me_session_nowhere(locale),
    }
}

/// 「Android・Chrome」: names are the same in every language.
pub(super) fn device_name(locale: Locale, device: Device) -> Phrase {
    let names = [device.system.map(|system| system.name()), device.browser.map(|browser| browser.name())];
    match names.into_iter().flatten().collect::<Vec<_>>().as_slice() {
        [] => texts::me_session_unknown(locale),
        names => Phrase::given(names.join(if locale == Locale::En { ", " } else { "・" })),
    }
}

/// `/me/passkeys/{}`: what will follow, then the button.
pub fn remove_passkey(frame: &Frame<'_>, line: &PasskeyLine, is_last: bool) -> String {
    let locale = frame.locale;
    let title = texts::me_passkey_remove_title(locale);
    let rows = vec![Row::new(Phrase::given(line.name.as_str().to_owned()), passkey_note(locale, line))];
    let (action, shell, seal) = (format!("/me/passkeys/{}", line.id), frame.shell(Some(Area::Me)), seal(frame));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <p><Link label=texts::me_title(locale) href="/me" back=true/></p>
                <h1>{title}</h1>
                <DescriptionList rows=rows/>
                {is_last.then(|| view! {
                    <Banner matter=Matter::Warning title=texts::me_passkey_remove_last(locale)/>
                })}
                <p>{texts::me_passkey_remove_note(locale)}</p>
                <Form action=action seal=seal>
                    <Button label=texts::me_passkey_remove(locale) tone=Tone::Danger/>
                    <Button
                        label=texts::me_passkey_remove_all(locale) tone=Tone::Secondary
                        sends=("end_others", "yes".to_owned())
                    />
                </Form>
                <p><Link label=texts::me_passkey_keep(locale) href="/me"/></p>
            </Page>
        }
    })
}
