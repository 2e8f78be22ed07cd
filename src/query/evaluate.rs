//! Applying a filter: which rows pass, and the facet counts that go with them.

use super::{
    Columns, Dimension, FacetCounts, Filter,
    conditions::{Conditions, bit},
};
use crate::model::{Dataset, Day, DayRange, Evidence, Status};

/// What passes a filter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// The rows that pass, ascending (so in order of time).
    pub rows: Vec<u32>,
    /// The rows that pass every condition but the one on time: what the overview shows.
    pub rows_any_time: Vec<u32>,
    /// Rows that would pass under `Possibly` but not under `Certainly`.
    pub only_possibly: u32,
    /// Counts per facet value.
    pub facets: FacetCounts,
    /// The days that the passing rows may reach, if any is dated. Open and unknown ends reach no
    /// further than the nearest day that is known.
    pub extent: Option<DayRange>,
}

/// Applies a filter. The text is matched against the dataset's words.
#[must_use]
pub fn evaluate(dataset: &Dataset, columns: &Columns, filter: &Filter) -> Hits {
    let conditions = Conditions::new(columns, filter);
    let active = bit::active(filter.matching);
    let mut hits = Hits { facets: FacetCounts::zero(dataset), ..Hits::default() };
    for row in 0..columns.len() {
        let mask = conditions.failed(row);
        let decided = mask & active;
        if decided & !bit::TIME == 0 {
            hits.rows_any_time.push(row as u32);
            if mask & bit::TIME == bit::CERTAINLY {
                hits.only_possibly += 1;
            }
        }
        if decided == 0 {
            hits.rows.push(row as u32);
        }
        hits.facets.count(columns, row, decided);
    }
    hits.extent = extent(columns, &hits.rows);
    hits
}

/// The days that rows may reach.
fn extent(columns: &Columns, rows: &[u32]) -> Option<DayRange> {
    let (mut from, mut to) = (Day(i32::MAX), Day(i32::MIN));
    for row in rows {
        let row = *row as usize;
        if columns.dated[row] {
            let hull = columns.hull[row];
            for day in [hull.from, hull.last_start, hull.least_end, hull.to] {
                if day != Day(i32::MIN) && day != Day(i32::MAX) {
                    from = from.min(day);
                    to = to.max(day);
                }
            }
        }
    }
    (from <= to).then_some(DayRange { from, to })
}

impl FacetCounts {
    /// No engagement counted yet.
    pub(super) fn zero(dataset: &Dataset) -> Self {
        let counts = Dimension::ALL.map(|dimension| {
            let len = match dimension {
                Dimension::Kind => dataset.kinds().len(),
                Dimension::Partnership => dataset.partnerships().len(),
                Dimension::Party => dataset.parties().len(),
                Dimension::Topic => dataset.topics().len(),
                Dimension::Evidence => Evidence::ALL.len(),
                Dimension::Source => dataset.sources().len(),
                Dimension::Status => Status::ALL.len(),
            };
            vec![0; len]
        });
        Self { counts, disputed: 0 }
    }

    /// Counts a row that fails the given conditions: where it fails none, in every dimension;
    /// where it fails one, in that one.
    fn count(&mut self, columns: &Columns, row: usize, failed: u16) {
        for dimension in Dimension::ALL {
            if failed & !bit::of(dimension) != 0 {
                continue;
            }
            let counts = &mut self.counts[dimension as usize];
            let mut add = |id: usize| counts[id] += 1;
            match dimension {
                Dimension::Kind => add(columns.kind[row] as usize),
                Dimension::Status => add(columns.status[row].into()),
                Dimension::Evidence => {
                    (0..Evidence::ALL.len())
                        .filter(|at| columns.evidence[row] >> at & 1 == 1)
                        .for_each(add);
                }
                Dimension::Partnership => {
                    columns.partnerships.row(row).iter().for_each(|id| add(*id as usize));
                }
                Dimension::Party => {
                    columns.parties.row(row).iter().for_each(|id| add(*id as usize));
                }
                Dimension::Topic => columns.topics.row(row).iter().for_each(|id| add(*id as usize)),
                Dimension::Source => {
                    columns.sources.row(row).iter().for_each(|id| add(*id as usize));
                }
            }
        }
        if columns.disputed[row] && failed & !bit::DISPUTED == 0 {
            self.disputed += 1;
        }
    }
}
