//! The ties as a graph: who is central, who belongs together, and what leads from one to another.

mod centrality;
mod leiden;
mod measures;
mod paths;

pub use measures::{Measure, Measures, matched};
pub use paths::{reach, shortest_path};

use super::Ties;
use crate::model::PartyId;

/// Parties and ties as lists of neighbours.
#[derive(Clone, Debug, Default)]
pub struct TieGraph {
    /// The party of each node, ascending.
    parties: Vec<PartyId>,
    /// The node of each party by its id; `u32::MAX` for those without engagements.
    node_of: Vec<u32>,
    /// Where the neighbours of each node begin.
    starts: Vec<u32>,
    /// The neighbours of all nodes, each with the weight of the tie; ascending within a node.
    links: Vec<(u32, f64)>,
}

impl TieGraph {
    /// The graph of all parties that take part in any engagement.
    #[must_use]
    pub fn new(ties: &Ties) -> Self {
        let mut node_of = vec![u32::MAX; ties.engagements.len()];
        let mut parties = Vec::new();
        for (party, count) in ties.engagements.iter().enumerate() {
            if *count > 0 {
                node_of[party] = parties.len() as u32;
                parties.push(PartyId::at(party));
            }
        }
        let edges = ties.ties.iter().filter_map(|tie| {
            let node = |party: PartyId| {
                node_of.get(party.index()).copied().filter(|node| *node != u32::MAX)
            };
            Some((node(tie.a)?, node(tie.b)?, tie.weight))
        });
        let (starts, links) = adjacency(parties.len(), edges);
        Self { parties, node_of, starts, links }
    }

    /// How many parties there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parties.len()
    }

    /// Whether there is no party.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parties.is_empty()
    }

    /// The node of a party, if it takes part in anything.
    #[must_use]
    pub fn node(&self, party: PartyId) -> Option<usize> {
        let node = *self.node_of.get(party.index())?;
        (node != u32::MAX).then_some(node as usize)
    }

    /// The party of a node.
    fn party(&self, node: usize) -> PartyId {
        self.parties[node]
    }

    /// The neighbours of a node with the weights of their ties.
    fn links(&self, node: usize) -> &[(u32, f64)] {
        &self.links[self.starts[node] as usize..self.starts[node + 1] as usize]
    }
}

/// Lists of neighbours from edges, each of which is given once.
fn adjacency(
    nodes: usize,
    edges: impl Iterator<Item = (u32, u32, f64)> + Clone,
) -> (Vec<u32>, Vec<(u32, f64)>) {
    let mut starts = vec![0_u32; nodes + 1];
    for (a, b, _) in edges.clone() {
        starts[a as usize + 1] += 1;
        starts[b as usize + 1] += 1;
    }
    for at in 0..nodes {
        starts[at + 1] += starts[at];
    }
    let mut next = starts.clone();
    let mut links = vec![(0, 0.0); starts.last().copied().unwrap_or(0) as usize];
    for (a, b, weight) in edges {
        for (from, to) in [(a, b), (b, a)] {
            let at = &mut next[from as usize];
            links[*at as usize] = (to, weight);
            *at += 1;
        }
    }
    for node in 0..nodes {
        links[starts[node] as usize..starts[node + 1] as usize].sort_unstable_by_key(|link| link.0);
    }
    (starts, links)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::query::Tie;

    /// A graph of so many parties with the given ties.
    pub fn graph(parties: u32, ties: &[(u32, u32, f64)]) -> TieGraph {
        TieGraph::new(&ties_of(parties, ties))
    }

    /// The ties themselves.
    pub fn ties_of(parties: u32, ties: &[(u32, u32, f64)]) -> Ties {
        let tie = |&(a, b, weight): &(u32, u32, f64)| Tie {
            a: PartyId(a.min(b)),
            b: PartyId(a.max(b)),
            weight,
            engagements: 1,
            forth: 0,
            back: 0,
        };
        let mut ties: Vec<Tie> = ties.iter().map(tie).collect();
        ties.sort_by_key(|tie| (tie.a, tie.b));
        Ties { ties: ties.into(), engagements: vec![1; parties as usize], ..Ties::default() }
    }
}
