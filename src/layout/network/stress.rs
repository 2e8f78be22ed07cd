//! Global shape: distances on the page like distances in the graph.
//!
//! Stress is minimised by stochastic gradient descent (Zheng, Pawar and Goodman 2018, "Graph
//! drawing by stochastic gradient descent"): over all pairs in graphs of up to [`FULL`] nodes,
//! over edges and pivots beyond (the sparse stress model of Ortmann, Klimenta and Brandes 2017).

use super::{Hook, graph::Adjacency, random::Random};

/// Up to this many nodes every pair counts.
pub(super) const FULL: usize = 1_000;
/// Pivots in larger graphs.
const PIVOTS: usize = 100;
/// Rounds over all terms.
const ROUNDS: usize = 30;
/// How exact the last round is.
const EPSILON: f64 = 0.1;

/// A wish of two nodes to be apart by a distance. Each moves with its own weight: in the sparse
/// model a pivot speaks for its region towards a node, but not the other way round.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    a: u32,
    b: u32,
    distance: f64,
    weight_a: f64,
    weight_b: f64,
}

/// The wishes of a connected graph.
pub(super) fn wishes(adjacency: &Adjacency, seed: u64) -> Vec<Wish> {
    if adjacency.len() <= FULL { all_pairs(adjacency) } else { sparse(adjacency, seed) }
}

fn all_pairs(adjacency: &Adjacency) -> Vec<Wish> {
    let nodes = adjacency.len();
    let mut wishes = Vec::with_capacity(nodes * nodes.saturating_sub(1) / 2);
    for a in 0..nodes {
        let distances = adjacency.distances(a);
        for (b, &distance) in distances.iter().enumerate().skip(a + 1) {
            let weight = 1.0 / (distance * distance);
            wishes.push(Wish {
                a: a as u32,
                b: b as u32,
                distance,
                weight_a: weight,
                weight_b: weight,
            });
        }
    }
    wishes
}

fn sparse(adjacency: &Adjacency, seed: u64) -> Vec<Wish> {
    let nodes = adjacency.len();
    let mut wishes = Vec::new();
    for a in 0..nodes {
        for &(b, distance) in adjacency.of(a) {
            if (a as u32) < b {
                let weight = 1.0 / (distance * distance);
                wishes.push(Wish { a: a as u32, b, distance, weight_a: weight, weight_b: weight });
            }
        }
    }
    // Each further pivot is the node farthest from all pivots so far.
    let mut pivot = Random::new(seed).below(nodes);
    let mut nearest = vec![(f64::INFINITY, 0u32); nodes];
    let mut pivots = Vec::with_capacity(PIVOTS);
    for number in 0..PIVOTS.min(nodes) {
        let distances = adjacency.distances(pivot);
        for (near, &distance) in nearest.iter_mut().zip(&distances) {
            if distance < near.0 {
                *near = (distance, number as u32);
            }
        }
        pivots.push((pivot as u32, distances));
        let farthest =
            (0..nodes).max_by(|&a, &b| nearest[a].0.total_cmp(&nearest[b].0).then(b.cmp(&a)));
        pivot = farthest.unwrap_or(0);
    }
    for (number, (pivot, distances)) in pivots.iter().enumerate() {
        let mut region: Vec<f64> = (0..nodes)
            .filter(|&node| nearest[node].1 == number as u32)
            .map(|node| distances[node])
            .collect();
        region.sort_by(f64::total_cmp);
        for (node, &distance) in distances.iter().enumerate() {
            let direct =
                node as u32 == *pivot || adjacency.of(node).iter().any(|&(next, _)| next == *pivot);
            if direct {
                continue;
            }
            let near = region.partition_point(|&of_region| of_region <= distance / 2.0).max(1);
            wishes.push(Wish {
                a: node as u32,
                b: *pivot,
                distance,
                weight_a: near as f64 / (distance * distance),
                weight_b: 0.0,
            });
        }
    }
    wishes
}

/// A ring of starting points; random, so that no symmetry traps the descent.
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
    hook: &mut Hook<'_>,
) -> Option<()> {
    let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
    for wish in wishes.iter() {
        for weight in [wish.weight_a, wish.weight_b] {
            if weight > 0.0 {
                least = least.min(weight);
                most = most.max(weight);
            }
        }
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
            let (move_a, move_b) =
                ((wish.weight_a * rate).min(1.0), (wish.weight_b * rate).min(1.0));
            positions[a][0] -= move_a * excess * dx;
            positions[a][1] -= move_a * excess * dy;
            positions[b][0] += move_b * excess * dx;
            positions[b][1] += move_b * excess * dy;
        }
        pull(positions);
        if !hook((round + 1) as f64 / ROUNDS as f64) {
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
