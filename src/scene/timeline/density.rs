//! Counts per column for lanes with more marks than there is room for.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{
    Fold, TimelineSpec,
    draw::{self, LaneAt},
    lane::{LaneItem, LaneLayout},
    mark::Frame,
    shapes,
    used::{Convention, Used},
};
use crate::{
    model::Kind,
    scene::{
        Hit, Item, Mark, Point, Rect, Stroke, Tokens,
        text::{self, Align, Style},
    },
};

/// Width of a column in points. Columns are counted from 1970-01-01, so that panning does not
/// change which mark falls into which.
const COLUMN: f64 = 4.0;
/// Columns per stretch that carries one number.
const STRETCH: i64 = 24;

/// One column: precisely dated engagements per kind slot, and the expected number of those whose
/// dates are spread over several columns.
#[derive(Clone, Debug, Default)]
struct Column {
    precise: [u32; Kind::SLOTS as usize],
    spread: f64,
}

fn column_of(points: f64) -> i64 {
    (points / COLUMN).floor() as i64
}

/// The columns from `first` to `last`, and the greatest precise count anywhere in the lane, which
/// sets the scale for all of it so that panning does not change a height.
fn count(
    spec: &TimelineSpec<'_>,
    items: &[LaneItem],
    first: i64,
    last: i64,
) -> (BTreeMap<i64, Column>, f64) {
    let mut columns: BTreeMap<i64, Column> = BTreeMap::new();
    let mut most = 1u32;
    let mut heights: FxHashMap<i64, u32> = FxHashMap::default();
    for item in items {
        let middle = column_of(f64::midpoint(item.left, item.mark_right));
        if item.precise {
            let height = heights.entry(middle).or_default();
            *height += 1;
            most = most.max(*height);
            if (first..=last).contains(&middle) {
                let kind = spec.columns.kind[item.row as usize] as usize;
                let slot = spec.dataset.kinds().get(kind).map_or(0, |kind| kind.slot % Kind::SLOTS);
                columns.entry(middle).or_default().precise[usize::from(slot)] += 1;
            }
        } else {
            let (from, to) = (column_of(item.left), column_of(item.mark_right));
            let share = 1.0 / (to - from + 1) as f64;
            for column in from.max(first)..=to.min(last) {
                columns.entry(column).or_default().spread += share;
            }
        }
    }
    (columns, f64::from(most))
}

/// Draws the counts of a lane between `top` and `top + height`.
pub(super) fn draw(
    spec: &TimelineSpec<'_>,
    layout: &LaneLayout,
    frame: &Frame,
    at: &LaneAt,
    used: &mut Used,
    out: &mut Vec<Item>,
    folds: &mut Vec<Fold>,
) {
    let tokens = spec.tokens;
    let (lane_id, top, height) = (&at.id, at.y, layout.height);
    used.note(Convention::Density);
    let first = column_of(f64::from(frame.view.0) - frame.shift);
    let last = column_of(f64::from(frame.view.1) - frame.shift);
    let (columns, most) = count(spec, &layout.items, first, last);
    let foot = top + height - 6.0;
    let scale = f64::from(height - 28.0) / most;
    let at = |column: i64| (column as f64 * COLUMN + frame.shift) as f32;
    let mut bars = Vec::new();
    // Per stretch: how many, and the sum of their positions.
    let mut numbers: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
    for (index, column) in &columns {
        let x = at(*index);
        let mut y = foot;
        for (slot, count) in column.precise.iter().enumerate() {
            if *count == 0 {
                continue;
            }
            let h = (f64::from(*count) * scale) as f32;
            y -= h;
            let fill = Some(tokens.kind(slot as u8));
            let rect = Rect::new(x, y, COLUMN as f32 - 1.0, h);
            bars.push(Item::Rect { rect, radius: 0.0, fill, stroke: None });
        }
        if column.spread > 0.0 {
            let h = ((column.spread * scale) as f32).clamp(1.0, (y - top - 16.0).max(1.0));
            let rect = Rect::new(x, y - h, COLUMN as f32 - 1.0, h);
            let fill = Some(tokens.ink_faint.faded(0.35));
            bars.push(Item::Rect { rect, radius: 0.0, fill, stroke: None });
        }
        let precise: u32 = column.precise.iter().sum();
        let count = f64::from(precise) + column.spread;
        let number = numbers.entry(index.div_euclid(STRETCH)).or_default();
        number.0 += count;
        number.1 += count * f64::from(x + COLUMN as f32 / 2.0);
    }
    out.append(&mut bars);
    out.push(shapes::line(
        Point::new(frame.view.0, foot + 0.5),
        Point::new(frame.view.1, foot + 0.5),
        Stroke::solid(tokens.line, 1.0),
    ));
    let width = (STRETCH as f64 * COLUMN) as f32;
    for (stretch, (number, sum)) in numbers {
        // Only stretches that are in view as a whole: a part of a count would be wrong.
        let x = at(stretch * STRETCH);
        if number < 0.5 || x < frame.view.0 - 1.0 || x + width > frame.view.1 + 1.0 {
            continue;
        }
        // Above its columns, and clear of the next stretch's number.
        let middle = ((sum / number) as f32).clamp(x + 18.0, x + width - 18.0);
        let number = number.round();
        let from = (stretch * STRETCH) as f64 * COLUMN;
        let days = draw::days_of(from, f64::from(width), frame.per_day);
        let title = draw::stretch_title(number as usize, days);
        let style = Style { size: Tokens::SMALL, strong: false, color: tokens.ink_faint };
        let at = Point::new(middle, top + 14.0);
        let label = text::line(&format!("{number}"), at, Align::Center, style);
        let hit = Rect::new(x, top, width, height);
        folds.push(Fold { rect: hit, days, count: number as u32, title: title.clone() });
        out.push(Item::Group {
            mark: Mark {
                target: None,
                id: format!("count-{lane_id}-{stretch}"),
                title,
                hits: vec![Hit::Rect(hit)],
            },
            items: vec![Item::Text(label)],
        });
    }
    for item in &layout.items {
        if spec.columns.disputed[item.row as usize] && item.account == 0 {
            let x = (f64::midpoint(item.left, item.mark_right) + frame.shift) as f32;
            if (frame.view.0..=frame.view.1).contains(&x) {
                used.note(Convention::Disputed);
                out.extend(shapes::warning(Point::new(x, top + 22.0), tokens.amber, tokens.paper));
            }
        }
    }
}
