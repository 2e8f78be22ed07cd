//! Engagements per stretch of time, precisely dated and spread ones told apart.

use super::{Chosen, Columns};
use crate::model::{Day, DayRange};

/// One bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bin {
    /// Engagements known to fall into this bin, per kind id.
    pub precise: Vec<u32>,
    /// The expected number of engagements whose date is spread over several bins, shared out
    /// evenly over the days on which they may have begun.
    pub spread: f64,
}

/// Bars of equal meaning, side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    /// First day of each bin, and the day after the last bin.
    pub edges: Vec<Day>,
    /// The bins, one fewer than the edges.
    pub bins: Vec<Bin>,
    /// Rows that stand in no bin because nothing bounds when they began: undated ones, and those
    /// whose start is open or unknown.
    pub unplaced: u32,
}

/// Counts the given rows between the given edges (ascending days).
///
/// An engagement counts once, where it begins, however long it goes on: a visit of three days is
/// one engagement of its first day. Where the first day is known well enough to fall into one bin,
/// it is precise; otherwise each day on which it may have begun gets an equal share of it, so that
/// a date known to the year is never a spike in January. The days before the first edge and from
/// the last edge on are not counted. Where a claim is chosen, it alone says when that was.
#[must_use]
pub fn histogram(
    columns: &Columns,
    chosen: &Chosen,
    rows: &[u32],
    edges: &[Day],
    kinds: usize,
) -> Histogram {
    let count = edges.len().saturating_sub(1);
    let mut bins = vec![Bin { precise: vec![0; kinds], spread: 0.0 }; count];
    let mut unplaced = 0;
    let mut days = Vec::new();
    // Rows come in order of time, so most begin in the same bin as the one before.
    let mut near = 0;
    for row in rows {
        let row = *row as usize;
        if near < count
            && let Some(days) = columns.single_beginning(chosen, row)
            && days.from >= edges[near]
            && days.to < edges[near + 1]
        {
            bins[near].precise[columns.kind[row] as usize] += 1;
            continue;
        }
        columns.beginnings(chosen, row, &mut days);
        let total: i64 = days.iter().map(|range| range.days()).sum();
        let (Some(first), Some(last)) = (days.first(), days.last()) else {
            unplaced += 1;
            continue;
        };
        let at = edges.partition_point(|edge| *edge <= first.from);
        if at == edges.partition_point(|edge| *edge <= last.to) {
            if at > 0 && at <= count {
                bins[at - 1].precise[columns.kind[row] as usize] += 1;
                near = at - 1;
            }
            continue;
        }
        for range in &days {
            let first = edges.partition_point(|edge| *edge <= range.from).max(1);
            for bin in first..=count {
                let from = edges[bin - 1].max(range.from);
                let to = edges[bin].plus(-1).min(range.to);
                if from > range.to {
                    break;
                }
                if from <= to {
                    let share = DayRange { from, to }.days() as f64 / total as f64;
                    bins[bin - 1].spread += share;
                }
            }
        }
    }
    Histogram { edges: edges.to_vec(), bins, unplaced }
}

impl Columns {
    /// The days on which a row may have begun, where one stretch says it all, as for most rows.
    #[inline]
    pub(super) fn single_beginning(&self, chosen: &Chosen, row: usize) -> Option<DayRange> {
        let simple = self.dated[row] && self.accounts.is_simple(row) && chosen.parts(row).is_none();
        if simple { self.hull[row].beginning() } else { None }
    }

    /// The days on which a row may have begun, as ranges in order of time that do not overlap;
    /// none where that is not bounded.
    pub(super) fn beginnings(&self, chosen: &Chosen, row: usize, days: &mut Vec<DayRange>) {
        days.clear();
        if !self.dated[row] {
            return;
        }
        let parts = match chosen.parts(row) {
            Some(parts) => parts,
            None if self.accounts.is_simple(row) => std::slice::from_ref(&self.hull[row]),
            None => self.accounts.parts(row),
        };
        for part in parts {
            let Some(range) = part.beginning() else {
                days.clear();
                return;
            };
            days.push(range);
        }
        days.sort_unstable_by_key(|range| (range.from, range.to));
        days.dedup_by(|next, kept| {
            let joined = next.from <= kept.to.plus(1);
            if joined {
                kept.to = kept.to.max(next.to);
            }
            joined
        });
    }
}
