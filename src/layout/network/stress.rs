//! The stress of small graphs: distances on the page like distances in the graph, for all pairs.
//!
//! It is minimised by stochastic gradient descent (Zheng, Pawar and Goodman 2018, "Graph drawing by
//! stochastic gradient descent").

use super::{Inner, graph::Adjacency, random::Random};

/// Rounds over all terms.
const ROUNDS: usize = 30;
/// How exact the last round is.
const EPSILON: f64 = 0.1;

/// A wish of two nodes to be apart by a distance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    a: u32,
    b: u32,
    distance: f64,
    weight: f64,
}

/// The wishes of a connected graph: one for each pair.
pub(super) fn all_pairs(adjacency: &Adjacency) -> Vec<Wish> {
    let nodes = adjacency.len();
    let mut wishes = Vec::with_capacity(nodes * nodes.saturating_sub(1) / 2);
    for a in 0..nodes {
        let distances = adjacency.distances(a);
        for (b, &distance) in distances.iter().enumerate().skip(a + 1) {
            let weight = 1.0 / (distance * distance);
            wishes.push(Wish { a: a as u32, b: b as u32, distance, weight });
        }
    }
    wishes
}

/// Starting points; random, so that no symmetry traps the descent.
pub(super) fn start(nodes: usize, size: f64, random: &mut Random) -> Vec<[f64; 2]> {
    (0..nodes).map(|_| [(random.unit() - 0.5) * size, (random.unit() - 0.5) * size]).collect()
}

/// Moves the nodes until distances fit. `heat` from 0 to 1 says how freely they may move at first.
/// Returns `None` when the hook says to stop.
pub(super) fn descend(
    positions: &mut [[f64; 2]],
    wishes: &mut [Wish],
    heat: f64,
    random: &mut Random,
    pull: &mut dyn FnMut(&mut [[f64; 2]]),
    hook: &mut Inner<'_>,
) -> Option<()> {
    let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
    for wish in wishes.iter() {
        least = least.min(wish.weight);
        most = most.max(wish.weight);
    }
    if most == 0.0 {
        return Some(());
    }
    let last = EPSILON / most;
    let first = (1.0 / least * heat).max(last);
    let decay = libm::log(first / last) / (ROUNDS - 1) as f64;
    for round in 0..ROUNDS {
        let rate = first * libm::exp(-decay * round as f64);
        random.shuffle(wishes);
        for wish in wishes.iter() {
            let (a, b) = (wish.a as usize, wish.b as usize);
            let (mut dx, mut dy) =
                (positions[a][0] - positions[b][0], positions[a][1] - positions[b][1]);
            let mut apart = (dx * dx + dy * dy).sqrt();
            if apart < 1e-9 {
                (dx, dy) = (random.unit() - 0.5, random.unit() - 0.5);
                apart = (dx * dx + dy * dy).sqrt().max(1e-9);
            }
            let excess = (apart - wish.distance) / apart / 2.0;
            let by = (wish.weight * rate).min(1.0) * excess;
            positions[a][0] -= by * dx;
            positions[a][1] -= by * dy;
            positions[b][0] += by * dx;
            positions[b][1] += by * dy;
        }
        pull(positions);
        if !hook((round + 1) as f64 / ROUNDS as f64, positions) {
            return None;
        }
    }
    Some(())
}

/// The weighted squared misfit, per wish: 0 is a perfect drawing.
pub(super) fn stress(positions: &[[f64; 2]], wishes: &[Wish]) -> f64 {
    let sum: f64 = wishes
        .iter()
        .map(|wish| {
            let (a, b) = (positions[wish.a as usize], positions[wish.b as usize]);
            let (dx, dy) = (a[0] - b[0], a[1] - b[1]);
            let misfit = (dx * dx + dy * dy).sqrt() - wish.distance;
            misfit * misfit / (wish.distance * wish.distance)
        })
        .sum();
    sum / wishes.len().max(1) as f64
}
