//! A list of ties, in which no tie is written out before it is asked for.

use std::cmp::Reverse;
use std::fmt;
use std::sync::Arc;

use rayon::prelude::*;

use super::{Tie, TieWeight, Ties, totals::Totals};
use crate::model::PartyId;

/// Ties, sorted by party ids.
///
/// Of a large dataset there are a million, of which some hundred are looked at: a list is what was
/// counted of each pair, and a tie is made of it when it is asked for.
#[derive(Clone)]
pub struct TieList(Source);

#[derive(Clone)]
enum Source {
    Listed(Vec<Tie>),
    Counted(Arc<Totals>, TieWeight),
}

impl TieList {
    /// The ties that were counted, with all that was counted beside them.
    pub(super) fn counted(totals: Arc<Totals>, weight: TieWeight) -> Ties {
        Ties {
            engagements: totals.engagements.clone(),
            within: totals.within.clone(),
            crowded: totals.crowded,
            ties: Self(Source::Counted(totals, weight)),
        }
    }

    /// The same, written down, so that the totals can become others.
    pub(super) fn listed(totals: &Totals, weight: TieWeight) -> Ties {
        let mut ties = Vec::with_capacity(totals.len);
        ties.extend((0..totals.met.len()).filter_map(|number| totals.tie(number, weight)));
        Ties {
            engagements: totals.engagements.clone(),
            within: totals.within.clone(),
            crowded: totals.crowded,
            ties: Self(Source::Listed(ties)),
        }
    }

    /// How many ties there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Source::Listed(ties) => ties.len(),
            Source::Counted(totals, _) => totals.len,
        }
    }

    /// Whether there is no tie.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many pairs there are that may have a tie.
    fn slots(&self) -> usize {
        match &self.0 {
            Source::Listed(ties) => ties.len(),
            Source::Counted(totals, _) => totals.met.len(),
        }
    }

    fn at(&self, slot: usize) -> Option<Tie> {
        match &self.0 {
            Source::Listed(ties) => ties.get(slot).copied(),
            Source::Counted(totals, weight) => totals.tie(slot, *weight),
        }
    }

    /// Calls `make` with every pair that has a tie in this list or in the other, by the ids of the
    /// parties, on all threads, and returns what it makes. `None` where the lists were not counted
    /// over the same pairs: then they have to be walked one tie after the other.
    pub(in crate::query) fn beside<T: Copy + Send + Sync>(
        &self,
        other: &Self,
        make: impl Fn([Option<Tie>; 2]) -> T + Sync,
    ) -> Option<Vec<T>> {
        const SLOTS: usize = 16_384;
        let (Source::Counted(a, weight), Source::Counted(b, _)) = (&self.0, &other.0) else {
            return None;
        };
        if !Arc::ptr_eq(&a.pairs, &b.pairs) {
            return None;
        }
        let slots = a.met.len();
        let parts: Vec<Vec<T>> = (0..slots.div_ceil(SLOTS))
            .into_par_iter()
            .map(|part| {
                let both = (part * SLOTS..slots.min((part + 1) * SLOTS))
                    .filter(|slot| a.met[*slot].engagements + b.met[*slot].engagements > 0);
                both.map(|slot| make([a.tie(slot, *weight), b.tie(slot, *weight)])).collect()
            })
            .collect();
        let mut all = Vec::with_capacity(parts.iter().map(Vec::len).sum());
        parts.iter().for_each(|part| all.extend_from_slice(part));
        Some(all)
    }

    /// All ties, by the ids of their parties.
    pub fn iter(&self) -> impl Iterator<Item = Tie> + Clone {
        (0..self.slots()).filter_map(|slot| self.at(slot))
    }

    /// The ties of a party.
    pub fn of(&self, party: PartyId) -> impl Iterator<Item = Tie> {
        let (listed, counted) = match &self.0 {
            Source::Listed(ties) => (Some(ties), None),
            Source::Counted(totals, weight) => (None, Some((totals, *weight))),
        };
        let counted = counted.into_iter().flat_map(move |(totals, weight)| {
            totals.pairs.of(party.0).filter_map(move |number| totals.tie(number, weight))
        });
        let own = move |tie: &&Tie| tie.a == party || tie.b == party;
        listed.into_iter().flatten().filter(own).copied().chain(counted)
    }

    /// The tie between two parties, in either order.
    #[must_use]
    pub fn between(&self, a: PartyId, b: PartyId) -> Option<Tie> {
        let pair = (a.min(b), a.max(b));
        match &self.0 {
            Source::Listed(ties) => {
                let found = ties.binary_search_by_key(&pair, |tie| (tie.a, tie.b)).ok()?;
                ties.get(found).copied()
            }
            Source::Counted(totals, weight) => {
                totals.tie(totals.pairs.number([pair.0.0, pair.1.0])?, *weight)
            }
        }
    }

    /// The strongest ties between parties that are `among` those in question, at most `top` of
    /// them: those that are `asked` for before all others, and of equal ones those of the smaller
    /// ids. In the order of their ids.
    #[must_use]
    pub fn strongest(
        &self,
        top: usize,
        among: impl Fn(PartyId, PartyId) -> bool,
        asked: impl Fn(PartyId, PartyId) -> bool,
    ) -> Vec<Tie> {
        // The best so far, and some that may take their place: the worst of them are thrown out
        // when there are twice too many, after which none that is not better needs to be kept.
        let mut best: Vec<(Reverse<(bool, u64)>, usize)> = Vec::new();
        let mut least: Option<(bool, u64)> = None;
        let room = top.saturating_mul(2).min(self.slots());
        for slot in 0..self.slots() {
            let (a, b, rank) = match &self.0 {
                // Weights are not below 0, so that their bits have the order of their values.
                Source::Listed(ties) => {
                    let tie = &ties[slot];
                    (tie.a, tie.b, tie.weight.max(0.0).to_bits())
                }
                Source::Counted(totals, weight) => {
                    if totals.met[slot].engagements == 0 {
                        continue;
                    }
                    let [a, b] = totals.pairs.ends[slot];
                    (PartyId(a), PartyId(b), totals.rank(slot, *weight))
                }
            };
            let key = (asked(a, b), rank);
            if least.is_some_and(|least| key <= least) || !among(a, b) {
                continue;
            }
            best.push((Reverse(key), slot));
            if best.len() > room && top > 0 {
                best.select_nth_unstable(top - 1);
                best.truncate(top);
                least = best.last().map(|(Reverse(key), _)| *key);
            }
        }
        if best.len() > top {
            if top > 0 {
                best.select_nth_unstable(top - 1);
            }
            best.truncate(top);
        }
        let mut slots: Vec<usize> = best.into_iter().map(|(_, slot)| slot).collect();
        slots.sort_unstable();
        slots.into_iter().filter_map(|slot| self.at(slot)).collect()
    }
}

impl Default for TieList {
    fn default() -> Self {
        Self(Source::Listed(Vec::new()))
    }
}

/// Ties in the order of the ids of their parties.
impl From<Vec<Tie>> for TieList {
    fn from(ties: Vec<Tie>) -> Self {
        Self(Source::Listed(ties))
    }
}

impl FromIterator<Tie> for TieList {
    fn from_iter<I: IntoIterator<Item = Tie>>(ties: I) -> Self {
        Self(Source::Listed(ties.into_iter().collect()))
    }
}

impl PartialEq for TieList {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl fmt::Debug for TieList {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.iter()).finish()
    }
}
