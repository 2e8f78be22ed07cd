//! The outlines of land and states, decoded from the embedded TopoJSON.

use std::sync::{Arc, OnceLock};

use serde::Deserialize;

/// Which outlines a map is drawn on. Whose borders are drawn is a statement, so each says whose
/// it is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Basemap {
    /// Borders close to the view of the United Nations.
    #[default]
    Visionscarto,
    /// Borders by who controls the ground.
    DeFacto,
    /// Coasts without any border.
    LandOnly,
}

impl Basemap {
    /// All values, in the order in which a reader should see them.
    pub const ALL: [Self; 3] = [Self::Visionscarto, Self::DeFacto, Self::LandOnly];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Visionscarto => "Borders near the UN view",
            Self::DeFacto => "De facto borders",
            Self::LandOnly => "Land only",
        }
    }

    /// Where the outlines are from, for the line at the foot of every map.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Visionscarto => "Visionscarto, after Natural Earth 1:50m",
            Self::DeFacto | Self::LandOnly => "Natural Earth 1:50m",
        }
    }

    /// What a reader must know about the borders; empty where there are none.
    #[must_use]
    pub const fn disclaimer(self) -> &'static str {
        match self {
            Self::Visionscarto | Self::DeFacto => "borders imply no endorsement",
            Self::LandOnly => "",
        }
    }

    /// The outlines, decoded once.
    #[must_use]
    pub fn outlines(self) -> Arc<Outlines> {
        static VISIONSCARTO: OnceLock<Arc<Outlines>> = OnceLock::new();
        static DE_FACTO: OnceLock<Arc<Outlines>> = OnceLock::new();
        let (cell, file): (_, &[u8]) = match self {
            Self::Visionscarto => {
                (&VISIONSCARTO, include_bytes!("../../assets/geo/visionscarto-50m.json"))
            }
            Self::DeFacto | Self::LandOnly => {
                (&DE_FACTO, include_bytes!("../../assets/geo/world-atlas-countries-50m.json"))
            }
        };
        // The files are part of the program, and a test decodes them; a map without land is
        // still better than none.
        Arc::clone(cell.get_or_init(|| Arc::new(decode(file).unwrap_or_default())))
    }
}

/// A closed ring or an open line of (longitude, latitude) in degrees. Rings do not repeat their
/// first point.
pub type Line = Vec<[f64; 2]>;

/// The outlines of a basemap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlines {
    /// Land, as polygons of one outer ring and its holes.
    pub land: Vec<Vec<Line>>,
    /// Lines between land and water.
    pub coasts: Vec<Line>,
    /// Lines between two states.
    pub borders: Vec<Line>,
}

/// The parts of TopoJSON that the outlines are kept in.
#[derive(Deserialize)]
struct Topology {
    transform: Transform,
    objects: Objects,
    arcs: Vec<Vec<[f64; 2]>>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Objects {
    land: Collection,
    countries: Collection,
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Geometry {
    Polygon {
        arcs: Vec<Vec<i32>>,
    },
    MultiPolygon {
        arcs: Vec<Vec<Vec<i32>>>,
    },
    #[serde(other)]
    Other,
}

impl Collection {
    fn polygons(&self) -> impl Iterator<Item = &Vec<Vec<i32>>> {
        self.geometries.iter().flat_map(|geometry| match geometry {
            Geometry::Polygon { arcs } => std::slice::from_ref(arcs),
            Geometry::MultiPolygon { arcs } => arcs.as_slice(),
            Geometry::Other => &[],
        })
    }
}

/// Decodes a topology with the objects `land` and `countries`.
///
/// # Errors
/// When it is not TopoJSON of that form.
pub fn decode(file: &[u8]) -> Result<Outlines, serde_json::Error> {
    let topology: Topology = serde_json::from_slice(file)?;
    let Transform { scale, translate } = topology.transform;
    // Arcs are stored as differences on a grid.
    let arcs: Vec<Line> = topology
        .arcs
        .iter()
        .map(|arc| {
            let mut at = [0.0, 0.0];
            arc.iter()
                .map(|step| {
                    at = [at[0] + step[0], at[1] + step[1]];
                    [at[0] * scale[0] + translate[0], at[1] * scale[1] + translate[1]]
                })
                .collect()
        })
        .collect();
    // A negative number is the arc in the other direction: −1 is arc 0, −2 arc 1, and so on.
    let index = |number: i32| (if number < 0 { !number } else { number }) as usize;
    let ring = |numbers: &Vec<i32>| {
        let mut ring: Line = Vec::new();
        for &number in numbers {
            let Some(arc) = arcs.get(index(number)) else { continue };
            // The last point of an arc is the first of the next.
            let inner = &arc[..arc.len().saturating_sub(1)];
            if number < 0 {
                ring.extend(arc.iter().skip(1).rev());
            } else {
                ring.extend(inner);
            }
        }
        ring
    };
    let land = topology
        .objects
        .land
        .polygons()
        .map(|rings| rings.iter().map(ring).filter(|ring| ring.len() > 2).collect::<Vec<_>>())
        .filter(|rings| !rings.is_empty())
        .collect();
    let mut uses = vec![0u32; arcs.len()];
    for number in topology.objects.countries.polygons().flatten().flatten() {
        if let Some(uses) = uses.get_mut(index(*number)) {
            *uses += 1;
        }
    }
    let (mut coasts, mut borders) = (Vec::new(), Vec::new());
    for (arc, uses) in arcs.into_iter().zip(uses) {
        match uses {
            0 => {}
            1 => coasts.push(arc),
            _ => borders.push(arc),
        }
    }
    Ok(Outlines { land, coasts, borders })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_basemaps_have_closed_rings_on_the_globe() {
        for basemap in Basemap::ALL {
            let outlines = basemap.outlines();
            assert!(outlines.land.len() > 1_000, "{basemap:?} {}", outlines.land.len());
            assert!(outlines.borders.len() > 300, "{basemap:?} {}", outlines.borders.len());
            assert!(outlines.coasts.len() > 1_000, "{basemap:?} {}", outlines.coasts.len());
            for ring in outlines.land.iter().flatten() {
                for at in ring {
                    assert!(at[0].abs() <= 180.001 && at[1].abs() <= 90.001, "{at:?}");
                }
                // Closed: the first point is not far from the last, except across the edge.
                let (first, last) = (ring[0], ring[ring.len() - 1]);
                let gap = super::super::projection::wrap(first[0] - last[0]).abs();
                assert!(gap < 12.0 && (first[1] - last[1]).abs() < 12.0, "{first:?} {last:?}");
            }
        }
    }

    #[test]
    fn arcs_are_joined_in_either_direction() {
        let file = br#"{"type":"Topology","transform":{"scale":[1,1],"translate":[0,0]},
            "arcs":[[[0,0],[2,0],[0,2]],[[0,0],[0,2],[2,0]]],
            "objects":{"land":{"type":"GeometryCollection","geometries":[
                {"type":"Polygon","arcs":[[0,-2]]}]},
            "countries":{"type":"GeometryCollection","geometries":[
                {"type":"Polygon","arcs":[[0,-2]]},{"type":"Polygon","arcs":[[1]]},
                {"type":"Point","coordinates":[0,0]}]}}}"#;
        let outlines = decode(file).unwrap();
        assert_eq!(outlines.land, [[[[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]]]]);
        assert_eq!((outlines.coasts.len(), outlines.borders.len()), (1, 1));
        assert!(decode(b"{}").is_err());
    }
}
