//! What is measured of each party: how central it is, and to which community it belongs.

use std::collections::BTreeMap;

use super::{TieGraph, centrality, leiden};
use crate::{model::PartyId, query::Ties};

/// A measure of how much a party matters.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// In how many engagements it takes part.
    #[default]
    Engagements,
    /// With how many parties it has a tie.
    Degree,
    /// The weight of its ties.
    Strength,
    /// The share of the shortest ways between others that lead through it.
    Betweenness,
    /// How often one comes by when following ties at random.
    PageRank,
}

impl Measure {
    /// All values, in the order in which a reader should see them.
    pub const ALL: [Self; 5] =
        [Self::Engagements, Self::Degree, Self::Strength, Self::Betweenness, Self::PageRank];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Engagements => "Engagements",
            Self::Degree => "Degree",
            Self::Strength => "Weighted degree",
            Self::Betweenness => "Betweenness",
            Self::PageRank => "PageRank",
        }
    }

    /// What it says, in a phrase.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Engagements => "in how many engagements it takes part",
            Self::Degree => "with how many parties it has a tie",
            Self::Strength => "the weight of all its ties",
            Self::Betweenness => {
                "the share of the shortest ways between others that lead through it"
            }
            Self::PageRank => "how often one comes by when following ties at random",
        }
    }

    /// Whether it takes more than a look at the ties.
    #[must_use]
    pub const fn is_heavy(self) -> bool {
        matches!(self, Self::Betweenness | Self::PageRank)
    }
}

/// All measures of all parties among some ties.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures {
    /// With how many parties each party has a tie, by id.
    pub degree: Vec<u32>,
    /// The weight of its ties, by id.
    pub strength: Vec<f64>,
    /// Its betweenness, from 0 to 1, by id.
    pub betweenness: Vec<f64>,
    /// Its PageRank, adding up to 1, by id.
    pub page_rank: Vec<f64>,
    /// Its community, by id; `u32::MAX` for parties without engagements.
    pub community: Vec<u32>,
    /// From the ways of how many parties betweenness is estimated; `None` where it is exact.
    pub sampled: Option<u32>,
}

impl Measures {
    /// Measures all parties. `None` when `go` says to stop.
    #[must_use]
    pub fn new(ties: &Ties, go: &(dyn Fn() -> bool + Sync)) -> Option<Self> {
        let graph = TieGraph::new(ties);
        let community = leiden::communities(&graph, &|| go())?;
        let (betweenness, sampled) = centrality::betweenness(&graph, go)?;
        let ranks = centrality::page_rank(&graph);
        let by_party = |values: &[f64]| {
            let mut out = vec![0.0; ties.engagements.len()];
            values.iter().enumerate().for_each(|(node, value)| {
                out[graph.party(node).index()] = *value;
            });
            out
        };
        let (mut degree, mut strength) =
            (vec![0; ties.engagements.len()], vec![0.0; ties.engagements.len()]);
        let mut communities = vec![u32::MAX; ties.engagements.len()];
        for (node, &community) in community.iter().enumerate() {
            let party = graph.party(node).index();
            degree[party] = graph.links(node).len() as u32;
            // A sum of nothing would be a negative zero.
            strength[party] = graph.links(node).iter().map(|link| link.1).fold(0.0, |a, b| a + b);
            communities[party] = community;
        }
        Some(Self {
            degree,
            strength,
            betweenness: by_party(&betweenness),
            page_rank: by_party(&ranks),
            community: communities,
            sampled,
        })
    }

    /// The community of each party by id, as in [`Measures::community`], and nothing else.
    #[must_use]
    pub fn communities_of(ties: &Ties, go: &(dyn Fn() -> bool + Sync)) -> Option<Vec<u32>> {
        let graph = TieGraph::new(ties);
        let found = leiden::communities(&graph, &|| go())?;
        let mut communities = vec![u32::MAX; ties.engagements.len()];
        for (node, community) in found.into_iter().enumerate() {
            communities[graph.party(node).index()] = community;
        }
        Some(communities)
    }

    /// Whether measuring takes no longer than a part of a frame.
    #[must_use]
    pub fn is_quick(ties: &Ties) -> bool {
        ties.parties() * (ties.ties.len() + 1) <= 400_000
    }

    /// A measure of a party.
    #[must_use]
    pub fn of(&self, measure: Measure, ties: &Ties, party: PartyId) -> f64 {
        let at = party.index();
        let pick = |values: &[f64]| values.get(at).copied().unwrap_or(0.0);
        match measure {
            Measure::Engagements => ties.engagements.get(at).map_or(0.0, |count| f64::from(*count)),
            Measure::Degree => self.degree.get(at).map_or(0.0, |count| f64::from(*count)),
            Measure::Strength => pick(&self.strength),
            Measure::Betweenness => pick(&self.betweenness),
            Measure::PageRank => pick(&self.page_rank),
        }
    }

    /// How many communities there are of two parties and more, and how many parties are in none.
    #[must_use]
    pub fn communities(&self) -> (usize, usize) {
        let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
        for community in self.community.iter().filter(|community| **community != u32::MAX) {
            *sizes.entry(*community).or_default() += 1;
        }
        let alone = sizes.values().filter(|size| **size == 1).count();
        (sizes.len() - alone, alone)
    }
}

/// The communities of a part, numbered as those of the whole: each takes the number of the one with
/// which it shares most parties, the largest overlap first; what is left over is numbered on. So a
/// community keeps its colour while a window moves.
#[must_use]
pub fn matched(part: &[u32], whole: &[u32]) -> Vec<u32> {
    let mut shared: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for (own, other) in part.iter().zip(whole) {
        if *own != u32::MAX && *other != u32::MAX {
            *shared.entry((*own, *other)).or_default() += 1;
        }
    }
    let mut overlaps: Vec<((u32, u32), u32)> = shared.into_iter().collect();
    overlaps.sort_by_key(|(pair, count)| (std::cmp::Reverse(*count), *pair));
    let mut number: BTreeMap<u32, u32> = BTreeMap::new();
    let mut taken = std::collections::BTreeSet::new();
    for ((own, other), _) in overlaps {
        if !number.contains_key(&own) && taken.insert(other) {
            number.insert(own, other);
        }
    }
    let known = |values: &[u32]| values.iter().copied().filter(|value| *value != u32::MAX).max();
    let mut next = known(whole).map_or(0, |most| most + 1);
    let mut own: Vec<u32> = part.iter().copied().filter(|own| *own != u32::MAX).collect();
    own.sort_unstable();
    own.dedup();
    for one in own {
        number.entry(one).or_insert_with(|| {
            next += 1;
            next - 1
        });
    }
    part.iter().map(|own| number.get(own).copied().unwrap_or(u32::MAX)).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::tests::ties_of, *};

    #[test]
    fn measures_stand_by_party() {
        let mut ties = ties_of(4, &[(0, 3, 2.0), (3, 2, 1.0)]);
        ties.engagements[1] = 0;
        let measures = Measures::new(&ties, &|| true).unwrap();
        assert_eq!(measures.degree, [1, 0, 1, 2]);
        assert_eq!(measures.strength, [2.0, 0.0, 1.0, 3.0]);
        assert_eq!(measures.betweenness, [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(measures.community, [0, u32::MAX, 0, 0]);
        assert_eq!(measures.communities(), (1, 0));
        assert_eq!(measures.of(Measure::Degree, &ties, PartyId(3)), 2.0);
    }

    #[test]
    fn communities_of_a_window_keep_the_numbers_of_the_whole() {
        let none = u32::MAX;
        let whole = [0, 0, 0, 1, 1, 2, 2];
        assert_eq!(matched(&[1, 1, none, 0, 0, 0, none], &whole), [0, 0, none, 1, 1, 1, none]);
        // A community that has fallen apart keeps its number where most of it is.
        assert_eq!(matched(&[0, 0, 1, none, none, 2, 2], &whole), [0, 0, 3, none, none, 2, 2]);
    }
}
