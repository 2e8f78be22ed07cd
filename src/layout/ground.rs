//! A basemap on the plane: cut at the edge of the map, projected once, and triangulated for
//! painters that cannot fill a concave shape.

use super::{
    basemap::{Basemap, Line},
    globe::Globe,
    projection::Projection,
    sphere::cut_line,
};

/// Points of the plane of a projection, with the rectangle around them.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// The points.
    pub points: Vec<[f64; 2]>,
    /// Left, top, right, bottom.
    pub bounds: [f64; 4],
}

impl Trace {
    /// The points with their bounds.
    #[must_use]
    pub fn new(points: Vec<[f64; 2]>) -> Self {
        let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for at in &points {
            bounds[0] = bounds[0].min(at[0]);
            bounds[1] = bounds[1].min(at[1]);
            bounds[2] = bounds[2].max(at[0]);
            bounds[3] = bounds[3].max(at[1]);
        }
        Self { points, bounds }
    }
}

/// A basemap on the plane of a projection. It costs some milliseconds to make: keep it as long as
/// basemap and projection stay the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// Whose outlines they are.
    pub basemap: Basemap,
    /// The projection.
    pub projection: Projection,
    /// Land, as polygons of one outer ring and its holes.
    pub land: Vec<Vec<Trace>>,
    /// Lines between land and water.
    pub coasts: Vec<Trace>,
    /// Lines between two states; none on a map of land only.
    pub borders: Vec<Trace>,
    /// The edge of the whole map, a ring.
    pub edge: Trace,
}

/// Triangles that fill the land, in the units of the plane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mesh {
    /// Corners.
    pub vertices: Vec<[f32; 2]>,
    /// Three corners for each triangle.
    pub indices: Vec<u32>,
}

/// Straight stretches in degrees are not straight on the plane: longer ones are divided.
const STRETCH: f64 = 2.5;

impl Ground {
    /// Cuts and projects a basemap.
    #[must_use]
    pub fn new(basemap: Basemap, projection: Projection) -> Self {
        if projection.is_globe() {
            return Globe::of(basemap).ground(projection, true);
        }
        let outlines = basemap.outlines();
        let project = |line: &[[f64; 2]]| {
            Trace::new(line.iter().map(|at| projection.project_relative(at[0], at[1])).collect())
        };
        let mut land = Vec::with_capacity(outlines.land.len());
        for polygon in &outlines.land {
            for rings in cut_polygon(polygon, &projection) {
                land.push(rings.iter().map(|ring| project(&divided(ring, true))).collect());
            }
        }
        let lines = |lines: &[Line]| -> Vec<Trace> {
            lines
                .iter()
                .flat_map(|line| {
                    let relative: Line =
                        line.iter().map(|at| [projection.relative(at[0]), at[1]]).collect();
                    cut_line(&relative)
                })
                .map(|line| project(&divided(&line, false)))
                .collect()
        };
        let borders =
            if basemap == Basemap::LandOnly { Vec::new() } else { lines(&outlines.borders) };
        let corners = [[-180.0, 90.0], [180.0, 90.0], [180.0, -90.0], [-180.0, -90.0]];
        Self {
            basemap,
            projection,
            land,
            coasts: lines(&outlines.coasts),
            borders,
            edge: project(&divided(&corners, true)),
        }
    }

    /// The land as triangles.
    #[must_use]
    pub fn mesh(&self) -> Mesh {
        if self.projection.is_globe() {
            return Globe::of(self.basemap).mesh(self.projection);
        }
        let mut mesh = Mesh::default();
        for polygon in &self.land {
            let mut corners = Vec::new();
            let mut holes = Vec::new();
            for ring in polygon {
                if !corners.is_empty() {
                    holes.push(corners.len() / 2);
                }
                corners.extend(ring.points.iter().flatten().copied());
            }
            // What cannot be triangulated (a ring without area) has nothing to fill.
            let Ok(triangles) = earcutr::earcut(&corners, &holes, 2) else { continue };
            let first = mesh.vertices.len() as u32;
            mesh.vertices.extend(corners.chunks_exact(2).map(|at| [at[0] as f32, at[1] as f32]));
            mesh.indices.extend(triangles.into_iter().map(|corner| first + corner as u32));
        }
        mesh
    }
}

/// Cuts a polygon of (longitude, latitude) at the edge of the map. Returns the pieces, each an
/// outer ring and its holes, in longitudes relative to the middle of the map.
pub(super) fn cut_polygon(polygon: &[Line], projection: &Projection) -> Vec<Vec<Line>> {
    let unwound: Vec<Line> = polygon.iter().map(|ring| unwind(ring, projection)).collect();
    let mut pieces = Vec::new();
    // What lies beyond the left edge, on the map, and beyond the right edge.
    for shift in [-360.0, 0.0, 360.0] {
        let mut rings = clip_side(&unwound, shift - 180.0, true);
        rings = clip_side(&rings, shift + 180.0, false);
        for at in rings.iter_mut().flatten() {
            at[0] = (at[0] - shift).clamp(-180.0, 180.0);
        }
        rings.retain(|ring| ring.len() > 2 && area(ring) > 1e-9);
        if polygon.len() == 1 {
            pieces.extend(rings.into_iter().map(|ring| vec![ring]));
            continue;
        }
        // A hole lies within a larger ring.
        rings.sort_by(|a, b| area(b).total_cmp(&area(a)));
        let first = pieces.len();
        for ring in rings {
            let around =
                pieces[first..].iter().position(|piece: &Vec<Line>| encloses(&piece[0], ring[0]));
            match around {
                Some(piece) => pieces[first + piece].push(ring),
                None => pieces.push(vec![ring]),
            }
        }
    }
    pieces
}

/// A ring with each point within half a turn of the one before, in longitudes relative to the
/// middle of the map. A ring around a pole is closed over the pole.
fn unwind(ring: &[[f64; 2]], projection: &Projection) -> Line {
    let Some(first) = ring.first() else { return Line::new() };
    let mut lon = projection.relative(first[0]);
    let mut unwound = Vec::with_capacity(ring.len() + 4);
    for at in ring {
        lon += super::projection::wrap(projection.relative(at[0]) - lon);
        unwound.push([lon, at[1]]);
    }
    let start = unwound[0];
    let end = lon + super::projection::wrap(start[0] - lon);
    if (end - start[0]).abs() > 180.0 {
        let pole = if start[1] < 0.0 { -90.0 } else { 90.0 };
        unwound.extend([[end, start[1]], [end, pole], [start[0], pole]]);
    }
    unwound
}

/// The rings of a polygon on one side of a longitude: at or beyond it (`east`), or at or before
/// it. Where the longitude cuts the polygon it becomes its border, piece by piece: sorted by
/// latitude, the first and second cut enclose land, the third and fourth, and so on.
fn clip_side(rings: &[Line], lon: f64, east: bool) -> Vec<Line> {
    let inside = |at: &[f64; 2]| if east { at[0] >= lon } else { at[0] <= lon };
    let mut whole = Vec::new();
    let mut chains: Vec<Line> = Vec::new();
    for ring in rings {
        let count = ring.len();
        if ring.iter().all(inside) {
            whole.push(ring.clone());
            continue;
        }
        let crossing = |a: [f64; 2], b: [f64; 2]| {
            let along = (lon - a[0]) / (b[0] - a[0]);
            [lon, a[1] + along * (b[1] - a[1])]
        };
        for start in 0..count {
            let before = ring[(start + count - 1) % count];
            if inside(&before) || !inside(&ring[start]) {
                continue;
            }
            let mut chain = vec![crossing(before, ring[start])];
            for step in 0..count {
                let (at, next) = (ring[(start + step) % count], ring[(start + step + 1) % count]);
                chain.push(at);
                if !inside(&next) {
                    chain.push(crossing(at, next));
                    break;
                }
            }
            chains.push(chain);
        }
    }
    // Two ends for each chain: its start has an even number, its end an odd one.
    let latitude = |end: usize| {
        let chain = &chains[end / 2];
        (if end.is_multiple_of(2) { chain.first() } else { chain.last() }).map_or(0.0, |at| at[1])
    };
    let mut ends: Vec<usize> = (0..2 * chains.len()).collect();
    ends.sort_by(|&a, &b| latitude(a).total_cmp(&latitude(b)).then(a.cmp(&b)));
    let mut mate = vec![0; ends.len()];
    for pair in ends.chunks_exact(2) {
        mate[pair[0]] = pair[1];
        mate[pair[1]] = pair[0];
    }
    let mut done = vec![false; chains.len()];
    for first in 0..chains.len() {
        let mut ring = Line::new();
        let mut enter = 2 * first;
        while !done[enter / 2] {
            done[enter / 2] = true;
            let chain = &chains[enter / 2];
            if enter.is_multiple_of(2) {
                ring.extend(chain);
            } else {
                ring.extend(chain.iter().rev());
            }
            enter = mate[enter ^ 1];
        }
        if !ring.is_empty() {
            whole.push(ring);
        }
    }
    whole
}

/// The area of a ring in the square of its units.
fn area(ring: &[[f64; 2]]) -> f64 {
    let twice: f64 = (0..ring.len())
        .map(|at| {
            let (a, b) = (ring[at], ring[(at + 1) % ring.len()]);
            a[0] * b[1] - b[0] * a[1]
        })
        .sum();
    twice.abs() / 2.0
}

/// Whether a ring goes around a point (an odd number of edges to its right).
fn encloses(ring: &[[f64; 2]], at: [f64; 2]) -> bool {
    let mut odd = false;
    for number in 0..ring.len() {
        let (a, b) = (ring[number], ring[(number + 1) % ring.len()]);
        if (a[1] > at[1]) != (b[1] > at[1])
            && at[0] < a[0] + (at[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
        {
            odd = !odd;
        }
    }
    odd
}

/// The line with points added on its long stretches.
pub(super) fn divided(line: &[[f64; 2]], closed: bool) -> Line {
    let mut out = Vec::with_capacity(line.len());
    let count = line.len();
    for (number, &at) in line.iter().enumerate() {
        out.push(at);
        if number + 1 == count && !closed {
            break;
        }
        let next = line[(number + 1) % count];
        let (dx, dy) = (next[0] - at[0], next[1] - at[1]);
        let steps = (dx.abs().max(dy.abs()) / STRETCH).ceil().clamp(1.0, 200.0) as usize;
        out.extend((1..steps).map(|step| {
            let along = step as f64 / steps as f64;
            [at[0] + along * dx, at[1] + along * dy]
        }));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::projection::Shape;

    fn land_area(ground: &Ground) -> f64 {
        ground
            .land
            .iter()
            .map(|rings| {
                area(&rings[0].points)
                    - rings[1..].iter().map(|ring| area(&ring.points)).sum::<f64>()
            })
            .sum()
    }

    /// Land covers 29 % of the globe, wherever the map is cut, and the triangles cover the same.
    #[test]
    fn land_has_its_area_wherever_the_map_is_cut() {
        for meridian in [0.0, 105.0, -170.0, 37.5] {
            let ground = Ground::new(Basemap::Visionscarto, Projection::equal_earth(meridian));
            let share = land_area(&ground) / (4.0 * std::f64::consts::PI);
            assert!((0.28..0.30).contains(&share), "{meridian}: {share}");
            let mesh = ground.mesh();
            let corner = |index: u32| mesh.vertices[index as usize].map(f64::from);
            let triangles: f64 = mesh
                .indices
                .chunks_exact(3)
                .map(|of| area(&[corner(of[0]), corner(of[1]), corner(of[2])]))
                .sum();
            let filled = triangles / (4.0 * std::f64::consts::PI);
            assert!((filled - share).abs() < 0.003, "{meridian}: {filled} {share}");
        }
    }

    #[test]
    fn nothing_lies_outside_the_map_or_leaps_across_it() {
        for shape in [Shape::EqualEarth, Shape::Mercator] {
            let ground = Ground::new(
                Basemap::DeFacto,
                Projection { shape, meridian: -170.0, parallel: 0.0 },
            );
            let edge = ground.edge.bounds;
            let lines = ground.coasts.iter().chain(&ground.borders);
            for trace in ground.land.iter().flatten().chain(lines) {
                assert!(trace.bounds[0] >= edge[0] - 1e-9 && trace.bounds[2] <= edge[2] + 1e-9);
                assert!(trace.bounds[1] >= edge[1] - 1e-9 && trace.bounds[3] <= edge[3] + 1e-9);
                for step in trace.points.windows(2) {
                    assert!((step[0][0] - step[1][0]).abs() < 0.5, "{step:?}");
                }
            }
        }
    }

    #[test]
    fn a_map_of_land_only_has_no_borders() {
        let ground = Ground::new(Basemap::LandOnly, Projection::default());
        assert!(ground.borders.is_empty() && !ground.coasts.is_empty());
    }
}
