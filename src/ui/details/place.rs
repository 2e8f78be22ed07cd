//! Details of a place: where it is, and what took place there.

use egui::Ui;

use super::super::widgets;
use super::{lists, title};
use crate::app::{AppState, Command};
use crate::model::{PlaceId, Target};
use crate::query::Dimension;

/// Shows the details.
pub fn show(ui: &mut Ui, state: &AppState, id: PlaceId, out: &mut Vec<Command>) {
    let dataset = &state.document.dataset;
    let place = dataset.place(id);
    title(ui, &place.name);
    match place.position {
        Some((lat, lon)) => {
            let side = |value: f64, plus: &str, minus: &str| {
                format!("{:.2}° {}", value.abs(), if value < 0.0 { minus } else { plus })
            };
            let text = format!("{}, {}", side(lat, "N", "S"), side(lon, "E", "W"));
            widgets::note(ui, &text);
        }
        None => {
            widgets::note(ui, "No coordinates: not on the map");
        }
    }
    if let Some(state_id) = place.state {
        ui.add_space(4.0);
        lists::party(ui, state, state_id, "", out);
    }
    ui.add_space(4.0);
    lists::only(ui, Dimension::Place, id.0, out);
    if !place.other_names.is_empty() {
        widgets::heading(ui, "Also called");
        lists::names(ui, &place.other_names);
    }
    if let Some(text) = &place.note {
        widgets::heading(ui, "Note");
        widgets::body(ui, text);
    }
    let rows = state.rows_of(Target::Place(id));
    widgets::heading(ui, &format!("Engagements ({})", state.shown_of(&rows)));
    lists::engagements(ui, state, &rows, out);
    if !place.citations.is_empty() {
        widgets::heading(ui, "Sources");
        lists::citations(ui, state, &place.citations, out);
    }
}
