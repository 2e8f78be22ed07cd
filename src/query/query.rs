//! A filter that changes step by step: each step recomputes only what it touches.

use std::ops::Range;

use rayon::prelude::*;

use super::{
    Chosen, Columns, FacetCounts, Filter, Hits, Spread,
    conditions::{Conditions, bit, changed},
};
use crate::model::{Dataset, Day, DayRange};

/// Rows below which a second thread is not worth waking.
const LEAST_CHUNK: usize = 16_384;

/// A filter being changed over one dataset, with what passes it.
///
/// For every row it remembers which conditions the row fails. A changed condition is tested alone,
/// and the facets are corrected only for the rows for which something has changed (the crossfilter
/// technique). It begins anew when it is given another dataset.
#[derive(Clone, Debug, Default)]
pub struct Query {
    filter: Filter,
    failed: Vec<u16>,
    hits: Hits,
    /// The stamp of the columns that it belongs to, once it has begun.
    stamp: Option<u64>,
}

/// What one thread finds in its part of the rows.
struct Part {
    rows: Vec<u32>,
    rows_any_time: Vec<u32>,
    only_possibly: u32,
    facets: FacetCounts,
    extent: Extent,
}

impl Query {
    /// What passes the filter applied last; nothing before the first.
    #[must_use]
    pub fn hits(&self) -> &Hits {
        &self.hits
    }

    /// What passes the filter applied last, for keeping.
    #[must_use]
    pub fn into_hits(self) -> Hits {
        self.hits
    }

    /// Applies a filter, reusing what is known from the one before it. The answer is the same as
    /// that of [`evaluate`](super::evaluate).
    pub fn apply(&mut self, dataset: &Dataset, columns: &Columns, filter: &Filter) -> &Hits {
        let threads = rayon::current_num_threads().max(1);
        let chunk = columns.len().div_ceil(threads).max(LEAST_CHUNK);
        self.apply_in_chunks(dataset, columns, filter, chunk)
    }

    /// The same, with the number of rows that one thread takes at a time.
    fn apply_in_chunks(
        &mut self,
        dataset: &Dataset,
        columns: &Columns,
        filter: &Filter,
        chunk: usize,
    ) -> &Hits {
        let fresh = self.stamp != Some(columns.stamp());
        if fresh {
            self.failed.clear();
            self.failed.resize(columns.len(), 0);
            self.hits = Hits { facets: FacetCounts::zero(dataset), ..Hits::default() };
        } else if self.filter == *filter {
            return &self.hits;
        }
        let bits = if fresh { u16::MAX } else { changed(&self.filter, filter) };
        let chosen = Chosen::new(dataset, columns, &filter.chosen);
        let step = Step {
            columns,
            chosen: &chosen,
            conditions: Conditions::new(columns, filter, &chosen, bits),
            bits,
            before: (!fresh).then(|| bit::active(self.filter.matching)),
            now: bit::active(filter.matching),
            facets: &self.hits.facets,
        };
        let parts: Vec<Part> = self
            .failed
            .par_chunks_mut(chunk)
            .enumerate()
            .map(|(at, failed)| step.part(at * chunk, failed))
            .collect();
        let hits = &mut self.hits;
        hits.rows.clear();
        hits.rows_any_time.clear();
        hits.only_possibly = 0;
        let mut extent = Extent::default();
        for part in parts {
            hits.rows.extend_from_slice(&part.rows);
            hits.rows_any_time.extend_from_slice(&part.rows_any_time);
            hits.only_possibly += part.only_possibly;
            hits.facets.merge(&part.facets);
            extent.add(part.extent.from);
            extent.add(part.extent.to);
        }
        hits.extent = extent.range();
        hits.chosen = chosen;
        self.filter.clone_from(filter);
        self.stamp = Some(columns.stamp());
        &self.hits
    }
}

/// One change of the filter.
struct Step<'a> {
    columns: &'a Columns,
    chosen: &'a Chosen,
    conditions: Conditions<'a>,
    /// The conditions that have changed.
    bits: u16,
    /// The conditions that decided until now; `None` where nothing has been counted yet.
    before: Option<u16>,
    /// The conditions that decide from now on.
    now: u16,
    /// For the lengths of the lists only.
    facets: &'a FacetCounts,
}

impl Step<'_> {
    fn part(&self, first: usize, failed: &mut [u16]) -> Part {
        let mut part = Part {
            rows: Vec::with_capacity(failed.len()),
            rows_any_time: Vec::with_capacity(failed.len()),
            only_possibly: 0,
            facets: self.facets.emptied(),
            extent: Extent::default(),
        };
        let rows: Range<usize> = first..first + failed.len();
        for (row, mask) in rows.zip(failed) {
            let old = *mask;
            *mask = (old & !self.bits) | self.conditions.failed(row);
            let decided = *mask & self.now;
            match self.before {
                None => part.facets.count(self.columns, row, decided, 1),
                Some(before) if old & before != decided => {
                    part.facets.count(self.columns, row, old & before, 1_u32.wrapping_neg());
                    part.facets.count(self.columns, row, decided, 1);
                }
                Some(_) => {}
            }
            if decided & !bit::TIME == 0 {
                part.rows_any_time.push(row as u32);
                part.only_possibly += u32::from(*mask & bit::TIME == bit::CERTAINLY);
                if decided == 0 {
                    part.rows.push(row as u32);
                    part.extent.add_row(self.columns, self.chosen, row);
                }
            }
        }
        part
    }
}

/// The days that rows may reach; nothing yet where `from` is after `to`.
struct Extent {
    from: Day,
    to: Day,
}

impl Default for Extent {
    fn default() -> Self {
        Self { from: Day(i32::MAX), to: Day(i32::MIN) }
    }
}

impl Extent {
    /// Reaches to a day, unless the day stands for a bound that is open or unknown.
    fn add(&mut self, day: Day) {
        if day != Day(i32::MIN) && day != Day(i32::MAX) {
            self.from = self.from.min(day);
            self.to = self.to.max(day);
        }
    }

    fn add_row(&mut self, columns: &Columns, chosen: &Chosen, row: usize) {
        let parts = chosen.parts(row).unwrap_or(std::slice::from_ref(&columns.hull[row]));
        for Spread { from, last_start, least_end, to } in parts {
            for day in [from, last_start, least_end, to] {
                self.add(*day);
            }
        }
    }

    fn range(&self) -> Option<DayRange> {
        (self.from <= self.to).then_some(DayRange { from: self.from, to: self.to })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{formats::generate::generate, model::PartyId};

    #[test]
    fn the_answer_does_not_depend_on_how_the_rows_are_shared_out() {
        let dataset = generate(300, 4);
        let columns = Columns::new(&dataset);
        let mut filter = Filter::default();
        let (mut whole, mut parts) = (Query::default(), Query::default());
        for step in 0..4 {
            match step {
                1 => filter.parties = [PartyId(1)].into(),
                2 => filter.when = vec![DayRange::new(Day(11_000), Day(16_000))],
                3 => filter.parties.clear(),
                _ => {}
            }
            let expected = whole.apply_in_chunks(&dataset, &columns, &filter, 1_000);
            assert_eq!(parts.apply_in_chunks(&dataset, &columns, &filter, 7), expected);
        }
    }

    #[test]
    fn another_dataset_begins_anew() {
        let filter = Filter { parties: [PartyId(0)].into(), ..Filter::default() };
        let mut query = Query::default();
        for seed in 0..3 {
            let dataset = generate(100 + 3_000 * (seed as usize % 2), seed);
            let columns = Columns::new(&dataset);
            let expected = super::super::evaluate(&dataset, &columns, &filter);
            assert_eq!(query.apply(&dataset, &columns, &filter), &expected);
        }
    }
}
