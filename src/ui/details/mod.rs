//! The panel on the right: what is known of the selection, every name a link.

mod engagement;
pub mod lists;
mod partnership;
mod party;
mod path;
mod place;
mod source;

use egui::{RichText, ScrollArea, Ui};

use super::{theme, widgets};
use crate::app::{AppState, Command, Pane};
use crate::model::Target;
use crate::model::words;
use crate::scene::Tokens;

/// Shows the panel.
pub fn show(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let tokens = theme::tokens(ui.ctx());
    let path = state.view.network_options.path;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let (back, forward) = state.can_go();
        for (arrow, name, enabled, command) in
            [("←", "Back", back, Command::Back), ("→", "Forward", forward, Command::Forward)]
        {
            let button = egui::Button::new(arrow).frame_when_inactive(false);
            let response = ui.add_enabled(enabled, button);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, name));
            if response.on_hover_text(format!("{name} (Alt+{arrow})")).clicked() {
                out.push(command);
            }
        }
        ui.add_space(6.0);
        let line = match (state.selection, state.position()) {
            (Some(Target::Engagement(_)), (Some(at), of)) => {
                format!("Engagement {} of {of}", at + 1)
            }
            (Some(Target::Engagement(_)), (None, _)) => "Engagement outside the filter".to_owned(),
            (Some(Target::Party(_)), _) => "Party".to_owned(),
            (Some(Target::Partnership(_)), _) => "Partnership".to_owned(),
            (Some(Target::Source(_)), _) => "Source".to_owned(),
            (Some(Target::Place(_)), _) => "Place".to_owned(),
            (Some(Target::Tie(..)), _) => "Tie".to_owned(),
            (None, _) if path.is_some() => "Path".to_owned(),
            (None, _) => "Details".to_owned(),
        };
        ui.label(
            RichText::new(line)
                .font(theme::font(Tokens::NOTE))
                .color(theme::color(tokens.ink_weak)),
        );
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let button = egui::Button::new("×").frame_when_inactive(false);
            let response = ui.add(button);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::Button, true, "Hide the details")
            });
            if response.on_hover_text("Hide the details (Ctrl+D)").clicked() {
                out.push(Command::Toggle(Pane::Details));
            }
        });
    });
    ScrollArea::vertical().id_salt(("details", state.selection)).auto_shrink([false; 2]).show(
        ui,
        |ui| {
            ui.set_max_width(ui.available_width());
            match state.selection {
                Some(Target::Engagement(id)) => engagement::show(ui, state, id, out),
                Some(Target::Party(id)) => party::show(ui, state, id, out),
                Some(Target::Partnership(id)) => partnership::show(ui, state, id, out),
                Some(Target::Source(id)) => source::show(ui, state, id, out),
                Some(Target::Place(id)) => place::show(ui, state, id, out),
                Some(Target::Tie(a, b)) => party::show_tie(ui, state, a, b, out),
                None => match path {
                    Some((from, to)) => path::show(ui, state, from, to, out),
                    None => nothing(ui, state),
                },
            }
            if state.selection.is_some() {
                lists::copying(ui, out);
            }
            ui.add_space(16.0);
        },
    );
}

/// What to do while nothing is selected, and what the open file is.
fn nothing(ui: &mut Ui, state: &AppState) {
    let dataset = &state.document.dataset;
    title(ui, dataset.title());
    if let Some(text) = dataset.note() {
        ui.add_space(4.0);
        widgets::body(ui, text);
    }
    widgets::heading(ui, "Next");
    widgets::note(
        ui,
        "Click a mark on the timeline, a party in the network or a row of the table to read about \
         it here. The , and . keys walk through the engagements in the order of time; Ctrl+K finds \
         anything by name.",
    );
    widgets::heading(ui, "How it was read");
    let report = &state.document.report;
    widgets::note(
        ui,
        &format!(
            "{}: {} of {} records",
            report.format,
            words::grouped(report.engagements as usize),
            words::grouped(report.rows as usize)
        ),
    );
    for text in &report.notes {
        widgets::note(ui, text);
    }
}

/// The title of what is shown.
fn title(ui: &mut Ui, text: &str) {
    let tokens = theme::tokens(ui.ctx());
    ui.add_space(4.0);
    ui.add(
        egui::Label::new(
            RichText::new(text)
                .font(theme::strong(Tokens::TITLE))
                .line_height(Some(23.0))
                .color(theme::color(tokens.ink_strong)),
        )
        .wrap()
        .selectable(true),
    );
}
