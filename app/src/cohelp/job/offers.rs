//! Offers: all of them for the requester, their own for a helper.

use leptos::prelude::*;
use shared::cohelp::{Action, OfferState, OfferView, Phase, Side};

use super::Here;
use crate::design::button::Button;
use crate::design::form::{Form, Hidden};
use crate::i18n::{Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// The offers the reader sees, each with the way to choose it.
pub(super) fn list(here: Here<'_>) -> Option<Markup> {
    let (locale, job) = (here.locale(), here.job());
    let choosing = job.card.side == Some(Side::Requester);
    if !choosing {
        return (job.card.side.is_none() && !job.offers.is_empty()).then(|| own(here));
    }
    // Once it is agreed the offers have done their part; the helper's word stands with the details.
    if !matches!(job.card.phase, Phase::Open | Phase::Agreeing) {
        return None;
    }
    let count = job.offers.iter().filter(|offer| offer.state == OfferState::Standing).count();
    let title = match count {
        0 => texts::help_offers(locale),
        some => texts::help_offers_count(locale, some as u64),
    };
    let may_choose = job.may.iter().any(|action| matches!(action, Action::Choose(_)));
    let what = may_choose.then(|| view! { <p>{texts::help_choose_what(locale, job.card.reward.get())}</p> });
    let none = job.offers.is_empty().then(|| view! { <p class="mg-soft">{texts::help_offers_none(locale)}</p> });
    let offers: Vec<_> = job.offers.iter().map(|offer| one(here, offer)).collect();
    Some(view! { <section class="mg-stack"><h2>{title}</h2>{what}{none}{offers}</section> }.into_markup())
}

/// One offer as the requester sees it.
fn one(here: Here<'_>, offer: &OfferView) -> impl IntoView + use<> {
    let (locale, job) = (here.locale(), here.job());
    let name = match here.name(offer.helper) {
        Some(name) => texts::help_person(locale, name),
        None => texts::help_job_name_hidden(locale),
    };
    let (url, id) = (here.url(), offer.id.to_string());
    let seal = here.frame.seal_of(&format!("choose {id}"));
    let choose = job.may.contains(&Action::Choose(offer.id)).then(|| {
        view! {
            <Form action=url seal=seal>
                <Hidden name="act" value="choose"/>
                <Hidden name="offer" value=id/>
                <Button label=texts::help_action_choose(locale)/>
            </Form>
        }
    });
    let why = crate::cohelp::offers::reasons(here.frame, &offer.reasons);
    let state = if offer.unproven { Some(texts::help_offer_unproven(locale)) } else { state(here, offer.state) };
    let state = state.map(|state| view! { <p class="mg-soft">{state}</p> });
    let note = offer.note.as_ref().map(|note| Phrase::given(note.as_str().to_owned()));
    view! {
        <section class="mg-card">
            <h3 class="mg-card__title">{name}</h3>
            {note.map(|note| view! { <p>{note}</p> })}
            {why.map(|why| view! { <p>{why}</p> })}
            <p class="mg-soft mg-small">{format::moment(locale, offer.at)}</p>
            {state}
            {choose}
        </section>
    }
}

fn state(here: Here<'_>, state: OfferState) -> Option<Phrase> {
    match state {
        OfferState::Standing => None,
        OfferState::Withdrawn => Some(texts::help_offer_withdrawn(here.locale())),
        OfferState::Chosen => Some(texts::help_offer_chosen(here.locale())),
        OfferState::Declined => Some(texts::help_offer_declined(here.locale())),
    }
}

/// What a helper offered.
fn own(here: Here<'_>) -> Markup {
    let locale = here.locale();
    let lines: Vec<_> = here
        .job()
        .offers
        .iter()
        .map(|offer| {
            let note = offer.note.as_ref().map(|note| Phrase::given(note.as_str().to_owned()));
            let withdrawn = (offer.state == OfferState::Withdrawn).then(|| texts::help_offer_withdrawn(locale));
            view! {
                {note.map(|note| view! { <p>{note}</p> })}
                <p class="mg-soft mg-small">{format::moment(locale, offer.at)}</p>
                {withdrawn.map(|word| view! { <p class="mg-soft">{word}</p> })}
            }
        })
        .collect();
    let title = texts::help_offer_yours(locale);
    view! { <section class="mg-card"><h2 class="mg-card__title">{title}</h2>{lines}</section> }.into_markup()
}
