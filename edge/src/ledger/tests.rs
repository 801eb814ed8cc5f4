//! The Ledger object: many people at once, few errands, few commits.

mod books;
mod correct;
mod shops;
mod time;

use futures_util::future::join_all;
use shared::kernel::{CommandId, Day, MemberNumber, Points, Role, Timestamp};
use shared::ledger::{PayCode, Refusal};
use shared::wire::{LedgerTell, NotPosted, Tell, Told};

use crate::http::Body;
use crate::testing::{Browser, Deployment, How, Plan, Point, Resident, status_line};
use crate::world::Object;

fn pay(to: MemberNumber, amount: u64, number: u64) -> Tell {
    let command = CommandId::from_bytes(u128::from(number).to_be_bytes());
    Tell::Ledger { command, tell: LedgerTell::Pay { to, amount: Points::new(amount).unwrap() } }
}

/// All at once, each from a browser of its own; the answers in order.
fn at_once(acts: &[(&Resident, Tell)]) -> Vec<Told> {
    let sent = acts.iter().map(|(who, tell)| async {
        let mut browser = who.browser.clone();
        let request = browser.envelope(tell);
        match browser.send(request).await.body {
            Body::Bytes(bytes) => shared::wire::decode_trusted(&bytes).unwrap(),
            other => panic!("{other:?}"),
        }
    });
    futures_executor::block_on(join_all(sent))
}

fn posted(told: &Told) -> bool {
    matches!(told, Told::Ledger(Ok(_)))
}

struct Town {
    deployment: Deployment,
    officer: Resident,
    payer: Resident,
    payee: Resident,
}

fn town(points: u64) -> Town {
    let deployment = Deployment::new();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    let [payer, payee] = [1, 2].map(|number| Resident::join(&deployment, number));
    assert_eq!(officer.grant(&payer, points, 1).status, 303);
    Town { deployment, officer, payer, payee }
}

#[test]
fn sixty_four_payments_at_once_take_one_errand_and_one_commit() {
    let town = town(1_000);
    let acts: Vec<_> = (0..64).map(|number| (&town.payer, pay(town.payee.member, 2, 100 + number))).collect();
    let errands = town.deployment.calls(Object::Registry);
    town.deployment.faults().reset();
    assert!(at_once(&acts).iter().all(posted));
    assert_eq!(town.deployment.calls(Object::Registry) - errands, 1);
    let writes = town.deployment.faults().seen(Point::Write);
    assert!(writes <= 6, "{writes} writes");
    assert_eq!(town.deployment.points(town.payee.account()), (128, 128));
    town.deployment.audit();
}

#[test]
fn of_k_payments_at_once_as_many_as_there_are_points_for_succeed() {
    for (points, amount, of, succeed) in [(100, 10, 30, 10), (99, 10, 30, 9), (5, 10, 12, 0), (64, 1, 100, 64)] {
        let town = town(points);
        let acts: Vec<_> = (0..of).map(|number| (&town.payer, pay(town.payee.member, amount, 100 + number))).collect();
        let told = at_once(&acts);
        assert_eq!(told.iter().filter(|told| posted(told)).count(), succeed);
        let short = |told: &&Told| matches!(told, Told::Ledger(Err(NotPosted::Refused(Refusal::Insufficient { .. }))));
        assert_eq!(told.iter().filter(short).count(), of as usize - succeed);
        let paid = (succeed as u64 * amount) as i64;
        assert_eq!(town.deployment.points(town.payee.account()), (paid, paid));
        let left = points as i64 - paid;
        assert_eq!(town.deployment.points(town.payer.account()), (left, left));
        town.deployment.audit();
    }
}

#[test]
fn a_hundred_identical_retries_at_once_are_one_entry_and_one_receipt() {
    let town = town(1_000);
    let before = town.deployment.journal().len();
    let acts: Vec<_> = (0..100).map(|_| (&town.payer, pay(town.payee.member, 7, 100))).collect();
    let told = at_once(&acts);
    assert!(told.iter().all(|one| posted(one) && *one == told[0]));
    assert_eq!(town.deployment.journal().len(), before + 1);
    assert_eq!(town.deployment.points(town.payee.account()), (7, 7));
}

#[test]
fn a_batch_answers_everybody_for_themselves() {
    let town = town(10);
    let mut dead = town.payer.clone();
    dead.browser.put_cookie(crate::http::cookie::Cookie::Session, Some(shared::identity::Token([7; 32])));
    let nobody = MemberNumber::from_random(3);
    let acts = [
        (&town.payer, pay(town.payee.member, 1, 100)),
        (&dead, pay(town.payee.member, 1, 101)),
        (&town.payer, pay(nobody, 1, 102)),
        (&town.payer, pay(town.payer.member, 1, 103)),
        (&town.payer, pay(town.payee.member, 0, 104)),
        (&town.payer, pay(town.payee.member, 11, 105)),
        (&town.payer, pay(town.payee.member, 9, 106)),
        (&town.payee, pay(town.payer.member, 4, 107)),
        (&town.payer, pay(town.payee.member, 2, 100)),
    ];
    let refused = |refusal| Told::Ledger(Err(NotPosted::Refused(refusal)));
    let told = at_once(&acts);
    assert!(posted(&told[0]) && posted(&told[6]) && posted(&told[7]));
    assert_eq!(told[1], Told::Ledger(Err(NotPosted::SignedOut)));
    assert_eq!(told[2], Told::Ledger(Err(NotPosted::MemberUnknown)));
    assert_eq!(told[3], refused(Refusal::SameAccount));
    assert_eq!(told[4], refused(Refusal::ZeroAmount));
    assert_eq!(told[5], refused(Refusal::Insufficient { missing: Points::new(2).unwrap() }));
    assert_eq!(told[8], refused(Refusal::CommandReused));
    assert_eq!(town.deployment.points(town.payee.account()), (6, 6));
    town.deployment.audit();
}

#[test]
fn one_command_id_of_two_people_is_two_commands() {
    let town = town(10);
    let mut officer = town.officer.clone();
    assert_eq!(officer.grant(&town.payee, 10, 2).status, 303);
    let told = at_once(&[(&town.payer, pay(town.payee.member, 3, 100)), (&town.payee, pay(town.payer.member, 1, 100))]);
    assert!(told.iter().all(posted));
    assert_eq!(town.deployment.points(town.payer.account()), (8, 8));
}

#[test]
fn a_registry_that_does_not_answer_fails_its_batch_only_and_keeps_nothing() {
    let town = town(1_000);
    // More than one batch holds: two errands, after as many calls of the Ledger as there are payments.
    const ACTS: usize = 300;
    let acts: Vec<_> = (0..ACTS).map(|number| (&town.payer, pay(town.payee.member, 1, 100 + number as u64))).collect();
    let before = town.deployment.journal().len();
    for at in [ACTS, ACTS + 1] {
        let plan = Plan { point: Point::Call, at, how: How::Undone, power_cut: false };
        town.deployment.faults().plan(plan);
        let sent = acts.iter().map(|(who, tell)| async {
            let mut browser = who.browser.clone();
            let request = browser.envelope(tell);
            browser.send(request).await.status
        });
        let statuses = futures_executor::block_on(join_all(sent));
        assert!(statuses.contains(&500) && statuses.contains(&200), "{statuses:?}");
        assert!(!town.deployment.faults().is_planned());
    }
    town.deployment.faults().reset();
    assert!(at_once(&acts).iter().all(posted));
    assert_eq!(town.deployment.journal().len(), before + acts.len());
    town.deployment.audit();
}

#[test]
fn the_office_grants_up_to_its_ceiling_and_to_others_only() {
    let town = town(1);
    let mut officer = town.officer.clone();
    let own = officer.clone();
    assert_eq!(officer.grant(&own, 10, 2).status, 403);
    assert_eq!(officer.grant(&town.payee, 3_000_000, 3).status, 422);
    assert_eq!(officer.grant(&town.payee, 2_999_999, 4).status, 303);
    assert_eq!(officer.grant(&town.payee, 1, 5).status, 422);
    let mut payer = town.payer.clone();
    assert_eq!(payer.grant(&town.payee, 1, 6).status, 403);
    let granted = officer.grant(&town.payee, 2_999_999, 4);
    assert!(status_line(&granted).1.starts_with("/office?done="));
    town.deployment.audit();
}

#[test]
fn a_payment_can_be_read_again_by_its_two_sides_only() {
    let mut town = town(100);
    let payee = town.payee.clone();
    let paid = town.payer.pay(&payee, 30, 9);
    let (status, to) = status_line(&paid);
    assert_eq!(status, 303);
    let to = to.to_owned();
    assert_eq!(town.payer.browser.get(&to).status, 200);
    assert_eq!(town.payee.browser.get(&to).status, 200);
    let mut third = Resident::join(&town.deployment, 3);
    assert_eq!(third.browser.get(&to).status, 404);
    for word in ["0", "999999", "18446744073709551615", "-1", "x"] {
        assert_eq!(town.payer.browser.get(&format!("/wallet/done/{word}")).status, 404, "{word}");
    }
}

#[test]
fn a_statement_by_direction_and_as_a_table_to_keep() {
    let mut town = town(100);
    let payee = town.payee.clone();
    for number in 0..3 {
        assert_eq!(town.payer.pay(&payee, 10 + number, 10 + number).status, 303);
    }
    let mut shown = |path: &str| crate::testing::body_text(&town.payer.browser.get(path));
    let (all, out) = (shown("/wallet/statement"), shown("/wallet/statement?only=out"));
    assert!(all.contains("+100") && all.contains("−12"));
    assert!(!out.contains("+100") && out.contains("−12") && !shown("/wallet/statement?only=in").contains("−12"));
    assert!(shown("/wallet/statement?only=x").contains("+100"), "what is not known shows everything");
    let csv = town.payer.browser.get("/wallet/statement.csv");
    let header = |name| csv.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
    assert_eq!(header("content-type"), Some("text/csv; charset=utf-8"));
    assert!(header("content-disposition").is_some_and(|value| value.starts_with("attachment; filename=\"meguri-20")));
    assert_eq!(header("cache-control"), Some("no-store"));
    let text = crate::testing::body_text(&csv);
    assert!(text.starts_with('\u{feff}'));
    assert_eq!(text.lines().count(), 5);
    assert!(text.lines().nth(1).is_some_and(|line| line.contains(",支払い,,,12,")), "{text}");
    assert_eq!(town.payee.browser.get("/wallet/statement.csv").status, 200);
    assert_eq!(status_line(&Browser::new(&town.deployment, 9).get("/wallet/statement.csv")).0, 303);
}

/// An envelope that no page of ours makes: what a form refuses is refused here as well.
#[test]
fn an_individual_number_is_no_reason() {
    let town = town(100);
    let journal = town.deployment.journal().len();
    let amount = Points::new(1).unwrap();
    let tells = |reason: &str| {
        let reason = shared::ledger::GrantReason::parse(reason).unwrap();
        let (to, from) = (town.payer.member, town.payer.member);
        let grant = LedgerTell::Grant { budget: "kyojo".to_owned(), to, amount, reason: reason.clone() };
        [grant, LedgerTell::Correct { of: journal as u64, from, amount, reason }]
    };
    let mut browser = town.officer.browser.clone();
    let mut told = |tell, number| browser.tell(&Tell::Ledger { command: CommandId::from_bytes([number; 16]), tell });
    for tell in tells("番号は123456789018です") {
        assert_eq!(told(tell, 7), Told::Malformed);
    }
    assert_eq!(town.deployment.journal().len(), journal);
    for (number, tell) in (8..).zip(tells("見守り")) {
        assert!(posted(&told(tell, number)));
    }
}

#[test]
fn opening_again_changes_nothing() {
    let town = town(100);
    let before = town.deployment.dump();
    for _ in 0..3 {
        town.deployment.restart();
        let mut browser = town.payer.browser.clone();
        assert_eq!(browser.get("/readyz").status, 200);
    }
    assert!(town.deployment.dump() == before, "nothing may change");
}
