//! `/wallet/statement` 明細.

use leptos::prelude::*;
use shared::kernel::Locale;
use shared::ledger::StatementLine;
use shared::wire::WalletPage;

use super::line;
use crate::design::{
    empty::Empty,
    link::Link,
    page::{Area, Page},
    table::{Cell, Table},
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, format, texts};

/// `/wallet/statement`: every line, newest first, a page at a time.
pub fn statement(frame: &Frame<'_>, page: &WalletPage) -> String {
    let locale = frame.locale;
    let title = texts::wallet_statement(locale);
    let rows: Vec<[Cell; 3]> = page.lines.iter().map(|line| row(locale, line)).collect();
    let older = page.lines.last().filter(|_| page.more).map(|line| format!("/wallet/statement?before={}", line.seq));
    let later = frame.path.contains("?before=");
    let shell = frame.shell(Some(Area::Wallet));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <p><Link label=texts::wallet_title(locale) href="/wallet" back=true/></p>
                <h1>{title}</h1>
                <Rows rows=rows locale=locale/>
                {older.map(|href| view! { <p><Link label=texts::wallet_statement_more(locale) href=href/></p> })}
                {later.then(|| view! {
                    <p><Link label=texts::wallet_newest(locale) href="/wallet/statement" back=true/></p>
                })}
            </Page>
        }
    })
}

/// The lines as a table, or that there are none.
#[component]
fn Rows(rows: Vec<[Cell; 3]>, locale: Locale) -> impl IntoView {
    if rows.is_empty() {
        let (title, note) = (texts::wallet_statement_none(locale), texts::wallet_statement_none_note(locale));
        return view! { <Empty title=title note=note/> }.into_any();
    }
    let columns =
        [texts::wallet_column_day(locale), texts::wallet_column_what(locale), texts::wallet_column_amount(locale)];
    view! { <Table caption=texts::wallet_statement_caption(locale) columns=columns rows=rows/> }.into_any()
}

fn row(locale: Locale, line: &StatementLine) -> [Cell; 3] {
    let number = texts::wallet_line_number(locale, &line.seq.to_string());
    let note = match line::reason(locale, line) {
        Some(reason) => reason.then(&Phrase::fixed(" · ")).then(&number),
        None => number,
    };
    let what = Cell { text: line::title(locale, line), note: Some(note) };
    [format::moment(locale, line.at).into(), what, line::signed(line).into()]
}
