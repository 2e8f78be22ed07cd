//! Tests of the globe.

use proptest::prelude::*;

use super::*;
use crate::layout::{projection::degrees, sphere::angle};

/// Whether rings on the plane go around a point: an odd number of edges to its right.
fn inside<'a>(rings: impl Iterator<Item = &'a [[f64; 2]]>, at: [f64; 2]) -> bool {
    let mut odd = false;
    for ring in rings {
        for number in 0..ring.len() {
            let (a, b) = (ring[number], ring[(number + 1) % ring.len()]);
            if (a[1] > at[1]) != (b[1] > at[1])
                && at[0] < a[0] + (at[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
            {
                odd = !odd;
            }
        }
    }
    odd
}

fn on_land(ground: &Ground, at: [f64; 2]) -> bool {
    inside(ground.land.iter().flatten().map(|ring| ring.points.as_slice()), at)
}

/// Points spread evenly over the sphere.
fn spread(count: u32) -> impl Iterator<Item = (f64, f64)> {
    (0..count).map(move |number| {
        let z = 1.0 - (2.0 * f64::from(number) + 1.0) / f64::from(count);
        let around = f64::from(number) * 2.399_963_229_728_653;
        let ring = (1.0 - z * z).sqrt();
        degrees([ring * libm::cos(around), ring * libm::sin(around), z])
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Wherever the globe is turned, what is land on it is land on a flat map.
    #[test]
    fn land_on_the_globe_is_land_on_a_flat_map(
        meridian in -180.0..180.0_f64,
        parallel in -90.0..90.0_f64,
    ) {
        let flat = Ground::new(Basemap::Visionscarto, Projection::equal_earth(0.0));
        let projection = Projection::globe(meridian, parallel);
        let ground = Globe::of(Basemap::Visionscarto).ground(projection, true);
        let mut wrong = Vec::new();
        for (lon, lat) in spread(900) {
            if projection.turn().apply(vector(lon, lat))[2] < 0.02 {
                continue;
            }
            let here = on_land(&ground, projection.project(lon, lat));
            if here != on_land(&flat, flat.projection.project(lon, lat)) {
                wrong.push((lon, lat));
            }
        }
        // A point or two may lie on a coast, where straight stretches differ.
        prop_assert!(wrong.len() <= 3, "{wrong:?}");
    }

    #[test]
    fn nothing_is_drawn_beyond_the_horizon_or_leaps_across_the_globe(
        meridian in -180.0..180.0_f64,
        parallel in -90.0..90.0_f64,
    ) {
        let projection = Projection::globe(meridian, parallel);
        let ground = Globe::of(Basemap::DeFacto).ground(projection, true);
        let lines = ground.coasts.iter().chain(&ground.borders);
        let rings = ground.land.iter().flatten();
        for trace in lines.chain(rings.clone()) {
            for at in &trace.points {
                prop_assert!(at[0] * at[0] + at[1] * at[1] <= 1.0 + 1e-9, "{at:?}");
            }
            for step in trace.points.windows(2) {
                let (dx, dy) = (step[1][0] - step[0][0], step[1][1] - step[0][1]);
                prop_assert!(dx * dx + dy * dy < 0.05, "{step:?}");
            }
        }
        // Closed: the last point is no farther from the first than any two others.
        for ring in rings {
            let (first, last) = (ring.points[0], ring.points[ring.points.len() - 1]);
            let (dx, dy) = (first[0] - last[0], first[1] - last[1]);
            prop_assert!(dx * dx + dy * dy < 0.05, "{first:?} {last:?}");
        }
    }
}

#[test]
fn the_triangles_cover_what_the_rings_enclose() {
    let globe = Globe::of(Basemap::Visionscarto);
    for (meridian, parallel) in [(0.0, 0.0), (105.0, 15.0), (-95.0, 40.0), (10.0, -90.0)] {
        let projection = Projection::globe(meridian, parallel);
        let ground = globe.ground(projection, true);
        let mesh = globe.mesh(projection);
        let corner = |index: u32| mesh.vertices[index as usize].map(f64::from);
        let mut differ = 0;
        let mut seen = 0;
        for (lon, lat) in spread(700) {
            if angle((lon, lat), (meridian, parallel)) > 1.5 {
                continue;
            }
            seen += 1;
            let at = projection.project(lon, lat);
            let filled = mesh.indices.chunks_exact(3).any(|of| {
                inside(std::iter::once(&[corner(of[0]), corner(of[1]), corner(of[2])][..]), at)
            });
            differ += usize::from(filled != on_land(&ground, at));
        }
        assert!(seen > 250 && differ <= 3, "{meridian} {parallel}: {differ} of {seen}");
    }
}
