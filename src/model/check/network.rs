//! A simple temporal network: differences between points of time that have a greatest value.
//!
//! Every statement about time becomes constraints of the form “this is at most so many days after
//! that” (Dechter, Meiri and Pearl, “Temporal constraint networks”, 1991). They are consistent
//! exactly if the graph whose edges they are has no cycle of negative length; shortest paths from
//! and to the origin are the tightest bounds that follow.

/// Farther away than any date and any chain of gaps, and small enough that sums do not overflow.
pub(super) const FAR: i64 = 1_000_000_000_000_000;

/// Gaps longer than this many days are taken as this long; the calendar itself is shorter.
pub(super) const LONGEST: i64 = 1_000_000_000;

/// No statement: what holds by itself, such as a start not being after its end.
pub(super) const ITSELF: u32 = u32::MAX;

/// `to` is at most `most` days after `from`, because of one or two statements.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub from: u32,
    pub to: u32,
    pub most: i64,
    /// The statement that says so, or [`ITSELF`].
    pub by: u32,
    /// A second statement without which it would not follow, or [`ITSELF`].
    pub with: u32,
}

/// Shortest paths over a network: for each node the distance and the edge that it came by.
pub(super) struct Paths {
    /// Distance from the origin, node 0; beyond half of [`FAR`] where nothing bounds it.
    pub distance: Vec<i64>,
    /// The position of the edge by which the distance came, or `u32::MAX`.
    pub came_by: Vec<u32>,
}

impl Paths {
    /// The bound on a node, if there is one.
    pub fn bound(&self, node: usize) -> Option<i64> {
        Some(self.distance[node]).filter(|distance| *distance < FAR / 2)
    }
}

/// Shortest paths from the origin along the edges (`forward`) or against them.
///
/// # Errors
/// The positions of the edges of a negative cycle.
pub(super) fn shortest(nodes: usize, edges: &[Edge], forward: bool) -> Result<Paths, Vec<u32>> {
    let ends = |edge: &Edge| {
        if forward {
            (edge.from as usize, edge.to as usize)
        } else {
            (edge.to as usize, edge.from as usize)
        }
    };
    // Edges grouped by the node that they leave.
    let mut first = vec![0_u32; nodes + 1];
    for edge in edges {
        first[ends(edge).0 + 1] += 1;
    }
    for node in 0..nodes {
        first[node + 1] += first[node];
    }
    let mut fill = first.clone();
    let mut leaving = vec![0_u32; edges.len()];
    for (position, edge) in edges.iter().enumerate() {
        let slot = &mut fill[ends(edge).0];
        leaving[*slot as usize] = position as u32;
        *slot += 1;
    }

    let mut paths = Paths { distance: vec![FAR; nodes], came_by: vec![u32::MAX; nodes] };
    if nodes == 0 {
        return Ok(paths);
    }
    paths.distance[0] = 0;
    let mut queue: std::collections::VecDeque<u32> = (0..nodes as u32).collect();
    let mut queued = vec![true; nodes];
    let mut since_look = 0;
    while let Some(node) = queue.pop_front() {
        let node = node as usize;
        queued[node] = false;
        let here = paths.distance[node];
        for slot in first[node]..first[node + 1] {
            let position = leaving[slot as usize];
            let edge = &edges[position as usize];
            let next = ends(edge).1;
            let distance = here + edge.most;
            if distance >= paths.distance[next] {
                continue;
            }
            paths.distance[next] = distance;
            paths.came_by[next] = position;
            since_look += 1;
            // The way back to the origin is never shorter than standing still, nor is a point
            // before itself.
            if (next == 0 || since_look >= nodes || next == node)
                && let Some(cycle) = cycle(edges, &paths.came_by, forward)
            {
                return Err(cycle);
            }
            if since_look >= nodes {
                since_look = 0;
            }
            if !queued[next] {
                queued[next] = true;
                queue.push_back(next as u32);
            }
        }
    }
    Ok(paths)
}

/// A cycle among the edges by which the nodes were reached; such a cycle is always negative.
fn cycle(edges: &[Edge], came_by: &[u32], forward: bool) -> Option<Vec<u32>> {
    let before = |node: usize| {
        let edge = edges.get(came_by[node] as usize)?;
        Some(if forward { edge.from } else { edge.to } as usize)
    };
    // 0: not looked at; otherwise the round in which it was.
    let mut round = vec![0_u32; came_by.len()];
    for start in 0..came_by.len() {
        let this = start as u32 + 1;
        let mut node = start;
        while round[node] == 0 {
            round[node] = this;
            match before(node) {
                Some(next) => node = next,
                None => break,
            }
        }
        if round[node] == this && came_by[node] != u32::MAX {
            // Either the walk came back to a node of its own round, or it stopped at a root.
            let mut out = Vec::new();
            let mut at = node;
            loop {
                out.push(came_by[at]);
                match before(at) {
                    Some(next) => at = next,
                    None => break,
                }
                if at == node {
                    return Some(out);
                }
            }
        }
    }
    None
}
