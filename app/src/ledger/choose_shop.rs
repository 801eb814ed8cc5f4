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
    page::{Area, Page, Shell},
    scan::{Scan, ScanTexts},
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
    let shell = Shell { error: count > 0, ..frame.shell_that_scans(Some(Area::Wallet)) };
    let field = wrongs.needed(locale, Field::Shop, texts::shop_number(locale)).help(texts::shop_number_help(locale));
    let (seal, typed, mark) = (seal(frame), typed.to_owned(), frame.town.payment_service());
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <p><Link label=texts::wallet_title(locale) href="/wallet" back=true/></p>
                <ErrorSummary title=texts::error_summary_title(locale, count) wrongs=summary/>
                <h1>{title}</h1>
                <p class="mg-lead">{texts::shop_pay_lead(locale)}</p>
                <Form action="/wallet/shop" seal=seal>
                    <Scan field="shop" mark=mark submits=true texts=ScanTexts::usual(locale)/>
                    <TextField field=field value=typed keys=Keys::Digits/>
                    <Button label=texts::shop_number_next(locale)/>
                </Form>
                <p><Link label=texts::code_title(locale) href="/wallet/code"/></p>
            </Page>
        }
    })
}
