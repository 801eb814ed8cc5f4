//! Jobs and offers in SQL.

use serde::{Serialize, de::DeserializeOwned};
use shared::cohelp::helping::{Apart, Enquiry, HelperRows, Registered};
use shared::cohelp::{
    BoardRows, CallBack, Changes, ChatMessage, Claim, Concern, DUE_MAX, DeskRows, Entered, Feedback, Job, Listed, Memo,
    News, Offer, OutboxItem, Photo, Reads, Remembered, Show, Snapshot, Store, Tally,
};
use shared::kernel::{CommandId, Day, Fault, HelperId, JobId, PersonId, PhotoId, Timestamp, limit};
use shared::wire;

use crate::sql::{Migration, Row, Sql, Value, migrate};

use super::{before, board, cases, chat, concerns, feedback, helping, notifications, occurrences, photos};

/// What the slice needs of the database.
const MIGRATIONS: [Migration; 11] = [
    ("0001_cohelp", include_str!("../../migrations/town/0001_cohelp.sql")),
    ("0002_centre", include_str!("../../migrations/town/0002_centre.sql")),
    ("0003_helping", include_str!("../../migrations/town/0003_helping.sql")),
    ("0004_case", include_str!("../../migrations/town/0004_case.sql")),
    ("0005_entered", include_str!("../../migrations/town/0005_entered.sql")),
    ("0006_notification", include_str!("../../migrations/town/0006_notification.sql")),
    ("0007_chat", include_str!("../../migrations/town/0007_chat.sql")),
    ("0008_feedback", include_str!("../../migrations/town/0008_feedback.sql")),
    ("0009_language", include_str!("../../migrations/town/0009_language.sql")),
    ("0010_kind", include_str!("../../migrations/town/0010_kind.sql")),
    ("0011_photo", include_str!("../../migrations/town/0011_photo.sql")),
];

/// Makes the database what this build of the slice needs.
pub fn open(sql: &impl Sql, now: Timestamp) -> Result<(), Fault> {
    migrate(sql, &MIGRATIONS)?;
    before::bring_up(sql, now)
}

/// The store of co-help over a database.
pub struct SqlCohelp<'a, S>(pub &'a S);

/// The shape of a job's body.
const FORM: i64 = 5;

/// `SELECT`s a chunk of ids at a time: the runtime binds at most 100 parameters.
pub(super) const CHUNK: usize = 50;

pub(super) fn id(bytes: &[u8; 16]) -> Value {
    Value::from(bytes.as_slice())
}

fn body<T: Serialize>(value: &T) -> Result<Value, Fault> {
    wire::encode(value).map(Value::Blob)
}

pub(super) fn parse<T: DeserializeOwned>(row: &Row, index: usize) -> Result<T, Fault> {
    wire::decode_trusted(row.blob(index)?).map_err(|error| Fault::new("cohelp.row", error))
}

pub(super) fn bodies<T: DeserializeOwned>(rows: &[Row]) -> Result<Vec<T>, Fault> {
    rows.iter().map(|row| parse(row, 0)).collect()
}

/// The rows that are about those jobs, in that order within each chunk of jobs.
pub(super) fn rows_of<S: Sql>(sql: &S, select: &str, jobs: &[JobId], order: &str) -> Result<Vec<Row>, Fault> {
    let mut found = Vec::new();
    for chunk in jobs.chunks(CHUNK) {
        let text = format!("{select} WHERE job IN ({}){order}", vec!["?"; chunk.len()].join(", "));
        let parameters: Vec<_> = chunk.iter().map(|job| id(job.as_bytes())).collect();
        found.extend(sql.exec(&text, &parameters)?);
    }
    Ok(found)
}

/// What a `count(*)` comes to.
pub(super) fn count<S: Sql>(sql: &S, text: &str, parameters: &[Value]) -> Result<u32, Fault> {
    let rows = sql.exec(text, parameters)?;
    let count = rows.first().map_or(Ok(0), |row| row.integer(0))?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

impl<S: Sql> SqlCohelp<'_, S> {
    /// Photos that were kept long enough go. They also do with each new one; this is for when nobody sends any.
    pub fn forget_photos(&self, now: Timestamp) -> Result<(), Fault> {
        self.0.transaction(|| photos::forget(self.0, now))
    }

    fn jobs(&self, text: &str, parameters: &[Value]) -> Result<Vec<Job>, Fault> {
        bodies(&self.0.exec(text, parameters)?)
    }

    /// The offers for those jobs, by id.
    fn offers_of(&self, jobs: &[JobId]) -> Result<Vec<Offer>, Fault> {
        let mut offers: Vec<Offer> = bodies(&rows_of(self.0, "SELECT body FROM offer", jobs, "")?)?;
        offers.sort_by_key(|offer| offer.id);
        Ok(offers)
    }

    /// Those whose requester is to be rung up.
    fn call_backs(&self, phoned: Vec<Job>, now: Timestamp) -> Result<Vec<(Job, CallBack)>, Fault> {
        let names: Vec<_> = phoned.iter().map(|job| job.id).collect();
        let (offers, entered) = (self.offers_of(&names)?, cases::entered_for(self.0, &names)?);
        let chats = chat::so_far(self.0, &names)?;
        let written = |job| chats.iter().find(|(of, _)| *of == job).and_then(|(_, chat)| chat.by_helper);
        let with_reason = |job: Job| {
            let why = CallBack::of(&job, offers.iter(), &entered, written(job.id), now)?;
            Some((job, why))
        };
        Ok(phoned.into_iter().filter_map(with_reason).take(limit::JOBS_SHOWN_MAX as usize).collect())
    }

    pub(super) fn write_job(&self, job: &Job) -> Result<(), Fault> {
        let window = job.request.window;
        let parameters = [
            id(job.id.as_bytes()),
            job.state.word().into(),
            id(job.requester.as_bytes()),
            job.helper().map(|helper| id(helper.as_bytes())).into(),
            job.request.area.as_str().into(),
            i64::from(window.day().0).into(),
            window.ends().0.into(),
            job.posted_at.0.into(),
            job.due_at().map(|due| due.0).into(),
            job.due_at_centre().map(|due| due.0).into(),
            FORM.into(),
            body(job)?,
        ];
        self.0.exec(
            "INSERT INTO job (id, state, requester, helper, area, day, window_end, posted, due, desk, form, body) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) \
             ON CONFLICT (id) DO UPDATE SET state = ?2, helper = ?4, due = ?9, desk = ?10, form = ?11, body = ?12",
            &parameters,
        )?;
        Ok(())
    }

    fn write_offer(&self, offer: &Offer) -> Result<(), Fault> {
        let parameters = [
            id(offer.id.as_bytes()),
            id(offer.job.as_bytes()),
            id(offer.helper.as_bytes()),
            offer.state.word().into(),
            offer.at.0.into(),
            body(offer)?,
        ];
        self.0.exec(
            "INSERT INTO offer (id, job, helper, state, at, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
             ON CONFLICT (id) DO UPDATE SET state = ?4, body = ?6",
            &parameters,
        )?;
        Ok(())
    }

    fn write_item(&self, item: &OutboxItem) -> Result<(), Fault> {
        let OutboxItem { id: name, event, attempts, due } = item;
        self.0.exec(
            "INSERT INTO cohelp_outbox (id, attempts, due, event) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            &[id(name.as_bytes()), i64::from(*attempts).into(), due.0.into(), body(event)?],
        )?;
        Ok(())
    }
}

fn item(row: &Row) -> Result<OutboxItem, Fault> {
    let attempts = u32::try_from(row.integer(1)?).map_err(|error| Fault::new("cohelp.outbox", error))?;
    Ok(OutboxItem {
        id: CommandId::from_bytes(row.bytes(0)?),
        event: parse(row, 3)?,
        attempts,
        due: Timestamp(row.integer(2)?),
    })
}

/// What an operator's lists show.
const DESK_WAITING: DeskList = ("WHERE desk IS NOT NULL", "ORDER BY desk, id");
const DESK_COMING: DeskList =
    ("WHERE state = 'agreed' AND desk IS NULL AND window_end > ? + 0", "ORDER BY window_end, id");
const DESK_OPEN: DeskList = ("WHERE state = 'open' AND window_end > ? + 0", "ORDER BY posted DESC, id DESC");
/// Requests made on the phone whose time ends after a moment.
pub(super) const DESK_PHONED: &str = "SELECT job.body FROM entered JOIN job ON job.id = entered.job \
    WHERE entered.until IS NOT NULL AND entered.until > ? + 0";
/// Which jobs, and in which order.
type DeskList = (&'static str, &'static str);

/// The statement of a list, with what keeps it to what an operator looks at.
fn desk_list((which, order): DeskList, seen: &str) -> String {
    format!("SELECT body FROM job {which}{seen} {order} LIMIT ? + 0")
}

/// A request of that person, whatever became of it.
pub(super) const EVER_ASKED: &str = "SELECT 1 FROM job WHERE requester = ? LIMIT 1";

/// A paid job between the two of an offer, whoever of them helped.
const ACQUAINTED: &str = "SELECT 1 FROM offer JOIN job AS asked ON asked.id = offer.job
  JOIN job AS past ON past.state = 'paid' AND past.requester = asked.requester AND past.helper = offer.helper
  WHERE offer.id = CAST(?1 AS BLOB)
UNION ALL SELECT 1 FROM offer JOIN job AS asked ON asked.id = offer.job
  JOIN job AS past ON past.state = 'paid' AND past.requester = offer.helper AND past.helper = asked.requester
  WHERE offer.id = CAST(?1 AS BLOB)";

impl<S: Sql> Store for SqlCohelp<'_, S> {
    fn read(&self, reads: &Reads) -> Result<Snapshot, Fault> {
        let Reads {
            command,
            job,
            offer,
            acquainted,
            helper,
            concerns,
            case,
            entered,
            chat,
            photos,
            feedback,
            asked,
            open_requests,
            due,
        } = reads;
        let mut snapshot = Snapshot::default();
        if let Some(command) = command {
            let rows = self.0.exec("SELECT answer FROM cohelp_command WHERE id = ?", &[id(command.as_bytes())])?;
            snapshot.remembered = rows.first().map(|row| parse(row, 0)).transpose()?;
        }
        let mut jobs = Vec::new();
        if let Some(job) = job {
            jobs.extend(self.jobs("SELECT body FROM job WHERE id = ?", &[id(job.as_bytes())])?);
        }
        if let Some(now) = due {
            let text = "SELECT body FROM job WHERE due <= ? ORDER BY due, id LIMIT ? + 0";
            jobs.extend(self.jobs(text, &[now.0.into(), i64::from(DUE_MAX).into()])?);
            snapshot.lapsed = cases::lapsed(self.0, *now)?;
        }
        let names: Vec<_> = jobs.iter().map(|job| job.id).collect();
        let mut offers = self.offers_of(&names)?;
        if let Some(offer) = offer {
            offers.extend(bodies::<Offer>(
                &self.0.exec("SELECT body FROM offer WHERE id = ?", &[id(offer.as_bytes())])?,
            )?);
        }
        snapshot.jobs = jobs.into_iter().map(|job| (job.id, job)).collect();
        snapshot.offers = offers.into_iter().map(|offer| (offer.id, offer)).collect();
        if let Some(offer) = acquainted {
            snapshot.acquainted = !self.0.exec(ACQUAINTED, &[id(offer.as_bytes())])?.is_empty();
        }
        if let Some((job, helper)) = helper {
            helping::read(self.0, *job, *helper, &mut snapshot)?;
        }
        if let Some(job) = concerns {
            snapshot.concerns = concerns::of_job(self.0, *job)?;
        }
        if let Some(job) = case {
            cases::read(self.0, *job, &mut snapshot)?;
        }
        if let Some(job) = entered {
            snapshot.entered = cases::entered(self.0, *job)?;
        }
        if let Some(job) = chat {
            let found = chat::so_far(self.0, core::slice::from_ref(job))?;
            snapshot.chat = found.first().map(|(_, chat)| *chat).unwrap_or_default();
        }
        if let Some((job, person)) = photos {
            snapshot.photos = photos::of(self.0, *job)?;
            snapshot.photos_of_person = photos::of_person(self.0, *person)?;
        }
        if let Some(job) = feedback {
            snapshot.feedback = feedback::of_job(self.0, *job)?;
            snapshot.satisfaction = feedback::satisfaction(self.0)?;
        }
        if let Some(person) = asked {
            snapshot.asked = !self.0.exec(EVER_ASKED, &[id(person.as_bytes())])?.is_empty();
        }
        if let Some((person, now)) = open_requests {
            snapshot.open_requests = count(
                self.0,
                "SELECT count(*) FROM job WHERE requester = ? AND state IN ('open', 'agreeing') AND window_end > ?",
                &[id(person.as_bytes()), now.0.into()],
            )?;
        }
        Ok(snapshot)
    }

    fn commit(&self, changes: &Changes) -> Result<(), Fault> {
        let Changes {
            jobs,
            offers,
            registered: _,
            apart: _,
            enquiries: _,
            concerns,
            claims: _,
            memos: _,
            entered: _,
            chat: written,
            photos: shown,
            feedback,
            satisfaction,
            occurrences,
            notifications: told,
            outbox,
            done,
            remember,
        } = changes;
        self.0.transaction(|| {
            jobs.iter().try_for_each(|job| self.write_job(job))?;
            offers.iter().try_for_each(|offer| self.write_offer(offer))?;
            helping::write(self.0, changes)?;
            concerns.iter().try_for_each(|concern| concerns::write(self.0, concern))?;
            cases::write(self.0, changes)?;
            written.iter().try_for_each(|message| chat::write(self.0, message))?;
            shown.iter().try_for_each(|change| photos::write(self.0, change))?;
            feedback.iter().try_for_each(|feedback| feedback::write(self.0, feedback))?;
            satisfaction.iter().try_for_each(|waiting| feedback::write_satisfaction(self.0, *waiting))?;
            occurrences.iter().try_for_each(|occurrence| occurrences::write(self.0, occurrence))?;
            told.iter().try_for_each(|notification| notifications::write(self.0, notification))?;
            outbox.iter().try_for_each(|item| self.write_item(item))?;
            for name in done {
                self.0.exec("DELETE FROM cohelp_outbox WHERE id = ?", &[id(name.as_bytes())])?;
            }
            if let Some(remembered) = remember {
                let Remembered { id: name, body: _, receipt } = remembered;
                self.0.exec(
                    "INSERT INTO cohelp_command (id, at, answer) VALUES (?, ?, ?)",
                    &[id(name.as_bytes()), receipt.at.0.into(), body(remembered)?],
                )?;
            }
            Ok(())
        })
    }

    fn job(&self, name: JobId) -> Result<Option<(Job, Vec<Offer>)>, Fault> {
        let jobs = self.jobs("SELECT body FROM job WHERE id = ?", &[id(name.as_bytes())])?;
        let Some(job) = jobs.into_iter().next() else { return Ok(None) };
        let offers = self.offers_of(&[name])?;
        Ok(Some((job, offers)))
    }

    fn board(&self, person: PersonId, now: Timestamp) -> Result<BoardRows, Fault> {
        board::read(self.0, person, now)
    }

    fn desk(&self, show: Show, operator: PersonId, now: Timestamp) -> Result<DeskRows, Fault> {
        let (seen, which) = cases::seen(show, operator, now);
        let list = |list, from: Option<Timestamp>| {
            let from = from.map(|from| from.0.into());
            let shown = i64::from(limit::JOBS_SHOWN_MAX).into();
            let parameters: Vec<_> = from.into_iter().chain(which.iter().cloned()).chain([shown]).collect();
            self.jobs(&desk_list(list, seen), &parameters)
        };
        let waiting = list(DESK_WAITING, None)?;
        let waiting_count = count(self.0, &format!("SELECT count(*) FROM job {}{seen}", DESK_WAITING.0), &which)?;
        let coming = list(DESK_COMING, Some(now.plus_seconds(-Job::SILENT_SECONDS)))?;
        let open = list(DESK_OPEN, Some(now))?;
        let since = now.plus_seconds(-i64::from(CallBack::DAYS + 1) * 86_400).0.into();
        let parameters: Vec<_> = [since].into_iter().chain(which.iter().cloned()).collect();
        let phoned = self.jobs(&format!("{DESK_PHONED}{seen} ORDER BY entered.until, entered.job"), &parameters)?;
        let call_backs = self.call_backs(phoned, now)?;
        let called = call_backs.iter().map(|(job, _)| job);
        let mut listed: Vec<_> =
            [&waiting, &coming, &open].into_iter().flatten().chain(called).map(|job| job.id).collect();
        listed.sort_unstable();
        listed.dedup();
        let claims = cases::holding(self.0, &listed, now)?;
        let (concerns, concerns_count) = concerns::open(self.0, show, operator, now)?;
        let (feedback, feedback_count) = feedback::waiting(self.0, show, operator)?;
        Ok(DeskRows {
            waiting,
            waiting_count,
            coming,
            open,
            concerns,
            concerns_count,
            call_backs,
            feedback,
            feedback_count,
            claims,
        })
    }

    fn registered(&self, person: PersonId) -> Result<Option<Registered>, Fault> {
        helping::registered(self.0, person)
    }

    fn everybody_registered(&self) -> Result<Vec<Registered>, Fault> {
        helping::everybody_registered(self.0)
    }

    fn registered_as(&self, helper: HelperId) -> Result<Option<Registered>, Fault> {
        helping::registered_as(self.0, helper)
    }

    fn helpers(&self, of: Option<&[PersonId]>, requesters: &[PersonId], now: Timestamp) -> Result<HelperRows, Fault> {
        helping::helpers(self.0, of, requesters, now)
    }

    fn enquiries(&self, jobs: &[JobId]) -> Result<Vec<Enquiry>, Fault> {
        helping::enquiries(self.0, jobs)
    }

    fn apart(&self, person: PersonId) -> Result<Vec<Apart>, Fault> {
        helping::apart(self.0, person)
    }

    fn offers_to(&self, helper: PersonId, requester: PersonId) -> Result<Vec<Offer>, Fault> {
        helping::offers_to(self.0, helper, requester)
    }

    fn are_apart(&self, one: PersonId, other: PersonId) -> Result<bool, Fault> {
        helping::are_apart(self.0, one, other)
    }

    fn told(&self, job: JobId, person: PersonId) -> Result<Vec<Concern>, Fault> {
        concerns::told(self.0, job, person)
    }

    fn concerns(&self, job: JobId) -> Result<Vec<Concern>, Fault> {
        concerns::of_job(self.0, job)
    }

    fn notifications(&self, person: PersonId) -> Result<Vec<Listed>, Fault> {
        notifications::of(self.0, person)
    }

    fn see(&self, person: PersonId, number: u64) -> Result<(), Fault> {
        notifications::see(self.0, person, number)
    }

    fn claim(&self, job: JobId) -> Result<Option<Claim>, Fault> {
        cases::claim(self.0, job)
    }

    fn memos(&self, job: JobId) -> Result<Vec<Memo>, Fault> {
        cases::memos(self.0, job)
    }

    fn entered(&self, job: JobId) -> Result<Vec<Entered>, Fault> {
        cases::entered(self.0, job)
    }

    fn chat(&self, job: JobId, helper: Option<PersonId>) -> Result<Vec<ChatMessage>, Fault> {
        chat::of(self.0, job, helper)
    }

    fn photos(&self, job: JobId) -> Result<Vec<Photo>, Fault> {
        photos::of(self.0, job)
    }

    fn picture(&self, name: PhotoId) -> Result<Option<Vec<u8>>, Fault> {
        photos::picture(self.0, name)
    }

    fn feedback(&self, job: JobId) -> Result<Vec<Feedback>, Fault> {
        feedback::of_job(self.0, job)
    }

    fn occurred(&self) -> Result<u64, Fault> {
        occurrences::last(self.0)
    }

    fn tally(&self) -> Result<Tally, Fault> {
        occurrences::tally(self.0)
    }

    fn see_chat(&self, person: PersonId, job: JobId) -> Result<(), Fault> {
        chat::see(self.0, person, job)
    }

    fn news(&self, after: u64) -> Result<News, Fault> {
        cases::news(self.0, after)
    }

    fn open_on(&self, day: Day, now: Timestamp) -> Result<Vec<(Job, Vec<Offer>)>, Fault> {
        let jobs = helping::open_on(self.0, day, now)?;
        let mut offers = self.offers_of(&jobs.iter().map(|job| job.id).collect::<Vec<_>>())?;
        let mut of = |job: JobId| offers.extract_if(.., |offer| offer.job == job).collect();
        Ok(jobs.into_iter().map(|job| (job.clone(), of(job.id))).collect())
    }

    fn outbox_due(&self, now: Timestamp, limit: u32) -> Result<Vec<OutboxItem>, Fault> {
        let rows = self.0.exec(
            "SELECT id, attempts, due, event FROM cohelp_outbox WHERE due <= ? ORDER BY due, id LIMIT ? + 0",
            &[now.0.into(), i64::from(limit).into()],
        )?;
        rows.iter().map(item).collect()
    }

    fn postpone(&self, name: CommandId, attempts: u32, due: Timestamp) -> Result<(), Fault> {
        self.0.exec(
            "UPDATE cohelp_outbox SET attempts = ?, due = ? WHERE id = ?",
            &[i64::from(attempts).into(), due.0.into(), id(name.as_bytes())],
        )?;
        Ok(())
    }

    fn next_due(&self) -> Result<Option<Timestamp>, Fault> {
        // One `min` each, so that each is one step into its index.
        let rows = self.0.exec(
            "SELECT min(due) FROM (SELECT min(due) AS due FROM job WHERE due IS NOT NULL \
             UNION ALL SELECT min(due) FROM cohelp_outbox)",
            &[],
        )?;
        let due = match rows.first() {
            Some(row) if !row.is_null(0) => Some(Timestamp(row.integer(0)?)),
            _ => None,
        };
        Ok([due, cases::next_end(self.0)?].into_iter().flatten().min())
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
