//! How central each party is: betweenness and PageRank.

use rayon::prelude::*;

use super::TieGraph;
use crate::formats::generate::random::Random;

/// From more parties than this on, betweenness is estimated from some of them.
pub(super) const EXACT: usize = 1_500;
/// From how many.
const PIVOTS: usize = 400;
/// Sources that one task adds up: fixed, so that sums do not depend on the number of threads.
const CHUNK: usize = 25;

/// What one source needs for its search.
struct Search {
    /// Steps from the source; `u32::MAX` where it has not been.
    steps: Vec<u32>,
    /// How many shortest paths lead there.
    paths: Vec<f64>,
    /// What depends on the node.
    depends: Vec<f64>,
    /// Nodes in the order in which they were reached.
    order: Vec<u32>,
}

impl Search {
    fn new(nodes: usize) -> Self {
        Self {
            steps: vec![u32::MAX; nodes],
            paths: vec![0.0; nodes],
            depends: vec![0.0; nodes],
            order: Vec::with_capacity(nodes),
        }
    }

    /// Adds what depends on each node for the paths from one source.
    fn from(&mut self, graph: &TieGraph, source: usize, sums: &mut [f64]) {
        for node in self.order.drain(..) {
            let node = node as usize;
            (self.steps[node], self.paths[node], self.depends[node]) = (u32::MAX, 0.0, 0.0);
        }
        (self.steps[source], self.paths[source]) = (0, 1.0);
        self.order.push(source as u32);
        let mut next = 0;
        while let Some(&node) = self.order.get(next) {
            next += 1;
            let node = node as usize;
            for &(other, _) in graph.links(node) {
                let at = other as usize;
                if self.steps[at] == u32::MAX {
                    self.steps[at] = self.steps[node] + 1;
                    self.order.push(other);
                }
                if self.steps[at] == self.steps[node] + 1 {
                    self.paths[at] += self.paths[node];
                }
            }
        }
        for &node in self.order.iter().rev() {
            let node = node as usize;
            let share = (1.0 + self.depends[node]) / self.paths[node];
            for &(other, _) in graph.links(node) {
                let at = other as usize;
                if self.steps[at] != u32::MAX && self.steps[at] + 1 == self.steps[node] {
                    self.depends[at] += self.paths[at] * share;
                }
            }
            if node != source {
                sums[node] += self.depends[node];
            }
        }
    }
}

/// The share of the shortest paths between other parties that lead through each party, from 0 to
/// 1, by Brandes' algorithm (2001, "A faster algorithm for betweenness centrality"), every tie
/// being one step. Beyond [`EXACT`] parties it is estimated from the paths of [`PIVOTS`] parties
/// drawn by lot (Brandes and Pich 2007), whose number is the second value. `None` when `go` says to
/// stop.
pub(super) fn betweenness(
    graph: &TieGraph,
    go: &(dyn Fn() -> bool + Sync),
) -> Option<(Vec<f64>, Option<u32>)> {
    let nodes = graph.len();
    let mut sources: Vec<usize> = (0..nodes).collect();
    let sampled = nodes > EXACT;
    if sampled {
        let mut random = Random::new(1, 0);
        for at in 0..PIVOTS {
            let other = at + random.below((nodes - at) as u64) as usize;
            sources.swap(at, other);
        }
        sources.truncate(PIVOTS);
    }
    let parts: Vec<Option<Vec<f64>>> = sources
        .par_chunks(CHUNK)
        .map(|sources| {
            let mut sums = vec![0.0; nodes];
            let mut search = Search::new(nodes);
            for source in sources {
                if !go() {
                    return None;
                }
                search.from(graph, *source, &mut sums);
            }
            Some(sums)
        })
        .collect();
    let mut sums = vec![0.0; nodes];
    for part in parts {
        sums.iter_mut().zip(part?).for_each(|(sum, more)| *sum += more);
    }
    // Each pair is met from both ends.
    let pairs = (nodes.saturating_sub(1) as f64) * (nodes.saturating_sub(2) as f64);
    let scale = if sources.is_empty() { 0.0 } else { nodes as f64 / sources.len() as f64 };
    for sum in &mut sums {
        *sum = if pairs > 0.0 { *sum * scale / pairs } else { 0.0 };
    }
    Some((sums, sampled.then_some(PIVOTS as u32)))
}

/// How likely a reader who follows ties by their weight, and starts anew with a chance of 15 %, is
/// to be at each party (Brin and Page 1998). Adds up to 1.
pub(super) fn page_rank(graph: &TieGraph) -> Vec<f64> {
    const FOLLOW: f64 = 0.85;
    let nodes = graph.len();
    if nodes == 0 {
        return Vec::new();
    }
    let even = 1.0 / nodes as f64;
    let strength: Vec<f64> =
        (0..nodes).map(|node| graph.links(node).iter().map(|link| link.1).sum()).collect();
    let mut ranks = vec![even; nodes];
    for _ in 0..100 {
        let lost: f64 =
            ranks.iter().zip(&strength).filter(|(_, sum)| **sum <= 0.0).map(|(rank, _)| rank).sum();
        let base = (1.0 - FOLLOW) * even + FOLLOW * lost * even;
        let mut next = vec![base; nodes];
        for node in 0..nodes {
            if strength[node] > 0.0 {
                let share = FOLLOW * ranks[node] / strength[node];
                for &(other, weight) in graph.links(node) {
                    next[other as usize] += share * weight;
                }
            }
        }
        let moved: f64 = ranks.iter().zip(&next).map(|(old, new)| (old - new).abs()).sum();
        ranks = next;
        if moved < 1e-10 {
            break;
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::tests::graph, *};

    fn between(graph: &TieGraph) -> Vec<f64> {
        betweenness(graph, &|| true).unwrap().0
    }

    #[test]
    fn on_a_path_the_middle_is_between_all_others() {
        let path = graph(5, &[(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 4, 1.0)]);
        let expected = [0.0, 3.0 / 6.0, 4.0 / 6.0, 3.0 / 6.0, 0.0];
        for (found, expected) in between(&path).iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
        assert_eq!(betweenness(&path, &|| false), None);
    }

    #[test]
    fn ranks_add_up_to_one_and_follow_weight() {
        let star = graph(4, &[(0, 1, 3.0), (0, 2, 1.0)]);
        let ranks = page_rank(&star);
        assert!((ranks.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(ranks[0] > ranks[1] && ranks[1] > ranks[2] && ranks[2] > ranks[3]);
        assert!(page_rank(&TieGraph::default()).is_empty());
    }

    proptest! {
        #[test]
        fn betweenness_equals_counting_all_shortest_paths(
            edges in prop::collection::btree_set((0_u32..9, 0_u32..9), 0..18)
        ) {
            let edges: Vec<(u32, u32, f64)> = edges
                .into_iter()
                .filter(|(a, b)| a < b)
                .map(|(a, b)| (a, b, 1.0))
                .collect();
            let graph = graph(9, &edges);
            // Steps and numbers of shortest paths between all pairs, by squaring nothing: a walk of
            // each length in turn.
            let mut steps = [[usize::MAX; 9]; 9];
            let mut paths = [[0.0; 9]; 9];
            for from in 0..9 {
                let mut walks = [0.0; 9];
                walks[from] = 1.0;
                for length in 0..9 {
                    for to in 0..9 {
                        if walks[to] > 0.0 && steps[from][to] == usize::MAX {
                            steps[from][to] = length;
                            paths[from][to] = walks[to];
                        }
                    }
                    let mut next = [0.0; 9];
                    for &(a, b, _) in &edges {
                        next[b as usize] += walks[a as usize];
                        next[a as usize] += walks[b as usize];
                    }
                    walks = next;
                }
            }
            for (middle, found) in between(&graph).into_iter().enumerate() {
                let mut sum = 0.0;
                for a in 0..9 {
                    for b in a + 1..9 {
                        let through = steps[a][middle].checked_add(steps[middle][b]);
                        if a != middle && b != middle && steps[a][b] != usize::MAX
                            && through == Some(steps[a][b])
                        {
                            sum += paths[a][middle] * paths[middle][b] / paths[a][b];
                        }
                    }
                }
                prop_assert!((found - sum / 28.0).abs() < 1e-9, "{} {}", found, sum / 28.0);
            }
        }
    }
}
