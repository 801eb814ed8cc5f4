//! `/wallet/done/{seq}`: what a payment came to.

use leptos::prelude::*;
use shared::ledger::{Parts, Purpose, Purse, StatementLine};
use shared::wire::WalletPage;

use super::{line, purse};
use crate::design::{
    banner::{Banner, Matter},
    button::ButtonLink,
    link::Link,
    list::{DescriptionList, Row},
    money::Money,
    page::{Area, Page},
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, format, texts};

/// `/wallet/done/{seq}`: the entry, as a receipt to come back to.
pub fn paid(frame: &Frame<'_>, page: &WalletPage, line: &StatementLine) -> String {
    let locale = frame.locale;
    let amount = line::amount(line);
    let shop = page.shop_of(line);
    let (title, done, next) = match (line.amount > 0, &line.purpose) {
        (true, Purpose::Refund { .. }) => {
            let note = texts::wallet_refund_note(locale);
            (texts::wallet_got_title(locale), texts::wallet_got(locale, amount.get()), Some(note))
        }
        (true, _) => (texts::wallet_got_title(locale), texts::wallet_got(locale, amount.get()), None),
        (false, purpose) => {
            let at_shop = matches!(purpose, Purpose::Purchase);
            let next = if at_shop { texts::wallet_bought_next(locale) } else { texts::wallet_paid_next(locale) };
            (texts::wallet_pay_done_title(locale), texts::wallet_paid(locale, amount.get()), Some(next))
        }
    };
    let mut rows = vec![
        Row::new(texts::wallet_column_amount(locale), format::points(locale, amount)),
        Row::new(texts::wallet_column_what(locale), line::title(locale, line, shop)),
        Row::new(texts::wallet_column_day(locale), format::moment(locale, line.at)),
        Row::new(texts::wallet_pay_number(locale), Phrase::given(line.seq.to_string())),
    ];
    if let Some(shop) = shop {
        rows.push(Row::new(texts::shop_number(locale), Phrase::given(shop.number.to_string())));
        rows.push(Row::new(texts::shop_pay_with(locale), purse::in_words(frame, &parts(line))));
    }
    if let Some(reason) = line::reason(locale, line) {
        rows.push(Row::new(texts::office_grant_reason(locale), reason));
    }
    let what = line::title(locale, line, shop);
    let shell = frame.shell(Some(Area::Wallet));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <h1>{title}</h1>
                <Money label=what amount=amount unit=texts::wallet_unit(locale)/>
                <Banner matter=Matter::Success title=done>{next.map(|next| view! { <p>{next}</p> })}</Banner>
                <DescriptionList rows=rows/>
                <ButtonLink label=texts::home_wallet(locale) href="/wallet"/>
                <p><Link label=texts::wallet_statement(locale) href="/wallet/statement"/></p>
            </Page>
        }
    })
}

/// What moved, by purse.
fn parts(line: &StatementLine) -> Parts {
    let mut parts = Parts::new();
    for portion in &line.lots {
        let part = parts.entry(Purse::of(&portion.lot)).or_default();
        // Not more than the line moved, which is an amount.
        *part = part.plus(portion.amount).unwrap_or(shared::kernel::Points::MAX);
    }
    parts
}
