//! Sorting rows into lanes.

use super::Columns;
use crate::model::{Dataset, KindId, PartnershipId, PartyId, SourceId, TopicId};

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
    let tables = match by {
        LaneBy::Partnership => dataset.partnerships().len(),
        LaneBy::Party => dataset.parties().len(),
        LaneBy::Kind => dataset.kinds().len(),
        LaneBy::Topic => dataset.topics().len(),
        LaneBy::Source => dataset.sources().len(),
    };
    // The last list is that of the rows that have no value.
    let mut counts = vec![0_usize; tables + 1];
    for row in rows {
        match columns.values(by, *row as usize) {
            [] => counts[tables] += 1,
            values => values.iter().for_each(|id| counts[*id as usize] += 1),
        }
    }
    let mut lists: Vec<Vec<u32>> = counts.into_iter().map(Vec::with_capacity).collect();
    for row in rows {
        match columns.values(by, *row as usize) {
            [] => lists[tables].push(*row),
            values => values.iter().for_each(|id| lists[*id as usize].push(*row)),
        }
    }
    lists
        .into_iter()
        .enumerate()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(at, rows)| {
            let key = if at == tables { LaneKey::None } else { LaneKey::Id(at as u32) };
            LaneRows { key, label: label(dataset, by, key).into(), rows }
        })
        .collect()
}

/// What a lane is called.
fn label(dataset: &Dataset, by: LaneBy, key: LaneKey) -> &str {
    match (by, key) {
        (LaneBy::Partnership, LaneKey::Id(id)) => dataset.partnership(PartnershipId(id)).label(),
        (LaneBy::Party, LaneKey::Id(id)) => dataset.party(PartyId(id)).label(),
        (LaneBy::Kind, LaneKey::Id(id)) => &dataset.kind(KindId(id)).name,
        (LaneBy::Topic, LaneKey::Id(id)) => &dataset.topic(TopicId(id)).name,
        (LaneBy::Source, LaneKey::Id(id)) => dataset.source(SourceId(id)).label(),
        (LaneBy::Partnership, LaneKey::None) => "No partnership",
        (LaneBy::Party, LaneKey::None) => "No party named",
        (LaneBy::Kind, LaneKey::None) => "No kind",
        (LaneBy::Topic, LaneKey::None) => "No topic",
        (LaneBy::Source, LaneKey::None) => "No source",
    }
}

impl Columns {
    /// The values of a row in the table that lanes are made by.
    #[must_use]
    pub fn values(&self, by: LaneBy, row: usize) -> &[u32] {
        match by {
            LaneBy::Partnership => self.partnerships.row(row),
            LaneBy::Party => self.parties.row(row),
            LaneBy::Kind => &self.kind[row..=row],
            LaneBy::Topic => self.topics.row(row),
            LaneBy::Source => self.sources.row(row),
        }
    }
}
