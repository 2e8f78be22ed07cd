//! What survives a restart: theme, panels, recent files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{MapTab, PlaySpeed, SavedView};
use crate::layout::basemap::Basemap;
use crate::query::{CalendarStep, LaneBy};

/// How many recent files are remembered.
pub const MAX_RECENT: usize = 10;

/// Which theme to use.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// The one that the desktop uses.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl ThemeChoice {
    /// All choices, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }
}

/// Settings of the app, kept between runs.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Which theme to use.
    pub theme: ThemeChoice,
    /// Whether the filters are shown.
    pub filters_open: bool,
    /// Whether the details are shown.
    pub details_open: bool,
    /// Whether the lower pane is shown.
    pub map_open: bool,
    /// Whether it has all the height but that of the overview.
    pub map_fills: bool,
    /// The share of the height that it takes otherwise; what suits the window when `None`.
    pub split: Option<f32>,
    /// What the lanes stand for.
    pub lanes: LaneBy,
    /// What the lower pane shows.
    pub tab: MapTab,
    /// Which outlines the map shows.
    pub basemap: Basemap,
    /// By what steps the window moves.
    pub step: CalendarStep,
    /// How fast it plays.
    pub speed: PlaySpeed,
    /// Whether views jump instead of moving.
    pub reduced_motion: bool,
    /// Findings that were put aside, by id, with the reason.
    pub dismissed: BTreeMap<String, String>,
    /// Recently opened files, the latest first.
    pub recent: Vec<PathBuf>,
    /// The folder into which a figure was saved last.
    pub figures: Option<PathBuf>,
    /// Views that were saved under a name, in the order in which they were first saved.
    pub views: Vec<SavedView>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::default(),
            filters_open: true,
            details_open: true,
            map_open: true,
            map_fills: false,
            split: None,
            lanes: LaneBy::default(),
            tab: MapTab::default(),
            basemap: Basemap::default(),
            step: CalendarStep::default(),
            speed: PlaySpeed::default(),
            reduced_motion: false,
            dismissed: BTreeMap::new(),
            recent: Vec::new(),
            figures: None,
            views: Vec::new(),
        }
    }
}

impl Settings {
    /// Puts a file at the head of the recent ones.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|known| known != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(MAX_RECENT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recent_files_are_listed_once_latest_first() {
        let mut settings = Settings::default();
        for name in ["a", "b", "a"] {
            settings.remember(Path::new(name));
        }
        assert_eq!(settings.recent, [PathBuf::from("a"), PathBuf::from("b")]);
        for n in 0..20 {
            settings.remember(Path::new(&n.to_string()));
        }
        assert_eq!(settings.recent.len(), MAX_RECENT);
        assert_eq!(settings.recent[0], PathBuf::from("19"));
    }
}
