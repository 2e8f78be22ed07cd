//! The native format to a dataset: the outer document, its lists, and their records one by one.
//!
//! Each record is read on its own, so that one that is wrong does not cost the others.

use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{DeserializeOwned, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::document::FORMAT;
use super::locate::{escape, locate, remove};
use super::{lines, resolve};
use crate::formats::network::StatedLook;
use crate::formats::{Location, OpenError, Opened, Problem, Progress, Report, Severity};

/// How many problems one record may have before the rest of it is given up.
const MOST_PER_RECORD: usize = 100;

/// How many engagements make a part that is read by itself.
const PART: usize = 4096;

/// How many records are read between two looks at whether to go on.
const RECORDS_PER_LOOK: usize = 256;

/// Reads a `demarche/1` document. `name` is the file as the user named it.
///
/// # Errors
/// When the text is no such document at all; whatever is wrong inside stands in the report.
pub(crate) fn read(name: &str, text: &str, progress: &Progress) -> Result<Opened, OpenError> {
    read_in(PART, name, text, progress)
}

/// The same as [`read`], with the engagements in parts of a number.
fn read_in(part: usize, name: &str, text: &str, progress: &Progress) -> Result<Opened, OpenError> {
    let (head, lines) = lines::split(text);
    let lists: Fields<'_> = serde_json::from_str(head).map_err(|error| broken(name, &error))?;
    let unusable = |pointer: &str, message: String| {
        let (line, column) = position(head, locate(head, pointer));
        OpenError::Unusable {
            file: name.to_owned(),
            line: Some(line),
            column: Some(column),
            message,
        }
    };
    match lists.0.iter().rev().find(|(key, _)| key == "format") {
        None => {
            return Err(unusable(
                "",
                format!(
                    "this is JSON, but not a dataset: it has no \"format\": \"{FORMAT}\"; \
                     docs/data-format.md describes what to write"
                ),
            ));
        }
        Some((_, format)) => {
            if serde_json::from_str::<String>(format.get()).ok().as_deref() != Some(FORMAT) {
                let shown: String = format.get().chars().take(40).collect();
                return Err(unusable(
                    "/format",
                    format!(
                        "the format is {shown}, but this version opens \"{FORMAT}\" only; \
                         convert the file, or open it with the version that wrote it"
                    ),
                ));
            }
        }
    }
    let mut reader =
        Reader { file: name, text, progress, part, found: Vec::new(), records: 0, read: 0 };
    progress.set(0, 0);
    let entries = lines.map(lines::entries).unwrap_or_default();
    let (dataset, rows) = resolve::document(&mut reader, &lists, entries)?;
    progress.set(text.len() as u64, rows);
    let engagements = dataset.engagements().len() as u64;
    let report = Report {
        file: name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned(),
        format: match lines {
            None => format!("Démarche dataset ({FORMAT})"),
            Some(_) => format!("Démarche dataset ({FORMAT}), one engagement a line"),
        },
        rows,
        engagements,
        problems: reader.problems(),
        ..Report::default()
    };
    Ok(Opened {
        dataset,
        report,
        checksum: String::new(),
        mapping: None,
        preview: Vec::new(),
        look: StatedLook::default(),
    })
}

/// Broken JSON in words.
fn broken(file: &str, error: &serde_json::Error) -> OpenError {
    let full = error.to_string();
    let what = full.rsplit_once(" at line ").map_or(full.as_str(), |(what, _)| what);
    let message = if error.is_eof() {
        format!("the JSON ends too early ({what}); the file was cut off, get a whole copy")
    } else if error.is_data() {
        format!(
            "this is JSON, but not a dataset: it must be an object with \"format\": \"{FORMAT}\"; \
             docs/data-format.md describes what to write"
        )
    } else {
        format!("this is not valid JSON: {what}; correct it there and open the file again")
    };
    OpenError::Unusable {
        file: file.to_owned(),
        line: Some(error.line() as u64),
        // Behind a line break, where no character stands, there is no column.
        column: (error.column() > 0).then_some(error.column() as u64),
        message,
    }
}

/// Line and character of a position in bytes, both from 1.
fn position(text: &str, offset: usize) -> (u64, u64) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() as u64 + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, before.get(start..).unwrap_or_default().chars().count() as u64 + 1)
}

/// The fields of the document, in the order of the file, not yet looked into.
pub(super) struct Fields<'a>(pub Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;

        impl<'de> Visitor<'de> for All {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(All)
    }
}

/// Where a record stands, and which entries of its lists were taken out of it.
#[derive(Clone, Debug)]
pub(super) struct At<'a> {
    /// JSON pointer to the record.
    pointer: String,
    /// The record as it stands in the file.
    raw: &'a str,
    /// Entries that were left out: the pointer to their list, as it is in the file, and their
    /// position there.
    removed: Vec<(String, usize)>,
}

impl At<'_> {
    /// A pointer into the record as it was read, as a pointer into the record as it is in the file.
    fn original(&self, pointer: &str) -> String {
        if self.removed.is_empty() {
            return pointer.to_owned();
        }
        let mut out = String::with_capacity(pointer.len());
        for segment in pointer.split('/').skip(1) {
            let gone =
                |at: usize| self.removed.iter().any(|(list, index)| *list == out && *index == at);
            let segment = match segment.parse::<usize>() {
                Ok(nth) if self.removed.iter().any(|(list, _)| *list == out) => {
                    let mut left = nth;
                    let mut at = 0;
                    loop {
                        if !gone(at) {
                            if left == 0 {
                                break at.to_string();
                            }
                            left -= 1;
                        }
                        at += 1;
                    }
                }
                _ => segment.to_owned(),
            };
            out.push('/');
            out.push_str(&segment);
        }
        out
    }
}

/// A record that is not yet read.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    /// The list that it is in, as a pointer has it, and its position there; none for one that has
    /// a line to itself.
    list: Option<(Arc<str>, usize)>,
    /// The record as it stands in the file.
    pub raw: &'a str,
}

impl<'a> Entry<'a> {
    /// Where it stands.
    pub fn place(&self) -> At<'a> {
        let pointer = self.list.as_ref().map(|(list, index)| format!("/{list}/{index}"));
        At { pointer: pointer.unwrap_or_default(), raw: self.raw, removed: Vec::new() }
    }
}

/// A problem before its line is known.
pub(super) struct Found {
    offset: usize,
    pointer: String,
    severity: Severity,
    message: String,
    done: String,
}

/// What the reading of one document needs and gathers.
pub(super) struct Reader<'a> {
    /// The file as the user named it.
    pub file: &'a str,
    text: &'a str,
    progress: &'a Progress,
    /// How many engagements make a part that is read by itself.
    pub part: usize,
    found: Vec<Found>,
    /// How many records were read.
    records: usize,
    /// How many bytes of them were read since the progress was told.
    read: usize,
}

impl<'a> Entry<'a> {
    /// A record that has a line to itself.
    pub fn line(raw: &'a str) -> Self {
        Self { list: None, raw }
    }
}

impl<'a> Reader<'a> {
    /// Notes a problem at a pointer into a record.
    pub fn problem(&mut self, at: &At<'a>, pointer: &str, message: String, done: &str) {
        self.note(at, pointer, Severity::Error, message, done);
    }

    /// Notes something of any severity at a pointer into a record.
    pub fn note(
        &mut self,
        at: &At<'a>,
        pointer: &str,
        severity: Severity,
        message: String,
        done: &str,
    ) {
        let pointer = at.original(pointer);
        self.found.push(Found {
            offset: self.offset(at.raw) + locate(at.raw, &pointer),
            pointer: format!("{}{pointer}", at.pointer),
            severity,
            message,
            done: done.to_owned(),
        });
    }

    /// The position of a part of the text in it.
    fn offset(&self, part: &str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    /// A whole field of the document as a record.
    pub fn field(&self, key: &str, raw: &'a RawValue) -> At<'a> {
        At { pointer: format!("/{}", escape(key)), raw: raw.get(), removed: Vec::new() }
    }

    /// The entries of a list, not yet looked into.
    pub fn entries(&mut self, key: &str, raw: &'a RawValue) -> Vec<Entry<'a>> {
        let Ok(entries) = serde_json::from_str::<Vec<&'a RawValue>>(raw.get()) else {
            let at = self.field(key, raw);
            self.problem(&at, "", format!("“{key}” must be a list"), "the whole of it left out");
            return Vec::new();
        };
        let list: Arc<str> = escape(key).into();
        let entry = |(index, raw): (usize, &'a RawValue)| Entry {
            list: Some((Arc::clone(&list), index)),
            raw: raw.get(),
        };
        entries.into_iter().enumerate().map(entry).collect()
    }

    /// The records of a list that can be read.
    ///
    /// # Errors
    /// Only when the reading was cancelled.
    pub fn records<T: DeserializeOwned>(
        &mut self,
        key: &str,
        raw: &'a RawValue,
    ) -> Result<Vec<(At<'a>, T)>, OpenError> {
        let entries = self.entries(key, raw);
        let mut records = Vec::with_capacity(entries.len());
        for entry in entries {
            self.step(&entry)?;
            let mut at = entry.place();
            if let Some(record) = self.record(&mut at) {
                records.push((at, record));
            }
        }
        Ok(records)
    }

    /// A reader of another part of the same text, with findings of its own.
    pub fn beside(&self) -> Self {
        Self { found: Vec::new(), records: 0, read: 0, ..*self }
    }

    /// What was found.
    pub fn into_found(self) -> Vec<Found> {
        self.progress.advance(self.read as u64, (self.records % RECORDS_PER_LOOK) as u64);
        self.found
    }

    /// Takes over what a reader of another part has found.
    pub fn gather(&mut self, found: Vec<Found>) {
        self.found.extend(found);
    }

    /// Counts an entry that is about to be read, and stops when asked to.
    pub fn step(&mut self, entry: &Entry<'_>) -> Result<(), OpenError> {
        self.records += 1;
        self.read += entry.raw.len();
        if self.records.is_multiple_of(RECORDS_PER_LOOK) {
            self.progress.advance(self.read as u64, RECORDS_PER_LOOK as u64);
            self.read = 0;
            if self.progress.is_cancelled() {
                return Err(OpenError::Cancelled { file: self.file.to_owned() });
            }
        }
        Ok(())
    }

    /// One record, without the values in it that cannot be used; `None` when nothing is left.
    pub fn record<T: DeserializeOwned>(&mut self, at: &mut At<'a>) -> Option<T> {
        let error = match serde_json::from_str(at.raw) {
            Ok(record) => return Some(record),
            Err(error) => error,
        };
        let Ok(mut value) = serde_json::from_str::<serde_json::Value>(at.raw) else {
            let message = format!("this is not valid JSON: {}", in_words(&error));
            self.problem(at, "", message, "record left out");
            return None;
        };
        for round in 0..MOST_PER_RECORD {
            let (pointer, message) = match serde_path_to_error::deserialize::<_, T>(&value) {
                Ok(record) => {
                    if round == 0 {
                        // Only the text itself shows a field that is written twice.
                        let done = "the last of them was used";
                        self.note(at, "", Severity::Warning, in_words(&error), done);
                    }
                    return Some(record);
                }
                Err(error) => (pointer(error.path()), in_words(error.inner())),
            };
            let original = at.original(&pointer);
            let done = left_out(&pointer, &message);
            // A field that was taken out for its value is now missed by what it stands in: that
            // goes too, and is the same problem.
            let missed = message
                .strip_prefix("missing field `")
                .and_then(|rest| rest.strip_suffix('`'))
                .map(|field| format!("{}{original}/{}", at.pointer, escape(field)));
            match self.found.last_mut() {
                Some(last) if round > 0 && Some(&last.pointer) == missed.as_ref() => {
                    done.clone_into(&mut last.done);
                }
                _ => self.problem(at, &pointer, message, done),
            }
            if !remove(&mut value, &pointer) {
                return None;
            }
            if let Some((list, index)) = original.rsplit_once('/')
                && let Ok(index) = index.parse()
                && value
                    .pointer(pointer.rsplit_once('/')?.0)
                    .is_some_and(serde_json::Value::is_array)
            {
                at.removed.push((list.to_owned(), index));
            }
        }
        let message = format!("more than {MOST_PER_RECORD} values in it cannot be used");
        self.problem(at, "", message, "record left out");
        None
    }

    /// The problems, in the order of the file, each with its line.
    fn problems(mut self) -> Vec<Problem> {
        self.found.sort_by_key(|found| found.offset);
        let (mut line, mut counted) = (1, 0);
        self.found
            .into_iter()
            .map(|found| {
                let between = self.text.as_bytes().get(counted..found.offset).unwrap_or_default();
                line += between.iter().filter(|byte| **byte == b'\n').count() as u64;
                counted = found.offset.max(counted);
                Problem {
                    severity: found.severity,
                    location: Location {
                        row: Some(line),
                        column: None,
                        pointer: Some(found.pointer),
                    },
                    message: found.message,
                    done: found.done,
                }
            })
            .collect()
    }
}

/// What is said to have been done with what a pointer leads to.
fn left_out(pointer: &str, message: &str) -> &'static str {
    match pointer.rsplit_once('/') {
        None => "record left out",
        Some(_) if message.starts_with("unknown field") => "field left out",
        Some((_, last)) if last.parse::<usize>().is_ok() => "entry left out",
        Some(_) => "value left out",
    }
}

/// The message of an error without the position in it, which is that of the record alone.
fn in_words(error: &serde_json::Error) -> String {
    let full = error.to_string();
    full.rsplit_once(" at line ").map_or(full.as_str(), |(what, _)| what).to_owned()
}

/// A path as a JSON pointer.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut out = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => {
                out.push('/');
                out.push_str(&index.to_string());
            }
            Segment::Map { key } => {
                out.push('/');
                out.push_str(&escape(key));
            }
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Engagements that use words no list holds, refer to each other, and have slips.
    fn engagement() -> impl Strategy<Value = String> {
        let id = prop::sample::select(vec!["a", "b", "c", "d", "e", "f", "g", "h", ""]);
        let word = prop::sample::select(vec!["x", "y", "z"]);
        (id.clone(), word.clone(), word, id, 0..12_u8).prop_map(|(id, kind, role, to, slip)| {
            let participants = format!(r#"[{{"party":"laos","role":"{role}"}}]"#);
            let relations = format!(r#"[{{"kind":"after","to":"{to}"}}]"#);
            match slip {
                0 => format!(r#"{{"id":"{id}","title":5}}"#),
                1 => format!(r#"{{"id":"{id}","title":"T","dates":[{{"date":"soon"}}]}}"#),
                2 => format!(r#"{{"id":"{id}","title":"T","place":"nowhere"}}"#),
                3 => "[]".to_owned(),
                4..7 => format!(r#"{{"id":"{id}","title":"T","extras":{{"{role}":"{to}"}}}}"#),
                _ => format!(
                    r#"{{"id":"{id}","title":"T","kind":"{kind}","participants":{participants},"relations":{relations}}}"#
                ),
            }
        })
    }

    const HEAD: &str = r#""format":"demarche/1","parties":[{"id":"laos","name":"Laos"}]"#;

    proptest! {
        #[test]
        fn parts_of_any_size_give_the_same_dataset_and_report(
            engagements in prop::collection::vec(engagement(), 1..24),
            part in 1_usize..9,
        ) {
            let list = engagements.join(",\n");
            let document = format!("{{{HEAD},\n\"engagements\":[\n{list}\n]}}");
            let lines = format!("{{{HEAD}}}\n{}\r\n\n", engagements.join("\n"));
            let progress = Progress::default();
            let open = |part, text: &str| read_in(part, "a", text, &progress).expect("a dataset");
            let whole = open(usize::MAX, &document);
            let by_line = open(part, &lines);
            prop_assert!(open(part, &document).dataset == whole.dataset);
            prop_assert_eq!(&open(part, &document).report, &whole.report);
            prop_assert!(by_line.dataset == whole.dataset);
            prop_assert_eq!(&by_line.report, &open(usize::MAX, &lines).report);
            let what = |report: &Report| -> Vec<String> {
                report.problems.iter().map(|problem| problem.message.clone()).collect()
            };
            prop_assert_eq!(what(&by_line.report), what(&whole.report));
        }
    }

    #[test]
    fn a_broken_line_costs_itself_alone_and_is_named() {
        let text = format!(
            "{{{HEAD}}}\n{{\"id\":\"a\",\"title\":\"A\"}}\n\n{{\"id\":\"b\",\n{{\"id\":\"c\",\"title\":\"C\",\"dates\":[{{\"date\":\"soon\"}}]}}\n"
        );
        let opened = read("a.jsonl", &text, &Progress::default()).expect("a dataset");
        let keys: Vec<&str> = opened.dataset.engagements().iter().map(|e| &*e.key).collect();
        assert_eq!(keys, ["a", "c"]);
        let places: Vec<_> = opened
            .report
            .problems
            .iter()
            .map(|problem| (problem.location.row, problem.location.pointer.as_deref()))
            .collect();
        assert_eq!(places, [(Some(4), Some("")), (Some(5), Some("/dates/0/date"))]);
        assert_eq!(opened.report.rows, 3);
    }
}
