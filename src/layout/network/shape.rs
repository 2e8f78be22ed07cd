//! The global shape of a large graph: distances on the page like numbers of steps in the graph.
//!
//! A sparse form of stress is minimised: each node is held at its distance from some hundred
//! pivots, as in Ortmann, Klimenta and Brandes 2017 ("A sparse stress model"), and neighbours at
//! theirs, with the falling step widths of Zheng, Pawar and Goodman 2018 ("Graph drawing by
//! stochastic gradient descent"). Pivots are drawn at random and each speaks for an equal share of
//! the graph; on networks with hubs this gave less stress than pivots far from each other, which
//! all come to lie on the fringe.

use rayon::prelude::*;

use super::{Inner, graph::Adjacency, random::Random};

/// How many pivots there are, in graphs that have so many nodes.
const PIVOTS: usize = 200;
/// Rounds over all terms.
const ROUNDS: usize = 15;
/// How often within a round neighbours have their turn among the pivots.
const TURNS: usize = 4;
/// The weight of a pivot's share against that of a neighbour.
const SHARE: f64 = 0.1;
/// How exact the last round is.
const EPSILON: f64 = 0.1;

/// Some nodes with their distances from all others.
#[derive(Clone, Debug)]
pub(super) struct Pivots {
    /// The nodes.
    pub(super) nodes: Vec<u32>,
    /// For each, its distance in steps from every node; all finite in a connected graph.
    pub(super) steps: Vec<Vec<f32>>,
}

impl Pivots {
    /// Pivots of a connected graph: the node with most neighbours, and random ones.
    pub(super) fn new(adjacency: &Adjacency, random: &mut Random) -> Self {
        let count = adjacency.len();
        let mut order: Vec<u32> = (0..count as u32).collect();
        let busiest = (0..count).max_by_key(|&node| (adjacency.of(node).len(), count - node));
        order.swap(0, busiest.unwrap_or(0));
        for place in 1..PIVOTS.min(count) {
            order.swap(place, place + random.below(count - place));
        }
        order.truncate(PIVOTS);
        let steps = order.par_iter().map(|&node| adjacency.steps(node as usize)).collect();
        Self { nodes: order, steps }
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }
}

/// Moves nodes until their distances fit, a step being 1. `None` when the hook says to stop.
pub(super) fn descend(
    positions: &mut [[f64; 2]],
    edges: &[(u32, u32, f64)],
    pivots: &Pivots,
    random: &mut Random,
    hook: &mut Inner<'_>,
) -> Option<()> {
    let farthest = pivots.steps.iter().flatten().copied().fold(1.0, f32::max);
    let share = SHARE * positions.len() as f64 / pivots.len().max(1) as f64;
    // The first step width lets the weakest term have its way, the last the strongest a little.
    let weakest = (share / f64::from(farthest * farthest)).min(1.0);
    let strongest = (share / 4.0).max(1.0);
    let (first, last) = (1.0 / weakest, EPSILON / strongest);
    let decay = libm::log(first / last) / (ROUNDS - 1) as f64;
    let mut order: Vec<usize> = (0..pivots.len()).collect();
    let mut pairs: Vec<(u32, u32)> = edges.iter().map(|&(a, b, _)| (a, b)).collect();
    for round in 0..ROUNDS {
        let rate = first * libm::exp(-decay * round as f64);
        random.shuffle(&mut order);
        random.shuffle(&mut pairs);
        for turn in 0..TURNS {
            for &pivot in turn_of(&order, turn) {
                hold(positions, pivots, pivot, share * rate);
            }
            for &(a, b) in turn_of(&pairs, turn) {
                let (from, to) = (positions[a as usize], positions[b as usize]);
                let [dx, dy] = excess(from, to, 1.0, rate.min(1.0));
                positions[a as usize] = [from[0] - dx, from[1] - dy];
                positions[b as usize] = [to[0] + dx, to[1] + dy];
            }
        }
        if !hook((round + 1) as f64 / ROUNDS as f64, positions) {
            return None;
        }
    }
    Some(())
}

/// The part of a list that has its turn.
fn turn_of<T>(all: &[T], turn: usize) -> &[T] {
    &all[all.len() * turn / TURNS..all.len() * (turn + 1) / TURNS]
}

/// Moves all nodes towards their distance from a pivot.
fn hold(positions: &mut [[f64; 2]], pivots: &Pivots, pivot: usize, strength: f64) {
    let node = pivots.nodes[pivot] as usize;
    let to = positions[node];
    for (position, &steps) in positions.iter_mut().zip(&pivots.steps[pivot]) {
        // Neighbours are held by their edge.
        if steps < 1.5 {
            continue;
        }
        let steps = f64::from(steps);
        let [dx, dy] = excess(*position, to, steps, (strength / (steps * steps)).min(1.0));
        position[0] -= dx;
        position[1] -= dy;
    }
}

/// Half the way by which two points are farther apart than they should be, times `rate`.
fn excess(from: [f64; 2], to: [f64; 2], wished: f64, rate: f64) -> [f64; 2] {
    let (dx, dy) = (from[0] - to[0], from[1] - to[1]);
    let apart = (dx * dx + dy * dy).sqrt().max(1e-9);
    let by = rate * (apart - wished) / apart / 2.0;
    [by * dx, by * dy]
}
