//! Who engages with whom: ties between parties from the engagements they share.

mod counter;
mod index;
mod list;
mod meetings;
mod totals;

pub use counter::TieCounter;
pub use index::{TieIndex, ties};
pub use list::TieList;

use crate::model::PartyId;

/// How a shared engagement counts towards a tie.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum TieWeight {
    /// 1/(n−1) for an engagement of n parties, so that each party's ties add up to its
    /// engagements (Newman 2001, "Scientific collaboration networks II").
    #[default]
    Shared,
    /// 1 for each shared engagement.
    Raw,
    /// What the file says that each engagement weighs
    /// ([`Columns::weights`](super::Columns::weights)), shared out as by [`TieWeight::Shared`]; the
    /// same as that where the file says nothing.
    Stated,
}

/// The tie of two parties.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    /// One party, the smaller id.
    pub a: PartyId,
    /// The other party.
    pub b: PartyId,
    /// The weight, by [`TieWeight`].
    pub weight: f64,
    /// How many engagements they share.
    pub engagements: u32,
    /// How many of these went from `a` to `b`, by the roles: `a` visited, sent or gave, and `b`
    /// received.
    pub forth: u32,
    /// How many went from `b` to `a`.
    pub back: u32,
}

impl Tie {
    /// The party at the other end.
    #[must_use]
    pub fn other(&self, party: PartyId) -> Option<PartyId> {
        if party == self.a {
            Some(self.b)
        } else if party == self.b {
            Some(self.a)
        } else {
            None
        }
    }
}

/// An engagement of more parties than this makes no ties: that all states sat in one room says next
/// to nothing about any two of them, and its pairs would outnumber everything else. It still counts
/// among the engagements of each party, and [`Ties::crowded`] says how many were left out.
pub const TIE_PARTIES: usize = 50;

/// Ties and the number of engagements of each party.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ties {
    /// The ties, sorted by party ids.
    pub ties: TieList,
    /// Engagements per party id among the rows; where parties are rolled up, of whom they count
    /// as, and 0 for all others.
    pub engagements: Vec<u32>,
    /// How many of these, by party id, had two or more of the party's own people, bodies or
    /// provinces in the room; empty where nothing is rolled up.
    pub within: Vec<u32>,
    /// How many of the rows make no ties because they have more than [`TIE_PARTIES`] parties.
    pub crowded: u32,
}

impl Ties {
    /// The ties of a party.
    pub fn of(&self, party: PartyId) -> impl Iterator<Item = Tie> {
        self.ties.of(party)
    }

    /// The tie between two parties, in either order.
    #[must_use]
    pub fn between(&self, a: PartyId, b: PartyId) -> Option<Tie> {
        self.ties.between(a, b)
    }

    /// How many parties take part in any of the engagements.
    #[must_use]
    pub fn parties(&self) -> usize {
        self.engagements.iter().filter(|count| **count > 0).count()
    }
}
