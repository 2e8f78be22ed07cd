//! The strip below the timeline: the whole span as a histogram, with the brush that says which
//! part the timeline shows.

use super::{
    Item, Point, Rect, Scene, Stroke, Tokens,
    text::{self, Align, Style},
    timeline::shapes,
};
use crate::{
    layout::{TimeScale, ticks},
    model::{Day, DayRange},
    query::Histogram,
};

/// What the strip shows and how.
#[derive(Clone, Copy, Debug)]
pub struct OverviewSpec<'a> {
    /// Counts over the whole span, from [`histogram`](crate::query::histogram) with the edges
    /// from [`edges`].
    pub histogram: &'a Histogram,
    /// The whole span, placed where the timeline's scale is placed.
    pub scale: TimeScale,
    /// First and last moment of the brush, in days since 1970-01-01.
    pub brush: Option<(f64, f64)>,
    /// Width and height in points.
    pub size: (f32, f32),
    /// Whether anything has a date; without one there is no axis.
    pub dated: bool,
    /// What the bars count, at the left.
    pub label: &'a str,
    /// Colours.
    pub tokens: &'a Tokens,
}

/// A strip that has been drawn.
#[derive(Clone, Debug)]
pub struct OverviewScene {
    /// The drawing.
    pub scene: Scene,
    /// The rectangle of the bars: where a drag starts a new brush.
    pub plot: Rect,
    /// The brush between its handles, for moving it.
    pub brush: Option<Rect>,
    /// Its two handles, wide enough to be caught.
    pub handles: Option<[Rect; 2]>,
}

/// The edges of bars for a scale: calendar steps (days, weeks, months, quarters, years, …), the
/// finest whose bars are some points wide.
#[must_use]
pub fn edges(scale: &TimeScale) -> Vec<Day> {
    const LEAST_WIDTH: f64 = 5.0;
    let least = LEAST_WIDTH / scale.points_per_day();
    let DayRange { from, to } = scale.range();
    let (first, last) = (from.ymd().0, to.ymd().0);
    let step_months = [1i64, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000]
        .into_iter()
        .find(|months| *months as f64 * 30.4 >= least);
    if least <= 7.0 {
        let step = if least <= 1.0 { 1 } else { 7 };
        // Weeks start on Mondays; 1970-01-05 was one.
        let start = (from.0 - 4).div_euclid(step) * step + 4;
        return (0..)
            .map(|index| Day(start.saturating_add(index * step)))
            .take_while(|day| day.0 <= to.0.saturating_add(step))
            .collect();
    }
    let step = step_months.unwrap_or(12_000);
    let mut edges = Vec::new();
    let mut month = (i64::from(first) * 12).div_euclid(step) * step;
    while month <= i64::from(last) * 12 + 12 + step {
        let year = i32::try_from(month.div_euclid(12)).unwrap_or(i32::MAX);
        let day = Day::from_ymd(year, month.rem_euclid(12) as u32 + 1, 1);
        if let Some(day) = day {
            // The bars cover the scale and no more than a bar beyond it.
            if day <= from {
                edges.clear();
            }
            edges.push(day);
            if day > to {
                break;
            }
        }
        month += step;
    }
    edges
}

/// Height of the labels below the bars, in points.
const AXIS: f32 = 16.0;
/// Half the width in which a handle can be caught, in points.
const REACH: f32 = 5.0;

/// Draws the strip.
#[must_use]
pub fn build(spec: &OverviewSpec<'_>) -> OverviewScene {
    let tokens = spec.tokens;
    let scale = &spec.scale;
    let (width, height) = spec.size;
    let plot = Rect::new(scale.x0(), 4.0, scale.width(), (height - AXIS - 4.0).max(8.0));
    let mut items = vec![Item::Rect {
        rect: plot,
        radius: 0.0,
        fill: Some(tokens.panel),
        stroke: Some(Stroke::solid(tokens.line, 1.0)),
    }];

    let style = Style { size: Tokens::BODY, strong: false, color: tokens.ink_weak };
    let room = (plot.x - 20.0).max(0.0);
    let label = text::fitted(spec.label, room, Tokens::BODY, false);
    let at = Point::new(12.0, plot.center().y + 4.5);
    items.push(Item::Text(text::line(&label, at, Align::Left, style)));

    let brush = spec.brush.map(|(from, to)| {
        let a = scale.x_of(from.min(to)).clamp(plot.x, plot.right());
        let b = scale.x_of(from.max(to)).clamp(plot.x, plot.right());
        Rect::new(a, plot.y, b - a, plot.h)
    });
    if let Some(rect) = brush {
        let fill = Some(tokens.accent.faded(0.09));
        items.push(Item::Rect { rect, radius: 0.0, fill, stroke: None });
    }
    items.push(Item::Clip { rect: plot, items: bars(spec, plot) });
    let mut handles = None;
    if let Some(rect) = brush {
        let shade = tokens.paper.faded(0.55);
        for outside in [
            Rect::new(plot.x, plot.y, rect.x - plot.x, plot.h),
            Rect::new(rect.right(), plot.y, plot.right() - rect.right(), plot.h),
        ] {
            if outside.w > 0.0 {
                let fill = Some(shade);
                items.push(Item::Rect { rect: outside, radius: 0.0, fill, stroke: None });
            }
        }
        for x in [rect.x, rect.right()] {
            let bar = Rect::new(x - 1.0, plot.y, 2.0, plot.h);
            let grip = Rect::new(x - 3.0, plot.center().y - 7.0, 6.0, 14.0);
            for (rect, radius) in [(bar, 0.0), (grip, 3.0)] {
                let fill = Some(tokens.accent);
                items.push(Item::Rect { rect, radius, fill, stroke: None });
            }
        }
        let catch = |x: f32| Rect::new(x - REACH, plot.y, 2.0 * REACH, plot.h);
        handles = Some([catch(rect.x), catch(rect.right())]);
    }

    let style = Style { size: Tokens::SMALL, strong: false, color: tokens.ink_faint };
    let measure = |label: &str, _: bool| text::width(label, Tokens::SMALL, false);
    let ticks = if spec.dated { ticks::ticks(scale, &measure) } else { ticks::Ticks::default() };
    for tick in ticks.major.iter().chain(&ticks.minor) {
        if tick.line {
            let (from, to) = (plot.bottom(), plot.bottom() + 4.0);
            items.push(shapes::line(
                Point::new(tick.x, from),
                Point::new(tick.x, to),
                Stroke::solid(tokens.outline, 1.0),
            ));
        }
        if !tick.label.is_empty() {
            let at = Point::new(tick.x + ticks::LABEL_OFFSET, height - 4.0);
            items.push(Item::Text(text::line(&tick.label, at, Align::Left, style)));
        }
    }
    let title = format!("Overview: {}", spec.label);
    let scene = Scene { width, height, background: tokens.paper, title, items };
    OverviewScene { scene, plot, brush, handles }
}

/// Solid bars for engagements known to fall into them, pale ones on top for the share of those
/// whose dates are spread wider.
fn bars(spec: &OverviewSpec<'_>, plot: Rect) -> Vec<Item> {
    let tokens = spec.tokens;
    let precise = |bin: &crate::query::Bin| f64::from(bin.precise.iter().sum::<u32>());
    let bins = &spec.histogram.bins;
    let most = bins.iter().map(|bin| precise(bin) + bin.spread).fold(1.0, f64::max);
    let scale = f64::from(plot.h - 4.0) / most;
    let mut items = Vec::new();
    for (bin, ends) in bins.iter().zip(spec.histogram.edges.windows(2)) {
        let (from, to) = (
            spec.scale.x_of(f64::from(ends[0].0)).max(plot.x - 4.0),
            spec.scale.x_of(f64::from(ends[1].0)).min(plot.right() + 4.0),
        );
        let width = (to - from - 1.0).max(1.0);
        let mut top = plot.bottom();
        for (count, color) in [(precise(bin), tokens.bar), (bin.spread, tokens.bar.faded(0.4))] {
            if count > 0.0 && to > from {
                // Even a single one among thousands can be seen.
                let h = ((count * scale) as f32).max(1.5);
                top -= h;
                let rect = Rect::new(from, top, width, h);
                items.push(Item::Rect { rect, radius: 0.0, fill: Some(color), stroke: None });
            }
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn edges_cover_the_scale_in_steps_that_can_be_seen(
            from in -3e6f64..3e6, days in 0.2f64..7e6, width in 100f32..2000.0
        ) {
            let scale = TimeScale::new(from, from + days, 0.0, width);
            let edges = edges(&scale);
            let range = scale.range();
            prop_assert!(edges.len() >= 2);
            prop_assert!(edges[0] <= range.from && *edges.last().unwrap() > range.to);
            prop_assert!(edges.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(edges.len() <= width as usize);
        }
    }
}
