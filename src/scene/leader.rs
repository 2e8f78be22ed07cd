//! The line that leads from a name to a mark that it stands away from.

use super::{Color, Item, PathSegment, Point, Stroke};
use crate::layout::placement::{Area, Occupancy};

/// Nearer than this a name is taken for its mark's own without a line, in points.
const APART: f32 = 11.0;

/// The line from the name in `area` to the edge of its mark; `None` where it stands beside it. Later
/// names keep off the line.
pub(super) fn to_mark(
    area: Area,
    center: Point,
    radius: f32,
    color: Color,
    taken: &mut Occupancy,
) -> Option<Item> {
    let [left, top, right, bottom] = area.map(|side| side as f32);
    let from = Point::new(center.x.clamp(left, right), center.y.clamp(top, bottom));
    let long = from.distance(center);
    if long - radius <= APART {
        return None;
    }
    let part = |share: f32| {
        let (dx, dy) = (from.x - center.x, from.y - center.y);
        Point::new(center.x + dx * share, center.y + dy * share)
    };
    let edge = part((radius - 1.5).max(0.0) / long);
    let end = part((long - 2.0) / long);
    let steps = (long / 4.0).ceil() as u32;
    for step in 0..=steps {
        let at = part(step as f32 / steps.max(1) as f32);
        taken.avoid([f64::from(at.x), f64::from(at.y)], 4.0);
    }
    Some(Item::Path {
        segments: [PathSegment::Move(edge), PathSegment::Line(end)].into(),
        fill: None,
        stroke: Some(Stroke::solid(color, 0.8)),
    })
}
