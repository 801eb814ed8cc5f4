//! Faults on purpose: the n-th call, request or write fails, before or after it was done, for once or until a restart.

use std::cell::Cell;
use std::rc::Rc;

use shared::kernel::Fault;

use crate::sql::native::NativeSql;
use crate::sql::{Row, Sql, Value};

/// What can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Point {
    /// A call of an object.
    Call,
    /// A request to the issuer.
    Send,
    /// A statement that writes, or the end of a transaction.
    Write,
}

/// How it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// It is not done.
    Undone,
    /// It is done, and nobody learns of it.
    Unanswered,
}

/// One fault of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Plan {
    /// What fails.
    pub point: Point,
    /// The how-manieth from now on, from 0.
    pub at: usize,
    /// How.
    pub how: How,
    /// Whether everything stops there until the restart, as with the power gone.
    pub power_cut: bool,
}

/// The faults of a deployment.
#[derive(Default)]
pub(crate) struct Faults {
    plan: Cell<Option<Plan>>,
    next: Cell<Option<Plan>>,
    seen: [Cell<usize>; 3],
    down: Cell<bool>,
}

impl Faults {
    /// Plans a fault; counting begins anew.
    pub(crate) fn plan(&self, plan: Plan) {
        self.plan.set(Some(plan));
        self.seen.iter().for_each(|seen| seen.set(0));
    }

    /// Plans another fault, counted from the first one on.
    pub(crate) fn then(&self, plan: Plan) {
        self.next.set(Some(plan));
    }

    /// Whether the planned fault has not happened yet.
    pub(crate) fn is_planned(&self) -> bool {
        self.plan.get().is_some()
    }

    /// How many of these there were since the last plan or reset.
    pub(crate) fn seen(&self, point: Point) -> usize {
        self.seen[point as usize].get()
    }

    /// No plan, counting from 0.
    pub(crate) fn reset(&self) {
        self.plan.set(None);
        self.down.set(false);
        self.seen.iter().for_each(|seen| seen.set(0));
    }

    /// The power is back.
    pub(crate) fn restore(&self) {
        self.down.set(false);
    }

    /// A fault while the power is gone.
    pub(crate) fn check_power(&self) -> Result<(), Fault> {
        if self.down.get() { Err(Fault::new("test.power", "the power is gone")) } else { Ok(()) }
    }

    /// Passes the point: whether its work fails, and how.
    pub(super) fn pass(&self, point: Point) -> Result<Option<How>, Fault> {
        self.check_power()?;
        let seen = &self.seen[point as usize];
        let at = seen.replace(seen.get() + 1);
        match self.plan.get() {
            Some(plan) if plan.point == point && plan.at == at => {
                if let Some(next) = self.next.take() {
                    self.plan(next);
                } else {
                    self.plan.set(None);
                }
                self.down.set(plan.power_cut);
                Ok(Some(plan.how))
            }
            _ => Ok(None),
        }
    }
}

pub(super) fn struck() -> Fault {
    Fault::new("test.fault", "told to fail")
}

/// A database that fails when told to.
#[derive(Clone)]
pub(crate) struct Disk {
    pub(super) inner: Rc<NativeSql>,
    pub(super) faults: Rc<Faults>,
}

impl Sql for Disk {
    fn exec(&self, text: &str, parameters: &[Value]) -> Result<Vec<Row>, Fault> {
        self.faults.check_power()?;
        let writes = !text.trim_start().starts_with("SELECT");
        match if writes { self.faults.pass(Point::Write)? } else { None } {
            None => self.inner.exec(text, parameters),
            Some(How::Undone) => Err(struck()),
            Some(How::Unanswered) => self.inner.exec(text, parameters).and(Err(struck())),
        }
    }

    fn transaction<T>(&self, body: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
        let mut unanswered = false;
        let answer = self.inner.transaction(|| {
            let answer = body()?;
            match self.faults.pass(Point::Write)? {
                Some(How::Undone) => return Err(struck()),
                Some(How::Unanswered) => unanswered = true,
                None => {}
            }
            Ok(answer)
        });
        if unanswered { answer.and(Err(struck())) } else { answer }
    }
}
