use super::*;
use crate::cohelp::fixture::{OPERATOR, TODAY, context, job, offer, person, points, request, rules};
use crate::cohelp::{Command, DeskAct, Event, MemoryStore, Rating, Step, Store, Terms, step, tell};
use crate::kernel::HoldId;

const REQUESTER: u64 = 1;
const HELPER: u64 = 2;
const OTHER: u64 = 3;
const ALL: Outcome = Outcome::Done { minutes: 60 };
const DONE: Command =
    Command::Report { job: JobId::from_bytes([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), outcome: ALL };

struct Town {
    store: MemoryStore,
    now: Timestamp,
    told: u64,
}

impl Town {
    /// 2 and 3 offered to help 1 tomorrow from 14:00 to 15:30.
    fn new() -> Self {
        let mut town = Self { store: MemoryStore::default(), now: TODAY.at_minute(9 * 60), told: 0 };
        town.tell(REQUESTER, Command::Ask { job: job(1), request: request(TODAY.plus(1), 500).unwrap() });
        town.tell(HELPER, Command::Offer { job: job(1), offer: offer(1), note: None });
        town.tell(OTHER, Command::Offer { job: job(1), offer: offer(2), note: None });
        town
    }

    fn tell(&mut self, who: u64, command: Command) {
        (self.told, self.now) = (self.told + 1, self.now.plus_seconds(60));
        let (rules, context) = (rules(), context(who, self.now, self.told));
        let terms = Terms { rules: &rules, available: None, entered_by: None };
        tell(&self.store, &terms, &command, &context).unwrap().unwrap();
    }

    fn hold(&self) -> HoldId {
        self.store.outbox_due(self.now, 1).unwrap().first().map(|item| item.event.hold()).unwrap()
    }

    fn report(&mut self, next: &Step) {
        step(&self.store, next, self.now).unwrap();
    }

    fn agreed() -> Self {
        let mut town = Self::new();
        town.tell(REQUESTER, Command::Choose { job: job(1), offer: offer(1) });
        let hold = town.hold();
        town.report(&Step::Held { job: job(1), hold });
        town
    }

    fn introduced() -> Self {
        let mut town = Self::agreed();
        town.tell(OPERATOR, Command::Desk { job: job(1), act: DeskAct::Introduce { fits: true } });
        town
    }

    /// At 14:01 tomorrow.
    fn started() -> Self {
        let mut town = Self::introduced();
        town.tell(HELPER, Command::Notify { job: job(1) });
        town.now = TODAY.plus(1).at_minute(14 * 60);
        let code = town.view(REQUESTER).unwrap().code.unwrap();
        town.tell(HELPER, Command::CheckIn { job: job(1), code });
        town
    }

    fn paid() -> Self {
        let mut town = Self::started();
        town.tell(HELPER, DONE);
        town.tell(REQUESTER, DONE);
        let hold = town.hold();
        assert!(matches!(town.store.outbox_due(town.now, 1).unwrap()[0].event, Event::Helped { .. }));
        town.report(&Step::Settled { job: job(1), hold });
        town
    }

    fn view(&self, who: u64) -> Option<JobView> {
        let (found, offers) = self.store.job(job(1)).unwrap().unwrap();
        job_view(&found, &offers, person(who), self.now)
    }

    fn next(&self, who: u64) -> Option<(Who, What)> {
        self.view(who).and_then(|view| view.card.next).map(|next| (next.who, next.what))
    }
}

#[test]
fn an_open_request() {
    let town = Town::new();
    let (own, helper, stranger) = (town.view(1).unwrap(), town.view(2).unwrap(), town.view(9).unwrap());
    assert_eq!((own.offers.len(), helper.offers.len(), stranger.offers.len()), (2, 1, 0));
    assert!(own.details.is_some() && helper.details.is_none() && stranger.details.is_none());
    assert_eq!(own.may, [Action::Choose(offer(1)), Action::Choose(offer(2)), Action::Cancel { costs: Points::ZERO }]);
    assert_eq!(helper.may, [Action::Withdraw(offer(1))]);
    assert_eq!(stranger.may, [Action::Offer]);
    assert_eq!((own.card.phase, helper.card.phase, stranger.card.phase), (Phase::Open, Phase::Offered, Phase::Open));
    assert_eq!(town.next(1), Some((Who::You, What::Choose { offers: 2 })));
    assert_eq!(town.next(2), Some((Who::Requester, What::Choose { offers: 0 })));
    assert_eq!(town.next(9), Some((Who::You, What::Offer)));
    assert_eq!((own.card.to_helper, own.fee), (points(475), points(25)));
    assert_eq!((own.timeline.len(), stranger.timeline.len()), (10, 1));
}

#[test]
fn an_agreed_job() {
    let town = Town::agreed();
    let (own, helper, declined) = (town.view(1).unwrap(), town.view(2).unwrap(), town.view(3).unwrap());
    assert!(own.details.is_some() && helper.details.is_some() && declined.details.is_none());
    assert_eq!((own.helper, helper.helper, declined.helper), (Some(person(2)), Some(person(2)), None));
    assert_eq!(
        (own.card.phase, helper.card.phase, declined.card.phase),
        (Phase::Introducing, Phase::Introducing, Phase::Declined)
    );
    assert_eq!(town.view(9), None);
    let late = Action::Cancel { costs: Points::ZERO };
    assert_eq!((own.may, declined.may), (vec![Action::Consult, late, Action::Chat], vec![]));
    assert_eq!((town.next(1), town.next(3)), (Some((Who::Centre, What::Introduce)), None));
    assert_eq!((declined.course, declined.dispute, declined.verdict, declined.gave), (None, None, None, None));
}

#[test]
fn from_the_introduction_to_the_door() {
    let mut town = Town::introduced();
    assert_eq!((town.next(1), town.next(2)), (Some((Who::Helper, What::Notify)), Some((Who::You, What::Notify))));
    assert!(town.view(2).unwrap().may.contains(&Action::Notify));
    assert_eq!(town.view(1).unwrap().code, None, "nothing to read out before the insurance covers it");
    town.tell(REQUESTER, Command::Notify { job: job(1) });
    assert_eq!((town.next(1), town.next(2)), (Some((Who::Helper, What::Help)), Some((Who::You, What::Help))));
    assert!(town.view(1).unwrap().code.is_some() && town.view(2).unwrap().code.is_none());
    town.now = TODAY.plus(1).at_minute(14 * 60);
    assert!(town.view(2).unwrap().may.contains(&Action::CheckIn));
    let town = Town::started();
    assert_eq!((town.view(1).unwrap().card.phase, town.next(1)), (Phase::Started, Some((Who::You, What::Report))));
    assert_eq!(town.view(1).unwrap().code, None);
}

#[test]
fn the_desk_sees_what_the_two_see_and_no_code() {
    let town = Town::agreed();
    let (found, offers) = town.store.job(job(1)).unwrap().unwrap();
    let seen = desk_view(&found, &offers, Beside::default(), person(OPERATOR), town.now).unwrap();
    assert_eq!((seen.job.details.is_some(), seen.job.helper, seen.job.code), (true, Some(person(2)), None));
    assert_eq!(seen.errand.map(|(errand, _)| errand), Some(crate::cohelp::Errand::Introduce));
    assert_eq!((seen.job.card.side, seen.job.card.phase), (None, Phase::Introducing));
    assert_eq!(seen.may, [DeskAction::Claim, DeskAction::Introduce, DeskAction::Close]);
    assert_eq!(seen.job.timeline, town.view(1).unwrap().timeline);
    assert_eq!(desk_view(&found, &offers, Beside::default(), person(HELPER), town.now), None);
    let jobs = [found];
    let items = desk_items(&jobs, &[], person(OPERATOR), town.now);
    assert_eq!(items.iter().map(|item| item.card.id).collect::<Vec<_>>(), [job(1)]);
    assert_eq!(desk_items(&jobs, &[], person(HELPER), town.now), [], "nothing of one's own");
}

#[test]
fn reports_and_thanks() {
    let mut town = Town::started();
    town.tell(HELPER, DONE);
    assert_eq!(town.next(1), Some((Who::You, What::Report)));
    assert_eq!(town.next(2), Some((Who::Requester, What::Report)));
    assert_eq!(town.view(1).unwrap().card.phase, Phase::Confirming);

    let mut town = Town::paid();
    assert_eq!(town.next(1), Some((Who::You, What::Thank)));
    let message = crate::kernel::Prose::parse("たすかりました").ok();
    town.tell(REQUESTER, Command::Thank { job: job(1), rating: Rating::MAX, message });
    let (own, helper) = (town.view(1).unwrap(), town.view(2).unwrap());
    assert!(own.thanks_given.is_some() && own.thanks_received.is_none());
    assert_eq!((helper.thanks_received.clone(), helper.thanks_given.clone()), (own.thanks_given, None));
    assert_eq!((town.next(1), town.next(2)), (None, Some((Who::You, What::Thank))));
    assert_eq!(helper.timeline.iter().filter(|step| !step.done).count(), 1);
    let moments: Vec<_> = helper.timeline.iter().filter_map(|step| step.at).collect();
    assert!(moments.is_sorted(), "{moments:?}");
}

#[test]
fn a_shortage_is_for_the_requester_only() {
    let mut town = Town::new();
    town.tell(REQUESTER, Command::Choose { job: job(1), offer: offer(1) });
    assert_eq!(town.next(1), Some((Who::Town, What::MovePoints)));
    assert_eq!(town.view(3).unwrap().card.phase, Phase::Offered);
    let hold = town.hold();
    town.report(&Step::HoldRefused { job: job(1), hold, missing: points(30) });
    assert_eq!(town.view(1).unwrap().short_of, Some(points(30)));
    assert_eq!(town.view(2).unwrap().short_of, None);
    assert_eq!(town.next(1), Some((Who::You, What::Choose { offers: 2 })));
}

#[test]
fn an_expired_request_is_shown_so_before_it_is_written() {
    let mut town = Town::new();
    town.now = TODAY.plus(1).at_minute(15 * 60 + 30);
    let own = town.view(1).unwrap();
    assert_eq!((own.card.phase, own.card.next, own.may.len()), (Phase::Expired, None, 0));
    assert_eq!(own.timeline.last().map(|step| step.what), Some(Milestone::Expired));
    assert_eq!(town.view(9), None);
}

#[test]
fn a_cancelled_job() {
    let mut town = Town::agreed();
    let reason = crate::kernel::Line::parse("熱が出ました").ok();
    town.tell(HELPER, Command::Cancel { job: job(1), reason, costs: Points::ZERO });
    let milestones =
        |town: &Town| town.view(1).unwrap().timeline.iter().map(|step| (step.what, step.done)).collect::<Vec<_>>();
    let start =
        [Milestone::Asked, Milestone::Chosen, Milestone::PointsSetAside, Milestone::Cancelled].map(|what| (what, true));
    assert_eq!(milestones(&town), [start.as_slice(), &[(Milestone::PointsBack, false)]].concat());
    let hold = town.hold();
    town.report(&Step::Released { job: job(1), hold });
    // The helper left with time to spare: others can be asked.
    let open = [(Milestone::Asked, true), (Milestone::Chosen, false)];
    assert_eq!(milestones(&town)[..2], open);
    assert_eq!(town.view(1).unwrap().card.phase, Phase::Open);
    assert!(town.view(3).unwrap().may.contains(&Action::Offer), "who was declined can offer again");
}

#[test]
fn the_board() {
    let town = Town::agreed();
    let board_of = |who| board(&town.store.board(person(who), town.now).unwrap(), person(who), town.now);
    let count = |board: Board| (board.mine.len(), board.helping.len(), board.open.len());
    assert_eq!([1, 2, 3].map(|who| count(board_of(who))), [(1, 0, 0), (0, 1, 0), (0, 0, 0)]);
    let town = Town::new();
    let board_of = |who| board(&town.store.board(person(who), town.now).unwrap(), person(who), town.now);
    assert_eq!([1, 2, 9].map(|who| count(board_of(who))), [(1, 0, 0), (0, 1, 0), (0, 0, 1)]);
    let card = board_of(1).mine.remove(0);
    assert_eq!(card, town.view(1).unwrap().card, "lists and pages agree");
}
