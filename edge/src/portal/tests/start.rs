//! The first start: migrations and the budgets' funds, once, whatever fails in between.

use crate::sql::{Migration, Sql, migrate, native::NativeSql};
use crate::testing::{Browser, Deployment, How, Plan, Point};

fn is_ready(deployment: &Deployment) -> bool {
    Browser::new(deployment, 1).get("/readyz").status == 200
}

#[test]
fn a_start_that_fails_anywhere_is_made_up_by_the_next() {
    let calm = Deployment::unopened();
    assert!(is_ready(&calm));
    let writes = calm.faults().seen(Point::Write);
    assert!(writes > 30, "{writes} writes");
    for at in 0..writes {
        for (how, power_cut) in [(How::Undone, false), (How::Undone, true), (How::Unanswered, true)] {
            let deployment = Deployment::unopened();
            let plan = Plan { point: Point::Write, at, how, power_cut };
            deployment.faults().plan(plan);
            assert!(!is_ready(&deployment), "{plan:?}");
            deployment.restart();
            assert!(is_ready(&deployment), "{plan:?}: {:?}", deployment.log());
            assert!(deployment.dump() == calm.dump(), "{plan:?}");
        }
    }
}

#[test]
fn migrations_run_once_and_in_their_order() {
    let sql = NativeSql::in_memory();
    let first: Migration = ("0001_a", "CREATE TABLE a (x INTEGER);\nINSERT INTO a VALUES (1);\n");
    let second: Migration = ("0002_b", "-- doubles\nUPDATE a SET x = x * 2;\n");
    let value = || sql.exec("SELECT x FROM a", &[]).unwrap()[0].integer(0).unwrap();
    for _ in 0..3 {
        migrate(&sql, &[first]).unwrap();
        assert_eq!(value(), 1);
    }
    for _ in 0..3 {
        migrate(&sql, &[first, second]).unwrap();
        assert_eq!(value(), 2);
    }
    let broken: Migration = ("0003_c", "UPDATE a SET x = 9;\nINSERT INTO nowhere VALUES (1);\n");
    assert!(migrate(&sql, &[first, second, broken]).is_err());
    assert_eq!(value(), 2, "a migration is done whole or not at all");
}
