//! Plain years, months and days in words, and two of them joined without repeating themselves.

use crate::model::{self, Day};

/// How much room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Full words.
    Full,
    /// Labels and tables.
    Short,
}

/// A year, a month of a year, or a day, all of it known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plain {
    /// Astronomical year.
    pub year: i32,
    /// Month 1–12.
    pub month: Option<u32>,
    /// Day of the month.
    pub day: Option<u32>,
}

impl Plain {
    /// A day.
    pub fn of(day: Day) -> Self {
        let (year, month, date) = day.ymd();
        Self { year, month: Some(month), day: Some(date) }
    }

    /// The coarsest pair of years, months or days that is exactly these days.
    pub fn cover(from: Day, to: Day) -> (Self, Self) {
        let (mut a, mut b) = (Self::of(from), Self::of(to));
        if a.day == Some(1) && to.plus(1).ymd().2 == 1 {
            (a.day, b.day) = (None, None);
            if a.month == Some(1) && b.month == Some(12) {
                (a.month, b.month) = (None, None);
            }
        }
        (a, b)
    }

    /// The date in words.
    pub fn text(self, style: Style) -> String {
        let year = year(self.year);
        match (self.month, self.day) {
            (Some(month), Some(day)) => format!("{day} {} {year}", month_name(month, style)),
            (Some(month), None) => format!("{} {year}", month_name(month, style)),
            _ => year,
        }
    }

    /// “on” before a day, “in” before a month or a year.
    pub const fn preposition(self) -> &'static str {
        if self.day.is_some() { "on" } else { "in" }
    }
}

/// A year with its era where that is not obvious.
pub(super) fn year(year: i32) -> String {
    match year {
        ..=0 => format!("{} BCE", 1 - i64::from(year)),
        1..=999 => format!("{year} CE"),
        _ => year.to_string(),
    }
}

/// The name of a month 1–12.
pub(super) fn month_name(month: u32, style: Style) -> &'static str {
    match style {
        Style::Full => model::month_name(month),
        Style::Short => model::month_short(month),
    }
}

/// Two dates with what they share said once: “5” and “6 June 2024”, “May” and “June 2022”.
///
/// The third value is whether the two can be joined by a dash without spaces.
pub(super) fn pair(a: Plain, b: Plain, style: Style) -> (String, String, bool) {
    let whole = (a.text(style), b.text(style));
    let bare = |date: Plain| date.month.is_none() && date.day.is_none();
    if bare(a) && bare(b) {
        // “500–401 BCE”
        let first =
            if a.year <= 0 && b.year <= 0 { (1 - i64::from(a.year)).to_string() } else { whole.0 };
        return (first, whole.1, true);
    }
    if a.year == b.year
        && let (Some(first), Some(_)) = (a.month, b.month)
    {
        let month = month_name(first, style);
        return match (a.day, b.day) {
            (Some(day), Some(_)) if a.month == b.month => (day.to_string(), whole.1, true),
            (Some(day), Some(_)) => (format!("{day} {month}"), whole.1, false),
            (None, None) => (month.to_owned(), whole.1, true),
            _ => (whole.0, whole.1, false),
        };
    }
    (whole.0, whole.1, false)
}

/// “5–6 June 2024”, “28 December 2022 – 3 January 2023”, or one date where the two are the same.
pub(super) fn range(a: Plain, b: Plain, style: Style) -> String {
    if a == b {
        return a.text(style);
    }
    match (pair(a, b, style), style) {
        ((from, to, true), _) | ((from, to, false), Style::Short) => format!("{from}–{to}"),
        ((from, to, false), Style::Full) => format!("{from} – {to}"),
    }
}
