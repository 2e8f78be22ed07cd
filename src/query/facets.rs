//! Counts per value of each dimension, each under the conditions of all other dimensions.

use super::{Columns, conditions::bit};
use crate::model::{Dataset, Evidence, Status};

/// A dimension that can be filtered and counted.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Dimension {
    /// The kind of engagement.
    Kind,
    /// The partnership it took place under.
    Partnership,
    /// The parties that took part.
    Party,
    /// What it was about.
    Topic,
    /// How directly it is evidenced.
    Evidence,
    /// Who reports it.
    Source,
    /// Whether it took place.
    Status,
}

impl Dimension {
    /// All dimensions, in the order in which a reader should see them.
    pub const ALL: [Self; 7] = [
        Self::Kind,
        Self::Partnership,
        Self::Party,
        Self::Topic,
        Self::Evidence,
        Self::Source,
        Self::Status,
    ];

    /// The English heading.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Kind => "Kind",
            Self::Partnership => "Partnership",
            Self::Party => "Party",
            Self::Topic => "Topic",
            Self::Evidence => "Evidence",
            Self::Source => "Source",
            Self::Status => "Status",
        }
    }
}

/// Counts for every value of every dimension, indexed by id (evidence and status: by position in
/// their `ALL`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetCounts {
    /// One list of counts per dimension, in the order of [`Dimension::ALL`].
    pub counts: [Vec<u32>; 7],
    /// Engagements with disputed dates, under all conditions but `disputed_only`.
    pub disputed: u32,
}

impl FacetCounts {
    /// The counts of a dimension.
    #[must_use]
    pub fn of(&self, dimension: Dimension) -> &[u32] {
        &self.counts[dimension as usize]
    }
}

/// Numbers are kept modulo 2³², so that taking away before adding cannot fail.
impl FacetCounts {
    /// No engagement counted yet.
    pub(super) fn zero(dataset: &Dataset) -> Self {
        let counts = Dimension::ALL.map(|dimension| {
            let len = match dimension {
                Dimension::Kind => dataset.kinds().len(),
                Dimension::Partnership => dataset.partnerships().len(),
                Dimension::Party => dataset.parties().len(),
                Dimension::Topic => dataset.topics().len(),
                Dimension::Evidence => Evidence::ALL.len(),
                Dimension::Source => dataset.sources().len(),
                Dimension::Status => Status::ALL.len(),
            };
            vec![0; len]
        });
        Self { counts, disputed: 0 }
    }

    /// As many values, none of them counted.
    pub(super) fn emptied(&self) -> Self {
        Self { counts: self.counts.each_ref().map(|counts| vec![0; counts.len()]), disputed: 0 }
    }

    /// Adds the counts of another part of the rows.
    pub(super) fn merge(&mut self, other: &Self) {
        for (counts, more) in self.counts.iter_mut().zip(&other.counts) {
            for (count, more) in counts.iter_mut().zip(more) {
                *count = count.wrapping_add(*more);
            }
        }
        self.disputed = self.disputed.wrapping_add(other.disputed);
    }

    /// Counts a row that fails the given conditions: in every dimension where it fails none, in
    /// one where it fails that one only, in none where it fails more. `by` is 1, or −1 (modulo
    /// 2³²) to take the row away again.
    pub(super) fn count(&mut self, columns: &Columns, row: usize, failed: u16, by: u32) {
        if failed == 0 {
            for dimension in Dimension::ALL {
                self.count_in(columns, row, dimension, by);
            }
        } else if failed & (failed - 1) == 0
            && let Some(dimension) = Dimension::ALL.get(failed.trailing_zeros() as usize)
        {
            self.count_in(columns, row, *dimension, by);
        }
        if columns.disputed[row] && failed & !bit::DISPUTED == 0 {
            self.disputed = self.disputed.wrapping_add(by);
        }
    }

    fn count_in(&mut self, columns: &Columns, row: usize, dimension: Dimension, by: u32) {
        let counts = &mut self.counts[dimension as usize];
        let mut add = |id: usize| counts[id] = counts[id].wrapping_add(by);
        let list = match dimension {
            Dimension::Kind => &columns.kind[row..=row],
            Dimension::Partnership => columns.partnerships.row(row),
            Dimension::Party => columns.parties.row(row),
            Dimension::Topic => columns.topics.row(row),
            Dimension::Source => columns.sources.row(row),
            Dimension::Status => return add(columns.status[row].into()),
            Dimension::Evidence => {
                let mask = columns.evidence[row];
                return (0..Evidence::ALL.len()).filter(|at| mask >> at & 1 == 1).for_each(add);
            }
        };
        list.iter().for_each(|id| add(*id as usize));
    }
}
