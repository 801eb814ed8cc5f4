//! `/wallet/statement.csv` 明細 as a table for spreadsheets (RFC 4180).

use csv::{Terminator, WriterBuilder};
use shared::kernel::Locale;
use shared::ledger::{Purpose, Shop, StatementLine};

use super::line;
use crate::i18n::{Phrase, texts};

/// The lines under a heading; `more` says that there are older ones that found no room.
pub fn statement_csv(locale: Locale, lines: &[(StatementLine, Option<Shop>)], more: bool) -> String {
    let mut out = WriterBuilder::new().terminator(Terminator::CRLF).flexible(true).from_writer(Vec::new());
    // Writing to memory cannot fail, and what cannot be written is better missing than a page that breaks.
    let _ = out.write_record(heads(locale));
    for (line, shop) in lines {
        let _ = out.write_record(cells(locale, line, shop.as_ref()));
    }
    if more {
        let _ = out.write_record([said(&texts::wallet_csv_more(locale))]);
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn heads(locale: Locale) -> [String; 7] {
    [
        texts::wallet_column_day(locale),
        texts::wallet_pay_number(locale),
        texts::wallet_column_what(locale),
        texts::office_grant_reason(locale),
        texts::wallet_in(locale),
        texts::wallet_out(locale),
        texts::wallet_column_until(locale),
    ]
    .map(|head| said(&head))
}

fn cells(locale: Locale, line: &StatementLine, shop: Option<&Shop>) -> [String; 7] {
    let civil = line.at.civil();
    let moment = format!("{} {:02}:{:02}", line.at.day(), civil.hour, civil.minute);
    let reason = match &line.purpose {
        Purpose::Grant { reason } | Purpose::Correction { reason, .. } | Purpose::Refund { reason, .. } => {
            harmless(reason.as_str())
        }
        _ => String::new(),
    };
    let amount = line.amount.unsigned_abs().to_string();
    let (came, went) = if line.amount > 0 { (amount, String::new()) } else { (String::new(), amount) };
    let until = line.lots.iter().map(|portion| portion.lot.last_day).max();
    let until = until.map(|day| day.to_string()).unwrap_or_default();
    [moment, line.seq.to_string(), said(&line::title(locale, line, shop)), reason, came, went, until]
}

fn said(phrase: &Phrase) -> String {
    phrase.plain().into_owned()
}

/// A spreadsheet takes some first characters for a formula; with a mark in front it is text.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use shared::kernel::{AccountId, Day};
    use shared::ledger::{GrantReason, Lot, Origin, Portion, Terms, Usage};

    use super::*;

    fn line(amount: i64, purpose: Purpose) -> (StatementLine, Option<Shop>) {
        let at = "2028-02-29".parse::<Day>().unwrap().at_minute(9 * 60 + 5);
        let lot: Lot = Terms { origin: Origin::Granted, usage: Usage::ANY, valid_days: 1 }.lot(at);
        let lots = vec![Portion { lot, amount: shared::kernel::Points::new(amount.unsigned_abs()).unwrap() }];
        let counterparty = AccountId::from_bytes([2; 16]);
        (StatementLine { seq: 12, at, amount, purpose, counterparty, hold: None, lots }, None)
    }

    #[test]
    fn a_table_that_a_spreadsheet_reads_as_it_is_meant() {
        let reason = |text: &str| GrantReason::parse(text).unwrap();
        let lines =
            [line(1200, Purpose::Grant { reason: reason("=HYPERLINK(\"x\"),山") }), line(-500, Purpose::Payment)];
        let wanted = "日時,取引番号,内容,理由,入,出,有効期限\r\n\
            2028-02-29 09:05,12,市からの付与,\"'=HYPERLINK(\"\"x\"\"),山\",1200,,2028-03-01\r\n\
            2028-02-29 09:05,12,支払い,,,500,2028-03-01\r\n";
        assert_eq!(statement_csv(Locale::Ja, &lines, false), wanted);
        assert!(
            statement_csv(Locale::Ja, &lines, true).ends_with("これより前の記録は、件数が多いため入っていません。\r\n")
        );
        assert_eq!(statement_csv(Locale::Ja, &[], false).lines().count(), 1);
    }
}
