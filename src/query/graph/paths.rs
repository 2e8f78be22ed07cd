//! Who is within so many ties of a party, and the shortest way from one party to another.

use std::collections::{BTreeSet, VecDeque};

use super::TieGraph;
use crate::model::PartyId;

/// How many ties each party is away from a center, by party id, up to `depth`; `None` for those
/// farther away. A party that takes part in nothing reaches nobody.
#[must_use]
pub fn reach(graph: &TieGraph, center: PartyId, depth: u8) -> Vec<Option<u8>> {
    let mut away = vec![None; graph.node_of.len()];
    let Some(start) = graph.node(center) else { return away };
    away[center.index()] = Some(0);
    let mut queue = VecDeque::from([(start, 0_u8)]);
    while let Some((node, steps)) = queue.pop_front() {
        if steps == depth {
            continue;
        }
        for &(other, _) in graph.links(node) {
            let at = &mut away[graph.party(other as usize).index()];
            if at.is_none() {
                *at = Some(steps + 1);
                queue.push_back((other as usize, steps + 1));
            }
        }
    }
    away
}

/// The parties on the shortest way from one to another, both included: as few ties as possible,
/// and of equally short ways the one along the strongest ties (the least sum of 1/weight). `None`
/// where no way leads there.
#[must_use]
pub fn shortest_path(graph: &TieGraph, from: PartyId, to: PartyId) -> Option<Vec<PartyId>> {
    let (start, end) = (graph.node(from)?, graph.node(to)?);
    // (steps, cost), compared in this order; cost as bits, which order as positive numbers do.
    let mut best = vec![(u32::MAX, f64::INFINITY); graph.len()];
    let mut before = vec![u32::MAX; graph.len()];
    let mut open = BTreeSet::from([(0_u32, 0_u64, start)]);
    best[start] = (0, 0.0);
    while let Some((steps, cost, node)) = open.pop_first() {
        if node == end {
            break;
        }
        let cost = f64::from_bits(cost);
        for &(other, weight) in graph.links(node) {
            let other = other as usize;
            let way = (steps + 1, cost + 1.0 / weight.max(1e-9));
            let old = best[other];
            if way.0 < old.0 || (way.0 == old.0 && way.1 < old.1) {
                open.remove(&(old.0, old.1.to_bits(), other));
                best[other] = way;
                before[other] = node as u32;
                open.insert((way.0, way.1.to_bits(), other));
            }
        }
    }
    if best[end].0 == u32::MAX {
        return None;
    }
    let mut path = vec![graph.party(end)];
    let mut node = end;
    while node != start {
        node = before[node] as usize;
        path.push(graph.party(node));
    }
    path.reverse();
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::{super::tests::graph, *};

    #[test]
    fn the_way_is_short_first_and_strong_second() {
        let graph = graph(
            6,
            &[
                (0, 1, 9.0),
                (1, 2, 9.0),
                (2, 3, 9.0),
                (0, 4, 1.0),
                (4, 3, 0.1),
                (0, 5, 1.0),
                (5, 3, 1.0),
            ],
        );
        let path = |a, b| shortest_path(&graph, PartyId(a), PartyId(b));
        assert_eq!(path(0, 3), Some(vec![PartyId(0), PartyId(5), PartyId(3)]));
        assert_eq!(path(3, 0), Some(vec![PartyId(3), PartyId(5), PartyId(0)]));
        assert_eq!(path(2, 2), Some(vec![PartyId(2)]));
        assert_eq!(path(0, 77), None);
    }

    #[test]
    fn no_way_leads_to_another_component() {
        let graph = graph(4, &[(0, 1, 1.0), (2, 3, 1.0)]);
        assert_eq!(shortest_path(&graph, PartyId(0), PartyId(3)), None);
        assert_eq!(reach(&graph, PartyId(0), 3), [Some(0), Some(1), None, None]);
    }

    #[test]
    fn reach_ends_at_its_depth() {
        let graph = graph(4, &[(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0)]);
        assert_eq!(reach(&graph, PartyId(0), 2), [Some(0), Some(1), Some(2), None]);
        assert_eq!(reach(&graph, PartyId(9), 2), [None; 4]);
    }
}
