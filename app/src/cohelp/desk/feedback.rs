//! What people want the centre to know after their job: the queue, and each with whether somebody has read it.

use leptos::prelude::*;
use shared::cohelp::{Feedback, Side};
use shared::wire::DeskPage;

use super::case::name;
use super::job::Desk;
use super::{DeskDone, more};
use crate::design::button::Button;
use crate::design::card::Card;
use crate::design::form::{Form, Hidden};
use crate::design::list::{Entry, LinkList};
use crate::design::quote::Quote;
use crate::frame::Frame;
use crate::i18n::{Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// Those that nobody has read, on the first page of the desk, longest first.
pub(super) fn queue(frame: &Frame<'_>, page: &DeskPage) -> Option<Markup> {
    let locale = frame.locale;
    let entries: Vec<_> = page
        .feedback
        .iter()
        .map(|(feedback, title)| {
            let by = name(frame, &page.named, feedback.by);
            let note = by.then(&Phrase::fixed(" · ")).then(&format::moment_short(locale, feedback.at));
            let title = Phrase::given(title.as_str().to_owned());
            Entry { href: Some(format!("/desk/{}", feedback.job)), title, note: Some(note), end: None }
        })
        .collect();
    let title = texts::desk_feedback(locale, page.feedback_count.into());
    let more = more(locale, page.feedback_count, page.feedback.len());
    (!entries.is_empty()).then(|| view! { <Card title=title><LinkList entries=entries/>{more}</Card> }.into_markup())
}

/// Those about one job.
pub(super) fn of_job(desk: Desk<'_>) -> Option<Markup> {
    let locale = desk.here.locale();
    let said: Vec<_> = desk.page.feedback.iter().filter_map(|feedback| one(desk, feedback)).collect();
    (!said.is_empty()).then(|| view! { <Card title=texts::desk_feedback_title(locale)>{said}</Card> }.into_markup())
}

fn one(desk: Desk<'_>, feedback: &Feedback) -> Option<Markup> {
    let locale = desk.here.locale();
    let words = Phrase::given(feedback.words.as_ref()?.as_str().to_owned());
    let at = format::moment_short(locale, feedback.at);
    let by = desk.here.person(feedback.side).then(&Phrase::fixed(" · ")).then(&at);
    let read = feedback.read.map(|(by, at)| {
        let who = name(desk.here.frame, &desk.page.named, by);
        view! { <p class="mg-soft">{texts::desk_feedback_read(locale, &who, &format::moment_short(locale, at))}</p> }
    });
    let form = feedback.waits().then(|| read_form(desk, feedback.side));
    Some(view! { <Quote text=words by=by/>{read}{form} }.into_markup())
}

fn read_form(desk: Desk<'_>, side: Side) -> Markup {
    let (url, act) = (format!("/desk/{}", desk.here.job().card.id), DeskDone::Read.word());
    let (locale, seal) = (desk.here.locale(), desk.here.frame.seal_of(&format!("{act} {}", side.word())));
    view! {
        <Form action=url seal=seal>
            <Hidden name="act" value=act/>
            <Hidden name="side" value=side.word()/>
            <Button label=texts::desk_action_read(locale)/>
        </Form>
    }
    .into_markup()
}
