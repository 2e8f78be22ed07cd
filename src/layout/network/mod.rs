//! Network layout: where the parties stand, so that those who engage stand near each other.
//!
//! [`arrange`] lays out any [`Graph`] of discs and weighted edges; [`PartyLayout`] lays out the
//! parties of a dataset, once over all its engagements, so that filters show and hide without
//! moving anything. Everything is deterministic: the same graph and options give the same numbers
//! on every machine.

mod force;
mod graph;
mod overlap;
mod pack;
mod parties;
mod quadtree;
mod random;
mod stress;
#[cfg(test)]
mod tests;

pub use graph::Graph;
pub use parties::{PartyLayout, formal_pairs, node_radius};

use graph::Adjacency;
use random::Random;

/// Told how far the work is (0 to 1); returns whether to go on.
pub type Hook<'a> = dyn FnMut(f64) -> bool + 'a;

/// How a graph is laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The wished width of the drawing by its height.
    pub aspect: f64,
    /// The length of a strong edge between the rims of its discs, in points.
    pub edge: f64,
    /// The least room between discs, in points.
    pub gap: f64,
    /// What the random choices start from.
    pub seed: u64,
    /// Where nodes stood before, by node; they stay near there. Empty for a fresh layout.
    pub anchors: Vec<Option<[f64; 2]>>,
    /// How strongly anchors hold, from 0 (not at all) to 1 (fixed).
    pub hold: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { aspect: 2.0, edge: 60.0, gap: 14.0, seed: 1, anchors: Vec::new(), hold: 0.5 }
    }
}

/// From how many starts a small graph is drawn; the best drawing is kept.
const TRIES: usize = 12;
/// Up to this many nodes from all of them, beyond from fewer and fewer.
const SMALL: usize = 60;
/// Beyond this many nodes stress alone leaves neighbours apart, and forces bring them together.
const LARGE: usize = 150;

/// Positions for the nodes of a graph, in points around the origin; `None` when the hook stopped
/// the work.
#[must_use]
pub fn arrange(graph: &Graph, options: &Options, hook: &mut Hook<'_>) -> Option<Vec<[f64; 2]>> {
    if graph.is_empty() {
        return Some(Vec::new());
    }
    let anchored = options.anchors.iter().any(Option::is_some);
    let mut positions = vec![[0.0, 0.0]; graph.len()];
    let components = graph.components();
    let mut parts = Vec::with_capacity(components.len());
    let mut done = 0;
    for nodes in &components {
        let part = graph.part(nodes);
        let anchors = anchored.then(|| {
            nodes
                .iter()
                .map(|&node| options.anchors.get(node as usize).copied().flatten())
                .collect::<Vec<_>>()
        });
        let share = nodes.len() as f64 / graph.len() as f64;
        let before = done as f64 / graph.len() as f64;
        let mut inner = |at: f64| hook(before + share * at);
        let placed = match &anchors {
            Some(anchors) => settle(&part, anchors, options, &mut inner)?,
            None => draw(&part, options, &mut inner)?,
        };
        done += nodes.len();
        parts.push((part, placed));
    }
    if anchored {
        for (nodes, (_, placed)) in components.iter().zip(&parts) {
            for (&node, position) in nodes.iter().zip(placed) {
                positions[node as usize] = *position;
            }
        }
        overlap::separate(&mut positions, &graph.radii, 1.0, options.gap);
        return Some(positions);
    }
    let bounds: Vec<[f64; 4]> =
        parts.iter().map(|(part, placed)| pack::bounds(placed, &part.radii)).collect();
    let boxes: Vec<[f64; 2]> = bounds.iter().map(|of| [of[2] - of[0], of[3] - of[1]]).collect();
    let corners = pack::shelves(&boxes, options.aspect, 3.0 * options.gap);
    for (((nodes, (_, placed)), bounds), corner) in
        components.iter().zip(&parts).zip(&bounds).zip(&corners)
    {
        for (&node, position) in nodes.iter().zip(placed) {
            positions[node as usize] =
                [position[0] - bounds[0] + corner[0], position[1] - bounds[1] + corner[1]];
        }
    }
    let all = pack::bounds(&positions, &graph.radii);
    let middle = [(all[0] + all[2]) / 2.0, (all[1] + all[3]) / 2.0];
    for position in &mut positions {
        position[0] -= middle[0];
        position[1] -= middle[1];
    }
    Some(positions)
}

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

/// A fresh drawing of a connected graph.
fn draw(graph: &Graph, options: &Options, hook: &mut Hook<'_>) -> Option<Vec<[f64; 2]>> {
    let nodes = graph.len();
    if nodes == 1 {
        return Some(vec![[0.0, 0.0]]);
    }
    let edges = lengths(graph, options);
    let adjacency = Adjacency::new(nodes, &edges);
    let mut wishes = stress::wishes(&adjacency, options.seed);
    let size = options.edge * (nodes as f64).sqrt() * 2.0;
    let tries = (TRIES * SMALL / nodes).clamp(1, TRIES);
    let mut best: Option<(f64, Vec<[f64; 2]>)> = None;
    for number in 0..tries {
        let mut random =
            Random::new(options.seed.wrapping_add((number as u64).wrapping_mul(0x1000_0001)));
        let mut positions = stress::start(nodes, size, &mut random);
        let mut inner = |at: f64| hook((number as f64 + at) / tries as f64 * 0.8);
        stress::descend(&mut positions, &mut wishes, 1.0, &mut random, &mut |_| {}, &mut inner)?;
        level(&mut positions, &graph.radii);
        stretch(&mut positions, options.aspect);
        let cost = stress::stress(&positions, &wishes)
            + if tries > 1 { 0.35 * tangle(&positions, graph) } else { 0.0 };
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, positions));
        }
    }
    let (_, mut positions) = best?;
    let rounds = if nodes <= LARGE { 0 } else { 60 };
    force::relax(&mut positions, &edges, options.edge, rounds, &mut |at| hook(0.8 + 0.2 * at))?;
    overlap::separate(&mut positions, &graph.radii, options.aspect.sqrt(), options.gap);
    Some(positions)
}

/// A drawing of a connected graph that keeps near to where nodes stood.
fn settle(
    graph: &Graph,
    anchors: &[Option<[f64; 2]>],
    options: &Options,
    hook: &mut Hook<'_>,
) -> Option<Vec<[f64; 2]>> {
    let nodes = graph.len();
    let hold = options.hold.clamp(0.0, 1.0);
    let edges = lengths(graph, options);
    let adjacency = Adjacency::new(nodes, &edges);
    let mut random = Random::new(options.seed);
    let known: Vec<[f64; 2]> = anchors.iter().flatten().copied().collect();
    let mean = middle(&known);
    let mut positions: Vec<[f64; 2]> = (0..nodes)
        .map(|node| {
            anchors[node].unwrap_or_else(|| {
                let near: Vec<[f64; 2]> = adjacency
                    .of(node)
                    .iter()
                    .filter_map(|&(other, _)| anchors[other as usize])
                    .collect();
                let [x, y] = if near.is_empty() { mean } else { middle(&near) };
                [x + options.edge * (random.unit() - 0.5), y + options.edge * (random.unit() - 0.5)]
            })
        })
        .collect();
    if nodes > 1 {
        let mut wishes = stress::wishes(&adjacency, options.seed);
        let mut pull = |positions: &mut [[f64; 2]]| {
            for (position, anchor) in positions.iter_mut().zip(anchors) {
                if let Some(anchor) = anchor {
                    position[0] += hold * (anchor[0] - position[0]);
                    position[1] += hold * (anchor[1] - position[1]);
                }
            }
        };
        stress::descend(&mut positions, &mut wishes, 0.1, &mut random, &mut pull, hook)?;
    }
    Some(positions)
}

fn middle(points: &[[f64; 2]]) -> [f64; 2] {
    let count = points.len().max(1) as f64;
    let sum = points.iter().fold([0.0, 0.0], |sum, at| [sum[0] + at[0], sum[1] + at[1]]);
    [sum[0] / count, sum[1] / count]
}

/// Turns a drawing so that its longest axis lies level, around the origin, with its heavy side on
/// the left and at the bottom: a reader starts with the main parties, and mirror images of one
/// drawing become the same.
fn level(positions: &mut [[f64; 2]], radii: &[f64]) {
    let [x, y] = middle(positions);
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for position in positions.iter_mut() {
        position[0] -= x;
        position[1] -= y;
        xx += position[0] * position[0];
        xy += position[0] * position[1];
        yy += position[1] * position[1];
    }
    let turn = 0.5 * libm::atan2(2.0 * xy, xx - yy);
    let (cos, sin) = (libm::cos(turn), libm::sin(turn));
    let mut lean = [0.0, 0.0];
    for (position, radius) in positions.iter_mut().zip(radii) {
        *position = [position[0] * cos + position[1] * sin, position[1] * cos - position[0] * sin];
        lean[0] += position[0] * radius * radius;
        lean[1] += position[1] * radius * radius;
    }
    let flip = [if lean[0] > 0.0 { -1.0 } else { 1.0 }, if lean[1] < 0.0 { -1.0 } else { 1.0 }];
    for position in positions {
        position[0] *= flip[0];
        position[1] *= flip[1];
    }
}

/// Widens a level drawing towards an aspect, by as much as distances bear.
fn stretch(positions: &mut [[f64; 2]], aspect: f64) {
    let bounds = pack::bounds(positions, &vec![0.0; positions.len()]);
    let (width, height) = (bounds[2] - bounds[0], bounds[3] - bounds[1]);
    if width <= 0.0 || height <= 0.0 {
        return;
    }
    let by = (aspect * height / width).sqrt().clamp(0.8, 1.45);
    for position in positions {
        position[0] *= by;
        position[1] /= by;
    }
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
