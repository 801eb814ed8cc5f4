//! `/wallet/statement` 明細.

use leptos::prelude::*;
use shared::kernel::Locale;
use shared::ledger::{Direction, Selection, StatementLine};
use shared::wire::WalletPage;

use super::line;
use crate::design::{
    empty::Empty,
    filter::{Filter, Kind},
    link::Link,
    page::{Area, Page},
    table::{Cell, Table},
};
use crate::frame::{Frame, document};
use crate::i18n::{Phrase, format, texts};
use crate::markup::IntoMarkup;

/// `/wallet/statement`: the lines of that selection, newest first, a page at a time.
pub fn statement(frame: &Frame<'_>, page: &WalletPage, which: Selection) -> String {
    let locale = frame.locale;
    let title = texts::wallet_statement(locale);
    let rows: Vec<[Cell; 3]> = page.lines.iter().map(|line| row(locale, page, line)).collect();
    let older = page.lines.last().filter(|_| page.more).map(|line| address(which.direction, Some(line.seq)));
    let later = which.before_seq.map(|_| address(which.direction, None));
    let shell = frame.shell(Some(Area::Wallet));
    document(|| {
        view! {
            <Page shell=shell title=title.clone()>
                <p><Link label=texts::wallet_title(locale) href="/wallet" back=true/></p>
                <h1>{title}</h1>
                {directions(locale, which.direction)}
                <Rows rows=rows locale=locale/>
                {older.map(|href| view! { <p><Link label=texts::wallet_statement_more(locale) href=href/></p> })}
                {later.map(|href| view! {
                    <p><Link label=texts::wallet_newest(locale) href=href back=true/></p>
                })}
                <p><Link label=texts::wallet_csv(locale) href="/wallet/statement.csv"/></p>
            </Page>
        }
    })
}

/// The address of a page of lines.
fn address(direction: Option<Direction>, before: Option<u64>) -> String {
    let only = direction.map(|direction| format!("only={}", direction.word()));
    let before = before.map(|seq| format!("before={seq}"));
    match [only, before].into_iter().flatten().collect::<Vec<_>>().join("&") {
        empty if empty.is_empty() => "/wallet/statement".to_owned(),
        query => format!("/wallet/statement?{query}"),
    }
}

/// Links to the lines of one direction.
fn directions(locale: Locale, current: Option<Direction>) -> impl IntoView + use<> {
    let kind = |direction| Kind {
        href: address(direction, None),
        label: match direction {
            None => texts::wallet_direction_all(locale),
            Some(Direction::In) => texts::wallet_direction_in(locale),
            Some(Direction::Out) => texts::wallet_direction_out(locale),
        },
        current: direction == current,
    };
    let kinds = [None, Some(Direction::In), Some(Direction::Out)].map(kind).to_vec();
    view! { <Filter label=texts::wallet_directions(locale) kinds=kinds/> }
}

/// The lines as a table, or that there are none.
#[component]
fn Rows(rows: Vec<[Cell; 3]>, locale: Locale) -> impl IntoView {
    if rows.is_empty() {
        let (title, note) = (texts::wallet_statement_none(locale), texts::wallet_statement_none_note(locale));
        return view! { <Empty title=title note=note/> }.into_markup();
    }
    let columns =
        [texts::wallet_column_day(locale), texts::wallet_column_what(locale), texts::wallet_column_amount(locale)];
    view! { <Table caption=texts::wallet_statement_caption(locale) columns=columns rows=rows/> }.into_markup()
}

fn row(locale: Locale, page: &WalletPage, line: &StatementLine) -> [Cell; 3] {
    let number = texts::wallet_line_number(locale, &line.seq.to_string());
    let note = match line::reason(locale, line) {
        Some(reason) => reason.then(&Phrase::fixed(" · ")).then(&number),
        None => number,
    };
    let what = Cell {
        text: line::title(locale, line, page.shop_of(line)),
        note: Some(note),
        href: Some(format!("/wallet/done/{}", line.seq)),
    };
    [format::moment(locale, line.at).into(), what, line::signed(line).into()]
}
