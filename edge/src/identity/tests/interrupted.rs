//! Faults while somebody joins: whatever fails, they can begin again, and there is one of them.

use shared::wire::{Tell, Told};

use crate::testing::{Browser, Card, Deployment, How, ORIGIN, Plan, Point, visitor};

use super::kept;

/// Joins and signs in, as far as it goes; nothing in here may panic.
fn try_to_join(deployment: &Deployment, browser: &mut Browser) -> Option<()> {
    let sent = browser.post("/join", &[]);
    let url = sent.header("location").filter(|_| sent.status == 303)?.to_owned();
    let back = deployment.issuer().authorize(&url, &Card::of(1)).strip_prefix(ORIGIN)?.to_owned();
    let returned = browser.get(&back);
    let to = returned.header("location").filter(|_| returned.status == 303)?.to_owned();
    if to == "/join/passkey" {
        let Told::Options(options) = browser.try_tell(&Tell::StartPasskey)? else { return None };
        let credential = browser.device.create(&options, ORIGIN).ok()?;
        browser.try_tell(&Tell::FinishPasskey { credential, name: "スマホ".to_owned() })?;
    }
    let Told::Options(options) = browser.try_tell(&Tell::StartSignIn)? else { return None };
    let credential = browser.device.get(&options, ORIGIN).ok()?;
    let told = browser.try_tell(&Tell::FinishSignIn { credential, next: String::new() })?;
    matches!(told, Told::Entered { .. }).then_some(())
}

#[test]
fn one_person_comes_of_it_whatever_fails() {
    let mut runs = 0;
    for point in [Point::Call, Point::Send, Point::Write] {
        for how in [How::Undone, How::Unanswered] {
            for power_cut in [false, true] {
                for at in 0.. {
                    let deployment = Deployment::new();
                    // Opened before, so that the faults meet the journey and not the migrations.
                    assert_eq!(Browser::new(&deployment, 9).get("/readyz").status, 200);
                    let plan = Plan { point, at, how, power_cut };
                    deployment.faults().plan(plan);
                    let mut browser = Browser::new(&deployment, 1);
                    let mut tries = 1;
                    while try_to_join(&deployment, &mut browser).is_none() {
                        deployment.restart();
                        tries += 1;
                        assert!(tries <= 3, "{plan:?}: {:?}", deployment.log());
                    }
                    let met = !deployment.faults().is_planned();
                    deployment.faults().reset();
                    let found = visitor(&deployment, &browser).expect("signed in");
                    assert_eq!(kept(&deployment)[0], 1, "{plan:?}");
                    assert_eq!(found.name.as_str(), Card::of(1).name);
                    if !met {
                        break;
                    }
                    runs += 1;
                }
            }
        }
    }
    assert!(runs > 60, "{runs} faults were met");
}
