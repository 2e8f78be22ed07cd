//! The time axis: its labels on top and its lines through the lanes.

use super::shapes;
use crate::{
    layout::{
        TimeScale,
        ticks::{LABEL_OFFSET, Ticks, ticks},
    },
    scene::{
        Item, Point, Stroke, Tokens,
        text::{self, Align, Style},
    },
};

/// Height of the axis above the lanes, in points.
pub const AXIS_HEIGHT: f32 = 28.0;

/// The ticks of a scale, measured with the fonts that the axis is set in.
pub(in crate::scene) fn of(scale: &TimeScale) -> Ticks {
    ticks(scale, &|label, bold| {
        text::width(label, if bold { Tokens::BODY } else { Tokens::SMALL }, bold)
    })
}

/// The lines, from `top` to `bottom`.
pub(in crate::scene) fn lines(
    ticks: &Ticks,
    top: f32,
    bottom: f32,
    tokens: &Tokens,
    out: &mut Vec<Item>,
) {
    for (ticks, color) in [(&ticks.minor, tokens.grid), (&ticks.major, tokens.outline)] {
        for tick in ticks.iter().filter(|tick| tick.line) {
            let (from, to) = (Point::new(tick.x, top), Point::new(tick.x, bottom));
            out.push(shapes::line(from, to, Stroke::solid(color, 1.0)));
        }
    }
}

/// What stands in the place of an axis where nothing has a date.
pub(in crate::scene) fn none(left: f32, tokens: &Tokens) -> Item {
    let style = Style { size: Tokens::BODY, strong: false, color: tokens.ink_weak };
    let at = Point::new(left + LABEL_OFFSET, AXIS_HEIGHT - 9.0);
    Item::Text(text::line("No dates in this file", at, Align::Left, style))
}

/// The labels with their short lines, in the stretch above the lanes.
pub(in crate::scene) fn labels(ticks: &Ticks, tokens: &Tokens, out: &mut Vec<Item>) {
    for tick in &ticks.minor {
        let (from, to) = (Point::new(tick.x, AXIS_HEIGHT - 8.0), Point::new(tick.x, AXIS_HEIGHT));
        out.push(shapes::line(from, to, Stroke::solid(tokens.grid, 1.0)));
    }
    for tick in ticks.major.iter().filter(|tick| tick.line) {
        let (from, to) = (Point::new(tick.x, 8.0), Point::new(tick.x, AXIS_HEIGHT));
        out.push(shapes::line(from, to, Stroke::solid(tokens.outline, 1.0)));
    }
    for (ticks, strong) in [(&ticks.minor, false), (&ticks.major, true)] {
        let style = if strong {
            Style { size: Tokens::BODY, strong, color: tokens.ink_strong }
        } else {
            Style { size: Tokens::SMALL, strong, color: tokens.ink_faint }
        };
        for tick in ticks.iter().filter(|tick| !tick.label.is_empty()) {
            let at = Point::new(tick.x + LABEL_OFFSET, AXIS_HEIGHT - 9.0);
            out.push(Item::Text(text::line(&tick.label, at, Align::Left, style)));
        }
    }
}
