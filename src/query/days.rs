//! Sets of days as a reader types them ("2019; May–June of every year"), and the same in words.

use crate::model::{
    Day, DayRange, MONTHS, When, month_name,
    when::{Shape, Span},
    words,
};

/// The most stretches of days that a set may have.
const MOST: usize = 4_000;

/// A day of a year that recurs: a month, and a day where one is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct DayOfYear {
    month: u32,
    day: Option<u32>,
}

/// Reads a set of days: dates and intervals in EDTF or in words, and months or days of the year
/// that recur, separated by `;`, `,` or "and".
///
/// "2022", "2022-05/2022-09", "early 2019; 2022", "May–June of every year", "every December",
/// "1 June – 15 August every year". What recurs is spelled out over the years of `extent`, with
/// both its first and its last. The ranges are in order of time and neither touch nor overlap; an
/// empty text gives none.
///
/// # Errors
/// Names the part that could not be read, and why.
pub fn day_set(text: &str, extent: DayRange) -> Result<Vec<DayRange>, String> {
    let mut ranges = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        // A comma or an "and" may belong to a date ("May 27, 2022", "between June and December
        // 2024"), so that the whole is tried before its pieces.
        match one(part, extent) {
            Ok(more) => ranges.extend(more),
            Err(reason) => {
                let pieces: Vec<&str> = part
                    .split(',')
                    .flat_map(|piece| piece.split(" and "))
                    .map(str::trim)
                    .filter(|piece| !piece.is_empty())
                    .collect();
                if pieces.len() < 2 {
                    return Err(reason);
                }
                for piece in pieces {
                    ranges.extend(one(piece, extent)?);
                }
            }
        }
        if ranges.len() > MOST {
            return Err(format!("“{part}” is more than {MOST} stretches of days; narrow it down"));
        }
    }
    Ok(merged(ranges))
}

/// In order of time, with what touches or overlaps made one.
fn merged(mut ranges: Vec<DayRange>) -> Vec<DayRange> {
    ranges.sort_unstable_by_key(|range| (range.from, range.to));
    ranges.dedup_by(|next, kept| {
        let joined = next.from <= kept.to.plus(1);
        if joined {
            kept.to = kept.to.max(next.to);
        }
        joined
    });
    ranges
}

/// One date, interval or recurring stretch.
fn one(text: &str, extent: DayRange) -> Result<Vec<DayRange>, String> {
    if let Some(ends) = recurring(text) {
        return every_year(text, ends?, extent);
    }
    let when = When::from_words(text).map_err(|error| format!("“{text}”: {}", error.reason))?;
    let range = |span: &Span| {
        let (from, to) = (span.earliest_start.or_min(), span.latest_end.or_max());
        DayRange { from, to: to.max(from) }
    };
    Ok(match when.shape() {
        Shape::OneOf | Shape::AllOf => when.parts().iter().map(range).collect(),
        _ => vec![range(&when.span())],
    })
}

/// The first and last day of the year of a stretch that recurs; `None` where the text names a year
/// or anything else than months and days, an error where there is no such day.
fn recurring(text: &str) -> Option<Result<(DayOfYear, DayOfYear), String>> {
    let plain: String = text
        .to_lowercase()
        .chars()
        .map(|c| if matches!(c, '–' | '—' | '−' | '‐' | '‑') { '-' } else { c })
        .collect();
    let plain = plain.replace('-', " - ");
    let words: Vec<&str> = plain
        .split_whitespace()
        .filter(|word| !matches!(*word, "of" | "in" | "the" | "each" | "every" | "year" | "years"))
        .filter(|word| !matches!(*word, "from" | "yearly" | "annually" | "day" | "month"))
        .map(|word| if matches!(word, "to" | "until" | "till" | "through") { "-" } else { word })
        .collect();
    let mut ends = words.split(|word| *word == "-");
    let (first, last) = (day_of_year(ends.next()?)?, ends.next());
    if ends.next().is_some() {
        return None;
    }
    let (mut first, last) = match last {
        None => (first, first),
        // "1–15 June": the month comes with the second day.
        Some(last) => (first, day_of_year(last)?),
    };
    if first.month == 0 {
        first.month = last.month;
    }
    if first.month == 0 || last.month == 0 {
        return None;
    }
    for end in [first, last] {
        if end.day.is_some_and(|day| Day::from_ymd(2000, end.month, day).is_none()) {
            let month = month_name(end.month);
            return Some(Err(format!("“{text}”: {month} has no day {}", end.day.unwrap_or(0))));
        }
    }
    Some(Ok((first, last)))
}

/// "June", "1 June", "June 1st" or "1" alone, whose month is 0 for "not said".
fn day_of_year(words: &[&str]) -> Option<DayOfYear> {
    let month = |word: &str| {
        let word = word.trim_end_matches('.');
        let word = if word == "sept" { "sep" } else { word };
        let begins = |name: &&str| word.len() >= 3 && name.to_ascii_lowercase().starts_with(word);
        MONTHS.iter().position(begins).map(|at| at as u32 + 1)
    };
    let day = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        let ending = word.get(digits.len()..)?;
        let known = matches!(ending, "" | "st" | "nd" | "rd" | "th");
        digits.parse().ok().filter(|day| known && (1..=31).contains(day))
    };
    match words {
        [one] => match month(one) {
            Some(month) => Some(DayOfYear { month, day: None }),
            None => Some(DayOfYear { month: 0, day: Some(day(one)?) }),
        },
        [a, b] => match (month(a), month(b)) {
            (Some(month), None) => Some(DayOfYear { month, day: Some(day(b)?) }),
            (None, Some(month)) => Some(DayOfYear { month, day: Some(day(a)?) }),
            _ => None,
        },
        _ => None,
    }
}

/// A stretch of the year in every year of the extent; one that ends before it begins runs into the
/// next year.
fn every_year(
    text: &str,
    (first, last): (DayOfYear, DayOfYear),
    extent: DayRange,
) -> Result<Vec<DayRange>, String> {
    let (from, to) = (extent.from.ymd().0, extent.to.ymd().0);
    if i64::from(to) - i64::from(from) >= MOST as i64 {
        return Err(format!("“{text}” cannot be repeated over more than {MOST} years"));
    }
    let over = (last.month, last.day.unwrap_or(31)) < (first.month, first.day.unwrap_or(1));
    // The stretch that reaches into the first year began in the year before.
    let years = from - i32::from(over)..=to;
    let range = |year: i32| {
        let begin = Day::from_ymd(year, first.month, first.day.unwrap_or(1));
        // 29 February begins on 1 March where there is none, and ends on the 28th.
        let begin = begin.or_else(|| Day::from_ymd(year, first.month + 1, 1))?;
        let end = last_day(year + i32::from(over), last)?;
        (begin <= end && end >= extent.from && begin <= extent.to)
            .then_some(DayRange { from: begin, to: end })
    };
    Ok(years.filter_map(range).collect())
}

/// The last day of a stretch that ends on a day of the year, or with a month.
fn last_day(year: i32, end: DayOfYear) -> Option<Day> {
    let most = end.day.unwrap_or(31);
    (28..=most.max(28))
        .rev()
        .filter(|day| *day <= most)
        .chain((most < 28).then_some(most))
        .find_map(|day| Day::from_ymd(year, end.month, day))
}

/// The ranges said briefly: "2019 or 2022", "May–June of every year (2011–2024)", "time from
/// 1 May 2022"; empty for none.
#[must_use]
pub fn day_set_words(ranges: &[DayRange]) -> String {
    if let Some(words) = recurring_words(ranges) {
        return words;
    }
    /// More ranges than this are counted, not listed.
    const LISTED: usize = 6;
    let list: Vec<String> = ranges.iter().take(LISTED).map(|range| range_words(*range)).collect();
    let more = ranges.len().saturating_sub(LISTED);
    match list.as_slice() {
        [] => String::new(),
        all if more > 0 => format!("{} or {more} more stretches of days", all.join(", ")),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}

/// The same stretch in three or more years that follow one another.
fn recurring_words(ranges: &[DayRange]) -> Option<String> {
    let [first, _, .., last] = ranges else { return None };
    if ranges.len() < 3 {
        return None;
    }
    let key = |range: &DayRange| {
        let ((from_year, month, day), (to_year, to_month, to_day)) =
            (range.from.ymd(), range.to.ymd());
        let whole = day == 1 && range.to.plus(1).ymd().2 == 1;
        let days = (!whole).then_some((day, to_day));
        (to_year.checked_sub(from_year), month, to_month, days)
    };
    let (over, month, to_month, days) = key(first);
    let year = first.from.ymd().0;
    let follows = |(at, range): (usize, &DayRange)| {
        key(range) == key(first) && i64::from(range.from.ymd().0) == i64::from(year) + at as i64
    };
    if over.is_none_or(|years| years > 1) || !ranges.iter().enumerate().all(follows) {
        return None;
    }
    let (a, b) = (month_name(month), month_name(to_month));
    let stretch = match days {
        None if a == b && over == Some(0) => a.to_owned(),
        None => format!("{a}–{b}"),
        Some((day, to_day)) if day == to_day && a == b => format!("{day} {a}"),
        Some((day, to_day)) if a == b => format!("{day}–{to_day} {a}"),
        Some((day, to_day)) => format!("{day} {a} – {to_day} {b}"),
    };
    Some(format!("{stretch} of every year ({year}–{})", last.from.ymd().0))
}

/// The ranges as a text that [`day_set`] reads again, given the same extent.
#[must_use]
pub fn day_set_text(ranges: &[DayRange], extent: DayRange) -> String {
    let ranges = merged(ranges.to_vec());
    if let Some(words) = recurring_words(&ranges)
        && let Some((stretch, _)) = words.split_once(" of every year")
        && day_set(stretch, extent).as_ref() == Ok(&ranges)
    {
        return stretch.to_owned();
    }
    let texts: Vec<String> = ranges.iter().map(range_text).collect();
    texts.join("; ")
}

/// A range in EDTF, as a year or a month where it is one.
fn range_text(range: &DayRange) -> String {
    let (open_start, open_end) = (range.from.0 == i32::MIN, range.to.0 == i32::MAX);
    let on = |day: Day| When::on(day).edtf().to_owned();
    match (open_start, open_end) {
        (true, true) => "../..".to_owned(),
        (true, false) => format!("../{}", on(range.to)),
        (false, true) => format!("{}/..", on(range.from)),
        (false, false) => {
            let day = range.from.iso();
            let coarser = [day.get(..day.len() - 6), day.get(..day.len() - 3)];
            let same = |text: &&str| When::parse(text).is_ok_and(|when| whole(&when) == *range);
            coarser
                .into_iter()
                .flatten()
                .find(same)
                .map_or_else(|| When::throughout(*range).edtf().to_owned(), str::to_owned)
        }
    }
}

/// All days that a date may reach.
fn whole(when: &When) -> DayRange {
    let span = when.span();
    DayRange { from: span.earliest_start.or_min(), to: span.latest_end.or_max() }
}

/// A range of days in words.
fn range_words(range: DayRange) -> String {
    let open_start = range.from.0 == i32::MIN;
    let open_end = range.to.0 == i32::MAX;
    match (open_start, open_end) {
        (true, true) => "all time".to_owned(),
        (true, false) => format!("time up to {}", words::when(&When::on(range.to))),
        (false, true) => format!("time from {}", words::when(&When::on(range.from))),
        (false, false) => words::days(range),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn extent() -> DayRange {
        let day = |text: &str| When::parse(text).unwrap().span();
        DayRange {
            from: day("2011-03-05").earliest_start.or_min(),
            to: day("2014-06-10").latest_end.or_max(),
        }
    }

    fn iso(text: &str) -> Vec<String> {
        let ranges = day_set(text, extent()).unwrap_or_else(|error| panic!("{text}: {error}"));
        ranges.iter().map(|range| format!("{}/{}", range.from.iso(), range.to.iso())).collect()
    }

    #[test]
    fn dates_and_intervals_are_alternatives() {
        assert_eq!(iso("2022"), ["2022-01-01/2022-12-31"]);
        assert_eq!(iso("2022; 2019"), ["2019-01-01/2019-12-31", "2022-01-01/2022-12-31"]);
        assert_eq!(iso("2019 and 2022, 2023"), ["2019-01-01/2019-12-31", "2022-01-01/2023-12-31"]);
        assert_eq!(iso("2022-05/2022-09"), ["2022-05-01/2022-09-30"]);
        assert_eq!(iso("May 2022"), ["2022-05-01/2022-05-31"]);
        assert!(iso(" ; ").is_empty());
    }

    #[test]
    fn what_recurs_is_spelled_out_over_the_extent() {
        let expected = ["2011-05-01/2011-06-30", "2012-05-01/2012-06-30", "2013-05-01/2013-06-30"];
        for text in
            ["May–June of every year", "May-Jun", "every year from May to June", "may - jun."]
        {
            assert_eq!(iso(text)[..3], expected, "{text}");
            assert_eq!(iso(text).len(), 4, "{text}");
        }
        assert_eq!(iso("every December").len(), 3);
        assert_eq!(iso("1 June – 15 August every year")[0], "2011-06-01/2011-08-15");
        assert_eq!(iso("1–15 June")[3], "2014-06-01/2014-06-15");
        assert_eq!(iso("June 4th")[0], "2011-06-04/2011-06-04");
        assert_eq!(iso("February")[0], "2012-02-01/2012-02-29");
        assert_eq!(iso("29 February"), ["2012-02-29/2012-02-29"]);
        // Into the next year, and from the year before.
        assert_eq!(iso("Dec-March")[0], "2010-12-01/2011-03-31");
        assert_eq!(iso("2020; Dec-Feb").len(), 4);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (text, named) in
            [("2019; Mai", "“Mai”"), ("2019, foo", "“foo”"), ("30 February", "no day 30")]
        {
            let error = day_set(text, extent()).unwrap_err();
            assert!(error.contains(named), "{text}: {error}");
        }
        let ever = DayRange { from: Day(i32::MIN), to: Day(i32::MAX) };
        assert!(day_set("every May", ever).is_err());
    }

    #[test]
    fn sets_are_said_briefly() {
        let said = |text: &str| day_set_words(&day_set(text, extent()).unwrap());
        assert_eq!(said("May-June"), "May–June of every year (2011–2014)");
        assert_eq!(said("every December"), "December of every year (2011–2013)");
        assert_eq!(said("1 Apr - 15 May"), "1 April – 15 May of every year (2011–2014)");
        assert_eq!(said("2019; 2022"), "2019 or 2022");
        assert_eq!(said(""), "");
        let text = |text: &str| day_set_text(&day_set(text, extent()).unwrap(), extent());
        assert_eq!(text("every year from 1 June to 15 August"), "1 June – 15 August");
        assert_eq!(text("2019 and May 2022"), "2019; 2022-05");
        assert_eq!(text("../2019; 2022-05-02"), "../2019-12-31; 2022-05-02");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[0-9A-Za-z,;–/. -]{0,24}|\\PC{0,16}", a: i32, b: i32) {
            if let Ok(ranges) = day_set(&text, DayRange::new(Day(a), Day(b))) {
                prop_assert!(ranges.iter().all(|range| range.from <= range.to));
                prop_assert!(ranges.windows(2).all(|two| two[0].to.plus(1) < two[1].from));
                let _ = day_set_words(&ranges);
            }
        }

        #[test]
        fn what_is_written_is_read_again(
            days in prop::collection::vec((-700_000_i32..2_900_000, 0_i32..2_000), 0..5),
            open in prop::bool::weighted(0.2),
        ) {
            let mut ranges: Vec<DayRange> =
                days.into_iter().map(|(from, len)| DayRange::new(Day(from), Day(from + len))).collect();
            ranges.extend(open.then_some(DayRange { from: Day(2_901_000), to: Day(i32::MAX) }));
            let text = day_set_text(&ranges, extent());
            prop_assert_eq!(day_set(&text, extent()), Ok(merged(ranges)), "{}", text);
        }
    }
}
