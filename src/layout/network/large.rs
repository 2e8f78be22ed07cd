//! Drawings of connected graphs of more nodes than a reader can follow one by one: first the
//! global shape, then the neighbourhoods.

use super::{
    Inner, Options,
    graph::{Adjacency, Graph},
    near::{self, Kept},
    overlap,
    random::Random,
    shape::{self, Pivots},
    turn,
};

/// How much of the ground the discs may cover: enough that most neighbours need not be pushed
/// apart, and so little that groups show.
const COVER: f64 = 0.07;
/// Room between discs against that of a small graph, where each has its label beside it.
const GAP: f64 = 0.3;
/// By how much a drawing may be widened towards the wished aspect. More costs more of the distances
/// than it gains of the page: at 1.3 the stress of 7,128 parties grows from 0.15 to 0.16.
const STRETCH: f64 = 1.1;
/// How much of the work the shape is.
const SHAPE: f64 = 0.25;

/// The room between discs, in points.
fn gap(options: &Options) -> f64 {
    options.gap * GAP
}

/// Points per unit of the kernel: so many that the discs cover a given part of the ground.
fn scale(graph: &Graph, options: &Options) -> f64 {
    let gap = gap(options);
    let discs: f64 = graph.radii.iter().map(|r| (r + gap / 2.0) * (r + gap / 2.0)).sum();
    let radius = near::radius(graph.len());
    (discs / (2.0 * COVER * radius * radius)).sqrt()
}

/// A fresh drawing.
pub(super) fn draw(
    graph: &Graph,
    options: &Options,
    hook: &mut Inner<'_>,
) -> Option<Vec<[f64; 2]>> {
    let nodes = graph.len();
    let adjacency = Adjacency::new(nodes, &graph.edges);
    let mut random = Random::new(options.seed);
    let pivots = Pivots::new(&adjacency, &mut random);
    let mut positions: Vec<[f64; 2]> =
        (0..nodes).map(|_| [5.0 * random.unit() - 2.5, 5.0 * random.unit() - 2.5]).collect();
    let scale = scale(graph, options);
    let mut inner = |at: f64, now: &[[f64; 2]]| {
        hook(SHAPE * at, &times(now, scale * near::radius(nodes) / spread(now)))
    };
    shape::descend(&mut positions, &graph.edges, &pivots, &mut random, &mut inner)?;
    turn::level(&mut positions, &graph.radii);
    let step = near::radius(nodes) / spread(&positions);
    positions = times(&positions, step);
    let mut inner =
        |at: f64, now: &[[f64; 2]]| hook(SHAPE + (1.0 - SHAPE) * at, &times(now, scale));
    near::gather(&mut positions, &adjacency, &pivots, step, Kept::default(), &mut inner)?;
    positions = times(&positions, scale);
    turn::stretch(&mut positions, options.aspect, STRETCH);
    draw_in(&mut positions);
    overlap::separate(&mut positions, &graph.radii, 1.0, gap(options), &[]);
    Some(positions)
}

/// Moves nodes from where they are, each round back by `hold` of the way to its anchor; pinned
/// nodes stay.
pub(super) fn settle(
    graph: &Graph,
    positions: &mut Vec<[f64; 2]>,
    anchors: &[Option<[f64; 2]>],
    pinned: &[bool],
    options: &Options,
    hook: &mut Inner<'_>,
) -> Option<()> {
    let nodes = graph.len();
    let adjacency = Adjacency::new(nodes, &graph.edges);
    let pivots = Pivots::new(&adjacency, &mut Random::new(options.seed));
    let scale = scale(graph, options);
    // The drawing keeps its size, whatever it is.
    let step = spread(positions) / scale / steps_apart(&pivots);
    let small: Vec<Option<[f64; 2]>> =
        anchors.iter().map(|at| at.map(|[x, y]| [x / scale, y / scale])).collect();
    let kept = Kept { anchors: &small, hold: 1.0 - options.freedom.clamp(0.0, 1.0), pinned };
    let mut now = times(positions, 1.0 / scale);
    let mut inner = |at: f64, now: &[[f64; 2]]| hook(at, &times(now, scale));
    near::gather(&mut now, &adjacency, &pivots, step, kept, &mut inner)?;
    *positions = times(&now, scale);
    // What is pinned has not moved, not even by rounding.
    for ((position, anchor), &pinned) in positions.iter_mut().zip(anchors).zip(pinned) {
        if let (Some(anchor), true) = (anchor, pinned) {
            *position = *anchor;
        }
    }
    overlap::separate(positions, &graph.radii, 1.0, gap(options), pinned);
    Some(())
}

/// The part of the nodes that stay where they are when those at the fringe are drawn in.
const CORE: f64 = 0.93;

/// Draws the fringe nearer, without changing who is farther out in any direction: a few nodes at
/// the end of long ways would take most of the page from all others.
fn draw_in(positions: &mut [[f64; 2]]) {
    let [x, y] = turn::middle(positions);
    let [mut wide, mut high] = [0.0, 0.0];
    for at in positions.iter() {
        wide += (at[0] - x) * (at[0] - x);
        high += (at[1] - y) * (at[1] - y);
    }
    let shape = (wide.max(1e-12) / high.max(1e-12)).sqrt();
    let away = |at: &[f64; 2]| {
        let (dx, dy) = (at[0] - x, (at[1] - y) * shape);
        (dx * dx + dy * dy).sqrt()
    };
    let mut all: Vec<f64> = positions.iter().map(away).collect();
    let core = (all.len() as f64 * CORE) as usize;
    if core >= all.len() {
        return;
    }
    let (_, edge, _) = all.select_nth_unstable_by(core, f64::total_cmp);
    let edge = edge.max(1e-9);
    for at in positions.iter_mut() {
        let far = away(at) / edge;
        if far > 1.0 {
            let by = (1.0 + 0.3 * libm::log(1.0 + (far - 1.0) / 0.3)) / far;
            *at = [x + (at[0] - x) * by, y + (at[1] - y) * by];
        }
    }
}

fn times(positions: &[[f64; 2]], by: f64) -> Vec<[f64; 2]> {
    positions.iter().map(|[x, y]| [x * by, y * by]).collect()
}

/// The root mean square of the distances from the middle.
fn spread(positions: &[[f64; 2]]) -> f64 {
    let [x, y] = turn::middle(positions);
    let sum: f64 = positions.iter().map(|at| (at[0] - x).powi(2) + (at[1] - y).powi(2)).sum();
    (sum / positions.len().max(1) as f64).sqrt().max(1e-9)
}

/// The spread, in steps, of a drawing with all distances as they are in the graph: half of the
/// mean square of all distances is the mean square of those from the middle.
fn steps_apart(pivots: &Pivots) -> f64 {
    let all = pivots.steps.iter().flatten();
    let sum: f64 = all.clone().map(|&steps| f64::from(steps) * f64::from(steps)).sum();
    (sum / 2.0 / all.count().max(1) as f64).sqrt().max(1e-9)
}
