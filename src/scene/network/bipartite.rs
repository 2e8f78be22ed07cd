//! Parties with the engagements that they took part in: a line for each time.

use std::cmp::Reverse;

use super::{
    NetworkSpec, Node,
    names::{self, Name},
    nodes::{self, places},
    scope::Scope,
};
use crate::{
    model::{PartyId, Target, words},
    query::Columns,
    scene::{
        Hit, Item, Mark, Point, Rect, Scene, Stroke, Tokens,
        text::{self, Align, Style},
        timeline::shapes,
    },
};

/// The most engagements that are drawn; of more, those of the most parties, then the latest.
const MOST: usize = 1_500;
/// Up to so many engagements have their titles written.
const TITLED: usize = 120;
/// How far from the midst of its parties an engagement may stand, in points of the layout.
const SPREAD: f64 = 30.0;
/// Turning by this angle, points never line up: the golden angle, in radians.
const GOLDEN: f64 = 2.399_963_229_728_653;

/// An engagement that is drawn.
struct Dot {
    row: u32,
    at: Point,
    parties: Vec<PartyId>,
}

/// Draws parties and the engagements of the given rows.
#[must_use]
pub fn bipartite(spec: &NetworkSpec<'_>, columns: &Columns, rows: &[u32]) -> Scene {
    let scope = Scope::new(spec);
    let nodes = nodes::nodes(spec, &scope);
    let drawn = &nodes[..nodes.len().min(nodes::MOST)];
    let mut place: Vec<Option<&Node>> = vec![None; spec.dataset.party_ids()];
    for node in drawn {
        place[node.party.index()] = Some(node);
    }
    let (dots, of) = dots(spec, columns, rows, &place);
    let (mut lines, mut marks) = (Vec::new(), Vec::new());
    let zoom = spec.camera.zoom.clamp(0.4, 2.5) as f32;
    for dot in &dots {
        let id = columns.engagement[dot.row as usize];
        let engagement = spec.dataset.engagement(id);
        let faded = spec.highlighted.is_some_and(|party| !dot.parties.contains(&party));
        for party in &dot.parties {
            let Some(node) = place[party.index()] else { continue };
            let strength = if faded { 0.2 } else { 0.75 };
            let stroke = Stroke::solid(spec.tokens.tie.over(spec.tokens.paper, strength), 0.9);
            lines.push(shapes::line(node.center, dot.at, stroke));
        }
        let color = spec.tokens.kind(spec.dataset.kind(engagement.kind).slot);
        let color = if faded { color.over(spec.tokens.paper, 0.25) } else { color };
        let radius = 3.6 * zoom;
        marks.push(Item::Group {
            mark: Mark {
                target: Some(Target::Engagement(id)),
                id: format!("engagement-{}", engagement.key),
                title: format!(
                    "{} — {}",
                    engagement.title,
                    words::date_of(spec.dataset, engagement)
                ),
                hits: vec![Hit::Circle(dot.at, radius)],
            },
            items: vec![Item::Circle {
                center: dot.at,
                radius,
                fill: Some(color),
                stroke: Some(Stroke::solid(spec.tokens.paper, 1.0)),
            }],
        });
    }
    let mut items = lines;
    items.append(&mut marks);
    let bounds = [
        4.0,
        4.0,
        f64::from(spec.size.0) - 4.0,
        f64::from(spec.size.1) - if spec.note { 20.0 } else { 4.0 },
    ];
    let mut taken = names::occupied(drawn, &[], bounds);
    for dot in &dots {
        taken.block(square(dot.at, 4.0 * zoom));
    }
    let labels = names::labels(spec, drawn, &mut taken);
    nodes::draw(spec, drawn, &mut items);
    items.extend(labels.items);
    if dots.len() <= TITLED {
        let style = Style { size: Tokens::SMALL, strong: false, color: spec.tokens.ink_weak };
        for dot in &dots {
            let engagement = spec.dataset.engagement(columns.engagement[dot.row as usize]);
            let name = Name {
                text: engagement.label(),
                center: dot.at,
                radius: 4.0 * zoom,
                style,
                led: false,
                over: &[],
            };
            name.write(spec, &mut taken, &mut items);
        }
    }
    let pane = Rect::new(0.0, 0.0, spec.size.0, spec.size.1);
    let mut scene = vec![Item::Clip { rect: pane, items }];
    if spec.note {
        scene.push(note(spec, (dots.len(), of), nodes.len(), labels.hidden));
    }
    Scene {
        width: spec.size.0,
        height: spec.size.1,
        background: spec.tokens.paper,
        title: format!("{} parties and {} engagements", nodes.len(), dots.len()),
        items: scene,
    }
}

fn square(at: Point, reach: f32) -> [f64; 4] {
    [at.x - reach, at.y - reach, at.x + reach, at.y + reach].map(f64::from)
}

/// The engagements to be drawn with their places, and how many there are. An engagement stands in
/// the midst of its parties, moved aside by an amount that is its own, so that it stays where it is
/// whatever else is shown.
fn dots(
    spec: &NetworkSpec<'_>,
    columns: &Columns,
    rows: &[u32],
    place: &[Option<&Node>],
) -> (Vec<Dot>, usize) {
    let size = [f64::from(spec.size.0), f64::from(spec.size.1)];
    let places = places(spec.layout, spec.reading.roll_up);
    let parties_of = |row: u32| {
        let mut parties: Vec<PartyId> = columns
            .parties
            .row(row as usize)
            .iter()
            .map(|id| spec.reading.node_in(columns, row as usize, PartyId(*id)))
            .filter(|party| place.get(party.index()).is_some_and(Option::is_some))
            .collect();
        parties.sort_unstable();
        parties.dedup();
        parties
    };
    let mut rows: Vec<(u32, usize)> = rows
        .iter()
        .map(|row| (*row, columns.parties.row(*row as usize).len()))
        .filter(|(_, parties)| *parties > 0)
        .collect();
    let of = rows.len();
    if rows.len() > MOST {
        rows.select_nth_unstable_by_key(MOST - 1, |(row, parties)| {
            (Reverse(*parties), Reverse(*row))
        });
        rows.truncate(MOST);
        rows.sort_unstable();
    }
    let dots = rows.into_iter().filter_map(|(row, _)| {
        let parties = parties_of(row);
        let mut sum = [0.0, 0.0];
        for party in &parties {
            let [x, y] = places[party.index()]?;
            sum = [sum[0] + x, sum[1] + y];
        }
        if parties.is_empty() {
            return None;
        }
        let count = parties.len() as f64;
        let own = columns.engagement[row as usize].0;
        let turn = f64::from(own) * GOLDEN;
        let share = f64::from(own.wrapping_mul(0x9e37_79b9) >> 8) / f64::from(1_u32 << 24);
        // Alone with its party, it stands beside the mark and not on it.
        let away = if parties.len() == 1 { 34.0 } else { 8.0 } + SPREAD * share.sqrt();
        let at = [sum[0] / count + away * libm::cos(turn), sum[1] / count + away * libm::sin(turn)];
        let at = spec.camera.to_pane(at, size);
        Some(Dot { row, at: Point::new(at[0] as f32, at[1] as f32), parties })
    });
    (dots.collect(), of)
}

/// "24 of 24 engagements of 34 parties".
fn note(
    spec: &NetworkSpec<'_>,
    (drawn, of): (usize, usize),
    parties: usize,
    hidden: usize,
) -> Item {
    let style = Style { size: Tokens::SMALL, strong: false, color: spec.tokens.ink_faint };
    let (drawn_words, of_words) = (words::grouped(drawn), words::grouped(of));
    let mut said = format!(
        "{} parties · {drawn_words} of {of_words} engagements drawn",
        words::grouped(parties)
    );
    if drawn == MOST && drawn < of {
        said.push_str(", those of the most parties first");
    }
    if hidden > 0 {
        said.push_str(&format!(" · {} without a name for lack of room", words::grouped(hidden)));
    }
    let fitted = text::fitted(&said, spec.size.0 - 24.0, style.size, style.strong);
    Item::Text(text::line(&fitted, Point::new(12.0, spec.size.1 - 8.0), Align::Left, style))
}
