//! The names of parties: each beside its mark, where nothing else stands.

use super::{CROWD, Link, NetworkSpec, Node};
use crate::{
    layout::placement::{Label, Occupancy, Side},
    model::PartyKind,
    scene::{
        Item, Point, Rect, Tokens,
        text::{self, Align, Style},
    },
};

/// The longest line of a name, in points.
const LINE: f32 = 170.0;
/// The most labels that are tried.
const LABELS: usize = 600;

/// What names must leave free: marks, and lines as far as that is possible.
pub(super) fn occupied(nodes: &[Node], links: &[Link<'_>], bounds: [f64; 4]) -> Occupancy {
    let mut taken = Occupancy::new(bounds);
    // A name may cover the specks of a crowd, but never a disc that one could take for its own.
    let least = if nodes.len() > CROWD / 4 {
        nodes.first().map_or(0.0, |node| node.radius) * 0.3
    } else {
        0.0
    };
    for node in nodes.iter().filter(|node| node.radius >= least) {
        taken.block(disc_area(node));
    }
    for link in links {
        let length = link.curve.from.distance(link.curve.to);
        // A name over a partnership is worse than one over a passing acquaintance.
        let weight = link.tie.map_or(0.5, |tie| (0.3 + 0.5 * tie.weight).min(3.0))
            + if link.partnerships.is_empty() { 0.0 } else { 3.0 };
        for point in link.curve.points(((length / 5.0) as usize).clamp(2, 200)) {
            taken.avoid([f64::from(point.x), f64::from(point.y)], weight);
        }
    }
    taken
}

fn disc_area(node: &Node) -> [f64; 4] {
    let (x, y, r) =
        (f64::from(node.center.x), f64::from(node.center.y), f64::from(node.radius) + 1.5);
    [x - r, y - r, x + r, y + r]
}

/// The labels that find room, and how many did not.
pub(super) fn labels(
    spec: &NetworkSpec<'_>,
    nodes: &[Node],
    taken: &mut Occupancy,
) -> (Vec<Item>, usize) {
    // The rings of parties that are new or gone stand around their marks.
    let ring = if spec.changes.is_some() { 3.0 } else { 0.0 };
    let mut items = Vec::new();
    let mut hidden = 0;
    for (rank, node) in nodes.iter().enumerate() {
        let (x, y) = (node.center.x, node.center.y);
        if x < 0.0 || y < 0.0 || x > spec.size.0 || y > spec.size.1 {
            continue;
        }
        if rank >= LABELS {
            hidden += 1;
            continue;
        }
        let party = spec.dataset.party(node.party);
        let strong =
            matches!(party.kind, PartyKind::State | PartyKind::Organisation) && node.radius >= 11.0;
        let size = if strong { Tokens::NOTE } else { Tokens::SMALL };
        let color = match (node.faded, strong) {
            (true, _) => spec.tokens.ink_faint.over(spec.tokens.paper, 0.45),
            (false, true) => spec.tokens.ink_strong,
            (false, false) => spec.tokens.ink,
        };
        let style = Style { size, strong, color };
        if !write_name(
            spec,
            party.label(),
            (node.center, node.radius + ring),
            style,
            taken,
            &mut items,
        ) {
            hidden += 1;
        }
    }
    (items, hidden)
}

/// Writes a name by its mark, in one line or, where that finds no room, in two. Returns whether
/// there was room.
pub(super) fn write_name(
    spec: &NetworkSpec<'_>,
    name: &str,
    (center, radius): (Point, f32),
    style: Style,
    taken: &mut Occupancy,
    items: &mut Vec<Item>,
) -> bool {
    let Style { size, strong, .. } = style;
    let one = vec![text::fitted(name, LINE, size, strong)];
    let two = halves(name).map(|halves| halves.map(|half| text::fitted(half, LINE, size, strong)));
    let two = two.map(Vec::from);
    // What is long in one line is first tried in two.
    let long = text::width(name, size, strong) > LINE * 0.8;
    let forms = match two {
        Some(two) if long => [Some(two), Some(one)],
        two => [Some(one), two],
    };
    let sides = if strong { Side::UNDER } else { Side::BESIDE };
    for lines in forms.into_iter().flatten() {
        let widths: Vec<f32> = lines.iter().map(|line| text::width(line, size, strong)).collect();
        let width = widths.iter().copied().fold(0.0, f32::max);
        let label = Label {
            center: [f64::from(center.x), f64::from(center.y)],
            radius: f64::from(radius),
            width: f64::from(width),
            height: f64::from(size) * 1.2 * lines.len() as f64,
            gap: 4.0,
        };
        let Some((area, crossed)) = taken.place(&label, &sides) else { continue };
        let [left, top, right, bottom] = area.map(|side| side as f32);
        if crossed > 0.0 {
            items.push(Item::Rect {
                rect: Rect::new(left - 1.0, top, right - left + 2.0, bottom - top),
                radius: 2.0,
                fill: Some(spec.tokens.paper.faded(0.78)),
                stroke: None,
            });
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
            items.push(Item::Text(text::line(line, Point::new(x, y), align, style)));
        }
        return true;
    }
    false
}

/// A name broken at the space nearest to its middle, if it has any.
fn halves(name: &str) -> Option<[&str; 2]> {
    let middle = name.len() / 2;
    let at = name.match_indices(' ').map(|(at, _)| at).min_by_key(|at| at.abs_diff(middle))?;
    Some([name[..at].trim_end(), name[at..].trim_start()])
}
