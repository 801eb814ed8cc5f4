//! What one of the two is asked of the centre's service when all is over, and what they said.

use leptos::prelude::*;
use shared::cohelp::{Action, Feedback, Field as Id};
use shared::wire::Rated;

use super::Here;
use super::actions::{optional, required, stars};
use crate::cohelp::say;
use crate::design::button::{Button, Tone};
use crate::design::card::Card;
use crate::design::form::{Form, Hidden};
use crate::design::quote::Quote;
use crate::design::radio_group::RadioGroup;
use crate::design::text_area::TextArea;
use crate::i18n::{Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// The question, or the answer.
pub(super) fn card(here: Here<'_>) -> Option<Markup> {
    match here.page.rated.as_ref()? {
        Rated::Asked => Some(form(here)),
        Rated::Said(feedback) => Some(said(here, feedback)),
    }
}

fn form(here: Here<'_>) -> Markup {
    let locale = here.locale();
    let choices = stars(locale, say::satisfaction);
    let (satisfaction, words) = (required(here, Id::Satisfaction), optional(here, Id::Words));
    let words = words.help(texts::help_rate_words_help(locale));
    let (chosen, typed) = (here.input.rate.satisfaction.clone(), here.input.rate.words.clone());
    let form = view! {
        <p>{texts::help_rate_lead(locale)}</p>
        <Form action=here.url() seal=here.frame.seal_of("rate")>
            <Hidden name="act" value="rate"/>
            <RadioGroup field=satisfaction choices=choices value=chosen/>
            <TextArea field=words value=typed rows=3/>
            <Button label=texts::help_action_rate(locale) tone=Tone::Secondary/>
        </Form>
    };
    // Thanks come first: one question at a time.
    if here.job().may.contains(&Action::Thank) {
        let open = here.input.act == "rate";
        return view! {
            <details class="mg-why" open=open id="rate">
                <summary class="mg-why__question">{texts::help_rate_open(locale)}</summary>
                <div class="mg-card">{form}</div>
            </details>
        }
        .into_markup();
    }
    view! {
        <section class="mg-card" id="rate">
            <h2 class="mg-card__title">{texts::help_rate_title(locale)}</h2>
            {form}
        </section>
    }
    .into_markup()
}

/// How satisfied they were nobody keeps with their name, so it is not shown either.
fn said(here: Here<'_>, feedback: &Feedback) -> Markup {
    let locale = here.locale();
    let answered = texts::help_rated(locale, &format::day(locale, feedback.at.day()));
    let words = feedback.words.as_ref().map(|words| {
        let stands = match feedback.read {
            Some((_, at)) => texts::help_rated_read(locale, &format::day(locale, at.day())),
            None => texts::help_rated_waits(locale),
        };
        view! { <Quote text=Phrase::given(words.as_str().to_owned()) by=stands/> }
    });
    view! { <Card title=texts::help_rate_title(locale)><p>{answered}</p>{words}</Card> }.into_markup()
}
