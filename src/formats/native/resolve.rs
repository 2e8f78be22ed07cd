//! Records to rows of a dataset: ids to positions, EDTF to dates, what cannot be used to problems.

mod engagements;
mod tables;

use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::document::{
    Basis, CitationRecord, DateText, KindRecord, LadderRecord, NameRecord, PartnershipRecord,
    PartyRecord, PlaceRecord, SourceRecord, TopicRecord,
};
use super::read::{At, Entry, Fields, Reader};
use crate::formats::{OpenError, Severity};
use crate::model::{
    Citation, Dataset, DatasetParts, Kind, Name, PartnershipId, PartyId, PlaceId, SourceId, Topic,
    When,
};

/// The id of the kind of engagements that name none.
const OTHER: &str = "other";

/// What is wrong with an id that says nothing.
const EMPTY_ID: &str = "the id is empty; give it one that is unique in its list";

/// What is wrong with an id that was used before.
fn used_id(id: &str) -> String {
    format!("the id “{id}” is already used above; every id must be unique")
}

/// What is wrong with an id that leads nowhere.
fn missing(id: &str, list: &str) -> String {
    format!("there is no record with the id “{id}” in {list}; correct the id or add the record")
}

/// The records of a list with where they stand, and the positions of their ids.
struct Table<'a, T> {
    records: Vec<(At<'a>, T)>,
    ids: FxHashMap<Box<str>, usize>,
}

impl<T> Default for Table<'_, T> {
    fn default() -> Self {
        Self { records: Vec::new(), ids: FxHashMap::default() }
    }
}

/// A record that has an id.
trait Record: DeserializeOwned {
    fn id(&self) -> &str;
}

macro_rules! records {
    ($($name:ident)*) => {$(
        impl Record for $name {
            fn id(&self) -> &str {
                &self.id
            }
        }
    )*};
}

records! {
    SourceRecord PlaceRecord PartyRecord LadderRecord PartnershipRecord KindRecord TopicRecord
}

/// Texts numbered in the order in which they are met.
#[derive(Default)]
struct Words {
    all: Vec<Box<str>>,
    positions: FxHashMap<Box<str>, usize>,
}

impl Words {
    fn position(&mut self, word: &str) -> usize {
        if let Some(at) = self.positions.get(word) {
            return *at;
        }
        let at = self.all.len();
        self.all.push(word.into());
        self.positions.insert(word.into(), at);
        at
    }
}

/// All lists of a document.
#[derive(Default)]
struct Tables<'a> {
    sources: Table<'a, SourceRecord>,
    places: Table<'a, PlaceRecord>,
    parties: Table<'a, PartyRecord>,
    ladders: Table<'a, LadderRecord>,
    partnerships: Table<'a, PartnershipRecord>,
    kinds: Table<'a, KindRecord>,
    topics: Table<'a, TopicRecord>,
}

/// Reads the whole document; also how many engagements are written in it. `lines` are engagements
/// that stand behind it, one a line.
pub(super) fn document<'a>(
    reader: &mut Reader<'a>,
    fields: &Fields<'a>,
    lines: Vec<Entry<'a>>,
) -> Result<(Dataset, u64), OpenError> {
    let mut tables = Tables::default();
    let mut title = None;
    let mut note = None;
    let (mut roles, mut names) = (Words::default(), Words::default());
    let mut entries = Vec::new();
    for (position, (key, raw)) in fields.0.iter().enumerate() {
        if fields.0.get(position + 1..).unwrap_or_default().iter().any(|(later, _)| later == key) {
            let at = reader.field(key, raw);
            let message = format!("“{key}” is written more than once");
            reader.problem(&at, "", message, "all but the last of them left out");
            continue;
        }
        match key.as_str() {
            "format" => {}
            "title" => title = text(reader, key, raw),
            "note" => note = text(reader, key, raw),
            "sources" => tables.sources = table(reader, key, raw)?,
            "places" => tables.places = table(reader, key, raw)?,
            "parties" => tables.parties = table(reader, key, raw)?,
            "ladders" => tables.ladders = table(reader, key, raw)?,
            "partnerships" => tables.partnerships = table(reader, key, raw)?,
            "kinds" => tables.kinds = table(reader, key, raw)?,
            "topics" => tables.topics = table(reader, key, raw)?,
            "roles" => words(reader, key, raw, &mut roles)?,
            "fields" => words(reader, key, raw, &mut names)?,
            "engagements" => entries = reader.entries(key, raw),
            _ => {
                let at = reader.field(key, raw);
                let message = format!(
                    "unknown field `{key}`; a dataset has format, title, note, sources, places, \
                     parties, ladders, partnerships, kinds, topics, roles, fields and engagements"
                );
                reader.problem(&at, "", message, "field left out");
            }
        }
    }
    let mut parts = DatasetParts {
        title: title.flatten().unwrap_or_default(),
        note: note.flatten(),
        ..DatasetParts::default()
    };
    entries.extend(lines);
    let rows = entries.len() as u64;
    Resolver::new(reader, &tables).fill(&mut parts);
    let read = engagements::read(reader, &tables, &entries, &mut roles, &mut names)?;
    parts.kinds = kinds(&tables, &read.kinds);
    parts.engagements = read.list;
    parts.roles = roles.all;
    parts.fields = names.all;
    drop((tables, entries));
    let dataset = Dataset::new(parts).map_err(|problems| OpenError::Unusable {
        file: reader.file.to_owned(),
        line: None,
        column: None,
        message: problems.first().map_or_else(String::new, ToString::to_string),
    })?;
    Ok((dataset, rows))
}

/// A text of the document itself, or null.
fn text<'a>(reader: &mut Reader<'a>, key: &str, raw: &'a RawValue) -> Option<Option<Box<str>>> {
    let mut at = reader.field(key, raw);
    reader.record(&mut at)
}

/// A list of texts.
fn words<'a>(
    reader: &mut Reader<'a>,
    key: &str,
    raw: &'a RawValue,
    into: &mut Words,
) -> Result<(), OpenError> {
    for (_, word) in reader.records::<String>(key, raw)? {
        into.position(&word);
    }
    Ok(())
}

/// The usable records of a list.
fn table<'a, T: Record>(
    reader: &mut Reader<'a>,
    key: &str,
    raw: &'a RawValue,
) -> Result<Table<'a, T>, OpenError> {
    let records = reader.records::<T>(key, raw)?;
    let mut table = Table::default();
    for (at, record) in records {
        let id = record.id();
        if id.is_empty() {
            reader.problem(&at, "/id", EMPTY_ID.to_owned(), "record left out");
        } else if table.ids.contains_key(id) {
            reader.problem(&at, "/id", used_id(id), "record left out");
        } else {
            table.ids.insert(id.into(), table.records.len());
            table.records.push((at, record));
        }
    }
    Ok(table)
}

/// An optional text as the model holds it.
fn boxed(text: Option<&String>) -> Option<Box<str>> {
    text.map(|text| text.as_str().into())
}

/// Names in other languages.
fn names(records: &[NameRecord]) -> Box<[Name]> {
    let name = |record: &NameRecord| Name {
        text: record.text.as_str().into(),
        lang: record.lang.as_str().into(),
    };
    records.iter().map(name).collect()
}

/// The kinds that are listed, then those that are not.
fn kinds(tables: &Tables<'_>, unlisted: &Words) -> Vec<Kind> {
    let kind = |(position, (key, name, class)): (usize, (&str, &str, Option<&String>))| Kind {
        key: key.into(),
        name: name.into(),
        class: boxed(class),
        slot: Kind::slot_for(key, position),
    };
    let unlisted = unlisted.all.iter().map(|key| &**key);
    let listed = tables.kinds.records.iter();
    listed
        .map(|(_, row)| (row.id.as_str(), row.name.as_str(), row.class.as_ref()))
        .chain(unlisted.map(|key| (key, if key == OTHER { "Other" } else { key }, None)))
        .enumerate()
        .map(kind)
        .collect()
}

struct Resolver<'r, 'a> {
    reader: &'r mut Reader<'a>,
    tables: &'r Tables<'a>,
    roles: Words,
    fields: Words,
    /// Kinds that engagements have but the list of kinds does not.
    kinds: Words,
}

impl<'r, 'a> Resolver<'r, 'a> {
    fn new(reader: &'r mut Reader<'a>, tables: &'r Tables<'a>) -> Self {
        let (roles, fields, kinds) = Default::default();
        Self { reader, tables, roles, fields, kinds }
    }

    /// All tables but kinds and engagements.
    fn fill(mut self, parts: &mut DatasetParts) {
        let tables = self.tables;
        parts.sources =
            tables.sources.records.iter().map(|(at, row)| self.source(at, row)).collect();
        parts.places = tables.places.records.iter().map(|(at, row)| self.place(at, row)).collect();
        parts.parties =
            tables.parties.records.iter().map(|(at, row)| self.party(at, row)).collect();
        parts.ladders =
            tables.ladders.records.iter().map(|(at, row)| self.ladder(at, row)).collect();
        parts.partnerships =
            tables.partnerships.records.iter().map(|(at, row)| self.partnership(at, row)).collect();
        let topic = |(_, row): &(At<'_>, TopicRecord)| Topic {
            key: row.id.as_str().into(),
            name: row.name.as_str().into(),
        };
        parts.topics = tables.topics.records.iter().map(topic).collect();
    }

    /// The position that an id refers to; a problem when there is no such record.
    fn find<T>(
        &mut self,
        at: &At<'a>,
        pointer: &str,
        (table, name): (&Table<'a, T>, &str),
        id: &str,
        done: &str,
    ) -> Option<usize> {
        let found = table.ids.get(id).copied();
        if found.is_none() {
            let message = missing(id, name);
            self.reader.problem(at, pointer, message, done);
        }
        found
    }

    fn find_party(&mut self, at: &At<'a>, pointer: &str, id: &str, done: &str) -> Option<PartyId> {
        let tables = self.tables;
        self.find(at, pointer, (&tables.parties, "parties"), id, done).map(PartyId::at)
    }

    fn find_place(&mut self, at: &At<'a>, pointer: &str, id: &str) -> Option<PlaceId> {
        let tables = self.tables;
        self.find(at, pointer, (&tables.places, "places"), id, "place left out").map(PlaceId::at)
    }

    fn find_partnership(&mut self, at: &At<'a>, pointer: &str, id: &str) -> Option<PartnershipId> {
        let tables = self.tables;
        let table = (&tables.partnerships, "partnerships");
        self.find(at, pointer, table, id, "partnership left out").map(PartnershipId::at)
    }

    fn citation(&mut self, at: &At<'a>, pointer: &str, basis: Basis<'_>) -> Citation {
        let tables = self.tables;
        let source = basis.source.and_then(|id| {
            let pointer = format!("{pointer}/source");
            self.find(at, &pointer, (&tables.sources, "sources"), id, "source left out")
        });
        Citation {
            source: source.map(SourceId::at),
            evidence: basis.evidence,
            quote: basis.quote.map(Into::into),
            note: basis.note.map(Into::into),
        }
    }

    fn citations(&mut self, at: &At<'a>, records: &[CitationRecord]) -> Box<[Citation]> {
        let one = |(i, record): (usize, &CitationRecord)| {
            self.citation(at, &format!("/sources/{i}"), record.basis())
        };
        records.iter().enumerate().map(one).collect()
    }

    /// A date; a problem when it cannot be read.
    fn when(
        &mut self,
        at: &At<'a>,
        pointer: &str,
        (edtf, sometime, words): (&str, bool, Option<&str>),
        done: &str,
    ) -> Option<When> {
        let said = |when: When| {
            let when = if sometime { when.sometime() } else { when };
            match words {
                Some(words) => when.with_words(words),
                None => when,
            }
        };
        match When::parse_noting(edtf) {
            Ok((when, old)) => {
                if let Some(note) = old {
                    let done = format!("read as {}", when.edtf());
                    self.reader.note(at, pointer, Severity::Note, note, &done);
                }
                Some(said(when))
            }
            Err(error) => {
                // Words that leave no doubt are better read than lost.
                if let Ok(when) = When::from_words(edtf) {
                    let message = format!("“{edtf}” is not EDTF; write {}", when.edtf());
                    let done = format!("read as {}", when.edtf());
                    self.reader.note(at, pointer, Severity::Warning, message, &done);
                    return Some(said(when));
                }
                self.reader.problem(at, pointer, error.to_string(), done);
                None
            }
        }
    }

    fn date(&mut self, at: &At<'a>, pointer: &str, date: Option<&DateText>) -> Option<When> {
        let done = "date left out";
        match date? {
            DateText::Plain(edtf) => self.when(at, pointer, (edtf, false, None), done),
            DateText::Full(date) => {
                let pointer = format!("{pointer}/date");
                self.when(at, &pointer, (&date.date, date.sometime, date.words.as_deref()), done)
            }
        }
    }
}
