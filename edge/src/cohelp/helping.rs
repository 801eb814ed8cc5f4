//! People who help, in SQL.

use shared::cohelp::helping::{
    Answer, Apart, Enquiry, HelperRows, KNOWN_DAYS, LATELY_SECONDS, Registered, SAID_SECONDS,
};
use shared::cohelp::matching::Said;
use shared::cohelp::{Changes, Job, Snapshot};
use shared::kernel::{Day, Fault, JobId, PersonId, Timestamp, limit};
use shared::wire;

use crate::sql::{Row, Sql, Value};

use super::store::{CHUNK, count, id, parse};

fn person(row: &Row, index: usize) -> Result<PersonId, Fault> {
    row.bytes(index).map(PersonId::from_bytes)
}

/// What is written about people who help.
pub(super) fn write<S: Sql>(sql: &S, changes: &Changes) -> Result<(), Fault> {
    for (person, registered) in &changes.registered {
        match registered {
            Some(registered) => sql.exec(
                "INSERT INTO registered (person, body) VALUES (?1, ?2) ON CONFLICT (person) DO UPDATE SET body = ?2",
                &[id(person.as_bytes()), Value::Blob(wire::encode(registered)?)],
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
pub(super) fn read<S: Sql>(sql: &S, job: JobId, helper: PersonId, into: &mut Snapshot) -> Result<(), Fault> {
    let pair = [id(job.as_bytes()), id(helper.as_bytes())];
    into.registered = registered(sql, helper)?.is_some();
    let rows = sql.exec(&format!("{ENQUIRY} WHERE job = ? AND helper = ?"), &pair)?;
    into.enquiry = rows.first().map(enquiry).transpose()?;
    into.enquiries = count(sql, "SELECT count(*) FROM enquiry WHERE job = ?", &[id(job.as_bytes())])?;
    let requester = sql.exec("SELECT requester FROM job WHERE id = ?", &[id(job.as_bytes())])?;
    into.apart = match requester.first() {
        Some(row) => are_apart(sql, person(row, 0)?, helper)?,
        None => false,
    };
    Ok(())
}

pub(super) fn registered<S: Sql>(sql: &S, person: PersonId) -> Result<Option<Registered>, Fault> {
    let rows = sql.exec("SELECT body FROM registered WHERE person = ?", &[id(person.as_bytes())])?;
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
    let mut found = Vec::new();
    let mut each = jobs.to_vec();
    each.sort_unstable();
    for chunk in each.chunks(CHUNK) {
        let text = format!("{ENQUIRY} WHERE job IN ({}) ORDER BY job, helper", vec!["?"; chunk.len()].join(", "));
        let parameters: Vec<_> = chunk.iter().map(|job| id(job.as_bytes())).collect();
        for row in sql.exec(&text, &parameters)? {
            found.push(enquiry(&row)?);
        }
    }
    Ok(found)
}

const ASKED: &str = "SELECT job.body FROM enquiry JOIN job ON job.id = enquiry.job
  WHERE enquiry.helper = CAST(?1 AS BLOB) AND enquiry.answer IS NULL AND job.state = 'open' AND job.window_end > ?2 + 0
    AND NOT EXISTS (SELECT 1 FROM apart WHERE who = CAST(?1 AS BLOB) AND other = job.requester)
    AND NOT EXISTS (SELECT 1 FROM apart WHERE who = job.requester AND other = CAST(?1 AS BLOB))
  ORDER BY enquiry.at DESC, job.id DESC LIMIT ?3 + 0";

/// What the centre asked the person, who has not answered.
pub(super) fn asked<S: Sql>(sql: &S, person: PersonId, now: Timestamp) -> Result<Vec<Job>, Fault> {
    let parameters = [id(person.as_bytes()), now.0.into(), i64::from(limit::JOBS_SHOWN_MAX).into()];
    sql.exec(ASKED, &parameters)?.iter().map(|row| parse(row, 0)).collect()
}

const OPEN_ON: &str = "SELECT body, (SELECT count(*) FROM offer WHERE offer.job = job.id AND offer.state = 'standing')
  FROM job WHERE state = 'open' AND day = ? + 0 AND window_end > ? + 0 ORDER BY window_end, id LIMIT ? + 0";

pub(super) fn open_on<S: Sql>(sql: &S, day: Day, now: Timestamp) -> Result<Vec<(Job, u32)>, Fault> {
    let parameters = [i64::from(day.0).into(), now.0.into(), i64::from(limit::JOBS_SHOWN_MAX).into()];
    sql.exec(OPEN_ON, &parameters)?.iter().map(|row| Ok((parse(row, 0)?, number(row, 1)?))).collect()
}

/// `WHERE` and its parameters for one helper, or for all of them.
struct Of(Option<PersonId>);

impl Of {
    fn and(&self, condition: &str) -> String {
        self.0.map_or(String::new(), |_| format!(" AND {condition}"))
    }

    fn with(&self, rest: Vec<Value>) -> Vec<Value> {
        rest.into_iter().chain(self.0.map(|one| id(one.as_bytes()))).collect()
    }
}

pub(super) fn helpers<S: Sql>(
    sql: &S,
    one: Option<PersonId>,
    requesters: &[PersonId],
    now: Timestamp,
) -> Result<HelperRows, Fault> {
    let of = Of(one);
    let text = format!("SELECT body FROM registered WHERE TRUE{} ORDER BY person", of.and("person = CAST(? AS BLOB)"));
    let registered: Vec<Registered> =
        sql.exec(&text, &of.with(Vec::new()))?.iter().map(|row| parse(row, 0)).collect::<Result<_, _>>()?;
    let apart = apart_of(sql, one)?;
    if registered.is_empty() {
        return Ok(HelperRows { apart, ..HelperRows::default() });
    }
    let since = now.plus_seconds(-i64::from(KNOWN_DAYS) * 86_400);
    let text = format!(
        "SELECT body FROM job WHERE helper IN (SELECT person FROM registered) AND window_end > ? + 0 \
         AND state NOT IN ('cancelling', 'cancelled'){} ORDER BY id",
        of.and("helper = CAST(? AS BLOB)")
    );
    let engaged = sql.exec(&text, &of.with(vec![since.0.into()]))?;
    let recent = now.plus_seconds(-LATELY_SECONDS);
    let text = format!(
        "SELECT helper, count(*) FROM job WHERE helper IN (SELECT person FROM registered) AND window_end > ? + 0 \
         AND state = 'paid'{} GROUP BY helper ORDER BY helper",
        of.and("helper = CAST(? AS BLOB)")
    );
    let lately = sql.exec(&text, &of.with(vec![recent.0.into()]))?;
    Ok(HelperRows {
        registered,
        engaged: engaged.iter().map(|row| parse(row, 0)).collect::<Result<_, _>>()?,
        together: together(sql, &of, requesters)?,
        lately: lately.iter().map(|row| Ok((person(row, 0)?, number(row, 1)?))).collect::<Result<_, Fault>>()?,
        said: said(sql, &of, now)?,
        apart,
    })
}

fn number(row: &Row, index: usize) -> Result<u32, Fault> {
    u32::try_from(row.integer(index)?).map_err(|error| Fault::new("cohelp.count", error))
}

fn together<S: Sql>(sql: &S, of: &Of, requesters: &[PersonId]) -> Result<Vec<(PersonId, PersonId, u32)>, Fault> {
    let mut found = Vec::new();
    let mut each = requesters.to_vec();
    each.sort_unstable();
    each.dedup();
    for chunk in each.chunks(CHUNK) {
        let text = format!(
            "SELECT requester, helper, count(*) FROM job WHERE state = 'paid' AND requester IN ({}) \
             AND helper IN (SELECT person FROM registered){} GROUP BY requester, helper ORDER BY requester, helper",
            vec!["?"; chunk.len()].join(", "),
            of.and("helper = CAST(? AS BLOB)")
        );
        let parameters = chunk.iter().map(|requester| id(requester.as_bytes())).collect();
        for row in sql.exec(&text, &of.with(parameters))? {
            found.push((person(&row, 0)?, person(&row, 1)?, number(&row, 2)?));
        }
    }
    Ok(found)
}

fn said<S: Sql>(sql: &S, of: &Of, now: Timestamp) -> Result<Vec<(PersonId, Said)>, Fault> {
    // Silence of more than a day is a no; who was asked since then has not said anything yet.
    let text = format!(
        "SELECT helper, sum(answer IS 'yes'), sum(answer IS NOT 'yes') FROM enquiry \
         WHERE at > ? + 0 AND (answer IS NOT NULL OR at < ? + 0) AND helper IN (SELECT person FROM registered){} \
         GROUP BY helper ORDER BY helper",
        of.and("helper = CAST(? AS BLOB)")
    );
    let silent = now.plus_seconds(-Enquiry::SILENT_SECONDS);
    let rows = sql.exec(&text, &of.with(vec![now.plus_seconds(-SAID_SECONDS).0.into(), silent.0.into()]))?;
    rows.iter().map(|row| Ok((person(row, 0)?, Said { yes: number(row, 1)?, not: number(row, 2)? }))).collect()
}

fn apart_of<S: Sql>(sql: &S, one: Option<PersonId>) -> Result<Vec<(PersonId, PersonId)>, Fault> {
    let rows = match one {
        None => sql.exec("SELECT who, other FROM apart ORDER BY who, other", &[])?,
        Some(one) => {
            let text = "SELECT who, other FROM apart WHERE who = CAST(?1 AS BLOB) OR other = CAST(?1 AS BLOB) ORDER BY who, other";
            sql.exec(text, &[id(one.as_bytes())])?
        }
    };
    rows.iter().map(|row| Ok((person(row, 0)?, person(row, 1)?))).collect()
}
