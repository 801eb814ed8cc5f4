//! The desk, live: what changed is told to every operator who listens, in order, each change once.

use shared::cohelp::{News, Store as _};
use shared::kernel::{Fault, SessionId, Timestamp};
use shared::wire::Page;

use crate::sql::Sql;
use crate::world::{Listener, Told, World};

use super::object::Town;

/// How long somebody listens before they are asked once more who they are, in seconds.
const LISTENS_SECONDS: i64 = 600;

/// Why somebody may not listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// No live session.
    SignedOut,
    /// No operator with a passkey.
    Forbidden,
}

impl<S: Sql, W: World> Town<S, W> {
    /// Somebody who wants to listen, and knows of changes up to that one.
    pub async fn listener(&self, session: SessionId, after: u64) -> Result<Result<Listener, Denied>, Fault> {
        Ok(match self.listening::<()>(session).await? {
            Ok(_) => Ok(Listener { heard: after, since: self.world.now() }),
            Err(Page::SignedOut) => Err(Denied::SignedOut),
            Err(_) => Err(Denied::Forbidden),
        })
    }

    /// Tells those who listen what they have not heard. A fault keeps nothing from being done: it is logged, and whoever
    /// has heard less than there is hears it with the next change, or when they connect again.
    pub fn tell_news(&self) {
        if let Err(fault) = self.try_to_tell() {
            self.world.log(&fault);
        }
    }

    fn try_to_tell(&self) -> Result<(), Fault> {
        let now = self.world.now();
        // Nearly all have heard the same.
        let mut last: Option<(u64, Told)> = None;
        self.world.tell_each(|listener| {
            if let Some((heard, told)) = &last
                && *heard == listener.heard
            {
                return Ok(due(listener, told, now));
            }
            let told = told(&self.store().news(listener.heard)?);
            last = Some((listener.heard, told.clone()));
            Ok(due(listener, &told, now))
        })
    }

    /// `/desk/live`, for who cannot keep a connection open.
    pub(super) async fn news(&self, session: SessionId, after: u64) -> Result<Page<String>, Fault> {
        Ok(match self.listening(session).await? {
            Ok(_) => match told(&self.store().news(after)?) {
                Told::News { text, .. } => Page::Here(text),
                Told::Nothing | Told::Goodbye => Page::Here(String::new()),
            },
            Err(page) => page,
        })
    }
}

/// Nothing is told on the word of a session that was asked about long ago.
fn due(listener: Listener, told: &Told, now: Timestamp) -> Told {
    let asked_lately = now < listener.since.plus_seconds(LISTENS_SECONDS);
    if *told != Told::Nothing && !asked_lately { Told::Goodbye } else { told.clone() }
}

/// A line a change: its number and the request. `all` and a number where too much happened to say it one by one.
fn told(news: &News) -> Told {
    match &news.since {
        Some(since) if since.is_empty() => Told::Nothing,
        Some(since) => {
            let lines: Vec<_> = since.iter().map(|(number, job)| format!("{number} {job}")).collect();
            Told::News { text: lines.join("\n"), heard: news.last }
        }
        None => Told::News { text: format!("all {}", news.last), heard: news.last },
    }
}
