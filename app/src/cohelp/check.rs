//! `/help/new` 内容を確認する: the answers, before anything is asked.

use std::borrow::Cow;

use leptos::prelude::*;
use shared::cohelp::{AskForm, Field, Request};
use shared::kernel::Points;
use shared::process;
use shared::wire::RequestPage;

use super::job::conditions;
use super::{Ways, kinds, phone, say};
use crate::design::button::{Button, Tone};
use crate::design::form::{Form, Hidden};
use crate::design::list::{DescriptionList, Row};
use crate::design::page::Area;
use crate::frame::Frame;
use crate::i18n::{Phrase, format, texts};
use crate::markup::IntoMarkup;

/// `/help/new` 内容を確認する: everything as it will be seen, what the helper receives and what it costs.
pub fn check(frame: &Frame<'_>, page: &RequestPage, form: &AskForm, request: &Request) -> String {
    let locale = frame.locale;
    let title = texts::help_check_name(locale);
    let area = page.behalf.is_none().then_some(Area::Help);
    frame.render(frame.shell(area), title.clone(), || {
        let rest = page.available.minus(request.reward).unwrap_or(Points::ZERO);
        let cost = texts::help_check_cost(locale, request.reward.get(), rest.get());
        let rows = rows(frame, request);
        let answers = answers(form);
        let (url, behalf) = (Ways::of(page.behalf.as_ref()).request(), phone::on_behalf(locale, page.behalf.as_ref()));
        view! {
            <h1>{title}</h1>
            {behalf}
            <p class="mg-lead">{texts::help_check_note(locale)}</p>
            <section class="mg-card">
                <DescriptionList rows=rows/>
                <p>{cost}</p>
            </section>
            <Form action=url seal=frame.seal()>
                {answers}
                <div class="mg-row">
                    <Button label=texts::help_new_confirm(locale) sends=("step", "send".to_owned())/>
                    <Button
                        label=texts::help_check_change(locale) tone=Tone::Secondary sends=("step", "edit".to_owned())
                    />
                </div>
            </Form>
        }
        .into_markup()
    })
}

fn rows(frame: &Frame<'_>, request: &Request) -> Vec<Row> {
    let locale = frame.locale;
    let fee = request.reward.share(frame.town.fee_percent.into(), 100);
    let to_helper = request.reward.minus(fee).unwrap_or(Points::ZERO);
    let hours = format!("{}〜{}", format::hour(request.window.from_minute()), format::hour(request.window.to_minute()));
    let when = format::day(locale, request.window.day()).then(&Phrase::given(format!(" {hours}")));
    let mut rows = vec![
        Row::new(say::field(locale, Field::Category), say::category(locale, request.category)),
        Row::new(say::field(locale, Field::Title), Phrase::given(request.title.as_str().to_owned())),
        Row::new(texts::help_job_details(locale), Phrase::given(request.details.as_str().to_owned())),
    ];
    rows.extend(kinds::rows_of(frame, request));
    rows.extend([
        Row::new(say::field(locale, Field::Area), frame.area_name(request.area.as_str())),
        Row::new(texts::help_job_when(locale), when),
        Row::new(texts::help_job_minutes(locale), format::duration(locale, request.minutes)),
        Row::new(say::field(locale, Field::Spoken), say::languages(locale, &request.languages)),
        Row::new(say::field(locale, Field::Reward), format::points(locale, request.reward)),
        Row::new(texts::help_check_helper(locale), format::points(locale, to_helper)),
        Row::new(texts::help_check_fee(locale), format::points(locale, fee)),
        Row::new(texts::help_conditions(locale), conditions(locale, &process::conditions(frame.town))),
    ]);
    rows
}

/// The answers as typed, to be sent again with the last word.
fn answers(form: &AskForm) -> impl IntoView + use<> {
    let AskForm { category, title, details, area, day, from, to, minutes, reward, languages, able, answers: of_kind } =
        form.clone();
    let spoken = languages.into_iter().map(|language| (Field::Spoken, language));
    let answers = [
        (Field::Category, category),
        (Field::Title, title),
        (Field::Details, details),
        (Field::Area, area),
        (Field::Day, day),
        (Field::From, from),
        (Field::To, to),
        (Field::Minutes, minutes),
        (Field::Reward, reward),
    ];
    let able = able.into_iter().map(|skill| (Field::Able, skill));
    let named = answers.into_iter().chain(spoken).chain(able).map(|(field, value)| (Cow::from(field.id()), value));
    let of_kind = of_kind.into_iter().map(|(field, value)| (Cow::from(field), value));
    named.chain(of_kind).map(|(name, value)| view! { <Hidden name=name value=value/> }).collect_view()
}
