//! `/api/v1`: for machines.

use serde_json::json;
use shared::identity::{Answer, Call, LogsChecked, Refusal};
use shared::kernel::Fault;
use shared::ledger::hledger::transaction;
use shared::ledger::{Act, Entry, Portion};
use shared::wire::{LedgerAnswer, LedgerCall, Page};

use crate::http::Response;
use crate::world::World;

use super::visit::{Visit, unexpected};

/// `GET /api/v1/ledger/entries?after=SEQ&shard=NUMBER`: the journal as JSON lines, so that anyone with the role can replay it.
pub(super) async fn journal(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    entries(visit, |entries| {
        let lines = entries.iter().map(line).collect::<Result<Vec<_>, _>>()?;
        Ok(Response::json_lines(lines.concat()))
    })
    .await
}

/// `GET /api/v1/ledger/hledger?after=SEQ&shard=NUMBER`: the same for hledger and the like.
pub(super) async fn hledger(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    entries(visit, |entries| Ok(Response::plain(entries.iter().map(transaction).collect()))).await
}

/// A page of the journal for those who may read it. `after` of the next page is the last entry's number.
async fn entries(
    visit: &Visit<'_, impl World>,
    show: impl FnOnce(Vec<Entry>) -> Result<Response, Fault>,
) -> Result<Response, Fault> {
    let after_seq = match visit.query.text("after") {
        "" => 0,
        text => match text.parse() {
            Ok(seq) => seq,
            Err(_) => return Ok(Response::problem(422, "after")),
        },
    };
    // Of a ledger in several books, the first if nothing is said.
    let shard = match visit.query.text("shard") {
        "" => 0,
        text => match text.parse() {
            Ok(shard) => shard,
            Err(_) => return Ok(Response::problem(422, "shard")),
        },
    };
    let LedgerAnswer::Journal(page) =
        visit.ledger(&LedgerCall::Journal { session: visit.session_id()?, shard, after_seq }).await?
    else {
        return Err(unexpected("api.journal"));
    };
    match page {
        Page::SignedOut => Ok(Response::problem(401, "signed_out")),
        Page::Forbidden(_) => Ok(Response::problem(403, "role_missing")),
        Page::Missing(_) => Ok(Response::problem(404, "shard")),
        Page::Here(entries) => show(entries),
    }
}

/// `GET /api/v1/identity/logs?after=PERSON`: whether the logs of accounts hold, some accounts at a time. `next` says where to
/// go on; a broken log is named by its member number and the line from which on it does not hold.
pub(super) async fn logs(visit: &Visit<'_, impl World>) -> Result<Response, Fault> {
    let after = match visit.query.text("after") {
        "" => None,
        text => match text.parse() {
            Ok(person) => Some(person),
            Err(_) => return Ok(Response::problem(422, "after")),
        },
    };
    let Answer::LogsChecked(checked) = visit.registry(&Call::CheckLogs { session: visit.session_id()?, after }).await?
    else {
        return Err(unexpected("api.logs"));
    };
    Ok(match checked {
        Ok(LogsChecked { people, lines, broken, next }) => {
            let broken = broken.iter().map(|(member, line)| json!({ "member": member.to_string(), "line": line }));
            let answer = json!({
                "people": people, "lines": lines, "broken": broken.collect::<Vec<_>>(),
                "next": next.map(|person| person.to_string()),
            });
            Response::json(200, answer.to_string())
        }
        Err(Refusal::SignedOut) => Response::problem(401, "signed_out"),
        Err(_) => Response::problem(403, "role_missing"),
    })
}

/// One entry as a line. `body` is what the hash is over, in hex: SHA-256 of the lengths and bytes of the previous hash
/// and the body, so that a reader can check the chain without knowing our encoding.
fn line(entry: &Entry) -> Result<String, Fault> {
    let act = match &entry.act {
        Act::Transfer { debit, credit, amount, purpose, hold, lots } => json!({
            "kind": "transfer", "debit": debit.to_string(), "credit": credit.to_string(), "amount": amount.get(),
            "purpose": purpose.word(), "of": purpose.reverses(), "hold": hold.map(|hold| hold.to_string()), "lots": portions(lots),
        }),
        Act::Departed { debit, to, shard, amount, purpose, hold, lots } => json!({
            "kind": "departed", "debit": debit.to_string(), "to": to.to_string(), "shard": shard.number(), "amount": amount.get(),
            "purpose": purpose.word(), "of": purpose.reverses(), "hold": hold.map(|hold| hold.to_string()), "lots": portions(lots),
        }),
        Act::Arrived { departure, from, credit, amount, purpose, lots } => json!({
            "kind": "arrived", "shard": departure.shard.number(), "departure": departure.seq, "from": from.to_string(),
            "credit": credit.to_string(), "amount": amount.get(), "purpose": purpose.word(), "lots": portions(lots),
        }),
        Act::Held { hold, account, amount, until, lots } => json!({
            "kind": "held", "hold": hold.to_string(), "account": account.to_string(), "amount": amount.get(),
            "until": until.0, "lots": portions(lots),
        }),
        Act::Released { hold, account, amount, why, lots } => json!({
            "kind": "released", "hold": hold.to_string(), "account": account.to_string(), "amount": amount.get(),
            "why": why.word(), "lots": portions(lots),
        }),
    };
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let line = json!({
        "seq": entry.seq, "at": entry.at.0, "command": entry.command.to_string(), "act": act,
        "body": hex(&entry.body()?), "hash": hex(&entry.hash),
    });
    Ok(format!("{line}\n"))
}

/// Of which lots, with days as dates in Japan.
fn portions(lots: &[Portion]) -> Vec<serde_json::Value> {
    let portion = |Portion { lot, amount }: &Portion| {
        json!({
            "issued": lot.issued.to_string(), "last_day": lot.last_day.to_string(), "origin": lot.origin.word(),
            "usage": lot.usage.0, "amount": amount.get(),
        })
    };
    lots.iter().map(portion).collect()
}
