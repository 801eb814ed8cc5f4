//! A ledger in four books looks like one: the same forms, pages and answers, whoever's account is where.

use shared::kernel::{Role, Shard};
use shared::ledger::{self, Act, Entry, PayCode};

use crate::http::Response;
use crate::sql::Sql as _;
use crate::testing::{Deployment, How, Plan, Point, Resident, body_text, command, status_line};
use crate::world::Object;

/// A payer, a payee and a clerk, each in a book of their own, none of them in the town's.
struct Town {
    deployment: Deployment,
    officer: Resident,
    payer: Resident,
    payee: Resident,
    clerk: Resident,
    shop: String,
}

fn shard(deployment: &Deployment, number: u8) -> Shard {
    deployment.shards().numbered(number).unwrap()
}

impl Town {
    fn new() -> Self {
        let deployment = Deployment::in_books(4);
        let [payer, payee, clerk] =
            [1, 2, 3].map(|book| Resident::join_in(&deployment, shard(&deployment, book), 1_000 * u32::from(book)));
        let mut officer = Resident::staff(&deployment, Role::Officer);
        assert_eq!(officer.grant(&payer, 100, 1).status, 303);
        let shop = officer.register_shop(&clerk, "books", 2);
        Self { deployment, officer, payer, payee, clerk, shop }
    }

    fn points(&self) -> [i64; 3] {
        let shop = ledger::account_of_shop(self.shop.parse().unwrap());
        [self.payer.account(), self.payee.account(), shop].map(|account| self.deployment.points(account).1)
    }

    /// The entry of that book that shows last.
    fn last(&self, book: u8) -> Entry {
        self.deployment.journal_of(shard(&self.deployment, book)).pop().unwrap()
    }
}

fn is_taken(answer: &Response) {
    assert_eq!(answer.status, 303);
}

#[test]
fn people_pay_each_other_across_books() {
    let mut town = Town::new();
    let payee = town.payee.clone();
    let paid = town.payer.pay(&payee, 30, 10);
    is_taken(&paid);
    assert_eq!(town.points(), [70, 30, 0]);
    // Sent again it is the same payment, and its page shows what it was.
    let again = town.payer.pay(&payee, 30, 10);
    assert_eq!(status_line(&again), status_line(&paid));
    assert_eq!(town.points(), [70, 30, 0]);
    assert!(body_text(&town.payer.browser.get(status_line(&paid).1)).contains("30ポイントを渡しました"));
    let seen = body_text(&town.payee.browser.get("/wallet/statement"));
    assert!(seen.contains("受け取り") && seen.contains("+30"));
    assert!(matches!(town.last(1).act, Act::Departed { .. }) && matches!(town.last(2).act, Act::Arrived { .. }));
    // What is not there is not sent.
    assert_eq!(town.payer.pay(&payee, 71, 11).status, 422);
    assert_eq!((town.points(), town.deployment.waiting_parcels()), ([70, 30, 0], 0));
    town.deployment.audit();
}

#[test]
fn shops_are_paid_by_number_and_by_code_and_give_back_to_other_books() {
    let mut town = Town::new();
    let shop = town.shop.clone();
    is_taken(&town.payer.buy(&shop, "40", "granted-40", 10));
    assert_eq!(town.points(), [60, 0, 40]);
    town.payer.pay_code("50", 11);
    let (book, made_under) = (shard(&town.deployment, 1), command(11).parse().unwrap());
    let code = PayCode::in_book(town.payer.person, made_under, town.deployment.shards(), book).unwrap().to_string();
    assert!(body_text(&town.payer.browser.get(&format!("/wallet/code/{}", command(11)))).contains(&code));
    let taken = town.clerk.take(&shop, &code, "25", 12);
    is_taken(&taken);
    assert_eq!(town.points(), [35, 0, 65]);
    let till = body_text(&town.clerk.browser.get(status_line(&taken).1));
    assert!(till.contains("25ポイントを受け取りました"), "the till says so, though it was paid in another book");
    // A code pays once; sent again with the same form it is the same payment.
    is_taken(&town.clerk.take(&shop, &code, "25", 12));
    assert_eq!(town.clerk.take(&shop, &code, "5", 13).status, 409);
    assert_eq!(town.points(), [35, 0, 65]);
    assert!(body_text(&town.payer.browser.get("/wallet/statement")).contains("さくら書店での買い物"));
    let till = body_text(&town.clerk.browser.get(&format!("/shop/{shop}")));
    assert!(till.contains("+40") && till.contains("+25"));
    let sale = town.last(0).seq;
    let refund = |clerk: &mut Resident, amount: &str, number| {
        let fields = [("amount", amount), ("reason", "返品"), ("command_id", &command(number))];
        clerk.browser.post(&format!("/shop/{shop}/sale/{sale}"), &fields)
    };
    is_taken(&refund(&mut town.clerk, "20", 14));
    assert_eq!(town.points(), [55, 0, 45]);
    assert_eq!(refund(&mut town.clerk, "6", 15).status, 422, "more than is left of the sale");
    is_taken(&refund(&mut town.clerk, "5", 16));
    assert_eq!(town.points(), [60, 0, 40]);
    assert!(body_text(&town.payer.browser.get("/wallet/statement")).contains("返金"));
    town.deployment.audit();
}

#[test]
fn a_grant_is_taken_back_out_of_another_book_and_the_log_says_so() {
    let mut town = Town::new();
    let payer = town.payer.clone();
    let granted = town.officer.grant(&payer, 60, 3);
    // The number that the officer is shown is the one in the resident's own statement.
    let of = status_line(&granted).1.strip_prefix("/office?done=").unwrap().to_owned();
    assert_eq!(of, town.last(1).seq.to_string());
    let member = payer.member.to_string();
    let correct = |officer: &mut Resident, amount: &str, number| {
        let (command, of) = (command(number), of.as_str());
        let own = [("entry", of), ("member", &member), ("amount", amount), ("command_id", &command)];
        officer.browser.post("/office/correct", &[&own[..], &[("reason", "番号ちがい")]].concat())
    };
    is_taken(&correct(&mut town.officer, "40", 10));
    assert_eq!(town.points(), [120, 0, 0]);
    assert_eq!(correct(&mut town.officer, "21", 11).status, 422);
    is_taken(&correct(&mut town.officer, "20", 12));
    assert_eq!(town.points(), [100, 0, 0]);
    let log = body_text(&town.payer.browser.get("/me/log"));
    assert!(log.contains("40") && log.contains("番号ちがい"));
    town.deployment.audit();
}

#[test]
fn every_book_has_its_journal_its_night_and_its_say_in_whether_all_is_well() {
    let mut town = Town::new();
    let mut auditor = Resident::staff(&town.deployment, Role::Auditor);
    for (shard, status) in [("", 200), ("0", 200), ("3", 200), ("4", 404), ("x", 422), ("256", 422)] {
        assert_eq!(auditor.browser.get(&format!("/api/v1/ledger/entries?shard={shard}")).status, status, "{shard}");
    }
    let of_payer = body_text(&auditor.browser.get("/api/v1/ledger/entries?shard=1"));
    assert!(of_payer.contains(r#""kind":"arrived""#) && of_payer.contains(r#""purpose":"grant""#), "{of_payer}");
    let of_town = body_text(&auditor.browser.get("/api/v1/ledger/hledger"));
    assert!(of_town.contains("transit:") && of_town.contains("budget:"), "{of_town}");
    assert_eq!(town.payer.browser.get("/readyz").status, 200);
    // Every night each proves its books; where one's do not hold, the officer sees it.
    let nights = |town: &Town| {
        town.deployment.shards().all().map(|book| town.deployment.count(Object::Ledger(book), "trial_balance")).min()
    };
    for (number, says) in [(1, false), (2, true)] {
        town.deployment.wait(86_400);
        town.deployment.ring_until_quiet();
        assert!(nights(&town) > Some(0));
        let mut officer = Resident::staff_of(&town.deployment, Role::Officer, number);
        assert_eq!(body_text(&officer.browser.get("/office")).contains("台帳が合いません"), says);
        let change = "UPDATE account SET posted = posted + 1 WHERE kind = 6";
        town.deployment.database(Object::Ledger(shard(&town.deployment, 1))).exec(change, &[]).unwrap();
    }
}

#[test]
fn what_does_not_get_through_is_sent_again_within_a_minute() {
    let mut town = Town::new();
    let payee = town.payee.clone();
    // Whichever call fails, and whether or not the other book heard it.
    for (number, how) in (20..).zip([How::Undone, How::Unanswered]) {
        for at in 0..4 {
            let before = town.points();
            town.deployment.faults().reset();
            town.deployment.faults().plan(Plan { point: Point::Call, at, how, power_cut: true });
            let first = town.payer.pay(&payee, 5, 100 * number + at as u64).status;
            town.deployment.restart();
            let begun = town.deployment.now();
            town.deployment.ring_until_quiet();
            assert!(town.deployment.now() <= begun.plus_seconds(60), "{how:?} {at}");
            if first != 303 {
                is_taken(&town.payer.pay(&payee, 5, 100 * number + at as u64));
            }
            assert_eq!(town.points(), [before[0] - 5, before[1] + 5, 0], "{how:?} {at}");
            assert_eq!(town.deployment.waiting_parcels(), 0);
            town.deployment.audit();
        }
    }
}
