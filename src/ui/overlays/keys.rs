//! The list of all keys and of what the mouse does.

use egui::{RichText, Ui};

use super::super::{theme, widgets};
use crate::app::{Command, catalogue};
use crate::scene::Tokens;

/// What the pointer does, which no command stands for.
const POINTER: [(&str, &str); 15] = [
    ("Drag on the timeline", "Move through time"),
    ("Shift + wheel", "Move through time"),
    ("Ctrl + wheel, pinch", "Zoom at the pointer"),
    ("Wheel", "Scroll the lanes"),
    ("Ctrl+drag in the overview", "Add a stretch of time to the days that the filter lets pass"),
    ("Drag in the overview", "Choose a stretch of time; its edges can be dragged"),
    ("Drag the line above the lower pane", "Divide the height; double-click: all of it"),
    ("Click", "Select; on nothing: clear the selection"),
    ("Double-click", "Select and show its time"),
    ("Ctrl + click on a facet", "Only this value"),
    ("Right-click on a lane", "Pin, fold and sort"),
    ("Drag in the network or map", "Move it; the globe turns"),
    ("Drag a party in the network", "Move it; it stays where it is put"),
    ("Wheel in the network or map", "Zoom at the pointer"),
    ("Ctrl + plus, minus, 0", "Larger and smaller text, and as at first"),
];

/// Shows the list.
pub fn show(ui: &mut Ui, out: &mut Vec<Command>) {
    ui.set_width(640.0);
    super::title_row(ui, "All keys", out);
    let entries = catalogue();
    super::scroll(ui, 560.0, 160.0).show(ui, |ui| {
        let gap = std::mem::replace(&mut ui.spacing_mut().item_spacing.x, 28.0);
        ui.columns(2, |columns| {
            for (at, ui) in columns.iter_mut().enumerate() {
                ui.spacing_mut().item_spacing.x = gap;
                let groups: &[&str] =
                    if at == 0 { &["Time", "Read", "Filter"] } else { &["File", "Show"] };
                for group in groups {
                    widgets::heading(ui, group);
                    for entry in &entries {
                        if entry.group == *group && !entry.keys.is_empty() {
                            let names: Vec<String> = entry
                                .keys
                                .iter()
                                .map(|keys| widgets::keys(ui.ctx(), keys))
                                .collect();
                            row(ui, entry.label, &names);
                        }
                    }
                }
            }
        });
        ui.spacing_mut().item_spacing.x = gap;
        widgets::heading(ui, "Pointer");
        for (what, does) in POINTER {
            row(ui, does, &[what.to_owned()]);
        }
        ui.add_space(6.0);
        widgets::note(
            ui,
            "Commands without a key are in the palette. In a text field, keys write text.",
        );
    });
}

fn row(ui: &mut Ui, does: &str, keys: &[String]) {
    let tokens = theme::tokens(ui.ctx());
    ui.horizontal(|ui| {
        ui.label(
            RichText::new(does).font(theme::font(Tokens::NOTE)).color(theme::color(tokens.ink)),
        );
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for key in keys.iter().rev() {
                widgets::key_cap(ui, key);
            }
        });
    });
}
