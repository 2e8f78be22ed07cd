//! From the bounds of a date to the stretches that are drawn, still in days.

use std::borrow::Cow;

use crate::model::{
    Engagement,
    when::{Bound, Precision, Shape, Span, When},
};

/// Width of the stub that stands for an unknown bound, in points.
pub(super) const STUB: f64 = 26.0;

/// One end of a stretch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::scene) enum Edge {
    /// The moment at which a day starts (left edges) or is over (right edges).
    At(f64),
    /// There is no bound, by statement.
    Open,
    /// There is one, but nobody says where.
    Unknown,
}

/// What is drawn for a span: where it possibly was, and in it where it certainly was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::scene) struct Piece {
    pub start: Edge,
    pub end: Edge,
    /// The certain stretch; infinite where it is open.
    pub core: Option<(f64, f64)>,
    /// Where an unknown start and an unknown end are cut off: the outermost known moments.
    anchors: (f64, f64),
}

impl Piece {
    /// The piece of a span; `None` when not one of its days is known.
    pub fn of(span: Span) -> Option<Self> {
        let from = |bound: Bound| bound.day().map(|day| f64::from(day.0));
        let until = |bound: Bound| bound.day().map(|day| f64::from(day.0) + 1.0);
        let edge = |bound: Bound, day: Option<f64>| match bound {
            Bound::Day(_) => day.map_or(Edge::Unknown, Edge::At),
            Bound::Open => Edge::Open,
            Bound::Unknown => Edge::Unknown,
        };
        let core = span.core().map(|(a, b)| {
            (from(a).unwrap_or(f64::NEG_INFINITY), until(b).unwrap_or(f64::INFINITY))
        });
        let finite = |day: f64| day.is_finite().then_some(day);
        let left = core
            .and_then(|core| finite(core.0))
            .or(from(span.latest_start))
            .or(from(span.earliest_end))
            .or(until(span.latest_end))
            .or(from(span.earliest_start));
        let right = core
            .and_then(|core| finite(core.1))
            .or(until(span.earliest_end))
            .or(until(span.latest_start))
            .or(from(span.earliest_start))
            .or(until(span.latest_end));
        let (left, right) = (left.or(right)?, right.or(left)?);
        Some(Self {
            start: edge(span.earliest_start, from(span.earliest_start)),
            end: edge(span.latest_end, until(span.latest_end)),
            core,
            anchors: (left, right),
        })
    }

    /// Left and right edge in points from 1970-01-01, given the points per day and the stretch
    /// that open ends reach to.
    pub fn extent(&self, per_day: f64, bounds: (f64, f64)) -> (f64, f64) {
        let left = match self.start {
            Edge::At(day) => day * per_day,
            Edge::Open => bounds.0.min(self.anchors.0 * per_day - STUB),
            Edge::Unknown => self.anchors.0 * per_day - STUB,
        };
        let right = match self.end {
            Edge::At(day) => day * per_day,
            Edge::Open => bounds.1.max(self.anchors.1 * per_day + STUB),
            Edge::Unknown => self.anchors.1 * per_day + STUB,
        };
        (left.min(right), right.max(left))
    }

    /// Whether it is certain from end to end.
    pub fn is_certain(&self) -> bool {
        matches!((self.start, self.end, self.core), (Edge::At(a), Edge::At(b), Some(core))
            if core == (a, b))
    }
}

/// One account of an engagement's date, ready to be drawn.
#[derive(Clone, Debug)]
pub(super) struct Account<'a> {
    /// Which of the claims.
    pub claim: usize,
    /// The claim's date, for its qualifiers.
    pub when: &'a When,
    /// The stretches.
    pub spans: Cow<'a, [Span]>,
}

impl Account<'_> {
    /// Whether the date is a coarse point: a day that is known to a month, a season or years only.
    pub fn is_coarse(&self) -> bool {
        self.when.shape() == Shape::Point && self.when.precision() >= Precision::Month
    }
}

/// The accounts that are drawn: every claim where they are disputed, otherwise what all claims
/// leave possible.
pub(super) fn accounts(engagement: &Engagement, disputed: bool) -> Vec<Account<'_>> {
    let claims = &engagement.dates;
    if disputed || claims.len() < 2 {
        return claims
            .iter()
            .enumerate()
            .map(|(claim, date)| Account {
                claim,
                when: &date.when,
                spans: Cow::Borrowed(date.when.parts()),
            })
            .collect();
    }
    // Claims that agree differ in how much they say: the narrowest speaks for all, with the bounds
    // that the others add.
    let days = |when: &When| {
        let span = when.span();
        i64::from(span.latest_end.or_max().0) - i64::from(span.earliest_start.or_min().0)
    };
    let Some((claim, best)) = claims.iter().enumerate().min_by_key(|(_, c)| days(&c.when)) else {
        return Vec::new();
    };
    let spans = if claims.iter().all(|claim| claim.when.parts().len() == 1) {
        let mut span = best.when.span();
        for other in claims.iter().map(|claim| claim.when.span()) {
            span = narrowed(span, other);
        }
        Cow::Owned(vec![span])
    } else {
        Cow::Borrowed(best.when.parts())
    };
    vec![Account { claim, when: &best.when, spans }]
}

/// A span with the bounds that another account of the same date adds.
fn narrowed(span: Span, by: Span) -> Span {
    let pick = |a: Bound, b: Bound, later: bool| match (a, b) {
        (Bound::Day(x), Bound::Day(y)) => Bound::Day(if later { x.max(y) } else { x.min(y) }),
        (Bound::Day(_), _) => a,
        _ => b,
    };
    Span {
        earliest_start: pick(span.earliest_start, by.earliest_start, true),
        latest_start: pick(span.latest_start, by.latest_start, false),
        earliest_end: pick(span.earliest_end, by.earliest_end, true),
        latest_end: pick(span.latest_end, by.latest_end, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Day;

    #[test]
    fn a_day_is_certain_from_end_to_end() {
        let piece = Piece::of(Span::day(Day(10))).unwrap();
        assert!(piece.is_certain());
        assert_eq!(piece.extent(2.0, (-1e3, 1e3)), (20.0, 22.0));
    }

    #[test]
    fn a_month_has_no_certain_day() {
        let month = Span::sometime(Bound::Day(Day(0)), Bound::Day(Day(30)));
        let piece = Piece::of(month).unwrap();
        assert_eq!(piece.core, None);
        assert_eq!((piece.start, piece.end), (Edge::At(0.0), Edge::At(31.0)));
    }

    #[test]
    fn open_ends_reach_as_far_as_there_is_time_and_unknown_ones_a_stub() {
        let mut span = Span::day(Day(10));
        span.latest_end = Bound::Open;
        span.earliest_end = Bound::Open;
        let piece = Piece::of(span).unwrap();
        assert_eq!(piece.extent(1.0, (0.0, 500.0)), (10.0, 500.0));
        assert_eq!(piece.core, Some((10.0, f64::INFINITY)));
        span.latest_end = Bound::Unknown;
        span.earliest_end = Bound::Unknown;
        let piece = Piece::of(span).unwrap();
        assert_eq!(piece.extent(1.0, (0.0, 500.0)), (10.0, 11.0 + STUB));
    }

    #[test]
    fn nothing_known_is_nothing_to_draw() {
        assert_eq!(Piece::of(Span::sometime(Bound::Unknown, Bound::Open)), None);
    }
}
