//! The figure of a timeline, on one page or in parts for several.

use super::FigureSpec;
use crate::{
    layout::TimeScale,
    model::{Day, DayRange},
    query::{LaneRows, lanes},
    scene::{
        Point, Scene, Tokens,
        figure::{Figure, Legend},
        legend, text,
        timeline::{self, AXIS_HEIGHT, Frame, Memo, TimelineScene, TimelineSpec},
    },
};

/// A timeline for a page of a width, before it is drawn.
struct Plan<'a> {
    spec: &'a FigureSpec<'a>,
    tokens: &'static Tokens,
    width: f32,
    header_width: f32,
    lanes: Vec<LaneRows>,
    scale: TimeScale,
}

impl<'a> Plan<'a> {
    fn new(spec: &'a FigureSpec<'a>, figure: &Figure) -> Self {
        let width = figure.inner_width(spec.page.drawn().0);
        let lanes = lanes(spec.dataset, spec.columns, &spec.hits.rows, spec.lanes);
        let (lanes, _) = spec.lane_look.arrange(lanes, spec.lane_order);
        let names = lanes.iter().map(|lane| text::width(&lane.label, Tokens::BODY, true));
        let header_width = names.fold(0.0, f32::max) + 28.0;
        // Names have more of a narrow page, or nothing would be left of them.
        let share = if width < 560.0 { 0.38 } else { 0.28 };
        let header_width = header_width.clamp(72.0, (width * share).clamp(72.0, 220.0));
        let (x0, plot) = timeline::plot(width, header_width);
        let days = spec.days.or(spec.hits.extent).unwrap_or(DayRange::new(Day(0), Day(365)));
        let padding = if spec.days.is_some() { 0.0 } else { 24.0 };
        let scale = TimeScale::fit(days, padding, x0, plot);
        Self { spec, tokens: figure.tokens, width, header_width, lanes, scale }
    }

    fn build(&self, frame: Frame, memo: &mut Memo) -> TimelineScene {
        let spec = self.spec;
        let spec = TimelineSpec {
            dataset: spec.dataset,
            columns: spec.columns,
            lanes: &self.lanes,
            revision: 0,
            by: spec.lanes,
            scale: self.scale,
            extent: spec.hits.extent,
            frame,
            tokens: self.tokens,
            header_width: self.header_width,
            chosen: spec.chosen,
            tightened: spec.tightened,
            conflicts: spec.conflicts,
        };
        timeline::build_with(&spec, memo)
    }

    fn legend(&self, drawn: &TimelineScene) -> Legend {
        let at = Point::new(0.0, 0.0);
        self.spec.legend(|| legend::build(&drawn.used, at, self.width, self.tokens))
    }
}

/// Composes the timeline on one page.
pub fn draw(spec: &FigureSpec<'_>, figure: &Figure) -> Scene {
    let plan = Plan::new(spec, figure);
    let drawn = plan.build(Frame::Page { width: plan.width }, &mut Memo::default());
    let legend = plan.legend(&drawn);
    figure.compose(drawn.scene, legend, spec.page.drawn().1.unwrap_or(0.0))
}

/// The timeline in parts of whole lanes, each under an axis of its own, the first at most `first`
/// points high and the others `rest`; and its legend.
pub fn parts(
    spec: &FigureSpec<'_>,
    figure: &Figure,
    first: f32,
    rest: f32,
) -> (Vec<Scene>, Legend) {
    let plan = Plan::new(spec, figure);
    let mut memo = Memo::default();
    let whole = plan.build(Frame::Page { width: plan.width }, &mut memo);
    let legend = plan.legend(&whole);
    let ends = whole.lanes.iter().map(|lane| lane.y + lane.h - AXIS_HEIGHT);
    let mut cuts = vec![0.0_f32];
    let (mut top, mut last) = (0.0_f32, 0.0_f32);
    for end in ends {
        let room = if cuts.len() == 1 { first } else { rest } - AXIS_HEIGHT;
        if end - top > room && last > top {
            cuts.push(last);
            top = last;
        }
        last = end;
    }
    cuts.push(last);
    if cuts.len() <= 2 {
        return (vec![whole.scene], legend);
    }
    let slice = |ends: &[f32]| {
        let (top, height) = (ends[0], ends[1] - ends[0]);
        plan.build(Frame::Slice { width: plan.width, top, height }, &mut memo).scene
    };
    (cuts.windows(2).map(slice).collect(), legend)
}
