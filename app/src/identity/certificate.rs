//! `/office/certificate` 署名用電子証明書を確かめる.

use leptos::prelude::*;
use shared::identity::{
    CertificateFlaw, CertificatePage, CertificateSays, Evidence, Field, FieldErrors, Marked, Revocation, Substitutes,
};
use shared::kernel::Locale;

use super::counter::gender;
use super::wrong::Wrongs;
use crate::design::{
    banner::{Banner, Matter},
    button::{Button, Tone},
    error_summary::ErrorSummary,
    file_field::FileField,
    form::{Form, Hidden},
    link::Link,
    list::{DescriptionList, Row},
    page::Page,
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, format, texts};
use crate::markup::IntoMarkup;

/// `/office/certificate`: a file to choose, and what the one that was sent says.
pub fn certificate(frame: &Frame<'_>, verdict: Option<&CertificatePage>, errors: &FieldErrors) -> String {
    let locale = frame.locale;
    let title = texts::certificate_title(locale);
    let wrongs = Wrongs::of(locale, errors);
    let failed = wrongs.count() > 0 || verdict.is_some_and(|page| page.verdict.is_err());
    let shell = if failed { frame.shell_with_errors(None) } else { frame.shell(None) };
    let field = wrongs.needed(locale, Field::Certificate).help(texts::certificate_help(locale));
    let (seal, verdict) = (frame.seal_of("certificate"), verdict.map(|page| verdict_of(frame, page)));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <ErrorSummary title=texts::error_summary_title(locale, wrongs.count()) wrongs=wrongs.summary()/>
                <p><Link label=texts::counter_title(locale) href="/office/counter" back=true/></p>
                {verdict}
                <h1>{title}</h1>
                <p class="mg-lead">{texts::certificate_lead(locale)}</p>
                <Form action="/office/certificate" seal=seal files=true>
                    <FileField field=field accept=".cer,.crt,.der,.pem"/>
                    <Button label=texts::certificate_action(locale)/>
                </Form>
            </Page>
        }
    })
}

fn verdict_of(frame: &Frame<'_>, page: &CertificatePage) -> impl IntoView + use<> {
    let locale = frame.locale;
    let known = page.known.map(|member| {
        view! {
            <p>{texts::certificate_known(locale)}</p>
            <DescriptionList rows=vec![Row::new(texts::me_number(locale), Phrase::given(member.to_string()))]/>
        }
    });
    match &page.verdict {
        Ok(said) => {
            let is_new = page.known.is_none();
            let (copy, rows) = (is_new.then(|| copy(frame, said)), rows(locale, said));
            view! {
                <div role="status">
                    <Banner matter=Matter::Success title=texts::certificate_good_title(locale)>
                        <DescriptionList rows=rows/>
                        {known}
                        {copy}
                    </Banner>
                </div>
            }
            .into_markup()
        }
        Err((flaw, number)) => {
            let (words, number) = (flaw_in_words(locale, *flaw), number.to_string());
            view! {
                <div role="alert" id="error-summary" tabindex="-1" autofocus=true>
                    <Banner matter=Matter::Error title=texts::certificate_bad_title(locale)>
                        <p>{words}</p>
                        <p>{texts::certificate_number(locale, &number)}</p>
                    </Banner>
                </div>
            }
            .into_markup()
        }
    }
}

/// Carries what the certificate says into the form of the counter: nothing of it is kept.
fn copy(frame: &Frame<'_>, said: &CertificateSays) -> impl IntoView + use<> {
    let (name, address) = (said.name.text.as_str().to_owned(), said.address.text.as_str().to_owned());
    let (birth, gender) = (said.birth.to_string(), said.gender.word());
    let (seal, label) = (frame.seal_of("copy"), texts::certificate_use(frame.locale));
    view! {
        <Form action="/office/counter" seal=seal>
            <Hidden name="act" value="copy"/>
            <Hidden name="name" value=name/>
            <Hidden name="address" value=address/>
            <Hidden name="birth" value=birth/>
            <Hidden name="gender" value=gender/>
            <Hidden name="evidence" value=Evidence::MyNumberCard.word()/>
            <Button label=label tone=Tone::Secondary/>
        </Form>
    }
}

fn rows(locale: Locale, said: &CertificateSays) -> Vec<Row> {
    let (name, address) = (said.name.text.as_str(), said.address.text.as_str());
    let mut rows = vec![Row::new(texts::me_name(locale), Phrase::given(name.to_owned()))];
    rows.extend(substitutes(locale, name, &said.name));
    rows.push(Row::new(texts::me_address(locale), Phrase::given(address.to_owned())));
    rows.extend(substitutes(locale, address, &said.address));
    rows.push(Row::new(texts::me_birthday(locale), format::day(locale, said.birth)));
    rows.push(Row::new(texts::counter_gender(locale), gender(locale, said.gender)));
    rows.push(Row::new(texts::certificate_until(locale), format::moment(locale, said.until)));
    let revocation = match &said.revocation {
        Revocation::NotChecked => texts::certificate_not_checked(locale),
        Revocation::Checked { by, at } => texts::certificate_checked(locale, &format::moment(locale, *at), by.as_str()),
    };
    rows.push(Row::new(texts::certificate_revocation(locale), revocation));
    rows
}

/// Which characters of a text stand for others.
fn substitutes<T>(locale: Locale, text: &str, marked: &Marked<T>) -> Option<Row> {
    let words = match &marked.substitutes {
        Substitutes::None => return None,
        Substitutes::At(places) => {
            let which = text.chars().enumerate().filter(|(place, _)| places.contains(place));
            texts::certificate_substitutes_some(locale, &which.map(|(_, character)| character).collect::<String>())
        }
        Substitutes::Somewhere => texts::certificate_substitutes_somewhere(locale),
    };
    Some(Row::new(texts::certificate_substitutes(locale), words))
}

fn flaw_in_words(locale: Locale, flaw: CertificateFlaw) -> Phrase {
    match flaw {
        CertificateFlaw::Unreadable => texts::certificate_unreadable(locale),
        CertificateFlaw::Forged => texts::certificate_forged(locale),
        CertificateFlaw::OutOfTime => texts::certificate_out_of_time(locale),
        CertificateFlaw::WrongKind => texts::certificate_wrong_kind(locale),
        CertificateFlaw::Incomplete => texts::certificate_incomplete(locale),
    }
}
