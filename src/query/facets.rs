//! Counts per value of each dimension, each under the conditions of all other dimensions.

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
