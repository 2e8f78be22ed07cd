//! The conditions of a filter, each by itself: which rows pass it.

use super::{
    Chosen, Columns, Dimension, Filter,
    haystack::Bits,
    ranges::Ranges,
    rows::{for_each_bit, scan, scan_words, valid},
    words::rows_with_all,
};
use crate::model::Dataset;

/// One condition of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    /// The values wanted in a dimension.
    Values(Dimension),
    /// Only engagements with disputed dates.
    Disputed,
    /// The words.
    Text,
    /// Possibly in one of the ranges of days.
    Possibly,
    /// Certainly in one of the ranges of days.
    Certainly,
}

impl Condition {
    /// How many there are.
    pub(super) const COUNT: usize = Dimension::ALL.len() + 4;

    /// Each of them, by number.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let others = [Self::Disputed, Self::Text, Self::Possibly, Self::Certainly];
        Dimension::ALL.into_iter().map(Self::Values).chain(others)
    }

    /// Its number.
    pub(super) const fn index(self) -> usize {
        let dimensions = Dimension::ALL.len();
        match self {
            Self::Values(dimension) => dimension as usize,
            Self::Disputed => dimensions,
            Self::Text => dimensions + 1,
            Self::Possibly => dimensions + 2,
            Self::Certainly => dimensions + 3,
        }
    }

    /// Whether it asks about time.
    pub(super) const fn is_time(self) -> bool {
        matches!(self, Self::Possibly | Self::Certainly)
    }

    /// Whether two filters differ in it.
    pub(super) fn differs(self, a: &Filter, b: &Filter) -> bool {
        match self {
            Self::Values(dimension) => a.values(dimension) != b.values(dimension),
            Self::Disputed => a.disputed_only != b.disputed_only,
            Self::Text => a.text != b.text,
            Self::Possibly | Self::Certainly => a.when != b.when || a.chosen != b.chosen,
        }
    }

    /// The rows that pass it, 64 a word; `None` where the filter leaves it open and all pass.
    pub(super) fn pass(
        self,
        dataset: &Dataset,
        columns: &Columns,
        filter: &Filter,
        chosen: &Chosen,
    ) -> Option<Vec<u64>> {
        match self {
            Self::Values(dimension) => columns.having(dimension, &filter.values(dimension)),
            Self::Disputed => filter.disputed_only.then(|| columns.disputed_words().to_vec()),
            Self::Text => rows_with_all(dataset, columns, &filter.text),
            Self::Possibly | Self::Certainly => (!filter.when.is_empty()).then(|| {
                let certainly = self == Self::Certainly;
                columns.in_time(certainly, &Ranges::new(&filter.when), chosen, |_| u64::MAX)
            }),
        }
    }
}

impl Columns {
    /// The rows that have one of the values; `None` where no value is given.
    pub(super) fn having(&self, dimension: Dimension, ids: &[u32]) -> Option<Vec<u64>> {
        let most = *ids.iter().max()?;
        let rows = self.len();
        let wanted = Bits::of(ids, most as usize + 1);
        let mask = ids.iter().fold(0_u8, |mask, id| mask | 1_u8.checked_shl(*id).unwrap_or(0));
        match dimension {
            Dimension::Kind => {
                return Some(scan(rows, |row| wanted.contains(self.kind[row])));
            }
            Dimension::Class => {
                let class = |row: usize| self.class_of[self.kind[row] as usize];
                return Some(scan(rows, |row| wanted.contains(class(row))));
            }
            Dimension::Member => {
                let mask =
                    ids.iter().fold(0, |mask, id| mask | 1_u64.checked_shl(*id).unwrap_or(0));
                return Some(scan(rows, |row| self.members[row] & mask != 0));
            }
            Dimension::Evidence => return Some(scan(rows, |row| self.evidence[row] & mask != 0)),
            Dimension::Status => return Some(scan(rows, |row| mask >> self.status[row] & 1 == 1)),
            _ => {}
        }
        let postings = self.postings(dimension);
        let listed: usize = ids.iter().map(|id| postings.count(*id as usize)).sum();
        if listed > rows / 2
            && let Some(values) = self.table(dimension)
        {
            return Some(scan(rows, |row| wanted.meets(values.of(row))));
        }
        let mut words = vec![0; rows.div_ceil(64)];
        for id in ids {
            for row in &self.rows_with(dimension, *id) {
                words[*row as usize / 64] |= 1 << (row % 64);
            }
        }
        Some(words)
    }

    /// The rows that may have been, or certainly were, going on on some day of the ranges, among
    /// those whose bits are set in the words that `among` gives.
    pub(super) fn in_time(
        &self,
        certainly: bool,
        ranges: &Ranges,
        chosen: &Chosen,
        among: impl Fn(usize) -> u64 + Sync,
    ) -> Vec<u64> {
        let rows = self.len();
        let exactly = |row: usize| {
            if certainly { self.certainly_in(row, ranges) } else { self.possibly_in(row, ranges) }
        };
        let mut words = scan_words(rows, |at| {
            let wanted = among(at);
            if wanted == 0 {
                return 0;
            }
            let first = at * 64;
            let hulls = &self.hull[first..(first + 64).min(rows)];
            let mut near = 0;
            let mut hit = |bits, (at, hull): (usize, &super::Spread)| {
                let (from, to) = if certainly {
                    (hull.last_start, hull.least_end)
                } else {
                    (hull.from, hull.to)
                };
                bits | (u64::from(ranges.meet_near(from, to, &mut near)) << at)
            };
            let bits = hulls.iter().enumerate().fold(0, &mut hit) & valid(at, self.dated_rows());
            // Where a date has several parts, the hull does not tell: of what it lets through one
            // part must reach the range, and what it keeps back may certainly be in it by parts.
            let parts = self.accounts.several(at) & wanted;
            let bits = bits & wanted;
            let unsure = if certainly { parts } else { parts & bits };
            let mut sure = bits & !unsure;
            for_each_bit(unsure, first, |row| {
                let hull = self.hull[row];
                let passes = ranges.meet_near(hull.from, hull.to, &mut near) && exactly(row);
                sure |= u64::from(passes) << (row - first);
            });
            sure
        });
        for row in chosen.rows() {
            let row = row as usize;
            let passes = if certainly {
                chosen.certainly_in(self, row, ranges)
            } else {
                chosen.possibly_in(self, row, ranges)
            };
            let bit = (1 << (row % 64)) & among(row / 64);
            words[row / 64] = (words[row / 64] & !bit) | if passes { bit } else { 0 };
        }
        words
    }
}
