//! The claims that a reader has chosen among several, which stand for the whole date.

use std::collections::BTreeMap;

use super::{
    Columns, Spread,
    accounts::{certainly, possibly},
    ranges::Ranges,
};
use crate::model::{Dataset, EngagementId, when::Shape};

/// One chosen claim.
#[derive(Clone, Debug, PartialEq, Eq)]
struct One {
    row: u32,
    parts: Vec<Spread>,
    /// Each of the parts holds ("all of").
    every: bool,
}

/// The dates of the rows for which a reader has chosen one of several claims, and how dates are
/// compared with ranges of days under that choice. Rows without a choice have all their claims.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen(Vec<One>);

impl Chosen {
    /// Looks up the chosen claims, by position among the claims of each engagement. Choices of
    /// what the dataset does not have are left out.
    #[must_use]
    pub fn new(
        dataset: &Dataset,
        columns: &Columns,
        chosen: &BTreeMap<EngagementId, usize>,
    ) -> Self {
        let one = |(id, at): (&EngagementId, &usize)| {
            let row = *columns.row_of.get(id.index())?;
            let when = &dataset.engagements().get(id.index())?.dates.get(*at)?.when;
            let parts = when.parts().iter().map(|part| Spread::from(*part)).collect();
            Some(One { row, parts, every: when.shape() == Shape::AllOf })
        };
        let mut rows: Vec<One> = chosen.iter().filter_map(one).collect();
        rows.sort_unstable_by_key(|one| one.row);
        Self(rows)
    }

    /// The rows with a choice, ascending.
    pub(super) fn rows(&self) -> impl Iterator<Item = u32> {
        self.0.iter().map(|one| one.row)
    }

    fn get(&self, row: usize) -> Option<&One> {
        if self.0.is_empty() {
            return None;
        }
        let at = self.0.binary_search_by_key(&(row as u32), |one| one.row).ok()?;
        self.0.get(at)
    }

    /// The parts of the date chosen for a row, if there is one.
    pub(super) fn parts(&self, row: usize) -> Option<&[Spread]> {
        Some(&self.get(row)?.parts)
    }

    /// Whether a row may have been going on on some day of one of the ranges.
    #[must_use]
    pub fn possibly_in(&self, columns: &Columns, row: usize, ranges: &Ranges) -> bool {
        match self.get(row) {
            Some(one) => possibly(&one.parts, ranges),
            None => columns.possibly_in(row, ranges),
        }
    }

    /// Whether a row was going on on some day of one of the ranges, whatever the unknowns turn out
    /// to be.
    #[must_use]
    pub fn certainly_in(&self, columns: &Columns, row: usize, ranges: &Ranges) -> bool {
        match self.get(row) {
            Some(one) => certainly(&one.parts, one.every, ranges),
            None => columns.certainly_in(row, ranges),
        }
    }
}
