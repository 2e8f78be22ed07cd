//! One EDTF date (no interval, no set): its parts as written and the days that it can mean.

use edtf_core as edtf;

use super::Precision;
use crate::model::Day;

/// One date as written, with the first and the last day that it can mean.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct DateExpr {
    /// Year, month and day with their masks and qualifiers.
    pub date: edtf::Date,
    /// The first day that it can mean.
    pub from: Day,
    /// The last day that it can mean.
    pub to: Day,
}

impl DateExpr {
    /// Reads one date of EDTF level 0 to 2.
    ///
    /// # Errors
    /// What is wrong, in plain words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let date = match edtf::Edtf::parse(text) {
            Ok(edtf::Edtf::Date(date)) => date,
            Ok(_) => return Err(format!("“{text}” is not one date")),
            Err(error) => match negative_masked(text) {
                Some(date) => date,
                None if text.is_empty() => return Err("it is empty".to_owned()),
                None => return Err(error.message.to_owned()),
            },
        };
        Self::of(date)
    }

    /// The days that a date can mean.
    ///
    /// # Errors
    /// When it lies beyond the years that can be drawn.
    pub fn of(date: edtf::Date) -> Result<Self, String> {
        let beyond = || {
            "the year lies beyond what can be drawn (−262143 to 262142); give a nearer one or \
             leave the date out"
                .to_owned()
        };
        if let edtf::YearKind::Standard { negative: true, digits } = date.year.kind
            && digits.iter().any(Option::is_none)
        {
            return match (extremum(&date, digits, true), extremum(&date, digits, false)) {
                (Some(from), Some(to)) => Ok(Self { date, from, to }),
                _ => Err("no day of any year matches it".to_owned()),
            };
        }
        let bounds = edtf::Edtf::Date(date).bounds();
        match (day(bounds.earliest), day(bounds.latest)) {
            (Some(from), Some(to)) => Ok(Self { date, from, to }),
            _ => Err(beyond()),
        }
    }

    /// How finely it is written.
    pub fn precision(&self) -> Precision {
        let year = &self.date.year;
        if year.has_unspecified() || year.significant_digits.is_some() {
            return Precision::Years;
        }
        let Some(month) = self.date.month else {
            return Precision::Year;
        };
        if month.has_unspecified() {
            return Precision::Year;
        }
        if month.value().is_some_and(|code| code >= 21) {
            return Precision::Season;
        }
        match self.date.day {
            Some(day) if !day.has_unspecified() => Precision::Day,
            _ => Precision::Month,
        }
    }

    /// Whether any part carries a qualifier.
    pub fn is_qualified(&self) -> bool {
        self.date.is_approximate() || self.date.is_uncertain()
    }
}

impl std::fmt::Display for DateExpr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        edtf::Edtf::Date(self.date).fmt(f)
    }
}

fn day(bound: edtf::Bound) -> Option<Day> {
    match bound {
        edtf::Bound::Date(date) => {
            Day::from_ymd(i32::try_from(date.year).ok()?, date.month.into(), date.day.into())
        }
        _ => None,
    }
}

/// A date whose year is negative and has unspecified digits, which `edtf-core` refuses.
///
/// The calendar is the same for a year and its negative as far as the checks go (leap years lie
/// symmetrically about year 0), so the date is read without its sign and given it back.
fn negative_masked(text: &str) -> Option<edtf::Date> {
    let (qualifier, rest) = match text.strip_prefix(['?', '~', '%']) {
        Some(rest) => (&text[..1], rest),
        None => ("", text),
    };
    let unsigned = rest.strip_prefix('-')?;
    let edtf::Edtf::Date(mut date) = edtf::Edtf::parse(&format!("{qualifier}{unsigned}")).ok()?
    else {
        return None;
    };
    match &mut date.year.kind {
        edtf::YearKind::Standard { negative, digits } if digits.iter().any(Option::is_none) => {
            *negative = true;
            Some(date)
        }
        _ => None,
    }
}

/// The earliest or the latest day that fits a negative year with unspecified digits.
fn extremum(date: &edtf::Date, digits: [Option<u8>; 4], earliest: bool) -> Option<Day> {
    let fits = |magnitude: &i32| {
        let actual = [magnitude / 1000, magnitude / 100 % 10, magnitude / 10 % 10, magnitude % 10];
        digits.iter().zip(actual).all(|(digit, is)| digit.is_none_or(|d| i32::from(d) == is))
    };
    // The year furthest from 0 is the earliest. Year 0 has no sign.
    let mut years: Vec<i32> = (1..=9999).filter(fits).map(|magnitude| -magnitude).collect();
    if earliest {
        years.reverse();
    }
    let matches = |field: Option<edtf::DateField>, value: u32| {
        field.is_none_or(|field| {
            [value / 10, value % 10]
                .iter()
                .zip(field.digits)
                .all(|(is, digit)| digit.is_none_or(|d| u32::from(d) == *is))
        })
    };
    if let Some(code) = date.month.and_then(edtf::DateField::value).filter(|code| *code >= 21) {
        // A season of an unspecified year: its bounds in the outermost year.
        let year = *years.first()?;
        let mut outer = *date;
        outer.year.kind = edtf::YearKind::Standard {
            negative: true,
            digits: [year / -1000, year / -100 % 10, year / -10 % 10, -year % 10]
                .map(|digit| u8::try_from(digit).ok()),
        };
        debug_assert!(code <= 41);
        let bounds = edtf::Edtf::Date(outer).bounds();
        return day(if earliest { bounds.earliest } else { bounds.latest });
    }
    let months: Vec<u32> = (1..=12).filter(|month| matches(date.month, *month)).collect();
    let days: Vec<u32> = (1..=31).filter(|day| matches(date.day, *day)).collect();
    years.into_iter().find_map(|year| {
        let in_year = months
            .iter()
            .flat_map(|month| days.iter().filter_map(move |d| Day::from_ymd(year, *month, *d)));
        if earliest { in_year.min() } else { in_year.max() }
    })
}
