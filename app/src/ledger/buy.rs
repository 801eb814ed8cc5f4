//! `/wallet/shop/{number}`: how much, out of what, and the payment.

use leptos::prelude::*;
use shared::kernel::Points;
use shared::ledger::{BuyForm, Field, FieldErrors, Parts};
use shared::wire::{BuyPage, NotPosted};

use super::say::{self, not_bought};
use super::wrong::{InTheWay, Wrongs};
use super::{purse, seal};
use crate::design::{
    banner::{Banner, Matter},
    button::Button,
    card::Card,
    error_summary::ErrorSummary,
    form::{Form, Hidden},
    link::Link,
    list::{DescriptionList, Row},
    page::{Area, Page},
    radio_group::RadioGroup,
    text_field::{Keys, TextField},
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, format, texts};
use crate::markup::IntoMarkup;

/// `/wallet/shop/{number}`: asks how much; knowing that, what to pay with and whether to pay. `not` is why it was not paid.
pub fn buy(frame: &Frame<'_>, page: &BuyPage, form: &BuyForm, errors: &FieldErrors, not: Option<&NotPosted>) -> String {
    let locale = frame.locale;
    let title = texts::shop_pay_to(locale, page.shop.name.as_str());
    let known = form.amount().ok().filter(|_| !errors.iter().any(|(field, _)| *field == Field::Amount));
    let have = page.balance.purses(page.now);
    let ways = known.and_then(|amount| Some((amount, purse::tenders(&have, &page.takes, amount).ok()?)));
    let on_page: &[Field] = match &ways {
        _ if !page.shop.open => &[],
        None => &[Field::Amount],
        Some((_, ways)) if ways.len() > 1 => &[Field::Tender],
        Some(_) => &[],
    };
    let wrongs = Wrongs::of(locale, on_page, errors, not, |field| label(frame, field), not_bought);
    let (count, summary, not) = (wrongs.count(), wrongs.summary(), wrongs.in_the_way());
    let area = Some(Area::Wallet);
    let shell = if wrongs.failed() { frame.shell_with_errors(area) } else { frame.shell(area) };
    let body = match ways {
        _ if !page.shop.open => {
            view! { <Banner matter=Matter::Warning title=texts::shop_closed(locale)/> }.into_markup()
        }
        None => ask(frame, page, form, &wrongs).into_markup(),
        Some((amount, ways)) => confirm(frame, page, amount, &ways, form, &wrongs).into_markup(),
    };
    let back = format!("/wallet/shop/{}", page.shop.number.get());
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <p><Link label=texts::shop_pay_other(locale) href="/wallet/shop" back=true/></p>
                <ErrorSummary title=texts::error_summary_title(locale, count) wrongs=summary/>
                <InTheWay locale=locale not=not title=texts::shop_pay_failed(locale) back=back say_not=not_bought/>
                <h1>{title}</h1>
                {body}
            </Page>
        }
    })
}

/// What stands in the way of paying that much, as an error of the form.
pub fn short(page: &BuyPage, amount: Points) -> Option<NotPosted> {
    let missing = purse::tenders(&page.balance.purses(page.now), &page.takes, amount).err()?;
    Some(NotPosted::Refused(shared::ledger::Refusal::Insufficient { missing }))
}

fn label(frame: &Frame<'_>, field: Field) -> Phrase {
    match field {
        Field::Amount => texts::shop_pay_amount(frame.locale),
        other => say::label(frame.locale, other),
    }
}

fn ask(frame: &Frame<'_>, page: &BuyPage, form: &BuyForm, wrongs: &Wrongs) -> impl IntoView + use<> {
    let locale = frame.locale;
    let have = page.balance.purses(page.now);
    let here = have.iter().filter(|(purse, _)| purse.is_refused(&page.takes).is_none());
    let here = here.fold(Points::ZERO, |sum, (_, there)| sum.plus(*there).unwrap_or(Points::MAX));
    let field = wrongs.needed(locale, Field::Amount, label(frame, Field::Amount));
    let field = field.help(texts::shop_pay_have(locale, here.get()).then(&texts::shop_pay_amount_help(locale)));
    let action = format!("/wallet/shop/{}", page.shop.number.get());
    let (seal, typed) = (seal(frame), form.amount.clone());
    let notes = purse::not_here(frame, &have, &page.takes);
    view! {
        <Form action=action seal=seal>
            <Hidden name="act" value="ask"/>
            <TextField field=field value=typed keys=Keys::Digits/>
            <Button label=texts::shop_pay_check(locale)/>
        </Form>
        {notes.into_iter().map(|note| view! { <p>{note}</p> }).collect::<Vec<_>>()}
    }
}

/// The last look before paying.
fn confirm(
    frame: &Frame<'_>,
    page: &BuyPage,
    amount: Points,
    ways: &[Parts],
    form: &BuyForm,
    wrongs: &Wrongs,
) -> impl IntoView + use<> {
    let locale = frame.locale;
    let have = page.balance.purses(page.now);
    let mut rows = vec![
        Row::new(texts::shop_name(locale), Phrase::given(page.shop.name.as_str().to_owned())),
        Row::new(texts::shop_number(locale), Phrase::given(page.shop.number.to_string())),
        Row::new(texts::shop_trade(locale), say::trade(locale, page.shop.trade)),
        Row::new(texts::shop_pay_amount(locale), format::points(locale, amount)),
    ];
    let choices = purse::choices(frame, &have, ways);
    let first = choices.first().map(|choice| choice.value.clone()).unwrap_or_default();
    let with = if choices.len() == 1 {
        let words = ways.first().map(|way| purse::in_words(frame, way)).unwrap_or_default();
        rows.push(Row::new(texts::shop_pay_with(locale), words));
        view! { <Hidden name="tender" value=first/> }.into_markup()
    } else {
        let field = wrongs.needed(locale, Field::Tender, texts::shop_pay_with(locale));
        let chosen = choices.iter().any(|choice| choice.value == form.tender);
        let value = if chosen { form.tender.clone() } else { first };
        view! { <RadioGroup field=field choices=choices value=value/> }.into_markup()
    };
    let number = page.shop.number.get();
    let (action, change) = (format!("/wallet/shop/{number}"), format!("/wallet/shop/{number}"));
    let (seal, typed) = (seal(frame), amount.get().to_string());
    let notes = purse::not_here(frame, &have, &page.takes);
    view! {
        <Card title=texts::shop_pay_confirm(locale, amount.get())>
            <DescriptionList rows=rows/>
            {notes.into_iter().map(|note| view! { <p>{note}</p> }).collect::<Vec<_>>()}
            <Form action=action seal=seal>
                <Hidden name="act" value="pay"/>
                <Hidden name="amount" value=typed/>
                {with}
                <p>{texts::shop_pay_final(locale)}</p>
                <Button label=texts::shop_pay_action(locale, amount.get())/>
            </Form>
            <p><Link label=texts::shop_pay_change(locale) href=change/></p>
        </Card>
    }
}
