//! The snapshot dialog: format, what, size, theme, with a preview.

use egui::Ui;

use crate::app::{AppState, Command};

/// What the dialog remembers.
#[derive(Default)]
pub struct ExportDialog {}

impl ExportDialog {
    /// Starts from the present view.
    pub fn begin(&mut self, _state: &AppState) {}

    /// Shows the dialog.
    pub fn show(&mut self, ui: &mut Ui, _state: &AppState, out: &mut Vec<Command>) {
        super::title_row(ui, "Export snapshot", out);
    }
}
