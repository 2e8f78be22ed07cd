//! Calendar days as whole numbers: the unit in which all time is computed.

use chrono::{Datelike, NaiveDate};

/// A day of the proleptic Gregorian calendar, counted from 1970-01-01 (day 0).
///
/// Years are astronomical: 0 is 1 BCE, −1 is 2 BCE. Representable are the years −262143 to 262142.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct Day(pub i32);

/// The names of the months, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of a month, 1 to 12; empty for any other number.
#[must_use]
pub fn month_name(month: u32) -> &'static str {
    (month as usize).checked_sub(1).and_then(|at| MONTHS.get(at)).copied().unwrap_or_default()
}

/// The first three letters of the name of a month, 1 to 12; empty for any other number.
#[must_use]
pub fn month_short(month: u32) -> &'static str {
    month_name(month).get(..3).unwrap_or_default()
}

/// Days between 0001-01-01 (day 1 for chrono) and 1970-01-01.
const EPOCH_FROM_CE: i32 = 719_163;

impl Day {
    /// A day in the one form that most dates have, `2024-06-04`.
    #[must_use]
    pub fn from_iso(text: &str) -> Option<Self> {
        let bytes: &[u8; 10] = text.as_bytes().try_into().ok()?;
        if bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0_u32, |number, digit| {
                digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
            })
        };
        let year = i32::try_from(number(&bytes[..4])?).ok()?;
        Self::from_ymd(year, number(&bytes[5..7])?, number(&bytes[8..])?)
    }

    /// The day of a year, month (1–12) and day of the month (1–31), or `None` where the calendar
    /// has no such day or the year is out of range.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day)
            .map(|date| Self(date.num_days_from_ce() - EPOCH_FROM_CE))
    }

    /// Year, month (1–12) and day of the month (1–31).
    ///
    /// Days beyond the representable range answer as the nearest representable day.
    #[must_use]
    pub fn ymd(self) -> (i32, u32, u32) {
        let date = self.date();
        (date.year(), date.month(), date.day())
    }

    /// The same day for chrono, clamped to what chrono can hold.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        let from_ce = self.0.saturating_add(EPOCH_FROM_CE);
        NaiveDate::from_num_days_from_ce_opt(from_ce).unwrap_or(if self.0 < 0 {
            NaiveDate::MIN
        } else {
            NaiveDate::MAX
        })
    }

    /// The day `days` later (earlier, when negative); stops at the ends of `i32`.
    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// ISO 8601 `YYYY-MM-DD`, with a sign and more digits where the year needs them.
    #[must_use]
    pub fn iso(self) -> String {
        let (year, month, day) = self.ymd();
        if year < 0 {
            format!("-{:04}-{month:02}-{day:02}", -year)
        } else {
            format!("{year:04}-{month:02}-{day:02}")
        }
    }
}

/// A range of days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct DayRange {
    /// First day of the range.
    pub from: Day,
    /// Last day of the range; never before `from`, except in [`DayRange::NEVER`].
    pub to: Day,
}

impl DayRange {
    /// No day at all.
    pub const NEVER: Self = Self { from: Day(i32::MAX), to: Day(i32::MIN) };

    /// The range between two days, in either order.
    #[must_use]
    pub fn new(a: Day, b: Day) -> Self {
        Self { from: a.min(b), to: a.max(b) }
    }

    /// How many days it holds, at least 1.
    #[must_use]
    pub const fn days(self) -> i64 {
        self.to.0 as i64 - self.from.0 as i64 + 1
    }

    /// Whether a day lies in the range.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_the_unix_epoch_and_back() {
        assert_eq!(Day::from_ymd(1970, 1, 1), Some(Day(0)));
        assert_eq!(Day::from_ymd(2000, 2, 29).map(Day::ymd), Some((2000, 2, 29)));
        assert_eq!(Day::from_ymd(2003, 2, 29), None);
        assert_eq!(Day::from_ymd(-9999, 1, 1).map(Day::iso).as_deref(), Some("-9999-01-01"));
    }

    #[test]
    fn a_range_is_ordered_and_counts_both_ends() {
        let range = DayRange::new(Day(9), Day(3));
        assert_eq!((range.from, range.to, range.days()), (Day(3), Day(9), 7));
        assert!(range.contains(Day(3)) && range.contains(Day(9)) && !range.contains(Day(10)));
    }
}
