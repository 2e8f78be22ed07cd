//! What tables have in common: their columns, and headings that sort.

use egui::{Align, Layout, Response, RichText, Role, Sense, Ui, WidgetInfo};
use egui_extras::{Column, TableBuilder};

use super::{theme, widgets};
use crate::scene::{Tokens, text};

/// Room in a heading for the arrow that says how rows are sorted, and around its words, in points.
const ARROW: f32 = 26.0;

/// A table whose columns take shares of the width, none so little that its heading would be cut.
/// `columns` are headings with their shares.
pub fn builder<'a>(
    ui: &'a mut Ui,
    salt: &'static str,
    columns: impl Iterator<Item = (&'static str, f32)>,
) -> TableBuilder<'a> {
    let columns: Vec<(&str, f32)> = columns.collect();
    let least = |label: &str| text::width(label, Tokens::SMALL, true) + ARROW;
    let width = ui.available_width() - 8.0 * columns.len() as f32;
    // What the headings leave is shared out.
    let spare = (width - columns.iter().map(|(label, _)| least(label)).sum::<f32>()).max(0.0);
    let shares = columns.iter().map(|(_, share)| share).sum::<f32>().max(1e-6);
    let mut table = TableBuilder::new(ui)
        .id_salt(salt)
        .sense(Sense::click())
        .resizable(true)
        .striped(false)
        .auto_shrink(false)
        .cell_layout(Layout::left_to_right(Align::Center));
    for (label, share) in columns {
        let initial = least(label) + spare * share / shares;
        table = table.column(Column::initial(initial).at_least(44.0).clip(true));
    }
    table
}

/// The heading of a column, to be clicked: with an arrow where rows are sorted by it (`sorted` says
/// whether the largest comes first), to the right where numbers stand below it.
pub fn heading(
    ui: &mut Ui,
    label: &str,
    hint: &str,
    sorted: Option<bool>,
    numbers: bool,
) -> Response {
    let tokens = theme::tokens(ui.ctx());
    let (mark, ink) = match sorted {
        None => ("", tokens.ink_weak),
        Some(false) => (" ↑", tokens.ink_strong),
        Some(true) => (" ↓", tokens.ink_strong),
    };
    let text = RichText::new(format!("{label}{mark}"))
        .font(theme::strong(Tokens::SMALL))
        .color(theme::color(ink));
    let add = |ui: &mut Ui| {
        ui.add(egui::Label::new(text).truncate().sense(Sense::click()))
            .on_hover_cursor(egui::CursorIcon::PointingHand)
    };
    let response = side(ui, numbers, add);
    response
        .widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, format!("Sort by {label}")));
    widgets::focus_ring(ui, &response);
    if hint.is_empty() { response } else { response.on_hover_text(hint) }
}

/// Adds to a cell from the left, or from the right where it holds a number.
pub fn side<T>(ui: &mut Ui, numbers: bool, add: impl FnOnce(&mut Ui) -> T) -> T {
    if numbers {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(8.0);
            add(ui)
        })
        .inner
    } else {
        add(ui)
    }
}
