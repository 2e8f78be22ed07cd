//! The outlines on the globe, and the half of them that its viewer sees: cut exactly at the
//! horizon, with the land as triangles that need not be made again when the globe is turned.

use std::{
    f64::consts::TAU,
    sync::{Arc, OnceLock},
};

use rustc_hash::FxHashMap;

use super::{
    basemap::{Basemap, Line},
    ground::{Ground, Mesh, Trace, cut_polygon, divided},
    projection::{Projection, Turn, Vector, vector, wrap},
};

/// A basemap on the sphere of radius 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Globe {
    /// Whose outlines they are.
    pub basemap: Basemap,
    /// Land, as polygons of rings. Walking along a ring one has the land on the left.
    land: Vec<Vec<Vec<Vector>>>,
    coasts: Vec<Vec<Vector>>,
    borders: Vec<Vec<Vector>>,
    /// Corners of the triangles that fill the land.
    corners: Vec<Vector>,
    /// Three corners for each triangle.
    triangles: Vec<[u32; 3]>,
}

/// The sides of triangles are no longer than this, in degrees of longitude and latitude: a flat
/// triangle of that size departs from the sphere by less than half a point on a large screen.
const SIDE: f64 = 5.0;

/// The step along the horizon, in radians.
const STEP: f64 = 0.02;

impl Globe {
    /// The globe of a basemap, made once.
    #[must_use]
    pub fn of(basemap: Basemap) -> Arc<Self> {
        static MADE: [OnceLock<Arc<Globe>>; 3] = [const { OnceLock::new() }; 3];
        let at = Basemap::ALL.iter().position(|other| *other == basemap).unwrap_or(0);
        Arc::clone(MADE[at].get_or_init(|| Arc::new(Self::new(basemap))))
    }

    fn new(basemap: Basemap) -> Self {
        let outlines = basemap.outlines();
        let raise = |line: &Line| line.iter().map(|at| vector(at[0], at[1])).collect();
        let lines = |lines: &[Line]| lines.iter().map(raise).collect();
        let land = outlines
            .land
            .iter()
            .map(|polygon| {
                polygon
                    .iter()
                    .enumerate()
                    .map(|(number, ring)| {
                        let mut ring = ring.clone();
                        if goes_left(&ring) != (number == 0) {
                            ring.reverse();
                        }
                        raise(&ring)
                    })
                    .collect()
            })
            .collect();
        let (corners, triangles) = triangles(&outlines.land);
        Self {
            basemap,
            land,
            coasts: lines(&outlines.coasts),
            borders: match basemap {
                Basemap::LandOnly => Vec::new(),
                _ => lines(&outlines.borders),
            },
            corners,
            triangles,
        }
    }

    /// What is seen of it. Without `land` the rings of land are left out, for painters that fill
    /// the triangles of [`Self::mesh`].
    #[must_use]
    pub fn ground(&self, projection: Projection, land: bool) -> Ground {
        let turn = projection.turn();
        let lines = |lines: &[Vec<Vector>]| -> Vec<Trace> {
            lines.iter().flat_map(|line| seen_line(line, &turn)).map(Trace::new).collect()
        };
        let rings = if land { self.land.as_slice() } else { &[] };
        Ground {
            basemap: self.basemap,
            projection,
            land: rings
                .iter()
                .map(|rings| seen_rings(rings, &turn).into_iter().map(Trace::new).collect())
                .filter(|rings: &Vec<Trace>| !rings.is_empty())
                .collect(),
            coasts: lines(&self.coasts),
            borders: lines(&self.borders),
            edge: Trace::new(
                std::iter::once([1.0, 0.0])
                    .chain(along_horizon(0.0, TAU))
                    .chain(std::iter::once([1.0, 0.0]))
                    .collect(),
            ),
        }
    }

    /// The land that is seen, as triangles.
    #[must_use]
    pub fn mesh(&self, projection: Projection) -> Mesh {
        let turn = projection.turn();
        let seen: Vec<Vector> = self.corners.iter().map(|at| turn.apply(*at)).collect();
        let mut mesh = Mesh {
            vertices: seen.iter().map(|at| [at[0] as f32, at[1] as f32]).collect(),
            indices: Vec::with_capacity(self.triangles.len() * 3 / 2),
        };
        for triangle in &self.triangles {
            let corners = triangle.map(|corner| seen[corner as usize]);
            match corners.iter().filter(|at| at[2] >= 0.0).count() {
                0 => {}
                3 => mesh.indices.extend(triangle),
                _ => {
                    let first = mesh.vertices.len() as u32;
                    let part = cut_triangle(&corners);
                    mesh.vertices.extend(part.iter().map(|at| [at[0] as f32, at[1] as f32]));
                    for corner in 2..part.len() as u32 {
                        mesh.indices.extend([first, first + corner - 1, first + corner]);
                    }
                }
            }
        }
        mesh
    }
}

/// The part of a triangle in front of the horizon.
fn cut_triangle(corners: &[Vector; 3]) -> Vec<[f64; 2]> {
    let mut part = Vec::with_capacity(4);
    for number in 0..3 {
        let (at, next) = (corners[number], corners[(number + 1) % 3]);
        if at[2] >= 0.0 {
            part.push([at[0], at[1]]);
        }
        if (at[2] >= 0.0) != (next[2] >= 0.0) {
            part.push(crossing(at, next));
        }
    }
    part
}

/// Where the way between two points, one in front of the horizon and one behind it, crosses it.
fn crossing(a: Vector, b: Vector) -> [f64; 2] {
    let along = a[2] / (a[2] - b[2]);
    let at = [a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])];
    let length = (at[0] * at[0] + at[1] * at[1]).sqrt();
    if length < 1e-12 { [1.0, 0.0] } else { [at[0] / length, at[1] / length] }
}

/// The pieces of a line in front of the horizon, on the plane.
pub(super) fn seen_line(line: &[Vector], turn: &Turn) -> Vec<Vec<[f64; 2]>> {
    let mut pieces = Vec::new();
    let mut piece: Vec<[f64; 2]> = Vec::new();
    let mut last: Option<Vector> = None;
    for at in line.iter().map(|at| turn.apply(*at)) {
        let in_front = at[2] >= 0.0;
        if let Some(last) = last
            && (last[2] >= 0.0) != in_front
        {
            piece.push(crossing(last, at));
        }
        if in_front {
            piece.push([at[0], at[1]]);
        } else if !piece.is_empty() {
            pieces.push(std::mem::take(&mut piece));
        }
        last = Some(at);
    }
    pieces.push(piece);
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

/// A stretch of a ring in front of the horizon, from where it comes up to where it goes down.
struct Chain {
    points: Vec<[f64; 2]>,
    /// Angles on the horizon, counterclockwise from the right, in radians from 0 to 2π.
    up: f64,
    down: f64,
}

/// The rings of a polygon in front of the horizon. Where a ring goes down behind it, the land goes
/// on along the horizon, to the left, until a ring comes up.
fn seen_rings(rings: &[Vec<Vector>], turn: &Turn) -> Vec<Vec<[f64; 2]>> {
    let mut seen = Vec::new();
    let mut chains: Vec<Chain> = Vec::new();
    for ring in rings {
        let ring: Vec<Vector> = ring.iter().map(|at| turn.apply(*at)).collect();
        let in_front = ring.iter().filter(|at| at[2] >= 0.0).count();
        if in_front == ring.len() {
            seen.push(ring.iter().map(|at| [at[0], at[1]]).collect());
        } else if in_front > 0 {
            chains.extend(chains_of(&ring));
        }
    }
    let mut done = vec![false; chains.len()];
    for first in 0..chains.len() {
        if done[first] {
            continue;
        }
        let mut ring = Vec::new();
        let mut chain = first;
        loop {
            done[chain] = true;
            ring.extend(&chains[chain].points);
            let down = chains[chain].down;
            let next = (0..chains.len())
                .filter(|&other| other == first || !done[other])
                .min_by(|&a, &b| ahead(down, chains[a].up).total_cmp(&ahead(down, chains[b].up)))
                .unwrap_or(first);
            ring.extend(along_horizon(down, ahead(down, chains[next].up)));
            if next == first {
                break;
            }
            chain = next;
        }
        seen.push(ring);
    }
    seen.retain(|ring| ring.len() > 2);
    seen
}

fn chains_of(ring: &[Vector]) -> Vec<Chain> {
    let count = ring.len();
    let mut chains = Vec::new();
    for start in 0..count {
        let before = ring[(start + count - 1) % count];
        if before[2] >= 0.0 || ring[start][2] < 0.0 {
            continue;
        }
        let mut points = vec![crossing(before, ring[start])];
        for step in 0..count {
            let (at, next) = (ring[(start + step) % count], ring[(start + step + 1) % count]);
            points.push([at[0], at[1]]);
            if next[2] < 0.0 {
                points.push(crossing(at, next));
                break;
            }
        }
        let angle = |at: Option<&[f64; 2]>| {
            let at = at.copied().unwrap_or_default();
            let angle = libm::atan2(-at[1], at[0]);
            if angle < 0.0 { angle + TAU } else { angle }
        };
        let (up, down) = (angle(points.first()), angle(points.last()));
        chains.push(Chain { points, up, down });
    }
    chains
}

/// How far it is from one angle on the horizon to another, counterclockwise.
fn ahead(from: f64, to: f64) -> f64 {
    let way = if to >= from { to - from } else { to - from + TAU };
    // Ends that rounding has put the wrong way round are one.
    if way > TAU - 1e-9 { 0.0 } else { way }
}

/// Points along the horizon, counterclockwise, without the first and the last.
fn along_horizon(from: f64, way: f64) -> impl Iterator<Item = [f64; 2]> {
    let steps = (way / STEP).ceil().max(1.0) as u32;
    (1..steps).map(move |step| {
        let angle = from + way * f64::from(step) / f64::from(steps);
        [libm::cos(angle), -libm::sin(angle)]
    })
}

/// Whether one has the smaller side of a ring on the left, walking along it. A ring around a pole
/// encloses the pole that is nearer.
fn goes_left(ring: &[[f64; 2]]) -> bool {
    let (mut around, mut area, mut lat) = (0.0, 0.0, 0.0);
    for (number, at) in ring.iter().enumerate() {
        let next = ring[(number + 1) % ring.len()];
        let step = wrap(next[0] - at[0]);
        around += step;
        area -= step * f64::midpoint(at[1], next[1]);
        lat += at[1];
    }
    if around.abs() > 180.0 { (around > 0.0) == (lat > 0.0) } else { area > 0.0 }
}

/// The triangles that fill polygons of (longitude, latitude), none larger than [`SIDE`].
fn triangles(land: &[Vec<Line>]) -> (Vec<Vector>, Vec<[u32; 3]>) {
    let flat = Projection::default();
    let mut corners: Vec<[f64; 2]> = Vec::new();
    let mut small = Vec::new();
    // The middle of each side that was divided, so that the triangles on both sides share it.
    let mut middles: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for polygon in land.iter().flat_map(|polygon| cut_polygon(polygon, &flat)) {
        let (mut points, mut holes) = (Vec::new(), Vec::new());
        for ring in &polygon {
            if !points.is_empty() {
                holes.push(points.len() / 2);
            }
            points.extend(divided(ring, true).into_iter().flatten());
        }
        let Ok(indices) = earcutr::earcut(&points, &holes, 2) else { continue };
        let first = corners.len() as u32;
        corners.extend(points.chunks_exact(2).map(|at| [at[0], at[1]]));
        let mut large: Vec<[u32; 3]> = indices
            .chunks_exact(3)
            .map(|of| [first + of[0] as u32, first + of[1] as u32, first + of[2] as u32])
            .collect();
        while let Some([a, b, c]) = large.pop() {
            let mut middle = |from: u32, to: u32| {
                let (one, other) = (corners[from as usize], corners[to as usize]);
                let (dx, dy) = (one[0] - other[0], one[1] - other[1]);
                (dx * dx + dy * dy > SIDE * SIDE).then(|| {
                    *middles.entry((from.min(to), from.max(to))).or_insert_with(|| {
                        corners.push([one[0] - dx / 2.0, one[1] - dy / 2.0]);
                        corners.len() as u32 - 1
                    })
                })
            };
            match (middle(a, b), middle(b, c), middle(c, a)) {
                (None, None, None) => small.push([a, b, c]),
                (Some(ab), None, None) => large.extend([[a, ab, c], [ab, b, c]]),
                (None, Some(bc), None) => large.extend([[b, bc, a], [bc, c, a]]),
                (None, None, Some(ca)) => large.extend([[c, ca, b], [ca, a, b]]),
                (Some(ab), Some(bc), None) => {
                    large.extend([[ab, b, bc], [a, ab, bc], [a, bc, c]]);
                }
                (None, Some(bc), Some(ca)) => {
                    large.extend([[bc, c, ca], [b, bc, ca], [b, ca, a]]);
                }
                (Some(ab), None, Some(ca)) => {
                    large.extend([[ca, a, ab], [c, ca, ab], [c, ab, b]]);
                }
                (Some(ab), Some(bc), Some(ca)) => {
                    large.extend([[a, ab, ca], [ab, b, bc], [ca, bc, c], [ab, bc, ca]]);
                }
            }
        }
    }
    (corners.into_iter().map(|at| vector(at[0], at[1])).collect(), small)
}

#[cfg(test)]
mod tests;
