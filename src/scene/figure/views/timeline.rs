//! The figure of a timeline.

use super::FigureSpec;
use crate::{
    layout::TimeScale,
    model::{Day, DayRange},
    query::{lanes, order_lanes},
    scene::{
        Point, Scene, Tokens,
        figure::Figure,
        legend, text,
        timeline::{self, Frame, TimelineSpec},
    },
};

/// Composes the timeline.
pub fn draw(spec: &FigureSpec<'_>, figure: &Figure) -> Scene {
    let (page, height) = spec.page.drawn();
    let width = figure.inner_width(page);
    let mut rows = lanes(spec.dataset, spec.columns, &spec.hits.rows, spec.lanes);
    order_lanes(&mut rows, spec.lane_order);
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
    let legend =
        spec.legend(|| legend::build(&drawn.used, Point::new(0.0, 0.0), width, figure.tokens));
    figure.compose(drawn.scene, legend, height.unwrap_or(0.0))
}
