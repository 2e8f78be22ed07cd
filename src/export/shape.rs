//! Rectangles and circles as lines and curves, for formats that know nothing else.

use crate::scene::{PathSegment, Point, Rect};

/// How far the control points of a quarter circle's curve stand out, in radii.
const KAPPA: f32 = 0.552_284_8;

/// A rectangle with rounded corners; the radius is at most half a side.
pub fn rectangle(rect: Rect, radius: f32) -> Vec<PathSegment> {
    use PathSegment::{Close, Cubic, Line, Move};
    let radius = radius.min(rect.w / 2.0).min(rect.h / 2.0);
    let (left, top, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom());
    let at = Point::new;
    if radius <= 0.0 || radius.is_nan() {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
        let [first, rest @ ..] = corners.map(|(x, y)| at(x, y));
        return std::iter::once(Move(first)).chain(rest.map(Line)).chain([Close]).collect();
    }
    let (r, k) = (radius, radius * (1.0 - KAPPA));
    vec![
        Move(at(left + r, top)),
        Line(at(right - r, top)),
        Cubic(at(right - k, top), at(right, top + k), at(right, top + r)),
        Line(at(right, bottom - r)),
        Cubic(at(right, bottom - k), at(right - k, bottom), at(right - r, bottom)),
        Line(at(left + r, bottom)),
        Cubic(at(left + k, bottom), at(left, bottom - k), at(left, bottom - r)),
        Line(at(left, top + r)),
        Cubic(at(left, top + k), at(left + k, top), at(left + r, top)),
        Close,
    ]
}

/// A circle.
pub fn circle(center: Point, radius: f32) -> Vec<PathSegment> {
    let side = radius * 2.0;
    rectangle(Rect::new(center.x - radius, center.y - radius, side, side), radius)
}
