//! 総合振込: the file by which a bank pays many, in the fixed-length records of 全銀協 (種別コード 21). Written here, read back by others.

use serde::{Deserialize, Serialize};

use crate::kernel::Day;

use super::{BankAccount, Kana, RemitterCode};

/// Bytes of a record, without what ends it.
const RECORD_BYTES: usize = 120;
/// The largest amount of one transfer: ten digits.
const AMOUNT_MAX: u64 = 9_999_999_999;
/// The largest total: twelve digits.
const TOTAL_MAX: u64 = 999_999_999_999;
/// The most transfers: six digits.
const COUNT_MAX: u64 = 999_999;

/// What ends a record. Banks differ; some refuse a line feed alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineEnd {
    /// Nothing.
    None,
    /// CR LF.
    CrLf,
}

/// Who sends the money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remitter {
    /// Who the bank knows them by.
    pub code: RemitterCode,
    /// Their name.
    pub name: Kana<40>,
    /// The account it is taken from.
    pub account: BankAccount,
}

/// One transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// Where it goes.
    pub to: BankAccount,
    /// The name that account is in (受取人名): a bank returns what goes to another.
    pub name: Kana<30>,
    /// How much, in yen.
    pub yen: u64,
    /// For whom, as the sender knows them (顧客コード1): at most ten digits.
    pub payee: u64,
    /// In which run (顧客コード2): at most ten digits. The bank says both of them again when it returns a transfer.
    pub run: u64,
}

/// What no file can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ZenginError {
    /// Nothing to pay.
    #[error("no transfers")]
    Empty,
    /// A transfer of nothing.
    #[error("transfer {0} is of nothing")]
    Nothing(usize),
    /// A number of that transfer has more digits than its field.
    #[error("transfer {0} has a number with too many digits")]
    TooLarge(usize),
    /// More transfers, or a larger total, than the trailer can say.
    #[error("too many transfers, or too large a total")]
    Total,
}

/// The bytes of the file, the same whenever it is written again. `on` is the day it is paid, of which the file says month and day.
pub fn write(remitter: &Remitter, on: Day, transfers: &[Transfer], end: LineEnd) -> Result<Vec<u8>, ZenginError> {
    if transfers.is_empty() {
        return Err(ZenginError::Empty);
    }
    let (mut count, mut total) = (0u64, 0u64);
    let mut file = File { bytes: Vec::new(), end };
    file.header(remitter, on);
    for (index, transfer) in transfers.iter().enumerate() {
        let Transfer { yen, payee, run, .. } = *transfer;
        if yen == 0 {
            return Err(ZenginError::Nothing(index));
        }
        if [yen, payee, run].into_iter().any(|number| number > AMOUNT_MAX) {
            return Err(ZenginError::TooLarge(index));
        }
        (count, total) = (count.saturating_add(1), total.saturating_add(yen));
        file.data(transfer);
    }
    if count > COUNT_MAX || total > TOTAL_MAX {
        return Err(ZenginError::Total);
    }
    file.record(|record| record.number(8, 1).number(count, 6).number(total, 12));
    file.record(|record| record.number(9, 1));
    Ok(file.bytes)
}

struct File {
    bytes: Vec<u8>,
    end: LineEnd,
}

impl File {
    fn header(&mut self, remitter: &Remitter, on: Day) {
        let Remitter { code, name, account } = remitter;
        let (_, month, day) = on.ymd();
        self.record(|record| {
            // 種別コード, and コード区分 0: JIS.
            let record = record.number(1, 1).number(21, 2).number(0, 1).code(code.as_str()).text(name.jis(), 40);
            let record = record.number(month.into(), 2).number(day.into(), 2);
            let record = record.bank(account);
            record.number(account.account_type.digit().into(), 1).code(account.number.as_str())
        });
    }

    fn data(&mut self, transfer: &Transfer) {
        let Transfer { to, name, yen, payee, run } = transfer;
        self.record(|record| {
            // 手形交換所番号 is of another time.
            let record = record.number(2, 1).bank(to).blank(4);
            let record = record.number(to.account_type.digit().into(), 1).code(to.number.as_str());
            // 新規コード 0: neither the first transfer to that account nor a changed one, as far as the bank has to know.
            let record = record.text(name.jis(), 30).number(*yen, 10).number(0, 1);
            // 振込指定区分 7: by wire (テレ振込).
            record.number(*payee, 10).number(*run, 10).number(7, 1)
        });
    }

    fn record(&mut self, fields: impl FnOnce(Record<'_>) -> Record<'_>) {
        let begins = self.bytes.len();
        fields(Record(&mut self.bytes));
        self.bytes.resize(begins.saturating_add(RECORD_BYTES), b' ');
        if self.end == LineEnd::CrLf {
            self.bytes.extend(b"\r\n");
        }
    }
}

/// Fields one behind the other; what is left of a record is blank.
struct Record<'a>(&'a mut Vec<u8>);

impl Record<'_> {
    /// A number with zeros in front. Whoever writes it has seen that it fits.
    fn number(self, value: u64, digits: usize) -> Self {
        self.0.extend(format!("{value:0digits$}").bytes());
        self
    }

    fn code(self, digits: &str) -> Self {
        self.0.extend(digits.bytes());
        self
    }

    /// A text with blanks behind.
    fn text(self, text: impl Iterator<Item = u8>, bytes: usize) -> Self {
        self.0.extend(text.chain(core::iter::repeat(b' ')).take(bytes));
        self
    }

    fn blank(self, bytes: usize) -> Self {
        self.text(core::iter::empty(), bytes)
    }

    fn bank(self, account: &BankAccount) -> Self {
        let name =
            |name: &Option<Kana<15>>| name.as_ref().map(|name| name.jis().collect::<Vec<_>>()).unwrap_or_default();
        let record = self.code(account.bank.as_str()).text(name(&account.bank_name).into_iter(), 15);
        record.code(account.branch.as_str()).text(name(&account.branch_name).into_iter(), 15)
    }
}

#[cfg(test)]
mod tests;
