//! At what level parties are counted: each by itself, or persons under bodies under states.

use std::fmt;

use super::{
    Body, Columns, Match,
    members::{Stay, stays},
};
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
#[serde(into = "String", try_from = "String")]
pub enum TieLevel {
    /// Each party by itself, as the data name it.
    #[default]
    Named,
    /// Persons count as the body in which they hold an office.
    Body,
    /// Persons, bodies, provinces and groups count as their state or organisation.
    State,
    /// The same, and states count as a body in the engagements at whose time they were its members:
    /// possibly, or for certain where this is set. The others stay what they are.
    Members(Body, bool),
}

impl TieLevel {
    /// The values without a body, from the finest to the coarsest.
    pub const ALL: [Self; 3] = [Self::Named, Self::Body, Self::State];

    /// How many values there are.
    pub const COUNT: usize = Self::ALL.len() + Body::VALUES;

    /// The place of the value among all; less than [`TieLevel::COUNT`].
    #[must_use]
    pub const fn at(self) -> usize {
        match self {
            Self::Named => 0,
            Self::Body => 1,
            Self::State => 2,
            Self::Members(body, certainly) => Self::ALL.len() + body.value(certainly) as usize,
        }
    }

    /// The same with the question that a filter asks about uncertain dates.
    #[must_use]
    pub fn asked(self, matching: Match) -> Self {
        match self {
            Self::Members(body, _) => Self::Members(body, matching == Match::Certainly),
            level => level,
        }
    }

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Named => "As named",
            Self::Body => "Body",
            Self::State => "State",
            Self::Members(..) => "Members",
        }
    }
}

impl fmt::Display for TieLevel {
    /// As the command line and saved views write it: "state", "ASEAN".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Members(body, _) => f.write_str(body.label()),
            Self::Named => f.write_str("named"),
            Self::Body => f.write_str("body"),
            Self::State => f.write_str("state"),
        }
    }
}

impl From<TieLevel> for String {
    fn from(level: TieLevel) -> Self {
        level.to_string()
    }
}

impl TryFrom<String> for TieLevel {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl std::str::FromStr for TieLevel {
    type Err = String;

    /// Reads what [`fmt::Display`] writes; a body by its name as well.
    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(level) = Self::ALL.into_iter().find(|level| level.to_string() == text) {
            return Ok(level);
        }
        let body = Body::named(text).map(|body| Self::Members(body, false));
        body.ok_or_else(|| {
            let bodies: Vec<&str> = Body::all().map(Body::label).collect();
            format!("“{text}” is none of named, body, state, {}", bodies.join(", "))
        })
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
    /// Whose members count as it, and when.
    body: Option<Members>,
}

/// The members of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Members {
    /// As whom they count.
    node: PartyId,
    /// Whether they have to have been members for certain.
    certainly: bool,
    /// By party the times of its membership.
    stays: Vec<Vec<Stay>>,
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
        let parties = || (0..dataset.party_ids()).map(PartyId::at);
        let mut body = None;
        let nodes = match level {
            TieLevel::Named => Vec::new(),
            TieLevel::Body => parties().map(|party| body_of(dataset, party)).collect(),
            TieLevel::State => parties().map(|party| owner(dataset, party)).collect(),
            TieLevel::Members(of, certainly) => {
                body = of.party(dataset).map(|node| {
                    let mut stays = stays(dataset);
                    stays.iter_mut().for_each(|stays| stays.retain(|stay| stay.body == of));
                    Members { node, certainly, stays }
                });
                parties().map(|party| owner(dataset, party)).collect()
            }
        };
        Self { level, nodes, body }
    }

    /// The level.
    #[must_use]
    pub const fn level(&self) -> TieLevel {
        self.level
    }

    /// How many ids of parties are counted: those of the dataset, and those of bodies that were added
    /// to it where members count as one.
    #[must_use]
    pub fn party_ids(&self, dataset: &Dataset) -> usize {
        if self.body.is_some() { dataset.party_ids() } else { dataset.parties().len() }
    }

    /// Whom a party counts as in a row of the columns of its dataset.
    #[must_use]
    pub fn node_in(&self, columns: &Columns, row: usize, party: PartyId) -> PartyId {
        if let Some(of) = &self.body
            && let Some(stays) = of.stays.get(party.index())
            && stays.iter().any(|stay| stay.holds(columns, row, of.certainly))
        {
            return of.node;
        }
        self.node(party)
    }

    /// The body as which its members count at the time, with those who were members at any time.
    pub fn members(&self) -> Option<(PartyId, impl Iterator<Item = PartyId> + '_)> {
        let of = self.body.as_ref()?;
        let ever = of.stays.iter().enumerate().filter(|(_, stays)| !stays.is_empty());
        Some((of.node, ever.map(|(at, _)| PartyId::at(at))))
    }

    /// Whom a party counts as, whatever the time: as its state where it is a member at times.
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
fn body_of(dataset: &Dataset, party: PartyId) -> PartyId {
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
