//! A new sealing key while people live with the old one.

use shared::kernel::Role;

use crate::sql::{Sql as _, Value};
use crate::testing::{Browser, Deployment, How, Plan, Point, Resident};
use crate::world::Object;

use super::page;

fn key(byte: &str) -> String {
    byte.repeat(32)
}

fn column(deployment: &Deployment, text: &str) -> Vec<Value> {
    let rows = deployment.database(Object::Registry).exec(text, &[]).unwrap();
    rows.into_iter().flat_map(|row| row.0).collect()
}

/// How many rows are sealed under each key: number, count.
fn sealed_under(deployment: &Deployment) -> Vec<(Vec<u8>, i64)> {
    let text = "SELECT substr(sealed, 1, 1) AS key, count(*) FROM \
                (SELECT sealed FROM person UNION ALL SELECT sealed FROM log \
                UNION ALL SELECT sealed FROM telephone) GROUP BY key ORDER BY key";
    let rows = deployment.database(Object::Registry).exec(text, &[]).unwrap();
    rows.iter().map(|row| (row.blob(0).unwrap().to_vec(), row.integer(1).unwrap())).collect()
}

fn resealing(deployment: &Deployment) -> bool {
    let (status, text) = page(&mut Browser::new(deployment, 900), "/readyz");
    assert_eq!(status, 200, "{:?}", deployment.log());
    text.contains(r#""resealing":true"#)
}

/// People with a log, one of them long enough for several batches.
fn town() -> (Deployment, Vec<Resident>) {
    let deployment = Deployment::new();
    let mut people: Vec<_> = (1..=5).map(|number| Resident::join(&deployment, number)).collect();
    people.push(Resident::staff(&deployment, Role::Officer));
    let mut operator = Resident::staff(&deployment, Role::Operator);
    for (at, person) in people.iter().take(5).enumerate() {
        let call = format!("/desk/call/{}", operator.call_of(person, 800 + at as u64));
        let telephone = format!("0957-00-{at:04}");
        assert_eq!(operator.browser.post(&call, &[("act", "telephone"), ("telephone", &telephone)]).status, 303);
    }
    for _ in 0..420 {
        people[2].browser.sign_in("/").unwrap();
    }
    (deployment, people)
}

fn everybody_reads(people: &mut [Resident]) {
    for person in people {
        for path in ["/me", "/me/log"] {
            assert_eq!(page(&mut person.browser, path).0, 200, "{path}");
        }
    }
}

#[test]
fn everything_comes_under_the_new_key_and_the_old_one_can_go() {
    let (deployment, mut people) = town();
    let before = column(&deployment, "SELECT hash FROM log");
    deployment.ring_until_quiet();
    assert!(!resealing(&deployment));
    deployment.set_seal_keys(format!("2:{},1:{}", key("07"), key("06")));
    deployment.restart();
    assert!(resealing(&deployment));
    // Under both keys at once, people notice nothing.
    everybody_reads(&mut people);
    Resident::join(&deployment, 9);
    deployment.ring_until_quiet();
    assert!(!resealing(&deployment));
    assert!(matches!(sealed_under(&deployment)[..], [(ref number, rows)] if *number == [2] && rows > 430));
    deployment.set_seal_keys(format!("2:{}", key("07")));
    deployment.restart();
    everybody_reads(&mut people);
    // The chain is what it was.
    let after = column(&deployment, "SELECT hash FROM log");
    assert!(before.iter().all(|hash| after.contains(hash)));
}

#[test]
fn a_key_that_is_still_needed_cannot_go() {
    let (deployment, mut people) = town();
    for keys in [format!("2:{}", key("07")), format!("3:{},2:{}", key("08"), key("07"))] {
        deployment.set_seal_keys(keys);
        deployment.restart();
        assert_eq!(people[0].browser.get("/me").status, 500);
        assert!(
            deployment.log().iter().any(|line| line.contains("still sealed under key 1")),
            "{:?}",
            deployment.log()
        );
    }
    deployment.set_seal_keys(format!("3:{},1:{}", key("08"), key("06")));
    deployment.restart();
    everybody_reads(&mut people);
}

#[test]
fn going_back_half_way_loses_nothing() {
    let (deployment, mut people) = town();
    deployment.set_seal_keys(format!("2:{},1:{}", key("07"), key("06")));
    deployment.restart();
    assert!(resealing(&deployment));
    deployment.ring(Object::Registry).unwrap();
    assert_eq!(sealed_under(&deployment).len(), 2);
    deployment.set_seal_keys(format!("1:{},2:{}", key("06"), key("07")));
    deployment.restart();
    deployment.ring_until_quiet();
    assert!(!resealing(&deployment));
    deployment.set_seal_keys(key("06"));
    deployment.restart();
    everybody_reads(&mut people);
    assert_eq!(sealed_under(&deployment).len(), 1);
}

#[test]
fn wherever_the_power_is_cut_it_goes_on() {
    let (town, _) = town();
    town.set_seal_keys(format!("2:{},1:{}", key("07"), key("06")));
    let mut cuts = 0;
    for how in [How::Undone, How::Unanswered] {
        // Few of the many like writes, all of the others.
        for at in (0..).step_by(7) {
            let deployment = town.fork();
            deployment.set_seal_keys(format!("2:{},1:{}", key("07"), key("06")));
            assert!(resealing(&deployment));
            deployment.faults().plan(Plan { point: Point::Write, at, how, power_cut: true });
            deployment.ring_until_quiet();
            let met = !deployment.faults().is_planned();
            deployment.faults().reset();
            deployment.restart();
            resealing(&deployment);
            deployment.ring_until_quiet();
            deployment.set_seal_keys(format!("2:{}", key("07")));
            deployment.restart();
            assert!(!resealing(&deployment), "{how:?} {at}");
            assert_eq!(sealed_under(&deployment)[0].0, [2]);
            assert_eq!(sealed_under(&deployment).len(), 1);
            if !met {
                break;
            }
            cuts += 1;
        }
    }
    assert!(cuts > 60, "{cuts} cuts");
}

#[test]
fn a_row_that_does_not_open_stops_the_rotation_and_not_the_people() {
    let (deployment, mut people) = town();
    deployment.database(Object::Registry).exec("UPDATE log SET sealed = zeroblob(40) WHERE seq = 300", &[]).unwrap();
    deployment.set_seal_keys(format!("2:{},1:{}", key("07"), key("06")));
    deployment.restart();
    assert!(resealing(&deployment));
    while deployment.ring(Object::Registry).is_ok() {}
    assert!(deployment.log().is_empty() || deployment.log().iter().all(|line| !line.contains("花子")));
    assert!(resealing(&deployment));
    assert_eq!(page(&mut people[0].browser, "/me").0, 200);
    let kept: Vec<Value> = column(&deployment, "SELECT number FROM seal_key");
    assert_eq!(kept.len(), 2);
}
