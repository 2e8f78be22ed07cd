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
    /// Engagements with parties of the state of the place alone.
    pub domestic: u32,
}

/// Counts the flows among rows. An engagement counts once for each state that a party of it is
/// from, except for the state in which it took place.
#[must_use]
pub fn flows(columns: &Columns, rows: &[u32], homes: &Homes) -> Flows {
    let mut counts: FxHashMap<(Home, PartyId), u32> = FxHashMap::default();
    let mut out = Flows::default();
    let mut from: Vec<Home> = Vec::new();
    for &row in rows {
        let row = row as usize;
        let Some(to) = homes.places.get(columns.place[row] as usize).copied().flatten() else {
            out.nowhere += 1;
            continue;
        };
        from.clear();
        for party in columns.parties.row(row) {
            if let Some(home) = homes.parties.get(*party as usize).copied().flatten()
                && !from.contains(&home)
            {
                from.push(home);
            }
        }
        let here = Home::State(to);
        match from[..] {
            [] => out.homeless += 1,
            [one] if one == here => out.domestic += 1,
            _ => {
                for &home in from.iter().filter(|home| **home != here) {
                    *counts.entry((home, to)).or_default() += 1;
                }
            }
        }
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
                let place = engagement.place.and_then(|place| dataset.place(place).state);
                let Some(to) = place.filter(|to| dataset.party(*to).kind == PartyKind::State)
                else {
                    nowhere += 1;
                    continue;
                };
                let from: BTreeSet<Home> = engagement
                    .participants
                    .iter()
                    .filter_map(|one| homes.parties[one.party.index()])
                    .collect();
                homeless += u32::from(from.is_empty());
                domestic += u32::from(from.len() == 1 && from.contains(&Home::State(to)));
                for home in from.into_iter().filter(|home| *home != Home::State(to)) {
                    *naive.entry((home, to)).or_default() += 1;
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
