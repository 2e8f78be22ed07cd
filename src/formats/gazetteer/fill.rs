//! Fills in what a dataset does not say of its states and places: codes, other names, seats and
//! coordinates.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{City, Organisation, State, fold, spot::Spot, spot::spot};
use crate::formats::builder::slug;
use crate::model::{
    Citation, DatasetParts, Evidence, Party, PartyId, PartyKind, Place, PlaceId, Source, SourceId,
    When,
};

/// How many names that are not known are listed.
const LISTED: usize = 20;

/// How far apart, in degrees, two accounts of one town may be.
const NEAR: f64 = 0.5;

/// What the gazetteer knows of a party.
#[derive(Clone, Copy)]
enum Known {
    State(&'static State),
    Organisation(&'static Organisation),
}

impl Known {
    fn seat(self) -> Option<&'static City> {
        match self {
            Self::State(state) => state.seat(),
            Self::Organisation(organisation) => organisation.seat(),
        }
    }
}

/// What was filled in.
#[derive(Debug, Default)]
struct Counts {
    states: usize,
    known_states: usize,
    others: usize,
    places: usize,
    located: usize,
    at_seats: usize,
    unknown: Vec<String>,
    /// Names that states have no more, with what they are called now.
    renamed: Vec<String>,
    /// States that are no more, with their time.
    former: Vec<String>,
}

/// Fills in parties and, where `places` says so, the coordinates of places that have none. Returns
/// what was done in words, for a report.
///
/// A party that the gazetteer knows as a state or an organisation gets that kind, its ISO code,
/// its other names and its seat; its own name and key stay as they are. A place gets the
/// coordinates of the place itself or, where that is not known, of the seat of its state, with a
/// note that says so. Everything filled in cites a source that is marked as background. Persons are
/// left alone. A place whose name is a list of places becomes those places.
pub fn fill(parts: &mut DatasetParts, places: bool) -> Vec<String> {
    let (lists, listed) = match places.then(|| super::several::take_apart(parts)).flatten() {
        Some((note, listed)) => (Some(note), listed),
        None => (None, 0..0),
    };
    let known: Vec<Option<Known>> = parts.parties.iter().map(recognise).collect();
    let taken = |key: &str| parts.sources.iter().any(|source| &*source.key == key);
    let source = Source {
        key: unused(taken, "gazetteer"),
        title: "Gazetteer of the program".into(),
        short: Some("Gazetteer".into()),
        publisher: None,
        published: None,
        url: None,
        about: Some("ISO codes, other names, seats and coordinates".into()),
        note: Some("Filled in when the file was opened; the file does not say it.".into()),
        background: true,
    };
    let mut filler =
        Filler { source: SourceId::at(parts.sources.len()), counts: Counts::default() };
    if places {
        filler.places(parts, &listed);
    }
    filler.parties(parts, &known);
    if filler.counts.known_states + filler.counts.others + filler.counts.located > 0 {
        parts.sources.push(source);
    }
    let mut notes: Vec<String> = lists.into_iter().collect();
    notes.extend(filler.counts.notes(places));
    notes
}

/// What the gazetteer knows of a party, by its name, its aliases and its key.
fn recognise(party: &Party) -> Option<Known> {
    let organisation = || super::resolve_organisation(&party.name).map(Known::Organisation);
    match party.kind {
        PartyKind::State => super::resolve_state(&party.name)
            .map(Known::State)
            .or_else(organisation)
            .or_else(|| states_of(party).first().copied().map(Known::State)),
        PartyKind::Group | PartyKind::Unsaid => {
            super::resolve_state_name(&party.name).map(Known::State).or_else(organisation)
        }
        PartyKind::Organisation => organisation(),
        PartyKind::Person | PartyKind::Body | PartyKind::Province => None,
    }
}

/// All states whose names a party bears: one that went on under another name has the places of both.
pub(super) fn states_of(party: &Party) -> Vec<&'static State> {
    let mut states = Vec::new();
    for name in std::iter::once(&party.name).chain(&party.aliases) {
        if let Some(state) = super::resolve_state(name)
            && !states.contains(&state)
        {
            states.push(state);
        }
    }
    // Of two letters the code of a state may be the abbreviation of something else.
    if states.is_empty() && party.key.len() == 3 {
        states.extend(super::resolve_state_code(&party.key));
    }
    states
}

struct Filler {
    source: SourceId,
    counts: Counts,
}

impl Filler {
    fn cite(&self, note: String) -> Citation {
        Citation {
            source: Some(self.source),
            evidence: Evidence::Background,
            quote: None,
            note: Some(note.into()),
        }
    }

    /// `listed` are places that stand in lists only: where they are not known, the others of the
    /// list say where the engagement was, and the seat of the state would say it again.
    fn places(&mut self, parts: &mut DatasetParts, listed: &Range<usize>) {
        let mut states: FxHashMap<PartyId, Vec<&'static State>> = FxHashMap::default();
        for (at, place) in parts.places.iter_mut().enumerate() {
            if place.position.is_some() {
                continue;
            }
            self.counts.places += 1;
            let known: &[&State] = match place.state {
                Some(id) => states.entry(id).or_insert_with(|| {
                    parts.parties.get(id.index()).map(states_of).unwrap_or_default()
                }),
                None => &[],
            };
            let spot = match place.state {
                // It lies in a state that is not known, not in none.
                Some(_) if known.is_empty() => Spot::Unknown,
                _ => spot(&place.name, known),
            };
            let (city, note) = match spot {
                Spot::At(city) => (city, None),
                Spot::FirstOf(city) => (
                    city,
                    Some(format!("Drawn at {}, the first of these that is known.", city.name)),
                ),
                Spot::SeatOf(..) if listed.contains(&at) => {
                    self.counts.unknown.push(place.name.to_string());
                    continue;
                }
                Spot::SeatOf(state, city) => {
                    self.counts.at_seats += 1;
                    let note = format!(
                        "Drawn at {}, the seat of {}: the exact spot is not known.",
                        city.name, state.name
                    );
                    (city, Some(note))
                }
                Spot::Unknown => {
                    self.counts.unknown.push(place.name.to_string());
                    continue;
                }
            };
            self.counts.located += 1;
            place.position = Some(city.position());
            place.note = note.map(Into::into);
            place.citations = Box::new([self.cite(format!("Coordinates: {}", city.source))]);
        }
    }

    fn parties(&mut self, parts: &mut DatasetParts, known: &[Option<Known>]) {
        let mut keys: FxHashSet<Box<str>> = parts.places.iter().map(|p| p.key.clone()).collect();
        // Places of the table that may be seats, by state and folded name; the first of a name.
        let mut own: FxHashMap<(PartyId, String), PlaceId> = FxHashMap::default();
        for (at, place) in parts.places.iter().enumerate() {
            if let (Some(state), Some(_)) = (place.state, place.position) {
                own.entry((state, fold(&place.name))).or_insert(PlaceId::at(at));
            }
        }
        let mut seats: FxHashMap<(&str, &str), PlaceId> = FxHashMap::default();
        for (at, (party, known)) in parts.parties.iter_mut().zip(known).enumerate() {
            let was_state = party.kind == PartyKind::State;
            self.counts.states += usize::from(was_state);
            let Some(known) = *known else {
                if was_state {
                    self.counts.unknown.push(party.name.to_string());
                }
                continue;
            };
            *(if was_state { &mut self.counts.known_states } else { &mut self.counts.others }) += 1;
            self.party(party, known);
            if let Known::State(state) = known {
                self.time(party, state);
            }
            if let Some(city) = known.seat().filter(|_| party.seat.is_none()) {
                let id = PartyId::at(at);
                let near = |place: &PlaceId| {
                    parts.places.get(place.index()).and_then(|p| p.position).is_some_and(
                        |(lat, lon)| (lat - city.lat).abs() < NEAR && (lon - city.lon).abs() < NEAR,
                    )
                };
                let mut names = std::iter::once(&city.name).chain(&city.aliases);
                let mine = names.find_map(|name| own.get(&(id, fold(name))).copied()).filter(near);
                let seat = mine.unwrap_or_else(|| {
                    *seats.entry((city.state, city.name)).or_insert_with(|| {
                        let key = unused(|key| keys.contains(key), &slug(city.name));
                        keys.insert(key.clone());
                        parts.places.push(Place {
                            key,
                            name: city.name.into(),
                            position: Some(city.position()),
                            state: matches!(known, Known::State(_)).then_some(id),
                            citations: Box::new([
                                self.cite(format!("Coordinates: {}", city.source))
                            ]),
                            ..Place::default()
                        });
                        PlaceId::at(parts.places.len() - 1)
                    })
                });
                party.seat = Some(seat);
            }
        }
    }

    /// What a name of another time says of its state: when a former one was there, or what it is
    /// called now.
    fn time(&mut self, party: &mut Party, state: &'static State) {
        if let Some(time) = state.time() {
            if party.existed.is_none() {
                let days = time.possible();
                let from = if time.from.is_some() { days.from.iso() } else { "..".to_owned() };
                party.existed = When::parse(&format!("{from}/{}", days.to.iso())).ok();
            }
            self.counts.former.push(format!("“{}” ({})", party.name, time.time()));
        } else if let Some(now) = state.beside(&party.name, None) {
            self.counts.renamed.push(format!("“{}” ({now})", party.name));
        }
    }

    /// Kind, code, other names and note of a party.
    fn party(&self, party: &mut Party, known: Known) {
        let (names, source): (Vec<&str>, &str) = match known {
            Known::State(state) => {
                if party.kind != PartyKind::State {
                    party.kind = if state.territory_of.is_empty() {
                        PartyKind::State
                    } else {
                        PartyKind::Province
                    };
                }
                if party.iso.is_none() && !state.iso3.is_empty() {
                    party.iso = Some(state.iso3.into());
                }
                if party.note.is_none() && !state.note.is_empty() {
                    party.note = Some(format!("{}.", state.note).into());
                }
                let codes = [state.iso3].into_iter().filter(|code| !code.is_empty());
                let timed = state.timed_names().map(|one| one.name);
                let names = std::iter::once(state.name).chain(state.aliases.iter().copied());
                (names.chain(timed).chain(codes).collect(), state.source)
            }
            Known::Organisation(organisation) => {
                party.kind = PartyKind::Organisation;
                if party.short.is_none() && !organisation.short.is_empty() {
                    party.short = Some(organisation.short.into());
                }
                let names = [organisation.short, organisation.name];
                let names = names.into_iter().filter(|name| !name.is_empty());
                (names.chain(organisation.aliases.iter().copied()).collect(), organisation.source)
            }
        };
        let mut aliases = party.aliases.to_vec();
        let mut seen: FxHashSet<String> = aliases.iter().map(|alias| fold(alias)).collect();
        seen.insert(fold(&party.name));
        for name in names {
            if seen.insert(fold(name)) {
                aliases.push(name.into());
            }
        }
        party.aliases = aliases.into();
        let mut citations = party.citations.to_vec();
        citations.push(self.cite(format!("Other names, code and seat: {source}")));
        party.citations = citations.into();
    }
}

/// A key that is not in use: the one that is wanted, or the first free number behind it.
pub(super) fn unused(used: impl Fn(&str) -> bool, wanted: &str) -> Box<str> {
    let mut key = wanted.to_owned();
    let mut number = 2_u64;
    while used(&key) {
        key = format!("{wanted}-{number}");
        number += 1;
    }
    key.into()
}

impl Counts {
    fn notes(mut self, places: bool) -> Vec<String> {
        let mut done = Vec::new();
        if self.states > 0 {
            done.push(format!("{} of {} states recognised", self.known_states, self.states));
        }
        if self.others > 0 {
            done.push(format!(
                "{} other participant{} found to be states or organisations",
                self.others,
                if self.others == 1 { "" } else { "s" }
            ));
        }
        if self.places > 0 {
            let coarse = match self.at_seats {
                0 => String::new(),
                count => format!(
                    ", {count} of them the coordinates of the seat of the state because the spot \
                     itself is not known"
                ),
            };
            done.push(format!(
                "{} of {} places given coordinates{coarse}",
                self.located, self.places
            ));
        }
        let mut notes = Vec::new();
        if !done.is_empty() {
            notes.push(format!("From the gazetteer: {}.", done.join("; ")));
        }
        let told =
            [("Names of another time", self.renamed), ("States of another time", self.former)];
        for (what, mut names) in told {
            let more = names.len().saturating_sub(LISTED);
            names.truncate(LISTED);
            if !names.is_empty() {
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                notes.push(format!("{what}: {}{more}.", names.join(", ")));
            }
        }
        if places && self.places == 0 && self.states + self.others == 0 {
            return notes;
        }
        let more = self.unknown.len().saturating_sub(LISTED);
        self.unknown.truncate(LISTED);
        if !self.unknown.is_empty() {
            let names: Vec<String> = self.unknown.iter().map(|name| format!("“{name}”")).collect();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            notes.push(format!("Not in the gazetteer: {}{more}.", names.join(", ")));
        }
        notes
    }
}
