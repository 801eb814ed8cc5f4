//! The Town object: its clock in the demo, its alarms.

use shared::wire::{TownAnswer, TownCall};

use crate::testing::{Deployment, Resident};
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
    for (page, registry, ledger, town) in
        [("/", 1, 1, 1), ("/help", 1, 0, 1), ("/help/new", 1, 1, 1), ("/wallet", 1, 1, 0), ("/me", 1, 0, 0)]
    {
        let count = || Object::ALL.map(|object| deployment.calls(object));
        let before = count();
        assert_eq!(resident.browser.get(page).status, 200);
        let after = count();
        assert_eq!([0, 1, 2].map(|at| after[at] - before[at]), [registry, ledger, town], "{page}");
    }
}
