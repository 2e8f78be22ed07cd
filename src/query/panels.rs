//! Several stretches of time side by side: the ties and engagements of each.

use super::{Chosen, Columns, Match, Period, RowSet, TieIndex, TieWeight, Ties, rows_within};
use crate::model::DayRange;

/// What windows are cut out of: all that passes a filter but for its days, and how those are asked
/// for.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// The columns.
    pub columns: &'a Columns,
    /// The claims that the reader has chosen.
    pub chosen: &'a Chosen,
    /// The rows that pass everything but the filter's days.
    pub rows: &'a RowSet,
    /// The days that the filter asks for; empty for all.
    pub when: &'a [DayRange],
    /// Whether dates must or may lie in them, and in the windows.
    pub matching: Match,
    /// The pairs of parties, at the level at which they are drawn.
    pub index: &'a TieIndex,
    /// How shared engagements count.
    pub weight: TieWeight,
}

impl Basis<'_> {
    /// The rows on the days of a window.
    #[must_use]
    pub fn rows(&self, days: &[DayRange]) -> RowSet {
        rows_within(self.columns, self.chosen, self.rows, self.when, days, self.matching)
    }

    /// The rows on the days that the filter asks for.
    #[must_use]
    pub fn rows_of_filter(&self) -> RowSet {
        if self.when.is_empty() { self.rows.clone() } else { self.rows(self.when) }
    }

    /// The ties among rows.
    #[must_use]
    pub fn ties(&self, rows: &RowSet) -> Ties {
        self.index.ties_among(self.columns, rows, self.weight)
    }

    /// The ties among each of several sets of rows, counted together.
    #[must_use]
    pub fn ties_of_each(&self, sets: &[RowSet]) -> Vec<Ties> {
        self.index.ties_of_each(self.columns, sets, self.weight)
    }
}

/// One stretch of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// The stretch.
    pub period: Period,
    /// Its ties.
    pub ties: Ties,
    /// How many engagements lie in it.
    pub engagements: usize,
}

/// Stretches of time with what they can be measured by together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panels {
    /// The stretches, in the order of the periods.
    pub panels: Vec<Panel>,
    /// The weight of the strongest tie of all.
    pub strongest: f64,
    /// The number of engagements of the busiest party of all.
    pub most: u32,
}

impl Panels {
    /// Counts each period.
    #[must_use]
    pub fn new(basis: &Basis<'_>, periods: &[Period]) -> Self {
        let rows: Vec<RowSet> = periods.iter().map(|period| basis.rows(&period.days)).collect();
        let panels: Vec<Panel> = basis
            .ties_of_each(&rows)
            .into_iter()
            .zip(&rows)
            .zip(periods)
            .map(|((ties, rows), period)| Panel {
                period: period.clone(),
                ties,
                engagements: rows.len(),
            })
            .collect();
        let weights = panels.iter().flat_map(|panel| panel.ties.ties.iter()).map(|tie| tie.weight);
        let strongest = weights.fold(0.0, f64::max);
        let counts = panels.iter().flat_map(|panel| &panel.ties.engagements);
        let most = counts.copied().max().unwrap_or_default();
        Self { panels, strongest, most }
    }
}
