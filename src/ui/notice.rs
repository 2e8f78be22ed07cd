//! The lines under the top bar: what is being loaded, what was not opened and why.

use egui::{Align, CornerRadius, Layout, Margin, ProgressBar, RichText, Stroke, Ui, vec2};

use super::{theme, widgets};
use crate::app::{AppState, Command, MapTab, NoticeKind};
use crate::model::words::grouped;
use crate::scene::Tokens;

/// Whether there is anything to show.
pub fn wanted(state: &AppState) -> bool {
    state.notice.is_some() || state.loading.is_some()
}

/// Shows the lines.
pub fn show(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    if let Some(loading) = &state.loading {
        let (bytes, total, rows) = loading.progress.get();
        ui.horizontal(|ui| {
            ui.label(format!("Opening {}", loading.name));
            let bar = if total > 0 {
                ProgressBar::new((bytes as f32 / total as f32).clamp(0.0, 1.0)).show_percentage()
            } else {
                ProgressBar::new(0.0)
            };
            ui.add(bar.desired_width(220.0));
            let megabytes = |bytes: u64| grouped(bytes.div_ceil(1_000_000) as usize);
            if total > 0 {
                let read = megabytes(bytes.min(total));
                widgets::note(ui, &format!("{read} of {} MB", megabytes(total)));
            }
            if rows > 0 {
                widgets::note(ui, &format!("{} rows", grouped(rows as usize)));
            }
            if widgets::button(ui, "Cancel").clicked() {
                out.push(Command::CancelLoading);
            }
        });
        // The worker only counts; the window looks often enough for it to be seen moving, and seldom enough to leave the processors to the reader
        // where they paint the window as well.
        ui.ctx().request_repaint_after(std::time::Duration::from_millis(200));
    }
    let Some(notice) = &state.notice else { return };
    let tokens = theme::tokens(ui.ctx());
    let (ground, line, ink) = match notice.kind {
        NoticeKind::Done => (tokens.accent_ground, tokens.outline, tokens.accent),
        NoticeKind::Problem => (tokens.paper, tokens.error, tokens.error),
    };
    egui::Frame::new()
        .fill(theme::color(ground))
        .stroke(Stroke::new(1.0, theme::color(line)))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_width((ui.available_width() - 150.0).max(120.0));
                    ui.label(
                        RichText::new(&notice.title)
                            .font(theme::strong(Tokens::NOTE))
                            .color(theme::color(ink)),
                    );
                    widgets::note(ui, &notice.text);
                });
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let close = egui::Button::new("×").frame_when_inactive(false);
                    let response = ui.add(close.min_size(vec2(24.0, 24.0)));
                    response.widget_info(|| {
                        egui::WidgetInfo::labeled(egui::Role::Button, true, "Dismiss")
                    });
                    if response.on_hover_text("Dismiss (Esc)").clicked() {
                        out.push(Command::DismissNotice);
                    }
                    if notice.kind == NoticeKind::Problem
                        && !state.document.report.problems.is_empty()
                        && widgets::button(ui, "Show findings").clicked()
                    {
                        out.push(Command::SetTab(MapTab::Findings));
                    }
                });
            });
        });
}
