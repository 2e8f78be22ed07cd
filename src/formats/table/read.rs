//! Reading a table: encoding, delimiter, headings, mapping, date order, then the rows.

use std::cell::OnceCell;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::{
    ColumnRole as Role, DayOrder, Mapping,
    build::{Rows, Tally, thousands},
    cells,
    chunks::{self, Chunk},
    dates::{self, Cell, Form, Orders},
    group,
    guess::{self, Look},
    merge::merge,
    plan::Plan,
    records::{self, Record, Records},
};
use crate::formats::batch::Batch;
use crate::formats::network::StatedLook;
use crate::formats::{
    Bytes, Location, OpenError, OpenOptions, Opened, Problem, Progress, Report, Severity, encoding,
    gazetteer,
};
use crate::model::Dataset;

/// How many rows are kept for showing what the columns hold.
const PREVIEW: usize = 20;

/// After how many rows the reader looks up whether it should stop.
const PAUSE: u64 = 2048;

/// How many bytes of a table are read in one stretch: the names of each are looked up once more
/// when stretches are put together, and all threads should have enough of them to the end.
fn stretch(bytes: usize) -> usize {
    (bytes / 32).clamp(1 << 20, 16 << 20)
}

/// How many bytes are looked at for the length of a row.
const SAMPLE: usize = 1 << 16;

/// How many times the rows are read before the order of day and month is taken as it is.
const ROUNDS: usize = 3;

/// The part of a table behind its headings.
struct Body<'a> {
    text: &'a str,
    delimiter: u8,
    /// Whether the first record holds headings.
    headed: bool,
    /// Where the first record starts, and how many lines stand before it.
    start: (usize, u64),
}

impl<'a> Body<'a> {
    /// The records below the headings.
    fn records(&self) -> Records<'a> {
        let mut records = Records::starting(self.text, self.delimiter, self.start);
        if self.headed {
            records.next(&mut Record::default());
        }
        records
    }

    /// About how many bytes a row from a position on takes.
    fn row_width(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes().get(start..).unwrap_or_default();
        let bytes = &bytes[..bytes.len().min(SAMPLE)];
        bytes.len() / memchr::memchr_iter(b'\n', bytes).count().max(1) + 1
    }

    /// The rows, in stretches of about `size` bytes; `None` when cancelled.
    fn rows<'p>(
        &self,
        plan: &'p Plan<'p>,
        size: usize,
        progress: &Progress,
    ) -> Option<Vec<Chunk<Rows<'p>>>> {
        let start = self.records();
        let start = (start.position(), start.number());
        let known = Mutex::new(Vec::new());
        let width = self.row_width(start.0);
        chunks::read(self.text, self.delimiter, start, size, |records| {
            let dates = known.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let bytes = records.left();
            let mut rows = Rows::new(plan, dates.unwrap_or_default());
            rows.batch = Batch::with_room(bytes / width + bytes / width / 16, bytes);
            let mut record = Record::default();
            let mut at = records.position();
            while records.next(&mut record) {
                rows.add(&record);
                if rows.rows.is_multiple_of(PAUSE) {
                    progress.advance((records.position() - at) as u64, PAUSE);
                    at = records.position();
                    if progress.is_cancelled() {
                        return None;
                    }
                }
            }
            progress.advance((records.position() - at) as u64, rows.rows % PAUSE);
            let dates = rows.take_known();
            known.lock().unwrap_or_else(PoisonError::into_inner).push(dates);
            Some(rows)
        })
    }
}

/// Reads a table, one engagement a row. `name` is the file's name, used in messages and as title.
///
/// The encoding, the delimiter, what the columns are and in which order day and month stand are
/// found out from the file and said in the report; [`OpenOptions`] overrules the last two.
///
/// # Errors
/// When there are no rows or no columns that say anything about engagements, or when the reading
/// was cancelled.
pub fn read(
    name: &str,
    bytes: &[u8],
    options: &OpenOptions,
    progress: &Progress,
) -> Result<Opened, OpenError> {
    read_in(stretch(bytes.len()), name, Bytes::Borrowed(bytes), options, progress)
}

/// The same as [`read()`], letting go of the bytes as soon as they are understood.
pub(in crate::formats) fn read_bytes(
    name: &str,
    bytes: Bytes<'_>,
    options: &OpenOptions,
    progress: &Progress,
) -> Result<Opened, OpenError> {
    read_in(stretch(bytes.len()), name, bytes, options, progress)
}

/// The same as [`read`], in stretches of about `size` bytes.
fn read_in(
    size: usize,
    name: &str,
    bytes: Bytes<'_>,
    options: &OpenOptions,
    progress: &Progress,
) -> Result<Opened, OpenError> {
    let fail = |message: String| OpenError::Unusable {
        file: name.to_owned(),
        line: None,
        column: None,
        message,
    };
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    progress.set_total(bytes.len() as u64);
    let size_in_bytes = bytes.len() as u64;
    let decoded = encoding::decode(&bytes);
    let text = &*decoded.text;
    let (start, told) = told_delimiter(text);
    let delimiter = told.unwrap_or_else(|| records::delimiter(text));
    let mut first = Record::default();
    let mut body = Body { text, delimiter, headed: true, start };
    if !Records::starting(text, delimiter, start).next(&mut first) {
        return Err(fail("it is empty; a table needs a row of headings and rows below it".into()));
    }
    body.headed = is_heading(&first);
    let headings = headings(&first, body.headed);

    let mut report = Report { file: file.to_owned(), ..Report::default() };
    report.format = format!("table separated by {}", records::name(delimiter));
    report.notes.push(format!("Encoding: {}.", decoded.encoding));
    report.notes.push(format!("Cells are separated by {}.", records::name(delimiter)));
    if decoded.damaged {
        report.problems.push(Problem {
            severity: Severity::Warning,
            location: Location::default(),
            message: format!("some bytes are not {}; save the file as UTF-8", decoded.encoding),
            done: "they were replaced by �".to_owned(),
        });
    }
    if !body.headed {
        report.notes.push(
            "The first row holds values, not headings; the columns go by their numbers.".into(),
        );
    }

    let cancelled = || OpenError::Cancelled { file: name.to_owned() };
    let (mapping, preview) = look(&body, &headings, options, progress).ok_or_else(cancelled)?;
    if preview.is_empty() {
        return Err(fail(
            "it has headings but no rows; add one engagement a row below the headings".into(),
        ));
    }
    if mapping.columns.iter().all(|c| matches!(c.role, Role::Extra | Role::Ignore | Role::Note)) {
        let known: Vec<String> = headings.iter().take(8).map(|h| format!("“{h}”")).collect();
        if options.mapping.is_none() && headings.len() < 2 {
            return Err(fail(format!(
                "it does not look like a table of engagements: no column of {} is known; headings \
                 such as title, date, place and participants are understood",
                known.join(", ")
            )));
        }
        report.problems.push(Problem {
            severity: Severity::Warning,
            location: Location { row: Some(1), ..Location::default() },
            message: format!(
                "no heading is known ({}); say what the columns are",
                known.join(", ")
            ),
            done: "all cells kept beside engagements without titles or dates".to_owned(),
        });
    }
    let title = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    // Whether the day or the month comes first is known when all rows have been read. Where that
    // turns out otherwise than assumed, which is rare, they are read again.
    let mut assumed = vec![options.day_order.unwrap_or(DayOrder::DayFirst); mapping.columns.len()];
    let plans: [OnceCell<Plan<'_>>; ROUNDS] = Default::default();
    let mut round = 0;
    let (chunks, decided) = loop {
        progress.set(0, 0);
        let plan = plans[round].get_or_init(|| Plan::new(&mapping, assumed.clone()));
        round += 1;
        let chunks = body.rows(plan, size, progress).ok_or_else(cancelled)?;
        let mut counts = vec![Orders::default(); mapping.columns.len()];
        for chunk in &chunks {
            for (count, more) in counts.iter_mut().zip(&chunk.made.orders) {
                count.merge(*more);
            }
        }
        let decided = decide(&mapping, &counts, options.day_order);
        let differs =
            |(count, (a, b)): (&Orders, (&DayOrder, &Decided))| count.either > 0 && *a != b.order;
        if round == ROUNDS || !counts.iter().zip(assumed.iter().zip(&decided)).any(differs) {
            break (chunks, decided);
        }
        assumed = decided.iter().map(|decided| decided.order).collect();
    };
    drop(decoded);
    drop(bytes);
    let id_column = mapping.columns.iter().find(|column| column.role == Role::Id);
    let id_column = id_column.map(|column| column.heading.as_str());
    let merged = merge(title, chunks, id_column, progress).ok_or_else(cancelled)?;
    tell_orders(&mapping, &decided, &mut report);
    report.notes.push(described(&mapping));
    if !mapping.has(Role::Title) {
        report.notes.push("Titles were made from who, where and what.".to_owned());
    }
    let mut parts = merged.parts;
    report.rows = merged.rows;
    let opened = parts.engagements.len() as u64;
    report.notes.extend(group::group(&mut parts));
    report.engagements = parts.engagements.len() as u64;
    report.problems.extend(merged.problems);
    progress.set(size_in_bytes, report.rows);
    for (at, tally) in merged.tallies.iter().enumerate() {
        if *tally == Tally::default() {
            continue;
        }
        let heading = mapping.columns.get(at).map_or("", |column| column.heading.as_str());
        report.notes.push(format!("Dates in “{heading}”: {}.", tally.words()));
    }
    if merged.undated > 0 {
        report.notes.push(format!("{} without a date.", counted(merged.undated, "engagement")));
    }
    // A table with coordinates has said of which places it knows none.
    let silent = !mapping.has(Role::Latitude) && !mapping.has(Role::Longitude);
    report.notes.extend(gazetteer::fill(&mut parts, silent));
    report.notes.push(format!(
        "{}: {} opened, {} left out.",
        counted(report.rows, "row"),
        thousands(opened),
        thousands(report.rows - opened)
    ));
    if report.engagements == 0 {
        let why = report.problems.first().map_or_else(String::new, |problem| {
            format!(": row {}: {}", problem.location.row.unwrap_or(1), problem.message)
        });
        return Err(fail(format!("no row could be used{why}")));
    }
    let dataset = Dataset::new(parts)
        .map_err(|problems| fail(problems.first().map_or_else(String::new, ToString::to_string)))?;
    Ok(Opened {
        dataset,
        report,
        checksum: String::new(),
        mapping: Some(mapping),
        preview,
        look: StatedLook::default(),
    })
}

fn counted(number: u64, what: &str) -> String {
    format!("{} {what}{}", thousands(number), if number == 1 { "" } else { "s" })
}

/// The delimiter that spreadsheets announce in a first line `sep=;`, and where the table starts.
fn told_delimiter(text: &str) -> ((usize, u64), Option<u8>) {
    let line = text.lines().next().unwrap_or_default();
    let bytes = line.as_bytes();
    match line.get(..4) {
        Some(head) if head.eq_ignore_ascii_case("sep=") && bytes.len() == 5 => {
            let after = text[5..].find('\n').map_or(text.len(), |at| 5 + at + 1);
            ((after, 1), Some(bytes[4]))
        }
        _ => ((0, 0), None),
    }
}

/// Whether a first record holds headings: it does unless one of its cells is a date.
fn is_heading(first: &Record) -> bool {
    !first.iter().any(|cell| {
        matches!(
            dates::read(cell, DayOrder::DayFirst),
            Cell::When(
                _,
                Form::Day | Form::DayFirst | Form::MonthFirst | Form::Time | Form::Compact
            )
        )
    })
}

/// The headings, each different from the others.
fn headings(first: &Record, headed: bool) -> Vec<String> {
    let mut seen = FxHashMap::<String, u32>::default();
    let mut unique = |heading: String| {
        let count = seen.entry(heading.clone()).or_default();
        *count += 1;
        if *count == 1 { heading } else { format!("{heading} ({count})") }
    };
    first
        .iter()
        .enumerate()
        .map(|(at, cell)| {
            let heading = cells::arm(cell).trim();
            if headed && !heading.is_empty() {
                unique(heading.to_owned())
            } else {
                format!("column {}", at + 1)
            }
        })
        .collect()
}

/// Looks at the first rows: the mapping, and the rows themselves for showing; `None` when cancelled.
fn look(
    body: &Body<'_>,
    headings: &[String],
    options: &OpenOptions,
    progress: &Progress,
) -> Option<(Mapping, Vec<Vec<String>>)> {
    let given = options.mapping.as_ref().filter(|m| m.columns.len() == headings.len());
    let mut looks: Vec<Look> = headings.iter().map(|_| Look::default()).collect();
    let mut preview = Vec::new();
    let mut records = body.records();
    let mut record = Record::default();
    let mut seen = 0_u64;
    while seen < guess::LOOK && records.next(&mut record) {
        seen += 1;
        if preview.len() < PREVIEW {
            preview.push((0..headings.len()).map(|at| record.get(at).to_owned()).collect());
        } else if given.is_some() {
            break;
        }
        if given.is_none() && record.unclosed.is_none() {
            for (at, look) in looks.iter_mut().enumerate() {
                look.add(record.get(at));
            }
        }
        if seen.is_multiple_of(PAUSE) && progress.is_cancelled() {
            return None;
        }
    }
    Some((given.cloned().unwrap_or_else(|| guess::guess(headings, &looks)), preview))
}

/// Whether the day or the month comes first in the dates of a column, and why.
struct Decided {
    count: Orders,
    order: DayOrder,
    why: &'static str,
}

/// Decides for each column of dates whether the day or the month comes first.
fn decide(mapping: &Mapping, counts: &[Orders], given: Option<DayOrder>) -> Vec<Decided> {
    let mut all = Orders::default();
    for count in counts {
        all.merge(*count);
    }
    (0..mapping.columns.len())
        .map(|at| {
            let count = counts.get(at).copied().unwrap_or_default();
            let (order, why) = match (given, count.shown(), all.shown()) {
                (Some(order), ..) => (order, "as you said"),
                (None, Some(order), _) => (order, "as its other dates show"),
                (None, None, Some(order)) => (order, "as other columns show"),
                (None, None, None) if count.dots == count.either => {
                    (DayOrder::DayFirst, "as is usual with dots")
                }
                (None, None, None) => (DayOrder::DayFirst, ASSUMED),
            };
            Decided { count, order, why }
        })
        .collect()
}

/// The reason for an order of day and month for which there is none.
const ASSUMED: &str = "assumed";

/// Says in which order the days and months of each column were read.
fn tell_orders(mapping: &Mapping, decided: &[Decided], report: &mut Report) {
    for (column, Decided { count, order, why }) in mapping.columns.iter().zip(decided) {
        if *count == Orders::default() {
            continue;
        }
        let heading = &column.heading;
        report.notes.push(format!(
            "“{heading}” is read {}, {why}: {} can only be day first, {} only month first, {} \
             either.",
            order.label(),
            thousands(count.day_first),
            thousands(count.month_first),
            thousands(count.either)
        ));
        let mixed = count.day_first > 0 && count.month_first > 0;
        if mixed || *why == ASSUMED {
            let message = if mixed {
                format!(
                    "the column mixes dates with the day first ({}) and with the month first ({}); \
                     {} could be either",
                    thousands(count.day_first),
                    thousands(count.month_first),
                    thousands(count.either)
                )
            } else {
                format!(
                    "{} could start with the day or with the month (03/04/2024), and nothing in \
                     the file decides it; if this is wrong, choose the other order of day and month",
                    counted(count.either, "date")
                )
            };
            report.problems.push(Problem {
                severity: Severity::Warning,
                location: Location { column: Some(heading.clone()), ..Location::default() },
                message,
                done: format!("read {} where both are possible", order.label()),
            });
        }
    }
}

/// The mapping in words.
fn described(mapping: &Mapping) -> String {
    let mut parts = Vec::new();
    let (mut kept, mut ignored) = (0, 0);
    for column in &mapping.columns {
        match column.role {
            Role::Extra => kept += 1,
            Role::Ignore => ignored += 1,
            role => parts.push(format!("“{}” is {}", column.heading, role.label().to_lowercase())),
        }
    }
    if kept > 0 {
        parts.push(format!("{} kept as they are", counted(kept, "column")));
    }
    if ignored > 0 {
        parts.push(format!("{} left out", counted(ignored, "column")));
    }
    if !mapping.has(Role::Kind) {
        parts.push(format!("every row is of the kind “{}”", mapping.kind));
    }
    format!("Columns: {}.", parts.join("; "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Cells that mean much: names that differ in case only, dates of every order, lists, quotes
    /// with line breaks, coordinates, mistakes.
    fn cell(column: usize) -> impl Strategy<Value = &'static str> {
        let cells: &[&str] = match column {
            0 => &["a", "b", "a-2", "", "e3", "c"],
            1 => &["", "Talks", "\"Talks, \"\"round\"\" 2\"", "\"two\nlines\"", "\"open"],
            2 => &["2024-06-04", "3/4/2024", "13/4/2024", "", "2024-06", "soon", "4/13/2024"],
            3 => &["Vientiane", "vientiane", "Bern", "", "\"Bern\n\""],
            4 => &["17.97", "", "x", "17.970"],
            5 => &["102.6", "", "200"],
            6 => &["Laos", "LAOS", "Switzerland", ""],
            7 => &["Laos; China", "China (chair); china", "ASEAN (Laos, Thailand)", "", "\"a;b\""],
            8 => &["Paper 1", "paper 1", "Paper 2; Paper 1", ""],
            _ => &["http://a", "http://b", "", "odd"],
        };
        prop::sample::select(cells)
    }

    fn row() -> impl Strategy<Value = String> {
        let cells: Vec<_> = (0..10).map(cell).collect();
        (cells, 0..20_u8).prop_map(|(cells, slip)| match slip {
            0 => String::new(),
            1 => cells[..4].join(","),
            2 => format!("{},more", cells.join(",")),
            3 => ",,,,,,,,,".to_owned(),
            _ => cells.join(","),
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
        #[test]
        fn stretches_of_any_size_give_the_same_dataset_and_report(
            rows in prop::collection::vec(row(), 0..40),
            size in 1_usize..300,
        ) {
            let heading = "id,title,date,place,latitude,longitude,place state,participants,sources,url";
            let text = format!("{heading}\n{}\n", rows.join("\n"));
            let read = |size: usize| {
                let progress = Progress::default();
                read_in(size, "t.csv", Bytes::Borrowed(text.as_bytes()), &OpenOptions::default(), &progress)
            };
            match (read(size), read(usize::MAX)) {
                (Ok(some), Ok(one)) => {
                    prop_assert_eq!(&some.report, &one.report);
                    prop_assert_eq!(some.dataset.parties(), one.dataset.parties());
                    prop_assert_eq!(some.dataset.places(), one.dataset.places());
                    prop_assert_eq!(some.dataset.engagements(), one.dataset.engagements());
                    prop_assert!(some.dataset == one.dataset);
                }
                (some, one) => prop_assert_eq!(some.err(), one.err()),
            }
        }
    }

    #[test]
    fn a_reading_that_is_cancelled_stops_soon() {
        let text = format!("title,date\n{}", "Talks,2024-06-04\n".repeat(100_000));
        let progress = Progress::default();
        progress.cancel();
        let read = read("t.csv", text.as_bytes(), &OpenOptions::default(), &progress);
        assert!(matches!(read, Err(OpenError::Cancelled { .. })));
        let (_, _, rows) = progress.get();
        let threads = rayon::current_num_threads() as u64;
        assert!(rows <= PAUSE * threads, "{rows} rows were read after the word to stop");
    }
}
