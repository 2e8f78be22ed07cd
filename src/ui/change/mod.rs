//! The Change tab: two stretches of time compared, several side by side, levels over time.

mod compare;
mod levels;
mod levels_table;
mod panels;
mod table;

use egui::{Rect, Ui};

use super::{theme, widgets};
use crate::app::{AppState, ChangeCommand, ChangeMode, Command};
use crate::scene::Tokens;

/// What the tab keeps between frames.
#[derive(Default)]
pub struct ChangePane {
    compare: compare::ComparePane,
    panels: panels::PanelsPane,
    levels: levels::LevelsPane,
}

impl ChangePane {
    /// Whether any of its views is being drawn anew.
    #[must_use]
    pub const fn is_drawing(&self) -> bool {
        self.compare.is_drawing() || self.panels.is_drawing() || self.levels.is_drawing()
    }

    /// Shows the tab's body.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
        match state.view.change.mode {
            ChangeMode::Compare => self.compare.show(ui, state, out),
            ChangeMode::Panels => self.panels.show(ui, state, out),
            ChangeMode::Levels => self.levels.show(ui, state, out),
        }
    }
}

/// The choice among the tab's views, for the tool bar.
pub fn modes(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let options = ChangeMode::ALL.map(|mode| {
        let hint = match mode {
            ChangeMode::Compare => "What changed between two stretches of time",
            ChangeMode::Panels => "Several stretches of time side by side",
            ChangeMode::Levels => "Which partnership was at which level when",
        };
        (mode, mode.label(), hint)
    });
    if let Some(mode) = widgets::segmented(ui, "change", &options, state.view.change.mode) {
        out.push(Command::Change(ChangeCommand::SetMode(mode)));
    }
}

/// A field for days, with what it stands for while it is empty; red words below say what is wrong.
fn days_field(
    ui: &mut Ui,
    name: &str,
    text: &str,
    hint: &str,
    width: f32,
    problem: Option<&str>,
) -> Option<String> {
    let tokens = theme::tokens(ui.ctx());
    let mut edited = text.to_owned();
    let mut field = egui::TextEdit::singleline(&mut edited)
        .hint_text(hint)
        .font(theme::font(Tokens::NOTE))
        .margin(egui::Margin::symmetric(8, 4));
    if problem.is_some() {
        field = field.text_color(theme::color(tokens.error));
    }
    let response = ui.add_sized([width, 26.0], field);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    let changed = response.changed();
    let told = problem.unwrap_or(
        "Dates or words: 2009–2014, 2009/.., since 2009, every May. Empty: what stands there in \
         grey.",
    );
    response.on_hover_text(told);
    changed.then_some(edited)
}

/// Says that something is being counted, once that takes longer than a reader would not notice.
#[derive(Default)]
struct Slow {
    /// What was shown when it began, and when that was, in seconds.
    since: Option<(u64, f64)>,
}

impl Slow {
    /// After so many seconds it is said.
    const PATIENCE: f64 = 0.4;

    fn show(&mut self, ui: &mut Ui, state: &AppState) {
        if !state.changes.is_counting() {
            self.since = None;
            return;
        }
        let (now, shown) = (ui.input(|input| input.time), state.changes.revision);
        let since = self.since.filter(|(old, _)| *old == shown).map_or(now, |(_, since)| since);
        self.since = Some((shown, since));
        let left = Self::PATIENCE - (now - since);
        if left > 0.0 {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left));
        } else {
            weak(ui, "Counting…").on_hover_text("What was counted before is shown until then");
        }
    }
}

/// A child for a part of the pane.
fn part(ui: &mut Ui, rect: Rect, name: &str) -> Ui {
    let builder = egui::UiBuilder::new().id_salt(name).max_rect(rect);
    let mut child = ui.new_child(builder);
    child.set_clip_rect(rect.intersect(ui.clip_rect()));
    child
}

/// A child for a row of controls.
fn row(ui: &mut Ui, rect: Rect, name: &str) -> Ui {
    let builder = egui::UiBuilder::new()
        .id_salt(name)
        .max_rect(rect)
        .layout(egui::Layout::left_to_right(egui::Align::Center));
    ui.new_child(builder)
}

/// Weak words in the middle of a row.
fn weak(ui: &mut Ui, text: &str) -> egui::Response {
    let tokens = theme::tokens(ui.ctx());
    ui.label(
        egui::RichText::new(text)
            .font(theme::font(Tokens::NOTE))
            .color(theme::color(tokens.ink_weak)),
    )
}
