//! `/help`.

use leptos::prelude::*;
use shared::cohelp::JobCard;
use shared::wire::BoardPage;

use super::say;
use crate::design::card::Door;
use crate::design::icon::Shape;
use crate::design::link::Link;
use crate::design::list::{Entry, LinkList};
use crate::design::page::Area;
use crate::frame::Frame;
use crate::i18n::{Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// When and where a job is, and in which language if not in Japanese.
pub(super) fn when_and_where(frame: &Frame<'_>, card: &JobCard) -> Phrase {
    let window = card.window;
    let when = format::window(frame.locale, window.day(), window.from_minute(), window.to_minute());
    let said = texts::help_when_where(frame.locale, &when, &frame.area_name(card.area.as_str()));
    let foreign = say::foreign(frame.locale, &card.languages);
    foreign.into_iter().fold(said, |said, foreign| said.then(&Phrase::fixed(" · ")).then(&foreign))
}

pub(super) fn entry(frame: &Frame<'_>, card: &JobCard, end: Phrase) -> Entry {
    Entry {
        href: Some(format!("/help/{}", card.id)),
        title: Phrase::given(card.title.as_str().to_owned()),
        note: Some(when_and_where(frame, card)),
        end: Some(end),
    }
}

/// A list with its heading and what is to be said of it, if there is anything in it.
pub(super) fn listed(title: Phrase, note: Option<Phrase>, entries: Vec<Entry>) -> Option<Markup> {
    (!entries.is_empty()).then(|| {
        view! {
            <section class="mg-card">
                <h2 class="mg-card__title">{title}</h2>
                {note.map(|note| view! { <p>{note}</p> })}
                <LinkList entries=entries/>
            </section>
        }
        .into_markup()
    })
}

/// Own jobs with where they stand, or a line that there are none.
fn own(frame: &Frame<'_>, title: Phrase, none: Phrase, cards: &[JobCard]) -> Markup {
    let entries: Vec<_> = cards.iter().map(|card| entry(frame, card, say::phase(frame.locale, card))).collect();
    let list = if entries.is_empty() {
        view! { <p class="mg-soft">{none}</p> }.into_markup()
    } else {
        view! { <LinkList entries=entries/> }.into_markup()
    };
    view! { <section class="mg-card"><h2 class="mg-card__title">{title}</h2>{list}</section> }.into_markup()
}

/// `/help` 助け合い: two doors of equal weight, then what is going on.
pub fn board(frame: &Frame<'_>, page: &BoardPage) -> String {
    let locale = frame.locale;
    frame.render(frame.shell(Some(Area::Help)), texts::help_title(locale), || {
        let mine = own(frame, texts::help_mine(locale), texts::help_mine_none(locale), &page.board.mine);
        let helping = own(frame, texts::help_helping(locale), texts::help_helping_none(locale), &page.board.helping);
        view! {
            <h1>{texts::help_title(locale)}</h1>
            <p class="mg-lead">{texts::help_lead(locale)}</p>
            <div class="mg-doors">
                <Door
                    title=texts::help_door_ask(locale) note=texts::help_door_ask_note(locale)
                    href="/help/new" shape=Shape::Heart
                />
                <Door
                    title=texts::help_door_offer(locale) note=texts::help_door_offer_note(locale)
                    href="/help/offers" shape=Shape::Handshake
                />
            </div>
            {mine}
            {helping}
            <p><Link label=texts::notifications_title(locale) href="/notifications"/></p>
            <p><Link label=texts::circulation_title(locale) href="/circulation"/></p>
        }
        .into_markup()
    })
}
