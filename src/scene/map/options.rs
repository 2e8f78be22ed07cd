//! What a map shows and how, as a view keeps it.

use serde::{Deserialize, Serialize};

use crate::layout::{camera::Camera, projection::Shape};

/// Which lines a map draws between states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lines {
    /// Ties, between the seats of the parties.
    #[default]
    Ties,
    /// Flows, from the home state of a party to the state in which it met others.
    Flows,
    /// None.
    None,
}

impl Lines {
    /// All values, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Ties, Self::Flows, Self::None];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ties => "Ties between seats",
            Self::Flows => "Flows by state",
            Self::None => "No lines",
        }
    }

    /// What it draws, in one sentence.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Ties => "Great circles between the seats of parties that share engagements",
            Self::Flows => {
                "Arrows from the home state of a party to the state in which it met others"
            }
            Self::None => "Places alone",
        }
    }
}

/// In whose language places are named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Names {
    /// In English.
    #[default]
    English,
    /// In the language of the place, where a name is known and the fonts can write it.
    Local,
}

impl Names {
    /// All values, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::English, Self::Local];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::English => "Names in English",
            Self::Local => "Names in the place’s own language",
        }
    }
}

/// The part of the plane that is seen, in units of the plane: it means the same on a pane and on a
/// page of another size.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// The middle.
    pub center: [f64; 2],
    /// Width and height that are seen at least; above 0.
    pub extent: [f64; 2],
}

impl Seen {
    /// What a camera sees on a pane of the given size in points.
    #[must_use]
    pub fn of(camera: &Camera, size: [f64; 2]) -> Self {
        Self { center: camera.center, extent: size.map(|side| side / camera.zoom) }
    }

    /// The camera that sees all of it on a pane of the given size in points; `None` when it is not
    /// a part of a plane (a saved view may say anything).
    #[must_use]
    pub fn camera(&self, size: [f64; 2]) -> Option<Camera> {
        let zoom = (size[0] / self.extent[0]).min(size[1] / self.extent[1]);
        let good = self.extent.iter().all(|side| *side > 0.0)
            && self.center.iter().all(|at| at.is_finite())
            && (Camera::ZOOM.0..=Camera::ZOOM.1).contains(&zoom);
        good.then_some(Camera { center: self.center, zoom })
    }
}

/// How many lines are drawn at most unless a reader says otherwise.
pub const MOST: usize = 60;

/// What a map shows and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MapOptions {
    /// The shape of the projection.
    pub projection: Shape,
    /// Latitude and longitude in the middle; of what the dataset shows when `None`. A flat map
    /// takes the longitude alone.
    pub center: Option<[f64; 2]>,
    /// The part that is seen; everything when `None`.
    pub seen: Option<Seen>,
    /// Whether a figure without a part of its own shows where its engagements are, instead of
    /// everything that the dataset reaches.
    pub fit_shown: bool,
    /// Which lines are drawn.
    pub lines: Lines,
    /// How many of them at most, the strongest first.
    pub most: usize,
    /// In whose language places are named.
    pub names: Names,
    /// The ISO 3166 alpha-3 code of the state that is assumed for persons and bodies of which none
    /// is said; flows need to know where they start.
    pub home: Option<String>,
}

impl Default for MapOptions {
    fn default() -> Self {
        Self {
            projection: Shape::default(),
            center: None,
            seen: None,
            fit_shown: false,
            lines: Lines::default(),
            most: MOST,
            names: Names::default(),
            home: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_pane_sees_a_larger_page_sees_as_well() {
        let camera = Camera { center: [0.3, -0.2], zoom: 150.0 };
        let seen = Seen::of(&camera, [600.0, 300.0]);
        assert_eq!(seen.camera([600.0, 300.0]), Some(camera));
        let page = seen.camera([1200.0, 900.0]).unwrap();
        assert_eq!((page.center, page.zoom), (camera.center, 300.0));
        let nonsense = Seen { center: [f64::NAN, 0.0], extent: [1.0, 0.0] };
        assert_eq!(nonsense.camera([100.0, 100.0]), None);
    }

    #[test]
    fn options_that_a_view_does_not_name_are_the_usual_ones() {
        let read: MapOptions = serde_json::from_str(r#"{"projection":"globe"}"#).unwrap();
        assert_eq!(read, MapOptions { projection: Shape::Globe, ..MapOptions::default() });
    }
}
