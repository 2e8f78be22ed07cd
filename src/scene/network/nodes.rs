//! The parties of the network: where each stands, how large it is, what its colour says.

use std::{borrow::Cow, cmp::Reverse};

use super::{
    CROWD, ColorBy, Link, NetworkSpec, SizeBy, changes,
    look::{self, mark},
    scope::{self, Scope},
};
use crate::{
    layout::network::{PartyLayout, raw_radius},
    model::{PartyId, Target, words},
    query::{Measure, RollUp},
    scene::{Color, Hit, Item, Mark, Point, Stroke, Tokens},
};

/// The radius of the party for which a measure is largest, in points.
const LARGEST: f64 = 25.0;
/// The radius of one for which it is next to nothing.
const SMALLEST: f64 = 4.5;
/// Between these radii, in points, lies the least with which a mark is drawn: the fewer there are,
/// the more each is meant to be seen as what it is.
const LEAST: [f64; 2] = [1.2, 3.2];
/// Which part of the ground marks of the least radius may cover.
const LEAST_COVER: f64 = 0.02;
/// The marks of a crowd grow no larger than this against those of a small network.
const MOST_SCALE: f64 = 0.8;
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
    let added = roll_up.members().map_or(0, |(body, _)| body.index() + 1);
    let mut sums = vec![([0.0, 0.0], 0.0); layout.positions.len().max(added)];
    let own = |party: PartyId| (party, roll_up.node(party));
    let mut counted: Vec<(PartyId, PartyId)> =
        (0..layout.positions.len()).map(PartyId::at).map(own).collect();
    // A body stands in the midst of all who were ever its members.
    if let Some((body, members)) = roll_up.members() {
        counted.extend(members.map(|member| (member, body)));
    }
    for (party, node) in counted {
        let (party, node) = (party.index(), node.index());
        let Some(Some([x, y])) = layout.positions.get(party) else { continue };
        let weight = layout.engagements.get(party).map_or(1.0, |count| f64::from(*count));
        let Some((sum, total)) = sums.get_mut(node) else { continue };
        sum[0] += weight * x;
        sum[1] += weight * y;
        *total += weight;
    }
    let midst = |([x, y], total): &([f64; 2], f64)| (*total > 0.0).then(|| [x / total, y / total]);
    let own = |at: usize| layout.positions.get(at).copied().flatten();
    Cow::Owned(sums.iter().enumerate().map(|(at, sum)| own(at).or_else(|| midst(sum))).collect())
}

/// By how much marks grow with the zoom: with the drawing while it is small, slower beyond.
fn growth(zoom: f64) -> f64 {
    if zoom <= 1.0 { zoom.max(0.25) } else { zoom.sqrt().min(3.0) }
}

/// The parties to be drawn, the most important first.
pub(super) fn nodes(spec: &NetworkSpec<'_>, scope: &Scope) -> Vec<Node> {
    let size = [f64::from(spec.size.0), f64::from(spec.size.1)];
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
            let radius = radius.of(party, engagements);
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
            Reverse(node.radius.to_bits()),
            Reverse(node.engagements),
            node.party,
        )
    });
    nodes
}

/// How large a mark is: its area follows what sizes say.
struct Radius<'a> {
    spec: &'a NetworkSpec<'a>,
    /// The number of engagements of the busiest party, now or over the whole period.
    most: u32,
    /// The greatest value of the measure, or of the sizes that the file gives.
    largest: f64,
    /// Points on the pane for each point of a radius.
    scale: f64,
    /// The least radius on the pane.
    least: f64,
}

impl<'a> Radius<'a> {
    fn new(spec: &'a NetworkSpec<'a>) -> Self {
        let now = spec.ties.engagements.iter().copied().max().unwrap_or(0);
        let largest = match spec.reading.options.size_by {
            SizeBy::Measure(measure) => largest(spec, measure),
            SizeBy::Stated => spec
                .reading
                .stated
                .map_or(0.0, |stated| stated.sizes.iter().copied().flatten().fold(0.0, f64::max)),
        };
        let growth = growth(spec.camera.zoom);
        let crowd = Crowd::of(spec);
        let scale = match spec.reading.options.size_by {
            SizeBy::Stated => stated_scale(spec, largest) * growth,
            SizeBy::Measure(_) => growth.max(crowd.scale()),
        };
        Self {
            spec,
            most: spec.layout.most.max(now),
            largest,
            scale,
            least: (SMALLEST * growth).max(crowd.least()),
        }
    }

    /// The radius on the pane, in points.
    fn of(&self, party: PartyId, engagements: u32) -> f64 {
        let reading = &self.spec.reading;
        let share = match (reading.options.size_by, reading.measures, reading.stated) {
            (SizeBy::Measure(measure), Some(measures), _)
                if measure != Measure::Engagements && self.largest > 0.0 =>
            {
                let share = measures.of(measure, self.spec.ties, party) / self.largest;
                Some(share.clamp(0.0, 1.0).sqrt())
            }
            // What the file gives are diameters.
            (SizeBy::Stated, _, Some(stated)) if self.largest > 0.0 => {
                let size = stated.sizes.get(party.index()).copied().flatten();
                Some(size.unwrap_or(0.0) / self.largest)
            }
            _ => None,
        };
        let radius = share.map_or_else(|| raw_radius(engagements, self.most), |it| LARGEST * it);
        (radius * self.scale).max(self.least)
    }
}

/// Which part of the ground the discs of a file may cover.
const STATED_COVER: f64 = 0.16;

/// By how much the radius of the largest disc is to be multiplied so that the sizes that a file
/// gives stand to the places that it gives as they do in the file, within what can be read.
fn stated_scale(spec: &NetworkSpec<'_>, largest: f64) -> f64 {
    let Some(stated) = spec.reading.stated.filter(|_| largest > 0.0) else { return 1.0 };
    let spread = |positions: &[Option<[f64; 2]>]| {
        let known: Vec<[f64; 2]> = positions.iter().copied().flatten().collect();
        let count = known.len().max(1) as f64;
        let [x, y] = [0, 1].map(|axis| known.iter().map(|at| at[axis]).sum::<f64>() / count);
        let square = |at: &[f64; 2]| (at[0] - x) * (at[0] - x) + (at[1] - y) * (at[1] - y);
        (known.iter().map(square).sum::<f64>() / count).sqrt()
    };
    let (here, there) = (spread(&spec.layout.positions), spread(&stated.positions));
    let share = |size: &f64| (size / largest) * (size / largest);
    let discs: f64 = stated.sizes.iter().flatten().map(share).sum();
    // The largest radius with which discs cover as much of the ground as they may.
    let room = here * (2.0 * STATED_COVER / discs.max(1e-9)).sqrt();
    let wanted = if there > 0.0 { largest / 2.0 * here / there } else { room };
    wanted.clamp(room * 0.2, room) / LARGEST
}

/// Which part of the ground the discs of a crowd may cover.
const COVER: f64 = 0.055;

/// All that may be drawn on the pane, the same for every filter and window.
struct Crowd {
    parties: usize,
    /// What their discs would cover if they grew with nothing, in square points.
    discs: f64,
    /// What they stand on, in square points of the pane.
    ground: f64,
}

impl Crowd {
    fn of(spec: &NetworkSpec<'_>) -> Self {
        let layout = spec.layout;
        let kept = scope::kept(layout, &spec.reading);
        let may_be_drawn = |party: usize| {
            kept.as_ref().is_none_or(|kept| kept.binary_search(&PartyId::at(party)).is_ok())
        };
        let placed = layout.positions.iter().zip(&layout.engagements).enumerate();
        let drawn = placed.filter(|(party, (at, _))| at.is_some() && may_be_drawn(*party));
        let (mut parties, mut discs) = (0, 0.0);
        for (_, (_, engagements)) in drawn {
            let radius = raw_radius(*engagements, layout.most);
            parties += 1;
            discs += core::f64::consts::PI * radius * radius;
        }
        let ground = layout.bounds_of(may_be_drawn).map_or(0.0, |[left, top, right, bottom]| {
            (right - left) * (bottom - top) * spec.camera.zoom * spec.camera.zoom
        });
        Self { parties, discs, ground }
    }

    /// By how much a radius is to be multiplied so that the discs of a large network, seen from far
    /// away, still tell the strong from the weak: they take a fixed part of the ground. 0 for a
    /// network of which each party can be followed.
    fn scale(&self) -> f64 {
        if self.parties <= CROWD / 4 {
            return 0.0;
        }
        (COVER * self.ground / self.discs.max(1e-9)).sqrt().min(MOST_SCALE)
    }

    /// The least radius of a mark, in points.
    fn least(&self) -> f64 {
        let [low, high] = LEAST;
        let each = LEAST_COVER * self.ground / self.parties.max(1) as f64;
        (each / core::f64::consts::PI).sqrt().clamp(low, high)
    }
}

/// The greatest value of a measure among what is shown.
fn largest(spec: &NetworkSpec<'_>, measure: Measure) -> f64 {
    let Some(measures) = spec.reading.measures else { return 0.0 };
    (0..spec.ties.engagements.len())
        .map(|party| measures.of(measure, spec.ties, PartyId::at(party)))
        .fold(0.0, f64::max)
}

/// The tint of a share of the greatest value, from 0 to 1.
#[must_use]
pub fn tint(tokens: &Tokens, share: f64) -> Color {
    // What is next to nothing is still to be seen for what it is.
    tokens.accent.over(tokens.paper, 0.3 + 0.7 * share.clamp(0.0, 1.0).sqrt() as f32)
}

/// What colours say in one drawing.
pub(super) struct Colors {
    slots: Vec<u8>,
    largest: f64,
}

impl Colors {
    pub fn new(spec: &NetworkSpec<'_>) -> Self {
        let largest = match spec.reading.options.color_by {
            ColorBy::Measure(Measure::Engagements) => {
                f64::from(spec.ties.engagements.iter().copied().max().unwrap_or(0))
            }
            ColorBy::Measure(measure) => largest(spec, measure),
            _ => 0.0,
        };
        Self { slots: look::slots(spec.dataset, &spec.layout.engagements), largest }
    }

    /// The colour of a line between two parties, where both have it and it says of what they are
    /// part.
    pub fn of_link(&self, spec: &NetworkSpec<'_>, (a, b): (PartyId, PartyId)) -> Option<Color> {
        let of = |party: PartyId| match spec.reading.options.color_by {
            ColorBy::Community => {
                let community = *spec.reading.measures?.community.get(party.index())?;
                (community != u32::MAX).then(|| spec.tokens.community(community))
            }
            ColorBy::Stated => {
                let color = *spec.reading.stated?.colors.get(party.index())?;
                color.map(|color| spec.tokens.stated(color))
            }
            _ => None,
        };
        of(a).filter(|color| of(b) == Some(*color))
    }

    fn of(&self, spec: &NetworkSpec<'_>, node: &Node) -> Color {
        let (tokens, at) = (spec.tokens, node.party.index());
        let belonging = || look::pale(tokens, tokens.kind(self.slots[at]), node.faded);
        let measures = spec.reading.measures;
        match spec.reading.options.color_by {
            ColorBy::Belonging => belonging(),
            ColorBy::Community => match measures.and_then(|all| all.community.get(at)) {
                Some(&community) => look::pale(tokens, tokens.community(community), node.faded),
                None => belonging(),
            },
            ColorBy::Stated => {
                let stated = spec.reading.stated.and_then(|stated| stated.colors.get(at).copied());
                match stated.flatten() {
                    Some(color) => look::pale(tokens, tokens.stated(color), node.faded),
                    None => belonging(),
                }
            }
            ColorBy::Measure(measure) => {
                let value = match (measure, measures) {
                    (Measure::Engagements, _) => f64::from(node.engagements),
                    (_, Some(measures)) => measures.of(measure, spec.ties, node.party),
                    (_, None) => return belonging(),
                };
                let color = tint(tokens, value / self.largest.max(1e-12));
                look::pale(tokens, color, node.faded)
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
    let sized = match options.size_by {
        SizeBy::Measure(measure) => Some(measure),
        SizeBy::Stated => None,
    };
    let colored = match options.color_by {
        ColorBy::Measure(measure) => Some(measure),
        _ => None,
    };
    for measure in [sized, colored].into_iter().flatten() {
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
pub(super) fn is_link_seen(link: &Link, size: (f32, f32)) -> bool {
    let points = [link.curve.from, link.curve.control, link.curve.to];
    let any = |test: &dyn Fn(&Point) -> bool| points.iter().all(test);
    !(any(&|at| at.x < -10.0)
        || any(&|at| at.y < -10.0)
        || any(&|at| at.x > size.0 + 10.0)
        || any(&|at| at.y > size.1 + 10.0))
}
