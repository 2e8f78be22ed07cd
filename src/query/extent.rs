//! The days that rows may reach.

use super::{Chosen, Columns, Spread, rows::for_each_bit};
use crate::model::{Day, DayRange};

/// The first and last known day of a stretch of dates; nothing yet where `from` is after `to`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    from: Day,
    to: Day,
}

impl Default for Reach {
    fn default() -> Self {
        Self { from: Day(i32::MAX), to: Day(i32::MIN) }
    }
}

impl Reach {
    /// Reaches over a date as well; bounds that are open or unknown reach nowhere.
    fn add(&mut self, spread: &Spread) {
        for day in [spread.from, spread.last_start, spread.least_end, spread.to] {
            if day != Day(i32::MIN) && day != Day(i32::MAX) {
                self.from = self.from.min(day);
                self.to = self.to.max(day);
            }
        }
    }

    /// The reach of each word of 64 rows.
    pub(super) fn of_words(hulls: &[Spread]) -> Vec<Self> {
        hulls
            .chunks(64)
            .map(|hulls| {
                let mut reach = Self::default();
                hulls.iter().for_each(|hull| reach.add(hull));
                reach
            })
            .collect()
    }
}

/// The days that the rows whose bits are set may reach, if any is known.
pub(super) fn of(columns: &Columns, chosen: &Chosen, words: &[u64]) -> Option<DayRange> {
    let mut reach = Reach::default();
    let mut add = |at: usize, within: &Reach| {
        let Some(word) = words.get(at).filter(|word| **word != 0) else { return };
        // Most words lie within what is reached already.
        if within.from < reach.from || within.to > reach.to {
            for_each_bit(*word, at * 64, |row| match chosen.parts(row) {
                Some(parts) => parts.iter().for_each(|part| reach.add(part)),
                None => reach.add(&columns.hull[row]),
            });
        }
    };
    // Rows are in order of time: the first one with a first day tells where it begins, so that from
    // the end, where what reaches furthest comes early, most words have nothing to add.
    let begun = columns.hull.partition_point(|hull| hull.from == Day(i32::MIN)) / 64;
    let first = (begun..words.len()).find(|at| words[*at] != 0);
    if let Some((at, within)) = first.and_then(|at| Some((at, columns.reach().get(at)?))) {
        add(at, within);
    }
    for (at, within) in columns.reach().iter().enumerate().rev() {
        add(at, within);
    }
    (reach.from <= reach.to).then_some(DayRange { from: reach.from, to: reach.to })
}
