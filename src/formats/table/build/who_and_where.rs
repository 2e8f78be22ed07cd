//! Who took part in the engagement of a row, and where it was.

use std::borrow::Cow;

use super::super::{ColumnRole as Role, asked::PlaceAsked, cells, records::Record};
use super::{Rows, said};
use crate::formats::Severity;
use crate::model::{Participant, PartyId, PartyKind, PlaceId, Places, RoleId, Stop, When, words};

/// A place with its own date, if it has one.
fn stop((place, when): (PlaceId, Option<When>)) -> Stop {
    Stop { place, when }
}

impl Rows<'_> {
    /// The party of a name, by its identifier where it has one.
    fn party(&mut self, name: &str, key: Option<&str>, kind: PartyKind) -> PartyId {
        PartyId(self.asked.party(name, key, kind))
    }

    fn role(&mut self, name: &str) -> RoleId {
        RoleId(self.asked.roles.number(name).0)
    }

    /// Adds a participant to those of the engagement, of whom the first stands at a position.
    fn take_part(&mut self, start: usize, party: PartyId, role: Option<RoleId>) {
        let new = Participant { party, role };
        if !self.batch.participants[start..].iter().any(|known| says_all(known, &new)) {
            self.batch.participants.push(new);
        }
    }

    /// Reads who took part; gives the state in which it was.
    pub(super) fn participants(&mut self, record: &Record<'_>) -> Option<PartyId> {
        let start = self.batch.participants.len();
        let role = self.said(record, Role::ParticipantRole);
        let persons = self.values(record, Role::Person);
        let keys = self.values(record, Role::PersonKey);
        let alone = persons.is_empty();
        for (at, value) in persons.iter().enumerate() {
            let (name, own) = cells::named(value);
            let key = (keys.len() == persons.len()).then(|| keys[at]);
            let party = self.party(&cells::unquote(name), key, PartyKind::Person);
            let role = own.or(role).map(|role| self.role(&cells::unquote(role)));
            self.take_part(start, party, role);
        }
        let plan = self.plan;
        for &at in plan.columns(Role::Participants) {
            let Some(text) = said(record.get(at)) else { continue };
            // Line breaks that a program has written out instead of making them.
            let text: Cow<'_, str> = if text.contains('\\') {
                text.replace("\\r\\n", " ").replace("\\n", " ").into()
            } else {
                text.into()
            };
            let commas = plan.commas(at);
            let kind = plan.sort(at);
            cells::each_value(&text, commas, |value| {
                let (name, own) = cells::named(value);
                let name = cells::unquote(name);
                let inner = own.map(|own| cells::split(own, commas)).unwrap_or_default();
                if inner.len() > 1 {
                    // "ASEAN (Laos, Thailand, …)": those in brackets take part as its members.
                    let group = self.party(&name, None, PartyKind::Group);
                    self.take_part(start, group, None);
                    let role = self.role(&format!("member of {name}"));
                    for member in inner {
                        let member = self.party(&cells::unquote(member), None, kind);
                        self.take_part(start, member, Some(role));
                    }
                } else {
                    let role = own.or(role.filter(|_| alone));
                    let role = role.map(|role| self.role(&cells::unquote(role)));
                    let party = self.party(&name, None, kind);
                    self.take_part(start, party, role);
                }
            });
        }
        let mut first = None;
        let keys: Vec<&str> = plan
            .column(Role::StateKey)
            .map(|at| cells::split(cells::arm(record.get(at)), false))
            .unwrap_or_default();
        let states = self.values(record, Role::State);
        for (at, value) in states.iter().enumerate() {
            let key = (keys.len() == states.len()).then(|| keys[at]);
            let party = self.party(&cells::unquote(value), key, PartyKind::State);
            first = first.or(Some(party));
            self.take_part(start, party, None);
        }
        first
    }

    /// Where it was: the places of a cell, with the coordinates and states that stand in the same
    /// order in their cells.
    pub(super) fn places(&mut self, record: &Record<'_>, own: Option<PartyId>) -> Places {
        let cell = self.said(record, Role::Place);
        let commas = self.plan.column(Role::Place).is_some_and(|at| self.plan.commas(at));
        let several = cell.filter(|text| text.contains(|c| matches!(c, ';' | '|' | '"') || commas));
        let names = several.map(|text| cells::split(text, commas)).unwrap_or_default();
        let degrees = [Role::Latitude, Role::Longitude]
            .map(|role| self.said(record, role).unwrap_or_default());
        let stated = self.said(record, Role::PlaceState);
        let count = names.len();
        if count < 2 {
            let name = names.first().copied().or(cell).map(cells::unquote);
            let state =
                stated.map(|name| self.party(&cells::unquote(name), None, PartyKind::State));
            let place = self.place(record, name.as_deref(), state.or(own), degrees);
            let dates = self.place_dates(record, usize::from(place.is_some()));
            return place.into_iter().zip(dates).map(stop).collect();
        }
        // As many as there are places, or one that is that of all.
        let states = stated.map(|text| cells::each(text)).unwrap_or_default();
        let each_degree = degrees.map(cells::each);
        for (text, role) in degrees.into_iter().zip([Role::Latitude, Role::Longitude]) {
            let given = cells::each(text).len();
            if !text.is_empty() && given != count {
                let at = self.plan.column(role);
                let message = format!(
                    "{count} places and {} of degrees (“{text}”); write one for each \
                     place, separated by “;”",
                    words::count(given, "number", "numbers")
                );
                let done = "places left without coordinates";
                self.problem(Severity::Error, record.number, at, message, done);
                self.keep(at, text);
            }
        }
        let mut places = Vec::with_capacity(count);
        for (at, name) in names.iter().enumerate() {
            let said = if states.len() == count { states.get(at) } else { states.first() };
            let said = said.copied().filter(|name| !name.is_empty());
            let state = said.map(|name| self.party(&cells::unquote(name), None, PartyKind::State));
            let words =
                each_degree.each_ref().map(|all| if all.len() == count { all[at] } else { "" });
            let name = cells::unquote(name);
            places.extend(self.place(record, Some(&name), state.or(own), words));
        }
        let dates = self.place_dates(record, places.len());
        places.into_iter().zip(dates).map(stop).collect()
    }

    /// When the engagement was at each of so many places, where a cell says so.
    fn place_dates(&mut self, record: &Record<'_>, count: usize) -> Vec<Option<When>> {
        let mut dates = vec![None; count];
        let Some(text) = self.said(record, Role::PlaceDate) else { return dates };
        let at = self.plan.column(Role::PlaceDate);
        let parts = cells::each(text);
        let read = |part: &str| match part {
            "" => Some(None),
            part => When::parse(part).ok().map(Some),
        };
        let read: Option<Vec<Option<When>>> = parts.iter().map(|part| read(part)).collect();
        match read.filter(|read| read.len() == count) {
            Some(read) => dates = read,
            None => {
                let message = format!(
                    "{} and {} (“{text}”); write an EDTF date for each place, or nothing, \
                     separated by “;”",
                    words::count(count, "place", "places"),
                    words::count(parts.len(), "date", "dates")
                );
                let done = "places left without dates of their own";
                self.problem(Severity::Error, record.number, at, message, done);
                self.keep(at, text);
            }
        }
        dates
    }

    fn place(
        &mut self,
        record: &Record<'_>,
        named: Option<&str>,
        state: Option<PartyId>,
        words: [&str; 2],
    ) -> Option<PlaceId> {
        if let Some(name) = named
            && let Some(known) = self.asked.known_place(name, state, words)
        {
            return Some(PlaceId(known));
        }
        let lat = self.degree(record, (Role::Latitude, words[0]), 90.0);
        let lon = self.degree(record, (Role::Longitude, words[1]), 180.0);
        let position = lat.zip(lon);
        let name: Box<str> = match (named, position) {
            (Some(name), _) => name.into(),
            (None, Some((lat, lon))) => format!("{lat}, {lon}").into(),
            (None, None) => return None,
        };
        // A cell that cannot be read is a problem of every row that it stands in.
        let readable = words.map(str::is_empty) == [lat.is_none(), lon.is_none()];
        let words = if readable { words } else { [" ", " "] };
        Some(PlaceId(self.asked.place(PlaceAsked { name, state, position }, words).0))
    }

    pub(super) fn degree(
        &mut self,
        record: &Record<'_>,
        (role, text): (Role, &str),
        limit: f64,
    ) -> Option<f64> {
        let at = self.plan.column(role)?;
        let text = said(text)?;
        let degrees = cells::degrees(text, limit);
        if degrees.is_none() {
            let message = format!("“{text}” is not a number of degrees from −{limit} to {limit}");
            let done = "place left without coordinates";
            self.problem(Severity::Error, record.number, Some(at), message, done);
            self.keep(Some(at), text);
        }
        degrees
    }
}

/// Whether one participation says all that another says.
pub(in super::super) fn says_all(one: &Participant, other: &Participant) -> bool {
    one.party == other.party && (one.role == other.role || other.role.is_none())
}

/// What sort of parties a heading announces.
pub(in super::super) fn kind_of(heading: &str) -> PartyKind {
    let heading = heading.to_lowercase();
    if ["countr", "state", "nation"].iter().any(|word| heading.contains(word)) {
        PartyKind::State
    } else if ["person", "people", "delegate", "speaker"].iter().any(|w| heading.contains(w)) {
        PartyKind::Person
    } else {
        PartyKind::Group
    }
}
