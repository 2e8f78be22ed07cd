//! The layout of the network in the window: laying it out again, how freely, pins, progress.

use egui::{RichText, Ui, vec2};

use super::{theme, widgets};
use crate::app::{AppState, ArrangeCommand, Command};
use crate::model::PartyId;
use crate::scene::Tokens;

/// The button above the network: progress and a way to stop while a layout is made, else a menu.
pub fn button(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    if let Some(arranging) = &state.arranging {
        let label = format!("Laying out… {} % · Stop", arranging.progress.get().0 / 10);
        let text = RichText::new(label).font(theme::font(Tokens::NOTE));
        if ui.add(egui::Button::new(text).min_size(vec2(0.0, 26.0))).clicked() {
            out.push(Command::Arrange(ArrangeCommand::Stop));
        }
        return;
    }
    let text = RichText::new("Layout ⌄").font(theme::font(Tokens::NOTE));
    let button = egui::Button::new(text).min_size(vec2(0.0, 26.0));
    // A slider inside: only a press outside closes it.
    let config = egui::containers::menu::MenuConfig::new()
        .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside);
    egui::containers::menu::MenuButton::from_button(button).config(config).ui(ui, |ui| {
        ui.set_width(232.0);
        widgets::note(ui, "Strength: how far parties may go from where they are");
        ui.spacing_mut().slider_width = 150.0;
        let mut percent = state.freedom * 100.0;
        let slider = egui::Slider::new(&mut percent, 0.0..=100.0).step_by(5.0).custom_formatter(
            |percent, _| match percent {
                ..=0.0 => "stay".to_owned(),
                100.0.. => "free".to_owned(),
                percent => format!("{percent:.0} %"),
            },
        );
        let response = ui.add(slider);
        response.widget_info(|| {
            egui::WidgetInfo::slider(true, percent, "Strength of the layout in percent")
        });
        if response.changed() {
            out.push(Command::Arrange(ArrangeCommand::SetFreedom(percent / 100.0)));
        }
        ui.add_space(4.0);
        let mut offer = |ui: &mut Ui, label: &str, hint: &str, command: ArrangeCommand| {
            if ui.button(label).on_hover_text(hint).clicked() {
                out.push(Command::Arrange(command));
                ui.close();
            }
        };
        offer(
            ui,
            "Lay out again",
            "From where the parties are now; what is pinned stays",
            ArrangeCommand::Again,
        );
        offer(
            ui,
            "Lay out afresh",
            "As when the file was opened, without pins",
            ArrangeCommand::Afresh,
        );
        let pinned = state.layout.pinned.len();
        if pinned > 0 {
            offer(
                ui,
                &format!("Unpin all ({pinned})"),
                "They stay where they are until the network is laid out again",
                ArrangeCommand::UnpinAll,
            );
        }
        ui.add_space(4.0);
        widgets::note(ui, "Drag a party to move it: it is pinned there, marked by a ring inside.");
    });
}

/// The context menu of the network, about a party where one is meant.
pub fn menu(ui: &mut Ui, state: &AppState, party: Option<PartyId>, out: &mut Vec<Command>) {
    ui.set_min_width(190.0);
    if let Some(party) = party {
        ui.label(RichText::new(state.document.dataset.party(party).label()).strong());
        pin(ui, state, party, out);
        ui.separator();
    }
    for (label, command) in
        [("Lay out again", ArrangeCommand::Again), ("Unpin all", ArrangeCommand::UnpinAll)]
    {
        let of_use = command == ArrangeCommand::Again || !state.layout.pinned.is_empty();
        if ui.add_enabled(of_use, egui::Button::new(label)).clicked() {
            out.push(Command::Arrange(command));
            ui.close();
        }
    }
}

/// A button that pins a party or lets it go.
pub fn pin(ui: &mut Ui, state: &AppState, party: PartyId, out: &mut Vec<Command>) {
    let pinned = state.layout.pinned.contains(&party);
    let (label, hint) = if pinned {
        ("Unpin in the network", "It may move when the network is laid out again")
    } else {
        ("Pin in the network", "It stays where it is when the network is laid out again")
    };
    if ui.button(label).on_hover_text(hint).clicked() {
        out.push(Command::Arrange(ArrangeCommand::Pin(party, !pinned)));
        ui.close();
    }
}
