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

/// A narrowing by less than this is not drawn, in points: it would look like a doubled cap.
const TELLS: f64 = 6.0;

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
    // The kind's shape stands on a certain part that is as short as itself.
    if let Some(middle) = short_core(piece, per_day)
        && !piece.is_certain()
    {
        left = left.min(middle - f64::from(RADIUS));
        right = right.max(middle + f64::from(RADIUS));
    }
    let least = if piece.is_certain() { f64::from(2.0 * RADIUS) } else { LEAST_SPREAD };
    if right - left >= least {
        return (left, right);
    }
    let middle = f64::midpoint(left, right);
    (middle - least / 2.0, middle + least / 2.0)
}

/// The middle of a certain part that is too short to be a bar, in points from 1970-01-01.
fn short_core(piece: &Piece, per_day: f64) -> Option<f64> {
    let (from, to) = piece.core?;
    let short = (to - from) * per_day <= f64::from(2.0 * RADIUS + 3.0);
    short.then(|| f64::midpoint(from, to) * per_day)
}

/// Whether the kind's shape stands on the mark itself: it says that this is the day. A stretch has
/// no such day, so its kind is told beside its name.
pub(in crate::scene) fn bears_shape(piece: &Piece, alternative: bool, per_day: f64) -> bool {
    short_core(piece, per_day).is_some() && (!alternative || piece.is_certain())
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
    let tight = tight.filter(|tight| {
        let (from, to) = tight.extent(frame.per_day, frame.bounds);
        let narrower = (from - left).max(right - to) > TELLS;
        narrower || look.derived.0 || look.derived.1
    });
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
    let bears = bears_shape(piece, look.alternative, frame.per_day);
    if piece.is_certain() && bears {
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
    if let Some((from, to)) = certain.filter(|_| !bears) {
        let open_left = from == f64::NEG_INFINITY;
        let open_right = to == f64::INFINITY;
        let a = if open_left { x0 } else { frame.x(from * frame.per_day) };
        let b = if open_right { x1 } else { frame.x(to * frame.per_day) };
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
    }
    if let Some(middle) = certain.and_then(|_| short_core(piece, frame.per_day)) {
        let center = Point::new(frame.x(middle), y);
        shape(look, center, true, false, out);
        strike(look, center, out);
    } else if look.cancelled {
        let stroke = Stroke::solid(look.color, 1.5);
        out.push(shapes::line(Point::new(x0 - 3.0, y), Point::new(x1 + 3.0, y), stroke));
    }
    Rect::new(x0, y - CAP, (x1 - x0).max(0.0), 2.0 * CAP)
}

/// Width that the kind's shape takes before a name, in points.
pub(in crate::scene) const BULLET: f32 = 12.0;

/// The kind's shape before the name of a mark that does not bear it. `x` is where the name starts.
pub(in crate::scene) fn bullet(look: &Look, x: f32, y: f32) -> Item {
    let hollow = look.planned || look.cancelled;
    let fill = if hollow { look.ground } else { look.color };
    let stroke = hollow.then_some(Stroke::solid(look.color, 1.25));
    let radius = if hollow { 3.1 } else { 3.5 };
    shapes::kind(look.slot, Point::new(x - BULLET + 4.0, y), radius, Some(fill), stroke)
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

/// How much of its colour a possible day has. A dark ground swallows more of it.
fn pale(look: &Look) -> f32 {
    let Color { r, g, b, .. } = look.ground;
    let dark = u16::from(r) + u16::from(g) + u16::from(b) < 3 * 128;
    if dark { 0.4 } else { 0.28 }
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
    let hollow = look.planned || look.cancelled;
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
    let fill = match (tight.is_some(), hollow) {
        (_, true) => look.ground,
        (true, _) => look.color.faded(0.36 * pale(look)),
        (false, false) => look.color.faded(pale(look)),
    };
    let stroke = if look.approximate {
        Some(Stroke::dashed(edge, 1.25, 3.0, 2.5))
    } else {
        hollow.then_some(Stroke::solid(edge.over(look.ground, 0.6), 1.0))
    };
    out.push(shapes::polyline(&outline, true, Some(fill), stroke));
    let dotted = Stroke::dashed(edge.faded(0.8), 1.25, 2.0, 2.0);
    if let Some((from, to)) = tight.filter(|(from, to)| from < to) {
        used.note(Convention::Tightened);
        let rect = Rect::new(from, y - HALF, to - from, 2.0 * HALF);
        out.push(Item::Rect {
            rect,
            radius: 0.0,
            fill: Some(look.color.faded(0.42 * pale(look))),
            stroke: None,
        });
        for (x, outer, derived) in [(from, a, look.derived.0), (to, b, look.derived.1)] {
            if f64::from((x - outer).abs()) > TELLS || derived {
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

/// The dashed curve between two marks that cannot both be right, from their nearer edges.
pub(in crate::scene) fn tie(a: Rect, b: Rect, color: Color) -> Item {
    let (ca, cb) = (a.center(), b.center());
    if (ca.y - cb.y).abs() < 1.0 {
        let (a, b) = if a.x <= b.x { (a, b) } else { (b, a) };
        let edge = a.center().y + RADIUS + 2.0;
        let from = Point::new(a.center().x.min(a.right()), edge);
        let to = Point::new(b.x.max(from.x), edge);
        let bend = ((to.x - from.x).abs() * 0.175).clamp(4.0, 20.0);
        let down = edge + 12.0;
        return curve(
            from,
            Point::new(from.x + bend, down),
            Point::new(to.x - bend, down),
            to,
            color,
        );
    }
    let (upper, lower) = if ca.y < cb.y { (a, b) } else { (b, a) };
    // The wider of the two is met where the other one stands above or below it.
    let meet = |at: Rect, other: Rect| {
        let narrow = at.w <= 2.0 * (CAP + RADIUS);
        let x = if narrow { at.center().x } else { other.center().x };
        x.clamp(at.x, at.right().max(at.x))
    };
    let (top, foot) = if upper.w <= lower.w {
        (upper.center().x, meet(lower, upper))
    } else {
        (meet(upper, lower), lower.center().x)
    };
    let (from, to) = (Point::new(top, upper.bottom() + 1.0), Point::new(foot, lower.y - 1.0));
    let middle = f32::midpoint(from.y, to.y);
    curve(from, Point::new(from.x, middle), Point::new(to.x, middle), to, color)
}

fn curve(from: Point, a: Point, b: Point, to: Point, color: Color) -> Item {
    Item::Path {
        segments: [PathSegment::Move(from), PathSegment::Cubic(a, b, to)].into(),
        fill: None,
        stroke: Some(Stroke::dashed(color, 1.4, 4.0, 3.0)),
    }
}
