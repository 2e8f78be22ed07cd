//! Lines of words below one another, and rules between them: what notes and tables are made of.

use super::{
    Color, Item, PathSegment, Point, Stroke, fonts,
    text::{self, Align, Style},
};

/// The lines of a text, none wider than `width` points.
pub fn wrapped(words: &str, width: f32, size: f32, strong: bool) -> Vec<String> {
    text::wrapped(words, width, size, strong)
        .iter()
        // A single cluster can still be wider than the column.
        .map(|line| text::fitted(line, width, size, strong))
        .collect()
}

/// Lines below one another, each `line` points high. `at` is the upper corner on the side to which
/// they are aligned, or the middle of the upper edge.
pub fn stack(lines: &[String], at: Point, line: f32, align: Align, style: Style) -> Vec<Item> {
    let first = at.y + (line + style.size * fonts::CAP_HEIGHT) / 2.0;
    let place = |(index, words): (usize, &String)| {
        let at = Point::new(at.x, first + index as f32 * line);
        Item::Text(text::line(words, at, align, style))
    };
    lines.iter().enumerate().map(place).collect()
}

/// A rule from `from` that is so many points long.
pub fn rule(from: Point, width: f32, color: Color) -> Item {
    Item::Path {
        segments: std::sync::Arc::new([
            PathSegment::Move(from),
            PathSegment::Line(Point::new(from.x + width, from.y)),
        ]),
        fill: None,
        stroke: Some(Stroke::solid(color, 1.0)),
    }
}
