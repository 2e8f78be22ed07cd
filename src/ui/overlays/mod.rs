//! Dialogs over the window.

mod about;
mod export;
mod keys;
mod mapping;
mod open_field;
mod palette;

use egui::{Id, Key, Modal, RichText, ScrollArea, Ui};

pub use export::ExportDialog;
pub use palette::Palette;

use super::{theme, widgets};
use crate::app::{AppState, Command, Overlay};
use crate::scene::Tokens;

/// What the dialogs remember while they are open.
#[derive(Default)]
pub struct Overlays {
    palette: Palette,
    export: ExportDialog,
    path: String,
    mapping: mapping::Draft,
    open: Option<Overlay>,
}

impl Overlays {
    /// Whether a dialog is about to open or to close.
    pub fn changes(&self, state: &AppState) -> bool {
        self.open != state.overlay
    }

    /// Shows the dialog that is open, if any.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
        let fresh = self.changes(state);
        self.open = state.overlay;
        let Some(overlay) = state.overlay else { return };
        if fresh {
            // What lies below is pointed at until the dialog has been shown once.
            ui.ctx().request_repaint();
            self.palette = Palette::default();
            self.mapping = mapping::Draft::new(state);
            self.export.begin(state);
        }
        let ctx = ui.ctx().clone();
        let tokens = theme::tokens(&ctx);
        let area = match overlay {
            Overlay::Palette => Modal::default_area(Id::unique("palette"))
                .anchor(egui::Align2::CENTER_TOP, egui::vec2(0.0, 72.0)),
            _ => Modal::default_area(Id::unique(("dialog", overlay as u8))),
        };
        let response = Modal::new(Id::unique(("overlay", overlay as u8)))
            .area(area)
            .frame(egui::Frame::window(&ctx.global_style()).inner_margin(match overlay {
                Overlay::Palette => 10,
                _ => 20,
            }))
            .backdrop_color(theme::color(tokens.ink_strong.faded(0.18)))
            .show(&ctx, |ui| match overlay {
                Overlay::Palette => self.palette.show(ui, state, fresh, out),
                Overlay::Keys => keys::show(ui, out),
                Overlay::Export => self.export.show(ui, state, out),
                Overlay::Mapping => self.mapping.show(ui, state, out),
                Overlay::OpenField => open_field::show(ui, state, &mut self.path, fresh, out),
                Overlay::About => about::show(ui, out),
            });
        let escape = ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Escape));
        if escape || response.backdrop_response.clicked() {
            out.push(Command::CloseOverlay);
        }
    }
}

/// The title of a dialog with its closing button.
fn title_row(ui: &mut Ui, title: &str, out: &mut Vec<Command>) {
    let tokens = theme::tokens(ui.ctx());
    ui.horizontal(|ui| {
        ui.label(
            RichText::new(title)
                .font(theme::strong(Tokens::TITLE))
                .color(theme::color(tokens.ink_strong)),
        );
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let button = ui.add(egui::Button::new("×").frame_when_inactive(false));
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Close"));
            if button.on_hover_text("Close (Esc)").clicked() {
                out.push(Command::CloseOverlay);
            }
        });
    });
    ui.add_space(6.0);
}

/// The scrolling part of a dialog: up to `most` points high, less where the window leaves less beside
/// the `rest` of the dialog.
fn scroll(ui: &Ui, most: f32, rest: f32) -> ScrollArea {
    let height = (ui.ctx().content_rect().height() - rest).clamp(96.0, most);
    // Without a least height it would keep the little that a dialog has in its first frame.
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true])
}

/// A weak line of explanation under a title.
fn lead(ui: &mut Ui, text: &str) {
    widgets::note(ui, text);
    ui.add_space(8.0);
}
