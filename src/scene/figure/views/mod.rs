//! The figure of a view: the same drawing as in the window, composed for print.

mod change;
mod map;
mod network;
pub(super) mod timeline;

use std::collections::BTreeMap;

pub use change::ChangeFigure;

use super::{Figure, Legend, MARGIN, Page, Part, notes, shift};
use crate::{
    layout::{basemap::Basemap, network::PartyLayout},
    model::{Dataset, DayRange, EngagementId, when::Span, words},
    query::{Columns, Hits, LaneBy, LaneLook, LaneOrder, Ties},
    scene::{Scene, Tokens, map::MapOptions, network::Reading},
};

/// Which drawing a figure shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FigureView {
    /// Lanes under a calendar axis.
    #[default]
    Timeline,
    /// Parties and what ties them.
    Network,
    /// Engagements at their places.
    Map,
    /// What differs between two stretches of time.
    Compare,
    /// Several stretches of time side by side.
    Panels,
    /// The levels of partnerships over time.
    Levels,
    /// Timeline, map and network with a table of the engagements and what is doubtful about them, on as many
    /// pages as it takes.
    Report,
}

impl FigureView {
    /// All values, in the order in which a reader should see them.
    pub const ALL: [Self; 7] = [
        Self::Timeline,
        Self::Network,
        Self::Map,
        Self::Compare,
        Self::Panels,
        Self::Levels,
        Self::Report,
    ];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Timeline => "Timeline",
            Self::Network => "Network",
            Self::Map => "Map",
            Self::Compare => "Compare",
            Self::Panels => "Panels",
            Self::Levels => "Levels",
            Self::Report => "Report",
        }
    }
}

/// What a figure shows and how.
#[derive(Clone, Copy, Debug)]
pub struct FigureSpec<'a> {
    /// The dataset.
    pub dataset: &'a Dataset,
    /// Its columns.
    pub columns: &'a Columns,
    /// What passes the filter.
    pub hits: &'a Hits,
    /// Which drawing.
    pub view: FigureView,
    /// What the lanes of a timeline stand for.
    pub lanes: LaneBy,
    /// In which order they stand.
    pub lane_order: LaneOrder,
    /// What was done to them.
    pub lane_look: &'a LaneLook,
    /// The days that a timeline shows; all days of what passes the filter when `None`.
    pub days: Option<DayRange>,
    /// Where the parties of a network stand; laid out anew when `None`.
    pub layout: Option<&'a PartyLayout>,
    /// How a network is read, and what was measured for it.
    pub reading: Reading<'a>,
    /// The ties of a network at the level at which it is read.
    pub ties: Option<&'a Ties>,
    /// Whose outlines a map is drawn on.
    pub basemap: Basemap,
    /// What a map shows besides, and how.
    pub map: &'a MapOptions,
    /// The claims that the reader has chosen where sources disagree.
    pub chosen: &'a BTreeMap<EngagementId, usize>,
    /// What other dates leave possible, by engagement; may be shorter than the engagements.
    pub tightened: &'a [Option<Span>],
    /// Engagements whose statements cannot all be true, as pairs to be tied in a timeline.
    pub conflicts: &'a [(EngagementId, EngagementId)],
    /// What a report tells of contradictions and doubts, a paragraph each.
    pub findings: &'a [String],
    /// The filter in words; empty when everything passes.
    pub filter: &'a str,
    /// The name of the data file, without its folder.
    pub file: &'a str,
    /// The checksum of the data file, with the name of its kind; empty for none.
    pub checksum: &'a str,
    /// What changed over time, for the views that show that.
    pub change: ChangeFigure<'a>,
    /// Size, colours and parts of the page.
    pub page: &'a Page,
}

impl FigureSpec<'_> {
    /// The legend, unless it is left out.
    fn legend(&self, draw: impl FnOnce() -> Legend) -> Legend {
        if self.page.has(Part::Legend) { draw() } else { Legend::default() }
    }
}

/// Draws the figure on one page; of a report, its timeline.
#[must_use]
pub fn draw(spec: &FigureSpec<'_>) -> Scene {
    let words = words(spec);
    let mut scene = shift::scaled(drawing(spec, &words), spec.page.zoom);
    let Some(height) = spec.page.height else { return scene };
    // A smaller zoom leaves more room: a few steps, because more room makes some drawings higher.
    let mut zoom = spec.page.zoom;
    for _ in 0..3 {
        if scene.height <= height + 0.5 || zoom <= spec.page.least_zoom {
            break;
        }
        zoom = (zoom * (height / scene.height).min(0.98)).max(spec.page.least_zoom);
        let page = Page { zoom, ..spec.page.clone() };
        scene = shift::scaled(drawing(&FigureSpec { page: &page, ..*spec }, &words), zoom);
    }
    scene
}

/// The engagements that pass, in the order of time.
pub(super) fn shown(spec: &FigureSpec<'_>) -> Vec<EngagementId> {
    spec.hits.rows.iter().map(|row| spec.columns.engagement[*row as usize]).collect()
}

/// All that stands on the page in words.
pub(super) fn words(spec: &FigureSpec<'_>) -> Figure {
    let page = spec.page;
    let title = page.title.as_deref().unwrap_or_else(|| spec.dataset.title());
    let mut said = Vec::new();
    if page.has(Part::Notes) && matches!(spec.view, FigureView::Timeline | FigureView::Report) {
        said.extend(notes::disputes(spec.dataset, &shown(spec)));
        said.extend(notes::undated(spec.columns, &spec.hits.rows));
    }
    let of_change =
        matches!(spec.view, FigureView::Compare | FigureView::Panels | FigureView::Levels);
    if page.has(Part::Notes) && of_change {
        said.extend(spec.change.notes());
    }
    let cited = if page.has(Part::Sources) {
        notes::cited(spec.dataset, spec.columns, &spec.hits.rows)
    } else {
        Vec::new()
    };
    Figure {
        title: if page.has(Part::Title) { title.to_owned() } else { String::new() },
        subtitle: subtitle(spec),
        notes: said,
        sources: notes::sources(spec.dataset, &cited, notes::SOURCES),
        provenance: if page.has(Part::Provenance) { provenance(spec) } else { String::new() },
        tokens: Tokens::of(page.theme),
        margin: MARGIN,
    }
}

/// The drawing with these words around it, as large as in the window.
pub(super) fn drawing(spec: &FigureSpec<'_>, figure: &Figure) -> Scene {
    match spec.view {
        FigureView::Timeline | FigureView::Report => timeline::draw(spec, figure),
        FigureView::Network => network::draw(spec, figure),
        FigureView::Map => map::draw(spec, figure),
        FigureView::Compare => change::compare(spec, figure),
        FigureView::Panels => change::panels(spec, figure),
        FigureView::Levels => change::levels(spec, figure),
    }
}

/// "Engagements by partnership · with Cambodia · 22 of 24 engagements · 2011–2026".
fn subtitle(spec: &FigureSpec<'_>) -> String {
    let mut parts = Vec::new();
    let what = spec.page.has(Part::Subtitle);
    if what {
        parts.push(match spec.view {
            FigureView::Timeline => {
                format!("Engagements by {}", spec.lanes.label().to_lowercase())
            }
            FigureView::Network => "Who engages with whom".to_owned(),
            FigureView::Map => "Engagements by place".to_owned(),
            FigureView::Compare | FigureView::Panels => {
                spec.change.subtitle().unwrap_or_else(|| "Who engages with whom".to_owned())
            }
            FigureView::Levels => "Levels of partnerships over time".to_owned(),
            FigureView::Report => "Engagements".to_owned(),
        });
    }
    if !spec.filter.is_empty() && spec.page.has(Part::Filter) {
        parts.push(spec.filter.to_owned());
    }
    if what && spec.view != FigureView::Levels {
        let (shown, all) = (spec.hits.rows.len(), words::grouped(spec.columns.len()));
        parts.push(if shown == spec.columns.len() {
            format!("all {all} engagements")
        } else {
            format!("{} of {all} engagements", words::grouped(shown))
        });
        // Where days were asked for, the filter has said so.
        if let (None, Some(extent)) = (spec.days, spec.hits.extent) {
            parts.push(words::days(extent));
        }
    }
    parts.join(" · ")
}

/// "Data: partnerships.json, SHA-256 1f3a…".
fn provenance(spec: &FigureSpec<'_>) -> String {
    let mut parts = Vec::new();
    if !spec.file.is_empty() {
        parts.push(format!("Data: {}", spec.file));
    }
    if !spec.checksum.is_empty() {
        parts.push(spec.checksum.to_owned());
    }
    parts.push(format!("Démarche {}", env!("CARGO_PKG_VERSION")));
    parts.join(" · ")
}
