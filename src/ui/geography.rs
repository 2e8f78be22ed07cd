//! The map pane: engagements at their places, and lines between those who engage.

use std::sync::Arc;

use egui::{Id, Mesh, Rect, Role, Sense, Shape, Ui, WidgetInfo, pos2};

use super::network::{buttons, pan, zoom};
use super::{marks, off_map, paint, theme, widgets};
use crate::app::{AppState, Command, MapCommand, MapGround};
use crate::layout::camera::Camera;
use crate::layout::ground::{Ground, Mesh as LandMesh};
use crate::layout::projection::Projection;
use crate::model::{PartyId, PlaceId, Target};
use crate::scene::map::{self, Counted, MapOptions, MapSpec, Seen};
use crate::scene::{Scene, Theme, Tokens};

/// What the drawing was made from.
#[derive(Clone, PartialEq)]
struct Key {
    shown: ShownKey,
    projection: Projection,
    ground: usize,
    camera: Camera,
    origin: [f32; 2],
    size: (f32, f32),
    theme: Theme,
    options: MapOptions,
    highlighted: Option<PartyId>,
    opened: Option<PlaceId>,
}

/// What was counted.
#[derive(Clone, PartialEq)]
struct ShownKey {
    document: usize,
    revision: u64,
    lines: map::Lines,
    home: Option<String>,
}

/// The ground as the globe is turned.
struct Turned {
    projection: Projection,
    of: usize,
    ground: Ground,
    mesh: LandMesh,
}

/// What the pane keeps between frames.
#[derive(Default)]
pub struct GeographyPane {
    turned: Option<Turned>,
    counted: Option<(ShownKey, Counted)>,
    drawn: Option<(Key, Arc<Mesh>, Scene)>,
    off_map: off_map::OffMap,
}

impl GeographyPane {
    /// Shows the pane.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
        let rect = ui.max_rect();
        let response = ui.interact(rect, Id::unique("map"), Sense::click_and_drag());
        response.widget_info(|| {
            let count = state.derived.shown.len();
            WidgetInfo::labeled(Role::Canvas, true, format!("Map, {count} engagements"))
        });
        let Some(prepared) = &state.ground else {
            out.push(Command::Map(MapCommand::Prepare));
            widgets::empty(ui, "Preparing the map", "This takes a moment, once per file.");
            return;
        };
        let options = &state.view.map;
        let size = (rect.width(), rect.height());
        let pane = [f64::from(size.0), f64::from(size.1)];
        let projection = match prepared.globe {
            Some(_) => prepared.extent.projection(prepared.ground.projection.shape, options.center),
            None => prepared.ground.projection,
        };
        let camera = options
            .seen
            .and_then(|seen| seen.camera(pane))
            .unwrap_or_else(|| prepared.extent.fit(&projection, size));
        self.count(state);
        self.turn(prepared, projection);
        let theme = theme::theme_of(ui.ctx());
        let target = state.hover.or(state.selection);
        let key = Key {
            shown: self.counted.as_ref().map_or_else(|| shown_key(state), |(key, _)| key.clone()),
            projection,
            ground: Arc::as_ptr(prepared).addr(),
            camera,
            origin: [rect.left(), rect.top()],
            size,
            theme,
            options: options.clone(),
            highlighted: match target {
                Some(Target::Party(id)) => Some(id),
                _ => None,
            },
            opened: match state.selection {
                Some(Target::Place(id)) => Some(id),
                _ => None,
            },
        };
        if self.drawn.as_ref().is_none_or(|(old, ..)| *old != key) {
            self.draw(state, prepared, key, rect);
        }
        let Some((_, land, scene)) = &self.drawn else { return };
        let painter = ui.painter().with_clip_rect(rect);
        painter.rect_filled(rect, 0.0, theme::color(Tokens::of(theme).water));
        painter.add(Shape::Mesh(Arc::clone(land)));
        paint::scene(&painter, rect.min, scene);
        marks::interact(ui, &response, rect, scene, state, out);
        let look = |camera: Option<Camera>| {
            Command::Map(match camera {
                Some(camera) => MapCommand::Look(Some(Seen::of(&camera, pane))),
                None => MapCommand::ShowAll,
            })
        };
        if response.dragged() {
            if prepared.globe.is_some() {
                let by = response.drag_delta();
                if by != egui::Vec2::ZERO {
                    out.push(Command::Map(MapCommand::Turn(turn(&projection, &camera, by))));
                }
            } else {
                pan(&response, &camera, out, look);
            }
        }
        zoom(ui, &response, rect, &camera, out, look);
        buttons(ui, rect, &camera, out, look);
        if let Some((_, counted)) = &self.counted {
            self.off_map.show(ui, state, rect, counted, out);
        }
    }

    /// Counts what is shown, when that has changed.
    fn count(&mut self, state: &AppState) {
        let key = shown_key(state);
        if self.counted.as_ref().is_some_and(|(old, _)| *old == key) {
            return;
        }
        let document = &state.document;
        let derived = &state.derived;
        let counted =
            Counted::of(&document.dataset, &document.columns, &derived.shown, &state.view.map);
        self.counted = Some((key, counted));
    }

    /// Turns the globe, when it has been turned.
    fn turn(&mut self, prepared: &Arc<MapGround>, projection: Projection) {
        let of = Arc::as_ptr(prepared).addr();
        let Some(globe) = &prepared.globe else {
            self.turned = None;
            return;
        };
        if self.turned.as_ref().is_none_or(|old| (old.projection, old.of) != (projection, of)) {
            self.turned = Some(Turned {
                projection,
                of,
                ground: globe.ground(projection, false),
                mesh: globe.mesh(projection),
            });
        }
    }

    fn draw(&mut self, state: &AppState, prepared: &MapGround, key: Key, rect: Rect) {
        let Some((_, counted)) = &self.counted else { return };
        let (ground, mesh) = match &self.turned {
            Some(turned) => (&turned.ground, &turned.mesh),
            None => (&prepared.ground, &prepared.mesh),
        };
        let tokens = Tokens::of(key.theme);
        let document = &state.document;
        let scene = map::map(&MapSpec {
            dataset: &document.dataset,
            columns: &document.columns,
            rows: &state.derived.shown,
            counted,
            ties: &state.derived.ties,
            options: &state.view.map,
            ground,
            camera: key.camera,
            size: key.size,
            tokens,
            highlighted: key.highlighted,
            opened: key.opened,
            land: false,
        });
        // The land changes with the camera only; what is drawn over it changes more often.
        let land = match self.drawn.take() {
            Some((old, land, _)) if same_land(&old, &key) => land,
            _ => Arc::new(land(mesh, &key.camera, rect, tokens)),
        };
        self.drawn = Some((key, land, scene));
    }
}

fn shown_key(state: &AppState) -> ShownKey {
    ShownKey {
        document: Arc::as_ptr(&state.document).addr(),
        revision: state.derived.shown_revision,
        lines: state.view.map.lines,
        home: state.view.map.home.clone(),
    }
}

fn same_land(old: &Key, new: &Key) -> bool {
    (old.ground, old.projection, old.camera, old.origin, old.size, old.theme)
        == (new.ground, new.projection, new.camera, new.origin, new.size, new.theme)
}

/// The middle of the globe after it has been dragged: what was under the pointer stays near it.
fn turn(projection: &Projection, camera: &Camera, by: egui::Vec2) -> [f64; 2] {
    let degrees = |points: f32| (f64::from(points) / camera.zoom).to_degrees();
    let lat = (projection.parallel + degrees(by.y)).clamp(-90.0, 90.0);
    // Nearer to a pole the same way is more degrees of longitude; straight above one it is any.
    let narrow = libm::cos(projection.parallel.to_radians()).max(0.25);
    [lat, crate::layout::projection::wrap(projection.meridian - degrees(by.x) / narrow)]
}

/// The land as egui paints it, for a camera.
fn land(triangles: &LandMesh, camera: &Camera, rect: Rect, tokens: &Tokens) -> Mesh {
    let ink = theme::color(tokens.land);
    let size = [f64::from(rect.width()), f64::from(rect.height())];
    let mut mesh = Mesh::default();
    mesh.vertices.reserve(triangles.vertices.len());
    for &[x, y] in &triangles.vertices {
        let [x, y] = camera.to_pane([f64::from(x), f64::from(y)], size);
        mesh.colored_vertex(pos2(rect.left() + x as f32, rect.top() + y as f32), ink);
    }
    mesh.indices.clone_from(&triangles.indices);
    mesh
}
