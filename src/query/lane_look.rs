//! What a reader has done to lanes: pinned, folded, looked for by name.

use std::collections::BTreeSet;

use super::{LaneBy, LaneKey, LaneOrder, LaneRows, fold::fold, lanes::lane_count, order_lanes};
use crate::model::Dataset;

/// What a reader has done to the lanes of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LaneLook {
    /// Lanes that stand above the others in every order.
    pub pinned: BTreeSet<LaneKey>,
    /// Whether lanes are folded to one row of counts, unless [`LaneLook::otherwise`] names them.
    pub all_folded: bool,
    /// Lanes that are folded where the others are not, or the other way round.
    pub otherwise: BTreeSet<LaneKey>,
    /// Words that the names of lanes must have; others are left out, unless they are pinned.
    pub search: String,
}

impl LaneLook {
    /// Whether a lane is folded.
    #[must_use]
    pub fn is_folded(&self, lane: LaneKey) -> bool {
        self.all_folded != self.otherwise.contains(&lane)
    }

    /// Pins a lane, or no longer.
    pub fn toggle_pin(&mut self, lane: LaneKey) {
        flip(&mut self.pinned, lane);
    }

    /// Folds a lane, or no longer.
    pub fn toggle_fold(&mut self, lane: LaneKey) {
        flip(&mut self.otherwise, lane);
    }

    /// Folds all lanes, or none.
    pub fn fold_all(&mut self, folded: bool) {
        self.all_folded = folded;
        self.otherwise.clear();
    }

    /// Whether any lane may be folded.
    #[must_use]
    pub fn folds(&self) -> bool {
        self.all_folded || !self.otherwise.is_empty()
    }

    /// Puts lanes, given in the order of their table, in an order with the pinned ones above, and
    /// notes which of them are pinned and folded. Returns those that are shown, and those of other
    /// names than are looked for.
    #[must_use]
    pub fn arrange(
        &self,
        mut lanes: Vec<LaneRows>,
        order: LaneOrder,
    ) -> (Vec<LaneRows>, Vec<LaneRows>) {
        order_lanes(&mut lanes, order);
        for lane in &mut lanes {
            lane.pinned = self.pinned.contains(&lane.key);
            lane.folded = self.is_folded(lane.key);
        }
        // The sort is stable: within both parts the order stays.
        lanes.sort_by_key(|lane| !lane.pinned);
        let wanted = fold(&self.search);
        let words: Vec<&str> = wanted.split(' ').filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            return (lanes, Vec::new());
        }
        lanes.into_iter().partition(|lane| {
            let name = fold(&lane.label);
            lane.pinned || words.iter().all(|word| name.contains(word))
        })
    }
}

fn flip(lanes: &mut BTreeSet<LaneKey>, lane: LaneKey) {
    if !lanes.remove(&lane) {
        lanes.insert(lane);
    }
}

/// What stands for the lane of what has no value, where lanes are named by their keys in files.
const NONE: &str = "none";

/// The key of a lane in files: that of the row of the table that it stands for.
#[must_use]
pub fn lane_key(dataset: &Dataset, by: LaneBy, lane: LaneKey) -> Option<&str> {
    let LaneKey::Id(id) = lane else { return Some(NONE) };
    let at = id as usize;
    match by {
        LaneBy::Partnership => dataset.partnerships().get(at).map(|row| &*row.key),
        LaneBy::Party => dataset.parties().get(at).map(|row| &*row.key),
        LaneBy::Kind => dataset.kinds().get(at).map(|row| &*row.key),
        LaneBy::Topic => dataset.topics().get(at).map(|row| &*row.key),
        LaneBy::Source => dataset.sources().get(at).map(|row| &*row.key),
    }
}

/// The lane with a key, if the dataset has it.
#[must_use]
pub fn lane_with_key(dataset: &Dataset, by: LaneBy, key: &str) -> Option<LaneKey> {
    let rows = lane_count(dataset, by) as u32;
    let mut lanes = (0..rows).map(LaneKey::Id).chain([LaneKey::None]);
    lanes.find(|lane| lane_key(dataset, by, *lane) == Some(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lanes() -> Vec<LaneRows> {
        let lane = |at: u32, label: &str, rows: &[u32]| {
            LaneRows::new(LaneKey::Id(at), label, rows.to_vec().into())
        };
        vec![
            lane(0, "Laos", &[4]),
            lane(1, "Cambodia", &[1, 2, 3]),
            lane(2, "Viêt Nam", &[0, 5]),
            LaneRows::new(LaneKey::None, "No party named", vec![6].into()),
        ]
    }

    fn names(lanes: &[LaneRows]) -> Vec<&str> {
        lanes.iter().map(|lane| &*lane.label).collect()
    }

    #[test]
    fn pinned_lanes_stand_above_in_every_order() {
        let mut look = LaneLook::default();
        look.toggle_pin(LaneKey::Id(0));
        for order in LaneOrder::ALL {
            let (shown, hidden) = look.arrange(lanes(), order);
            assert_eq!((&*shown[0].label, shown[0].pinned), ("Laos", true));
            assert!(hidden.is_empty() && shown.len() == 4);
            assert_eq!(&*shown[3].label, "No party named");
        }
        look.toggle_pin(LaneKey::None);
        let (shown, _) = look.arrange(lanes(), LaneOrder::Count);
        assert_eq!(names(&shown), ["Laos", "No party named", "Cambodia", "Viêt Nam"]);
        look.toggle_pin(LaneKey::Id(0));
        assert!(!look.arrange(lanes(), LaneOrder::Name).0[1].pinned);
    }

    #[test]
    fn lanes_are_found_by_name_without_case_and_marks_and_pinned_ones_stay() {
        let mut look = LaneLook { search: " VIET ".to_owned(), ..LaneLook::default() };
        let (shown, hidden) = look.arrange(lanes(), LaneOrder::Natural);
        assert_eq!(names(&shown), ["Viêt Nam"]);
        assert_eq!(hidden.len(), 3);
        look.toggle_pin(LaneKey::Id(1));
        assert_eq!(names(&look.arrange(lanes(), LaneOrder::Natural).0), ["Cambodia", "Viêt Nam"]);
        look.search = "nam viet xyz".to_owned();
        assert_eq!(names(&look.arrange(lanes(), LaneOrder::Natural).0), ["Cambodia"]);
    }

    #[test]
    fn one_lane_can_be_folded_and_all_but_one() {
        let mut look = LaneLook::default();
        let folded = |look: &LaneLook| [0, 1].map(|at| look.is_folded(LaneKey::Id(at)));
        look.toggle_fold(LaneKey::Id(0));
        assert_eq!(folded(&look), [true, false]);
        look.fold_all(true);
        assert_eq!(folded(&look), [true, true]);
        look.toggle_fold(LaneKey::Id(0));
        assert_eq!(folded(&look), [false, true]);
        look.fold_all(false);
        assert!(!look.folds());
    }
}
