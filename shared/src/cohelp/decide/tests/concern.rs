use crate::cohelp::command::{Command, DeskAct};
use crate::cohelp::decide::Terms;
use crate::cohelp::fixture::{OPERATOR, TODAY, context, explanation, job, offer, person, request, rules};
use crate::cohelp::helping::Apart;
use crate::cohelp::store::{Store, tell};
use crate::cohelp::types::{CONCERNS_MAX, Concern, Matter, Show};
use crate::cohelp::{Changes, MemoryStore, Refusal};
use crate::kernel::{ConcernId, OfferId, Timestamp};

const NOW: Timestamp = TODAY.at_minute(9 * 60);

/// Person 1 asks, 2 offers under number 22; 3 looks on.
struct Town {
    store: MemoryStore,
    told: u64,
}

fn name(number: u8) -> ConcernId {
    ConcernId::from_bytes([number; 16])
}

impl Town {
    fn new() -> Self {
        let mut town = Self { store: MemoryStore::default(), told: 0 };
        town.tells(1, &Command::Ask { job: job(1), request: request(TODAY.plus(1), 500).unwrap() }).unwrap();
        town.tells(2, &Command::Offer { job: job(1), offer: offer(22), note: None }).unwrap();
        town
    }

    fn tells(&mut self, who: u64, command: &Command) -> Result<(), Refusal> {
        self.told += 1;
        let terms = Terms { rules: &rules(), available: None, entered_by: None };
        tell(&self.store, &terms, command, &context(who, NOW, self.told)).unwrap().map(drop)
    }

    fn raises(&mut self, who: u64, number: u8, offer: Option<OfferId>) -> Result<(), Refusal> {
        let (concern, text) = (name(number), explanation().unwrap());
        self.tells(who, &Command::Raise { job: job(1), concern, offer, matter: Matter::Money, text })
    }

    fn desk(&mut self, act: DeskAct) -> Result<(), Refusal> {
        self.tells(OPERATOR, &Command::Desk { job: job(1), act })
    }

    fn finds(&mut self, number: u8) -> Result<(), Refusal> {
        self.desk(DeskAct::Find { concern: name(number), text: explanation().unwrap() })
    }

    fn concerns(&self) -> Vec<Concern> {
        self.store.concerns(job(1)).unwrap()
    }
}

#[test]
fn a_concern_is_about_somebody_one_has_met_there() {
    let mut town = Town::new();
    assert_eq!(town.raises(1, 1, Some(offer(22))), Ok(()));
    assert_eq!(town.raises(2, 2, None), Ok(()));
    assert_eq!(town.raises(3, 3, None), Ok(()), "who looks on has met the requester");
    let about: Vec<_> = town.concerns().iter().map(|concern| (concern.by, concern.about)).collect();
    assert_eq!(about, [(person(1), person(2)), (person(2), person(1)), (person(3), person(1))]);
    for (who, offer) in [(1, None), (1, Some(offer(9))), (2, Some(offer(22))), (3, Some(offer(22)))] {
        assert_eq!(town.raises(who, 9, offer), Err(Refusal::NotYours), "{who} {offer:?}");
    }
}

#[test]
fn none_is_lost_until_somebody_else_has_closed_it() {
    let mut town = Town::new();
    town.raises(1, 1, Some(offer(22))).unwrap();
    town.raises(2, 2, None).unwrap();
    let open = |town: &Town| {
        town.store.desk(Show::All, person(100), NOW).unwrap().concerns.iter().map(|known| known.id).collect::<Vec<_>>()
    };
    assert_eq!(open(&town), [name(1), name(2)]);
    town.desk(DeskAct::Take { concern: name(1) }).unwrap();
    assert_eq!(town.concerns()[0].taken, Some((person(OPERATOR), NOW)));
    town.tells(1, &Command::Cancel { job: job(1), reason: None, costs: crate::kernel::Points::ZERO }).unwrap();
    assert_eq!(open(&town), [name(1), name(2)], "the request is gone, they are not");
    assert_eq!(town.finds(1), Ok(()));
    assert_eq!(open(&town), [name(2)]);
    for (act, expected) in [
        (DeskAct::Take { concern: name(1) }, Refusal::ConcernClosed),
        (DeskAct::Find { concern: name(1), text: explanation().unwrap() }, Refusal::ConcernClosed),
        (DeskAct::Take { concern: name(7) }, Refusal::ConcernUnknown),
    ] {
        assert_eq!(town.desk(act), Err(expected));
    }
    let by_resident = Command::Desk { job: job(1), act: DeskAct::Take { concern: name(2) } };
    assert_eq!(town.tells(3, &by_resident), Err(Refusal::NotOperator));
}

#[test]
fn nobody_closes_what_is_about_themself() {
    let mut town = Town::new();
    town.raises(1, 1, Some(offer(22))).unwrap();
    let found = town.concerns().remove(0);
    for own in [Concern { by: person(OPERATOR), ..found.clone() }, Concern { about: person(OPERATOR), ..found }] {
        town.store.commit(&Changes { concerns: vec![own], ..Changes::default() }).unwrap();
        assert_eq!(town.desk(DeskAct::Take { concern: name(1) }), Err(Refusal::OwnCase));
        assert_eq!(town.finds(1), Err(Refusal::OwnCase));
    }
}

#[test]
fn nobody_floods_the_queue() {
    let mut town = Town::new();
    let most = u8::try_from(CONCERNS_MAX).unwrap();
    town.tells(1, &Command::Ask { job: job(2), request: request(TODAY.plus(1), 500).unwrap() }).unwrap();
    for number in 1..=most {
        town.raises(2, number, None).unwrap();
    }
    assert_eq!(town.raises(2, most + 1, None), Err(Refusal::TooManyConcerns));
    let (concern, text) = (name(90), explanation().unwrap());
    let elsewhere = Command::Raise { job: job(2), concern, offer: None, matter: Matter::Danger, text };
    assert_eq!(town.tells(2, &elsewhere), Err(Refusal::TooManyConcerns), "whatever the job");
    assert_eq!(town.raises(1, most + 1, Some(offer(22))), Ok(()), "each of them for themself");
    town.finds(1).unwrap();
    assert_eq!(town.raises(2, most + 2, None), Ok(()));
    assert_eq!(town.raises(1, 1, Some(offer(22))), Err(Refusal::CommandReused));
}

#[test]
fn who_is_kept_away_learns_nothing_by_telling() {
    let mut town = Town::new();
    let apart = Apart { who: person(1), from: person(3), at: NOW };
    town.store.commit(&Changes { apart: vec![(apart, true)], ..Changes::default() }).unwrap();
    assert_eq!(town.raises(3, 1, None), Err(Refusal::JobUnknown));
    let offered = Apart { from: person(2), ..apart };
    town.store.commit(&Changes { apart: vec![(offered, true)], ..Changes::default() }).unwrap();
    assert_eq!(town.raises(2, 2, None), Ok(()), "who has offered knows of it");
}

#[test]
fn danger_is_due_first() {
    let due = |matter: Matter| matter.due_seconds();
    assert!(Matter::ALL.into_iter().all(|matter| matter == Matter::Danger || due(matter) > due(Matter::Danger)));
    for matter in Matter::ALL {
        assert_eq!(matter.word().parse(), Ok(matter));
    }
}
