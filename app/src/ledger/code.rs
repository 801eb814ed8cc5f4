//! `/wallet/code` コードを見せる.

use leptos::prelude::*;
use shared::identity::Visitor;
use shared::ledger::{CODE_MAX, CodeForm, Field, FieldErrors};
use shared::wire::{CodePage, NotPosted};

use super::say::not_posted;
use super::seal;
use super::wrong::{InTheWay, Wrongs};
use crate::design::{
    banner::{Banner, Matter},
    button::{Button, ButtonLink},
    error_summary::ErrorSummary,
    form::Form,
    link::Link,
    page::{Area, Page},
    qr::Qr,
    readout::Readout,
    text_field::{Keys, TextField},
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, format, texts};
use crate::markup::IntoMarkup;

/// `/wallet/code`: the most a code may pay.
pub fn code_form(
    frame: &Frame<'_>,
    _: &Visitor,
    form: &CodeForm,
    errors: &FieldErrors,
    not: Option<&NotPosted>,
) -> String {
    let locale = frame.locale;
    let title = texts::code_title(locale);
    let wrongs = Wrongs::of(locale, &[Field::Amount], errors, not, |_| texts::code_max(locale), not_posted);
    let (count, summary, not) = (wrongs.count(), wrongs.summary(), wrongs.in_the_way());
    let shell =
        if wrongs.failed() { frame.shell_with_errors(Some(Area::Wallet)) } else { frame.shell(Some(Area::Wallet)) };
    let field = wrongs.needed(locale, Field::Amount, texts::code_max(locale)).help(texts::code_max_help(locale));
    let (seal, typed) = (seal(frame), form.amount.clone());
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <p><Link label=texts::wallet_title(locale) href="/wallet" back=true/></p>
                <ErrorSummary title=texts::error_summary_title(locale, count) wrongs=summary/>
                <InTheWay
                    locale=locale not=not title=texts::code_failed(locale) back="/wallet/code" say_not=not_posted
                />
                <h1>{title}</h1>
                <p class="mg-lead">{texts::code_lead(locale)}</p>
                <Form action="/wallet/code" seal=seal>
                    <TextField field=field value=typed keys=Keys::Digits/>
                    <Button label=texts::code_make(locale)/>
                </Form>
            </Page>
        }
    })
}

/// `/wallet/code/{command}`: the code while it pays, what was paid with it, or that it is over.
pub fn code(frame: &Frame<'_>, page: &CodePage) -> String {
    let locale = frame.locale;
    let title = texts::code_title(locale);
    let shell = frame.shell(Some(Area::Wallet));
    let body = match page.paid {
        Some(receipt) => {
            let href = format!("/wallet/done/{}", receipt.first_seq);
            view! {
                <Banner matter=Matter::Success title=texts::code_paid(locale)>
                    <p><Link label=texts::code_receipt(locale) href=href/></p>
                </Banner>
            }
            .into_markup()
        }
        None if page.now >= page.until => {
            view! { <Banner matter=Matter::Warning title=texts::code_over(locale)/> }.into_markup()
        }
        None => shown(frame, page).into_markup(),
    };
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <p><Link label=texts::wallet_title(locale) href="/wallet" back=true/></p>
                <h1>{title}</h1>
                {body}
                <p><Link label=texts::code_again(locale) href="/wallet/code"/></p>
            </Page>
        }
    })
}

fn shown(frame: &Frame<'_>, page: &CodePage) -> impl IntoView + use<> {
    let locale = frame.locale;
    let code = page.code.to_string();
    let note = texts::code_until(locale, &format::moment(locale, page.until), page.max.get());
    let check = frame.path.to_owned();
    view! {
        <Qr text=code.clone() label=texts::code_picture(locale)/>
        <Readout label=texts::code_your(locale) value=Phrase::given(code) note=note/>
        <p>{texts::code_waiting(locale)}</p>
        <ButtonLink label=texts::code_check(locale) href=check/>
    }
}

/// What the form begins with: more than most purchases.
pub fn usual_code() -> CodeForm {
    CodeForm { amount: CODE_MAX.min(10_000).to_string() }
}
