//! What reaches over more than a tile: in which row it stands, at one level of tiles.

use super::reach;
use crate::query::Columns;

/// What reaches over more than a tile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bar {
    /// First known day.
    pub from: i32,
    /// Last known day.
    pub to: i32,
    /// The row of the columns.
    pub row: u32,
}

/// The bars of a lane at one level of tiles.
#[derive(Clone, Debug, Default)]
pub(super) struct Bars {
    /// The first days of all of them, ascending.
    from: Vec<i32>,
    /// How many of those before each are folded, because there was no room for them.
    folded: Vec<u32>,
    /// Those with a row, row by row; within a row one after the other.
    pub rows: Vec<Vec<Bar>>,
}

impl Bars {
    /// Gives each a row, the earlier first; what finds no room is folded.
    pub fn new(columns: &Columns, rows: &[u32], level: u8, most: u16) -> Self {
        let tile = 1_i64 << level;
        // Between neighbours there is room for the stub of an open end and for signs.
        let gap = tile / 2;
        let mut bars: Vec<Bar> = columns
            .longer(rows, level)
            .filter_map(|row| reach::of(columns, row).map(|(from, to)| Bar { from, to, row }))
            .collect();
        bars.sort_unstable_by_key(|bar| (bar.from, bar.row));
        let mut made = Self { rows: vec![Vec::new(); usize::from(most)], ..Self::default() };
        let mut folded = 0;
        for bar in bars {
            made.from.push(bar.from);
            made.folded.push(folded);
            let free = |row: &Vec<Bar>| {
                row.last().is_none_or(|last| i64::from(last.to) + gap < i64::from(bar.from))
            };
            match made.rows.iter_mut().find(|row| free(row)) {
                Some(row) => row.push(bar),
                None => folded += 1,
            }
        }
        made.folded.push(folded);
        made
    }

    fn before(&self, day: i64) -> usize {
        self.from.partition_point(|from| i64::from(*from) < day)
    }

    /// How many begin in `from..to`, and how many of these are folded.
    pub fn count(&self, from: i64, to: i64) -> (u32, u32) {
        let (a, b) = (self.before(from), self.before(to));
        ((b - a) as u32, self.folded[b] - self.folded[a])
    }

    /// Those of a row that meet `from..=to`, with the first day of the one after each.
    pub fn seen(&self, row: usize, from: i64, to: i64) -> impl Iterator<Item = (Bar, Option<i32>)> {
        let row = &self.rows[row];
        let a = row.partition_point(|bar| i64::from(bar.to) < from);
        let b = row.partition_point(|bar| i64::from(bar.from) <= to).max(a);
        (a..b).map(move |at| (row[at], row.get(at + 1).map(|next| next.from)))
    }
}
