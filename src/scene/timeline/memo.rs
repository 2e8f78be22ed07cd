//! Keeping the layout of lanes between frames.

use std::{collections::BTreeMap, hash::Hasher, rc::Rc, sync::OnceLock};

use rayon::prelude::*;
use rustc_hash::FxHasher;

use super::{
    TimelineSpec,
    crowd::Crowd,
    folded::Folded,
    lane::{self, LaneLayout},
};
use crate::{
    model::{EngagementId, when::Span},
    query::LaneKey,
};

/// The layout of lanes from one drawing to the next of the same dataset.
///
/// Panning and scrolling leave it as it is; zooming, other rows, other lanes and other choices
/// bring a new one. Start with an empty one for each dataset.
#[derive(Clone, Debug, Default)]
pub struct Memo {
    kept: Option<(Key, Rc<Vec<LaneLayout>>)>,
    /// The widths of names that were measured, by engagement: no zoom changes them.
    widths: Vec<OnceLock<f32>>,
    /// Lanes of too many marks to be laid out as a whole.
    pub(super) crowd: Crowd,
    /// Lanes that the reader has folded.
    pub(super) folded: Folded,
}

/// All that the layout depends on, beside the dataset.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    revision: u64,
    per_day: f64,
    bounds: (f64, f64),
    lanes: Vec<(LaneKey, bool, u32, u64)>,
    chosen: BTreeMap<EngagementId, usize>,
    /// Compared where no revision stands for it.
    tightened: Vec<Option<Span>>,
}

impl Memo {
    /// The layouts for a spec, from memory where nothing has changed.
    pub(super) fn layouts(
        &mut self,
        spec: &TimelineSpec<'_>,
        per_day: f64,
        bounds: (f64, f64),
    ) -> Rc<Vec<LaneLayout>> {
        let known = spec.revision != 0;
        let lanes = spec.lanes.iter().map(|lane| {
            let mut hasher = FxHasher::default();
            if !known {
                lane.rows.iter().for_each(|row| hasher.write_u32(*row));
            }
            (lane.key, lane.folded, lane.rows.len() as u32, hasher.finish())
        });
        if let Some((key, layouts)) = &self.kept
            && key.revision == spec.revision
            && key.per_day == per_day
            && key.bounds == bounds
            && key.chosen == *spec.chosen
            && (known || key.tightened == spec.tightened)
            && lanes.clone().eq(key.lanes.iter().copied())
        {
            return Rc::clone(layouts);
        }
        self.widths.resize(spec.dataset.engagements().len(), OnceLock::new());
        let widths = &self.widths;
        // Lanes have nothing to do with each other, so they are laid out on all threads.
        let layouts: Rc<Vec<LaneLayout>> = Rc::new(
            spec.lanes
                .par_iter()
                .map(|rows| lane::layout(spec, rows, per_day, bounds, widths))
                .collect(),
        );
        let key = Key {
            revision: spec.revision,
            per_day,
            bounds,
            lanes: lanes.collect(),
            chosen: spec.chosen.clone(),
            tightened: if known { Vec::new() } else { spec.tightened.to_vec() },
        };
        self.kept = Some((key, Rc::clone(&layouts)));
        layouts
    }
}
