//! What time does: value lapses by itself, and every night the books are proven.

use shared::kernel::{AccountId, HoldId};
use shared::ledger::{
    Command, GrantReason, Request, Selection, Views as _, account_of, budget, contract, expired, post,
};

use super::*;
use crate::ledger::SqlLedger;
use crate::sql::Sql as _;
use crate::testing::body_text;

const DAY_SECONDS: i64 = 86_400;

fn page(resident: &mut Resident, path: &str) -> String {
    let response = resident.browser.get(path);
    assert_eq!(response.status, 200, "{path}");
    body_text(&response)
}

/// Rings the Ledger alone, as often as it asks for it at that moment.
fn ring(town: &Town) {
    town.deployment.ring(Object::LEDGER).unwrap();
}

fn trials(town: &Town) -> usize {
    town.deployment.count(Object::LEDGER, "trial_balance")
}

#[test]
fn points_can_be_spent_through_their_last_day_and_lapse_by_themselves() {
    let mut town = town(1_000);
    let granted = town.deployment.now();
    // めぐり市 grants for 365 days.
    let last_day = granted.day().plus(365);
    assert!(page(&mut town.payer, "/wallet").contains("まで使えます。"));
    town.deployment.set_now(Timestamp(last_day.plus(1).at_minute(0).0 - 1));
    town.payer.browser.sign_in("/").unwrap();
    assert!(page(&mut town.payer, "/wallet").contains("もうすぐ使えなくなるポイントがあります"));
    let payee = town.payee.clone();
    assert_eq!(town.payer.pay(&payee, 400, 7).status, 303);
    // A second later nothing of it is left to spend, though the alarm has not rung.
    town.deployment.wait(1);
    assert_eq!(town.payer.pay(&payee, 1, 8).status, 422);
    assert_eq!(town.deployment.points(town.payer.account()), (600, 0));
    assert!(!page(&mut town.payer, "/wallet").contains("もうすぐ使えなくなる"));
    ring(&town);
    for account in [town.payer.account(), town.payee.account()] {
        assert_eq!(town.deployment.points(account), (0, 0));
    }
    assert_eq!(town.deployment.points(expired()).0, 1_000);
    assert!(page(&mut town.payer, "/wallet/statement").contains("期限切れ"));
    // Twice, and after having slept for days: nothing more happens.
    let journal = town.deployment.journal().len();
    for _ in 0..3 {
        ring(&town);
        town.deployment.restart();
        town.deployment.wait(3 * DAY_SECONDS);
    }
    assert_eq!(town.deployment.journal().len(), journal);
    town.deployment.audit();
}

#[test]
fn an_alarm_days_late_lapses_everything_once_with_its_own_day() {
    let town = town(300);
    let last_day = town.deployment.now().day().plus(365);
    town.deployment.wait(400 * DAY_SECONDS);
    ring(&town);
    let line = SqlLedger::new(town.deployment.database(Object::LEDGER))
        .statement(town.payer.account(), Selection::ALL, 1)
        .unwrap()
        .remove(0);
    assert_eq!(line.amount, -300);
    assert_eq!(line.lots[0].lot.last_day, last_day, "the day it ended on, not the day it was noticed");
    town.deployment.audit();
}

/// More accounts than one turn of the alarm takes: it goes on until all are done.
#[test]
fn a_hold_nobody_resolves_ends_with_the_night_and_once() {
    let town = town(300);
    let until = town.deployment.now().plus_seconds(DAY_SECONDS);
    let hold = |number: u8| Request {
        id: CommandId::derive("test.hold", &[number]),
        command: Command::Hold {
            hold: HoldId::from_bytes([number; 16]),
            from: town.payer.account(),
            amount: Points::new(100).unwrap(),
            until: until.plus_seconds(i64::from(number) * 10 * DAY_SECONDS),
        },
    };
    let store = SqlLedger::new(town.deployment.database(Object::LEDGER));
    let held = post(&store, town.deployment.now(), &[hold(0), hold(1)]).unwrap();
    assert!(held.iter().all(Result::is_ok));
    let available = |town: &Town| town.deployment.points(town.payer.account()).1;
    assert_eq!(available(&town), 100);
    ring(&town);
    assert_eq!(available(&town), 100, "before its end nothing is given back");
    town.deployment.wait(3 * DAY_SECONDS);
    for _ in 0..2 {
        ring(&town);
        assert_eq!(available(&town), 200, "the one that ended, once");
    }
    // Days late, and nobody lost a point.
    town.deployment.wait(30 * DAY_SECONDS);
    ring(&town);
    assert_eq!(available(&town), 300);
    town.deployment.audit();
}

#[test]
fn thousands_of_accounts_lapse_turn_by_turn() {
    let town = town(1);
    let store = SqlLedger::new(town.deployment.database(Object::LEDGER));
    let reason = GrantReason::parse("x").unwrap();
    let grant = |number: u32| Request {
        id: CommandId::derive("test", &number.to_be_bytes()),
        command: Command::Grant {
            budget: budget("kyojo"),
            to: AccountId::derive("test", &number.to_be_bytes()),
            amount: Points::new(1).unwrap(),
            reason: reason.clone(),
            terms: contract::YEAR,
        },
    };
    let grants: Vec<_> = (0..4_500).map(grant).collect();
    assert!(shared::ledger::post(&store, town.deployment.now(), &grants).unwrap().iter().all(Result::is_ok));
    town.deployment.wait(400 * DAY_SECONDS);
    ring(&town);
    let half = town.deployment.points(expired()).0;
    assert!((1..4_501).contains(&half), "{half} in the first turn");
    town.deployment.ring_until_quiet();
    assert_eq!(town.deployment.points(expired()).0, 4_501);
    town.deployment.audit();
}

/// An alarm struck at every write on the way.
#[test]
fn what_lapses_is_whole_whatever_breaks() {
    let town = town(1);
    let mut officer = town.officer.clone();
    for number in 0..5 {
        let resident = Resident::join(&town.deployment, 50 + number);
        assert_eq!(officer.grant(&resident, 10, 500 + u64::from(number)).status, 303);
    }
    town.deployment.wait(400 * DAY_SECONDS);
    let mut strikes = 0;
    for at in 0.. {
        let fork = town.deployment.fork();
        fork.faults().plan(Plan { point: Point::Write, at, how: How::Undone, power_cut: true });
        let rung = fork.ring(Object::LEDGER);
        let struck = !fork.faults().is_planned();
        fork.faults().reset();
        fork.restart();
        assert!(rung.is_err() || !struck, "write {at}");
        let half = fork.points(expired()).0;
        assert!(half == 0 || half == 51, "{half} after write {at}");
        fork.ring(Object::LEDGER).unwrap();
        assert_eq!(fork.points(expired()).0, 51);
        fork.audit();
        if !struck {
            break;
        }
        strikes += 1;
    }
    assert!(strikes > 5, "{strikes}");
}

#[test]
fn the_first_call_sets_the_alarm_and_every_night_sets_the_next() {
    let town = town(1);
    let night = || Some(town.deployment.now().day().plus(1).at_minute(5));
    // A grant may still have to be said to the Registry.
    assert!(town.deployment.alarm(Object::LEDGER) < night());
    town.deployment.restart();
    let mut payer = town.payer.clone();
    page(&mut payer, "/wallet");
    assert_eq!(town.deployment.alarm(Object::LEDGER), night());
    town.deployment.set_now(night().unwrap());
    ring(&town);
    assert_eq!(town.deployment.alarm(Object::LEDGER), night());
}

#[test]
fn every_night_the_books_are_proven_and_officers_see_it() {
    let mut town = town(100);
    assert_eq!(trials(&town), 1, "the first day's");
    assert!(page(&mut town.officer, "/office").contains("合っていました"));
    // Once a day, however often it rings.
    ring(&town);
    assert_eq!(trials(&town), 1);
    town.deployment.wait(DAY_SECONDS);
    let payee = town.payee.clone();
    town.payer.browser.sign_in("/").unwrap();
    assert_eq!(town.payer.pay(&payee, 5, 9).status, 303);
    ring(&town);
    assert_eq!(trials(&town), 2);
    assert!(town.deployment.log().is_empty(), "{:?}", town.deployment.log());
}

#[test]
fn books_that_were_changed_by_hand_are_found_at_night() {
    let lots = "UPDATE account SET lots = x'00' WHERE kind = 0 AND posted > 0";
    for change in [
        "UPDATE account SET posted = posted + 1 WHERE kind = 0",
        "UPDATE entry SET hash = zeroblob(32) WHERE seq = (SELECT max(seq) FROM entry)",
        "UPDATE entry SET body = x'00' WHERE seq = 4",
        "UPDATE entry SET (body, hash) = (SELECT body, hash FROM entry WHERE seq = 3) WHERE seq = 4",
        "DELETE FROM entry WHERE seq = 4",
        "UPDATE posting SET amount = amount + 1 WHERE amount > 0 AND seq = 3",
        lots,
    ] {
        let mut town = town(100);
        ring(&town);
        // An entry of the next day, so that there is one to go on with.
        let payee = town.payee.clone();
        assert_eq!(town.payer.pay(&payee, 5, 9).status, 303);
        town.deployment.wait(DAY_SECONDS);
        town.officer.browser.sign_in("/").unwrap();
        town.deployment.database(Object::LEDGER).exec(change, &[]).unwrap();
        ring(&town);
        assert!(page(&mut town.officer, "/office").contains("台帳が合いません"), "{change}");
        assert!(town.deployment.log().iter().any(|line| line.contains("ledger.trial_balance")), "{change}");
        // What is broken does not mend by waiting.
        town.deployment.wait(DAY_SECONDS);
        town.officer.browser.sign_in("/").unwrap();
        ring(&town);
        assert!(page(&mut town.officer, "/office").contains("台帳が合いません"), "{change}, a day later");
    }
}

#[test]
fn books_too_broken_to_lapse_are_found_as_well() {
    let mut town = town(100);
    let change = "UPDATE account SET posted = posted + 1 WHERE kind = 0 AND posted > 0";
    town.deployment.database(Object::LEDGER).exec(change, &[]).unwrap();
    town.deployment.wait(400 * DAY_SECONDS);
    assert!(town.deployment.ring(Object::LEDGER).is_err());
    town.officer.browser.sign_in("/").unwrap();
    assert!(page(&mut town.officer, "/office").contains("台帳が合いません"));
    assert!(town.deployment.alarm(Object::LEDGER).is_some(), "it is tried again");
}

/// 31 March, 29 February and midnight in Japan are days like others.
#[test]
fn the_calendars_edges() {
    for (today, last_day) in [("2027-03-31", "2028-03-30"), ("2028-02-29", "2029-02-28"), ("2027-02-28", "2028-02-28")]
    {
        let deployment = Deployment::new();
        deployment.set_now(Timestamp(today.parse::<Day>().unwrap().plus(1).at_minute(0).0 - 1));
        let mut officer = Resident::staff(&deployment, Role::Officer);
        let payer = Resident::join(&deployment, 1);
        assert_eq!(officer.grant(&payer, 10, 1).status, 303);
        let lots = deployment.balance(payer.account()).lots;
        assert_eq!(lots[0].lot.last_day.to_string(), last_day, "{today}");
        assert_eq!(lots[0].lot.issued.to_string(), today);
        assert_eq!(account_of(payer_of(&deployment, &payer)), payer.account());
    }
}

fn payer_of(deployment: &Deployment, payer: &Resident) -> shared::kernel::PersonId {
    crate::testing::visitor(deployment, &payer.browser).unwrap().actor.person
}
