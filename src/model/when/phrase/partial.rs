//! A date as far as the words give it, and the parts of it that words can cut out.

use crate::model::Day;
use crate::model::when::{Bound, When};

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Partial {
    /// Astronomical year.
    pub(super) year: Option<i32>,
    /// Month 1–12, or a code 21–41 for a part of the year.
    pub(super) month: Option<u32>,
    /// Day of the month.
    pub(super) day: Option<u32>,
    /// An EDTF text that stands for all of it (`199X`, `[1867..1899]`).
    pub(super) ready: Option<String>,
    /// Whether the words themselves are vague (“early 2023”).
    pub(super) vague: bool,
}

impl Partial {
    /// What is missing here taken from a neighbour that has it.
    pub(super) fn borrow(&mut self, from: &Self) {
        if self.ready.is_some() {
            return;
        }
        self.year = self.year.or(from.year);
        if self.day.is_some() {
            self.month = self.month.or(from.month);
        }
    }

    pub(super) fn edtf(&self) -> Result<String, String> {
        if let Some(ready) = &self.ready {
            return Ok(ready.clone());
        }
        let year = self.year.ok_or("it has no year; write it with four digits")?;
        let mut text = match year {
            -9999..=-1 => format!("-{:04}", -year),
            0..=9999 => format!("{year:04}"),
            _ => format!("Y{year}"),
        };
        if let Some(month) = self.month {
            text += &format!("-{month:02}");
            if let Some(day) = self.day {
                text += &format!("-{day:02}");
            }
        } else if self.day.is_some() {
            return Err("it has a day but no month".to_owned());
        }
        Ok(text)
    }

    /// Whether it is a plain year, month or day, which can be the end of a range within a set.
    fn is_plain(&self) -> bool {
        self.ready.is_none() && self.month.is_none_or(|month| month <= 12)
    }

    pub(super) fn same_precision(&self, other: &Self) -> bool {
        self.is_plain()
            && other.is_plain()
            && self.month.is_some() == other.month.is_some()
            && self.day.is_some() == other.day.is_some()
    }

    /// The first and the last day.
    pub(super) fn days(&self) -> Result<(Day, Day), String> {
        let span = When::parse(&self.edtf()?).map_err(|error| error.reason)?.span();
        match (span.earliest_start, span.latest_end) {
            (Bound::Day(from), Bound::Day(to)) => Ok((from, to)),
            _ => Err("it has no definite beginning and end".to_owned()),
        }
    }

    /// The unit just before or after, as EDTF: the year before a year, the day before a day.
    pub(super) fn neighbour(&self, step: i32) -> Result<String, String> {
        let (from, to) = self.days()?;
        let day = if step < 0 { from.plus(-1) } else { to.plus(1) };
        let (year, month, date) = day.ymd();
        let unit = Self {
            year: Some(year),
            month: (self.month.is_some() || !self.is_plain()).then_some(month),
            day: (self.day.is_some() || !self.is_plain()).then_some(date),
            ..Self::default()
        };
        unit.edtf()
    }
}

/// The first, middle or last third of a year, month, decade or century.
pub(super) fn cut(whole: &Partial, third: usize) -> Result<Partial, String> {
    let range = |from: String, to: String| Partial {
        ready: Some(format!("[{from}..{to}]")),
        ..Partial::default()
    };
    match whole {
        Partial { ready: Some(text), .. } => {
            let (digits, ends) = match text.strip_suffix("XX") {
                Some(century) => (century, [("00", "33"), ("34", "66"), ("67", "99")]),
                None => match text.strip_suffix('X') {
                    Some(decade) => (decade, [("0", "3"), ("4", "6"), ("7", "9")]),
                    None => {
                        return Err("only a part of a year, month, decade or century can be \
                                        early or late"
                            .to_owned());
                    }
                },
            };
            let (mut from, mut to) = ends[third];
            // Before year 0 the greater numbers come first.
            if text.starts_with('-') {
                (from, to) = (ends[2 - third].1, ends[2 - third].0);
            }
            Ok(range(format!("{digits}{from}"), format!("{digits}{to}")))
        }
        Partial { day: Some(_), .. } => Err("a day has no early or late part here".to_owned()),
        Partial { month: Some(1..=12), .. } => {
            let (from, to) = whole.days()?;
            let [from, to] = match third {
                0 => [from, from.plus(9)],
                1 => [from.plus(10), from.plus(19)],
                _ => [from.plus(20), to],
            };
            Ok(range(from.iso(), to.iso()))
        }
        // A part of a season is vague beyond what can be told: the season, marked approximate.
        Partial { month: Some(_), .. } => Ok(Partial { vague: true, ..whole.clone() }),
        Partial { month: None, .. } => {
            Ok(Partial { month: Some(37 + third as u32), vague: true, ..whole.clone() })
        }
    }
}

/// The 1990s are a decade; the 1900s may be the decade or the century, so they are the wider.
pub(super) fn decade(year: u32) -> Partial {
    let text = if year.is_multiple_of(100) {
        format!("{:02}XX", year / 100)
    } else {
        format!("{:03}X", year / 10)
    };
    Partial { ready: Some(text), ..Partial::default() }
}
