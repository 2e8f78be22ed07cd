//! Who engages with whom: ties between parties from the engagements they share.

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

/// The ties among the given rows. `parties` is the number of parties in the dataset.
#[must_use]
pub fn ties(columns: &Columns, rows: &[u32], parties: usize, weight: TieWeight) -> Ties {
    let mut pairs: FxHashMap<(u32, u32), (u128, u32)> = FxHashMap::default();
    let mut engagements = vec![0; parties];
    let mut crowded = 0;
    for row in rows {
        let present = columns.parties.row(*row as usize);
        present.iter().for_each(|party| engagements[*party as usize] += 1);
        if present.len() > TIE_PARTIES {
            crowded += 1;
            continue;
        }
        for (at, a) in present.iter().enumerate() {
            for b in &present[at + 1..] {
                let tie = pairs.entry((*a.min(b), *a.max(b))).or_default();
                tie.0 += UNIT / (present.len() as u128 - 1);
                tie.1 += 1;
            }
        }
    }
    let mut ties: Vec<Tie> = pairs
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
