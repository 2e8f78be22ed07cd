//! Moving and scaling finished items to their place on a page.

use crate::scene::{Glyph, Hit, Item, PathSegment, Point, Rect, Scene, Stroke};

/// Moves items and the hits of their marks by `dx` to the right and `dy` down.
pub fn items(list: &mut [Item], dx: f32, dy: f32) {
    if dx != 0.0 || dy != 0.0 {
        Place { scale: 1.0, dx, dy }.items(list);
    }
}

/// The scene `scale` times as large: shapes, text and lines alike.
#[must_use]
pub fn scaled(mut scene: Scene, scale: f32) -> Scene {
    if scale != 1.0 {
        Place { scale, dx: 0.0, dy: 0.0 }.items(&mut scene.items);
        scene.width *= scale;
        scene.height *= scale;
    }
    scene
}

/// Where things go: first they grow, then they move.
#[derive(Clone, Copy)]
struct Place {
    scale: f32,
    dx: f32,
    dy: f32,
}

impl Place {
    fn at(self, point: Point) -> Point {
        Point::new(point.x * self.scale + self.dx, point.y * self.scale + self.dy)
    }

    fn rect(self, rect: Rect) -> Rect {
        let Point { x, y } = self.at(Point::new(rect.x, rect.y));
        Rect::new(x, y, rect.w * self.scale, rect.h * self.scale)
    }

    fn stroke(self, stroke: &mut Option<Stroke>) {
        if let Some(stroke) = stroke {
            stroke.width *= self.scale;
            stroke.dash = stroke.dash.map(|(dash, gap)| (dash * self.scale, gap * self.scale));
        }
    }

    fn items(self, list: &mut [Item]) {
        for item in list {
            match item {
                Item::Rect { rect, radius, stroke, .. } => {
                    *rect = self.rect(*rect);
                    *radius *= self.scale;
                    self.stroke(stroke);
                }
                Item::Circle { center, radius, stroke, .. } => {
                    *center = self.at(*center);
                    *radius *= self.scale;
                    self.stroke(stroke);
                }
                Item::Path { segments, stroke, .. } => {
                    let at = |point| self.at(point);
                    *segments = segments
                        .iter()
                        .map(|segment| match *segment {
                            PathSegment::Move(to) => PathSegment::Move(at(to)),
                            PathSegment::Line(to) => PathSegment::Line(at(to)),
                            PathSegment::Cubic(a, b, to) => {
                                PathSegment::Cubic(at(a), at(b), at(to))
                            }
                            PathSegment::Close => PathSegment::Close,
                        })
                        .collect();
                    self.stroke(stroke);
                }
                Item::Text(run) => {
                    run.at = self.at(run.at);
                    if self.scale != 1.0 {
                        run.size *= self.scale;
                        run.width *= self.scale;
                        let at = |glyph: &Glyph| {
                            let at = Point::new(glyph.at.x * self.scale, glyph.at.y * self.scale);
                            Glyph { at, ..*glyph }
                        };
                        run.glyphs = run.glyphs.iter().map(at).collect();
                    }
                }
                Item::Group { mark, items } => {
                    for hit in &mut mark.hits {
                        match hit {
                            Hit::Rect(rect) => *rect = self.rect(*rect),
                            Hit::Circle(center, radius) => {
                                *center = self.at(*center);
                                *radius *= self.scale;
                            }
                            Hit::Line(points, reach) => {
                                points.iter_mut().for_each(|point| *point = self.at(*point));
                                *reach *= self.scale;
                            }
                        }
                    }
                    self.items(items);
                }
                Item::Part { items, .. } => self.items(items),
                Item::Clip { rect, items } => {
                    *rect = self.rect(*rect);
                    self.items(items);
                }
            }
        }
    }
}
