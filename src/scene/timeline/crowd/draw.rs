//! Drawing crowded lanes: columns of counts, bars, and the numbers of what is folded.

use super::{
    COLUMN, NO_BOUNDS, Seen, Slots,
    bars::Bars,
    reach::Reach,
    section::{Section, Tile},
    tile_days,
};
use crate::{
    layout::packing::{LabelSide, Packed, Placement},
    model::DayRange,
    query::{Pyramid, Tally},
    scene::{
        Hit, Item, Mark, Point, Rect, Stroke, Tokens,
        text::{self, Align, Style},
        timeline::{
            Fold, TimelineSpec,
            draw::{beyond_words, marks, pill, stretch_title},
            lane::{self, LaneLayout, PAD, ROW},
            mark::Frame,
            shapes,
            used::{Convention, Used},
        },
    },
};

/// Disputed dates are marked beside counts where no greater share of the counts has any.
const RARE: f64 = 0.2;

/// The days in view, the last one included.
pub(in crate::scene::timeline) fn in_view(frame: &Frame) -> (i64, i64) {
    let day = |x: f32| ((f64::from(x) - frame.shift) / frame.per_day).floor() as i64;
    (day(frame.view.0), day(frame.view.1))
}

/// The level of the columns of counts, under tiles of a level.
pub(in crate::scene::timeline) fn fine(frame: &Frame, level: u8) -> u8 {
    Pyramid::level_for(frame.per_day, COLUMN).min(level)
}

/// A lane while it is drawn.
pub(super) struct Lane<'a> {
    pub spec: &'a TimelineSpec<'a>,
    pub frame: &'a Frame,
    pub seen: &'a Seen<'a>,
    pub slots: Slots,
    pub level: u8,
    pub reach: &'a Reach,
    pub bars: &'a Bars,
}

impl Lane<'_> {
    fn height(&self) -> f32 {
        super::height(self.seen.rows.rows.len())
    }

    fn x(&self, day: i64) -> f32 {
        self.frame.x(day as f64 * self.frame.per_day)
    }

    /// The middle line of the row of numbers.
    fn numbers_y(&self) -> f32 {
        self.seen.at.y + self.height() - PAD - ROW / 2.0
    }

    /// Where the engagements of the lane are, when none is in view.
    pub fn beyond(&self, view: (i64, i64), sections: &[(i64, &Section)], out: &mut Vec<Item>) {
        let columns = self.spec.columns;
        let rows = &self.seen.rows.rows;
        let (before, until) = (
            self.reach.before(columns, rows, view.0),
            self.reach.before(columns, rows, view.1 + 1),
        );
        let bar = |row: usize| self.bars.seen(row, view.0, view.1).next().is_some();
        let mark = |layout: &LaneLayout| {
            let edges = (f64::from(self.frame.view.0), f64::from(self.frame.view.1));
            layout.items.iter().any(|item| {
                item.right + self.frame.shift >= edges.0 && item.left + self.frame.shift <= edges.1
            })
        };
        let some = before < until
            || (0..self.bars.rows.len()).any(bar)
            || sections.iter().any(|(_, one)| one.runs.iter().any(|run| mark(&run.layout)));
        if !some {
            let counts = (before as u32, (self.reach.count() - until) as u32);
            let middle = self.seen.at.y + self.height() / 2.0;
            beyond_words(self.spec, counts, self.frame, middle, out);
        }
    }

    /// The columns of crowded tiles.
    pub fn counts(
        &self,
        pyramid: &Pyramid,
        sections: &[(i64, &Section)],
        used: &mut Used,
        out: &mut Vec<Item>,
        folds: &mut Vec<Fold>,
    ) {
        let (mut columns, mut tops) = (Vec::new(), Vec::new());
        let tiles: Vec<&Tile> = sections
            .iter()
            .flat_map(|(_, section)| section.tiles.iter().filter(|tile| tile.crowded))
            .filter(|tile| {
                let (from, to) =
                    (self.x(tile.at << self.level), self.x((tile.at + 1) << self.level));
                to > self.frame.view.0 && from < self.frame.view.1
            })
            .collect();
        let (Some(first), Some(last)) = (tiles.first(), tiles.last()) else { return };
        used.note(Convention::Density);
        let fine = fine(self.frame, self.level);
        let days =
            DayRange::new(tile_days(first.at, self.level).from, tile_days(last.at, self.level).to);
        // One reading for all: what is spread over years is shared out once.
        let start = pyramid.read(fine, days, &mut columns);
        let coarse = pyramid.read(self.level, days, &mut tops);
        let peak = pyramid.peak(fine).max(1.0);
        // Of the whole lane, so that panning changes no sign.
        let rare = pyramid.disputed_share(self.level) <= RARE;
        let mut slots = 0_u32;
        for tile in tiles {
            let from = tile.at << self.level;
            let at = ((from - i64::from(start.0)) >> fine) as usize;
            let count = 1_usize << (self.level - fine);
            let part = columns.get(at..(at + count).min(columns.len())).unwrap_or_default();
            let top = self.seen.at.y + PAD + f32::from(self.slots.bars) * ROW + 12.0;
            let foot = self.seen.at.y + self.height() - 4.0;
            let place = Stack { top, foot, peak };
            slots |= stack(self.spec, self.frame, &place, (from, fine), part, out);
            let top = ((from - i64::from(coarse.0)) >> self.level) as usize;
            self.number(tile, tops.get(top), rare, used, out, folds);
        }
        note_kinds(self.spec, slots, used);
    }

    /// The number of a crowded tile, above its columns.
    fn number(
        &self,
        tile: &Tile,
        tally: Option<&Tally>,
        rare: bool,
        used: &mut Used,
        out: &mut Vec<Item>,
        folds: &mut Vec<Fold>,
    ) {
        let tokens = self.spec.tokens;
        let (from, to) = (self.x(tile.at << self.level), self.x((tile.at + 1) << self.level));
        let middle = f32::midpoint(from, to);
        let top = tally.and_then(|tally| tally.top);
        // Where nearly every number would bear it, the sign tells nothing.
        let disputed = rare && top.is_some_and(|row| self.spec.columns.disputed[row as usize]);
        let fold = self.fold(tile, top);
        let base = self.seen.at.y + PAD + f32::from(self.slots.bars) * ROW;
        let style = Style { size: Tokens::SMALL, strong: false, color: tokens.ink_faint };
        let words = crate::model::words::grouped(tile.count as usize);
        // Numbers of tiles that are in view by less than half would stand in the names of lanes.
        let mut items = Vec::new();
        if middle >= self.frame.view.0 && middle <= self.frame.view.1 {
            let run = text::line(&words, Point::new(middle, base + 8.0), Align::Center, style);
            if disputed {
                used.note(Convention::Disputed);
                let x = middle + run.width / 2.0 + 9.0;
                let at = Point::new(x, base + 4.0);
                items.extend(shapes::warning(at, tokens.amber, self.seen.at.ground));
            }
            items.push(Item::Text(run));
        }
        let (left, right) = (from.max(self.frame.view.0), to.min(self.frame.view.1));
        let foot = self.seen.at.y + self.height();
        let rect = Rect::new(left, base, (right - left).max(0.0), foot - base);
        folds.push(Fold { rect, ..fold.clone() });
        out.push(Item::Group {
            mark: Mark {
                target: None,
                id: format!("count-{}-{}", self.seen.at.id, tile.at),
                title: fold.title,
                hits: vec![Hit::Rect(rect)],
            },
            items,
        });
    }

    /// What a number stands for, in words.
    fn fold(&self, tile: &Tile, top: Option<u32>) -> Fold {
        let days = tile_days(tile.at, self.level);
        let mut title = stretch_title(tile.count as usize, days);
        if tile.long > 0 && tile.long < tile.count {
            let long = crate::model::words::grouped(tile.long as usize);
            title.push_str(&format!("; {long} of them known less closely, or longer, than this"));
        }
        if let Some(row) = top {
            let id = self.spec.columns.engagement[row as usize];
            let disputed = self.spec.columns.disputed[row as usize];
            let name = self.spec.dataset.engagement(id).label();
            let about = if disputed { ", on whose date sources disagree" } else { "" };
            title.push_str(&format!("; among them {name}{about}"));
        }
        Fold { rect: Rect::default(), days, count: tile.count, title }
    }

    /// The numbers of what found no room beside the marks of its tile.
    pub fn folds(
        &self,
        sections: &[(i64, &Section)],
        used: &mut Used,
        out: &mut Vec<Item>,
        folds: &mut Vec<Fold>,
    ) {
        for tile in sections.iter().flat_map(|(_, section)| &section.tiles) {
            let (from, to) = (self.x(tile.at << self.level), self.x((tile.at + 1) << self.level));
            let middle = f32::midpoint(from, to);
            if tile.crowded || middle < self.frame.view.0 || middle > self.frame.view.1 {
                continue;
            }
            used.note(Convention::Folded);
            let at = Point::new(middle, self.numbers_y());
            let id = format!("folded-{}-{}", self.seen.at.id, tile.at);
            folds.push(pill(self.spec.tokens, at, self.fold(tile, None), id, out));
        }
    }

    /// The bars in view.
    pub fn bars(&self, view: (i64, i64), used: &mut Used, out: &mut Vec<Item>) {
        let per_day = self.frame.per_day;
        let margin = (300.0 / per_day) as i64;
        let mut layout = LaneLayout {
            items: Vec::new(),
            packed: Packed { rows: self.slots.all(), ..Packed::default() },
            dense: false,
            height: self.height(),
            undated: 0,
        };
        for row in 0..self.bars.rows.len() {
            for (bar, next) in self.bars.seen(row, view.0 - margin, view.1 + margin) {
                let before = layout.items.len();
                lane::items_of(self.spec, bar.row, per_day, NO_BOUNDS, &mut layout.items);
                lane::in_order(&mut layout.items[before..]);
                let end = next.map_or(f64::INFINITY, |day| f64::from(day) * per_day);
                // Several accounts of one date have one name, after the last of them.
                let right = layout.items[before..]
                    .iter()
                    .map(|item| item.right)
                    .fold(f64::NEG_INFINITY, f64::max);
                let mut side = LabelSide::Hidden;
                if let Some(last) = layout.items[before..].last_mut() {
                    last.label = lane::label_width(self.spec, last);
                    if right.max(last.right) + f64::from(last.label) + lane::GAP <= end {
                        side = LabelSide::Right;
                    }
                }
                let count = layout.items.len() - before;
                for at in 0..count {
                    let side = if at + 1 == count { side } else { LabelSide::Hidden };
                    layout.packed.placed.push(Placement::Row(row as u16, side));
                }
            }
        }
        let everywhere = (f64::NEG_INFINITY, f64::INFINITY);
        marks(self.spec, &layout, everywhere, self.frame, &self.seen.at, used, out);
    }
}

/// Between which lines columns stand, and for how much the whole height is.
#[derive(Clone, Copy)]
pub(in crate::scene::timeline) struct Stack {
    pub top: f32,
    pub foot: f32,
    pub peak: f64,
}

/// Draws columns of counts from a day on, in stretches of a level. Answers with the slots of kinds
/// that occur, one bit each.
pub(in crate::scene::timeline) fn stack(
    spec: &TimelineSpec<'_>,
    frame: &Frame,
    &Stack { top, foot, peak }: &Stack,
    (from, level): (i64, u8),
    columns: &[Tally],
    out: &mut Vec<Item>,
) -> u32 {
    let tokens = spec.tokens;
    let scale = f64::from(foot - top) / peak;
    let day = |day: i64| frame.x(day as f64 * frame.per_day);
    let mut slots = 0;
    let end = from + ((columns.len() as i64) << level);
    for (at, column) in columns.iter().enumerate() {
        let (x, right) =
            (day(from + ((at as i64) << level)), day(from + ((at as i64 + 1) << level)));
        if right < frame.view.0 || x > frame.view.1 {
            continue;
        }
        let width = (right - x - 1.0).max(1.0);
        let mut y = foot;
        for (slot, count) in column.precise.iter().enumerate().filter(|one| *one.1 > 0) {
            slots |= 1 << slot;
            let h = (f64::from(*count) * scale) as f32;
            y -= h;
            let fill = Some(tokens.kind(slot as u8));
            let rect = Rect::new(x, y, width, h);
            out.push(Item::Rect { rect, radius: 0.0, fill, stroke: None });
        }
        if column.spread > 0.005 {
            let h = ((column.spread * scale) as f32).max(0.75);
            let rect = Rect::new(x, y - h, width, h);
            let fill = Some(tokens.ink_faint.faded(0.35));
            out.push(Item::Rect { rect, radius: 0.0, fill, stroke: None });
        }
    }
    out.push(shapes::line(
        Point::new(day(from), foot + 0.5),
        Point::new(day(end), foot + 0.5),
        Stroke::solid(tokens.line, 1.0),
    ));
    slots
}

/// Notes the kinds of some slots, one bit each.
pub(in crate::scene::timeline) fn note_kinds(spec: &TimelineSpec<'_>, slots: u32, used: &mut Used) {
    for id in 0..spec.dataset.kinds().len() {
        let id = crate::model::KindId::at(id);
        let kind = spec.dataset.kind(id);
        if slots >> (kind.slot % crate::model::Kind::SLOTS) & 1 == 1 {
            used.kind(id, kind);
        }
    }
}
