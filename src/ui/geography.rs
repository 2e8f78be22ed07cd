//! The map pane: engagements at their places, and arcs between the seats of parties.

use std::sync::Arc;

use egui::{Id, Mesh, Rect, Role, Sense, Shape, Ui, WidgetInfo, pos2};

use super::network::{buttons, pan, zoom};
use super::{marks, paint, theme, widgets};
use crate::app::{AppState, Command, MapGround};
use crate::layout::camera::Camera;
use crate::model::{EngagementId, PartyId, Target};
use crate::scene::map::{self, MapSpec};
use crate::scene::{Scene, Theme, Tokens};

/// What the drawing was made from.
#[derive(Clone, PartialEq)]
struct Key {
    revision: u64,
    ground: usize,
    camera: Camera,
    origin: [f32; 2],
    size: (f32, f32),
    theme: Theme,
    highlighted: Option<PartyId>,
}

/// What the pane keeps between frames.
#[derive(Default)]
pub struct GeographyPane {
    drawn: Option<(Key, Arc<Mesh>, Scene)>,
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
        let Some(ground) = &state.ground else {
            out.push(Command::PrepareMap);
            widgets::empty(ui, "Preparing the map", "This takes a moment, once per file.");
            return;
        };
        let size = (rect.width(), rect.height());
        let camera = state.view.geography.unwrap_or_else(|| {
            map::fit(&state.document.dataset, &state.derived.ties, &ground.ground.projection, size)
        });
        let theme = theme::theme_of(ui.ctx());
        let key = Key {
            revision: state.derived.shown_revision,
            ground: Arc::as_ptr(ground).addr(),
            camera,
            origin: [rect.left(), rect.top()],
            size,
            theme,
            highlighted: match state.hover.or(state.selection) {
                Some(Target::Party(id)) => Some(id),
                _ => None,
            },
        };
        if self.drawn.as_ref().is_none_or(|(old, ..)| *old != key) {
            let columns = &state.document.columns;
            let engagements: Vec<EngagementId> =
                state.derived.shown.iter().map(|&row| columns.engagement[row as usize]).collect();
            let tokens = Tokens::of(theme);
            let scene = map::map(&MapSpec {
                dataset: &state.document.dataset,
                engagements: &engagements,
                ties: &state.derived.ties,
                ground: &ground.ground,
                camera,
                size,
                tokens,
                highlighted: key.highlighted,
                land: false,
            });
            // The land changes with the camera only; what is drawn over it changes more often.
            let land = match self.drawn.take() {
                Some((old, land, _)) if same_land(&old, &key) => land,
                _ => Arc::new(land(ground, &camera, rect, tokens)),
            };
            self.drawn = Some((key, land, scene));
        }
        let Some((_, land, scene)) = &self.drawn else { return };
        let painter = ui.painter().with_clip_rect(rect);
        painter.rect_filled(rect, 0.0, theme::color(Tokens::of(theme).water));
        painter.add(Shape::Mesh(Arc::clone(land)));
        paint::scene(&painter, rect.min, scene);
        marks::interact(ui, &response, rect, scene, state, out);
        if response.dragged() {
            pan(&response, &camera, out, Command::SetGeographyCamera);
        }
        zoom(ui, &response, rect, &camera, out, Command::SetGeographyCamera);
        buttons(ui, rect, &camera, out, Command::SetGeographyCamera);
    }
}

fn same_land(old: &Key, new: &Key) -> bool {
    let revision = new.revision;
    let highlighted = new.highlighted;
    Key { revision, highlighted, ..old.clone() } == *new
}

/// The land as egui paints it, for a camera.
fn land(ground: &MapGround, camera: &Camera, rect: Rect, tokens: &Tokens) -> Mesh {
    let ink = theme::color(tokens.land);
    let size = [f64::from(rect.width()), f64::from(rect.height())];
    let mut mesh = Mesh::default();
    mesh.vertices.reserve(ground.mesh.vertices.len());
    for &[x, y] in &ground.mesh.vertices {
        let [x, y] = camera.to_pane([f64::from(x), f64::from(y)], size);
        mesh.colored_vertex(pos2(rect.left() + x as f32, rect.top() + y as f32), ink);
    }
    mesh.indices.clone_from(&ground.mesh.indices);
    mesh
}
