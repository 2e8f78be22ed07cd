//! EDTF text to [`When`], by way of `edtf-core`, with the decisions that it leaves open.

use edtf_core as edtf;

use super::{Bound, Precision, Shape, Span, When};
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

pub(super) fn parse(text: &str) -> Result<When, WhenError> {
    let fail = |reason: String| WhenError { text: text.to_owned(), reason };
    let parsed = edtf::Edtf::parse(text).map_err(|error| {
        fail(format!(
            "{} (at character {}); dates are written in EDTF, for example 2024-06-04, 2024-06, \
             2024-06-05/2024-06-06 or 2022?",
            error.message,
            error.offset + 1
        ))
    })?;
    let bounds = parsed.bounds();
    let (span, shape) = match &parsed {
        edtf::Edtf::Interval(interval) => (
            Span {
                earliest_start: side(&interval.start, true),
                latest_start: side(&interval.start, false),
                earliest_end: side(&interval.end, true),
                latest_end: side(&interval.end, false),
            },
            Shape::Interval,
        ),
        edtf::Edtf::Set(set) => (
            Span::sometime(bound(bounds.earliest), bound(bounds.latest)),
            match set.kind {
                edtf::SetKind::AllMembers => Shape::AllOf,
                edtf::SetKind::OneMember => Shape::OneOf,
            },
        ),
        _ => (Span::sometime(bound(bounds.earliest), bound(bounds.latest)), Shape::Point),
    };
    if span.last_start() > span.latest_end.or_max() && shape == Shape::Interval {
        return Err(fail("it ends before it starts; put the earlier date first".to_owned()));
    }
    Ok(When {
        edtf: parsed.to_string().into(),
        words: None,
        shape,
        precision: Precision::Day,
        span,
        parts: Box::default(),
        approximate: parsed.is_approximate(),
        uncertain: parsed.is_uncertain(),
        time: None,
    })
}

fn bound(bound: edtf::Bound) -> Bound {
    match bound {
        edtf::Bound::NegativeInfinity | edtf::Bound::PositiveInfinity => Bound::Open,
        edtf::Bound::Unknown => Bound::Unknown,
        edtf::Bound::Date(date) => i32::try_from(date.year)
            .ok()
            .and_then(|year| Day::from_ymd(year, date.month.into(), date.day.into()))
            .map_or(Bound::Unknown, Bound::Day),
    }
}

fn side(endpoint: &edtf::IntervalEndpoint, earliest: bool) -> Bound {
    match endpoint {
        edtf::IntervalEndpoint::Open => Bound::Open,
        edtf::IntervalEndpoint::Unknown => Bound::Unknown,
        edtf::IntervalEndpoint::Date(date)
        | edtf::IntervalEndpoint::OnOrBefore(date)
        | edtf::IntervalEndpoint::OnOrAfter(date) => {
            let bounds = edtf::Edtf::Date(*date).bounds();
            bound(if earliest { bounds.earliest } else { bounds.latest })
        }
    }
}
