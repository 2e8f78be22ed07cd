//! When each row begins, in one small record: what counting by time reads of very many rows.

use rayon::prelude::*;

use super::{Columns, Spread, accounts::Accounts};
use crate::model::{Kind, KindId};

/// When a row begins and what it counts as, in sixteen bytes that lie side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Begin {
    /// The first day on which it may begin; means nothing unless [`Begin::is_plain`].
    pub(super) from: i32,
    /// The last such day.
    pub(super) last: i32,
    /// How much it matters where only one of many can be named: a disputed date before others, then
    /// more parties, then the longer known to have gone on.
    pub(super) importance: u32,
    /// The first level at which the days of its beginning lie in one stretch: see [`fits`].
    pub(super) fits: u8,
    /// The first level at which all its known days are no more than a stretch has; [`NO_DAYS`]
    /// where none is known.
    pub(super) long: u8,
    /// The slot of its kind.
    pub(super) slot: u8,
    /// Whether the two days say all about its beginning.
    plain: bool,
}

/// In [`Begin::long`]: no day is known.
pub(super) const NO_DAYS: u8 = u8::MAX;

impl Begin {
    /// Whether `from` and `last` say all about when it begins, unless the reader has chosen a
    /// claim. Where they do not, it has no date, no bounds or several stretches of days.
    #[inline]
    pub(super) const fn is_plain(self) -> bool {
        self.plain
    }

    /// The records of all rows. `slots` has those of the kinds.
    pub(super) fn of_rows(columns: &Columns, importance: &[u32], slots: &[u8]) -> Vec<Self> {
        (0..columns.len())
            .into_par_iter()
            .with_min_len(8_192)
            .map(|row| Self::new(columns, &columns.accounts, importance[row], slots, row))
            .collect()
    }

    fn new(
        columns: &Columns,
        accounts: &Accounts,
        importance: u32,
        slots: &[u8],
        row: usize,
    ) -> Self {
        let hull = columns.hull[row];
        let dated = columns.dated[row];
        let days = hull.beginning().filter(|_| dated && accounts.is_simple(row));
        let (from, last) = days.map_or((0, 0), |days| (days.from.0, days.to.0));
        let slot = slots.get(columns.kind[row] as usize).copied().unwrap_or(0);
        Self {
            from,
            last,
            importance,
            fits: fits(from, last),
            long: if dated { long(hull) } else { NO_DAYS },
            slot,
            plain: days.is_some(),
        }
    }
}

/// The slots of the kinds of a dataset.
pub(super) fn slots(dataset: &crate::model::Dataset) -> Vec<u8> {
    (0..dataset.kinds().len())
        .map(|kind| dataset.kind(KindId::at(kind)).slot % Kind::SLOTS)
        .collect()
}

/// The first level at which two days lie in one stretch of 2^level days, counted from 1970-01-01;
/// 32 for days before and after that.
pub(super) fn fits(from: i32, to: i32) -> u8 {
    (i32::BITS - (from ^ to).leading_zeros()) as u8
}

/// See [`Begin::long`].
fn long(hull: Spread) -> u8 {
    let Some((from, to)) = hull.known() else { return NO_DAYS };
    let days = i64::from(to) - i64::from(from);
    // The least level with 2^level days or more.
    (i64::BITS - days.leading_zeros()) as u8
}

impl Spread {
    /// The first and the last day that is known of it; `None` where none is.
    #[must_use]
    pub fn known(self) -> Option<(i32, i32)> {
        let days = [self.from.0, self.last_start.0, self.least_end.0, self.to.0];
        let days = days.into_iter().filter(|day| *day != i32::MIN && *day != i32::MAX);
        Some((days.clone().min()?, days.max()?))
    }
}

impl Columns {
    /// How much a row matters where only one of many can be named: a disputed date before others,
    /// then more parties, then the longer known to have gone on.
    #[must_use]
    pub fn importance(&self, row: usize) -> u32 {
        self.begins[row].importance
    }

    /// The rows of a list whose known days are more than a stretch of 2^`level` days has.
    pub fn longer<'a>(&'a self, rows: &'a [u32], level: u8) -> impl Iterator<Item = u32> + 'a {
        let long = move |row: &u32| {
            let long = self.begins[*row as usize].long;
            long > level && long != NO_DAYS
        };
        rows.iter().copied().filter(long)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{formats::generate::generate, model::Day};

    #[test]
    fn records_say_what_the_dates_say() {
        let dataset = generate(2_000, 6);
        let columns = Columns::new(&dataset);
        let all: Vec<u32> = (0..columns.len() as u32).collect();
        let mut ranges = Vec::new();
        for row in 0..columns.len() {
            let begin = columns.begins[row];
            columns.beginnings(&super::super::Chosen::default(), row, &mut ranges);
            match ranges.as_slice() {
                [one] if begin.is_plain() => {
                    assert_eq!((one.from, one.to), (Day(begin.from), Day(begin.last)));
                }
                _ => assert!(!begin.is_plain()),
            }
        }
        for level in [0, 3, 9, 20] {
            let longer: Vec<u32> = columns.longer(&all, level).collect();
            let expected = all.iter().copied().filter(|row| {
                let known = columns.hull[*row as usize].known();
                let known = known.filter(|_| columns.dated[*row as usize]);
                known.is_some_and(|(from, to)| to - from + 1 > 1 << level)
            });
            assert!(expected.eq(longer));
        }
        assert_eq!((fits(0, 0), fits(0, 1), fits(7, 8), fits(-1, 0)), (0, 1, 4, 32));
    }
}
