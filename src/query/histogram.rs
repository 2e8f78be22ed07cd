//! Engagements per stretch of time, precisely dated and spread ones told apart.

use rayon::prelude::*;

use super::{Chosen, Columns, RowSet, rows::for_each_bit};
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

/// Counts the given rows, ascending, between the given edges (ascending days).
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
    let blocks: Vec<&[u32]> =
        rows.chunk_by(|one, next| *one as usize / TOGETHER == *next as usize / TOGETHER).collect();
    let count = |rows: &&[u32]| {
        let mut counting = Counting::new(columns, chosen, edges, kinds);
        rows.iter().for_each(|row| counting.add(*row as usize));
        counting.histogram
    };
    joined(blocks.par_iter().map(count).collect(), edges, kinds)
}

/// The same for a set of rows, without making the list of them.
#[must_use]
pub fn histogram_among(
    columns: &Columns,
    chosen: &Chosen,
    rows: &RowSet,
    edges: &[Day],
    kinds: usize,
) -> Histogram {
    let count = |(block, words): (usize, &[u64])| {
        let mut counting = Counting::new(columns, chosen, edges, kinds);
        for (at, word) in words.iter().enumerate() {
            for_each_bit(*word, block * TOGETHER + at * 64, |row| counting.add(row));
        }
        counting.histogram
    };
    joined(rows.words().par_chunks(TOGETHER / 64).enumerate().map(count).collect(), edges, kinds)
}

/// Rows that are counted together. Shares of spread dates are no whole numbers, so that what is
/// added to what must not depend on the threads.
const TOGETHER: usize = 1 << 16;

/// Adds up what was counted apart, in the order of the rows.
fn joined(parts: Vec<Histogram>, edges: &[Day], kinds: usize) -> Histogram {
    let mut parts = parts.into_iter();
    let first = parts.next().unwrap_or_else(|| Histogram::empty(edges, kinds));
    let mut all = parts.fold(first, |mut all, part| {
        for (bin, more) in all.bins.iter_mut().zip(part.bins) {
            for (count, more) in bin.precise.iter_mut().zip(more.precise) {
                *count += more;
            }
            bin.spread += more.spread;
        }
        all.unplaced += part.unplaced;
        all
    });
    edges.clone_into(&mut all.edges);
    all
}

impl Histogram {
    fn empty(edges: &[Day], kinds: usize) -> Self {
        let count = edges.len().saturating_sub(1);
        let bins = vec![Bin { precise: vec![0; kinds], spread: 0.0 }; count];
        Self { edges: Vec::new(), bins, unplaced: 0 }
    }
}

/// A histogram while rows are counted, in order of time.
struct Counting<'a> {
    columns: &'a Columns,
    chosen: &'a Chosen,
    edges: &'a [Day],
    histogram: Histogram,
    /// The bin of the row before: most begin in the same one.
    near: usize,
    days: Vec<DayRange>,
}

impl<'a> Counting<'a> {
    fn new(columns: &'a Columns, chosen: &'a Chosen, edges: &'a [Day], kinds: usize) -> Self {
        let histogram = Histogram::empty(edges, kinds);
        Self { columns, chosen, edges, histogram, near: 0, days: Vec::new() }
    }

    #[inline]
    fn add(&mut self, row: usize) {
        let begin = self.columns.begins[row];
        if begin.is_plain() && self.chosen.parts(row).is_none() {
            if let [from, to, ..] = self.edges[self.near.min(self.edges.len())..]
                && begin.from >= from.0
                && begin.last < to.0
            {
                let kind = self.columns.kind[row] as usize;
                self.histogram.bins[self.near].precise[kind] += 1;
                return;
            }
            self.days.clear();
            self.days.push(DayRange { from: Day(begin.from), to: Day(begin.last) });
        } else {
            self.columns.beginnings(self.chosen, row, &mut self.days);
        }
        self.place(row);
    }

    /// Counts a row that may have begun on the days noted.
    fn place(&mut self, row: usize) {
        let (edges, bins) = (self.edges, &mut self.histogram.bins);
        let (Some(first), Some(last)) = (self.days.first(), self.days.last()) else {
            self.histogram.unplaced += 1;
            return;
        };
        let at = edges.partition_point(|edge| *edge <= first.from);
        if (1..=bins.len()).contains(&at) {
            // Where the next one is likely to begin as well.
            self.near = at - 1;
        }
        if edges.get(at).is_none_or(|edge| *edge > last.to) {
            if at > 0 && at <= bins.len() {
                bins[at - 1].precise[self.columns.kind[row] as usize] += 1;
            }
            return;
        }
        let total: i64 = self.days.iter().map(|range| range.days()).sum();
        for range in &self.days {
            let first = edges.partition_point(|edge| *edge <= range.from).max(1);
            for bin in first..=bins.len() {
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
}

impl Columns {
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
