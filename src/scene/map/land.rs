//! Land, borders and the graticule of a map, as much of them as is seen and no finer.

use std::sync::Arc;

use crate::{
    layout::{
        camera::Camera,
        ground::{Ground, Trace},
        projection::Projection,
        sphere,
    },
    scene::{Item, PathSegment, Point, Stroke, Tokens},
};

/// Points nearer to each other than this are one, in points of the page.
const FINEST: f64 = 0.9;
/// Islands smaller than this (width plus height, in points) are left out.
const SMALLEST: f64 = 1.8;
/// How far lines run beyond the pane, so that their ends stay out of sight.
const BEYOND: f64 = 12.0;

/// The window onto the plane.
#[derive(Clone, Copy)]
pub(super) struct View {
    pub(super) camera: Camera,
    pub(super) size: [f64; 2],
}

impl View {
    fn sees(&self, bounds: [f64; 4]) -> bool {
        let (from, to) = (
            self.camera.to_pane([bounds[0], bounds[1]], self.size),
            self.camera.to_pane([bounds[2], bounds[3]], self.size),
        );
        from[0] <= self.size[0] + BEYOND
            && to[0] >= -BEYOND
            && from[1] <= self.size[1] + BEYOND
            && to[1] >= -BEYOND
    }

    fn large(&self, bounds: [f64; 4]) -> bool {
        (bounds[2] - bounds[0] + bounds[3] - bounds[1]) * self.camera.zoom >= SMALLEST
    }

    /// The points on the pane, without those that nobody could tell apart.
    fn shown(&self, points: &[[f64; 2]]) -> Vec<[f64; 2]> {
        let mut shown: Vec<[f64; 2]> = Vec::new();
        for (number, &at) in points.iter().enumerate() {
            let at = self.camera.to_pane(at, self.size);
            let far = shown
                .last()
                .is_none_or(|last| (last[0] - at[0]).abs() + (last[1] - at[1]).abs() >= FINEST);
            if far || number + 1 == points.len() {
                shown.push(at);
            }
        }
        shown
    }

    /// A ring cut to the pane with a margin (Sutherland and Hodgman 1974); its edges along the
    /// margin are out of sight.
    fn ring(&self, points: &[[f64; 2]]) -> Vec<[f64; 2]> {
        let mut ring = self.shown(points);
        for (axis, limit, sign) in [
            (0, -BEYOND, 1.0),
            (0, self.size[0] + BEYOND, -1.0),
            (1, -BEYOND, 1.0),
            (1, self.size[1] + BEYOND, -1.0),
        ] {
            let inside = |at: &[f64; 2]| (at[axis] - limit) * sign >= 0.0;
            if ring.iter().all(inside) {
                continue;
            }
            let mut cut = Vec::with_capacity(ring.len());
            for (number, at) in ring.iter().enumerate() {
                let before = &ring[(number + ring.len() - 1) % ring.len()];
                if inside(before) != inside(at) {
                    let along = (limit - before[axis]) / (at[axis] - before[axis]);
                    cut.push([
                        before[0] + along * (at[0] - before[0]),
                        before[1] + along * (at[1] - before[1]),
                    ]);
                }
                if inside(at) {
                    cut.push(*at);
                }
            }
            ring = cut;
        }
        ring
    }

    /// The stretches of a line that are seen.
    fn stretches(&self, points: &[[f64; 2]]) -> Vec<Vec<[f64; 2]>> {
        let points = self.shown(points);
        let mut stretches = Vec::new();
        let mut stretch: Vec<[f64; 2]> = Vec::new();
        for ends in points.windows(2) {
            let apart = |axis: usize| {
                ends[0][axis].max(ends[1][axis]) < -BEYOND
                    || ends[0][axis].min(ends[1][axis]) > self.size[axis] + BEYOND
            };
            if apart(0) || apart(1) {
                stretches.extend((stretch.len() > 1).then(|| std::mem::take(&mut stretch)));
                stretch.clear();
                continue;
            }
            if stretch.is_empty() {
                stretch.push(ends[0]);
            }
            stretch.push(ends[1]);
        }
        stretches.extend((stretch.len() > 1).then_some(stretch));
        stretches
    }
}

/// A position rounded to a tenth of a point: no coast is known better, and files stay small.
fn point(at: [f64; 2]) -> Point {
    let round = |value: f64| ((value * 10.0).round() / 10.0) as f32;
    Point::new(round(at[0]), round(at[1]))
}

fn trace(points: &[[f64; 2]], close: bool, segments: &mut Vec<PathSegment>) {
    for (number, &at) in points.iter().enumerate() {
        let at = point(at);
        segments.push(if number == 0 { PathSegment::Move(at) } else { PathSegment::Line(at) });
    }
    if close {
        segments.push(PathSegment::Close);
    }
}

fn lines(view: &View, traces: &[Trace], stroke: Stroke) -> Option<Item> {
    let mut segments = Vec::new();
    for line in traces {
        if view.sees(line.bounds) && view.large(line.bounds) {
            for stretch in view.stretches(&line.points) {
                trace(&stretch, false, &mut segments);
            }
        }
    }
    path(segments, None, Some(stroke))
}

fn path(
    segments: Vec<PathSegment>,
    fill: Option<crate::scene::Color>,
    stroke: Option<Stroke>,
) -> Option<Item> {
    (!segments.is_empty()).then(|| Item::Path { segments: Arc::from(segments), fill, stroke })
}

/// The ground of a map. Without `fill` the land is left to a painter that has the triangles.
pub(super) fn draw(ground: &Ground, view: &View, fill: bool, tokens: &Tokens) -> Vec<Item> {
    let mut items = Vec::new();
    items.extend(lines(
        view,
        &graticule(&ground.projection, view),
        Stroke::solid(tokens.grid, 0.6),
    ));
    if fill {
        let mut segments = Vec::new();
        for ring in ground.land.iter().flatten() {
            if view.sees(ring.bounds) && view.large(ring.bounds) {
                let ring = view.ring(&ring.points);
                if ring.len() > 2 {
                    trace(&ring, true, &mut segments);
                }
            }
        }
        items.extend(path(segments, Some(tokens.land), None));
    }
    items.extend(lines(view, &ground.coasts, Stroke::solid(tokens.border, 0.6)));
    items.extend(lines(view, &ground.borders, Stroke::solid(tokens.border, 0.8)));
    items.extend(lines(view, std::slice::from_ref(&ground.edge), Stroke::solid(tokens.line, 1.0)));
    items
}

/// Meridians and parallels, some hundred points apart.
fn graticule(projection: &Projection, view: &View) -> Vec<Trace> {
    let degree = view.camera.zoom * std::f64::consts::PI / 180.0;
    let Some(step) =
        [30.0, 15.0, 10.0, 5.0, 2.0, 1.0].into_iter().rev().find(|step| step * degree >= 90.0)
    else {
        return traces(projection, 30.0);
    };
    traces(projection, step)
}

fn traces(projection: &Projection, step: f64) -> Vec<Trace> {
    let count = |span: f64| (span / step).round() as i32;
    let along = |from: f64, to: f64| {
        let steps = ((to - from) / 2.0).ceil() as i32;
        (0..=steps).map(move |at| from + (to - from) * f64::from(at) / f64::from(steps))
    };
    let mut lines: Vec<Vec<(f64, f64)>> = Vec::new();
    for number in -count(180.0)..count(180.0) {
        let lon = f64::from(number) * step;
        lines.push(along(-90.0, 90.0).map(|lat| (lon, lat)).collect());
    }
    // Parallels begin and end at the edge of a flat map.
    let edge = projection.meridian;
    for number in 1 - count(90.0)..count(90.0) {
        let lat = f64::from(number) * step;
        let inner = along(edge - 179.999, edge + 179.999);
        lines.push(inner.map(|lon| (lon, lat)).collect());
    }
    lines.into_iter().flat_map(|line| sphere::trace(projection, line)).map(Trace::new).collect()
}
