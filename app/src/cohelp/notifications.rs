//! `/notifications` お知らせ: what somebody was told of their jobs.

use leptos::prelude::*;
use shared::cohelp::{Late, Listed, Notification, NotificationKind as Kind};
use shared::wire::NotificationsPage;

use crate::design::button::{ButtonLink, Tone};
use crate::design::empty::Empty;
use crate::design::link::Link;
use crate::design::list::{Entry, LinkList};
use crate::design::page::Area;
use crate::frame::Frame;
use crate::i18n::{Locale, Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// `/notifications`: newest first, each leading to its job; what was not seen before is marked.
pub fn notifications(frame: &Frame<'_>, page: &NotificationsPage) -> String {
    let locale = frame.locale;
    let title = texts::notifications_title(locale);
    frame.render(frame.shell(Some(Area::Help)), title.clone(), || {
        view! {
            <Link label=texts::help_title(locale) href="/help" back=true/>
            <h1>{title}</h1>
            {list(locale, &page.listed)}
        }
        .into_markup()
    })
}

fn list(locale: Locale, listed: &[Listed]) -> Markup {
    if listed.is_empty() {
        return view! {
            <Empty title=texts::notifications_none(locale) note=texts::notifications_none_note(locale)>
                <ButtonLink label=texts::home_next_empty_action(locale) href="/help" tone=Tone::Secondary/>
            </Empty>
        }
        .into_markup();
    }
    let entries: Vec<_> = listed.iter().map(|listed| entry(locale, listed)).collect();
    view! {
        <p class="mg-lead">{texts::notifications_lead(locale)}</p>
        <section class="mg-card"><LinkList entries=entries/></section>
    }
    .into_markup()
}

fn entry(locale: Locale, listed: &Listed) -> Entry {
    let job = Phrase::given(format!("{} · ", listed.title.as_str()));
    Entry {
        href: Some(format!("/help/{}", listed.notification.job)),
        title: said(locale, &listed.notification),
        note: Some(job.then(&format::moment_short(locale, listed.notification.at))),
        end: (!listed.seen).then(|| texts::notifications_new(locale)),
    }
}

/// What happened, in words.
fn said(locale: Locale, notification: &Notification) -> Phrase {
    match notification.kind {
        Kind::Offered => texts::notifications_offered(locale),
        Kind::Withdrawn => texts::notifications_withdrawn(locale),
        Kind::Enquired => texts::notifications_enquired(locale),
        Kind::Agreed => texts::notifications_agreed(locale),
        // Not for want of points.
        Kind::Short(points) if points.is_zero() => texts::notifications_not_agreed(locale),
        Kind::Short(points) => texts::notifications_short(locale, &format::points(locale, points)),
        Kind::Declined => texts::notifications_declined(locale),
        Kind::Introduced => texts::notifications_introduced(locale),
        Kind::Notified => texts::notifications_notified(locale),
        Kind::Late(minutes) => {
            let comes = Late { minutes, at: notification.at }.comes_at();
            texts::notifications_late(locale, &format::moment(locale, comes))
        }
        Kind::Begun => texts::notifications_begun(locale),
        Kind::Reported => texts::notifications_reported(locale),
        Kind::Disputed => texts::notifications_disputed(locale),
        Kind::Gave(points) => texts::notifications_gave(locale, &format::points(locale, points)),
        Kind::Received(points) => texts::notifications_received(locale, &format::points(locale, points)),
        Kind::Ended => texts::notifications_ended(locale),
        Kind::Reopened => texts::notifications_reopened(locale),
        Kind::Expired => texts::notifications_expired(locale),
        Kind::Thanked => texts::notifications_thanked(locale),
        Kind::Found => texts::notifications_found(locale),
        Kind::Wrote => texts::notifications_wrote(locale),
        Kind::Stated => texts::notifications_stated(locale),
        Kind::GaveForTime(points) => texts::notifications_gave_for_time(locale, &format::points(locale, points)),
        Kind::ReceivedForTime(points) => {
            texts::notifications_received_for_time(locale, &format::points(locale, points))
        }
    }
}
