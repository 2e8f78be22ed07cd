//! The network pane: parties and ties of what is shown, with pan, zoom and dragged nodes.

use egui::{Id, Rect, Role, Sense, Ui, WidgetInfo};

use super::{arrange, marks, network_tools, paint, theme, widgets};
use crate::app::{AppState, ArrangeCommand, Command, NetworkCommand};
use crate::layout::camera::Camera;
use crate::model::{Day, PartyId, Target};
use crate::scene::network::{self, NetworkForm, NetworkOptions, NetworkSpec};
use crate::scene::{Scene, Theme, Tokens};

/// What the drawing was made from.
#[derive(PartialEq)]
struct Key {
    revision: u64,
    document: usize,
    camera: Camera,
    size: (f32, f32),
    theme: Theme,
    highlighted: Option<PartyId>,
    moved: u64,
    options: NetworkOptions,
    day: Option<Day>,
    measured: u64,
}

/// What the pane keeps between frames.
#[derive(Default)]
pub struct NetworkPane {
    drawn: Option<(Key, Scene)>,
    dragged: Option<PartyId>,
    /// What the context menu is about.
    asked: Option<PartyId>,
}

impl NetworkPane {
    /// Shows the pane.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
        let whole = ui.max_rect();
        let (bar, rect) = whole.split_top_bottom_at_y(whole.top() + network_tools::HEIGHT);
        let builder = egui::UiBuilder::new()
            .max_rect(bar.shrink2(egui::vec2(12.0, 4.0)))
            .layout(egui::Layout::left_to_right(egui::Align::Center));
        network_tools::show(&mut ui.new_child(builder), state, out);
        let reading = state.reading();
        let response = ui.interact(rect, Id::unique("network"), Sense::click_and_drag());
        let shown = state.derived.ties.engagements.iter().filter(|&&count| count > 0).count();
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Canvas, true, format!("Network, {shown} parties"))
        });
        let layout = &state.layout;
        if shown == 0 {
            widgets::empty(
                ui,
                "No party in this stretch of time",
                "Show all time with 0, or clear the filter with X.",
            );
            return;
        }
        if layout.positions.is_empty() {
            let done = state.arranging.as_ref().map_or(0, |arranging| arranging.progress.get().0);
            let text = format!("{} % done. The other views are ready.", done / 10);
            widgets::empty(ui, "Laying out the network", &text);
            return;
        }
        let theme = theme::theme_of(ui.ctx());
        let dataset = &state.document.dataset;
        let legend = {
            let width = rect.width() - 24.0;
            let ties = &state.derived.ties;
            network::legend(dataset, layout, ties, &reading, width, Tokens::of(theme))
        };
        // Where there is little room, the drawing needs it more than the legend.
        let strip = if legend.1 + 8.0 < rect.height() * 0.2 { legend.1 + 8.0 } else { 0.0 };
        let (rect, foot) = rect.split_top_bottom_at_y(rect.bottom() - strip);
        let size = (rect.width(), rect.height());
        let pane = [f64::from(size.0), f64::from(size.1)];
        let highlighted = match state.hover.or(state.selection) {
            Some(Target::Party(id)) => Some(id),
            _ => None,
        };
        let spec = |camera: Camera| NetworkSpec {
            dataset,
            ties: &state.derived.ties,
            layout,
            camera,
            size,
            tokens: Tokens::of(theme),
            highlighted,
            reading,
            changes: None,
            strongest: None,
            note: true,
        };
        let matrix = reading.options.form == NetworkForm::Matrix;
        let camera = if matrix {
            reading.options.matrix.unwrap_or_else(|| network::fit_matrix(&spec(Camera::default())))
        } else {
            state.view.network.unwrap_or_else(|| network::fit(layout, size))
        };
        let key = Key {
            options: reading.options,
            day: reading.day,
            measured: state.measured.revision,
            revision: state.derived.shown_revision,
            document: std::sync::Arc::as_ptr(&state.document).addr(),
            camera,
            size,
            theme,
            highlighted,
            moved: state.layout_revision,
        };
        if self.drawn.as_ref().is_none_or(|(old, _)| *old != key) {
            let spec = spec(camera);
            let scene = match reading.options.form {
                NetworkForm::Parties => network::network(&spec),
                NetworkForm::Engagements => {
                    network::bipartite(&spec, &state.document.columns, &state.derived.shown)
                }
                NetworkForm::Matrix => network::matrix(&spec, camera),
            };
            self.drawn = Some((key, scene));
        }
        let Some((_, scene)) = &self.drawn else { return };
        paint::scene(&ui.painter().with_clip_rect(rect), rect.min, scene);
        if strip > 0.0 {
            paint::items(
                &ui.painter().with_clip_rect(foot),
                foot.min.to_vec2() + egui::vec2(12.0, 2.0),
                &legend.0,
            );
        }
        let under = marks::interact(ui, &response, rect, scene, state, out);
        if matrix {
            let spec = spec(camera);
            crosshair(ui, &response, rect, &spec, &camera);
            let set = |camera| Command::Network(NetworkCommand::Matrix(camera));
            let room = network::matrix_room(size);
            let corner = rect.min + egui::vec2(network::MATRIX_LEFT, network::MATRIX_TOP);
            let field = Rect::from_min_size(corner, egui::vec2(room[0] as f32, room[1] as f32));
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
                let at = at - rect.min.to_vec2();
                scene.hit(crate::scene::Point::new(at.x, at.y), 3.0)
            });
            self.dragged = match mark.and_then(|mark| mark.target).or(under) {
                Some(Target::Party(id)) => Some(id),
                _ => None,
            };
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
        if response.drag_stopped() {
            self.dragged = None;
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

/// Bands across the row and the column under the pointer, with the name of the column.
fn crosshair(
    ui: &Ui,
    response: &egui::Response,
    rect: Rect,
    spec: &NetworkSpec<'_>,
    camera: &Camera,
) {
    let Some(at) = response.hover_pos() else { return };
    let inner = at - rect.min.to_vec2();
    let point = crate::scene::Point::new(inner.x, inner.y);
    let Some(cell) = network::matrix_cell(camera, spec.size, point) else { return };
    let order = network::matrix_order(spec);
    let (Some(_), Some(column)) = (order.get(cell.0), order.get(cell.1)) else { return };
    let tokens = spec.tokens;
    let painter = ui.painter().with_clip_rect(rect);
    // The bands end with the last row and column, not with the pane.
    let count = order.len() as f64;
    let end = camera.to_pane([count, count], network::matrix_room(spec.size));
    let end = egui::vec2(network::MATRIX_LEFT + end[0] as f32, network::MATRIX_TOP + end[1] as f32);
    let drawn = Rect::from_min_max(rect.min, rect.min + end);
    for band in network::matrix_bands(camera, spec.size, cell) {
        let band = paint::egui_rect(band).translate(rect.min.to_vec2()).intersect(drawn);
        painter.rect_filled(band, 0.0, theme::color(tokens.accent.faded(0.10)));
    }
    let name = spec.dataset.party(*column).label().to_owned();
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
    let (place, layout) = if rect.height() < 190.0 {
        let place = Rect::from_min_size(
            egui::pos2(rect.right() - 116.0, rect.bottom() - 32.0),
            egui::vec2(108.0, 28.0),
        );
        (place, egui::Layout::left_to_right(egui::Align::Center))
    } else {
        let place = Rect::from_min_size(
            egui::pos2(rect.right() - 40.0, rect.bottom() - 124.0),
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
