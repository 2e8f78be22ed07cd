//! EDTF text to [`When`]: expression to bounds, with the decisions that libraries leave open.

use super::date::DateExpr;
use super::expr::{Element, End, Expr, clock};
use super::{Bound, Shape, Span, Told, When, old_draft};
use crate::model::Day;

/// Why a date could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not a date that can be read: {reason}")]
pub struct WhenError {
    /// The text as given.
    pub text: String,
    /// What is wrong with it, and what to write instead.
    pub reason: String,
}

/// Reads EDTF of levels 0 to 2; the second value is what was normalised, if anything was.
pub(super) fn parse(text: &str) -> Result<(When, Option<String>), WhenError> {
    let trimmed = text.trim();
    if let Some(day) = Day::from_iso(trimmed)
        && super::days::told(day).is_some()
    {
        return Ok((When::on(day), None));
    }
    let fail = |reason: String| WhenError {
        text: text.to_owned(),
        reason: format!(
            "{reason}. Dates are written in EDTF, for example 2024-06-04, 2024-06, \
             2024-06-05/2024-06-06 or 2022?"
        ),
    };
    match Expr::parse(trimmed) {
        Ok(expr) => Ok((build(&expr), None)),
        Err(reason) => {
            let new = old_draft::modernise(trimmed).ok_or_else(|| fail(reason.clone()))?;
            let expr = Expr::parse(&new).map_err(|_| fail(reason))?;
            let when = build(&expr);
            let note = format!(
                "“{trimmed}” is written as in the EDTF draft of 2012; read as {}",
                when.edtf()
            );
            Ok((when, Some(note)))
        }
    }
}

fn build(expr: &Expr) -> When {
    let mut time = None;
    let mut parts = Vec::new();
    let (span, shape) = match expr {
        Expr::Date(date) => (sometime(date), Shape::Point),
        Expr::Time(date, at) => {
            time = Some(clock(*at).into_boxed_str());
            (sometime(date), Shape::Point)
        }
        Expr::Interval(start, end) => (interval(start, end), Shape::Interval),
        Expr::Set(all, elements) => {
            parts = elements.iter().map(|element| part(element, *all)).collect::<Vec<_>>();
            parts.sort_by_key(|part| (part.earliest_start.or_min(), part.latest_end.or_max()));
            let span = parts.iter().copied().reduce(Span::hull).unwrap_or(Span::NOTHING_KNOWN);
            match (all, elements.as_slice()) {
                (true, _) => (span, Shape::AllOf),
                (false, [Element::Date(_)] | [_, _, ..] | []) => (span, Shape::OneOf),
                // One range is not a choice between dates but a stretch in which it lies.
                (false, [_]) => {
                    parts.clear();
                    (span, Shape::Sometime)
                }
            }
        }
    };
    let dates = expr.dates();
    When::from(Told {
        edtf: expr.to_string().into(),
        words: None,
        shape,
        precision: expr.precision(),
        span,
        parts: parts.into(),
        approximate: dates.iter().any(|date| date.date.is_approximate()),
        uncertain: dates.iter().any(|date| date.date.is_uncertain()),
        time,
    })
}

const fn sometime(date: &DateExpr) -> Span {
    Span::sometime(Bound::Day(date.from), Bound::Day(date.to))
}

/// The bounds of an interval, the start never after the end.
fn interval(start: &End, end: &End) -> Span {
    let (earliest_start, latest_start) = match start {
        End::Open => (Bound::Open, Bound::Open),
        End::Unknown => (Bound::Unknown, Bound::Unknown),
        End::OnOrBefore(date) => (Bound::Open, Bound::Day(date.to)),
        End::Date(date) | End::OnOrAfter(date) => (Bound::Day(date.from), Bound::Day(date.to)),
    };
    let (earliest_end, latest_end) = match end {
        End::Open => (Bound::Open, Bound::Open),
        End::Unknown => (Bound::Unknown, Bound::Unknown),
        End::OnOrAfter(date) => (Bound::Day(date.from), Bound::Open),
        End::Date(date) | End::OnOrBefore(date) => (Bound::Day(date.from), Bound::Day(date.to)),
    };
    Span { earliest_start, latest_start, earliest_end, latest_end }.ordered()
}

/// The bounds of one element of a set.
fn part(element: &Element, all: bool) -> Span {
    let day = Bound::Day;
    match (element, all) {
        (Element::Date(date), _) => sometime(date),
        // All dates up to one, or from one on, or between two, are a stretch of time.
        (Element::OnOrBefore(date), true) => interval(&End::Open, &End::Date(*date)),
        (Element::OnOrAfter(date), true) => interval(&End::Date(*date), &End::Open),
        (Element::Range(from, to), true) => interval(&End::Date(*from), &End::Date(*to)),
        // One of them is a day somewhere in it.
        (Element::OnOrBefore(date), false) => Span::sometime(Bound::Open, day(date.to)),
        (Element::OnOrAfter(date), false) => Span::sometime(day(date.from), Bound::Open),
        (Element::Range(from, to), false) => Span::sometime(day(from.from), day(to.to)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_is_told_once_is_what_its_text_says() {
        for number in [-25_568, -25_567, -25_056, -25_055, 0, 19_878, 38_432, 38_433] {
            let day = Day(number);
            let expr = Expr::parse(&day.iso()).expect("a date");
            assert_eq!(build(&expr), When::on(day), "{}", day.iso());
            assert_eq!(When::parse(&day.iso()), Ok(When::on(day)));
        }
    }
}
