//! The figure of a view: the same drawing as in the window, composed for print.

use std::collections::BTreeMap;

use super::{Figure, key, notes};
use crate::{
    layout::{
        TimeScale,
        basemap::Basemap,
        ground::Ground,
        network::{Options, PartyLayout},
    },
    model::{Dataset, Day, DayRange, EngagementId, when::Span, words},
    query::{Columns, Filter, Hits, LaneBy, TieWeight, evaluate, lanes, ties},
    scene::{
        Point, Scene, Theme, Tokens, legend,
        map::{self, MapSpec},
        network::{self, NetworkSpec},
        text,
        timeline::{self, Frame, TimelineSpec},
    },
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
}

impl FigureView {
    /// All values, in the order in which a reader should see them.
    pub const ALL: [Self; 3] = [Self::Timeline, Self::Network, Self::Map];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Timeline => "Timeline",
            Self::Network => "Network",
            Self::Map => "Map",
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
    /// The days that a timeline shows; all days of what passes the filter when `None`.
    pub days: Option<DayRange>,
    /// Where the parties of a network stand; laid out anew when `None`.
    pub layout: Option<&'a PartyLayout>,
    /// Whose outlines a map is drawn on.
    pub basemap: Basemap,
    /// The claims that the reader has chosen where sources disagree.
    pub chosen: &'a BTreeMap<EngagementId, usize>,
    /// What other dates leave possible, by engagement; may be shorter than the engagements.
    pub tightened: &'a [Option<Span>],
    /// Engagements whose statements cannot all be true, as pairs to be tied in a timeline.
    pub conflicts: &'a [(EngagementId, EngagementId)],
    /// The filter in words; empty when everything passes.
    pub filter: &'a str,
    /// The name of the data file, without its folder.
    pub file: &'a str,
    /// The checksum of the data file, with the name of its kind; empty for none.
    pub checksum: &'a str,
    /// Colours.
    pub theme: Theme,
    /// Width in points.
    pub width: f32,
    /// Height in points. A figure is higher where it must be; without a height, a timeline is as
    /// high as its lanes, and other drawings have the shape of a page in landscape.
    pub height: Option<f32>,
}

/// Draws the figure.
#[must_use]
pub fn draw(spec: &FigureSpec<'_>) -> Scene {
    let shown: Vec<EngagementId> =
        spec.hits.rows.iter().map(|row| spec.columns.engagement[*row as usize]).collect();
    let mut figure = Figure {
        title: spec.dataset.title().to_owned(),
        subtitle: subtitle(spec),
        notes: Vec::new(),
        sources: notes::sources(spec.dataset, spec.columns, &spec.hits.rows),
        provenance: provenance(spec),
        tokens: Tokens::of(spec.theme),
    };
    match spec.view {
        FigureView::Timeline => {
            figure.notes.extend(notes::disputes(spec.dataset, &shown));
            figure.notes.extend(notes::undated(spec.columns, &spec.hits.rows));
            of_timeline(spec, &figure)
        }
        FigureView::Network => of_network(spec, &figure),
        FigureView::Map => of_map(spec, &figure, &shown),
    }
}

fn of_timeline(spec: &FigureSpec<'_>, figure: &Figure) -> Scene {
    let width = Figure::inner_width(spec.width);
    let rows = lanes(spec.dataset, spec.columns, &spec.hits.rows, spec.lanes);
    let names = rows.iter().map(|lane| text::width(&lane.label, Tokens::BODY, true));
    let header_width = (names.fold(0.0, f32::max) + 28.0).clamp(72.0, (width * 0.28).min(220.0));
    let (x0, plot) = timeline::plot(width, header_width);
    let days = spec.days.or(spec.hits.extent).unwrap_or(DayRange::new(Day(0), Day(365)));
    let padding = if spec.days.is_some() { 0.0 } else { 24.0 };
    let drawn = timeline::build(&TimelineSpec {
        dataset: spec.dataset,
        columns: spec.columns,
        lanes: &rows,
        by: spec.lanes,
        scale: TimeScale::fit(days, padding, x0, plot),
        extent: spec.hits.extent,
        frame: Frame::Page { width },
        tokens: figure.tokens,
        header_width,
        chosen: spec.chosen,
        tightened: spec.tightened,
        conflicts: spec.conflicts,
    });
    let legend = legend::build(&drawn.used, Point::new(0.0, 0.0), width, figure.tokens);
    figure.compose(drawn.scene, legend, spec.height.unwrap_or(0.0))
}

fn of_network(spec: &FigureSpec<'_>, figure: &Figure) -> Scene {
    let tied =
        |rows: &[u32]| ties(spec.columns, rows, spec.dataset.parties().len(), TieWeight::Shared);
    let shown = tied(&spec.hits.rows);
    let laid_out;
    let layout = match spec.layout {
        Some(layout) => layout,
        None => {
            // Over the whole period, so that a figure of a part can be laid beside the whole.
            let all = evaluate(spec.dataset, spec.columns, &Filter::default());
            laid_out =
                PartyLayout::new(spec.dataset, &tied(&all.rows), &Options::default(), &mut |_| {
                    true
                })
                .unwrap_or_default();
            &laid_out
        }
    };
    let width = Figure::inner_width(spec.width);
    let legend = key::network(spec.dataset, layout, &shown, width, figure.tokens);
    let page = spec.height.unwrap_or(0.0);
    let mut size = figure.room(spec.width, page, legend.1);
    if let (None, Some([left, top, right, bottom])) = (spec.height, layout.bounds()) {
        // As high as the layout needs at this width, names and note included.
        let (names, note) = (150.0, 60.0);
        let shape = ((bottom - top) / (right - left + names)) as f32;
        size.1 = (width * shape + note).clamp(width / 3.0, width * 0.75).round();
    }
    let body = network::network(&NetworkSpec {
        dataset: spec.dataset,
        ties: &shown,
        layout,
        camera: network::fit(layout, size),
        size,
        tokens: figure.tokens,
        highlighted: None,
        note: true,
    });
    figure.compose(body, legend, page)
}

fn of_map(spec: &FigureSpec<'_>, figure: &Figure, shown: &[EngagementId]) -> Scene {
    let tied = ties(spec.columns, &spec.hits.rows, spec.dataset.parties().len(), TieWeight::Shared);
    let width = Figure::inner_width(spec.width);
    let legend = key::map(spec.dataset, shown, &tied, width, figure.tokens);
    let page = page_height(spec);
    let size = figure.room(spec.width, page, legend.1);
    let projection = map::projection(spec.dataset);
    let body = map::map(&MapSpec {
        dataset: spec.dataset,
        engagements: shown,
        ties: &tied,
        ground: &Ground::new(spec.basemap, projection),
        camera: map::fit(spec.dataset, &tied, &projection, size),
        size,
        tokens: figure.tokens,
        highlighted: None,
        land: true,
    });
    figure.compose(body, legend, page)
}

/// The height that is asked for, or that of a page in landscape.
fn page_height(spec: &FigureSpec<'_>) -> f32 {
    spec.height
        .unwrap_or_else(|| (spec.width.max(super::LEAST_WIDTH) / std::f32::consts::SQRT_2).round())
}

/// "Engagements by partnership · with Cambodia · 22 of 24 engagements · 2011–2026".
fn subtitle(spec: &FigureSpec<'_>) -> String {
    let mut parts = vec![match spec.view {
        FigureView::Timeline => format!("Engagements by {}", spec.lanes.label().to_lowercase()),
        FigureView::Network => "Who engages with whom".to_owned(),
        FigureView::Map => "Engagements by place".to_owned(),
    }];
    if !spec.filter.is_empty() {
        parts.push(spec.filter.to_owned());
    }
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
