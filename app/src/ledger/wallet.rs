//! `/wallet` さいふ.

use leptos::prelude::*;
use shared::kernel::Locale;
use shared::ledger::{Purse, StatementLine};
use shared::wire::WalletPage;

use super::till::entry_of_shop;
use super::{line, purse, spendable};
use crate::design::{
    banner::{Banner, Matter},
    button::{ButtonLink, Tone},
    card::{Card, Weight},
    empty::Empty,
    link::Link,
    list::{DescriptionList, Entry, LinkList},
    page::{Area, Page},
    readout::Readout,
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, format, texts};
use crate::markup::IntoMarkup;

/// From how many days before their last one on points are warned of.
const WARNED_DAYS: i32 = 30;

/// `/wallet`: the total, by purse, what of it ends next, what is set aside, the last lines, one's own number.
pub fn wallet(frame: &Frame<'_>, page: &WalletPage) -> String {
    let locale = frame.locale;
    let title = texts::wallet_title(locale);
    let available = spendable(page.balance.available);
    let held = page.balance.held;
    let held = (!held.is_zero()).then(|| texts::wallet_held_note(locale, &held.to_string()));
    let (ends_next, soon) = ends(locale, page);
    let entries: Vec<Entry> = page.lines.iter().map(|line| entry(locale, page, line)).collect();
    let purses = purses(frame, page);
    let shops = shops(locale, page);
    let number = Phrase::given(page.visitor.member.to_string());
    let shell = frame.shell(Some(Area::Wallet));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <h1>{title}</h1>
                {soon.map(|words| view! {
                    <Banner matter=Matter::Warning title=texts::wallet_ends_soon_title(locale)><p>{words}</p></Banner>
                })}
                <Card title=texts::wallet_balance(locale) weight=Weight::Next>
                    <p class="mg-money__amount">
                        {available.to_string()}<span class="mg-money__unit">{texts::wallet_unit(locale)}</span>
                    </p>
                    {ends_next.map(|words| view! { <p>{words}</p> })}
                    <p>{held.unwrap_or_else(|| texts::wallet_held_none(locale))}</p>
                    <ButtonLink label=texts::wallet_pay(locale) href="/wallet/pay"/>
                    <ButtonLink label=texts::code_title(locale) href="/wallet/code" tone=Tone::Secondary/>
                </Card>
                {purses}
                {shops}
                <Card title=texts::wallet_recent(locale)>
                    <Lines entries=entries locale=locale/>
                    <p><Link label=texts::wallet_statement(locale) href="/wallet/statement"/></p>
                </Card>
                <Readout label=texts::wallet_account(locale) value=number note=texts::wallet_account_help(locale)/>
            </Page>
        }
    })
}

/// What the value is made of, where it is of more than one kind.
fn purses(frame: &Frame<'_>, page: &WalletPage) -> Option<impl IntoView + use<>> {
    let locale = frame.locale;
    let purses = page.balance.purses(page.now);
    let coupons = purses.keys().any(|purse| matches!(purse, Purse::Coupon(_)));
    let rows = purse::rows(frame, &page.balance, page.now);
    (purses.len() > 1 || coupons).then(|| {
        view! {
            <Card title=texts::wallet_purses(locale)>
                <DescriptionList rows=rows/>
                {coupons.then(|| view! { <p>{texts::wallet_coupons_note(locale)}</p> })}
            </Card>
        }
    })
}

/// Where the visitor takes payments, if anywhere.
fn shops(locale: Locale, page: &WalletPage) -> Option<impl IntoView + use<>> {
    let entries: Vec<_> = page.works_at.iter().map(entry_of_shop).collect();
    (!entries.is_empty()).then(|| view! { <Card title=texts::till_mine(locale)><LinkList entries=entries/></Card> })
}

/// What ends next, as a line below the balance; or as a warning, while there is little time left to spend it.
fn ends(locale: Locale, page: &WalletPage) -> (Option<Phrase>, Option<Phrase>) {
    let Some((amount, last_day)) = page.balance.ends_next(page.now) else { return (None, None) };
    let day = format::day(locale, last_day);
    if last_day <= page.now.day().plus(WARNED_DAYS) {
        (None, Some(texts::wallet_ends_soon(locale, amount.get(), &day)))
    } else if amount == spendable(page.balance.available) {
        (Some(texts::wallet_ends_all(locale, &day)), None)
    } else {
        (Some(texts::wallet_ends_next(locale, amount.get(), &day)), None)
    }
}

/// The last lines, or that there are none.
#[component]
fn Lines(entries: Vec<Entry>, locale: Locale) -> impl IntoView {
    if entries.is_empty() {
        let (title, note) = (texts::wallet_statement_none(locale), texts::wallet_statement_none_note(locale));
        view! { <Empty title=title note=note/> }.into_markup()
    } else {
        view! { <LinkList entries=entries/> }.into_markup()
    }
}

fn entry(locale: Locale, page: &WalletPage, line: &StatementLine) -> Entry {
    Entry {
        href: None,
        title: line::title(locale, line, page.shop_of(line)),
        note: Some(format::moment(locale, line.at)),
        end: Some(line::signed(line)),
    }
}
