//! Engagements as rows: virtualised, sortable, walked with the keyboard; says in words what the
//! drawings show.

use egui::{Key, RichText, Role, Sense, Ui, WidgetInfo};

use super::{theme, widgets};
use crate::app::{AppState, Command, CopyAs, TableColumn};
use crate::model::{Target, words};
use crate::scene::Tokens;

const ROW: f32 = 26.0;

/// Shows the table.
pub fn show(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let rows = &state.derived.sorted;
    if rows.is_empty() {
        widgets::empty(
            ui,
            "No engagement passes",
            "Clear the filter (X), show all time (0), or let the table show all time.",
        );
        return;
    }
    keys(ui, state, out);
    let tokens = theme::tokens(ui.ctx());
    let selected = match state.selection {
        Some(Target::Engagement(id)) => Some(state.document.columns.row_of[id.index()]),
        _ => None,
    };
    let (dataset, columns) = (&*state.document.dataset, state.document.table_columns());
    let mut table = super::rows::builder(
        ui,
        "engagements",
        columns.iter().map(|column| (column.label(), column.share())),
    );
    if state.reveal
        && let Some(selected) = selected
        && let Some(at) = rows.iter().position(|&row| row == selected)
    {
        table = table.scroll_to_row(at, None);
    }
    table
        .header(28.0, |mut header| {
            for &column in columns {
                header.col(|ui| heading(ui, state, column, out));
            }
        })
        .body(|body| {
            body.rows(ROW, rows.len(), |mut row| {
                let at = rows[row.index()];
                let id = state.document.columns.engagement[at as usize];
                let engagement = dataset.engagement(id);
                let target = Target::Engagement(id);
                row.set_selected(selected == Some(at));
                row.set_hovered(state.hover == Some(target));
                let mut bounds = egui::Rect::NOTHING;
                for &column in columns {
                    row.col(|ui| {
                        bounds |= ui.max_rect();
                        let text = column.cell(dataset, engagement);
                        let ink = if column == TableColumn::Engagement {
                            tokens.ink
                        } else {
                            tokens.ink_weak
                        };
                        if column == TableColumn::Kind {
                            let slot = dataset.kind(engagement.kind).slot;
                            let (dot, _) =
                                ui.allocate_exact_size(egui::vec2(10.0, 10.0), Sense::hover());
                            let dot_color = theme::color(tokens.kind(slot));
                            ui.painter().circle_filled(dot.center(), 4.0, dot_color);
                        }
                        ui.add(
                            egui::Label::new(
                                RichText::new(text)
                                    .font(theme::font(Tokens::NOTE))
                                    .color(theme::color(ink)),
                            )
                            .truncate(),
                        );
                        if column == TableColumn::Date && only_possibly(state, at) {
                            ui.label(
                                RichText::new("possibly")
                                    .font(theme::font(Tokens::SMALL))
                                    .color(theme::color(tokens.ink_faint)),
                            );
                        }
                    });
                }
                // The cells' common response does not know where they are; a screen reader asks.
                let response = row.response().with_new_rect(bounds);
                let label =
                    format!("{} · {}", engagement.title, words::date_of(dataset, engagement));
                response.widget_info(|| WidgetInfo::labeled(Role::Row, true, &label));
                if response.clicked() {
                    out.push(Command::Select(Some(target)));
                }
                if response.secondary_clicked() {
                    out.push(Command::Select(Some(target)));
                }
                response.context_menu(|ui| copying(ui, out));
                if response.double_clicked() {
                    out.push(Command::Reveal(target));
                    out.push(Command::FitSelection);
                }
                if response.hovered() && state.hover != Some(target) {
                    out.push(Command::Hover(Some(target)));
                }
            });
        });
}

/// The menu of a row, which has been selected.
fn copying(ui: &mut Ui, out: &mut Vec<Command>) {
    for how in CopyAs::ALL {
        if ui.button(how.label()).on_hover_text(how.hint()).clicked() {
            out.push(Command::CopySelection(how));
            ui.close();
        }
    }
}

fn heading(ui: &mut Ui, state: &AppState, column: TableColumn, out: &mut Vec<Command>) {
    let sort = state.view.sort;
    let sorted = (sort.column == column).then_some(sort.descending);
    if super::rows::heading(ui, column.label(), "", sorted, false).clicked() {
        out.push(Command::SortTable(column));
    }
}

/// Up and down walk the table while no text field has the keyboard.
fn keys(ui: &Ui, state: &AppState, out: &mut Vec<Command>) {
    if ui.ctx().egui_wants_keyboard_input() || state.overlay.is_some() {
        return;
    }
    let step: isize = ui.input(|input| {
        let pressed = |key| input.num_presses(key) as isize;
        pressed(Key::ArrowDown) - pressed(Key::ArrowUp)
            + 20 * (pressed(Key::PageDown) - pressed(Key::PageUp))
    });
    if step == 0 {
        return;
    }
    let rows = &state.derived.sorted;
    let columns = &state.document.columns;
    let present = match state.selection {
        Some(Target::Engagement(id)) => {
            let row = columns.row_of[id.index()];
            rows.iter().position(|&other| other == row)
        }
        _ => None,
    };
    let last = rows.len() - 1;
    let next = match present {
        Some(at) => at.saturating_add_signed(step).min(last),
        None if step > 0 => 0,
        None => last,
    };
    out.push(Command::Reveal(Target::Engagement(columns.engagement[rows[next] as usize])));
}

/// Whether a row need not lie in the days that the filter asks for.
fn only_possibly(state: &AppState, row: u32) -> bool {
    let (when, columns) = (&state.filter.when, &state.document.columns);
    let chosen = &state.derived.hits.chosen;
    !when.is_empty()
        && !chosen.certainly_in(columns, row as usize, &crate::query::Ranges::new(when))
}
