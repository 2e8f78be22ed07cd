//! Some tiles of a lane that are packed together: marks where there are few, counts where many.

use super::{
    SECTION, Slots,
    bars::Bars,
    height, most_in_tile, pack_run,
    reach::{self, Reach},
};
use crate::{
    layout::packing::{Placement, Room},
    scene::timeline::{
        TimelineSpec,
        lane::{self, LaneItem, LaneLayout},
    },
};

/// Neighbouring tiles whose engagements are drawn one by one.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub layout: LaneLayout,
    /// From where to where labels may stand, in points from 1970-01-01.
    pub stretch: (f64, f64),
}

/// A tile with what stands for engagements that are not drawn one by one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tile {
    pub at: i64,
    /// Engagements without a mark of their own.
    pub count: u32,
    /// How many of these reach over more than the tile.
    pub long: u32,
    /// Drawn as columns of counts; otherwise as a number beside the marks.
    pub crowded: bool,
}

/// Some neighbouring tiles, packed.
#[derive(Clone, Debug, Default)]
pub(super) struct Section {
    pub runs: Vec<Run>,
    /// Those in which something is counted, ascending.
    pub tiles: Vec<Tile>,
}

/// What is needed to pack tiles.
struct Packer<'a> {
    spec: &'a TimelineSpec<'a>,
    rows: &'a [u32],
    reach: &'a Reach,
    bars: &'a Bars,
    slots: Slots,
    level: u8,
    per_day: f64,
}

impl Section {
    /// Packs the section `at`, counted from 1970-01-01.
    #[expect(clippy::too_many_arguments, reason = "all that a layout depends on")]
    pub fn new(
        spec: &TimelineSpec<'_>,
        rows: &[u32],
        reach: &Reach,
        bars: &Bars,
        slots: Slots,
        level: u8,
        per_day: f64,
        at: i64,
    ) -> Self {
        Packer { spec, rows, reach, bars, slots, level, per_day }.section(at)
    }

    /// Whether some tile is drawn as counts.
    pub fn is_crowded(&self) -> bool {
        self.tiles.iter().any(|tile| tile.crowded)
    }
}

impl Packer<'_> {
    fn section(&self, at: i64) -> Section {
        let mut section = Section::default();
        let (first, end) = (at * SECTION, (at + 1) * SECTION);
        let before = self.rooms(first, true);
        let after = self.rooms(end, false);
        let mut singles: Vec<i64> = Vec::new();
        for tile in first..=end {
            let (short, _, folded) = self.count(tile);
            if tile < end && !self.is_crowded(short) {
                singles.push(tile);
                continue;
            }
            self.run(&mut section, &singles, (first, end), &before, &after);
            singles.clear();
            if tile < end {
                let count = short + folded;
                section.tiles.push(Tile { at: tile, count, long: folded, crowded: true });
            }
        }
        section.tiles.sort_by_key(|tile| tile.at);
        section
    }

    fn is_crowded(&self, short: u32) -> bool {
        short > most_in_tile(self.slots, self.level, self.per_day)
    }

    /// Of the engagements of a tile: those that lie in it, bars, and bars that are folded.
    fn count(&self, tile: i64) -> (u32, u32, u32) {
        let (from, to) = (tile << self.level, (tile + 1) << self.level);
        let before = |day| self.reach.before(self.spec.columns, self.rows, day);
        let (bars, folded) = self.bars.count(from, to);
        ((before(to) - before(from)) as u32 - bars, bars, folded)
    }

    /// The marks of a tile, without bars.
    fn items(&self, tile: i64) -> Vec<LaneItem> {
        let (from, to) = (tile << self.level, (tile + 1) << self.level);
        let columns = self.spec.columns;
        let mut items = Vec::new();
        for row in self.reach.rows_in(columns, self.rows, from, to) {
            let Some((first, last)) = reach::of(columns, row) else { continue };
            if i64::from(last) - i64::from(first) < 1 << self.level {
                lane::items_of(self.spec, row, self.per_day, super::NO_BOUNDS, &mut items);
            }
        }
        items
    }

    /// The position of a tile's left edge, in points from 1970-01-01.
    fn edge(&self, tile: i64) -> f64 {
        (tile << self.level) as f64 * self.per_day
    }

    /// The marks that reach over the left edge of a tile out of the one before it, in order. They
    /// stand in the rows of their numbers, so that both sides know it.
    fn crossing(&self, tile: i64) -> Vec<LaneItem> {
        let (short, ..) = self.count(tile - 1);
        if short == 0 || self.is_crowded(short) {
            return Vec::new();
        }
        let edge = self.edge(tile);
        let mut items = self.items(tile - 1);
        items.retain(|item| item.right + lane::GAP > edge);
        lane::in_order(&mut items);
        items
    }

    /// What the marks that cross an edge leave of the rows: after it, or before it.
    fn rooms(&self, tile: i64, after: bool) -> Vec<Room> {
        let mut rooms = vec![Room::FREE; usize::from(self.slots.marks)];
        for (room, item) in rooms.iter_mut().zip(self.crossing(tile)) {
            if after {
                room.from = item.right;
            } else {
                room.to = item.left;
            }
        }
        rooms
    }

    /// Packs neighbouring tiles of few engagements.
    fn run(
        &self,
        section: &mut Section,
        tiles: &[i64],
        (first, end): (i64, i64),
        before: &[Room],
        after: &[Room],
    ) {
        let (Some(&from), Some(&to)) = (tiles.first(), tiles.last()) else { return };
        let mut items: Vec<LaneItem> = tiles.iter().flat_map(|tile| self.items(*tile)).collect();
        let mut rooms = vec![Room::FREE; usize::from(self.slots.marks)];
        let mut stretch = (self.edge(from), self.edge(to + 1));
        let mut crossing = Vec::new();
        for (row, room) in rooms.iter_mut().enumerate() {
            if from == first {
                room.from = before[row].from;
                stretch.0 = stretch.0.max(room.from);
            }
            if to + 1 == end {
                room.to = after[row].to;
                stretch.1 = stretch.1.min(room.to);
            }
        }
        if to + 1 == end {
            crossing = self.crossing(end);
            let same = |item: &LaneItem| {
                crossing.iter().any(|one| (one.row, one.account) == (item.row, item.account))
            };
            items.retain(|item| !same(item));
        }
        let lane_height = height(self.rows.len());
        let mut layout = pack_run(self.spec, items, 0, stretch, &rooms, lane_height);
        // Those that cross the end of the section have their rows already, and no label.
        for (at, item) in crossing.into_iter().enumerate() {
            let row = u16::try_from(at).ok().filter(|row| *row < self.slots.marks);
            layout.items.push(item);
            layout.packed.placed.push(match row {
                Some(row) => Placement::Row(row, crate::layout::packing::LabelSide::Hidden),
                None => Placement::Folded,
            });
        }
        let mut folded: Vec<u32> = layout
            .items
            .iter()
            .zip(&layout.packed.placed)
            .filter(|(_, placed)| **placed == Placement::Folded)
            .map(|(item, _)| item.row)
            .collect();
        folded.sort_unstable();
        folded.dedup();
        // An engagement of several accounts is folded only as a whole.
        let shown = |row: u32| {
            let mut placed = layout.items.iter().zip(&layout.packed.placed);
            placed.any(|(item, placed)| item.row == row && *placed != Placement::Folded)
        };
        folded.retain(|row| !shown(*row));
        for &tile in tiles {
            let (from, to) = (tile << self.level, (tile + 1) << self.level);
            let (.., long) = self.count(tile);
            let here = |row: &&u32| {
                let first = reach::of(self.spec.columns, **row).map(|days| i64::from(days.0));
                first.is_some_and(|first| from <= first && first < to)
            };
            let count = folded.iter().filter(here).count() as u32 + long;
            if count > 0 {
                section.tiles.push(Tile { at: tile, count, long, crowded: false });
            }
        }
        // Rows of marks stand below those of bars.
        for placed in &mut layout.packed.placed {
            if let Placement::Row(row, _) = placed {
                *row += self.slots.bars;
            }
        }
        layout.packed.rows = self.slots.all();
        layout.packed.folded = 0;
        section.runs.push(Run { layout, stretch });
    }
}
