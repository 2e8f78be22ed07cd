//! The ties of several sets of rows at once, so that the meetings of each pair are read one time.

use rayon::prelude::*;

use super::{Sums, TieIndex, share};
use crate::query::{Columns, Dimension, RowSet, TieWeight, Ties, postings::Postings, rows::BLOCK};

/// In which of several sets a row is: a bit each.
trait Mask: Copy + Default + Into<u32> + Send + Sync {
    /// With the bit of one set added.
    fn with(self, set: usize) -> Self;
}

macro_rules! mask {
    ($($of:ty),*) => {$(
        impl Mask for $of {
            fn with(self, set: usize) -> Self {
                self | 1 << set
            }
        }
    )*};
}

mask!(u8, u16, u32);

/// The most sets that are counted in one go.
const TOGETHER: usize = u32::BITS as usize;
/// Pairs that one thread counts at a time.
const PAIRS: usize = 4_096;
/// Parties that one thread counts at a time.
const PARTIES: usize = 64;

impl TieIndex {
    /// The ties among each of several sets of rows: what [`TieIndex::ties_among`] says of each. They
    /// may overlap.
    #[must_use]
    pub fn ties_of_each(&self, columns: &Columns, sets: &[RowSet], weight: TieWeight) -> Vec<Ties> {
        let together = |sets: &[RowSet]| match sets {
            [one] => vec![self.ties_among(columns, one, weight)],
            // Small masks stay near the processor.
            few if few.len() <= u8::BITS as usize => self.each::<u8>(columns, few, weight),
            some if some.len() <= u16::BITS as usize => self.each::<u16>(columns, some, weight),
            many => self.each::<u32>(columns, many, weight),
        };
        sets.chunks(TOGETHER).flat_map(together).collect()
    }

    fn each<M: Mask>(&self, columns: &Columns, sets: &[RowSet], weight: TieWeight) -> Vec<Ties> {
        let masks: Vec<M> = masks(sets, self.rows);
        let weights: &[f64] = if weight == TieWeight::Stated { &columns.weights } else { &[] };
        let parts: Vec<Vec<Ties>> = (0..self.pairs.len().div_ceil(PAIRS))
            .into_par_iter()
            .map(|part| {
                let mut ties = vec![Ties::default(); sets.len()];
                let mut sums = vec![Sums::default(); sets.len()];
                let end = self.pairs.len().min((part + 1) * PAIRS);
                for pair in part * PAIRS..end {
                    let all = self.starts[pair] as usize..self.starts[pair + 1] as usize;
                    let mut any = 0_u32;
                    for (row, about) in self.meetings[all.clone()].iter().zip(&self.about[all]) {
                        let mask: u32 = masks[*row as usize].into();
                        if mask == 0 {
                            continue;
                        }
                        any |= mask;
                        let share = share(*about, *row, weights);
                        visit(mask, |set| sums[set].add(share, *about, 1));
                    }
                    visit(any, |set| {
                        let sums = std::mem::take(&mut sums[set]);
                        ties[set].ties.extend(sums.tie(self.pairs[pair], weight));
                    });
                }
                ties
            })
            .collect();
        let own = self.nodes.as_ref().map(|(_, node_rows)| node_rows);
        let node_rows = own.unwrap_or_else(|| columns.postings(Dimension::Party));
        let mut engagements = counts(node_rows, &masks, (self.parties, sets.len()));
        let within = if self.roll_up.is_named() { 0 } else { self.parties };
        let mut within = counts(&self.within, &masks, (within, sets.len()));
        let crowded = among(&self.crowded, &masks, sets.len());
        (0..sets.len())
            .map(|set| {
                let of = parts.iter().map(|part| &part[set].ties);
                let mut ties = Vec::with_capacity(of.clone().map(Vec::len).sum());
                of.for_each(|part| ties.extend_from_slice(part));
                Ties {
                    ties,
                    engagements: std::mem::take(&mut engagements[set]),
                    within: std::mem::take(&mut within[set]),
                    crowded: crowded[set],
                }
            })
            .collect()
    }
}

/// Calls `act` with the number of every set in a mask.
#[inline]
fn visit(mut mask: u32, mut act: impl FnMut(usize)) {
    while mask != 0 {
        act(mask.trailing_zeros() as usize);
        mask &= mask - 1;
    }
}

/// The masks of all rows.
fn masks<M: Mask>(sets: &[RowSet], rows: usize) -> Vec<M> {
    let mut masks = vec![M::default(); rows];
    masks.par_chunks_mut(BLOCK * 64).enumerate().for_each(|(block, masks)| {
        for (set, of) in sets.iter().enumerate() {
            for (at, masks) in masks.chunks_mut(64).enumerate() {
                match of.word(block * BLOCK + at) {
                    0 => {}
                    u64::MAX => masks.iter_mut().for_each(|mask| *mask = mask.with(set)),
                    mut word => {
                        while word != 0 {
                            let mask = &mut masks[word.trailing_zeros() as usize];
                            *mask = mask.with(set);
                            word &= word - 1;
                        }
                    }
                }
            }
        }
    });
    masks
}

/// How many of some rows are in each set.
fn among<M: Mask>(list: &[u32], masks: &[M], sets: usize) -> Vec<u32> {
    let mut counts = vec![0; sets];
    for row in list {
        visit(masks[*row as usize].into(), |set| counts[set] += 1);
    }
    counts
}

/// For each set, how many of the rows of each of the first so many values are in it.
fn counts<M: Mask>(of: &Postings, masks: &[M], (values, sets): (usize, usize)) -> Vec<Vec<u32>> {
    let by_value: Vec<Vec<u32>> = (0..values)
        .into_par_iter()
        .with_min_len(PARTIES)
        .map(|value| among(of.list(value), masks, sets))
        .collect();
    (0..sets).map(|set| by_value.iter().map(|counts| counts[set]).collect()).collect()
}
