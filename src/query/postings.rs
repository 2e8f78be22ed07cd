//! For every value of a dimension the rows that have it: the columns turned about.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Columns, Csr, Dimension, Rows};

/// Where the values of rows are found.
#[derive(Clone, Copy, Debug)]
pub(super) enum Values<'a> {
    /// One value each; `u32::MAX` for none.
    One(&'a [u32]),
    /// Any number of values each.
    Many(&'a Csr),
}

impl<'a> Values<'a> {
    /// The values of a row.
    pub(super) fn of(self, row: usize) -> &'a [u32] {
        match self {
            Self::One(values) if values[row] == u32::MAX => &[],
            Self::One(values) => &values[row..=row],
            Self::Many(lists) => lists.row(row),
        }
    }

    /// Calls `visit` with each value of a row, or with `none` where it has none.
    #[inline]
    fn visit(self, row: usize, none: usize, mut visit: impl FnMut(usize)) {
        match self.of(row) {
            [] => visit(none),
            list => list.iter().for_each(|value| visit(*value as usize)),
        }
    }
}

/// The rows of every value, ascending, and last those without any.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    starts: Vec<usize>,
    rows: Arc<Vec<u32>>,
}

impl Postings {
    /// Turns the values of so many rows about. `values` is how many there are.
    pub(super) fn new(of: Values<'_>, rows: usize, values: usize) -> Self {
        // Each thread counts its rows, then fills the places kept for it: of every value's list,
        // the part after those of the threads before it.
        let parts = if values > rows { 1 } else { rayon::current_num_threads().clamp(1, 8) };
        let each = rows.div_ceil(parts).max(1);
        let part = |at: usize| (at * each).min(rows)..((at + 1) * each).min(rows);
        let counts: Vec<Vec<u32>> = (0..parts)
            .into_par_iter()
            .map(|at| {
                let mut counts = vec![0; values + 1];
                part(at).for_each(|row| of.visit(row, values, |value| counts[value] += 1));
                counts
            })
            .collect();
        let mut starts = Vec::with_capacity(values + 2);
        let mut total = 0;
        for value in 0..=values {
            starts.push(total);
            total += counts.iter().map(|counts| counts[value] as usize).sum::<usize>();
        }
        starts.push(total);
        let mut all = vec![0; total];
        let mut left = &mut all[..];
        let mut places: Vec<Vec<std::slice::IterMut<'_, u32>>> =
            (0..parts).map(|_| Vec::with_capacity(values + 1)).collect();
        for value in 0..=values {
            for (places, counts) in places.iter_mut().zip(&counts) {
                let (own, rest) = left.split_at_mut(counts[value] as usize);
                places.push(own.iter_mut());
                left = rest;
            }
        }
        places.into_par_iter().enumerate().for_each(|(at, mut places)| {
            for row in part(at) {
                of.visit(row, values, |value| {
                    if let Some(place) = places[value].next() {
                        *place = row as u32;
                    }
                });
            }
        });
        Self { starts, rows: Arc::new(all) }
    }

    /// How many values there are.
    pub(super) fn values(&self) -> usize {
        self.starts.len().saturating_sub(2)
    }

    /// The rows of a value; at [`Postings::values`] those without any.
    pub(super) fn rows(&self, value: usize) -> Rows {
        match (self.starts.get(value), self.starts.get(value + 1)) {
            (Some(from), Some(to)) => Rows::part(&self.rows, *from..*to),
            _ => Rows::default(),
        }
    }

    /// How many rows a value has.
    pub(super) fn count(&self, value: usize) -> usize {
        match (self.starts.get(value), self.starts.get(value + 1)) {
            (Some(from), Some(to)) => to - from,
            _ => 0,
        }
    }
}

impl Columns {
    /// The values of the rows in a dimension that is a table of the dataset; none for the others.
    pub(super) fn table(&self, dimension: Dimension) -> Option<Values<'_>> {
        Some(match dimension {
            Dimension::Kind => Values::One(&self.kind),
            Dimension::Partnership => Values::Many(&self.partnerships),
            Dimension::Party => Values::Many(&self.parties),
            Dimension::Place => Values::Many(&self.places),
            Dimension::Topic => Values::Many(&self.topics),
            Dimension::Source => Values::Many(&self.sources),
            Dimension::Class | Dimension::Member | Dimension::Evidence | Dimension::Status => {
                return None;
            }
        })
    }

    /// The rows of every value of a dimension that is a table of the dataset; made when first
    /// asked for.
    pub(super) fn postings(&self, dimension: Dimension) -> &Postings {
        self.postings[dimension as usize].get_or_init(|| match self.table(dimension) {
            Some(values) => Postings::new(values, self.len(), self.vocabulary(dimension)),
            None => Postings::default(),
        })
    }

    /// The rows that have a value of a table (kinds, partnerships, parties, places, topics, sources),
    /// ascending; none for classes, evidence and statuses, which are not tables.
    #[must_use]
    pub fn rows_with(&self, dimension: Dimension, value: u32) -> Rows {
        let postings = self.postings(dimension);
        let value = value as usize;
        if value < postings.values() { postings.rows(value) } else { Rows::default() }
    }
}
