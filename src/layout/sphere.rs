//! Great circles: the shortest ways on the globe, as a flat map can show them.

use super::{
    globe,
    projection::{Projection, Vector, degrees, vector, wrap},
};

fn middle(a: Vector, b: Vector) -> Option<Vector> {
    let sum = [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
    let length = (sum[0] * sum[0] + sum[1] * sum[1] + sum[2] * sum[2]).sqrt();
    (length > 1e-9).then(|| sum.map(|side| side / length))
}

/// The angle between two points given as (longitude, latitude) in degrees, in radians.
#[must_use]
pub fn angle(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (a, b) = (vector(a.0, a.1), vector(b.0, b.1));
    let normal = cross(a, b);
    let sine = (normal[0] * normal[0] + normal[1] * normal[1] + normal[2] * normal[2]).sqrt();
    libm::atan2(sine, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])
}

/// How often a stretch is halved at most.
const DEEPEST: u32 = 9;

/// Nearer to a pole than this latitude no arc is drawn: flat maps tear the pole apart to a line,
/// along which an arc would run for no reason in the world.
const NORTHERNMOST: f64 = 74.0;
/// From this difference in longitude on, the ways to the east and to the west are about equally
/// long over the pole, and the one that stays on the map is taken.
const HALF_WAY: f64 = 150.0;

/// The way from one point to another, each (longitude, latitude) in degrees, as lines on the
/// plane: two where it crosses the edge of the map. It is the great circle, except where that
/// leads beyond 74° north or south: there it is the circle through both ends and a point at that
/// latitude half way between them; a globe shows it as it is, as far as it is in sight. It is sampled until it departs from its chords by less than
/// `tolerance` (in units of the plane).
#[must_use]
pub fn arc(
    projection: &Projection,
    from: (f64, f64),
    to: (f64, f64),
    tolerance: f64,
) -> Vec<Vec<[f64; 2]>> {
    let (a, b) = (vector(from.0, from.1), vector(to.0, to.1));
    let mut points = vec![from];
    // Opposite points have no shortest way; this one goes over the pole.
    let half = middle(a, b).unwrap_or([0.0, 0.0, 1.0]);
    for (start, end) in [(a, half), (half, b)] {
        halve(projection, start, end, tolerance, DEEPEST, &mut points);
        points.push(degrees(end));
    }
    let ends = from.1.abs().max(to.1.abs());
    let polar = !projection.is_globe()
        && points.iter().any(|(_, lat)| lat.abs() > NORTHERNMOST.max(ends + 1.0));
    if polar && let Some(way) = below_the_pole(projection, from, to, half[2] < 0.0) {
        points = way;
    }
    if let Some(first) = points.first_mut() {
        *first = from;
    }
    if let Some(last) = points.last_mut() {
        *last = to;
    }
    trace(projection, points)
}

/// A line of (longitude, latitude) in degrees on the plane: in pieces where it crosses the edge of
/// a flat map, and as far as it is in sight on a globe.
#[must_use]
pub fn trace(
    projection: &Projection,
    line: impl IntoIterator<Item = (f64, f64)>,
) -> Vec<Vec<[f64; 2]>> {
    if projection.is_globe() {
        let line: Vec<Vector> = line.into_iter().map(|(lon, lat)| vector(lon, lat)).collect();
        return globe::seen_line(&line, &projection.turn());
    }
    let relative: Vec<[f64; 2]> =
        line.into_iter().map(|(lon, lat)| [projection.relative(lon), lat]).collect();
    cut_line(&relative)
        .into_iter()
        .map(|line| line.iter().map(|at| projection.project_relative(at[0], at[1])).collect())
        .collect()
}

/// The circle through two points and one at [`NORTHERNMOST`] between them; `None` when the three
/// lie on no circle.
fn below_the_pole(
    projection: &Projection,
    from: (f64, f64),
    to: (f64, f64),
    south: bool,
) -> Option<Vec<(f64, f64)>> {
    let across = projection.relative(to.0) - projection.relative(from.0);
    let run = if across.abs() > 360.0 - HALF_WAY { wrap(across) } else { across };
    let lat = NORTHERNMOST.max(from.1.abs().max(to.1.abs()) + 1.0).min(89.0);
    let top = vector(from.0 + run / 2.0, if south { -lat } else { lat });
    let (a, b) = (vector(from.0, from.1), vector(to.0, to.1));
    let minus = |a: Vector, b: Vector| [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    let dot = |a: Vector, b: Vector| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    let normal = cross(minus(top, a), minus(b, a));
    let length = dot(normal, normal).sqrt();
    if length < 1e-9 {
        return None;
    }
    let axis = normal.map(|side| side / length);
    let center = axis.map(|side| side * dot(axis, a));
    let start = minus(a, center);
    let side = cross(axis, start);
    let turn_to = |point: Vector| {
        let out = minus(point, center);
        let turn = libm::atan2(dot(out, side), dot(out, start));
        if turn < 0.0 { turn + std::f64::consts::TAU } else { turn }
    };
    let (way, end) = (turn_to(top), turn_to(b));
    let end = if way <= end { end } else { end - std::f64::consts::TAU };
    let steps = 96;
    Some(
        (0..=steps)
            .map(|step| {
                let turn = end * f64::from(step) / f64::from(steps);
                let (cos, sin) = (libm::cos(turn), libm::sin(turn));
                degrees([0, 1, 2].map(|axis| center[axis] + cos * start[axis] + sin * side[axis]))
            })
            .collect(),
    )
}

fn cross(a: Vector, b: Vector) -> Vector {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn halve(
    projection: &Projection,
    a: Vector,
    b: Vector,
    tolerance: f64,
    depth: u32,
    points: &mut Vec<(f64, f64)>,
) {
    let Some(half) = middle(a, b) else { return };
    let place = |at: Vector| {
        let (lon, lat) = degrees(at);
        projection.project(lon, lat)
    };
    let (from, way, to) = (place(a), place(half), place(b));
    let (dx, dy) = (way[0] - (from[0] + to[0]) / 2.0, way[1] - (from[1] + to[1]) / 2.0);
    let off = (dx * dx + dy * dy).sqrt();
    // The first halvings are always made: an S-shaped arc passes through its chord's middle.
    if depth == 0 || (off < tolerance && depth + 3 <= DEEPEST) {
        return;
    }
    halve(projection, a, half, tolerance, depth - 1, points);
    points.push(degrees(half));
    halve(projection, half, b, tolerance, depth - 1, points);
}

/// Cuts a line of (longitude relative to the middle, latitude) where it crosses the edge of the
/// map, so that each part ends on it.
#[must_use]
pub fn cut_line(points: &[[f64; 2]]) -> Vec<Vec<[f64; 2]>> {
    let mut parts = Vec::new();
    let mut part: Vec<[f64; 2]> = Vec::new();
    for &point in points {
        if let Some(&last) = part.last()
            && (point[0] - last[0]).abs() > 180.0
        {
            let edge = if last[0] > 0.0 { 180.0 } else { -180.0 };
            let beyond = point[0] + 2.0 * edge;
            let run = beyond - last[0];
            let along = if run.abs() < 1e-12 { 0.0 } else { (edge - last[0]) / run };
            let lat = last[1] + along * (point[1] - last[1]);
            part.push([edge, lat]);
            parts.push(std::mem::replace(&mut part, vec![[-edge, lat]]));
        }
        part.push(point);
    }
    parts.push(part);
    parts.retain(|part| part.len() > 1);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_arc_starts_and_ends_at_its_places_and_never_leaps(
            from in (-180.0..180.0_f64, -80.0..80.0_f64),
            to in (-180.0..180.0_f64, -80.0..80.0_f64),
            meridian in -180.0..180.0_f64,
        ) {
            let projection = Projection::equal_earth(meridian);
            let parts = arc(&projection, from, to, 0.002);
            let (first, last) = (parts.first().unwrap()[0], *parts.last().unwrap().last().unwrap());
            let (start, end) = (projection.project(from.0, from.1), projection.project(to.0, to.1));
            prop_assert!((first[0] - start[0]).abs() < 1e-9 && (first[1] - start[1]).abs() < 1e-9);
            prop_assert!((last[0] - end[0]).abs() < 1e-9 && (last[1] - end[1]).abs() < 1e-9);
            for part in &parts {
                for step in part.windows(2) {
                    let (dx, dy) = (step[1][0] - step[0][0], step[1][1] - step[0][1]);
                    prop_assert!(dx * dx + dy * dy < 1.6, "{step:?}");
                }
            }
        }
    }

    proptest! {
        /// A great circle lies in a plane through the middle of the globe.
        #[test]
        fn an_arc_on_a_globe_is_a_great_circle(
            from in (-180.0..180.0_f64, -89.0..89.0_f64),
            to in (-180.0..180.0_f64, -89.0..89.0_f64),
            middle in (-180.0..180.0_f64, -90.0..90.0_f64),
        ) {
            let projection = Projection::globe(middle.0, middle.1);
            let turn = projection.turn();
            let normal = cross(
                turn.apply(vector(from.0, from.1)),
                turn.apply(vector(to.0, to.1)),
            );
            for at in arc(&projection, from, to, 0.002).iter().flatten() {
                let square = at[0] * at[0] + at[1] * at[1];
                prop_assert!(square <= 1.0 + 1e-9);
                let out = (1.0 - square).max(0.0).sqrt();
                let off = normal[0] * at[0] + normal[1] * at[1] + normal[2] * out;
                prop_assert!(off.abs() < 1e-6, "{off}");
            }
        }
    }

    #[test]
    fn the_angle_between_paris_and_tokyo_is_about_9700_kilometres() {
        let kilometres = angle((2.35, 48.86), (139.69, 35.68)) * 6371.0;
        assert!((kilometres - 9_712.0).abs() < 20.0, "{kilometres}");
    }

    #[test]
    fn a_line_is_cut_where_it_crosses_the_edge() {
        let parts = cut_line(&[[170.0, 0.0], [-170.0, 10.0]]);
        assert_eq!(parts, [[[170.0, 0.0], [180.0, 5.0]], [[-180.0, 5.0], [-170.0, 10.0]]]);
    }
}
