//! Many requests, many helpers: the best proposal for all of them together (割り当ての案).

use std::collections::{BTreeMap, BTreeSet};

use pathfinding::prelude::{Matrix, kuhn_munkres};

use super::eligible::{Bar, Fit, eligible};
use super::need::{Helper, Need};
use super::proposal::{Pair, Pin, PinBroken, PinFault, Proposal, Unserved};
use super::rank::Candidate;
use super::score::{POINTS_MAX, points, reasons};
use super::stretch::Stretch;
use crate::kernel::{JobId, PersonId};

/// The best proposal: as many requests as can be served, of these as many urgent ones, and then the most points. Each
/// helper has at most one request, each pin is kept. The order of the arguments changes nothing.
pub fn assign(needs: &[Need], helpers: &[Helper<'_>], pins: &[Pin], daytime: Stretch) -> Result<Proposal, PinBroken> {
    let needs: BTreeMap<JobId, &Need> = needs.iter().map(|need| (need.job, need)).collect();
    let helpers: BTreeMap<PersonId, Helper<'_>> =
        helpers.iter().map(|helper| (helper.profile.person, *helper)).collect();
    let pins = kept(&needs, &helpers, pins, daytime)?;
    let pinned: BTreeSet<PersonId> = pins.values().copied().collect();
    let rows: Vec<Row<'_>> = needs.values().map(|need| Row::new(need, &helpers, daytime)).collect();
    let weight = |row: &Row<'_>, cell: &Cell<'_>| match pins.get(&row.need.job) {
        Some(helper) if *helper != cell.helper.profile.person => 0,
        None if pinned.contains(&cell.helper.profile.person) => 0,
        _ => row.weight(cell, needs.len()),
    };
    let chosen = best(rows.len(), helpers.len(), |row, column| {
        rows.get(row).and_then(|row| Some(weight(row, row.cells.get(column)?))).unwrap_or(0)
    });
    let mut proposal = Proposal::default();
    for (row, column) in rows.iter().zip(chosen) {
        match column.and_then(|column| row.cells.get(column)) {
            Some(cell @ Cell { verdict: Ok(fit), .. }) => {
                let candidate = Candidate::new(row.need, cell.helper, *fit);
                proposal.pairs.push(Pair { job: row.need.job, candidate, pinned: pins.contains_key(&row.need.job) });
            }
            _ => proposal.unserved.push(row.unserved()),
        }
    }
    Ok(proposal)
}

/// The pins by request, if all of them can be kept.
fn kept(
    needs: &BTreeMap<JobId, &Need>,
    helpers: &BTreeMap<PersonId, Helper<'_>>,
    pins: &[Pin],
    daytime: Stretch,
) -> Result<BTreeMap<JobId, PersonId>, PinBroken> {
    let mut kept: BTreeMap<JobId, PersonId> = BTreeMap::new();
    for pin in pins {
        let broken = |why| PinBroken { pin: *pin, why };
        let need = needs.get(&pin.job).ok_or(broken(PinFault::UnknownJob))?;
        let helper = helpers.get(&pin.helper).ok_or(broken(PinFault::UnknownHelper))?;
        if kept.contains_key(&pin.job) || kept.values().any(|helper| *helper == pin.helper) {
            return Err(broken(PinFault::Twice));
        }
        eligible(need, *helper, daytime).map_err(|bar| broken(PinFault::Barred(bar)))?;
        kept.insert(pin.job, pin.helper);
    }
    Ok(kept)
}

/// A request beside every helper.
struct Row<'a> {
    need: &'a Need,
    cells: Vec<Cell<'a>>,
}

struct Cell<'a> {
    helper: Helper<'a>,
    verdict: Result<Fit, Bar>,
}

impl<'a> Row<'a> {
    fn new(need: &'a Need, helpers: &BTreeMap<PersonId, Helper<'a>>, daytime: Stretch) -> Self {
        let cell = |helper: &Helper<'a>| Cell { helper: *helper, verdict: eligible(need, *helper, daytime) };
        Self { need, cells: helpers.values().map(cell).collect() }
    }

    /// None of a pair that must not be. Otherwise serving a request counts more than all points together, an urgent one
    /// twice that. Which requests can be served together is a matroid, so that never lowers how many are served.
    fn weight(&self, cell: &Cell<'_>, needs: usize) -> i64 {
        let Ok(fit) = &cell.verdict else { return 0 };
        let points = i64::from(points(reasons(self.need, cell.helper, fit)));
        let served = i64::from(POINTS_MAX).saturating_mul(i64::try_from(needs).unwrap_or(i64::MAX)).saturating_add(1);
        served.saturating_mul(if self.need.urgent { 2 } else { 1 }).saturating_add(points)
    }

    fn unserved(&self) -> Unserved {
        let mut unserved = Unserved { job: self.need.job, elsewhere: 0, bars: BTreeMap::new() };
        for cell in &self.cells {
            let count = match cell.verdict {
                Ok(_) => &mut unserved.elsewhere,
                Err(bar) => unserved.bars.entry(bar).or_default(),
            };
            *count += 1;
        }
        unserved
    }
}

/// The column of each row that together weigh most, each column at most once; none where the weight is zero.
/// Kuhn and Munkres' algorithm, which wants no more rows than columns and gives a column to each.
fn best(rows: usize, columns: usize, weight: impl Fn(usize, usize) -> i64) -> Vec<Option<usize>> {
    let mut chosen = vec![None; rows];
    if rows == 0 || columns == 0 {
        return chosen;
    }
    let pairs: Vec<(usize, usize)> = if rows <= columns {
        let (_, found) = kuhn_munkres(&Matrix::from_fn(rows, columns, |(row, column)| weight(row, column)));
        found.into_iter().enumerate().collect()
    } else {
        let (_, found) = kuhn_munkres(&Matrix::from_fn(columns, rows, |(column, row)| weight(row, column)));
        found.into_iter().enumerate().map(|(column, row)| (row, column)).collect()
    };
    for (row, column) in pairs.into_iter().filter(|(row, column)| weight(*row, *column) > 0) {
        if let Some(slot) = chosen.get_mut(row) {
            *slot = Some(column);
        }
    }
    chosen
}
