//! The map: engagements at their places, and great circles between those who engage.

mod arcs;
mod cluster;
mod extent;
mod foot;
mod key;
mod land;
mod names;
mod options;
mod spread;

use cluster::{Cluster, Clusters};
use foot::Foot;
use land::View;

pub use extent::Extent;
pub use foot::FOOT;
pub use options::{Lines, MOST, MapOptions, Names, Seen};

use super::{
    Hit, Item, Mark, Point, Rect, Scene, Stroke, Tokens,
    text::{self, Align, Style},
};
use crate::{
    formats::gazetteer,
    layout::{camera::Camera, ground::Ground, placement::Occupancy},
    model::{Dataset, DayRange, PartyId, PlaceId, Target, words::grouped},
    query::{Columns, Flows, Home, Homes, PlaceCounts, Ties, flows, place_counts},
};

/// What is counted for a map, once for each set of rows: a map that is moved counts nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// Engagements by place.
    pub places: PlaceCounts,
    /// Flows between states; empty unless they are drawn.
    pub flows: Flows,
    /// The days that the engagements may reach; `None` where none is dated.
    pub days: Option<DayRange>,
}

impl Counted {
    /// Counts what a map of these rows needs besides their ties.
    #[must_use]
    pub fn of(dataset: &Dataset, columns: &Columns, rows: &[u32], options: &MapOptions) -> Self {
        let flows = match options.lines {
            Lines::Flows => {
                let homes = Homes::of(dataset, assumed_home(dataset, options));
                flows(columns, rows, &homes)
            }
            _ => Flows::default(),
        };
        let dated = rows.iter().map(|row| *row as usize).filter(|row| columns.dated[*row]);
        let days = dated.map(|row| columns.hull[row]).fold(None, |days: Option<DayRange>, one| {
            Some(days.map_or(DayRange { from: one.from, to: one.to }, |days| DayRange {
                from: days.from.min(one.from),
                to: days.to.max(one.to),
            }))
        });
        Self { places: place_counts(dataset, columns, rows), flows, days }
    }
}

/// The state that the reader assumes for those of whom none is said: one of the dataset where it
/// has it.
fn assumed_home(dataset: &Dataset, options: &MapOptions) -> Option<Home> {
    let known = gazetteer::resolve_state_code(options.home.as_deref()?)?;
    let own = dataset.parties().iter().position(|party| party.iso.as_deref() == Some(known.iso3));
    Some(own.map_or(Home::Assumed, |at| Home::State(PartyId::at(at))))
}

/// What a map is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct MapSpec<'a> {
    /// The dataset.
    pub dataset: &'a Dataset,
    /// Its columns.
    pub columns: &'a Columns,
    /// The rows that are shown.
    pub rows: &'a [u32],
    /// What was counted among them.
    pub counted: &'a Counted,
    /// The ties among them; only a map that draws ties needs any.
    pub ties: &'a Ties,
    /// What to draw, and how.
    pub options: &'a MapOptions,
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
    /// The place whose engagements are spread out around it.
    pub opened: Option<PlaceId>,
    /// Whether to fill water and land. A window that paints the triangles of
    /// [`Ground::mesh`] under the scene switches it off.
    pub land: bool,
}

/// Draws the map.
#[must_use]
pub fn map(spec: &MapSpec<'_>) -> Scene {
    let size = [f64::from(spec.size.0), f64::from(spec.size.1)];
    let view = View { camera: spec.camera, size };
    let pane = Rect::new(0.0, 0.0, spec.size.0, spec.size.1);
    let projection = &spec.ground.projection;
    let at = |place: PlaceId| {
        let (lon, lat) = extent::position(spec.dataset, place)?;
        if !projection.sees(lon, lat) {
            return None;
        }
        let at = spec.camera.to_pane(projection.project(lon, lat), size);
        Some(Point::new(at[0] as f32, at[1] as f32))
    };
    let mut items = land::draw(spec.ground, &view, spec.land, spec.tokens);
    let drawn = arcs::lines(spec);
    let foot = Foot::new(spec, spec.counted.places.located, &drawn);
    let bottom = spec.size.1 - foot.height();
    let mut taken = Occupancy::new([4.0, 4.0, size[0] - 4.0, f64::from(bottom)]);
    let largest = (spec.size.0.min(spec.size.1) * 0.07).clamp(18.0, 40.0);
    let near = |at: &Point| pane.grown(40.0).contains(*at);
    let Clusters { all: clusters, scale } =
        cluster::gather(spec.dataset, spec.counted, largest, |place| at(place).filter(near));
    let covering = |at: Point| {
        let over = clusters.iter().filter(|one| one.center.distance(at) < one.radius);
        over.map(|one| one.radius - one.center.distance(at)).fold(0.0, f32::max)
    };
    arcs::draw(spec, &drawn.lines, covering, &mut taken, &mut items);

    let mut names: Vec<names::Wanted> = Vec::new();
    for (number, cluster) in clusters.iter().enumerate() {
        let inside = draw_cluster(spec, cluster, &clusters[number + 1..], &mut items);
        let count = match cluster.engagements {
            2.. if !inside => grouped(cluster.engagements as usize),
            _ => String::new(),
        };
        names.push(names::Wanted {
            text: names::cluster(spec, cluster),
            count,
            center: cluster.center,
            radius: cluster.radius + 1.5,
            strong: cluster.engagements > 1,
        });
    }
    // Where flows begin is named before all circles.
    if let Some((text, lon, lat)) = drawn.home
        && projection.sees(lon, lat)
    {
        let [x, y] = spec.camera.to_pane(projection.project(lon, lat), size);
        let center = Point::new(x as f32, y as f32);
        items.push(Item::Circle {
            center,
            radius: 3.0,
            fill: Some(spec.tokens.paper),
            stroke: Some(Stroke::solid(spec.tokens.partnership, 1.4)),
        });
        let (text, count) = (text.to_owned(), "assumed".to_owned());
        names.insert(0, names::Wanted { text, count, center, radius: 4.0, strong: true });
    }
    // Seats at the ends of arcs where no engagement took place.
    let mut seats: Vec<PlaceId> =
        drawn.lines.iter().flat_map(|line| line.seats).flatten().collect();
    seats.sort_unstable();
    seats.dedup();
    for seat in seats {
        let Some(center) = at(seat) else { continue };
        let covered = clusters.iter().any(|cluster| {
            cluster.center.distance(center) < cluster.radius
                || cluster.places().any(|(place, _)| place == seat)
        });
        if !covered {
            items.push(draw_seat(spec, seat, center));
            let text = names::place(spec, seat);
            let count = String::new();
            names.push(names::Wanted { text, count, center, radius: 3.5, strong: false });
        }
    }
    let most = clusters.first().map_or(0, |cluster| cluster.engagements);
    let mut key = Vec::new();
    let corner = key::draw(spec, scale, most, drawn.largest, bottom, &mut key);
    if let Some(corner) = corner {
        let [x, y] = [corner.x, corner.y].map(f64::from);
        taken.block([x, y, f64::from(corner.right()), f64::from(corner.bottom())]);
    }
    names::draw(spec, &names, &mut taken, &mut items);
    // What is clipped moves with the map; the key and the foot stay.
    let mut scene = vec![Item::Clip { rect: pane, items }];
    scene.append(&mut key);
    if let Some((place, center)) = spec.opened.and_then(|place| at(place).map(|at| (place, at))) {
        let mut items = Vec::new();
        spread::draw(spec, place, center, &mut items);
        scene.push(Item::Clip { rect: pane, items });
    }
    let placed = spec.counted.places.located;
    foot.draw(spec, &mut scene);
    Scene {
        width: spec.size.0,
        height: spec.size.1,
        background: spec.tokens.water,
        title: format!(
            "Map: {} of {} engagements at their places",
            grouped(placed as usize),
            grouped(spec.rows.len())
        ),
        items: scene,
    }
}

fn counted(engagements: usize) -> String {
    if engagements == 1 {
        "1 engagement".to_owned()
    } else {
        format!("{} engagements", grouped(engagements))
    }
}

/// How many places the title of a circle names.
const NAMED: usize = 6;

/// Draws a circle; returns whether it has room for its number. `above` are the circles that are
/// drawn over it.
fn draw_cluster(
    spec: &MapSpec<'_>,
    cluster: &Cluster,
    above: &[Cluster],
    out: &mut Vec<Item>,
) -> bool {
    let count = cluster.engagements as usize;
    let mut items = cluster::draw(spec.dataset, cluster, spec.tokens);
    // The number stands on the paper inside a ring, or on the colour of a full circle.
    let full = items.len() == 1;
    let style = Style {
        size: Tokens::SMALL,
        strong: true,
        color: if full { spec.tokens.on_accent } else { spec.tokens.ink_strong },
    };
    let number = grouped(count);
    let inner = if full { cluster.radius - 1.0 } else { cluster.radius * 0.72 };
    let wide = text::width(&number, style.size, style.strong);
    let free = |other: &Cluster| {
        let (dx, dy) = (other.center.x - cluster.center.x, other.center.y - cluster.center.y);
        let reach = (dx.abs() - wide / 2.0).max(0.0).max((dy.abs() - style.size * 0.5).max(0.0));
        reach >= other.radius
    };
    let inside = count > 1
        && inner >= style.size * 0.5
        && wide <= 2.0 * inner - 1.0
        && above.iter().all(free);
    if inside {
        let at = Point::new(cluster.center.x, cluster.center.y + style.size * 0.36);
        items.push(Item::Text(text::line(&number, at, Align::Center, style)));
    }
    let place = cluster.place();
    let only = spec.columns.engagement.get(cluster.row as usize).copied();
    let first = cluster.parts.first();
    let target = match (count, only, first.and_then(|part| part.state)) {
        (1, Some(only), _) => Some(Target::Engagement(only)),
        // A circle of all places of a state is the state.
        (_, _, Some(state))
            if cluster.parts.len() == 1
                && cluster.parts[0].whole
                && cluster.parts[0].places.len() > 1 =>
        {
            Some(Target::Party(state))
        }
        _ => place.map(Target::Place),
    };
    let mut places: Vec<String> = cluster
        .places()
        .take(NAMED)
        .map(|(place, count)| {
            format!("{} {}", spec.dataset.place(place).name, grouped(count as usize))
        })
        .collect();
    match cluster.places().count() {
        1 => places.clear(),
        all if all > NAMED => places.push(format!("{} more places", grouped(all - NAMED))),
        _ => {}
    }
    let name = names::cluster(spec, cluster);
    let title = match (count, only) {
        (1, Some(only)) => format!("{name} — {}", spec.dataset.engagement(only).title),
        _ if places.is_empty() => format!("{name} — {}", counted(count)),
        _ => format!("{name} — {}: {}", counted(count), places.join(", ")),
    };
    let key = place.map_or("", |place| &*spec.dataset.place(place).key);
    out.push(Item::Group {
        mark: Mark {
            target,
            id: format!("place-{key}"),
            title,
            hits: vec![Hit::Circle(cluster.center, cluster.radius)],
        },
        items,
    });
    inside
}

fn draw_seat(spec: &MapSpec<'_>, seat: PlaceId, center: Point) -> Item {
    Item::Group {
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
    }
}
