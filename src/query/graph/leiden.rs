//! Communities: parties that engage with each other more than with others.

use super::{TieGraph, adjacency};
use crate::formats::generate::random::Random;

/// What the order in which parties are looked at starts from.
const SEED: u64 = 1;
/// Rounds after which the search ends even if something still moves.
const ROUNDS: usize = 8;
/// A gain smaller than this is none.
const LEAST: f64 = 1e-10;

/// A weighted graph whose nodes may stand for several parties.
struct Level {
    starts: Vec<u32>,
    links: Vec<(u32, f64)>,
    /// The weight of all ties of what a node stands for, those within it twice.
    strength: Vec<f64>,
}

impl Level {
    fn len(&self) -> usize {
        self.strength.len()
    }

    fn links(&self, node: usize) -> &[(u32, f64)] {
        &self.links[self.starts[node] as usize..self.starts[node + 1] as usize]
    }
}

/// The weights between one node and the communities around it.
struct Around {
    weight: Vec<f64>,
    touched: Vec<u32>,
}

impl Around {
    fn new(communities: usize) -> Self {
        Self { weight: vec![0.0; communities], touched: Vec::new() }
    }

    fn add(&mut self, community: u32, weight: f64) {
        if self.weight[community as usize] == 0.0 {
            self.touched.push(community);
        }
        self.weight[community as usize] += weight;
    }

    fn clear(&mut self) {
        for community in self.touched.drain(..) {
            self.weight[community as usize] = 0.0;
        }
    }
}

/// The community of each node: number 0 is the largest. Maximises modularity by the Leiden
/// algorithm (Traag, Waltman and van Eck 2019, "From Louvain to Leiden: guaranteeing well-connected
/// communities"); where that draws by lot among possible mergers, the best one is taken. `None` when
/// `go` says to stop.
pub(super) fn communities(graph: &TieGraph, go: &dyn Fn() -> bool) -> Option<Vec<u32>> {
    let nodes = graph.len();
    let links: Vec<(u32, f64)> =
        (0..nodes).flat_map(|node| graph.links(node).iter().copied()).collect();
    let strength: Vec<f64> =
        (0..nodes).map(|node| graph.links(node).iter().map(|link| link.1).sum()).collect();
    let total: f64 = strength.iter().sum();
    let mut found: Vec<u32> = (0..nodes as u32).collect();
    if total > 0.0 {
        let mut random = Random::new(SEED, 0);
        let whole = Level { starts: graph.starts.clone(), links, strength };
        for _ in 0..ROUNDS {
            let before = found.clone();
            found = round(&whole, before.clone(), total, &mut random, go)?;
            if found == before {
                break;
            }
        }
    }
    Some(by_size(&found))
}

/// One round over a graph and what it is drawn together to: moves nodes, refines the communities,
/// and goes on with the refined ones as nodes.
fn round(
    whole: &Level,
    start: Vec<u32>,
    total: f64,
    random: &mut Random,
    go: &dyn Fn() -> bool,
) -> Option<Vec<u32>> {
    // Which node of the present level each node of the whole graph is in.
    let mut node_of: Vec<u32> = (0..whole.len() as u32).collect();
    let mut owned: Option<Level> = None;
    let mut community = start;
    loop {
        if !go() {
            return None;
        }
        let level = owned.as_ref().unwrap_or(whole);
        shift(level, &mut community, total, random);
        let refined = refine(level, &community, total, random);
        let count = refined.iter().copied().max().map_or(0, |most| most as usize + 1);
        if count == level.len() {
            break;
        }
        let (next, of) = together(level, &refined, count);
        let mut outer = vec![0; count];
        for (node, part) in of.iter().enumerate() {
            outer[*part as usize] = community[node];
        }
        for node in &mut node_of {
            *node = of[*node as usize];
        }
        community = dense(&outer);
        owned = Some(next);
    }
    Some(dense(&node_of.iter().map(|node| community[*node as usize]).collect::<Vec<_>>()))
}

/// Moves each node to the community around it that gains most, until none gains.
fn shift(level: &Level, community: &mut [u32], total: f64, random: &mut Random) {
    let nodes = level.len();
    let mut strength = vec![0.0; nodes];
    let mut size = vec![0_u32; nodes];
    for (node, of) in community.iter().enumerate() {
        strength[*of as usize] += level.strength[node];
        size[*of as usize] += 1;
    }
    let mut empty: Vec<u32> =
        (0..nodes as u32).rev().filter(|of| size[*of as usize] == 0).collect();
    let mut queue: std::collections::VecDeque<u32> = shuffled(nodes, random).into();
    let mut waiting = vec![true; nodes];
    let mut around = Around::new(nodes);
    while let Some(node) = queue.pop_front() {
        let node = node as usize;
        waiting[node] = false;
        let (own, weight) = (community[node], level.strength[node]);
        strength[own as usize] -= weight;
        size[own as usize] -= 1;
        for &(other, tie) in level.links(node) {
            around.add(community[other as usize], tie);
        }
        let gain = |of: u32, tied: f64| tied - weight * strength[of as usize] / total;
        let mut best = (gain(own, around.weight[own as usize]), own);
        around.touched.sort_unstable();
        for &of in &around.touched {
            let value = gain(of, around.weight[of as usize]);
            if value > best.0 + LEAST {
                best = (value, of);
            }
        }
        // By itself it gains nothing and loses nothing.
        if best.0 < -LEAST
            && let Some(&alone) = empty.last()
        {
            best = (0.0, alone);
        }
        around.clear();
        let to = best.1;
        if size[to as usize] == 0 && empty.last() == Some(&to) {
            empty.pop();
        }
        if to != own && size[own as usize] == 0 {
            empty.push(own);
        }
        strength[to as usize] += weight;
        size[to as usize] += 1;
        if to != own {
            community[node] = to;
            for &(other, _) in level.links(node) {
                if community[other as usize] != to && !waiting[other as usize] {
                    waiting[other as usize] = true;
                    queue.push_back(other);
                }
            }
        }
    }
}

/// Builds each community up from single nodes, so that what is in one part hangs together.
fn refine(level: &Level, community: &[u32], total: f64, random: &mut Random) -> Vec<u32> {
    let nodes = level.len();
    let mut outer = vec![0.0; nodes];
    for (node, of) in community.iter().enumerate() {
        outer[*of as usize] += level.strength[node];
    }
    let mut part: Vec<u32> = (0..nodes as u32).collect();
    let mut strength = level.strength.clone();
    let mut size = vec![1_u32; nodes];
    // The weight between each part and the rest of its community.
    let mut outside: Vec<f64> = (0..nodes)
        .map(|node| {
            let same = |link: &&(u32, f64)| community[link.0 as usize] == community[node];
            level.links(node).iter().filter(same).map(|link| link.1).sum()
        })
        .collect();
    let tied_well = |out: f64, own: f64, all: f64| out + LEAST >= own * (all - own) / total;
    let mut around = Around::new(nodes);
    for node in shuffled(nodes, random) {
        let node = node as usize;
        let all = outer[community[node] as usize];
        if size[part[node] as usize] != 1 || !tied_well(outside[node], level.strength[node], all) {
            continue;
        }
        for &(other, tie) in level.links(node) {
            if community[other as usize] == community[node] {
                around.add(part[other as usize], tie);
            }
        }
        around.touched.sort_unstable();
        let mut best: Option<(f64, u32)> = None;
        for &of in &around.touched {
            let at = of as usize;
            let value = around.weight[at] - level.strength[node] * strength[at] / total;
            if value > best.map_or(LEAST, |best| best.0 + LEAST)
                && tied_well(outside[at], strength[at], all)
            {
                best = Some((value, of));
            }
        }
        if let Some((_, to)) = best {
            let (from, to, tied) = (part[node] as usize, to as usize, around.weight[to as usize]);
            outside[to] += outside[from] - 2.0 * tied;
            strength[to] += level.strength[node];
            size[to] += 1;
            size[from] = 0;
            part[node] = to as u32;
        }
        around.clear();
    }
    dense(&part)
}

/// The graph whose nodes are the parts, and the part of each node.
fn together(level: &Level, part: &[u32], count: usize) -> (Level, Vec<u32>) {
    let mut strength = vec![0.0; count];
    let mut edges: Vec<(u32, u32, f64)> = Vec::new();
    for node in 0..level.len() {
        let a = part[node];
        strength[a as usize] += level.strength[node];
        for &(other, weight) in level.links(node) {
            let b = part[other as usize];
            if a < b {
                edges.push((a, b, weight));
            }
        }
    }
    edges.sort_by_key(|&(a, b, _)| (a, b));
    edges.dedup_by(|later, kept| {
        let same = (later.0, later.1) == (kept.0, kept.1);
        if same {
            kept.2 += later.2;
        }
        same
    });
    let (starts, links) = adjacency(count, edges.into_iter());
    (Level { starts, links, strength }, part.to_vec())
}

fn shuffled(count: usize, random: &mut Random) -> Vec<u32> {
    let mut order: Vec<u32> = (0..count as u32).collect();
    for last in (1..count).rev() {
        order.swap(last, random.below(last as u64 + 1) as usize);
    }
    order
}

/// The same groups, numbered from 0 in the order of appearance.
fn dense(of: &[u32]) -> Vec<u32> {
    let most = of.iter().copied().max().map_or(0, |most| most as usize + 1);
    let mut number = vec![u32::MAX; most];
    let mut next = 0;
    of.iter()
        .map(|group| {
            let number = &mut number[*group as usize];
            if *number == u32::MAX {
                *number = next;
                next += 1;
            }
            *number
        })
        .collect()
}

/// The same groups, numbered from the largest on; of equal ones, that of the first node first.
fn by_size(of: &[u32]) -> Vec<u32> {
    let groups = dense(of);
    let count = groups.iter().copied().max().map_or(0, |most| most as usize + 1);
    let mut sizes = vec![0_u32; count];
    groups.iter().for_each(|group| sizes[*group as usize] += 1);
    let mut order: Vec<u32> = (0..count as u32).collect();
    order.sort_by_key(|group| (std::cmp::Reverse(sizes[*group as usize]), *group));
    let mut rank = vec![0; count];
    for (at, group) in order.iter().enumerate() {
        rank[*group as usize] = at as u32;
    }
    groups.iter().map(|group| rank[*group as usize]).collect()
}

/// The modularity of a division (Newman and Girvan 2004), from −1/2 to 1.
#[cfg(test)]
pub fn modularity(graph: &TieGraph, community: &[u32]) -> f64 {
    let strength = |node: usize| graph.links(node).iter().map(|link| link.1).sum::<f64>();
    let total: f64 = (0..graph.len()).map(strength).sum();
    let mut sums = vec![0.0; graph.len()];
    let mut inner = 0.0;
    for node in 0..graph.len() {
        sums[community[node] as usize] += strength(node);
        for &(other, weight) in graph.links(node) {
            if community[other as usize] == community[node] {
                inner += weight;
            }
        }
    }
    inner / total - sums.iter().map(|sum| (sum / total) * (sum / total)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{super::tests::graph, *};

    fn found(graph: &TieGraph) -> Vec<u32> {
        communities(graph, &|| true).unwrap()
    }

    /// Rings of cliques: so many cliques of so many parties, neighbouring ones joined by one tie.
    fn cliques(count: u32, size: u32) -> TieGraph {
        let mut ties = Vec::new();
        for clique in 0..count {
            let first = clique * size;
            for a in 0..size {
                for b in a + 1..size {
                    ties.push((first + a, first + b, 1.0));
                }
            }
            ties.push((first, (first + size + 1) % (count * size), 0.5));
        }
        graph(count * size, &ties)
    }

    #[test]
    fn cliques_are_found() {
        let graph = cliques(6, 5);
        let found = found(&graph);
        for party in 0..30 {
            assert_eq!(found[party], found[party / 5 * 5], "{found:?}");
        }
        assert_eq!(found.iter().max(), Some(&5));
        assert!(modularity(&graph, &found) > 0.7);
    }

    #[test]
    fn those_without_ties_are_alone_and_an_empty_graph_has_none() {
        assert_eq!(found(&graph(3, &[])), [0, 1, 2]);
        assert!(found(&TieGraph::default()).is_empty());
        assert_eq!(communities(&cliques(2, 3), &|| false), None);
    }

    proptest! {
        #[test]
        fn communities_hang_together_and_beat_the_undivided_whole(
            edges in prop::collection::btree_map((0_u32..24, 0_u32..24), 1_u32..5, 1..80)
        ) {
            let edges: Vec<(u32, u32, f64)> = edges
                .into_iter()
                .filter(|((a, b), _)| a < b)
                .map(|((a, b), weight)| (a, b, f64::from(weight)))
                .collect();
            let graph = graph(24, &edges);
            let found = found(&graph);
            prop_assert_eq!(&found, &communities(&graph, &|| true).unwrap());
            if !edges.is_empty() {
                prop_assert!(modularity(&graph, &found) >= modularity(&graph, &[0; 24]) - 1e-9);
            }
            // From the first of each community all others are reached within it.
            for group in 0..=*found.iter().max().unwrap() {
                let members: Vec<usize> = (0..24).filter(|node| found[*node] == group).collect();
                let mut reached = vec![members[0]];
                let mut at = 0;
                while at < reached.len() {
                    for &(other, _) in graph.links(reached[at]) {
                        let other = other as usize;
                        if found[other] == group && !reached.contains(&other) {
                            reached.push(other);
                        }
                    }
                    at += 1;
                }
                reached.sort_unstable();
                prop_assert_eq!(reached, members);
            }
        }
    }
}
