//! Drawing the visible marks of a lane with their labels, signs and ties.

use std::collections::BTreeMap;

use super::{
    Fold, TimelineSpec, density,
    lane::{self, GAP, LABEL_GAP, LaneLayout},
    mark::{self, Frame, Look},
    piece::{self, Piece},
    shapes,
    used::{Convention, Used},
};
use crate::{
    layout::packing::{LabelSide, Placement},
    model::{Day, DayRange, Status, Target, When, when::Shape, words},
    scene::{
        Color, Hit, Item, Mark, Point, Rect, Stroke, Tokens,
        text::{self, Align, Style},
    },
};

/// Where a lane stands.
#[derive(Clone, Debug)]
pub(super) struct LaneAt {
    /// Its key, for ids.
    pub id: String,
    /// Top edge.
    pub y: f32,
    /// Its ground.
    pub ground: Color,
}

/// The stretch of a row that is free for the label of an item.
#[derive(Clone, Copy)]
struct Free {
    /// The end of what stands to the left, and the start of what stands to the right.
    left: f64,
    right: f64,
    /// Whether the neighbour's label, moved to its other side, could come into the gap as well.
    shared_left: bool,
    shared_right: bool,
}

fn free_stretches(layout: &LaneLayout, (left, right): (f64, f64)) -> Vec<Free> {
    let all = Free { left, right, shared_left: false, shared_right: false };
    let mut free = vec![all; layout.items.len()];
    let mut last: Vec<Option<(usize, LabelSide)>> = vec![None; usize::from(layout.packed.rows)];
    for (index, placement) in layout.packed.placed.iter().enumerate() {
        let Placement::Row(row, side) = *placement else { continue };
        let item = &layout.items[index];
        let label = f64::from(item.label);
        let left = if side == LabelSide::Left { item.left - label } else { item.left };
        if let Some((before, other_side)) = last[usize::from(row)].replace((index, side)) {
            let other = &layout.items[before];
            let to_right = other_side == LabelSide::Right;
            free[index].left = other.right + if to_right { f64::from(other.label) } else { 0.0 };
            free[index].shared_left = !to_right;
            free[before].right = left;
            free[before].shared_right = side != LabelSide::Left;
        }
    }
    free
}

/// Draws what is visible of a lane.
pub(super) fn lane(
    spec: &TimelineSpec<'_>,
    layout: &LaneLayout,
    frame: &Frame,
    at: &LaneAt,
    used: &mut Used,
    out: &mut Vec<Item>,
    folds: &mut Vec<Fold>,
) {
    let view = (f64::from(frame.view.0) - frame.shift, f64::from(frame.view.1) - frame.shift);
    let visible = |left: f64, right: f64| right >= view.0 && left <= view.1;
    beyond(spec, layout, frame, at, view, out);
    if layout.dense {
        for item in &layout.items {
            if visible(item.left, item.mark_right) {
                let kind = spec.dataset.engagement(spec.columns.engagement[item.row as usize]).kind;
                used.kind(kind, spec.dataset.kind(kind));
            }
        }
        density::draw(spec, layout, frame, at, used, out, folds);
        return;
    }
    packed(spec, layout, frame, at, used, out, folds);
}

/// Draws what is visible of a lane that is packed as a whole.
pub(super) fn packed(
    spec: &TimelineSpec<'_>,
    layout: &LaneLayout,
    frame: &Frame,
    at: &LaneAt,
    used: &mut Used,
    out: &mut Vec<Item>,
    folds: &mut Vec<Fold>,
) {
    let view = (f64::from(frame.view.0) - frame.shift, f64::from(frame.view.1) - frame.shift);
    let everywhere = (f64::NEG_INFINITY, f64::INFINITY);
    marks(spec, layout, everywhere, frame, at, used, out);
    let ctx = Ctx { spec, layout, frame, at, free: &[], view };
    ctx.folds(used, out, folds);
}

/// Draws the visible marks of a layout, whose labels stay in a stretch, in points from 1970-01-01.
pub(super) fn marks(
    spec: &TimelineSpec<'_>,
    layout: &LaneLayout,
    stretch: (f64, f64),
    frame: &Frame,
    at: &LaneAt,
    used: &mut Used,
    out: &mut Vec<Item>,
) {
    let view = (f64::from(frame.view.0) - frame.shift, f64::from(frame.view.1) - frame.shift);
    let visible = |left: f64, right: f64| right >= view.0 && left <= view.1;
    let free = free_stretches(layout, stretch);
    // The accounts of one engagement form one group, so they are drawn together.
    let mut groups: BTreeMap<(usize, u32), Vec<usize>> = BTreeMap::new();
    let mut first: BTreeMap<u32, usize> = BTreeMap::new();
    for (index, item) in layout.items.iter().enumerate() {
        let label = f64::from(item.label);
        if matches!(layout.packed.placed[index], Placement::Row(..))
            && visible(item.left - label, item.right + label)
        {
            let order = *first.entry(item.row).or_insert(index);
            groups.entry((order, item.row)).or_default().push(index);
        }
    }
    let ctx = Ctx { spec, layout, frame, at, free: &free, view };
    for ((_, row), members) in &groups {
        ctx.engagement(*row, members, used, out);
    }
}

/// Says where the marks of a lane are that has none in view.
fn beyond(
    spec: &TimelineSpec<'_>,
    layout: &LaneLayout,
    frame: &Frame,
    at: &LaneAt,
    view: (f64, f64),
    out: &mut Vec<Item>,
) {
    let (mut earlier, mut later) = (0u32, 0u32);
    for item in &layout.items {
        if item.mark_right < view.0 {
            earlier += u32::from(item.account == 0);
        } else if item.left > view.1 {
            later += u32::from(item.account == 0);
        } else {
            return;
        }
    }
    beyond_words(spec, (earlier, later), frame, at.y + layout.height / 2.0, out);
}

/// Says how many marks of a lane are before and after the view, around a middle line.
pub(super) fn beyond_words(
    spec: &TimelineSpec<'_>,
    (earlier, later): (u32, u32),
    frame: &Frame,
    middle: f32,
    out: &mut Vec<Item>,
) {
    let style = Style { size: Tokens::SMALL, strong: false, color: spec.tokens.ink_faint };
    let y = middle + 4.0;
    if earlier > 0 {
        let at = Point::new(frame.view.0 + 8.0, y);
        let words = format!("← {} earlier", words::grouped(earlier as usize));
        out.push(Item::Text(text::line(&words, at, Align::Left, style)));
    }
    if later > 0 {
        let at = Point::new(frame.view.1 - 4.0, y);
        let words = format!("{} later →", words::grouped(later as usize));
        out.push(Item::Text(text::line(&words, at, Align::Right, style)));
    }
}

/// The days of a stretch in points from 1970-01-01.
pub(super) fn days_of(from: f64, width: f64, per_day: f64) -> DayRange {
    let first = (from / per_day).floor();
    let last = ((from + width) / per_day).ceil() - 1.0;
    DayRange::new(Day(first as i32), Day(last.max(first) as i32))
}

/// "12 engagements, 1 March – 4 June 2022; click to zoom". Those of one day can only be listed.
pub(super) fn stretch_title(count: usize, days: DayRange) -> String {
    let noun = if count == 1 { "engagement" } else { "engagements" };
    let click = if days.from == days.to { "click to list them" } else { "click to zoom" };
    let count = words::grouped(count);
    format!("{count} {noun}, {}; {click}", words::when(&When::throughout(days)))
}

struct Ctx<'a, 'b> {
    spec: &'a TimelineSpec<'b>,
    layout: &'a LaneLayout,
    frame: &'a Frame,
    at: &'a LaneAt,
    free: &'a [Free],
    view: (f64, f64),
}

impl Ctx<'_, '_> {
    fn engagement(&self, row: u32, members: &[usize], used: &mut Used, out: &mut Vec<Item>) {
        let spec = self.spec;
        let id = spec.columns.engagement[row as usize];
        let engagement = spec.dataset.engagement(id);
        let kind = spec.dataset.kind(engagement.kind);
        let disputed = spec.columns.disputed[row as usize];
        let accounts = piece::accounts(engagement, disputed);
        let chosen = spec.chosen.get(&id).copied().filter(|_| disputed);
        used.kind(engagement.kind, kind);

        let mut items = Vec::new();
        let (mut hits, mut label_hits) = (Vec::new(), Vec::new());
        let mut ends: Vec<Rect> = Vec::new();
        for &index in members {
            let item = &self.layout.items[index];
            let Placement::Row(lane_row, side) = self.layout.packed.placed[index] else { continue };
            let Some(account) = accounts.get(usize::from(item.account)) else { continue };
            let y = self.layout.row_y(self.at.y, lane_row);
            let faint = chosen.is_some_and(|chosen| chosen != account.claim);
            let color = spec.tokens.kind(kind.slot);
            let look = Look {
                slot: kind.slot,
                color: if faint { color.over(self.at.ground, 0.45) } else { color },
                ground: self.at.ground,
                approximate: account.when.is_approximate(),
                planned: engagement.status == Status::Planned,
                cancelled: engagement.status == Status::Cancelled,
                coarse: account.is_coarse(),
                alternative: account.when.shape() == Shape::OneOf,
                derived: (false, false),
            };
            let mut rects: Vec<Rect> = Vec::new();
            for span in account.spans.iter() {
                let tight = lane::tightened(spec, id, *span);
                let drawn = lane::widest(*span, tight);
                let Some(piece) = Piece::of(drawn) else { continue };
                let tight = tight.and_then(Piece::of);
                let look = Look {
                    derived: (
                        drawn.earliest_start != span.earliest_start,
                        drawn.latest_end != span.latest_end,
                    ),
                    ..look
                };
                let rect =
                    mark::draw(&piece, tight.as_ref(), &look, self.frame, y, used, &mut items);
                if let Some(before) = rects.last().filter(|before| before.right() < rect.x) {
                    used.note(if look.alternative { Convention::OneOf } else { Convention::AllOf });
                    let stroke = if look.alternative {
                        Stroke::dashed(look.color.faded(0.7), 1.0, 1.5, 2.5)
                    } else {
                        Stroke::solid(look.color.faded(0.7), 1.0)
                    };
                    let (from, to) = (Point::new(before.right(), y), Point::new(rect.x, y));
                    items.push(shapes::line(from, to, stroke));
                }
                rects.push(rect);
            }
            let (Some(head), Some(tail)) = (rects.first(), rects.last()) else { continue };
            let whole = Rect::new(head.x, head.y, tail.right() - head.x, head.h);
            hits.push(Hit::Rect(whole));
            ends.push(whole);
            let mut x = self.frame.x(item.mark_right);
            if account.when.is_uncertain() {
                used.note(Convention::Uncertain);
                let style = Style { size: Tokens::NOTE, strong: true, color: look.color };
                let at = Point::new(x + 2.5, y + 4.0);
                items.push(Item::Text(text::line("?", at, Align::Left, style)));
                x += lane::QUESTION_WIDTH;
            }
            if disputed && item.account == 0 {
                used.note(Convention::Disputed);
                let center = Point::new(x + 3.0 + shapes::WARNING_WIDTH / 2.0, y);
                items.extend(shapes::warning(center, spec.tokens.amber, self.at.ground));
            }
            if let Some((label, rect)) = self.label(index, side, y, faint, &look) {
                items.extend(label);
                label_hits.push(Hit::Rect(rect));
            }
        }
        if hits.is_empty() {
            return;
        }
        for pair in ends.windows(2) {
            items.push(mark::tie(pair[0], pair[1], spec.tokens.amber));
        }
        hits.append(&mut label_hits);
        let date = words::date_of(spec.dataset, engagement);
        let title = if date.is_empty() {
            engagement.title.to_string()
        } else {
            format!("{} · {date}", engagement.title)
        };
        out.push(Item::Group {
            mark: Mark {
                target: Some(Target::Engagement(id)),
                id: format!("engagement-{}--{}", engagement.key, self.at.id),
                title,
                hits,
            },
            items,
        });
    }

    /// The label of a mark with the rectangle that it takes. Packing has found a side for it; at
    /// the edges of the view it goes to the other side, or is cut, where that keeps it readable.
    fn label(
        &self,
        index: usize,
        side: LabelSide,
        y: f32,
        faint: bool,
        look: &Look,
    ) -> Option<(Vec<Item>, Rect)> {
        /// A label that would have to be cut to less than this is left out.
        const LEAST: f64 = 48.0;
        let item = &self.layout.items[index];
        let (label, _) = lane::label_of(self.spec, item.row, usize::from(item.account));
        let tokens = self.spec.tokens;
        let color = if faint { tokens.ink_faint } else { tokens.ink };
        let style = Style { size: Tokens::SMALL, strong: false, color };
        let need = f64::from(item.label);
        let seen = (item.left.max(self.view.0), item.mark_right.min(self.view.1));
        let on_it = seen.1 - seen.0 >= need + 48.0;
        let outside = item.right < self.view.0 || item.left > self.view.1 || need <= 0.0;
        // A label whose mark is out of view would be a label of nothing.
        if outside || side == LabelSide::Hidden && !on_it {
            return None;
        }
        let free = self.free[index];
        // Where both neighbours of a gap may want to move their labels into it, each has half.
        let share = |room: f64, shared: bool| if shared { room / 2.0 } else { room };
        let left_room = share(item.left - free.left, free.shared_left && side != LabelSide::Left)
            .min(item.left - self.view.0 + GAP)
            - GAP;
        let right_room =
            share(free.right - item.right, free.shared_right && side != LabelSide::Right)
                .min(self.view.1 + 8.0 + GAP - item.right)
                - GAP;
        let bullet = if item.bullet { mark::BULLET } else { 0.0 };
        let right_label = |text: &str| {
            let at = Point::new(self.frame.x(item.right) + LABEL_GAP + bullet, y + 4.0);
            text::line(text, at, Align::Left, style)
        };
        let left_label = |text: &str| {
            let at = Point::new(self.frame.x(item.left) - LABEL_GAP, y + 4.0);
            text::line(text, at, Align::Right, style)
        };
        let gap = LABEL_GAP + bullet;
        let mut ground = None;
        let run = match side {
            LabelSide::Right if need <= right_room => right_label(label),
            LabelSide::Left if need <= left_room => left_label(label),
            LabelSide::Left if need <= right_room => right_label(label),
            LabelSide::Right if need <= left_room => left_label(label),
            // A long mark carries its name itself, at an end that is known and in view.
            _ if on_it => {
                let open = self.view.0.max(self.frame.bounds.0) + 1.0;
                let room = (seen.1 - seen.0 - 24.0) as f32 - bullet;
                let text = text::fitted(label, room, Tokens::SMALL, false);
                let (x, align) = if item.left <= open && item.mark_right <= self.view.1 {
                    (self.frame.x(seen.1) - 14.0, Align::Right)
                } else {
                    (self.frame.x(seen.0) + 14.0 + bullet, Align::Left)
                };
                let run = text::line(&text, Point::new(x, y + 4.0), align, style);
                let x = run.at.x - bullet;
                let rect = Rect::new(x - 4.0, y - 7.0, run.width + bullet + 8.0, 14.0);
                let fill = Some(self.at.ground);
                ground = Some(Item::Rect { rect, radius: 3.0, fill, stroke: None });
                run
            }
            _ if right_room.max(left_room) >= LEAST && need > LEAST => {
                let room = right_room.max(left_room) as f32 - gap;
                let text = text::fitted(label, room, Tokens::SMALL, false);
                if right_room >= left_room { right_label(&text) } else { left_label(&text) }
            }
            _ => return None,
        };
        let x = run.at.x - bullet;
        let rect = Rect::new(x, y - 7.5, run.width + bullet, 15.0);
        let mut items = Vec::with_capacity(4);
        items.extend(ground);
        if item.bullet {
            items.push(mark::bullet(look, run.at.x, y));
        }
        if look.cancelled {
            let (from, to) = (Point::new(run.at.x - 1.0, y), Point::new(rect.right() + 1.0, y));
            items.push(shapes::line(from, to, Stroke::solid(color, 1.0)));
        }
        items.push(Item::Text(run));
        Some((items, rect))
    }

    /// The numbers of folded marks, in a row of their own below the others.
    fn folds(&self, used: &mut Used, out: &mut Vec<Item>, folds: &mut Vec<Fold>) {
        if self.layout.packed.folded == 0 {
            return;
        }
        let tokens = self.spec.tokens;
        let y = self.layout.row_y(self.at.y, self.layout.packed.rows);
        for (stretch, rows) in lane::folds(self.layout) {
            let middle = (stretch as f64 + 0.5) * lane::FOLD;
            if middle < self.view.0 || middle > self.view.1 {
                continue;
            }
            used.note(Convention::Folded);
            let at = Point::new(self.frame.x(middle), y);
            let names: Vec<&str> = rows
                .iter()
                .take(3)
                .map(|row| {
                    let id = self.spec.columns.engagement[*row as usize];
                    self.spec.dataset.engagement(id).label()
                })
                .collect();
            let days = days_of(stretch as f64 * lane::FOLD, lane::FOLD, self.frame.per_day);
            let more = if rows.len() > names.len() { ", …" } else { "" };
            let title = format!("{}: {}{more}", stretch_title(rows.len(), days), names.join(", "));
            let id = format!("folded-{}-{stretch}", self.at.id);
            let count = rows.len() as u32;
            folds.push(pill(
                tokens,
                at,
                Fold { rect: Rect::default(), days, count, title },
                id,
                out,
            ));
        }
    }
}

/// Draws the number of a fold around a point, and notes where it stands.
pub(super) fn pill(
    tokens: &Tokens,
    at: Point,
    fold: Fold,
    id: String,
    out: &mut Vec<Item>,
) -> Fold {
    let style = Style { size: Tokens::SMALL, strong: true, color: tokens.ink_weak };
    let label = format!("+{}", words::grouped(fold.count as usize));
    let run = text::line(&label, Point::new(at.x, at.y + 4.0), Align::Center, style);
    let w = run.width + 12.0;
    let rect = Rect::new(at.x - w / 2.0, at.y - 8.0, w, 16.0);
    out.push(Item::Group {
        mark: Mark { target: None, id, title: fold.title.clone(), hits: vec![Hit::Rect(rect)] },
        items: vec![
            Item::Rect {
                rect,
                radius: 8.0,
                fill: Some(tokens.paper),
                stroke: Some(Stroke::solid(tokens.outline, 1.0)),
            },
            Item::Text(run),
        ],
    });
    Fold { rect, ..fold }
}
