//! Whether a number of years that is said to lie between two engagements can lie between them.

use super::constraints::{disagree, independent};
use super::{Finding, FindingKind, Severity, StatementId, rules};
use crate::model::when::{Bound, Shape, Span};
use crate::model::{Dataset, Engagement, EngagementId, RelationKind, Status, Target, When, words};

/// Calendar years from one to another, both included; `None` where there is no such bound.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Years {
    first: Option<i32>,
    last: Option<i32>,
}

impl Years {
    fn between(from: Bound, to: Bound) -> Self {
        let year = |bound: Bound| bound.day().map(|day| day.ymd().0);
        Self { first: year(from), last: year(to) }
    }

    /// The years that are in both, where there are any.
    fn both(self, other: Self) -> Option<Self> {
        let first = self.first.max(other.first);
        let last = match (self.last, other.last) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        first.zip(last).is_none_or(|(a, b)| a <= b).then_some(Self { first, last })
    }

    /// How many years each of these may be after each of the others.
    fn less(self, other: Self) -> Self {
        let minus = |a: Option<i32>, b: Option<i32>| Some(a?.saturating_sub(b?));
        Self { first: minus(self.first, other.last), last: minus(self.last, other.first) }
    }

    fn contains(self, count: i32) -> bool {
        self.first.is_none_or(|first| first <= count) && self.last.is_none_or(|last| count <= last)
    }

    /// In words: each bound as `one` writes it, and what lies beyond it as `more` or `less`.
    fn text(self, one: fn(i32) -> String, (more, less): (&str, &str)) -> String {
        match (self.first, self.last) {
            (Some(first), Some(last)) if first == last => one(first),
            (Some(first), Some(last)) => format!("{} to {}", one(first), one(last)),
            (Some(first), None) => format!("{} or {more}", one(first)),
            (None, Some(last)) => format!("{} or {less}", one(last)),
            (None, None) => "any".to_owned(),
        }
    }
}

/// The years in which an engagement may have been by one date; `None` where the date leaves room
/// for doubt. What lasts is commemorated in the years of its beginning or of its end.
fn years(when: &When, commemorated: bool) -> Option<Vec<Years>> {
    if when.is_approximate() || when.is_uncertain() {
        return None;
    }
    let whole = |span: &Span| Years::between(span.earliest_start, span.latest_end);
    Some(match when.shape() {
        Shape::OneOf | Shape::AllOf => when.parts().iter().map(whole).collect(),
        Shape::Interval if commemorated => {
            let span = when.span();
            let mut out = vec![Years::between(span.earliest_start, span.latest_start)];
            // What goes on has no end to look back on.
            if span.latest_end != Bound::Open {
                out.push(Years::between(span.earliest_end, span.latest_end));
            }
            out
        }
        Shape::Point | Shape::Interval | Shape::Sometime => vec![whole(&when.span())],
    })
}

/// The years in which an engagement may have been by all that is said: any that some account
/// leaves open where accounts disagree, otherwise those that all leave open.
fn possible(engagement: &Engagement, commemorated: bool) -> Option<Vec<Years>> {
    let claims = independent(engagement);
    let of = |index: &usize| years(&engagement.dates[*index].when, commemorated);
    let each: Vec<Vec<Years>> = claims.iter().map(of).collect::<Option<_>>()?;
    let mut out: Vec<Years> = if disagree(engagement, &claims) {
        each.concat()
    } else {
        each.into_iter()
            .reduce(|a, b| a.iter().flat_map(|a| b.iter().filter_map(|b| a.both(*b))).collect())?
    };
    out.sort_unstable();
    out.dedup();
    (!out.is_empty()).then_some(out)
}

/// Several stretches in words.
fn list(mut years: Vec<Years>, one: fn(i32) -> String, beyond: (&str, &str)) -> String {
    years.sort_unstable();
    years.dedup();
    years.into_iter().map(|years| years.text(one, beyond)).collect::<Vec<_>>().join(" or ")
}

/// A number of years, with a true minus sign.
fn signed(count: i32) -> String {
    let sign = if count < 0 { "−" } else { "" };
    format!("{sign}{}", count.unsigned_abs())
}

/// Finds the anniversaries of an engagement that no pair of possible years bears out.
pub(super) fn check(
    dataset: &Dataset,
    id: EngagementId,
    engagement: &Engagement,
    out: &mut Vec<Finding>,
) {
    if engagement.status == Status::Cancelled {
        return;
    }
    for (index, relation) in engagement.relations.iter().enumerate() {
        let (RelationKind::Anniversary, Some(said)) = (relation.kind, relation.years) else {
            continue;
        };
        let other = dataset.engagement(relation.to);
        if other.status == Status::Cancelled {
            continue;
        }
        let (Some(these), Some(those)) = (possible(engagement, false), possible(other, true))
        else {
            continue;
        };
        let apart: Vec<Years> =
            these.iter().flat_map(|this| those.iter().map(|that| this.less(*that))).collect();
        if apart.iter().any(|apart| apart.contains(said)) {
            continue;
        }
        let dates = ("later", "earlier");
        let mut about = vec![id, relation.to];
        about.sort_unstable();
        about.dedup();
        let mut statements = vec![StatementId::Relation(id, index as u32).write(dataset)];
        for id in &about {
            statements.extend(rules::dates(dataset, *id));
        }
        out.push(Finding {
            id: format!("anniversary: {} {said} {}", engagement.key, other.key),
            severity: Severity::Warning,
            kind: FindingKind::Anniversary,
            about: about.into_iter().map(Target::Engagement).collect(),
            message: format!(
                "“{}” ({}) is said to be {} after “{}” ({}): that is {}",
                engagement.label(),
                list(these, words::year, dates),
                words::years(said),
                other.label(),
                list(those, words::year, dates),
                list(apart, signed, ("more", "less"))
            ),
            statements,
        });
    }
}
