//! The parties of the network: where each stands, how large it is, what its colour says.

use std::{borrow::Cow, cmp::Reverse};

use super::{
    ColorBy, Link, NetworkSpec, changes,
    look::{self, mark},
    options::Reading,
    scope::Scope,
};
use crate::{
    layout::network::{PartyLayout, node_radius},
    model::{PartyId, Target, words},
    query::{Measure, RollUp},
    scene::{Color, Hit, Item, Mark, Point, Stroke, Tokens},
};

/// The radius of the party for which a measure is largest, in points.
const LARGEST: f64 = 25.0;
/// The radius of one for which it is next to nothing.
const SMALLEST: f64 = 4.5;
/// The most marks that are drawn; of more, the busiest.
pub(super) const MOST: usize = 5_000;

/// A party that is shown.
pub(super) struct Node {
    pub party: PartyId,
    pub center: Point,
    pub radius: f32,
    pub engagements: u32,
    pub faded: bool,
}

impl Node {
    /// Whether any of its mark is on a pane of the given size.
    pub fn is_seen(&self, size: (f32, f32)) -> bool {
        let reach = self.radius + 6.0;
        self.center.x > -reach
            && self.center.y > -reach
            && self.center.x < size.0 + reach
            && self.center.y < size.1 + reach
    }
}

/// Where parties stand at a level: each where it was laid out, and one that others count as where
/// it would stand itself, or in their midst where it takes part in nothing itself. Nothing moves
/// with filter or window.
#[must_use]
pub fn places<'a>(
    layout: &'a PartyLayout,
    roll_up: Option<&RollUp>,
) -> Cow<'a, [Option<[f64; 2]>]> {
    let Some(roll_up) = roll_up.filter(|roll_up| !roll_up.is_named()) else {
        return Cow::Borrowed(&layout.positions);
    };
    let mut sums = vec![([0.0, 0.0], 0.0); layout.positions.len()];
    for (party, at) in layout.positions.iter().enumerate() {
        let (Some([x, y]), node) = (at, roll_up.node(PartyId::at(party)).index()) else { continue };
        let weight = layout.engagements.get(party).map_or(1.0, |count| f64::from(*count));
        let Some((sum, total)) = sums.get_mut(node) else { continue };
        sum[0] += weight * x;
        sum[1] += weight * y;
        *total += weight;
    }
    let midst = |([x, y], total): &([f64; 2], f64)| (*total > 0.0).then(|| [x / total, y / total]);
    Cow::Owned(
        layout.positions.iter().zip(&sums).map(|(own, sum)| own.or_else(|| midst(sum))).collect(),
    )
}

/// By how much marks grow with the zoom: with the drawing while it is small, slower beyond.
fn growth(zoom: f64) -> f64 {
    if zoom <= 1.0 { zoom.max(0.25) } else { zoom.sqrt().min(3.0) }
}

/// The parties to be drawn, the most important first.
pub(super) fn nodes(spec: &NetworkSpec<'_>, scope: &Scope) -> Vec<Node> {
    let size = [f64::from(spec.size.0), f64::from(spec.size.1)];
    let growth = growth(spec.camera.zoom);
    let places = places(spec.layout, spec.reading.roll_up);
    let radius = Radius::new(spec);
    let mut nodes: Vec<Node> = spec
        .ties
        .engagements
        .iter()
        .enumerate()
        .filter(|&(_, &engagements)| engagements > 0)
        .filter_map(|(index, &engagements)| {
            let party = PartyId::at(index);
            if !scope.holds(party) {
                return None;
            }
            let at = places.get(index).copied().flatten()?;
            let at = spec.camera.to_pane(at, size);
            let radius = (radius.of(party, engagements) * growth).max(2.0);
            Some(Node {
                party,
                center: Point::new(at[0] as f32, at[1] as f32),
                radius: radius as f32,
                engagements,
                faded: scope.fades(party),
            })
        })
        .collect();
    nodes.sort_by_key(|node| {
        (
            node.faded,
            Reverse(Some(node.party) == spec.highlighted),
            Reverse(node.engagements),
            node.party,
        )
    });
    nodes
}

/// How large a mark is.
struct Radius<'a> {
    reading: &'a Reading<'a>,
    spec: &'a NetworkSpec<'a>,
    /// The number of engagements of the busiest party, now or over the whole period.
    most: u32,
    /// The greatest value of the measure.
    largest: f64,
}

impl<'a> Radius<'a> {
    fn new(spec: &'a NetworkSpec<'a>) -> Self {
        let now = spec.ties.engagements.iter().copied().max().unwrap_or(0);
        let reading = &spec.reading;
        Self {
            reading,
            spec,
            most: spec.layout.most.max(now),
            largest: largest(spec, reading.options.size_by),
        }
    }

    /// The area follows the measure.
    fn of(&self, party: PartyId, engagements: u32) -> f64 {
        let by = self.reading.options.size_by;
        match self.reading.measures {
            Some(measures) if by != Measure::Engagements && self.largest > 0.0 => {
                let value = measures.of(by, self.spec.ties, party) / self.largest;
                (LARGEST * value.clamp(0.0, 1.0).sqrt()).max(SMALLEST)
            }
            _ => node_radius(engagements, self.most),
        }
    }
}

/// The greatest value of a measure among what is shown.
fn largest(spec: &NetworkSpec<'_>, measure: Measure) -> f64 {
    let Some(measures) = spec.reading.measures else { return 0.0 };
    (0..spec.ties.engagements.len())
        .map(|party| measures.of(measure, spec.ties, PartyId::at(party)))
        .fold(0.0, f64::max)
}

/// The slots of the largest communities over the whole period, in order.
const COMMUNITIES: [u8; 7] = [0, 5, 3, 1, 2, 6, 7];
/// The slot of all other communities.
const OTHERS: u8 = 4;

/// The colour slot of a community by its number.
#[must_use]
pub fn community_slot(community: u32) -> u8 {
    COMMUNITIES.get(community as usize).copied().unwrap_or(OTHERS)
}

/// The tint of a share of the greatest value, from 0 to 1.
#[must_use]
pub fn tint(tokens: &Tokens, share: f64) -> Color {
    tokens.accent.over(tokens.paper, 0.14 + 0.86 * share.clamp(0.0, 1.0).sqrt() as f32)
}

/// What colours say in one drawing.
struct Colors {
    slots: Vec<u8>,
    largest: f64,
}

impl Colors {
    fn new(spec: &NetworkSpec<'_>) -> Self {
        let largest = match spec.reading.options.color_by {
            ColorBy::Measure(Measure::Engagements) => {
                f64::from(spec.ties.engagements.iter().copied().max().unwrap_or(0))
            }
            ColorBy::Measure(measure) => largest(spec, measure),
            _ => 0.0,
        };
        Self { slots: look::slots(spec.dataset, &spec.layout.engagements), largest }
    }

    fn of(&self, spec: &NetworkSpec<'_>, node: &Node) -> Color {
        let (tokens, at) = (spec.tokens, node.party.index());
        let belonging = || look::color(tokens, self.slots[at], node.faded);
        let measures = spec.reading.measures;
        match spec.reading.options.color_by {
            ColorBy::Belonging => belonging(),
            ColorBy::Community => match measures.and_then(|all| all.community.get(at)) {
                Some(&community) => look::color(tokens, community_slot(community), node.faded),
                None => belonging(),
            },
            ColorBy::Measure(measure) => {
                let value = match (measure, measures) {
                    (Measure::Engagements, _) => f64::from(node.engagements),
                    (_, Some(measures)) => measures.of(measure, spec.ties, node.party),
                    (_, None) => return belonging(),
                };
                let color = tint(tokens, value / self.largest.max(1e-12));
                if node.faded { color.over(tokens.paper, 0.25) } else { color }
            }
        }
    }
}

/// Draws the marks, the most important on top.
pub(super) fn draw(spec: &NetworkSpec<'_>, nodes: &[Node], items: &mut Vec<Item>) {
    let colors = Colors::new(spec);
    for node in nodes.iter().rev().filter(|node| node.is_seen(spec.size)) {
        let party = spec.dataset.party(node.party);
        let mut color = colors.of(spec, node);
        let mut said = said(spec, node);
        let mut shown = Vec::new();
        if let Some(compared) = spec.changes {
            color = changes::party(spec, compared, node, &mut shown);
            said = changes::party_count(compared, node.party);
        }
        if spec.highlighted == Some(node.party) {
            shown.push(Item::Circle {
                center: node.center,
                radius: node.radius + 4.0,
                fill: None,
                stroke: Some(Stroke::solid(spec.tokens.ink_strong, 1.5)),
            });
        }
        shown.push(mark(party.kind, node.center, node.radius, color, spec.tokens.paper));
        if spec.layout.pinned.contains(&node.party) {
            shown.push(look::pin(node.center, node.radius, spec.tokens));
        }
        items.push(Item::Group {
            mark: Mark {
                target: Some(Target::Party(node.party)),
                id: format!("party-{}", party.key),
                title: format!("{} — {said}", party.name),
                hits: vec![Hit::Circle(node.center, node.radius)],
            },
            items: shown,
        });
    }
}

/// "22 engagements, 3 of them with its own people · Betweenness 0.31".
fn said(spec: &NetworkSpec<'_>, node: &Node) -> String {
    let mut said = super::engagements(node.engagements);
    let within = spec.ties.within.get(node.party.index()).copied().unwrap_or(0);
    if within > 0 {
        said.push_str(&format!(
            ", in {} of them with several of its own",
            words::grouped(within as usize)
        ));
    }
    let options = &spec.reading.options;
    let Some(measures) = spec.reading.measures else { return said };
    let mut told = vec![Measure::Engagements];
    let colored = match options.color_by {
        ColorBy::Measure(measure) => Some(measure),
        _ => None,
    };
    for measure in [Some(options.size_by), colored].into_iter().flatten() {
        if !told.contains(&measure) {
            told.push(measure);
            let value = measures.of(measure, spec.ties, node.party);
            said.push_str(&format!(" · {} {}", measure.label(), measure_words(measure, value)));
        }
    }
    if options.color_by == ColorBy::Community
        && let Some(&community) = measures.community.get(node.party.index())
        && community != u32::MAX
    {
        said.push_str(&format!(" · community {}", community + 1));
    }
    said
}

/// A value of a measure in figures.
#[must_use]
pub fn measure_words(measure: Measure, value: f64) -> String {
    match measure {
        Measure::Engagements | Measure::Degree => words::grouped(value.max(0.0) as usize),
        Measure::Strength => super::short_number(value),
        Measure::Betweenness => format!("{value:.3}"),
        Measure::PageRank => format!("{value:.4}"),
    }
}

/// Whether any part of a link may be on a pane of the given size.
pub(super) fn is_link_seen(link: &Link<'_>, size: (f32, f32)) -> bool {
    let points = [link.curve.from, link.curve.control, link.curve.to];
    let any = |test: &dyn Fn(&Point) -> bool| points.iter().all(test);
    !(any(&|at| at.x < -10.0)
        || any(&|at| at.y < -10.0)
        || any(&|at| at.x > size.0 + 10.0)
        || any(&|at| at.y > size.1 + 10.0))
}
