//! The window in motion: steps of the calendar, one by one or played, with a short glide between
//! them unless the reader wants no motion.

use super::{AppState, TimeWindow};
use crate::model::Day;
use crate::query::{CalendarStep, months_later};

/// How fast steps follow one another.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum PlaySpeed {
    /// A step in two seconds.
    Slow,
    /// A step a second.
    #[default]
    Normal,
    /// Three steps a second.
    Fast,
}

impl PlaySpeed {
    /// All speeds, the slowest first.
    pub const ALL: [Self; 3] = [Self::Slow, Self::Normal, Self::Fast];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Slow => "a step in two seconds",
            Self::Normal => "a step a second",
            Self::Fast => "three steps a second",
        }
    }

    /// From one step to the next, in seconds.
    const fn seconds(self) -> f64 {
        match self {
            Self::Slow => 2.0,
            Self::Normal => 1.0,
            Self::Fast => 1.0 / 3.0,
        }
    }
}

/// What can be asked of the moving window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlayCommand {
    /// Play forwards, or stop.
    Toggle,
    /// Play backwards, or stop.
    ToggleBackwards,
    /// Move by so many steps of the calendar, backwards when negative.
    Step(i32),
    /// By what steps.
    SetStep(CalendarStep),
    /// How fast.
    SetSpeed(PlaySpeed),
    /// Show one month, quarter or year: that in the middle of the window.
    ShowOne(CalendarStep),
    /// Whether views jump instead of moving.
    ReduceMotion(bool),
}

/// How long the window glides from one step to the next, in seconds.
const GLIDE: f64 = 0.18;

/// A glide from one window to another.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Glide {
    from: TimeWindow,
    to: TimeWindow,
    /// When it began, in seconds; not yet when `None`.
    since: Option<f64>,
}

/// The window in motion.
#[derive(Clone, Debug, Default)]
pub struct Play {
    /// Forwards (1) or backwards (−1) while it plays.
    direction: Option<i32>,
    /// When the next step is due, in seconds; at once when `None`.
    due: Option<f64>,
    glide: Option<Glide>,
    /// Where stepping began, how many months have been gone since, and where that led: so that the
    /// 31st is the 31st again after a shorter month.
    origin: Option<(TimeWindow, i32, TimeWindow)>,
}

impl Play {
    /// Whether it plays, and in which direction: 1 is forwards, −1 backwards.
    #[must_use]
    pub const fn direction(&self) -> Option<i32> {
        self.direction
    }

    /// Stops where the window is.
    pub(super) fn halt(&mut self) {
        *self = Self::default();
    }

    /// The window some steps further than `window`.
    fn further(&mut self, window: TimeWindow, months: i32) -> TimeWindow {
        let (origin, gone) = match self.origin {
            Some((origin, gone, led)) if led == window => (origin, gone),
            _ => (window, 0),
        };
        let gone = gone.saturating_add(months);
        let to = later(origin, gone);
        self.origin = Some((origin, gone, to));
        to
    }
}

/// A window some months later, its edges on the same days of the month.
fn later(window: TimeWindow, months: i32) -> TimeWindow {
    let edge = |at: f64| {
        let day = Day(at.floor() as i32);
        f64::from(months_later(day, months).0) + (at - at.floor())
    };
    TimeWindow::new(edge(window.from), edge(window.to))
}

impl AppState {
    /// Carries out what is asked of the moving window.
    pub(super) fn play(&mut self, command: PlayCommand) {
        match command {
            PlayCommand::Toggle => self.toggle_play(1),
            PlayCommand::ToggleBackwards => self.toggle_play(-1),
            PlayCommand::Step(steps) => {
                self.play.direction = None;
                self.step(steps);
            }
            PlayCommand::SetStep(step) => self.settings.step = step,
            PlayCommand::SetSpeed(speed) => self.settings.speed = speed,
            PlayCommand::ShowOne(step) => {
                self.settings.step = step;
                let window = self.view.window;
                let middle = Day(f64::midpoint(window.from, window.to).floor() as i32);
                self.leave();
                self.play.halt();
                self.view.window = one(step, middle.clamp(self.first_day(), self.last_day()));
            }
            PlayCommand::ReduceMotion(reduce) => self.settings.reduced_motion = reduce,
        }
    }

    fn first_day(&self) -> Day {
        self.document.extent.from
    }

    fn last_day(&self) -> Day {
        self.document.extent.to
    }

    /// Starts to play from where the window is, or from the other end where it is at the end; a
    /// window of all time becomes that of one step first. Stops when it plays already.
    fn toggle_play(&mut self, direction: i32) {
        if self.play.direction == Some(direction) {
            self.play.direction = None;
            return;
        }
        self.leave();
        self.play.halt();
        let window = self.view.window;
        let (first, last) = (self.first_day(), self.last_day());
        let all = window.from <= f64::from(first.0) && window.to >= f64::from(last.0) + 1.0;
        let ended = if direction > 0 {
            window.to >= f64::from(last.0) + 1.0
        } else {
            window.from <= f64::from(first.0)
        };
        if all {
            self.view.window = one(self.settings.step, if direction > 0 { first } else { last });
        } else if ended {
            // As far back as it takes to begin with the first engagement, in whole steps.
            let months = self.settings.step.months();
            let distance = if direction > 0 {
                window.from - f64::from(first.0)
            } else {
                f64::from(last.0) + 1.0 - window.to
            };
            let steps = (distance / (f64::from(months) * 30.436_875)).ceil().max(0.0) as i32;
            self.view.window = later(window, -direction * steps.saturating_mul(months));
        }
        self.play.direction = Some(direction);
    }

    /// Moves by some steps, gliding unless no motion is wanted. Returns whether there is time left
    /// to move to.
    fn step(&mut self, steps: i32) -> bool {
        // A glide under way is over at once.
        if let Some(glide) = self.play.glide.take() {
            self.view.window = glide.to;
        }
        let from = self.view.window;
        let months = self.settings.step.months().saturating_mul(steps);
        let origin = self.play.origin;
        let to = self.play.further(from, months);
        let outside =
            to.to <= f64::from(self.first_day().0) || to.from > f64::from(self.last_day().0);
        if outside {
            self.play.origin = origin;
            return false;
        }
        if self.settings.reduced_motion {
            self.view.window = to;
        } else {
            self.play.glide = Some(Glide { from, to, since: None });
        }
        true
    }

    /// Moves the window on. `now` is the time in seconds since any moment. Returns in how many
    /// seconds this should be called again; `None` while nothing moves.
    pub fn tick(&mut self, now: f64) -> Option<f64> {
        let mut moved = false;
        let due = self.play.due.is_none_or(|due| now >= due);
        if let Some(direction) = self.play.direction
            && self.play.glide.is_none()
            && due
        {
            let window = self.view.window;
            let ended = if direction > 0 {
                window.to >= f64::from(self.last_day().0) + 1.0
            } else {
                window.from <= f64::from(self.first_day().0)
            };
            // The first step comes after a beat, so that where it begins can be seen.
            let first = self.play.due.is_none();
            if ended || !(first || self.step(direction)) {
                self.play.direction = None;
            } else {
                self.play.due = Some(now + self.settings.speed.seconds());
            }
            moved = true;
        }
        if let Some(glide) = &mut self.play.glide {
            let since = *glide.since.get_or_insert(now);
            let share = ((now - since) / GLIDE).clamp(0.0, 1.0);
            // Slow at both ends.
            let eased = share * share * (3.0 - 2.0 * share);
            let between = |a: f64, b: f64| a + (b - a) * eased;
            let window = TimeWindow {
                from: between(glide.from.from, glide.to.from),
                to: between(glide.from.to, glide.to.to),
            };
            if share >= 1.0 {
                self.view.window = glide.to;
                self.play.glide = None;
            } else {
                self.view.window = window;
            }
            moved = true;
        }
        if moved {
            self.refresh();
        }
        if self.play.glide.is_some() {
            return Some(0.0);
        }
        self.play.direction?;
        Some(self.play.due.map_or(0.0, |due| (due - now).max(0.0)))
    }
}

/// The window of one step that holds a day.
fn one(step: CalendarStep, day: Day) -> TimeWindow {
    let from = step.start(day);
    let to = months_later(from, step.months());
    TimeWindow::new(f64::from(from.0), f64::from(to.0))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::{Command, Document, NativeDialogs, Settings};

    fn state(reduced_motion: bool) -> AppState {
        let settings = Settings { reduced_motion, ..Settings::default() };
        let document = Document::built_in().unwrap();
        AppState::new(document, settings, Arc::new(NativeDialogs), Arc::new(|| {}))
    }

    fn iso(state: &AppState) -> (String, String) {
        let range = state.view.window.range();
        (range.from.iso(), range.to.iso())
    }

    fn day(year: i32, month: u32, day: u32) -> f64 {
        f64::from(Day::from_ymd(year, month, day).unwrap().0)
    }

    fn show(state: &mut AppState, from: f64, to: f64) {
        state.apply(Command::ShowWindow(TimeWindow::new(from, to)));
    }

    #[test]
    fn steps_keep_to_the_calendar_and_come_back_to_where_they_began() {
        let mut state = state(true);
        show(&mut state, day(2022, 1, 31), day(2022, 3, 31));
        let start = state.view.window;
        state.apply(Command::Play(PlayCommand::SetStep(CalendarStep::Month)));
        state.apply(Command::Play(PlayCommand::Step(1)));
        assert_eq!(iso(&state), ("2022-02-28".to_owned(), "2022-04-29".to_owned()));
        state.apply(Command::Play(PlayCommand::Step(1)));
        assert_eq!(iso(&state), ("2022-03-31".to_owned(), "2022-05-30".to_owned()));
        state.apply(Command::Play(PlayCommand::Step(-2)));
        assert_eq!(state.view.window, start);
        assert_eq!(state.tick(0.0), None, "a window at rest asks for nothing");
    }

    #[test]
    fn a_step_glides_and_ends_exactly() {
        let mut state = state(false);
        show(&mut state, day(2022, 1, 1), day(2023, 1, 1));
        state.apply(Command::Play(PlayCommand::Step(1)));
        assert_eq!(iso(&state).0, "2022-01-01", "nothing moves before time passes");
        assert_eq!(state.tick(10.0), Some(0.0));
        assert_eq!(state.tick(10.1), Some(0.0));
        assert!(state.view.window.from > day(2022, 1, 1));
        assert_eq!(state.tick(10.2), None);
        assert_eq!(state.view.window.from, day(2023, 1, 1));
        assert_eq!(state.view.window.to, day(2024, 1, 1));
    }

    #[test]
    fn playing_ends_with_the_last_engagement_and_begins_anew() {
        let mut state = state(true);
        show(&mut state, day(2021, 1, 1), day(2022, 1, 1));
        state.apply(Command::Play(PlayCommand::Toggle));
        let mut now = 0.0;
        let mut windows = vec![state.view.window];
        while let Some(wait) = state.tick(now) {
            assert!(wait > 0.0, "no frame between steps");
            now += wait;
            if windows.last() != Some(&state.view.window) {
                windows.push(state.view.window);
            }
            assert!(windows.len() < 100, "it never ends");
        }
        assert_eq!(state.play.direction(), None);
        assert!(windows.len() > 2);
        let last = f64::from(state.document.extent.to.0) + 1.0;
        assert!(state.view.window.to >= last && state.view.window.from < last);
        state.apply(Command::Play(PlayCommand::Toggle));
        assert!(state.view.window.from <= f64::from(state.document.extent.from.0));
        assert_eq!(state.play.direction(), Some(1));
        state.apply(Command::Pan(0.1));
        assert_eq!(state.play.direction(), None, "whoever moves the window has it");
    }

    #[test]
    fn all_time_is_played_a_step_at_a_time() {
        let mut state = state(true);
        state.apply(Command::FitAll);
        state.apply(Command::Play(PlayCommand::ToggleBackwards));
        assert!(state.view.window.days() < 367.0);
        assert!(state.view.window.to >= f64::from(state.document.extent.to.0) + 1.0);
        state.apply(Command::Play(PlayCommand::ToggleBackwards));
        assert_eq!(state.play.direction(), None);
    }
}
