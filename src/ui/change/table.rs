//! The table of changed ties: who with whom, before and after, and what that means.

use egui::{Align, Layout, RichText, Role, Sense, Ui, WidgetInfo};
use egui_extras::{Column, TableBuilder};

use super::super::{paint, theme, widgets};
use crate::app::{AppState, ChangeColumn, ChangeCommand, Command, Compared, Listing, ends};
use crate::model::{Target, words};
use crate::query::{ChangedTie, TieChange};
use crate::scene::network::sign;
use crate::scene::{Point, Tokens};

const ROW: f32 = 24.0;
/// Width of a column of counts.
const COUNT: f32 = 36.0;
/// Width of the last column, with and without the word for the change.
const CHANGE: (f32, f32) = (124.0, 72.0);
/// Below this width of the table the sign stands for the word.
const NARROW: f32 = 420.0;

/// Shows the table with its tools.
pub fn show(ui: &mut Ui, state: &AppState, listing: &Listing, out: &mut Vec<Command>) {
    let (compared, order) = (&*listing.of, &listing.list.order);
    let ties = &compared.comparison.ties;
    ui.horizontal(|ui| {
        let (shown, all) = (words::grouped(order.len()), words::grouped(ties.len()));
        let text = match listing.list.focus {
            Some(party) => {
                let name = state.document.dataset.party(party).label();
                format!("{shown} of {all} ties: those of {name}")
            }
            None => words::count(ties.len(), "tie", "ties"),
        };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if widgets::button(ui, "Save CSV…")
                .on_hover_text("Save these ties as a table")
                .clicked()
            {
                out.push(Command::Change(ChangeCommand::Save));
            }
            if widgets::button(ui, "Copy")
                .on_hover_text("Copy these ties, to be pasted into a spreadsheet")
                .clicked()
            {
                out.push(Command::Change(ChangeCommand::Copy));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let tokens = theme::tokens(ui.ctx());
                let text = RichText::new(text)
                    .font(theme::font(Tokens::NOTE))
                    .color(theme::color(tokens.ink_weak));
                ui.add(egui::Label::new(text).truncate());
            });
        });
    });
    if order.is_empty() {
        widgets::empty(ui, "No tie in either stretch of time", "Select nothing to see all ties.");
        return;
    }
    let tokens = theme::tokens(ui.ctx());
    let narrow = ui.available_width() < NARROW;
    let mut table = TableBuilder::new(ui)
        .id_salt("changed ties")
        .sense(Sense::click())
        .striped(false)
        .auto_shrink(false)
        .cell_layout(Layout::left_to_right(Align::Center));
    for column in ChangeColumn::ALL {
        table = table.column(match column {
            ChangeColumn::Party | ChangeColumn::With => {
                Column::remainder().at_least(40.0).clip(true)
            }
            ChangeColumn::First | ChangeColumn::Second => Column::exact(COUNT),
            ChangeColumn::Change => Column::exact(if narrow { CHANGE.1 } else { CHANGE.0 }),
        });
    }
    table
        .header(26.0, |mut header| {
            for column in ChangeColumn::ALL {
                header.col(|ui| heading(ui, state, compared, column, out));
            }
        })
        .body(|body| {
            body.rows(ROW, order.len(), |mut row| {
                let Some(tie) = ties.get(order[row.index()] as usize) else { return };
                let target = Target::Tie(tie.a, tie.b);
                row.set_selected(state.selection == Some(target));
                row.set_hovered(state.hover == Some(target));
                let pair = ends(tie, listing.list.focus);
                let mut bounds = egui::Rect::NOTHING;
                for column in ChangeColumn::ALL {
                    row.col(|ui| {
                        bounds |= ui.max_rect();
                        if column == ChangeColumn::Change && tie.change != TieChange::Same {
                            let (place, _) =
                                ui.allocate_exact_size(egui::vec2(13.0, 13.0), Sense::hover());
                            let at = place.center();
                            let items = sign(tokens, tie.change, Point::new(at.x, at.y));
                            paint::items(ui.painter(), egui::Vec2::ZERO, &items);
                        }
                        let ink = if column == ChangeColumn::Party {
                            tokens.ink
                        } else {
                            tokens.ink_weak
                        };
                        let text =
                            RichText::new(cell(state, compared, tie, pair, (column, narrow)))
                                .font(theme::font(Tokens::NOTE))
                                .color(theme::color(ink));
                        ui.add(egui::Label::new(text).truncate());
                    });
                }
                let response = row.response().with_new_rect(bounds);
                let label = format!(
                    "{} – {}: {}",
                    state.document.dataset.party(pair[0]).label(),
                    state.document.dataset.party(pair[1]).label(),
                    tie.change.label()
                );
                response.widget_info(|| WidgetInfo::labeled(Role::Row, true, &label));
                if response.clicked() {
                    out.push(Command::Select(Some(target)));
                }
                if response.hovered() && state.hover != Some(target) {
                    out.push(Command::Hover(Some(target)));
                }
            });
        });
}

fn heading(
    ui: &mut Ui,
    state: &AppState,
    compared: &Compared,
    column: ChangeColumn,
    out: &mut Vec<Command>,
) {
    let tokens = theme::tokens(ui.ctx());
    let sort = state.view.change.sort;
    let natural = matches!(column, ChangeColumn::Party | ChangeColumn::With);
    let mark = match (sort.column == column, sort.reversed == natural) {
        (true, false) => " ↑",
        (true, true) => " ↓",
        (false, _) => "",
    };
    let mark = match (sort.column == column, natural) {
        (true, false) => {
            if sort.reversed {
                " ↑"
            } else {
                " ↓"
            }
        }
        _ => mark,
    };
    let (label, hint) = match column {
        ChangeColumn::Party => ("Party", "Sort by party".to_owned()),
        ChangeColumn::With => ("With", "Sort by the other party".to_owned()),
        ChangeColumn::First => {
            ("A", format!("Engagements shared in {}", compared.windows.names[0]))
        }
        ChangeColumn::Second => {
            ("B", format!("Engagements shared in {}", compared.windows.names[1]))
        }
        ChangeColumn::Change if compared.comparison.per_year => {
            ("Per year", "By how much the strength per year changed; click to sort".to_owned())
        }
        ChangeColumn::Change => {
            ("Change", "By how much the strength changed; click to sort".to_owned())
        }
    };
    let text = RichText::new(format!("{label}{mark}"))
        .font(theme::strong(Tokens::SMALL))
        .color(theme::color(tokens.ink_weak));
    let response = ui
        .add(egui::Label::new(text).truncate().sense(Sense::click()))
        .on_hover_cursor(egui::CursorIcon::PointingHand);
    response
        .widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, format!("Sort by {label}")));
    if response.on_hover_text(hint).clicked() {
        out.push(Command::Change(ChangeCommand::Sort(column)));
    }
}

fn cell(
    state: &AppState,
    compared: &Compared,
    tie: &ChangedTie,
    pair: [crate::model::PartyId; 2],
    (column, narrow): (ChangeColumn, bool),
) -> String {
    let dataset = &state.document.dataset;
    match column {
        ChangeColumn::Party => dataset.party(pair[0]).label().to_owned(),
        ChangeColumn::With => dataset.party(pair[1]).label().to_owned(),
        ChangeColumn::First => words::grouped(tie.engagements[0] as usize),
        ChangeColumn::Second => words::grouped(tie.engagements[1] as usize),
        ChangeColumn::Change => {
            let [a, b] = compared.comparison.strength(tie.weight);
            let by = b - a;
            let sign = if by < 0.0 { "−" } else { "+" };
            match tie.change {
                TieChange::Same => "same".to_owned(),
                _ if narrow => format!("{sign}{}", short(by.abs())),
                change => format!("{} {sign}{}", change.label(), short(by.abs())),
            }
        }
    }
}

/// Two digits that matter.
fn short(value: f64) -> String {
    let text = if value >= 10.0 { format!("{value:.0}") } else { format!("{value:.2}") };
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}
