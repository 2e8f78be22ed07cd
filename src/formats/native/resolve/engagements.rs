//! The engagements of a document, read side by side in parts.
//!
//! A part numbers the words that it meets by itself; putting the parts together in their order
//! gives the numbers that reading from beginning to end would give. Relations lead to any other
//! engagement and are looked up when all are known.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{OTHER, Resolver, Tables, Words};
use crate::formats::OpenError;
use crate::formats::native::document::{EngagementRecord, RelationRecord, StopRecord};
use crate::formats::native::read::{At, Entry, Found, Reader};
use crate::model::{
    Amount, DateClaim, Engagement, EngagementId, FieldId, KindId, List, Outcome, Participant,
    Places, Relation, RelationKind, RoleId, Stop, TopicId, repeats,
};

/// What was read of one part.
struct Part<'a> {
    engagements: Vec<Engagement>,
    /// Which entry each engagement was.
    entries: Vec<usize>,
    /// The relations of those that have any, by position in the part.
    relations: Vec<(usize, At<'a>, Vec<RelationRecord>)>,
    roles: Words,
    fields: Words,
    kinds: Words,
    found: Vec<Found>,
}

/// The engagements of a document, with the words they use that no list holds.
#[derive(Default)]
pub(super) struct Engagements {
    pub list: Vec<Engagement>,
    /// Kinds that the list of kinds lacks.
    pub kinds: Words,
}

/// Reads the engagements. `roles` and `fields` are those that are listed, and get those that are
/// met.
///
/// # Errors
/// Only when the reading was cancelled.
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    tables: &Tables<'a>,
    entries: &[Entry<'a>],
    roles: &mut Words,
    fields: &mut Words,
) -> Result<Engagements, OpenError> {
    let mut parts = read_parts(reader, tables, entries, &BTreeMap::new())?;
    let unusable = unusable(&parts);
    if !unusable.is_empty() {
        parts = read_parts(reader, tables, entries, &unusable)?;
    }
    let mut all = Engagements::default();
    all.list.reserve_exact(parts.iter().map(|part| part.engagements.len()).sum());
    let mut relations = Vec::new();
    for mut part in parts {
        renumber(&mut part, tables, [&mut *roles, &mut *fields, &mut all.kinds]);
        let before = all.list.len();
        relations
            .extend(part.relations.into_iter().map(|(at, place, row)| (before + at, place, row)));
        all.list.append(&mut part.engagements);
        reader.gather(part.found);
    }
    if !relations.is_empty() {
        let positions: FxHashMap<&str, usize> =
            all.list.iter().enumerate().map(|(at, row)| (&*row.key, at)).collect();
        let mut resolver = Resolver::new(reader, tables);
        let found: Vec<(usize, List<Relation>)> = relations
            .iter()
            .map(|(at, place, rows)| (*at, resolver.relations(place, rows, &positions)))
            .collect();
        for (at, relations) in found {
            all.list[at].relations = relations;
        }
    }
    Ok(all)
}

/// Reads all parts; of the entries in `unusable`, only what is wrong with them.
fn read_parts<'a>(
    reader: &Reader<'a>,
    tables: &Tables<'a>,
    entries: &[Entry<'a>],
    unusable: &BTreeMap<usize, String>,
) -> Result<Vec<Part<'a>>, OpenError> {
    let read = |(number, entries): (usize, &[Entry<'a>])| {
        let mut own = reader.beside();
        let mut part = Part {
            engagements: Vec::with_capacity(entries.len()),
            entries: Vec::with_capacity(entries.len()),
            relations: Vec::new(),
            roles: Words::default(),
            fields: Words::default(),
            kinds: Words::default(),
            found: Vec::new(),
        };
        let mut resolver = Resolver::new(&mut own, tables);
        for (at, entry) in entries.iter().enumerate() {
            let number = number * reader.part + at;
            resolver.reader.step(entry)?;
            let mut at = entry.place();
            let Some(record) = resolver.reader.record::<EngagementRecord>(&mut at) else {
                continue;
            };
            if let Some(message) = unusable.get(&number) {
                resolver.reader.problem(&at, "/id", message.clone(), "record left out");
                continue;
            }
            let engagement = resolver.engagement(&at, &record);
            if !record.relations.is_empty() {
                part.relations.push((part.engagements.len(), at, record.relations));
            }
            part.engagements.push(engagement);
            part.entries.push(number);
        }
        (part.roles, part.fields, part.kinds) = (resolver.roles, resolver.fields, resolver.kinds);
        part.found = own.into_found();
        Ok(part)
    };
    entries.par_chunks(reader.part).enumerate().map(read).collect()
}

/// The entries whose ids are empty or were used before, with what is wrong with them.
fn unusable(parts: &[Part<'_>]) -> BTreeMap<usize, String> {
    let all: Vec<(usize, &str)> = parts
        .iter()
        .flat_map(|part| part.entries.iter().zip(&part.engagements))
        .map(|(entry, engagement)| (*entry, &*engagement.key))
        .collect();
    let mut unusable: BTreeMap<usize, String> = all
        .iter()
        .filter(|(_, id)| id.is_empty())
        .map(|(entry, _)| (*entry, super::EMPTY_ID.to_owned()))
        .collect();
    for (again, _) in repeats(all.len(), |at| all[at].1) {
        let (entry, id) = all[again];
        unusable.entry(entry).or_insert_with(|| super::used_id(id));
    }
    unusable
}

/// Gives the words of a part the numbers that they have in the whole document.
fn renumber(part: &mut Part<'_>, tables: &Tables<'_>, [roles, fields, kinds]: [&mut Words; 3]) {
    let numbers = |of: &Words, all: &mut Words| -> Vec<usize> {
        of.all.iter().map(|word| all.position(word)).collect()
    };
    let roles = numbers(&part.roles, roles);
    let fields = numbers(&part.fields, fields);
    let kinds = numbers(&part.kinds, kinds);
    let listed = tables.kinds.records.len();
    for engagement in &mut part.engagements {
        for role in
            engagement.participants.make_mut().iter_mut().filter_map(|one| one.role.as_mut())
        {
            *role = RoleId::at(roles[role.index()]);
        }
        for (field, _) in engagement.extras.make_mut() {
            *field = FieldId::at(fields[field.index()]);
        }
        if let Some(own) = engagement.kind.index().checked_sub(listed) {
            engagement.kind = KindId::at(listed + kinds[own]);
        }
    }
}

impl<'a> Resolver<'_, 'a> {
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

    /// An engagement, but for its relations to others.
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
        let extra = |(name, value): &(String, String)| {
            (FieldId::at(self.fields.position(name)), value.as_str().into())
        };
        let extras = row.extras.0.iter().map(extra).collect();
        Engagement {
            key: row.id.as_str().into(),
            title: row.title.as_str().into(),
            short: row.short.as_deref().map(Into::into),
            kind: self.kind(at, row.kind.as_deref()),
            form: row.form.as_deref().map(Into::into),
            status: row.status,
            dates: dates.into(),
            places: self.places(at, row),
            participants: participants.into(),
            partnerships: partnerships.into(),
            topics: topics.into(),
            outcomes: outcomes.into(),
            relations: List::default(),
            citations: self.citations(at, &row.sources).into(),
            note: row.note.as_deref().map(Into::into),
            extras,
        }
    }

    /// Where it took place: `place` and then `places`.
    fn places(&mut self, at: &At<'a>, row: &EngagementRecord) -> Places {
        let one = row.place.as_ref().and_then(|id| self.find_place(at, "/place", id));
        if row.places.is_empty() {
            return one.into();
        }
        if row.place.is_some() {
            let message = "an engagement has `place` or `places`, not both";
            let done = "read as the first of several";
            self.reader.problem(at, "/place", message.to_owned(), done);
        }
        let mut stops: Vec<Stop> = one.into_iter().map(Stop::from).collect();
        for (i, stop) in row.places.iter().enumerate() {
            let here = format!("/places/{i}");
            let (id, pointer, date) = match stop {
                StopRecord::Plain(id) => (id, here.clone(), None),
                StopRecord::Dated(stop) => {
                    (&stop.place, format!("{here}/place"), stop.date.as_ref())
                }
            };
            if let Some(place) = self.find_place(at, &pointer, id) {
                let when = self.date(at, &format!("{here}/date"), date);
                stops.push(Stop { place, when });
            }
        }
        stops.into_iter().collect()
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

    /// The relations of an engagement. `positions` are those of all engagements, by id.
    fn relations(
        &mut self,
        at: &At<'a>,
        rows: &[RelationRecord],
        positions: &FxHashMap<&str, usize>,
    ) -> List<Relation> {
        let mut relations = Vec::new();
        for (i, relation) in rows.iter().enumerate() {
            let here = format!("/relations/{i}");
            let to = positions.get(relation.to.as_str()).copied();
            if to.is_none() {
                let pointer = format!("{here}/to");
                let message = super::missing(&relation.to, "engagements");
                self.reader.problem(at, &pointer, message, "relation left out");
            }
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
        relations.into()
    }
}
