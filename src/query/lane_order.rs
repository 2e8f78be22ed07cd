//! In which order the lanes of a timeline stand.

use super::{LaneKey, LaneRows};

/// In which order lanes stand.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum LaneOrder {
    /// As the file lists them; many lanes by number of engagements.
    #[default]
    Natural,
    /// The most engagements first.
    Count,
    /// By name.
    Name,
    /// The earliest engagement first.
    First,
    /// The latest engagement first.
    Last,
}

impl LaneOrder {
    /// All values, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Natural, Self::Count, Self::Name, Self::First, Self::Last];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Natural => "As in the file",
            Self::Count => "Most engagements first",
            Self::Name => "By name",
            Self::First => "Earliest first",
            Self::Last => "Latest first",
        }
    }
}

/// From so many lanes on, the busiest come first unless another order is asked for.
const MANY_LANES: usize = 40;

/// Puts lanes in order; the lane of what has no value stays last.
pub fn order_lanes(lanes: &mut [LaneRows], order: LaneOrder) {
    let order = match order {
        LaneOrder::Natural if lanes.len() >= MANY_LANES => LaneOrder::Count,
        order => order,
    };
    let rest = |lane: &LaneRows| lane.key == LaneKey::None;
    // Rows are in the order of time, so the first and the last of a lane tell when it begins and
    // ends. The sort is stable: equal lanes keep the order of the file.
    match order {
        LaneOrder::Natural => {}
        LaneOrder::Count => {
            lanes.sort_by_key(|lane| (rest(lane), std::cmp::Reverse(lane.rows.len())));
        }
        LaneOrder::Name => lanes.sort_by_cached_key(|lane| (rest(lane), lane.label.to_lowercase())),
        LaneOrder::First => lanes.sort_by_key(|lane| (rest(lane), lane.rows.first().copied())),
        LaneOrder::Last => {
            lanes.sort_by_key(|lane| (rest(lane), std::cmp::Reverse(lane.rows.last().copied())));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_stand_in_the_order_that_is_asked_for() {
        let lane = |key, label: &str, rows: &[u32]| LaneRows::new(key, label, rows.to_vec().into());
        let natural = [
            lane(LaneKey::Id(0), "Laos", &[4]),
            lane(LaneKey::Id(1), "Cambodia", &[1, 2, 3]),
            lane(LaneKey::Id(2), "ASEAN", &[0, 5]),
            lane(LaneKey::None, "None", &[6, 7, 8, 9]),
        ];
        let ordered = |order| {
            let mut lanes = natural.to_vec();
            order_lanes(&mut lanes, order);
            lanes.iter().map(|lane| lane.label.to_string()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(ordered(LaneOrder::Natural), "Laos Cambodia ASEAN None");
        assert_eq!(ordered(LaneOrder::Count), "Cambodia ASEAN Laos None");
        assert_eq!(ordered(LaneOrder::Name), "ASEAN Cambodia Laos None");
        assert_eq!(ordered(LaneOrder::First), "ASEAN Cambodia Laos None");
        assert_eq!(ordered(LaneOrder::Last), "ASEAN Laos Cambodia None");
    }
}
