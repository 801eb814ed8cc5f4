//! `/notices` お知らせ: what somebody was told of their jobs.

use leptos::prelude::*;
use shared::cohelp::{NotificationKind as Kind, Posted};
use shared::wire::NotificationsPage;

use crate::design::button::{ButtonLink, Tone};
use crate::design::empty::Empty;
use crate::design::link::Link;
use crate::design::list::{Entry, LinkList};
use crate::design::page::Area;
use crate::frame::Frame;
use crate::i18n::{Locale, Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// `/notices`: newest first, each leading to its job; what was not seen before is marked.
pub fn notices(frame: &Frame<'_>, page: &NotificationsPage) -> String {
    let locale = frame.locale;
    let title = texts::notices_title(locale);
    frame.render(frame.shell(Some(Area::Help)), title.clone(), || {
        view! {
            <Link label=texts::help_title(locale) href="/help" back=true/>
            <h1>{title}</h1>
            {list(locale, &page.posted)}
        }
        .into_markup()
    })
}

fn list(locale: Locale, posted: &[Posted]) -> Markup {
    if posted.is_empty() {
        return view! {
            <Empty title=texts::notices_none(locale) note=texts::notices_none_note(locale)>
                <ButtonLink label=texts::home_next_empty_action(locale) href="/help" tone=Tone::Secondary/>
            </Empty>
        }
        .into_markup();
    }
    let entries: Vec<_> = posted.iter().map(|posted| entry(locale, posted)).collect();
    view! {
        <p class="mg-lead">{texts::notices_lead(locale)}</p>
        <section class="mg-card"><LinkList entries=entries/></section>
    }
    .into_markup()
}

fn entry(locale: Locale, posted: &Posted) -> Entry {
    let job = Phrase::given(format!("{} · ", posted.title.as_str()));
    Entry {
        href: Some(format!("/help/{}", posted.notification.job)),
        title: said(locale, posted.notification.kind),
        note: Some(job.then(&format::moment(locale, posted.notification.at))),
        end: (!posted.seen).then(|| texts::notices_new(locale)),
    }
}

/// What happened, in words.
fn said(locale: Locale, kind: Kind) -> Phrase {
    match kind {
        Kind::Offered => texts::notices_offered(locale),
        Kind::Withdrawn => texts::notices_withdrawn(locale),
        Kind::Enquired => texts::notices_enquired(locale),
        Kind::Agreed => texts::notices_agreed(locale),
        Kind::Short(points) => texts::notices_short(locale, &format::points(locale, points)),
        Kind::Declined => texts::notices_declined(locale),
        Kind::Introduced => texts::notices_introduced(locale),
        Kind::Notified => texts::notices_notified(locale),
        Kind::Late(minutes) => texts::notices_late(locale, minutes.into()),
        Kind::Begun => texts::notices_begun(locale),
        Kind::Reported => texts::notices_reported(locale),
        Kind::Disputed => texts::notices_disputed(locale),
        Kind::Gave(points) => texts::notices_gave(locale, &format::points(locale, points)),
        Kind::Received(points) => texts::notices_received(locale, &format::points(locale, points)),
        Kind::Ended => texts::notices_ended(locale),
        Kind::Reopened => texts::notices_reopened(locale),
        Kind::Expired => texts::notices_expired(locale),
        Kind::Thanked => texts::notices_thanked(locale),
        Kind::Found => texts::notices_found(locale),
    }
}
