//! What people told of others: the queue, and each of them with what an operator does about it.

use leptos::prelude::*;
use shared::cohelp::{Concern, Field as Id};
use shared::kernel::PersonId;
use shared::wire::{DeskPage, Named};

use super::DeskDone;
use super::job::Desk;
use crate::cohelp::job::actions::required;
use crate::cohelp::say;
use crate::design::button::{Button, Tone};
use crate::design::card::Card;
use crate::design::form::{Form, Hidden};
use crate::design::list::{DescriptionList, Entry, LinkList, Row};
use crate::design::text_area::TextArea;
use crate::frame::Frame;
use crate::i18n::{Locale, Phrase, format, texts};

fn name(locale: Locale, named: &Named, person: PersonId) -> Phrase {
    named.of(person).map_or_else(|| texts::help_other_person(locale), |name| texts::help_person(locale, name.as_str()))
}

/// The queue on the first page of the desk, by when each is due.
pub(super) fn queue(frame: &Frame<'_>, page: &DeskPage) -> Option<AnyView> {
    let entries: Vec<_> = page.concerns.iter().map(|concern| entry(frame.locale, page, concern)).collect();
    let title = texts::desk_concerns(frame.locale, page.concerns_count.into());
    (!entries.is_empty()).then(|| view! { <Card title=title><LinkList entries=entries/></Card> }.into_any())
}

fn entry(locale: Locale, page: &DeskPage, concern: &Concern) -> Entry {
    let who = |person| name(locale, &page.named, person);
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

/// Those about one job. The first that is open has the form that closes it; then it is the next one's turn.
pub(super) fn of_job(desk: Desk<'_>) -> Vec<AnyView> {
    let concerns = &desk.page.concerns;
    let open = concerns.iter().filter(|concern| concern.finding.is_none());
    let first = open.min_by_key(|concern| (concern.due_at(), concern.id)).map(|concern| concern.id);
    concerns.iter().map(|concern| one(desk, concern, first == Some(concern.id))).collect()
}

fn one(desk: Desk<'_>, concern: &Concern, first: bool) -> AnyView {
    let locale = desk.here.locale();
    let who = |person| name(locale, &desk.page.named, person);
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
    view! { <Card title=title><DescriptionList rows=rows/>{take}{find}</Card> }.into_any()
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
    let typed = desk.input.form.finding.clone();
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
