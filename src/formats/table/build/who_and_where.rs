//! Who took part in the engagement of a row, where it was, and a title made from both.

use std::borrow::Cow;

use super::super::{ColumnRole as Role, cells, records::Record};
use super::{Rows, said};
use crate::formats::Severity;
use crate::model::{DatasetParts, FieldId, Participant, PartyId, PartyKind, PlaceId, RoleId};

/// A place that was asked for before.
pub(super) struct KnownPlace {
    state: Option<PartyId>,
    position: Option<(f64, f64)>,
    place: PlaceId,
}

impl Rows<'_> {
    /// The party of a name, by its identifier where it has one.
    pub(super) fn party(&mut self, name: &str, key: Option<&str>, kind: PartyKind) -> PartyId {
        let keyed = match kind {
            PartyKind::Person => &mut self.persons,
            _ => &mut self.states,
        };
        let Some(key) = key else { return self.builder.party(name, kind) };
        let id = match keyed.by_key.get(key) {
            Some(id) => *id,
            None => {
                let id = self.builder.party(name, kind);
                keyed.by_key.insert(key.into(), id);
                id
            }
        };
        let (_, spellings) = keyed.spellings.entry(id).or_insert_with(|| (key.into(), Vec::new()));
        match spellings.iter_mut().find(|(spelling, _)| **spelling == *name) {
            Some((_, count)) => *count += 1,
            None => spellings.push((name.into(), 1)),
        }
        id
    }

    /// Who took part, and the state in which it was.
    pub(super) fn participants(&mut self, record: &Record) -> (Vec<Participant>, Option<PartyId>) {
        let mut out: Vec<Participant> = Vec::new();
        let mut push = |party, role| {
            let same = |p: &Participant| p.party == party && (p.role == role || role.is_none());
            if !out.iter().any(same) {
                out.push(Participant { party, role });
            }
        };
        let role = self.said(record, Role::ParticipantRole).map(str::to_owned);
        let persons = self.values(record, Role::Person);
        let keys = self.values(record, Role::PersonKey);
        let alone = persons.is_empty();
        for (at, value) in persons.iter().enumerate() {
            let (name, own) = cells::named(value);
            let key = (keys.len() == persons.len()).then(|| keys[at]);
            let party = self.party(&cells::unquote(name), key, PartyKind::Person);
            let role = own.or(role.as_deref()).map(|role| self.builder.role(&cells::unquote(role)));
            push(party, role);
        }
        for at in self.columns(Role::Participants) {
            let Some(text) = said(record.get(at)) else { continue };
            // Line breaks that a program has written out instead of making them.
            let text: Cow<'_, str> = if text.contains('\\') {
                text.replace("\\r\\n", " ").replace("\\n", " ").into()
            } else {
                text.into()
            };
            let commas = self.mapping.columns.get(at).is_some_and(|column| column.commas);
            let kind = self.sorts.get(at).copied().unwrap_or_default();
            for value in cells::split(&text, commas) {
                let (name, own) = cells::named(value);
                let name = cells::unquote(name);
                let inner = own.map(|own| cells::split(own, commas)).unwrap_or_default();
                if inner.len() > 1 {
                    // "ASEAN (Laos, Thailand, …)": those in brackets take part as its members.
                    push(self.builder.party(&name, PartyKind::Group), None);
                    let role: RoleId = self.builder.role(&format!("member of {name}"));
                    for member in inner {
                        push(self.builder.party(&cells::unquote(member), kind), Some(role));
                    }
                } else {
                    let role = own.or(role.as_deref().filter(|_| alone));
                    let role = role.map(|role| self.builder.role(&cells::unquote(role)));
                    push(self.builder.party(&name, kind), role);
                }
            }
        }
        let mut first = None;
        let keys: Vec<&str> = self
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
        record: &Record,
        state: Option<PartyId>,
        extras: &mut Vec<(FieldId, Box<str>)>,
    ) -> Option<PlaceId> {
        let lat = self.degree(record, Role::Latitude, 90.0, extras);
        let lon = self.degree(record, Role::Longitude, 180.0, extras);
        let position = lat.zip(lon);
        let state = match self.said(record, Role::PlaceState) {
            Some(name) => Some(self.builder.party(name, PartyKind::State)),
            None => state,
        };
        let name = match (self.said(record, Role::Place), position) {
            (Some(name), _) => name.to_owned(),
            (None, Some((lat, lon))) => format!("{lat}, {lon}"),
            (None, None) => return None,
        };
        if let Some(known) = self.places.get(name.as_str()) {
            let same =
                known.iter().find(|known| known.state == state && known.position == position);
            if let Some(same) = same {
                return Some(same.place);
            }
        }
        let place = self.located(&name, state, position);
        if let Some(place) = place {
            self.places.entry(name.into()).or_default().push(KnownPlace { state, position, place });
        }
        place
    }

    /// The place of a name, a state and a position. What it gives does not change with what is
    /// asked later: states of places stay, and positions once known.
    fn located(
        &mut self,
        name: &str,
        state: Option<PartyId>,
        position: Option<(f64, f64)>,
    ) -> Option<PlaceId> {
        // The same name in another state, or elsewhere, is another place.
        let state_name = state.map(|id| self.builder.parts_mut().parties[id.index()].name.clone());
        let mut candidates = vec![name.to_owned()];
        candidates.extend(state_name.map(|state| format!("{name} ({state})")));
        candidates.extend(position.map(|(lat, lon)| format!("{name} ({lat}, {lon})")));
        let mut last = None;
        for candidate in candidates {
            let known = self.builder.parts_mut().places.len();
            let id = self.builder.place(&candidate);
            let new = self.builder.parts_mut().places.len() > known;
            let place = &mut self.builder.parts_mut().places[id.index()];
            if new {
                (place.state, place.position) = (state, position);
            } else if place.position.is_none() && place.state == state {
                place.position = position;
            }
            last = Some(id);
            if place.state == state && (position.is_none() || place.position == position) {
                return last;
            }
        }
        last
    }

    pub(super) fn degree(
        &mut self,
        record: &Record,
        role: Role,
        limit: f64,
        extras: &mut Vec<(FieldId, Box<str>)>,
    ) -> Option<f64> {
        let at = self.column(role)?;
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

    /// A title for a row that has none: who, where, what.
    pub(super) fn compose(
        &mut self,
        kind: &str,
        participants: &[Participant],
        state: Option<PartyId>,
        place: Option<PlaceId>,
        row: u64,
    ) -> Box<str> {
        let parts: &DatasetParts = self.builder.parts_mut();
        let name = |id: PartyId| &*parts.parties[id.index()].name;
        let who: Vec<&str> =
            participants.iter().filter(|p| Some(p.party) != state).map(|p| name(p.party)).collect();
        let who = match who.as_slice() {
            [] => None,
            [one] => Some((*one).to_owned()),
            [one, two] => Some(format!("{one} and {two}")),
            [one, two, three] => Some(format!("{one}, {two} and {three}")),
            [one, two, rest @ ..] => Some(format!("{one}, {two} and {} others", rest.len())),
        };
        let place = place.map(|id| brief(&parts.places[id.index()].name));
        let place = match (state.map(name), place) {
            (Some(state), Some(place)) if place != state => Some(format!("{state} ({place})")),
            (Some(state), _) => Some(state.to_owned()),
            (None, place) => place,
        };
        match (who, place) {
            (Some(who), Some(place)) => format!("{who} in {place}"),
            (Some(who), None) => format!("{kind}: {who}"),
            (None, Some(place)) => format!("{kind} in {place}"),
            (None, None) => format!("{kind}, row {row}"),
        }
        .into()
    }
}

/// What sort of parties a heading announces.
pub(super) fn kind_of(heading: &str) -> PartyKind {
    let heading = heading.to_lowercase();
    if ["countr", "state", "nation"].iter().any(|word| heading.contains(word)) {
        PartyKind::State
    } else if ["person", "people", "delegate", "speaker"].iter().any(|w| heading.contains(w)) {
        PartyKind::Person
    } else {
        PartyKind::Group
    }
}

/// The first of several places, without brackets within brackets.
fn brief(place: &str) -> String {
    let outer = place.replace(" (", ", ").replace(')', "");
    match place.split_once([',', ';']) {
        Some((first, _)) if outer.chars().count() > 32 => {
            format!("{} …", first.replace(" (", ", ").replace(')', ""))
        }
        _ => outer,
    }
}
