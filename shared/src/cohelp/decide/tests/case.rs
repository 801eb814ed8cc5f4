//! Who at the centre looks after what.

use crate::cohelp::command::{Command, DeskAct, Step};
use crate::cohelp::decide::Terms;
use crate::cohelp::fixture::{OPERATOR, TODAY, context, explanation, job, person, request, rules};
use crate::cohelp::store::{Change, Reach, Store, step, tell};
use crate::cohelp::types::{Claim, MEMOS_MAX};
use crate::cohelp::view::{Beside, DeskAction};
use crate::cohelp::{MemoryStore, Refusal, desk_view};
use crate::kernel::{Role, Roles, Timestamp};

const NOW: Timestamp = TODAY.at_minute(9 * 60);
const COLLEAGUE: u64 = 101;

/// Person 1 asks; two operators look after it.
struct Town {
    store: MemoryStore,
    told: u64,
}

impl Town {
    fn new() -> Self {
        let mut town = Self { store: MemoryStore::default(), told: 0 };
        let request = request(TODAY.plus(1), 100).unwrap();
        town.tell(1, NOW, &Command::Ask { job: job(1), request }).unwrap();
        town
    }

    fn tell(&mut self, who: u64, at: Timestamp, command: &Command) -> Result<(), Refusal> {
        self.told += 1;
        let mut context = context(who, at, self.told);
        if matches!(command, Command::Desk { .. }) && who != 2 {
            context.actor.roles = Roles::NONE.with(Role::Operator);
        }
        let terms = Terms { rules: &rules(), available: None, entered_by: None };
        tell(&self.store, &terms, command, &context).unwrap().map(drop)
    }

    fn desk(&mut self, who: u64, at: Timestamp, act: DeskAct) -> Result<(), Refusal> {
        self.tell(who, at, &Command::Desk { job: job(1), act })
    }

    fn holder(&self, at: Timestamp) -> Option<Claim> {
        self.store.claim(job(1)).unwrap().filter(|claim| claim.holds(at))
    }

    fn may(&self, who: u64, at: Timestamp) -> Vec<DeskAction> {
        let (found, offers) = self.store.job(job(1)).unwrap().unwrap();
        let beside = Beside { claim: self.store.claim(job(1)).unwrap(), ..Beside::default() };
        desk_view(&found, &offers, beside, person(who), at).unwrap().may
    }
}

fn close() -> DeskAct {
    DeskAct::Close { reason: explanation().unwrap() }
}

fn later(seconds: i64) -> Timestamp {
    NOW.plus_seconds(seconds)
}

#[test]
fn nobody_acts_for_what_another_looks_after() {
    let mut town = Town::new();
    town.desk(OPERATOR, NOW, DeskAct::Claim).unwrap();
    assert_eq!(town.desk(COLLEAGUE, NOW, close()), Err(Refusal::HeldByOther));
    assert_eq!(town.may(COLLEAGUE, NOW), [DeskAction::Claim]);
    assert_eq!(town.may(OPERATOR, NOW), [DeskAction::Close, DeskAction::Enquire, DeskAction::HandOver]);
    assert_eq!(town.desk(OPERATOR, NOW, DeskAct::Claim), Err(Refusal::AlreadyHeld));
    // What one knows can be written down all the same, and taking over is never refused.
    town.desk(COLLEAGUE, NOW, DeskAct::Write { memo: explanation().unwrap() }).unwrap();
    assert_eq!(town.holder(NOW).map(|claim| claim.by), Some(person(OPERATOR)));
    town.desk(COLLEAGUE, NOW, DeskAct::Claim).unwrap();
    assert_eq!(town.desk(OPERATOR, NOW, DeskAct::HandOver { memo: None }), Err(Refusal::NotHeld));
    assert_eq!(town.desk(OPERATOR, NOW, close()), Err(Refusal::HeldByOther));
    town.desk(COLLEAGUE, NOW, close()).unwrap();
    assert_eq!(town.store.claim(job(1)).unwrap(), None, "nobody looks after what is over");
    assert_eq!(town.desk(OPERATOR, NOW, DeskAct::Claim), Err(Refusal::NotOpen));
    assert_eq!(town.may(OPERATOR, NOW), []);
}

/// It is told like anything else, once.
#[test]
fn the_end_of_a_claim_is_a_change() {
    let mut town = Town::new();
    town.desk(OPERATOR, NOW, DeskAct::Claim).unwrap();
    let (last, ends) = (town.store.news(0).unwrap().last, later(Claim::HELD_SECONDS));
    assert_eq!(town.store.next_due().unwrap(), Some(ends));
    step(&town.store, &Step::ExpireDue, Timestamp(ends.0 - 1)).unwrap();
    assert_eq!(town.store.news(0).unwrap().last, last);
    step(&town.store, &Step::ExpireDue, ends).unwrap();
    step(&town.store, &Step::ExpireDue, ends).unwrap();
    assert_eq!(
        town.store.news(last).unwrap().since,
        Some(vec![Change { number: last + 1, job: job(1), reach: Reach::Desk }])
    );
    assert_eq!(town.store.claim(job(1)).unwrap(), None);
}

#[test]
fn a_claim_ends_by_itself_and_lasts_while_something_is_done() {
    let mut town = Town::new();
    town.desk(OPERATOR, NOW, DeskAct::Claim).unwrap();
    let last = later(Claim::HELD_SECONDS - 1);
    town.desk(OPERATOR, last, DeskAct::Write { memo: explanation().unwrap() }).unwrap();
    assert_eq!(town.holder(later(Claim::HELD_SECONDS)).map(|claim| claim.at), Some(last));
    let over = last.plus_seconds(Claim::HELD_SECONDS);
    assert_eq!(town.holder(over), None);
    assert_eq!(town.desk(OPERATOR, over, DeskAct::HandOver { memo: None }), Err(Refusal::NotHeld));
    town.desk(COLLEAGUE, over, close()).unwrap();
}

#[test]
fn what_is_handed_over_is_free_and_says_why() {
    let mut town = Town::new();
    assert_eq!(town.desk(OPERATOR, NOW, DeskAct::HandOver { memo: None }), Err(Refusal::NotHeld));
    town.desk(OPERATOR, NOW, DeskAct::Claim).unwrap();
    town.desk(OPERATOR, later(5), DeskAct::HandOver { memo: Some(explanation().unwrap()) }).unwrap();
    assert_eq!(town.holder(later(5)), None);
    let memos = town.store.memos(job(1)).unwrap();
    assert_eq!(memos.iter().map(|memo| (memo.by, memo.at)).collect::<Vec<_>>(), [(person(OPERATOR), later(5))]);
    town.desk(COLLEAGUE, later(6), close()).unwrap();
}

#[test]
fn as_much_is_written_down_as_is_kept() {
    let mut town = Town::new();
    for number in 0..MEMOS_MAX {
        town.desk(OPERATOR, later(number.into()), DeskAct::Write { memo: explanation().unwrap() }).unwrap();
    }
    let one_more = DeskAct::Write { memo: explanation().unwrap() };
    assert_eq!(town.desk(OPERATOR, later(60), one_more), Err(Refusal::TooManyMemos));
}

#[test]
fn operators_hold_nothing_of_their_own_and_others_nothing() {
    let mut town = Town::new();
    for act in [DeskAct::Claim, DeskAct::Write { memo: explanation().unwrap() }, DeskAct::HandOver { memo: None }] {
        assert_eq!(town.desk(1, NOW, act.clone()), Err(Refusal::OwnCase));
        assert_eq!(town.desk(2, NOW, act), Err(Refusal::NotOperator));
    }
}
