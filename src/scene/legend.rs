//! The legend of a timeline: what it uses, and nothing else.

use super::{
    Item, Point, Rect, Stroke, Tokens,
    text::{self, Align, Style},
    timeline::{
        Convention, Used,
        mark::{self, Frame, Look},
        piece::Piece,
        shapes,
    },
};
use crate::{
    model::{
        Day,
        when::{Bound, Span},
    },
    scene::Color,
};

/// Height of a line of the legend, in points.
const LINE: f32 = 20.0;
/// Distance between two entries.
const GAP: f32 = 18.0;

/// An entry before it has a place: how wide its picture is, how to draw it, and what it says.
struct Entry {
    picture: f32,
    what: What,
    label: String,
}

enum What {
    Kind(u8),
    Convention(Convention),
}

/// The entries as lines of at most `width` points from a top left corner: first the kinds, then
/// the conventions for dates. Returns the items and their height.
#[must_use]
pub fn build(used: &Used, at: Point, width: f32, tokens: &Tokens) -> (Vec<Item>, f32) {
    let mut entries: Vec<Entry> = used
        .kinds
        .values()
        .map(|(name, slot)| Entry {
            picture: 2.0 * mark::RADIUS + 2.0,
            what: What::Kind(*slot),
            label: name.to_string(),
        })
        .collect();
    let kinds = entries.len();
    // A plain mark explains itself beside its kind; it is listed to be told from the others.
    let plain = used.conventions.len() == 1 && used.conventions.contains(&Convention::Day);
    entries.extend(used.conventions.iter().filter(|_| !plain).map(|convention| Entry {
        picture: picture_width(*convention),
        what: What::Convention(*convention),
        label: convention.label().to_owned(),
    }));

    let mut items = Vec::new();
    let (mut x, mut y) = (at.x, at.y);
    for (index, entry) in entries.iter().enumerate() {
        let label_width = text::width(&entry.label, Tokens::SMALL, false);
        let entry_width = entry.picture + 6.0 + label_width;
        // Kinds and conventions are two paragraphs.
        if x > at.x && (x + entry_width > at.x + width || index == kinds) {
            x = at.x;
            y += LINE;
        }
        let middle = y + LINE / 2.0;
        match entry.what {
            What::Kind(slot) => items.push(shapes::kind(
                slot,
                Point::new(x + entry.picture / 2.0, middle),
                mark::RADIUS,
                Some(tokens.kind(slot)),
                None,
            )),
            What::Convention(convention) => {
                picture(convention, Rect::new(x, y, entry.picture, LINE), tokens, &mut items);
            }
        }
        let style = Style { size: Tokens::SMALL, strong: false, color: tokens.ink_weak };
        let room = (width - entry.picture - 6.0).max(0.0);
        let label = text::fitted(&entry.label, room, Tokens::SMALL, false);
        let start = Point::new(x + entry.picture + 6.0, middle + 4.0);
        items.push(Item::Text(text::line(&label, start, Align::Left, style)));
        x += entry_width + GAP;
    }
    (items, if entries.is_empty() { 0.0 } else { y - at.y + LINE })
}

/// The conventions for dates in one line of at most `width` points from a top left corner, as many
/// as have room, the ones that readers most often have to look up first. Returns the items, the
/// width that they take, and how many kinds and conventions are left out.
#[must_use]
pub fn line(used: &Used, at: Point, width: f32, tokens: &Tokens) -> (Vec<Item>, f32, usize) {
    const FIRST: [Convention; 17] = [
        Convention::Disputed,
        Convention::Conflict,
        Convention::Uncertain,
        Convention::Extension,
        Convention::Bracket,
        Convention::Day,
        Convention::Core,
        Convention::Planned,
        Convention::Approximate,
        Convention::Open,
        Convention::Unknown,
        Convention::Density,
        Convention::Folded,
        Convention::Tightened,
        Convention::Cancelled,
        Convention::OneOf,
        Convention::AllOf,
    ];
    let style = Style { size: Tokens::SMALL, strong: false, color: tokens.ink_weak };
    let mut items = Vec::new();
    let mut x = at.x;
    let mut left_out = used.kinds.len();
    for convention in FIRST.into_iter().filter(|convention| used.conventions.contains(convention)) {
        let picture_width = picture_width(convention);
        let start = Point::new(x + picture_width + 6.0, at.y + LINE / 2.0 + 4.0);
        let label = text::line(convention.label(), start, Align::Left, style);
        let end = start.x + label.width;
        if end > at.x + width {
            left_out += 1;
            continue;
        }
        picture(convention, Rect::new(x, at.y, picture_width, LINE), tokens, &mut items);
        items.push(Item::Text(label));
        x = end + GAP;
    }
    (items, (x - GAP - at.x).max(0.0), left_out)
}

fn picture_width(convention: Convention) -> f32 {
    match convention {
        Convention::Day
        | Convention::Approximate
        | Convention::Planned
        | Convention::Cancelled
        | Convention::Uncertain
        | Convention::Disputed => 14.0,
        Convention::Folded => 26.0,
        Convention::Density => 18.0,
        Convention::Bracket | Convention::Conflict => 26.0,
        _ => 38.0,
    }
}

/// Draws an example in a rectangle, with the same code that draws the marks, in ink.
fn picture(convention: Convention, rect: Rect, tokens: &Tokens, out: &mut Vec<Item>) {
    let ink: Color = tokens.ink_weak;
    let middle = rect.center();
    let mut look = Look {
        slot: 0,
        color: ink,
        ground: tokens.paper,
        approximate: false,
        planned: false,
        cancelled: false,
        coarse: false,
        alternative: false,
        derived: (false, false),
    };
    let bound = |at: i32| Bound::Day(Day(at));
    let w = rect.w as i32;
    let sometime = Span::sometime(bound(1), bound(w - 2));
    let through = |from: i32, to: i32| Span {
        earliest_start: bound(from),
        latest_start: bound(from),
        earliest_end: bound(to),
        latest_end: bound(to),
    };
    let span = match convention {
        Convention::Folded => {
            let frame = rect.grown(-2.0);
            let style = Style { size: Tokens::SMALL, strong: true, color: ink };
            out.push(Item::Rect {
                rect: frame,
                radius: 8.0,
                fill: None,
                stroke: Some(Stroke::solid(tokens.outline, 1.0)),
            });
            let at = Point::new(middle.x, middle.y + 4.0);
            out.push(Item::Text(text::line("+3", at, Align::Center, style)));
            return;
        }
        Convention::Density => {
            for (index, (solid, pale)) in
                [(5.0, 3.0), (11.0, 0.0), (8.0, 4.0), (3.0, 2.0)].into_iter().enumerate()
            {
                let x = rect.x + index as f32 * 4.0 + 1.0;
                let foot = rect.bottom() - 3.0;
                for (top, h, color) in
                    [(foot - solid, solid, ink), (foot - solid - pale, pale, ink.faded(0.35))]
                {
                    let rect = Rect::new(x, top, 3.0, h);
                    out.push(Item::Rect { rect, radius: 0.0, fill: Some(color), stroke: None });
                }
            }
            return;
        }
        Convention::Uncertain => {
            let style = Style { size: Tokens::BODY, strong: true, color: ink };
            let at = Point::new(middle.x, middle.y + 4.5);
            out.push(Item::Text(text::line("?", at, Align::Center, style)));
            return;
        }
        Convention::Disputed => {
            out.extend(shapes::warning(middle, tokens.amber, tokens.paper));
            return;
        }
        Convention::Conflict => {
            let end = |x: f32, y: f32| Rect::new(rect.x + x, rect.y + y, 0.0, 0.0);
            out.push(mark::tie(end(3.0, 3.0), end(rect.w - 3.0, LINE - 3.0), tokens.amber));
            return;
        }
        Convention::OneOf | Convention::AllOf => {
            let reach = rect.w / 2.0 - mark::RADIUS;
            let one_of = convention == Convention::OneOf;
            let (from, to) =
                (Point::new(middle.x - reach, middle.y), Point::new(middle.x + reach, middle.y));
            let stroke = if one_of {
                Stroke::dashed(ink.faded(0.7), 1.0, 1.5, 2.5)
            } else {
                Stroke::solid(ink.faded(0.7), 1.0)
            };
            out.push(shapes::line(from, to, stroke));
            for center in [from, to] {
                let fill = if one_of { ink.over(tokens.paper, 0.5) } else { ink };
                let radius = mark::RADIUS - if one_of { 1.5 } else { 0.0 };
                out.push(shapes::kind(0, center, radius, Some(fill), None));
            }
            return;
        }
        Convention::Day => through(w / 2, w / 2),
        Convention::Approximate => {
            look.approximate = true;
            through(w / 2, w / 2)
        }
        Convention::Planned => {
            look.planned = true;
            through(w / 2, w / 2)
        }
        Convention::Cancelled => {
            look.cancelled = true;
            through(w / 2, w / 2)
        }
        Convention::Core => through(1, w - 2),
        Convention::Extension | Convention::Tightened => sometime,
        Convention::Bracket => {
            look.coarse = true;
            sometime
        }
        Convention::Open => {
            Span { earliest_end: Bound::Open, latest_end: Bound::Open, ..through(1, 1) }
        }
        Convention::Unknown => {
            Span { earliest_end: Bound::Unknown, latest_end: Bound::Unknown, ..through(6, 6) }
        }
    };
    let Some(piece) = Piece::of(span) else { return };
    let tight = (convention == Convention::Tightened)
        .then(|| Piece::of(Span::sometime(bound(w / 3), bound(2 * w / 3))))
        .flatten();
    let frame = Frame {
        per_day: 1.0,
        shift: f64::from(rect.x),
        bounds: (1.0, f64::from(w) - 1.0),
        view: (rect.x, rect.right()),
    };
    mark::draw(&piece, tight.as_ref(), &look, &frame, middle.y, &mut Used::default(), out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Theme;

    #[test]
    fn one_line_takes_what_has_room_and_starts_with_disputes() {
        let mut used = Used::default();
        for convention in [
            Convention::Day,
            Convention::Bracket,
            Convention::Uncertain,
            Convention::Disputed,
            Convention::Open,
        ] {
            used.note(convention);
        }
        let said = |width: f32| {
            let (items, taken, left_out) =
                line(&used, Point::default(), width, Tokens::of(Theme::Light));
            assert!(taken <= width);
            let words = items.into_iter().filter_map(|item| match item {
                Item::Text(run) if run.text.len() > 1 => Some(run.text),
                _ => None,
            });
            let words = words.collect::<Vec<_>>();
            assert_eq!(words.len() + left_out, used.conventions.len());
            words.join(" | ")
        };
        assert_eq!(said(130.0), "sources disagree");
        assert_eq!(said(230.0), "sources disagree | uncertain");
        assert!(said(900.0).ends_with("open: no bound"));
        assert_eq!(said(0.0), "");
    }
}
