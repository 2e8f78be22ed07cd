//! Records to rows of a dataset: ids to positions, EDTF to dates, what cannot be used to problems.

use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::document::{
    Basis, CitationRecord, DateText, EngagementRecord, KindRecord, LadderRecord, NameRecord,
    PartnershipRecord, PartyRecord, PlaceRecord, RelationRecord, SourceRecord, TopicRecord,
};
use super::read::{At, Fields, Reader};
use crate::formats::{OpenError, Severity};
use crate::model::{
    Amount, Citation, Dataset, DatasetParts, DateClaim, Engagement, EngagementId, FieldId, Kind,
    KindId, Ladder, LadderId, Level, Member, Name, Office, Outcome, Participant, Partnership,
    PartnershipId, Party, PartyId, Place, PlaceId, Relation, RelationKind, RoleId, Source,
    SourceId, Term, Topic, TopicId, When,
};

/// The id of the kind of engagements that name none.
const OTHER: &str = "other";

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
    EngagementRecord
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
    engagements: Table<'a, EngagementRecord>,
}

/// Reads the whole document; also how many engagements are written in it.
pub(super) fn document<'a>(
    reader: &mut Reader<'a>,
    fields: &Fields<'a>,
) -> Result<(Dataset, u64), OpenError> {
    let mut tables = Tables::default();
    let mut title = None;
    let mut note = None;
    let (mut roles, mut names) = (Words::default(), Words::default());
    let mut rows = 0;
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
            "sources" => tables.sources = table(reader, key, raw)?.0,
            "places" => tables.places = table(reader, key, raw)?.0,
            "parties" => tables.parties = table(reader, key, raw)?.0,
            "ladders" => tables.ladders = table(reader, key, raw)?.0,
            "partnerships" => tables.partnerships = table(reader, key, raw)?.0,
            "kinds" => tables.kinds = table(reader, key, raw)?.0,
            "topics" => tables.topics = table(reader, key, raw)?.0,
            "roles" => words(reader, key, raw, &mut roles)?,
            "fields" => words(reader, key, raw, &mut names)?,
            "engagements" => (tables.engagements, rows) = table(reader, key, raw)?,
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
    Resolver { reader, tables: &tables, roles, fields: names, kinds: Words::default() }
        .fill(&mut parts);
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
    for (_, word) in reader.records::<String>(key, raw)?.0 {
        into.position(&word);
    }
    Ok(())
}

/// The usable records of a list, and how many there are in all.
fn table<'a, T: Record>(
    reader: &mut Reader<'a>,
    key: &str,
    raw: &'a RawValue,
) -> Result<(Table<'a, T>, u64), OpenError> {
    let (records, rows) = reader.records::<T>(key, raw)?;
    let mut table = Table::default();
    for (at, record) in records {
        let id = record.id();
        if id.is_empty() {
            let message = "the id is empty; give it one that is unique in its list".to_owned();
            reader.problem(&at, "/id", message, "record left out");
        } else if table.ids.contains_key(id) {
            let message = format!("the id “{id}” is already used above; every id must be unique");
            reader.problem(&at, "/id", message, "record left out");
        } else {
            table.ids.insert(id.into(), table.records.len());
            table.records.push((at, record));
        }
    }
    Ok((table, rows))
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

struct Resolver<'r, 'a> {
    reader: &'r mut Reader<'a>,
    tables: &'r Tables<'a>,
    roles: Words,
    fields: Words,
    /// Kinds that engagements have but the list of kinds does not.
    kinds: Words,
}

impl<'a> Resolver<'_, 'a> {
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
        parts.engagements =
            tables.engagements.records.iter().map(|(at, row)| self.engagement(at, row)).collect();
        let kind = |(position, (key, name, class)): (usize, (&str, &str, Option<&String>))| Kind {
            key: key.into(),
            name: name.into(),
            class: boxed(class),
            slot: Kind::slot_for(key, position),
        };
        let listed = tables.kinds.records.iter();
        parts.kinds = listed
            .map(|(_, row)| (row.id.as_str(), row.name.as_str(), row.class.as_ref()))
            .chain(
                self.kinds
                    .all
                    .iter()
                    .map(|key| (&**key, if &**key == OTHER { "Other" } else { &**key }, None)),
            )
            .enumerate()
            .map(kind)
            .collect();
        let topic = |(_, row): &(At<'_>, TopicRecord)| Topic {
            key: row.id.as_str().into(),
            name: row.name.as_str().into(),
        };
        parts.topics = tables.topics.records.iter().map(topic).collect();
        parts.roles = self.roles.all;
        parts.fields = self.fields.all;
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
            let message = format!(
                "there is no record with the id “{id}” in {name}; correct the id or add the record"
            );
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

    /// The number of years of an anniversary, which has to be there; `Err` when the relation says
    /// nothing without it. Other relations have none.
    fn years(
        &mut self,
        at: &At<'a>,
        pointer: &str,
        relation: &RelationRecord,
    ) -> Result<Option<i32>, ()> {
        match (relation.kind, relation.years) {
            (RelationKind::Anniversary, Some(1..=9999)) => Ok(relation.years),
            (RelationKind::Anniversary, Some(years)) => {
                let message = format!("{years} is not a number of years from 1 to 9999");
                self.reader.problem(at, &format!("{pointer}/years"), message, "relation left out");
                Err(())
            }
            (RelationKind::Anniversary, None) => {
                let message = "an anniversary needs `years`, how many years after the other it is";
                self.reader.problem(at, pointer, message.to_owned(), "relation left out");
                Err(())
            }
            (_, Some(_)) => {
                let message = "only a relation of the kind `anniversary` has `years`";
                let pointer = format!("{pointer}/years");
                self.reader.problem(at, &pointer, message.to_owned(), "years left out");
                Ok(None)
            }
            (_, None) => Ok(None),
        }
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

    fn source(&mut self, at: &At<'a>, row: &SourceRecord) -> Source {
        Source {
            key: row.id.as_str().into(),
            title: row.title.as_str().into(),
            short: boxed(row.short.as_ref()),
            publisher: boxed(row.publisher.as_ref()),
            published: self.date(at, "/published", row.published.as_ref()),
            url: boxed(row.url.as_ref()),
            about: boxed(row.about.as_ref()),
            note: boxed(row.note.as_ref()),
            background: row.background,
        }
    }

    fn place(&mut self, at: &At<'a>, row: &PlaceRecord) -> Place {
        let position = match (row.lat, row.lon) {
            (Some(lat), Some(lon)) => {
                let (lat, lon) = (lat.0, lon.0);
                let wrong = if (-90.0..=90.0).contains(&lat) {
                    (!(-180.0..=180.0).contains(&lon)).then_some(("/lon", "longitude", lon, 180))
                } else {
                    Some(("/lat", "latitude", lat, 90))
                };
                if let Some((pointer, what, value, most)) = wrong {
                    let message = format!(
                        "the {what} {value} is not on the globe; it runs from -{most} to {most}"
                    );
                    self.reader.problem(at, pointer, message, "coordinates left out");
                }
                wrong.is_none().then_some((lat, lon))
            }
            (None, None) => None,
            (lat, _) => {
                let (pointer, other) =
                    if lat.is_some() { ("/lat", "lon") } else { ("/lon", "lat") };
                let message = format!("coordinates need both lat and lon; {other} is missing");
                self.reader.problem(at, pointer, message, "coordinates left out");
                None
            }
        };
        Place {
            key: row.id.as_str().into(),
            name: row.name.as_str().into(),
            other_names: names(&row.names),
            position,
            state: row
                .state
                .as_ref()
                .and_then(|id| self.find_party(at, "/state", id, "state left out")),
            note: boxed(row.note.as_ref()),
            citations: self.citations(at, &row.sources),
        }
    }

    fn party(&mut self, at: &At<'a>, row: &PartyRecord) -> Party {
        let mut part_of = Vec::new();
        for (i, id) in row.part_of.iter().enumerate() {
            part_of.extend(self.find_party(at, &format!("/part_of/{i}"), id, "entry left out"));
        }
        let mut offices = Vec::new();
        for (i, office) in row.offices.iter().enumerate() {
            let here = format!("/offices/{i}");
            offices.push(Office {
                title: office.title.as_str().into(),
                of: office.of.as_ref().and_then(|id| {
                    self.find_party(at, &format!("{here}/of"), id, "party left out")
                }),
                term: self.date(at, &format!("{here}/term"), office.term.as_ref()),
                citation: self.citation(at, &here, office.basis()),
            });
        }
        Party {
            key: row.id.as_str().into(),
            name: row.name.as_str().into(),
            short: boxed(row.short.as_ref()),
            kind: row.kind,
            other_names: names(&row.names),
            aliases: row.aliases.iter().map(|alias| alias.as_str().into()).collect(),
            iso: boxed(row.iso.as_ref()),
            part_of: part_of.into(),
            seat: row.seat.as_ref().and_then(|id| self.find_place(at, "/seat", id)),
            offices: offices.into(),
            note: boxed(row.note.as_ref()),
            citations: self.citations(at, &row.sources),
        }
    }

    fn ladder(&mut self, at: &At<'a>, row: &LadderRecord) -> Ladder {
        let mut rungs: Vec<Box<str>> = Vec::new();
        for (i, rung) in row.rungs.iter().enumerate() {
            if rungs.iter().any(|known| **known == **rung) {
                let message = format!("the rung “{rung}” is already on this ladder");
                self.reader.problem(at, &format!("/rungs/{i}"), message, "entry left out");
            } else if rungs.len() > usize::from(u16::MAX) {
                let message = "a ladder has at most 65,536 rungs".to_owned();
                self.reader.problem(
                    at,
                    &format!("/rungs/{i}"),
                    message,
                    "this and the rest left out",
                );
                break;
            } else {
                rungs.push(rung.as_str().into());
            }
        }
        Ladder {
            key: row.id.as_str().into(),
            name: row.name.as_str().into(),
            rungs: rungs.into(),
            note: boxed(row.note.as_ref()),
            citations: self.citations(at, &row.sources),
        }
    }

    /// The rank of a rung on a ladder.
    fn rank(
        &mut self,
        at: &At<'a>,
        pointer: &str,
        ladder: Option<LadderId>,
        rung: &str,
    ) -> Option<u16> {
        let message = match ladder.and_then(|id| self.tables.ladders.records.get(id.index())) {
            None => "a rung needs the ladder it belongs to; add \"ladder\"".to_owned(),
            Some((_, ladder)) => {
                // Positions count each rung once, as the ladder itself does.
                let mut rungs: Vec<&str> = Vec::new();
                for known in &ladder.rungs {
                    if !rungs.contains(&known.as_str()) {
                        rungs.push(known);
                    }
                }
                match rungs.iter().position(|known| *known == rung).map(u16::try_from) {
                    Some(Ok(rank)) => return Some(rank),
                    _ => format!("the ladder “{}” has no rung “{rung}”", ladder.id),
                }
            }
        };
        self.reader.problem(at, pointer, message, "rung left out");
        None
    }

    fn partnership(&mut self, at: &At<'a>, row: &PartnershipRecord) -> Partnership {
        let tables = self.tables;
        let (mut members, mut levels, mut terms) = (Vec::new(), Vec::new(), Vec::new());
        for (i, member) in row.members.iter().enumerate() {
            let here = format!("/members/{i}");
            let party = format!("{here}/party");
            if let Some(party) = self.find_party(at, &party, &member.party, "member left out") {
                members.push(Member {
                    party,
                    role: boxed(member.role.as_ref()),
                    term: self.date(at, &format!("{here}/term"), member.term.as_ref()),
                    citation: self.citation(at, &here, member.basis()),
                });
            }
        }
        for (i, level) in row.levels.iter().enumerate() {
            let here = format!("/levels/{i}");
            let ladder = level.ladder.as_ref().and_then(|id| {
                let pointer = format!("{here}/ladder");
                self.find(at, &pointer, (&tables.ladders, "ladders"), id, "ladder left out")
            });
            let ladder = ladder.map(LadderId::at);
            let known = ladder.is_some() || level.ladder.is_none();
            levels.push(Level {
                label: level.label.as_str().into(),
                ladder,
                rank: level
                    .rung
                    .as_ref()
                    .filter(|_| known)
                    .and_then(|rung| self.rank(at, &format!("{here}/rung"), ladder, rung)),
                term: self.date(at, &format!("{here}/term"), level.term.as_ref()),
                planned: level.planned,
                citation: self.citation(at, &here, level.basis()),
            });
        }
        for (i, term) in row.terms.iter().enumerate() {
            let here = format!("/terms/{i}");
            let party = format!("{here}/party");
            if let Some(party) = self.find_party(at, &party, &term.party, "term left out") {
                terms.push(Term {
                    party,
                    role: term.role.as_str().into(),
                    term: self.date(at, &format!("{here}/term"), term.term.as_ref()),
                    citation: self.citation(at, &here, term.basis()),
                });
            }
        }
        Partnership {
            key: row.id.as_str().into(),
            name: row.name.as_str().into(),
            short: boxed(row.short.as_ref()),
            members: members.into(),
            levels: levels.into(),
            terms: terms.into(),
            since: self.date(at, "/since", row.since.as_ref()),
            part_of: row.part_of.as_ref().and_then(|id| self.find_partnership(at, "/part_of", id)),
            note: boxed(row.note.as_ref()),
            citations: self.citations(at, &row.sources),
        }
    }

    /// The kind of an engagement. One that the list lacks is added, so that the engagement stays.
    fn kind(&mut self, at: &At<'a>, id: Option<&str>) -> KindId {
        let id = id.unwrap_or(OTHER);
        let listed = self.tables.kinds.records.len();
        if let Some(position) = self.tables.kinds.ids.get(id) {
            return KindId::at(*position);
        }
        let (id, known) = if id.is_empty() { (OTHER, false) } else { (id, id == OTHER) };
        if !known {
            let message = format!(
                "there is no record with the id “{id}” in kinds; correct the id or add the record"
            );
            self.reader.problem(at, "/kind", message, "a kind of that name was added");
        }
        KindId::at(listed + self.kinds.position(id))
    }

    fn engagement(&mut self, at: &At<'a>, row: &EngagementRecord) -> Engagement {
        let tables = self.tables;
        let mut dates = Vec::new();
        for (i, claim) in row.dates.iter().enumerate() {
            let here = format!("/dates/{i}");
            let date = (claim.date.as_str(), claim.sometime, claim.words.as_deref());
            if let Some(when) = self.when(at, &format!("{here}/date"), date, "date left out") {
                dates.push(DateClaim { when, citation: self.citation(at, &here, claim.basis()) });
            }
        }
        let mut participants = Vec::new();
        for (i, participant) in row.participants.iter().enumerate() {
            let pointer = format!("/participants/{i}/party");
            let done = "participant left out";
            if let Some(party) = self.find_party(at, &pointer, &participant.party, done) {
                let role = participant.role.as_ref();
                let role = role.map(|role| RoleId::at(self.roles.position(role)));
                participants.push(Participant { party, role });
            }
        }
        let (mut partnerships, mut topics) = (Vec::new(), Vec::new());
        for (i, id) in row.partnerships.iter().enumerate() {
            partnerships.extend(self.find_partnership(at, &format!("/partnerships/{i}"), id));
        }
        for (i, id) in row.topics.iter().enumerate() {
            let pointer = format!("/topics/{i}");
            let found = self.find(at, &pointer, (&tables.topics, "topics"), id, "topic left out");
            topics.extend(found.map(TopicId::at));
        }
        let mut outcomes = Vec::new();
        for (i, outcome) in row.outcomes.iter().enumerate() {
            let here = format!("/outcomes/{i}");
            outcomes.push(Outcome {
                text: outcome.text.as_str().into(),
                amount: outcome.amount.as_ref().map(|amount| Amount {
                    value: amount.value.0,
                    unit: amount.unit.as_str().into(),
                }),
                when: self.date(at, &format!("{here}/date"), outcome.date.as_ref()),
                citation: self.citation(at, &here, outcome.basis()),
            });
        }
        let mut relations = Vec::new();
        for (i, relation) in row.relations.iter().enumerate() {
            let here = format!("/relations/{i}");
            let table = (&tables.engagements, "engagements");
            let pointer = format!("{here}/to");
            let to = self.find(at, &pointer, table, &relation.to, "relation left out");
            let years = self.years(at, &here, relation);
            if let (Some(to), Ok(years)) = (to, years) {
                relations.push(Relation {
                    kind: relation.kind,
                    to: EngagementId::at(to),
                    least: relation.least,
                    most: relation.most,
                    years,
                    citation: self.citation(at, &here, relation.basis()),
                });
            }
        }
        let extra = |(name, value): &(String, String)| {
            (FieldId::at(self.fields.position(name)), value.as_str().into())
        };
        let extras = row.extras.0.iter().map(extra).collect();
        Engagement {
            key: row.id.as_str().into(),
            title: row.title.as_str().into(),
            short: boxed(row.short.as_ref()),
            kind: self.kind(at, row.kind.as_deref()),
            form: boxed(row.form.as_ref()),
            status: row.status,
            dates: dates.into(),
            place: row.place.as_ref().and_then(|id| self.find_place(at, "/place", id)),
            participants: participants.into(),
            partnerships: partnerships.into(),
            topics: topics.into(),
            outcomes: outcomes.into(),
            relations: relations.into(),
            citations: self.citations(at, &row.sources),
            note: boxed(row.note.as_ref()),
            extras,
        }
    }
}
