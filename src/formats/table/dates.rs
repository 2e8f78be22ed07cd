//! A cell to a date: EDTF first, then the forms that tables are full of.

use super::DayOrder;
use crate::model::{Day, When};

/// The form in which a date stood in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Form {
    /// `2024-06-04`.
    Day,
    /// `2024-06`.
    Month,
    /// `2024`.
    Year,
    /// `2024-06-04T10:30`, or with a blank.
    Time,
    /// `20240604`.
    Compact,
    /// `2024/6/4`.
    YearFirst,
    /// `4.6.2024`, `4/6/2024`, `4-6-2024`.
    DayFirst,
    /// `6/4/2024`, `6.4.2024`, `6-4-2024`.
    MonthFirst,
    /// Two-digit year.
    ShortYear,
    /// Year, month and day in columns of their own.
    Columns,
    /// Any other EDTF.
    Edtf,
    /// `May 2022`, `before 10 December 2024`.
    Words,
}

impl Form {
    /// All forms, in their order.
    pub const ALL: [Self; 12] = [
        Self::Day,
        Self::Month,
        Self::Year,
        Self::Time,
        Self::Compact,
        Self::YearFirst,
        Self::DayFirst,
        Self::MonthFirst,
        Self::ShortYear,
        Self::Columns,
        Self::Edtf,
        Self::Words,
    ];

    /// The form in words, for a count: "12 …".
    pub const fn label(self) -> &'static str {
        match self {
            Self::Day => "ISO day (2024-06-04)",
            Self::Month => "year and month (2024-06)",
            Self::Year => "year (2024)",
            Self::Time => "ISO day and time",
            Self::Compact => "compact ISO day (20240604)",
            Self::YearFirst => "year first (2024/6/4)",
            Self::DayFirst => "day first (4.6.2024)",
            Self::MonthFirst => "month first (6/4/2024)",
            Self::ShortYear => "with a two-digit year",
            Self::Columns => "year, month and day in columns of their own",
            Self::Edtf => "other EDTF",
            Self::Words => "in words",
        }
    }
}

/// What a cell says about a date.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Nothing.
    Empty,
    /// That it is not known (`NA`, `?`, −9).
    Unknown,
    /// That there is none: it goes on (`ongoing`, `31.12.9999`).
    Open,
    /// A date, and how it was written.
    When(When, Form),
    /// Something that cannot be read, and why.
    Bad(String),
}

/// Three numbers of a date with the year last, before it is known which of the first two is what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numeric {
    first: u32,
    second: u32,
    year: i32,
    short: bool,
    dots: bool,
}

/// How often the dates of a column can be read day first only, month first only, or both ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Orders {
    /// Day first only.
    pub day_first: u64,
    /// Month first only.
    pub month_first: u64,
    /// Both ways, with different days.
    pub either: u64,
    /// Of those that can be read both ways, how many are written with dots.
    pub dots: u64,
}

impl Orders {
    /// Counts a cell.
    pub fn add(&mut self, cell: &str) {
        let Some(numeric) = numeric(without_time(cell.trim())) else { return };
        match (numeric.first > 12, numeric.second > 12) {
            (true, false) => self.day_first += 1,
            (false, true) => self.month_first += 1,
            (false, false) if numeric.first != numeric.second => {
                self.either += 1;
                self.dots += u64::from(numeric.dots);
            }
            _ => {}
        }
    }

    /// Adds the counts of another column.
    pub fn merge(&mut self, other: Self) {
        self.day_first += other.day_first;
        self.month_first += other.month_first;
        self.either += other.either;
        self.dots += other.dots;
    }

    /// The order that the unambiguous values show, if they show one.
    pub fn shown(self) -> Option<DayOrder> {
        match self.day_first.cmp(&self.month_first) {
            std::cmp::Ordering::Greater => Some(DayOrder::DayFirst),
            std::cmp::Ordering::Less => Some(DayOrder::MonthFirst),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// Whether a cell says that something is not known. `Some(true)`: in so many words.
fn missing(text: &str) -> Option<bool> {
    const UNKNOWN: [&str; 14] = [
        "NA", "unknown", "?", "-9", "-99", "-999", "-9999", "NaN", "NaT", "n.d.", "nd", "TBD",
        "TBC", "unk",
    ];
    const NOTHING: [&str; 9] = ["N/A", "-", "–", "—", ".", "null", "none", "nil", "0000-00-00"];
    if text.is_empty() || NOTHING.iter().any(|word| word.eq_ignore_ascii_case(text)) {
        Some(false)
    } else if UNKNOWN.iter().any(|word| word.eq_ignore_ascii_case(text)) {
        Some(true)
    } else {
        None
    }
}

/// Reads a cell. `order` decides dates that can be read day first and month first.
pub(super) fn read(cell: &str, order: DayOrder) -> Cell {
    const OPEN: [&str; 6] = ["..", "open", "ongoing", "present", "today", "in force"];
    let text = cell.trim();
    match missing(text) {
        Some(true) => return Cell::Unknown,
        Some(false) => return Cell::Empty,
        None => {}
    }
    if OPEN.iter().any(|word| word.eq_ignore_ascii_case(text)) {
        return Cell::Open;
    }
    let found = iso(text).or_else(|| year_last(text, order));
    match found {
        Some((when, form)) => Cell::When(worded(when, text), form),
        None => other(text),
    }
}

/// A cell as an end: tables say "for ever" with the last year that fits.
pub(super) fn ending(cell: Cell) -> Cell {
    match cell {
        Cell::When(when, _) if when.edtf().starts_with("9999") => Cell::Open,
        cell => cell,
    }
}

/// Keeps the author's words where they are not the EDTF itself.
fn worded(when: When, text: &str) -> When {
    if when.edtf() == text || when.words().is_some() { when } else { when.with_words(text) }
}

/// EDTF of the higher levels, and dates in words.
fn other(text: &str) -> Cell {
    if let Some(inner) = text.strip_prefix("sometime ")
        && let Ok(when) = When::parse(inner.trim())
    {
        return Cell::When(when.sometime(), Form::Edtf);
    }
    match When::parse(text) {
        Ok(when) => Cell::When(when, Form::Edtf),
        Err(_) => match When::from_words(text) {
            Ok(when) => Cell::When(worded(when, text), Form::Words),
            Err(error) => Cell::Bad(error.to_string()),
        },
    }
}

/// The forms that start with a year of four digits.
fn iso(text: &str) -> Option<(When, Form)> {
    let bytes = text.as_bytes();
    if bytes.len() < 4 || !bytes[..4].iter().all(u8::is_ascii_digit) {
        return None;
    }
    let year: i32 = text[..4].parse().ok()?;
    let rest = &text[4..];
    // Spreadsheets and data frames write whole years as numbers with decimals.
    if rest.is_empty() || rest == ".0" {
        return Some((When::parse(&text[..4]).ok()?, Form::Year));
    }
    if bytes.len() == 8 && bytes.iter().all(u8::is_ascii_digit) {
        let day = Day::from_ymd(year, text[4..6].parse().ok()?, text[6..].parse().ok()?)?;
        return Some((When::on(day), Form::Compact));
    }
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (head, time) = split_time(text);
    let mut parts = head.split(separator).skip(1);
    let month = small(parts.next()?)?;
    let day = match parts.next() {
        None if separator == '-' && rest.len() == 3 && time.is_none() => {
            return Some((When::parse(text).ok()?, Form::Month));
        }
        None => return None,
        Some(day) => small(day)?,
    };
    if parts.next().is_some() {
        return None;
    }
    let on = Day::from_ymd(year, month, day)?;
    let form = match time {
        Some(time) => {
            let exact =
                clock(time).and_then(|time| When::parse(&format!("{}T{time}", on.iso())).ok());
            return Some((exact.unwrap_or_else(|| When::on(on)), Form::Time));
        }
        None if separator == '-' && head.len() == 10 => Form::Day,
        None => Form::YearFirst,
    };
    Some((When::on(on), form))
}

/// One or two digits.
fn small(text: &str) -> Option<u32> {
    let digits = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if digits { text.parse().ok() } else { None }
}

/// A date and the time of day behind it, split at `T` or a blank.
fn split_time(text: &str) -> (&str, Option<&str>) {
    match text.split_once(['T', ' ']) {
        Some((head, time)) if time.trim_start().starts_with(|c: char| c.is_ascii_digit()) => {
            (head, Some(time.trim()))
        }
        _ => (text, None),
    }
}

fn without_time(text: &str) -> &str {
    match split_time(text) {
        (head, Some(time)) if time.contains(':') => head,
        _ => text,
    }
}

/// A time of day as EDTF wants it: hours, minutes and whole seconds, then the zone.
fn clock(time: &str) -> Option<String> {
    let zone = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (time, zone) = time.split_at(zone);
    let mut parts = time.trim_end().split(':');
    let hour = small(parts.next()?)?;
    let minute = small(parts.next()?)?;
    let second = parts.next().map_or(Some(0), |s| small(s.split('.').next().unwrap_or(s)))?;
    let zone = match zone.len() {
        5 if zone.is_ascii() && !zone.contains(':') => format!("{}:{}", &zone[..3], &zone[3..]),
        _ => zone.to_owned(),
    };
    Some(format!("{hour:02}:{minute:02}:{second:02}{zone}"))
}

/// Three numbers with the year last.
fn numeric(text: &str) -> Option<Numeric> {
    if !text.as_bytes().first()?.is_ascii_digit() {
        return None;
    }
    let separator = text.chars().find(|c| matches!(c, '.' | '/' | '-'))?;
    let mut parts = text.split(separator).map(str::trim);
    let (first, second) = (small(parts.next()?)?, small(parts.next()?)?);
    let year = parts.next()?;
    if parts.next().is_some() || !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (year, short) = match (year.len(), year.parse::<i32>().ok()?) {
        (4, year) => (year, false),
        // The usual window: thirty years ahead of 2000 at most.
        (2, year) => (if year < 30 { 2000 + year } else { 1900 + year }, true),
        _ => return None,
    };
    Some(Numeric { first, second, year, short, dots: separator == '.' })
}

fn year_last(text: &str, order: DayOrder) -> Option<(When, Form)> {
    let numeric = numeric(without_time(text))?;
    let day_first = Day::from_ymd(numeric.year, numeric.second, numeric.first);
    let month_first = Day::from_ymd(numeric.year, numeric.first, numeric.second);
    let (day, form) = match (day_first, month_first, order) {
        (Some(day), None, _) | (Some(day), Some(_), DayOrder::DayFirst) => (day, Form::DayFirst),
        (None, Some(day), _) | (Some(_), Some(day), DayOrder::MonthFirst) => {
            (day, Form::MonthFirst)
        }
        (None, None, _) => return None,
    };
    Some((When::on(day), if numeric.short { Form::ShortYear } else { form }))
}

/// A date from a year, a month and a day in columns of their own; a part that is missing or
/// unknown (−9) makes the date coarser.
pub(super) fn columns(year: &str, month: &str, day: &str) -> Cell {
    let number = |text: &str| -> Result<Option<i32>, String> {
        let text = text.trim().replace([',', ' '], "");
        if missing(&text).is_some() {
            return Ok(None);
        }
        let whole = text.strip_suffix(".0").unwrap_or(&text);
        match whole.parse::<i32>() {
            Ok(-9 | -99 | -999 | -9999) => Ok(None),
            Ok(number) => Ok(Some(number)),
            Err(_) => {
                month_name(whole).map(Some).ok_or_else(|| format!("“{text}” is not a number"))
            }
        }
    };
    let parts = (number(year), number(month), number(day));
    let (year, month, day) = match parts {
        (Ok(year), Ok(month), Ok(day)) => (year, month, day),
        (Err(error), ..) | (_, Err(error), _) | (.., Err(error)) => return Cell::Bad(error),
    };
    let Some(year) = year else {
        return if month.is_some() || day.is_some() { Cell::Unknown } else { Cell::Empty };
    };
    let sign = if year < 0 { "-" } else { "" };
    let year = year.unsigned_abs();
    let text = match (month, day) {
        // Zero is another way of saying that a part is not known.
        (None | Some(0), _) => format!("{sign}{year:04}"),
        (Some(month), None | Some(0)) => format!("{sign}{year:04}-{month:02}"),
        (Some(month), Some(day)) => format!("{sign}{year:04}-{month:02}-{day:02}"),
    };
    match When::parse(&text) {
        Ok(when) => Cell::When(when, Form::Columns),
        Err(error) => Cell::Bad(error.to_string()),
    }
}

fn month_name(text: &str) -> Option<i32> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let head = text.get(..3)?.to_ascii_lowercase();
    let at = NAMES.iter().position(|name| *name == head)?;
    i32::try_from(at + 1).ok()
}

/// What a start and an end make together.
pub(super) enum Joined {
    /// One date.
    When(When),
    /// Nothing is known of either.
    Nothing,
    /// They cannot both be right: what can be used, and what is wrong.
    Conflict(When, String),
}

/// Joins a start and an end, both included.
///
/// An end that is empty makes a date of the start alone; one that is said to be unknown makes an
/// interval with an unknown end; one that is open, an interval without end.
pub(super) fn join(start: Cell, end: Cell) -> Joined {
    let words = |a: &When, b: &When| {
        (a.words().is_some() || b.words().is_some()).then(|| {
            format!("{} – {}", a.words().unwrap_or(a.edtf()), b.words().unwrap_or(b.edtf()))
        })
    };
    let half = |when: &When, text: String, keep: &When| match When::parse(&text) {
        Ok(interval) => Joined::When(match when.words() {
            Some(words) => interval.with_words(words),
            None => interval,
        }),
        Err(_) => Joined::When(keep.clone()),
    };
    match (start, end) {
        (Cell::When(start, _), Cell::When(end, _)) => {
            if start.edtf() == end.edtf() {
                return Joined::When(start);
            }
            let (from, to) = (date_part(&start, true), date_part(&end, false));
            if from == to {
                return Joined::When(start);
            }
            match When::parse(&format!("{from}/{to}")) {
                Ok(both) => Joined::When(match words(&start, &end) {
                    Some(words) => both.with_words(&words),
                    None => both,
                }),
                Err(_) => {
                    let message = if before(&end, &start) {
                        format!("it ends ({}) before it starts ({})", end.edtf(), start.edtf())
                    } else {
                        format!(
                            "{} and {} do not make an interval; write the date as EDTF in one \
                             column",
                            start.edtf(),
                            end.edtf()
                        )
                    };
                    Joined::Conflict(start, message)
                }
            }
        }
        (Cell::When(start, _), Cell::Unknown) => {
            half(&start, format!("{}/", date_part(&start, true)), &start)
        }
        (Cell::When(start, _), Cell::Open) => {
            half(&start, format!("{}/..", date_part(&start, true)), &start)
        }
        (Cell::When(start, _), _) => Joined::When(start),
        (Cell::Open, Cell::When(end, _)) => {
            half(&end, format!("../{}", date_part(&end, false)), &end)
        }
        (_, Cell::When(end, _)) => half(&end, format!("/{}", date_part(&end, false)), &end),
        _ => Joined::Nothing,
    }
}

/// The date without the time of day, which an EDTF interval cannot have; of an interval, one side.
fn date_part(when: &When, first: bool) -> &str {
    let text = when.edtf();
    let side = match text.split_once('/') {
        Some((a, b)) => {
            if first {
                a
            } else {
                b
            }
        }
        None => text,
    };
    side.split('T').next().unwrap_or(side)
}

fn before(a: &When, b: &When) -> bool {
    a.span().latest_end.or_max() < b.span().earliest_start.or_min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edtf(cell: &str, order: DayOrder) -> String {
        match read(cell, order) {
            Cell::When(when, _) => when.edtf().to_owned(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn the_forms_of_tables_are_read() {
        for (cell, expected) in [
            ("2024-06-04", "2024-06-04"),
            ("2024-06", "2024-06"),
            ("1947", "1947"),
            ("1947.0", "1947"),
            ("20240604", "2024-06-04"),
            ("2024/6/4", "2024-06-04"),
            ("30.10.1947", "1947-10-30"),
            ("10/30/1947", "1947-10-30"),
            ("4/6/2024", "2024-06-04"),
            ("4/6/2024 10:30", "2024-06-04"),
            ("2024-06-04 10:30", "2024-06-04T10:30:00"),
            ("2024-06-05/2024-06-06", "2024-06-05/2024-06-06"),
            ("NA", "Unknown"),
            ("-9", "Unknown"),
            ("n/a", "Empty"),
            (" ", "Empty"),
        ] {
            assert_eq!(edtf(cell, DayOrder::DayFirst), expected, "{cell}");
        }
        assert_eq!(edtf("4/6/2024", DayOrder::MonthFirst), "2024-04-06");
        for cell in ["31/31/2024", "2003-02-29", "somewhere", "1/2/3/4"] {
            assert!(matches!(read(cell, DayOrder::DayFirst), Cell::Bad(_)), "{cell}");
        }
    }

    #[test]
    fn the_author_s_words_are_kept_where_the_form_was_changed() {
        let Cell::When(when, Form::DayFirst) = read("30.10.1947", DayOrder::DayFirst) else {
            unreachable!("a date with the day first");
        };
        assert_eq!(when.words(), Some("30.10.1947"));
    }

    #[test]
    fn unambiguous_values_decide_for_the_column() {
        let mut orders = Orders::default();
        for cell in ["03/06/1991", "05/13/2003", "NA", "1999", "4/4/2004"] {
            orders.add(cell);
        }
        assert_eq!(orders, Orders { day_first: 0, month_first: 1, either: 1, dots: 0 });
        assert_eq!(orders.shown(), Some(DayOrder::MonthFirst));
    }

    #[test]
    fn parts_that_are_not_known_make_a_date_coarser() {
        let text = |cell| match cell {
            Cell::When(when, _) => when.edtf().to_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(text(columns("1945", "5", "8")), "1945-05-08");
        assert_eq!(text(columns("1945", "5", "-9")), "1945-05");
        assert_eq!(text(columns("1945", "-9", "-9")), "1945");
        assert_eq!(text(columns("1,945", "May", "")), "1945-05");
        assert_eq!(text(columns("-9", "-9", "-9")), "Empty");
        assert!(matches!(columns("1945", "13", "1"), Cell::Bad(_)));
    }

    #[test]
    fn a_start_and_an_end_make_an_interval() {
        let joined = |a: &str, b: &str| match join(
            read(a, DayOrder::DayFirst),
            ending(read(b, DayOrder::DayFirst)),
        ) {
            Joined::When(when) => when.edtf().to_owned(),
            Joined::Nothing => "nothing".to_owned(),
            Joined::Conflict(when, _) => format!("conflict, {}", when.edtf()),
        };
        assert_eq!(joined("1866-01-09", "1866-01-12"), "1866-01-09/1866-01-12");
        assert_eq!(joined("1866-01-09", "1866-01-09"), "1866-01-09");
        assert_eq!(joined("1866-01-09", ""), "1866-01-09");
        assert_eq!(joined("1866-01-09", "NA"), "1866-01-09/");
        assert_eq!(joined("30.10.1947", "31.12.9999"), "1947-10-30/..");
        assert_eq!(joined("1866-01-12", "1866-01-09"), "conflict, 1866-01-12");
        assert_eq!(joined("NA", "NA"), "nothing");
    }
}
