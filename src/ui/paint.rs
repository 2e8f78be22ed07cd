//! Turns a [`Scene`] into egui shapes.

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, FontId, Galley, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2,
    epaint::{CircleShape, TextShape},
    pos2,
};

use super::theme;
use crate::scene::{self, Item, PathSegment, Scene, TextRun, text::HALO};

/// What scenes are painted on.
pub trait Surface {
    /// Adds a shape.
    fn shape(&mut self, shape: Shape);
    /// Adds a line of text, moved by `offset`.
    fn text(&mut self, offset: Vec2, run: &TextRun);
    /// Paints what shows only within a rectangle.
    fn clipped(&mut self, rect: Rect, inner: impl FnOnce(&mut Self));
}

/// Paints a scene with its top left corner at `origin`.
pub fn scene(painter: &Painter, origin: Pos2, scene: &Scene) {
    items(painter, origin.to_vec2(), &scene.items);
}

/// Paints items, moved by `offset`.
pub fn items(painter: &Painter, offset: Vec2, list: &[Item]) {
    onto(&mut painter.clone(), offset, list);
}

impl Surface for Painter {
    fn shape(&mut self, shape: Shape) {
        self.add(shape);
    }

    /// The window draws text with its own rasteriser, from the same fonts, so that it is as crisp
    /// as the rest of the window.
    fn text(&mut self, offset: Vec2, run: &TextRun) {
        let color = theme::color(run.color);
        let galley = self.layout_no_wrap(run.text.clone(), font(run), color);
        let at = pos2(run.at.x, run.at.y - baseline(&galley)) + offset;
        if self.clip_rect().intersects(Rect::from_min_size(at, galley.size())) {
            self.add(text(at, galley, run));
        }
    }

    fn clipped(&mut self, rect: Rect, inner: impl FnOnce(&mut Self)) {
        let clip = rect.intersect(self.clip_rect());
        inner(&mut self.with_clip_rect(clip));
    }
}

/// Paints items onto a surface, moved by `offset`.
pub fn onto(surface: &mut impl Surface, offset: Vec2, list: &[Item]) {
    for item in list {
        match item {
            Item::Rect { rect, radius, fill, stroke } => {
                let place = egui_rect(*rect).translate(offset);
                let round = CornerRadius::same(radius.round().clamp(0.0, 255.0) as u8);
                if let Some(fill) = fill {
                    surface.shape(Shape::rect_filled(place, round, theme::color(*fill)));
                }
                match stroke {
                    Some(stroke) if stroke.dash.is_some() => {
                        let corners = [
                            place.left_top(),
                            place.right_top(),
                            place.right_bottom(),
                            place.left_bottom(),
                            place.left_top(),
                        ];
                        line(surface, &corners, stroke);
                    }
                    Some(stroke) => {
                        let stroke = egui_stroke(stroke);
                        surface.shape(Shape::rect_stroke(place, round, stroke, StrokeKind::Middle));
                    }
                    None => {}
                }
            }
            Item::Circle { center, radius, fill, stroke } => {
                let center = pos2(center.x, center.y) + offset;
                let fill = fill.map_or(Color32::TRANSPARENT, theme::color);
                let solid = stroke.as_ref().filter(|stroke| stroke.dash.is_none());
                let stroke_of = solid.map_or(Stroke::NONE, egui_stroke);
                let radius = *radius;
                surface.shape(CircleShape { center, radius, fill, stroke: stroke_of }.into());
                if let Some(stroke) = stroke.as_ref().filter(|stroke| stroke.dash.is_some()) {
                    line(surface, &circle(center, radius), stroke);
                }
            }
            Item::Path { segments, fill, stroke } => {
                path(surface, offset, segments, fill.as_ref(), stroke.as_ref());
            }
            Item::Text(run) => surface.text(offset, run),
            Item::Group { items: inner, .. } | Item::Part { items: inner, .. } => {
                onto(surface, offset, inner);
            }
            Item::Clip { rect, items: inner } => {
                let rect = egui_rect(*rect).translate(offset);
                surface.clipped(rect, |surface| onto(surface, offset, inner));
            }
        }
    }
}

/// The font of a line of text.
pub fn font(run: &TextRun) -> FontId {
    if run.strong { theme::strong(run.size) } else { theme::font(run.size) }
}

/// A line of text with its top left corner at `at`, and its halo below it: egui strokes no letters,
/// so that copies all around them do.
pub fn text(at: Pos2, galley: Arc<Galley>, run: &TextRun) -> Shape {
    let color = theme::color(run.color);
    let Some(ground) = run.halo.map(theme::color) else {
        return TextShape::new(at, galley, color).into();
    };
    let mut shapes = Vec::with_capacity(AROUND as usize + 1);
    for step in 0..AROUND {
        let turn = (step as f32 + 0.5) / AROUND as f32 * std::f32::consts::TAU;
        let at = at + Vec2::angled(turn) * HALO_SHIFT;
        shapes.push(
            TextShape::new(at, Arc::clone(&galley), ground).with_override_text_color(ground).into(),
        );
    }
    shapes.push(TextShape::new(at, galley, color).into());
    Shape::Vec(shapes)
}

/// In how many directions a halo is copied, aslant: every copy is cut into triangles in each frame.
const AROUND: u32 = 4;
/// How far, in points: letters have some softness of their own.
const HALO_SHIFT: f32 = HALO - 0.2;

/// How far the baseline of a line of text is below its top, in points.
pub fn baseline(galley: &Galley) -> f32 {
    let row = galley.rows.first();
    row.and_then(|row| row.glyphs.first().map(|glyph| row.pos.y + glyph.pos.y))
        .unwrap_or_else(|| galley.size().y)
}

/// A rectangle of a scene for egui.
pub fn egui_rect(rect: scene::Rect) -> Rect {
    Rect::from_min_size(pos2(rect.x, rect.y), Vec2::new(rect.w, rect.h))
}

fn egui_stroke(stroke: &scene::Stroke) -> Stroke {
    Stroke::new(stroke.width, theme::color(stroke.color))
}

fn path(
    surface: &mut impl Surface,
    offset: Vec2,
    segments: &[PathSegment],
    fill: Option<&scene::Color>,
    stroke: Option<&scene::Stroke>,
) {
    for (points, closed) in flatten(offset, segments) {
        if let Some(fill) = fill
            && points.len() > 2
        {
            filled(surface, &points, theme::color(*fill));
        }
        if let Some(stroke) = stroke {
            if stroke.dash.is_some() {
                let mut points = points.clone();
                if closed && let Some(&first) = points.first() {
                    points.push(first);
                }
                line(surface, &points, stroke);
            } else if closed {
                surface.shape(Shape::closed_line(points, egui_stroke(stroke)));
            } else {
                surface.shape(Shape::line(points, egui_stroke(stroke)));
            }
        }
    }
}

fn line(surface: &mut impl Surface, points: &[Pos2], stroke: &scene::Stroke) {
    match stroke.dash {
        Some((dash, gap)) => {
            for dash in dashes(points, dash, gap) {
                surface.shape(Shape::line(dash, egui_stroke(stroke)));
            }
        }
        None => {
            surface.shape(Shape::line(points.to_vec(), egui_stroke(stroke)));
        }
    }
}

/// The dashes of a line, each a line itself: fewer triangles than one for each of its chords, and no
/// seams where a dash bends.
fn dashes(points: &[Pos2], dash: f32, gap: f32) -> Vec<Vec<Pos2>> {
    let length: f32 = points.windows(2).map(|ends| ends[0].distance(ends[1])).sum();
    // Dashes that nobody could count are a line.
    if !(dash > 0.0 && gap > 0.0 && length.is_finite()) || length / (dash + gap) > DASHES {
        return vec![points.to_vec()];
    }
    let mut all = Vec::new();
    let mut open: Vec<Pos2> = points.first().copied().into_iter().collect();
    let (mut drawn, mut left) = (true, dash);
    for ends in points.windows(2) {
        let (mut from, to) = (ends[0], ends[1]);
        // Far out, steps may be too small for the numbers to tell.
        while (all.len() as f32) < 2.0 * DASHES {
            let rest = from.distance(to);
            if rest < left {
                left -= rest;
                if drawn {
                    open.push(to);
                }
                break;
            }
            let turn = from.lerp(to, left / rest.max(f32::MIN_POSITIVE));
            if drawn {
                open.push(turn);
                all.push(std::mem::take(&mut open));
            } else {
                open = vec![turn];
            }
            drawn = !drawn;
            left = if drawn { dash } else { gap };
            from = turn;
        }
    }
    all.extend((open.len() > 1).then_some(open));
    all
}

/// The most dashes that a line is cut into.
const DASHES: f32 = 4_000.0;

/// Fills one ring. Convex ones go to egui as they are; others are cut into triangles, because
/// egui fills a concave path wrongly.
fn filled(surface: &mut impl Surface, points: &[Pos2], fill: Color32) {
    if is_convex(points) {
        surface.shape(Shape::convex_polygon(points.to_vec(), fill, Stroke::NONE));
        return;
    }
    let flat: Vec<f32> = points.iter().flat_map(|point| [point.x, point.y]).collect();
    let Ok(indices) = earcutr::earcut(&flat, &[], 2) else { return };
    let mut mesh = egui::Mesh::default();
    for point in points {
        mesh.colored_vertex(*point, fill);
    }
    for triangle in indices.chunks_exact(3) {
        mesh.add_triangle(triangle[0] as u32, triangle[1] as u32, triangle[2] as u32);
    }
    surface.shape(Shape::mesh(mesh));
}

fn is_convex(points: &[Pos2]) -> bool {
    let n = points.len();
    let (mut left, mut right) = (false, false);
    for i in 0..n {
        let (a, b, c) = (points[i], points[(i + 1) % n], points[(i + 2) % n]);
        let turn = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
        left |= turn > 1e-4;
        right |= turn < -1e-4;
    }
    !(left && right)
}

/// The lines of a path, each with whether it closes; curves become chords.
fn flatten(offset: Vec2, segments: &[PathSegment]) -> Vec<(Vec<Pos2>, bool)> {
    let at = |point: &scene::Point| pos2(point.x, point.y) + offset;
    let mut lines: Vec<(Vec<Pos2>, bool)> = Vec::new();
    let mut points: Vec<Pos2> = Vec::new();
    for segment in segments {
        match segment {
            PathSegment::Move(to) => {
                if points.len() > 1 {
                    lines.push((std::mem::take(&mut points), false));
                }
                points.clear();
                points.push(at(to));
            }
            PathSegment::Line(to) => points.push(at(to)),
            PathSegment::Cubic(a, b, to) => {
                let Some(&from) = points.last() else { continue };
                let (a, b, to) = (at(a), at(b), at(to));
                let steps = chords(from, a, b, to);
                for step in 1..=steps {
                    let t = step as f32 / steps as f32;
                    let u = 1.0 - t;
                    let point = from.to_vec2() * (u * u * u)
                        + a.to_vec2() * (3.0 * u * u * t)
                        + b.to_vec2() * (3.0 * u * t * t)
                        + to.to_vec2() * (t * t * t);
                    points.push(point.to_pos2());
                }
            }
            PathSegment::Close => {
                if points.len() > 1 {
                    lines.push((std::mem::take(&mut points), true));
                }
            }
        }
    }
    if points.len() > 1 {
        lines.push((points, false));
    }
    lines
}

/// How far a chord may stand off its curve, in points.
const OFF: f32 = 0.2;

/// The least number of equal steps of a cubic curve whose chords stand off it by at most [`OFF`]:
/// the second derivative is at most 6 times the greater of the second differences of the control
/// points, and a chord stands off by at most an eighth of it times the square of the step. Most
/// lines of a network are nearly straight, and every chord is paid for in each frame.
fn chords(from: Pos2, a: Pos2, b: Pos2, to: Pos2) -> usize {
    let first = (from.to_vec2() - 2.0 * a.to_vec2() + b.to_vec2()).length();
    let last = (a.to_vec2() - 2.0 * b.to_vec2() + to.to_vec2()).length();
    (0.75 * first.max(last) / OFF).sqrt().ceil().clamp(1.0, 64.0) as usize
}

/// A circle as chords that stand off it by at most [`OFF`].
fn circle(center: Pos2, radius: f32) -> Vec<Pos2> {
    // A chord over an angle of 2a stands off by r (1 − cos a), which is at most r a² / 2.
    let steps = (std::f32::consts::PI / (2.0 * OFF / radius.max(OFF)).sqrt()).ceil().max(8.0);
    (0..=steps as usize)
        .map(|step| center + Vec2::angled(step as f32 / steps * std::f32::consts::TAU) * radius)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Point;

    #[test]
    fn a_notched_ring_is_not_convex_and_a_square_is() {
        let square = [pos2(0.0, 0.0), pos2(4.0, 0.0), pos2(4.0, 4.0), pos2(0.0, 4.0)];
        assert!(is_convex(&square));
        let notched =
            [pos2(0.0, 0.0), pos2(4.0, 0.0), pos2(2.0, 2.0), pos2(4.0, 4.0), pos2(0.0, 4.0)];
        assert!(!is_convex(&notched));
    }

    #[test]
    fn chords_are_few_where_a_curve_is_nearly_straight_and_stay_close_to_it() {
        assert_eq!(chords(pos2(0.0, 0.0), pos2(10.0, 0.0), pos2(20.0, 0.0), pos2(30.0, 0.0)), 1);
        let p = Point::new;
        let (from, a, b, to) = (p(0.0, 0.0), p(100.0, 40.0), p(200.0, 40.0), p(300.0, 0.0));
        let lines = flatten(Vec2::ZERO, &[PathSegment::Move(from), PathSegment::Cubic(a, b, to)]);
        let points = &lines[0].0;
        assert!((8..24).contains(&points.len()), "{}", points.len());
        // x runs evenly along this curve, so that a place on it is known from its x.
        for pair in points.windows(2) {
            let middle = pair[0].lerp(pair[1], 0.5);
            let t = middle.x / 300.0;
            let y = 3.0 * 40.0 * t * (1.0 - t);
            assert!((middle.y - y).abs() <= OFF, "{middle:?}: {y}");
        }
    }

    #[test]
    fn dashes_are_as_long_as_asked_and_go_around_corners_in_one() {
        let corner = [pos2(0.0, 0.0), pos2(4.0, 0.0), pos2(4.0, 5.0)];
        let cut = dashes(&corner, 3.0, 2.0);
        let p = pos2;
        assert_eq!(cut, [vec![p(0.0, 0.0), p(3.0, 0.0)], vec![p(4.0, 1.0), p(4.0, 4.0)]]);
        let cut = dashes(&corner, 6.0, 10.0);
        assert_eq!(cut, [vec![p(0.0, 0.0), p(4.0, 0.0), p(4.0, 2.0)]]);
        assert_eq!(dashes(&corner, 3.0, 0.0), [corner.to_vec()]);
        assert_eq!(dashes(&[], 3.0, 2.0), Vec::<Vec<Pos2>>::new());
        let round = circle(pos2(0.0, 0.0), 20.0);
        for ends in round.windows(2) {
            assert!(20.0 - ends[0].lerp(ends[1], 0.5).to_vec2().length() <= OFF * 1.01);
        }
    }

    #[test]
    fn a_path_becomes_one_line_per_move_and_says_which_close() {
        let p = Point::new;
        let segments = [
            PathSegment::Move(p(0.0, 0.0)),
            PathSegment::Line(p(1.0, 0.0)),
            PathSegment::Close,
            PathSegment::Move(p(5.0, 5.0)),
            PathSegment::Cubic(p(6.0, 5.0), p(7.0, 5.0), p(8.0, 5.0)),
        ];
        let lines = flatten(Vec2::ZERO, &segments);
        assert_eq!(lines.iter().map(|line| line.1).collect::<Vec<_>>(), [true, false]);
        assert_eq!(lines[1].0.last(), Some(&pos2(8.0, 5.0)));
    }
}
