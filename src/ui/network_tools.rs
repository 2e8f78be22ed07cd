//! The row of controls above the network: as what it is drawn, at what level, what sizes, colours
//! and lines say, and how far around a party.

use egui::{RichText, Ui, vec2};

use super::{theme, widgets};
use crate::app::{AppState, Command, NetworkCommand};
use crate::model::{Target, words};
use crate::query::{Body, Match, TieLevel, TieWeight};
use crate::scene::Tokens;
use crate::scene::network::{ColorBy, Layer, NetworkForm, NetworkOptions, SizeBy};

/// Height of the row in points.
pub const HEIGHT: f32 = 36.0;

/// Shows the row.
pub fn show(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let options = &state.view.network_options;
    ui.spacing_mut().item_spacing.x = 8.0;
    // Beside it stand four lists.
    let room = ui.available_width() - 470.0;
    let forms = NetworkForm::ALL.map(|form| (form, form.label(), form.hint()));
    if let Some(form) = widgets::choice(ui, "form of the network", &forms, options.form, room) {
        out.push(Command::Network(NetworkCommand::Form(form)));
    }
    // Where there is little room, what is chosen is told by the open list alone.
    let low = ui.available_width() < 460.0;
    let named = |what: &str, chosen: &str| {
        if low { what.to_owned() } else { format!("{what}: {}", chosen.to_lowercase()) }
    };
    let level = match options.level {
        TieLevel::Members(body, _) if low => body.members().to_owned(),
        TieLevel::Members(body, _) => format!("Level: {}", body.members()),
        level => named("Level", level.label()),
    };
    menu(ui, &level, |ui| {
        let dataset = &state.document.dataset;
        let bodies = Body::all().filter(|body| body.party(dataset).is_some());
        let members = bodies.map(|body| TieLevel::Members(body, false));
        for level in TieLevel::ALL.into_iter().chain(members) {
            let as_members;
            let label = match level {
                TieLevel::Named => "As named: each party by itself",
                TieLevel::Body => "Body: persons count as their bodies",
                TieLevel::State => "State: persons, bodies and provinces count as their state",
                TieLevel::Members(body, _) => {
                    as_members = format!("{} at the time count as one", body.members());
                    &as_members
                }
            };
            let chosen = options.level.asked(Match::Possibly) == level;
            choice(ui, chosen, label, NetworkCommand::Level(level), out);
        }
    });
    if options.form != NetworkForm::Matrix {
        menu(ui, &named("Size", options.size_by.label()), |ui| {
            let stated = state.document.look.has_sizes();
            for by in SizeBy::ALL.into_iter().filter(|by| stated || *by != SizeBy::Stated) {
                let label = format!("{}: {}", by.label(), by.hint());
                choice(ui, options.size_by == by, &label, NetworkCommand::SizeBy(by), out);
            }
        });
        menu(ui, &named("Colour", options.color_by.label()), |ui| {
            let stated = state.document.look.has_colors();
            for by in ColorBy::ALL.into_iter().filter(|by| stated || *by != ColorBy::Stated) {
                let label = format!("{}: {}", by.label(), by.hint());
                choice(ui, options.color_by == by, &label, NetworkCommand::ColorBy(by), out);
            }
        });
    }
    menu(ui, "Lines", |ui| lines(ui, state, out));
    reach(ui, state, out);
    said(ui, state, out);
}

/// What is being done, and the way that is brought out.
fn said(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let tokens = theme::tokens(ui.ctx());
    let label = |text: String| {
        let text = RichText::new(text).font(theme::font(Tokens::SMALL));
        egui::Label::new(text.color(theme::color(tokens.ink_weak))).truncate()
    };
    let name = |id| state.document.dataset.party(id).label().to_owned();
    if let Some(from) = state.path_from {
        ui.add(label(format!("Click the party to which the path from {} leads", name(from))));
    } else if let Some((from, to)) = state.view.network_options.path {
        if widgets::button(ui, "× Path").on_hover_text("Forget the path (Esc)").clicked() {
            out.push(Command::Network(NetworkCommand::ClearPath));
        }
        let steps = match state.way().map_or(0, <[_]>::len) {
            0 => "no way".to_owned(),
            parties => words::count(parties - 1, "step", "steps"),
        };
        let text = format!("{} → {}: {steps}", name(from), name(to));
        let link = widgets::link_sized(ui, &text, Tokens::SMALL);
        if link.on_hover_text("The engagements on the way, step by step").clicked() {
            out.push(Command::Select(None));
        }
    } else if state.measured.is_measuring() {
        ui.add(label("measuring…".to_owned()));
    }
}

/// How far around the selected party, and where a path begins.
fn reach(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let options = &state.view.network_options;
    let selected = matches!(state.selection, Some(Target::Party(_)));
    if !selected && options.ego.is_none() {
        return;
    }
    let label = match options.ego {
        Some((center, depth)) => {
            let name = state.document.dataset.party(center).label();
            format!("Within {} of {name}", words::count(usize::from(depth), "tie", "ties"))
        }
        None => "Around".to_owned(),
    };
    menu(ui, &label, |ui| {
        let all = options.ego.is_none();
        choice(ui, all, "All parties", NetworkCommand::Ego(None), out);
        for depth in 1..=3_u8 {
            let label = match depth {
                1 => "Within one tie of the selected party",
                2 => "Within two ties",
                _ => "Within three ties",
            };
            let chosen = options.ego.is_some_and(|(_, other)| other == depth);
            choice(ui, chosen, label, NetworkCommand::Ego(Some(depth)), out);
        }
        if selected {
            ui.separator();
            choice(ui, false, "Path from the selected party to…", NetworkCommand::PathFrom, out);
        }
    });
}

/// Which lines are drawn, how they are weighted and how many; and whose look it all has.
fn lines(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let options = &state.view.network_options;
    ui.set_width(300.0);
    widgets::heading_text(ui, "Drawn");
    for layer in Layer::ALL {
        let mut shown = options.shows(layer);
        if widgets::checkbox(ui, &mut shown, layer.label()).on_hover_text(layer.hint()).changed() {
            out.push(Command::Network(NetworkCommand::Layer(layer, shown)));
        }
    }
    widgets::heading(ui, "Width: what a shared engagement counts");
    let stated = !state.document.columns.weights.is_empty();
    for (weight, label, hint) in [
        (
            TieWeight::Shared,
            "1/(n−1) for each pair of its n parties",
            "So that a summit of ten does not outweigh ten meetings of two",
        ),
        (TieWeight::Raw, "1 for each pair", "A summit of ten counts for 45 pairs"),
        (TieWeight::Stated, "what the file says, shared out", "The field “weight” of the file"),
    ] {
        if weight == TieWeight::Stated && !stated {
            continue;
        }
        let button = egui::Button::selectable(options.weight == weight, label);
        if ui.add(button).on_hover_text(hint).clicked() {
            out.push(Command::SetTieWeight(weight));
            ui.close();
        }
    }
    widgets::heading(ui, "How many ties");
    let ties = state.derived.ties.ties.len();
    for top in NetworkOptions::TOPS {
        choice(ui, options.top == top, &most(top, ties), NetworkCommand::Top(top), out);
    }
    let look = &state.document.look;
    if look.has_colors() || look.has_sizes() || !look.positions.is_empty() {
        widgets::heading(ui, "Places, sizes and colours");
        choice(ui, false, "As in the file", NetworkCommand::Look { stated: true }, out);
        choice(ui, false, "By Démarche", NetworkCommand::Look { stated: false }, out);
    }
}

/// How many ties are drawn, of so many as there are.
fn most(top: u32, ties: usize) -> String {
    let can_be_drawn = NetworkOptions::MOST as usize;
    match top {
        u32::MAX if ties > can_be_drawn => format!(
            "As many as can be drawn: {} of {}",
            words::grouped(can_be_drawn),
            words::grouped(ties)
        ),
        u32::MAX => "All ties".to_owned(),
        top => format!("The strongest {}", words::grouped(top as usize)),
    }
}

/// A button that opens a list.
pub fn menu(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui)) {
    let text = RichText::new(format!("{label} ⌄")).font(theme::font(Tokens::NOTE));
    let button = egui::Button::new(text).min_size(vec2(0.0, 26.0));
    egui::containers::menu::MenuButton::from_button(button).ui(ui, add);
}

/// One value of a list.
fn choice(ui: &mut Ui, chosen: bool, label: &str, command: NetworkCommand, out: &mut Vec<Command>) {
    if ui.add(egui::Button::selectable(chosen, label)).clicked() {
        out.push(Command::Network(command));
        ui.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_ties_are_promised_only_where_all_can_be_drawn() {
        assert_eq!(most(5_000, 10), "The strongest 5,000");
        assert_eq!(most(u32::MAX, 23_533), "All ties");
        let said = most(u32::MAX, 3_700_000);
        assert_eq!(said, "As many as can be drawn: 25,000 of 3,700,000");
    }
}
