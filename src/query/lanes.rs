//! Sorting rows into lanes.

use std::{ops::Range, sync::Arc};

use rayon::prelude::*;

use super::{Columns, Dimension, RowSet, Rows, postings::Postings};
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

    /// The dimension whose values have the lanes.
    #[must_use]
    pub const fn dimension(self) -> Dimension {
        match self {
            Self::Partnership => Dimension::Partnership,
            Self::Party => Dimension::Party,
            Self::Kind => Dimension::Kind,
            Self::Topic => Dimension::Topic,
            Self::Source => Dimension::Source,
        }
    }

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
    pub rows: Rows,
    /// Whether it is pinned above the others.
    pub pinned: bool,
    /// Whether it is folded to one row of counts.
    pub folded: bool,
}

impl LaneRows {
    /// A lane as it stands before a reader has done anything to it.
    #[must_use]
    pub fn new(key: LaneKey, label: &str, rows: Rows) -> Self {
        Self { key, label: label.into(), rows, pinned: false, folded: false }
    }
}

/// Sorts rows into lanes: the lane order follows the first appearance in the table that it names,
/// the lane of what has none comes last, empty lanes are left out.
///
/// The rows of every value are known beforehand, and those in the set are picked from them; where
/// the set is everything, they are the lanes.
#[must_use]
pub fn lanes(dataset: &Dataset, columns: &Columns, rows: &RowSet, by: LaneBy) -> Vec<LaneRows> {
    let postings = columns.postings(by.dimension());
    let values = postings.values();
    let lane = |at: usize, rows: Rows| {
        let key = if at == values { LaneKey::None } else { LaneKey::Id(at as u32) };
        LaneRows::new(key, lane_label(dataset, by, key), rows)
    };
    if rows.is_all() {
        let all = (0..=values).map(|at| (at, postings.rows(at)));
        return all.filter(|(_, rows)| !rows.is_empty()).map(|(at, rows)| lane(at, rows)).collect();
    }
    let picked: Vec<Vec<(usize, Rows)>> = shares(postings)
        .into_par_iter()
        .map(|lanes| {
            let mut picked = Vec::new();
            let ends: Vec<(usize, usize)> = lanes
                .map(|at| {
                    pick(&postings.rows(at), rows, &mut picked);
                    (at, picked.len())
                })
                .collect();
            picked.shrink_to_fit();
            let picked = Arc::new(picked);
            let mut from = 0;
            let parts = ends.into_iter().map(|(at, to)| {
                let range = std::mem::replace(&mut from, to)..to;
                (at, Rows::part(&picked, range))
            });
            parts.filter(|(_, rows)| !rows.is_empty()).collect()
        })
        .collect();
    picked.into_iter().flatten().map(|(at, rows)| lane(at, rows)).collect()
}

/// Adds those of the rows to `picked` that are in the set.
fn pick(rows: &[u32], set: &RowSet, picked: &mut Vec<u32>) {
    // Written whether wanted or not, and moved on if so: nothing to guess for the processor.
    let mut end = picked.len();
    picked.resize(end + rows.len(), 0);
    for row in rows {
        picked[end] = *row;
        end += usize::from(set.contains(*row));
    }
    picked.truncate(end);
}

/// Lanes in a few shares of about equally many rows each.
fn shares(postings: &Postings) -> Vec<Range<usize>> {
    let lanes = postings.values() + 1;
    let total: usize = (0..lanes).map(|at| postings.count(at)).sum();
    let each = (total / (rayon::current_num_threads() * 4)).max(4_096);
    let mut shares = Vec::new();
    let (mut first, mut rows) = (0, 0);
    for at in 0..lanes {
        rows += postings.count(at);
        if rows >= each {
            shares.push(first..at + 1);
            (first, rows) = (at + 1, 0);
        }
    }
    shares.push(first..lanes);
    shares
}

/// How many lanes there can be beside that of what has no value.
#[must_use]
pub fn lane_count(dataset: &Dataset, by: LaneBy) -> usize {
    match by {
        LaneBy::Partnership => dataset.partnerships().len(),
        LaneBy::Party => dataset.parties().len(),
        LaneBy::Kind => dataset.kinds().len(),
        LaneBy::Topic => dataset.topics().len(),
        LaneBy::Source => dataset.sources().len(),
    }
}

/// What a lane is called.
#[must_use]
pub fn lane_label(dataset: &Dataset, by: LaneBy, key: LaneKey) -> &str {
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
