//! Many people at once, any act, faults in between: in the end the books hold and nothing is left half done.

use std::collections::BTreeSet;

use futures_executor::block_on;
use futures_util::future::join_all;
use shared::cohelp::fixture::TODAY;
use shared::cohelp::{CheckIn, CheckInCode, Job, OfferState, State, Store as _};
use shared::kernel::Role;
use shared::ledger::HoldState;

use crate::cohelp::SqlCohelp;
use crate::http::Request;
use crate::identity::oidc::fixture::Random;
use crate::testing::{Deployment, How, Plan, Point, REQUEST, Resident, command};
use crate::world::Object;

const PEOPLE: usize = 6;
const ROUNDS: u64 = 40;

struct Storm {
    deployment: Deployment,
    people: Vec<Resident>,
    operator: Resident,
    random: Random,
    seed: u64,
    sent: u64,
}

fn start(town: &(Deployment, Vec<Resident>, Resident), seed: u64) -> Storm {
    let deployment = town.0.fork();
    let people = town.1.iter().map(|person| person.at(&deployment)).collect();
    let operator = town.2.at(&deployment);
    Storm { deployment, people, operator, random: Random(seed), seed, sent: 0 }
}

fn town(deployment: Deployment) -> (Deployment, Vec<Resident>, Resident) {
    // So that one can still ask for help, and help that was asked for can begin.
    deployment.set_now(TODAY.at_minute(13 * 60 + 5));
    let mut officer = Resident::staff(&deployment, Role::Officer);
    let operator = Resident::staff(&deployment, Role::Operator);
    let people: Vec<_> = (1..=PEOPLE as u32).map(|number| Resident::join(&deployment, number)).collect();
    for (number, person) in people.iter().enumerate() {
        assert_eq!(officer.grant(person, 300, number as u64).status, 303);
    }
    (deployment, people, operator)
}

impl Storm {
    fn one_of<T: Clone>(&mut self, all: &[T]) -> Option<T> {
        if all.is_empty() { None } else { Some(all[self.random.below(all.len())].clone()) }
    }

    fn ask(&mut self, who: usize, id: &str) -> Request {
        let reward = (1 + self.random.below(150)).to_string();
        let own = [("reward", reward.as_str()), ("minutes", "60"), ("step", "send"), ("command_id", id)];
        self.people[who].browser.form("/help/new", &[&REQUEST[..], &own].concat())
    }

    fn about(&mut self, who: usize, id: &str, job: &Job) -> Request {
        let offers: Vec<_> = self.deployment.offers().into_iter().filter(|offer| offer.job == job.id).collect();
        let standing: Vec<_> = offers.iter().filter(|offer| offer.state == OfferState::Standing).cloned().collect();
        let offer = self.one_of(&standing).or_else(|| offers.first().cloned());
        let offer = offer.map_or(String::new(), |offer| offer.id.to_string());
        // What fits the job more often than not; now and then anything.
        let act = match (self.random.below(4), job.state.word()) {
            (1.., "open") if standing.is_empty() => "offer",
            (1.., "open") => ["offer", "choose"][self.random.below(2)],
            (1.., "agreed") => self.under_way(job),
            (1.., "paid") => "thank",
            (1.., "disputed") => ["decide", "report", "consult"][self.random.below(3)],
            _ => {
                ["offer", "choose", "notify", "report", "cancel", "withdraw", "thank", "consult"][self.random.below(8)]
            }
        };
        let code = job.state.agreement().map(|agreement| CheckInCode::of(agreement.hold).to_string());
        let outcome =
            ["done-60", "done-60", "done-60", "done-60", "done-60", "done-30", "not-done"][self.random.below(7)];
        let own = [("act", act), ("offer", &offer), ("rating", "5"), ("command_id", id), ("outcome", outcome)];
        let more = [("code", code.as_deref().unwrap_or("0000")), ("costs", "150"), ("fits", "yes")];
        let words = [("text", "話が合いません。"), ("why", "お二人に聞きました。")];
        let at_the_desk = matches!(act, "introduce" | "decide");
        let (who, place) = if at_the_desk { (&self.operator, "desk") } else { (&self.people[who], "help") };
        who.browser.form(&format!("/{place}/{}", job.id), &[&own[..], &more, &words].concat())
    }

    /// What comes next in an agreed job, more often than not.
    fn under_way(&mut self, job: &Job) -> &'static str {
        let next = match job.state.agreed() {
            Some(agreed) if job.waits_for_centre().is_some() && agreed.reports.none() => "introduce",
            Some(agreed) if agreed.notice.is_none() => "notify",
            Some(agreed) if agreed.check_in == CheckIn::Waiting => "check-in",
            _ => "report",
        };
        let rare = ["cancel", "consult", "report"][self.random.below(3)];
        if self.random.below(8) > 0 { next } else { rare }
    }

    /// Any act of any person, sensible more often than not.
    fn any(&mut self) -> (usize, Request) {
        self.sent += 1;
        let id = command(10_000 + self.sent);
        let mut who = self.random.below(PEOPLE);
        let jobs = self.deployment.jobs();
        let going = |job: &&Job| matches!(job.state, State::Agreed(_));
        let under_way: Vec<_> = jobs.iter().filter(going).filter(|_| self.random.below(2) == 0).cloned().collect();
        let request = match self.random.below(10) {
            0 | 1 => self.ask(who, &id),
            2 | 3 => {
                let (to, amount) = (self.random.below(PEOPLE), 1 + self.random.below(120));
                let (member, amount) = (self.people[to].member.to_string(), amount.to_string());
                let fields = [("member", member.as_str()), ("amount", &amount), ("command_id", &id)];
                self.people[who].browser.form("/wallet/pay", &fields)
            }
            _ => match self.one_of(&under_way).or_else(|| self.one_of(&jobs)) {
                None => self.ask(who, &id),
                Some(job) => {
                    let sides = [Some(job.requester), job.helper()];
                    let side = sides[self.random.below(2)];
                    if self.random.below(3) > 0 {
                        who = self.people.iter().position(|person| Some(person.person) == side).unwrap_or(who);
                    }
                    self.about(who, &id, &job)
                }
            },
        };
        (who, request)
    }

    fn send(&self, round: &[(usize, Request)]) -> Vec<u16> {
        let sent = round.iter().map(|(who, request)| async {
            let mut browser = self.people[*who].browser.clone();
            browser.send(request.clone()).await.status
        });
        block_on(join_all(sent))
    }

    fn round(&mut self) {
        let size = 1 + self.random.below(8);
        let round: Vec<_> = (0..size).map(|_| self.any()).collect();
        if self.random.below(2) == 0 {
            let point = if self.random.below(2) == 0 { Point::Call } else { Point::Write };
            let how = if self.random.below(2) == 0 { How::Undone } else { How::Unanswered };
            let (at, power_cut) = (self.random.below(4 * size), self.random.below(2) == 0);
            self.deployment.faults().plan(Plan { point, at, how, power_cut });
        }
        let statuses = self.send(&round);
        self.deployment.faults().reset();
        if self.random.below(3) == 0 {
            self.deployment.restart();
        }
        self.deployment.audit();
        if self.random.below(3) > 0 {
            self.deployment.ring_until_quiet();
        }
        // Everybody who was told that it was our fault sends the same form again.
        let again: Vec<_> =
            round.into_iter().zip(&statuses).filter(|(_, status)| **status == 500).map(|(sent, _)| sent).collect();
        let statuses = self.send(&again);
        assert!(!statuses.contains(&500), "MEGURI_SEED={}: {:?}", self.seed, self.deployment.log());
        let due = SqlCohelp(self.deployment.database(Object::Town)).next_due().unwrap();
        let alarm = self.deployment.alarm(Object::Town);
        let wakes = due.is_none_or(|due| alarm.is_some_and(|alarm| alarm <= due));
        assert!(wakes, "MEGURI_SEED={}: due at {due:?}, woken at {alarm:?}", self.seed);
    }

    fn is_settled(&self) {
        let (seed, books) = (self.seed, self.deployment.audit());
        assert_eq!(self.deployment.waiting_parcels(), 0, "MEGURI_SEED={seed}");
        assert_eq!(self.deployment.count(Object::Town, "cohelp_outbox"), 0, "MEGURI_SEED={seed}");
        let mut agreed = BTreeSet::new();
        for job in self.deployment.jobs() {
            match &job.state {
                State::Agreed(going) | State::Disputed(going, _) => assert!(agreed.insert(going.agreement.hold)),
                State::Agreeing(_) | State::Paying(..) | State::Cancelling { .. } => {
                    panic!("MEGURI_SEED={seed}: {job:?} is half done")
                }
                State::Open { .. } | State::Paid(_) | State::Cancelled { .. } | State::Expired { .. } => {}
            }
        }
        let open: BTreeSet<_> = books
            .iter()
            .flat_map(|book| &book.holds)
            .filter(|(_, hold)| hold.state == HoldState::Open)
            .map(|(id, _)| *id)
            .collect();
        assert_eq!(open, agreed, "MEGURI_SEED={seed}: points set aside are those of agreed jobs");
        let paid = self.deployment.jobs().iter().filter(|job| paid_out(&job.state)).count();
        let settled =
            books.iter().flat_map(|book| book.holds.values()).filter(|hold| hold.state == HoldState::Settled).count();
        assert_eq!(paid, settled, "MEGURI_SEED={seed}");
    }
}

/// Whether anything went to the helper.
fn paid_out(state: &State) -> bool {
    match state {
        State::Paid(_) => true,
        State::Cancelled { compensation, .. } => !compensation.is_zero(),
        _ => false,
    }
}

#[test]
fn a_storm_of_acts_and_faults_leaves_the_books_in_order() {
    storms(&town(Deployment::new()));
}

#[test]
fn a_storm_leaves_four_books_in_order_as_well() {
    storms(&town(Deployment::in_books(4)));
}

fn storms(town: &(Deployment, Vec<Resident>, Resident)) {
    let (mut random, first) = Random::new();
    println!("MEGURI_SEED={first}");
    let mut words = BTreeSet::new();
    for _ in 0..6 {
        let mut storm = start(town, random.next());
        for _ in 0..ROUNDS {
            storm.round();
        }
        storm.deployment.ring_until_quiet();
        storm.is_settled();
        words.extend(storm.deployment.jobs().iter().map(|job| job.state.word()));
        // Four weeks later nothing is set aside any more.
        storm.deployment.wait(40 * 86_400);
        storm.deployment.ring_until_quiet();
        storm.is_settled();
        assert!(storm.deployment.jobs().iter().all(|job| job.state.is_final()));
    }
    assert!(words.is_superset(&BTreeSet::from(["agreed", "cancelled", "open", "paid"])), "{words:?}");
}
