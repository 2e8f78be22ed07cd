//! The small shapes of the timeline: one per kind slot, the sign of a dispute, arrow and torn edge.

use crate::scene::{Color, Item, PathSegment, Point, Stroke};

/// A closed or open path through points.
pub(in crate::scene) fn polyline(
    points: &[Point],
    close: bool,
    fill: Option<Color>,
    stroke: Option<Stroke>,
) -> Item {
    let mut segments = Vec::with_capacity(points.len() + 1);
    for (index, point) in points.iter().enumerate() {
        segments.push(if index == 0 {
            PathSegment::Move(*point)
        } else {
            PathSegment::Line(*point)
        });
    }
    if close {
        segments.push(PathSegment::Close);
    }
    Item::Path { segments: segments.into(), fill, stroke }
}

/// A straight line.
pub(in crate::scene) fn line(a: Point, b: Point, stroke: Stroke) -> Item {
    polyline(&[a, b], false, None, Some(stroke))
}

/// The outlines of the shapes other than the circle, in units of the radius, of about its area.
const DIAMOND: [(f32, f32); 4] = [(0.0, -1.24), (1.24, 0.0), (0.0, 1.24), (-1.24, 0.0)];
const SQUARE: [(f32, f32); 4] = [(-0.89, -0.89), (0.89, -0.89), (0.89, 0.89), (-0.89, 0.89)];
const UP: [(f32, f32); 3] = [(0.0, -1.2), (1.18, 0.86), (-1.18, 0.86)];
const DOWN: [(f32, f32); 3] = [(0.0, 1.2), (-1.18, -0.86), (1.18, -0.86)];
const HEXAGON: [(f32, f32); 6] =
    [(-0.58, -1.0), (0.58, -1.0), (1.16, 0.0), (0.58, 1.0), (-0.58, 1.0), (-1.16, 0.0)];
const CROSS: [(f32, f32); 12] = [
    (-0.42, -1.16),
    (0.42, -1.16),
    (0.42, -0.42),
    (1.16, -0.42),
    (1.16, 0.42),
    (0.42, 0.42),
    (0.42, 1.16),
    (-0.42, 1.16),
    (-0.42, 0.42),
    (-1.16, 0.42),
    (-1.16, -0.42),
    (-0.42, -0.42),
];
const STAR: [(f32, f32); 10] = [
    (0.0, -1.4),
    (0.36, -0.5),
    (1.33, -0.43),
    (0.59, 0.19),
    (0.82, 1.13),
    (0.0, 0.62),
    (-0.82, 1.13),
    (-0.59, 0.19),
    (-1.33, -0.43),
    (-0.36, -0.5),
];

/// The shape of a kind's slot around a point. A circle of this radius and the other shapes have
/// about the same weight on the page; all are told apart without colour.
#[must_use]
pub fn kind(
    slot: u8,
    center: Point,
    radius: f32,
    fill: Option<Color>,
    stroke: Option<Stroke>,
) -> Item {
    let outline: &[(f32, f32)] = match slot % 8 {
        0 => return Item::Circle { center, radius, fill, stroke },
        1 => &DIAMOND,
        2 => &SQUARE,
        3 => &UP,
        4 => &HEXAGON,
        5 => &DOWN,
        6 => &CROSS,
        _ => &STAR,
    };
    let points: Vec<Point> = outline
        .iter()
        .map(|(x, y)| Point::new(center.x + x * radius, center.y + y * radius))
        .collect();
    polyline(&points, true, fill, stroke)
}

/// Width of the sign of a dispute, in points.
pub(in crate::scene) const WARNING_WIDTH: f32 = 12.0;

/// The sign of a dispute: a triangle with a stroke and a dot, around a point.
pub(in crate::scene) fn warning(center: Point, color: Color, on: Color) -> [Item; 3] {
    let at = |x: f32, y: f32| Point::new(center.x + x, center.y + y);
    [
        polyline(
            &[at(0.0, -5.5), at(6.0, 4.5), at(-6.0, 4.5)],
            true,
            Some(color),
            Some(Stroke::solid(color, 1.0)),
        ),
        line(at(0.0, -2.25), at(0.0, 1.0), Stroke::solid(on, 1.4)),
        Item::Circle { center: at(0.0, 3.0), radius: 0.85, fill: Some(on), stroke: None },
    ]
}

/// A pin, as for paper on a board: its head around a point and its needle below.
pub(in crate::scene) fn pin(head: Point, color: Color) -> [Item; 2] {
    let foot = Point::new(head.x, head.y + 6.5);
    [
        line(head, foot, Stroke::solid(color, 1.2)),
        Item::Circle { center: head, radius: 2.8, fill: Some(color), stroke: None },
    ]
}

/// The head of an arrow whose tip is at a point; `dir` is 1 to the right, −1 to the left.
pub(in crate::scene) fn arrow(tip: Point, dir: f32, color: Color) -> Item {
    let back = tip.x - 9.0 * dir;
    polyline(
        &[Point::new(back, tip.y - 6.5), tip, Point::new(back, tip.y + 6.5)],
        true,
        Some(color),
        None,
    )
}

/// The points of a torn edge from top to bottom at `x`; `dir` is 1 for a right edge.
pub(in crate::scene) fn torn(x: f32, y: f32, half: f32, dir: f32) -> [Point; 6] {
    let at = |step: u8| {
        let inwards = if step.is_multiple_of(2) { 3.5 } else { 0.0 };
        Point::new(x - inwards * dir, y - half + f32::from(step) * half * 0.4)
    };
    [at(0), at(1), at(2), at(3), at(4), at(5)]
}
