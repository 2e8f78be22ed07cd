//! Map projections: from longitude and latitude to the plane and back.

/// The shape of the projection.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Equal Earth (Šavrič, Patterson and Jenny 2018): areas are true, so that no state looks
    /// larger than it is.
    #[default]
    EqualEarth,
    /// Mercator: directions are true, areas grow towards the poles; cut off at 85° north and
    /// south.
    Mercator,
    /// The globe from far away (orthographic): one half of it is seen, in its true shape.
    Globe,
}

impl Shape {
    /// All shapes, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::EqualEarth, Self::Mercator, Self::Globe];

    /// The English name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::EqualEarth => "Equal Earth",
            Self::Mercator => "Mercator",
            Self::Globe => "Globe",
        }
    }

    /// What it is good for, in one sentence.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::EqualEarth => "A flat map on which areas are true",
            Self::Mercator => "A flat map on which directions are true",
            Self::Globe => "The globe from far away; drag to turn it",
        }
    }
}

/// A projection of the sphere of radius 1 to the plane; x grows to the east, y to the south.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Projection {
    /// Its shape.
    pub shape: Shape,
    /// The longitude in the middle, in degrees; a flat map is cut opposite to it.
    pub meridian: f64,
    /// The latitude in the middle of a globe, in degrees; 0 on other maps.
    pub parallel: f64,
}

/// A point on the sphere of radius 1, or a direction seen from the viewer of a globe.
pub type Vector = [f64; 3];

/// The point of the sphere of radius 1 for degrees of longitude and latitude.
#[must_use]
pub fn vector(lon: f64, lat: f64) -> Vector {
    let (lon, lat) = (lon.to_radians(), lat.to_radians());
    let around = libm::cos(lat);
    [around * libm::cos(lon), around * libm::sin(lon), libm::sin(lat)]
}

/// Degrees of longitude and latitude for a point of the sphere.
#[must_use]
pub fn degrees(at: Vector) -> (f64, f64) {
    let around = (at[0] * at[0] + at[1] * at[1]).sqrt();
    (libm::atan2(at[1], at[0]).to_degrees(), libm::atan2(at[2], around).to_degrees())
}

/// A turn of the globe towards its viewer: to the right, downwards, and towards the viewer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn([Vector; 3]);

impl Turn {
    /// A point of the sphere as the viewer has it: x to the right, y downwards, and how far it
    /// stands out towards the viewer (negative behind the horizon).
    #[must_use]
    pub fn apply(&self, at: Vector) -> Vector {
        self.0.map(|row| row[0] * at[0] + row[1] * at[1] + row[2] * at[2])
    }
}

/// The coefficients of Equal Earth.
const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];
/// Half the square root of three.
const M: f64 = 0.866_025_403_784_438_6;
/// Mercator ends here, north and south.
const MERCATOR_END: f64 = 85.0;

impl Projection {
    /// Equal Earth with a longitude in the middle.
    #[must_use]
    pub const fn equal_earth(meridian: f64) -> Self {
        Self { shape: Shape::EqualEarth, meridian, parallel: 0.0 }
    }

    /// The globe seen from above a point.
    #[must_use]
    pub const fn globe(meridian: f64, parallel: f64) -> Self {
        Self { shape: Shape::Globe, meridian, parallel }
    }

    /// Whether it is the globe, of which one half is seen.
    #[must_use]
    pub fn is_globe(&self) -> bool {
        self.shape == Shape::Globe
    }

    /// How the globe is turned towards its viewer.
    #[must_use]
    pub fn turn(&self) -> Turn {
        let (lon, lat) = (self.meridian.to_radians(), self.parallel.to_radians());
        let (sin_lon, cos_lon) = (libm::sin(lon), libm::cos(lon));
        let (sin_lat, cos_lat) = (libm::sin(lat), libm::cos(lat));
        Turn([
            [-sin_lon, cos_lon, 0.0],
            [sin_lat * cos_lon, sin_lat * sin_lon, -cos_lat],
            [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat],
        ])
    }

    /// Whether a point given in degrees is on the map; a globe hides what is behind its horizon.
    #[must_use]
    pub fn sees(&self, lon: f64, lat: f64) -> bool {
        !self.is_globe() || self.turn().apply(vector(lon, lat))[2] >= 0.0
    }

    /// A longitude relative to the middle, from −180 (included) to 180 (excluded).
    #[must_use]
    pub fn relative(&self, lon: f64) -> f64 {
        wrap(lon - self.meridian)
    }

    /// The point of the plane for degrees of longitude and latitude.
    #[must_use]
    pub fn project(&self, lon: f64, lat: f64) -> [f64; 2] {
        self.project_relative(self.relative(lon), lat)
    }

    /// The point of the plane for a longitude relative to the middle, from −180 to 180 with both
    /// ends, which are the two edges of a flat map. On a globe a point behind the horizon has one as
    /// well; [`Self::sees`] tells.
    #[must_use]
    pub fn project_relative(&self, lon: f64, lat: f64) -> [f64; 2] {
        match self.shape {
            Shape::EqualEarth => {
                let theta = libm::asin(M * libm::sin(lat.clamp(-90.0, 90.0).to_radians()));
                let t2 = theta * theta;
                let t6 = t2 * t2 * t2;
                let y = theta * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2));
                [lon.to_radians() * libm::cos(theta) / (M * slope(t2)), -y]
            }
            Shape::Mercator => {
                let lat = lat.clamp(-MERCATOR_END, MERCATOR_END).to_radians();
                let y = libm::log(libm::tan(std::f64::consts::FRAC_PI_4 + lat / 2.0));
                [lon.to_radians(), -y]
            }
            Shape::Globe => {
                let [x, y, _] = self.turn().apply(vector(lon + self.meridian, lat));
                [x, y]
            }
        }
    }

    /// Degrees of longitude and latitude for a point of the plane; `None` outside the map.
    #[must_use]
    pub fn invert(&self, at: [f64; 2]) -> Option<(f64, f64)> {
        let (lon, lat) = match self.shape {
            Shape::EqualEarth => {
                let y = -at[1];
                let mut theta = y.clamp(-1.3, 1.3);
                for _ in 0..12 {
                    let t2 = theta * theta;
                    let t6 = t2 * t2 * t2;
                    let over = theta * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2)) - y;
                    let step = over / slope(t2);
                    theta -= step;
                    if step.abs() < 1e-14 {
                        break;
                    }
                }
                let sine = libm::sin(theta) / M;
                if !(-1.0 - 1e-9..=1.0 + 1e-9).contains(&sine) {
                    return None;
                }
                let lon = M * at[0] * slope(theta * theta) / libm::cos(theta);
                (lon.to_degrees(), libm::asin(sine.clamp(-1.0, 1.0)).to_degrees())
            }
            Shape::Mercator => {
                let lat = 2.0 * libm::atan(libm::exp(-at[1])) - std::f64::consts::FRAC_PI_2;
                (at[0].to_degrees(), lat.to_degrees())
            }
            Shape::Globe => {
                let out = 1.0 - at[0] * at[0] - at[1] * at[1];
                if out < 0.0 {
                    return None;
                }
                let seen = [at[0], at[1], out.sqrt()];
                let [right, down, toward] = self.turn().0;
                // The inverse of a turn is its transpose.
                let back = [0, 1, 2].map(|axis| {
                    right[axis] * seen[0] + down[axis] * seen[1] + toward[axis] * seen[2]
                });
                let (lon, lat) = degrees(back);
                (self.relative(lon), lat)
            }
        };
        (lon.abs() <= 180.0 + 1e-9 && lat.is_finite()).then(|| (wrap(lon + self.meridian), lat))
    }
}

/// The derivative of Equal Earth's y by θ, from θ².
fn slope(t2: f64) -> f64 {
    let t6 = t2 * t2 * t2;
    A[0] + 3.0 * A[1] * t2 + t6 * (7.0 * A[2] + 9.0 * A[3] * t2)
}

/// Degrees brought to −180 (included) to 180 (excluded).
#[must_use]
pub fn wrap(degrees: f64) -> f64 {
    let turned = (degrees + 180.0) % 360.0;
    (if turned < 0.0 { turned + 360.0 } else { turned }) - 180.0
}

/// The meridian in the middle of some longitudes: opposite to the middle of the widest gap
/// between them, rounded to 5° so that it does not wander with every new place. 0 for none.
#[must_use]
pub fn middle_meridian(lons: impl IntoIterator<Item = f64>) -> f64 {
    let mut lons: Vec<f64> = lons.into_iter().map(wrap).filter(|lon| lon.is_finite()).collect();
    lons.sort_by(f64::total_cmp);
    let (Some(&first), Some(&last)) = (lons.first(), lons.last()) else { return 0.0 };
    let mut widest = (first + 360.0 - last, last);
    for ends in lons.windows(2) {
        if ends[1] - ends[0] > widest.0 {
            widest = (ends[1] - ends[0], ends[0]);
        }
    }
    let middle = widest.1 + widest.0 / 2.0 + 180.0;
    wrap((middle / 5.0).round() * 5.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_projected_comes_back(
            lon in -180.0..180.0_f64,
            lat in -84.0..84.0_f64,
            meridian in -180.0..180.0_f64,
            mercator: bool,
        ) {
            let shape = if mercator { Shape::Mercator } else { Shape::EqualEarth };
            let projection = Projection { shape, meridian, parallel: 0.0 };
            let (back, north) = projection.invert(projection.project(lon, lat)).unwrap();
            prop_assert!(wrap(back - lon).abs() < 1e-7, "{back} {lon}");
            prop_assert!((north - lat).abs() < 1e-7, "{north} {lat}");
        }
    }

    proptest! {
        #[test]
        fn what_is_seen_of_a_globe_comes_back(
            lon in -180.0..180.0_f64,
            lat in -89.0..89.0_f64,
            meridian in -180.0..180.0_f64,
            parallel in -90.0..90.0_f64,
        ) {
            let projection = Projection::globe(meridian, parallel);
            let at = projection.project(lon, lat);
            prop_assert!(at[0] * at[0] + at[1] * at[1] <= 1.0 + 1e-9);
            let (back, north) = projection.invert(at).unwrap_or((lon, lat));
            let away = super::super::sphere::angle((lon, lat), (back, north));
            // Near the horizon a point of the plane does not say well where it is.
            let rim = at[0] * at[0] + at[1] * at[1] > 0.9998;
            prop_assert!(rim || projection.sees(lon, lat) == (away < 1e-4), "{away}");
        }
    }

    #[test]
    fn the_middle_of_a_globe_faces_its_viewer() {
        let projection = Projection::globe(105.0, 15.0);
        let [x, y] = projection.project(105.0, 15.0);
        assert!(x.abs() < 1e-12 && y.abs() < 1e-12);
        let north = projection.project(105.0, 25.0);
        let east = projection.project(115.0, 15.0);
        assert!(north[1] < 0.0 && east[0] > 0.0);
        assert!(!projection.sees(-75.0, -15.0));
        assert_eq!(projection.invert([1.1, 0.0]), None);
    }

    /// The extent of the map that its authors publish: 2.70663 by 1.31733 from the middle.
    #[test]
    fn equal_earth_has_its_published_extent() {
        let projection = Projection::equal_earth(0.0);
        let edge = projection.project_relative(180.0, 0.0);
        let pole = projection.project_relative(0.0, 90.0);
        assert!((edge[0] - 2.706_63).abs() < 1e-4, "{edge:?}");
        assert!((pole[1] + 1.317_36).abs() < 1e-3, "{pole:?}");
        assert_eq!(projection.invert([3.0, 0.0]), None);
        assert_eq!(projection.invert([0.0, 1.4]), None);
    }

    /// Equal areas: a cell of 1° by 1° has the area cos φ on the plane as on the sphere.
    #[test]
    fn equal_earth_keeps_areas() {
        let projection = Projection::equal_earth(0.0);
        for lat in [0.0, 30.0, 60.0, 80.0_f64] {
            let (south, north) =
                (projection.project(10.0, lat - 0.5), projection.project(10.0, lat + 0.5));
            let (west, east) = (projection.project(9.5, lat), projection.project(10.5, lat));
            let area = (east[0] - west[0]) * (south[1] - north[1]);
            let sphere = 1.0_f64.to_radians().powi(2) * libm::cos(lat.to_radians());
            assert!((area / sphere - 1.0).abs() < 1e-3, "{lat}: {area} {sphere}");
        }
    }

    #[test]
    fn the_middle_is_opposite_to_the_widest_gap() {
        assert_eq!(middle_meridian([]), 0.0);
        assert_eq!(middle_meridian([105.0]), 105.0);
        assert_eq!(middle_meridian([100.0, 110.0]), 105.0);
        assert_eq!(middle_meridian([170.0, -170.0]), -180.0);
        assert_eq!(middle_meridian([105.0, -77.0, 140.0, 96.0]), -170.0);
    }
}
