//! `/help/offers` 手伝いたい: requests the reader could help with, what the centre asks first, then what suits them.

use leptos::prelude::*;
use shared::cohelp::JobCard;
use shared::cohelp::matching::Reason;
use shared::wire::OffersPage;

use super::board::{entry, when_and_where};
use super::say;
use crate::design::button::{ButtonLink, Tone};
use crate::design::card::Card;
use crate::design::empty::Empty;
use crate::design::link::Link;
use crate::design::list::{Entry, LinkList};
use crate::design::page::Area;
use crate::frame::Frame;
use crate::i18n::{Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// `/help/offers`: requests the reader could help with.
pub fn offers(frame: &Frame<'_>, page: &OffersPage) -> String {
    let locale = frame.locale;
    let title = texts::help_door_offer(locale);
    frame.render(frame.shell(Some(Area::Help)), title.clone(), || {
        let nothing = page.asked.is_empty() && page.open.is_empty();
        let lead = (!nothing).then(|| view! { <p class="mg-lead">{texts::help_offers_lead(locale)}</p> });
        let insurance = (!nothing).then(|| view! { <p class="mg-soft mg-small">{texts::help_insurance(locale)}</p> });
        let none = nothing.then(|| {
            view! {
                <Empty title=texts::help_open_none(locale) note=texts::help_open_none_note(locale)>
                    <ButtonLink label=texts::home_next_empty_action(locale) href="/help" tone=Tone::Secondary/>
                </Empty>
            }
        });
        let (asked, suited, others) = (asked(frame, page), suited(frame, page), others(frame, page));
        view! {
            <Link label=texts::help_title(locale) href="/help" back=true/>
            <h1>{title}</h1>
            {lead}
            {asked}
            {suited}
            {others}
            {none}
            {registration(frame, page)}
            {insurance}
        }
        .into_markup()
    })
}

fn list(title: Phrase, lead: Option<Phrase>, entries: Vec<Entry>) -> Option<Markup> {
    (!entries.is_empty()).then(|| {
        view! {
            <section class="mg-card">
                <h2 class="mg-card__title">{title}</h2>
                {lead.map(|lead| view! { <p>{lead}</p> })}
                <LinkList entries=entries/>
            </section>
        }
        .into_markup()
    })
}

fn line(frame: &Frame<'_>, card: &JobCard) -> Entry {
    entry(frame, card, format::points(frame.locale, card.to_helper))
}

fn asked(frame: &Frame<'_>, page: &OffersPage) -> Option<Markup> {
    let lead = texts::help_asked_lead(frame.locale);
    list(texts::help_asked(frame.locale), Some(lead), page.asked.iter().map(|card| line(frame, card)).collect())
}

/// Best first, each with why.
fn suited(frame: &Frame<'_>, page: &OffersPage) -> Option<Markup> {
    let entry = |suited: &shared::cohelp::helping::Suited| {
        let card = page.open.iter().find(|card| card.id == suited.job)?;
        let mut note = when_and_where(frame, card);
        if let Some(why) = reasons(frame, &suited.reasons) {
            note = note.then(&Phrase::fixed(" · ")).then(&why);
        }
        Some(Entry { note: Some(note), ..line(frame, card) })
    };
    list(texts::help_suited(frame.locale), None, page.suited.iter().filter_map(entry).collect())
}

fn others(frame: &Frame<'_>, page: &OffersPage) -> Option<Markup> {
    let rest = page.open.iter().filter(|card| page.suited.iter().all(|suited| suited.job != card.id));
    let title =
        if page.suited.is_empty() { texts::help_open(frame.locale) } else { texts::help_open_others(frame.locale) };
    list(title, None, rest.map(|card| line(frame, card)).collect())
}

/// What speaks for it, in a line.
pub(super) fn reasons(frame: &Frame<'_>, reasons: &[Reason]) -> Option<Phrase> {
    let words = reasons.iter().filter_map(|reason| say::reason(frame.locale, *reason));
    words.reduce(|all, next| all.then(&Phrase::fixed(" · ")).then(&next))
}

/// The way to the registration: what it is good for, for those who have none.
fn registration(frame: &Frame<'_>, page: &OffersPage) -> Markup {
    let locale = frame.locale;
    if page.registered {
        return view! { <p><Link label=texts::help_register_change(locale) href="/help/profile"/></p> }.into_markup();
    }
    view! {
        <Card title=texts::help_register_title(locale)>
            <p>{texts::help_register_what(locale)}</p>
            <ButtonLink label=texts::help_register(locale) href="/help/profile" tone=Tone::Secondary/>
        </Card>
    }
    .into_markup()
}
