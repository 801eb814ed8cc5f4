//! What the reader can do now, each in a form of its own.

use leptos::prelude::*;
use shared::cohelp::{Action, Field as Id, LATE_MINUTES_MAX, Outcome, PART, Rating, Refusal, Side};
use shared::kernel::Points;

use super::{Here, course};
use crate::cohelp::say;
use crate::design::banner::Banner;
use crate::design::button::{Button, Tone};
use crate::design::field::Field;
use crate::design::form::{Form, Hidden};
use crate::design::link::Link;
use crate::design::radio_group::RadioGroup;
use crate::design::readout::Readout;
use crate::design::select::Choice;
use crate::design::text_area::TextArea;
use crate::design::text_field::{Keys, TextField};
use crate::i18n::{Locale, Phrase, texts};
use crate::markup::{IntoMarkup, Markup};

/// What moves the job on: right under where it stands.
pub(super) fn now(here: Here<'_>) -> Vec<Markup> {
    let asked = here.page.asked.then(|| asked(here));
    let forms = here.job().may.iter().map(|action| match action {
        Action::Offer => Some(offer(here)),
        Action::Thank => Some(thank(here)),
        _ => None,
    });
    asked.into_iter().chain(forms.flatten()).collect()
}

/// The centre asks the reader.
fn asked(here: Here<'_>) -> Markup {
    let locale = here.locale();
    view! {
        <section class="mg-card">
            <h2 class="mg-card__title">{texts::help_asked(locale)}</h2>
            <p>{texts::help_asked_you(locale)}</p>
            <Form action=here.url() seal=here.frame.seal_of("decline")>
                <Hidden name="act" value="decline"/>
                <Button label=texts::help_action_decline(locale) tone=Tone::Secondary/>
            </Form>
        </section>
    }
    .into_markup()
}

/// What takes something back: at the end of the page.
pub(super) fn later(here: Here<'_>) -> Vec<Markup> {
    let forms = here.job().may.iter().map(|action| match action {
        Action::Withdraw(offer) => Some(withdraw(here, offer.to_string())),
        Action::BeLate => Some(late(here)),
        Action::Consult => Some(consult(here)),
        Action::Cancel { costs } => Some(cancel(here, *costs)),
        _ => None,
    });
    forms.flatten().collect()
}

pub(in crate::cohelp) fn required(here: Here<'_>, id: Id) -> Field {
    let locale = here.locale();
    Field::new(id.id(), say::field(locale, id)).required(texts::shell_required(locale)).error(here.errors.at(id))
}

pub(super) fn optional(here: Here<'_>, id: Id) -> Field {
    let locale = here.locale();
    Field::new(id.id(), say::field(locale, id)).optional(texts::shell_optional(locale)).error(here.errors.at(id))
}

fn offer(here: Here<'_>) -> Markup {
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
    .into_markup()
}

/// Why somebody cannot offer, though nobody is chosen, and what would help.
pub(super) fn lacks(here: Here<'_>) -> Option<Markup> {
    let locale = here.locale();
    let refusal = here.job().lacks.as_ref()?;
    let way = match refusal {
        Refusal::CourseMissing => texts::help_lacks_course(locale),
        _ => texts::help_lacks_evidence(locale),
    };
    let why = say::refusal(locale, refusal);
    let profile =
        (here.page.behalf.is_none()).then(|| view! { <Link label=texts::helper_title(locale) href="/help/profile"/> });
    Some(
        view! { <Banner title=texts::help_lacks_title(locale)><p>{why}</p><p>{way}</p>{profile}</Banner> }
            .into_markup(),
    )
}

/// Whether a page with those acts has that field.
pub(super) fn asks(may: &[Action], field: Id) -> bool {
    may.iter().any(|action| match action {
        Action::CheckIn => field == Id::Code,
        Action::Report(Outcome::Done { .. }) => field == Id::Worked,
        _ => false,
    })
}

/// What moves the job on belongs to where it stands, not beside it.
pub(super) fn steps(here: Here<'_>) -> Vec<Markup> {
    let may = &here.job().may;
    let steps = [
        may.contains(&Action::Notify).then(|| notify(here)),
        code(here),
        may.contains(&Action::CheckIn).then(|| check_in(here)),
        report(here),
    ];
    steps.into_iter().flatten().collect()
}

fn notify(here: Here<'_>) -> Markup {
    let locale = here.locale();
    view! {
        <p>{texts::help_notify_what(locale)}</p>
        <Form action=here.url() seal=here.frame.seal_of("notify")>
            <Hidden name="act" value="notify"/>
            <Button label=texts::help_action_notify(locale)/>
        </Form>
    }
    .into_markup()
}

/// What the requester reads out at the door.
fn code(here: Here<'_>) -> Option<Markup> {
    let (locale, job) = (here.locale(), here.job());
    let value = Phrase::given(job.code?.to_string());
    let note = texts::help_code_what(locale, &here.other());
    Some(view! { <Readout label=texts::help_code_title(locale) value=value note=note/> }.into_markup())
}

fn check_in(here: Here<'_>) -> Markup {
    let locale = here.locale();
    let code = required(here, Id::Code);
    let typed = here.input.code.clone();
    view! {
        <h3>{texts::help_checkin_title(locale)}</h3>
        <p>{texts::help_checkin_what(locale, &here.other())}</p>
        <Form action=here.url() seal=here.frame.seal_of("check-in")>
            <Hidden name="act" value="check-in"/>
            <TextField field=code value=typed keys=Keys::Digits/>
            <Button label=texts::help_action_checkin(locale)/>
        </Form>
    }
    .into_markup()
}

/// What came of it: agreeing with the other one in one step, or saying it oneself.
fn report(here: Here<'_>) -> Option<Markup> {
    let (locale, job) = (here.locale(), here.job());
    let outcomes: Vec<_> = job
        .may
        .iter()
        .filter_map(|action| if let Action::Report(outcome) = action { Some(*outcome) } else { None })
        .collect();
    if outcomes.is_empty() {
        return None;
    }
    let reports = job.course.as_ref().map(|course| course.reports);
    let of = |side: Side| reports.and_then(|reports| reports.of(side)).map(|report| report.outcome);
    let (own, theirs) = (job.card.side.and_then(of), job.card.side.map(Side::other).and_then(of));
    let agree = theirs.filter(|outcome| outcomes.contains(outcome)).map(|outcome| agree(here, outcome));
    let over = here.page.now >= job.card.window.ends();
    let forgotten = over && job.course.as_ref().is_some_and(|course| course.started_at.is_none());
    let forgotten = forgotten.then(|| view! { <p>{texts::help_report_not_started(locale)}</p> });
    let form = report_form(here, &outcomes);
    // What was said already, or is said by the other, is the rule; another word is the exception.
    let form = if own.is_some() || theirs.is_some() {
        let open = here.input.act == "report";
        view! {
            <details class="mg-why" open=open>
                <summary class="mg-why__question">{texts::help_report_change(locale)}</summary>
                {form}
            </details>
        }
        .into_markup()
    } else {
        form
    };
    Some(view! { {agree}{forgotten}{form} }.into_markup())
}

fn agree(here: Here<'_>, outcome: Outcome) -> Markup {
    let (locale, job) = (here.locale(), here.job());
    let costs = job.costs_of(outcome);
    let what = match (outcome, costs.is_zero()) {
        (_, true) => texts::help_agree_returns(locale),
        (Outcome::Done { .. }, false) => texts::help_agree_pays(locale, job.to_helper_of(outcome).get()),
        (_, false) => texts::help_agree_pays(locale, costs.get()),
    };
    view! {
        <p>{what}</p>
        <Form action=here.url() seal=here.frame.seal_of("agree")>
            <Hidden name="act" value="report"/>
            <Hidden name="outcome" value=outcome.word()/>
            <Button label=texts::help_action_agree(locale)/>
        </Form>
    }
    .into_markup()
}

/// What the reader gives or gets for that outcome.
fn moves(here: Here<'_>, outcome: Outcome) -> Points {
    let job = here.job();
    match (job.card.side, outcome) {
        (Some(Side::Helper), Outcome::Done { .. }) => job.to_helper_of(outcome),
        _ => job.costs_of(outcome),
    }
}

/// The outcomes there are, with a part of the time among them where help may have been given.
pub(in crate::cohelp) fn outcome_choices(here: Here<'_>, outcomes: &[Outcome]) -> Vec<Choice> {
    let locale = here.locale();
    let minutes = here.job().card.minutes;
    let mut choices = Vec::with_capacity(outcomes.len() + 1);
    for outcome in outcomes {
        match outcome {
            Outcome::Done { minutes: worked } if *worked < minutes => {}
            _ => {
                let what =
                    texts::desk_outcome_costs(locale, &course::outcome(here, *outcome), moves(here, *outcome).get());
                choices.push(Choice::new(outcome.word(), what));
            }
        }
        if matches!(outcome, Outcome::Done { minutes: worked } if *worked >= minutes) && minutes > 1 {
            choices.push(Choice::new(PART, texts::help_report_part(locale)));
        }
    }
    choices
}

/// For how many minutes, where a part of the time is among the choices.
pub(in crate::cohelp) fn worked(here: Here<'_>, choices: &[Choice]) -> Option<Markup> {
    choices.iter().any(|choice| choice.value == PART).then(|| {
        let field = optional(here, Id::Worked).help(texts::help_worked_help(here.locale()));
        let typed = here.input.report.worked.clone();
        view! { <TextField field=field value=typed keys=Keys::Digits/> }.into_markup()
    })
}

fn report_form(here: Here<'_>, outcomes: &[Outcome]) -> Markup {
    let locale = here.locale();
    let question = required(here, Id::Outcome);
    let choices = outcome_choices(here, outcomes);
    let chosen = here.input.report.outcome.clone();
    let worked = worked(here, &choices);
    view! {
        <p>{texts::help_report_what(locale)}</p>
        <Form action=here.url() seal=here.frame.seal_of("report")>
            <Hidden name="act" value="report"/>
            <RadioGroup field=question choices=choices value=chosen/>
            {worked}
            <Button label=texts::help_action_report(locale)/>
        </Form>
    }
    .into_markup()
}

fn late(here: Here<'_>) -> Markup {
    let locale = here.locale();
    let field = required(here, Id::Late).help(texts::help_late_help(locale, u64::from(LATE_MINUTES_MAX)));
    let (typed, open) = (here.input.late.clone(), here.input.act == "late");
    view! {
        <details class="mg-why" open=open>
            <summary class="mg-why__question">{texts::help_late_open(locale)}</summary>
            <div class="mg-card">
                <Form action=here.url() seal=here.frame.seal_of("late")>
                    <Hidden name="act" value="late"/>
                    <TextField field=field value=typed keys=Keys::Digits/>
                    <Button label=texts::help_action_late(locale) tone=Tone::Secondary/>
                </Form>
            </div>
        </details>
    }
    .into_markup()
}

fn consult(here: Here<'_>) -> Markup {
    let locale = here.locale();
    let field = required(here, Id::Text).help(texts::help_text_help(locale));
    let (typed, open) = (here.input.text.clone(), here.input.act == "consult");
    let begun = here.job().dispute.is_some();
    let label = if begun { texts::help_consult_more(locale) } else { texts::help_action_consult(locale) };
    let question = if begun { texts::help_consult_more(locale) } else { texts::help_consult_open(locale) };
    view! {
        <details class="mg-why" open=open>
            <summary class="mg-why__question">{question}</summary>
            <div class="mg-card">
                <p>{texts::help_consult_what(locale)}</p>
                <Form action=here.url() seal=here.frame.seal_of("consult")>
                    <Hidden name="act" value="consult"/>
                    <TextArea field=field value=typed rows=4/>
                    <Button label=label tone=Tone::Secondary/>
                </Form>
            </div>
        </details>
    }
    .into_markup()
}

/// From the best on, with a word for each.
pub(super) fn stars(locale: Locale, word: fn(Locale, Rating) -> Phrase) -> Vec<Choice> {
    let ratings = (1..=Rating::MAX.get()).rev().filter_map(Rating::new);
    ratings.map(|rating| Choice::new(rating.get().to_string(), word(locale, rating))).collect()
}

fn thank(here: Here<'_>) -> Markup {
    let locale = here.locale();
    let choices = stars(locale, say::rating);
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
    .into_markup()
}

fn withdraw(here: Here<'_>, offer: String) -> Markup {
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
    .into_markup()
}

fn cancel(here: Here<'_>, costs: Points) -> Markup {
    let (locale, job) = (here.locale(), here.job());
    let typed = here.input.reason.clone();
    let reason = optional(here, Id::Reason).help(texts::help_cancel_reason_help(locale));
    // Sent and not taken, or kept while somebody signed in, it stays open: a draft is never out of sight.
    let open = here.input.act == "cancel";
    let what = match (job.card.side, job.helper.is_some()) {
        (Some(Side::Requester), true) if !costs.is_zero() => {
            texts::help_cancel_costs(locale, costs.get(), &here.other())
        }
        (Some(Side::Helper), true) => texts::help_cancel_helper(locale),
        (_, true) => texts::help_cancel_note(locale),
        (_, false) => texts::help_cancel_what(locale),
    };
    view! {
        <details class="mg-why" open=open>
            <summary class="mg-why__question">{texts::help_cancel_open(locale)}</summary>
            <div class="mg-card">
                <p>{what}</p>
                <Form action=here.url() seal=here.frame.seal_of("cancel")>
                    <Hidden name="act" value="cancel"/>
                    <Hidden name="costs" value=costs.get().to_string()/>
                    <TextField field=reason value=typed/>
                    <Button label=texts::help_action_cancel(locale) tone=Tone::Danger/>
                </Form>
            </div>
        </details>
    }
    .into_markup()
}
