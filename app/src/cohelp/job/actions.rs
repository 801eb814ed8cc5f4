//! What the reader can do now, each in a form of its own.

use leptos::prelude::*;
use shared::cohelp::{Action, Field as Id, Rating, Side};

use super::Here;
use crate::cohelp::say;
use crate::design::button::{Button, Tone};
use crate::design::field::Field;
use crate::design::form::{Form, Hidden};
use crate::design::radio_group::RadioGroup;
use crate::design::select::Choice;
use crate::design::text_area::TextArea;
use crate::design::text_field::TextField;
use crate::i18n::texts;

/// What moves the job on: right under where it stands.
pub(super) fn now(here: Here<'_>) -> Vec<AnyView> {
    let forms = here.job().may.iter().map(|action| match action {
        Action::Offer => Some(offer(here)),
        Action::Thank => Some(thank(here)),
        Action::Confirm | Action::Withdraw(_) | Action::Choose(_) | Action::Cancel => None,
    });
    forms.flatten().collect()
}

/// What takes something back: at the end of the page.
pub(super) fn later(here: Here<'_>) -> Vec<AnyView> {
    let forms = here.job().may.iter().map(|action| match action {
        Action::Withdraw(offer) => Some(withdraw(here, offer.to_string())),
        Action::Cancel => Some(cancel(here)),
        Action::Offer | Action::Choose(_) | Action::Confirm | Action::Thank => None,
    });
    forms.flatten().collect()
}

fn optional(here: Here<'_>, id: Id) -> Field {
    let locale = here.locale();
    Field::new(id.id(), say::field(locale, id)).optional(texts::shell_optional(locale)).error(here.errors.at(id))
}

fn offer(here: Here<'_>) -> AnyView {
    let (locale, card) = (here.locale(), &here.job().card);
    let typed = here.input.note.clone();
    let note = optional(here, Id::Note).help(texts::help_offer_note_help(locale));
    view! {
        <section class="mg-card">
            <h2 class="mg-card__title">{texts::help_offer_title(locale)}</h2>
            <p>{texts::help_offer_lead(locale, card.to_helper.get())}</p>
            <Form action=here.url() seal=here.frame.seal_of("offer")>
                <Hidden name="act" value="offer"/>
                <TextField field=note value=typed/>
                <Button label=texts::help_action_offer(locale)/>
            </Form>
            <p class="mg-soft mg-small">{texts::help_insurance(locale)}</p>
        </section>
    }
    .into_any()
}

/// Saying that it is done belongs to where the job stands, not beside it.
pub(super) fn confirm(here: Here<'_>) -> Option<AnyView> {
    let (locale, job) = (here.locale(), here.job());
    let (url, seal) = (here.url(), here.frame.seal_of("confirm"));
    let what = texts::help_confirm_what(locale, job.card.to_helper.get());
    job.may.contains(&Action::Confirm).then(|| {
        view! {
            <p>{what}</p>
            <Form action=url seal=seal>
                <Hidden name="act" value="confirm"/>
                <Button label=texts::help_action_confirm(locale)/>
            </Form>
        }
        .into_any()
    })
}

fn thank(here: Here<'_>) -> AnyView {
    let locale = here.locale();
    let choices = (1..=Rating::MAX.get())
        .rev()
        .filter_map(Rating::new)
        .map(|rating| Choice::new(rating.get().to_string(), say::rating(locale, rating)))
        .collect::<Vec<_>>();
    let question = match here.job().card.side {
        Some(Side::Helper) => texts::help_thank_rating_helper(locale),
        _ => say::field(locale, Id::Rating),
    };
    let rating =
        Field::new(Id::Rating.id(), question).required(texts::shell_required(locale)).error(here.errors.at(Id::Rating));
    let (chosen, typed) = (here.input.rating.clone(), here.input.message.clone());
    let message = optional(here, Id::Message).help(texts::help_thank_message_help(locale));
    view! {
        <section class="mg-card" id="thank">
            <h2 class="mg-card__title">{texts::help_thank_title(locale, &here.other())}</h2>
            <Form action=here.url() seal=here.frame.seal_of("thank")>
                <Hidden name="act" value="thank"/>
                <RadioGroup field=rating choices=choices value=chosen/>
                <TextArea field=message value=typed rows=3/>
                <Button label=texts::help_action_thank(locale)/>
            </Form>
        </section>
    }
    .into_any()
}

fn withdraw(here: Here<'_>, offer: String) -> AnyView {
    let locale = here.locale();
    view! {
        <section class="mg-card">
            <h2 class="mg-card__title">{texts::help_withdraw_title(locale)}</h2>
            <p>{texts::help_withdraw_note(locale)}</p>
            <Form action=here.url() seal=here.frame.seal_of("withdraw")>
                <Hidden name="act" value="withdraw"/>
                <Hidden name="offer" value=offer/>
                <Button label=texts::help_action_withdraw(locale) tone=Tone::Secondary/>
            </Form>
        </section>
    }
    .into_any()
}

fn cancel(here: Here<'_>) -> AnyView {
    let (locale, job) = (here.locale(), here.job());
    let typed = here.input.reason.clone();
    let reason = optional(here, Id::Reason).help(texts::help_cancel_reason_help(locale));
    // With something wrong in it, or something typed, it stays open: a draft is never out of sight.
    let open = here.errors.at(Id::Reason).is_some() || !here.input.reason.is_empty();
    let what = if job.helper.is_some() { texts::help_cancel_note(locale) } else { texts::help_cancel_what(locale) };
    view! {
        <details class="mg-why" open=open>
            <summary class="mg-why__question">{texts::help_cancel_open(locale)}</summary>
            <div class="mg-card">
                <p>{what}</p>
                <Form action=here.url() seal=here.frame.seal_of("cancel")>
                    <Hidden name="act" value="cancel"/>
                    <TextField field=reason value=typed/>
                    <Button label=texts::help_action_cancel(locale) tone=Tone::Danger/>
                </Form>
            </div>
        </details>
    }
    .into_any()
}
