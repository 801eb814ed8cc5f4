//! Transfers, retries and statements.

use super::super::{Direction, Purpose, Refusal, Selection, issuer};
use super::*;

pub(super) fn empty(store: &dyn LedgerStore) -> Result<(), String> {
    same("entries", &in_order(store)?, &0)?;
    stands(store, person(1), 0, 0)?;
    same("answers", &tell(store, NOW, 0, vec![])?, &vec![])?;
    same("statement", &store.statement(person(1), Selection::ALL, 10).map_err(broken)?, &vec![])?;
    same("ending", &store.ending(10).map_err(broken)?, &vec![])
}

pub(super) fn fund_grant_pay(store: &dyn LedgerStore) -> Result<(), String> {
    set_up(store)?;
    let receipts = told(store, NOW, 3, vec![pay(1, 2, 30), pay(2, 3, 130)])?;
    same("seqs", &receipts.iter().map(|receipt| receipt.first_seq).collect(), &vec![4, 5])?;
    for (account, posted) in [(issuer(), -10_000), (purse(), 9_800), (person(1), 70), (person(2), 0), (person(3), 130)]
    {
        stands(store, account, posted, posted)?;
    }
    same("entries", &in_order(store)?, &5)
}

pub(super) fn retries(store: &dyn LedgerStore) -> Result<(), String> {
    set_up(store)?;
    let batch = vec![request(9, pay(1, 2, 7)); 100];
    let first = post(store, NOW, &batch).map_err(broken)?;
    let later = post(store, NOW.plus_seconds(60), &batch).map_err(broken)?;
    same("answers later", &later, &first)?;
    let one = first.first().copied().ok_or("no answer")?;
    check(one.is_ok(), format_args!("{one:?}"))?;
    check(first.iter().all(|answer| *answer == one), "answers of one command differ")?;
    stands(store, person(1), 93, 93)?;
    same("entries", &in_order(store)?, &4)
}

pub(super) fn other_body(store: &dyn LedgerStore) -> Result<(), String> {
    set_up(store)?;
    let batch = [request(9, pay(1, 2, 7)), request(9, pay(1, 2, 8))];
    let answers = post(store, NOW, &batch).map_err(broken)?;
    same("in one batch", &answers.get(1).copied(), &Some(Err(Refusal::CommandReused)))?;
    let answers = post(store, NOW, &[request(9, pay(2, 1, 7)), request(0, fund(1))]).map_err(broken)?;
    same("in a later batch", &answers, &vec![Err(Refusal::CommandReused); 2])?;
    // A refusal is not remembered: the id is still free, also for another body.
    let poor = [request(10, pay(3, 1, 1))];
    same("poor", &post(store, NOW, &poor).map_err(broken)?, &vec![Err(Refusal::Insufficient { missing: points(1) })])?;
    let mended = post(store, NOW, &[request(10, pay(1, 3, 1)), request(11, pay(3, 1, 1))]).map_err(broken)?;
    check(mended.iter().all(Result::is_ok), format_args!("{mended:?}"))?;
    same("entries", &in_order(store)?, &6)
}

pub(super) fn spends(store: &dyn LedgerStore) -> Result<(), String> {
    set_up(store)?;
    let answers = tell(store, NOW, 10, vec![pay(1, 3, 30); 10])?;
    same("succeeded", &answers.iter().filter(|answer| answer.is_ok()).count(), &3)?;
    let refused = Err(Refusal::Insufficient { missing: points(20) });
    same("refused", &answers.iter().filter(|answer| **answer == refused).count(), &7)?;
    stands(store, person(1), 10, 10)?;
    same("entries", &in_order(store)?, &6)
}

pub(super) fn refused(store: &dyn LedgerStore) -> Result<(), String> {
    set_up(store)?;
    let before = (in_order(store)?, store.totals().map_err(broken)?);
    let commands = vec![pay(1, 2, 101), pay(1, 1, 1), pay(1, 2, 0), settle(1, vec![]), fund(Points::MAX.get())];
    let answers = tell(store, NOW, 10, commands)?;
    check(answers.iter().all(Result::is_err), format_args!("{answers:?}"))?;
    same("the ledger", &(in_order(store)?, store.totals().map_err(broken)?), &before)
}

pub(super) fn statement(store: &dyn LedgerStore) -> Result<(), String> {
    set_up(store)?;
    told(store, NOW, 10, (1..=9).map(|amount| pay(1, 2, amount)).collect())?;
    told(store, NOW.plus_seconds(1), 30, vec![pay(2, 1, 50), pay(2, 3, 1)])?;
    let first = store.statement(person(1), Selection::ALL, 4).map_err(broken)?;
    same("amounts", &first.iter().map(|line| line.amount).collect(), &vec![50, -9, -8, -7])?;
    let newest = first.first().ok_or("no line")?;
    same("moment", &newest.at, &NOW.plus_seconds(1))?;
    same("counterparty", &newest.counterparty, &person(2))?;
    same("purpose", &newest.purpose, &Purpose::Payment)?;
    let last = first.last().ok_or("no line")?;
    let rest = store.statement(person(1), Selection::before(last.seq), 100).map_err(broken)?;
    same("amounts", &rest.iter().map(|line| line.amount).collect(), &vec![-6, -5, -4, -3, -2, -1, 100])?;
    let oldest = rest.last().ok_or("no line")?;
    check(matches!(oldest.purpose, Purpose::Grant { .. }), format_args!("{oldest:?}"))?;
    same("counterparty", &oldest.counterparty, &purse())?;
    same("none left", &store.statement(person(1), Selection::before(oldest.seq), 1).map_err(broken)?, &vec![])?;
    same("none asked", &store.statement(person(1), Selection::ALL, 0).map_err(broken)?, &vec![])?;
    let amounts = |direction, before_seq, limit| {
        let which = Selection { before_seq, direction: Some(direction) };
        let lines = store.statement(person(1), which, limit).map_err(broken)?;
        Ok::<_, String>(lines.iter().map(|line| line.amount).collect::<Vec<_>>())
    };
    same("in", &amounts(Direction::In, None, 9)?, &vec![50, 100])?;
    same("out", &amounts(Direction::Out, None, 3)?, &vec![-9, -8, -7])?;
    same("the rest", &amounts(Direction::Out, Some(last.seq), 9)?, &vec![-6, -5, -4, -3, -2, -1])
}
