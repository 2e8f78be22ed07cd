//! Counts per value of each dimension, each under the conditions of all other dimensions.

/// A dimension that can be filtered and counted.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Dimension {
    /// The kind of engagement.
    Kind,
    /// The class of that kind, such as verbal cooperation; only where kinds have classes.
    Class,
    /// The partnership it took place under.
    Partnership,
    /// The parties that took part.
    Party,
    /// The bodies of which a party was a member at the time; values are those of
    /// [`Body::value`](super::Body::value).
    Member,
    /// Where it took place.
    Place,
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
    pub const ALL: [Self; 10] = [
        Self::Kind,
        Self::Class,
        Self::Partnership,
        Self::Party,
        Self::Member,
        Self::Place,
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
            Self::Class => "Class",
            Self::Partnership => "Partnership",
            Self::Party => "Party",
            Self::Member => "Members at the time",
            Self::Place => "Place",
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
    counts: [Vec<u32>; Dimension::ALL.len()],
    /// Engagements with disputed dates, under all conditions but `disputed_only`.
    pub disputed: u32,
}

impl FacetCounts {
    /// The counts of a dimension, each under the conditions of all other dimensions.
    #[must_use]
    pub fn of(&self, dimension: Dimension) -> &[u32] {
        &self.counts[dimension as usize]
    }

    /// Nothing counted yet. `len` says how many values there are.
    pub(super) fn zero(len: impl Fn(Dimension) -> usize) -> Self {
        let mut zero = Self::default();
        for dimension in Dimension::ALL {
            zero.counts[dimension as usize] = vec![0; len(dimension)];
        }
        zero
    }

    /// As many values, none of them counted.
    pub(super) fn emptied(&self) -> Self {
        Self { counts: self.counts.each_ref().map(|counts| vec![0; counts.len()]), disputed: 0 }
    }

    /// Adds other counts. Numbers are kept modulo 2³², so that taking away before adding cannot
    /// fail.
    pub(super) fn merge(&mut self, other: &Self) {
        for (counts, more) in self.counts.iter_mut().zip(&other.counts) {
            for (count, more) in counts.iter_mut().zip(more) {
                *count = count.wrapping_add(*more);
            }
        }
        self.disputed = self.disputed.wrapping_add(other.disputed);
    }

    /// The counts of a dimension, to be corrected.
    pub(super) fn of_mut(&mut self, dimension: Dimension) -> &mut [u32] {
        &mut self.counts[dimension as usize]
    }
}
