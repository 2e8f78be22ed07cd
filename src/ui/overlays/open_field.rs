//! The field for typing or pasting the path of a file: works where the desktop has no file dialog.

use std::path::PathBuf;

use egui::{Key, Role, Ui, WidgetInfo, vec2};

use super::super::widgets;
use crate::app::{AppState, Command};

/// Shows the field.
pub fn show(ui: &mut Ui, state: &AppState, text: &mut String, fresh: bool, out: &mut Vec<Command>) {
    ui.set_width(560.0);
    super::title_row(ui, "Open a path", out);
    super::lead(ui, "JSON (demarche/1), CSV or TSV. A file can also be dropped on the window.");
    let response = ui.add_sized(
        vec2(ui.available_width(), 30.0),
        egui::TextEdit::singleline(text)
            .hint_text("/home/me/engagements.csv")
            .margin(egui::Margin::symmetric(10, 7)),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Path of the file"));
    if fresh {
        response.request_focus();
    }
    let path = path_of(text);
    let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let ready = path.is_some();
        let clicked = ui.add_enabled_ui(ready, |ui| widgets::primary(ui, "Open").clicked()).inner;
        if (clicked || enter)
            && let Some(path) = path
        {
            out.push(Command::Open(path));
        }
        if widgets::button(ui, "Choose a file…").clicked() {
            out.push(Command::CloseOverlay);
            out.push(Command::OpenDialog);
        }
    });
    if !state.settings.recent.is_empty() {
        widgets::heading(ui, "Recent files");
        for path in &state.settings.recent {
            if widgets::link(ui, &path.display().to_string()).clicked() {
                out.push(Command::Open(path.clone()));
            }
        }
    }
}

/// The path that was typed: without quotes and `file://`, `~` for the home folder.
fn path_of(text: &str) -> Option<PathBuf> {
    let text = text.trim().trim_matches(['"', '\'']);
    let text = text.strip_prefix("file://").unwrap_or(text);
    if text.is_empty() {
        return None;
    }
    match text.strip_prefix("~/") {
        Some(rest) => std::env::home_dir().map(|home| home.join(rest)),
        None => Some(PathBuf::from(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_path_loses_its_wrapping() {
        assert_eq!(path_of(" \"/a b/c.csv\" "), Some(PathBuf::from("/a b/c.csv")));
        assert_eq!(path_of("file:///a/c.csv"), Some(PathBuf::from("/a/c.csv")));
        assert_eq!(path_of("  "), None);
    }
}
