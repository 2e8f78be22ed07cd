//! Applying a filter: which rows pass, and the facet counts that go with them.

use super::{Chosen, Columns, FacetCounts, Filter, Query, RowSet};
use crate::model::{Dataset, DayRange};

/// What passes a filter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// The rows that pass, ascending (so in order of time).
    pub rows: RowSet,
    /// The rows that pass every condition but the one on time: what the overview shows.
    pub rows_any_time: RowSet,
    /// Rows that pass all other conditions and are possibly in the days asked for, but not certainly.
    pub only_possibly: u32,
    /// Counts per facet value.
    pub facets: FacetCounts,
    /// The days that the passing rows may reach, if any is dated. Open and unknown ends reach no
    /// further than the nearest day that is known.
    pub extent: Option<DayRange>,
    /// The claims chosen by the filter, found in the dataset.
    pub chosen: Chosen,
}

/// Applies a filter. The text is matched against the dataset's words.
///
/// Where filters follow one another, a [`Query`] gives the same answers faster.
#[must_use]
pub fn evaluate(dataset: &Dataset, columns: &Columns, filter: &Filter) -> Hits {
    let mut query = Query::default();
    query.apply(dataset, columns, filter);
    query.into_hits()
}
