//! Several stretches of time side by side.

use std::sync::Arc;

use egui::{Id, Mesh, Role, Sense, Ui, WidgetInfo, vec2};

use super::super::picture::{Drawing, Picture, Shift};
use super::super::{marks, theme, widgets};
use super::{Slow, days_field, part, row, weak};
use crate::app::{
    AppState, ChangeCommand, Command, Divided, Document, PERIODS_FIELD, PanelsBy, TimeWindow,
};
use crate::layout::network::PartyLayout;
use crate::model::{DayRange, PartyId, Target};
use crate::query::Period;
use crate::scene::change::{self, PanelsSpec};
use crate::scene::{Point, Rect, Theme, Tokens};

/// What the drawing is made from.
#[derive(Clone, PartialEq)]
struct Key {
    document: usize,
    revision: u64,
    size: (f32, f32),
    theme: Theme,
    highlighted: Option<PartyId>,
    moved: u64,
}

/// All that the drawing needs, so that it can be made elsewhere.
struct Sheet {
    key: Key,
    document: Arc<Document>,
    layout: Arc<PartyLayout>,
    divided: Arc<Divided>,
}

/// Where each stretch of time is drawn.
type Places = Vec<(Rect, Period)>;

impl Sheet {
    fn draw(&self) -> Drawing<Places> {
        let (key, panels) = (&self.key, &self.divided.panels);
        let drawn = change::panels(&PanelsSpec {
            dataset: &self.document.dataset,
            panels,
            layout: &self.layout,
            size: key.size,
            tokens: Tokens::of(key.theme),
            highlighted: key.highlighted,
            reading: self.divided.cast.reading(&self.document),
        });
        let periods = panels.panels.iter().map(|panel| panel.period.clone());
        let more = drawn.places.into_iter().zip(periods).collect();
        Drawing { scene: drawn.scene, under: Mesh::default(), more }
    }
}

/// What the view keeps between frames.
#[derive(Default)]
pub struct PanelsPane {
    picture: Picture<Key, Places>,
    slow: Slow,
}

/// Up to so many parties and ties panels are drawn within the frame; of more, in the background.
const AT_ONCE: usize = 400;
/// Height of the row of controls.
const ROW: f32 = 32.0;

impl PanelsPane {
    /// Whether the next drawing is being made.
    pub const fn is_drawing(&self) -> bool {
        self.picture.is_making()
    }

    /// Shows the view.
    pub fn show(&mut self, ui: &mut Ui, state: &AppState, out: &mut Vec<Command>) {
        let whole = ui.max_rect();
        let (bar, rest) = whole.split_top_bottom_at_y(whole.top() + ROW);
        let mut controls = row(ui, bar.shrink2(vec2(12.0, 0.0)), "panels");
        choices(&mut controls, state, out);
        self.slow.show(&mut controls, state);
        let rect = rest.shrink2(vec2(12.0, 4.0));
        if let Some(problem) = &state.changes.problem {
            let mut body = part(ui, rest, "problem");
            widgets::empty(&mut body, "These periods cannot be shown", &problem.message);
            return;
        }
        let wait = |ui: &mut Ui, what: &str| {
            widgets::empty(&mut part(ui, rest, "waiting"), what, "The other views are ready.");
        };
        let Some(divided) = state.changes.divided() else {
            wait(ui, "Counting");
            return;
        };
        if state.layout.positions.is_empty() {
            wait(ui, "Laying out the network");
            return;
        }
        let response = ui.interact(rect, Id::unique("panels"), Sense::click());
        response.widget_info(|| {
            let count = divided.panels.panels.len();
            WidgetInfo::labeled(Role::Canvas, true, format!("{count} stretches of time"))
        });
        let key = Key {
            document: Arc::as_ptr(&state.document).addr(),
            revision: state.changes.revision,
            size: (rect.width(), rect.height()),
            theme: theme::theme_of(ui.ctx()),
            highlighted: match state.hover.or(state.selection) {
                Some(Target::Party(id)) => Some(id),
                _ => None,
            },
            moved: state.layout_revision,
        };
        if self.picture.shown().is_some_and(|(old, ..)| old.document != key.document) {
            self.picture.forget();
        }
        self.picture.want(ui.ctx(), &key, is_heavy(divided), || {
            let sheet = Sheet {
                key: key.clone(),
                document: Arc::clone(&state.document),
                layout: Arc::clone(&state.layout),
                divided: Arc::clone(divided),
            };
            move || sheet.draw()
        });
        self.picture.paint(&ui.painter().with_clip_rect(rect), rect.min, Shift::NONE);
        let Some((_, scene, places)) = self.picture.shown() else {
            wait(ui, "Drawing the panels");
            return;
        };
        marks::interact(ui, &response, rect, scene, state, out);
        let Some(at) = response.interact_pointer_pos().or(response.hover_pos()) else { return };
        let at = Point::new(at.x - rect.left(), at.y - rect.top());
        let under = places.iter().find(|(place, _)| place.contains(at));
        if response.double_clicked()
            && let Some((_, period)) = under
            && let (Some(first), Some(last)) = (period.days.first(), period.days.last())
        {
            let extent = state.document.extent;
            let days = DayRange::new(first.from.max(extent.from), last.to.min(extent.to.plus(1)));
            let window = TimeWindow::new(f64::from(days.from.0), f64::from(days.to.0) + 1.0);
            out.push(Command::ShowWindow(window));
        }
    }
}

/// Whether panels take longer to draw than a frame should.
fn is_heavy(divided: &Divided) -> bool {
    let panels = &divided.panels.panels;
    let ties: usize = panels.iter().map(|panel| panel.ties.ties.len()).sum();
    let parties = panels.first().map_or(0, |panel| panel.ties.engagements.len());
    ties + parties * panels.len() > AT_ONCE
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
