//! How the columns of a table were understood, with its first rows, to be changed and read again.

use egui::{ComboBox, RichText, Ui};

use super::super::{theme, widgets};
use crate::app::{AppState, Command};
use crate::formats::OpenOptions;
use crate::formats::table::{ColumnRole, DayOrder, Mapping};
use crate::scene::Tokens;

/// The mapping as it stands in the dialog.
#[derive(Default)]
pub struct Draft {
    mapping: Option<Mapping>,
    day_order: Option<DayOrder>,
}

impl Draft {
    /// Starts from what the open document was read with.
    pub fn new(state: &AppState) -> Self {
        Self { mapping: state.document.mapping.clone(), day_order: state.options.day_order }
    }

    /// Shows the dialog.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
        ui.set_width(760.0);
        super::title_row(ui, "Columns of this table", out);
        let Some(mapping) = &mut self.mapping else {
            super::lead(ui, "The open file is not a table. Open a CSV or TSV file first.");
            return;
        };
        super::lead(
            ui,
            "What each column was taken for. Change what is wrong and read the file again; what \
             has no meaning here is kept with the engagement as it is.",
        );
        let tokens = theme::tokens(ui.ctx());
        super::scroll(ui, 420.0, 280.0).show(ui, |ui| {
            egui::Grid::new("columns").num_columns(3).spacing([16.0, 6.0]).show(ui, |ui| {
                for name in ["Column", "Taken for", "First values"] {
                    ui.label(
                        RichText::new(name)
                            .font(theme::strong(Tokens::SMALL))
                            .color(theme::color(tokens.ink_weak)),
                    );
                }
                ui.end_row();
                for (at, column) in mapping.columns.iter_mut().enumerate() {
                    let font = theme::font(Tokens::NOTE);
                    let heading =
                        widgets::elided(ui, &column.heading, &font, tokens.ink_strong, 170.0);
                    ui.label(heading);
                    let response = ComboBox::from_id_salt(("role", at))
                        .width(190.0)
                        .selected_text(column.role.label())
                        .show_ui(ui, |ui| {
                            for role in ColumnRole::ALL {
                                ui.selectable_value(&mut column.role, role, role.label());
                            }
                        })
                        .response;
                    let name = format!("What {} is", column.heading);
                    response.widget_info(|| {
                        egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &name)
                    });
                    let values: Vec<&str> = state
                        .document
                        .preview
                        .iter()
                        .filter_map(|row| row.get(at))
                        .map(String::as_str)
                        .filter(|cell| !cell.is_empty())
                        .take(3)
                        .collect();
                    let room = 330.0;
                    let text = values.join(" · ");
                    let values = widgets::elided(ui, &text, &font, tokens.ink_weak, room);
                    ui.label(values);
                    ui.end_row();
                }
            });
        });
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            ui.label("Dates such as 03/04/2024");
            let options = [
                (None, "decide by column", "From the values of each column"),
                (Some(DayOrder::DayFirst), "3 April", "The day comes first"),
                (Some(DayOrder::MonthFirst), "4 March", "The month comes first"),
            ];
            if let Some(order) = widgets::segmented(ui, "day order", &options, self.day_order) {
                self.day_order = order;
            }
        });
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            if widgets::primary(ui, "Read the file again").clicked() {
                out.push(Command::Reread(OpenOptions {
                    mapping: Some(mapping.clone()),
                    day_order: self.day_order,
                }));
            }
            if widgets::button(ui, "Let the program decide").clicked() {
                out.push(Command::Reread(OpenOptions::default()));
            }
        });
    }
}
