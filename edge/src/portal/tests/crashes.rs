//! A whole journey, once for every point at which something can fail: it always comes to the same.

use shared::kernel::{JobId, Timestamp};

use crate::http::Response;
use crate::testing::{Deployment, Ending, How, Plan, Point, Resident, act, ask, choose, command, desk, offer_id};
use crate::world::Object;

use super::cohelp::{Town, report};

/// Sends a form until it is taken: after a page that says it was our fault the objects start anew, what waits for an
/// alarm is done, and the person sends the same form again.
fn insist(deployment: &Deployment, what: &str, mut send: impl FnMut() -> Response) {
    for _ in 0..4 {
        let status = send().status;
        if status != 500 {
            assert!(matches!(status, 200 | 303), "{what}: {status} {:?}", deployment.log());
            deployment.ring_until_quiet();
            deployment.restart_if_asked();
            // A power cut behind the answer.
            if deployment.faults().check_power().is_err() {
                deployment.restart();
                deployment.ring_until_quiet();
            }
            return;
        }
        deployment.restart();
        deployment.ring_until_quiet();
    }
    panic!("{what} was never taken: {:?}", deployment.log());
}

/// The job of a request sent under that command id.
fn job_of(number: u64) -> JobId {
    JobId::derive("cohelp.ask", &u128::from(number).to_be_bytes())
}

fn agree(town: &mut Town, number: u64) -> JobId {
    let (deployment, job) = (&town.deployment, job_of(number));
    insist(deployment, "ask", || ask(&mut town.requester, 200, number));
    insist(deployment, "offer", || act(&mut town.helpers[0], job, "offer", &[("note", "はい")], number + 1));
    insist(deployment, "choose", || choose(&mut town.requester, job, offer_id(number + 1), number + 2));
    job
}

fn ring_at(deployment: &Deployment, at: Timestamp) {
    deployment.set_now(at);
    // The runtime tries again until a ring succeeds.
    deployment.ring_until_quiet();
}

/// Points granted and paid; one job paid for and thanked, one called off, one that lapses, one that expires.
fn journey(town: &mut Town) {
    let payee = town.helpers[1].clone();
    insist(&town.deployment, "grant", || town.officer.grant(&payee, 50, 900));
    insist(&town.deployment, "pay", || town.requester.pay(&payee, 70, 901));
    insist(&town.deployment, "wallet", || town.requester.browser.get("/wallet"));

    let (paid, called_off, lapsing) = (agree(town, 100), agree(town, 200), agree(town, 300));
    insist(&town.deployment, "ask alone", || ask(&mut town.requester, 30, 400));
    insist(&town.deployment, "cancel", || act(&mut town.requester, called_off, "cancel", &[("costs", "40")], 210));
    insist(&town.deployment, "home", || town.requester.browser.get("/"));

    let window = town.deployment.job(paid).request.window;
    begin(town, paid, 100);
    let deployment = &town.deployment;
    insist(deployment, "helper reports", || report(&mut town.helpers[0], paid, 110));
    insist(deployment, "requester reports", || report(&mut town.requester, paid, 111));
    insist(deployment, "page", || town.requester.browser.get(&format!("/help/{paid}")));
    insist(deployment, "thanks", || act(&mut town.requester, paid, "thank", &[("rating", "5")], 112));
    insist(deployment, "thanks back", || act(&mut town.helpers[0], paid, "thank", &[("rating", "4")], 113));

    let rated = [("satisfaction", "4"), ("words", "ありがとう")];
    insist(deployment, "satisfaction", || act(&mut town.requester, paid, "rate", &rated, 114));
    insist(deployment, "read", || desk(&mut town.operator, paid, "read", &[("side", "requester")], 115));

    ring_at(&town.deployment, window.ends().plus_seconds(1));
    ring_at(&town.deployment, town.deployment.job(lapsing).silent_from().plus_seconds(1));
    ring_at(&town.deployment, town.deployment.job(lapsing).lapses_at().plus_seconds(1));
}

/// From the agreement to the door.
fn begin(town: &mut Town, job: JobId, number: u64) {
    let deployment = &town.deployment;
    insist(deployment, "introduction", || desk(&mut town.operator, job, "introduce", &[("fits", "yes")], number + 5));
    insist(deployment, "notice", || act(&mut town.helpers[0], job, "notify", &[], number + 6));
    let code = town.code(job);
    insist(deployment, "check-in", || act(&mut town.helpers[0], job, "check-in", &[("code", &code)], number + 7));
}

fn undisturbed(town: &Town) -> (Ending, [usize; 2]) {
    let mut calm = town.fork();
    assert_eq!(calm.requester.browser.get("/readyz").status, 200);
    calm.deployment.faults().reset();
    journey(&mut calm);
    let seen = [Point::Call, Point::Write].map(|point| calm.deployment.faults().seen(point));
    let ending = calm.deployment.ending();
    assert_eq!((ending.waiting, ending.parcels), (0, 0));
    assert_eq!(calm.deployment.log(), Vec::<String>::new());
    (ending, seen)
}

/// Runs the journey with one fault; how far it got does not matter, only what it came to.
fn disturbed(town: &Town, plan: Plan, ending: &Ending) {
    let mut run = town.fork();
    assert_eq!(run.requester.browser.get("/readyz").status, 200);
    run.deployment.faults().plan(plan);
    journey(&mut run);
    assert!(!run.deployment.faults().is_planned(), "{plan:?} never happened");
    assert_eq!(run.deployment.ending(), *ending, "{plan:?}: {:?}", run.deployment.log());
}

fn every_fault(point: Point, power_cut: bool) {
    every_fault_in(&Town::with_points(1_000), point, power_cut);
}

fn every_fault_in(town: &Town, point: Point, power_cut: bool) {
    let (ending, [calls, writes]) = undisturbed(town);
    assert!(ending.jobs.values().map(|(state, ..)| *state).eq(expected(&ending)), "{:?}", ending.jobs);
    let count = if point == Point::Call { calls } else { writes };
    assert!(count > 60, "{count} points");
    println!("{count} points of {point:?}");
    for at in 0..count {
        for how in [How::Undone, How::Unanswered] {
            disturbed(town, Plan { point, at, how, power_cut }, &ending);
        }
    }
}

/// What each job of the journey comes to, in the order of their ids.
fn expected(ending: &Ending) -> Vec<&'static str> {
    let known = [(100, "paid"), (200, "cancelled"), (300, "cancelled"), (400, "expired")];
    let of = |id: &JobId| known.iter().find(|(number, _)| job_of(*number) == *id).map(|(_, state)| *state).unwrap();
    ending.jobs.keys().map(of).collect()
}

#[test]
fn a_call_that_fails_changes_nothing_in_the_end() {
    every_fault(Point::Call, false);
}

#[test]
fn the_power_gone_at_a_call_changes_nothing_in_the_end() {
    every_fault(Point::Call, true);
}

#[test]
fn a_write_that_fails_changes_nothing_in_the_end() {
    every_fault(Point::Write, false);
}

#[test]
fn the_power_gone_at_a_write_changes_nothing_in_the_end() {
    every_fault(Point::Write, true);
}

#[test]
fn nothing_is_lost_or_doubled_between_four_books_whatever_fails() {
    let town = Town::in_four_books(1_000);
    for point in [Point::Call, Point::Write] {
        for power_cut in [false, true] {
            every_fault_in(&town, point, power_cut);
        }
    }
}

/// Two faults in one journey, anywhere.
#[test]
fn two_faults_change_nothing_in_the_end() {
    let town = Town::with_points(1_000);
    let (ending, [calls, writes]) = undisturbed(&town);
    let (mut random, seed) = crate::identity::oidc::fixture::Random::new();
    for run in 0..60 {
        let mut plan = || {
            let (point, count) = if random.below(2) == 0 { (Point::Call, calls) } else { (Point::Write, writes) };
            let how = if random.below(2) == 0 { How::Undone } else { How::Unanswered };
            Plan { point, at: random.below(count), how, power_cut: random.below(2) == 0 }
        };
        let plans = [plan(), plan()];
        let mut run_of = town.fork();
        run_of.deployment.faults().plan(plans[0]);
        run_of.deployment.faults().then(plans[1]);
        journey(&mut run_of);
        assert_eq!(run_of.deployment.ending(), ending, "MEGURI_SEED={seed} run {run}: {plans:?}");
    }
}

#[test]
fn a_restart_between_any_two_forms_changes_nothing() {
    let town = Town::with_points(1_000);
    let (ending, _) = undisturbed(&town);
    let mut run = town.fork();
    run.deployment.always_restart();
    journey(&mut run);
    assert_eq!(run.deployment.ending(), ending);
}

#[test]
fn a_repeated_journey_adds_nothing() {
    let town = Town::with_points(1_000);
    let mut run = town.fork();
    let payee: Resident = run.helpers[1].clone();
    for _ in 0..100 {
        assert_eq!(run.requester.pay(&payee, 3, 5).status, 303);
    }
    assert_eq!(run.deployment.points(payee.account()), (3, 3));
    assert_eq!(command(5).len(), 26);
    assert_eq!(run.deployment.calls(Object::LEDGER), 100);
}

type SendForm = Box<dyn Fn(&mut Town, JobId)>;

/// The acts that move points, each on a job that is ready for it.
fn acts_that_move_points() -> Vec<(Town, JobId, SendForm)> {
    let agreed = || {
        let mut town = Town::with_points(1_000);
        let job = agree(&mut town, 100);
        (town, job)
    };
    let mut offered = Town::with_points(1_000);
    let job = job_of(100);
    assert_eq!(ask(&mut offered.requester, 200, 100).status, 303);
    assert_eq!(act(&mut offered.helpers[0], job, "offer", &[], 101).status, 303);
    let (mut reported, _) = agreed();
    begin(&mut reported, job, 100);
    assert_eq!(report(&mut reported.helpers[0], job, 110).status, 303);
    vec![
        (offered, job, Box::new(|town, job| drop(choose(&mut town.requester, job, offer_id(101), 102)))),
        (reported, job, Box::new(|town, job| drop(report(&mut town.requester, job, 111)))),
        (agreed().0, job, Box::new(|town, job| drop(act(&mut town.requester, job, "cancel", &[("costs", "40")], 112)))),
        (agreed().0, job, Box::new(|town, job| drop(act(&mut town.helpers[0], job, "cancel", &[], 113)))),
    ]
}

#[test]
fn what_was_begun_is_ended_though_nobody_comes_back() {
    let mut met = 0;
    for (town, job, send) in acts_that_move_points() {
        for (point, how) in [(Point::Call, How::Undone), (Point::Call, How::Unanswered), (Point::Write, How::Undone)] {
            for power_cut in [false, true] {
                for at in 0.. {
                    let mut run = town.fork();
                    assert_eq!(run.requester.browser.get("/readyz").status, 200);
                    let plan = Plan { point, at, how, power_cut };
                    run.deployment.faults().plan(plan);
                    send(&mut run, job);
                    if run.deployment.faults().is_planned() {
                        break;
                    }
                    met += 1;
                    run.deployment.restart();
                    run.deployment.ring_until_quiet();
                    let ending = run.deployment.ending();
                    assert_eq!(ending.waiting, 0, "{plan:?}");
                    let word = ending.jobs[&job].0;
                    assert!(matches!(word, "open" | "agreed" | "paid" | "cancelled"), "{plan:?}: {word}");
                }
            }
        }
    }
    assert!(met > 60, "{met} faults were met");
}
