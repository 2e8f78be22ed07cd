//! How far a dataset reaches on the globe: what a map is centred on, and what fits into it.

use crate::{
    layout::{
        camera::Camera,
        placement::Area,
        projection::{Projection, Shape, degrees, middle_meridian, vector, wrap},
        sphere,
    },
    model::{Dataset, EngagementId, PlaceId},
    query::Ties,
};

use super::FOOT;

/// A point of the globe: longitude and latitude in degrees.
pub(super) type Position = (f64, f64);

/// The places of a dataset, and the seats that its ties join. It is made once for a dataset, so that
/// a filter does not move the map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extent {
    places: Vec<Position>,
    arcs: Vec<(Position, Position)>,
}

/// Where a place is, as (longitude, latitude).
pub(super) fn position(dataset: &Dataset, place: PlaceId) -> Option<Position> {
    dataset.place(place).position.map(|(lat, lon)| (lon, lat))
}

impl Extent {
    /// The places of all engagements and the seats of all parties that take part in any; `ties` are
    /// those of the whole dataset.
    #[must_use]
    pub fn of(dataset: &Dataset, ties: &Ties) -> Self {
        Self::among(dataset, dataset.engagement_ids(), ties)
    }

    /// The same for some engagements and the ties among them.
    #[must_use]
    pub fn among(
        dataset: &Dataset,
        engagements: impl Iterator<Item = EngagementId>,
        ties: &Ties,
    ) -> Self {
        let mut seen = vec![false; dataset.places().len()];
        for engagement in engagements.map(|id| dataset.engagement(id)) {
            let seats = engagement
                .participants
                .iter()
                .filter_map(|participant| dataset.party(participant.party).seat);
            for place in seats.chain(engagement.places.iter()) {
                seen[place.index()] = true;
            }
        }
        let places = (0..seen.len())
            .filter(|at| seen[*at])
            .filter_map(|at| position(dataset, PlaceId::at(at)))
            .collect();
        let mut joined: Vec<(PlaceId, PlaceId)> = ties
            .ties
            .iter()
            .filter_map(|tie| dataset.party(tie.a).seat.zip(dataset.party(tie.b).seat))
            .map(|(a, b)| (a.min(b), a.max(b)))
            .filter(|(a, b)| a != b)
            .collect();
        joined.sort_unstable();
        joined.dedup();
        let arcs = joined
            .into_iter()
            .filter_map(|(a, b)| position(dataset, a).zip(position(dataset, b)))
            .collect();
        Self { places, arcs }
    }

    /// The projection of a shape, centred on a point (latitude, longitude) or on the places.
    #[must_use]
    pub fn projection(&self, shape: Shape, center: Option<[f64; 2]>) -> Projection {
        let center = center.filter(|at| at.iter().all(|side| side.is_finite()));
        match (shape, center) {
            (Shape::Globe, Some([lat, lon])) => {
                Projection::globe(wrap(lon), lat.clamp(-90.0, 90.0))
            }
            (Shape::Globe, None) => {
                let sum = self.places.iter().fold([0.0; 3], |sum, &(lon, lat)| {
                    let at = vector(lon, lat);
                    [sum[0] + at[0], sum[1] + at[1], sum[2] + at[2]]
                });
                let (lon, lat) = degrees(sum);
                let round = |angle: f64| (angle / 5.0).round() * 5.0;
                // Straight above a pole nobody knows a map; nearer to the equator it is at home.
                Projection::globe(wrap(round(lon)), round(lat).clamp(-40.0, 40.0))
            }
            (_, center) => {
                let meridian = center.map_or_else(
                    || middle_meridian(self.places.iter().map(|at| at.0)),
                    |[_, lon]| wrap(lon),
                );
                Projection { shape, meridian, parallel: 0.0 }
            }
        }
    }

    /// The view of all places, and of all arcs between seats.
    #[must_use]
    pub fn fit(&self, projection: &Projection, size: (f32, f32)) -> Camera {
        let size = [f64::from(size.0), f64::from(size.1 - FOOT)];
        let raised = |mut camera: Camera| {
            camera.center[1] += f64::from(FOOT) / 2.0 / camera.zoom;
            camera
        };
        if projection.is_globe() {
            return raised(Camera::fit([-1.0, -1.0, 1.0, 1.0], size, 12.0, f64::INFINITY));
        }
        let mut bounds: Option<Area> = None;
        let mut include = |[x, y]: [f64; 2]| {
            let of = bounds.get_or_insert([x, y, x, y]);
            *of = [of[0].min(x), of[1].min(y), of[2].max(x), of[3].max(y)];
        };
        for &(lon, lat) in &self.places {
            include(projection.project(lon, lat));
        }
        for &(from, to) in &self.arcs {
            sphere::arc(projection, from, to, 0.02).into_iter().flatten().for_each(&mut include);
        }
        let edge = [[-180.0, 0.0], [180.0, 0.0], [0.0, 90.0], [0.0, -90.0]]
            .map(|at: [f64; 2]| projection.project_relative(at[0], at[1]));
        let world = [edge[0][0], edge[2][1], edge[1][0], edge[3][1]];
        // A single place is shown with a few hundred kilometres around it.
        let [left, top, right, bottom] = bounds.unwrap_or(world);
        let least = 0.12_f64;
        let (wide, high) = ((least - (right - left)).max(0.0), (least - (bottom - top)).max(0.0));
        let bounds = [left - wide / 2.0, top - high / 2.0, right + wide / 2.0, bottom + high / 2.0];
        raised(Camera::fit(bounds, size, 36.0, f64::INFINITY))
    }
}
