//! The page of a figure: how large it is, in which colours, and which parts stand on it.

use std::collections::BTreeSet;

use super::Preset;
use crate::scene::{Theme, Tokens};

/// The smallest text that is read with ease in print, in points.
const LEAST_TEXT: f32 = 6.0;

/// A part of a figure beside the drawing, which may be left out.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The title of the dataset, or the one that the user gave.
    Title,
    /// What is drawn, how many of how many, and over which days.
    Subtitle,
    /// The filter in words, a part of the subtitle.
    Filter,
    /// What the signs and colours in use mean.
    Legend,
    /// Disputed dates and what is not drawn.
    Notes,
    /// The documents that the figure rests on.
    Sources,
    /// Data file, checksum and program.
    Provenance,
}

impl Part {
    /// All parts, from top to bottom.
    pub const ALL: [Self; 7] = [
        Self::Title,
        Self::Subtitle,
        Self::Filter,
        Self::Legend,
        Self::Notes,
        Self::Sources,
        Self::Provenance,
    ];

    /// The name on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Subtitle => "subtitle",
            Self::Filter => "filter",
            Self::Legend => "legend",
            Self::Notes => "notes",
            Self::Sources => "sources",
            Self::Provenance => "provenance",
        }
    }

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Subtitle => "Subtitle",
            Self::Filter => "Filter in words",
            Self::Legend => "Legend",
            Self::Notes => "Notes",
            Self::Sources => "Sources",
            Self::Provenance => "Data and checksum",
        }
    }

    /// The part of a name.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.key() == key)
    }
}

/// The page of a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Width in points.
    pub width: f32,
    /// Height in points. A figure is higher where it must be; without a height, a timeline is as
    /// high as its lanes, and other drawings have the shape of a page in landscape.
    pub height: Option<f32>,
    /// How many points on the page a point of the window is: texts of 11 points are 8.25 points
    /// large in print at 0.75. Above 0.
    pub zoom: f32,
    /// How far the zoom may be lowered where that makes the figure fit the height.
    pub least_zoom: f32,
    /// Colours.
    pub theme: Theme,
    /// What stands above the drawing instead of the title of the dataset.
    pub title: Option<String>,
    /// The parts that are left out.
    pub without: BTreeSet<Part>,
}

impl Page {
    /// A page of a size, with every part on it.
    #[must_use]
    pub fn new(width: f32, height: Option<f32>) -> Self {
        Self {
            width,
            height,
            zoom: 1.0,
            least_zoom: 1.0,
            theme: Theme::default(),
            title: None,
            without: BTreeSet::new(),
        }
    }

    /// The page with the size of a preset.
    #[must_use]
    pub fn sized(self, preset: &Preset) -> Self {
        Self {
            width: preset.width,
            height: preset.height,
            zoom: preset.zoom,
            least_zoom: preset.zoom.min(LEAST_TEXT / Tokens::SMALL),
            ..self
        }
    }

    /// Whether a part stands on it.
    #[must_use]
    pub fn has(&self, part: Part) -> bool {
        !self.without.contains(&part)
    }

    /// The page in points of the window: as large as its zoom makes it.
    pub(super) fn drawn(&self) -> (f32, Option<f32>) {
        (self.width / self.zoom, self.height.map(|height| height / self.zoom))
    }
}

impl Default for Page {
    /// As wide as a wide window, as high as the drawing needs.
    fn default() -> Self {
        Self::new(1200.0, None)
    }
}
