//! `/wallet/pay` 支払う.

use leptos::prelude::*;
use shared::kernel::Locale;
use shared::ledger::{Field, FieldErrors, PayForm};
use shared::wire::{NotPosted, WalletPage};

use super::say::{self, not_posted};
use super::wrong::{InTheWay, Wrongs};
use super::{seal, spendable};
use crate::design::{
    button::{Button, ButtonLink, Tone},
    error_summary::ErrorSummary,
    form::Form,
    link::Link,
    page::{Area, Page},
    text_field::{Keys, TextField},
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, texts};

/// `/wallet/pay`: points to somebody else, by their member number.
pub fn pay(
    frame: &Frame<'_>,
    page: &WalletPage,
    form: &PayForm,
    errors: &FieldErrors,
    not: Option<&NotPosted>,
) -> String {
    let locale = frame.locale;
    let title = texts::wallet_pay_title(locale);
    let wrongs =
        Wrongs::of(locale, &[Field::Member, Field::Amount], errors, not, |field| label(locale, field), not_posted);
    let have = texts::wallet_pay_have(locale, spendable(page.balance.available).get());
    let needed = |field| wrongs.needed(locale, field, label(locale, field));
    let member = needed(Field::Member).help(texts::wallet_pay_to_help(locale));
    let amount = needed(Field::Amount).help(have.then(&texts::wallet_pay_amount_help(locale)));
    let shell =
        if wrongs.failed() { frame.shell_with_errors(Some(Area::Wallet)) } else { frame.shell(Some(Area::Wallet)) };
    let (seal, form, not) = (seal(frame), form.clone(), wrongs.in_the_way());
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <p><Link label=texts::wallet_title(locale) href="/wallet" back=true/></p>
                <ErrorSummary title=texts::error_summary_title(locale, wrongs.count()) wrongs=wrongs.summary()/>
                <InTheWay
                    locale=locale not=not title=texts::wallet_pay_failed_title(locale) back="/wallet/pay"
                    say_not=not_posted
                />
                <h1>{title}</h1>
                <ButtonLink label=texts::shop_pay_title(locale) href="/wallet/shop"/>
                <ButtonLink label=texts::code_title(locale) href="/wallet/code" tone=Tone::Secondary/>
                <h2>{texts::wallet_other_person(locale)}</h2>
                <p class="mg-lead">{texts::wallet_pay_lead(locale)}</p>
                <Form action="/wallet/pay" seal=seal>
                    <TextField field=member value=form.member keys=Keys::Digits/>
                    <TextField field=amount value=form.amount keys=Keys::Digits/>
                    <p>{texts::wallet_pay_final(locale)}</p>
                    <Button label=texts::wallet_pay_action(locale)/>
                </Form>
            </Page>
        }
    })
}

fn label(locale: Locale, field: Field) -> Phrase {
    match field {
        Field::Member => texts::wallet_pay_to(locale),
        Field::Amount => texts::wallet_pay_amount(locale),
        other => say::label(locale, other),
    }
}
