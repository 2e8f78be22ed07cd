//! Details of a source: what it is, and what it reports.

use egui::Ui;

use super::super::widgets;
use super::{lists, title};
use crate::app::{AppState, Command};
use crate::model::{SourceId, Target, words};
use crate::query::Dimension;

/// Shows the details.
pub fn show(ui: &mut Ui, state: &AppState, id: SourceId, out: &mut Vec<Command>) {
    let source = state.document.dataset.source(id);
    title(ui, &source.title);
    if source.background {
        widgets::note(ui, "General knowledge, not one of the documents");
    }
    if let Some(publisher) = &source.publisher {
        widgets::heading(ui, "Publisher");
        widgets::body(ui, publisher);
    }
    if let Some(published) = &source.published {
        widgets::heading(ui, "Published");
        widgets::body(ui, &words::when(published));
        if let Some(said) = published.words() {
            widgets::note(ui, &format!("“{said}”"));
        }
    }
    if let Some(about) = &source.about {
        widgets::heading(ui, "About");
        widgets::body(ui, about);
    }
    if let Some(url) = &source.url {
        widgets::heading(ui, "Address");
        widgets::body(ui, url);
        if widgets::link(ui, "Copy the address").clicked() {
            out.push(Command::Copy(url.to_string()));
        }
    }
    if let Some(text) = &source.note {
        widgets::heading(ui, "Note");
        widgets::body(ui, text);
    }
    let rows = state.rows_of(Target::Source(id));
    widgets::heading(ui, &format!("Reports ({})", rows.len()));
    if !rows.is_empty() {
        lists::only(ui, Dimension::Source, id.0, out);
        ui.add_space(4.0);
    }
    lists::engagements(ui, state, &rows, out);
}
