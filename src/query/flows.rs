//! Who travels where: engagements by the home state of a party and the state of the place.

use rustc_hash::FxHashMap;

use super::Columns;
use crate::model::{Dataset, PartyId, PartyKind};

/// A state at the end of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Home {
    /// A state of the dataset.
    State(PartyId),
    /// The state that a reader has assumed for persons and bodies of which none is said.
    Assumed,
}

/// To which state each party and each place belongs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Homes {
    parties: Vec<Option<Home>>,
    places: Vec<Option<PartyId>>,
}

/// How far `part_of` is followed; files may contain circles.
const DEEPEST: usize = 8;

impl Homes {
    /// Follows `part_of` upwards to a state. With `assumed`, persons and bodies of which no state
    /// is said get that one: a state of the dataset, or one outside it.
    #[must_use]
    pub fn of(dataset: &Dataset, assumed: Option<Home>) -> Self {
        let state_of = |party: PartyId| {
            let mut at = party;
            for _ in 0..DEEPEST {
                let one = dataset.party(at);
                if one.kind == PartyKind::State {
                    return Some(at);
                }
                at = *one.part_of.first()?;
            }
            None
        };
        let parties = (0..dataset.parties().len())
            .map(PartyId::at)
            .map(|party| {
                let person =
                    matches!(dataset.party(party).kind, PartyKind::Person | PartyKind::Body);
                state_of(party).map(Home::State).or_else(|| assumed.filter(|_| person))
            })
            .collect();
        let places = dataset.places().iter().map(|place| place.state.and_then(state_of)).collect();
        Self { parties, places }
    }
}

/// Engagements in one state with parties from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Where the parties are from.
    pub from: Home,
    /// Where they met.
    pub to: PartyId,
    /// How many engagements.
    pub engagements: u32,
}

/// The flows among some rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flows {
    /// The flows, the largest first; equal ones by states.
    pub flows: Vec<Flow>,
    /// Engagements of which the state of the place is not known.
    pub nowhere: u32,
    /// Engagements of which the place is known, and the state of no party.
    pub homeless: u32,
    /// Engagements of one state with parties of that state alone.
    pub domestic: u32,
}

/// Counts the flows among rows. An engagement counts once for each state that a party of it is
/// from and each state in which it took place, unless they are the same.
#[must_use]
pub fn flows(columns: &Columns, rows: &[u32], homes: &Homes) -> Flows {
    let mut counts: FxHashMap<(Home, PartyId), u32> = FxHashMap::default();
    let mut out = Flows::default();
    let mut from: Vec<Home> = Vec::new();
    let mut to: Vec<PartyId> = Vec::new();
    for &row in rows {
        let row = row as usize;
        to.clear();
        for place in columns.places.row(row) {
            if let Some(state) = homes.places.get(*place as usize).copied().flatten()
                && !to.contains(&state)
            {
                to.push(state);
            }
        }
        if to.is_empty() {
            out.nowhere += 1;
            continue;
        }
        from.clear();
        for party in columns.parties.row(row) {
            if let Some(home) = homes.parties.get(*party as usize).copied().flatten()
                && !from.contains(&home)
            {
                from.push(home);
            }
        }
        if from.is_empty() {
            out.homeless += 1;
            continue;
        }
        let mut abroad = false;
        for &to in &to {
            for &home in from.iter().filter(|home| **home != Home::State(to)) {
                *counts.entry((home, to)).or_default() += 1;
                abroad = true;
            }
        }
        out.domestic += u32::from(!abroad);
    }
    out.flows = counts
        .into_iter()
        .map(|((from, to), engagements)| Flow { from, to, engagements })
        .collect();
    out.flows
        .sort_unstable_by_key(|flow| (std::cmp::Reverse(flow.engagements), flow.from, flow.to));
    out
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::formats::generate::generate;

    #[test]
    fn flows_are_those_of_a_naive_recount() {
        let dataset = generate(800, 3);
        let columns = Columns::new(&dataset);
        let rows: Vec<u32> = (0..columns.len() as u32).filter(|row| row % 3 > 0).collect();
        for assumed in [None, Some(Home::Assumed)] {
            let homes = Homes::of(&dataset, assumed);
            let counted = flows(&columns, &rows, &homes);
            let mut naive: BTreeMap<(Home, PartyId), u32> = BTreeMap::new();
            let (mut nowhere, mut homeless, mut domestic) = (0, 0, 0);
            for &row in &rows {
                let engagement = dataset.engagement(columns.engagement[row as usize]);
                let states = engagement.places.iter().filter_map(|id| dataset.place(id).state);
                let to: BTreeSet<PartyId> =
                    states.filter(|to| dataset.party(*to).kind == PartyKind::State).collect();
                if to.is_empty() {
                    nowhere += 1;
                    continue;
                }
                let from: BTreeSet<Home> = engagement
                    .participants
                    .iter()
                    .filter_map(|one| homes.parties[one.party.index()])
                    .collect();
                homeless += u32::from(from.is_empty());
                let pairs = from.iter().flat_map(|from| to.iter().map(move |to| (*from, *to)));
                let mut pairs = pairs.filter(|(from, to)| *from != Home::State(*to)).peekable();
                domestic += u32::from(!from.is_empty() && pairs.peek().is_none());
                for pair in pairs {
                    *naive.entry(pair).or_default() += 1;
                }
            }
            assert_eq!(
                (counted.nowhere, counted.homeless, counted.domestic),
                (nowhere, homeless, domestic)
            );
            assert_eq!(counted.flows.len(), naive.len());
            for flow in &counted.flows {
                assert_eq!(naive.get(&(flow.from, flow.to)), Some(&flow.engagements));
            }
            assert!(counted.flows.is_sorted_by_key(|flow| std::cmp::Reverse(flow.engagements)));
        }
    }
}
