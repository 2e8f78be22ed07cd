//! The items of a scene, and what of it can be pointed at.

use super::{Color, Point, Rect};
use crate::model::Target;

/// A line's colour, width and dashes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub color: Color,
    /// Width in points.
    pub width: f32,
    /// Lengths of dash and gap in points; `None` is a solid line.
    pub dash: Option<(f32, f32)>,
}

impl Stroke {
    /// A solid line.
    #[must_use]
    pub const fn solid(color: Color, width: f32) -> Self {
        Self { color, width, dash: None }
    }

    /// A dashed line.
    #[must_use]
    pub const fn dashed(color: Color, width: f32, dash: f32, gap: f32) -> Self {
        Self { color, width, dash: Some((dash, gap)) }
    }
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathSegment {
    /// Starts a new line here.
    Move(Point),
    /// A straight line to here.
    Line(Point),
    /// A cubic Bézier curve: two control points and the end.
    Cubic(Point, Point, Point),
    /// Back to the last start.
    Close,
}

/// A glyph of a shaped run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// Which of the bundled fonts (an index into [`fonts::ALL`](super::fonts::ALL)).
    pub font: u8,
    /// The glyph in that font.
    pub id: u16,
    /// Its origin, relative to the start of the run's baseline.
    pub at: Point,
}

/// One line of shaped text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    /// What it says.
    pub text: String,
    /// The left end of the baseline.
    pub at: Point,
    /// Size in points.
    pub size: f32,
    /// Semi-bold instead of regular.
    pub strong: bool,
    /// Colour.
    pub color: Color,
    /// The colour of a rim of [`HALO`](super::text::HALO) points around the letters, which sets
    /// them off from what lies below; `None` for none.
    pub halo: Option<Color>,
    /// The width it takes, in points.
    pub width: f32,
    /// The glyphs, in order of drawing.
    pub glyphs: std::sync::Arc<[Glyph]>,
}

/// Where the pointer meets a mark.
#[derive(Clone, Debug, PartialEq)]
pub enum Hit {
    /// Anywhere in the rectangle.
    Rect(Rect),
    /// Within a radius of a point.
    Circle(Point, f32),
    /// Within a distance of a line through points.
    Line(Vec<Point>, f32),
}

impl Hit {
    /// Whether a point meets it, with some points of tolerance.
    #[must_use]
    pub fn contains(&self, point: Point, tolerance: f32) -> bool {
        match self {
            Self::Rect(rect) => rect.grown(tolerance).contains(point),
            Self::Circle(center, radius) => center.distance(point) <= radius + tolerance,
            Self::Line(points, reach) => points
                .windows(2)
                .any(|ends| distance_to_segment(point, ends[0], ends[1]) <= reach + tolerance),
        }
    }

    /// The rectangle around it.
    #[must_use]
    pub fn bounds(&self) -> Rect {
        match self {
            Self::Rect(rect) => *rect,
            Self::Circle(center, radius) => {
                Rect::new(center.x - radius, center.y - radius, 2.0 * radius, 2.0 * radius)
            }
            Self::Line(points, _) => {
                let mut bounds = (f32::MAX, f32::MAX, f32::MIN, f32::MIN);
                for point in points {
                    bounds.0 = bounds.0.min(point.x);
                    bounds.1 = bounds.1.min(point.y);
                    bounds.2 = bounds.2.max(point.x);
                    bounds.3 = bounds.3.max(point.y);
                }
                Rect::new(bounds.0, bounds.1, bounds.2 - bounds.0, bounds.3 - bounds.1)
            }
        }
    }
}

fn distance_to_segment(point: Point, a: Point, b: Point) -> f32 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx * dx + dy * dy;
    if length == 0.0 {
        return point.distance(a);
    }
    let along = (((point.x - a.x) * dx + (point.y - a.y) * dy) / length).clamp(0.0, 1.0);
    point.distance(Point::new(a.x + along * dx, a.y + along * dy))
}

/// What a group of items stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What it is, for pointing and selecting; `None` for furniture with a title only.
    pub target: Option<Target>,
    /// A stable id for files, unique in the scene: the kind of thing and its key.
    pub id: String,
    /// One line that says what it is: tooltip, accessibility label, `<title>` in SVG.
    pub title: String,
    /// Where the pointer meets it.
    pub hits: Vec<Hit>,
}

/// What items are in the order of reading, for files that tell it to readers who cannot see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A heading, 1 being the title of the whole.
    Heading(u8),
    /// A paragraph, all its lines.
    Paragraph,
    /// A table, or the part of it that stands on one page.
    Table,
    /// A row of a table.
    Row,
    /// A cell that heads a column.
    HeadCell,
    /// Any other cell.
    Cell,
    /// What belongs to the page and not to what it says: running feet, page numbers.
    Furniture,
}

/// Something drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A rectangle.
    Rect {
        /// Where.
        rect: Rect,
        /// Radius of the corners.
        radius: f32,
        /// Inside.
        fill: Option<Color>,
        /// Outline.
        stroke: Option<Stroke>,
    },
    /// A circle.
    Circle {
        /// Its middle.
        center: Point,
        /// Its radius.
        radius: f32,
        /// Inside.
        fill: Option<Color>,
        /// Outline.
        stroke: Option<Stroke>,
    },
    /// Lines and curves.
    Path {
        /// The steps; shared so that a coastline is stored once.
        segments: std::sync::Arc<[PathSegment]>,
        /// Inside, by the even-odd rule.
        fill: Option<Color>,
        /// Outline.
        stroke: Option<Stroke>,
    },
    /// One line of text.
    Text(TextRun),
    /// Items that stand for one thing.
    Group {
        /// What they stand for.
        mark: Mark,
        /// The items, drawn in order.
        items: Vec<Self>,
    },
    /// Items that are one thing in the order of reading; drawn as if they stood alone.
    Part {
        /// What they are.
        role: Role,
        /// The items, drawn in order.
        items: Vec<Self>,
    },
    /// Items of which only what lies in the rectangle shows.
    Clip {
        /// The window.
        rect: Rect,
        /// The items, drawn in order.
        items: Vec<Self>,
    },
}

/// A drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// The ground.
    pub background: Color,
    /// What it shows, in one line.
    pub title: String,
    /// The items, drawn in order.
    pub items: Vec<Item>,
}

impl Scene {
    /// The topmost mark with a target that a point meets.
    #[must_use]
    pub fn hit(&self, point: Point, tolerance: f32) -> Option<&Mark> {
        fn find(items: &[Item], point: Point, tolerance: f32) -> Option<&Mark> {
            items.iter().rev().find_map(|item| match item {
                Item::Group { mark, items } => find(items, point, tolerance).or_else(|| {
                    (mark.target.is_some()
                        && mark.hits.iter().any(|hit| hit.contains(point, tolerance)))
                    .then_some(mark)
                }),
                Item::Clip { rect, items } if rect.contains(point) => find(items, point, tolerance),
                Item::Part { items, .. } => find(items, point, tolerance),
                _ => None,
            })
        }
        find(&self.items, point, tolerance)
    }

    /// Calls `visit` with every mark, in order of drawing.
    pub fn marks<'a>(&'a self, visit: &mut impl FnMut(&'a Mark)) {
        fn walk<'a>(items: &'a [Item], visit: &mut impl FnMut(&'a Mark)) {
            for item in items {
                match item {
                    Item::Group { mark, items } => {
                        visit(mark);
                        walk(items, visit);
                    }
                    Item::Clip { items, .. } | Item::Part { items, .. } => walk(items, visit),
                    _ => {}
                }
            }
        }
        walk(&self.items, visit);
    }
}
