//! What an operator can do for a job, each in a form of its own.

use leptos::prelude::*;
use shared::cohelp::{DeskAction, Field as Id, Outcome};

use super::DeskDone;
use super::job::Desk;
use crate::cohelp::job::actions::{outcome_choices, required, worked};
use crate::design::button::{Button, Tone};
use crate::design::form::{Form, Hidden};
use crate::design::radio_group::RadioGroup;
use crate::design::select::Choice;
use crate::design::text_area::TextArea;
use crate::design::text_field::TextField;
use crate::i18n::{Phrase, texts};
use crate::markup::{IntoMarkup, Markup};

/// The forms, in the order in which a job goes on.
pub(super) fn forms(desk: Desk<'_>) -> Vec<Markup> {
    let may = &desk.page.desk.may;
    let outcomes: Vec<_> = may
        .iter()
        .filter_map(|action| if let DeskAction::Decide(outcome) = action { Some(*outcome) } else { None })
        .collect();
    let forms = [
        may.contains(&DeskAction::RingUp).then(|| ring_up(desk)),
        may.contains(&DeskAction::Introduce).then(|| introduce(desk)),
        may.contains(&DeskAction::Notify).then(|| notify(desk)),
        may.contains(&DeskAction::CheckIn).then(|| check_in(desk)),
        (!outcomes.is_empty()).then(|| decide(desk, &outcomes)),
        may.contains(&DeskAction::Close).then(|| close(desk)),
    ];
    forms.into_iter().flatten().collect()
}

/// A form of the desk around its fields.
fn act(desk: Desk<'_>, of: DeskDone, [title, what, label]: [Phrase; 3], tone: Tone, fields: Markup) -> Markup {
    let url = format!("/desk/{}", desk.here.job().card.id);
    let seal = desk.here.frame.seal_of(of.word());
    view! {
        <section class="mg-card">
            <h2 class="mg-card__title">{title}</h2>
            <p>{what}</p>
            <Form action=url seal=seal>
                <Hidden name="act" value=of.word()/>
                {fields}
                <Button label=label tone=tone/>
            </Form>
        </section>
    }
    .into_markup()
}

fn ring_up(desk: Desk<'_>) -> Markup {
    let locale = desk.here.locale();
    let words = [texts::desk_ring_title(locale), texts::desk_ring_what(locale), texts::desk_ring_action(locale)];
    act(desk, DeskDone::RingUp, words, Tone::Secondary, ().into_markup())
}

fn introduce(desk: Desk<'_>) -> Markup {
    let locale = desk.here.locale();
    let choices =
        vec![Choice::new("yes", texts::desk_fits_yes(locale)), Choice::new("no", texts::desk_fits_no(locale))];
    let (field, chosen) = (required(desk.here, Id::Fits), desk.input.form.fits.clone());
    let words =
        [texts::desk_introduce_title(locale), texts::desk_introduce_what(locale), texts::desk_action_introduce(locale)];
    let fields = view! { <RadioGroup field=field choices=choices value=chosen/> }.into_markup();
    act(desk, DeskDone::Introduce, words, Tone::Primary, fields)
}

fn notify(desk: Desk<'_>) -> Markup {
    let locale = desk.here.locale();
    let words = [texts::desk_notify_title(locale), texts::desk_notify_what(locale), texts::desk_action_notify(locale)];
    act(desk, DeskDone::Notify, words, Tone::Secondary, ().into_markup())
}

fn check_in(desk: Desk<'_>) -> Markup {
    let locale = desk.here.locale();
    let (field, typed) = (required(desk.here, Id::How).help(texts::desk_how_help(locale)), desk.input.form.how.clone());
    let words =
        [texts::desk_checkin_title(locale), texts::desk_checkin_what(locale), texts::desk_action_checkin(locale)];
    let fields = view! { <TextField field=field value=typed/> }.into_markup();
    act(desk, DeskDone::CheckIn, words, Tone::Secondary, fields)
}

fn decide(desk: Desk<'_>, outcomes: &[Outcome]) -> Markup {
    let locale = desk.here.locale();
    let choices = outcome_choices(desk.here, outcomes);
    let (chosen, why) = (desk.input.form.report.outcome.clone(), desk.input.form.why.clone());
    let outcome = required(desk.here, Id::Outcome);
    let minutes = worked(desk.here, &choices);
    let reason = required(desk.here, Id::Why).help(texts::desk_why_help(locale));
    let words = [texts::desk_decide_title(locale), texts::desk_decide_what(locale), texts::desk_action_decide(locale)];
    let fields = view! {
        <RadioGroup field=outcome choices=choices value=chosen/>
        {minutes}
        <TextArea field=reason value=why rows=4/>
    }
    .into_markup();
    act(desk, DeskDone::Decide, words, Tone::Primary, fields)
}

/// At the end of the page and closed: it is for what cannot go on.
fn close(desk: Desk<'_>) -> Markup {
    let locale = desk.here.locale();
    let (field, typed) = (required(desk.here, Id::End).help(texts::desk_why_help(locale)), desk.input.form.end.clone());
    let open = desk.input.act == DeskDone::Close.word();
    let words = [texts::desk_close_title(locale), texts::desk_close_what(locale), texts::desk_action_close(locale)];
    let fields = view! { <TextArea field=field value=typed rows=3/> }.into_markup();
    let form = act(desk, DeskDone::Close, words, Tone::Danger, fields);
    view! {
        <details class="mg-why" open=open>
            <summary class="mg-why__question">{texts::desk_close_title(locale)}</summary>
            {form}
        </details>
    }
    .into_markup()
}
