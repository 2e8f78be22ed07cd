//! The network: parties as marks, shared engagements as lines, formal partnerships as double
//! lines.

mod changes;
mod curve;
mod look;

use std::{cmp::Reverse, collections::BTreeMap};

pub use changes::{change_stroke, sign};
use curve::Curve;
pub use look::{mark, slots};

use super::{
    Hit, Item, Mark, Point, Rect, Scene, Stroke, Tokens,
    text::{self, Align, Style},
};
use crate::{
    layout::{
        camera::Camera,
        network::{PartyLayout, formal_pairs, node_radius},
        placement::{Label, Occupancy, Side},
    },
    model::{Dataset, PartnershipId, PartyId, PartyKind, Target},
    query::{Comparison, Tie, Ties},
};

/// What a network is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct NetworkSpec<'a> {
    /// The dataset.
    pub dataset: &'a Dataset,
    /// The ties among the engagements that pass the filter.
    pub ties: &'a Ties,
    /// Where the parties stand: one layout over the whole period.
    pub layout: &'a PartyLayout,
    /// What part of the layout is seen.
    pub camera: Camera,
    /// Width and height in points.
    pub size: (f32, f32),
    /// The colours.
    pub tokens: &'a Tokens,
    /// The party whose neighbours are shown in full colour while all others fade.
    pub highlighted: Option<PartyId>,
    /// Two stretches of time whose difference is drawn instead of the ties themselves; `ties` are
    /// then [`Comparison::drawn`].
    pub changes: Option<&'a Comparison>,
    /// The weight of the widest line where many compete for room: that of the strongest tie drawn
    /// when `None`. Several drawings with the same value can be held against one another.
    pub strongest: Option<f64>,
    /// Whether to say in a line at the foot how many parties are shown.
    pub note: bool,
}

/// Points around the drawing when it is fitted: room for labels.
const MARGIN: f64 = 28.0;
/// Room for the note at the foot, in points.
const FOOT: f64 = 20.0;
/// More parties than this have their lines bent alike, and fewer of their labels are tried.
const MANY: usize = 250;
/// From this many ties on the weak ones are drawn as hairlines.
const CROWD: usize = 400;
/// The longest line of a name, in points.
const LINE: f32 = 170.0;
/// The most labels that are tried.
const LABELS: usize = 600;

/// The view in which the whole layout fits a pane of the given size.
#[must_use]
pub fn fit(layout: &PartyLayout, size: (f32, f32)) -> Camera {
    let size = [f64::from(size.0), f64::from(size.1)];
    let Some([left, top, right, bottom]) = layout.bounds() else { return Camera::default() };
    // Names stand beside the outermost marks.
    let bounds = [left - 60.0, top, right + 60.0, bottom];
    let mut camera = Camera::fit(bounds, [size[0], size[1] - FOOT], MARGIN, 1.6);
    camera.center[1] += FOOT / 2.0 / camera.zoom;
    camera
}

/// By how much marks grow with the zoom: with the drawing while it is small, slower beyond.
fn growth(zoom: f64) -> f64 {
    if zoom <= 1.0 { zoom.max(0.25) } else { zoom.sqrt().min(3.0) }
}

/// The width of a tie's line in points: its area on the page grows slower than its weight, so that
/// one busy pair does not bury the rest.
#[must_use]
pub fn tie_width(weight: f64) -> f32 {
    (0.7 + 1.3 * weight.max(0.0).sqrt()).min(9.0) as f32
}

struct Node {
    party: PartyId,
    center: Point,
    radius: f32,
    engagements: u32,
    faded: bool,
}

/// What joins two parties.
#[derive(Default)]
struct Joined<'a> {
    tie: Option<&'a Tie>,
    partnerships: Vec<PartnershipId>,
}

/// The ties of a pair with the curve that they follow.
struct Link<'a> {
    curve: Curve,
    tie: Option<&'a Tie>,
    partnerships: Vec<PartnershipId>,
    faded: bool,
    ends: (PartyId, PartyId),
}

/// Draws the network.
#[must_use]
pub fn network(spec: &NetworkSpec<'_>) -> Scene {
    let pane = Rect::new(0.0, 0.0, spec.size.0, spec.size.1);
    let nodes = nodes(spec);
    let links = links(spec, &nodes);
    let slots = slots(spec.dataset, &spec.layout.engagements);
    let mut items = Vec::new();
    if let Some(compared) = spec.changes {
        changes::draw(spec, compared, &links, &mut items);
    } else {
        draw_partnerships(spec, &links, &mut items);
        draw_ties(spec, &links, &mut items);
    }

    let (left, top) = (f64::from(pane.x) + 4.0, f64::from(pane.y) + 4.0);
    let foot = if spec.note { FOOT } else { 4.0 };
    let mut taken =
        Occupancy::new([left, top, f64::from(pane.right()) - 4.0, f64::from(pane.bottom()) - foot]);
    // A name may cover the specks of a crowd, but never a disc that one could take for its own.
    let least = if nodes.len() > CROWD / 4 {
        nodes.first().map_or(0.0, |node| node.radius) * 0.3
    } else {
        0.0
    };
    for node in nodes.iter().filter(|node| node.radius >= least) {
        taken.block(disc_area(node));
    }
    for link in &links {
        let length = link.curve.from.distance(link.curve.to);
        // A name over a partnership is worse than one over a passing acquaintance.
        let weight = link.tie.map_or(0.5, |tie| (0.3 + 0.5 * tie.weight).min(3.0))
            + if link.partnerships.is_empty() { 0.0 } else { 3.0 };
        for point in link.curve.points(((length / 5.0) as usize).clamp(2, 200)) {
            taken.avoid([f64::from(point.x), f64::from(point.y)], weight);
        }
    }
    let (labels, hidden) = labels(spec, &nodes, &mut taken);
    for node in nodes.iter().rev() {
        let party = spec.dataset.party(node.party);
        let mut color = look::color(spec.tokens, slots[node.party.index()], node.faded);
        let mut count = engagements(node.engagements);
        let mut shown = Vec::new();
        if let Some(compared) = spec.changes {
            color = changes::party(spec, compared, node, &mut shown);
            count = changes::party_count(compared, node.party);
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
        items.push(Item::Group {
            mark: Mark {
                target: Some(Target::Party(node.party)),
                id: format!("party-{}", party.key),
                title: format!("{} — {count}", party.name),
                hits: vec![Hit::Circle(node.center, node.radius)],
            },
            items: shown,
        });
    }
    items.extend(labels);
    let mut scene = vec![Item::Clip { rect: pane, items }];
    if spec.note {
        scene.push(note(spec, nodes.len(), hidden));
    }
    Scene {
        width: spec.size.0,
        height: spec.size.1,
        background: spec.tokens.paper,
        title: format!("Partnership network: {} parties", nodes.len()),
        items: scene,
    }
}

/// The parties to be drawn, the most important first.
fn nodes(spec: &NetworkSpec<'_>) -> Vec<Node> {
    let size = [f64::from(spec.size.0), f64::from(spec.size.1)];
    let growth = growth(spec.camera.zoom);
    let near = spec.highlighted.map(|party| neighbours(spec, party));
    let mut nodes: Vec<Node> = spec
        .ties
        .engagements
        .iter()
        .enumerate()
        .filter(|&(_, &engagements)| engagements > 0)
        .filter_map(|(index, &engagements)| {
            let party = PartyId::at(index);
            let at = spec.layout.positions.get(index).copied().flatten()?;
            let at = spec.camera.to_pane(at, size);
            let radius = (node_radius(engagements, spec.layout.most) * growth).max(2.0);
            Some(Node {
                party,
                center: Point::new(at[0] as f32, at[1] as f32),
                radius: radius as f32,
                engagements,
                faded: near.as_ref().is_some_and(|near| near.binary_search(&party).is_err()),
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

/// A party and those it has a tie or a formal partnership with, sorted.
fn neighbours(spec: &NetworkSpec<'_>, party: PartyId) -> Vec<PartyId> {
    let mut near = vec![party];
    for tie in &spec.ties.ties {
        if tie.a == party {
            near.push(tie.b);
        } else if tie.b == party {
            near.push(tie.a);
        }
    }
    for partnership in spec.dataset.partnerships() {
        for (a, b) in formal_pairs(spec.dataset, partnership) {
            if a == party {
                near.push(b);
            } else if b == party {
                near.push(a);
            }
        }
    }
    near.sort_unstable();
    near.dedup();
    near
}

fn links<'a>(spec: &NetworkSpec<'a>, nodes: &[Node]) -> Vec<Link<'a>> {
    let mut place: Vec<Option<usize>> = vec![None; spec.dataset.parties().len()];
    for (position, node) in nodes.iter().enumerate() {
        place[node.party.index()] = Some(position);
    }
    let shown = |party: PartyId| place.get(party.index()).copied().flatten().map(|at| &nodes[at]);
    let mut pairs: BTreeMap<(PartyId, PartyId), Joined<'_>> = BTreeMap::new();
    for tie in &spec.ties.ties {
        pairs.entry((tie.a, tie.b)).or_default().tie = Some(tie);
    }
    for (index, partnership) in spec.dataset.partnerships().iter().enumerate() {
        for pair in formal_pairs(spec.dataset, partnership) {
            pairs.entry(pair).or_default().partnerships.push(PartnershipId::at(index));
        }
    }
    let discs: Vec<(Point, f32)> = nodes.iter().map(|node| (node.center, node.radius)).collect();
    let count = nodes.len().max(1) as f32;
    let middle = Point::new(
        discs.iter().map(|(center, _)| center.x).sum::<f32>() / count,
        discs.iter().map(|(center, _)| center.y).sum::<f32>() / count,
    );
    pairs
        .into_iter()
        .filter_map(|((a, b), Joined { tie, mut partnerships })| {
            let (from, to) = (shown(a)?, shown(b)?);
            // The wider partnership speaks for those within it.
            partnerships.sort_by_key(|&id| (spec.dataset.partnership(id).part_of.is_some(), id));
            let curve = if nodes.len() > MANY {
                Curve::bent(from.center, to.center, 0.08)
            } else {
                let others: Vec<(Point, f32)> = discs
                    .iter()
                    .copied()
                    .filter(|(center, _)| *center != from.center && *center != to.center)
                    .collect();
                Curve::around(from.center, to.center, middle, &others)
            };
            let faded = match spec.highlighted {
                Some(party) => a != party && b != party,
                None => false,
            };
            Some(Link { curve, tie, partnerships, faded, ends: (a, b) })
        })
        .collect()
}

fn draw_partnerships(spec: &NetworkSpec<'_>, links: &[Link<'_>], items: &mut Vec<Item>) {
    for link in links {
        let Some(&first) = link.partnerships.first() else { continue };
        let color = spec.tokens.partnership;
        let color = if link.faded { color.over(spec.tokens.paper, 0.25) } else { color };
        let away = rail(link);
        let rails = [away, -away].map(|by| Item::Path {
            segments: link.curve.beside(by).path(),
            fill: None,
            stroke: Some(Stroke::solid(color, 1.6)),
        });
        let (a, b) = link.ends;
        let (a, b) = (spec.dataset.party(a), spec.dataset.party(b));
        items.push(Item::Group {
            mark: Mark {
                target: Some(Target::Partnership(first)),
                id: format!(
                    "partnership-{}-{}-{}",
                    spec.dataset.partnership(first).key,
                    a.key,
                    b.key
                ),
                title: partnership_title(spec.dataset, &link.partnerships),
                hits: vec![Hit::Line(link.curve.points(16), away + 1.0)],
            },
            items: rails.into(),
        });
    }
}

/// How far the lines of a formal partnership run from the middle of the tie between them.
fn rail(link: &Link<'_>) -> f32 {
    link.tie.map_or(0.0, |tie| tie_width(tie.weight) / 2.0 + 0.6).max(1.0) + 1.0
}

/// "Comprehensive Partnership (ASEAN's ladder) — ASEAN–US; …" for each partnership of a pair.
fn partnership_title(dataset: &Dataset, partnerships: &[PartnershipId]) -> String {
    let mut title = String::new();
    for &id in partnerships {
        let partnership = dataset.partnership(id);
        if !title.is_empty() {
            title.push_str("; ");
        }
        title.push_str(&partnership.name);
        if let Some(level) = partnership.levels.iter().rev().find(|level| !level.planned) {
            title.push_str(" — ");
            title.push_str(&level.label);
            if let Some(ladder) = level.ladder {
                title.push_str(&format!(" (ladder: {})", dataset.ladder(ladder).name));
            }
        }
    }
    title
}

fn draw_ties(spec: &NetworkSpec<'_>, links: &[Link<'_>], items: &mut Vec<Item>) {
    let mut drawn: Vec<(&Link<'_>, &Tie)> =
        links.iter().filter_map(|link| Some((link, link.tie?))).collect();
    drawn.sort_by(|a, b| {
        b.0.faded
            .cmp(&a.0.faded)
            .then(a.1.weight.total_cmp(&b.1.weight))
            .then(a.0.ends.cmp(&b.0.ends))
    });
    let strongest = spec
        .strongest
        .unwrap_or_else(|| drawn.iter().map(|(_, tie)| tie.weight).fold(0.0, f64::max));
    // Where there are many lines, those between strangers step back behind the busy ones.
    let crowded = drawn.len() > CROWD;
    for (link, tie) in drawn {
        let share = (tie.weight / strongest.max(1e-9)).sqrt() as f32;
        let (width, strength) = if crowded {
            ((tie_width(tie.weight) * 0.6 * share).clamp(0.3, 4.0), 0.12 + 0.88 * share)
        } else {
            (tie_width(tie.weight), (0.5 + 0.3 * tie.weight as f32).min(1.0))
        };
        let strength = if link.faded { strength * 0.3 } else { strength };
        let (a, b) = (spec.dataset.party(tie.a), spec.dataset.party(tie.b));
        items.push(Item::Group {
            mark: Mark {
                target: Some(Target::Tie(tie.a, tie.b)),
                id: format!("tie-{}-{}", a.key, b.key),
                title: format!(
                    "{} – {}: {} shared, weight {}",
                    a.name,
                    b.name,
                    engagements(tie.engagements),
                    short_number(tie.weight)
                ),
                hits: vec![Hit::Line(link.curve.points(16), width / 2.0)],
            },
            items: vec![Item::Path {
                segments: link.curve.path(),
                fill: None,
                stroke: Some(Stroke::solid(
                    spec.tokens.tie.over(spec.tokens.paper, strength),
                    width,
                )),
            }],
        });
    }
}

fn disc_area(node: &Node) -> [f64; 4] {
    let (x, y, r) =
        (f64::from(node.center.x), f64::from(node.center.y), f64::from(node.radius) + 1.5);
    [x - r, y - r, x + r, y + r]
}

/// The labels that find room, and how many did not.
fn labels(spec: &NetworkSpec<'_>, nodes: &[Node], taken: &mut Occupancy) -> (Vec<Item>, usize) {
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
        if !write_name(spec, party.label(), node, style, taken, &mut items) {
            hidden += 1;
        }
    }
    (items, hidden)
}

/// Writes a name by its mark, in one line or, where that finds no room, in two. Returns whether
/// there was room.
fn write_name(
    spec: &NetworkSpec<'_>,
    name: &str,
    node: &Node,
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
            center: [f64::from(node.center.x), f64::from(node.center.y)],
            radius: f64::from(node.radius),
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
        let (x, align) = if left > node.center.x {
            (left, Align::Left)
        } else if right < node.center.x {
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

fn note(spec: &NetworkSpec<'_>, shown: usize, hidden: usize) -> Item {
    let all = spec.layout.positions.iter().flatten().count();
    let mut note = if shown == 0 {
        "No party is left: widen the filter to see the network".to_owned()
    } else {
        format!("{shown} of {all} parties shown")
    };
    if hidden > 0 {
        note.push_str(&format!(" · {hidden} without a name for lack of room"));
    }
    if shown < all && shown > 0 && hidden == 0 {
        note.push_str(" · places are fixed over the whole period, filters only show and hide");
    }
    let style = Style { size: Tokens::SMALL, strong: false, color: spec.tokens.ink_faint };
    let fitted = text::fitted(&note, spec.size.0 - 24.0, style.size, style.strong);
    Item::Text(text::line(&fitted, Point::new(12.0, spec.size.1 - 8.0), Align::Left, style))
}

/// "1 engagement", "22 engagements".
fn engagements(count: u32) -> String {
    if count == 1 { "1 engagement".to_owned() } else { format!("{count} engagements") }
}

/// A number with at most two decimals, without trailing zeros.
fn short_number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
