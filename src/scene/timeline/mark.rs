//! Drawing one stretch of time with everything that is known about how well it is known.

use super::{
    piece::{Edge, Piece},
    shapes,
    used::{Convention, Used},
};
use crate::scene::{Color, Item, PathSegment, Point, Rect, Stroke};

/// Radius of a kind's shape, in points.
pub(in crate::scene) const RADIUS: f32 = 5.5;
/// Half the height of a bar, in points.
const HALF: f32 = 4.0;
/// Half the height of a cap, in points.
const CAP: f32 = 7.0;
/// The least width of anything with an extension, so that it never looks like a known day.
pub(in crate::scene) const LEAST_SPREAD: f64 = 19.0;

/// How a stretch is to look.
#[derive(Clone, Copy, Debug)]
pub(in crate::scene) struct Look {
    /// The kind's slot: colour and shape.
    pub slot: u8,
    /// The colour of the kind, already paler for an account that the reader has not chosen.
    pub color: Color,
    /// The ground it stands on.
    pub ground: Color,
    /// Marked approximate.
    pub approximate: bool,
    /// Announced only.
    pub planned: bool,
    /// Called off.
    pub cancelled: bool,
    /// A point known to a month or coarser.
    pub coarse: bool,
    /// One of several alternatives, so nothing of it is certain.
    pub alternative: bool,
    /// Whether the left and the right bound come from other dates, not from a statement.
    pub derived: (bool, bool),
}

/// Left and right edge of what will be drawn, in points from 1970-01-01; see [`Piece::extent`].
pub(in crate::scene) fn extent(piece: &Piece, per_day: f64, bounds: (f64, f64)) -> (f64, f64) {
    let (mut left, mut right) = piece.extent(per_day, bounds);
    // The kind's shape stands on the certain part, however short that is.
    if let Some((from, to)) = piece.core
        && !piece.is_certain()
    {
        let middle = f64::midpoint(from, to) * per_day;
        if middle.is_finite() {
            left = left.min(middle - f64::from(RADIUS));
            right = right.max(middle + f64::from(RADIUS));
        }
    }
    let least = if piece.is_certain() { f64::from(2.0 * RADIUS) } else { LEAST_SPREAD };
    if right - left >= least {
        return (left, right);
    }
    let middle = f64::midpoint(left, right);
    (middle - least / 2.0, middle + least / 2.0)
}

/// Positions for drawing.
#[derive(Clone, Copy, Debug)]
pub(in crate::scene) struct Frame {
    /// Points per day.
    pub per_day: f64,
    /// What to add to points from 1970-01-01 to get a position in the scene.
    pub shift: f64,
    /// Where open ends reach to, in points from 1970-01-01.
    pub bounds: (f64, f64),
    /// Left and right edge of the visible part.
    pub view: (f32, f32),
}

impl Frame {
    /// A position kept near the visible part, so that far ones stay exact enough to draw.
    pub fn x(&self, points: f64) -> f32 {
        let (left, right) = (f64::from(self.view.0) - 80.0, f64::from(self.view.1) + 80.0);
        (points + self.shift).clamp(left, right) as f32
    }
}

/// Draws a stretch with its middle line at `y` and returns the rectangle it takes.
pub(in crate::scene) fn draw(
    piece: &Piece,
    tight: Option<&Piece>,
    look: &Look,
    frame: &Frame,
    y: f32,
    used: &mut Used,
    out: &mut Vec<Item>,
) -> Rect {
    let (left, right) = extent(piece, frame.per_day, frame.bounds);
    let (x0, x1) = (frame.x(left), frame.x(right));
    let hollow = look.planned || look.cancelled;
    if look.planned {
        used.note(Convention::Planned);
    }
    if look.cancelled {
        used.note(Convention::Cancelled);
    }
    if look.approximate {
        used.note(Convention::Approximate);
    }
    let (raw_left, raw_right) = piece.extent(frame.per_day, frame.bounds);
    if piece.is_certain() && raw_right - raw_left <= f64::from(2.0 * RADIUS + 3.0) {
        let center = Point::new(f32::midpoint(x0, x1), y);
        used.note(if look.alternative { Convention::OneOf } else { Convention::Day });
        shape(look, center, !look.alternative, true, out);
        strike(look, center, out);
        return Rect::new(center.x - RADIUS, y - RADIUS, 2.0 * RADIUS, 2.0 * RADIUS);
    }

    let solid = look.color;
    let certain = piece.core.filter(|_| !look.alternative);
    if !piece.is_certain() || look.alternative {
        body(piece, tight, look, frame, (x0, x1), y, used, out);
    }
    let mut core_rect = None;
    if let Some((from, to)) = certain {
        let open_left = from == f64::NEG_INFINITY;
        let open_right = to == f64::INFINITY;
        let mut a = if open_left { x0 } else { frame.x(from * frame.per_day) };
        let mut b = if open_right { x1 } else { frame.x(to * frame.per_day) };
        if b - a < 3.0 {
            let middle = f32::midpoint(a, b);
            (a, b) = (middle - 1.5, middle + 1.5);
        }
        // The head of an arrow takes the end of an open bar.
        let (mut bar_from, mut bar_to) = (a, b);
        if open_left {
            bar_from = (a.max(frame.view.0) + 7.0).min(b);
        }
        if open_right {
            bar_to = (b.min(frame.view.1) - 7.0).max(a);
        }
        let rect = Rect::new(bar_from, y - HALF, (bar_to - bar_from).max(0.0), 2.0 * HALF);
        let stroke = if look.approximate {
            Some(Stroke::dashed(solid, 1.25, 3.0, 2.5))
        } else {
            hollow.then_some(Stroke::solid(solid, 1.5))
        };
        let fill = if hollow {
            look.ground
        } else if look.approximate {
            solid.over(look.ground, 0.45)
        } else {
            solid
        };
        out.push(Item::Rect { rect, radius: 2.0, fill: Some(fill), stroke });
        if open_left {
            used.note(Convention::Open);
            out.push(shapes::arrow(Point::new(a.max(frame.view.0 + 1.0), y), -1.0, solid));
        }
        if open_right {
            used.note(Convention::Open);
            out.push(shapes::arrow(Point::new(b.min(frame.view.1 - 1.0), y), 1.0, solid));
        }
        used.note(Convention::Core);
        core_rect = Some((bar_from, bar_to));
    }
    // The kind's shape stands in the middle of what is visible of it.
    let narrowed = tight.map(|tight| {
        let (from, to) = tight.extent(frame.per_day, frame.bounds);
        (frame.x(from).max(x0), frame.x(to).min(x1))
    });
    let (from, to) = core_rect.or(narrowed).unwrap_or((x0, x1));
    let (from, to) = (from.max(frame.view.0), to.min(frame.view.1));
    if to - from >= 0.0 {
        let center = Point::new(f32::midpoint(from, to), y);
        if core_rect.is_some_and(|core| core.1 - core.0 >= 4.0 * RADIUS) {
            let halo = Some(Stroke::solid(look.ground, 2.5));
            out.push(shapes::kind(look.slot, center, RADIUS, Some(look.ground), halo));
        }
        shape(look, center, core_rect.is_some(), false, out);
        strike(look, center, out);
    }
    Rect::new(x0, y - CAP, (x1 - x0).max(0.0), 2.0 * CAP)
}

/// The kind's shape: filled, pale where nothing is certain, hollow when planned, with a dashed
/// ring when approximate (`ring`; a bar has its own dashed outline).
fn shape(look: &Look, center: Point, certain: bool, ring: bool, out: &mut Vec<Item>) {
    let hollow = look.planned || look.cancelled;
    let fill = if hollow {
        look.ground
    } else if certain && !look.approximate {
        look.color
    } else {
        look.color.over(look.ground, 0.55)
    };
    let stroke = hollow.then_some(Stroke::solid(look.color, 1.75));
    let radius = match (certain, hollow) {
        _ if ring && look.approximate => RADIUS - 2.0,
        (true, false) => RADIUS,
        (true, true) => RADIUS - 0.6,
        (false, true) => RADIUS - 1.2,
        (false, false) => RADIUS - 1.5,
    };
    out.push(shapes::kind(look.slot, center, radius, Some(fill), stroke));
    if ring && look.approximate {
        let stroke = Some(Stroke::dashed(look.color, 1.25, 2.75, 2.0));
        out.push(Item::Circle { center, radius: RADIUS + 1.75, fill: None, stroke });
    }
}

/// The line through what was called off.
fn strike(look: &Look, center: Point, out: &mut Vec<Item>) {
    if look.cancelled {
        let reach = RADIUS + 2.0;
        out.push(shapes::line(
            Point::new(center.x - reach, center.y + reach),
            Point::new(center.x + reach, center.y - reach),
            Stroke::solid(look.color, 1.75),
        ));
    }
}

/// The pale part with its two ends.
#[expect(clippy::too_many_arguments, reason = "the parts of one drawing step")]
fn body(
    piece: &Piece,
    tight: Option<&Piece>,
    look: &Look,
    frame: &Frame,
    (x0, x1): (f32, f32),
    y: f32,
    used: &mut Used,
    out: &mut Vec<Item>,
) {
    let edge = look.color;
    let open = (piece.start == Edge::Open, piece.end == Edge::Open);
    let unknown = (piece.start == Edge::Unknown, piece.end == Edge::Unknown);
    let (mut a, mut b) = (x0, x1);
    if open.0 {
        a = (x0.max(frame.view.0) + 7.0).min(x1);
    }
    if open.1 {
        b = (x1.min(frame.view.1) - 7.0).max(x0);
    }
    let tight = tight.map(|piece| {
        let (from, to) = piece.extent(frame.per_day, frame.bounds);
        (frame.x(from).max(a), frame.x(to).min(b))
    });

    let mut outline = Vec::with_capacity(12);
    if unknown.0 {
        outline.extend(shapes::torn(a, y, HALF, -1.0).into_iter().rev());
    } else {
        outline.extend([Point::new(a, y + HALF), Point::new(a, y - HALF)]);
    }
    if unknown.1 {
        outline.extend(shapes::torn(b, y, HALF, 1.0));
    } else {
        outline.extend([Point::new(b, y - HALF), Point::new(b, y + HALF)]);
    }
    // What other dates leave possible is lighter than what is stated; what they rule out is only
    // a breath of colour.
    let fill = match (tight.is_some(), look.planned) {
        (true, _) => look.color.faded(0.08),
        (false, true) => look.color.faded(0.13),
        (false, false) => look.color.faded(0.22),
    };
    let stroke = look.approximate.then_some(Stroke::dashed(edge, 1.25, 3.0, 2.5));
    out.push(shapes::polyline(&outline, true, Some(fill), stroke));
    let dotted = Stroke::dashed(edge.faded(0.8), 1.25, 2.0, 2.0);
    if let Some((from, to)) = tight.filter(|(from, to)| from < to) {
        used.note(Convention::Tightened);
        let rect = Rect::new(from, y - HALF, to - from, 2.0 * HALF);
        out.push(Item::Rect { rect, radius: 0.0, fill: Some(look.color.faded(0.1)), stroke: None });
        for (x, outer, derived) in [(from, a, look.derived.0), (to, b, look.derived.1)] {
            if (x - outer).abs() > 0.5 || derived {
                out.push(shapes::line(Point::new(x, y - CAP), Point::new(x, y + CAP), dotted));
            }
        }
    }

    let stroke = Stroke::solid(edge, 1.4);
    let core = piece.core.unwrap_or((f64::NAN, f64::NAN));
    let left_cap = !look.derived.0
        && matches!(piece.start, Edge::At(day) if day != core.0 || look.alternative);
    let right_cap =
        !look.derived.1 && matches!(piece.end, Edge::At(day) if day != core.1 || look.alternative);
    for (cap, x, dir) in [(left_cap, a, 1.0), (right_cap, b, -1.0)] {
        if !cap {
            continue;
        }
        let (top, foot) = (y - CAP, y + CAP);
        let serif = if look.coarse { 3.0 * dir } else { 0.0 };
        out.push(shapes::polyline(
            &[
                Point::new(x + serif, top),
                Point::new(x, top),
                Point::new(x, foot),
                Point::new(x + serif, foot),
            ],
            false,
            None,
            Some(stroke),
        ));
    }
    if look.coarse {
        used.note(Convention::Bracket);
    } else if left_cap || right_cap {
        used.note(Convention::Extension);
    }
    if look.alternative {
        used.note(Convention::OneOf);
    }
    let arrow = look.color.over(look.ground, 0.6);
    // An open end of the certain part brings its own arrow.
    if open.0 && core.0 != f64::NEG_INFINITY {
        used.note(Convention::Open);
        out.push(shapes::arrow(Point::new(x0.max(frame.view.0 + 1.0), y), -1.0, arrow));
    }
    if open.1 && core.1 != f64::INFINITY {
        used.note(Convention::Open);
        out.push(shapes::arrow(Point::new(x1.min(frame.view.1 - 1.0), y), 1.0, arrow));
    }
    if unknown.0 {
        used.note(Convention::Unknown);
        let torn = shapes::torn(a, y, HALF + 2.0, -1.0);
        out.push(shapes::polyline(&torn, false, None, Some(Stroke::solid(edge, 1.25))));
    }
    if unknown.1 {
        used.note(Convention::Unknown);
        let torn = shapes::torn(b, y, HALF + 2.0, 1.0);
        out.push(shapes::polyline(&torn, false, None, Some(Stroke::solid(edge, 1.25))));
    }
}

/// The dashed curve that ties the accounts of a disputed date.
pub(in crate::scene) fn tie(from: Point, to: Point, color: Color) -> Item {
    let bend = ((to.x - from.x).abs() * 0.35).clamp(8.0, 40.0);
    let segments = if (to.y - from.y).abs() < 1.0 {
        let down = from.y + 12.0;
        [
            PathSegment::Move(from),
            PathSegment::Cubic(
                Point::new(from.x + bend * 0.5, down),
                Point::new(to.x - bend * 0.5, down),
                to,
            ),
        ]
    } else {
        [
            PathSegment::Move(from),
            PathSegment::Cubic(
                Point::new(from.x, f32::midpoint(from.y, to.y)),
                Point::new(to.x, f32::midpoint(from.y, to.y)),
                to,
            ),
        ]
    };
    Item::Path {
        segments: segments.into(),
        fill: None,
        stroke: Some(Stroke::dashed(color, 1.4, 4.0, 3.0)),
    }
}
