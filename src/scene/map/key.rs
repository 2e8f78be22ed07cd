//! The key in the corner of a map: how large circles are, and how wide arrows.

use super::{MapSpec, arcs, cluster::Scale};
use crate::{
    model::words::grouped,
    scene::{
        Item, PathSegment, Point, Rect, Stroke, Tokens,
        text::{self, Align, Style},
    },
};

/// Free space around the key, in points.
const MARGIN: f32 = 12.0;

/// 1, 2, 5, 10, 20 …: the largest of them that is no more than a number; at least 1.
fn round(number: u32) -> u32 {
    let mut best = 1;
    let mut ten: u32 = 1;
    loop {
        for step in [1, 2, 5] {
            match ten.checked_mul(step) {
                Some(value) if value <= number => best = value,
                _ => return best,
            }
        }
        let Some(next) = ten.checked_mul(10) else { return best };
        ten = next;
    }
}

/// Up to three sizes that tell the scale, the smallest first.
fn sizes(largest: u32) -> Vec<u32> {
    let mut sizes = vec![round(largest / 25), round(largest / 5), round(largest)];
    sizes.dedup();
    sizes
}

/// Draws the key above the foot, from the left. Returns the rectangle that it takes; `None` where
/// there is nothing to explain.
pub(super) fn draw(
    spec: &MapSpec<'_>,
    scale: Scale,
    most: u32,
    flow: u32,
    bottom: f32,
    items: &mut Vec<Item>,
) -> Option<Rect> {
    if most < 2 && flow == 0 {
        return None;
    }
    let tokens = spec.tokens;
    let style = Style { size: Tokens::SMALL, strong: false, color: tokens.ink_weak };
    let mut drawn = Vec::new();
    let mut y = bottom - MARGIN;
    let mut right: f32 = 0.0;
    if flow > 0 {
        let mut x = MARGIN;
        for number in sizes(flow) {
            let width = arcs::flow_width(number, flow);
            let (from, to) = (Point::new(x, y - 5.0), Point::new(x + 22.0, y - 5.0));
            drawn.push(Item::Path {
                segments: [PathSegment::Move(from), PathSegment::Line(to)].into(),
                fill: None,
                stroke: Some(Stroke::solid(tokens.partnership.faded(0.62), width)),
            });
            x = label(&grouped(number as usize), x + 27.0, y - 1.0, style, &mut drawn) + 10.0;
        }
        let words = "engagements, from the home state to where they took place";
        right = right.max(label(words, x - 4.0, y - 1.0, style, &mut drawn));
        y -= 20.0;
    }
    if most > 1 {
        let mut x = MARGIN;
        let numbers = sizes(most);
        let tallest = numbers.last().map_or(0.0, |number| scale.radius(*number));
        for number in numbers {
            let radius = scale.radius(number);
            drawn.push(Item::Circle {
                center: Point::new(x + radius, y - tallest),
                radius,
                fill: Some(tokens.ink_faint.faded(0.12)),
                stroke: Some(Stroke::solid(tokens.ink_faint, 1.0)),
            });
            let text = grouped(number as usize);
            x = label(&text, x + 2.0 * radius + 5.0, y - tallest + 4.0, style, &mut drawn) + 10.0;
        }
        right = right.max(label("engagements", x - 4.0, y - tallest + 4.0, style, &mut drawn));
        y -= 2.0 * tallest;
    }
    let rect = Rect::new(MARGIN - 6.0, y - 8.0, right - MARGIN + 12.0, bottom - y);
    items.append(&mut drawn);
    Some(rect)
}

/// Writes words from a point of the baseline on; returns where they end.
fn label(words: &str, x: f32, y: f32, style: Style, items: &mut Vec<Item>) -> f32 {
    items.push(Item::Text(text::line(words, Point::new(x, y), Align::Left, style)));
    x + text::width(words, style.size, style.strong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_is_told_by_round_numbers() {
        assert_eq!(sizes(1140), [20, 200, 1000]);
        assert_eq!(sizes(10), [1, 2, 10]);
        assert_eq!(sizes(3), [1, 2]);
        assert_eq!(sizes(1), [1]);
        assert_eq!(round(u32::MAX), 2_000_000_000);
    }
}
