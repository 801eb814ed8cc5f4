//! What the town's figures say: to everybody, and to the centre.

use std::cell::RefCell;

use shared::cohelp::{Store as _, Tally, circulation, figures};
use shared::kernel::{Fault, SessionId};
use shared::wire::{CirculationPage, FiguresPage, Page};

use crate::sql::Sql;
use crate::world::World;

use super::object::Town;

/// The last tally. To make one reads all that ever happened, and anybody may ask for it.
#[derive(Debug, Default)]
pub(super) struct LastTally(RefCell<Option<(u64, Tally)>>);

impl LastTally {
    /// What has happened up to `last`, counted anew where that is more than before.
    fn up_to<T>(
        &self,
        last: u64,
        count: impl FnOnce() -> Result<Tally, Fault>,
        of: impl FnOnce(&Tally) -> T,
    ) -> Result<T, Fault> {
        let mut kept = self.0.borrow_mut();
        let tally = match kept.take() {
            Some((until, tally)) if until == last => tally,
            _ => count()?,
        };
        let (_, tally) = kept.insert((last, tally));
        Ok(of(tally))
    }
}

impl<S: Sql, W: World> Town<S, W> {
    fn counted<T>(&self, of: impl FnOnce(&Tally) -> T) -> Result<T, Fault> {
        self.last_tally.up_to(self.store().occurred()?, || self.store().tally(), of)
    }

    /// `/circulation`, for whoever is signed in or not.
    pub(super) async fn circulation(&self, session: Option<SessionId>) -> Result<CirculationPage, Fault> {
        let visitor = match session {
            Some(session) => self.visitor(session).await?,
            None => None,
        };
        let now = self.world.now();
        let circulation = self.counted(|tally| circulation(tally, now.month()))?;
        Ok(CirculationPage { visitor, now, circulation })
    }

    /// `/desk/figures`.
    pub(super) async fn figures(&self, session: SessionId) -> Result<Page<FiguresPage>, Fault> {
        let visitor = match self.operator(session).await? {
            Ok(visitor) => visitor,
            Err(page) => return Ok(page),
        };
        let now = self.world.now();
        let figures = self.counted(|tally| figures(tally, now.month()))?;
        Ok(Page::Here(FiguresPage { visitor, now, figures }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_counted_twice() {
        let (last_tally, times) = (LastTally::default(), std::cell::Cell::new(0));
        let count = || {
            times.set(times.get() + 1);
            Ok(Tally::default())
        };
        for (last, expected) in [(0, 1), (0, 1), (3, 2), (3, 2), (4, 3)] {
            assert_eq!(last_tally.up_to(last, count, Tally::clone), Ok(Tally::default()));
            assert_eq!(times.get(), expected, "up to {last}");
        }
        let failed = last_tally.up_to(5, || Err(Fault::new("test", "no")), Tally::clone);
        assert!(failed.is_err());
        assert!(last_tally.up_to(5, count, Tally::clone).is_ok(), "a failure is not kept");
    }
}
