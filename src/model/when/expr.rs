//! The grammar of an EDTF expression: a date, a time of day, an interval, or a set.

use edtf_core as edtf;

use super::{Precision, date::DateExpr};

/// One end of an interval as written.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) enum End {
    /// A date.
    Date(DateExpr),
    /// `..`: open.
    Open,
    /// Empty: not known.
    Unknown,
    /// `..date` at a start: on or before the date.
    OnOrBefore(DateExpr),
    /// `date..` at an end: on or after the date.
    OnOrAfter(DateExpr),
}

/// One element of a set as written.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) enum Element {
    /// A date.
    Date(DateExpr),
    /// `..date`: on or before the date.
    OnOrBefore(DateExpr),
    /// `date..`: on or after the date.
    OnOrAfter(DateExpr),
    /// `date..date`: from the one to the other.
    Range(DateExpr, DateExpr),
}

/// An EDTF expression as written.
#[derive(Clone, Debug)]
pub(in crate::model) enum Expr {
    /// One date.
    Date(DateExpr),
    /// One day with a time of day.
    Time(DateExpr, edtf::Time),
    /// An interval.
    Interval(End, End),
    /// A set; `true` when all of its elements are meant, `false` when one of them is.
    Set(bool, Vec<Element>),
}

impl Expr {
    /// Reads an expression of EDTF level 0 to 2.
    ///
    /// # Errors
    /// What is wrong, in plain words.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Err("it is empty".to_owned());
        }
        if !text.is_ascii() || text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err("it holds blanks or characters that EDTF does not use".to_owned());
        }
        if let Some(inner) = text.strip_prefix('{') {
            return set(true, inner.strip_suffix('}').ok_or("the closing } is missing")?);
        }
        if let Some(inner) = text.strip_prefix('[') {
            return set(false, inner.strip_suffix(']').ok_or("the closing ] is missing")?);
        }
        if let Some((start, end)) = text.split_once('/') {
            return interval(start, end);
        }
        if text.contains('T') {
            return time(text);
        }
        DateExpr::parse(text).map(Self::Date)
    }

    /// Every date in it, in written order.
    pub fn dates(&self) -> Vec<&DateExpr> {
        fn end(end: &End) -> Option<&DateExpr> {
            match end {
                End::Date(date) | End::OnOrBefore(date) | End::OnOrAfter(date) => Some(date),
                End::Open | End::Unknown => None,
            }
        }
        match self {
            Self::Date(date) | Self::Time(date, _) => vec![date],
            Self::Interval(a, b) => end(a).into_iter().chain(end(b)).collect(),
            Self::Set(_, elements) => elements
                .iter()
                .flat_map(|element| match element {
                    Element::Date(date) | Element::OnOrBefore(date) | Element::OnOrAfter(date) => {
                        vec![date]
                    }
                    Element::Range(a, b) => vec![a, b],
                })
                .collect(),
        }
    }

    /// The coarsest precision of its dates.
    pub fn precision(&self) -> Precision {
        if matches!(self, Self::Time(..)) {
            return Precision::Time;
        }
        self.dates().into_iter().map(DateExpr::precision).max().unwrap_or(Precision::Years)
    }
}

fn interval(start: &str, end: &str) -> Result<Expr, String> {
    if end.contains('/') {
        return Err("an interval has one / only".to_owned());
    }
    if start.contains('T') || end.contains('T') {
        return Err("an interval in EDTF is between days; leave the times of day out".to_owned());
    }
    let first = match start {
        "" => End::Unknown,
        ".." => End::Open,
        _ => match start.strip_prefix("..") {
            Some(date) => End::OnOrBefore(DateExpr::parse(date)?),
            None => End::Date(DateExpr::parse(start)?),
        },
    };
    let last = match end {
        "" => End::Unknown,
        ".." => End::Open,
        _ => match end.strip_suffix("..") {
            Some(date) => End::OnOrAfter(DateExpr::parse(date)?),
            None => End::Date(DateExpr::parse(end)?),
        },
    };
    let dated = |end: &End| !matches!(end, End::Open | End::Unknown);
    // `../..` says something (it has always been and will always be); `/` and half of it do not.
    if !dated(&first) && !dated(&last) && !matches!((&first, &last), (End::Open, End::Open)) {
        return Err("an interval needs a date on at least one side".to_owned());
    }
    if let (End::Date(a), End::Date(b)) = (&first, &last)
        && a.from > b.to
    {
        return Err("it ends before it starts; put the earlier date first".to_owned());
    }
    Ok(Expr::Interval(first, last))
}

fn set(all: bool, inner: &str) -> Result<Expr, String> {
    if inner.contains(['{', '}', '[', ']']) {
        return Err("a set cannot hold another set".to_owned());
    }
    inner.split(',').map(element).collect::<Result<_, _>>().map(|e| Expr::Set(all, e))
}

fn element(text: &str) -> Result<Element, String> {
    if text.is_empty() || text == ".." {
        return Err("an element of the set is missing".to_owned());
    }
    if let Some(date) = text.strip_prefix("..") {
        return DateExpr::parse(date).map(Element::OnOrBefore);
    }
    if let Some(date) = text.strip_suffix("..") {
        return DateExpr::parse(date).map(Element::OnOrAfter);
    }
    let Some((from, to)) = text.split_once("..") else {
        return DateExpr::parse(text).map(Element::Date);
    };
    let (from, to) = (DateExpr::parse(from)?, DateExpr::parse(to)?);
    for end in [&from, &to] {
        if end.is_qualified()
            || end.date.has_unspecified()
            || end.date.year.significant_digits.is_some()
            || end.precision() == Precision::Season
        {
            return Err("the ends of a range within a set are plain years, months or days, \
                        without X, S, ?, ~ and %"
                .to_owned());
        }
    }
    if from.precision() != to.precision() {
        return Err("the ends of a range within a set must both be years, months or days".into());
    }
    if from.from > to.to {
        return Err("a range within the set ends before it starts".to_owned());
    }
    Ok(Element::Range(from, to))
}

fn time(text: &str) -> Result<Expr, String> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) if !rest.starts_with("0000") => (true, rest),
        Some(_) => return Err("-0000 is not a year; year 0 is written 0000".to_owned()),
        None => (false, text),
    };
    let parsed = edtf::Edtf::parse(unsigned).map_err(|error| error.message.to_owned())?;
    let edtf::Edtf::DateTime(mut at) = parsed else {
        return Err("it is not a day with a time".to_owned());
    };
    if negative && let edtf::YearKind::Standard { negative, .. } = &mut at.date.year.kind {
        *negative = true;
    }
    let date = DateExpr::of(at.date)?;
    if at.time.second == 60 {
        // A leap second is inserted at the end of a June or December day in UTC.
        let (_, month, day) = date.from.ymd();
        let leap = at.time.hour == 23
            && at.time.minute == 59
            && at.time.shift == Some(edtf::TimeShift::Utc)
            && matches!((month, day), (6, 30) | (12, 31));
        if !leap {
            return Err("a second of 60 exists only as 23:59:60Z on 30 June or 31 December".into());
        }
    }
    Ok(Expr::Time(date, at.time))
}

impl std::fmt::Display for Expr {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Time(date, time) => write!(f, "{date}T{}", clock(*time)),
            Self::Interval(start, end) => {
                for (position, side) in [start, end].into_iter().enumerate() {
                    if position == 1 {
                        f.write_str("/")?;
                    }
                    match side {
                        End::Date(date) => date.fmt(f)?,
                        End::Open => f.write_str("..")?,
                        End::Unknown => {}
                        End::OnOrBefore(date) => write!(f, "..{date}")?,
                        End::OnOrAfter(date) => write!(f, "{date}..")?,
                    }
                }
                Ok(())
            }
            Self::Set(all, elements) => {
                f.write_str(if *all { "{" } else { "[" })?;
                for (position, element) in elements.iter().enumerate() {
                    if position > 0 {
                        f.write_str(",")?;
                    }
                    match element {
                        Element::Date(date) => date.fmt(f)?,
                        Element::OnOrBefore(date) => write!(f, "..{date}")?,
                        Element::OnOrAfter(date) => write!(f, "{date}..")?,
                        Element::Range(from, to) => write!(f, "{from}..{to}")?,
                    }
                }
                f.write_str(if *all { "}" } else { "]" })
            }
        }
    }
}

/// A time of day and its zone, as EDTF writes it after the `T`.
pub(in crate::model) fn clock(time: edtf::Time) -> String {
    let zone = match time.shift {
        None => String::new(),
        Some(edtf::TimeShift::Utc) => "Z".to_owned(),
        Some(edtf::TimeShift::Offset { minutes, hours_only }) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
            if hours_only && rest == 0 {
                format!("{sign}{hours:02}")
            } else {
                format!("{sign}{hours:02}:{rest:02}")
            }
        }
    };
    format!("{:02}:{:02}:{:02}{zone}", time.hour, time.minute, time.second)
}
