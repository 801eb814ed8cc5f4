//! What changes, as it happens: every operator who listens is told what changed at the desk, and the two of a job what changed in
//! it, in order, each change once.

use std::collections::BTreeSet;

use shared::cohelp::{Change, News, Reach, Store as _};
use shared::identity::Visitor;
use shared::kernel::{Fault, JobId, SessionId, Timestamp};
use shared::wire::Page;

use crate::sql::Sql;
use crate::world::{Audience, Ear, Listener, Told, World};

use super::object::Town;

/// How long somebody listens before they are asked once more who they are, in seconds.
const LISTENS_SECONDS: i64 = 600;

/// Why somebody may not listen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// No live session.
    SignedOut,
    /// No operator with a passkey; not one of the two.
    Forbidden,
}

impl<S: Sql, W: World> Town<S, W> {
    /// Somebody who wants to listen, and knows of changes up to that one.
    pub async fn listener(&self, ear: Ear) -> Result<Result<Listener, Denied>, Fault> {
        let Ear { session, after, about } = ear;
        let lets_in = match about {
            None => self.listening::<()>(session).await?.map(drop),
            Some(job) => self.one_of_two::<()>(session, job).await?.map(drop),
        };
        Ok(match lets_in {
            Ok(()) => Ok(Listener { heard: after, since: self.world.now(), about }),
            Err(Page::SignedOut) => Err(Denied::SignedOut),
            Err(_) => Err(Denied::Forbidden),
        })
    }

    /// One of the two of that job, whose page asks by itself.
    async fn one_of_two<T>(&self, session: SessionId, job: JobId) -> Result<Result<Visitor, Page<T>>, Fault> {
        let Some(visitor) = self.people.glance(&self.world, session).await? else { return Ok(Err(Page::SignedOut)) };
        let person = visitor.actor.person;
        let found = self.store().job(job)?.filter(|(job, _)| job.helper().is_some() && job.side(person).is_some());
        Ok(if found.is_some() { Ok(visitor) } else { Err(Page::Missing(visitor)) })
    }

    /// Tells those who listen what they have not heard. A fault keeps nothing from being done: it is logged, and whoever
    /// has heard less than there is hears it with the next change, or when they connect again.
    pub fn tell_news(&self) {
        if let Err(fault) = self.try_to_tell() {
            self.world.log(&fault);
        }
    }

    /// The operators, and of each job that changed the two. What was told before this instance it cannot know: then everybody.
    fn try_to_tell(&self) -> Result<(), Fault> {
        let since = self.told.get().map(|told| self.store().news(told)).transpose()?;
        match since {
            Some(News { last, since: Some(changes) }) => {
                if changes.iter().any(|change| change.reach != Reach::TheTwo) {
                    self.tell_audience(Audience::Desk)?;
                }
                let theirs = changes.iter().filter(|change| change.reach != Reach::Desk);
                let jobs: BTreeSet<_> = theirs.map(|change| change.job).collect();
                jobs.into_iter().try_for_each(|job| self.tell_audience(Audience::Job(job)))?;
                self.told.set(Some(last));
            }
            _ => {
                let last = self.store().news(u64::MAX)?.last;
                self.tell_audience(Audience::All)?;
                self.told.set(Some(last));
            }
        }
        Ok(())
    }

    /// A listener who has just come, and may know less than was told already.
    pub fn tell_newcomer(&self, about: Option<JobId>) {
        let told = self.tell_audience(about.map_or(Audience::Desk, Audience::Job));
        if let Err(fault) = told {
            self.world.log(&fault);
        }
    }

    fn tell_audience(&self, whom: Audience) -> Result<(), Fault> {
        let now = self.world.now();
        // Nearly all of an audience have heard the same.
        let mut last: Option<(Listener, Told)> = None;
        self.world.tell_each(whom, |listener| {
            if let Some((before, told)) = &last
                && (before.heard, before.about) == (listener.heard, listener.about)
            {
                return Ok(due(listener, told, now));
            }
            let told = told(&self.store().news(listener.heard)?, listener.about);
            last = Some((listener, told.clone()));
            Ok(due(listener, &told, now))
        })
    }

    /// `/desk/live`, for who cannot keep a connection open.
    pub(super) async fn news(&self, session: SessionId, after: u64) -> Result<Page<String>, Fault> {
        let asks = self.listening(session).await?;
        self.text_of_news(asks, after, None)
    }

    /// `/help/{id}/live`, likewise.
    pub(super) async fn chat_news(&self, session: SessionId, job: JobId, after: u64) -> Result<Page<String>, Fault> {
        let asks = self.one_of_two(session, job).await?;
        self.text_of_news(asks, after, Some(job))
    }

    fn text_of_news(
        &self,
        asks: Result<Visitor, Page<String>>,
        after: u64,
        about: Option<JobId>,
    ) -> Result<Page<String>, Fault> {
        Ok(match asks {
            Ok(_) => match told(&self.store().news(after)?, about) {
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

/// A line a change: its number and the request. `all` and a number where too much happened to say it one by one. The two of a job
/// hear what concerns them in it, operators everything but what two say to each other.
fn told(news: &News, about: Option<JobId>) -> Told {
    let concerns = |change: &&Change| match about {
        None => change.reach != Reach::TheTwo,
        Some(job) => change.job == job && change.reach != Reach::Desk,
    };
    match &news.since {
        Some(since) => {
            let lines: Vec<_> =
                since.iter().filter(concerns).map(|change| format!("{} {}", change.number, change.job)).collect();
            if lines.is_empty() {
                return Told::Nothing;
            }
            Told::News { text: lines.join("\n"), heard: news.last }
        }
        None => Told::News { text: format!("all {}", news.last), heard: news.last },
    }
}
