//! The difference between two stretches of time, drawn on the network: ties and parties gained and
//! lost, told apart by line and sign as well as by colour.

use super::{CROWD, Link, NetworkSpec, Node, short_number, tie_width};
use crate::{
    model::{PartyId, Target},
    query::{ChangedTie, Comparison, TieChange},
    scene::{Color, Hit, Item, Mark, Point, Stroke, Tokens, timeline::shapes},
};

/// So many lines bear signs, those that changed most.
const SIGNS: usize = 32;
/// The shortest line that bears a sign, in points.
const LEAST_SIGNED: f32 = 44.0;

/// The line of a tie: what is gained is solid, what is lost dashed, what stays thin and grey.
#[must_use]
pub fn change_stroke(tokens: &Tokens, change: TieChange, width: f32) -> Stroke {
    match change {
        TieChange::New => Stroke::solid(tokens.gain, width.max(1.6)),
        TieChange::Stronger => Stroke::solid(tokens.gain.over(tokens.paper, 0.62), width.max(1.6)),
        TieChange::Same => Stroke::solid(tokens.tie, width),
        TieChange::Weaker => {
            Stroke::dashed(tokens.loss.over(tokens.paper, 0.68), width.max(1.6), 9.0, 3.5)
        }
        TieChange::Lost => Stroke::dashed(tokens.loss, width.max(1.6), 3.0, 3.5),
    }
}

/// The sign of a change around a point: plus, triangle up, triangle down, cross; nothing for what
/// is the same.
#[must_use]
pub fn sign(tokens: &Tokens, change: TieChange, at: Point) -> Vec<Item> {
    let p = |x: f32, y: f32| Point::new(at.x + x, at.y + y);
    let color = change_stroke(tokens, change, 1.0).color;
    let line = |a, b| shapes::line(a, b, Stroke::solid(color, 1.5));
    let mut items = vec![Item::Circle {
        center: at,
        radius: 5.5,
        fill: Some(tokens.paper),
        stroke: Some(Stroke::solid(color, 1.0)),
    }];
    match change {
        TieChange::New => {
            items.extend([line(p(-3.0, 0.0), p(3.0, 0.0)), line(p(0.0, -3.0), p(0.0, 3.0))]);
        }
        TieChange::Lost => {
            items.extend([line(p(-2.2, -2.2), p(2.2, 2.2)), line(p(-2.2, 2.2), p(2.2, -2.2))]);
        }
        TieChange::Stronger => {
            let corners = [p(0.0, -3.2), p(3.0, 2.0), p(-3.0, 2.0)];
            items.push(shapes::polyline(&corners, true, Some(color), None));
        }
        TieChange::Weaker => {
            let corners = [p(0.0, 3.2), p(3.0, -2.0), p(-3.0, -2.0)];
            items.push(shapes::polyline(&corners, true, Some(color), None));
        }
        TieChange::Same => items.clear(),
    }
    items
}

/// Draws the ties: what stays at the bottom, what is new on top.
pub(super) fn draw(
    spec: &NetworkSpec<'_>,
    compared: &Comparison,
    links: &[Link],
    items: &mut Vec<Item>,
) {
    let find = |link: &Link| {
        let at = compared.ties.binary_search_by_key(&link.ends, |tie| (tie.a, tie.b)).ok()?;
        compared.ties.get(at)
    };
    let rank = |change: TieChange| match change {
        TieChange::Same => 0,
        TieChange::Weaker => 1,
        TieChange::Lost => 2,
        TieChange::Stronger => 3,
        TieChange::New => 4,
    };
    let mut drawn: Vec<(&Link, &ChangedTie, f64)> =
        links.iter().filter_map(|link| Some((link, find(link)?, link.tie?.weight))).collect();
    drawn.sort_by(|a, b| {
        b.0.faded
            .cmp(&a.0.faded)
            .then(rank(a.1.change).cmp(&rank(b.1.change)))
            .then(a.2.total_cmp(&b.2))
            .then(a.0.ends.cmp(&b.0.ends))
    });
    let strongest = spec
        .strongest
        .unwrap_or_else(|| drawn.iter().map(|(_, _, weight)| *weight).fold(0.0, f64::max));
    let crowded = drawn.len() > CROWD;
    let difference = |tie: &ChangedTie| {
        let [a, b] = compared.strength(tie.weight);
        (b - a).abs()
    };
    let mut differences: Vec<f64> = drawn
        .iter()
        .map(|(_, tie, _)| tie)
        .filter(|tie| tie.change != TieChange::Same)
        .map(|tie| difference(tie))
        .collect();
    differences.sort_by(|a, b| b.total_cmp(a));
    let least_signed = differences.get(SIGNS).copied().unwrap_or(0.0);
    let mut signs = Vec::new();
    for (link, tie, weight) in drawn {
        let width = if crowded {
            (tie_width(weight) * 0.6 * (weight / strongest.max(1e-9)).sqrt() as f32).clamp(0.3, 4.0)
        } else {
            tie_width(weight)
        };
        let mut stroke = change_stroke(spec.tokens, tie.change, width);
        if crowded {
            stroke.width = width.max(if tie.change == TieChange::Same { 0.3 } else { 0.8 });
            // Where there are many lines, the weak ones step back behind the strong.
            let share = (weight / strongest.max(1e-9)).sqrt() as f32;
            let strength = if tie.change == TieChange::Same { 0.45 } else { 0.16 + 0.84 * share };
            stroke.color = stroke.color.over(spec.tokens.paper, strength);
        }
        if link.faded {
            stroke.color = stroke.color.over(spec.tokens.paper, 0.25);
        }
        let (a, b) = (spec.dataset.party(tie.a), spec.dataset.party(tie.b));
        items.push(Item::Group {
            mark: Mark {
                target: Some(Target::Tie(tie.a, tie.b)),
                id: format!("tie-{}-{}", a.key, b.key),
                title: format!("{} – {}: {}", a.name, b.name, tie_words(compared, tie)),
                hits: vec![Hit::Line(link.curve.points(16), stroke.width / 2.0)],
            },
            items: vec![Item::Path {
                segments: link.curve.path(),
                fill: None,
                stroke: Some(stroke),
            }],
        });
        let long = link.curve.from.distance(link.curve.to) > LEAST_SIGNED;
        if long && !link.faded && difference(tie) > least_signed {
            signs.extend(sign(spec.tokens, tie.change, link.curve.at(0.5)));
        }
    }
    items.append(&mut signs);
}

/// "stronger, 2 → 5 shared engagements, weight 1.5 → 3".
fn tie_words(compared: &Comparison, tie: &ChangedTie) -> String {
    let [before, after] = tie.weight.map(short_number);
    let counts = format!("{} → {} shared engagements", tie.engagements[0], tie.engagements[1]);
    let mut words = format!("{}, {counts}, weight {before} → {after}", tie.change.label());
    if compared.per_year {
        let [before, after] = compared.strength(tie.weight).map(short_number);
        words.push_str(&format!(", a year {before} → {after}"));
    }
    words
}

/// The colour of a party, and the ring around one that is new (solid) or gone (dashed).
pub(super) fn party(
    spec: &NetworkSpec<'_>,
    compared: &Comparison,
    node: &Node,
    shown: &mut Vec<Item>,
) -> Color {
    let tokens = spec.tokens;
    let pale = |color: Color| if node.faded { color.over(tokens.paper, 0.25) } else { color };
    let ring = |stroke: Stroke| Item::Circle {
        center: node.center,
        radius: node.radius + 2.5,
        fill: None,
        stroke: Some(stroke),
    };
    match compared.parties.get(node.party.index()) {
        Some([0, after]) if *after > 0 => {
            shown.push(ring(Stroke::solid(pale(tokens.gain), 1.2)));
            pale(tokens.gain)
        }
        Some([before, 0]) if *before > 0 => {
            shown.push(ring(Stroke::dashed(pale(tokens.loss), 1.2, 2.5, 2.0)));
            pale(tokens.loss.over(tokens.paper, 0.55))
        }
        _ => pale(tokens.kind(4)),
    }
}

/// "3 → 8 engagements".
pub(super) fn party_count(compared: &Comparison, party: PartyId) -> String {
    let [before, after] = compared.parties.get(party.index()).copied().unwrap_or_default();
    let told = match (before, after) {
        (0, 1..) => ", new",
        (1.., 0) => ", gone",
        _ => "",
    };
    format!("{before} → {after} engagements{told}")
}
