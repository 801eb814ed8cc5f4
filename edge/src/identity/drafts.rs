//! What somebody had typed when they were asked to sign in, or left for another day (下書き): theirs again, and nobody else's.

use shared::identity::{Draft, NextPath};
use shared::kernel::{Fault, SessionId, Timestamp};

use crate::sql::{Sql, Value};
use crate::world::World;

use super::object::Registry;
use super::seal::Purpose;
use super::store;

impl<S: Sql, W: World> Registry<S, W> {
    /// Keeps it for the person of the session, which may have run out but not been ended. Says whether there is one.
    pub(super) fn keep_draft(
        &self,
        session: SessionId,
        path: &NextPath,
        draft: &Draft,
        saved: bool,
    ) -> Result<bool, Fault> {
        let now = self.world.now();
        let seconds = if saved { Draft::SAVED_SECONDS } else { Draft::SECONDS_MAX };
        let Some(person) = store::person_of_session(&self.sql, session, now)? else { return Ok(false) };
        let sealed = self.secrets.seal_keys.seal(self.world.random(), person, Purpose::Draft, draft)?;
        let parameters = [
            Value::from(person.as_bytes().as_slice()),
            path.as_str().into(),
            now.plus_seconds(seconds).0.into(),
            Value::Blob(sealed),
        ];
        let text = "INSERT INTO draft (person, path, expires_at, sealed) VALUES (?, ?, ?, ?) ON CONFLICT (person, path) \
                    DO UPDATE SET expires_at = excluded.expires_at, sealed = excluded.sealed";
        self.sql.exec(text, &parameters).map(|_| true)
    }

    /// Keeps nothing for that page any longer. Says whether there is somebody whose it was.
    pub(super) fn drop_draft(&self, session: SessionId, path: &NextPath) -> Result<bool, Fault> {
        let Some(visitor) = self.visitor(session)? else { return Ok(false) };
        let parameters = [Value::from(visitor.actor.person.as_bytes().as_slice()), path.as_str().into()];
        self.sql.exec("DELETE FROM draft WHERE person = ? AND path = ?", &parameters).map(|_| true)
    }

    /// What is kept for that page. It stays until its time is over: a page that failed or was left is asked for again.
    pub(super) fn draft(&self, session: SessionId, path: &NextPath) -> Result<Option<Draft>, Fault> {
        let Some(visitor) = self.visitor(session)? else { return Ok(None) };
        let person = visitor.actor.person;
        let parameters = [Value::from(person.as_bytes().as_slice()), path.as_str().into()];
        let text = "SELECT expires_at, sealed FROM draft WHERE person = ? AND path = ?";
        let kept = self.sql.exec(text, &parameters)?;
        let Some(row) = kept.first() else { return Ok(None) };
        if Timestamp(row.integer(0)?) <= self.world.now() {
            return Ok(None);
        }
        self.secrets.seal_keys.open(person, Purpose::Draft, row.blob(1)?).map(Some)
    }
}
