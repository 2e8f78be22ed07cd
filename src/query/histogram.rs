//! Engagements per stretch of time, precisely dated and spread ones told apart.

use super::Columns;
use crate::model::{Day, DayRange};

/// One bar.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bin {
    /// Engagements known to fall into this bin, per kind id.
    pub precise: Vec<u32>,
    /// The expected number of engagements whose date is spread over several bins, shared out
    /// evenly over the days they may fall on.
    pub spread: f64,
}

/// Bars of equal meaning, side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Histogram {
    /// First day of each bin, and the day after the last bin.
    pub edges: Vec<Day>,
    /// The bins, one fewer than the edges.
    pub bins: Vec<Bin>,
}

/// Counts the given rows between the given edges (ascending days).
#[must_use]
pub fn histogram(columns: &Columns, rows: &[u32], edges: &[Day], kinds: usize) -> Histogram {
    let _ = (columns, rows, edges, kinds);
    let _ = DayRange::new(Day(0), Day(0));
    todo!()
}
