//! The map: engagements at their places, and great circles between the seats of those who engage.

mod cluster;
mod land;

use std::collections::BTreeMap;

use cluster::Cluster;
use land::View;

use super::{
    Hit, Item, Mark, PathSegment, Point, Rect, Scene, Stroke, Tokens,
    network::tie_width,
    text::{self, Align, Style},
};
use crate::{
    layout::{
        camera::Camera,
        ground::Ground,
        placement::{Area, Label, Occupancy, Side},
        projection::{Projection, middle_meridian},
        sphere,
    },
    model::{Dataset, EngagementId, PartyId, PlaceId, Target},
    query::{Tie, Ties},
};

/// What a map is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct MapSpec<'a> {
    /// The dataset.
    pub dataset: &'a Dataset,
    /// The engagements that pass the filter.
    pub engagements: &'a [EngagementId],
    /// The ties among them.
    pub ties: &'a Ties,
    /// The basemap on the plane of its projection.
    pub ground: &'a Ground,
    /// What part of the plane is seen.
    pub camera: Camera,
    /// Width and height in points.
    pub size: (f32, f32),
    /// The colours.
    pub tokens: &'a Tokens,
    /// The party whose ties are shown in full colour while all others fade.
    pub highlighted: Option<PartyId>,
    /// Whether to fill water and land. A window that paints the triangles of
    /// [`Ground::mesh`] under the scene switches it off.
    pub land: bool,
}

/// Room at the foot for the lines on basemap and counts, in points.
const FOOT: f32 = 22.0;

/// The projection for a dataset: centred on the places of its engagements and the seats of its
/// parties.
#[must_use]
pub fn projection(dataset: &Dataset) -> Projection {
    Projection::equal_earth(middle_meridian(places(dataset).map(|(lon, _)| lon)))
}

/// The places of all engagements and the seats of all parties that take part in any, as
/// (longitude, latitude).
fn places(dataset: &Dataset) -> impl Iterator<Item = (f64, f64)> {
    let mut seen = vec![false; dataset.places().len()];
    for engagement in dataset.engagements() {
        let seats = engagement
            .participants
            .iter()
            .filter_map(|participant| dataset.party(participant.party).seat);
        for place in seats.chain(engagement.place) {
            seen[place.index()] = true;
        }
    }
    dataset
        .places()
        .iter()
        .zip(seen)
        .filter(|(_, seen)| *seen)
        .filter_map(|(place, _)| place.position.map(|(lat, lon)| (lon, lat)))
}

/// The view in which all places of a dataset fit a pane of the given size, with the arcs between
/// the seats of `ties`.
#[must_use]
pub fn fit(dataset: &Dataset, ties: &Ties, projection: &Projection, size: (f32, f32)) -> Camera {
    let size = [f64::from(size.0), f64::from(size.1 - FOOT)];
    let mut bounds: Option<Area> = None;
    let mut include = |[x, y]: [f64; 2]| {
        let of = bounds.get_or_insert([x, y, x, y]);
        *of = [of[0].min(x), of[1].min(y), of[2].max(x), of[3].max(y)];
    };
    for (lon, lat) in places(dataset) {
        include(projection.project(lon, lat));
    }
    for (from, to) in arcs(dataset, ties).keys() {
        if let (Some(from), Some(to)) = (position(dataset, *from), position(dataset, *to)) {
            sphere::arc(projection, from, to, 0.02).into_iter().flatten().for_each(&mut include);
        }
    }
    let edge = [[-180.0, 0.0], [180.0, 0.0], [0.0, 90.0], [0.0, -90.0]]
        .map(|at: [f64; 2]| projection.project_relative(at[0], at[1]));
    let world = [edge[0][0], edge[2][1], edge[1][0], edge[3][1]];
    // A single place is shown with a few hundred kilometres around it.
    let [left, top, right, bottom] = bounds.unwrap_or(world);
    let least = 0.12_f64;
    let (wide, high) = ((least - (right - left)).max(0.0), (least - (bottom - top)).max(0.0));
    let bounds = [left - wide / 2.0, top - high / 2.0, right + wide / 2.0, bottom + high / 2.0];
    let mut camera = Camera::fit(bounds, size, 36.0, f64::INFINITY);
    camera.center[1] += f64::from(FOOT) / 2.0 / camera.zoom;
    camera
}

fn position(dataset: &Dataset, place: PlaceId) -> Option<(f64, f64)> {
    dataset.place(place).position.map(|(lat, lon)| (lon, lat))
}

/// The ties by the places of the seats that they join; those within one place left out.
fn arcs<'a>(dataset: &Dataset, ties: &'a Ties) -> BTreeMap<(PlaceId, PlaceId), Vec<&'a Tie>> {
    let mut arcs: BTreeMap<(PlaceId, PlaceId), Vec<&Tie>> = BTreeMap::new();
    for tie in &ties.ties {
        let (Some(a), Some(b)) = (dataset.party(tie.a).seat, dataset.party(tie.b).seat) else {
            continue;
        };
        let known = |place| position(dataset, place).is_some();
        if a != b && known(a) && known(b) {
            arcs.entry((a.min(b), a.max(b))).or_default().push(tie);
        }
    }
    for ties in arcs.values_mut() {
        ties.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.a.cmp(&b.a)).then(a.b.cmp(&b.b)));
    }
    arcs
}

/// Draws the map.
#[must_use]
pub fn map(spec: &MapSpec<'_>) -> Scene {
    let size = [f64::from(spec.size.0), f64::from(spec.size.1)];
    let view = View { camera: spec.camera, size };
    let pane = Rect::new(0.0, 0.0, spec.size.0, spec.size.1);
    let at = |place: PlaceId| {
        let (lon, lat) = position(spec.dataset, place)?;
        let at = spec.camera.to_pane(spec.ground.projection.project(lon, lat), size);
        Some(Point::new(at[0] as f32, at[1] as f32))
    };
    let mut items = land::draw(spec.ground, &view, spec.land, spec.tokens);
    let mut taken = Occupancy::new([4.0, 4.0, size[0] - 4.0, size[1] - f64::from(FOOT)]);
    let arcs = arcs(spec.dataset, spec.ties);
    draw_arcs(spec, &arcs, &mut taken, &mut items);

    let clusters = cluster::gather(spec.dataset, spec.engagements, at);
    let shown: usize = clusters.iter().map(|cluster| cluster.engagements.len()).sum();
    let mut names: Vec<Name> = Vec::new();
    for cluster in clusters.iter().rev() {
        items.push(draw_cluster(spec, cluster));
    }
    for cluster in &clusters {
        names.push(Name {
            text: cluster_name(spec.dataset, cluster),
            center: cluster.center,
            radius: cluster.radius() + 1.5,
            strong: cluster.engagements.len() > 1,
        });
    }
    // Seats at the ends of arcs where no engagement took place.
    let mut seats: Vec<PlaceId> = arcs.keys().flat_map(|&(a, b)| [a, b]).collect();
    seats.sort_unstable();
    seats.dedup();
    for seat in seats {
        let Some(center) = at(seat) else { continue };
        let covered = clusters.iter().any(|cluster| {
            cluster.places.contains(&seat) || cluster.center.distance(center) < cluster.radius()
        });
        if covered {
            continue;
        }
        items.push(Item::Group {
            mark: Mark {
                target: Some(Target::Place(seat)),
                id: format!("place-{}", spec.dataset.place(seat).key),
                title: format!("{} — seat", spec.dataset.place(seat).name),
                hits: vec![Hit::Circle(center, 4.0)],
            },
            items: vec![Item::Circle {
                center,
                radius: 2.5,
                fill: Some(spec.tokens.paper),
                stroke: Some(Stroke::solid(spec.tokens.partnership, 1.2)),
            }],
        });
        let text = spec.dataset.place(seat).name.to_string();
        names.push(Name { text, center, radius: 3.5, strong: false });
    }
    draw_names(spec, &names, &mut taken, &mut items);
    let mut scene = vec![Item::Clip { rect: pane, items }];
    foot(spec, shown, &mut scene);
    Scene {
        width: spec.size.0,
        height: spec.size.1,
        background: spec.tokens.water,
        title: format!("Map: {shown} of {} engagements at their places", spec.engagements.len()),
        items: scene,
    }
}

fn draw_arcs(
    spec: &MapSpec<'_>,
    arcs: &BTreeMap<(PlaceId, PlaceId), Vec<&Tie>>,
    taken: &mut Occupancy,
    items: &mut Vec<Item>,
) {
    let size = [f64::from(spec.size.0), f64::from(spec.size.1)];
    let mut drawn: Vec<(f64, bool, PlaceId, PlaceId, &[&Tie])> = arcs
        .iter()
        .map(|(&(a, b), ties)| {
            let near = spec
                .highlighted
                .is_none_or(|party| ties.iter().any(|tie| tie.a == party || tie.b == party));
            (ties.iter().map(|tie| tie.weight).sum(), near, a, b, ties.as_slice())
        })
        .collect();
    drawn.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.total_cmp(&b.0)).then((a.2, a.3).cmp(&(b.2, b.3))));
    for (weight, near, a, b, ties) in drawn {
        let (Some(from), Some(to)) = (position(spec.dataset, a), position(spec.dataset, b)) else {
            continue;
        };
        let Some(first) = ties.first() else { continue };
        let parts = sphere::arc(&spec.ground.projection, from, to, 0.3 / spec.camera.zoom);
        let mut segments = Vec::new();
        let mut hits = Vec::new();
        let width = tie_width(weight);
        for part in &parts {
            let points: Vec<Point> = part
                .iter()
                .map(|&at| {
                    let at = spec.camera.to_pane(at, size);
                    Point::new(at[0] as f32, at[1] as f32)
                })
                .collect();
            for (number, &point) in points.iter().enumerate() {
                segments.push(if number == 0 {
                    PathSegment::Move(point)
                } else {
                    PathSegment::Line(point)
                });
            }
            for ends in points.windows(2) {
                let steps = (ends[0].distance(ends[1]) / 5.0).ceil().clamp(1.0, 100.0) as u32;
                for step in 0..steps {
                    let along = f64::from(step) / f64::from(steps);
                    let mix = |a: f32, b: f32| f64::from(a) + along * f64::from(b - a);
                    taken.avoid(
                        [mix(ends[0].x, ends[1].x), mix(ends[0].y, ends[1].y)],
                        (0.3 + 0.3 * weight).min(2.0),
                    );
                }
            }
            hits.push(Hit::Line(points, width / 2.0));
        }
        let strength = if near { 0.62 } else { 0.15 };
        items.push(Item::Group {
            mark: Mark {
                target: Some(Target::Tie(first.a, first.b)),
                id: format!("arc-{}-{}", spec.dataset.place(a).key, spec.dataset.place(b).key),
                title: arc_title(spec.dataset, ties),
                hits,
            },
            items: vec![Item::Path {
                segments: segments.into(),
                fill: None,
                stroke: Some(Stroke::solid(spec.tokens.partnership.faded(strength), width)),
            }],
        });
    }
}

/// "Cambodia – United States: 14 engagements shared; …", the strongest tie first.
fn arc_title(dataset: &Dataset, ties: &[&Tie]) -> String {
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
        title.push(format!("and {} more ties", ties.len() - named));
    }
    title.join("; ")
}

fn counted(engagements: usize) -> String {
    if engagements == 1 { "1 engagement".to_owned() } else { format!("{engagements} engagements") }
}

/// "Phnom Penh", "Phnom Penh and 2 more".
fn cluster_name(dataset: &Dataset, cluster: &Cluster) -> String {
    let Some(&first) = cluster.places.first() else { return String::new() };
    let name = &dataset.place(first).name;
    match cluster.places.len() - 1 {
        0 => name.to_string(),
        more => format!("{name} +{more}"),
    }
}

fn draw_cluster(spec: &MapSpec<'_>, cluster: &Cluster) -> Item {
    let count = cluster.engagements.len();
    let mut items = cluster::draw(spec.dataset, cluster, spec.tokens);
    if count > 1 {
        // The number stands on the paper inside a ring, or on the colour of a full circle.
        let full = items.len() == 1;
        let style = Style {
            size: Tokens::SMALL,
            strong: true,
            color: if full { spec.tokens.on_accent } else { spec.tokens.ink_strong },
        };
        let at = Point::new(cluster.center.x, cluster.center.y + style.size * 0.36);
        items.push(Item::Text(text::line(&count.to_string(), at, Align::Center, style)));
    }
    let engagement = |id: EngagementId| spec.dataset.engagement(id);
    let places: Vec<&str> =
        cluster.places.iter().map(|&place| &*spec.dataset.place(place).name).collect();
    let place = cluster.places.first().copied();
    let target = match (&cluster.engagements[..], place) {
        (&[only], _) => Some(Target::Engagement(only)),
        (_, place) => place.map(Target::Place),
    };
    let title = match &cluster.engagements[..] {
        &[only] => format!("{} — {}", places.join(", "), engagement(only).title),
        _ => format!("{} — {}", places.join(", "), counted(count)),
    };
    let key = place.map_or("", |place| &*spec.dataset.place(place).key);
    Item::Group {
        mark: Mark {
            target,
            id: format!("place-{key}"),
            title,
            hits: vec![Hit::Circle(cluster.center, cluster.radius())],
        },
        items,
    }
}

/// A name that wants to be written by its mark.
struct Name {
    text: String,
    center: Point,
    radius: f32,
    strong: bool,
}

fn draw_names(spec: &MapSpec<'_>, names: &[Name], taken: &mut Occupancy, items: &mut Vec<Item>) {
    for name in names {
        let (x, y, r) =
            (f64::from(name.center.x), f64::from(name.center.y), f64::from(name.radius));
        taken.block([x - r, y - r, x + r, y + r]);
    }
    for name in names {
        let style = Style {
            size: Tokens::SMALL,
            strong: name.strong,
            color: if name.strong { spec.tokens.ink_strong } else { spec.tokens.ink_weak },
        };
        let label = Label {
            center: [f64::from(name.center.x), f64::from(name.center.y)],
            radius: f64::from(name.radius),
            width: f64::from(text::width(&name.text, style.size, style.strong)),
            height: f64::from(style.size) * 1.2,
            gap: 3.0,
        };
        let Some((area, crossed)) = taken.place(&label, &Side::BESIDE) else { continue };
        let [left, top, right, bottom] = area.map(|side| side as f32);
        if crossed > 0.0 {
            items.push(Item::Rect {
                rect: Rect::new(left - 1.0, top, right - left + 2.0, bottom - top),
                radius: 2.0,
                fill: Some(spec.tokens.land.over(spec.tokens.water, 0.5).faded(0.75)),
                stroke: None,
            });
        }
        let baseline = Point::new(left, top + style.size * 0.95);
        items.push(Item::Text(text::line(&name.text, baseline, Align::Left, style)));
    }
}

/// The lines at the foot: how much is on the map, and whose outlines they are.
fn foot(spec: &MapSpec<'_>, shown: usize, items: &mut Vec<Item>) {
    let style = Style { size: Tokens::SMALL, strong: false, color: spec.tokens.ink_faint };
    let ground = spec.ground;
    let mut source = format!("{} · {}", ground.basemap.source(), ground.projection.shape.label());
    if !ground.basemap.disclaimer().is_empty() {
        source.push_str(" · ");
        source.push_str(ground.basemap.disclaimer());
    }
    let without = spec.engagements.len() - shown.min(spec.engagements.len());
    let mut counts = format!("{shown} of {} engagements placed", spec.engagements.len());
    if without > 0 {
        counts.push_str(&format!(" · {without} without a known place"));
    }
    let y = spec.size.1 - 8.0;
    let room = spec.size.0 - 24.0;
    let source = text::fitted(&source, room, style.size, style.strong);
    let width = text::width(&source, style.size, style.strong);
    items.push(Item::Rect {
        rect: Rect::new(0.0, spec.size.1 - FOOT, spec.size.0, FOOT),
        radius: 0.0,
        fill: Some(spec.tokens.water.faded(0.82)),
        stroke: None,
    });
    items.push(Item::Text(text::line(
        &source,
        Point::new(spec.size.0 - 12.0, y),
        Align::Right,
        style,
    )));
    let counts = text::fitted(&counts, room - width - 16.0, style.size, style.strong);
    items.push(Item::Text(text::line(&counts, Point::new(12.0, y), Align::Left, style)));
}
