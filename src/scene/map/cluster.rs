//! Engagements gathered at their places, and places that would overlap gathered with each other.

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use crate::{
    model::{Dataset, EngagementId, PlaceId},
    scene::{Item, PathSegment, Point, Stroke, Tokens},
};

/// Places near each other on the page, with the engagements there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cluster {
    /// The places, the one with the most engagements first.
    pub(super) places: Vec<PlaceId>,
    /// The engagements, by id.
    pub(super) engagements: Vec<EngagementId>,
    /// Where it stands on the pane.
    pub(super) center: Point,
}

impl Cluster {
    /// The radius of its circle: the area grows with the number of engagements.
    pub(super) fn radius(&self) -> f32 {
        radius(self.engagements.len())
    }
}

fn radius(engagements: usize) -> f32 {
    // Room for the digits, and never so large that it hides a country.
    (4.6 * (engagements as f32).sqrt()).clamp(5.5, 26.0)
}

/// Gathers engagements by place, and places whose circles would overlap around the larger one.
/// `at` says where a place is on the pane, if it is anywhere.
pub(super) fn gather(
    dataset: &Dataset,
    engagements: &[EngagementId],
    at: impl Fn(PlaceId) -> Option<Point>,
) -> Vec<Cluster> {
    let mut by_place: BTreeMap<PlaceId, Vec<EngagementId>> = BTreeMap::new();
    for &id in engagements {
        if let Some(place) = dataset.engagement(id).place {
            by_place.entry(place).or_default().push(id);
        }
    }
    let mut places: Vec<(PlaceId, Vec<EngagementId>, Point)> = by_place
        .into_iter()
        .filter_map(|(place, ids)| at(place).map(|at| (place, ids, at)))
        .collect();
    places.sort_by_key(|(place, ids, _)| (Reverse(ids.len()), *place));
    let mut clusters: Vec<Cluster> = Vec::new();
    for (place, ids, at) in places {
        let mine = radius(ids.len());
        let near = clusters
            .iter_mut()
            .find(|cluster| cluster.center.distance(at) < (cluster.radius() + mine) * 0.9);
        match near {
            Some(cluster) => {
                cluster.places.push(place);
                cluster.engagements.extend(ids);
            }
            None => {
                clusters.push(Cluster { places: vec![place], engagements: ids, center: at });
            }
        }
    }
    for cluster in &mut clusters {
        cluster.engagements.sort_unstable();
        cluster.engagements.dedup();
    }
    clusters
}

/// The circle of a cluster: full in the colour of its kind when all engagements are of one, with
/// a ring in proportion to the kinds otherwise.
pub(super) fn draw(dataset: &Dataset, cluster: &Cluster, tokens: &Tokens) -> Vec<Item> {
    let mut slots: BTreeMap<u8, usize> = BTreeMap::new();
    for &id in &cluster.engagements {
        *slots.entry(dataset.kind(dataset.engagement(id).kind).slot).or_default() += 1;
    }
    let (center, radius) = (cluster.center, cluster.radius());
    if let (Some((&slot, _)), 1) = (slots.first_key_value(), slots.len()) {
        return vec![Item::Circle {
            center,
            radius,
            fill: Some(tokens.kind(slot)),
            stroke: Some(Stroke::solid(tokens.paper, 1.5)),
        }];
    }
    let width = (radius * 0.36).clamp(2.5, 5.0);
    let mut items = vec![Item::Circle {
        center,
        radius: radius + 0.75,
        fill: Some(tokens.paper),
        stroke: Some(Stroke::solid(tokens.paper, 1.5)),
    }];
    let all = cluster.engagements.len() as f64;
    let mut from = 0.0;
    for (slot, count) in slots {
        let to = from + count as f64 / all;
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
