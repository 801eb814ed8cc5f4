//! Who at the centre looks after what.

use super::Changes;
use crate::cohelp::command::DeskAct;
use crate::cohelp::reads::Snapshot;
use crate::cohelp::refusal::Refusal;
use crate::cohelp::types::{Claim, Explanation, MEMOS_MAX, Memo};
use crate::kernel::{CommandId, JobId, PersonId, Timestamp};

/// Whether the operator may do that while somebody else may look after it. Taking over is never refused; what is told of
/// people has its own queue.
pub(super) fn free(snapshot: &Snapshot, act: &DeskAct, operator: PersonId, now: Timestamp) -> Result<(), Refusal> {
    let anybody = matches!(
        act,
        DeskAct::Claim
            | DeskAct::Write { .. }
            | DeskAct::HandOver { .. }
            | DeskAct::Take { .. }
            | DeskAct::Find { .. }
            | DeskAct::Read { .. }
    );
    match snapshot.claim {
        Some(claim) if !anybody && claim.by != operator && claim.holds(now) => Err(Refusal::HeldByOther),
        _ => Ok(()),
    }
}

/// Who looks after it does so from now on for as long again.
pub(super) fn renewed(snapshot: &Snapshot, operator: PersonId, now: Timestamp) -> Option<Claim> {
    snapshot.claim.filter(|claim| claim.by == operator && claim.holds(now)).map(|claim| Claim { at: now, ..claim })
}

pub(super) fn claim(snapshot: &Snapshot, job: JobId, by: PersonId, at: Timestamp) -> Result<Changes, Refusal> {
    match snapshot.claim {
        Some(claim) if claim.by == by && claim.holds(at) => Err(Refusal::AlreadyHeld),
        _ => Ok(Changes { claims: vec![(job, Some(Claim { job, by, at }))], ..Changes::default() }),
    }
}

pub(super) fn hand_over(
    snapshot: &Snapshot,
    job: JobId,
    memo: Option<Memo>,
    operator: PersonId,
    now: Timestamp,
) -> Result<Changes, Refusal> {
    match snapshot.claim {
        Some(claim) if claim.by == operator && claim.holds(now) => {
            let memos = memo.map(|memo| written(snapshot, memo)).transpose()?;
            Ok(Changes { claims: vec![(job, None)], ..memos.unwrap_or_default() })
        }
        _ => Err(Refusal::NotHeld),
    }
}

pub(super) fn written(snapshot: &Snapshot, memo: Memo) -> Result<Changes, Refusal> {
    if snapshot.memos >= MEMOS_MAX {
        return Err(Refusal::TooManyMemos);
    }
    Ok(Changes { memos: vec![memo], ..Changes::default() })
}

pub(super) fn memo(id: CommandId, job: JobId, text: &Explanation, by: PersonId, at: Timestamp) -> Memo {
    Memo { id, job, by, at, text: text.clone() }
}
