//! Dates in words: the one place that writes a date for a person.

mod cite;
mod column;
mod date;
mod engagement;
mod number;
mod place;
mod plain;
#[cfg(test)]
mod tests;

pub use cite::{cited, source, told};
pub use column::TableColumn;
pub use engagement::{claim, date_of, short_date_of};
pub use number::{count, grouped};
pub use place::{places, stop_date};

use plain::{Plain, Style, pair, range};

use super::when::{Bound, DateExpr, Element, End, Expr, Shape, Span};
use super::{Day, DayRange, When};

/// A date in words, for example “27 April 2024”, “5–6 June 2024”, “27 May 2022, year uncertain”
/// or “some time between 5 November and 10 December 2024, uncertain”.
///
/// An approximate date always has the days that it is read as beside it.
#[must_use]
pub fn when(when: &When) -> String {
    write(when, Style::Full)
}

/// The same for labels and table cells, at most about 24 characters: “27 Apr 2024”,
/// “5–6 Jun 2024”, “~1977”, “≤ 10 Dec 2024”, “6 Jun 2024 – ?”.
#[must_use]
pub fn short(when: &When) -> String {
    write(when, Style::Short)
}

/// A calendar year, counted as astronomers do (year 0 is 1 BC).
#[must_use]
pub fn year(year: i32) -> String {
    plain::year(year)
}

/// A number of years: “1 year”, “45 years”.
#[must_use]
pub fn years(count: i32) -> String {
    if count == 1 { "1 year".to_owned() } else { format!("{count} years") }
}

/// A day in words: “4 June 2024”.
#[must_use]
pub fn day(day: Day) -> String {
    Plain::of(day).text(Style::Full)
}

/// A range of days in words: “5–6 June 2024”, “May 2022”, “2019–2024”.
#[must_use]
pub fn days(days: DayRange) -> String {
    let (from, to) = Plain::cover(days.from, days.to);
    range(from, to, Style::Full)
}

/// Bounds in words, where there is no expression to go by: “between 5 June and 31 December 2024”.
#[must_use]
pub fn span(span: Span) -> String {
    let (first, last) = (span.earliest_start, span.latest_end);
    if let (Bound::Day(from), Bound::Day(to)) = (first, last) {
        let core = (span.latest_start, span.earliest_end);
        return if core == (Bound::Day(from), Bound::Day(to)) {
            days(DayRange::new(from, to))
        } else {
            between(Plain::of(from), Plain::of(to), Style::Full)
        };
    }
    match (first, last) {
        (Bound::Day(from), _) => side(Plain::of(from), "after", Style::Full),
        (_, Bound::Day(to)) => side(Plain::of(to), "before", Style::Full),
        _ => "date not known".to_owned(),
    }
}

/// Bounds that the order of engagements gives: “between 5 June and 31 December 2024, from a
/// relation”.
#[must_use]
pub fn tightened(bounds: Span) -> String {
    format!("{}, from a relation", span(bounds))
}

fn write(when: &When, style: Style) -> String {
    let Ok(expr) = Expr::parse(when.edtf()) else {
        return when.edtf().to_owned();
    };
    match &expr {
        Expr::Date(date) => date::qualified(date, style),
        Expr::Time(date, time) => {
            let clock = if time.second == 0 {
                format!("{:02}:{:02}", time.hour, time.minute)
            } else {
                format!("{:02}:{:02}:{:02}", time.hour, time.minute, time.second)
            };
            let zone = when.time().and_then(|text| text.get(8..)).unwrap_or_default();
            match (zone, style) {
                ("", _) => format!("{}, {clock}", date::bare(date, style)),
                ("Z", _) => format!("{}, {clock} UTC", date::bare(date, style)),
                (_, Style::Full) => format!("{}, {clock} (UTC{zone})", date::bare(date, style)),
                (_, Style::Short) => format!("{}, {clock}", date::bare(date, style)),
            }
        }
        Expr::Interval(start, end) => interval(start, end, when.shape() == Shape::Sometime, style),
        Expr::Set(all, elements) => set(*all, elements, style),
    }
}

fn interval(start: &End, end: &End, sometime: bool, style: Style) -> String {
    let short = style == Style::Short;
    match (start, end) {
        (End::Date(a), End::Date(b)) => dates(a, b, sometime, style),
        (End::Date(a), End::Open | End::Unknown) if sometime => one_side(a, "after", style),
        (End::Open | End::Unknown, End::Date(b)) if sometime => one_side(b, "before", style),
        (End::Date(a), End::Open) if short => format!("{} →", date::qualified(a, style)),
        (End::Date(a), End::Open) => format!("since {}, still open", date::qualified(a, style)),
        (End::Date(a), End::Unknown) if short => format!("{} – ?", date::qualified(a, style)),
        (End::Date(a), End::Unknown) => {
            format!("from {}, end not known", date::qualified(a, style))
        }
        (End::Open, End::Date(b)) if short => format!("→ {}", date::qualified(b, style)),
        (End::Open, End::Date(b)) => format!("until {}, start open", date::qualified(b, style)),
        (End::Unknown, End::Date(b)) if short => format!("? – {}", date::qualified(b, style)),
        (End::Unknown, End::Date(b)) => {
            format!("until {}, start not known", date::qualified(b, style))
        }
        (End::Open | End::Unknown, End::Open | End::Unknown) => "open at both ends".to_owned(),
        _ => format!("from {} to {}", edge(start, style), edge(end, style)),
    }
}

/// One end of an interval that has no shorter words.
fn edge(end: &End, style: Style) -> String {
    match end {
        End::Date(date) => date::qualified(date, style),
        End::Open => "an open end".to_owned(),
        End::Unknown => "an unknown date".to_owned(),
        End::OnOrBefore(date) => one_side(date, "before", style),
        End::OnOrAfter(date) => one_side(date, "after", style),
    }
}

/// From one date to another, or some time between them.
fn dates(a: &DateExpr, b: &DateExpr, sometime: bool, style: Style) -> String {
    let plain = date::plain(a).zip(date::plain(b));
    let (first, last) = (date::sureness(a), date::sureness(b));
    let same = first.approximate == last.approximate
        && first.uncertain == last.uncertain
        && first.remarks == last.remarks;
    let Some((from, to)) = plain.filter(|_| same) else {
        let (from, to) = (date::qualified(a, style), date::qualified(b, style));
        return match (sometime, style) {
            (true, Style::Full) => format!("some time between {from} and {to}"),
            (false, Style::Full) => format!("from {from} to {to}"),
            (_, Style::Short) => format!("{from}–{to}"),
        };
    };
    let body = match (sometime, style) {
        (true, Style::Full) => format!("some time {}", between(from, to, style)),
        (true, Style::Short) => format!("within {}", range(from, to, style)),
        (false, _) => range(from, to, style),
    };
    if style == Style::Short {
        let about = if first.approximate { "~" } else { "" };
        let doubt = if first.uncertain || !first.remarks.is_empty() { "?" } else { "" };
        return format!("{about}{body}{doubt}");
    }
    let mut text = if first.approximate {
        let (outer_from, outer_to) = Plain::cover(a.from, b.to);
        format!("about {body} ({})", range(outer_from, outer_to, style))
    } else {
        body
    };
    if first.uncertain {
        text += ", uncertain";
    }
    for remark in &first.remarks {
        text += ", ";
        text += remark;
    }
    text
}

/// “between 5 and 10 December 2024”
fn between(from: Plain, to: Plain, style: Style) -> String {
    if from == to {
        return from.text(style);
    }
    let (from, to, _) = pair(from, to, style);
    format!("between {from} and {to}")
}

/// “on or before 10 December 2024”, “in or after 1978”.
fn side(date: Plain, word: &str, style: Style) -> String {
    match style {
        Style::Full => format!("{} or {word} {}", date.preposition(), date.text(style)),
        Style::Short => {
            let sign = if word == "before" { '≤' } else { '≥' };
            format!("{sign} {}", date.text(style))
        }
    }
}

fn one_side(date: &DateExpr, word: &str, style: Style) -> String {
    match date::plain(date) {
        Some(plain) if !date.is_qualified() => side(plain, word, style),
        _ if style == Style::Short => {
            let sign = if word == "before" { '≤' } else { '≥' };
            format!("{sign} {}", date::qualified(date, style))
        }
        plain => {
            let preposition = plain.map_or("in", Plain::preposition);
            format!("{preposition} or {word} {}", date::qualified(date, style))
        }
    }
}

fn set(all: bool, elements: &[Element], style: Style) -> String {
    let word = if all { "and" } else { "or" };
    // “12, 13 or 14 May 2022”: days of one month name it once.
    let days: Option<Vec<Plain>> = elements
        .iter()
        .map(|element| match element {
            Element::Date(date) if !date.is_qualified() => {
                date::plain(date).filter(|plain| plain.day.is_some())
            }
            _ => None,
        })
        .collect();
    let shared = days.filter(|days| {
        days.windows(2).all(|two| (two[0].year, two[0].month) == (two[1].year, two[1].month))
    });
    let texts: Vec<String> = match shared {
        Some(days) => days
            .iter()
            .enumerate()
            .map(|(position, date)| match date.day {
                Some(day) if position + 1 < days.len() => day.to_string(),
                _ => date.text(style),
            })
            .collect(),
        None => elements.iter().map(|element| one(all, element, style)).collect(),
    };
    join(&texts, word)
}

fn one(all: bool, element: &Element, style: Style) -> String {
    match element {
        Element::Date(date) => date::qualified(date, style),
        Element::OnOrBefore(date) if all => format!("until {}", date::qualified(date, style)),
        Element::OnOrAfter(date) if all => format!("from {} on", date::qualified(date, style)),
        Element::OnOrBefore(date) => one_side(date, "before", style),
        Element::OnOrAfter(date) => one_side(date, "after", style),
        Element::Range(from, to) => dates(from, to, !all, style),
    }
}

/// “A, B and C”
fn join(texts: &[String], word: &str) -> String {
    match texts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}
