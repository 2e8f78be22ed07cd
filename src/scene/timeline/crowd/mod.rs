//! Lanes of more marks than can be laid out as a whole: what they cost follows what is in view.
//!
//! Time is cut into tiles of 2^n days, counted from 1970-01-01, some tens of points wide. An
//! engagement belongs to the tile of its first possible day. In a tile of few engagements each is a
//! mark; of many, they are columns of counts with their number. What reaches over more than a tile is
//! a bar, in a row of its own. All of this follows from zoom and data alone, so that panning changes
//! nothing.

mod bars;
pub(super) mod draw;
pub(super) mod reach;
mod section;

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use self::{bars::Bars, reach::Reach, section::Section};
use super::{
    Fold, TimelineSpec,
    draw::LaneAt,
    lane::{self, LaneLayout},
    mark::Frame,
    used::Used,
};
use crate::{
    layout::packing::{PackItem, Room, pack_between},
    model::{DayRange, EngagementId},
    query::{Chosen, Columns, LaneBy, LaneKey, LaneRows, Pyramid},
    scene::Item,
};

/// From so many entries in lanes on, lanes are drawn this way.
pub(super) const MANY: usize = 3_000;
/// Lanes of up to so many marks are packed as a whole nevertheless.
const WHOLE: usize = 64;
/// The least width of a tile in points; the next coarser tiles are twice as wide.
const TILE: f64 = 64.0;
/// Tiles that are packed together.
const SECTION: i64 = 8;
/// The least width of a column of counts in points.
const COLUMN: f64 = 3.0;
/// So many levels are counted below the one that is drawn.
pub(super) const FINER: u8 = 2;
/// Open ends reach no further than a stub: a lane has no end that they could reach to.
const NO_BOUNDS: (f64, f64) = (f64::INFINITY, f64::NEG_INFINITY);

/// Rows of a lane of so many engagements: for marks, for bars, and one for the numbers of what is
/// folded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Slots {
    marks: u16,
    bars: u16,
    numbers: u16,
}

impl Slots {
    /// For a lane of `count` engagements.
    fn of(count: usize) -> Self {
        match count {
            0..=2 => Self { marks: count.max(1) as u16, bars: 0, numbers: 0 },
            3 => Self { marks: 3, bars: 0, numbers: 0 },
            4..=WHOLE => Self { marks: 3, bars: 0, numbers: 1 },
            _ => Self { marks: 2, bars: 1, numbers: 1 },
        }
    }

    const fn all(self) -> u16 {
        self.marks + self.bars + self.numbers
    }
}

/// The height of a lane of so many engagements, in points, whatever is in view.
pub(super) fn height(count: usize) -> f32 {
    (f32::from(Slots::of(count).all()) * lane::ROW + 2.0 * lane::PAD).max(lane::LEAST)
}

/// How many rows of a lane have no date.
pub(super) fn undated(columns: &Columns, rows: &[u32]) -> u32 {
    (rows.len() - rows.partition_point(|row| columns.dated[*row as usize])) as u32
}

/// How many marks of a tile are drawn one by one at most.
fn most_in_tile(slots: Slots, level: u8, per_day: f64) -> u32 {
    /// Width of a mark with the room around it, in points.
    const MARK: f64 = 16.0;
    if level == 0 {
        // All of one day stand above each other.
        return u32::from(slots.marks);
    }
    let wide = TILE.min(per_day * f64::from(1_u32 << level));
    u32::from(slots.marks) * (wide / MARK) as u32
}

/// What is known of one lane.
#[derive(Clone, Debug, Default)]
struct CrowdLane {
    reach: Reach,
    counts: Option<Pyramid>,
    /// By level of tiles.
    bars: BTreeMap<u8, Bars>,
    /// Few enough marks to be packed as a whole.
    whole: Option<LaneLayout>,
    sections: BTreeMap<i64, Section>,
    /// The zoom of the above two.
    per_day: f64,
}

/// What the lanes were made from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Key {
    revision: u64,
    by: LaneBy,
    chosen: BTreeMap<EngagementId, usize>,
}

impl Key {
    /// Whether what was made for this key may be used for a spec; notes that of the spec.
    pub(super) fn renew(&mut self, spec: &TimelineSpec<'_>) -> bool {
        let key = Self { revision: spec.revision, by: spec.by, chosen: spec.chosen.clone() };
        let same = spec.revision != 0 && key == *self;
        *self = key;
        same
    }
}

/// Crowded lanes from one drawing to the next of the same dataset.
#[derive(Clone, Debug, Default)]
pub(super) struct Crowd {
    key: Key,
    lanes: FxHashMap<LaneKey, CrowdLane>,
}

/// A lane that is to be drawn.
pub(super) struct Seen<'a> {
    /// Its rows.
    pub rows: &'a LaneRows,
    /// Where it stands.
    pub at: LaneAt,
}

impl Crowd {
    /// Draws the lanes that are in view.
    pub fn draw(
        &mut self,
        spec: &TimelineSpec<'_>,
        frame: &Frame,
        seen: &[Seen<'_>],
        used: &mut Used,
        out: &mut Vec<Item>,
        folds: &mut Vec<Fold>,
    ) {
        if !self.key.renew(spec) {
            self.lanes.clear();
        }
        // Lanes have nothing to do with each other, so they are counted and packed on all threads.
        let mut lanes: Vec<CrowdLane> = seen
            .iter()
            .map(|one| self.lanes.remove(&one.rows.key))
            .zip(seen)
            .map(|(known, one)| known.unwrap_or_else(|| CrowdLane::new(spec, one)))
            .collect();
        let frame = &Frame { bounds: NO_BOUNDS, ..*frame };
        lanes.par_iter_mut().zip(seen).for_each(|(lane, one)| lane.prepare(spec, frame, one));
        for (lane, one) in lanes.into_iter().zip(seen) {
            lane.draw(spec, frame, one, used, out, folds);
            self.lanes.insert(one.rows.key, lane);
        }
    }
}

impl CrowdLane {
    fn new(spec: &TimelineSpec<'_>, seen: &Seen<'_>) -> Self {
        Self { reach: Reach::new(spec.columns, &seen.rows.rows), ..Self::default() }
    }

    /// Makes what is in view and not there yet.
    fn prepare(&mut self, spec: &TimelineSpec<'_>, frame: &Frame, seen: &Seen<'_>) {
        if self.per_day != frame.per_day {
            self.per_day = frame.per_day;
            self.whole = None;
            self.sections.clear();
        }
        let rows = &*seen.rows.rows;
        if rows.len() <= WHOLE {
            self.whole.get_or_insert_with(|| whole(spec, rows, frame.per_day));
            return;
        }
        let slots = Slots::of(rows.len());
        let level = Pyramid::level_for(frame.per_day, TILE);
        let bars = self
            .bars
            .entry(level)
            .or_insert_with(|| Bars::new(spec.columns, rows, level, slots.bars));
        let mut crowded = false;
        for at in in_sections(frame, level) {
            let section = self.sections.entry(at).or_insert_with(|| {
                Section::new(spec, rows, &self.reach, bars, slots, level, frame.per_day, at)
            });
            crowded |= section.is_crowded();
        }
        let fine = draw::fine(frame, level);
        if crowded && self.counts.as_ref().is_none_or(|counts| counts.base() > fine) {
            let chosen = Chosen::new(spec.dataset, spec.columns, spec.chosen);
            // A little finer than is wanted now: the next steps of a zoom find it there.
            let base = fine.saturating_sub(FINER);
            self.counts = Some(Pyramid::new(spec.columns, &chosen, rows, base));
        }
    }

    /// Draws what was prepared.
    fn draw(
        &self,
        spec: &TimelineSpec<'_>,
        frame: &Frame,
        seen: &Seen<'_>,
        used: &mut Used,
        out: &mut Vec<Item>,
        folds: &mut Vec<Fold>,
    ) {
        if let Some(layout) = &self.whole {
            super::draw::packed(spec, layout, frame, &seen.at, used, out, folds);
            return;
        }
        let slots = Slots::of(seen.rows.rows.len());
        let level = Pyramid::level_for(frame.per_day, TILE);
        let Some(bars) = self.bars.get(&level) else { return };
        let drawn = draw::Lane { spec, frame, seen, slots, level, reach: &self.reach, bars };
        let view = draw::in_view(frame);
        let here: Vec<(i64, &Section)> = in_sections(frame, level)
            .filter_map(|at| Some((at, self.sections.get(&at)?)))
            .collect();
        drawn.beyond(view, &here, out);
        if let Some(counts) = &self.counts {
            drawn.counts(counts, &here, used, out, folds);
        }
        for (_, section) in &here {
            for run in &section.runs {
                let layout = &run.layout;
                super::draw::marks(spec, layout, run.stretch, frame, &seen.at, used, out);
            }
        }
        drawn.bars(view, used, out);
        drawn.folds(&here, used, out, folds);
    }
}

/// The sections that a view needs, of tiles of a level.
fn in_sections(frame: &Frame, level: u8) -> impl Iterator<Item = i64> + use<> {
    // Marks reach a little out of their tiles, labels more.
    let days = |points: f64| ((points - frame.shift) / frame.per_day).floor() as i64;
    let (from, to) = (f64::from(frame.view.0), f64::from(frame.view.1));
    let first = (days(from - 200.0) >> level).div_euclid(SECTION);
    let last = (days(to + 200.0) >> level).div_euclid(SECTION);
    let limits = i64::from(i32::MIN >> 1)..=i64::from(i32::MAX >> 1);
    (first..=last).filter(move |at| limits.contains(&((at * SECTION) << level)))
}

/// The layout of a lane of few marks, in as many rows as it is high.
fn whole(spec: &TimelineSpec<'_>, rows: &[u32], per_day: f64) -> LaneLayout {
    let mut items = Vec::with_capacity(rows.len());
    let mut undated = 0;
    for &row in rows {
        let before = items.len();
        lane::items_of(spec, row, per_day, NO_BOUNDS, &mut items);
        undated += u32::from(items.len() == before);
    }
    let slots = Slots::of(rows.len());
    let everywhere = (f64::NEG_INFINITY, f64::INFINITY);
    let free = vec![Room::FREE; usize::from(slots.marks)];
    pack_run(spec, items, undated, everywhere, &free, height(rows.len()))
}

/// Packs marks into rows, labels within a stretch.
fn pack_run(
    spec: &TimelineSpec<'_>,
    mut items: Vec<lane::LaneItem>,
    undated: u32,
    stretch: (f64, f64),
    rooms: &[Room],
    height: f32,
) -> LaneLayout {
    lane::in_order(&mut items);
    for item in &mut items {
        item.label = lane::label_width(spec, item);
    }
    let packing: Vec<PackItem> = items
        .iter()
        .map(|item| PackItem { left: item.left, right: item.right, label: item.label.into() })
        .collect();
    let packed = pack_between(&packing, stretch, rooms, lane::GAP);
    LaneLayout { items, packed, dense: false, height, undated }
}

/// The days of a tile.
fn tile_days(tile: i64, level: u8) -> DayRange {
    use crate::model::Day;
    let day = |at: i64| Day(at.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32);
    DayRange::new(day(tile << level), day(((tile + 1) << level) - 1))
}
