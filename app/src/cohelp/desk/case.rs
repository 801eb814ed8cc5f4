//! Who looks after a request, and what operators write for each other about it.

use leptos::prelude::*;
use shared::cohelp::{Claim, DeskAction, Field as Id, Memo};
use shared::kernel::PersonId;
use shared::wire::Named;

use super::DeskDone;
use super::job::Desk;
use crate::cohelp::say;
use crate::design::button::{Button, Tone};
use crate::design::card::Card;
use crate::design::field::Field;
use crate::design::form::{Form, Hidden};
use crate::design::quote::Quote;
use crate::design::text_area::TextArea;
use crate::frame::Frame;
use crate::i18n::{Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// Somebody's name at the desk.
pub(super) fn name(frame: &Frame<'_>, named: &Named, person: PersonId) -> Phrase {
    let locale = frame.locale;
    named.of(person).map_or_else(|| texts::help_other_person(locale), |name| texts::help_person(locale, name.as_str()))
}

/// Who looks after it, what was written down, and the forms for both.
pub(super) fn card(desk: Desk<'_>) -> Markup {
    let locale = desk.here.locale();
    let operator = desk.page.visitor.actor.person;
    let held = match desk.page.desk.claim {
        None => texts::desk_case_free(locale),
        Some(claim) if claim.by == operator => {
            let until = format::moment(locale, claim.at.plus_seconds(Claim::HELD_SECONDS));
            texts::desk_case_yours(locale, &until)
        }
        Some(claim) => texts::desk_case_other(locale, &name(desk.here.frame, &desk.page.named, claim.by)),
    };
    let can = |action| desk.page.desk.may.contains(&action);
    // Nobody looks after what is over.
    let held = (can(DeskAction::Claim) || desk.page.desk.claim.is_some()).then(|| view! { <p>{held}</p> });
    let claim = can(DeskAction::Claim).then(|| claim(desk));
    let memos: Vec<_> = desk.page.memos.iter().map(|memo| written(desk, memo)).collect();
    let write = write(desk, can(DeskAction::HandOver));
    view! {
        <Card title=texts::desk_case(locale)>
            {held}
            {claim}
            {memos}
            {write}
        </Card>
    }
    .into_markup()
}

fn claim(desk: Desk<'_>) -> impl IntoView + use<> {
    let (locale, url) = (desk.here.locale(), format!("/desk/{}", desk.here.job().card.id));
    let act = DeskDone::Claim.word();
    let label = match desk.page.desk.claim {
        None => texts::desk_action_claim(locale),
        Some(_) => texts::desk_action_takeover(locale),
    };
    view! {
        <Form action=url seal=desk.here.frame.seal_of(act)>
            <Hidden name="act" value=act/>
            <Button label=label tone=Tone::Secondary/>
        </Form>
    }
}

fn written(desk: Desk<'_>, memo: &Memo) -> impl IntoView + use<> {
    let locale = desk.here.locale();
    let who = name(desk.here.frame, &desk.page.named, memo.by);
    let by = texts::desk_memo_by(locale, &who, &format::moment(locale, memo.at));
    view! { <Quote text=Phrase::given(memo.text.as_str().to_owned()) by=by/> }
}

/// One form, so that what was typed can be left as a memo or with the case itself.
fn write(desk: Desk<'_>, holds: bool) -> impl IntoView + use<> {
    let (locale, url) = (desk.here.locale(), format!("/desk/{}", desk.here.job().card.id));
    let (seal, typed) = (desk.here.frame.seal_of(DeskDone::Write.word()), desk.input.form.memo.clone());
    let field = Field::new(Id::Memo.id(), say::field(locale, Id::Memo)).error(desk.here.errors.at(Id::Memo));
    let field = field.help(texts::desk_field_memo_help(locale));
    let sends = |done: DeskDone| ("act", done.word().to_owned());
    let label = texts::desk_action_handover(locale);
    let hand_over = holds.then(|| view! { <Button label=label tone=Tone::Secondary sends=sends(DeskDone::HandOver)/> });
    view! {
        <Form action=url seal=seal>
            <TextArea field=field value=typed rows=3/>
            <div class="mg-row">
                <Button label=texts::desk_action_write(locale) tone=Tone::Secondary sends=sends(DeskDone::Write)/>
                {hand_over}
            </div>
        </Form>
    }
}
