//! What is wrong or doubtful: contradictions, and problems met when the file was read.

use egui::{RichText, ScrollArea, Ui};

use super::{theme, widgets};
use crate::app::{AppState, Command};
use crate::formats::{Problem, Severity};
use crate::scene::Tokens;

/// Shows the list.
pub fn show(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let problems = &state.document.report.problems;
    let _ = &out;
    if problems.is_empty() {
        widgets::empty(
            ui,
            "Nothing found",
            "Every row of the file was understood, and no two statements contradict each other.",
        );
        return;
    }
    ScrollArea::vertical().auto_shrink([false; 2]).show_rows(
        ui,
        40.0,
        problems.len(),
        |ui, range| {
            for problem in &problems[range] {
                row(ui, problem);
            }
        },
    );
}

fn row(ui: &mut Ui, problem: &Problem) {
    let tokens = theme::tokens(ui.ctx());
    let (word, ink) = match problem.severity {
        Severity::Error => ("Error", tokens.error),
        Severity::Warning => ("Warning", tokens.amber_ink),
        Severity::Note => ("Note", tokens.ink_weak),
    };
    ui.horizontal(|ui| {
        ui.set_height(36.0);
        ui.add_sized(
            egui::vec2(64.0, 20.0),
            egui::Label::new(
                RichText::new(word).font(theme::strong(Tokens::SMALL)).color(theme::color(ink)),
            ),
        );
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.add(
                egui::Label::new(
                    RichText::new(format!("{}: {}", place(problem), problem.message))
                        .font(theme::font(Tokens::NOTE)),
                )
                .truncate()
                .selectable(true),
            );
            ui.add(
                egui::Label::new(
                    RichText::new(&problem.done)
                        .font(theme::font(Tokens::SMALL))
                        .color(theme::color(tokens.ink_faint)),
                )
                .truncate(),
            );
        });
    });
}

/// Where a problem is, in words.
fn place(problem: &Problem) -> String {
    let at = &problem.location;
    let mut parts = Vec::new();
    if let Some(row) = at.row {
        parts.push(format!("row {row}"));
    }
    if let Some(column) = &at.column {
        parts.push(format!("column {column}"));
    }
    if let Some(pointer) = &at.pointer {
        parts.push(pointer.clone());
    }
    if parts.is_empty() { "the file".to_owned() } else { parts.join(", ") }
}
