//! Jobs as they were kept before the centre had a part in them (`form` 1), and what they are now. Jobs that waited for it since
//! a moment (`form` 2) wait until one, those whose requests named no language (`form` 3) are in Japanese, and of those that name no
//! skill and answer nothing (`form` 4) nothing was asked.

use serde::Deserialize;
use shared::cohelp::{
    Agreed, Agreement, Answers, AreaCode, CheckIn, Checked, Conditions, DETAILS_MAX, Ending, Introduction, Job,
    Languages, Outcome, Paid, Report, Reports, Request, Said, Side, Sides, SkillsAsked, State, TITLE_MAX, Thanks,
    Verdict, Window,
};
use shared::kernel::{Category, Fault, HoldId, JobId, Language, Line, OfferId, PersonId, Points, Prose, Timestamp};

use crate::sql::{Row, Sql};

use super::store::{SqlCohelp, parse};

#[derive(Deserialize)]
struct OldAgreement {
    offer: OfferId,
    helper: PersonId,
    hold: HoldId,
    chosen_at: Timestamp,
}

#[derive(Clone, Copy, Deserialize)]
struct OldConfirmation {
    by: Side,
    at: Timestamp,
}

#[derive(Clone, Copy, Deserialize)]
struct OldDone {
    requester_at: Timestamp,
    helper_at: Timestamp,
}

#[derive(Deserialize)]
enum OldState {
    Open {
        missing: Option<Points>,
    },
    Agreeing(OldAgreement),
    Agreed {
        agreement: OldAgreement,
        agreed_at: Timestamp,
        confirmed: Option<OldConfirmation>,
    },
    Paying {
        agreement: OldAgreement,
        agreed_at: Timestamp,
        done: OldDone,
    },
    Paid {
        agreement: OldAgreement,
        agreed_at: Timestamp,
        done: OldDone,
        paid_at: Timestamp,
        fee: Points,
        thanks_by_requester: Option<Thanks>,
        thanks_by_helper: Option<Thanks>,
    },
    Cancelling {
        agreement: OldAgreement,
        ending: Ending,
    },
    Cancelled {
        agreement: Option<OldAgreement>,
        ending: Ending,
    },
    Expired {
        at: Timestamp,
    },
}

/// Up to `form` 3: in Japanese.
#[derive(Deserialize)]
struct OldRequest {
    category: Category,
    title: Line<TITLE_MAX>,
    details: Prose<DETAILS_MAX>,
    area: AreaCode,
    window: Window,
    minutes: u16,
    reward: Points,
}

impl From<OldRequest> for Request {
    fn from(old: OldRequest) -> Self {
        let OldRequest { category, title, details, area, window, minutes, reward } = old;
        let languages = Languages::one(Language::Japanese);
        LaterRequest { category, title, details, area, window, minutes, reward, languages }.into()
    }
}

/// Of `form` 4: nothing was asked about a kind of help.
#[derive(Deserialize)]
struct LaterRequest {
    category: Category,
    title: Line<TITLE_MAX>,
    details: Prose<DETAILS_MAX>,
    area: AreaCode,
    window: Window,
    minutes: u16,
    reward: Points,
    languages: Languages,
}

impl From<LaterRequest> for Request {
    fn from(later: LaterRequest) -> Self {
        let LaterRequest { category, title, details, area, window, minutes, reward, languages } = later;
        let (skills, answers) = (SkillsAsked::default(), Answers::NONE);
        Self { category, title, details, area, window, minutes, reward, languages, skills, answers }
    }
}

/// From `form` 2 on, with the request as it was then.
#[derive(Deserialize)]
struct LaterJob<R> {
    id: JobId,
    requester: PersonId,
    request: R,
    conditions: Conditions,
    posted_at: Timestamp,
    state: State,
}

impl<R: Into<Request>> From<LaterJob<R>> for Job {
    fn from(later: LaterJob<R>) -> Self {
        let LaterJob { id, requester, request, conditions, posted_at, state } = later;
        Self { id, requester, request: request.into(), conditions, posted_at, state }
    }
}

/// Of `form` 1.
#[derive(Deserialize)]
struct OldJob {
    id: JobId,
    requester: PersonId,
    request: OldRequest,
    fee_percent: u8,
    posted_at: Timestamp,
    state: OldState,
}

/// Rows of an earlier form.
pub(super) const BEFORE: &str = "SELECT body, form FROM job WHERE form < 5 ORDER BY id LIMIT 200";

/// Brings every row up that is still as it was. Cut off anywhere, it goes on the next time.
pub fn bring_up<S: Sql>(sql: &S, now: Timestamp) -> Result<(), Fault> {
    loop {
        let rows = sql.exec(BEFORE, &[])?;
        if rows.is_empty() {
            return Ok(());
        }
        let read = |row: &Row| match row.integer(1)? {
            1 => Ok(job(parse(row, 0)?, now)),
            2 | 3 => parse(row, 0).map(|later: LaterJob<OldRequest>| later.into()),
            _ => parse(row, 0).map(|later: LaterJob<LaterRequest>| later.into()),
        };
        let jobs = rows.iter().map(read).collect::<Result<Vec<Job>, Fault>>()?;
        sql.transaction(|| jobs.iter().try_for_each(|job| SqlCohelp(sql).write_job(job)))?;
    }
}

/// Nobody was told of conditions then, so there are none.
fn job(old: OldJob, now: Timestamp) -> Job {
    let OldJob { id, requester, request, fee_percent, posted_at, state } = old;
    let conditions =
        Conditions { fee_percent, late_hours: 0, late_percent: 0, no_show_percent: 0, introduction: false };
    let request = request.into();
    let state = state_of(state, &request, now);
    Job { id, requester, request, conditions, posted_at, state }
}

fn state_of(old: OldState, request: &Request, now: Timestamp) -> State {
    let whole = Outcome::Done { minutes: request.minutes };
    let verdict = |done: OldDone| Verdict {
        outcome: whole,
        said: Said::ByBoth { requester_at: done.requester_at, helper_at: done.helper_at },
    };
    match old {
        OldState::Open { missing } => State::Open { missing, left: None },
        OldState::Agreeing(old) => State::Agreeing(agreement(old)),
        OldState::Agreed { agreement: old, agreed_at, confirmed } => {
            let reports = confirmed.map(|first| (first, Report { outcome: whole, at: first.at }));
            let reports =
                reports.map_or(Reports::default(), |(first, report)| Reports::default().with(first.by, report));
            // Whoever said that it was done was there. And where the time is past there was no door yet to come through.
            let starts = request.window.starts();
            let began = confirmed.map(|first| first.at).or_else(|| (starts <= now).then_some(starts));
            State::Agreed(agreed(agreement(old), agreed_at, began, reports))
        }
        OldState::Paying { agreement: old, agreed_at, done } => {
            State::Paying(agreed(agreement(old), agreed_at, Some(began(done)), reports(done, whole)), verdict(done))
        }
        OldState::Paid { agreement: old, agreed_at, done, paid_at, fee, thanks_by_requester, thanks_by_helper } => {
            let agreed = agreed(agreement(old), agreed_at, Some(began(done)), reports(done, whole));
            let (verdict, gave) = (verdict(done), request.reward);
            State::Paid(Paid { agreed, verdict, paid_at, gave, fee, thanks_by_requester, thanks_by_helper })
        }
        OldState::Cancelling { agreement: old, ending } => {
            let agreed = agreed(agreement(old), ending.at(), None, Reports::default());
            State::Cancelling { agreed, ending, compensation: Points::ZERO }
        }
        OldState::Cancelled { agreement: old, ending } => {
            let agreed = old.map(|old| agreed(agreement(old), ending.at(), None, Reports::default()));
            State::Cancelled { agreed, ending, compensation: Points::ZERO }
        }
        OldState::Expired { at } => State::Expired { at },
    }
}

fn agreement(old: OldAgreement) -> Agreement {
    let OldAgreement { offer, helper, hold, chosen_at } = old;
    Agreement { offer, helper, hold, chosen_at, acquainted: true }
}

fn agreed(agreement: Agreement, agreed_at: Timestamp, began: Option<Timestamp>, reports: Reports) -> Agreed {
    let check_in = began.map_or(CheckIn::Waiting, |at| CheckIn::Done(Checked { at, by_centre: None }));
    Agreed {
        agreement,
        agreed_at,
        introduction: Introduction::NotNeeded,
        notice: None,
        late: Sides::default(),
        check_in,
        reports,
        disputed: None,
    }
}

fn began(done: OldDone) -> Timestamp {
    done.requester_at.min(done.helper_at)
}

fn reports(done: OldDone, outcome: Outcome) -> Reports {
    let report = |at| Report { outcome, at };
    Reports { requester: Some(report(done.requester_at)), helper: Some(report(done.helper_at)) }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
