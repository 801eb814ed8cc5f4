//! `/shop/{number}/sale/{seq}`: one payment, as the shop sees it, and giving it back.

use leptos::prelude::*;
use shared::ledger::{Field, FieldErrors, RefundForm};
use shared::wire::{NotPosted, SalePage};

use super::say::{self, not_refunded};
use super::wrong::{InTheWay, Wrongs};
use super::{line, seal};
use crate::design::{
    banner::{Banner, Matter},
    button::{Button, Tone},
    card::Card,
    chime::Chime,
    error_summary::ErrorSummary,
    form::Form,
    link::Link,
    list::{DescriptionList, Row},
    money::Money,
    page::Page,
    text_field::{Keys, TextField},
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, format, texts};

/// `/shop/{number}/sale/{seq}`: the amount, large, so that both sides can read it across a counter.
pub fn sale(
    frame: &Frame<'_>,
    page: &SalePage,
    form: &RefundForm,
    errors: &FieldErrors,
    not: Option<&NotPosted>,
) -> String {
    let locale = frame.locale;
    let amount = line::amount(&page.line);
    let taken = page.line.amount > 0;
    let (title, done) = if taken {
        (texts::sale_title(locale), texts::sale_done(locale, page.shop.name.as_str(), amount.get()))
    } else {
        (texts::sale_refund_title(locale), texts::sale_refund_done(locale, amount.get()))
    };
    let refundable = taken && !page.left.is_zero();
    let on_page: &[Field] = if refundable { &[Field::Amount, Field::Reason] } else { &[] };
    let wrongs = Wrongs::of(locale, on_page, errors, not, |field| label(frame, field), not_refunded);
    let (count, summary) = (wrongs.count(), wrongs.summary());
    let failed = wrongs.failed();
    let shell = if failed { frame.shell_with_errors(None) } else { frame.shell(None) };
    let mut rows = vec![
        Row::new(texts::wallet_column_day(locale), format::moment(locale, page.line.at)),
        Row::new(texts::wallet_pay_number(locale), Phrase::given(page.line.seq.to_string())),
    ];
    if let Some(reason) = line::reason(locale, &page.line) {
        rows.push(Row::new(texts::refund_reason(locale), reason));
    }
    if taken {
        rows.push(Row::new(texts::sale_left(locale), format::points(locale, page.left)));
    }
    let till = format!("/shop/{}", page.shop.number.get());
    let back = format!("{till}/sale/{}", page.line.seq);
    let sound = (taken && !failed && is_new(page)).then(|| frame.assets.paid_sound.to_owned());
    let refund = refundable.then(|| refund(frame, page, form, &wrongs));
    let (not, shop) = (wrongs.in_the_way(), Phrase::given(page.shop.name.as_str().to_owned()));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <p><Link label=texts::sale_back(locale) href=till back=true/></p>
                <ErrorSummary title=texts::error_summary_title(locale, count) wrongs=summary/>
                <InTheWay locale=locale not=not title=texts::refund_failed(locale) back=back say_not=not_refunded/>
                <h1>{title}</h1>
                {sound.map(|src| view! { <Chime src=src/> })}
                <Money label=shop amount=amount unit=texts::wallet_unit(locale)/>
                {(!failed).then(|| view! { <Banner matter=Matter::Success title=done/> })}
                <DescriptionList rows=rows/>
                {refund}
            </Page>
        }
    })
}

/// Whether the payment was made a moment ago: an old one that is looked up makes no sound.
fn is_new(page: &SalePage) -> bool {
    page.now < page.line.at.plus_seconds(10)
}

fn label(frame: &Frame<'_>, field: Field) -> Phrase {
    match field {
        Field::Amount => texts::refund_amount(frame.locale),
        Field::Reason => texts::refund_reason(frame.locale),
        other => say::label(frame.locale, other),
    }
}

fn refund(frame: &Frame<'_>, page: &SalePage, form: &RefundForm, wrongs: &Wrongs) -> impl IntoView + use<> {
    let locale = frame.locale;
    let amount = wrongs.needed(locale, Field::Amount, label(frame, Field::Amount));
    let reason = wrongs.needed(locale, Field::Reason, label(frame, Field::Reason));
    let reason = reason.help(texts::refund_reason_help(locale));
    let action = format!("/shop/{}/sale/{}", page.shop.number.get(), page.line.seq);
    let (seal, form) = (seal(frame), form.clone());
    view! {
        <Card title=texts::refund_title(locale)>
            <p>{texts::refund_lead(locale)}</p>
            <Form action=action seal=seal>
                <TextField field=amount value=form.amount keys=Keys::Digits/>
                <TextField field=reason value=form.reason/>
                <Button label=texts::refund_action(locale) tone=Tone::Secondary/>
            </Form>
        </Card>
    }
}
