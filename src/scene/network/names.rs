//! The names of parties: each beside its mark, where nothing else stands.

use std::collections::BTreeMap;

use super::{CROWD, Link, NetworkSpec, Node};
use crate::{
    layout::placement::{FAR, Label, NEAR, Occupancy, Side},
    model::PartyKind,
    scene::{
        Item, Point, Rect, Tokens, leader,
        text::{self, Align, Style},
    },
};

/// The longest line of a name, in points.
const LINE: f32 = 170.0;
/// From this radius on, in points, a mark's name looks for room all around it and farther away.
const WORTH: f32 = 6.5;
/// The most labels that are tried.
const LABELS: usize = 600;

/// In a crowd, discs of this share of the largest radius and more are covered by none but the names
/// that speak for a whole community.
const LARGE: f32 = 0.6;
/// The specks of a crowd, up to this share, may be covered by any name: it is not taken for theirs.
const SPECK: f32 = 0.3;

/// What names must leave free: marks, and lines as far as that is possible. In a crowd the names
/// that come first may cover lesser marks; see [`labels`].
pub(super) fn occupied(nodes: &[Node], links: &[Link], bounds: [f64; 4]) -> Occupancy {
    let mut taken = Occupancy::new(bounds);
    let crowd = is_crowd(nodes);
    for node in nodes {
        if crowd {
            let at = [f64::from(node.center.x), f64::from(node.center.y)];
            taken.avoid(at, 1.0 + f64::from(node.radius) / 2.0);
        } else {
            taken.block(disc_area(node));
        }
    }
    // Where lines are everywhere, each matters less.
    let room = (150.0 / links.len().max(150) as f64).sqrt();
    for link in links {
        let length = link.curve.from.distance(link.curve.to);
        // A name over a partnership is worse than one over a passing acquaintance.
        let weight = link.tie.map_or(0.5, |tie| (0.3 + 0.5 * tie.weight).min(3.0))
            + if link.partnerships.is_empty() { 0.0 } else { 3.0 };
        let weight = weight * room;
        for point in link.curve.points(((length / 5.0) as usize).clamp(2, 200)) {
            taken.avoid([f64::from(point.x), f64::from(point.y)], weight);
        }
    }
    taken
}

fn is_crowd(nodes: &[Node]) -> bool {
    nodes.len() > CROWD / 4
}

fn disc_area(node: &Node) -> [f64; 4] {
    let (x, y, r) =
        (f64::from(node.center.x), f64::from(node.center.y), f64::from(node.radius) + 1.5);
    [x - r, y - r, x + r, y + r]
}

/// How many of the most important parties are named in any case: far from their marks where need
/// be, at the end of a line. A figure that leaves the strongest unnamed says nothing.
const LED: usize = 8;

/// The name of a community, by number, that waits for its turn; those before it come first.
const FIRST: u32 = 3;
/// Communities of fewer parties wait for their turn.
const LEAST_COMMUNITY: u32 = 4;

/// The parties in the order in which their names look for room: the most important first, but in a
/// crowd each community has its first ones before any has more, so that readers find their way
/// everywhere.
fn in_order<'a>(spec: &NetworkSpec<'_>, nodes: &'a [Node]) -> Vec<(Turn, &'a Node)> {
    let led = |rank: usize, node: &Node| {
        rank < LED && !node.faded || spec.highlighted == Some(node.party)
    };
    let Some(measures) = spec.reading.measures.filter(|_| is_crowd(nodes)) else {
        let turn = |rank, node| if led(rank, node) { Turn::Led } else { Turn::Rest };
        return nodes.iter().enumerate().map(|(rank, node)| (turn(rank, node), node)).collect();
    };
    let community = |node: &Node| measures.community.get(node.party.index()).copied();
    let mut sizes: BTreeMap<u32, u32> = BTreeMap::new();
    for community in nodes.iter().filter_map(community) {
        *sizes.entry(community).or_default() += 1;
    }
    let mut named: BTreeMap<u32, u32> = BTreeMap::new();
    let turn = |(rank, node): (usize, &'a Node)| {
        let of = community(node).filter(|of| sizes.get(of) >= Some(&LEAST_COMMUNITY));
        let number = of.filter(|_| !node.faded).map(|of| {
            let named = named.entry(of).or_default();
            *named += 1;
            *named
        });
        let turn = match number {
            _ if led(rank, node) => Turn::Led,
            Some(1) => Turn::Speaks,
            Some(FIRST..) | None => Turn::Rest,
            Some(_) => Turn::First,
        };
        (turn, node)
    };
    let mut order: Vec<(Turn, &Node)> = nodes.iter().enumerate().map(turn).collect();
    order.sort_by_key(|(turn, _)| *turn);
    order
}

/// When a name looks for room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// It is written in any case.
    Led,
    /// It speaks for a community.
    Speaks,
    /// It is among the first of a community.
    First,
    /// It is one of many.
    Rest,
}

/// The names of parties.
pub(super) struct Labels {
    /// Those that found room.
    pub items: Vec<Item>,
    /// How many found none.
    pub hidden: usize,
    /// How many parties are on the pane.
    pub seen: usize,
}

/// The labels that find room.
pub(super) fn labels(spec: &NetworkSpec<'_>, nodes: &[Node], taken: &mut Occupancy) -> Labels {
    // The rings of parties that are new or gone stand around their marks.
    let ring = if spec.changes.is_some() { 3.0 } else { 0.0 };
    let mut items = Vec::new();
    let (mut hidden, mut seen) = (0, 0);
    let order = in_order(spec, nodes);
    // What the names of a turn leave free: in a crowd, the marks of those who have had theirs, and
    // more from turn to turn.
    let largest = nodes.iter().map(|node| node.radius).fold(0.0, f32::max);
    let block = |turn: Turn, taken: &mut Occupancy| {
        let free = |(of, node): &&(Turn, &Node)| match turn {
            Turn::Led | Turn::Speaks => *of <= Turn::Speaks,
            Turn::First => node.radius >= largest * LARGE,
            Turn::Rest => node.radius >= largest * SPECK,
        };
        order.iter().filter(free).for_each(|(_, node)| taken.block(disc_area(node)));
    };
    let mut present = None;
    for (rank, &(turn, node)) in order.iter().enumerate() {
        if is_crowd(nodes) && present != Some(turn) {
            block(turn, taken);
            present = Some(turn);
        }
        let (x, y) = (node.center.x, node.center.y);
        if x < 0.0 || y < 0.0 || x > spec.size.0 || y > spec.size.1 {
            continue;
        }
        seen += 1;
        if rank >= LABELS {
            hidden += 1;
            continue;
        }
        let party = spec.dataset.party(node.party);
        let weighty =
            matches!(party.kind, PartyKind::State | PartyKind::Organisation | PartyKind::Unsaid);
        let leads = is_crowd(nodes) && turn <= Turn::Speaks;
        let strong = leads || weighty && node.radius >= 11.0;
        let size = if strong { Tokens::NOTE } else { Tokens::SMALL };
        let color = match (node.faded, strong) {
            (true, _) => spec.tokens.ink_faint.over(spec.tokens.paper, 0.45),
            (false, true) => spec.tokens.ink_strong,
            (false, false) => spec.tokens.ink,
        };
        let style = Style { size, strong, color };
        let name = Name {
            text: party.label(),
            center: node.center,
            radius: node.radius + ring,
            style,
            led: turn == Turn::Led,
            over: if is_crowd(nodes) { nodes } else { &[] },
        };
        hidden += usize::from(!name.write(spec, taken, &mut items));
    }
    Labels { items, hidden, seen }
}

/// A name that looks for room by its mark.
pub(super) struct Name<'a> {
    pub text: &'a str,
    /// The middle of the mark.
    pub center: Point,
    /// Its radius.
    pub radius: f32,
    pub style: Style,
    /// Whether it may stand far from its mark, at the end of a line.
    pub led: bool,
    /// The marks that it may cover.
    pub over: &'a [Node],
}

impl Name<'_> {
    /// Writes the name in one line or, where that finds no room, in two. Returns whether there was
    /// room.
    pub fn write(
        &self,
        spec: &NetworkSpec<'_>,
        taken: &mut Occupancy,
        items: &mut Vec<Item>,
    ) -> bool {
        let (&Self { center, radius, .. }, Style { size, strong, .. }) = (self, self.style);
        let fitted = |line| text::fitted(line, LINE, size, strong);
        let one = vec![fitted(self.text)];
        let two = halves(self.text).map(|halves| Vec::from(halves.map(fitted)));
        // What is long in one line is first tried in two.
        let long = text::width(self.text, size, strong) > LINE * 0.8;
        let forms = match two {
            Some(two) if long => [Some(two), Some(one)],
            two => [Some(one), two],
        };
        let forms: Vec<(Vec<String>, Label)> = forms
            .into_iter()
            .flatten()
            .map(|lines| {
                let widths = lines.iter().map(|line| text::width(line, size, strong));
                let label = Label {
                    center: [f64::from(center.x), f64::from(center.y)],
                    radius: f64::from(radius),
                    width: f64::from(widths.fold(0.0, f32::max)),
                    height: f64::from(size) * 1.2 * lines.len() as f64,
                    gap: 4.0,
                };
                (lines, label)
            })
            .collect();
        let sides = if strong { Side::UNDER } else { Side::BESIDE };
        let near = forms.iter().find_map(|(lines, label)| {
            let found = taken.place(label, &sides);
            let found =
                found.or_else(|| (radius >= WORTH).then(|| taken.place_around(label, &NEAR))?);
            Some((lines, found?.0))
        });
        let far = |taken: &mut Occupancy| {
            let (lines, label) = forms.first()?;
            let found = taken.place_around(label, &FAR).map(|(area, _)| area);
            Some((lines, found.or_else(|| taken.place_anywhere(label))?))
        };
        let Some((lines, area)) = near.or_else(|| self.led.then(|| far(taken))?) else {
            return false;
        };
        items.extend(leader::to_mark(area, center, radius, spec.tokens.ink_weak, taken));
        let [left, top, right, bottom] = area.map(|side| side as f32);
        let rect = Rect::new(left - 1.0, top, right - left + 2.0, bottom - top);
        // Between letters, the specks of a crowd would pass for dots and accents.
        if self.over.iter().any(|node| rect.grown(node.radius).contains(node.center)) {
            let fill = Some(spec.tokens.paper.faded(0.78));
            items.push(Item::Rect { rect, radius: 2.0, fill, stroke: None });
        }
        // Two lines lean towards their mark.
        let (x, align) = if left > center.x {
            (left, Align::Left)
        } else if right < center.x {
            (right, Align::Right)
        } else {
            ((left + right) / 2.0, Align::Center)
        };
        for (number, line) in lines.iter().enumerate() {
            let y = top + size * (0.95 + 1.2 * number as f32);
            let run = text::line(line, Point::new(x, y), align, self.style);
            items.push(Item::Text(run.haloed(spec.tokens.paper)));
        }
        true
    }
}

/// A name broken at the space nearest to its middle, if it has any.
fn halves(name: &str) -> Option<[&str; 2]> {
    let middle = name.len() / 2;
    let at = name.match_indices(' ').map(|(at, _)| at).min_by_key(|at| at.abs_diff(middle))?;
    Some([name[..at].trim_end(), name[at..].trim_start()])
}
