//! Great circles between states: ties between the seats of parties, and flows with a direction.

use std::collections::BTreeMap;

use super::{MapSpec, counted, extent::position, options::Lines};
use crate::{
    formats::gazetteer,
    layout::{placement::Occupancy, sphere},
    model::{Dataset, PartyId, PlaceId, Target, words::grouped},
    query::{Flow, Home, Tie},
    scene::{Hit, Item, Mark, PathSegment, Point, Stroke, network::tie_width},
};

/// The widest line of a flow, in points.
const WIDEST: f32 = 9.0;
/// The narrowest line of a flow.
const NARROWEST: f32 = 0.7;

/// A line to be drawn.
pub(super) struct Line {
    from: (f64, f64),
    to: (f64, f64),
    /// The seats at its ends, where they are places of the dataset.
    pub(super) seats: [Option<PlaceId>; 2],
    weight: f64,
    width: f32,
    directed: bool,
    near: bool,
    target: Option<Target>,
    id: String,
    title: String,
}

/// The lines of a map.
pub(super) struct Drawn {
    /// Those that are drawn, the strongest first.
    pub(super) lines: Vec<Line>,
    /// How many there are.
    pub(super) of: usize,
    /// The engagements of the largest flow; 0 for ties.
    pub(super) largest: u32,
    /// The home that was assumed, where flows start from it and it is no place of the dataset: its
    /// name, longitude and latitude.
    pub(super) home: Option<(&'static str, f64, f64)>,
}

/// The width of a flow, in proportion to the largest; where all are small, none is wide.
pub(super) fn flow_width(engagements: u32, largest: u32) -> f32 {
    let largest = largest.max(1) as f32;
    let widest = (1.0 + 1.2 * largest.sqrt()).min(WIDEST);
    (widest * engagements as f32 / largest).max(NARROWEST)
}

/// Finds the lines that a map draws.
pub(super) fn lines(spec: &MapSpec<'_>) -> Drawn {
    let (mut lines, largest) = match spec.options.lines {
        Lines::Ties => (ties(spec), 0),
        Lines::Flows => {
            (flows(spec), spec.counted.flows.flows.first().map_or(0, |f| f.engagements))
        }
        Lines::None => (Vec::new(), 0),
    };
    let of = lines.len();
    lines.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.id.cmp(&b.id)));
    // Those of the party that is pointed at are never left out.
    let highlighted = spec.highlighted.is_some();
    let mut kept = 0;
    lines.retain(|line| {
        kept += 1;
        kept <= spec.options.most || (highlighted && line.near)
    });
    let started = lines.iter().any(|line| line.directed && line.seats[0].is_none());
    let home = assumed(spec).filter(|_| started).and_then(|state| {
        let (lat, lon) = state.seat()?.position();
        Some((state.name, lon, lat))
    });
    Drawn { lines, of, largest, home }
}

fn assumed(spec: &MapSpec<'_>) -> Option<&'static gazetteer::State> {
    spec.options.home.as_deref().and_then(gazetteer::resolve_state_code)
}

fn near(spec: &MapSpec<'_>, parties: &[PartyId]) -> bool {
    spec.highlighted.is_none_or(|party| parties.contains(&party))
}

/// The ties by the places of the seats that they join; those within one place left out.
fn ties(spec: &MapSpec<'_>) -> Vec<Line> {
    let dataset = spec.dataset;
    let mut arcs: BTreeMap<(PlaceId, PlaceId), Vec<Tie>> = BTreeMap::new();
    for tie in spec.ties.ties.iter() {
        if let Some((a, b)) = dataset.party(tie.a).seat.zip(dataset.party(tie.b).seat)
            && a != b
        {
            arcs.entry((a.min(b), a.max(b))).or_default().push(tie);
        }
    }
    arcs.into_iter()
        .filter_map(|((a, b), mut ties)| {
            let (from, to) = position(dataset, a).zip(position(dataset, b))?;
            ties.sort_by(|a, b| {
                b.weight.total_cmp(&a.weight).then(a.a.cmp(&b.a)).then(a.b.cmp(&b.b))
            });
            let weight = ties.iter().map(|tie| tie.weight).sum();
            let parties: Vec<PartyId> = ties.iter().flat_map(|tie| [tie.a, tie.b]).collect();
            let first = ties.first()?;
            Some(Line {
                from,
                to,
                seats: [Some(a), Some(b)],
                weight,
                width: tie_width(weight),
                directed: false,
                near: near(spec, &parties),
                target: Some(Target::Tie(first.a, first.b)),
                id: format!("arc-{}-{}", dataset.place(a).key, dataset.place(b).key),
                title: tie_title(dataset, &ties),
            })
        })
        .collect()
}

/// The flows between states whose seats are known.
fn flows(spec: &MapSpec<'_>) -> Vec<Line> {
    let dataset = spec.dataset;
    let assumed = assumed(spec);
    let seat = |party: PartyId| {
        let place = dataset.party(party).seat?;
        Some((position(dataset, place)?, Some(place), dataset.party(party).label()))
    };
    let largest = spec.counted.flows.flows.first().map_or(1, |flow| flow.engagements);
    let line = |flow: &Flow| {
        let (from, start, from_name) = match flow.from {
            Home::State(party) => seat(party)?,
            Home::Assumed => {
                let (lat, lon) = assumed?.seat()?.position();
                ((lon, lat), None, assumed?.name)
            }
        };
        let (to, end, to_name) = seat(flow.to)?;
        if from == to {
            return None;
        }
        let parties: Vec<PartyId> = match flow.from {
            Home::State(party) => vec![party, flow.to],
            Home::Assumed => vec![flow.to],
        };
        let key = |home: Home| match home {
            Home::State(party) => &*dataset.party(party).key,
            Home::Assumed => "assumed",
        };
        Some(Line {
            from,
            to,
            seats: [start, end],
            weight: f64::from(flow.engagements),
            width: flow_width(flow.engagements, largest),
            directed: true,
            near: near(spec, &parties),
            target: Some(match flow.from {
                Home::State(party) => Target::Tie(party.min(flow.to), party.max(flow.to)),
                Home::Assumed => Target::Party(flow.to),
            }),
            id: format!("flow-{}-{}", key(flow.from), key(Home::State(flow.to))),
            title: format!("{from_name} → {to_name}: {} there", counted(flow.engagements as usize)),
        })
    };
    spec.counted.flows.flows.iter().filter_map(line).collect()
}

/// "Cambodia – United States: 14 engagements shared; …", the strongest tie first.
fn tie_title(dataset: &Dataset, ties: &[Tie]) -> String {
    let named = 3;
    let mut title: Vec<String> = ties
        .iter()
        .take(named)
        .map(|tie| {
            format!(
                "{} – {}: {} shared",
                dataset.party(tie.a).name,
                dataset.party(tie.b).name,
                counted(tie.engagements as usize)
            )
        })
        .collect();
    if ties.len() > named {
        title.push(format!("and {} more ties", grouped(ties.len() - named)));
    }
    title.join("; ")
}

/// Draws the lines, the weakest first. `covering` is the radius of the circle that is drawn over a
/// point: arrows end at its rim.
pub(super) fn draw(
    spec: &MapSpec<'_>,
    lines: &[Line],
    covering: impl Fn(Point) -> f32,
    taken: &mut Occupancy,
    items: &mut Vec<Item>,
) {
    let mut order: Vec<&Line> = lines.iter().rev().collect();
    order.sort_by_key(|line| line.near);
    for line in order {
        let parts = pieces(spec, line);
        if parts.is_empty() {
            continue;
        }
        for ends in parts.iter().flat_map(|part| part.windows(2)) {
            avoid(taken, ends[0], ends[1], (0.3 + 0.3 * f64::from(line.width)).min(2.0));
        }
        let strength = if line.near { 0.62 } else { 0.15 };
        let color = spec.tokens.partnership.faded(strength);
        let head = line.directed.then(|| arrow(spec, line, parts.last(), &covering)).flatten();
        let mut segments = Vec::new();
        for part in &parts {
            for (number, &point) in part.iter().enumerate() {
                segments.push(if number == 0 {
                    PathSegment::Move(point)
                } else {
                    PathSegment::Line(point)
                });
            }
        }
        let mut items_of = vec![Item::Path {
            segments: segments.into(),
            fill: None,
            stroke: Some(Stroke::solid(color, line.width)),
        }];
        items_of.extend(head.map(|segments| Item::Path {
            segments: std::sync::Arc::new(segments),
            fill: Some(spec.tokens.partnership.faded(if line.near { 0.95 } else { 0.25 })),
            stroke: None,
        }));
        items.push(Item::Group {
            mark: Mark {
                target: line.target,
                id: line.id.clone(),
                title: line.title.clone(),
                hits: parts.into_iter().map(|part| Hit::Line(part, line.width / 2.0)).collect(),
            },
            items: items_of,
        });
    }
}

/// A line on the pane.
fn pieces(spec: &MapSpec<'_>, line: &Line) -> Vec<Vec<Point>> {
    let size = [f64::from(spec.size.0), f64::from(spec.size.1)];
    sphere::arc(&spec.ground.projection, line.from, line.to, 0.3 / spec.camera.zoom)
        .into_iter()
        .map(|part| {
            part.into_iter()
                .map(|at| {
                    let at = spec.camera.to_pane(at, size);
                    Point::new(at[0] as f32, at[1] as f32)
                })
                .collect()
        })
        .collect()
}

/// The head of an arrow at the end of a line, if that end is in sight.
fn arrow(
    spec: &MapSpec<'_>,
    line: &Line,
    last: Option<&Vec<Point>>,
    covering: &impl Fn(Point) -> f32,
) -> Option<[PathSegment; 4]> {
    if !spec.ground.projection.sees(line.to.0, line.to.1) {
        return None;
    }
    let last = last?;
    let end = *last.last()?;
    let rim = covering(end);
    let length = 5.0 + line.width * 0.9;
    // From the rim of the circle at the end, in the direction over the length of the head, so that a
    // short last step does not turn it.
    let back = last.iter().rev().copied().find(|at| at.distance(end) >= rim + length)?;
    let far = back.distance(end);
    let (ux, uy) = ((end.x - back.x) / far, (end.y - back.y) / far);
    let half = 2.2 + line.width * 0.55;
    let along = |way: f32| Point::new(end.x - ux * way, end.y - uy * way);
    let (tip, foot) = (along(rim), along(rim + length));
    Some([
        PathSegment::Move(tip),
        PathSegment::Line(Point::new(foot.x - uy * half, foot.y + ux * half)),
        PathSegment::Line(Point::new(foot.x + uy * half, foot.y - ux * half)),
        PathSegment::Close,
    ])
}

/// Lets names keep off a stretch of a line.
fn avoid(taken: &mut Occupancy, from: Point, to: Point, weight: f64) {
    let steps = (from.distance(to) / 5.0).ceil().clamp(1.0, 100.0) as u32;
    for step in 0..steps {
        let along = f64::from(step) / f64::from(steps);
        let mix = |a: f32, b: f32| f64::from(a) + along * f64::from(b - a);
        taken.avoid([mix(from.x, to.x), mix(from.y, to.y)], weight);
    }
}
