//! The days that engagements reach, as far as any are known, and finding them by tile.

use crate::query::Columns;

/// The first and last known day of a row; `None` where none is known.
pub(in crate::scene::timeline) fn of(columns: &Columns, row: u32) -> Option<(i32, i32)> {
    let row = row as usize;
    columns.hull[row].known().filter(|_| columns.dated[row])
}

/// The rows of a lane that have a place in time, by their first known day.
#[derive(Clone, Debug, Default)]
pub(in crate::scene::timeline) struct Reach {
    /// Where in the lane's rows those with a first possible day stand, in the order of that day.
    begun: (usize, usize),
    /// The first known day and the row of those of which nobody knows when they can have begun.
    open: Vec<(i32, u32)>,
}

impl Reach {
    /// Looks at the rows of a lane, ascending as lanes have them.
    pub fn new(columns: &Columns, rows: &[u32]) -> Self {
        let dated = rows.partition_point(|row| columns.dated[*row as usize]);
        let open =
            rows[..dated].partition_point(|row| columns.hull[*row as usize].from.0 == i32::MIN);
        let mut first: Vec<(i32, u32)> =
            rows[..open].iter().filter_map(|row| Some((of(columns, *row)?.0, *row))).collect();
        first.sort_unstable();
        Self { begun: (open, dated), open: first }
    }

    /// How many rows have their first known day before a day.
    pub fn before(&self, columns: &Columns, rows: &[u32], day: i64) -> usize {
        let begun = &rows[self.begun.0..self.begun.1];
        let known = |row: &u32| i64::from(columns.hull[*row as usize].from.0) < day;
        begun.partition_point(known) + self.open.partition_point(|one| i64::from(one.0) < day)
    }

    /// How many rows have a place in time.
    pub fn count(&self) -> usize {
        self.begun.1 - self.begun.0 + self.open.len()
    }

    /// The rows whose first known day lies in `from..to`.
    pub fn rows_in<'a>(
        &'a self,
        columns: &'a Columns,
        rows: &'a [u32],
        from: i64,
        to: i64,
    ) -> impl Iterator<Item = u32> + 'a {
        let begun = &rows[self.begun.0..self.begun.1];
        let at = |day: i64| {
            begun.partition_point(|row| i64::from(columns.hull[*row as usize].from.0) < day)
        };
        let open = |day: i64| self.open.partition_point(|one| i64::from(one.0) < day);
        let opened = self.open[open(from)..open(to)].iter().map(|one| one.1);
        begun[at(from)..at(to)].iter().copied().chain(opened)
    }
}
