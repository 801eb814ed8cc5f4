//! The journal read as a stranger would: the chain from bytes, the sums from what each line says.

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::step::Outcome;

/// What a journal comes to besides zero.
#[derive(Debug, PartialEq, Eq)]
pub struct Sum {
    /// What left for other books less what came from them.
    pub under_way: i64,
}

/// The chain is whole, no number is missing, everything sums to zero, and nobody but the issuer is below it.
pub fn check(entries: &[Value]) -> Outcome<Sum> {
    let mut previous = vec![0u8; 32];
    let mut balances: BTreeMap<&str, i64> = BTreeMap::new();
    let mut under_way = 0;
    for (index, entry) in entries.iter().enumerate() {
        let at = index as u64 + 1;
        if entry["seq"].as_u64() != Some(at) {
            return Err(format!("entry {} stands where {at} should", entry["seq"]));
        }
        let (body, hash) = (bytes(&entry["body"])?, bytes(&entry["hash"])?);
        let chained = [&length(&previous)[..], &previous, &length(&body), &body].concat();
        if Sha256::digest(chained).as_slice() != hash {
            return Err(format!("the chain breaks at entry {at}"));
        }
        previous = hash;
        let act = &entry["act"];
        let (debit, credit, amount) = (act["debit"].as_str(), act["credit"].as_str(), act["amount"].as_i64());
        match (act["kind"].as_str(), debit, credit, amount) {
            (Some("transfer"), Some(debit), Some(credit), Some(amount)) => {
                *balances.entry(debit).or_default() -= amount;
                *balances.entry(credit).or_default() += amount;
            }
            (Some("departed"), Some(debit), None, Some(amount)) => {
                *balances.entry(debit).or_default() -= amount;
                under_way += amount;
            }
            (Some("arrived"), None, Some(credit), Some(amount)) => {
                *balances.entry(credit).or_default() += amount;
                under_way -= amount;
            }
            (Some("held" | "released"), ..) => {}
            _ => return Err(format!("entry {at} is nothing known")),
        }
    }
    let sum: i64 = balances.values().sum::<i64>() + under_way;
    let below = balances.values().filter(|balance| **balance < 0).count();
    match (sum, below) {
        (0, 0 | 1) => Ok(Sum { under_way }),
        _ => Err(format!("the journal sums to {sum} and leaves {below} accounts below zero")),
    }
}

fn length(bytes: &[u8]) -> [u8; 8] {
    (bytes.len() as u64).to_le_bytes()
}

fn bytes(hex: &Value) -> Outcome<Vec<u8>> {
    let text = hex.as_str().unwrap_or_default();
    let pair = |at| text.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    (0..text.len()).step_by(2).map(pair).collect::<Option<_>>().ok_or_else(|| format!("`{text}` is not hexadecimal"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(amounts: &[i64]) -> Vec<Value> {
        let mut previous = vec![0u8; 32];
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let entry = |(index, amount): (usize, &i64)| {
            let body = vec![index as u8; 3];
            let hash = Sha256::digest([&length(&previous)[..], &previous, &length(&body), &body].concat()).to_vec();
            previous = hash.clone();
            let act = serde_json::json!({"kind": "transfer", "debit": "a", "credit": "b", "amount": amount});
            serde_json::json!({"seq": index + 1, "act": act, "body": hex(&body), "hash": hex(&hash)})
        };
        amounts.iter().enumerate().map(entry).collect()
    }

    #[test]
    fn a_whole_chain_holds_and_a_broken_one_does_not() {
        let good = chain(&[5, 7, 9]);
        assert_eq!(check(&good), Ok(Sum { under_way: 0 }));
        assert!(check(&good[1..]).is_err());
        let mut swapped = good.clone();
        swapped.swap(0, 1);
        assert!(check(&swapped).is_err());
        let mut edited = good;
        edited[1]["body"] = Value::String("00".to_owned());
        assert!(check(&edited).is_err());
    }
}
