//! The list of levels: which partnership was at which level of which ladder, when, and who says so.

use egui::{RichText, Role, Ui, WidgetInfo};

use super::super::{rows, theme, widgets};
use crate::app::{AppState, Command};
use crate::model::{Dataset, Level, PartnershipId, Target, words};
use crate::scene::Tokens;

const ROW: f32 = 26.0;

/// The columns with their shares of the width.
const COLUMNS: [(&str, f32); 5] =
    [("Partnership", 2.0), ("Level", 3.0), ("Ladder", 1.5), ("When", 2.5), ("Source", 3.0)];

/// Shows the levels that a window lets through.
pub fn show(
    ui: &mut Ui,
    state: &AppState,
    levels: &[(PartnershipId, usize)],
    out: &mut Vec<Command>,
) {
    if levels.is_empty() {
        widgets::empty(ui, "No level in this stretch of time", "Show all time with 0.");
        return;
    }
    let dataset = &state.document.dataset;
    let tokens = theme::tokens(ui.ctx());
    rows::builder(ui, "levels", COLUMNS.into_iter())
        .header(28.0, |mut header| {
            for (label, _) in COLUMNS {
                header.col(|ui| {
                    let text = RichText::new(label)
                        .font(theme::strong(Tokens::SMALL))
                        .color(theme::color(tokens.ink_weak));
                    ui.label(text);
                });
            }
        })
        .body(|body| {
            body.rows(ROW, levels.len(), |mut row| {
                let (id, number) = levels[row.index()];
                let partnership = dataset.partnership(id);
                let Some(level) = partnership.levels.get(number) else { return };
                let target = Target::Partnership(id);
                row.set_selected(state.selection == Some(target));
                row.set_hovered(state.hover == Some(target));
                let cells = cells(dataset, partnership.label(), level);
                let mut bounds = egui::Rect::NOTHING;
                for (at, cell) in cells.iter().enumerate() {
                    row.col(|ui| {
                        bounds |= ui.max_rect();
                        let ink = if at == 0 { tokens.ink } else { tokens.ink_weak };
                        let text = RichText::new(cell)
                            .font(theme::font(Tokens::NOTE))
                            .color(theme::color(ink));
                        ui.add(egui::Label::new(text).truncate());
                    });
                }
                let response = row.response().with_new_rect(bounds);
                response.widget_info(|| WidgetInfo::labeled(Role::Row, true, cells.join(" · ")));
                if response.clicked() {
                    out.push(Command::Select(Some(target)));
                }
                if response.hovered() && state.hover != Some(target) {
                    out.push(Command::Hover(Some(target)));
                }
            });
        });
}

/// What stands in a row.
fn cells(dataset: &Dataset, partnership: &str, level: &Level) -> [String; 5] {
    let announced = if level.planned { " (announced)" } else { "" };
    let ladder = match (level.ladder, level.rank) {
        (Some(id), Some(rank)) => {
            let ladder = dataset.ladder(id);
            format!("{}, {} of {}", ladder.name, rank + 1, ladder.rungs.len())
        }
        (Some(id), None) => dataset.ladder(id).name.to_string(),
        (None, _) => "none".to_owned(),
    };
    let source = match level.citation.source {
        Some(id) => words::source(dataset.source(id)),
        None => "no source given".to_owned(),
    };
    [
        partnership.to_owned(),
        format!("{}{announced}", level.label),
        ladder,
        level.term.as_ref().map_or_else(|| "no date given".to_owned(), words::when),
        source,
    ]
}
