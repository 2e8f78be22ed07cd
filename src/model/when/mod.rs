//! A date as a source tells it: four day bounds, qualifiers, and the words it was given in.

mod bound;
mod date;
mod days;
mod expr;
mod old_draft;
mod parse;
mod phrase;
#[cfg(test)]
mod tests;
mod token;

pub use bound::{Bound, Span};
pub(in crate::model) use date::DateExpr;
pub(in crate::model) use expr::{Element, End, Expr};
pub use parse::WhenError;

use std::sync::Arc;

use super::{Day, DayRange};

/// What a date expression describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// One day or less, known to the given precision (`2024-06-04`, `2022-05`, `19XX`).
    Point,
    /// A stretch of time from a start to an end (`2024-06-05/2024-06-06`).
    Interval,
    /// Some time within the bounds, not throughout (`[2022..2024]`, or a claim marked `sometime`).
    Sometime,
    /// One of several dates (`[2022-05-12,2022-05-14]`).
    OneOf,
    /// Each of several dates (`{2011,2019,2024}`).
    AllOf,
}

/// How finely a date is known: the coarsest precision written in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// To the time of day.
    Time,
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To a season, quarter or other part of a year.
    Season,
    /// To the year.
    Year,
    /// To a decade, century or other range of years.
    Years,
}

/// When something took place, as far as it is known.
///
/// Inside are the bounds of the start and of the end (see [`Span`]); qualifiers say how sure the
/// account is and never move a bound. The canonical EDTF text (ISO 8601-2, levels 0 to 2) and the
/// author's own words are kept beside it.
///
/// A clone shares what it holds: a file of a million engagements has some ten thousand dates.
#[derive(Clone)]
pub struct When(Held);

/// Where it is kept what is told of a date.
#[derive(Clone)]
enum Held {
    /// Once for the whole program: a single day.
    Day(&'static Told),
    /// With all that share it.
    Shared(Arc<Told>),
}

impl From<Told> for When {
    fn from(told: Told) -> Self {
        Self(Held::Shared(Arc::new(told)))
    }
}

impl PartialEq for When {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.told(), other.told()) || self.told() == other.told()
    }
}

impl std::fmt::Debug for When {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("When").field(self.told()).finish()
    }
}

/// What is told of a date.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    /// Canonical EDTF.
    edtf: Box<str>,
    /// The author's own words, where they are not the EDTF itself.
    words: Option<Box<str>>,
    /// What the expression describes.
    shape: Shape,
    /// The coarsest precision written in it.
    precision: Precision,
    /// The hull of all parts.
    span: Span,
    /// The parts of a set, in order of time; empty unless the shape is a set.
    parts: Box<[Span]>,
    /// Marked approximate (`~`).
    approximate: bool,
    /// Marked uncertain (`?`).
    uncertain: bool,
    /// Time of day and zone as written after the `T`, for example `10:30:00+07:00`.
    time: Option<Box<str>>,
}

impl Told {
    /// One point without a qualifier.
    fn point(edtf: Box<str>, precision: Precision, span: Span) -> Self {
        Self {
            edtf,
            words: None,
            shape: Shape::Point,
            precision,
            span,
            parts: Box::default(),
            approximate: false,
            uncertain: false,
            time: None,
        }
    }
}

impl When {
    /// Reads an EDTF string, levels 0 to 2.
    ///
    /// # Errors
    /// [`WhenError`] says what is wrong and what to write instead.
    pub fn parse(edtf: &str) -> Result<Self, WhenError> {
        parse::parse(edtf).map(|(when, _)| when)
    }

    /// Reads an EDTF string, and says what was brought into the standard's form, if anything was.
    ///
    /// The draft of 2012 wrote `199u`, `unknown/2006`, `2004/open` and `1984?~` for what are now
    /// `199X`, `/2006`, `2004/..` and `1984%`.
    ///
    /// # Errors
    /// [`WhenError`] says what is wrong and what to write instead.
    pub fn parse_noting(edtf: &str) -> Result<(Self, Option<String>), WhenError> {
        parse::parse(edtf)
    }

    /// Reads a date as people write it: EDTF, or English words such as “27 May 2022”,
    /// “early 2023”, “Q3 2024”, “c. 1977”, “before 10 December 2024” or “5–6 June 2024”.
    ///
    /// The words are kept beside the EDTF that they became. Numeric days and months in an unknown
    /// order (“04/05/2022”) are refused: only a whole column can tell which is which.
    ///
    /// # Errors
    /// [`WhenError`] says what is wrong and what to write instead.
    pub fn from_words(text: &str) -> Result<Self, WhenError> {
        phrase::read(text)
    }

    /// A single known day.
    ///
    /// EDTF has no days in years beyond ±9999: there it is the whole year.
    #[must_use]
    pub fn on(day: Day) -> Self {
        if let Some(told) = days::told(day) {
            return Self(Held::Day(told));
        }
        let (year, ..) = day.ymd();
        if year.abs() > 9999 {
            let bound =
                |month, last| Day::from_ymd(year, month, last).map_or(Bound::Day(day), Bound::Day);
            let span = Span::sometime(bound(1, 1), bound(12, 31));
            return Told::point(format!("Y{year}").into(), Precision::Year, span).into();
        }
        days::point(day).into()
    }

    /// All days from the first to the last.
    #[must_use]
    pub fn throughout(range: DayRange) -> Self {
        if range.from == range.to {
            return Self::on(range.from);
        }
        let (from, to) = (Self::on(range.from), Self::on(range.to));
        let span = Span {
            earliest_start: from.span().earliest_start,
            latest_start: from.span().latest_start,
            earliest_end: to.span().earliest_end,
            latest_end: to.span().latest_end,
        };
        let edtf = format!("{}/{}", from.edtf(), to.edtf()).into();
        let precision = from.precision().max(to.precision());
        let point = Told::point(edtf, precision, span.ordered());
        Told { shape: Shape::Interval, ..point }.into()
    }

    /// The same date, read as "at some time within it" rather than "all through it".
    #[must_use]
    pub fn sometime(self) -> Self {
        if self.shape() != Shape::Interval {
            return self;
        }
        self.with(|told| {
            told.shape = Shape::Sometime;
            told.span = Span::sometime(told.span.earliest_start, told.span.latest_end);
        })
    }

    /// The same date with the author's own words kept beside it.
    #[must_use]
    pub fn with_words(self, words: &str) -> Self {
        let words = (words != self.edtf()).then_some(words);
        if self.words() == words {
            return self;
        }
        self.with(|told| told.words = words.map(Into::into))
    }

    /// What is told.
    fn told(&self) -> &Told {
        match &self.0 {
            Held::Day(told) => told,
            Held::Shared(told) => told,
        }
    }

    /// The same date with something about it changed.
    fn with(self, change: impl FnOnce(&mut Told)) -> Self {
        let mut told = match self.0 {
            Held::Day(told) => told.clone(),
            Held::Shared(told) => Arc::unwrap_or_clone(told),
        };
        change(&mut told);
        told.into()
    }

    /// Canonical EDTF.
    #[must_use]
    pub fn edtf(&self) -> &str {
        &self.told().edtf
    }

    /// The author's own words, where they are not the EDTF itself.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        self.told().words.as_deref()
    }

    /// What the expression describes.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.told().shape
    }

    /// The coarsest precision written in it.
    #[must_use]
    pub fn precision(&self) -> Precision {
        self.told().precision
    }

    /// The bounds of its start and end.
    #[must_use]
    pub fn span(&self) -> Span {
        self.told().span
    }

    /// The parts of a set, in order of time; for other shapes the one span.
    #[must_use]
    pub fn parts(&self) -> &[Span] {
        if self.told().parts.is_empty() {
            std::slice::from_ref(&self.told().span)
        } else {
            &self.told().parts
        }
    }

    /// Whether it is marked approximate (`~`).
    #[must_use]
    pub fn is_approximate(&self) -> bool {
        self.told().approximate
    }

    /// Whether it is marked uncertain (`?`).
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.told().uncertain
    }

    /// Time of day and zone as written, where one is given.
    #[must_use]
    pub fn time(&self) -> Option<&str> {
        self.told().time.as_deref()
    }

    /// Whether it could have been going on on some day of the range.
    #[must_use]
    pub fn possibly_in(&self, range: DayRange) -> bool {
        self.parts().iter().any(|part| part.possibly_in(range))
    }

    /// Whether it was going on on some day of the range whatever the unknowns turn out to be.
    #[must_use]
    pub fn certainly_in(&self, range: DayRange) -> bool {
        match self.told().shape {
            Shape::AllOf => self.parts().iter().any(|part| part.certainly_in(range)),
            _ => self.parts().iter().all(|part| part.certainly_in(range)),
        }
    }

    /// Whether two accounts can be true of the same engagement.
    #[must_use]
    pub fn can_equal(&self, other: &Self) -> bool {
        self.parts().iter().any(|a| other.parts().iter().any(|b| a.can_equal(*b)))
    }
}
