//! The network pane: parties and ties of what is shown, with pan, zoom and dragged nodes.

use std::sync::Arc;

use egui::{Id, Rect, Role, Sense, Ui, WidgetInfo};

use super::picture::{Drawing, Picture, Shift};
use super::{arrange, marks, network_tools, paint, theme, widgets};
use crate::app::{AppState, ArrangeCommand, Command, Document, NetworkCommand};
use crate::layout::camera::Camera;
use crate::layout::network::PartyLayout;
use crate::model::{Day, PartyId, Target, words};
use crate::query::{Measures, Ties};
use crate::scene::network::{
    self, Core, Lifted, NetworkForm, NetworkOptions, NetworkSpec, Reading,
};
use crate::scene::{Item, Theme, Tokens};

/// Up to so many parties and ties the network is drawn within the frame; more, in the background.
const AT_ONCE: usize = 600;

/// What the drawing is made from.
#[derive(Clone, PartialEq)]
struct Key {
    revision: u64,
    document: usize,
    /// What is seen; all of it where nothing is said.
    camera: Option<Camera>,
    /// Of the pane, with the room for the legend.
    size: (f32, f32),
    theme: Theme,
    highlighted: Option<PartyId>,
    moved: u64,
    options: NetworkOptions,
    day: Option<Day>,
    measured: u64,
    /// Whether the parties are known that others count as.
    rolled_up: bool,
    /// The party that is being dragged, which is drawn over a drawing without it.
    lifted: Option<PartyId>,
}

impl Key {
    /// Whether the drawing of one may be shown until that of the other is ready.
    fn is_akin(&self, other: &Self) -> bool {
        self.document == other.document && self.options.form == other.options.form
    }
}

/// All that the drawing needs, so that it can be made elsewhere.
struct Sheet {
    key: Key,
    document: Arc<Document>,
    layout: Arc<PartyLayout>,
    ties: Arc<Ties>,
    shown: Arc<Vec<u32>>,
    measures: Option<Arc<Measures>>,
    core: Option<Arc<Core>>,
}

/// What is found out while the network is drawn.
struct Around {
    legend: Vec<Item>,
    /// The room that the legend takes, in points.
    strip: f32,
    /// The height of the legend.
    tall: f32,
    camera: Camera,
    /// Of what is left for the drawing.
    size: (f32, f32),
    /// The parties in the order of the matrix; empty in other forms.
    order: Vec<PartyId>,
    /// The party that is being dragged, taken out of the drawing.
    lifted: Option<Lifted>,
}

impl Sheet {
    fn of(state: &AppState, key: &Key) -> Self {
        Self {
            core: state.derived.core.clone(),
            key: key.clone(),
            document: Arc::clone(&state.document),
            layout: Arc::clone(&state.layout),
            ties: Arc::clone(&state.derived.ties),
            shown: Arc::clone(&state.derived.shown),
            measures: state.measured.measures.clone(),
        }
    }

    fn spec(&self, camera: Camera, size: (f32, f32)) -> NetworkSpec<'_> {
        let options = self.key.options;
        let roll_up = || self.document.tie_index(options.level).roll_up();
        NetworkSpec {
            dataset: &self.document.dataset,
            ties: &self.ties,
            layout: &self.layout,
            camera,
            size,
            tokens: Tokens::of(self.key.theme),
            highlighted: self.key.highlighted,
            reading: Reading {
                options,
                measures: self.measures.as_deref(),
                stated: Some(&self.document.look),
                roll_up: self.key.rolled_up.then(roll_up),
                day: self.key.day,
                core: self.core.as_deref(),
            },
            changes: None,
            strongest: None,
            note: true,
        }
    }

    fn draw(&self) -> Drawing<Around> {
        let (width, height) = self.key.size;
        let spec = self.spec(Camera::default(), (width, height));
        let (legend, tall) = network::legend(
            &self.document.dataset,
            &self.layout,
            &self.ties,
            &spec.reading,
            width - 24.0,
            Tokens::of(self.key.theme),
        );
        // Where there is little room, the drawing needs it more than the legend, which a button
        // shows.
        let strip = if tall + 8.0 < height * 0.24 { tall + 8.0 } else { 0.0 };
        let size = (width, height - strip);
        let spec = NetworkSpec { size, ..spec };
        let matrix = self.key.options.form == NetworkForm::Matrix;
        let camera = self.key.camera.unwrap_or_else(|| {
            if matrix {
                let parties = self.ties.parties();
                network::MatrixGrid::new(size, parties).fit(parties)
            } else {
                network::fit_drawn(&spec)
            }
        });
        let spec = NetworkSpec { camera, ..spec };
        let mut scene = match self.key.options.form {
            NetworkForm::Parties => network::network(&spec),
            NetworkForm::Engagements => {
                network::bipartite(&spec, &self.document.columns, &self.shown)
            }
            NetworkForm::Matrix => network::matrix(&spec, camera),
        };
        let order = if matrix { network::matrix_order(&spec) } else { Vec::new() };
        let lifted = self.key.lifted.and_then(|party| {
            let name = self.document.dataset.party(party).label();
            Lifted::take(&mut scene, party, name)
        });
        let more = Around { legend, tall, strip, camera, size, order, lifted };
        Drawing { scene, under: egui::Mesh::default(), more }
    }
}

/// What the pane keeps between frames.
#[derive(Default)]
pub struct NetworkPane {
    picture: Picture<Key, Around>,
    /// How many parties are shown, with the revision of what is shown.
    counted: (u64, usize),
    dragged: Option<PartyId>,
    /// The party that is dragged over a drawing without it, and how often parties had been put
    /// somewhere else when that began.
    lifted: Option<(PartyId, u64)>,
    /// What the context menu is about.
    asked: Option<PartyId>,
}

impl NetworkPane {
    /// Whether the next drawing is being made.
    #[must_use]
    pub const fn is_drawing(&self) -> bool {
        self.picture.is_making()
    }

    /// Shows the pane.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
        let whole = ui.max_rect();
        let (bar, whole) = whole.split_top_bottom_at_y(whole.top() + network_tools::HEIGHT);
        let builder = egui::UiBuilder::new()
            .max_rect(bar.shrink2(egui::vec2(12.0, 4.0)))
            .layout(egui::Layout::left_to_right(egui::Align::Center));
        network_tools::show(&mut ui.new_child(builder), state, out);
        if self.counted.0 != state.derived.shown_revision {
            self.counted = (state.derived.shown_revision, state.derived.ties.parties());
        }
        let shown = self.counted.1;
        let response = ui.interact(whole, Id::unique("network"), Sense::click_and_drag());
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Canvas, true, format!("Network, {shown} parties"))
        });
        if shown == 0 && state.document.dataset.engagements().is_empty() {
            let parties = state.document.dataset.parties().len();
            let parties = words::count(parties, "party", "parties");
            let said = format!("The file names {parties} and nothing that they did together.");
            widgets::empty(ui, "No engagements, no ties", &said);
            return;
        }
        if shown == 0 {
            widgets::empty(
                ui,
                "No party in this stretch of time",
                "Show all time with 0, or clear the filter with X.",
            );
            return;
        }
        if state.layout.positions.is_empty() {
            let done = state.arranging.as_ref().map_or(0, |arranging| arranging.progress.get().0);
            let text = format!("{} % done. The other views are ready.", done / 10);
            widgets::empty(ui, "Laying out the network", &text);
            return;
        }
        let reading = state.reading();
        let matrix = reading.options.form == NetworkForm::Matrix;
        let key = Key {
            revision: state.derived.shown_revision,
            document: Arc::as_ptr(&state.document).addr(),
            camera: if matrix { reading.options.matrix } else { state.view.network },
            size: (whole.width(), whole.height()),
            theme: theme::theme_of(ui.ctx()),
            highlighted: match (self.lifted, state.hover.or(state.selection)) {
                (Some((id, _)), _) | (None, Some(Target::Party(id))) => Some(id),
                _ => None,
            },
            moved: self.lifted.map_or(state.layout_revision, |(_, revision)| revision),
            options: reading.options,
            day: reading.day,
            measured: state.measured.revision,
            rolled_up: reading.roll_up.is_some(),
            lifted: self.lifted.map(|(party, _)| party),
        };
        if self.picture.shown().is_some_and(|(old, ..)| !old.is_akin(&key)) {
            self.picture.forget();
        }
        let most = reading.options.drawn_ties() as usize;
        let dots = if reading.options.form == NetworkForm::Engagements {
            state.derived.shown.len()
        } else {
            0
        };
        let heavy = shown + dots + state.derived.ties.ties.len().min(most) > AT_ONCE;
        self.picture.want(ui.ctx(), &key, heavy, || {
            let sheet = Sheet::of(state, &key);
            move || sheet.draw()
        });
        let Some((old, _, around)) = self.picture.shown() else {
            widgets::empty(ui, "Drawing the network", "The other views are ready.");
            return;
        };
        let (rect, foot) = whole.split_top_bottom_at_y(whole.bottom() - around.strip);
        let size = (rect.width(), rect.height());
        let pane = [f64::from(size.0), f64::from(size.1)];
        let camera = key.camera.unwrap_or(around.camera);
        // What is drawn for another view of the same is shown where it belongs in this one.
        let shift = if matrix || *old == key {
            Shift::NONE
        } else {
            Shift::between(&around.camera, around.size, &camera, size)
        };
        if around.strip > 0.0 {
            paint::items(
                &ui.painter().with_clip_rect(foot),
                foot.min.to_vec2() + egui::vec2(12.0, 2.0),
                &around.legend,
            );
        }
        let painter = ui.painter().with_clip_rect(rect);
        self.picture.paint(&painter, rect.min, shift);
        let Some((old, scene, around)) = self.picture.shown() else { return };
        if let Some((lifted, party)) = around.lifted.as_ref().zip(old.lifted)
            && let Some([x, y]) = state.layout.positions.get(party.index()).copied().flatten()
        {
            let at = camera.to_pane([x, y], pane);
            let at = shift.origin(egui::pos2(at[0] as f32, at[1] as f32));
            let at = crate::scene::Point::new(at.x, at.y);
            let corner = rect.min.to_vec2();
            paint::items(&painter, corner, &lifted.lines(at));
            let (x, y) = lifted.offset(at);
            paint::items(&painter, corner + egui::vec2(x, y), lifted.mark());
        }
        if around.strip == 0.0 && around.tall > 0.0 {
            legend_button(ui, rect, around);
        }
        let under = marks::interact_moved(ui, &response, rect, (scene, shift), state, out);
        if matrix {
            crosshair(ui, &response, rect, state, (&around.order, &camera));
            let set = |camera| Command::Network(NetworkCommand::Matrix(camera));
            let grid = network::MatrixGrid::new(size, shown);
            let field = paint::egui_rect(grid.field).translate(rect.min.to_vec2());
            if response.dragged() {
                pan(&response, &camera, out, set);
            }
            zoom(ui, &response, field, &camera, out, set);
            buttons(ui, rect, &camera, out, set);
            return;
        }

        if response.drag_started() {
            // What was under the pointer when it was pressed, not where it has come to since.
            let origin = ui.input(|input| input.pointer.press_origin());
            let mark = origin.and_then(|at| {
                let at = shift.origin(at - rect.min.to_vec2());
                scene.hit(crate::scene::Point::new(at.x, at.y), 3.0)
            });
            self.dragged = match mark.and_then(|mark| mark.target).or(under) {
                Some(Target::Party(id)) => Some(id),
                _ => None,
            };
            self.lifted = self.dragged.filter(|_| heavy).map(|it| (it, state.layout_revision));
        }
        if response.dragged() {
            match (self.dragged, response.interact_pointer_pos()) {
                (Some(party), Some(at)) => {
                    let at = at - rect.min.to_vec2();
                    let to = camera.to_plane([f64::from(at.x), f64::from(at.y)], pane);
                    out.push(Command::Arrange(ArrangeCommand::Move(party, to)));
                }
                _ => pan(&response, &camera, out, Command::SetNetworkCamera),
            }
        }
        if !response.dragged() {
            self.dragged = None;
            self.lifted = None;
        }
        if response.secondary_clicked() {
            self.asked = match under {
                Some(Target::Party(id)) => Some(id),
                _ => None,
            };
        }
        let asked = self.asked;
        response.context_menu(|ui| arrange::menu(ui, state, asked, out));
        zoom(ui, &response, rect, &camera, out, Command::SetNetworkCamera);
        buttons(ui, rect, &camera, out, Command::SetNetworkCamera);
    }
}

/// In panes lower than this, in points, the buttons stand beside one another.
const LOW: f32 = 190.0;
/// How far above the foot of the pane they begin, in points, so that they do not cover the note.
const ABOVE_NOTE: f32 = 54.0;

/// A button that shows the legend where the pane has no room for it.
fn legend_button(ui: &mut Ui, rect: Rect, around: &Around) {
    let beside = if rect.height() < LOW { 208.0 } else { 136.0 };
    let place = Rect::from_min_size(
        egui::pos2(rect.right() - beside, rect.bottom() - ABOVE_NOTE),
        egui::vec2(84.0, 26.0),
    );
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(place));
    network_tools::menu(&mut child, "Legend", |ui| {
        ui.set_width(around.size.0 - 24.0);
        let size = egui::vec2(around.size.0 - 24.0, around.tall);
        let (at, _) = ui.allocate_exact_size(size, Sense::hover());
        paint::items(ui.painter(), at.min.to_vec2(), &around.legend);
    });
}

/// Bands across the row and the column under the pointer, with the name of the column.
fn crosshair(
    ui: &Ui,
    response: &egui::Response,
    rect: Rect,
    state: &AppState,
    (order, camera): (&[PartyId], &Camera),
) {
    let Some(at) = response.hover_pos() else { return };
    let inner = at - rect.min.to_vec2();
    let point = crate::scene::Point::new(inner.x, inner.y);
    let grid = network::MatrixGrid::new((rect.width(), rect.height()), order.len());
    let Some(cell) = grid.cell(camera, point) else { return };
    let (Some(_), Some(column)) = (order.get(cell.0), order.get(cell.1)) else { return };
    let tokens = theme::tokens(ui.ctx());
    let painter = ui.painter().with_clip_rect(rect);
    // The bands end with the last row and column, not with the pane.
    let count = order.len() as f64;
    let (right, bottom) = grid.place(camera, [count, count]);
    let drawn = Rect::from_min_max(rect.min, rect.min + egui::vec2(right, bottom));
    for band in grid.bands(camera, cell) {
        let band = paint::egui_rect(band).translate(rect.min.to_vec2()).intersect(drawn);
        painter.rect_filled(band, 0.0, theme::color(tokens.accent.faded(0.10)));
    }
    let name = state.document.dataset.party(*column).label().to_owned();
    let font = theme::strong(Tokens::SMALL);
    let galley = painter.layout_no_wrap(name, font, theme::color(tokens.accent));
    let left = (at.x - galley.size().x / 2.0).min(rect.right() - galley.size().x).max(rect.left());
    let place = egui::pos2(left, rect.top() + 3.0);
    let ground = Rect::from_min_size(place, galley.size()).expand(3.0);
    painter.rect_filled(ground, 3.0, theme::color(tokens.paper));
    painter.galley(place, galley, theme::color(tokens.accent));
}

/// Moves a camera with the pointer.
pub fn pan(
    response: &egui::Response,
    camera: &Camera,
    out: &mut Vec<Command>,
    command: impl Fn(Option<Camera>) -> Command,
) {
    let by = response.drag_delta();
    if by != egui::Vec2::ZERO {
        out.push(command(Some(camera.panned([f64::from(by.x), f64::from(by.y)]))));
    }
}

/// Zooms a camera at the pointer: Ctrl and the wheel, the plain wheel, or a pinch.
pub fn zoom(
    ui: &Ui,
    response: &egui::Response,
    rect: Rect,
    camera: &Camera,
    out: &mut Vec<Command>,
    command: impl Fn(Option<Camera>) -> Command,
) {
    let Some(at) = response.hover_pos() else { return };
    let (pinch, wheel) = ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta()));
    let factor = if pinch != 1.0 {
        f64::from(pinch)
    } else if wheel.y != 0.0 {
        libm::exp(f64::from(wheel.y) / 240.0)
    } else {
        return;
    };
    let at = at - rect.min.to_vec2();
    let size = [f64::from(rect.width()), f64::from(rect.height())];
    let zoomed = camera.zoomed(factor, [f64::from(at.x), f64::from(at.y)], size);
    out.push(command(Some(zoomed)));
}

/// Buttons for those without a wheel: closer, farther, all.
pub fn buttons(
    ui: &mut Ui,
    rect: Rect,
    camera: &Camera,
    out: &mut Vec<Command>,
    command: impl Fn(Option<Camera>) -> Command,
) {
    // One above the other, or beside one another where that is too high.
    let (place, layout) = if rect.height() < LOW {
        let place = Rect::from_min_size(
            egui::pos2(rect.right() - 116.0, rect.bottom() - ABOVE_NOTE),
            egui::vec2(108.0, 28.0),
        );
        (place, egui::Layout::left_to_right(egui::Align::Center))
    } else {
        let place = Rect::from_min_size(
            egui::pos2(rect.right() - 40.0, rect.bottom() - 128.0),
            egui::vec2(30.0, 92.0),
        );
        (place, egui::Layout::top_down(egui::Align::Min))
    };
    let size = [f64::from(rect.width()), f64::from(rect.height())];
    let middle = [size[0] / 2.0, size[1] / 2.0];
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(place).layout(layout));
    for (sign, name, camera) in [
        ("+", "Closer", Some(camera.zoomed(1.4, middle, size))),
        ("−", "Farther", Some(camera.zoomed(1.0 / 1.4, middle, size))),
        ("↔", "Show all of it", None),
    ] {
        let response = child.add_sized([28.0, 26.0], egui::Button::new(sign));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        if response.on_hover_text(name).clicked() {
            out.push(command(camera));
        }
    }
}
