//! Drawings of connected graphs so small that every pair of nodes and every crossing counts.

use super::{
    Inner, Options,
    graph::{Adjacency, Graph},
    overlap,
    random::Random,
    stress, turn,
};

/// From how many starts a small graph is drawn; the best drawing is kept.
const TRIES: usize = 12;
/// Up to this many nodes from all of them, beyond from fewer and fewer.
const SMALL: usize = 60;

/// By how much a drawing may be widened towards the wished aspect.
const STRETCH: f64 = 1.45;

/// Edges with the length that each should have in points: longer between large discs, and the
/// longer the weaker the tie is.
fn lengths(graph: &Graph, options: &Options) -> Vec<(u32, u32, f64)> {
    graph
        .edges
        .iter()
        .map(|&(a, b, weight)| {
            let discs = graph.radii[a as usize] + graph.radii[b as usize];
            let looseness = 1.0 + 0.6 / (1.0 + 2.0 * weight.max(0.0));
            (a, b, discs + options.edge * looseness)
        })
        .collect()
}

/// A fresh drawing.
pub(super) fn draw(
    graph: &Graph,
    options: &Options,
    hook: &mut Inner<'_>,
) -> Option<Vec<[f64; 2]>> {
    let nodes = graph.len();
    let edges = lengths(graph, options);
    let adjacency = Adjacency::new(nodes, &edges);
    let mut wishes = stress::all_pairs(&adjacency);
    let size = options.edge * (nodes as f64).sqrt() * 2.0;
    let tries = (TRIES * SMALL / nodes).clamp(1, TRIES);
    let mut best: Option<(f64, Vec<[f64; 2]>)> = None;
    for number in 0..tries {
        let mut random =
            Random::new(options.seed.wrapping_add((number as u64).wrapping_mul(0x1000_0001)));
        let mut positions = stress::start(nodes, size, &mut random);
        let mut inner = |at: f64, now: &[[f64; 2]]| hook((number as f64 + at) / tries as f64, now);
        stress::descend(&mut positions, &mut wishes, 1.0, &mut random, &mut |_| {}, &mut inner)?;
        turn::level(&mut positions, &graph.radii);
        turn::stretch(&mut positions, options.aspect, STRETCH);
        let cost = stress::stress(&positions, &wishes)
            + if tries > 1 { 0.35 * tangle(&positions, graph) } else { 0.0 };
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, positions));
        }
    }
    let (_, mut positions) = best?;
    overlap::separate(&mut positions, &graph.radii, options.aspect.sqrt(), options.gap, &[]);
    Some(positions)
}

/// Moves nodes from where they are, each round back by `hold` of the way to its anchor; pinned
/// nodes stay.
pub(super) fn settle(
    graph: &Graph,
    positions: &mut [[f64; 2]],
    anchors: &[Option<[f64; 2]>],
    pinned: &[bool],
    options: &Options,
    hook: &mut Inner<'_>,
) -> Option<()> {
    let adjacency = Adjacency::new(graph.len(), &lengths(graph, options));
    let mut wishes = stress::all_pairs(&adjacency);
    let mut random = Random::new(options.seed);
    let hold = 1.0 - options.freedom.clamp(0.0, 1.0);
    let mut pull = |positions: &mut [[f64; 2]]| {
        for (node, position) in positions.iter_mut().enumerate() {
            let Some(anchor) = anchors[node] else { continue };
            let hold = if pinned[node] { 1.0 } else { hold };
            position[0] += hold * (anchor[0] - position[0]);
            position[1] += hold * (anchor[1] - position[1]);
        }
    };
    stress::descend(positions, &mut wishes, 0.1, &mut random, &mut pull, hook)
}

/// How much edges cross each other and run through discs, by edge.
fn tangle(positions: &[[f64; 2]], graph: &Graph) -> f64 {
    let side = |a: [f64; 2], b: [f64; 2], c: [f64; 2]| {
        (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    };
    let mut faults = 0.0;
    for (number, &(a, b, _)) in graph.edges.iter().enumerate() {
        let (from, to) = (positions[a as usize], positions[b as usize]);
        for &(c, d, _) in &graph.edges[number + 1..] {
            if a == c || a == d || b == c || b == d {
                continue;
            }
            let (other, end) = (positions[c as usize], positions[d as usize]);
            if side(from, to, other) * side(from, to, end) < 0.0
                && side(other, end, from) * side(other, end, to) < 0.0
            {
                faults += 1.0;
            }
        }
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        let length = (dx * dx + dy * dy).max(1e-9);
        for (node, at) in positions.iter().enumerate() {
            if node == a as usize || node == b as usize {
                continue;
            }
            let along = ((at[0] - from[0]) * dx + (at[1] - from[1]) * dy) / length;
            let off = side(from, to, *at).abs() / length.sqrt();
            if (0.0..=1.0).contains(&along) && off < graph.radii[node] {
                faults += 2.0;
            }
        }
    }
    faults / graph.edges.len().max(1) as f64
}
