//! What an operator does in the name of somebody on the phone.

use crate::cohelp::command::{Command, DeskAct, Step};
use crate::cohelp::decide::Terms;
use crate::cohelp::fixture::{OPERATOR, TODAY, context, explanation, job, offer, person, request, rules};
use crate::cohelp::reads::Reads;
use crate::cohelp::store::{Store, step, tell};
use crate::cohelp::types::{CallBack, ChatLine, Entered, EnteredAct, Note, Outcome, QuickPhrase, State};
use crate::cohelp::view::{Beside, DeskAction};
use crate::cohelp::{MemoryStore, Refusal, desk_view};
use crate::kernel::{CommandId, Points, Role, Roles, Timestamp};

const NOW: Timestamp = TODAY.at_minute(9 * 60);
const COLLEAGUE: u64 = 101;

/// Person 1 rings and asks; the operator types.
struct Town(MemoryStore, u64);

impl Town {
    fn asked() -> Self {
        let mut town = Self(MemoryStore::default(), 0);
        let request = request(TODAY.plus(1), 100).unwrap();
        town.tell(1, Some(OPERATOR), &Command::Ask { job: job(1), request }).unwrap();
        town
    }

    fn tell(&mut self, who: u64, by: Option<u64>, command: &Command) -> Result<CommandId, Refusal> {
        self.1 += 1;
        self.say(who, by, command)
    }

    /// Under the id of the last command; a minute passes with each new one.
    fn say(&mut self, who: u64, by: Option<u64>, command: &Command) -> Result<CommandId, Refusal> {
        let mut context = context(who, self.now(), self.1);
        if who == COLLEAGUE {
            context.actor.roles = Roles::NONE.with(Role::Operator);
        }
        let terms = Terms { rules: &rules(), available: None, entered_by: by.map(person) };
        tell(&self.0, &terms, command, &context).unwrap().map(|_| context.command)
    }

    fn entered(&self) -> Vec<Entered> {
        self.0.entered(job(1)).unwrap()
    }

    fn written(&self) -> Option<Timestamp> {
        self.0.read(&Reads { chat: Some(job(1)), ..Reads::default() }).unwrap().chat.by_helper
    }

    fn now(&self) -> Timestamp {
        NOW.plus_seconds(60 * i64::try_from(self.1).unwrap())
    }

    fn call_back(&self) -> Option<CallBack> {
        self.call_back_at(self.now())
    }

    fn call_back_at(&self, now: Timestamp) -> Option<CallBack> {
        let (found, offers) = self.0.job(job(1)).unwrap().unwrap();
        CallBack::of(&found, offers.iter(), &self.entered(), self.written(), now)
    }

    /// What the ledger says to the choice.
    fn held(&mut self) {
        let State::Agreeing(agreement) = self.0.job(job(1)).unwrap().unwrap().0.state else {
            panic!("nobody was chosen")
        };
        step(&self.0, &Step::Held { job: job(1), hold: agreement.hold }, self.now()).unwrap();
    }

    fn desk(&mut self, by: u64, act: DeskAct) -> Result<CommandId, Refusal> {
        self.tell(by, None, &Command::Desk { job: job(1), act })
    }
}

fn offer_of(number: u64) -> Command {
    Command::Offer { job: job(1), offer: offer(number), note: None }
}

fn choose(number: u64) -> Command {
    Command::Choose { job: job(1), offer: offer(number) }
}

#[test]
fn what_is_entered_stands_beside_who_said_it_and_who_typed() {
    let mut town = Town::asked();
    town.tell(2, None, &offer_of(1)).unwrap();
    let chosen = town.tell(1, Some(OPERATOR), &choose(1)).unwrap();
    let last = Entered {
        id: chosen,
        job: job(1),
        person: person(1),
        by: person(OPERATOR),
        at: town.now(),
        act: EnteredAct::Choose,
    };
    let entered = town.entered();
    assert_eq!(entered.len(), 2, "what people do themselves is not entered");
    assert!(entered.contains(&last));
    // Refused, nothing is written.
    let before = town.0.dump();
    assert_eq!(town.tell(1, Some(OPERATOR), &choose(1)), Err(Refusal::AlreadyChosen));
    assert_eq!(town.0.dump(), before);
}

#[test]
fn a_repeat_is_entered_once() {
    let mut town = Town::asked();
    let command = Command::Cancel { job: job(1), reason: None, costs: Points::ZERO };
    town.tell(1, Some(OPERATOR), &command).unwrap();
    town.say(1, Some(OPERATOR), &command).unwrap();
    assert_eq!(town.entered().len(), 2);
}

#[test]
fn an_operator_types_nothing_for_their_own_matter() {
    let mut town = Town::asked();
    // The request of the one who types, with somebody on the phone who would help.
    assert_eq!(town.tell(2, Some(1), &offer_of(1)), Err(Refusal::OwnCase));
    // The one who types would be chosen.
    town.tell(3, None, &offer_of(2)).unwrap();
    assert_eq!(town.tell(1, Some(3), &choose(2)), Err(Refusal::OwnCase));
    assert_eq!(town.tell(1, Some(3), &choose(9)), Err(Refusal::OfferUnknown));
    town.tell(1, Some(OPERATOR), &choose(2)).unwrap();
    // The one who types was chosen.
    let late = Command::Consult { job: job(1), text: explanation().unwrap() };
    assert_eq!(town.tell(1, Some(3), &late), Err(Refusal::OwnCase));
}

#[test]
fn nobody_on_the_phone_acts_as_the_centre() {
    let mut town = Town::asked();
    let acts = [
        DeskAct::Claim,
        DeskAct::Close { reason: explanation().unwrap() },
        DeskAct::CheckIn { reason: Note::parse("電話").unwrap() },
        DeskAct::Decide { outcome: Outcome::NotDone, reason: explanation().unwrap() },
    ];
    for act in acts {
        let command = Command::Desk { job: job(1), act };
        assert_eq!(EnteredAct::of(&command), None);
        // Not even if the operator's own rights came along.
        assert_eq!(town.tell(OPERATOR, Some(OPERATOR), &command), Err(Refusal::NotOperator));
    }
}

#[test]
fn who_spoke_for_one_of_the_two_neither_introduces_nor_decides_nor_speaks_for_the_other() {
    let mut town = Town::asked();
    town.tell(2, None, &offer_of(1)).unwrap();
    town.tell(1, Some(OPERATOR), &choose(1)).unwrap();
    town.held();
    let introduce = || DeskAct::Introduce { fits: true };
    assert_eq!(town.desk(OPERATOR, introduce()), Err(Refusal::SecondOperator));
    let may = |town: &Town, by| {
        let (found, offers) = town.0.job(job(1)).unwrap().unwrap();
        let entered = town.entered();
        let beside = Beside { entered: &entered, ..Beside::default() };
        desk_view(&found, &offers, beside, person(by), town.now()).unwrap().may
    };
    assert!(!may(&town, OPERATOR).contains(&DeskAction::Introduce));
    assert!(may(&town, COLLEAGUE).contains(&DeskAction::Introduce));
    // To end it, or to say that they do not suit each other, moves no points to anybody.
    assert!(may(&town, OPERATOR).contains(&DeskAction::Close));
    town.desk(COLLEAGUE, introduce()).unwrap();
    let notify = Command::Notify { job: job(1) };
    assert_eq!(town.tell(2, Some(OPERATOR), &notify), Err(Refusal::SecondOperator), "for the other one");
    town.tell(2, Some(COLLEAGUE), &notify).unwrap();
    let reason = || Note::parse("電話").unwrap();
    for by in [OPERATOR, COLLEAGUE] {
        assert_eq!(town.desk(by, DeskAct::CheckIn { reason: reason() }), Err(Refusal::SecondOperator));
    }
    let decide = DeskAct::Decide { outcome: Outcome::NotDone, reason: explanation().unwrap() };
    assert_eq!(town.desk(OPERATOR, decide), Err(Refusal::SecondOperator));
}

#[test]
fn who_asked_on_the_phone_is_rung_up_when_there_is_something_to_say() {
    let mut town = Town::asked();
    assert_eq!(town.call_back(), None);
    assert_eq!(town.desk(OPERATOR, DeskAct::RingUp), Err(Refusal::NobodyToRing));
    town.tell(2, None, &offer_of(1)).unwrap();
    town.tell(3, None, &offer_of(2)).unwrap();
    assert_eq!(town.call_back(), Some(CallBack::Offers { count: 2 }));
    town.tell(3, None, &Command::Withdraw { job: job(1), offer: offer(2) }).unwrap();
    assert_eq!(town.call_back(), Some(CallBack::Offers { count: 1 }));
    // Told once is told, until there is more.
    town.desk(OPERATOR, DeskAct::RingUp).unwrap();
    assert_eq!(town.call_back(), None);
    assert_eq!(town.desk(COLLEAGUE, DeskAct::RingUp), Err(Refusal::NobodyToRing));
    town.tell(3, None, &offer_of(3)).unwrap();
    assert_eq!(town.call_back(), Some(CallBack::Offers { count: 2 }));
    town.tell(1, Some(OPERATOR), &choose(1)).unwrap();
    town.held();
    assert_eq!(town.call_back(), None);
    // To tell somebody something is not to speak for them.
    town.desk(COLLEAGUE, DeskAct::Introduce { fits: true }).unwrap();
    town.tell(2, None, &Command::Notify { job: job(1) }).unwrap();
    assert_eq!(town.call_back(), Some(CallBack::Code), "the digits for the door");
    town.desk(COLLEAGUE, DeskAct::RingUp).unwrap();
    assert_eq!(town.call_back(), None);
    let chat = || Command::Chat { job: job(1), line: ChatLine::Phrase(QuickPhrase::OnTheWay) };
    town.tell(1, Some(OPERATOR), &chat()).unwrap();
    assert_eq!(town.call_back(), None, "what they said themselves");
    town.tell(2, None, &chat()).unwrap();
    assert_eq!(town.call_back(), Some(CallBack::Message));
    town.tell(1, Some(OPERATOR), &chat()).unwrap();
    assert_eq!(town.call_back(), None, "they have answered");
    // The helper leaves: nobody else is there.
    let leave = Command::Cancel { job: job(1), reason: None, costs: Points::ZERO };
    town.tell(2, None, &leave).unwrap();
    let State::Cancelling { agreed, .. } = town.0.job(job(1)).unwrap().unwrap().0.state else { panic!("not left") };
    step(&town.0, &Step::Released { job: job(1), hold: agreed.agreement.hold }, town.now()).unwrap();
    assert_eq!(town.call_back(), Some(CallBack::Left));
    let window = town.0.job(job(1)).unwrap().unwrap().0.request.window;
    assert_eq!(town.call_back_at(window.ends()), Some(CallBack::Over), "too late for anybody");
    let weeks = window.ends().plus_seconds(i64::from(CallBack::DAYS) * 86_400);
    assert_eq!(town.call_back_at(weeks), Some(CallBack::Over));
    assert_eq!(town.call_back_at(weeks.plus_seconds(86_400)), None);
}

#[test]
fn who_asked_for_themself_is_rung_up_for_nothing() {
    let mut town = Town(MemoryStore::default(), 0);
    let request = request(TODAY.plus(1), 100).unwrap();
    town.tell(1, None, &Command::Ask { job: job(1), request }).unwrap();
    town.tell(2, None, &offer_of(1)).unwrap();
    assert_eq!(town.call_back(), None);
    // Nor is somebody who once rang about it.
    town.tell(1, Some(OPERATOR), &choose(1)).unwrap();
    town.held();
    town.desk(COLLEAGUE, DeskAct::Introduce { fits: true }).unwrap();
    town.tell(2, None, &Command::Notify { job: job(1) }).unwrap();
    assert_eq!(town.call_back(), None);
}
