//! Sets of rows: one bit each, and shared lists.

use std::{
    ops::{Deref, Range},
    sync::{Arc, OnceLock},
};

use rayon::prelude::*;

/// Words of bits that one thread works on at a time.
pub(super) const BLOCK: usize = 128;

/// Rows that one thread works on at a time.
pub(super) const BLOCK_ROWS: usize = BLOCK * 64;

/// The bits of a word that stand for rows, where there are `rows` rows in all.
pub(super) fn valid(word: usize, rows: usize) -> u64 {
    match rows.saturating_sub(word * 64) {
        0 => 0,
        left if left >= 64 => u64::MAX,
        left => (1 << left) - 1,
    }
}

/// Calls `visit` with the position of every bit that is set, ascending, counted from `first`.
#[inline]
pub(super) fn for_each_bit(mut word: u64, first: usize, mut visit: impl FnMut(usize)) {
    while word != 0 {
        visit(first + word.trailing_zeros() as usize);
        word &= word - 1;
    }
}

/// The positions of all bits that are set, ascending.
pub(super) fn ones(words: &[u64]) -> impl Iterator<Item = u32> {
    words.iter().enumerate().flat_map(|(at, word)| {
        let mut left = *word;
        std::iter::from_fn(move || {
            let bit = (left != 0).then(|| left.trailing_zeros())?;
            left &= left - 1;
            Some(at as u32 * 64 + bit)
        })
    })
}

/// The rows, of so many, for which `test` holds, found on all threads.
pub(super) fn scan(rows: usize, test: impl Fn(usize) -> bool + Sync) -> Vec<u64> {
    scan_words(rows, |word| {
        let first = word * 64;
        let count = (rows - first).min(64);
        (0..count).fold(0, |bits, at| bits | (u64::from(test(first + at)) << at))
    })
}

/// The same, with 64 rows tested at a time; bits beyond the last row must be 0.
pub(super) fn scan_words(rows: usize, test: impl Fn(usize) -> u64 + Sync) -> Vec<u64> {
    let mut words = vec![0; rows.div_ceil(64)];
    words.par_chunks_mut(BLOCK).enumerate().for_each(|(block, words)| {
        for (at, word) in words.iter_mut().enumerate() {
            *word = test(block * BLOCK + at);
        }
    });
    words
}

/// A set of rows of a dataset's columns.
///
/// It holds one bit per row. As a slice it is the list of the rows, ascending, which is made when
/// it is first asked for; [`RowSet::len`], [`RowSet::contains`] and [`RowSet::words`] do without.
#[derive(Clone, Debug, Default)]
pub struct RowSet {
    words: Vec<u64>,
    rows: usize,
    count: usize,
    /// Shared by copies, so that it is made once.
    list: Arc<OnceLock<Vec<u32>>>,
}

impl RowSet {
    /// All of so many rows.
    #[must_use]
    pub fn all(rows: usize) -> Self {
        Self::from_words((0..rows.div_ceil(64)).map(|word| valid(word, rows)).collect(), rows)
    }

    /// The given ones of `rows` rows, in any order.
    #[must_use]
    pub fn of(list: &[u32], rows: usize) -> Self {
        let mut words = vec![0; rows.div_ceil(64)];
        for row in list.iter().map(|row| *row as usize).filter(|row| *row < rows) {
            words[row / 64] |= 1 << (row % 64);
        }
        Self::from_words(words, rows)
    }

    /// The rows whose bits are set.
    pub(super) fn from_words(words: Vec<u64>, rows: usize) -> Self {
        let count = words.iter().map(|word| word.count_ones() as usize).sum();
        Self { words, rows, count, list: Arc::default() }
    }

    /// How many rows are in the set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether no row is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether every row of the dataset is in the set.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.count == self.rows
    }

    /// Whether a row is in the set.
    #[must_use]
    pub fn contains(&self, row: u32) -> bool {
        let row = row as usize;
        self.words.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// The bits, 64 rows a word, the lowest bit first; those beyond the last row are 0.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// One of these words; 0 beyond the last one.
    pub(super) fn word(&self, at: usize) -> u64 {
        self.words.get(at).copied().unwrap_or(0)
    }

    /// The rows, ascending, without making the list.
    pub fn ascending(&self) -> impl Iterator<Item = u32> {
        ones(&self.words)
    }

    /// The rows, ascending, as a list of their own; the one that the set would share is not made.
    #[must_use]
    pub fn listed(&self) -> Vec<u32> {
        let mut list = Vec::with_capacity(self.count);
        for (at, word) in self.words.iter().enumerate() {
            for_each_bit(*word, at * 64, |row| list.push(row as u32));
        }
        list
    }

    fn list(&self) -> &[u32] {
        self.list.get_or_init(|| self.listed())
    }
}

impl Deref for RowSet {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        self.list()
    }
}

impl PartialEq for RowSet {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows && self.words == other.words
    }
}

impl Eq for RowSet {}

/// A list of rows that is a part of a longer one shared with others, so that it costs nothing to
/// keep.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    all: Arc<Vec<u32>>,
    range: Range<usize>,
}

impl Rows {
    /// A part of a shared list; nothing where the list is shorter.
    pub(super) fn part(all: &Arc<Vec<u32>>, range: Range<usize>) -> Self {
        Self { all: Arc::clone(all), range }
    }
}

impl Deref for Rows {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        self.all.get(self.range.clone()).unwrap_or_default()
    }
}

impl From<Vec<u32>> for Rows {
    fn from(rows: Vec<u32>) -> Self {
        let range = 0..rows.len();
        Self { all: Arc::new(rows), range }
    }
}

impl<'a> IntoIterator for &'a Rows {
    type Item = &'a u32;
    type IntoIter = std::slice::Iter<'a, u32>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Rows {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_its_rows_in_order() {
        for rows in [0, 1, 63, 64, 65, 200] {
            let all = RowSet::all(rows);
            assert!(all.is_all() && all.len() == rows);
            let list: Vec<u32> = (0..rows as u32).collect();
            assert_eq!(*all, list[..]);
            let some: Vec<u32> = (0..rows as u32).rev().filter(|row| row % 3 == 0).collect();
            let set = RowSet::of(&some, rows);
            assert_eq!(set.len(), some.len());
            assert!(set.iter().rev().eq(&some));
            assert!(set.ascending().eq(set.iter().copied()));
            assert!((0..rows as u32 + 70).all(|row| set.contains(row) == some.contains(&row)));
            assert_eq!(set.words(), scan(rows, |row| row % 3 == 0));
        }
    }
}
