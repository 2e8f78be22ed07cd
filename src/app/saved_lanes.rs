//! What was done to lanes, by the keys of the data, as saved views and figures carry it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::Dataset;
use crate::query::{LaneBy, LaneKey, LaneLook, lane_key, lane_with_key};

/// What was done to the lanes of a view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedLanes {
    /// Keys of the lanes that stand above the others; `none` for that of what has no value.
    pub pinned: Vec<String>,
    /// Whether lanes are folded to one row of counts.
    pub all_folded: bool,
    /// Keys of the lanes that are folded where the others are not, or the other way round.
    pub otherwise: Vec<String>,
    /// Words that the names of lanes must have.
    pub search: String,
}

impl SavedLanes {
    /// What was done to the lanes of a dataset.
    #[must_use]
    pub fn new(dataset: &Dataset, by: LaneBy, look: &LaneLook) -> Self {
        let keys = |lanes: &BTreeSet<LaneKey>| {
            let keys = lanes.iter().filter_map(|lane| lane_key(dataset, by, *lane));
            keys.map(str::to_owned).collect()
        };
        Self {
            pinned: keys(&look.pinned),
            all_folded: look.all_folded,
            otherwise: keys(&look.otherwise),
            search: look.search.clone(),
        }
    }

    /// Whether nothing was done to them.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// The same in a dataset. Keys that it does not have are added to `unknown`.
    pub(super) fn look(
        &self,
        dataset: &Dataset,
        by: LaneBy,
        unknown: &mut Vec<String>,
    ) -> LaneLook {
        let mut lanes = |keys: &[String]| -> BTreeSet<LaneKey> {
            let found = keys.iter().filter_map(|key| {
                let lane = lane_with_key(dataset, by, key);
                if lane.is_none() {
                    unknown.push(format!("lane {key}"));
                }
                lane
            });
            found.collect()
        };
        LaneLook {
            pinned: lanes(&self.pinned),
            all_folded: self.all_folded,
            otherwise: lanes(&self.otherwise),
            search: self.search.clone(),
        }
    }
}
