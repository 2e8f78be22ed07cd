//! Which engagements were with members of ASEAN, the European Union and other bodies, at the time.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::{Columns, Spread, owner, ranges::Ranges};
use crate::formats::gazetteer::{self, Organisation, State};
use crate::model::{Dataset, DayRange, Party, PartyId, PartyKind};

/// A body of states of which the gazetteer knows the members and since when they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Body(pub u32);

/// How many bodies there can be: one bit each for possibly, and one for certainly.
const MOST: usize = 32;

impl Body {
    /// How many values the dimension has: the bodies as [`Match::Possibly`](super::Match) finds
    /// their members, then the same as [`Match::Certainly`](super::Match) does.
    pub(super) const VALUES: usize = 2 * MOST;

    /// All of them, by abbreviation.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..known().len()).map(|at| Self(at as u32))
    }

    /// The body of a value of the dimension.
    #[must_use]
    pub const fn of_value(value: u32) -> Self {
        Self(value % MOST as u32)
    }

    /// Its value in the dimension, for members at some day that is possible, or at one for certain.
    #[must_use]
    pub const fn value(self, certainly: bool) -> u32 {
        self.0 + if certainly { MOST as u32 } else { 0 }
    }

    /// The abbreviation, or the name where there is none.
    #[must_use]
    pub fn label(self) -> &'static str {
        known().get(self.0 as usize).map_or("", |(of, _)| label(of))
    }

    /// “ASEAN members”.
    #[must_use]
    pub fn members(self) -> &'static str {
        known().get(self.0 as usize).map_or("", |(_, members)| members)
    }

    /// As which party of a dataset its members can be counted: the one that the file names, or the
    /// one that was added.
    #[must_use]
    pub fn party(self, dataset: &Dataset) -> Option<PartyId> {
        let (of, _) = known().get(self.0 as usize)?;
        (0..dataset.party_ids()).map(PartyId::at).find(|id| is(dataset.party(*id), of))
    }

    /// The bodies that members of are engaged in a dataset which does not name them itself, to be
    /// added to it ([`Dataset::with_bodies`]).
    #[must_use]
    pub fn missing(dataset: &Dataset) -> Vec<Party> {
        let states: Vec<&State> =
            dataset.parties().iter().filter_map(gazetteer::state_of_party).collect();
        let missing = known().iter().filter(|(of, _)| {
            dataset.parties().iter().all(|party| !is(party, of))
                && of.members().any(|one| states.iter().any(|state| state.iso3 == one.state.iso3))
        });
        let party = |(of, members): &(&'static Organisation, String)| Party {
            key: format!("members of {}", label(of)).into(),
            name: of.name.into(),
            short: Some(label(of).into()),
            kind: PartyKind::Organisation,
            note: Some(format!("{members} at the time of each engagement.").into()),
            ..Party::default()
        };
        missing.map(party).collect()
    }

    /// The body of an abbreviation or a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let of = gazetteer::resolve_organisation(name)?;
        known().iter().position(|(one, _)| one.name == of.name).map(|at| Self(at as u32))
    }
}

/// Whether a party is an organisation.
fn is(party: &Party, of: &Organisation) -> bool {
    party.kind == PartyKind::Organisation
        && gazetteer::resolve_organisation(&party.name).is_some_and(|one| one.name == of.name)
}

fn label(of: &'static Organisation) -> &'static str {
    if of.short.is_empty() { of.name } else { of.short }
}

/// The organisations with members, by label, and what their members are called.
fn known() -> &'static [(&'static Organisation, String)] {
    static KNOWN: OnceLock<Vec<(&'static Organisation, String)>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut all: Vec<&Organisation> = Vec::new();
        for one in gazetteer::memberships() {
            if all.iter().all(|known| known.name != one.organisation.name) {
                all.push(one.organisation);
            }
        }
        all.sort_by_key(|of| label(of));
        all.truncate(MOST);
        all.into_iter().map(|of| (of, format!("{} members", label(of)))).collect()
    })
}

/// The time for which a party belongs to a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stay {
    pub body: Body,
    /// The days on which it may have been a member.
    possible: DayRange,
    /// The days on which it was for certain.
    certain: DayRange,
}

impl Stay {
    /// Whether a row lies in it, or may lie in it: on a day on which the party may have been a
    /// member, or certainly on one on which it certainly was.
    pub fn holds(&self, columns: &Columns, row: usize, certainly: bool) -> bool {
        let range = if certainly { self.certain } else { self.possible };
        columns.dated[row] && was_in(columns, row, columns.hull[row], range, certainly)
    }
}

/// By party to what it belonged, and when; a person or a ministry belongs to what its state did.
pub(super) fn stays(dataset: &Dataset) -> Vec<Vec<Stay>> {
    (0..dataset.parties().len())
        .into_par_iter()
        .map(|at| {
            let Some(state) = state_of(dataset, PartyId::at(at)) else { return Vec::new() };
            state
                .memberships()
                .filter_map(|one| {
                    let of =
                        |(known, _): &(&Organisation, String)| known.name == one.organisation.name;
                    let body = Body(known().iter().position(of)? as u32);
                    Some(Stay { body, possible: one.possible(), certain: one.certain() })
                })
                .collect()
        })
        .collect()
}

/// The state that a party is or belongs to, as the gazetteer knows it.
#[must_use]
pub fn state_of(dataset: &Dataset, party: PartyId) -> Option<&'static State> {
    gazetteer::state_of_party(dataset.party(owner(dataset, party)))
}

/// For each row of the columns the bodies of which a party of it was a member on its days, as bits
/// by [`Body::value`]. A person or a ministry counts as its state. All accounts of the date are
/// heard, whichever the reader has chosen.
pub(super) fn members(dataset: &Dataset, columns: &Columns) -> Vec<u64> {
    let stays = stays(dataset);
    let of_row = |row: usize| {
        let (mut bits, hull) = (0_u64, columns.hull[row]);
        if !columns.dated[row] {
            return bits;
        }
        for stay in columns.parties.row(row).iter().flat_map(|party| &stays[*party as usize]) {
            let (may, must) = (stay.body.value(false), stay.body.value(true));
            if bits >> may & 1 == 0 && was_in(columns, row, hull, stay.possible, false) {
                bits |= 1 << may;
            }
            if bits >> must & 1 == 0 && was_in(columns, row, hull, stay.certain, true) {
                bits |= 1 << must;
            }
        }
        bits
    };
    (0..columns.len()).into_par_iter().with_min_len(1 << 12).map(of_row).collect()
}

/// Whether a row was, or may have been, going on on some day of a range.
fn was_in(columns: &Columns, row: usize, hull: Spread, range: DayRange, certainly: bool) -> bool {
    if range.from > range.to || !hull.possibly_in(range) {
        return false;
    }
    let several = columns.several_parts(row);
    match (several, certainly) {
        (false, false) => true,
        (false, true) => hull.certainly_in(range),
        (true, false) => columns.possibly_in(row, &Ranges::new(&[range])),
        (true, true) => columns.certainly_in(row, &Ranges::new(&[range])),
    }
}
