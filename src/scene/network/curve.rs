//! The curves that ties and partnerships are drawn along.

use std::sync::Arc;

use crate::scene::{PathSegment, Point};

/// A quadratic Bézier curve from one party to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Curve {
    pub(super) from: Point,
    pub(super) control: Point,
    pub(super) to: Point,
}

/// A little to the side, so that ties can be told apart and none looks like an axis; more where
/// a disc stands in the way.
const BENDS: [f32; 7] = [0.1, -0.1, 0.2, -0.2, 0.0, 0.32, -0.32];

impl Curve {
    /// The curve with its middle moved sideways by half of `bend` times its length.
    pub(super) fn bent(from: Point, to: Point, bend: f32) -> Self {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let control =
            Point::new((from.x + to.x) / 2.0 - dy * bend, (from.y + to.y) / 2.0 + dx * bend);
        Self { from, control, to }
    }

    /// The curve that runs through the fewest of the discs (those of its ends not among them),
    /// bent away from `middle` where there is a choice.
    pub(super) fn around(from: Point, to: Point, middle: Point, discs: &[(Point, f32)]) -> Self {
        let outward = {
            let straight = Self::bent(from, to, 0.1).at(0.5);
            let mirrored = Self::bent(from, to, -0.1).at(0.5);
            if straight.distance(middle) >= mirrored.distance(middle) { 1.0 } else { -1.0 }
        };
        let mut best = (f32::INFINITY, Self::bent(from, to, BENDS[0] * outward));
        for (rank, bend) in BENDS.iter().enumerate() {
            let curve = Self::bent(from, to, bend * outward);
            let points = curve.points(16);
            let hits = discs
                .iter()
                .filter(|(center, radius)| {
                    points.iter().any(|point| point.distance(*center) < radius + 3.0)
                })
                .count();
            let cost = hits as f32 * 10.0 + rank as f32;
            if cost < best.0 {
                best = (cost, curve);
            }
        }
        best.1
    }

    /// The point at `t` from 0 to 1.
    pub(super) fn at(&self, t: f32) -> Point {
        let (u, v, w) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
        Point::new(
            u * self.from.x + v * self.control.x + w * self.to.x,
            u * self.from.y + v * self.control.y + w * self.to.y,
        )
    }

    /// Points along it, both ends included.
    pub(super) fn points(&self, steps: usize) -> Vec<Point> {
        (0..=steps).map(|step| self.at(step as f32 / steps as f32)).collect()
    }

    /// The curve beside this one, at a distance to its right (in the direction of travel).
    pub(super) fn beside(&self, by: f32) -> Self {
        let shifted = |point: Point, along: (Point, Point)| {
            let (dx, dy) = (along.1.x - along.0.x, along.1.y - along.0.y);
            let length = (dx * dx + dy * dy).sqrt().max(1e-6);
            Point::new(point.x - dy / length * by, point.y + dx / length * by)
        };
        Self {
            from: shifted(self.from, (self.from, self.control)),
            control: shifted(self.control, (self.from, self.to)),
            to: shifted(self.to, (self.control, self.to)),
        }
    }

    /// As steps of a path.
    pub(super) fn path(&self) -> Arc<[PathSegment]> {
        let third = |end: Point| {
            Point::new((end.x + 2.0 * self.control.x) / 3.0, (end.y + 2.0 * self.control.y) / 3.0)
        };
        Arc::new([
            PathSegment::Move(self.from),
            PathSegment::Cubic(third(self.from), third(self.to), self.to),
        ])
    }
}
