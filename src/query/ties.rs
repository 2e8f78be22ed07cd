//! Who engages with whom: ties between parties from the engagements they share.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Columns;
use crate::model::PartyId;

/// How a shared engagement counts towards a tie.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum TieWeight {
    /// 1/(n−1) for an engagement of n parties, so that each party's ties add up to its
    /// engagements (Newman 2001, "Scientific collaboration networks II").
    #[default]
    Shared,
    /// 1 for each shared engagement.
    Raw,
}

/// The tie of two parties.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    /// One party, the smaller id.
    pub a: PartyId,
    /// The other party.
    pub b: PartyId,
    /// The weight, by [`TieWeight`].
    pub weight: f64,
    /// How many engagements they share.
    pub engagements: u32,
}

/// An engagement of more parties than this makes no ties: that all states sat in one room says next
/// to nothing about any two of them, and its pairs would outnumber everything else. It still counts
/// among the engagements of each party, and [`Ties::crowded`] says how many were left out.
pub const TIE_PARTIES: usize = 50;

/// Ties and the number of engagements of each party.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ties {
    /// The ties, sorted by party ids.
    pub ties: Vec<Tie>,
    /// Engagements per party id among the rows.
    pub engagements: Vec<u32>,
    /// How many of the rows make no ties because they have more than [`TIE_PARTIES`] parties.
    pub crowded: u32,
}

/// The least common multiple of 1 to 49: with it as the unit, the sum of any fractions 1/(n−1) is a
/// whole number, so that weights are exact and do not depend on the order of the rows.
const UNIT: u128 = 3_099_044_504_245_996_706_400;

/// What an engagement of so many parties adds to each of its ties.
const SHARES: [u128; TIE_PARTIES + 1] = {
    let mut shares = [0; TIE_PARTIES + 1];
    let mut parties = 2;
    while parties <= TIE_PARTIES {
        shares[parties] = UNIT / (parties as u128 - 1);
        parties += 1;
    }
    shares
};

/// The most cells of a table of all pairs: 1,024 parties.
const MOST_CELLS: usize = 1 << 20;

/// Rows below which a second thread is not worth waking.
const LEAST_CHUNK: usize = 16_384;

/// Shares and numbers of engagements by pair of parties, the smaller id first.
enum Pairs {
    /// A cell for every pair, where that is not much more than there is to be counted.
    Table { shares: Vec<u128>, counts: Vec<u32> },
    /// Only the pairs that occur.
    Map(FxHashMap<(u32, u32), (u128, u32)>),
}

/// What is counted over some of the rows.
struct Sums {
    parties: usize,
    pairs: Pairs,
    engagements: Vec<u32>,
    crowded: u32,
}

impl Sums {
    fn of(columns: &Columns, rows: &[u32], parties: usize) -> Self {
        let cells = parties.saturating_mul(parties);
        let mut sums = Self::zero(parties, cells <= MOST_CELLS && cells <= 4 * rows.len());
        rows.iter().for_each(|row| sums.add(columns.parties.row(*row as usize)));
        sums
    }

    fn zero(parties: usize, table: bool) -> Self {
        let cells = parties.saturating_mul(parties);
        let pairs = if table {
            Pairs::Table { shares: vec![0; cells], counts: vec![0; cells] }
        } else {
            Pairs::Map(FxHashMap::default())
        };
        Self { parties, pairs, engagements: vec![0; parties], crowded: 0 }
    }

    fn add(&mut self, present: &[u32]) {
        present.iter().for_each(|party| self.engagements[*party as usize] += 1);
        let Some(share) = SHARES.get(present.len()) else {
            self.crowded += 1;
            return;
        };
        for (at, a) in present.iter().enumerate() {
            for b in &present[at + 1..] {
                let (a, b) = (*a.min(b), *a.max(b));
                match &mut self.pairs {
                    Pairs::Table { shares, counts } => {
                        let cell = a as usize * self.parties + b as usize;
                        shares[cell] += share;
                        counts[cell] += 1;
                    }
                    Pairs::Map(map) => {
                        let tie = map.entry((a, b)).or_default();
                        tie.0 += share;
                        tie.1 += 1;
                    }
                }
            }
        }
    }

    /// The pairs that occur, with share and number of engagements, in any order.
    fn pairs(self) -> Vec<((u32, u32), (u128, u32))> {
        match self.pairs {
            Pairs::Map(map) => map.into_iter().collect(),
            Pairs::Table { shares, counts } => shares
                .into_iter()
                .zip(counts)
                .enumerate()
                .filter(|(_, (_, count))| *count > 0)
                .map(|(cell, sums)| {
                    (((cell / self.parties) as u32, (cell % self.parties) as u32), sums)
                })
                .collect(),
        }
    }

    fn merge(mut self, other: Self) -> Self {
        for (sum, more) in self.engagements.iter_mut().zip(&other.engagements) {
            *sum += more;
        }
        self.crowded += other.crowded;
        for ((a, b), (share, count)) in other.pairs() {
            match &mut self.pairs {
                Pairs::Table { shares, counts } => {
                    let cell = a as usize * self.parties + b as usize;
                    shares[cell] += share;
                    counts[cell] += count;
                }
                Pairs::Map(map) => {
                    let tie = map.entry((a, b)).or_default();
                    tie.0 += share;
                    tie.1 += count;
                }
            }
        }
        self
    }
}

/// The ties among the given rows. `parties` is the number of parties in the dataset.
#[must_use]
pub fn ties(columns: &Columns, rows: &[u32], parties: usize, weight: TieWeight) -> Ties {
    let chunk = rows.len().div_ceil(rayon::current_num_threads().max(1)).max(LEAST_CHUNK);
    // Sums of whole numbers: the same however the rows are shared out.
    let sums = rows
        .par_chunks(chunk)
        .map(|rows| Sums::of(columns, rows, parties))
        .reduce_with(Sums::merge)
        .unwrap_or_else(|| Sums::of(columns, &[], parties));
    let (engagements, crowded) = (sums.engagements.clone(), sums.crowded);
    let mut ties: Vec<Tie> = sums
        .pairs()
        .into_iter()
        .map(|((a, b), (shares, engagements))| Tie {
            a: PartyId(a),
            b: PartyId(b),
            weight: match weight {
                TieWeight::Shared => shares as f64 / UNIT as f64,
                TieWeight::Raw => f64::from(engagements),
            },
            engagements,
        })
        .collect();
    ties.sort_unstable_by_key(|tie| (tie.a, tie.b));
    Ties { ties, engagements, crowded }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::generate::generate;

    #[test]
    fn tables_maps_and_parts_count_alike() {
        let dataset = generate(3_000, 8);
        let columns = Columns::new(&dataset);
        let parties = dataset.parties().len();
        let sums = |table: bool, rows: std::ops::Range<usize>| {
            let mut sums = Sums::zero(parties, table);
            rows.for_each(|row| sums.add(columns.parties.row(row)));
            sums
        };
        let counted = |sums: Sums| {
            let (engagements, crowded) = (sums.engagements.clone(), sums.crowded);
            let mut pairs = sums.pairs();
            pairs.sort_unstable();
            (engagements, crowded, pairs)
        };
        let whole = counted(sums(true, 0..3_000));
        assert!(whole.1 > 0 && whole.2.len() > 100);
        assert_eq!(counted(sums(false, 0..3_000)), whole);
        for (one, other) in [(true, true), (true, false), (false, true), (false, false)] {
            let parts = sums(one, 0..1_700).merge(sums(other, 1_700..3_000));
            assert_eq!(counted(parts), whole);
        }
    }
}
