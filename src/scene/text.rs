//! Shaping text into positioned glyphs with the bundled fonts, and measuring it.

use super::{Color, Point, TextRun};

/// Where a run stands relative to the point it is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Starts there.
    #[default]
    Left,
    /// Has its middle there.
    Center,
    /// Ends there.
    Right,
}

/// Size, weight and colour of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Size in points.
    pub size: f32,
    /// Semi-bold instead of regular.
    pub strong: bool,
    /// Colour.
    pub color: Color,
}

/// The width of a line of text in points.
#[must_use]
pub fn width(text: &str, size: f32, strong: bool) -> f32 {
    let _ = (text, size, strong);
    todo!()
}

/// Shapes one line of text. `at` is on the baseline; `align` says which part of the line is there.
///
/// Shaping is cached per thread, so that the same words cost nothing the second time.
#[must_use]
pub fn line(text: &str, at: Point, align: Align, style: Style) -> TextRun {
    let _ = (text, at, align, style);
    todo!()
}

/// The text cut to at most `max` points, ending in "…" where it was cut.
#[must_use]
pub fn fitted(text: &str, max: f32, size: f32, strong: bool) -> String {
    let _ = (text, max, size, strong);
    todo!()
}

/// The lines of a text broken between words to at most `max` points each.
#[must_use]
pub fn wrapped(text: &str, max: f32, size: f32, strong: bool) -> Vec<String> {
    let _ = (text, max, size, strong);
    todo!()
}
