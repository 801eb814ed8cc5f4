//! `/shop` and `/shop/{number}`: where a shop takes payments.

use leptos::prelude::*;
use shared::ledger::{Field, FieldErrors, RedeemForm, Shop, StatementLine};
use shared::wire::{MyShopsPage, NotPosted, TillPage};

use super::say::{self, not_taken};
use super::wrong::{InTheWay, Wrongs};
use super::{line, seal};
use crate::design::{
    banner::{Banner, Matter},
    button::Button,
    card::Card,
    empty::Empty,
    error_summary::ErrorSummary,
    form::Form,
    link::Link,
    list::{Entry, LinkList},
    page::{Page, Shell},
    readout::Readout,
    scan::{Scan, ScanTexts},
    text_field::{Keys, TextField},
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, format, texts};
use crate::markup::{IntoMarkup, Markup};

/// `/shop`: the shops somebody works at.
pub fn my_shops(frame: &Frame<'_>, page: &MyShopsPage) -> String {
    let locale = frame.locale;
    let title = texts::till_mine(locale);
    let entries: Vec<Entry> = page.shops.iter().map(entry_of_shop).collect();
    let shell = frame.shell(None);
    let body = if entries.is_empty() {
        view! { <Empty title=texts::till_none(locale) note=texts::till_none_note(locale)/> }.into_markup()
    } else {
        view! { <LinkList entries=entries/> }.into_markup()
    };
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <h1>{title}</h1>
                {body}
            </Page>
        }
    })
}

/// A shop as a link to its till.
pub(super) fn entry_of_shop(shop: &Shop) -> Entry {
    Entry {
        href: Some(format!("/shop/{}", shop.number.get())),
        title: Phrase::given(shop.name.as_str().to_owned()),
        note: Some(Phrase::given(shop.number.to_string())),
        end: None,
    }
}

/// `/shop/{number}`: takes a code, and shows what was taken. `older` says that these are not the newest lines.
pub fn till(
    frame: &Frame<'_>,
    page: &TillPage,
    form: &RedeemForm,
    errors: &FieldErrors,
    not: Option<&NotPosted>,
    older: bool,
) -> String {
    let locale = frame.locale;
    let title = Phrase::given(page.shop.name.as_str().to_owned());
    let label = |field| match field {
        Field::Amount => texts::till_amount(locale),
        other => say::label(locale, other),
    };
    let on_page: &[Field] = if page.shop.open { &[Field::Amount, Field::Code] } else { &[] };
    let wrongs = Wrongs::of(locale, on_page, errors, not, label, not_taken);
    let (count, summary) = (wrongs.count(), wrongs.summary());
    let shell = if page.shop.open { frame.shell_that_scans(None) } else { frame.shell(None) };
    let shell = Shell { error: wrongs.failed(), ..shell };
    let amount = wrongs.needed(locale, Field::Amount, label(Field::Amount)).help(texts::wallet_pay_amount_help(locale));
    let code = wrongs.needed(locale, Field::Code, label(Field::Code)).help(texts::till_code_help(locale));
    let action = format!("/shop/{}", page.shop.number.get());
    let (back, newer, poster) = (action.clone(), action.clone(), format!("{action}/poster"));
    let (seal, form, not, open) = (seal(frame), form.clone(), wrongs.in_the_way(), page.shop.open);
    let today = format!("{}{}", if page.today < 0 { "−" } else { "" }, line::of_sum(page.today));
    let next = page.lines.last().filter(|_| page.more).map(|line| format!("{action}?before={}", line.seq));
    let number = texts::till_number(locale, &page.shop.number.to_string());
    let lines = lines(frame, page);
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <p><Link label=texts::till_mine(locale) href="/shop" back=true/></p>
                <ErrorSummary title=texts::error_summary_title(locale, count) wrongs=summary/>
                <InTheWay locale=locale not=not title=texts::till_failed(locale) back=back say_not=not_taken/>
                <h1>{title}</h1>
                <Readout label=texts::till_today(locale) value=Phrase::given(today) note=number/>
                {if open {
                    view! {
                        <Card title=texts::till_take(locale)>
                            <Form action=action seal=seal>
                                <TextField field=amount value=form.amount keys=Keys::Digits/>
                                <Scan field="code" texts=ScanTexts::usual(locale)/>
                                <TextField field=code value=form.code keys=Keys::Code/>
                                <Button label=texts::till_action(locale)/>
                            </Form>
                        </Card>
                    }.into_markup()
                } else {
                    view! { <Banner matter=Matter::Warning title=texts::shops_shut(locale)/> }.into_markup()
                }}
                <Card title=texts::till_lines(locale)>{lines}</Card>
                <p><Link label=texts::till_poster(locale) href=poster/></p>
                {next.map(|href| view! { <p><Link label=texts::wallet_statement_more(locale) href=href/></p> })}
                {older.then(|| view! { <p><Link label=texts::till_newer(locale) href=newer back=true/></p> })}
            </Page>
        }
    })
}

fn lines(frame: &Frame<'_>, page: &TillPage) -> Markup {
    let locale = frame.locale;
    if page.lines.is_empty() {
        return view! { <Empty title=texts::till_lines_none(locale) note=texts::till_lines_none_note(locale)/> }
            .into_markup();
    }
    let entry = |line: &StatementLine| Entry {
        href: Some(format!("/shop/{}/sale/{}", page.shop.number.get(), line.seq)),
        title: if line.amount > 0 { texts::till_line_sale(locale) } else { texts::till_line_refund(locale) },
        note: Some(format::moment(locale, line.at)),
        end: Some(line::signed(line)),
    };
    let entries: Vec<_> = page.lines.iter().map(entry).collect();
    view! { <LinkList entries=entries/> }.into_markup()
}
