//! Whom an operator may ask for a request, and who was asked.

use leptos::prelude::*;
use shared::cohelp::helping::{Answer, Enquiry, helper_id};
use shared::cohelp::matching::Candidate;
use shared::cohelp::{AreaCode, Phase};
use shared::kernel::PersonId;
use shared::wire::Named;

use super::DeskDone;
use super::job::Desk;
use crate::cohelp::offers::reasons;
use crate::design::button::{Button, Tone};
use crate::design::card::Card;
use crate::design::form::{Form, Hidden};
use crate::design::list::{DescriptionList, Row};
use crate::frame::Frame;
use crate::i18n::{Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// Somebody as an operator tells them from others of that name: with the area of who has registered.
pub(super) fn who(frame: &Frame<'_>, named: &Named, homes: &[(PersonId, AreaCode)], person: PersonId) -> Phrase {
    let (locale, name) = (frame.locale, named.of(person).map_or("", |name| name.as_str()));
    match homes.iter().find(|(known, _)| *known == person) {
        Some((_, area)) => texts::desk_candidate(locale, name, &frame.area_name(area.as_str())),
        None => texts::help_person(locale, name),
    }
}

fn named(desk: Desk<'_>, person: PersonId) -> Phrase {
    who(desk.here.frame, &desk.page.named, &desk.page.homes, person)
}

/// Best first, each with why and a button; what nobody can be asked for any more has no such list.
pub(super) fn list(desk: Desk<'_>) -> Option<Markup> {
    let locale = desk.here.locale();
    let candidates = desk.page.candidates.as_ref()?;
    let content = if candidates.is_empty() {
        view! { <p class="mg-soft">{texts::desk_candidates_none(locale)}</p> }.into_markup()
    } else {
        let items: Vec<_> = candidates.iter().map(|candidate| one(desk, candidate)).collect();
        view! { <p>{texts::desk_candidates_what(locale)}</p><ol class="mg-stack">{items}</ol> }.into_markup()
    };
    Some(view! { <Card title=texts::desk_candidates(locale)>{content}</Card> }.into_markup())
}

fn one(desk: Desk<'_>, candidate: &Candidate) -> impl IntoView + use<> {
    let (locale, url) = (desk.here.locale(), format!("/desk/{}", desk.here.job().card.id));
    let (id, act) = (helper_id(candidate.helper).to_string(), DeskDone::Enquire.word());
    let why = reasons(desk.here.frame, &candidate.reasons);
    let who = named(desk, candidate.helper);
    let (label, seal) = (texts::desk_enquire(locale, &who), desk.here.frame.seal_of(&format!("{act} {id}")));
    view! {
        <li>
            <p><strong>{who}</strong></p>
            {why.map(|why| view! { <p class="mg-soft">{why}</p> })}
            <Form action=url seal=seal>
                <Hidden name="act" value=act/>
                <Hidden name="helper" value=id/>
                <Button label=label tone=Tone::Secondary/>
            </Form>
        </li>
    }
}

/// Who was asked, and what they said.
pub(super) fn asked(desk: Desk<'_>) -> Option<Markup> {
    let locale = desk.here.locale();
    let row = |enquiry: &Enquiry| {
        let waits = enquiry.waits(desk.page.now) && desk.here.job().card.phase == Phase::Open;
        let said = match enquiry.answer {
            None if waits => texts::desk_asked_waiting(locale, &format::moment(locale, enquiry.at)),
            None => texts::desk_asked_silent(locale, &format::moment(locale, enquiry.at)),
            Some((Answer::Yes, at)) => texts::desk_asked_yes(locale, &format::moment(locale, at)),
            Some((Answer::No, at)) => texts::desk_asked_no(locale, &format::moment(locale, at)),
        };
        Row::new(named(desk, enquiry.helper), said)
    };
    let rows: Vec<_> = desk.page.enquiries.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        view! { <Card title=texts::desk_asked_title(locale)><DescriptionList rows=rows/></Card> }.into_markup()
    })
}
