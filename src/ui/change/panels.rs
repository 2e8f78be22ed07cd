//! Several stretches of time side by side.

use egui::{Id, Role, Sense, Ui, WidgetInfo, vec2};

use super::super::{marks, paint, theme, widgets};
use super::{days_field, part, row, weak};
use crate::app::{AppState, ChangeCommand, Command, PERIODS_FIELD, PanelsBy, TimeWindow};
use crate::model::{DayRange, PartyId, Target};
use crate::scene::change::{self, PanelsScene, PanelsSpec};
use crate::scene::{Point, Theme, Tokens};

/// What the drawing was made from.
#[derive(PartialEq)]
struct Key {
    revision: u64,
    size: (f32, f32),
    theme: Theme,
    highlighted: Option<PartyId>,
    moved: u64,
}

/// What the view keeps between frames.
#[derive(Default)]
pub struct PanelsPane {
    drawn: Option<(Key, PanelsScene)>,
}

/// Height of the row of controls.
const ROW: f32 = 32.0;

impl PanelsPane {
    /// Shows the view.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
        let whole = ui.max_rect();
        let (bar, rest) = whole.split_top_bottom_at_y(whole.top() + ROW);
        choices(&mut row(ui, bar.shrink2(vec2(12.0, 0.0)), "panels"), state, out);
        let rect = rest.shrink2(vec2(12.0, 4.0));
        if let Some(problem) = &state.changes.problem {
            let mut body = part(ui, rest, "problem");
            widgets::empty(&mut body, "These periods cannot be shown", &problem.message);
            return;
        }
        let Some(panels) = &state.changes.panels else {
            widgets::empty(
                &mut part(ui, rest, "counting"),
                "Counting",
                "The other views are ready.",
            );
            return;
        };
        if state.layout.positions.is_empty() {
            let mut body = part(ui, rest, "arranging");
            widgets::empty(&mut body, "Laying out the network", "The other views are ready.");
            return;
        }
        let response = ui.interact(rect, Id::unique("panels"), Sense::click());
        response.widget_info(|| {
            let count = panels.panels.len();
            WidgetInfo::labeled(Role::Canvas, true, format!("{count} stretches of time"))
        });
        let theme = theme::theme_of(ui.ctx());
        let highlighted = match state.hover.or(state.selection) {
            Some(Target::Party(id)) => Some(id),
            _ => None,
        };
        let size = (rect.width(), rect.height());
        let key = Key {
            revision: state.changes.revision,
            size,
            theme,
            highlighted,
            moved: state.layout_revision,
        };
        if self.drawn.as_ref().is_none_or(|(old, _)| *old != key) {
            let drawn = change::panels(&PanelsSpec {
                dataset: &state.document.dataset,
                panels,
                layout: &state.layout,
                size,
                tokens: Tokens::of(theme),
                highlighted,
            });
            self.drawn = Some((key, drawn));
        }
        let Some((_, drawn)) = &self.drawn else { return };
        paint::scene(&ui.painter().with_clip_rect(rect), rect.min, &drawn.scene);
        marks::interact(ui, &response, rect, &drawn.scene, state, out);
        let Some(at) = response.interact_pointer_pos().or(response.hover_pos()) else { return };
        let at = Point::new(at.x - rect.left(), at.y - rect.top());
        let Some(panel) = drawn.places.iter().position(|place| place.contains(at)) else { return };
        if response.double_clicked()
            && let Some(period) = panels.panels.get(panel).map(|panel| &panel.period)
            && let (Some(first), Some(last)) = (period.days.first(), period.days.last())
        {
            let extent = state.document.extent;
            let days = DayRange::new(first.from.max(extent.from), last.to.min(extent.to.plus(1)));
            let window = TimeWindow::new(f64::from(days.from.0), f64::from(days.to.0) + 1.0);
            out.push(Command::ShowWindow(window));
        }
    }
}

/// How time is divided.
fn choices(ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
    let view = &state.view.change;
    let options = PanelsBy::ALL.map(|by| {
        let hint = match by {
            PanelsBy::Years => "A panel a year; a decade where years would be too many",
            PanelsBy::Quarters => "A panel a quarter",
            PanelsBy::Months => "A panel a month",
            PanelsBy::Parts => "As many panels of the same length as you like",
            PanelsBy::Periods => "Periods with names: terms of office, phases",
        };
        (by, by.label(), hint)
    });
    if let Some(by) = widgets::segmented(ui, "panels by", &options, view.panels) {
        out.push(Command::Change(ChangeCommand::SetPanels(by)));
    }
    match view.panels {
        PanelsBy::Parts => {
            let mut parts = view.parts;
            let field = egui::DragValue::new(&mut parts).range(2..=24);
            let response = ui.add(field);
            response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, "How many parts"));
            if response.changed() {
                out.push(Command::Change(ChangeCommand::SetParts(parts)));
            }
            weak(ui, "parts");
        }
        PanelsBy::Periods => {
            let problem = state.changes.problem.as_ref();
            let problem = problem.filter(|problem| problem.field == PERIODS_FIELD);
            let hint = "Bush 2001-01-20/2009-01-19; Obama 2009-01-20/2017-01-19";
            let width = (ui.available_width() - 12.0).clamp(120.0, 520.0);
            let problem = problem.map(|problem| problem.message.as_str());
            if let Some(text) = days_field(ui, "Periods", &view.periods, hint, width, problem) {
                out.push(Command::Change(ChangeCommand::SetPeriods(text)));
            }
        }
        _ => {
            weak(ui, "One scale for all widths. Double-click a panel to show its time.");
        }
    }
}
