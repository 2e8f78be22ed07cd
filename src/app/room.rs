//! What the window has room for: which panels are shown, and how the middle is divided between the
//! timeline and the pane below it.

use super::{AppState, Command, Pane};

/// From this width of the window on, in points, both side panels have room.
const BOTH_SIDES: f32 = 1100.0;
/// The share of the middle's height that the lower pane takes unless the divider was moved.
const SHARE: f32 = 0.42;
/// What it takes of a low window, in points, up to half of the height.
const WANTED: f32 = 330.0;
/// The least height of the lower pane, and of the timeline with its overview, in points.
const LEAST: (f32, f32) = (180.0, 200.0);

/// What is not known from the settings alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Whether the window is too narrow for both side panels.
    narrow: bool,
    /// Which of the two is shown while it is, if that one is open at all.
    side: Pane,
}

impl Default for Room {
    fn default() -> Self {
        Self { narrow: false, side: Pane::Filters }
    }
}

impl Room {
    /// The command that takes note of the window's width in points, where that changes anything.
    #[must_use]
    pub fn noted(self, width: f32) -> Option<Command> {
        let narrow = width < BOTH_SIDES;
        (narrow != self.narrow).then_some(Command::Narrow(narrow))
    }
}

impl AppState {
    /// Whether a panel is shown: it is open, and there is room for it.
    #[must_use]
    pub fn shows(&self, pane: Pane) -> bool {
        let open = match pane {
            Pane::Filters => self.settings.filters_open,
            Pane::Details => self.settings.details_open,
            Pane::Map => return self.settings.map_open,
        };
        open && (!self.room.narrow || self.room.side == pane)
    }

    /// Whether the lower pane has all the height but that of the overview.
    #[must_use]
    pub fn pane_fills(&self) -> bool {
        self.settings.map_open && self.settings.map_fills
    }

    /// The height of the lower pane, in points, where the middle of the window is `height` high.
    #[must_use]
    pub fn pane_height(&self, height: f32) -> f32 {
        let wanted = match self.settings.split {
            Some(share) => height * share,
            None => (height * SHARE).max(WANTED.min(height * 0.5)),
        };
        wanted.min(height - LEAST.1).max(LEAST.0).round()
    }

    pub(super) fn toggle(&mut self, pane: Pane) {
        let open = !self.shows(pane);
        self.put(pane, open);
    }

    /// Shows or hides a panel. In a narrow window it takes the place of the other one.
    pub(super) fn put(&mut self, pane: Pane, open: bool) {
        match pane {
            Pane::Filters => self.settings.filters_open = open,
            Pane::Details => self.settings.details_open = open,
            Pane::Map => {
                self.settings.map_open = open;
                self.settings.map_fills &= open;
                return;
            }
        }
        self.room.side = pane;
    }

    /// Gives the lower pane all the height, or takes it back.
    pub(super) fn fill_pane(&mut self) {
        let fills = !self.pane_fills();
        self.settings.map_open = true;
        self.settings.map_fills = fills;
    }

    pub(super) fn narrow(&mut self, narrow: bool) {
        self.room.narrow = narrow;
        self.room.side = if self.selection.is_some() { Pane::Details } else { Pane::Filters };
    }

    /// Divides the height anew, by the share of the lower pane; as at first when `None`.
    pub(super) fn split(&mut self, share: Option<f32>) {
        self.settings.split =
            share.filter(|share| share.is_finite()).map(|share| share.clamp(0.1, 0.9));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::{Document, MapTab, NativeDialogs, Settings};
    use crate::model::{EngagementId, Target};

    fn state() -> AppState {
        let document = Document::built_in().unwrap();
        AppState::new(document, Settings::default(), Arc::new(NativeDialogs), Arc::new(|| {}))
    }

    #[test]
    fn a_narrow_window_shows_one_side_panel_and_the_selection_brings_its_own() {
        let mut state = state();
        assert_eq!(state.room.noted(1600.0), None);
        let noted = state.room.noted(1000.0).unwrap();
        state.apply(noted);
        assert_eq!(state.room.noted(900.0), None);
        assert!(state.shows(Pane::Filters) && !state.shows(Pane::Details));
        state.apply(Command::Select(Some(Target::Engagement(EngagementId::at(0)))));
        assert!(!state.shows(Pane::Filters) && state.shows(Pane::Details));
        state.apply(Command::Toggle(Pane::Filters));
        assert!(state.shows(Pane::Filters) && !state.shows(Pane::Details));
        state.apply(Command::Toggle(Pane::Filters));
        assert!(!state.shows(Pane::Filters) && !state.shows(Pane::Details));
        state.apply(Command::Toggle(Pane::Details));
        assert!(state.shows(Pane::Details));
        // What was open is open again once there is room.
        state.apply(Command::Toggle(Pane::Filters));
        let noted = state.room.noted(1400.0).unwrap();
        state.apply(noted);
        assert!(state.shows(Pane::Filters) && state.shows(Pane::Details));
    }

    #[test]
    fn both_parts_keep_their_least_height_wherever_the_divider_is() {
        let mut state = state();
        for share in [None, Some(0.0), Some(0.3), Some(1.0), Some(f32::NAN)] {
            state.apply(Command::Split(share));
            for height in [400.0, 628.0, 900.0, 1400.0] {
                let pane = state.pane_height(height);
                assert!(pane >= LEAST.0 && height - pane >= LEAST.1, "{share:?} {height} {pane}");
            }
        }
        state.apply(Command::Split(Some(0.6)));
        assert_eq!(state.pane_height(1000.0), 600.0);
    }

    #[test]
    fn the_pane_that_fills_is_opened_and_hiding_it_ends_that() {
        let mut state = state();
        state.apply(Command::FillPane);
        assert!(state.pane_fills());
        state.apply(Command::SetTab(MapTab::Table));
        assert!(state.pane_fills());
        state.apply(Command::Toggle(Pane::Map));
        assert!(!state.pane_fills() && !state.shows(Pane::Map));
        state.apply(Command::FillPane);
        assert!(state.pane_fills() && state.shows(Pane::Map));
        state.apply(Command::FillPane);
        assert!(!state.pane_fills() && state.shows(Pane::Map));
    }
}
