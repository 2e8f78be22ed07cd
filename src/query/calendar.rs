//! Bins of equal meaning: stretches of time that the calendar knows.

use chrono::Datelike;

use crate::model::{Day, DayRange};

/// A step of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Days(i32),
    /// Weeks begin on Monday.
    Week,
    Months(i32),
    Years(i32),
}

/// Day, week, month, quarter, year, decade, century and so on.
const STEPS: [Step; 11] = [
    Step::Days(1),
    Step::Week,
    Step::Months(1),
    Step::Months(3),
    Step::Years(1),
    Step::Years(10),
    Step::Years(100),
    Step::Years(1_000),
    Step::Years(10_000),
    Step::Years(100_000),
    Step::Years(1_000_000),
];

impl Step {
    /// The first day of the step that holds a day.
    fn floor(self, day: Day) -> Day {
        let (year, month, _) = day.ymd();
        let first = |year: i32, month: u32| {
            // Only the years beyond what the calendar holds have no first day.
            Day::from_ymd(year, month, 1).unwrap_or(day)
        };
        match self {
            Self::Days(_) => day,
            Self::Week => day.plus(-(day.date().weekday().num_days_from_monday() as i32)),
            Self::Months(n) => first(year, (month - 1) / n as u32 * n as u32 + 1),
            Self::Years(n) => first(year.div_euclid(n) * n, 1),
        }
    }

    /// The first day of the next step.
    fn next(self, start: Day) -> Day {
        let (year, month, _) = start.ymd();
        let far = start.plus(1).max(Day::from_ymd(262_142, 12, 31).unwrap_or(start));
        match self {
            Self::Days(n) => start.plus(n),
            Self::Week => start.plus(7),
            Self::Months(n) => {
                let months = year * 12 + month as i32 - 1 + n;
                Day::from_ymd(months.div_euclid(12), months.rem_euclid(12) as u32 + 1, 1)
                    .unwrap_or(far)
            }
            Self::Years(n) => Day::from_ymd(year.div_euclid(n) * n + n, 1, 1).unwrap_or(far),
        }
    }

    /// No more steps than this begin in a number of days.
    fn at_most(self, days: i64) -> i64 {
        let least = match self {
            Self::Days(n) => i64::from(n),
            Self::Week => 7,
            Self::Months(n) => i64::from(n) * 28,
            Self::Years(n) => i64::from(n) * 365,
        };
        days / least + 2
    }
}

/// The edges of bins that cover a range, in the finest step of the calendar (day, week, month,
/// quarter, year, decade, century, …) that needs no more than `max_bins` bins.
///
/// Edges are ascending; the first is at or before the range, the last after it. Weeks begin on
/// Monday. The range is clamped to the days that the calendar can hold.
#[must_use]
pub fn calendar_edges(range: DayRange, max_bins: usize) -> Vec<Day> {
    let least = Day::from_ymd(-262_143, 1, 1).unwrap_or(Day(0));
    let most = Day::from_ymd(262_142, 12, 30).unwrap_or(Day(0));
    let range = DayRange { from: range.from.clamp(least, most), to: range.to.clamp(least, most) };
    let max = max_bins.max(1);
    for step in STEPS {
        // Far too fine a step is not worth counting out.
        if step.at_most(range.days()) > 2 * max as i64 + 8 {
            continue;
        }
        let mut edges = vec![step.floor(range.from)];
        let mut last = edges[0];
        while last <= range.to && edges.len() <= max {
            last = step.next(last);
            edges.push(last);
        }
        if last > range.to {
            return edges;
        }
    }
    vec![range.from, range.to.plus(1)]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Day {
        let mut parts = text.split('-').map(|part| part.parse::<i32>().unwrap());
        let (y, m, d) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        Day::from_ymd(y, m as u32, d as u32).unwrap()
    }

    fn edges(from: &str, to: &str, max: usize) -> Vec<String> {
        calendar_edges(DayRange::new(day(from), day(to)), max).into_iter().map(Day::iso).collect()
    }

    #[test]
    fn the_finest_step_that_fits_is_chosen() {
        assert_eq!(
            edges("2024-02-28", "2024-03-01", 3),
            ["2024-02-28", "2024-02-29", "2024-03-01", "2024-03-02"]
        );
        // 28 February 2024 is a Wednesday.
        assert_eq!(
            edges("2024-02-28", "2024-03-04", 2),
            ["2024-02-26", "2024-03-04", "2024-03-11"]
        );
        assert_eq!(edges("2023-11-15", "2024-01-02", 3).len(), 4);
        assert_eq!(edges("2023-11-15", "2024-01-02", 3)[0], "2023-11-01");
        assert_eq!(edges("2023-02-15", "2023-12-31", 4)[0], "2023-01-01");
        assert_eq!(edges("2023-02-15", "2023-12-31", 4)[1], "2023-04-01");
        assert_eq!(edges("1995-02-15", "2004-06-01", 10).len(), 11);
        assert_eq!(
            edges("1995-02-15", "2004-06-01", 9),
            ["1990-01-01", "2000-01-01", "2010-01-01"]
        );
    }

    proptest! {
        #[test]
        fn edges_ascend_cover_the_range_and_keep_to_the_limit(
            from in any::<i32>(), length in 0_i32..400_000_000, max in 0_usize..500,
        ) {
            let range = DayRange::new(Day(from), Day(from.saturating_add(length)));
            let edges = calendar_edges(range, max);
            prop_assert!(edges.is_sorted_by(|a, b| a < b));
            prop_assert!(edges.len() >= 2 && edges.len() - 1 <= max.max(1));
            let held = |day: Day| Day::from_ymd(day.ymd().0, day.ymd().1, day.ymd().2) == Some(day);
            if held(range.from) && held(range.to) && range.to.ymd().0 < 262_142 {
                prop_assert!(edges[0] <= range.from);
                prop_assert!(*edges.last().unwrap() > range.to);
            }
        }
    }
}
