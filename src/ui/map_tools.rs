//! The tool bar of the map: projection, lines, names and outlines.

use egui::{RichText, Ui, vec2};

use super::theme;
use crate::app::{AppState, Command, MapCommand};
use crate::formats::gazetteer;
use crate::layout::basemap::Basemap;
use crate::layout::projection::Shape;
use crate::scene::Tokens;
use crate::scene::map::{Lines, MapOptions, Names};

/// How many lines are offered.
const MOSTS: [(usize, &str); 4] = [
    (20, "At most 20 lines"),
    (60, "At most 60 lines"),
    (200, "At most 200 lines"),
    (usize::MAX, "All lines"),
];

/// Shows the tools, from the right: a menu for the ground and one for the lines where they have room,
/// else one for both.
pub fn show(ui: &mut Ui, roomy: bool, state: &AppState, out: &mut Vec<Command>) {
    let map = &state.view.map;
    let mut send = |command: MapCommand| out.push(Command::Map(command));
    let menu = |ui: &mut Ui, text: &str, add: &mut dyn FnMut(&mut Ui)| {
        let text = RichText::new(format!("{text} ⌄")).font(theme::font(Tokens::NOTE));
        let button = egui::Button::new(text).min_size(vec2(0.0, 26.0));
        egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| add(ui));
    };
    if roomy {
        menu(ui, map.projection.label(), &mut |ui| ground(ui, state, &mut send));
        menu(ui, map.lines.label(), &mut |ui| lines(ui, map, &mut send));
    } else {
        menu(ui, "Map", &mut |ui| {
            ui.menu_button("Lines", |ui| lines(ui, map, &mut send));
            ui.separator();
            ground(ui, state, &mut send);
        });
    }
}

/// What the map is drawn on.
fn ground(ui: &mut Ui, state: &AppState, send: &mut dyn FnMut(MapCommand)) {
    let map = &state.view.map;
    let title = |ui: &mut Ui, text: &str| {
        ui.label(RichText::new(text).font(theme::strong(Tokens::SMALL)));
    };
    title(ui, "Projection");
    for shape in Shape::ALL {
        let response = ui.add(egui::Button::selectable(shape == map.projection, shape.label()));
        if response.on_hover_text(shape.hint()).clicked() {
            send(MapCommand::SetProjection(shape));
            ui.close();
        }
    }
    ui.separator();
    if ui.button("Fit what is shown").clicked() {
        send(MapCommand::FitShown);
        ui.close();
    }
    if ui.button("Show all of it").clicked() {
        send(MapCommand::ShowAll);
        ui.close();
    }
    ui.separator();
    title(ui, "Outlines");
    for basemap in Basemap::ALL {
        let chosen = basemap == state.settings.basemap;
        if ui.add(egui::Button::selectable(chosen, basemap.label())).clicked() {
            send(MapCommand::SetBasemap(basemap));
            ui.close();
        }
    }
    ui.separator();
    title(ui, "Names");
    for names in Names::ALL {
        if ui.add(egui::Button::selectable(names == map.names, names.label())).clicked() {
            send(MapCommand::SetNames(names));
            ui.close();
        }
    }
}

/// Which lines are drawn, and how many.
fn lines(ui: &mut Ui, map: &MapOptions, send: &mut dyn FnMut(MapCommand)) {
    for lines in Lines::ALL {
        let response = ui.add(egui::Button::selectable(lines == map.lines, lines.label()));
        if response.on_hover_text(lines.hint()).clicked() {
            send(MapCommand::SetLines(lines));
            ui.close();
        }
    }
    if map.lines == Lines::None {
        return;
    }
    ui.separator();
    for (most, label) in MOSTS {
        if ui.add(egui::Button::selectable(most == map.most, label)).clicked() {
            send(MapCommand::SetMost(most));
            ui.close();
        }
    }
    if map.lines == Lines::Flows {
        ui.separator();
        home(ui, map.home.as_deref(), send);
    }
}

/// Which state is assumed for persons and bodies of which none is said.
fn home(ui: &mut Ui, present: Option<&str>, send: &mut dyn FnMut(MapCommand)) {
    let known = present.and_then(gazetteer::resolve_state_code);
    let text = known.map_or_else(
        || "Persons without a state: leave out".to_owned(),
        |state| format!("Persons without a state: {}", state.name),
    );
    ui.menu_button(text, |ui| {
        if ui.add(egui::Button::selectable(known.is_none(), "Leave out")).clicked() {
            send(MapCommand::SetHome(None));
            ui.close();
        }
        egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            let present_states = gazetteer::states()
                .iter()
                .filter(|state| state.territory_of.is_empty() && state.successors.is_empty());
            let mut states: Vec<_> = present_states
                .filter(|state| !state.iso3.is_empty() && state.seat().is_some())
                .collect();
            states.sort_by_key(|state| gazetteer::fold(state.name));
            for state in states {
                let chosen = known.is_some_and(|known| known.iso3 == state.iso3);
                if ui.add(egui::Button::selectable(chosen, state.name)).clicked() {
                    send(MapCommand::SetHome(Some(state.iso3.to_owned())));
                    ui.close();
                }
            }
        });
    });
}
