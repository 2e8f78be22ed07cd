//! Entries of a legend: pictures with their words, side by side.

use super::{
    Item, Point, Tokens,
    text::{self, Align, Style},
};

/// Height of a line of the legend.
const LINE: f32 = 20.0;
/// Distance between two entries.
const GAP: f32 = 18.0;
/// Distance between a picture and its words.
const NEAR: f32 = 6.0;

/// A picture around a point and its words.
pub(in crate::scene) struct Entry {
    /// Whether a new line starts here.
    pub first: bool,
    /// The width of the picture in points.
    pub width: f32,
    /// Draws it around a point.
    pub picture: Box<dyn Fn(Point) -> Vec<Item>>,
    /// The words.
    pub label: String,
}

/// Entries side by side in lines of at most `width`.
pub(in crate::scene) fn flow(entries: &[Entry], width: f32, tokens: &Tokens) -> (Vec<Item>, f32) {
    let style = Style { size: Tokens::SMALL, strong: false, color: tokens.ink_weak };
    let mut items = Vec::new();
    let (mut x, mut y) = (0.0, 0.0);
    for entry in entries {
        let lead = if entry.width > 0.0 { entry.width + NEAR } else { 0.0 };
        let label = text::fitted(&entry.label, (width - lead).max(0.0), style.size, style.strong);
        let whole = lead + text::width(&label, style.size, style.strong);
        if x > 0.0 && (entry.first || x + whole > width) {
            x = 0.0;
            y += LINE;
        }
        items.extend((entry.picture)(Point::new(x + entry.width / 2.0, y + LINE / 2.0)));
        let at = Point::new(x + lead, y + LINE / 2.0 + 4.0);
        items.push(Item::Text(text::line(&label, at, Align::Left, style)));
        x += whole + GAP;
    }
    (items, if entries.is_empty() { 0.0 } else { y + LINE })
}
