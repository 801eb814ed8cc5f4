//! The Town object: its clock in the demo, its alarms.

use shared::kernel::{JobId, Role};
use shared::wire::{Page, TownAnswer, TownCall};

use crate::testing::{Deployment, Resident, act, ask, choose, offer_id};
use crate::world::Object;

#[test]
fn the_demos_clock_moves_every_object_and_outlives_a_restart() {
    let deployment = Deployment::demo();
    let mut resident = Resident::join(&deployment, 1);
    assert_eq!(resident.browser.post("/demo/clock", &[("offset_seconds", "3599")]).status, 200);
    assert_eq!(resident.browser.get("/wallet").status, 200);
    deployment.restart();
    assert_eq!(resident.browser.get("/wallet").status, 200);
    assert_eq!(resident.browser.post("/demo/clock", &[("offset_seconds", "90000")]).status, 200);
    deployment.restart();
    assert_eq!(resident.browser.get("/wallet").status, 303, "the session has ended in the meantime");
}

#[test]
fn outside_the_demo_no_object_moves_its_clock() {
    let deployment = Deployment::new();
    let call = shared::wire::encode(&TownCall::SetClock(5)).unwrap();
    assert!(futures_executor::block_on(crate::world::World::call(&deployment.world, Object::Town, call)).is_err());
    assert_eq!(deployment.call::<_, TownAnswer>(Object::Town, &TownCall::Ready), TownAnswer::Done);
}

#[test]
fn pages_ask_each_neighbour_once() {
    let deployment = Deployment::new();
    let mut resident = Resident::join(&deployment, 1);
    // The form of a request also asks for its draft.
    for (page, registry, ledger, town) in
        [("/", 1, 1, 1), ("/help", 1, 0, 1), ("/help/new", 2, 1, 1), ("/wallet", 1, 1, 0), ("/me", 1, 0, 0)]
    {
        let count = || Object::ALL.map(|object| deployment.calls(object));
        let before = count();
        assert_eq!(resident.browser.get(page).status, 200);
        let after = count();
        assert_eq!([0, 1, 2].map(|at| after[at] - before[at]), [registry, ledger, town], "{page}");
    }
}

#[test]
fn home_is_found_in_one_round_for_whoever_was_seen_and_for_nobody_who_left() {
    let deployment = Deployment::new();
    let home = |session| match deployment.call(Object::Town, &TownCall::Home { session }) {
        TownAnswer::Home(page) => page,
        other => panic!("{other:?}"),
    };
    let mut residents: Vec<_> = (1..=3).map(|number| Resident::join(&deployment, number)).collect();
    let sessions: Vec<_> = residents.iter().map(|who| who.browser.session().unwrap().session()).collect();
    for _ in 0..2 {
        for (who, &session) in residents.iter().zip(&sessions) {
            let before = deployment.calls(Object::Registry);
            let Page::Here(page) = home(session) else { panic!("signed out") };
            assert_eq!(page.visitor.actor.person, who.person);
            assert_eq!(deployment.calls(Object::Registry) - before, 1);
        }
    }
    residents[1].browser.post("/signout", &[]);
    let signed_out: Vec<_> = sessions.iter().map(|&session| matches!(home(session), Page::SignedOut)).collect();
    assert_eq!(signed_out, [false, true, false]);
}

#[test]
fn many_forms_at_once_ask_the_neighbours_in_few_errands() {
    let deployment = Deployment::new();
    let resident = Resident::join(&deployment, 1);
    let before = Object::ALL.map(|object| deployment.calls(object));
    let asked = (0..64).map(|_| {
        let mut browser = resident.browser.clone();
        async move {
            let request = browser.request(crate::http::Method::Get, "/help/new");
            browser.send(request).await.status
        }
    });
    let statuses = futures_executor::block_on(futures_util::future::join_all(asked));
    assert_eq!(statuses, vec![200; 64]);
    let after = Object::ALL.map(|object| deployment.calls(object));
    let [registry, ledger, town] = [0, 1, 2].map(|at| after[at] - before[at]);
    assert_eq!(town, 64);
    // Drafts are asked for one by one: each is for a page of its own.
    assert!(registry <= 64 + 4 && ledger <= 4, "{registry} and {ledger} errands");
}

#[test]
fn more_requests_than_one_round_takes_expire_in_one_ring() {
    let deployment = Deployment::new();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    for number in 1..=6u64 {
        let mut resident = Resident::join(&deployment, number as u32);
        assert_eq!(officer.grant(&resident, 100, number).status, 303);
        for job in 0..10 {
            assert_eq!(ask(&mut resident, 10, 1_000 * number + job).status, 303);
        }
    }
    let ends = deployment.alarm(Object::Town).unwrap();
    deployment.set_now(ends);
    deployment.ring(Object::Town).unwrap();
    let words: Vec<_> = deployment.jobs().iter().map(|job| job.state.word()).collect();
    assert_eq!(words, vec!["expired"; 60]);
    assert_eq!(deployment.alarm(Object::Town), None);
}

/// The names on a job's page, as that person sees it.
fn names(deployment: &Deployment, who: &Resident, job: JobId) -> Option<Vec<String>> {
    let session = who.browser.session().unwrap().session();
    match deployment.call(Object::Town, &TownCall::Job { session, call: None, job }) {
        TownAnswer::Job(answer) => match *answer {
            Page::Here(page) => {
                let mut names: Vec<_> = page.named.0.iter().map(|(_, name)| name.as_str().to_owned()).collect();
                names.sort();
                Some(names)
            }
            _ => None,
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn full_names_are_for_two_who_agreed() {
    let deployment = Deployment::new();
    let mut officer = Resident::staff(&deployment, Role::Officer);
    let [mut requester, mut helper, mut other, stranger] =
        [1, 2, 3, 4].map(|number| Resident::join(&deployment, number));
    officer.grant(&requester, 100, 1);
    assert_eq!(ask(&mut requester, 10, 20).status, 303);
    let job = deployment.jobs()[0].id;
    assert_eq!(act(&mut helper, job, "offer", &[], 21).status, 303);
    assert_eq!(act(&mut other, job, "offer", &[], 22).status, 303);
    let family = |who: &Resident| who.card.as_ref().unwrap().name.split(' ').next().unwrap().to_owned();
    let full = |who: &Resident| who.card.as_ref().unwrap().name.clone();
    for who in [&requester, &helper, &other, &stranger] {
        for name in names(&deployment, who, job).unwrap() {
            assert!([&requester, &helper, &other].into_iter().any(|known| family(known) == name), "{name}");
        }
    }
    assert_eq!(names(&deployment, &stranger, job).unwrap(), [family(&requester)]);
    assert_eq!(choose(&mut requester, job, offer_id(21), 23).status, 303);
    for who in [&requester, &helper] {
        let seen = names(&deployment, who, job).unwrap();
        assert!(seen.contains(&full(&requester)) && seen.contains(&full(&helper)), "{seen:?}");
        assert!(!seen.contains(&full(&other)), "{seen:?}");
    }
    // Who offered still finds the request, and learns nothing new.
    let mut seen_before = [family(&requester), family(&other)];
    seen_before.sort();
    assert_eq!(names(&deployment, &other, job).unwrap(), seen_before);
    for who in [&stranger, &officer] {
        assert_eq!(names(&deployment, who, job), None);
    }
}
