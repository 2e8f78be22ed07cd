//! The snapshot dialog: format, what, size, theme, with a preview of the very figure.

use std::path::PathBuf;

use egui::{ColorImage, Role, Sense, TextureHandle, TextureOptions, Ui, WidgetInfo, vec2};

use super::super::{theme, widgets};
use crate::app::{AppState, Command, SnapshotOptions, missing_words};
use crate::export::{FileFormat, SvgText};
use crate::scene::Theme;
use crate::scene::figure::{FigureView, Part, Preset};

/// The picture is drawn larger than it is shown, for dense screens.
const PREVIEW: TextureOptions =
    TextureOptions { mipmap_mode: Some(egui::TextureFilter::Linear), ..TextureOptions::LINEAR };

/// What the dialog remembers.
#[derive(Default)]
pub struct ExportDialog {
    options: SnapshotOptions,
    size: usize,
    path: String,
    path_edited: bool,
    picture: Option<(SnapshotOptions, TextureHandle)>,
}

impl ExportDialog {
    /// Starts from the present view.
    pub fn begin(&mut self, state: &AppState) {
        self.picture = None;
        let seen = state.snapshot_options().view;
        if seen != FigureView::Timeline {
            self.options.view = seen;
        }
        if !self.path_edited {
            self.suggest(state);
        }
    }

    /// Suggests a file in the folder of the open one.
    fn suggest(&mut self, state: &AppState) {
        let folder = match (&state.settings.figures, &state.document.origin) {
            (Some(folder), _) if folder.is_dir() => Some(folder.clone()),
            (_, crate::app::Origin::File(path) | crate::app::Origin::Figure { path, .. }) => {
                path.parent().map(std::path::Path::to_owned)
            }
            (_, crate::app::Origin::BuiltIn) => std::env::current_dir().ok(),
        };
        let name = state.snapshot_name(&self.options);
        self.path = folder.unwrap_or_default().join(name).display().to_string();
    }

    /// Shows the dialog.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
        ui.set_width(900.0_f32.min(ui.ctx().content_rect().width() - 80.0));
        super::title_row(ui, "Export snapshot", out);
        let before = self.options.clone();
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(312.0);
                super::scroll(ui, 620.0, 260.0).show(ui, |ui| self.choices(ui, state));
            });
            ui.add_space(16.0);
            ui.vertical(|ui| self.preview(ui, state, out));
        });
        if self.options != before && !self.path_edited {
            self.suggest(state);
        }
        ui.add_space(12.0);
        widgets::note(ui, "File");
        let response = ui.add_sized(
            vec2(ui.available_width(), 28.0),
            egui::TextEdit::singleline(&mut self.path).margin(egui::Margin::symmetric(10, 6)),
        );
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "File to write"));
        self.path_edited |= response.changed();
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let ready = !self.path.trim().is_empty() && !state.is_saving();
            let save = ui.add_enabled_ui(ready, |ui| widgets::primary(ui, "Save").clicked()).inner;
            if save {
                let path = PathBuf::from(self.path.trim());
                let format = FileFormat::of(&path).unwrap_or(self.options.format);
                out.push(Command::SaveSnapshot(
                    SnapshotOptions { format, ..self.options.clone() },
                    path,
                ));
            }
            if widgets::button(ui, "Choose where…").clicked() {
                out.push(Command::SaveSnapshotAs(self.options.clone()));
            }
            for (format, label, hint) in [
                (FileFormat::Png, "Copy image", "Put the picture on the clipboard"),
                (FileFormat::Svg, "Copy SVG", "Put the drawing on the clipboard as SVG text"),
            ] {
                if widgets::button(ui, label).on_hover_text(hint).clicked() {
                    let options = SnapshotOptions { format, ..self.options.clone() };
                    out.push(Command::CopyFigure(Box::new(Some(options))));
                }
            }
            if state.is_saving() {
                ui.spinner();
                widgets::note(ui, "Drawing and saving");
            }
        });
    }

    fn choices(&mut self, ui: &mut Ui, state: &AppState) {
        widgets::heading(ui, "What");
        let options = |view: FigureView| (view, view.label(), "");
        let now = [FigureView::Timeline, FigureView::Network, FigureView::Map, FigureView::Report];
        let change = [FigureView::Compare, FigureView::Panels, FigureView::Levels];
        let (now, change) = (now.map(options), change.map(options));
        let chosen = self.options.view;
        let view = widgets::segmented(ui, "figure", &now, chosen);
        let view = widgets::segmented(ui, "figure of change", &change, chosen).or(view);
        if let Some(view) = view {
            self.options.view = view;
        }
        widgets::heading(ui, "Time");
        let times = [
            (true, "As in the window", "Only the time that the timeline shows"),
            (false, "All time", "Everything that passes the filter"),
        ];
        if let Some(visible) = widgets::segmented(ui, "time", &times, self.options.visible) {
            self.options.visible = visible;
        }
        widgets::heading(ui, "Format");
        let formats = [
            (FileFormat::Svg, "SVG", "Lines and shapes: for the web and for drawing programs"),
            (FileFormat::Pdf, "PDF", "A page: for print, with text that can be searched"),
            (FileFormat::Png, "PNG", "Dots: for slides and messages"),
            (FileFormat::Html, "HTML", "A page for browsers, with a table of what is drawn"),
        ];
        if let Some(format) = widgets::segmented(ui, "format", &formats, self.options.format) {
            self.options.format = format;
        }
        // A report has pages; pictures have none.
        if self.options.view == FigureView::Report && !self.options.format.has_pages() {
            self.options.format = FileFormat::Pdf;
        }
        if self.options.format == FileFormat::Png {
            ui.add_space(4.0);
            let scales = [
                (1.0, "×1", "1 pixel per point"),
                (2.0, "×2", "2 pixels per point"),
                (3.0, "×3", "3 pixels per point"),
                (4.0, "×4", "4 pixels per point, for print"),
            ];
            if let Some(scale) = widgets::segmented(ui, "scale", &scales, self.options.scale) {
                self.options.scale = scale;
            }
        }
        if self.options.format == FileFormat::Svg {
            ui.add_space(4.0);
            let texts = [
                (SvgText::Outlines, "Text as shapes", "Looks the same everywhere"),
                (SvgText::Editable, "Text as text", "For drawing programs that have the fonts"),
            ];
            if let Some(text) = widgets::segmented(ui, "text", &texts, self.options.text) {
                self.options.text = text;
            }
        }
        ui.add_space(4.0);
        widgets::checkbox(ui, &mut self.options.with_data, "Carry the data").on_hover_text(
            "The figure opens again here without the data file. Anyone who has it can read all \
             of the data, not only what is drawn.",
        );
        widgets::heading(ui, "Size");
        self.sizes(ui);
        widgets::heading(ui, "Theme");
        let themes = Theme::ALL.map(|theme| (theme, theme.label(), ""));
        let theme = self.options.page.theme;
        if let Some(theme) = widgets::segmented(ui, "figure theme", &themes, theme) {
            self.options.page.theme = theme;
        }
        widgets::heading(ui, "Title");
        let mut title = self.options.page.title.clone().unwrap_or_default();
        let response = ui.add(
            egui::TextEdit::singleline(&mut title)
                .hint_text(state.document.dataset.title())
                .desired_width(f32::INFINITY)
                .margin(egui::Margin::symmetric(10, 6)),
        );
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Title of the figure"));
        if response.changed() {
            self.options.page.title = (!title.trim().is_empty()).then_some(title);
        }
        widgets::heading(ui, "Parts");
        egui::Grid::new("parts").num_columns(2).spacing([16.0, 4.0]).show(ui, |ui| {
            for (at, part) in Part::ALL.into_iter().enumerate() {
                let mut wanted = self.options.page.has(part);
                if widgets::checkbox(ui, &mut wanted, part.label()).changed() {
                    let without = &mut self.options.page.without;
                    if wanted {
                        without.remove(&part)
                    } else {
                        without.insert(part)
                    };
                }
                if at % 2 == 1 {
                    ui.end_row();
                }
            }
        });
    }

    fn sizes(&mut self, ui: &mut Ui) {
        let sizes = || std::iter::once(Preset::NEEDED).chain(Preset::ALL);
        let present = sizes().nth(self.size).unwrap_or(Preset::NEEDED);
        let response = egui::ComboBox::from_id_salt("figure size")
            .width(ui.available_width() - 8.0)
            .selected_text(format!("{} · {}", present.label, present.hint))
            .show_ui(ui, |ui| {
                for (at, preset) in sizes().enumerate() {
                    let words = format!("{} · {}", preset.label, preset.hint);
                    if ui.selectable_label(at == self.size, words).clicked() {
                        self.size = at;
                        self.options.page = self.options.page.clone().sized(&preset);
                    }
                }
            })
            .response;
        response.widget_info(|| {
            WidgetInfo::labeled(Role::ComboBox, true, format!("Size: {}", present.label))
        });
    }

    fn preview(&mut self, ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
        // Save stands below it and must be in the window.
        let height = (ui.ctx().content_rect().height() - 300.0).clamp(80.0, 420.0);
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width().min(560.0), height), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "Preview of the snapshot"));
        let tokens = theme::tokens(ui.ctx());
        ui.painter().rect_filled(rect, 6.0, theme::color(tokens.panel));
        // Format and scale change the file, not what is seen of it.
        let wanted = SnapshotOptions {
            format: FileFormat::Png,
            scale: 1.0,
            with_data: false,
            ..self.options.clone()
        };
        match &state.preview {
            Some((options, Ok(preview))) if *options == wanted => {
                if self.picture.as_ref().is_none_or(|(drawn, _)| *drawn != wanted) {
                    let pixels = &preview.pixels;
                    let image = ColorImage::from_rgba_unmultiplied(
                        [pixels.width, pixels.height],
                        &pixels.rgba,
                    );
                    let texture = ui.ctx().load_texture("preview", image, PREVIEW);
                    self.picture = Some((wanted, texture));
                }
                let (width, height) = preview.size;
                let mut size = format!("{width} × {height} points");
                if preview.pages > 1 {
                    size = format!("{size} · page 1 of {}", preview.pages);
                }
                ui.add_space(4.0);
                widgets::note(ui, &size);
                if !preview.missing.is_empty() {
                    widgets::note(ui, &format!("⚠ {}", missing_words(&preview.missing)));
                }
            }
            Some((options, Err(error))) if *options == wanted => {
                self.picture = None;
                let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect));
                widgets::empty(&mut child, "This figure cannot be drawn", error);
            }
            _ => {
                out.push(Command::PreviewSnapshot(wanted));
                ui.add_space(4.0);
                widgets::note(ui, "Drawing the preview");
            }
        }
        if let Some((_, texture)) = &self.picture {
            let size = texture.size_vec2();
            let scale = (rect.width() / size.x).min(rect.height() / size.y);
            let place = egui::Rect::from_center_size(rect.center(), size * scale);
            let whole = egui::Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
            ui.painter().image(texture.id(), place, whole, egui::Color32::WHITE);
            ui.painter().rect_stroke(
                place,
                0.0,
                egui::Stroke::new(1.0, theme::color(tokens.line)),
                egui::StrokeKind::Outside,
            );
        }
    }
}
