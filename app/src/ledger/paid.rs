//! `/wallet/done/{seq}`: what a payment came to.

use leptos::prelude::*;
use shared::ledger::StatementLine;

use super::line;
use crate::design::{
    banner::{Banner, Matter},
    button::ButtonLink,
    link::Link,
    list::{DescriptionList, Row},
    page::{Area, Page},
};
use crate::frame::{Frame, document};
use crate::i18n::{format, texts};

/// `/wallet/done/{seq}`: the entry, as a receipt to come back to.
pub fn paid(frame: &Frame<'_>, line: &StatementLine) -> String {
    let locale = frame.locale;
    let amount = line::amount(line);
    let (title, done, next) = if line.amount > 0 {
        (texts::wallet_got_title(locale), texts::wallet_got(locale, amount.get()), None)
    } else {
        let next = texts::wallet_paid_next(locale);
        (texts::wallet_pay_done_title(locale), texts::wallet_paid(locale, amount.get()), Some(next))
    };
    let mut rows = vec![
        Row::new(texts::wallet_column_amount(locale), format::points(locale, amount)),
        Row::new(texts::wallet_column_what(locale), line::title(locale, line)),
        Row::new(texts::wallet_column_day(locale), format::moment(locale, line.at)),
        Row::new(texts::wallet_pay_number(locale), crate::i18n::Phrase::given(line.seq.to_string())),
    ];
    if let Some(reason) = line::reason(locale, line) {
        rows.push(Row::new(texts::office_grant_reason(locale), reason));
    }
    let shell = frame.shell(Some(Area::Wallet));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <h1>{title}</h1>
                <Banner matter=Matter::Success title=done>{next.map(|next| view! { <p>{next}</p> })}</Banner>
                <DescriptionList rows=rows/>
                <ButtonLink label=texts::home_wallet(locale) href="/wallet"/>
                <p><Link label=texts::wallet_statement(locale) href="/wallet/statement"/></p>
            </Page>
        }
    })
}
