//! The lines of the network: shared engagements, formal partnerships, and what is part of what.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    Core, Layer, MANY, NetworkSpec, Node,
    curve::Curve,
    engagements,
    nodes::{Colors, is_link_seen},
    scope::Scope,
    short_number, tie_width,
};
use crate::{
    layout::{
        network::formal_pairs,
        placement::{Label, Occupancy, Side},
    },
    model::{Dataset, PartnershipId, PartyId, PartyKind, Target},
    query::{Standing, Tie},
    scene::{
        Hit, Item, Mark, PathSegment, Point, Stroke, Tokens,
        text::{self, Align, Style},
    },
};

/// Lines go around marks while there are at most so many pairs of a line and a mark.
const AROUND: usize = 120_000;
/// Up to so many lines are drawn in full width.
const FEW: usize = 150;
/// The longest level that is written on a line, in points.
const LEVEL: f32 = 240.0;
/// Up to so many partnerships have their level written on them.
const LEVELS: usize = 24;

/// What joins two parties.
#[derive(Default)]
struct Joined {
    tie: Option<Tie>,
    partnerships: Vec<PartnershipId>,
}

/// The ties of a pair with the curve that they follow.
pub(super) struct Link {
    pub curve: Curve,
    pub tie: Option<Tie>,
    pub partnerships: Vec<PartnershipId>,
    pub faded: bool,
    /// Whether the way that is brought out runs along it.
    pub on_way: bool,
    pub ends: (PartyId, PartyId),
    /// The radii of the marks at the ends.
    radii: (f32, f32),
}

/// The lines to be drawn, and how many ties there are between the parties that are shown.
pub(super) struct Links {
    pub all: Vec<Link>,
    /// How many ties are drawn.
    pub ties: usize,
    /// Of how many.
    pub of: usize,
}

impl Links {
    /// Whether parties without a drawn line are left out: where thousands stand around the
    /// strongest ties, their marks cover the drawing and say nothing about who deals with whom.
    pub fn leave_out_untied(&self, spec: &NetworkSpec<'_>, nodes: &[Node]) -> bool {
        nodes.len() > Core::ALL
            && spec.reading.core.is_none()
            && spec.changes.is_none()
            && self.ties > 0
            && self.ties < self.of
    }

    /// Puts the parties with a drawn line, and the highlighted one, before all others; returns how
    /// many they are.
    pub fn bring_forward(&self, spec: &NetworkSpec<'_>, nodes: &mut [Node]) -> usize {
        let mut tied: Vec<PartyId> =
            self.all.iter().flat_map(|link| [link.ends.0, link.ends.1]).collect();
        tied.extend(spec.highlighted);
        tied.sort_unstable();
        tied.dedup();
        let is_tied = |node: &Node| tied.binary_search(&node.party).is_ok();
        nodes.sort_by_key(|node| !is_tied(node));
        nodes.partition_point(is_tied)
    }
}

/// The lines between the parties that are shown.
pub(super) fn links(spec: &NetworkSpec<'_>, nodes: &[Node], scope: &Scope) -> Links {
    let options = &spec.reading.options;
    let mut place: Vec<Option<usize>> = vec![None; spec.dataset.party_ids()];
    for (position, node) in nodes.iter().enumerate() {
        place[node.party.index()] = Some(position);
    }
    let shown = |party: PartyId| place.get(party.index()).copied().flatten().map(|at| &nodes[at]);
    let all = &spec.ties.ties;
    let among = |a: PartyId, b: PartyId| shown(a).is_some() && shown(b).is_some();
    let of = if scope.leaves_out() {
        all.len()
    } else {
        all.iter().filter(|tie| among(tie.a, tie.b)).count()
    };
    let ties = if options.ties {
        // What the reader looks at comes before what is merely strong.
        all.strongest(options.drawn_ties() as usize, among, |a, b| {
            spec.highlighted.is_some_and(|party| a == party || b == party) || scope.runs_along(a, b)
        })
    } else {
        Vec::new()
    };
    let drawn = ties.len();
    let mut pairs: BTreeMap<(PartyId, PartyId), Joined> = BTreeMap::new();
    for tie in ties {
        pairs.entry((tie.a, tie.b)).or_default().tie = Some(tie);
    }
    if options.shows(Layer::Partnerships) {
        for (index, partnership) in spec.dataset.partnerships().iter().enumerate() {
            if !Standing::on(partnership, spec.reading.day).exists {
                continue;
            }
            for (a, b) in formal_pairs(spec.dataset, partnership) {
                let (a, b) = (spec.reading.node(a), spec.reading.node(b));
                let known = &mut pairs.entry((a.min(b), a.max(b))).or_default().partnerships;
                if a != b && !known.contains(&PartnershipId::at(index)) {
                    known.push(PartnershipId::at(index));
                }
            }
        }
    }
    let discs: Vec<(Point, f32)> = nodes.iter().map(|node| (node.center, node.radius)).collect();
    let count = nodes.len().max(1) as f32;
    let middle = Point::new(
        discs.iter().map(|(center, _)| center.x).sum::<f32>() / count,
        discs.iter().map(|(center, _)| center.y).sum::<f32>() / count,
    );
    let alike = nodes.len() > MANY || nodes.len() * pairs.len() > AROUND;
    let link = |((a, b), Joined { tie, mut partnerships }): ((PartyId, PartyId), Joined)| {
        let (from, to) = (shown(a)?, shown(b)?);
        if a == b {
            return None;
        }
        // The wider partnership speaks for those within it.
        partnerships.sort_by_key(|&id| (spec.dataset.partnership(id).part_of.is_some(), id));
        let curve = if alike {
            Curve::bent(from.center, to.center, 0.08)
        } else {
            let others: Vec<(Point, f32)> = discs
                .iter()
                .copied()
                .filter(|(center, _)| *center != from.center && *center != to.center)
                .collect();
            Curve::around(from.center, to.center, middle, &others)
        };
        let on_way = scope.runs_along(a, b);
        let faded = match spec.highlighted {
            Some(party) => a != party && b != party,
            None => scope.fades(a) || scope.fades(b),
        };
        let radii = (from.radius, to.radius);
        Some(Link {
            curve,
            tie,
            partnerships,
            faded: faded && !on_way,
            on_way,
            ends: (a, b),
            radii,
        })
    };
    let mut all: Vec<Link> = pairs.into_iter().filter_map(link).collect();
    all.retain(|link| is_link_seen(link, spec.size));
    Links { all, ties: drawn, of }
}

/// Draws who is part of whom: a dotted line to the nearest whole that is shown.
pub(super) fn draw_part_of(spec: &NetworkSpec<'_>, nodes: &[Node], items: &mut Vec<Item>) {
    let mut shown: BTreeMap<PartyId, &Node> = BTreeMap::new();
    for node in nodes {
        shown.insert(node.party, node);
    }
    let color = spec.tokens.ink_faint;
    for node in nodes {
        for whole in wholes(spec.dataset, node.party) {
            let Some(other) = shown.get(&whole).filter(|other| other.party != node.party) else {
                continue;
            };
            let faded = node.faded || other.faded;
            let color = if faded { color.over(spec.tokens.paper, 0.3) } else { color };
            items.push(Item::Path {
                segments: Arc::new([
                    PathSegment::Move(node.center),
                    PathSegment::Line(other.center),
                ]),
                fill: None,
                stroke: Some(Stroke::dashed(color, 0.9, 1.2, 3.0)),
            });
        }
    }
}

/// What a party is directly a part of: a person of the bodies in which it holds an office, or of
/// its state where it holds none.
fn wholes(dataset: &Dataset, party: PartyId) -> Vec<PartyId> {
    let of = dataset.party(party);
    let mut bodies: Vec<PartyId> = of
        .offices
        .iter()
        .filter_map(|office| office.of)
        .filter(|id| of.kind == PartyKind::Person && dataset.party(*id).kind == PartyKind::Body)
        .collect();
    bodies.sort_unstable();
    bodies.dedup();
    if bodies.is_empty() { of.part_of.to_vec() } else { bodies }
}

/// Draws formal partnerships as double lines.
pub(super) fn draw_partnerships(spec: &NetworkSpec<'_>, links: &[Link], items: &mut Vec<Item>) {
    for link in links {
        let Some(&first) = link.partnerships.first() else { continue };
        let color = spec.tokens.partnership;
        let color = if link.faded { color.over(spec.tokens.paper, 0.25) } else { color };
        let away = rail(spec, link);
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
                title: partnership_title(spec, &link.partnerships),
                hits: vec![Hit::Line(link.curve.points(16), away + 1.0)],
            },
            items: rails.into(),
        });
    }
}

/// How far the lines of a formal partnership run from the middle of the tie between them.
fn rail(spec: &NetworkSpec<'_>, link: &Link) -> f32 {
    let tie = link.tie.filter(|_| spec.reading.options.ties);
    tie.map_or(0.0, |tie| tie_width(tie.weight) / 2.0 + 0.6).max(1.0) + 1.0
}

/// "ASEAN–US — Comprehensive Strategic Partnership (ladder: ASEAN) — coordinator: Cambodia; …" for
/// each partnership of a pair.
fn partnership_title(spec: &NetworkSpec<'_>, partnerships: &[PartnershipId]) -> String {
    let mut title = String::new();
    for &id in partnerships {
        let partnership = spec.dataset.partnership(id);
        if !title.is_empty() {
            title.push_str("; ");
        }
        title.push_str(&partnership.name);
        let standing = Standing::on(partnership, spec.reading.day);
        let level = standing.level_words(spec.dataset);
        if !level.is_empty() {
            title.push_str(&format!(" — {level}"));
        }
        for term in standing.terms() {
            let party = spec.dataset.party(term.party).label();
            title.push_str(&format!(" — {}: {party}", term.role));
        }
    }
    title
}

/// Writes the levels of formal partnerships on their lines, where there is room.
pub(super) fn draw_levels(
    spec: &NetworkSpec<'_>,
    links: &[Link],
    taken: &mut Occupancy,
    items: &mut Vec<Item>,
) {
    let formal = links.iter().filter(|link| !link.partnerships.is_empty() && !link.faded);
    for link in formal.take(LEVELS) {
        let said = link
            .partnerships
            .iter()
            .find_map(|&id| Standing::on(spec.dataset.partnership(id), spec.reading.day).level);
        let Some(level) = said else { continue };
        let style = Style { size: Tokens::SMALL, strong: false, color: spec.tokens.partnership };
        let words = text::fitted(&level.label, LEVEL, style.size, style.strong);
        let at = link.curve.at(0.5);
        let label = Label {
            center: [f64::from(at.x), f64::from(at.y)],
            radius: f64::from(rail(spec, link)),
            width: f64::from(text::width(&words, style.size, style.strong)),
            height: f64::from(style.size) * 1.2,
            gap: 4.0,
        };
        let Some((area, _)) = taken.place(&label, &Side::UNDER) else { continue };
        let [left, top, ..] = area.map(|side| side as f32);
        let at = Point::new(left, top + style.size * 0.95);
        let run = text::line(&words, at, Align::Left, style);
        items.push(Item::Text(run.haloed(spec.tokens.paper)));
    }
}

/// How much room many lines leave to each, from 1 to next to nothing; `None` for so few that they
/// need not make room.
fn crowd(lines: usize) -> Option<f32> {
    (lines > FEW).then(|| (FEW as f32 / lines as f32).sqrt())
}

/// Draws ties, the strongest on top.
pub(super) fn draw_ties(spec: &NetworkSpec<'_>, links: &[Link], items: &mut Vec<Item>) {
    let mut drawn: Vec<(&Link, Tie)> =
        links.iter().filter_map(|link| Some((link, link.tie?))).collect();
    drawn.sort_by(|a, b| {
        (a.0.on_way, b.0.faded)
            .cmp(&(b.0.on_way, a.0.faded))
            .then(a.1.weight.total_cmp(&b.1.weight))
            .then(a.0.ends.cmp(&b.0.ends))
    });
    let strongest = spec
        .strongest
        .unwrap_or_else(|| drawn.iter().map(|(_, tie)| tie.weight).fold(0.0, f64::max));
    let crowd = crowd(drawn.len());
    let colors = Colors::new(spec);
    for (link, tie) in drawn {
        let share = (tie.weight / strongest.max(1e-9)).sqrt() as f32;
        let (mut width, strength) = match crowd {
            Some(room) => (
                (0.35 + (tie_width(tie.weight) - 0.7) * share * room).min(5.0),
                (0.3 + 0.7 * share) * (0.16 + 0.84 * room),
            ),
            None => (tie_width(tie.weight), (0.5 + 0.3 * tie.weight as f32).min(1.0)),
        };
        let strength = if link.faded { strength * 0.3 } else { strength };
        let (ends, paper) = (colors.of_link(spec, link.ends), spec.tokens.paper);
        let mut color = match (ends, crowd) {
            // Lines on lines show where there are many.
            (Some(color), Some(_)) => color.over(paper, 0.8).faded(strength),
            (None, Some(_)) => spec.tokens.tie.faded(strength),
            (Some(color), None) => color.over(paper, 0.55).over(paper, strength),
            (None, None) => spec.tokens.tie.over(paper, strength),
        };
        if link.on_way {
            width = width.max(2.5);
            color = spec.tokens.accent;
        }
        let mut shown = vec![Item::Path {
            segments: link.curve.path(),
            fill: None,
            stroke: Some(Stroke::solid(color, width)),
        }];
        if spec.reading.options.shows(Layer::Directions) {
            let ink = if link.faded || link.on_way || crowd.is_some() {
                color
            } else {
                spec.tokens.ink_faint.over(spec.tokens.paper, 0.35 + 0.65 * strength)
            };
            let head = |end: bool| arrowhead(link, end, width, ink);
            shown.extend((tie.forth > 0).then(|| head(true)).flatten());
            shown.extend((tie.back > 0).then(|| head(false)).flatten());
        }
        let (a, b) = (spec.dataset.party(tie.a), spec.dataset.party(tie.b));
        items.push(Item::Group {
            mark: Mark {
                target: Some(Target::Tie(tie.a, tie.b)),
                id: format!("tie-{}-{}", a.key, b.key),
                title: tie_title(spec.dataset, &tie),
                hits: vec![Hit::Line(link.curve.points(16), width / 2.0)],
            },
            items: shown,
        });
    }
}

/// "Laos – Cambodia: 5 engagements shared, weight 3.5; 2 from Laos to Cambodia".
pub(super) fn tie_title(dataset: &Dataset, tie: &Tie) -> String {
    let (a, b) = (dataset.party(tie.a), dataset.party(tie.b));
    let mut title = format!(
        "{} – {}: {} shared, weight {}",
        a.name,
        b.name,
        engagements(tie.engagements),
        short_number(tie.weight)
    );
    for (count, from, to) in [(tie.forth, a, b), (tie.back, b, a)] {
        if count > 0 {
            title.push_str(&format!("; {count} from {} to {}", from.label(), to.label()));
        }
    }
    title
}

/// A small triangle at the rim of the mark at one end of a link; none where there is no room.
fn arrowhead(link: &Link, at_end: bool, width: f32, color: crate::scene::Color) -> Option<Item> {
    let length = link.curve.from.distance(link.curve.to);
    let (tip_away, size) = if at_end { (link.radii.1, width) } else { (link.radii.0, width) };
    let size = (4.0 + 1.2 * size).min(11.0);
    if length < link.radii.0 + link.radii.1 + 2.5 * size {
        return None;
    }
    let along = |away: f32| {
        let t = (away / length).clamp(0.0, 1.0);
        link.curve.at(if at_end { 1.0 - t } else { t })
    };
    let (tip, back) = (along(tip_away + 1.5), along(tip_away + 1.5 + size));
    let (dx, dy) = (tip.x - back.x, tip.y - back.y);
    let long = (dx * dx + dy * dy).sqrt().max(1e-3);
    let (nx, ny) = (-dy / long * size * 0.45, dx / long * size * 0.45);
    Some(Item::Path {
        segments: Arc::new([
            PathSegment::Move(tip),
            PathSegment::Line(Point::new(back.x + nx, back.y + ny)),
            PathSegment::Line(Point::new(back.x - nx, back.y - ny)),
            PathSegment::Close,
        ]),
        fill: Some(color),
        stroke: None,
    })
}
