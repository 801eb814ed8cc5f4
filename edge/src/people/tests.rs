use futures_executor::block_on;
use futures_util::future::join_all;
use shared::kernel::{MemberNumber, PersonId};

use super::*;
use crate::testing::{Deployment, Resident};

#[test]
fn each_gets_back_what_it_asked_for() {
    let deployment = Deployment::new();
    let world = deployment.world_of(Object::Town);
    let [one, two] = [1, 2].map(|number| Resident::join(&deployment, number));
    let session = |who: &Resident| who.browser.session().unwrap().session();
    let nobody = (SessionId::from_bytes([9; 16]), MemberNumber::from_random(9), PersonId::from_bytes([9; 16]));
    let looks = vec![
        Look { sessions: vec![session(&one)], ..Look::default() },
        Look::default(),
        Look { sessions: vec![nobody.0, session(&two)], members: vec![one.member, nobody.1], ..Look::default() },
        Look { people: vec![two.person, nobody.2, one.person], ..Look::default() },
        Look {
            sessions: vec![session(&two)],
            members: vec![two.member],
            people: vec![one.person],
            glances: vec![session(&one)],
        },
    ];
    let before = deployment.calls(Object::Registry);
    let seen = block_on(errand(&world, looks.clone())).unwrap();
    assert_eq!(deployment.calls(Object::Registry) - before, 1);
    let alone = looks.into_iter().map(|look| block_on(errand(&world, vec![look])).unwrap().remove(0));
    assert_eq!(seen, alone.collect::<Vec<_>>());
    let persons = |seen: &Seen| -> Vec<_> {
        seen.sessions.iter().map(|found| found.as_ref().map(|visitor| visitor.actor.person)).collect()
    };
    assert_eq!(persons(&seen[2]), [None, Some(two.person)]);
    assert_eq!(seen[2].members[0].as_ref().map(|(person, _)| *person), Some(one.person));
    assert_eq!(seen[3].people.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, true]);
}

#[test]
fn many_visitors_at_once_are_one_errand() {
    let deployment = Deployment::new();
    let world = deployment.world_of(Object::Town);
    let residents: Vec<_> = (1..=4).map(|number| Resident::join(&deployment, number)).collect();
    let people = People::default();
    let before = deployment.calls(Object::Registry);
    let asked = (0..64).map(|number| {
        let who = &residents[number % residents.len()];
        let session = who.browser.session().unwrap().session();
        let (people, world) = (&people, &world);
        async move { people.visitor(world, session).await.unwrap().unwrap().actor.person == who.person }
    });
    assert!(block_on(join_all(asked)).into_iter().all(|own| own));
    assert_eq!(deployment.calls(Object::Registry) - before, 1);
}

#[test]
fn nobody_is_asked_about_nobody() {
    let deployment = Deployment::new();
    let world = deployment.world_of(Object::Town);
    assert_eq!(block_on(People::default().names(&world, Vec::new())), Ok(Vec::new()));
    assert_eq!(deployment.calls(Object::Registry), 0);
}
