//! Who engages with whom: ties between parties from the engagements they share.

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

/// Ties and the number of engagements of each party.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ties {
    /// The ties, sorted by party ids.
    pub ties: Vec<Tie>,
    /// Engagements per party id among the rows.
    pub engagements: Vec<u32>,
}

/// The ties among the given rows. `parties` is the number of parties in the dataset.
#[must_use]
pub fn ties(columns: &Columns, rows: &[u32], parties: usize, weight: TieWeight) -> Ties {
    let _ = (columns, rows, parties, weight);
    todo!()
}
