//! How good a drawing of a graph is, by the two figures that the literature compares layouts with.

use rayon::prelude::*;

use super::graph::{Adjacency, Graph};

/// From how many nodes distances are taken; from all of them in smaller graphs.
const SAMPLE: usize = 300;

/// How good a drawing of the largest connected part of a graph is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality {
    /// Normalised stress: how far distances on the page are from numbers of steps in the graph,
    /// as a mean square, relative, with the best scale for the page. 0 is perfect, lower is better.
    pub stress: f64,
    /// How many of a node's neighbours are among as many nodes drawn nearest to it: the mean of
    /// the Jaccard indices. 1 is perfect, higher is better.
    pub neighbourhood: f64,
}

/// Measures a drawing; `positions` has a place for each node. `None` for graphs without edges.
#[must_use]
pub fn measure(graph: &Graph, positions: &[[f64; 2]]) -> Option<Quality> {
    let nodes = graph.components().into_iter().next()?;
    let part = graph.part(&nodes);
    if part.edges.is_empty() {
        return None;
    }
    let positions: Vec<[f64; 2]> = nodes.iter().map(|&node| positions[node as usize]).collect();
    let adjacency = Adjacency::new(part.len(), &part.edges);
    Some(Quality {
        stress: stress(&adjacency, &positions),
        neighbourhood: neighbourhood(&adjacency, &positions),
    })
}

fn squared(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])
}

fn stress(adjacency: &Adjacency, positions: &[[f64; 2]]) -> f64 {
    let every = (positions.len() / SAMPLE).max(1);
    let sums: Vec<[f64; 3]> = (0..positions.len())
        .into_par_iter()
        .step_by(every)
        .map(|from| {
            let mut sums = [0.0; 3];
            for (node, &steps) in adjacency.steps(from).iter().enumerate() {
                if node != from {
                    // With weights of 1 / steps², page over steps is all that is needed.
                    let ratio = squared(positions[from], positions[node]).sqrt() / f64::from(steps);
                    sums = [sums[0] + ratio, sums[1] + ratio * ratio, sums[2] + 1.0];
                }
            }
            sums
        })
        .collect();
    let sum = |of: usize| sums.iter().map(|sums| sums[of]).sum::<f64>();
    let (ratio, ratio_squared, pairs) = (sum(0), sum(1), sum(2));
    1.0 - ratio * ratio / ratio_squared.max(f64::MIN_POSITIVE) / pairs
}

fn neighbourhood(adjacency: &Adjacency, positions: &[[f64; 2]]) -> f64 {
    let indices: Vec<f64> = (0..positions.len())
        .into_par_iter()
        .map(|node| {
            let count = adjacency.of(node).len();
            let mut others: Vec<(f64, u32)> = (0..positions.len())
                .filter(|&other| other != node)
                .map(|other| (squared(positions[node], positions[other]), other as u32))
                .collect();
            others
                .select_nth_unstable_by(count - 1, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let nearest = &others[..count];
            let is_neighbour = |other: u32| adjacency.of(node).iter().any(|link| link.0 == other);
            let kept = nearest.iter().filter(|(_, other)| is_neighbour(*other)).count();
            kept as f64 / (2 * count - kept) as f64
        })
        .collect();
    indices.iter().sum::<f64>() / indices.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_path_is_perfect_and_a_folded_one_is_not() {
        let graph = Graph {
            radii: vec![1.0; 5],
            edges: (0..4).map(|node| (node, node + 1, 1.0)).collect(),
        };
        let straight: Vec<[f64; 2]> = (0..5).map(|node| [f64::from(node) * 3.0, 0.0]).collect();
        let perfect = measure(&graph, &straight).unwrap();
        assert!(perfect.stress.abs() < 1e-12, "{perfect:?}");
        assert!(perfect.neighbourhood > 0.79, "{perfect:?}");
        let folded = [[0.0, 0.0], [9.0, 0.0], [1.0, 1.0], [9.0, 2.0], [0.0, 2.0]];
        let worse = measure(&graph, &folded).unwrap();
        assert!(worse.stress > 0.1 && worse.neighbourhood < perfect.neighbourhood, "{worse:?}");
        assert_eq!(measure(&Graph { radii: vec![1.0], edges: Vec::new() }, &[[0.0, 0.0]]), None);
    }
}
