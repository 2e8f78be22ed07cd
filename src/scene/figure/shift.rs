//! Moving finished items to their place on a page.

use crate::scene::{Hit, Item, PathSegment, Point};

/// Moves items and the hits of their marks by `dx` to the right and `dy` down.
pub fn items(list: &mut [Item], dx: f32, dy: f32) {
    let moved = |point: &mut Point| {
        point.x += dx;
        point.y += dy;
    };
    for item in list {
        match item {
            Item::Rect { rect, .. } => {
                rect.x += dx;
                rect.y += dy;
            }
            Item::Circle { center, .. } => moved(center),
            Item::Path { segments, .. } => {
                let at = |point: Point| Point::new(point.x + dx, point.y + dy);
                *segments = segments
                    .iter()
                    .map(|segment| match *segment {
                        PathSegment::Move(to) => PathSegment::Move(at(to)),
                        PathSegment::Line(to) => PathSegment::Line(at(to)),
                        PathSegment::Cubic(a, b, to) => PathSegment::Cubic(at(a), at(b), at(to)),
                        PathSegment::Close => PathSegment::Close,
                    })
                    .collect();
            }
            Item::Text(run) => moved(&mut run.at),
            Item::Group { mark, items: inner } => {
                for hit in &mut mark.hits {
                    match hit {
                        Hit::Rect(rect) => {
                            rect.x += dx;
                            rect.y += dy;
                        }
                        Hit::Circle(center, _) => moved(center),
                        Hit::Line(points, _) => points.iter_mut().for_each(moved),
                    }
                }
                items(inner, dx, dy);
            }
            Item::Clip { rect, items: inner } => {
                rect.x += dx;
                rect.y += dy;
                items(inner, dx, dy);
            }
        }
    }
}
