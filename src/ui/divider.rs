//! The divider between the timeline and the pane below it.

use egui::{CursorIcon, Id, Key, Rect, Role, Sense, Stroke, Ui, WidgetInfo};

use super::theme;
use crate::app::{AppState, Command};

/// How far from the line it can be taken hold of, in points.
const REACH: f32 = 4.0;
/// By what share of the height an arrow key moves it.
const STEP: f32 = 0.05;

/// Lets the divider at the top of `pane` be dragged within `middle`.
pub fn show(ui: &mut Ui, middle: Rect, pane: Rect, state: &AppState, out: &mut Vec<Command>) {
    let line = Rect::from_x_y_ranges(middle.x_range(), pane.top()..=pane.top())
        .expand2(egui::vec2(0.0, REACH));
    let response = ui.interact(line, Id::unique("divider"), Sense::click_and_drag());
    let share = pane.height() / middle.height().max(1.0);
    response.widget_info(|| {
        let percent = (share * 100.0).round();
        let name = format!("Divider, {percent} % for the lower pane");
        WidgetInfo::labeled(Role::Splitter, true, name)
    });
    let held = response.dragged();
    if response.hovered() || held || response.has_focus() {
        let tokens = theme::tokens(ui.ctx());
        let stroke = Stroke::new(2.0, theme::color(tokens.accent));
        ui.painter().hline(middle.x_range(), pane.top(), stroke);
    }
    if response.hovered() || held {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeVertical);
    }
    if held && let Some(at) = response.interact_pointer_pos() {
        let to = (middle.bottom() - at.y) / middle.height().max(1.0);
        if at.y != pane.top() {
            out.push(Command::Split(Some(to)));
        }
    }
    if response.has_focus() {
        ui.memory_mut(|memory| {
            let filter = egui::EventFilter { vertical_arrows: true, ..Default::default() };
            memory.set_focus_lock_filter(response.id, filter);
        });
        let (up, down) =
            ui.input(|input| (input.key_pressed(Key::ArrowUp), input.key_pressed(Key::ArrowDown)));
        if up != down {
            out.push(Command::Split(Some(share + if up { STEP } else { -STEP })));
        }
    }
    // The overview's own double click lies above.
    if response.double_clicked() {
        out.push(Command::FillPane);
    }
    let hint = if state.pane_fills() {
        "Double-click: show the timeline again (M)"
    } else {
        "Drag to divide the height. Double-click: all of it for this pane (M)"
    };
    response.on_hover_text(hint);
}
