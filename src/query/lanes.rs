//! Sorting rows into lanes.

use super::Columns;
use crate::model::Dataset;

/// What the lanes of a timeline stand for.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum LaneBy {
    /// One lane per partnership.
    #[default]
    Partnership,
    /// One lane per party.
    Party,
    /// One lane per kind.
    Kind,
    /// One lane per topic.
    Topic,
    /// One lane per source.
    Source,
}

impl LaneBy {
    /// All values, in the order in which a reader should see them.
    pub const ALL: [Self; 5] =
        [Self::Partnership, Self::Party, Self::Kind, Self::Topic, Self::Source];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Partnership => "Partnership",
            Self::Party => "Party",
            Self::Kind => "Kind",
            Self::Topic => "Topic",
            Self::Source => "Source",
        }
    }
}

/// Which lane it is: the id in the table that [`LaneBy`] names, or the lane of what has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LaneKey {
    /// The row of the table.
    Id(u32),
    /// Engagements without any value in this dimension.
    None,
}

/// One lane and the rows in it.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneRows {
    /// Which lane.
    pub key: LaneKey,
    /// The label.
    pub label: Box<str>,
    /// The rows in it, ascending; a row with several values stands in several lanes.
    pub rows: Vec<u32>,
}

/// Sorts rows into lanes: the lane order follows the first appearance in the table that it names,
/// the lane of what has none comes last, empty lanes are left out.
#[must_use]
pub fn lanes(dataset: &Dataset, columns: &Columns, rows: &[u32], by: LaneBy) -> Vec<LaneRows> {
    let _ = (dataset, columns, rows, by);
    todo!()
}
