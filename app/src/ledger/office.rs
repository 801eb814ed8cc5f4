//! `/office` ポイントを付与する.

use leptos::prelude::*;
use shared::kernel::Locale;
use shared::ledger::{Field, FieldErrors, GrantForm};
use shared::wire::{BudgetLine, NotPosted, OfficePage};

use super::say::{label, not_granted};
use super::seal;
use super::wrong::{InTheWay, Made, Wrongs};
use crate::design::{
    banner::{Banner, Matter},
    button::Button,
    card::Card,
    empty::Empty,
    error_summary::ErrorSummary,
    form::{Form, Seal},
    link::Link,
    list::{DescriptionList, Row},
    page::Page,
    select::{Choice, Select},
    text_field::{Keys, TextField},
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, format, texts};
use crate::markup::IntoMarkup;

const FIELDS: [Field; 4] = [Field::Budget, Field::Member, Field::Amount, Field::Reason];

/// `/office`: what is left in the budgets, and a grant to one resident. `done` is the entry of a grant just made.
pub fn office(
    frame: &Frame<'_>,
    page: &OfficePage,
    form: &GrantForm,
    errors: &FieldErrors,
    not: Option<&NotPosted>,
    done: Option<u64>,
) -> String {
    let locale = frame.locale;
    let title = texts::office_title_grant(locale);
    let wrongs = Wrongs::of(locale, &FIELDS, errors, not, |field| label(locale, field), not_granted);
    let mut rows: Vec<Row> = page.budgets.iter().map(|budget| left(locale, budget)).collect();
    let none = rows.is_empty();
    rows.push(proven(locale, page));
    let broken = page.trial.filter(|trial| !trial.holds());
    let choices = page.budgets.iter().map(|budget| choice(locale, budget)).collect();
    let shell = if wrongs.failed() { frame.shell_with_errors(None) } else { frame.shell(None) };
    let (seal, form, not) = (seal(frame), form.clone(), wrongs.in_the_way());
    let (count, summary) = (wrongs.count(), wrongs.summary());
    let made = done.map(|seq| texts::office_grant_made(locale, &seq.to_string()));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <ErrorSummary title=texts::error_summary_title(locale, count) wrongs=summary/>
                <InTheWay
                    locale=locale not=not title=texts::office_grant_failed_title(locale) back="/office"
                    say_not=not_granted
                />
                {made.map(|words| view! { <Made title=texts::office_grant_done_title(locale) words=words/> })}
                {broken.map(|trial| view! {
                    <Banner matter=Matter::Error title=texts::office_proof_broken_title(locale)>
                        <p>{texts::office_proof_broken(locale, &format::moment(locale, trial.at))}</p>
                    </Banner>
                })}
                <h1>{title}</h1>
                <p class="mg-lead">{texts::office_grant_lead(locale)}</p>
                {if none {
                    let (title, note) = (texts::office_grant_none(locale), texts::office_grant_none_note(locale));
                    view! { <Empty title=title note=note/> }.into_markup()
                } else {
                    view! {
                        <Card title=texts::office_grant_budgets(locale)><DescriptionList rows=rows/></Card>
                        <GrantFields locale=locale seal=seal form=form choices=choices wrongs=wrongs/>
                        <p><Link label=texts::office_correct_title(locale) href="/office/correct"/></p>
                        <p><Link label=texts::shops_title(locale) href="/office/shops"/></p>
                    }.into_markup()
                }}
            </Page>
        }
    })
}

/// The form of a grant.
#[component]
fn GrantFields(locale: Locale, seal: Seal, form: GrantForm, choices: Vec<Choice>, wrongs: Wrongs) -> impl IntoView {
    let needed = move |field| wrongs.needed(locale, field, label(locale, field));
    let member = needed(Field::Member).help(texts::office_grant_person_help(locale));
    let amount = needed(Field::Amount).help(texts::wallet_pay_amount_help(locale));
    let reason = needed(Field::Reason).help(texts::office_grant_reason_help(locale));
    view! {
        <Form action="/office" seal=seal>
            <Select field=needed(Field::Budget) choices=choices value=form.budget empty=texts::shell_choose(locale)/>
            <TextField field=member value=form.member keys=Keys::Digits/>
            <TextField field=amount value=form.amount keys=Keys::Digits/>
            <TextField field=reason value=form.reason/>
            <Button label=texts::office_title_grant(locale)/>
        </Form>
    }
}

fn left(locale: Locale, budget: &BudgetLine) -> Row {
    let mut left = texts::office_grant_left(locale, budget.left.get(), budget.ceiling.get());
    if budget.is_low() {
        left = left.then(&Phrase::fixed(" ")).then(&texts::office_grant_low(locale));
    }
    Row::new(Phrase::given(budget.name.clone()), left)
}

/// Whether the books held when they were proven last, and that they were not for too long.
fn proven(locale: Locale, page: &OfficePage) -> Row {
    let found = match &page.trial {
        Some(trial) if trial.at.day().plus(1) < page.now.day() => {
            texts::office_proof_old(locale, &format::moment(locale, trial.at))
        }
        Some(trial) if trial.holds() => {
            texts::office_proof_holds(locale, &format::moment(locale, trial.at), trial.totals.entries)
        }
        Some(_) => texts::office_proof_broken_title(locale),
        None => texts::office_proof_none(locale),
    };
    Row::new(texts::office_proof(locale), found)
}

fn choice(locale: Locale, budget: &BudgetLine) -> Choice {
    Choice::new(budget.code.clone(), texts::office_grant_choice(locale, &budget.name, budget.left.get()))
}
