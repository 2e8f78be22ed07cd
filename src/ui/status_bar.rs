//! The line at the bottom: how much is shown, what is doubtful, the main keys.

use egui::{Align, Layout, RichText, Ui};

use super::{theme, widgets};
use crate::app::{AppState, Command, MapTab, ThemeChoice, TimeWindow, describe};
use crate::model::words;
use crate::scene::Tokens;

/// Shows the line.
pub fn show(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let tokens = theme::tokens(ui.ctx());
    let weak = |text: String| {
        RichText::new(text).font(theme::font(Tokens::SMALL)).color(theme::color(tokens.ink_weak))
    };
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        let (passing, all) = (state.derived.hits.rows.len(), state.document.columns.len());
        ui.label(weak(format!(
            "{} of {} engagements",
            words::grouped(passing),
            words::grouped(all)
        )));
        let shown = state.derived.shown.len();
        if state.view.follow_window && shown < passing {
            let text = format!("{} in the window", words::grouped(shown));
            let response = link(ui, &text, tokens.accent);
            if response.on_hover_text("Show the time of all that pass").clicked() {
                let extent = state.derived.hits.extent.unwrap_or(state.document.extent);
                out.push(Command::ShowWindow(TimeWindow::around(extent)));
            }
        }
        if state.derived.is_counting() {
            ui.label(weak("counting…".to_owned()))
                .on_hover_text("The lower pane still shows what was counted a moment ago");
        }
        if let Some(waits) = state.search_waits() {
            let response = ui.label(weak(waits));
            response.on_hover_text("Words are looked for as soon as it is ready");
        }
        ui.label(weak(format!(
            "{} parties",
            words::grouped(state.document.dataset.parties().len())
        )));
        let documents = state.document.dataset.document_count();
        if documents > 0 {
            let word = if documents == 1 { "document" } else { "documents" };
            ui.label(weak(format!("{} {word}", words::grouped(documents))));
        }
        for (text, amber) in state.doubts() {
            let ink = if amber { tokens.amber } else { tokens.ink_weak };
            let response = link(ui, &text, ink).on_hover_text("Show them");
            if response.clicked() {
                out.push(Command::SetTab(MapTab::Findings));
            }
        }
        let words = describe(&state.document.dataset, &state.filter);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let keys = "F fit · A/D pan · W/S zoom · , . previous/next · ? all keys";
            if link(ui, keys, tokens.ink_weak).on_hover_text("List all keys").clicked() {
                out.push(Command::ShowKeys);
            }
            let (name, next) = match state.settings.theme {
                ThemeChoice::System => ("System theme", ThemeChoice::Light),
                ThemeChoice::Light => ("Light theme", ThemeChoice::Dark),
                ThemeChoice::Dark => ("Dark theme", ThemeChoice::System),
            };
            if link(ui, name, tokens.ink_weak).on_hover_text("Change the theme").clicked() {
                out.push(Command::SetTheme(next));
            }
            if !words.is_empty() {
                if link(ui, "Clear", tokens.accent).on_hover_text("Clear the filter (X)").clicked()
                {
                    out.push(Command::ClearFilter);
                }
                let room = ui.available_width();
                let font = theme::font(Tokens::SMALL);
                let galley =
                    widgets::elided(ui, &format!("Filter: {words}"), &font, tokens.accent, room);
                ui.label(galley).on_hover_text(words);
            }
        });
    });
}

fn link(ui: &mut Ui, text: &str, ink: crate::scene::Color) -> egui::Response {
    widgets::link_in(ui, text, Tokens::SMALL, ink)
}
