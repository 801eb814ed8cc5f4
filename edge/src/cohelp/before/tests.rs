use shared::cohelp::Store;
use shared::cohelp::fixture::{TODAY, conditions, job, person, points, request};
use shared::kernel::Line;

use super::*;
use crate::cohelp::store;
use crate::sql::native::NativeSql;

/// Before the window of the rows, which begins at two.
const NOON: Timestamp = TODAY.at_minute(12 * 60);

/// Written by the build before: the word of the state, and the body.
const ROWS: &str = include_str!("rows.txt");
/// Written by the one after that.
const ROWS_3: &str = include_str!("rows_3.txt");
/// Written by the one after that, which knew of languages.
const ROWS_4: &str = include_str!("rows_4.txt");

fn bytes(hex: &str) -> Vec<u8> {
    hex.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// A database of the build before, with its rows.
fn database() -> NativeSql {
    let sql = NativeSql::in_memory();
    store::open(&sql, NOON).unwrap();
    for (number, row) in (1..).zip(ROWS.lines()) {
        let (word, body) = row.split_once(' ').unwrap();
        let id = job(number).as_bytes().as_slice().into();
        sql.exec(
            "INSERT INTO job (id, state, requester, area, day, window_end, posted, body) VALUES (?, ?, x'00', '', 0, 0, 0, ?)",
            &[id, word.into(), bytes(body).into()],
        )
        .unwrap();
    }
    sql
}

fn found(sql: &NativeSql, number: u64) -> Job {
    SqlCohelp(sql).job(job(number)).unwrap().unwrap().0
}

#[test]
fn every_state_of_before_is_one_of_now() {
    let sql = database();
    store::open(&sql, NOON).unwrap();
    let now = NOON;
    for (number, row) in (1..).zip(ROWS.lines()) {
        let job = found(&sql, number);
        assert_eq!(row.split(' ').next(), Some(job.state.word()));
        assert_eq!((job.requester, job.request.reward, job.posted_at), (person(1), points(500), now));
        assert_eq!(job.conditions.fee_percent, 5);
        assert_eq!(job.cancel_costs(Side::Requester, job.request.window.starts()), Points::ZERO, "nobody was told");
        assert_eq!(job.waits_for_centre(), None);
    }
    assert!(matches!(found(&sql, 1).state, State::Open { missing: Some(missing), .. } if missing == points(3)));
    let State::Agreed(agreed) = found(&sql, 4).state else { panic!() };
    assert_eq!(agreed.reports.helper.map(|report| report.outcome), Some(Outcome::Done { minutes: 60 }));
    assert!(matches!(agreed.check_in, CheckIn::Done(_)) && agreed.agreement.helper == person(2));
    let State::Agreed(agreed) = found(&sql, 3).state else { panic!() };
    assert_eq!(agreed.check_in, CheckIn::Waiting, "there is time for the door");
    let State::Paid(paid) = found(&sql, 6).state else { panic!() };
    assert_eq!((paid.gave, paid.fee, paid.paid_at), (points(500), points(25), now.plus_seconds(61)));
    assert_eq!(paid.thanks_by_requester.and_then(|thanks| thanks.message).unwrap().as_str(), "たすかりました");
    let State::Cancelled { agreed: Some(_), ending, compensation } = found(&sql, 9).state else { panic!() };
    assert_eq!(ending, Ending::Cancelled { by: Side::Helper, at: now, reason: Line::parse("熱が出ました").ok() });
    assert!(compensation.is_zero());
    let dues = sql.exec("SELECT count(*) FROM job WHERE due IS NOT NULL", &[]).unwrap();
    assert_eq!(dues[0].integer(0), Ok(3), "open, and agreed twice");
}

#[test]
fn what_is_brought_up_stays() {
    let sql = database();
    store::open(&sql, NOON).unwrap();
    let once = sql.exec("SELECT * FROM job ORDER BY id", &[]).unwrap();
    store::open(&sql, NOON).unwrap();
    assert_eq!(sql.exec("SELECT * FROM job ORDER BY id", &[]).unwrap(), once);
    let left = sql.exec("SELECT count(*) FROM job WHERE form < 5", &[]).unwrap();
    assert_eq!(left[0].integer(0), Ok(0));
}

#[test]
fn where_the_time_is_past_nobody_had_a_door_to_come_through() {
    let sql = database();
    store::open(&sql, NOON.plus_seconds(86_400)).unwrap();
    let State::Agreed(agreed) = found(&sql, 3).state else { panic!() };
    assert!(matches!(agreed.check_in, CheckIn::Done(_)), "both can still say that it was done");
}

/// Rows in those forms, from the first job on.
fn later(rows: &str, forms: &[i64]) -> NativeSql {
    let sql = NativeSql::in_memory();
    store::open(&sql, NOON).unwrap();
    for ((number, form), row) in (1..).zip(forms).zip(rows.lines()) {
        let (word, body) = row.split_once(' ').unwrap();
        let id = job(number).as_bytes().as_slice().into();
        sql.exec(
            "INSERT INTO job (id, state, requester, area, day, window_end, posted, desk, form, body) \
             VALUES (?, ?, x'00', '', 0, 0, 0, ?, ?, ?)",
            &[id, word.into(), NOON.0.into(), (*form).into(), bytes(body).into()],
        )
        .unwrap();
    }
    store::open(&sql, NOON).unwrap();
    sql
}

/// Written by the build before requests named languages, of which the last one waited for the centre since a moment.
#[test]
fn what_named_no_language_is_in_japanese_and_what_waits_says_by_when() {
    let sql = later(ROWS_3, &[3, 3, 2]);
    for (number, row) in (1..).zip(ROWS_3.lines()) {
        let job = found(&sql, number);
        assert_eq!(row.split(' ').next(), Some(job.state.word()));
        assert_eq!(job.request, request(TODAY.plus(1), 500).unwrap());
        assert_eq!((job.posted_at, job.requester, job.conditions), (NOON, person(1), conditions()));
        let rows = sql.exec("SELECT desk, form FROM job WHERE id = ?", &[job.id.as_bytes().as_slice().into()]).unwrap();
        let due = job.due_at_centre().map(|due| due.0);
        assert_eq!((rows[0].integer(0).ok(), rows[0].integer(1)), (due, Ok(5)), "job {number}");
    }
    assert!(found(&sql, 3).due_at_centre().is_some_and(|due| due != NOON));
}

#[test]
fn where_nothing_was_asked_about_the_kind_nothing_is_answered() {
    let sql = later(ROWS_4, &[4, 4]);
    let languages = Languages::new([Language::English, Language::Japanese]).unwrap();
    let asked = Request { languages, ..request(TODAY.plus(1), 500).unwrap() };
    for (number, row) in (1..).zip(ROWS_4.lines()) {
        let job = found(&sql, number);
        assert_eq!((row.split(' ').next(), &job.request), (Some(job.state.word()), &asked));
    }
    assert!(matches!(found(&sql, 2).state, State::Agreeing(agreement) if agreement.helper == person(2)));
}
