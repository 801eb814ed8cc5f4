//! `/help/new` 手伝ってほしい: the form.

use leptos::prelude::*;
use shared::cohelp::{AskForm, Field as Id, FieldErrors, Refusal, Rules};
use shared::kernel::{Language, Timestamp};
use shared::town::Reward;
use shared::wire::RequestPage;

use super::{Ways, errors::Errors, kinds, phone, say};
use crate::design::banner::{Banner, Matter};
use crate::design::button::{Button, Tone};
use crate::design::check_group::CheckGroup;
use crate::design::date_field::DateField;
use crate::design::field::Field;
use crate::design::form::{Form, Hidden};
use crate::design::keeping::{Keeping, KeepingTexts};
use crate::design::link::Link;
use crate::design::page::{Area, Shell};
use crate::design::radio_group::RadioGroup;
use crate::design::select::{Choice, Select};
use crate::design::text_area::TextArea;
use crate::design::text_field::{Keys, TextField};
use crate::design::time_field::TimeField;
use crate::frame::Frame;
use crate::i18n::texts;
use crate::markup::{IntoMarkup, Markup};

const FIELDS: [Id; 11] = [
    Id::Category,
    Id::Title,
    Id::Details,
    Id::Area,
    Id::Day,
    Id::From,
    Id::To,
    Id::Minutes,
    Id::Reward,
    Id::Spoken,
    Id::Able,
];

/// What is said about a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestDraft {
    /// It was just kept.
    Saved,
    /// There was one, and it is in the form.
    Found,
    /// There was none: what was asked before is in the form.
    Again,
}

/// `/help/new` 手伝ってほしい: what is needed, where, when and for how many points.
pub fn request(
    frame: &Frame<'_>,
    page: &RequestPage,
    form: &AskForm,
    errors: &FieldErrors,
    refusal: Option<&Refusal>,
    draft: Option<RequestDraft>,
) -> String {
    let locale = frame.locale;
    let errors =
        Errors::found(locale, kinds::errors(frame, form, errors), refusal, &FIELDS).on_behalf(page.behalf.is_some());
    let own = page.behalf.is_none();
    let shell = if own { frame.shell_that_lives(Some(Area::Help)) } else { frame.shell(None) };
    let shell = Shell { error: errors.any(), ..shell };
    frame.render(shell, texts::help_new_title(locale), || {
        let no_points = (own && page.available.is_zero()).then(|| {
            view! {
                <Banner title=texts::help_ask_no_points_title(locale)>
                    <p>{texts::help_ask_no_points(locale)}</p>
                    <Link label=texts::help_door_offer(locale) href="/help/offers"/>
                </Banner>
            }
        });
        let draft = draft.map(|draft| self::draft(frame, draft));
        let (what, when, thanks) =
            (what(frame, form, &errors), when(frame, page.now, form, &errors), thanks(frame, page, form, &errors));
        let (url, behalf) = (Ways::of(page.behalf.as_ref()).request(), phone::on_behalf(locale, page.behalf.as_ref()));
        let (spoken, able) = (spoken(frame, form, &errors), kinds::skills(frame, form, &errors));
        let back = own.then(|| view! { <Link label=texts::help_title(locale) href="/help" back=true/> });
        let keeping = own.then(|| view! { <Keeping texts=KeepingTexts::usual(locale)/> });
        let save = own.then(|| {
            view! {
                <p>
                    <Button
                        label=texts::help_draft_save(locale) tone=Tone::Secondary of="request"
                        sends=("step", "save".to_owned())
                    />
                </p>
            }
        });
        view! {
            {errors.summary()}
            {back}
            <h1>{texts::help_new_title(locale)}</h1>
            {behalf}
            <p class="mg-lead">{texts::help_ask_lead(locale)}</p>
            {no_points}
            {draft}
            <Form id="request" action=url seal=frame.seal()>
                <Hidden name="step" value="check"/>
                {what}
                {when}
                {thanks}
                {spoken}
                {able}
                {keeping}
                <Button label=texts::help_new_continue(locale)/>
            </Form>
            {save}
        }
        .into_markup()
    })
}

/// That a draft is kept, or in the form, and the way to begin anew.
fn draft(frame: &Frame<'_>, draft: RequestDraft) -> Markup {
    let (locale, seal) = (frame.locale, frame.seal_of("discard"));
    match draft {
        RequestDraft::Saved => view! {
            <div id="done" role="status" tabindex="-1" autofocus=true>
                <Banner matter=Matter::Success title=texts::help_draft_saved(locale)>
                    <p>{texts::help_draft_saved_note(locale)}</p>
                </Banner>
            </div>
        }
        .into_markup(),
        RequestDraft::Again => view! {
            <Banner title=texts::help_again(locale)><p>{texts::help_again_note(locale)}</p></Banner>
        }
        .into_markup(),
        RequestDraft::Found => view! {
            <Banner title=texts::help_draft_found(locale)>
                <p>{texts::help_draft_found_note(locale)}</p>
                <Form action="/help/new" seal=seal>
                    <Hidden name="draft" value="discard"/>
                    <Button label=texts::help_draft_discard(locale) tone=Tone::Secondary/>
                </Form>
            </Banner>
        }
        .into_markup(),
    }
}

/// A field that is needed.
fn needed(frame: &Frame<'_>, errors: &Errors, id: Id) -> Field {
    let label = say::field(frame.locale, id);
    Field::new(id.id(), label).required(texts::shell_required(frame.locale)).error(errors.at(id))
}

fn what(frame: &Frame<'_>, form: &AskForm, errors: &Errors) -> impl IntoView + use<> {
    let locale = frame.locale;
    let categories: Vec<_> = frame
        .town
        .categories
        .iter()
        .map(|kind| Choice::new(kind.kind.word(), say::category(locale, kind.kind)))
        .collect();
    let more = frame.town.categories.iter().map(|kind| kinds::asked(frame, kind, form, errors)).collect();
    let areas: Vec<_> =
        frame.town.areas.iter().map(|area| Choice::new(area.code.as_str(), frame.area_name(&area.code))).collect();
    let category = needed(frame, errors, Id::Category);
    let title = needed(frame, errors, Id::Title).help(texts::help_field_title_help(locale));
    let details = needed(frame, errors, Id::Details).help(texts::help_field_details_private(locale));
    let area = needed(frame, errors, Id::Area).help(texts::help_field_area_help(locale));
    view! {
        <RadioGroup field=category choices=categories value=form.category.clone() more=more/>
        <TextField field=title value=form.title.clone()/>
        <TextArea field=details value=form.details.clone()/>
        <Select field=area choices=areas value=form.area.clone() empty=texts::shell_choose(locale)/>
    }
}

fn when(frame: &Frame<'_>, now: Timestamp, form: &AskForm, errors: &Errors) -> impl IntoView + use<> {
    let locale = frame.locale;
    let (open, close) = frame.town.hours;
    let (from_minute, to_minute) = (u16::from(open) * 60, u16::from(close) * 60);
    let today = now.day();
    let day = needed(frame, errors, Id::Day).help(texts::help_field_day_help(locale));
    let from = needed(frame, errors, Id::From).help(texts::help_field_hours(locale, open.into(), close.into()));
    let to = needed(frame, errors, Id::To);
    let minutes = Field::new(Id::Minutes.id(), say::field(locale, Id::Minutes))
        .help(texts::help_field_minutes_help(locale))
        .optional(texts::shell_optional(locale))
        .error(errors.at(Id::Minutes));
    view! {
        <DateField field=day value=form.day.clone() min=Some(today) max=Some(today.plus(Rules::DAYS_AHEAD_MAX))/>
        <TimeField
            field=from value=form.from.clone() from_minute=from_minute to_minute=to_minute
            empty=texts::shell_choose(locale)
        />
        <TimeField
            field=to value=form.to.clone() from_minute=from_minute to_minute=to_minute
            empty=texts::shell_choose(locale)
        />
        <TextField field=minutes value=form.minutes.clone() keys=Keys::Digits/>
    }
}

fn thanks(frame: &Frame<'_>, page: &RequestPage, form: &AskForm, errors: &Errors) -> impl IntoView + use<> {
    let locale = frame.locale;
    let share = texts::help_field_reward_share(locale, frame.town.fee_percent.into(), frame.town.reward_max.get());
    let balance = texts::help_field_reward_balance(locale, page.available.get());
    let blank = crate::i18n::Phrase::fixed(" ");
    let help = balance.then(&blank).then(&share);
    let fixed = frame.town.categories.iter().filter(|kind| matches!(kind.reward, Some(Reward::Fixed(_))));
    let fixed = say::several(locale, fixed.map(|kind| say::category(locale, kind.kind)));
    let help = match fixed {
        Some(kinds) => help.then(&blank).then(&texts::help_field_reward_fixed(locale, &kinds)),
        None => help,
    };
    let reward = needed(frame, errors, Id::Reward).help(help);
    view! { <TextField field=reward value=form.reward.clone() keys=Keys::Digits/> }
}

/// In which languages, where it is not only in Japanese: for few requests, so it is folded away until somebody has chosen one.
fn spoken(frame: &Frame<'_>, form: &AskForm, errors: &Errors) -> impl IntoView + use<> {
    let locale = frame.locale;
    let languages = Language::ALL.into_iter();
    let choices = languages.map(|language| Choice::new(language.word(), say::language(locale, language)));
    let wrong = errors.at(Id::Spoken);
    let open = wrong.is_some() || !form.languages.is_empty() || locale != crate::i18n::Locale::Ja;
    let field = Field::new(Id::Spoken.id(), say::field(locale, Id::Spoken))
        .help(texts::help_field_spoken_help(locale))
        .optional(texts::shell_optional(locale))
        .error(wrong);
    view! {
        <details class="mg-why" open=open>
            <summary class="mg-why__question">{texts::help_field_spoken_open(locale)}</summary>
            <CheckGroup field=field choices=choices.collect() values=form.languages.clone()/>
        </details>
    }
}
