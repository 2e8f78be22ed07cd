//! The map pane: engagements at their places, and lines between those who engage.

use std::sync::Arc;

use egui::{Id, Mesh, Pos2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::network::{buttons, pan, zoom};
use super::picture::{Drawing, Picture, Shift};
use super::{marks, off_map, theme, widgets};
use crate::app::{AppState, Command, Document, MapCommand, MapGround};
use crate::layout::camera::Camera;
use crate::layout::ground::{Ground, Mesh as LandMesh};
use crate::layout::projection::Projection;
use crate::model::{PartyId, PlaceId, Target};
use crate::query::Ties;
use crate::scene::map::{self, Counted, MapOptions, MapSpec, Seen};
use crate::scene::{Theme, Tokens};

/// Up to so many engagements and ties a map is drawn within the frame; of more, in the background.
const AT_ONCE: usize = 2_000;

/// What the drawing is made from.
#[derive(Clone, PartialEq)]
struct Key {
    document: usize,
    revision: u64,
    projection: Projection,
    ground: usize,
    size: (f32, f32),
    theme: Theme,
    options: MapOptions,
    highlighted: Option<PartyId>,
    opened: Option<PlaceId>,
}

impl Key {
    /// Whether the same is counted for both.
    fn counts_alike(&self, other: &Self) -> bool {
        let of = |key: &Self| (key.document, key.revision, key.options.lines);
        of(self) == of(other) && self.options.home == other.options.home
    }

    /// Whether the ground is the same for both.
    fn lies_alike(&self, other: &Self) -> bool {
        (self.ground, self.projection) == (other.ground, other.projection)
    }
}

/// The ground as the globe is turned.
struct Turned {
    ground: Ground,
    mesh: LandMesh,
}

/// All that the drawing needs, so that it can be made elsewhere.
struct Sheet {
    key: Key,
    document: Arc<Document>,
    prepared: Arc<MapGround>,
    rows: Arc<Vec<u32>>,
    ties: Arc<Ties>,
    /// What is known from the drawing before.
    counted: Option<Arc<Counted>>,
    turned: Option<Arc<Turned>>,
}

/// What is found out while the map is drawn.
struct Around {
    counted: Arc<Counted>,
    turned: Option<Arc<Turned>>,
    camera: Camera,
}

impl Sheet {
    fn draw(self) -> Drawing<Around> {
        let Self { key, document, prepared, rows, ties, counted, turned } = self;
        let counted = counted.unwrap_or_else(|| {
            let (dataset, columns) = (&document.dataset, &document.columns);
            Arc::new(Counted::of(dataset, columns, &rows, &key.options))
        });
        let turned = turned.or_else(|| {
            let globe = prepared.globe.as_ref()?;
            let ground = globe.ground(key.projection, false);
            Some(Arc::new(Turned { ground, mesh: globe.mesh(key.projection) }))
        });
        let (ground, mesh) = match turned.as_deref() {
            Some(turned) => (&turned.ground, &turned.mesh),
            None => (&prepared.ground, &prepared.mesh),
        };
        let pane = [f64::from(key.size.0), f64::from(key.size.1)];
        let seen = key.options.seen.and_then(|seen| seen.camera(pane));
        let camera = seen.unwrap_or_else(|| prepared.extent.fit(&key.projection, key.size));
        let tokens = Tokens::of(key.theme);
        let scene = map::map(&MapSpec {
            dataset: &document.dataset,
            columns: &document.columns,
            rows: &rows,
            counted: &counted,
            ties: &ties,
            options: &key.options,
            ground,
            camera,
            size: key.size,
            tokens,
            highlighted: key.highlighted,
            opened: key.opened,
            land: false,
        });
        let under = land(mesh, &camera, pane, tokens);
        Drawing { scene, under, more: Around { counted, turned, camera } }
    }
}

/// What the pane keeps between frames.
#[derive(Default)]
pub struct GeographyPane {
    picture: Picture<Key, Around>,
    off_map: off_map::OffMap,
}

impl GeographyPane {
    /// Whether the next drawing is being made.
    #[must_use]
    pub const fn is_drawing(&self) -> bool {
        self.picture.is_making()
    }

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
        let theme = theme::theme_of(ui.ctx());
        let key = Key {
            document: Arc::as_ptr(&state.document).addr(),
            revision: state.derived.shown_revision,
            projection,
            ground: Arc::as_ptr(prepared).addr(),
            size,
            theme,
            options: options.clone(),
            highlighted: match state.hover.or(state.selection) {
                Some(Target::Party(id)) => Some(id),
                _ => None,
            },
            opened: match state.selection {
                Some(Target::Place(id)) => Some(id),
                _ => None,
            },
        };
        if self.picture.shown().is_some_and(|(old, ..)| old.document != key.document) {
            self.picture.forget();
        }
        let known = self.picture.shown().map(|(old, _, around)| {
            let counted = old.counts_alike(&key).then(|| Arc::clone(&around.counted));
            let turned = around.turned.clone().filter(|_| old.lies_alike(&key));
            (counted, turned)
        });
        let heavy = state.derived.shown.len() + state.derived.ties.ties.len() > AT_ONCE;
        self.picture.want(ui.ctx(), &key, heavy, || {
            let (counted, turned) = known.unwrap_or_default();
            let sheet = Sheet {
                key: key.clone(),
                document: Arc::clone(&state.document),
                prepared: Arc::clone(prepared),
                rows: Arc::clone(&state.derived.shown),
                ties: Arc::clone(&state.derived.ties),
                counted,
                turned,
            };
            move || sheet.draw()
        });
        let Some((old, _, around)) = self.picture.shown() else {
            widgets::empty(ui, "Drawing the map", "The other views are ready.");
            return;
        };
        let (old_size, old_camera) = (old.size, around.camera);
        let camera = options.seen.and_then(|seen| seen.camera(pane)).unwrap_or(old_camera);
        // What is drawn for another view of the same is shown where it belongs in this one.
        let shift = if *old == key || !old.lies_alike(&key) {
            Shift::NONE
        } else {
            Shift::between(&old_camera, old_size, &camera, size)
        };
        let painter = ui.painter().with_clip_rect(rect);
        painter.rect_filled(rect, 0.0, theme::color(Tokens::of(theme).water));
        self.picture.paint(&painter, rect.min, shift);
        let Some((_, scene, around)) = self.picture.shown() else { return };
        marks::interact_moved(ui, &response, rect, (scene, shift), state, out);
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
        self.off_map.show(ui, state, rect, &around.counted, out);
    }
}

/// The middle of the globe after it has been dragged: what was under the pointer stays near it.
fn turn(projection: &Projection, camera: &Camera, by: egui::Vec2) -> [f64; 2] {
    let degrees = |points: f32| (f64::from(points) / camera.zoom).to_degrees();
    let lat = (projection.parallel + degrees(by.y)).clamp(-90.0, 90.0);
    // Nearer to a pole the same way is more degrees of longitude; straight above one it is any.
    let narrow = libm::cos(projection.parallel.to_radians()).max(0.25);
    [lat, crate::layout::projection::wrap(projection.meridian - degrees(by.x) / narrow)]
}

/// How far beyond the pane land is kept: it may come into sight before it is drawn anew.
const BEYOND: f32 = 200.0;

/// The land as egui paints it, for a camera: the triangles that reach the pane.
fn land(triangles: &LandMesh, camera: &Camera, size: [f64; 2], tokens: &Tokens) -> Mesh {
    let ink = theme::color(tokens.land);
    let place = |&[x, y]: &[f32; 2]| {
        let [x, y] = camera.to_pane([f64::from(x), f64::from(y)], size);
        pos2(x as f32, y as f32)
    };
    let corners: Vec<Pos2> = triangles.vertices.iter().map(place).collect();
    let pane = Rect::from_min_size(Pos2::ZERO, vec2(size[0] as f32, size[1] as f32)).expand(BEYOND);
    let mut mesh = Mesh::default();
    let mut numbers = vec![u32::MAX; corners.len()];
    for triangle in triangles.indices.chunks_exact(3) {
        let of = |corner: usize| corners.get(triangle[corner] as usize).copied();
        let (Some(a), Some(b), Some(c)) = (of(0), of(1), of(2)) else { continue };
        if !Rect::from_points(&[a, b, c]).intersects(pane) {
            continue;
        }
        for (corner, at) in [a, b, c].into_iter().enumerate() {
            let number = &mut numbers[triangle[corner] as usize];
            if *number == u32::MAX {
                *number = mesh.vertices.len() as u32;
                mesh.colored_vertex(at, ink);
            }
            mesh.indices.push(*number);
        }
    }
    mesh
}
