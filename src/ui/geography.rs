//! The map pane: engagements at their places, and arcs between the seats of parties.

use egui::Ui;

use super::widgets;
use crate::app::{AppState, Command};

/// What the pane keeps between frames.
#[derive(Default)]
pub struct GeographyPane {}

impl GeographyPane {
    /// Shows the pane.
    pub fn show(&mut self, ui: &mut Ui, _state: &AppState, _out: &mut Vec<Command>) {
        widgets::empty(ui, "The map", "");
    }
}
