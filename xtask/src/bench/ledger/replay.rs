//! Reads the whole journal as an auditor and adds it up again.

use std::collections::BTreeMap;

use serde_json::Value;
use shared::kernel::Points;

use crate::client::{Person, people};
use crate::demo::Demo;
use crate::step::{Because, Outcome};

/// What the journal comes to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sums {
    seq: u64,
    payments: u64,
    granted: u64,
    /// The account of the last grant: the hot one, whose owner joined last.
    last_granted: Option<String>,
    balances: BTreeMap<String, i64>,
}

impl Sums {
    fn add(&mut self, line: &str) -> Outcome {
        let entry: Value = serde_json::from_str(line).because("an entry of the journal")?;
        let number = |at: &str| {
            entry.pointer(at).and_then(Value::as_u64).ok_or_else(|| format!("an entry without {at}: {line}"))
        };
        let word = |at: &str| {
            entry.pointer(at).and_then(Value::as_str).ok_or_else(|| format!("an entry without {at}: {line}"))
        };
        let seq = number("/seq")?;
        if seq != self.seq + 1 {
            return Err(format!("the journal goes from entry {} to {seq}", self.seq));
        }
        self.seq = seq;
        if word("/act/kind")? != "transfer" {
            return Ok(());
        }
        let amount = number("/act/amount")?;
        match word("/act/purpose")? {
            "payment" => self.payments += 1,
            "grant" => {
                self.granted += amount;
                self.last_granted = Some(word("/act/credit")?.to_owned());
            }
            _ => {}
        }
        let amount = i64::try_from(amount).because("an amount")?;
        *self.balances.entry(word("/act/debit")?.to_owned()).or_default() -= amount;
        *self.balances.entry(word("/act/credit")?.to_owned()).or_default() += amount;
        Ok(())
    }
}

/// The journal holds exactly the acknowledged payments without a gap, grants what was granted, leaves nobody below zero
/// but the account that value is made from, and comes to what the hot account's owner sees. Gives the number of payments.
pub fn verify(demo: &Demo, hot: &Person, acknowledged: u64, granted: u64) -> Outcome<u64> {
    let sums = read(demo)?;
    if (sums.payments, sums.granted) != (acknowledged, granted) {
        let Sums { payments, granted: found, .. } = sums;
        return Err(format!(
            "the journal has {payments} payments of {acknowledged}, {found} points granted of {granted}"
        ));
    }
    let below = sums.balances.values().filter(|&&balance| balance < 0).count();
    if below > 1 {
        return Err(format!("the journal leaves {below} accounts below zero"));
    }
    let wallet = hot.browser.clone().get(&format!("{}/wallet", hot.origin))?.answer.text();
    let sums_shown =
        |sum: &i64| u64::try_from(*sum).ok().and_then(Points::new).is_some_and(|sum| wallet.contains(&sum.to_string()));
    if !sums.last_granted.as_ref().and_then(|account| sums.balances.get(account)).is_some_and(sums_shown) {
        return Err("さいふ of the hot account does not show what the journal comes to".to_owned());
    }
    Ok(sums.payments)
}

fn read(demo: &Demo) -> Outcome<Sums> {
    let mut auditor = people::staff(demo, "auditor")?;
    let mut sums = Sums::default();
    loop {
        let url = format!("{}/api/v1/ledger/entries?after={}", demo.origin(), sums.seq);
        let page = auditor.browser.get(&url)?;
        if page.answer.status != 200 {
            return Err(format!("the journal answered {}", page.answer.status));
        }
        let before = sums.seq;
        page.answer.text().lines().try_for_each(|line| sums.add(line))?;
        if sums.seq == before {
            return Ok(sums);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(seq: u64, debit: &str, credit: &str, amount: u64, purpose: &str) -> String {
        let act = serde_json::json!({"kind": "transfer", "debit": debit, "credit": credit, "amount": amount, "purpose": purpose});
        serde_json::json!({"seq": seq, "act": act}).to_string()
    }

    #[test]
    fn a_journal_adds_up_and_a_gap_is_noticed() {
        let mut sums = Sums::default();
        for line in [
            line(1, "issuer", "budget", 100, "fund"),
            line(2, "budget", "a", 30, "grant"),
            line(3, "a", "b", 10, "payment"),
            r#"{"seq":4,"act":{"kind":"held"}}"#.to_owned(),
        ] {
            sums.add(&line).unwrap();
        }
        let balances =
            [("issuer", -100), ("budget", 70), ("a", 20), ("b", 10)].map(|(name, sum)| (name.to_owned(), sum));
        assert_eq!(
            sums,
            Sums { seq: 4, payments: 1, granted: 30, last_granted: Some("a".to_owned()), balances: balances.into() }
        );
        assert!(sums.add(&line(6, "a", "b", 1, "payment")).is_err());
        assert!(sums.add("{}").is_err());
    }
}
