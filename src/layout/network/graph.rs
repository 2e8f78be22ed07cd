//! The graph that is laid out: discs joined by weighted edges, with distances and components.

use std::{cmp::Ordering, collections::BinaryHeap};

/// Discs joined by weighted edges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// The radius of each node in points, label room included.
    pub radii: Vec<f64>,
    /// Edges as two nodes and a weight above 0; each pair at most once, no loops.
    pub edges: Vec<(u32, u32, f64)>,
}

/// Who is next to whom, and how far apart they should be.
#[derive(Clone, Debug)]
pub(super) struct Adjacency {
    starts: Vec<usize>,
    links: Vec<(u32, f64)>,
}

impl Adjacency {
    /// Stores edges with their lengths for lookup from either end.
    pub(super) fn new(nodes: usize, edges: &[(u32, u32, f64)]) -> Self {
        let mut starts = vec![0; nodes + 1];
        for &(a, b, _) in edges {
            starts[a as usize + 1] += 1;
            starts[b as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut free = starts.clone();
        let mut links = vec![(0, 0.0); 2 * edges.len()];
        for &(a, b, length) in edges {
            for (from, to) in [(a, b), (b, a)] {
                links[free[from as usize]] = (to, length);
                free[from as usize] += 1;
            }
        }
        Self { starts, links }
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) fn of(&self, node: usize) -> &[(u32, f64)] {
        &self.links[self.starts[node]..self.starts[node + 1]]
    }

    /// The numbers of steps from a node to all others, whatever their lengths; infinite where there
    /// is no path.
    pub(super) fn steps(&self, from: usize) -> Vec<f32> {
        let mut steps = vec![f32::INFINITY; self.len()];
        let mut reached = Vec::with_capacity(self.len());
        steps[from] = 0.0;
        reached.push(from as u32);
        let mut next = 0;
        while let Some(&node) = reached.get(next) {
            next += 1;
            let there = steps[node as usize] + 1.0;
            for &(other, _) in self.of(node as usize) {
                if steps[other as usize].is_infinite() {
                    steps[other as usize] = there;
                    reached.push(other);
                }
            }
        }
        steps
    }

    /// The lengths of the shortest paths from a node (Dijkstra 1959); infinite where there is none.
    pub(super) fn distances(&self, from: usize) -> Vec<f64> {
        let mut distances = vec![f64::INFINITY; self.len()];
        let mut queue = BinaryHeap::new();
        distances[from] = 0.0;
        queue.push(Reached { at: 0.0, node: from as u32 });
        while let Some(Reached { at, node }) = queue.pop() {
            if at > distances[node as usize] {
                continue;
            }
            for &(next, length) in self.of(node as usize) {
                let there = at + length;
                if there < distances[next as usize] {
                    distances[next as usize] = there;
                    queue.push(Reached { at: there, node: next });
                }
            }
        }
        distances
    }
}

/// A node reached at a distance; the nearest is the greatest, for the heap.
struct Reached {
    at: f64,
    node: u32,
}

impl Ord for Reached {
    fn cmp(&self, other: &Self) -> Ordering {
        other.at.total_cmp(&self.at).then(other.node.cmp(&self.node))
    }
}

impl PartialOrd for Reached {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Reached {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Reached {}

impl Graph {
    /// How many nodes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.radii.len()
    }

    /// Whether there is no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.radii.is_empty()
    }

    /// The nodes of each connected component, ascending; the largest component first, then the
    /// one with the smallest node.
    #[must_use]
    pub fn components(&self) -> Vec<Vec<u32>> {
        let adjacency = Adjacency::new(self.len(), &self.edges);
        let mut seen = vec![false; self.len()];
        let mut components = Vec::new();
        for start in 0..self.len() {
            if seen[start] {
                continue;
            }
            seen[start] = true;
            let mut members = vec![start as u32];
            let mut next = 0;
            while let Some(&node) = members.get(next) {
                next += 1;
                for &(other, _) in adjacency.of(node as usize) {
                    if !seen[other as usize] {
                        seen[other as usize] = true;
                        members.push(other);
                    }
                }
            }
            members.sort_unstable();
            components.push(members);
        }
        components.sort_by_key(|members| std::cmp::Reverse(members.len()));
        components
    }

    /// The part of the graph with the given nodes (ascending), renumbered in their order.
    pub(super) fn part(&self, nodes: &[u32]) -> Self {
        let mut place = vec![u32::MAX; self.len()];
        for (position, &node) in nodes.iter().enumerate() {
            place[node as usize] = position as u32;
        }
        Self {
            radii: nodes.iter().map(|&node| self.radii[node as usize]).collect(),
            edges: self
                .edges
                .iter()
                .map(|&(a, b, weight)| (place[a as usize], place[b as usize], weight))
                .filter(|&(a, b, _)| a != u32::MAX && b != u32::MAX)
                .collect(),
        }
    }
}
