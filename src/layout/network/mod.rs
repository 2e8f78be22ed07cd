//! Network layout: where the parties stand, so that those who engage stand near each other.
//!
//! [`arrange`] lays out any [`Graph`] of discs and weighted edges; [`PartyLayout`] lays out the
//! parties of a dataset, once over all its engagements, so that filters show and hide without
//! moving anything. Everything is deterministic: the same graph and options give the same numbers
//! on every machine, on any number of threads. [`quality`] says how good a drawing is.

mod graph;
mod large;
mod near;
mod overlap;
mod pack;
mod parties;
pub mod quality;
mod random;
mod shape;
mod small;
mod stress;
#[cfg(test)]
mod tests;
mod tree;
mod turn;

pub use graph::Graph;
pub use parties::{PartyLayout, formal_pairs, node_radius, party_graph, raw_radius};

use graph::Adjacency;
use random::Random;

/// A moment of the work, for those who watch it.
pub struct Step<'a> {
    /// How far the work is, from 0 to 1.
    pub share: f64,
    frame: &'a dyn Fn() -> Vec<Option<[f64; 2]>>,
}

impl Step<'_> {
    /// Where the nodes are at this moment, in points; `None` for those that have no place yet.
    /// Computed only when it is asked for.
    #[must_use]
    pub fn positions(&self) -> Vec<Option<[f64; 2]>> {
        (self.frame)()
    }
}

/// Told how far the work is; returns whether to go on.
pub type Hook<'a> = dyn FnMut(Step<'_>) -> bool + 'a;

/// Told how far a part of the work is, and where its nodes are; returns whether to go on.
type Inner<'a> = dyn FnMut(f64, &[[f64; 2]]) -> bool + 'a;

/// How a graph is laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The wished width of the drawing by its height.
    pub aspect: f64,
    /// The length of a strong edge between the rims of its discs, in points.
    pub edge: f64,
    /// The least room between discs, in points; large graphs make do with less.
    pub gap: f64,
    /// What the random choices start from.
    pub seed: u64,
    /// Where nodes stood before, by node; they stay near there. Empty for a fresh layout.
    pub anchors: Vec<Option<[f64; 2]>>,
    /// How freely anchored nodes move: from 0 (they stay) to 1 (a fresh layout, turned so that
    /// it lies as the old one did).
    pub freedom: f64,
    /// Which nodes stay at their anchor in any case, by node; empty when none do.
    pub pinned: Vec<bool>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            aspect: 2.0,
            edge: 60.0,
            gap: 14.0,
            seed: 1,
            anchors: Vec::new(),
            freedom: 0.5,
            pinned: Vec::new(),
        }
    }
}

/// Beyond this many nodes a connected graph is drawn by its shape and its neighbourhoods, not by
/// the distances of all pairs.
const LARGE: usize = 40;

/// Positions for the nodes of a graph, in points around the origin; `None` when the hook stopped
/// the work.
#[must_use]
pub fn arrange(graph: &Graph, options: &Options, hook: &mut Hook<'_>) -> Option<Vec<[f64; 2]>> {
    if graph.is_empty() {
        return Some(Vec::new());
    }
    if !options.anchors.iter().any(Option::is_some) {
        return fresh(graph, options, hook);
    }
    if options.freedom < 1.0 {
        let start = start(graph, options);
        return settle(graph, start, &options.anchors, options, hook);
    }
    let mut positions = fresh(graph, options, &mut |step| {
        hook(Step { share: step.share * 0.7, frame: step.frame })
    })?;
    let pins: Vec<Option<[f64; 2]>> = (0..graph.len())
        .map(|node| {
            options.anchors.get(node).copied().flatten().filter(|_| is_pinned(options, node))
        })
        .collect();
    if pins.iter().all(Option::is_none) {
        turn::align(&mut positions, &options.anchors);
        return Some(positions);
    }
    // The rest gathers round what is pinned.
    turn::align(&mut positions, &options.anchors);
    for (position, pin) in positions.iter_mut().zip(&pins) {
        *position = pin.unwrap_or(*position);
    }
    settle(graph, positions, &pins, options, &mut |step| {
        hook(Step { share: 0.7 + step.share * 0.3, frame: step.frame })
    })
}

fn is_pinned(options: &Options, node: usize) -> bool {
    options.pinned.get(node).copied().unwrap_or(false)
}

/// A fresh layout: each connected part by itself, then side by side.
fn fresh(graph: &Graph, options: &Options, hook: &mut Hook<'_>) -> Option<Vec<[f64; 2]>> {
    let components = graph.components();
    let gap = 3.0 * options.gap;
    let mut sheet = Sheet { nodes: graph.len(), aspect: options.aspect, gap, parts: Vec::new() };
    let mut done = 0;
    // The largest comes last, and is watched with all others in their places.
    for nodes in components.into_iter().rev() {
        let part = graph.part(&nodes);
        let count = nodes.len();
        let (before, share) = (done as f64 / graph.len() as f64, count as f64 / graph.len() as f64);
        let mut inner = |at: f64, now: &[[f64; 2]]| {
            let frame = || sheet.frame(Some((&nodes, &part.radii, now)));
            hook(Step { share: before + share * at, frame: &frame })
        };
        let placed = match count {
            1 => vec![[0.0, 0.0]],
            _ if count <= LARGE => small::draw(&part, options, &mut inner)?,
            _ => large::draw(&part, options, &mut inner)?,
        };
        done += count;
        let bounds = pack::bounds(&placed, &part.radii);
        sheet.parts.push(Part { nodes, radii: part.radii, positions: placed, bounds });
    }
    Some(sheet.frame(None).into_iter().map(Option::unwrap_or_default).collect())
}

/// A part of the graph that is being drawn: its nodes, their radii and positions.
type Drawn<'a> = (&'a [u32], &'a [f64], &'a [[f64; 2]]);

/// The connected parts of a graph, drawn so far.
struct Sheet {
    nodes: usize,
    aspect: f64,
    gap: f64,
    parts: Vec<Part>,
}

/// A connected part that has been drawn.
struct Part {
    nodes: Vec<u32>,
    radii: Vec<f64>,
    positions: Vec<[f64; 2]>,
    /// The rectangle around its discs.
    bounds: [f64; 4],
}

impl Sheet {
    /// All parts side by side around the origin, with one that is being drawn.
    fn frame(&self, drawn: Option<Drawn<'_>>) -> Vec<Option<[f64; 2]>> {
        type Placed<'a> = (&'a [u32], &'a [f64], &'a [[f64; 2]], [f64; 4]);
        let mut parts: Vec<Placed<'_>> = self
            .parts
            .iter()
            .map(|part| (&*part.nodes, &*part.radii, &*part.positions, part.bounds))
            .chain(drawn.map(|(nodes, radii, now)| (nodes, radii, now, pack::bounds(now, radii))))
            .collect();
        // The largest was drawn last and comes first.
        parts.reverse();
        let discs: Vec<pack::Discs<'_>> =
            parts.iter().map(|(_, radii, placed, _)| (*placed, *radii)).collect();
        let corners = pack::around(&discs, self.aspect, self.gap);
        let mut sheet = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for (by, (_, _, _, of)) in corners.iter().zip(&parts) {
            sheet[0] = sheet[0].min(of[0] + by[0]);
            sheet[1] = sheet[1].min(of[1] + by[1]);
            sheet[2] = sheet[2].max(of[2] + by[0]);
            sheet[3] = sheet[3].max(of[3] + by[1]);
        }
        let middle = [(sheet[0] + sheet[2]) / 2.0, (sheet[1] + sheet[3]) / 2.0];
        let mut positions = vec![None; self.nodes];
        for ((nodes, _, placed, _), by) in parts.iter().zip(&corners) {
            for (&node, at) in nodes.iter().zip(*placed) {
                positions[node as usize] =
                    Some([at[0] + by[0] - middle[0], at[1] + by[1] - middle[1]]);
            }
        }
        positions
    }
}

/// Where an anchored layout starts: at the anchors, and for new nodes near their neighbours.
fn start(graph: &Graph, options: &Options) -> Vec<[f64; 2]> {
    let adjacency = Adjacency::new(graph.len(), &graph.edges);
    let mut random = Random::new(options.seed);
    let anchor = |node: usize| options.anchors.get(node).copied().flatten();
    let known: Vec<[f64; 2]> = (0..graph.len()).filter_map(anchor).collect();
    let mean = turn::middle(&known);
    (0..graph.len())
        .map(|node| {
            anchor(node).unwrap_or_else(|| {
                let links = adjacency.of(node).iter();
                let near: Vec<[f64; 2]> =
                    links.filter_map(|&(other, _)| anchor(other as usize)).collect();
                let [x, y] = if near.is_empty() { mean } else { turn::middle(&near) };
                [x + options.edge * (random.unit() - 0.5), y + options.edge * (random.unit() - 0.5)]
            })
        })
        .collect()
}

/// A layout from given positions that keeps near to anchors.
fn settle(
    graph: &Graph,
    mut positions: Vec<[f64; 2]>,
    anchors: &[Option<[f64; 2]>],
    options: &Options,
    hook: &mut Hook<'_>,
) -> Option<Vec<[f64; 2]>> {
    let anchor = |node: u32| anchors.get(node as usize).copied().flatten();
    // What is held fast and what is pinned is not pushed aside either.
    let fast = options.freedom <= 0.0;
    let mut done = 0;
    for nodes in graph.components() {
        let part = graph.part(&nodes);
        let near: Vec<Option<[f64; 2]>> = nodes.iter().map(|&node| anchor(node)).collect();
        let pinned: Vec<bool> = nodes
            .iter()
            .zip(&near)
            .map(|(&node, anchor)| anchor.is_some() && (fast || is_pinned(options, node as usize)))
            .collect();
        let mut placed: Vec<[f64; 2]> =
            nodes.iter().map(|&node| positions[node as usize]).collect();
        let (before, share) =
            (done as f64 / graph.len() as f64, nodes.len() as f64 / graph.len() as f64);
        let mut inner = |at: f64, now: &[[f64; 2]]| {
            let frame = || {
                let mut all: Vec<Option<[f64; 2]>> = positions.iter().copied().map(Some).collect();
                for (&node, &at) in nodes.iter().zip(now) {
                    all[node as usize] = Some(at);
                }
                all
            };
            hook(Step { share: before + share * at, frame: &frame })
        };
        match nodes.len() {
            1 => {}
            count if count <= LARGE => {
                small::settle(&part, &mut placed, &near, &pinned, options, &mut inner)?;
            }
            _ => large::settle(&part, &mut placed, &near, &pinned, options, &mut inner)?,
        }
        done += nodes.len();
        for (&node, at) in nodes.iter().zip(placed) {
            positions[node as usize] = at;
        }
    }
    let pinned: Vec<bool> = (0..graph.len())
        .map(|node| anchor(node as u32).is_some() && (fast || is_pinned(options, node)))
        .collect();
    let gap = if graph.len() > LARGE { 0.3 * options.gap } else { options.gap };
    overlap::separate(&mut positions, &graph.radii, 1.0, gap, &pinned);
    Some(positions)
}
