//! Engagements gathered at their places: places of one state that would overlap are one circle, and
//! so are circles of several states that nobody could tell apart.

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use rustc_hash::FxHashMap;

use super::Counted;
use crate::{
    model::{Dataset, KindId, PartyId, PlaceId},
    query::{PlaceCount, Tour},
    scene::{Item, PathSegment, Point, Stroke, Tokens},
};

/// Nearer to each other than this two circles are one, in points.
const NEAR: f32 = 7.0;
/// The radius of the smallest circle, in points.
const LEAST: f32 = 2.6;
/// The radius for one engagement where there are few.
const ONE: f32 = 4.6;

/// How large circles are: their area grows with the number of engagements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    one: f32,
}

impl Scale {
    /// The radius for a number of engagements.
    pub(super) fn radius(self, engagements: u32) -> f32 {
        (self.one * (engagements as f32).sqrt()).max(LEAST)
    }

    /// The scale at which a number of engagements has a radius of at most `largest` points.
    fn within(engagements: u32, largest: f32) -> Self {
        Self { one: ONE.min(largest / (engagements.max(1) as f32).sqrt()) }
    }
}

/// Places of one state near each other on the page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Part {
    /// The state in which they lie, where that is known.
    pub(super) state: Option<PartyId>,
    /// The places with their engagements, the one with the most first.
    pub(super) places: Vec<(PlaceId, u32)>,
    /// Whether these are all places of the state that have engagements.
    pub(super) whole: bool,
}

impl Part {
    fn engagements(&self) -> u32 {
        self.places.iter().map(|(_, count)| count).sum()
    }
}

/// What one circle stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cluster {
    /// By state, the one with the most engagements first.
    pub(super) parts: Vec<Part>,
    /// How many engagements; one of several of its places is counted once.
    pub(super) engagements: u32,
    /// How many of each kind.
    pub(super) kinds: BTreeMap<KindId, u32>,
    /// Where it stands on the pane.
    pub(super) center: Point,
    /// Its radius.
    pub(super) radius: f32,
    /// A row, where there is one engagement alone.
    pub(super) row: u32,
}

impl Cluster {
    /// The place with the most engagements.
    pub(super) fn place(&self) -> Option<PlaceId> {
        self.parts.first()?.places.first().map(|(place, _)| *place)
    }

    /// All places.
    pub(super) fn places(&self) -> impl Iterator<Item = (PlaceId, u32)> {
        self.parts.iter().flat_map(|part| part.places.iter().copied())
    }
}

/// The circles of a map, the largest first.
pub(super) struct Clusters {
    pub(super) all: Vec<Cluster>,
    pub(super) scale: Scale,
}

/// Gathers the places of a map. `at` says where a place is on the pane, if it is anywhere in
/// sight; `largest` is the radius of the largest circle, in points.
pub(super) fn gather(
    dataset: &Dataset,
    counted: &Counted,
    largest: f32,
    at: impl Fn(PlaceId) -> Option<Point>,
) -> Clusters {
    let mut places: Vec<(&PlaceCount, Point)> = counted
        .places
        .places
        .iter()
        .filter_map(|count| at(count.place).map(|at| (count, at)))
        .collect();
    places.sort_by_key(|(count, _)| (Reverse(count.engagements), count.place));
    let mut whole: BTreeMap<PartyId, usize> = BTreeMap::new();
    for count in &counted.places.places {
        let place = dataset.place(count.place);
        if let (Some(state), Some(_)) = (place.state, place.position) {
            *whole.entry(state).or_default() += 1;
        }
    }
    let most = places.first().map_or(1, |(count, _)| count.engagements);
    let mut scale = Scale::within(most, largest);
    // The more is gathered in one circle, the smaller the scale, and the less is gathered.
    for _ in 0..4 {
        let all = gathered(dataset, &places, &counted.places.tours, &whole, scale);
        let most = all.iter().map(|cluster| cluster.engagements).max().unwrap_or(1);
        let fitting = Scale::within(most, largest);
        if fitting.one >= scale.one * 0.98 {
            return Clusters { all, scale };
        }
        scale = fitting;
    }
    Clusters { all: gathered(dataset, &places, &counted.places.tours, &whole, scale), scale }
}

fn gathered(
    dataset: &Dataset,
    places: &[(&PlaceCount, Point)],
    tours: &[Tour],
    whole: &BTreeMap<PartyId, usize>,
    scale: Scale,
) -> Vec<Cluster> {
    // First within each state, then across states.
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut by_state: BTreeMap<PartyId, Vec<usize>> = BTreeMap::new();
    for (count, at) in places {
        let state = dataset.place(count.place).state;
        let radius = scale.radius(count.engagements);
        let mine = state.map(|state| by_state.entry(state).or_default());
        let near = mine.as_ref().and_then(|mine| {
            mine.iter().copied().find(|&other| {
                let other = &clusters[other];
                other.center.distance(*at) < ((other.radius + radius) * 0.9).max(NEAR)
            })
        });
        if let Some(near) = near {
            let cluster = &mut clusters[near];
            cluster.parts[0].places.push((count.place, count.engagements));
            cluster.engagements += count.engagements;
            for (kind, count) in &count.kinds {
                *cluster.kinds.entry(*kind).or_default() += count;
            }
            cluster.radius = scale.radius(cluster.engagements);
        } else {
            if let Some(mine) = mine {
                mine.push(clusters.len());
            }
            clusters.push(Cluster {
                parts: vec![Part {
                    state,
                    places: vec![(count.place, count.engagements)],
                    whole: false,
                }],
                engagements: count.engagements,
                kinds: count.kinds.iter().copied().collect(),
                center: *at,
                radius,
                row: count.row,
            });
        }
    }
    for part in clusters.iter_mut().flat_map(|cluster| &mut cluster.parts) {
        part.whole = part.state.is_some_and(|state| whole.get(&state) == Some(&part.places.len()));
    }
    clusters.sort_by_key(|cluster| (Reverse(cluster.engagements), cluster.place()));
    let mut apart: Vec<Cluster> = Vec::new();
    for cluster in clusters {
        let near = apart
            .iter_mut()
            .find(|other| other.center.distance(cluster.center) < NEAR.max(other.radius * 0.55));
        let Some(other) = near else {
            apart.push(cluster);
            continue;
        };
        other.engagements += cluster.engagements;
        for (kind, count) in cluster.kinds {
            *other.kinds.entry(kind).or_default() += count;
        }
        other.parts.extend(cluster.parts);
        other.radius = scale.radius(other.engagements);
    }
    count_once(&mut apart, tours, scale);
    for cluster in &mut apart {
        cluster.parts.sort_by_key(|part| (Reverse(part.engagements()), part.places[0].0));
    }
    apart.sort_by_key(|cluster| (Reverse(cluster.engagements), cluster.place()));
    apart
}

/// Takes back what engagements of several places of one circle were counted too often.
fn count_once(clusters: &mut [Cluster], tours: &[Tour], scale: Scale) {
    if tours.is_empty() {
        return;
    }
    let mut cluster_of: FxHashMap<PlaceId, usize> = FxHashMap::default();
    for (at, cluster) in clusters.iter().enumerate() {
        cluster_of.extend(cluster.places().map(|(place, _)| (place, at)));
    }
    let mut seen: Vec<usize> = Vec::new();
    for tour in tours {
        seen.clear();
        for place in &tour.places {
            let Some(&at) = cluster_of.get(place) else { continue };
            if !seen.contains(&at) {
                seen.push(at);
                continue;
            }
            let cluster = &mut clusters[at];
            cluster.engagements -= tour.engagements;
            if let Some(count) = cluster.kinds.get_mut(&tour.kind) {
                *count -= tour.engagements;
            }
        }
    }
    for cluster in clusters {
        cluster.radius = scale.radius(cluster.engagements);
    }
}

/// The circle of a cluster: full in the colour of its kind when all engagements are of one, with
/// a ring in proportion to the kinds otherwise.
pub(super) fn draw(dataset: &Dataset, cluster: &Cluster, tokens: &Tokens) -> Vec<Item> {
    let mut slots: BTreeMap<u8, u32> = BTreeMap::new();
    for (&kind, &count) in &cluster.kinds {
        *slots.entry(dataset.kind(kind).slot).or_default() += count;
    }
    let (center, radius) = (cluster.center, cluster.radius);
    if let (Some((&slot, _)), 1) = (slots.first_key_value(), slots.len()) {
        return vec![Item::Circle {
            center,
            radius,
            fill: Some(tokens.kind(slot)),
            stroke: Some(Stroke::solid(tokens.paper, if radius < 5.0 { 0.8 } else { 1.4 })),
        }];
    }
    let width = (radius * 0.36).clamp(2.0, 5.0);
    let mut items = vec![Item::Circle {
        center,
        radius: radius + 0.75,
        fill: Some(tokens.paper),
        stroke: Some(Stroke::solid(tokens.paper, 1.5)),
    }];
    let all = f64::from(cluster.engagements);
    let mut from = 0.0;
    for (slot, count) in slots {
        let to = from + f64::from(count) / all;
        items.push(Item::Path {
            segments: ring(center, radius - width / 2.0, from, to),
            fill: None,
            stroke: Some(Stroke::solid(tokens.kind(slot), width)),
        });
        from = to;
    }
    items
}

/// A part of a circle, clockwise from the top, `from` and `to` in turns.
fn ring(center: Point, radius: f32, from: f64, to: f64) -> Arc<[PathSegment]> {
    let steps = ((to - from) * 8.0).ceil().max(1.0) as u32;
    let part = (to - from) * std::f64::consts::TAU / f64::from(steps);
    let handle = 4.0 / 3.0 * libm::tan(part / 4.0);
    let place = |angle: f64, out: f64| {
        let (sin, cos) = (libm::sin(angle), libm::cos(angle));
        // `out` is along the circle at that angle.
        Point::new(
            center.x + radius * (sin + out * cos) as f32,
            center.y - radius * (cos - out * sin) as f32,
        )
    };
    let start = from * std::f64::consts::TAU;
    let mut segments = vec![PathSegment::Move(place(start, 0.0))];
    for step in 0..steps {
        let (a, b) = (start + part * f64::from(step), start + part * f64::from(step + 1));
        segments.push(PathSegment::Cubic(place(a, handle), place(b, -handle), place(b, 0.0)));
    }
    segments.into()
}
