//! What of the network is in question: who is near enough, who stands back, and what the way from
//! one party to another runs along.

use super::{Layer, NetworkSpec, Reading};
use crate::{
    layout::network::{PartyLayout, formal_pairs},
    model::PartyId,
    query::{TieGraph, reach, shortest_path},
};

/// What of the network is shown, and what of that fades.
#[derive(Default)]
pub(super) struct Scope {
    /// The parties that may be drawn, sorted; all when `None`.
    kept: Option<Vec<PartyId>>,
    /// Steps from the chosen party, by party; everything is shown when `None`.
    away: Option<Vec<Option<u8>>>,
    /// The parties that do not fade, sorted; none fades when `None`.
    near: Option<Vec<PartyId>>,
    /// The way that is brought out, from its first to its last party.
    way: Option<Vec<PartyId>>,
    /// Whether a way was asked for and there is none.
    pub no_way: bool,
}

impl Scope {
    pub fn new(spec: &NetworkSpec<'_>) -> Self {
        let options = &spec.reading.options;
        if options.ego.is_none() && options.path.is_none() && spec.highlighted.is_none() {
            return Self { kept: kept(spec.layout, &spec.reading), ..Self::default() };
        }
        let graph = || TieGraph::new(spec.ties);
        let away = options
            .ego
            .map(|(center, depth)| reach(&graph(), spec.reading.node(center), depth.clamp(1, 3)));
        let way = options.path.and_then(|(from, to)| {
            shortest_path(&graph(), spec.reading.node(from), spec.reading.node(to))
        });
        let near = match (&way, spec.highlighted) {
            (Some(way), None) => {
                let mut near = way.clone();
                near.sort_unstable();
                Some(near)
            }
            (_, Some(party)) => Some(neighbours(spec, party)),
            (None, None) => None,
        };
        let mut kept = kept(spec.layout, &spec.reading);
        if let Some(kept) = &mut kept {
            // What the reader asks for is there in any case.
            kept.extend(spec.highlighted);
            kept.extend(way.iter().flatten());
            kept.sort_unstable();
        }
        Self { kept, away, near, no_way: options.path.is_some() && way.is_none(), way }
    }

    /// Whether a party is shown.
    pub fn holds(&self, party: PartyId) -> bool {
        let kept = self.kept.as_ref();
        kept.is_none_or(|kept| kept.binary_search(&party).is_ok()) && self.is_near_enough(party)
    }

    /// Whether some parties are left out because there are too many.
    pub const fn leaves_out(&self) -> bool {
        self.kept.is_some()
    }

    fn is_near_enough(&self, party: PartyId) -> bool {
        self.away.as_ref().is_none_or(|away| away.get(party.index()).copied().flatten().is_some())
    }

    /// Whether a party stands back.
    pub fn fades(&self, party: PartyId) -> bool {
        self.near.as_ref().is_some_and(|near| near.binary_search(&party).is_err())
    }

    /// Whether the way runs along the tie of two parties.
    pub fn runs_along(&self, a: PartyId, b: PartyId) -> bool {
        self.way.as_ref().is_some_and(|way| {
            way.windows(2)
                .any(|ends| matches!(ends, [x, y] if (*x, *y) == (a, b) || (*y, *x) == (a, b)))
        })
    }
}

/// The parties that may be drawn where there are too many, and those that the reader has put
/// somewhere, sorted; `None` where there is room for all, or only one's neighbours are shown.
pub(super) fn kept(layout: &PartyLayout, reading: &Reading<'_>) -> Option<Vec<PartyId>> {
    let core = reading.core.filter(|_| reading.options.ego.is_none())?;
    let mut kept = core.parties().to_vec();
    kept.extend(layout.pinned.iter().map(|party| reading.node(*party)));
    kept.sort_unstable();
    Some(kept)
}

/// A party and those it has a tie or a formal partnership with, sorted.
fn neighbours(spec: &NetworkSpec<'_>, party: PartyId) -> Vec<PartyId> {
    let mut near = vec![party];
    near.extend(spec.ties.of(party).filter_map(|tie| tie.other(party)));
    if spec.reading.options.shows(Layer::Partnerships) {
        for partnership in spec.dataset.partnerships() {
            for (a, b) in formal_pairs(spec.dataset, partnership) {
                let (a, b) = (spec.reading.node(a), spec.reading.node(b));
                if a == party {
                    near.push(b);
                } else if b == party {
                    near.push(a);
                }
            }
        }
    }
    near.sort_unstable();
    near.dedup();
    near
}
