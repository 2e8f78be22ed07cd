//! One EDTF date in words, with its masks and qualifiers.

use edtf_core as edtf;

use super::plain::{Plain, Style, month_name, range, year};
use crate::model::when::DateExpr;

/// The date as a plain year, month or day, if it is one; qualifiers are left aside.
pub(super) fn plain(date: &DateExpr) -> Option<Plain> {
    if date.date.has_unspecified() || date.date.year.significant_digits.is_some() {
        return None;
    }
    let month = date.date.month.and_then(edtf::DateField::value).map(u32::from);
    if month.is_some_and(|month| month > 12) {
        return None;
    }
    let day = date.date.day.and_then(edtf::DateField::value).map(u32::from);
    Some(Plain { year: date.from.ymd().0, month, day })
}

/// The days that a date can mean, in the coarsest words.
fn days(date: &DateExpr, style: Style) -> String {
    let (from, to) = Plain::cover(date.from, date.to);
    range(from, to, style)
}

/// The date in words, qualifiers left aside.
pub(super) fn bare(date: &DateExpr, style: Style) -> String {
    if let Some(plain) = plain(date) {
        return plain.text(style);
    }
    part_of_year(date, style).or_else(|| masked(date, style)).unwrap_or_else(|| {
        // A mask for which there is no better word.
        let (from, to) = (Plain::of(date.from).text(style), Plain::of(date.to).text(style));
        match style {
            Style::Full => format!("a date matching {date}, between {from} and {to}"),
            Style::Short => date.to_string(),
        }
    })
}

/// Seasons, quarters, four-month groups and halves.
fn part_of_year(date: &DateExpr, style: Style) -> Option<String> {
    let code = date.date.month.and_then(edtf::DateField::value).filter(|code| *code >= 21)?;
    if date.date.year.has_unspecified() {
        return None;
    }
    let first = date.from.ymd().0;
    let name = year(first);
    let season = |position: u8| match position {
        0 => format!("spring {name}"),
        1 => format!("summer {name}"),
        2 => format!("autumn {name}"),
        // A winter belongs to two years where it spans the turn of the year.
        _ => match date.to.ymd().0 {
            last if last != first && first > 999 => format!("winter {first}–{:02}", last % 100),
            _ => format!("winter {name}"),
        },
    };
    let ordinal = ["first", "second", "third", "fourth"];
    let part = |number: u8| ordinal.get(usize::from(number)).copied().unwrap_or_default();
    let vague = ["early", "mid-", "late"];
    Some(match (code, style) {
        (21..=24, _) => season(code - 21),
        (25..=28, Style::Full) => format!("{} (northern hemisphere)", season(code - 25)),
        (29..=32, Style::Full) => format!("{} (southern hemisphere)", season(code - 29)),
        (25..=28, _) => season(code - 25),
        (29..=32, _) => season(code - 29),
        (33..=36, Style::Full) => format!("{} quarter of {name}", part(code - 33)),
        (33..=36, _) => format!("Q{} {name}", code - 32),
        (37..=39, _) => {
            let word = vague.get(usize::from(code - 37))?;
            let space = if word.ends_with('-') { "" } else { " " };
            format!("{word}{space}{name}")
        }
        (40..=41, Style::Full) => format!("{} half of {name}", part(code - 40)),
        (40..=41, _) => format!("H{} {name}", code - 39),
        _ => return None,
    })
}

/// Decades, centuries, significant digits, and days or months that are not known.
fn masked(date: &DateExpr, style: Style) -> Option<String> {
    let inside = date.date;
    let full = style == Style::Full;
    if inside.year.significant_digits.is_some() {
        let written = inside.year.value().and_then(|y| i32::try_from(y).ok()).map(year)?;
        return Some(format!("about {written} ({})", days(date, style)));
    }
    let edtf::YearKind::Standard { negative, digits } = inside.year.kind else {
        return None;
    };
    let blank = |field: edtf::DateField| field.digits == [None, None];
    match (inside.month, inside.day) {
        (None, None) => match digits {
            [Some(a), Some(b), Some(c), None] if !negative && (a, b) != (0, 0) => {
                let decade =
                    format!("{}s", u32::from(a) * 1000 + u32::from(b) * 100 + u32::from(c) * 10);
                Some(if full { format!("the {decade}") } else { decade })
            }
            [Some(a), Some(b), None, None] if !negative => {
                let century = u32::from(a) * 10 + u32::from(b) + 1;
                let ordinal = ordinal(century);
                Some(if full {
                    format!("the {ordinal} century ({})", days(date, style))
                } else {
                    format!("{ordinal} century")
                })
            }
            [Some(a), Some(b), None, None] => {
                let ordinal = ordinal(u32::from(a) * 10 + u32::from(b) + 1);
                Some(format!("{ordinal} century BCE"))
            }
            _ => Some(if full {
                format!("some year between {}", days(date, style).replace('–', " and "))
            } else {
                inside_text(date)
            }),
        },
        (Some(month), None) if blank(month) && !inside.year.has_unspecified() => {
            let name = year(date.from.ymd().0);
            Some(if full { format!("{name}, month not known") } else { name })
        }
        (Some(month), Some(day))
            if blank(month) && blank(day) && !inside.year.has_unspecified() =>
        {
            let name = year(date.from.ymd().0);
            Some(if full { format!("{name}, day not known") } else { name })
        }
        (Some(month), Some(day)) if blank(day) && !inside.year.has_unspecified() => {
            let month = u32::from(month.value()?);
            let name = Plain { year: date.from.ymd().0, month: Some(month), day: None }.text(style);
            Some(if full { format!("{name}, day not known") } else { name })
        }
        (Some(month), day) if inside.year.has_unspecified() => {
            let month = month_name(u32::from(month.value().filter(|m| *m <= 12)?), style);
            let of_month = match day {
                None => month.to_owned(),
                Some(day) => format!("{} {month}", day.value()?),
            };
            let years = format!("{}–{}", year(date.from.ymd().0), year(date.to.ymd().0));
            Some(if full {
                format!("{of_month} in one of the years {years}")
            } else {
                format!("{of_month}, {years}")
            })
        }
        _ => None,
    }
}

fn inside_text(date: &DateExpr) -> String {
    date.to_string().trim_end_matches(['?', '~', '%']).to_owned()
}

/// 1st, 2nd, 3rd, 4th, …
pub(super) fn ordinal(number: u32) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// What a date's qualifiers say: a word before it and remarks after it.
#[derive(Debug, Default)]
pub(super) struct Sureness {
    /// The whole date is marked approximate.
    pub approximate: bool,
    /// The whole date is marked uncertain.
    pub uncertain: bool,
    /// Remarks on single parts: “year uncertain”.
    pub remarks: Vec<String>,
}

/// Reads the qualifiers of a date.
pub(super) fn sureness(date: &DateExpr) -> Sureness {
    let inside = date.date;
    let season = inside.month.and_then(edtf::DateField::value).is_some_and(|code| code > 12);
    let parts: Vec<(&str, edtf::Qualifier)> = [
        Some(("year", inside.year.qualifier)),
        inside
            .month
            .map(|field| (if season { "part of the year" } else { "month" }, field.qualifier)),
        inside.day.map(|field| ("day", field.qualifier)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut out = Sureness {
        approximate: parts.iter().all(|(_, qualifier)| qualifier.approximate),
        uncertain: parts.iter().all(|(_, qualifier)| qualifier.uncertain),
        remarks: Vec::new(),
    };
    let mut remark = |whole: bool, word: &str, marked: fn(edtf::Qualifier) -> bool| {
        let names: Vec<&str> = parts
            .iter()
            .filter(|(_, qualifier)| marked(*qualifier))
            .map(|(name, _)| *name)
            .collect();
        if !whole && !names.is_empty() {
            out.remarks.push(format!("{} {word}", names.join(" and ")));
        }
    };
    remark(out.approximate, "approximate", |qualifier| qualifier.approximate);
    remark(out.uncertain, "uncertain", |qualifier| qualifier.uncertain);
    out
}

/// The date in words with its qualifiers. An approximate date never stands without its range.
pub(super) fn qualified(date: &DateExpr, style: Style) -> String {
    let bare = bare(date, style);
    let sure = sureness(date);
    if style == Style::Short {
        let about = if sure.approximate { "~" } else { "" };
        let doubt = if sure.uncertain || !sure.remarks.is_empty() { "?" } else { "" };
        return format!("{about}{bare}{doubt}");
    }
    let mut text =
        if sure.approximate { format!("about {bare} ({})", days(date, style)) } else { bare };
    if sure.uncertain {
        text += ", uncertain";
    }
    for remark in sure.remarks {
        text += ", ";
        text += &remark;
    }
    text
}
