//! `/wallet/shop` お店に支払う: which.

use leptos::prelude::*;
use shared::identity::Visitor;
use shared::ledger::{Field, FieldErrors};

use super::say::{self, not_posted};
use super::seal;
use super::wrong::Wrongs;
use crate::design::{
    button::Button,
    error_summary::ErrorSummary,
    form::Form,
    link::Link,
    page::{Area, Page},
    text_field::{Keys, TextField},
};
use crate::frame::{Frame, document};
use crate::i18n::texts;

/// `/wallet/shop`: the number on the shop's poster, and the other ways to pay.
pub fn choose_shop(frame: &Frame<'_>, _: &Visitor, typed: &str, errors: &FieldErrors) -> String {
    let locale = frame.locale;
    let title = texts::shop_pay_title(locale);
    let wrongs = Wrongs::of(locale, &[Field::Shop], errors, None, |field| say::label(locale, field), not_posted);
    let (count, summary) = (wrongs.count(), wrongs.summary());
    let shell = if count > 0 { frame.shell_with_errors(Some(Area::Wallet)) } else { frame.shell(Some(Area::Wallet)) };
    let field = wrongs.needed(locale, Field::Shop, texts::shop_number(locale)).help(texts::shop_number_help(locale));
    let (seal, typed) = (seal(frame), typed.to_owned());
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <p><Link label=texts::wallet_title(locale) href="/wallet" back=true/></p>
                <ErrorSummary title=texts::error_summary_title(locale, count) wrongs=summary/>
                <h1>{title}</h1>
                <p class="mg-lead">{texts::shop_pay_lead(locale)}</p>
                <Form action="/wallet/shop" seal=seal>
                    <TextField field=field value=typed keys=Keys::Digits/>
                    <Button label=texts::shop_number_next(locale)/>
                </Form>
                <p><Link label=texts::code_title(locale) href="/wallet/code"/></p>
            </Page>
        }
    })
}
