//! The saved views on the left: keep the present one, open, rename, export and delete others.

use egui::{Key, Response, Role, Ui, WidgetInfo, vec2};

use super::widgets;
use crate::app::{AppState, Command};
use crate::scene::Tokens;

/// What the list remembers while it is shown.
#[derive(Clone, Default)]
struct Memory {
    /// The name for the present view.
    name: String,
    /// The view that is being renamed, and its name as typed.
    renaming: Option<(usize, String)>,
    /// Whether its field is still to take the keyboard.
    begin: bool,
}

/// Shows the list.
pub fn show(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let id = ui.scope_id().with("saved views");
    let mut memory: Memory = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    widgets::heading(ui, "Save this view");
    let response = field(ui, &mut memory.name, "Name of the view");
    let enter = entered(ui, &response);
    ui.add_space(4.0);
    let ready = !memory.name.trim().is_empty();
    let clicked = ui.add_enabled_ui(ready, |ui| widgets::button(ui, "Save").clicked()).inner;
    if ready && (clicked || enter) {
        out.push(Command::SaveView(std::mem::take(&mut memory.name)));
    }
    widgets::heading(ui, "Saved views");
    if state.settings.views.is_empty() {
        widgets::note(
            ui,
            "None yet. A view is the filter, the time, the lanes and the chosen dates; every \
             exported figure carries one, too.",
        );
    }
    for (at, view) in state.settings.views.iter().enumerate() {
        ui.push_id(at, |ui| {
            if let Some((renamed, name)) = &mut memory.renaming
                && *renamed == at
            {
                let response = field(ui, name, "New name of the view");
                if std::mem::take(&mut memory.begin) {
                    response.request_focus();
                }
                let done = entered(ui, &response);
                if done {
                    out.push(Command::RenameView(at, name.clone()));
                }
                if response.lost_focus() {
                    memory.renaming = None;
                }
                widgets::note(ui, "Enter to rename, Esc to leave it");
                return;
            }
            if widgets::link(ui, &view.name).on_hover_text("Open this view").clicked() {
                out.push(Command::OpenView(at));
            }
            widgets::note(ui, &view.data.file);
            ui.horizontal(|ui| {
                if widgets::link_sized(ui, "Rename", Tokens::SMALL).clicked() {
                    memory.renaming = Some((at, view.name.clone()));
                    memory.begin = true;
                }
                if widgets::link_sized(ui, "Export…", Tokens::SMALL).clicked() {
                    out.push(Command::ExportView(at));
                }
                if widgets::link_sized(ui, "Delete", Tokens::SMALL).clicked() {
                    out.push(Command::DeleteView(at));
                }
            });
            ui.add_space(8.0);
        });
    }
    ui.data_mut(|data| data.insert_temp(id, memory));
}

/// Whether a field was left with Enter.
fn entered(ui: &Ui, response: &Response) -> bool {
    response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

/// A field for a name.
fn field(ui: &mut Ui, text: &mut String, label: &str) -> Response {
    let response = ui.add_sized(
        vec2(ui.available_width(), 26.0),
        egui::TextEdit::singleline(text).hint_text(label),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, label));
    response
}
