//! The edges of a network file: one for each pair that engaged, one for each formal partnership of
//! a pair.

use std::collections::BTreeMap;

use super::NetworkLook;
use super::spells::{self, Spell};
use crate::model::{Dataset, PartyId};

/// An edge to be written.
pub(super) struct Edge {
    pub(super) a: PartyId,
    pub(super) b: PartyId,
    /// `engagement` or `partnership`.
    pub(super) kind: &'static str,
    /// The same with a number for a second partnership of the same pair, and so on: Gephi makes one
    /// edge of those of one kind and adds up their weights.
    pub(super) tells_apart: String,
    pub(super) label: String,
    /// 1/(n−1) for each shared engagement of n parties (Newman 2001); 1 for a partnership.
    pub(super) weight: f64,
    /// How many engagements they share; 0 for a partnership.
    pub(super) engagements: usize,
    /// The level of a partnership, as its source writes it; the latest.
    pub(super) level: String,
    pub(super) spells: Vec<Spell>,
}

/// What is written of a party besides its name.
#[derive(Clone, Default)]
pub(super) struct Node {
    pub(super) engagements: usize,
    pub(super) spells: Vec<Spell>,
}

/// The nodes, by party, and the edges, in a fixed order.
pub(super) fn network(dataset: &Dataset, look: &NetworkLook) -> (Vec<Node>, Vec<Edge>) {
    let mut nodes = vec![Node::default(); dataset.parties().len()];
    let mut meetings: Vec<(u32, u32, u32, f64)> = Vec::new();
    let mut days = Vec::new();
    let mut when = Vec::with_capacity(dataset.engagements().len());
    for (row, engagement) in (0_u32..).zip(dataset.engagements()) {
        days.clear();
        spells::of_engagement(engagement, &mut days);
        when.push(days.clone());
        let mut parties: Vec<u32> =
            engagement.participants.iter().map(|participant| participant.party.0).collect();
        parties.sort_unstable();
        parties.dedup();
        let weight = 1.0 / (parties.len().max(2) - 1) as f64;
        for (at, &a) in parties.iter().enumerate() {
            let node = &mut nodes[a as usize];
            node.engagements += 1;
            node.spells.extend_from_slice(&days);
            meetings.extend(parties[at + 1..].iter().map(|&b| (a, b, row, weight)));
        }
    }
    for node in &mut nodes {
        spells::merge(&mut node.spells);
    }
    meetings.sort_unstable_by_key(|&(a, b, row, _)| (a, b, row));
    let mut edges = Vec::new();
    for pair in meetings.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
        let mut spells: Vec<Spell> =
            pair.iter().flat_map(|meeting| &when[meeting.2 as usize]).copied().collect();
        spells::merge(&mut spells);
        let label = match pair.len() {
            1 => "1 engagement".to_owned(),
            many => format!("{many} engagements"),
        };
        edges.push(Edge {
            a: PartyId(pair[0].0),
            b: PartyId(pair[0].1),
            kind: "engagement",
            tells_apart: "engagement".to_owned(),
            label,
            weight: pair.iter().map(|meeting| meeting.3).sum(),
            engagements: pair.len(),
            level: String::new(),
            spells,
        });
    }
    let mut partnerships: BTreeMap<(PartyId, PartyId), u32> = BTreeMap::new();
    for &(id, a, b) in &look.formal {
        let partnership = dataset.partnership(id);
        let mut spells = Vec::new();
        if let Some(since) = &partnership.since {
            // It goes on, as far as anybody says.
            spells.push((since.span().earliest_start.or_min().0, i32::MAX));
            spells.retain(|&(from, _)| from != i32::MIN);
        }
        let level = partnership.levels.last().map(|level| level.label.to_string());
        edges.push(Edge {
            a,
            b,
            kind: "partnership",
            tells_apart: match partnerships.entry((a.min(b), a.max(b))).or_default() {
                0 => "partnership".to_owned(),
                before => format!("partnership {}", *before + 1),
            },
            label: partnership.label().to_owned(),
            weight: 1.0,
            engagements: 0,
            level: level.unwrap_or_default(),
            spells,
        });
        *partnerships.entry((a.min(b), a.max(b))).or_default() += 1;
    }
    (nodes, edges)
}
