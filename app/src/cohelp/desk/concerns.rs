//! What people told of others: the queue, and each of them with what an operator does about it.

use leptos::prelude::*;
use shared::cohelp::{Concern, Field as Id};
use shared::kernel::ConcernId;
use shared::wire::DeskPage;

use super::case::name;
use super::job::Desk;
use super::{DeskDone, more};
use crate::cohelp::job::actions::required;
use crate::cohelp::say;
use crate::design::button::{Button, Tone};
use crate::design::card::Card;
use crate::design::form::{Form, Hidden};
use crate::design::list::{DescriptionList, Entry, LinkList, Row};
use crate::design::quote::Quote;
use crate::design::text_area::TextArea;
use crate::frame::Frame;
use crate::i18n::{Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// The queue on the first page of the desk, by when each is due.
pub(super) fn queue(frame: &Frame<'_>, page: &DeskPage) -> Option<Markup> {
    let entries: Vec<_> = page.concerns.iter().map(|concern| entry(frame, page, concern)).collect();
    let title = texts::desk_concerns(frame.locale, page.concerns_count.into());
    let more = more(frame.locale, page.concerns_count, page.concerns.len());
    (!entries.is_empty()).then(|| view! { <Card title=title><LinkList entries=entries/>{more}</Card> }.into_markup())
}

fn entry(frame: &Frame<'_>, page: &DeskPage, concern: &Concern) -> Entry {
    let locale = frame.locale;
    let who = |person| name(frame, &page.named, person);
    let stands = match concern.taken {
        Some((by, _)) => texts::desk_concern_taken(locale, &who(by)),
        None => texts::desk_concern_open(locale),
    };
    let due = format::moment(locale, concern.due_at());
    let late = page.now >= concern.due_at();
    let due = if late { texts::desk_concern_late(locale, &due) } else { texts::desk_concern_due(locale, &due) };
    let people = texts::desk_concern_people(locale, &who(concern.by), &who(concern.about));
    let note = Some(people.then(&Phrase::fixed(" · ")).then(&due));
    let title = say::matter(locale, concern.matter);
    Entry { href: Some(format!("/desk/{}", concern.job)), title, note, end: Some(stands) }
}

/// Those about one job, and what was typed for one that somebody else has closed meanwhile.
pub(super) fn of_job(desk: Desk<'_>) -> Vec<Markup> {
    let locale = desk.here.locale();
    let answered = answered(desk);
    let concerns = desk.page.concerns.iter().map(|concern| one(desk, concern, answered == Some(concern.id)));
    let typed = &desk.input.form;
    let unsent = (!typed.finding.is_empty() && answered.is_none_or(|id| id.to_string() != typed.concern)).then(|| {
        let (title, text) = (texts::desk_concern_unsent(locale), Phrase::given(typed.finding.clone()));
        view! { <Card title=title><Quote text=text by=Phrase::fixed("")/></Card> }.into_markup()
    });
    concerns.chain(unsent).collect()
}

/// Which has the form that closes it: what was typed for, else the first to be due of those the operator looks after, else of
/// all. A page has the form once, so taking one over is the way to its form.
fn answered(desk: Desk<'_>) -> Option<ConcernId> {
    let open = || desk.page.concerns.iter().filter(|concern| concern.finding.is_none());
    let operator = desk.page.visitor.actor.person;
    let own = |concern: &&Concern| concern.taken.is_some_and(|(by, _)| by == operator);
    let typed = open().find(|concern| concern.id.to_string() == desk.input.form.concern);
    let due = |concern: &&Concern| (concern.due_at(), concern.id);
    typed.or_else(|| open().filter(own).min_by_key(due)).or_else(|| open().min_by_key(due)).map(|concern| concern.id)
}

fn one(desk: Desk<'_>, concern: &Concern, first: bool) -> Markup {
    let locale = desk.here.locale();
    let who = |person| name(desk.here.frame, &desk.page.named, person);
    let mut rows = vec![
        Row::new(texts::desk_concern_by(locale), who(concern.by)),
        Row::new(texts::desk_concern_about(locale), who(concern.about)),
        Row::new(texts::desk_concern_at(locale), format::moment(locale, concern.at)),
        Row::new(texts::help_field_happened(locale), Phrase::given(concern.text.as_str().to_owned())),
    ];
    rows.extend(concern.taken.map(|(by, _)| Row::new(texts::desk_concern_keeper(locale), who(by))));
    rows.extend(
        concern.finding.as_ref().map(|finding| {
            Row::new(texts::desk_field_finding(locale), Phrase::given(finding.text.as_str().to_owned()))
        }),
    );
    let title = texts::desk_concern_title(locale, &say::matter(locale, concern.matter));
    let own = concern.taken.is_some_and(|(by, _)| by == desk.page.visitor.actor.person);
    let take = (concern.finding.is_none() && !own).then(|| take(desk, concern));
    let find = first.then(|| find(desk, concern));
    view! { <Card title=title><DescriptionList rows=rows/>{take}{find}</Card> }.into_markup()
}

fn take(desk: Desk<'_>, concern: &Concern) -> impl IntoView + use<> {
    let (url, id) = (format!("/desk/{}", desk.here.job().card.id), concern.id.to_string());
    let act = DeskDone::Take.word();
    let (locale, seal) = (desk.here.locale(), desk.here.frame.seal_of(&format!("{act} {id}")));
    view! {
        <Form action=url seal=seal>
            <Hidden name="act" value=act/>
            <Hidden name="concern" value=id/>
            <Button label=texts::desk_action_take(locale) tone=Tone::Secondary/>
        </Form>
    }
}

fn find(desk: Desk<'_>, concern: &Concern) -> impl IntoView + use<> {
    let locale = desk.here.locale();
    let (url, id) = (format!("/desk/{}", desk.here.job().card.id), concern.id.to_string());
    let act = DeskDone::Find.word();
    let seal = desk.here.frame.seal_of(&format!("{act} {id}"));
    let typed = if desk.input.form.concern == id { desk.input.form.finding.clone() } else { String::new() };
    let field = required(desk.here, Id::Finding).help(texts::desk_field_finding_help(locale));
    view! {
        <Form action=url seal=seal>
            <Hidden name="act" value=act/>
            <Hidden name="concern" value=id/>
            <TextArea field=field value=typed rows=4/>
            <Button label=texts::desk_action_find(locale)/>
        </Form>
    }
}
