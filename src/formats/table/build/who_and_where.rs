//! Who took part in the engagement of a row, and where it was.

use std::borrow::Cow;

use super::super::{ColumnRole as Role, asked::PlaceAsked, cells, records::Record};
use super::{Rows, said};
use crate::formats::Severity;
use crate::model::{FieldId, Participant, PartyId, PartyKind, PlaceId, RoleId};

impl Rows<'_> {
    /// The party of a name, by its identifier where it has one.
    fn party(&mut self, name: &str, key: Option<&str>, kind: PartyKind) -> PartyId {
        PartyId(self.asked.party(name, key, kind))
    }

    fn role(&mut self, name: &str) -> RoleId {
        RoleId(self.asked.roles.number(name).0)
    }

    /// Who took part, and the state in which it was.
    pub(super) fn participants(
        &mut self,
        record: &Record<'_>,
    ) -> (Vec<Participant>, Option<PartyId>) {
        let mut out: Vec<Participant> = Vec::new();
        let mut push = |party, role| {
            let new = Participant { party, role };
            if !out.iter().any(|known| says_all(known, &new)) {
                out.push(new);
            }
        };
        let role = self.said(record, Role::ParticipantRole);
        let persons = self.values(record, Role::Person);
        let keys = self.values(record, Role::PersonKey);
        let alone = persons.is_empty();
        for (at, value) in persons.iter().enumerate() {
            let (name, own) = cells::named(value);
            let key = (keys.len() == persons.len()).then(|| keys[at]);
            let party = self.party(&cells::unquote(name), key, PartyKind::Person);
            let role = own.or(role).map(|role| self.role(&cells::unquote(role)));
            push(party, role);
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
            for value in cells::split(&text, commas) {
                let (name, own) = cells::named(value);
                let name = cells::unquote(name);
                let inner = own.map(|own| cells::split(own, commas)).unwrap_or_default();
                if inner.len() > 1 {
                    // "ASEAN (Laos, Thailand, …)": those in brackets take part as its members.
                    push(self.party(&name, None, PartyKind::Group), None);
                    let role = self.role(&format!("member of {name}"));
                    for member in inner {
                        push(self.party(&cells::unquote(member), None, kind), Some(role));
                    }
                } else {
                    let role = own.or(role.filter(|_| alone));
                    let role = role.map(|role| self.role(&cells::unquote(role)));
                    push(self.party(&name, None, kind), role);
                }
            }
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
            push(party, None);
        }
        (out, first)
    }

    pub(super) fn place(
        &mut self,
        record: &Record<'_>,
        state: Option<PartyId>,
        extras: &mut Vec<(FieldId, Box<str>)>,
    ) -> Option<PlaceId> {
        let named = self.said(record, Role::Place);
        let words = [Role::Latitude, Role::Longitude]
            .map(|role| self.said(record, role).unwrap_or_default());
        let stated = self.said(record, Role::PlaceState);
        let state = stated.map(|name| self.party(name, None, PartyKind::State)).or(state);
        if let Some(name) = named
            && let Some(known) = self.asked.known_place(name, state, words)
        {
            return Some(PlaceId(known));
        }
        let lat = self.degree(record, Role::Latitude, 90.0, extras);
        let lon = self.degree(record, Role::Longitude, 180.0, extras);
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
        role: Role,
        limit: f64,
        extras: &mut Vec<(FieldId, Box<str>)>,
    ) -> Option<f64> {
        let at = self.plan.column(role)?;
        let text = said(record.get(at))?;
        let degrees = cells::degrees(text, limit);
        if degrees.is_none() {
            let message = format!("“{text}” is not a number of degrees from −{limit} to {limit}");
            let done = "place left without coordinates";
            self.problem(Severity::Error, record.number, Some(at), message, done);
            self.keep(extras, Some(at), text);
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
