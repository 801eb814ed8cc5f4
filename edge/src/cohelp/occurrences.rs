//! What happened in town, in SQL.

use shared::cohelp::{Counted, Occurred, Occurrence, People, Sum, Tally};
use shared::kernel::{Category, Fault, Month};

use crate::sql::{Row, Sql, Value};

use super::store::id;

pub(super) const LAST: &str = "SELECT max(number) FROM occurrence";
const SUMS: &str = "SELECT month, counted, category, count(*), sum(value), sum(points) FROM occurrence \
    GROUP BY month, counted, category";
pub(super) const PEOPLE: &str = "SELECT month, count(DISTINCT requester), count(DISTINCT helper) FROM occurrence \
    WHERE requester IS NOT NULL GROUP BY month";
/// Who helped whom long ago.
pub(super) const FORGET: &str =
    "UPDATE occurrence SET requester = NULL, helper = NULL WHERE requester IS NOT NULL AND month < ? + 0";

/// Writes one, and forgets who helped whom long ago.
pub(super) fn write<S: Sql>(sql: &S, occurrence: &Occurrence) -> Result<(), Fault> {
    let month = occurrence.at.month();
    sql.exec(FORGET, &[i64::from(Occurrence::people_since(month).0).into()])?;
    let (counted, category, Sum { count: _, value, points }) = occurrence.parts();
    let people = match occurrence.what {
        Occurred::Helped { requester, helper, .. } => [Some(requester), Some(helper)],
        _ => [None, None],
    };
    let [requester, helper] = people.map(|person| person.map(|person| id(person.as_bytes())).into());
    let category: Option<Value> = category.map(|category| category.word().into());
    sql.exec(
        "INSERT INTO occurrence (month, counted, category, value, points, requester, helper) VALUES (?, ?, ?, ?, ?, ?, ?)",
        &[
            i64::from(month.0).into(),
            counted.number().into(),
            category.into(),
            value.into(),
            points.into(),
            requester,
            helper,
        ],
    )?;
    Ok(())
}

/// The number of the last one; 0 before the first.
pub(super) fn last<S: Sql>(sql: &S) -> Result<u64, Fault> {
    let rows = sql.exec(LAST, &[])?;
    rows.first().filter(|row| !row.is_null(0)).map_or(Ok(0), |row| whole(row, 0))
}

/// All that happened: it reads every row.
pub(super) fn tally<S: Sql>(sql: &S) -> Result<Tally, Fault> {
    let sums = sql.exec(SUMS, &[])?.iter().map(sum).collect::<Result<_, _>>()?;
    let people = sql.exec(PEOPLE, &[])?.iter().map(people).collect::<Result<_, _>>()?;
    Ok(Tally { sums, people })
}

fn wrong(error: impl core::fmt::Display) -> Fault {
    Fault::new("cohelp.occurrence", error)
}

fn whole(row: &Row, index: usize) -> Result<u64, Fault> {
    u64::try_from(row.integer(index)?).map_err(wrong)
}

fn month(row: &Row) -> Result<Month, Fault> {
    i32::try_from(row.integer(0)?).map(Month).map_err(wrong)
}

/// What happened of one sort in a month.
type Line = ((Month, Counted, Option<Category>), Sum);

fn sum(row: &Row) -> Result<Line, Fault> {
    let counted = Counted::from_number(row.integer(1)?).ok_or_else(|| wrong("counts nothing"))?;
    let category = if row.is_null(2) { None } else { Some(row.text(2)?.parse().map_err(wrong)?) };
    let sum = Sum { count: whole(row, 3)?, value: whole(row, 4)?, points: whole(row, 5)? };
    Ok(((month(row)?, counted, category), sum))
}

fn people(row: &Row) -> Result<(Month, People), Fault> {
    Ok((month(row)?, People { helped: whole(row, 1)?, helping: whole(row, 2)? }))
}
