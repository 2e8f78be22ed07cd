//! Records of the tables that engagements refer to.

use super::{Resolver, boxed, names};
use crate::formats::native::document::{
    LadderRecord, PartnershipRecord, PartyRecord, PlaceRecord, SourceRecord,
};
use crate::formats::native::read::At;
use crate::model::{
    Ladder, LadderId, Level, Member, Office, Partnership, Party, Place, Source, Term,
};

impl<'a> Resolver<'_, 'a> {
    pub(super) fn source(&mut self, at: &At<'a>, row: &SourceRecord) -> Source {
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

    pub(super) fn place(&mut self, at: &At<'a>, row: &PlaceRecord) -> Place {
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

    pub(super) fn party(&mut self, at: &At<'a>, row: &PartyRecord) -> Party {
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
            existed: self.date(at, "/existed", row.existed.as_ref()),
            offices: offices.into(),
            note: boxed(row.note.as_ref()),
            citations: self.citations(at, &row.sources),
        }
    }

    pub(super) fn ladder(&mut self, at: &At<'a>, row: &LadderRecord) -> Ladder {
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

    pub(super) fn partnership(&mut self, at: &At<'a>, row: &PartnershipRecord) -> Partnership {
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
}
