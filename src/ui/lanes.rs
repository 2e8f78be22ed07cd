//! What can be done to lanes: their menu, the field for their names, the menu of each.

use egui::{Rect, Role, Ui, WidgetInfo};

use super::{input, theme, widgets};
use crate::app::{AppState, Command, LaneCommand};
use crate::model::words;
use crate::query::{LaneBy, LaneKey, LaneOrder};
use crate::scene::Tokens;
use crate::scene::timeline::TimelineScene;

/// From so many lanes on, there is a field for their names.
const MANY: usize = 13;

/// What the lanes stand for and what was done to them, in a few words.
fn told(state: &AppState) -> String {
    let look = state.view.lane_look();
    let mut told = format!("Lanes: {}", state.view.lanes.label());
    match look.pinned.len() {
        0 => {}
        count => told.push_str(&format!(" · {count} pinned")),
    }
    match (look.all_folded, look.otherwise.len()) {
        (false, 0) => {}
        (false, count) => told.push_str(&format!(" · {count} folded")),
        (true, 0) => told.push_str(" · folded"),
        (true, count) => told.push_str(&format!(" · folded but {count}")),
    }
    told
}

/// The button with what lanes stand for, and its menu.
pub fn button(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let label = egui::RichText::new(format!("{} ⌄", told(state))).font(theme::font(Tokens::NOTE));
    let button = egui::Button::new(label).min_size(egui::vec2(0.0, 26.0));
    egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        let mut item = |ui: &mut Ui, chosen: bool, label: &str, command: Command| {
            if ui.add(egui::Button::selectable(chosen, label)).clicked() {
                out.push(command);
                ui.close();
            }
        };
        let view = &state.view;
        for by in LaneBy::ALL {
            item(ui, by == view.lanes, by.label(), Command::SetLanes(by));
        }
        ui.separator();
        for order in LaneOrder::ALL {
            item(ui, order == view.lane_order, order.label(), Command::SortLanes(order));
        }
        ui.separator();
        let only = view.only_lanes_in_view;
        let label = "Only lanes with something in view";
        item(ui, only, label, Command::OnlyLanesInView(!only));
        let look = view.lane_look();
        let all = look.all_folded && look.otherwise.is_empty();
        let fold = |folded| Command::Lanes(LaneCommand::FoldAll(folded));
        item(ui, all, "Fold all lanes", fold(!all));
        if look.folds() && !all {
            item(ui, false, "Unfold all lanes", fold(false));
        }
        if !look.pinned.is_empty() {
            item(ui, false, "Unpin all lanes", Command::Lanes(LaneCommand::UnpinAll));
        }
        item(ui, false, "Search lanes (L)", Command::Lanes(LaneCommand::FocusSearch));
    });
}

/// The menu of the lane that the pointer was over when it was asked for.
pub fn menu(ui: &mut Ui, state: &AppState, lane: Option<LaneKey>, out: &mut Vec<Command>) {
    let look = state.view.lane_look();
    let mut item = |ui: &mut Ui, label: &str, command: Command| {
        if ui.button(label).clicked() {
            out.push(command);
            ui.close();
        }
    };
    if let Some(lane) = lane {
        let found = state.derived.lanes.iter().find(|one| one.key == lane);
        if let Some(found) = found {
            let count = words::count(found.rows.len(), "engagement", "engagements");
            widgets::note(ui, &format!("{}: {count}", found.label));
        }
        let pinned = look.pinned.contains(&lane);
        let label = if pinned { "Unpin this lane" } else { "Pin this lane on top" };
        item(ui, label, Command::Lanes(LaneCommand::Pin(lane)));
        let folded = look.is_folded(lane);
        let label = if folded { "Unfold this lane" } else { "Fold this lane" };
        item(ui, label, Command::Lanes(LaneCommand::Fold(lane)));
        if let LaneKey::Id(id) = lane {
            let dimension = state.view.lanes.dimension();
            item(ui, "Only this lane's engagements", Command::OnlyFacet(dimension, id));
        }
        ui.separator();
    }
    item(ui, "Fold all lanes", Command::Lanes(LaneCommand::FoldAll(true)));
    item(ui, "Unfold all lanes", Command::Lanes(LaneCommand::FoldAll(false)));
    if !look.pinned.is_empty() {
        item(ui, "Unpin all lanes", Command::Lanes(LaneCommand::UnpinAll));
    }
    ui.separator();
    for order in LaneOrder::ALL.into_iter().filter(|order| *order != state.view.lane_order) {
        item(ui, &format!("Sort: {}", order.label()), Command::SortLanes(order));
    }
}

/// The lane at a height in the pane of the timeline.
pub fn at(drawn: &TimelineScene, y: f32) -> Option<LaneKey> {
    let lanes = (y > drawn.plot.y).then_some(&drawn.lanes)?;
    lanes.iter().find(|lane| lane.y <= y && y < lane.y + lane.h).map(|lane| lane.key)
}

/// The field for names of lanes, above them; where there are few, only while it is in use.
pub fn search(ui: &mut Ui, place: Rect, state: &AppState, out: &mut Vec<Command>) {
    let id = egui::Id::unique("search lanes");
    let look = state.view.lane_look();
    let all = state.derived.all_lanes();
    let focused = ui.ctx().memory(|memory| memory.has_focus(id));
    if all < MANY && look.search.is_empty() && !focused && !state.focus_lanes {
        return;
    }
    let mut text = look.search.clone();
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(place));
    let said = format!("{} of {}", words::grouped(state.derived.lanes.len()), words::grouped(all));
    let found = !text.is_empty();
    let response = child.put(
        place,
        egui::TextEdit::singleline(&mut text)
            .id(id)
            .font(theme::font(Tokens::SMALL))
            .margin(egui::Margin::symmetric(6, 3))
            .hint_text(format!("search {} lanes", words::grouped(all))),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "Search lanes"));
    if state.focus_lanes {
        response.request_focus();
    }
    if found {
        // How many lanes are left stands in the field itself.
        child.painter().text(
            place.right_center() - egui::vec2(6.0, 0.0),
            egui::Align2::RIGHT_CENTER,
            said,
            theme::font(Tokens::SMALL),
            theme::color(theme::tokens(child.ctx()).ink_faint),
        );
    }
    if input::escaped(&child, &response) {
        text.clear();
    }
    if text != look.search {
        out.push(Command::Lanes(LaneCommand::Search(text)));
    }
    response.on_hover_text("Only lanes of this name, and those that are pinned. Esc: all lanes");
}
