//! The layout of a dataset's parties: once, over all engagements.

use std::collections::{BTreeMap, BTreeSet};

use super::{Graph, Hook, Options, Step, arrange};
use crate::{
    model::{Dataset, PartyId, PartyKind},
    query::Ties,
};

/// The radius of the largest disc, in points.
const LARGEST: f64 = 25.0;
/// The area of a disc grows by that of one with this radius for each engagement, while there is
/// room.
const UNIT: f64 = 5.4;
/// Which share of the ground the discs of a drawing from elsewhere may cover.
const COVER: std::ops::RangeInclusive<f64> = 0.005..=0.3;
/// The radius of the smallest disc, in points.
const SMALLEST: f64 = 4.5;

/// The radius of a party's disc in points: its area grows with its engagements; `most` is the
/// number of the busiest party.
#[must_use]
pub fn node_radius(engagements: u32, most: u32) -> f64 {
    raw_radius(engagements, most).max(SMALLEST)
}

/// The same without a least size: next to nothing for those who hardly engage.
#[must_use]
pub fn raw_radius(engagements: u32, most: u32) -> f64 {
    let unit = UNIT.min(LARGEST / f64::from(most.max(1)).sqrt());
    unit * f64::from(engagements).sqrt()
}

/// Where the parties of a dataset stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartyLayout {
    /// The position of each party by its id, in points around the origin; `None` for parties
    /// without any engagement.
    pub positions: Vec<Option<[f64; 2]>>,
    /// Parties that stay where they are, whatever is laid out again.
    pub pinned: BTreeSet<PartyId>,
    /// The number of engagements of the busiest party.
    pub most: u32,
    /// The engagements of each party by its id, over the whole period.
    pub engagements: Vec<u32>,
}

impl PartyLayout {
    /// Lays out all parties that take part in any engagement. `whole` are the ties over the whole
    /// period. The anchors and pins of the options are by party. `None` when the hook stopped the
    /// work; the positions that it is shown are by party too.
    #[must_use]
    pub fn new(
        dataset: &Dataset,
        whole: &Ties,
        options: &Options,
        hook: &mut Hook<'_>,
    ) -> Option<Self> {
        let most = whole.engagements.iter().copied().max().unwrap_or(0);
        let (graph, shown) = party_graph(dataset, whole);
        let of_shown = |party: &PartyId| options.anchors.get(party.index()).copied().flatten();
        let is_pinned = |party: &PartyId| options.pinned.get(party.index()) == Some(&true);
        let of_graph = Options {
            anchors: shown.iter().map(of_shown).collect(),
            pinned: shown.iter().map(is_pinned).collect(),
            ..options.clone()
        };
        let by_party = |placed: Vec<Option<[f64; 2]>>| {
            let mut positions = vec![None; dataset.parties().len()];
            for (party, at) in shown.iter().zip(placed) {
                positions[party.index()] = at;
            }
            positions
        };
        let placed = arrange(&graph, &of_graph, &mut |step| {
            let frame = || by_party(step.positions());
            hook(Step { share: step.share, frame: &frame })
        })?;
        let positions = by_party(placed.into_iter().map(Some).collect());
        let engagements = whole.engagements.clone();
        Some(Self { positions, pinned: BTreeSet::new(), most, engagements })
    }

    /// Parties where a file puts them, by id; `engagements` are those of each party over the whole
    /// period. Where the file's unit is so small that discs would hide each other, or so large
    /// that they would be lost, the drawing is brought to a size that suits them.
    #[must_use]
    pub fn placed(engagements: Vec<u32>, positions: &[Option<[f64; 2]>]) -> Self {
        let most = engagements.iter().copied().max().unwrap_or(0);
        let known: Vec<([f64; 2], f64)> = positions
            .iter()
            .zip(&engagements)
            .filter_map(|(&at, &of)| Some((at?, node_radius(of, most))))
            .collect();
        let count = known.len().max(1) as f64;
        let mean = |axis: usize| known.iter().map(|(at, _)| at[axis]).sum::<f64>() / count;
        let (x, y) = (mean(0), mean(1));
        let square = |at: &[f64; 2]| (at[0] - x) * (at[0] - x) + (at[1] - y) * (at[1] - y);
        // The ground that is drawn on, as a disc with the same mean square, and what discs cover.
        let ground: f64 = known.iter().map(|(at, _)| 2.0 * square(at)).sum::<f64>() / count;
        let covered: f64 = known.iter().map(|(_, radius)| radius * radius).sum();
        let share = covered / ground;
        let scale = if ground > 0.0 && !COVER.contains(&share) {
            (share / share.clamp(*COVER.start(), *COVER.end())).sqrt()
        } else {
            1.0
        };
        let positions =
            positions.iter().map(|at| at.map(|[x, y]| [x * scale, y * scale])).collect();
        Self { positions, pinned: BTreeSet::new(), most, engagements }
    }

    /// The rectangle around all discs: left, top, right, bottom, in points.
    #[must_use]
    pub fn bounds(&self) -> Option<[f64; 4]> {
        self.bounds_of(|_| true)
    }

    /// The same of the parties for whose ids `shown` holds.
    pub fn bounds_of(&self, shown: impl Fn(usize) -> bool) -> Option<[f64; 4]> {
        let mut bounds: Option<[f64; 4]> = None;
        let placed = self.positions.iter().zip(&self.engagements).enumerate();
        for (_, (position, &engagements)) in placed.filter(|(party, _)| shown(*party)) {
            let Some([x, y]) = *position else { continue };
            let radius = node_radius(engagements, self.most);
            let of = bounds.get_or_insert([x, y, x, y]);
            of[0] = of[0].min(x - radius);
            of[1] = of[1].min(y - radius);
            of[2] = of[2].max(x + radius);
            of[3] = of[3].max(y + radius);
        }
        bounds
    }
}

/// The graph by which parties are laid out, and the party of each of its nodes: those that take
/// part in any engagement, joined by their ties over the whole period, by formal partnerships and
/// by belonging to each other.
#[must_use]
pub fn party_graph(dataset: &Dataset, whole: &Ties) -> (Graph, Vec<PartyId>) {
    let engaged = |party: &PartyId| {
        whole.engagements.get(party.index()).is_some_and(|&engagements| engagements > 0)
    };
    let shown: Vec<PartyId> =
        (0..dataset.parties().len()).map(PartyId::at).filter(engaged).collect();
    let most = whole.engagements.iter().copied().max().unwrap_or(0);
    let mut place = vec![u32::MAX; dataset.parties().len()];
    for (position, party) in shown.iter().enumerate() {
        place[party.index()] = position as u32;
    }
    let mut edges: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    let mut join = |a: PartyId, b: PartyId, weight: f64| {
        let (a, b) = (place[a.index()], place[b.index()]);
        if a != u32::MAX && b != u32::MAX && a != b {
            *edges.entry((a.min(b), a.max(b))).or_default() += weight;
        }
    };
    for tie in whole.ties.iter() {
        join(tie.a, tie.b, tie.weight);
    }
    for partnership in dataset.partnerships() {
        for (a, b) in formal_pairs(dataset, partnership) {
            join(a, b, 0.5);
        }
    }
    // Belonging holds persons and provinces near their state, whether or not they met it.
    for &party in &shown {
        let of = dataset.party(party);
        let loose = matches!(of.kind, PartyKind::State | PartyKind::Group);
        for &whole in of.part_of.iter().filter(|_| !loose) {
            join(party, whole, 0.35);
        }
    }
    let graph = Graph {
        radii: shown
            .iter()
            .map(|party| node_radius(whole.engagements[party.index()], most))
            .collect(),
        edges: edges.into_iter().map(|((a, b), weight)| (a, b, weight)).collect(),
    };
    (graph, shown)
}

/// The pairs of parties between which a formal partnership is drawn as a line.
///
/// - Two members: that pair.
/// - More members, one of them an organisation: that organisation with each of the others, for
///   the partnership is between it and them; the organisation's own member states are left out.
/// - Up to three members without an organisation: each with each.
/// - More: none, because lines between all of them would claim what nobody signed; the
///   partnership is named where its members are described.
#[must_use]
pub fn formal_pairs(
    dataset: &Dataset,
    partnership: &crate::model::Partnership,
) -> Vec<(PartyId, PartyId)> {
    let mut members: Vec<PartyId> = partnership.members.iter().map(|member| member.party).collect();
    members.sort_unstable();
    members.dedup();
    let pair = |a: PartyId, b: PartyId| if a < b { (a, b) } else { (b, a) };
    if members.len() <= 1 {
        return Vec::new();
    }
    let hub =
        members.iter().copied().find(|&party| dataset.party(party).kind == PartyKind::Organisation);
    match hub {
        Some(hub) if members.len() > 2 => members
            .iter()
            .copied()
            .filter(|&other| other != hub && !dataset.party(other).part_of.contains(&hub))
            .map(|other| pair(hub, other))
            .collect(),
        _ if members.len() <= 3 => members
            .iter()
            .enumerate()
            .flat_map(|(at, &a)| members[at + 1..].iter().map(move |&b| pair(a, b)))
            .collect(),
        _ => Vec::new(),
    }
}
