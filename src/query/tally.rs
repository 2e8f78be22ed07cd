//! Counting the values of many rows at once, whole blocks of rows from sums made before.

use rayon::prelude::*;

use super::{
    Columns, Csr, Dimension,
    rows::{BLOCK, BLOCK_ROWS, for_each_bit, valid},
};

/// Where the values to be counted stand.
#[derive(Clone, Copy)]
enum Source<'a> {
    /// One id per row, `u32::MAX` for none.
    Ids(&'a [u32]),
    /// One id per row, and for each what to count for it.
    Mapped(&'a [u32], &'a [u32]),
    /// Any number of ids per row.
    Lists(&'a Csr),
    /// One small number per row.
    Bytes(&'a [u8]),
    /// A bit for each value that a row has.
    Masks(&'a [u8]),
    /// The same of up to 64 values.
    Wide(&'a [u64]),
}

impl Columns {
    fn source(&self, of: Dimension) -> Source<'_> {
        match of {
            Dimension::Kind => Source::Ids(&self.kind),
            Dimension::Class => Source::Mapped(&self.kind, &self.class_of),
            Dimension::Partnership => Source::Lists(&self.partnerships),
            Dimension::Party => Source::Lists(&self.parties),
            Dimension::Member => Source::Wide(&self.members),
            Dimension::Place => Source::Lists(&self.places),
            Dimension::Topic => Source::Lists(&self.topics),
            Dimension::Source => Source::Lists(&self.sources),
            Dimension::Evidence => Source::Masks(&self.evidence),
            Dimension::Status => Source::Bytes(&self.status),
        }
    }

    /// Calls `visit` with every value of the rows whose bits are set, and how often it occurs; the
    /// first word is that of row `first`. A value may come several times.
    fn values_of(
        &self,
        of: Dimension,
        first: usize,
        words: &[u64],
        mut visit: impl FnMut(usize, u32),
    ) {
        let words = words.iter().enumerate().filter(|(_, word)| **word != 0);
        let words = words.map(|(at, word)| (first + at * 64, *word));
        match self.source(of) {
            Source::Ids(ids) => {
                words.for_each(|(first, word)| {
                    for_each_bit(word, first, |row| visit(ids[row] as usize, 1));
                });
            }
            Source::Mapped(ids, to) => {
                words.for_each(|(first, word)| {
                    for_each_bit(word, first, |row| visit(to[ids[row] as usize] as usize, 1));
                });
            }
            Source::Bytes(bytes) => {
                words.for_each(|(first, word)| {
                    for_each_bit(word, first, |row| visit(bytes[row].into(), 1));
                });
            }
            Source::Masks(masks) => {
                // There are few masks: they are counted, and their bits at the end.
                let mut sums = [0_u32; 256];
                words.for_each(|(first, word)| {
                    for_each_bit(word, first, |row| sums[usize::from(masks[row])] += 1);
                });
                for (mask, sum) in sums.into_iter().enumerate().filter(|(_, sum)| *sum > 0) {
                    for_each_bit(mask as u64, 0, |value| visit(value, sum));
                }
            }
            Source::Wide(masks) => {
                words.for_each(|(first, word)| {
                    for_each_bit(word, first, |row| {
                        for_each_bit(masks[row], 0, |value| visit(value, 1));
                    });
                });
            }
            Source::Lists(lists) => {
                words.for_each(|(first, word)| {
                    if word == u64::MAX {
                        lists.rows(first, first + 64).iter().for_each(|id| visit(*id as usize, 1));
                    } else {
                        for_each_bit(word, first, |row| {
                            lists.row(row).iter().for_each(|id| visit(*id as usize, 1));
                        });
                    }
                });
            }
        }
    }

    /// Adds `by` to the count of every value of some rows. Counts are modulo 2³², so that −1 is
    /// `u32::MAX`.
    fn count_rows(&self, of: Dimension, first: usize, words: &[u64], by: u32, counts: &mut [u32]) {
        self.values_of(of, first, words, |value, times| {
            if let Some(count) = counts.get_mut(value) {
                *count = count.wrapping_add(by.wrapping_mul(times));
            }
        });
    }

    /// The counts of every block of rows as a whole; made when first asked for.
    fn blocks(&self, of: Dimension) -> &Blocks {
        self.blocks[of as usize].get_or_init(|| Blocks::new(self, of))
    }

    /// Corrects counts for a block in which the rows `old` gave way to the rows `new`. Looks at as
    /// few rows as it can: those that differ, or those that are missing from the whole.
    pub(super) fn recount(
        &self,
        of: Dimension,
        block: usize,
        (old, new): (&[u64; BLOCK], &[u64; BLOCK]),
        counts: &mut [u32],
    ) {
        const LESS: u32 = u32::MAX;
        let first = block * BLOCK_ROWS;
        let rows = self.len().saturating_sub(first).min(BLOCK_ROWS);
        let count = |words: &[u64; BLOCK]| -> usize {
            words.iter().map(|word| word.count_ones() as usize).sum()
        };
        let without = |a: &[u64; BLOCK], b: &[u64; BLOCK]| -> [u64; BLOCK] {
            std::array::from_fn(|at| a[at] & !b[at])
        };
        let (added, removed) = (without(new, old), without(old, new));
        let differing = count(&added) + count(&removed);
        if differing == 0 {
            return;
        }
        // Reading a sum costs about as much as counting half a row.
        let sums = self.blocks(of).block(block);
        let (before, after) = (count(old), count(new));
        let filling = before + (rows - after) + sums.len() / 2;
        let emptying = after + (rows - before) + sums.len() / 2;
        if differing <= filling.min(emptying) {
            self.count_rows(of, first, &added, 1, counts);
            self.count_rows(of, first, &removed, LESS, counts);
            return;
        }
        // The new rows are the whole without what is missing from it; or the old ones are, and
        // the same is taken away.
        let (by, full, other) = if filling <= emptying { (1, new, old) } else { (LESS, old, new) };
        let whole = std::array::from_fn(|at| valid(at, rows));
        for (value, sum) in sums {
            if let Some(count) = counts.get_mut(*value as usize) {
                *count = count.wrapping_add(sum.wrapping_mul(by));
            }
        }
        self.count_rows(of, first, &without(&whole, full), by.wrapping_neg(), counts);
        self.count_rows(of, first, other, by.wrapping_neg(), counts);
    }
}

/// For every block of rows the values that occur in it, with how often.
#[derive(Clone, Debug, Default)]
pub(super) struct Blocks {
    starts: Vec<usize>,
    sums: Vec<(u32, u32)>,
}

impl Blocks {
    fn new(columns: &Columns, of: Dimension) -> Self {
        let rows = columns.len();
        let blocks: Vec<Vec<(u32, u32)>> = (0..rows.div_ceil(BLOCK_ROWS))
            .into_par_iter()
            .map_init(Vec::new, |found, block| {
                let words: Vec<u64> =
                    (0..BLOCK).map(|word| valid(block * BLOCK + word, rows)).collect();
                found.clear();
                columns.values_of(of, block * BLOCK_ROWS, &words, |value, times| {
                    found.push((value as u32, times));
                });
                found.sort_unstable();
                let mut sums: Vec<(u32, u32)> = Vec::new();
                for (value, times) in found.iter().filter(|(value, _)| *value != u32::MAX) {
                    match sums.last_mut() {
                        Some(last) if last.0 == *value => last.1 += times,
                        _ => sums.push((*value, *times)),
                    }
                }
                sums
            })
            .collect();
        let mut all = Self { starts: vec![0], sums: Vec::new() };
        for block in blocks {
            all.sums.extend(block);
            all.starts.push(all.sums.len());
        }
        all
    }

    fn block(&self, at: usize) -> &[(u32, u32)] {
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => &self.sums[*from..*to],
            _ => &[],
        }
    }
}
