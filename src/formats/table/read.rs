//! Reading a table: encoding, delimiter, headings, mapping, date order, then the rows.

use std::sync::mpsc;

use rustc_hash::FxHashMap;

use super::{
    ColumnRole as Role, DayOrder, Mapping,
    build::{Rows, thousands},
    cells,
    dates::{self, Cell, Form, Orders},
    guess::{self, Look},
    records::{self, Record, Records},
};
use crate::formats::{
    Location, OpenError, OpenOptions, Opened, Problem, Progress, Report, Severity, encoding,
    gazetteer,
};
use crate::model::Dataset;

/// How many rows are kept for showing what the columns hold.
const PREVIEW: usize = 20;

/// After how many rows the reader looks up whether it should stop.
const PAUSE: u64 = 2048;

/// How many rows are handed from the thread that takes them apart to the one that understands
/// them, and how many such batches may wait.
const BATCH: usize = 512;
const QUEUE: usize = 8;

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
    let fail = |message: String| OpenError::Unusable {
        file: name.to_owned(),
        line: None,
        column: None,
        message,
    };
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    progress.set_total(bytes.len() as u64);
    let decoded = encoding::decode(bytes);
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
    let orders =
        orders(&body, &mapping, options.day_order, &mut report, progress).ok_or_else(cancelled)?;
    report.notes.push(described(&mapping));
    if !mapping.has(Role::Title) {
        report.notes.push("Titles were made from who, where and what.".to_owned());
    }

    let title = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let mut rows = Rows::new(title, &mapping, &orders, report);
    let share = bytes.len() as f64 / text.len().max(1) as f64;
    let finished = batches(&body, |batch, position| {
        for record in batch {
            rows.add(record);
        }
        progress.set((position as f64 * share) as u64, rows.report.rows);
        !progress.is_cancelled()
    });
    if !finished {
        return Err(cancelled());
    }
    let (mut parts, mut report, tallies, undated) = rows.finish();
    progress.set(bytes.len() as u64, report.rows);
    for (at, tally) in tallies {
        let heading = mapping.columns.get(at).map_or("", |column| column.heading.as_str());
        report.notes.push(format!("Dates in “{heading}”: {}.", tally.words()));
    }
    if undated > 0 {
        report.notes.push(format!("{} without a date.", counted(undated, "engagement")));
    }
    // A table with coordinates has said of which places it knows none.
    let silent = !mapping.has(Role::Latitude) && !mapping.has(Role::Longitude);
    report.notes.extend(gazetteer::fill(&mut parts, silent));
    report.notes.push(format!(
        "{}: {} opened, {} left out.",
        counted(report.rows, "row"),
        thousands(report.engagements),
        thousands(report.rows - report.engagements)
    ));
    if report.engagements == 0 {
        let why = report.problems.first().map_or_else(String::new, |problem| {
            format!(": row {}: {}", problem.location.row.unwrap_or(1), problem.message)
        });
        return Err(fail(format!("no row could be used{why}")));
    }
    let dataset = Dataset::new(parts)
        .map_err(|problems| fail(problems.first().map_or_else(String::new, ToString::to_string)))?;
    Ok(Opened { dataset, report, checksum: String::new(), mapping: Some(mapping), preview })
}

fn counted(number: u64, what: &str) -> String {
    format!("{} {what}{}", thousands(number), if number == 1 { "" } else { "s" })
}

/// Takes the records apart on a thread of its own and hands them over in order, some at a time,
/// with the position behind the last of them, until there are no more or `each` says to stop.
/// Returns whether all were handed over.
fn batches(body: &Body<'_>, mut each: impl FnMut(&[Record], usize) -> bool) -> bool {
    std::thread::scope(|scope| {
        let (full, filled) = mpsc::sync_channel::<(Vec<Record>, usize, usize)>(QUEUE);
        // Batches go back when they are used, so that their memory serves again.
        let (empty, emptied) = mpsc::channel::<Vec<Record>>();
        let mut records = body.records();
        scope.spawn(move || {
            loop {
                let mut batch = emptied.try_recv().unwrap_or_default();
                batch.resize_with(BATCH, Record::default);
                let count = batch.iter_mut().map_while(|r| records.next(r).then_some(())).count();
                let sent = full.send((batch, count, records.position()));
                if sent.is_err() || count < BATCH {
                    return;
                }
            }
        });
        for (batch, count, position) in filled {
            if !each(&batch[..count], position) {
                return false;
            }
            // Nobody is there to take it once the last batch has come.
            let _ = empty.send(batch);
        }
        true
    })
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

/// Decides for each column of dates whether the day or the month comes first; `None` when cancelled.
fn orders(
    body: &Body<'_>,
    mapping: &Mapping,
    given: Option<DayOrder>,
    report: &mut Report,
    progress: &Progress,
) -> Option<Vec<DayOrder>> {
    let dated: Vec<usize> = (0..mapping.columns.len())
        .filter(|&at| matches!(mapping.columns[at].role, Role::Date | Role::Start | Role::End))
        .collect();
    let mut counts = vec![Orders::default(); mapping.columns.len()];
    let mut records = body.records();
    let mut record = Record::default();
    let mut seen = 0_u64;
    while !dated.is_empty() && records.next(&mut record) {
        for &at in &dated {
            counts[at].add(cells::arm(record.get(at)));
        }
        seen += 1;
        if seen.is_multiple_of(PAUSE) && progress.is_cancelled() {
            return None;
        }
    }
    let mut all = Orders::default();
    for at in &dated {
        all.merge(counts[*at]);
    }
    let mut orders = vec![DayOrder::DayFirst; mapping.columns.len()];
    for at in dated {
        let count = counts[at];
        if count == Orders::default() {
            continue;
        }
        let heading = &mapping.columns[at].heading;
        let (order, why) = match (given, count.shown(), all.shown()) {
            (Some(order), ..) => (order, "as you said"),
            (None, Some(order), _) => (order, "as its other dates show"),
            (None, None, Some(order)) => (order, "as other columns show"),
            (None, None, None) if count.dots == count.either => {
                (DayOrder::DayFirst, "as is usual with dots")
            }
            (None, None, None) => (DayOrder::DayFirst, "assumed"),
        };
        orders[at] = order;
        report.notes.push(format!(
            "“{heading}” is read {}, {why}: {} can only be day first, {} only month first, {} \
             either.",
            order.label(),
            thousands(count.day_first),
            thousands(count.month_first),
            thousands(count.either)
        ));
        let mixed = count.day_first > 0 && count.month_first > 0;
        if mixed || why == "assumed" {
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
    Some(orders)
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
