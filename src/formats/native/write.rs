//! A dataset to the native format: every statement of it, in an order that never varies.

use std::io;

use rustc_hash::FxHashSet;
use serde::{Serialize, Serializer};

use super::document::{
    AmountRecord, CitationRecord, DateObject, DateRecord, DateText, DatedStop, Document,
    EngagementRecord, Extras, FORMAT, KindRecord, LadderRecord, LevelRecord, MemberRecord,
    NameRecord, Number, OfficeRecord, OutcomeRecord, ParticipantRecord, PartnershipRecord,
    PartyRecord, PlaceRecord, RelationRecord, SourceRecord, StopRecord, TermRecord, TopicRecord,
};
use crate::formats::blocks;
use crate::model::when::Shape;
use crate::model::{
    Citation, Dataset, DateClaim, Engagement, FieldId, Ladder, Level, Member, Name, Office,
    Outcome, Partnership, Party, Place, PlaceId, Relation, RoleId, Source, Term, Text, When,
};

/// Writes a dataset as an indented JSON document that ends in a line break. Reading it gives the
/// same dataset, and writing that the same bytes.
#[must_use]
pub fn write(dataset: &Dataset) -> String {
    let mut out = Vec::new();
    // Memory takes everything, and what is written is text.
    let _ = write_to(dataset, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// The same as [`write()`], to where it is to go.
///
/// # Errors
/// Those of `out`.
pub fn write_to(dataset: &Dataset, out: &mut dyn io::Write) -> io::Result<()> {
    // The types hold nothing that cannot be written: no map has keys other than texts.
    let engagements = OneByOne(dataset);
    serde_json::to_writer_pretty(&mut *out, &Whole { tables: tables(dataset), engagements })?;
    out.write_all(b"\n")
}

/// Writes a dataset as JSON Lines: the document without its engagements in the first line, then
/// one of them a line. Reading it gives the same dataset, and writing that the same bytes.
///
/// # Errors
/// Those of `out`.
pub fn write_lines(dataset: &Dataset, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &tables(dataset))?;
    out.write_all(b"\n")?;
    let writer = Writer(dataset);
    blocks::write(dataset.engagements(), out, |row, block| {
        // The types hold nothing that cannot be written.
        block.push_str(&serde_json::to_string(&writer.engagement(row)).unwrap_or_default());
        block.push('\n');
    })
}

/// A document of which the engagements are made when they are written.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    tables: Document,
    #[serde(skip_serializing_if = "OneByOne::is_empty")]
    engagements: OneByOne<'a>,
}

/// The engagements of a dataset.
struct OneByOne<'a>(&'a Dataset);

impl OneByOne<'_> {
    fn is_empty(&self) -> bool {
        self.0.engagements().is_empty()
    }
}

impl Serialize for OneByOne<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let writer = Writer(self.0);
        serializer.collect_seq(self.0.engagements().iter().map(|row| writer.engagement(row)))
    }
}

/// A dataset as a document.
#[must_use]
pub fn document(dataset: &Dataset) -> Document {
    let writer = Writer(dataset);
    let engagements = dataset.engagements().iter().map(|row| writer.engagement(row)).collect();
    Document { engagements, ..tables(dataset) }
}

/// A dataset without its engagements as a document.
fn tables(dataset: &Dataset) -> Document {
    let writer = Writer(dataset);
    let engagements = dataset.engagements();
    let roles = engagements.iter().flat_map(|row| &row.participants).filter_map(|row| row.role);
    let fields = engagements.iter().flat_map(|row| &row.extras).map(|(field, _)| *field);
    Document {
        format: FORMAT.to_owned(),
        title: dataset.title().to_owned(),
        note: dataset.note().map(str::to_owned),
        sources: dataset.sources().iter().map(source).collect(),
        places: dataset.places().iter().map(|row| writer.place(row)).collect(),
        parties: dataset.parties().iter().map(|row| writer.party(row)).collect(),
        ladders: dataset.ladders().iter().map(|row| writer.ladder(row)).collect(),
        partnerships: dataset.partnerships().iter().map(|row| writer.partnership(row)).collect(),
        kinds: dataset
            .kinds()
            .iter()
            .map(|row| KindRecord {
                id: row.key.to_string(),
                name: row.name.to_string(),
                class: text(row.class.as_deref()),
            })
            .collect(),
        topics: dataset
            .topics()
            .iter()
            .map(|row| TopicRecord { id: row.key.to_string(), name: row.name.to_string() })
            .collect(),
        roles: listed(dataset.roles(), roles.map(RoleId::index)),
        fields: listed(dataset.fields(), fields.map(FieldId::index)),
        engagements: Vec::new(),
    }
}

/// Words that a reader would not number in the same way by meeting them one after the other.
fn listed(words: &[Box<str>], used: impl Iterator<Item = usize>) -> Vec<String> {
    let mut met = FxHashSet::default();
    let in_order = used.filter(|at| met.insert(*at)).enumerate().all(|(nth, at)| nth == at);
    if in_order && met.len() == words.len() {
        return Vec::new();
    }
    words.iter().map(ToString::to_string).collect()
}

fn text(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

fn names(names: &[Name]) -> Vec<NameRecord> {
    let record =
        |name: &Name| NameRecord { lang: name.lang.to_string(), text: name.text.to_string() };
    names.iter().map(record).collect()
}

/// Whether "some time within" was said beside the date rather than in it.
fn sometime(when: &When) -> bool {
    when.shape() == Shape::Sometime && !when.edtf().starts_with('[')
}

fn date(when: Option<&When>) -> Option<DateText> {
    when.map(|when| {
        if when.words().is_none() && !sometime(when) {
            DateText::Plain(when.edtf().to_owned())
        } else {
            DateText::Full(DateObject {
                date: when.edtf().to_owned(),
                sometime: sometime(when),
                words: when.words().map(str::to_owned),
            })
        }
    })
}

fn source(row: &Source) -> SourceRecord {
    SourceRecord {
        id: row.key.to_string(),
        title: row.title.to_string(),
        short: text(row.short.as_deref()),
        publisher: text(row.publisher.as_deref()),
        published: date(row.published.as_ref()),
        url: text(row.url.as_deref()),
        about: text(row.about.as_deref()),
        note: text(row.note.as_deref()),
        background: row.background,
    }
}

/// Builds a record with the fields of a citation at its end.
macro_rules! cited {
    ($writer:expr, $citation:expr, $record:ident { $($field:ident: $value:expr,)* }) => {{
        let citation: &Citation = $citation;
        $record {
            $($field: $value,)*
            source: citation.source.map(|id| $writer.0.source(id).key.to_string()),
            evidence: citation.evidence,
            quote: text(citation.quote.as_deref()),
            note: text(citation.note.as_deref()),
        }
    }};
}

struct Writer<'a>(&'a Dataset);

impl Writer<'_> {
    fn citations(&self, citations: &[Citation]) -> Vec<CitationRecord> {
        citations.iter().map(|citation| cited!(self, citation, CitationRecord {})).collect()
    }

    fn place(&self, row: &Place) -> PlaceRecord {
        PlaceRecord {
            id: row.key.to_string(),
            name: row.name.to_string(),
            names: names(&row.other_names),
            lat: row.position.map(|(lat, _)| Number(lat)),
            lon: row.position.map(|(_, lon)| Number(lon)),
            state: row.state.map(|id| self.0.party(id).key.to_string()),
            note: text(row.note.as_deref()),
            sources: self.citations(&row.citations),
        }
    }

    fn party(&self, row: &Party) -> PartyRecord {
        PartyRecord {
            id: row.key.to_string(),
            name: row.name.to_string(),
            short: text(row.short.as_deref()),
            kind: row.kind,
            names: names(&row.other_names),
            aliases: row.aliases.iter().map(ToString::to_string).collect(),
            iso: text(row.iso.as_deref()),
            part_of: row.part_of.iter().map(|id| self.0.party(*id).key.to_string()).collect(),
            seat: row.seat.map(|id| self.0.place(id).key.to_string()),
            existed: date(row.existed.as_ref()),
            offices: row.offices.iter().map(|office| self.office(office)).collect(),
            note: text(row.note.as_deref()),
            sources: self.citations(&row.citations),
        }
    }

    fn office(&self, row: &Office) -> OfficeRecord {
        cited!(
            self,
            &row.citation,
            OfficeRecord {
                title: row.title.to_string(),
                of: row.of.map(|id| self.0.party(id).key.to_string()),
                term: date(row.term.as_ref()),
            }
        )
    }

    fn ladder(&self, row: &Ladder) -> LadderRecord {
        LadderRecord {
            id: row.key.to_string(),
            name: row.name.to_string(),
            rungs: row.rungs.iter().map(ToString::to_string).collect(),
            note: text(row.note.as_deref()),
            sources: self.citations(&row.citations),
        }
    }

    fn partnership(&self, row: &Partnership) -> PartnershipRecord {
        PartnershipRecord {
            id: row.key.to_string(),
            name: row.name.to_string(),
            short: text(row.short.as_deref()),
            members: row.members.iter().map(|member| self.member(member)).collect(),
            levels: row.levels.iter().map(|level| self.level(level)).collect(),
            terms: row.terms.iter().map(|term| self.term(term)).collect(),
            since: date(row.since.as_ref()),
            part_of: row.part_of.map(|id| self.0.partnership(id).key.to_string()),
            note: text(row.note.as_deref()),
            sources: self.citations(&row.citations),
        }
    }

    fn member(&self, row: &Member) -> MemberRecord {
        cited!(
            self,
            &row.citation,
            MemberRecord {
                party: self.0.party(row.party).key.to_string(),
                role: text(row.role.as_deref()),
                term: date(row.term.as_ref()),
            }
        )
    }

    fn level(&self, row: &Level) -> LevelRecord {
        let ladder = row.ladder.map(|id| self.0.ladder(id));
        let rung =
            ladder.zip(row.rank).and_then(|(ladder, rank)| ladder.rungs.get(usize::from(rank)));
        cited!(
            self,
            &row.citation,
            LevelRecord {
                label: row.label.to_string(),
                ladder: ladder.map(|ladder| ladder.key.to_string()),
                rung: text(rung.map(|rung| &**rung)),
                term: date(row.term.as_ref()),
                planned: row.planned,
            }
        )
    }

    fn term(&self, row: &Term) -> TermRecord {
        cited!(
            self,
            &row.citation,
            TermRecord {
                party: self.0.party(row.party).key.to_string(),
                role: row.role.to_string(),
                term: date(row.term.as_ref()),
            }
        )
    }

    fn outcome(&self, row: &Outcome) -> OutcomeRecord {
        cited!(
            self,
            &row.citation,
            OutcomeRecord {
                text: row.text.to_string(),
                amount: row
                    .amount
                    .as_ref()
                    // JSON has no way to write what is not a finite number.
                    .filter(|amount| amount.value.is_finite())
                    .map(|amount| AmountRecord {
                        value: Number(amount.value),
                        unit: amount.unit.to_string(),
                    }),
                date: date(row.when.as_ref()),
            }
        )
    }

    fn stop(&self, id: PlaceId, when: Option<&When>) -> StopRecord {
        let place = self.0.place(id).key.to_string();
        match date(when) {
            None => StopRecord::Plain(place),
            date => StopRecord::Dated(DatedStop { place, date }),
        }
    }

    fn relation(&self, row: &Relation) -> RelationRecord {
        cited!(
            self,
            &row.citation,
            RelationRecord {
                kind: row.kind,
                to: self.0.engagement(row.to).key.to_string(),
                least: row.least,
                most: row.most,
                years: row.years,
            }
        )
    }

    fn engagement(&self, row: &Engagement) -> EngagementRecord {
        let date = |claim: &DateClaim| {
            cited!(
                self,
                &claim.citation,
                DateRecord {
                    date: claim.when.edtf().to_owned(),
                    sometime: sometime(&claim.when),
                    words: claim.when.words().map(str::to_owned),
                }
            )
        };
        let extra = |(field, value): &(FieldId, Text)| {
            (self.0.field(*field).to_string(), value.to_string())
        };
        let places: Vec<StopRecord> =
            row.places.stops().map(|(id, when)| self.stop(id, when)).collect();
        let one = row.places.first().filter(|_| matches!(places[..], [StopRecord::Plain(_)]));
        let places = if one.is_some() { Vec::new() } else { places };
        EngagementRecord {
            id: row.key.to_string(),
            title: row.title.to_string(),
            short: text(row.short.as_deref()),
            kind: Some(self.0.kind(row.kind).key.to_string()),
            form: text(row.form.as_deref()),
            status: row.status,
            dates: row.dates.iter().map(date).collect(),
            place: one.map(|id| self.0.place(id).key.to_string()),
            places,
            participants: row
                .participants
                .iter()
                .map(|participant| ParticipantRecord {
                    party: self.0.party(participant.party).key.to_string(),
                    role: participant.role.map(|id| self.0.role(id).to_string()),
                })
                .collect(),
            partnerships: row
                .partnerships
                .iter()
                .map(|id| self.0.partnership(*id).key.to_string())
                .collect(),
            topics: row.topics.iter().map(|id| self.0.topic(*id).key.to_string()).collect(),
            outcomes: row.outcomes.iter().map(|outcome| self.outcome(outcome)).collect(),
            relations: row.relations.iter().map(|relation| self.relation(relation)).collect(),
            sources: self.citations(&row.citations),
            note: text(row.note.as_deref()),
            extras: Extras(row.extras.iter().map(extra).collect()),
        }
    }
}
