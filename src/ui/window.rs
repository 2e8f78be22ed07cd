//! The window: its panels around the timeline and the map, and the frame's order of events.

use std::sync::Arc;
use std::time::Duration;

use egui::{CentralPanel, Frame, Margin, Panel, Ui};

use super::map_pane::MapPane;
use super::overlays::Overlays;
use super::timeline::{OVERVIEW, TimelinePane};
use super::{details, divider, filters, input, notice, status_bar, theme, top_bar};
use crate::app::{AppState, Clip, Command, Dialogs, Document, MapCommand, Pane, Settings, Waker};
use crate::scene::Tokens;

/// Under which key the settings are kept.
const SETTINGS: &str = "settings";

/// The app as eframe runs it.
pub struct Window {
    /// Everything that is not a matter of drawing.
    pub state: AppState,
    timeline: TimelinePane,
    map: MapPane,
    overlays: Overlays,
    /// Whether a text field had the keyboard when the last frame ended.
    typing: bool,
}

impl Window {
    /// Opens the window on a document.
    #[must_use]
    pub fn new(
        ctx: &egui::Context,
        document: Document,
        settings: Settings,
        dialogs: Arc<dyn Dialogs + Send + Sync>,
    ) -> Self {
        theme::install(ctx);
        theme::choose(ctx, settings.theme);
        let waker: Waker = {
            let ctx = ctx.clone();
            Arc::new(move || ctx.request_repaint())
        };
        Self {
            state: AppState::new(document, settings, dialogs, waker),
            timeline: TimelinePane::default(),
            map: MapPane::default(),
            overlays: Overlays::default(),
            typing: false,
        }
    }

    /// The settings that were kept, or the defaults.
    #[must_use]
    pub fn settings(storage: Option<&dyn eframe::Storage>) -> Settings {
        storage
            .and_then(|storage| storage.get_string(SETTINGS))
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    }

    /// Whether something is being counted or drawn in the background, so that some view still shows
    /// what was asked for a moment ago.
    #[must_use]
    pub fn is_catching_up(&self) -> bool {
        self.state.derived.is_counting() || self.map.is_drawing(&self.state)
    }

    fn panels(&mut self, ui: &mut Ui, out: &mut Vec<Command>) {
        let tokens = theme::tokens(ui.ctx());
        let state = &self.state;
        let bar =
            |margin: Margin| Frame::new().fill(theme::color(tokens.ground)).inner_margin(margin);
        Panel::top("top bar")
            .exact_size(44.0)
            .resizable(false)
            .frame(bar(Margin::symmetric(14, 6)))
            .show(ui, |ui| top_bar::show(ui, state, out));
        if notice::wanted(state) {
            Panel::top("notice")
                .resizable(false)
                .frame(bar(Margin::symmetric(14, 6)))
                .show(ui, |ui| notice::show(ui, state, out));
        }
        Panel::bottom("status bar")
            .exact_size(28.0)
            .resizable(false)
            .frame(bar(Margin::symmetric(14, 2)))
            .show(ui, |ui| status_bar::show(ui, state, out));

        // Side panels leave the middle its due on small windows.
        let width = ui.available_width();
        out.extend(state.room.noted(width));
        let side = Frame::new().fill(theme::color(tokens.ground)).inner_margin(Margin {
            left: 14,
            right: 8,
            top: 8,
            bottom: 0,
        });
        if state.shows(Pane::Filters) {
            let shown = Panel::left("filters")
                .default_size((width * 0.155).clamp(196.0, 250.0))
                .size_range(170.0..=(width * 0.3).max(180.0))
                .frame(side)
                .show(ui, |ui| filters::show(ui, state, out));
            edge(ui, "filters", "Width of the filters", shown.response.rect.right());
        }
        if state.shows(Pane::Details) {
            let shown = Panel::right("details")
                .default_size((width * 0.205).clamp(250.0, 330.0))
                .size_range(210.0..=(width * 0.42).max(220.0))
                .frame(side)
                .show(ui, |ui| details::show(ui, state, out));
            edge(ui, "details", "Width of the details", shown.response.rect.left());
        }
        let paper = Frame::new().fill(theme::color(tokens.paper));
        let middle = ui.available_rect_before_wrap();
        let pane = state.shows(Pane::Map).then(|| {
            let height = if state.pane_fills() {
                middle.height() - OVERVIEW
            } else {
                state.pane_height(middle.height())
            };
            let shown = Panel::bottom("map").exact_size(height).resizable(false).frame(paper);
            let shown = shown.show(ui, |ui| {
                ui.expand_to_include_rect(ui.max_rect());
                self.map.show(ui, state, out);
            });
            shown.response.rect
        });
        CentralPanel::default().frame(paper).show(ui, |ui| self.timeline.show(ui, state, out));
        if let Some(pane) = pane {
            divider::show(ui, middle, pane, state, out);
        }
    }

    /// Says that a file can be let go.
    fn drop_hint(ui: &Ui) {
        if !input::hovering(ui.ctx()) {
            return;
        }
        let tokens = theme::tokens(ui.ctx());
        let painter = ui.ctx().layer_painter(egui::LayerId::new(
            egui::Order::Foreground,
            egui::Id::unique("drop hint"),
        ));
        let rect = ui.ctx().content_rect();
        painter.rect_filled(rect, 0.0, theme::color(tokens.paper.faded(0.85)));
        painter.text(
            rect.center(),
            egui::Align2::CENTER_CENTER,
            "Let go to open the file",
            theme::strong(Tokens::TITLE),
            theme::color(tokens.accent),
        );
    }
}

/// What egui leaves out for the edge of a panel at `x`: which panel it is, for a screen reader, and a
/// line while it has the keyboard.
fn edge(ui: &Ui, panel: &str, name: &str, x: f32) {
    // As `Panel` makes the id of its handle, which it does not give away.
    let handle = ui.scope_id().with(panel).with("__resize");
    ui.ctx().accesskit_node_builder(handle, |node| node.set_label(name));
    if ui.memory(|memory| memory.has_focus(handle)) {
        let stroke = egui::Stroke::new(2.0, theme::color(theme::tokens(ui.ctx()).accent));
        let layer = egui::LayerId::new(egui::Order::Middle, handle);
        ui.ctx().layer_painter(layer).vline(x, ui.max_rect().y_range(), stroke);
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        if self.state.poll() {
            ctx.request_repaint();
        }
        let now = ctx.input(|input| input.time);
        if let Some(wait) = self.state.tick(now) {
            ctx.request_repaint_after(Duration::from_secs_f64(wait));
        }
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        let mut out = Vec::new();
        input::keys(&ctx, &self.state, self.typing, &mut out);
        input::copy(&ctx, &self.state, &mut out);
        input::dropped(&ctx, &mut out);
        if self.overlays.changes(&self.state) {
            // What lies below a dialog is not pointed at, and its tooltip closes.
            ctx.input_mut(|input| input.pointer = egui::PointerState::default());
        }
        self.panels(ui, &mut out);
        self.overlays.show(ui, &self.state, &mut out);
        Self::drop_hint(ui);
        self.typing = ctx.text_edit_focused();

        // What was asked of this frame is done once it has been shown.
        self.state.focus_search = false;
        self.state.focus_lanes = false;
        self.state.reveal = false;
        let theme_before = self.state.settings.theme;
        // What is made in the background changes nothing yet, and wakes the window when it is done.
        let changed = out.iter().any(|command| {
            !matches!(command, Command::Map(MapCommand::Prepare) | Command::PreviewSnapshot(_))
        });
        for command in out {
            self.state.apply(command);
        }
        match self.state.clipboard.take() {
            Some(Clip::Text(text)) => ctx.copy_text(text),
            Some(Clip::Picture(pixels)) => {
                let size = [pixels.width, pixels.height];
                ctx.copy_image(egui::ColorImage::from_rgba_unmultiplied(size, &pixels.rgba));
            }
            None => {}
        }
        if self.state.settings.theme != theme_before {
            theme::choose(&ctx, self.state.settings.theme);
        }
        if self.state.quit {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
        if changed {
            ctx.request_repaint();
        }
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        if let Ok(text) = serde_json::to_string(&self.state.settings) {
            storage.set_string(SETTINGS, text);
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
