//! The timeline as a scene: lanes of engagements under a calendar axis.
//!
//! [`build`] draws the visible part for the window or the whole for a figure, by the same rules.
//! What stands in which row depends on the zoom alone, so that panning moves everything and
//! changes nothing.

pub(in crate::scene) mod axis;
mod conflict;
mod crowd;
mod density;
mod draw;
mod folded;
mod header;
mod lane;
pub(in crate::scene) mod mark;
mod measure;
mod memo;
pub(in crate::scene) mod piece;
pub mod shapes;
mod used;

use std::collections::BTreeMap;

pub use axis::AXIS_HEIGHT;
pub use memo::Memo;
pub use used::{Convention, Used};

use super::{Item, Rect, Scene, Tokens};
use crate::{
    layout::{TimeScale, ticks::Ticks},
    model::{
        Dataset, DayRange, EngagementId, PartnershipId, PartyId, SourceId, Target, when::Span,
    },
    query::{Columns, LaneBy, LaneKey, LaneRows, lane_key},
};

/// Where a timeline is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Frame {
    /// In a window of this size in points, its lanes scrolled down by `scroll` points; only what
    /// is visible is drawn.
    Window {
        /// Width.
        width: f32,
        /// Height, the axis included.
        height: f32,
        /// How far the lanes are scrolled.
        scroll: f32,
    },
    /// On a page of this width, as high as it needs to be.
    Page {
        /// Width.
        width: f32,
    },
    /// A part of such a page under an axis of its own: `height` points of its lanes, from `top`
    /// points below the first.
    Slice {
        /// Width.
        width: f32,
        /// Where the part begins.
        top: f32,
        /// Its height without the axis.
        height: f32,
    },
}

impl Frame {
    /// Its width in points.
    #[must_use]
    pub const fn width(self) -> f32 {
        match self {
            Self::Window { width, .. } | Self::Page { width } | Self::Slice { width, .. } => width,
        }
    }
}

/// What a timeline shows and how.
#[derive(Clone, Copy, Debug)]
pub struct TimelineSpec<'a> {
    /// The dataset.
    pub dataset: &'a Dataset,
    /// Its columns.
    pub columns: &'a Columns,
    /// The lanes with their rows, from [`lanes`](crate::query::lanes).
    pub lanes: &'a [LaneRows],
    /// Another number whenever the rows of lanes have changed, so that what is remembered of them
    /// can be used again; 0 where nothing is to be.
    pub revision: u64,
    /// What the lanes stand for.
    pub by: LaneBy,
    /// The days shown; see [`plot`] for the place it should have.
    pub scale: TimeScale,
    /// The days that the engagements may reach, [`Hits::extent`](crate::query::Hits::extent):
    /// labels stay within them, open ends reach to their edges. For a figure, the days shown.
    pub extent: Option<DayRange>,
    /// Where it is drawn.
    pub frame: Frame,
    /// Colours.
    pub tokens: &'a Tokens,
    /// Width of the lanes' names at the left, in points.
    pub header_width: f32,
    /// The claims that the reader has chosen where sources disagree, by position among the
    /// engagement's dates.
    pub chosen: &'a BTreeMap<EngagementId, usize>,
    /// What other dates leave possible, by engagement; may be shorter than the engagements.
    pub tightened: &'a [Option<Span>],
    /// Engagements whose statements cannot all be true, as pairs to be tied:
    /// [`Findings::conflicts`](crate::model::check::Findings::conflicts).
    pub conflicts: &'a [(EngagementId, EngagementId)],
}

/// Where a lane went.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LanePlacement {
    /// Which lane.
    pub key: LaneKey,
    /// Top edge in the scene, in points; outside the window when scrolled away.
    pub y: f32,
    /// Height in points.
    pub h: f32,
    /// How many of its engagements have no date to be drawn at; 0 for a lane out of view where
    /// there are very many.
    pub undated: u32,
    /// How many of its marks are folded into numbers; 0 where there are very many, which
    /// [`TimelineScene::folds`] counts.
    pub folded: u32,
}

/// Marks that are drawn as a number, and the days to zoom to for seeing them one by one.
#[derive(Clone, Debug, PartialEq)]
pub struct Fold {
    /// Where the pointer meets the number.
    pub rect: Rect,
    /// The stretch that it counts.
    pub days: DayRange,
    /// How many engagements it stands for.
    pub count: u32,
    /// What it says, in one line.
    pub title: String,
}

/// A timeline that has been drawn.
#[derive(Clone, Debug)]
pub struct TimelineScene {
    /// The drawing.
    pub scene: Scene,
    /// Height of all lanes together without the axis, in points: what can be scrolled.
    pub content_height: f32,
    /// Where each lane went, in the order of the spec.
    pub lanes: Vec<LanePlacement>,
    /// The rectangle in which marks are drawn, below the axis and right of the names.
    pub plot: Rect,
    /// What the drawing uses, for its legend.
    pub used: Used,
    /// The numbers that stand for several marks.
    pub folds: Vec<Fold>,
}

/// Free space at the right of the plot, in points.
const MARGIN_RIGHT: f32 = 12.0;

/// Left edge and width of the plot in a frame: where its scale should be placed.
#[must_use]
pub fn plot(width: f32, header_width: f32) -> (f32, f32) {
    (header_width, (width - header_width - MARGIN_RIGHT).max(1.0))
}

/// The thing that a lane's name leads to.
#[must_use]
pub fn lane_target(by: LaneBy, key: LaneKey) -> Option<Target> {
    let LaneKey::Id(id) = key else { return None };
    match by {
        LaneBy::Partnership => Some(Target::Partnership(PartnershipId(id))),
        LaneBy::Party => Some(Target::Party(PartyId(id))),
        LaneBy::Source => Some(Target::Source(SourceId(id))),
        LaneBy::Kind | LaneBy::Topic => None,
    }
}

/// The stretch in which labels stay and to which open ends reach, in points from 1970-01-01.
///
/// A page and a view of everything have their own edges. In a closer view of a window, the edges
/// are those of the data: they do not move while panning, and the names of the last marks stand to
/// their left, where there is something to see beside them.
fn bounds(spec: &TimelineSpec<'_>) -> (f64, f64) {
    const ROOM: f64 = 24.0;
    let scale = &spec.scale;
    let per_day = scale.points_per_day();
    let shown = (scale.from() * per_day, scale.to() * per_day);
    match (spec.frame, spec.extent) {
        (Frame::Page { .. } | Frame::Slice { .. }, _) | (_, None) => shown,
        (Frame::Window { .. }, Some(extent)) => {
            let from = f64::from(extent.from.0) * per_day - ROOM;
            let to = (f64::from(extent.to.0) + 1.0) * per_day + ROOM;
            if shown.0 <= from && to <= shown.1 { shown } else { (from, to) }
        }
    }
}

/// Draws a timeline once.
#[must_use]
pub fn build(spec: &TimelineSpec<'_>) -> TimelineScene {
    build_with(spec, &mut Memo::default())
}

/// Draws a timeline again and again: what stands in which row is remembered while the zoom, the
/// lanes and their rows stay.
#[must_use]
pub fn build_with(spec: &TimelineSpec<'_>, memo: &mut Memo) -> TimelineScene {
    let (tokens, scale) = (spec.tokens, &spec.scale);
    let width = spec.frame.width();
    let per_day = scale.points_per_day();
    let bounds = bounds(spec);
    let entries: usize = spec.lanes.iter().map(|lane| lane.rows.len()).sum();
    // Few marks are laid out as a whole, many where they are in view.
    let layouts = (entries <= crowd::MANY).then(|| memo.layouts(spec, per_day, bounds));
    let lane_height = |index: usize| match &layouts {
        _ if spec.lanes[index].folded => folded::HEIGHT,
        Some(layouts) => layouts[index].height,
        None => crowd::height(spec.lanes[index].rows.len()),
    };
    let content_height: f32 = (0..spec.lanes.len()).map(lane_height).sum();
    let (height, scroll) = match spec.frame {
        Frame::Window { height, scroll, .. } => (height, scroll),
        Frame::Page { .. } => (AXIS_HEIGHT + content_height, 0.0),
        Frame::Slice { top, height, .. } => (AXIS_HEIGHT + height, top),
    };
    let plot = Rect::new(scale.x0(), AXIS_HEIGHT, scale.width(), (height - AXIS_HEIGHT).max(0.0));
    let frame = mark::Frame {
        per_day,
        shift: f64::from(scale.x0()) - scale.from() * per_day,
        bounds,
        view: (plot.x, plot.right()),
    };

    // Rows with a date come first.
    let dated = spec.columns.is_empty() || spec.columns.dated.first() == Some(&true);
    let ticks = if dated { axis::of(scale) } else { Ticks::default() };
    let mut used = Used::default();
    let (mut grounds, mut names, mut marks) = (Vec::new(), Vec::new(), Vec::new());
    let mut folds = Vec::new();
    let mut lanes = Vec::with_capacity(spec.lanes.len());
    let mut y = AXIS_HEIGHT - scroll;
    let (mut crowded, mut folded) = (Vec::new(), Vec::new());
    for (index, rows) in spec.lanes.iter().enumerate() {
        let h = lane_height(index);
        let layout = layouts.as_ref().map(|layouts| &layouts[index]);
        let mut placed = LanePlacement { key: rows.key, y, h, undated: 0, folded: 0 };
        if let Some(layout) = layout {
            placed.undated = layout.undated;
            placed.folded = match layout.dense {
                true => layout.items.len() as u32,
                false => layout.packed.folded as u32,
            };
        }
        if y + h > AXIS_HEIGHT && y < height {
            let ground = if index % 2 == 0 { tokens.panel } else { tokens.paper };
            grounds.push(Item::Rect {
                rect: Rect::new(0.0, y, width, h),
                radius: 0.0,
                fill: Some(ground),
                stroke: None,
            });
            let id = lane_key(spec.dataset, spec.by, rows.key).unwrap_or_default().to_owned();
            let seen = (y.max(AXIS_HEIGHT), (y + h).min(height));
            if rows.folded || layout.is_none() {
                placed.undated = crowd::undated(spec.columns, &rows.rows);
            }
            let many = layout.map_or(rows.rows.len() > 1, |layout| layout.dense);
            names.push(header::draw(spec, rows, (many, placed.undated, h), &id, seen));
            let at = draw::LaneAt { id, y, ground };
            match layout {
                _ if rows.folded => folded.push(crowd::Seen { rows, at }),
                Some(layout) => {
                    draw::lane(spec, layout, &frame, &at, &mut used, &mut marks, &mut folds);
                }
                None => crowded.push(crowd::Seen { rows, at }),
            }
        }
        lanes.push(placed);
        y += h;
    }
    memo.crowd.draw(spec, &frame, &crowded, &mut used, &mut marks, &mut folds);
    memo.folded.draw(spec, &frame, &folded, &mut used, &mut marks, &mut folds);
    let lanes_end = y.min(height);
    let mut lines = Vec::new();
    axis::lines(&ticks, AXIS_HEIGHT, lanes_end, tokens, &mut lines);
    let mut items = Vec::new();
    let below = Rect::new(0.0, AXIS_HEIGHT, width, (height - AXIS_HEIGHT).max(0.0));
    grounds.append(&mut lines);
    grounds.append(&mut names);
    items.push(Item::Clip { rect: below, items: grounds });
    axis::labels(&ticks, tokens, &mut items);
    if !dated {
        items.push(axis::none(scale.x0(), tokens));
    }
    // Signs may stand a little outside the plot, so the clip leaves the margin free.
    let clip = Rect::new(plot.x, plot.y, plot.w + MARGIN_RIGHT, plot.h);
    // The curves run below names and marks.
    let mut tied = match &layouts {
        Some(layouts) => {
            let places = |id| conflict::occurrences(spec, layouts, &lanes, &frame, id);
            conflict::ties(spec, places, plot, &mut used)
        }
        None => {
            let drawn = conflict::drawn(&marks);
            let places = |id| drawn.get(&id).cloned().unwrap_or_default();
            conflict::ties(spec, places, plot, &mut used)
        }
    };
    tied.append(&mut marks);
    items.push(Item::Clip { rect: clip, items: tied });
    let title = format!("Timeline of {entries} entries in {} lanes", spec.lanes.len());
    let scene = Scene { width, height, background: tokens.paper, title, items };
    TimelineScene { scene, content_height, lanes, plot, used, folds }
}
