//! Telling the centre of somebody met in a job, and what it answered.

use leptos::prelude::*;
use shared::cohelp::{Concern, Field as Id, Matter, REQUESTER};
use shared::kernel::{OfferId, PersonId};

use super::{Here, actions::required};
use crate::cohelp::say;
use crate::design::button::Button;
use crate::design::card::Card;
use crate::design::form::{Form, Hidden};
use crate::design::quote::Quote;
use crate::design::radio_group::RadioGroup;
use crate::design::select::Choice;
use crate::design::text_area::TextArea;
use crate::i18n::{Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// What the reader told the centre, and what became of it.
pub(super) fn told(here: Here<'_>) -> Option<Markup> {
    let lines: Vec<_> = here.page.concerns.iter().map(|concern| line(here, concern)).collect();
    let title = texts::help_concerns(here.locale());
    (!lines.is_empty()).then(|| view! { <Card title=title>{lines}</Card> }.into_markup())
}

fn line(here: Here<'_>, concern: &Concern) -> impl IntoView + use<> {
    let locale = here.locale();
    let what = say::matter(locale, concern.matter);
    let when = format::moment(locale, concern.at);
    let stands = match (&concern.finding, concern.taken) {
        (Some(_), _) => texts::help_concern_closed(locale),
        (None, Some(_)) => texts::help_concern_taken(locale),
        (None, None) => texts::help_concern_open(locale),
    };
    let answer = concern.finding.as_ref().map(|finding| {
        let text = Phrase::given(finding.text.as_str().to_owned());
        view! { <Quote text=text by=format::moment(locale, finding.at)/> }
    });
    let about = texts::help_concern_about(locale, &name(here, concern.about));
    let text = Phrase::given(concern.text.as_str().to_owned());
    view! {
        <p><strong>{what}</strong>" "{about}</p>
        <Quote text=text by=when/>
        <p>{stands}</p>
        {answer}
    }
}

/// The form, closed at the end of the page until something in it is wrong.
pub(super) fn form(here: Here<'_>) -> Option<Markup> {
    let locale = here.locale();
    if here.page.met.is_empty() {
        return None;
    }
    let matters = Matter::ALL.map(|matter| Choice::new(matter.word(), say::matter(locale, matter))).to_vec();
    let (matter, happened) = (required(here, Id::Matter), required(here, Id::Happened));
    let happened = happened.help(texts::help_field_happened_help(locale));
    let (chosen, typed) = (here.input.raise.matter.clone(), here.input.raise.happened.clone());
    let (open, seal, whom) = (here.input.act == "raise", here.frame.seal_of("raise"), whom(here));
    Some(
        view! {
            <details class="mg-why" open=open>
                <summary class="mg-why__question">{texts::help_raise_title(locale)}</summary>
                <p>{texts::help_raise_danger(locale)}</p>
                <p>{texts::help_raise_what(locale)}</p>
                <Form action=here.url() seal=seal>
                    <Hidden name="act" value="raise"/>
                    {whom}
                    <RadioGroup field=matter choices=matters value=chosen/>
                    <TextArea field=happened value=typed rows=5/>
                    <Button label=texts::help_action_raise(locale)/>
                </Form>
            </details>
        }
        .into_markup(),
    )
}

/// About whom: asked where there are several, and nobody chosen for the reader.
fn whom(here: Here<'_>) -> Markup {
    let word = |offer: Option<OfferId>| offer.map_or_else(|| REQUESTER.to_owned(), |offer| offer.to_string());
    if let [(offer, _)] = here.page.met.as_slice() {
        let value = word(*offer);
        return view! { <Hidden name="whom" value=value/> }.into_markup();
    }
    let choices: Vec<_> =
        here.page.met.iter().map(|(offer, person)| Choice::new(word(*offer), name(here, *person))).collect();
    let (field, chosen) = (required(here, Id::Whom), here.input.raise.whom.clone());
    view! { <RadioGroup field=field choices=choices value=chosen/> }.into_markup()
}

fn name(here: Here<'_>, person: PersonId) -> Phrase {
    let locale = here.locale();
    here.name(person).map_or_else(|| texts::help_other_person(locale), |name| texts::help_person(locale, name))
}
