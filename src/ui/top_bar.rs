//! The bar at the top: what is open, search, open and export.

use egui::{Align, Key, Layout, RichText, Ui, vec2};

use super::{input, panel_toggles, theme, widgets};
use crate::app::{AppState, Command, Origin};
use crate::scene::Tokens;

/// What stands at the right end takes, in points.
const TOOLS: f32 = 300.0;

/// The id of the search field, so that a shortcut can focus it.
pub fn search_id() -> egui::Id {
    egui::Id::unique("search engagements")
}

/// Shows the bar.
pub fn show(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let tokens = theme::tokens(ui.ctx());
    let whole = ui.max_rect();
    let tools = ui.horizontal_centered(|ui| {
        ui.label(
            RichText::new("Démarche")
                .font(theme::strong(15.0))
                .color(theme::color(tokens.ink_strong)),
        );
        ui.add_space(4.0);
        let name = match &state.document.origin {
            Origin::BuiltIn => format!("{} · built-in", state.document.dataset.title()),
            Origin::File(_) => state.document.origin.name(),
            Origin::Figure { file, .. } => {
                format!("{file} · from {}", state.document.origin.name())
            }
        };
        let middle =
            (whole.width() * 0.5).min(whole.width() - TOOLS - search_width(whole.width()) / 2.0);
        let room = (middle - search_width(whole.width()) / 2.0 - 130.0).max(40.0);
        let galley = widgets::elided(ui, &name, &theme::font(13.0), tokens.ink_weak, room);
        let response = ui.label(galley);
        if let Origin::File(path) | Origin::Figure { path, .. } = &state.document.origin {
            response.on_hover_text(path.display().to_string());
        }

        let tools = ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if widgets::primary(ui, "Export snapshot…")
                .on_hover_text("Save the view as SVG, PDF, PNG or HTML (Ctrl+E)")
                .clicked()
            {
                out.push(Command::ShowExport);
            }
            open_menu(ui, state, out);
            ui.add_space(4.0);
            panel_toggles::show(ui, state, out);
            ui.min_rect().left()
        });
        tools.inner
    });
    search(ui, whole, tools.inner, state, out);
}

fn search_width(whole: f32) -> f32 {
    (whole * 0.29).clamp(220.0, 460.0)
}

/// The field in the middle of the bar, as far as what stands from `end` on lets it.
fn search(ui: &mut Ui, whole: egui::Rect, end: f32, state: &AppState, out: &mut Vec<Command>) {
    let width = search_width(whole.width());
    let mut rect = egui::Rect::from_center_size(whole.center(), vec2(width, 28.0));
    rect = rect.translate(vec2((end - 8.0 - rect.right()).min(0.0), 0.0));
    let mut text = state.filter.text.clone();
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    let response = child.add_sized(
        rect.size(),
        egui::TextEdit::singleline(&mut text)
            .id(search_id())
            .hint_text("Search engagements, people, places, documents")
            .margin(egui::Margin { left: 10, right: 64, top: 6, bottom: 4 }),
    );
    response.widget_info(|| {
        egui::WidgetInfo::labeled(
            egui::Role::SearchInput,
            true,
            "Search engagements, people, places, documents",
        )
    });
    if response.changed() {
        out.push(Command::SetText(text.clone()));
    }
    if state.focus_search {
        response.request_focus();
        let ahead = input::typed_ahead(child.ctx());
        if !ahead.is_empty() {
            out.push(Command::SetText(text.clone() + &ahead));
        }
    }
    // Enter takes the focus away from a field of one line; here it walks on through what was found.
    if response.lost_focus() && child.input(|input| input.key_pressed(Key::Enter)) {
        out.push(Command::Next);
        response.request_focus();
    }
    let right = egui::Rect::from_min_max(
        egui::pos2(rect.right() - 62.0, rect.top()),
        egui::pos2(rect.right() - 6.0, rect.bottom()),
    );
    let mut side = ui.new_child(
        egui::UiBuilder::new().max_rect(right).layout(Layout::right_to_left(Align::Center)),
    );
    if text.is_empty() {
        widgets::key_cap(&mut side, "Ctrl K");
    } else {
        let button = egui::Button::new("×").frame(false).min_size(vec2(20.0, 20.0));
        let response = side.add(button);
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Button, true, "Clear the search")
        });
        if response.on_hover_text("Clear the search").clicked() {
            out.push(Command::SetText(String::new()));
        }
    }
}

fn open_menu(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let label = RichText::new("Open…").font(theme::font(Tokens::NOTE));
    let button = egui::Button::new(label).min_size(vec2(0.0, 28.0));
    egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(300.0);
        let item = |ui: &mut Ui, text: &str, keys: &str| {
            ui.add(egui::Button::new(text).shortcut_text(keys).frame_when_inactive(false)).clicked()
        };
        if item(ui, "Choose a file…", "Ctrl+O") {
            out.push(Command::OpenDialog);
        }
        if item(ui, "Type a path…", "Ctrl+L") {
            out.push(Command::OpenField);
        }
        if item(ui, "Built-in dataset", "") {
            out.push(Command::OpenBuiltIn);
        }
        if state.has_mapping() && item(ui, "Columns of this table…", "") {
            out.push(Command::ShowMapping);
        }
        ui.separator();
        widgets::note(ui, "Recent files");
        if state.settings.recent.is_empty() {
            widgets::note(ui, "None yet. A file can also be dropped on the window.");
        }
        for path in &state.settings.recent {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            let clicked = ui
                .add(egui::Button::new(&*name).truncate().frame_when_inactive(false))
                .on_hover_text(path.display().to_string())
                .clicked();
            if clicked {
                out.push(Command::Open(path.clone()));
            }
        }
        if !state.settings.recent.is_empty() && item(ui, "Forget these", "") {
            out.push(Command::ClearRecent);
        }
    });
}
