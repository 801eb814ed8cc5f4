//! What the two write to each other.

use super::{Changes, guard};
use crate::cohelp::reads::Snapshot;
use crate::cohelp::refusal::Refusal;
use crate::cohelp::types::{CHAT_MESSAGES_MAX, ChatLine, ChatMessage, ChatSoFar, Job};
use crate::kernel::{PersonId, Timestamp};

pub(super) fn write(
    snapshot: &Snapshot,
    job: &Job,
    line: &ChatLine,
    person: PersonId,
    now: Timestamp,
) -> Result<Changes, Refusal> {
    let helper = guard::chat(job, person, now)?;
    let ChatSoFar { last, of_requester, of_helpers, .. } = snapshot.chat;
    // Each side has its own: nobody can silence the other.
    let written = if person == helper { of_helpers } else { of_requester };
    if written >= CHAT_MESSAGES_MAX {
        return Err(Refusal::TooManyMessages);
    }
    let message = ChatMessage { job: job.id, number: last + 1, helper, by: person, at: now, line: line.clone() };
    Ok(Changes { chat: vec![message], ..Changes::default() })
}
