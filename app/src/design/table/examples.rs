use leptos::prelude::*;

use super::{Cell, Table};
use crate::{
    design::Example,
    i18n::{Locale, Phrase, texts},
};

/// A statement.
pub fn examples(locale: Locale) -> Vec<Example> {
    let columns =
        [texts::wallet_column_day(locale), texts::wallet_column_what(locale), texts::wallet_column_amount(locale)];
    let number = texts::wallet_line_number(locale, "1042");
    let row = |what: Phrase, amount| {
        let what = Cell { text: what, note: Some(number.clone()), href: Some("/wallet/done/1042".to_owned()) };
        [Phrase::fixed("11/21 14:00").into(), what, Phrase::fixed(amount).into()]
    };
    let rows = vec![row(texts::wallet_line_received(locale), "+1,200"), row(texts::wallet_line_paid(locale), "−500")];
    vec![Example::of("table", view! { <Table caption=texts::wallet_statement(locale) columns=columns rows=rows/> })]
}
