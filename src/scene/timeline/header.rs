//! The names of lanes, with what was done to them and what is not drawn in them.

use super::{AXIS_HEIGHT, TimelineSpec, lane_target, shapes};
use crate::{
    model::words,
    query::LaneRows,
    scene::{
        Hit, Item, Mark, Point, Rect, Tokens,
        text::{self, Align, Style},
    },
};

/// Where names begin, in points.
const LEFT: f32 = 12.0;
/// Free space at their right, in points.
const RIGHT: f32 = 8.0;

/// The name of a lane, with a remark on what is not drawn in it, in the visible part of the lane:
/// whether to say how many engagements it has, how many are undated, and how high it is.
pub(super) fn draw(
    spec: &TimelineSpec<'_>,
    rows: &LaneRows,
    (many, undated, height): (bool, u32, f32),
    id: &str,
    (top, bottom): (f32, f32),
) -> Item {
    let mut items = if rows.folded {
        folded(spec, rows, (top, bottom))
    } else {
        open(spec, rows, (many, undated, height), (top, bottom))
    };
    if rows.pinned && !rows.folded {
        items.extend(shapes::pin(Point::new(5.5, top + 6.0), spec.tokens.accent));
    }
    let count = words::count(rows.rows.len(), "engagement", "engagements");
    let mut title = format!("{}: {count}", rows.label);
    if rows.folded && undated > 0 {
        title.push_str(&format!(", {} undated", words::grouped(undated as usize)));
    }
    let hit = Rect::new(0.0, top, spec.header_width, (bottom - top).max(0.0));
    Item::Group {
        mark: Mark {
            target: lane_target(spec.by, rows.key),
            id: format!("lane-{id}"),
            title,
            hits: vec![Hit::Rect(hit)],
        },
        items,
    }
}

/// Of a folded lane the name in one line, and the number at its end.
fn folded(spec: &TimelineSpec<'_>, rows: &LaneRows, (top, bottom): (f32, f32)) -> Vec<Item> {
    let tokens = spec.tokens;
    let middle = f32::midpoint(top, bottom);
    let note = Style { size: Tokens::SMALL, strong: false, color: tokens.ink_faint };
    let at = Point::new(spec.header_width - RIGHT, middle + 4.0);
    let count = text::line(&words::grouped(rows.rows.len()), at, Align::Right, note);
    let pin = rows.pinned.then(|| Point::new(count.at.x - 9.0, middle - 3.0));
    let end = pin.map_or(count.at.x, |pin| pin.x - 4.0);
    let room = (end - LEFT - 8.0).max(8.0);
    let name = Style { size: Tokens::NOTE, strong: true, color: tokens.ink };
    let label = text::fitted(&rows.label, room, Tokens::NOTE, true);
    let mut items = vec![
        shapes::arrow(Point::new(9.0, middle), 1.0, tokens.ink_weak),
        Item::Text(text::line(&label, Point::new(LEFT, middle + 4.0), Align::Left, name)),
        Item::Text(count),
    ];
    items.extend(pin.into_iter().flat_map(|at| shapes::pin(at, tokens.accent)));
    items
}

fn open(
    spec: &TimelineSpec<'_>,
    rows: &LaneRows,
    (many, undated, height): (bool, u32, f32),
    (top, bottom): (f32, f32),
) -> Vec<Item> {
    let tokens = spec.tokens;
    let room = (spec.header_width - LEFT - RIGHT).max(8.0);
    let name = Style { size: Tokens::BODY, strong: true, color: tokens.ink };
    let note = Style { size: Tokens::SMALL, strong: false, color: tokens.ink_faint };
    let mut remarks = Vec::new();
    if many {
        let count = words::grouped(rows.rows.len());
        let long = format!("{count} engagements");
        // Where the names have little room, the number says enough.
        let fits = text::width(&long, Tokens::SMALL, false) <= room;
        remarks.push(if fits { long } else { count });
    }
    if undated > 0 {
        remarks.push(format!("{} undated", words::grouped(undated as usize)));
    }
    let mut lines = text::wrapped(&rows.label, room, Tokens::BODY, true);
    let most = if remarks.is_empty() && height >= 40.0 || height >= 52.0 { 2 } else { 1 };
    if lines.len() > most {
        let rest = lines[most - 1..].join(" ");
        lines.truncate(most - 1);
        lines.push(text::fitted(&rest, room, Tokens::BODY, true));
    }
    let remark = text::fitted(&remarks.join(" · "), room, Tokens::SMALL, false);
    let count = lines.len() as f32 + if remark.is_empty() { 0.0 } else { 0.9 };
    // The lines stand in the middle of what is seen of the lane, so that the name of a tall one
    // stays in view; of a small rest, what belongs at its inner edge.
    let block = (count * 16.0 + 8.0).min(height);
    let middle = if bottom - top >= block {
        f32::midpoint(top, bottom)
    } else if top <= AXIS_HEIGHT {
        bottom - block / 2.0
    } else {
        top + block / 2.0
    };
    let mut baseline = middle - count * 8.0 + 12.5;
    let mut items = Vec::new();
    for line in &lines {
        let line = text::line(line, Point::new(LEFT, baseline), Align::Left, name);
        items.push(Item::Text(line));
        baseline += 16.0;
    }
    if !remark.is_empty() {
        let line = text::line(&remark, Point::new(LEFT, baseline - 1.0), Align::Left, note);
        items.push(Item::Text(line));
    }
    items
}
