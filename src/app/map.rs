//! The map: what can be done to it, and its basemap, made ready in the background.

use std::sync::Arc;

use super::{AppState, MapGround, MapTab, Task};
use crate::layout::basemap::Basemap;
use crate::layout::globe::Globe;
use crate::layout::ground::Ground;
use crate::layout::projection::Shape;
use crate::query::{TieWeight, ties};
use crate::scene::map::{Extent, Lines, MapOptions, Names, Seen};

/// Something to do to the map.
#[derive(Clone, Debug, PartialEq)]
pub enum MapCommand {
    /// Make the basemap ready in the background.
    Prepare,
    /// Which outlines to use.
    SetBasemap(Basemap),
    /// The shape of the projection.
    SetProjection(Shape),
    /// What part of the plane is seen; all of it when `None`.
    Look(Option<Seen>),
    /// Turn the globe: the latitude and longitude in its middle.
    Turn([f64; 2]),
    /// Everything as it was when the file was opened.
    ShowAll,
    /// Only where the engagements are that are shown.
    FitShown,
    /// Which lines are drawn.
    SetLines(Lines),
    /// How many lines at most.
    SetMost(usize),
    /// In whose language places are named.
    SetNames(Names),
    /// The state (ISO 3166 alpha-3) that is assumed for persons and bodies of which none is said.
    SetHome(Option<String>),
}

impl MapCommand {
    /// Those that need no argument of their own, as the palette offers them: label, hint, command.
    pub fn catalogue() -> impl Iterator<Item = (&'static str, &'static str, Self)> {
        [
            ("Map: Equal Earth", Shape::EqualEarth.hint(), Self::SetProjection(Shape::EqualEarth)),
            ("Map: Mercator", Shape::Mercator.hint(), Self::SetProjection(Shape::Mercator)),
            ("Map: globe", Shape::Globe.hint(), Self::SetProjection(Shape::Globe)),
            ("Map: ties between seats", Lines::Ties.hint(), Self::SetLines(Lines::Ties)),
            ("Map: flows by state", Lines::Flows.hint(), Self::SetLines(Lines::Flows)),
            ("Map: no lines", Lines::None.hint(), Self::SetLines(Lines::None)),
            (
                "Map: names in English",
                "Places and states by their English names",
                Self::SetNames(Names::English),
            ),
            (
                "Map: own names",
                "Places and states in their own language, where a name is known",
                Self::SetNames(Names::Local),
            ),
            (
                "Map: borders near the UN view",
                "Outlines of Visionscarto, after Natural Earth",
                Self::SetBasemap(Basemap::Visionscarto),
            ),
            (
                "Map: de facto borders",
                "Outlines of Natural Earth, by who controls the ground",
                Self::SetBasemap(Basemap::DeFacto),
            ),
            ("Map: land only", "Coasts without any border", Self::SetBasemap(Basemap::LandOnly)),
            (
                "Map: fit what is shown",
                "As near as the engagements that pass the filter allow",
                Self::FitShown,
            ),
            ("Map: show all of it", "The map as it was at first", Self::ShowAll),
        ]
        .into_iter()
    }
}

impl AppState {
    /// Carries out what is to be done to the map.
    pub(super) fn apply_map(&mut self, command: MapCommand) {
        // Who asks for a map from elsewhere wants to see it.
        if !matches!(command, MapCommand::Prepare) {
            self.view.tab = MapTab::Geography;
        }
        match command {
            MapCommand::Prepare => {
                if self.ground.is_none() && self.preparing.is_none() {
                    self.prepare_map();
                }
            }
            MapCommand::SetBasemap(basemap) => self.set_basemap(basemap),
            MapCommand::SetProjection(shape) => {
                let map = MapOptions {
                    projection: shape,
                    seen: None,
                    center: None,
                    ..self.view.map.clone()
                };
                self.set_map(map);
            }
            MapCommand::Look(seen) => self.view.map.seen = seen,
            MapCommand::Turn(center) => self.view.map.center = Some(center),
            MapCommand::ShowAll => {
                let map = MapOptions { seen: None, center: None, ..self.view.map.clone() };
                self.set_map(map);
            }
            MapCommand::FitShown => self.fit_shown(),
            MapCommand::SetLines(lines) => self.view.map.lines = lines,
            MapCommand::SetMost(most) => self.view.map.most = most,
            MapCommand::SetNames(names) => self.view.map.names = names,
            MapCommand::SetHome(home) => self.view.map.home = home,
        }
    }

    /// Brings what is shown as near as it goes.
    fn fit_shown(&mut self) {
        // A pane of the usual shape; another one shows a little more.
        const PANE: (f32, f32) = (900.0, 340.0);
        let (document, derived) = (&self.document, &self.derived);
        let shown = derived.shown.iter().map(|row| document.columns.engagement[*row as usize]);
        let extent = Extent::among(&document.dataset, shown, &derived.ties);
        let Some(ground) = &self.ground else { return };
        let shape = self.view.map.projection;
        if shape == Shape::Globe {
            let middle = extent.projection(shape, None);
            self.view.map.center = Some([middle.parallel, middle.meridian]);
            return;
        }
        let camera = extent.fit(&ground.ground.projection, PANE);
        let size = [f64::from(PANE.0), f64::from(PANE.1)];
        self.view.map.seen = Some(Seen::of(&camera, size));
    }

    /// Takes up a whole set of options.
    pub(super) fn set_map(&mut self, map: MapOptions) {
        let old = std::mem::replace(&mut self.view.map, map);
        let new = &self.view.map;
        // A globe is turned as it is; only a flat map is cut anew for another middle.
        let turned = new.projection != Shape::Globe && old.center != new.center;
        if old.projection != new.projection || turned {
            self.prepare_again();
        }
    }

    /// Takes up a basemap.
    pub(super) fn set_basemap(&mut self, basemap: Basemap) {
        if self.settings.basemap != basemap {
            self.settings.basemap = basemap;
            self.prepare_again();
        }
    }

    /// Makes the basemap ready for other options. What is there stays until then.
    fn prepare_again(&mut self) {
        if self.ground.is_some() || self.preparing.is_some() {
            self.prepare_map();
        }
    }

    fn prepare_map(&mut self) {
        let document = Arc::clone(&self.document);
        let basemap = self.settings.basemap;
        let (shape, center) = (self.view.map.projection, self.view.map.center);
        let known = self.ground.as_ref().map(|ground| Arc::clone(&ground.extent));
        self.preparing = Some(Task::start("basemap", &self.waker, move || {
            let extent = known.unwrap_or_else(|| {
                let (dataset, columns) = (&document.dataset, &document.columns);
                let rows: Vec<u32> = (0..columns.len() as u32).collect();
                let ties = ties(columns, &rows, dataset.parties().len(), TieWeight::Shared);
                Arc::new(Extent::of(dataset, &ties))
            });
            let projection = extent.projection(shape, center);
            let ground = Ground::new(basemap, projection);
            let mesh = ground.mesh();
            let globe = projection.is_globe().then(|| Globe::of(basemap));
            MapGround { ground, mesh, extent, globe }
        }));
    }
}
