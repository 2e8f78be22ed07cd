//! Neighbourhoods: those who are tied stand beside each other, in a drawing whose global shape is
//! there already and stays.
//!
//! Ties pull and all nodes push with the kernel 1 / (1 + d²) of van der Maaten and Hinton 2008
//! ("Visualizing data using t-SNE"), whose pull fades with distance, so that a far tie does not
//! tear a group apart; as in Kruiger et al. 2017 ("Graph layouts by t-SNE") it is applied to a
//! graph, and distances from pivots keep the shape as stress does. Each node adds up its own
//! forces, so that the result is the same on any number of threads.

use rayon::prelude::*;

use super::{Inner, graph::Adjacency, shape::Pivots, tree::Tree};

/// Rounds.
const ROUNDS: usize = 120;
/// How much stronger ties pull in the first part of the rounds, to bring groups together while
/// they can still pass each other.
const EARLY: f64 = 3.0;
/// That part of the rounds.
const EARLY_PART: f64 = 0.3;
/// The strength with which pivots keep the shape.
const SHAPE: f64 = 1.5;
/// How many pivots have their turn in a round.
const TURN: usize = 50;
/// The largest step of a node, in units of the kernel.
const STRIDE: f64 = 5.0;
/// The radius of the drawing (root mean square), by the root of the number of nodes, in units of
/// the kernel: so large that groups find room beside each other.
const SPREAD: f64 = 0.9;

/// Where nodes are kept.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Kept<'a> {
    /// The place of each node that has one; empty when none has.
    pub(super) anchors: &'a [Option<[f64; 2]>],
    /// By which share of the way nodes come back to their place in each round.
    pub(super) hold: f64,
    /// Nodes that do not move at all; empty when all do.
    pub(super) pinned: &'a [bool],
}

/// The radius (root mean square) of a drawing, in units of the kernel.
pub(super) fn radius(nodes: usize) -> f64 {
    SPREAD * (nodes as f64).sqrt()
}

/// Moves nodes, in units of the kernel; `step` is the length of a step of the graph in them.
/// `None` when the hook says to stop.
pub(super) fn gather(
    positions: &mut [[f64; 2]],
    adjacency: &Adjacency,
    pivots: &Pivots,
    step: f64,
    kept: Kept<'_>,
    hook: &mut Inner<'_>,
) -> Option<()> {
    let nodes = positions.len();
    let pulls = Pulls::new(adjacency);
    let mut velocities = vec![[0.0f64; 2]; nodes];
    let mut gains = vec![[1.0f64; 2]; nodes];
    let fresh = kept.anchors.is_empty();
    for round in 0..ROUNDS {
        let at = round as f64 / ROUNDS as f64;
        let tree = Tree::new(positions);
        let pushes: Vec<([f64; 2], f64)> = positions.par_iter().map(|&at| tree.push(at)).collect();
        // The node itself is in the sum, with 1. Added in order, whatever the threads.
        let total: f64 = pushes.iter().map(|(_, sum)| sum - 1.0).sum::<f64>().max(1e-9);
        let early = if fresh && at < EARLY_PART { EARLY } else { 1.0 };
        let turn: Vec<usize> = (0..TURN.min(pivots.len()))
            .map(|number| (round * TURN + number) % pivots.len())
            .collect();
        let strength = SHAPE / (turn.len().max(1) as f64 * nodes as f64 * step);
        let slopes: Vec<[f64; 2]> = (0..nodes)
            .into_par_iter()
            .map(|node| {
                let at = positions[node];
                let mut slope = pulls.slope(positions, adjacency, node, early);
                let (push, _) = pushes[node];
                let shape = bend(positions, pivots, &turn, node, at, step);
                for axis in 0..2 {
                    slope[axis] += strength * shape[axis] - push[axis] / total;
                }
                slope
            })
            .collect();
        let inertia = if at < 0.25 { 0.5 } else { 0.8 };
        let rate = 4.0 * nodes as f64 * ((1.0 - at) / 0.3).clamp(0.15, 1.0);
        for node in 0..nodes {
            if kept.pinned.get(node).copied().unwrap_or(false) {
                continue;
            }
            let (velocity, gain) = (&mut velocities[node], &mut gains[node]);
            for axis in 0..2 {
                // The gain of each axis grows while it goes one way and falls when it turns.
                let slope = slopes[node][axis];
                let turned = (slope > 0.0) == (velocity[axis] > 0.0);
                gain[axis] = if turned { (gain[axis] * 0.8).max(0.01) } else { gain[axis] + 0.2 };
                velocity[axis] = inertia * velocity[axis] - rate * gain[axis] * slope;
            }
            let speed = (velocity[0] * velocity[0] + velocity[1] * velocity[1]).sqrt();
            let brake = if speed > STRIDE { STRIDE / speed } else { 1.0 };
            for axis in 0..2 {
                velocity[axis] *= brake;
                positions[node][axis] += velocity[axis];
            }
            if let Some(anchor) = kept.anchors.get(node).copied().flatten() {
                for axis in 0..2 {
                    positions[node][axis] += kept.hold * (anchor[axis] - positions[node][axis]);
                }
            }
        }
        if !hook((round + 1) as f64 / ROUNDS as f64, positions) {
            return None;
        }
    }
    Some(())
}

/// How strongly each tie pulls: both ends divide their attention among their ties, and all pulls
/// add up to 1.
struct Pulls {
    attention: Vec<f64>,
    total: f64,
}

impl Pulls {
    fn new(adjacency: &Adjacency) -> Self {
        let attention: Vec<f64> =
            (0..adjacency.len()).map(|node| 1.0 / adjacency.of(node).len().max(1) as f64).collect();
        let total = (0..adjacency.len())
            .flat_map(|node| adjacency.of(node).iter().map(move |&(other, _)| (node, other)))
            .map(|(node, other)| attention[node] + attention[other as usize])
            .sum::<f64>();
        Self { attention, total: total.max(1e-9) }
    }

    /// The pull of a node's ties on it, as a slope: away from where they pull.
    fn slope(
        &self,
        positions: &[[f64; 2]],
        adjacency: &Adjacency,
        node: usize,
        early: f64,
    ) -> [f64; 2] {
        let at = positions[node];
        let mut slope = [0.0; 2];
        for &(other, _) in adjacency.of(node) {
            let to = positions[other as usize];
            let (dx, dy) = (at[0] - to[0], at[1] - to[1]);
            let weight = self.attention[node] + self.attention[other as usize];
            let pull = early * weight / self.total / (1.0 + dx * dx + dy * dy);
            slope[0] += pull * dx;
            slope[1] += pull * dy;
        }
        slope
    }
}

/// The slope of stress towards some pivots.
fn bend(
    positions: &[[f64; 2]],
    pivots: &Pivots,
    turn: &[usize],
    node: usize,
    at: [f64; 2],
    step: f64,
) -> [f64; 2] {
    let mut slope = [0.0; 2];
    for &pivot in turn {
        let steps = f64::from(pivots.steps[pivot][node]);
        if steps < 1.5 {
            continue;
        }
        let to = positions[pivots.nodes[pivot] as usize];
        let (dx, dy) = (at[0] - to[0], at[1] - to[1]);
        let apart = (dx * dx + dy * dy).sqrt().max(1e-9);
        let by = (apart - steps * step) / apart / (steps * steps);
        slope[0] += by * dx;
        slope[1] += by * dy;
    }
    slope
}
