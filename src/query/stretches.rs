//! Stretches of time derived from others: the one before, a year earlier, equal parts, calendar
//! steps, periods with names.

use super::day_set;
use crate::model::{Day, DayRange, words};

/// A step of the calendar by which a window moves.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum CalendarStep {
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// Twelve months.
    #[default]
    Year,
}

impl CalendarStep {
    /// All steps, the shortest first.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// How many months it has.
    #[must_use]
    pub const fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// The first day of the step that holds a day.
    #[must_use]
    pub fn start(self, day: Day) -> Day {
        let (year, month, _) = day.ymd();
        let step = self.months() as u32;
        Day::from_ymd(year, (month - 1) / step * step + 1, 1).unwrap_or(day)
    }
}

/// A day some months later (earlier, when negative): the same day of the month, or the last day of
/// a shorter month. Days that no calendar holds stay where they are.
#[must_use]
pub fn months_later(day: Day, months: i32) -> Day {
    let (year, month, of_month) = day.ymd();
    let at = i64::from(year) * 12 + i64::from(month) - 1 + i64::from(months);
    let (Ok(year), month) = (i32::try_from(at.div_euclid(12)), at.rem_euclid(12) as u32 + 1) else {
        return day;
    };
    (28..=of_month.max(28))
        .rev()
        .find_map(|last| Day::from_ymd(year, month, of_month.min(last)))
        .unwrap_or(day)
}

/// How many whole months of the calendar a range is made of; `None` where it is not.
fn whole_months(range: DayRange) -> Option<i32> {
    let after = range.to.plus(1);
    let ((from_year, from_month, first), (to_year, to_month, end)) =
        (range.from.ymd(), after.ymd());
    let months =
        (to_year.checked_sub(from_year)?.checked_mul(12)?) + to_month as i32 - from_month as i32;
    (first == 1 && end == 1 && months > 0).then_some(months)
}

/// The stretch of the same length that ends where this one begins. A stretch of whole months is
/// preceded by as many whole months.
#[must_use]
pub fn stretch_before(range: DayRange) -> DayRange {
    let to = range.from.plus(-1);
    let from = match whole_months(range) {
        Some(months) => months_later(range.from, -months),
        None => range.from.plus(-i32::try_from(range.days()).unwrap_or(i32::MAX)),
    };
    DayRange { from: from.min(to), to }
}

/// The same stretch a year earlier. One of whole months stays one of whole months.
#[must_use]
pub fn year_earlier(range: DayRange) -> DayRange {
    let from = months_later(range.from, -12);
    let to = if whole_months(range).is_some() {
        months_later(range.to.plus(1), -12).plus(-1)
    } else {
        months_later(range.to, -12)
    };
    DayRange { from, to: to.max(from) }
}

/// A stretch of time with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// What it is called; its days in words where it has no other name.
    pub name: String,
    /// Its days, in order of time.
    pub days: Vec<DayRange>,
}

impl Period {
    fn of(range: DayRange) -> Self {
        Self { name: words::days(range), days: vec![range] }
    }
}

/// The most periods that are laid out side by side.
pub const MOST_PERIODS: usize = 24;
/// The most periods that a division by the calendar makes.
const CALENDAR_PERIODS: i64 = 12;
/// Lengths of periods of the calendar, in months: up to ten thousand years.
const LENGTHS: [i64; 15] =
    [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 2_400, 6_000, 12_000, 120_000];

/// A range in `parts` stretches of equal length, which differ by a day at most; fewer where it has
/// fewer days. Whole months that can be shared out are shared out as months.
#[must_use]
pub fn equal_parts(range: DayRange, parts: usize) -> Vec<Period> {
    let days = range.days();
    let parts = (parts.clamp(1, MOST_PERIODS) as i64).min(days);
    if let Some(months) = whole_months(range)
        && i64::from(months) % parts == 0
    {
        let each = months / parts as i32;
        let edge = |part: i32| months_later(range.from, part * each);
        return (0..parts as i32)
            .map(|part| Period::of(DayRange { from: edge(part), to: edge(part + 1).plus(-1) }))
            .collect();
    }
    let at = |part: i64| range.from.plus(i32::try_from(days * part / parts).unwrap_or(i32::MAX));
    (0..parts)
        .map(|part| Period::of(DayRange { from: at(part), to: at(part + 1).plus(-1) }))
        .collect()
}

/// A range in steps of the calendar; where that makes more than twelve, in steps of two, five, ten
/// years and so on. The first and the last period are whole even where the range begins or ends
/// within them.
#[must_use]
pub fn calendar_parts(range: DayRange, step: CalendarStep) -> Vec<Period> {
    let month = |day: Day| i64::from(day.ymd().0) * 12 + i64::from(day.ymd().1) - 1;
    let (first, last) = (month(range.from), month(range.to));
    // Decades begin with a year that ends in 0, and so on.
    let length = LENGTHS
        .into_iter()
        .filter(|length| *length >= i64::from(step.months()))
        .find(|length| last.div_euclid(*length) - first.div_euclid(*length) < CALENDAR_PERIODS);
    let Some(length) = length else { return vec![Period::of(range)] };
    let edge = |period: i64| {
        let month = period * length;
        let year = i32::try_from(month.div_euclid(12)).ok()?;
        Day::from_ymd(year, month.rem_euclid(12) as u32 + 1, 1)
    };
    (first.div_euclid(length)..=last.div_euclid(length))
        .map(|period| {
            let from = edge(period).unwrap_or(range.from);
            let to = edge(period + 1).map_or(range.to, |next| next.plus(-1));
            Period::of(DayRange { from, to })
        })
        .collect()
}

/// Reads periods as a reader types them, separated by semicolons or lines: "2009–2014; 2015–2020",
/// or with names before them: "Bush 2001-01-20/2009-01-19; Obama: 2009-01-20/2017-01-19".
///
/// # Errors
/// Names the part that could not be read; or says that there are too many, or none.
pub fn periods(text: &str, extent: DayRange) -> Result<Vec<Period>, String> {
    let mut periods = Vec::new();
    for part in text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
        periods.push(period(part, extent)?);
    }
    match periods.len() {
        0 => Err("no period is given: type dates, with names where they have any, separated by \
                  semicolons"
            .to_owned()),
        count if count > MOST_PERIODS => {
            Err(format!("{count} periods are more than the {MOST_PERIODS} that can be told apart"))
        }
        _ => Ok(periods),
    }
}

fn period(text: &str, extent: DayRange) -> Result<Period, String> {
    let plain = match day_set(text, extent) {
        Ok(days) => return Ok(Period { name: super::day_set_words(&days), days }),
        Err(reason) => reason,
    };
    // The name is what stands before the first date that can be read to the end.
    for (at, _) in text.match_indices([' ', ':', '=']) {
        let name = text[..at].trim_end_matches([' ', ':', '=']).trim();
        let rest = text[at..].trim_start_matches([' ', ':', '=']).trim();
        if let Ok(days) = day_set(rest, extent)
            && !days.is_empty()
            && !name.is_empty()
        {
            return Ok(Period { name: name.to_owned(), days });
        }
    }
    Err(plain)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Day {
        Day::from_ymd(year, month, day).unwrap()
    }

    fn range(from: (i32, u32, u32), to: (i32, u32, u32)) -> DayRange {
        DayRange { from: day(from.0, from.1, from.2), to: day(to.0, to.1, to.2) }
    }

    #[test]
    fn whole_months_are_preceded_by_whole_months() {
        let six_years = range((2015, 1, 1), (2020, 12, 31));
        assert_eq!(stretch_before(six_years), range((2009, 1, 1), (2014, 12, 31)));
        let march = range((2024, 3, 1), (2024, 3, 31));
        assert_eq!(stretch_before(march), range((2024, 2, 1), (2024, 2, 29)));
        let week = range((2024, 3, 4), (2024, 3, 10));
        assert_eq!(stretch_before(week), range((2024, 2, 26), (2024, 3, 3)));
    }

    #[test]
    fn a_year_earlier_february_has_its_own_last_day() {
        let february = range((2024, 2, 1), (2024, 2, 29));
        assert_eq!(year_earlier(february), range((2023, 2, 1), (2023, 2, 28)));
        let february = range((2025, 2, 1), (2025, 2, 28));
        assert_eq!(year_earlier(february), range((2024, 2, 1), (2024, 2, 29)));
        let leap = range((2024, 2, 29), (2024, 3, 5));
        assert_eq!(year_earlier(leap), range((2023, 2, 28), (2023, 3, 5)));
    }

    #[test]
    fn a_month_later_than_the_31st_is_the_last_of_a_shorter_month() {
        assert_eq!(months_later(day(2024, 1, 31), 1), day(2024, 2, 29));
        assert_eq!(months_later(day(2024, 1, 31), -2), day(2023, 11, 30));
        assert_eq!(months_later(day(1, 1, 1), -1), day(0, 12, 1));
    }

    #[test]
    fn a_century_by_years_is_shown_by_decades() {
        let names = |range, step| {
            calendar_parts(range, step).into_iter().map(|one| one.name).collect::<Vec<_>>()
        };
        let century = names(range((1914, 5, 1), (2020, 2, 1)), CalendarStep::Year);
        assert_eq!((century.len(), &*century[0]), (12, "1910–1919"));
        assert_eq!(century.last().unwrap(), "2020–2029");
        let years = names(range((2012, 3, 9), (2015, 1, 1)), CalendarStep::Year);
        assert_eq!(years, ["2012", "2013", "2014", "2015"]);
        let quarters = names(range((2012, 3, 9), (2012, 5, 1)), CalendarStep::Quarter);
        assert_eq!(quarters, ["January–March 2012", "April–June 2012"]);
        assert_eq!(names(range((2012, 1, 1), (2012, 12, 31)), CalendarStep::Month).len(), 12);
    }

    #[test]
    fn periods_may_have_names() {
        let extent = range((1990, 1, 1), (2024, 1, 1));
        let read = periods("Bush 2001-01-20/2009-01-19; John Doe: 2010; 2012–2014", extent);
        let read = read.unwrap();
        let names: Vec<&str> = read.iter().map(|period| &*period.name).collect();
        assert_eq!(names, ["Bush", "John Doe", "2012–2014"]);
        assert_eq!(read[0].days, [range((2001, 1, 20), (2009, 1, 19))]);
        assert!(periods(" ; ", extent).unwrap_err().contains("no period"));
        assert!(periods("Bush 2001; sometime", extent).unwrap_err().contains("sometime"));
        let many: Vec<String> = (1990..2020).map(|year| year.to_string()).collect();
        assert!(periods(&many.join(";"), extent).unwrap_err().contains("30 periods"));
    }

    proptest! {
        #[test]
        fn parts_cover_a_range_without_gaps(
            from in -800_000..800_000, length in 0..100_000, parts in 0_usize..40, step in 0_usize..3,
        ) {
            let range = DayRange::new(Day(from), Day(from + length));
            for periods in
                [equal_parts(range, parts), calendar_parts(range, CalendarStep::ALL[step])]
            {
                prop_assert!(!periods.is_empty() && periods.len() <= MOST_PERIODS);
                let days: Vec<DayRange> = periods.iter().map(|period| period.days[0]).collect();
                prop_assert!(days[0].from <= range.from && days.last().unwrap().to >= range.to);
                prop_assert!(days.windows(2).all(|pair| pair[0].to.plus(1) == pair[1].from));
                prop_assert!(days.iter().all(|day| day.to >= range.from && day.from <= range.to));
            }
        }

        #[test]
        fn a_stretch_and_the_one_before_it_touch(from in -800_000..800_000, length in 0..100_000) {
            let range = DayRange::new(Day(from), Day(from + length));
            let before = stretch_before(range);
            prop_assert_eq!(before.to.plus(1), range.from);
            prop_assert!((before.days() - range.days()).abs() <= 31 * 12);
        }
    }
}
