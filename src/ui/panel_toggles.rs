//! The signs in the top bar that show and hide the panels, and the one that gives the lower pane all
//! the height.

use egui::{CornerRadius, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::{theme, widgets};
use crate::app::{AppState, Command, Pane};

/// Which part of the sign stands for the panel.
#[derive(Clone, Copy)]
enum Part {
    Left,
    Right,
    Bottom,
    /// The lower part with all but a strip.
    Most,
}

/// Shows the three signs, from right to left.
pub fn show(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.x = 0.0;
    for (pane, part, name, keys) in [
        (Pane::Details, Part::Right, "Details", "Ctrl+D"),
        (Pane::Map, Part::Bottom, "Pane below the timeline", "Ctrl+J"),
        (Pane::Filters, Part::Left, "Filters", "Ctrl+B"),
    ] {
        let shown = state.shows(pane);
        let does = if shown { "Hide" } else { "Show" };
        let hint = format!("{does}: {} ({keys})", name.to_lowercase());
        if sign(ui, part, shown, name).on_hover_text(hint).clicked() {
            out.push(Command::Toggle(pane));
        }
    }
}

/// Shows the sign that gives the lower pane all the height.
pub fn fill(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let fills = state.pane_fills();
    let hint =
        if fills { "Show the timeline again (M)" } else { "All the height for this pane (M)" };
    if sign(ui, Part::Most, fills, "All the height").on_hover_text(hint).clicked() {
        out.push(Command::FillPane);
    }
}

/// A small frame with a part of it filled while that is shown.
fn sign(ui: &mut Ui, part: Part, on: bool, name: &str) -> Response {
    let tokens = theme::tokens(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(26.0, 26.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, name));
    if response.hovered() {
        ui.painter().rect_filled(rect, 5.0, theme::color(tokens.accent_ground));
    }
    widgets::focus_ring(ui, &response);
    let ink = theme::color(if on { tokens.accent } else { tokens.ink_weak });
    let frame = Rect::from_center_size(rect.center(), vec2(15.0, 12.0));
    let inner = match part {
        Part::Left => frame.with_max_x(frame.left() + 5.0),
        Part::Right => frame.with_min_x(frame.right() - 5.0),
        Part::Bottom => frame.with_min_y(frame.bottom() - 5.0),
        Part::Most => frame.with_min_y(frame.top() + 3.0),
    };
    let painter = ui.painter();
    let line = Stroke::new(1.2, ink);
    painter.rect_stroke(frame, CornerRadius::same(2), line, StrokeKind::Inside);
    if on {
        painter.rect_filled(inner, 1.0, ink);
    } else {
        painter.rect_stroke(inner, CornerRadius::same(1), line, StrokeKind::Inside);
    }
    response
}
