//! People who help, in SQL.

use std::collections::BTreeSet;

use shared::cohelp::helping::{
    Answer, Apart, Enquiry, HelperRows, KNOWN_DAYS, LATELY_SECONDS, Registered, SAID_SECONDS, helper_id,
};
use shared::cohelp::matching::Said;
use shared::cohelp::{Changes, Job, Offer, Snapshot, Whom};
use shared::kernel::{Day, Fault, HelperId, JobId, PersonId, Timestamp, limit};
use shared::wire;

use crate::sql::{Row, Sql, Value};

use super::concerns;
use super::store::{CHUNK, bodies, count, id, parse, rows_of};

fn person(row: &Row, index: usize) -> Result<PersonId, Fault> {
    row.bytes(index).map(PersonId::from_bytes)
}

/// What is written about people who help.
pub(super) fn write<S: Sql>(sql: &S, changes: &Changes) -> Result<(), Fault> {
    for (person, registered) in &changes.registered {
        match registered {
            Some(registered) => sql.exec(
                "INSERT INTO registered (person, name, body) VALUES (?1, ?2, ?3) ON CONFLICT (person) DO UPDATE SET body = ?3",
                &[id(person.as_bytes()), id(helper_id(*person).as_bytes()), Value::Blob(wire::encode(registered)?)],
            )?,
            None => sql.exec("DELETE FROM registered WHERE person = ?", &[id(person.as_bytes())])?,
        };
    }
    for (Apart { who, from, at }, apart) in &changes.apart {
        let pair = [id(who.as_bytes()), id(from.as_bytes())];
        if *apart {
            let [who, from] = pair;
            let text = "INSERT INTO apart (who, other, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
            sql.exec(text, &[who, from, at.0.into()])?;
        } else {
            sql.exec("DELETE FROM apart WHERE who = ? AND other = ?", &pair)?;
        }
    }
    changes.enquiries.iter().try_for_each(|enquiry| write_enquiry(sql, enquiry))
}

fn write_enquiry<S: Sql>(sql: &S, enquiry: &Enquiry) -> Result<(), Fault> {
    let Enquiry { job, helper, by, at, answer } = enquiry;
    let parameters = [
        id(job.as_bytes()),
        id(helper.as_bytes()),
        id(by.as_bytes()),
        at.0.into(),
        answer.map(|(answer, _)| Value::from(answer.word())).into(),
        answer.map(|(_, at)| at.0).into(),
    ];
    sql.exec(
        "INSERT INTO enquiry (job, helper, operator, at, answer, answered) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT (job, helper) DO UPDATE SET operator = ?3, at = ?4, answer = ?5, answered = ?6",
        &parameters,
    )?;
    Ok(())
}

const ENQUIRY: &str = "SELECT job, helper, operator, at, answer, answered FROM enquiry";

fn enquiry(row: &Row) -> Result<Enquiry, Fault> {
    let answer = if row.is_null(4) {
        None
    } else {
        let answer = match row.text(4)? {
            "yes" => Answer::Yes,
            "no" => Answer::No,
            _ => return Err(Fault::new("cohelp.enquiry", "an answer nobody gives")),
        };
        Some((answer, Timestamp(row.integer(5)?)))
    };
    let at = Timestamp(row.integer(3)?);
    Ok(Enquiry { job: JobId::from_bytes(row.bytes(0)?), helper: person(row, 1)?, by: person(row, 2)?, at, answer })
}

/// What a decision about a helper for a job has to know.
pub(super) fn read<S: Sql>(sql: &S, job: JobId, whom: Whom, into: &mut Snapshot) -> Result<(), Fault> {
    into.helper = match whom {
        Whom::Person(person) => Some(person),
        Whom::Offer(offer) => {
            let rows = sql.exec("SELECT helper FROM offer WHERE id = ?", &[id(offer.as_bytes())])?;
            rows.first().map(|row| person(row, 0)).transpose()?
        }
        Whom::Registered(name) => {
            let rows = sql.exec("SELECT person FROM registered WHERE name = ?", &[id(name.as_bytes())])?;
            rows.first().map(|row| person(row, 0)).transpose()?
        }
    };
    let Some(helper) = into.helper else { return Ok(()) };
    into.registered = registered(sql, helper)?;
    let rows =
        sql.exec(&format!("{ENQUIRY} WHERE job = ? AND helper = ?"), &[id(job.as_bytes()), id(helper.as_bytes())])?;
    into.enquiry = rows.first().map(enquiry).transpose()?;
    into.told = count(sql, concerns::OPEN_TOLD, &[id(helper.as_bytes())])?;
    into.enquiries = count(sql, "SELECT count(*) FROM enquiry WHERE job = ?", &[id(job.as_bytes())])?;
    let requester = sql.exec("SELECT requester FROM job WHERE id = ?", &[id(job.as_bytes())])?;
    into.apart = match requester.first() {
        Some(row) => are_apart(sql, person(row, 0)?, helper)?,
        None => false,
    };
    Ok(())
}

/// Standing offers of the one for open requests of the other.
pub(super) fn offers_to<S: Sql>(sql: &S, helper: PersonId, requester: PersonId) -> Result<Vec<Offer>, Fault> {
    let text = "SELECT offer.body FROM offer JOIN job ON job.id = offer.job WHERE offer.helper = CAST(? AS BLOB) \
                AND offer.state IN ('standing', 'chosen') AND offer.state = 'standing' AND job.state = 'open' \
                AND job.requester = CAST(? AS BLOB)";
    let rows = sql.exec(text, &[id(helper.as_bytes()), id(requester.as_bytes())])?;
    let mut offers = rows.iter().map(|row| parse(row, 0)).collect::<Result<Vec<Offer>, Fault>>()?;
    offers.sort_by_key(|offer| offer.id);
    Ok(offers)
}

pub(super) fn registered<S: Sql>(sql: &S, person: PersonId) -> Result<Option<Registered>, Fault> {
    let rows = sql.exec("SELECT body FROM registered WHERE person = ?", &[id(person.as_bytes())])?;
    rows.first().map(|row| parse(row, 0)).transpose()
}

pub(super) fn everybody_registered<S: Sql>(sql: &S) -> Result<Vec<Registered>, Fault> {
    let mut everybody: Vec<Registered> = bodies(&sql.exec(&Of(None).registered(), &[])?)?;
    everybody.sort_by_key(|registered| registered.profile.person);
    Ok(everybody)
}

pub(super) fn registered_as<S: Sql>(sql: &S, helper: HelperId) -> Result<Option<Registered>, Fault> {
    let rows = sql.exec("SELECT body FROM registered WHERE name = CAST(? AS BLOB)", &[id(helper.as_bytes())])?;
    rows.first().map(|row| parse(row, 0)).transpose()
}

pub(super) fn are_apart<S: Sql>(sql: &S, one: PersonId, other: PersonId) -> Result<bool, Fault> {
    let text = "SELECT 1 FROM apart WHERE who = ?1 AND other = ?2 \
                UNION ALL SELECT 1 FROM apart WHERE who = ?2 AND other = ?1";
    Ok(!sql.exec(text, &[id(one.as_bytes()), id(other.as_bytes())])?.is_empty())
}

pub(super) fn apart<S: Sql>(sql: &S, who: PersonId) -> Result<Vec<Apart>, Fault> {
    let text = "SELECT other, at FROM apart WHERE who = CAST(? AS BLOB) ORDER BY at, other";
    let rows = sql.exec(text, &[id(who.as_bytes())])?;
    rows.iter().map(|row| Ok(Apart { who, from: person(row, 0)?, at: Timestamp(row.integer(1)?) })).collect()
}

pub(super) fn enquiries<S: Sql>(sql: &S, jobs: &[JobId]) -> Result<Vec<Enquiry>, Fault> {
    let mut each = jobs.to_vec();
    each.sort_unstable();
    rows_of(sql, ENQUIRY, &each, " ORDER BY job, helper")?.iter().map(enquiry).collect()
}

/// Open requests of a day.
pub(super) const OPEN_ON: &str = "SELECT body FROM job WHERE state = 'open' AND day = ? + 0 AND window_end > ? + 0
  ORDER BY window_end, id LIMIT ? + 0";

pub(super) fn open_on<S: Sql>(sql: &S, day: Day, now: Timestamp) -> Result<Vec<Job>, Fault> {
    let parameters = [i64::from(day.0).into(), now.0.into(), i64::from(limit::DAY_REQUESTS_MAX).into()];
    sql.exec(OPEN_ON, &parameters)?.iter().map(|row| parse(row, 0)).collect()
}

/// Whose rows: everybody's who has registered, or those of a few.
#[derive(Clone, Copy)]
pub(super) struct Of(pub(super) Option<usize>);

impl Of {
    /// A condition on a column of people.
    fn on(self, column: &str) -> String {
        match self.0 {
            None => format!("{column} IN (SELECT person FROM registered)"),
            Some(count) => format!("{column} IN ({})", vec!["CAST(? AS BLOB)"; count].join(", ")),
        }
    }

    pub(super) fn registered(self) -> String {
        let which = self.0.map_or("TRUE".to_owned(), |_| self.on("person"));
        format!("SELECT body FROM registered WHERE {which}")
    }

    pub(super) fn engaged(self) -> String {
        let which = self.on("helper");
        format!(
            "SELECT body FROM job WHERE {which} AND window_end > ? + 0 AND state NOT IN ('cancelling', 'cancelled')"
        )
    }

    pub(super) fn lately(self) -> String {
        let which = self.on("helper");
        format!(
            "SELECT helper, count(*) FROM job WHERE {which} AND window_end > ? + 0 AND state = 'paid' GROUP BY helper"
        )
    }

    /// Silence of more than a day is a no; who was asked since then has not said anything yet.
    pub(super) fn said(self) -> String {
        format!(
            "SELECT helper, sum(answer IS 'yes'), sum(answer IS NOT 'yes') FROM enquiry WHERE {} AND at > ? + 0 \
             AND (answer IS NOT NULL OR at < ? + 0) GROUP BY helper",
            self.on("helper")
        )
    }

    pub(super) fn together(self, requesters: usize) -> String {
        format!(
            "SELECT requester, helper, count(*) FROM job WHERE state = 'paid' AND {} AND requester IN ({}) \
             GROUP BY requester, helper",
            self.on("helper"),
            vec!["CAST(? AS BLOB)"; requesters].join(", ")
        )
    }
}

fn ids(people: &[PersonId]) -> Vec<Value> {
    people.iter().map(|person| id(person.as_bytes())).collect()
}

pub(super) fn helpers<S: Sql>(
    sql: &S,
    of: Option<&[PersonId]>,
    requesters: &[PersonId],
    now: Timestamp,
) -> Result<HelperRows, Fault> {
    // More than a statement binds are as many as everybody.
    let (of, these) = match of {
        Some(these) if these.len() <= CHUNK => (Of(Some(these.len())), these),
        _ => (Of(None), &[][..]),
    };
    let read = |text: &str, rest: &[i64]| {
        let rest = rest.iter().copied().map(Value::from);
        sql.exec(text, &ids(these).into_iter().chain(rest).collect::<Vec<_>>())
    };
    let mut rows = HelperRows { apart: apart_of(sql, of, these)?, ..HelperRows::default() };
    rows.registered = bodies(&read(&of.registered(), &[])?)?;
    if rows.registered.is_empty() {
        return Ok(rows);
    }
    let since = now.plus_seconds(-i64::from(KNOWN_DAYS) * 86_400);
    rows.engaged = bodies(&read(&of.engaged(), &[since.0])?)?;
    for row in read(&of.lately(), &[now.plus_seconds(-LATELY_SECONDS).0])? {
        rows.lately.push((person(&row, 0)?, number(&row, 1)?));
    }
    let silent = now.plus_seconds(-Enquiry::SILENT_SECONDS);
    for row in read(&of.said(), &[now.plus_seconds(-SAID_SECONDS).0, silent.0])? {
        rows.said.push((person(&row, 0)?, Said { yes: number(&row, 1)?, not: number(&row, 2)? }));
    }
    let mut each = requesters.to_vec();
    each.sort_unstable();
    each.dedup();
    for chunk in each.chunks(CHUNK) {
        let parameters: Vec<_> = ids(these).into_iter().chain(ids(chunk)).collect();
        for row in sql.exec(&of.together(chunk.len()), &parameters)? {
            rows.together.push((person(&row, 0)?, person(&row, 1)?, number(&row, 2)?));
        }
    }
    Ok(in_order(rows))
}

/// Lists in the order of ids, and nothing of who has not registered.
fn in_order(mut rows: HelperRows) -> HelperRows {
    let known: BTreeSet<PersonId> = rows.registered.iter().map(|registered| registered.profile.person).collect();
    rows.registered.sort_by_key(|registered| registered.profile.person);
    rows.engaged.retain(|job: &Job| job.helper().is_some_and(|helper| known.contains(&helper)));
    rows.engaged.sort_by_key(|job| job.id);
    rows.lately.retain(|(helper, _)| known.contains(helper));
    rows.lately.sort_unstable();
    rows.said.retain(|(helper, _)| known.contains(helper));
    rows.said.sort_unstable();
    rows.together.retain(|(_, helper, _)| known.contains(helper));
    rows.together.sort_unstable();
    rows
}

fn number(row: &Row, index: usize) -> Result<u32, Fault> {
    u32::try_from(row.integer(index)?).map_err(|error| Fault::new("cohelp.count", error))
}

fn apart_of<S: Sql>(sql: &S, of: Of, these: &[PersonId]) -> Result<Vec<(PersonId, PersonId)>, Fault> {
    let rows = match of.0 {
        None => sql.exec("SELECT who, other FROM apart", &[])?,
        Some(_) => {
            let text = format!(
                "SELECT who, other FROM apart WHERE {} UNION SELECT who, other FROM apart WHERE {}",
                of.on("who"),
                of.on("other")
            );
            sql.exec(&text, &[ids(these), ids(these)].concat())?
        }
    };
    let mut found = rows.iter().map(|row| Ok((person(row, 0)?, person(row, 1)?))).collect::<Result<Vec<_>, Fault>>()?;
    found.sort_unstable();
    Ok(found)
}
