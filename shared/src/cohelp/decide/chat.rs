//! What the two write to each other.

use super::{Changes, guard};
use crate::cohelp::reads::Snapshot;
use crate::cohelp::refusal::Refusal;
use crate::cohelp::types::{CHAT_MESSAGES_MAX, ChatLine, ChatMessage, Job};
use crate::kernel::{PersonId, Timestamp};

pub(super) fn write(
    snapshot: &Snapshot,
    job: &Job,
    line: &ChatLine,
    person: PersonId,
    now: Timestamp,
) -> Result<Changes, Refusal> {
    let helper = guard::chat(job, person, now)?;
    let last = snapshot.chat.last;
    if last >= CHAT_MESSAGES_MAX {
        return Err(Refusal::TooManyMessages);
    }
    let message = ChatMessage { job: job.id, number: last + 1, helper, by: person, at: now, line: line.clone() };
    Ok(Changes { chat: vec![message], ..Changes::default() })
}
