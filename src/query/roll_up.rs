//! At what level parties are counted: each by itself, or persons under bodies under states.

use crate::model::{Dataset, PartyId, PartyKind};

/// The level at which parties are drawn and counted.
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
pub enum TieLevel {
    /// Each party by itself, as the data name it.
    #[default]
    Named,
    /// Persons count as the body in which they hold an office.
    Body,
    /// Persons, bodies, provinces and groups count as their state or organisation.
    State,
}

impl TieLevel {
    /// All values, from the finest to the coarsest.
    pub const ALL: [Self; 3] = [Self::Named, Self::Body, Self::State];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Named => "As named",
            Self::Body => "Body",
            Self::State => "State",
        }
    }
}

/// Steps upwards after which a search for a state gives up: files may contain circles, and nobody
/// belongs to anybody over more than a few steps.
const STEPS: usize = 8;

/// Who counts as whom at a level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RollUp {
    level: TieLevel,
    /// By party; empty where each counts as itself.
    nodes: Vec<PartyId>,
}

impl RollUp {
    /// Each party by itself.
    #[must_use]
    pub fn named() -> Self {
        Self::default()
    }

    /// Finds for each party of a dataset whom it counts as.
    ///
    /// The way up follows `part_of`, then the offices held, then the state in which the seat
    /// lies; a party from which no way leads up counts as itself.
    #[must_use]
    pub fn new(dataset: &Dataset, level: TieLevel) -> Self {
        let parties = || (0..dataset.parties().len()).map(PartyId::at);
        let nodes = match level {
            TieLevel::Named => Vec::new(),
            TieLevel::Body => parties().map(|party| body(dataset, party)).collect(),
            TieLevel::State => parties().map(|party| owner(dataset, party)).collect(),
        };
        Self { level, nodes }
    }

    /// The level.
    #[must_use]
    pub const fn level(&self) -> TieLevel {
        self.level
    }

    /// Whom a party counts as.
    #[must_use]
    pub fn node(&self, party: PartyId) -> PartyId {
        self.nodes.get(party.index()).copied().unwrap_or(party)
    }

    /// Whether each party counts as itself.
    #[must_use]
    pub fn is_named(&self) -> bool {
        self.nodes.is_empty()
    }
}

/// The state or organisation that a party belongs to: itself, or the first that is found upwards;
/// the party itself where none is found.
#[must_use]
pub fn owner(dataset: &Dataset, party: PartyId) -> PartyId {
    climb(dataset, party, |kind| matches!(kind, PartyKind::State | PartyKind::Organisation))
        .unwrap_or(party)
}

/// The body as which a person or a group counts: that in which the first office is held that is
/// held in a body, otherwise the first party upwards that is no person.
fn body(dataset: &Dataset, party: PartyId) -> PartyId {
    let of = dataset.party(party);
    if !matches!(of.kind, PartyKind::Person | PartyKind::Group | PartyKind::Unsaid) {
        return party;
    }
    let kind = |id: &PartyId| dataset.party(*id).kind;
    let within = of.offices.iter().filter_map(|office| office.of);
    let mut bodies = within.chain(of.part_of.iter().copied());
    bodies
        .find(|id| kind(id) == PartyKind::Body)
        .or_else(|| {
            climb(dataset, party, |kind| kind != PartyKind::Person && kind != PartyKind::Group)
        })
        .unwrap_or(party)
}

/// The first party on the way up, this one included, whose kind is wanted.
fn climb(dataset: &Dataset, party: PartyId, wanted: impl Fn(PartyKind) -> bool) -> Option<PartyId> {
    let mut at = party;
    for _ in 0..STEPS {
        let of = dataset.party(at);
        if wanted(of.kind) {
            return Some(at);
        }
        at = of
            .part_of
            .first()
            .copied()
            .or_else(|| of.offices.iter().find_map(|office| office.of))
            .or_else(|| dataset.place(of.seat?).state)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Citation, DatasetParts, Office, Party};

    fn dataset() -> Dataset {
        let party = |key: &str, kind, part_of: &[u32], office: Option<u32>| Party {
            key: key.into(),
            name: key.into(),
            kind,
            part_of: part_of.iter().map(|id| PartyId(*id)).collect(),
            offices: office
                .map(|of| Office {
                    title: "Minister".into(),
                    of: Some(PartyId(of)),
                    term: None,
                    citation: Citation::default(),
                })
                .into_iter()
                .collect(),
            ..Party::default()
        };
        let parts = DatasetParts {
            parties: vec![
                party("union", PartyKind::Organisation, &[], None),
                party("state", PartyKind::State, &[0], None),
                party("ministry", PartyKind::Body, &[1], None),
                party("minister", PartyKind::Person, &[1], Some(2)),
                party("king", PartyKind::Person, &[1], Some(1)),
                party("wanderer", PartyKind::Person, &[], None),
                party("province", PartyKind::Province, &[1], None),
                party("officials", PartyKind::Group, &[2], None),
                party("hen", PartyKind::Group, &[9], None),
                party("egg", PartyKind::Group, &[8], None),
            ],
            ..DatasetParts::default()
        };
        Dataset::new(parts).unwrap()
    }

    #[test]
    fn each_counts_as_the_first_of_its_level_upwards_or_as_itself() {
        let dataset = dataset();
        let nodes = |level| {
            let roll_up = RollUp::new(&dataset, level);
            (0..10).map(|id| roll_up.node(PartyId(id)).0).collect::<Vec<_>>()
        };
        assert_eq!(nodes(TieLevel::Named), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(nodes(TieLevel::Body), [0, 1, 2, 2, 1, 5, 6, 2, 8, 9]);
        assert_eq!(nodes(TieLevel::State), [0, 1, 1, 1, 1, 5, 1, 1, 8, 9]);
    }

    #[test]
    fn whom_parties_count_as_counts_as_itself() {
        let dataset = dataset();
        for level in TieLevel::ALL {
            let roll_up = RollUp::new(&dataset, level);
            for id in (0..10).map(PartyId) {
                let node = roll_up.node(id);
                assert_eq!(roll_up.node(node), node, "{level:?}");
            }
        }
    }
}
