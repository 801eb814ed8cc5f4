//! `/office/counter` 窓口での本人確認.

use leptos::prelude::*;
use shared::identity::{
    CounterAim, CounterLine, CounterPage, Evidence, Field, FieldErrors, Gender, RecoverForm, Refusal, RegisterForm,
};
use shared::kernel::Locale;

use super::say;
use super::wrong::{Refused, Wrongs};
use crate::design::{
    button::{Button, Tone},
    card::Card,
    date_field::DateField,
    error_summary::ErrorSummary,
    form::{Form, Hidden, Seal},
    link::Link,
    list::{DescriptionList, Row},
    page::Page,
    radio_group::RadioGroup,
    readout::Readout,
    select::{Choice, Select},
    text_field::{Keys, TextField},
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// What an officer typed, and what came of it.
#[derive(Debug, Clone, Default)]
pub struct CounterForms {
    /// The form for a new account.
    pub register: RegisterForm,
    /// The form for somebody who has one.
    pub recover: RecoverForm,
    /// What is wrong with the one that was sent.
    pub errors: FieldErrors,
    /// Why nothing was done.
    pub refusal: Option<Refusal>,
}

/// `/office/counter`: what runs, and the form for a new account.
pub fn counter(frame: &Frame<'_>, page: &CounterPage, forms: &CounterForms) -> String {
    let locale = frame.locale;
    let running: Vec<_> = page.lines.iter().map(|one| line(frame, one)).collect();
    let wrongs = Wrongs::of(locale, &forms.errors);
    let form = register(locale, frame.seal_of("register"), forms.register.clone(), &wrongs);
    let running = view! {
        <p class="mg-lead">{texts::counter_lead(locale)}</p>
        <p><Link label=texts::counter_back_title(locale) href="/office/counter/back"/></p>
        <p><Link label=texts::certificate_title(locale) href="/office/certificate"/></p>
        <section class="mg-stack">
            <h2>{texts::counter_running(locale)}</h2>
            {if running.is_empty() {
                view! { <p>{texts::counter_none(locale)}</p> }.into_markup()
            } else {
                running.into_markup()
            }}
        </section>
    };
    around(frame, texts::counter_title(locale), &wrongs, forms.refusal, None, view! { {running}{form} })
}

/// `/office/counter/back`: the form for somebody who has an account and has lost their passkeys.
pub fn counter_back(frame: &Frame<'_>, forms: &CounterForms) -> String {
    let locale = frame.locale;
    let wrongs = Wrongs::of(locale, &forms.errors);
    let form = recover(locale, frame.seal_of("recover"), forms.recover.clone(), &wrongs);
    let back = view! { <p><Link label=texts::counter_title(locale) href="/office/counter" back=true/></p> };
    let lead = view! { <p class="mg-lead">{texts::counter_back_lead(locale)}</p> };
    let (title, back) = (texts::counter_back_title(locale), Some(back.into_markup()));
    around(frame, title, &wrongs, forms.refusal, back, view! { {lead}{form} })
}

/// A page of the counter: what is wrong with its form, the way back, heading and content.
fn around(
    frame: &Frame<'_>,
    title: Phrase,
    wrongs: &Wrongs,
    refusal: Option<Refusal>,
    back: Option<Markup>,
    content: impl IntoView + 'static,
) -> String {
    let locale = frame.locale;
    let failed = wrongs.count() > 0 || refusal.is_some();
    let shell = if failed { frame.shell_with_errors(None) } else { frame.shell(None) };
    let (count, summary) = (wrongs.count(), wrongs.summary());
    let why = refusal.map(|refusal| say::refusal(locale, refusal));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <ErrorSummary title=texts::error_summary_title(locale, count) wrongs=summary/>
                <Refused why=why title=texts::counter_failed_title(locale)/>
                {back}
                <h1>{title}</h1>
                {content}
            </Page>
        }
    })
}

/// One proof that runs: its code, or that it waits for a second officer.
fn line(frame: &Frame<'_>, line: &CounterLine) -> impl IntoView + use<> {
    let locale = frame.locale;
    let until = format::moment(locale, line.expires_at);
    let aim = match line.aim {
        CounterAim::Register => texts::counter_aim_register(locale),
        CounterAim::Recover => texts::counter_aim_recover(locale),
        CounterAim::Enrol => texts::counter_aim_enrol(locale),
    };
    let mut rows = vec![Row::new(texts::me_name(locale), Phrase::given(line.name.as_str().to_owned()))];
    if let Some(member) = line.member.filter(|_| line.aim != CounterAim::Enrol) {
        rows.push(Row::new(texts::me_number(locale), Phrase::given(member.to_string())));
    }
    rows.push(Row::new(texts::counter_evidence(locale), evidence(locale, line.evidence)));
    rows.push(Row::new(texts::counter_by(locale), Phrase::given(line.by.as_str().to_owned())));
    if line.aim != CounterAim::Enrol {
        rows.push(Row::new(texts::counter_until(locale), until.clone()));
    }
    let waits = line.aim == CounterAim::Recover && line.code.is_none();
    let number = line.member.filter(|_| line.aim == CounterAim::Enrol).map(|member| {
        let (value, note) = (Phrase::given(member.to_string()), texts::counter_enrolled_note(locale));
        view! { <Readout label=texts::me_number(locale) value=value note=note/> }
    });
    let code = line.code.map(|code| {
        let value = Phrase::given(code.to_string());
        view! { <Readout label=texts::counter_code(locale) value=value note=texts::counter_code_note(locale, &until)/> }
    });
    let approve = (waits && !line.is_own).then(|| {
        let (seal, id) = (frame.seal_of(&line.id.to_string()), line.id.to_string());
        view! {
            <p>{texts::counter_approve_note(locale)}</p>
            <Form action="/office/counter" seal=seal>
                <Hidden name="act" value="approve"/>
                <Button label=texts::counter_approve(locale) sends=("proof", id)/>
            </Form>
        }
    });
    let waiting = (waits && line.is_own).then(|| view! { <p>{texts::counter_waits(locale)}</p> });
    view! { <Card title=aim>{code}{number}<DescriptionList rows=rows/>{waiting}{approve}</Card> }
}

fn register(locale: Locale, seal: Seal, form: RegisterForm, wrongs: &Wrongs) -> impl IntoView + use<> {
    let needed = |field| wrongs.needed(locale, field);
    let genders = Gender::ALL.into_iter().map(|one| Choice::new(one.word(), gender(locale, one))).collect();
    let (name, address, birth) = (needed(Field::Name), needed(Field::Address), needed(Field::Birth));
    let (sex, shown) = (needed(Field::Gender), needed(Field::Evidence));
    view! {
        <Card title=texts::counter_new_title(locale)>
            <p>{texts::counter_new_lead(locale)}</p>
            <Form action="/office/counter" seal=seal>
                <Hidden name="act" value="register"/>
                <TextField field=name value=form.name/>
                <TextField field=address value=form.address/>
                <DateField field=birth value=form.birth/>
                <RadioGroup field=sex choices=genders value=form.gender/>
                <Select field=shown choices=evidences(locale) value=form.evidence empty=texts::shell_choose(locale)/>
                <Button label=texts::counter_new_action(locale)/>
                <p>{texts::counter_enrol_note(locale)}</p>
                <Button
                    label=texts::counter_enrol_action(locale) tone=Tone::Secondary sends=("without", "phone".to_owned())
                />
            </Form>
        </Card>
    }
}

fn recover(locale: Locale, seal: Seal, form: RecoverForm, wrongs: &Wrongs) -> impl IntoView + use<> {
    let needed = |field| wrongs.needed(locale, field);
    let member = needed(Field::Member).help(texts::office_grant_person_help(locale));
    let (name, birth, shown) = (needed(Field::Name), needed(Field::Birth), needed(Field::Evidence));
    view! {
        <Form action="/office/counter/back" seal=seal>
            <Hidden name="act" value="recover"/>
            <TextField field=member value=form.member keys=Keys::Digits/>
            <TextField field=name value=form.name/>
            <DateField field=birth value=form.birth/>
            <Select field=shown choices=evidences(locale) value=form.evidence empty=texts::shell_choose(locale)/>
            <Button label=texts::counter_back_action(locale)/>
        </Form>
    }
}

fn evidences(locale: Locale) -> Vec<Choice> {
    Evidence::ALL.into_iter().map(|one| Choice::new(one.word(), evidence(locale, one))).collect()
}

/// What the person showed.
fn evidence(locale: Locale, evidence: Evidence) -> Phrase {
    match evidence {
        Evidence::MyNumberCard => texts::counter_evidence_card(locale),
        Evidence::DrivingLicence => texts::counter_evidence_licence(locale),
        Evidence::ResidenceCard => texts::counter_evidence_residence(locale),
        Evidence::Passport => texts::counter_evidence_passport(locale),
        Evidence::TwoDocuments => texts::counter_evidence_two(locale),
    }
}

/// A gender, in words.
pub(super) fn gender(locale: Locale, gender: Gender) -> Phrase {
    match gender {
        Gender::Female => texts::counter_gender_female(locale),
        Gender::Male => texts::counter_gender_male(locale),
        Gender::Other => texts::counter_gender_other(locale),
    }
}
