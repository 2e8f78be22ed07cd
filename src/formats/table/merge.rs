//! Stretches of a table that were read side by side to the tables of one dataset.

use std::collections::BTreeMap;
use std::hash::Hash;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    asked::{Asked, PartyAsked, PlaceAsked, SourceAsked},
    build::{Rows, Tally, Untitled, says_all},
    chunks::Chunk,
};
use crate::formats::batch::{self, Batch, Draft};
use crate::formats::{
    DatasetBuilder, Location, Problem, Progress, Severity, builder::make_keys_unique,
};
use crate::model::{
    Citation, DatasetParts, FieldId, KindId, Participant, PartnershipId, PartyId, PartyKind,
    PlaceId, RoleId, SourceId, TopicId,
};

/// A table put together.
#[derive(Default)]
pub(super) struct Merged {
    pub parts: DatasetParts,
    /// The problems of its rows, in their order.
    pub problems: Vec<Problem>,
    /// What was met, by column of dates.
    pub tallies: Vec<Tally>,
    /// How many engagements have no date.
    pub undated: u64,
    /// How many rows there are.
    pub rows: u64,
}

/// The ids in the whole table of the names of a stretch, by their numbers there.
struct Ids {
    parties: Vec<PartyId>,
    places: Vec<PlaceId>,
    sources: Vec<SourceId>,
    kinds: Vec<KindId>,
    roles: Vec<RoleId>,
    partnerships: Vec<PartnershipId>,
    topics: Vec<TopicId>,
    fields: Vec<FieldId>,
}

impl Ids {
    /// Whether different names of the stretch, in a list of which each entry stands once, are one:
    /// spelt differently, or with another address.
    fn has_repeats(&self) -> bool {
        fn repeats<T: Copy + Eq + Hash>(ids: &[T]) -> bool {
            let mut seen = FxHashSet::default();
            !ids.iter().all(|id| seen.insert(*id))
        }
        repeats(&self.parties)
            || repeats(&self.roles)
            || repeats(&self.partnerships)
            || repeats(&self.topics)
            || repeats(&self.sources)
    }
}

/// The parties of one identifier column.
#[derive(Default)]
struct Keyed {
    by_key: FxHashMap<Box<str>, PartyId>,
    /// By party: its identifier and the spellings of its name.
    spellings: BTreeMap<PartyId, (Box<str>, Spellings)>,
}

/// Spellings of a name in the order in which they were met, and how often each was.
type Spellings = Vec<(Box<str>, u64)>;

/// Gives the names of all stretches their ids, in the order of the file.
struct Names {
    builder: DatasetBuilder,
    /// What was asked for so far, and the ids that were given for it. Whatever was asked for
    /// before, in whichever stretch, gets the same answer.
    asked: Asked,
    places: Vec<PlaceId>,
    sources: Vec<SourceId>,
    parties: Vec<PartyId>,
    persons: Keyed,
    states: Keyed,
}

impl Names {
    fn new(title: &str) -> Self {
        Self {
            builder: DatasetBuilder::new(title),
            asked: Asked::default(),
            places: Vec::new(),
            sources: Vec::new(),
            parties: Vec::new(),
            persons: Keyed::default(),
            states: Keyed::default(),
        }
    }

    fn ids(&mut self, asked: &Asked, fields: &[&str]) -> Ids {
        let parties: Vec<PartyId> = asked.parties.iter().map(|party| self.party(party)).collect();
        let builder = &mut self.builder;
        let kinds = asked.kinds.texts().into_iter().map(|name| builder.kind(name)).collect();
        let roles = asked.roles.texts().into_iter().map(|name| builder.role(name)).collect();
        let partnerships = asked.partnerships.texts();
        let partnerships = partnerships.into_iter().map(|name| builder.partnership(name)).collect();
        let topics = asked.topics.texts().into_iter().map(|name| builder.topic(name)).collect();
        let fields = fields.iter().map(|name| builder.field(name)).collect();
        let sources = asked.sources.iter().map(|source| self.source(source)).collect();
        let places = asked.places.iter().map(|place| self.place(place, &parties)).collect();
        Ids { parties, places, sources, kinds, roles, partnerships, topics, fields }
    }

    fn party(&mut self, party: &PartyAsked) -> PartyId {
        let key = party.key.as_deref();
        let number = self.asked.party(&party.name, key, party.kind) as usize;
        let keyed = match party.kind {
            PartyKind::Person => &mut self.persons,
            _ => &mut self.states,
        };
        let id = match (self.parties.get(number), key) {
            (Some(id), _) => *id,
            (None, None) => self.builder.party(&party.name, party.kind),
            (None, Some(key)) => match keyed.by_key.get(key) {
                Some(id) => *id,
                None => {
                    let id = self.builder.party(&party.name, party.kind);
                    keyed.by_key.insert(key.into(), id);
                    id
                }
            },
        };
        if number == self.parties.len() {
            self.parties.push(id);
        }
        if let Some(key) = key {
            let (_, spellings) =
                keyed.spellings.entry(id).or_insert_with(|| (key.into(), Vec::new()));
            match spellings.iter_mut().find(|(spelling, _)| *spelling == party.name) {
                Some((_, count)) => *count += party.count,
                None => spellings.push((party.name.clone(), party.count)),
            }
        }
        id
    }

    fn source(&mut self, source: &SourceAsked) -> SourceId {
        let (title, url) = (&*source.title, source.url.as_deref());
        let number = self.asked.source(title, url) as usize;
        if let Some(id) = self.sources.get(number) {
            return *id;
        }
        let id = self.new_source(title, url);
        self.sources.push(id);
        id
    }

    fn new_source(&mut self, title: &str, url: Option<&str>) -> SourceId {
        let own = title.starts_with("http://") || title.starts_with("https://");
        let url = url.or(own.then_some(title));
        let id = self.builder.source(title);
        let Some(url) = url else { return id };
        if let Some(source) = self.builder.parts_mut().sources.get_mut(id.index()) {
            if source.url.is_none() {
                source.url = Some(url.into());
            }
            if source.url.as_deref() == Some(url) {
                return id;
            }
        }
        // The same title at another address is another document.
        let id = self.builder.source(&format!("{title} ({url})"));
        if let Some(source) = self.builder.parts_mut().sources.get_mut(id.index()) {
            source.url = Some(url.into());
        }
        id
    }

    fn place(&mut self, place: &PlaceAsked, parties: &[PartyId]) -> PlaceId {
        let state = place.state.and_then(|state| parties.get(state.index()).copied());
        let position = place.position;
        let words =
            position.map_or_else(Default::default, |(lat, lon)| [lat, lon].map(|d| d.to_string()));
        let asked = PlaceAsked { name: place.name.clone(), state, position };
        let (number, _) = self.asked.place(asked, [&words[0], &words[1]]);
        if let Some(id) = self.places.get(number as usize) {
            return *id;
        }
        let id = self.new_place(&place.name, state, position);
        self.places.push(id);
        id
    }

    /// The place of a name, a state and a position.
    fn new_place(
        &mut self,
        name: &str,
        state: Option<PartyId>,
        position: Option<(f64, f64)>,
    ) -> PlaceId {
        // The same name in another state, or elsewhere, is another place.
        let parties = &self.builder.parts_mut().parties;
        let state_name =
            state.and_then(|id| parties.get(id.index())).map(|party| party.name.clone());
        let others = [
            state_name.map(|state| format!("{name} ({state})")),
            position.map(|(lat, lon)| format!("{name} ({lat}, {lon})")),
        ];
        let mut id = self.named_place(name, state, position);
        for other in others.into_iter().flatten() {
            if id.1 {
                break;
            }
            id = self.named_place(&other, state, position);
        }
        id.0
    }

    /// The place of a name, and whether it is the one in this state and position.
    fn named_place(
        &mut self,
        name: &str,
        state: Option<PartyId>,
        position: Option<(f64, f64)>,
    ) -> (PlaceId, bool) {
        let known = self.builder.parts_mut().places.len();
        let id = self.builder.place(name);
        let places = &mut self.builder.parts_mut().places;
        let new = places.len() > known;
        let Some(place) = places.get_mut(id.index()) else { return (id, true) };
        if new {
            (place.state, place.position) = (state, position);
        } else if place.position.is_none() && place.state == state {
            place.position = position;
        }
        (id, place.state == state && (position.is_none() || place.position == position))
    }

    /// The tables but for the engagements.
    fn finish(mut self) -> DatasetParts {
        let parts = self.builder.parts_mut();
        let mut used: FxHashSet<Box<str>> = parts.parties.iter().map(|p| p.key.clone()).collect();
        for keyed in [self.persons, self.states] {
            for (id, (key, spellings)) in keyed.spellings {
                let Some(party) = parts.parties.get_mut(id.index()) else { continue };
                // The spelling met most often; of equals the first.
                let best = spellings.iter().rev().max_by_key(|(_, count)| *count);
                if let Some((best, _)) = best {
                    party.name = best.clone();
                    party.aliases = spellings
                        .iter()
                        .map(|(spelling, _)| spelling.clone())
                        .filter(|spelling| spelling != best)
                        .collect();
                }
                if used.insert(key.clone()) {
                    party.key = key;
                }
            }
        }
        self.builder.into_parts()
    }
}

/// Puts the stretches of a table together, in their order; `None` when cancelled.
///
/// `id_column` is the heading of the column of identifiers.
pub(super) fn merge(
    title: &str,
    chunks: Vec<Chunk<Rows<'_>>>,
    id_column: Option<&str>,
    progress: &Progress,
) -> Option<Merged> {
    let mut names = Names::new(title);
    let mut merged = Merged::default();
    let mut stretches = Vec::with_capacity(chunks.len());
    for Chunk { before, made: mut rows } in chunks {
        if progress.is_cancelled() {
            return None;
        }
        let fields: Vec<&str> = rows.fields.texts();
        let ids = names.ids(&rows.asked, &fields);
        rows.asked = Asked::default();
        merged.rows += rows.rows;
        merged.undated += rows.undated;
        merged.tallies.resize(rows.tallies.len(), Tally::default());
        for (all, tally) in merged.tallies.iter_mut().zip(&rows.tallies) {
            all.merge(tally);
        }
        merged.problems.extend(rows.problems.drain(..).map(|mut problem| {
            problem.location.row = problem.location.row.map(|row| row + before);
            problem
        }));
        stretches.push((before, rows, ids));
    }
    merged.parts = names.finish();
    let parts = &merged.parts;
    stretches.par_iter_mut().for_each(|(before, rows, ids)| {
        if progress.is_cancelled() {
            return;
        }
        renumber(&mut rows.batch, ids);
        for Untitled { at, row, state } in &rows.untitled {
            let state = state.and_then(|id| ids.parties.get(id.index()).copied());
            let (draft, participants) = rows.batch.draft(*at);
            let title = compose(parts, draft, participants, state, *row + *before);
            rows.batch.set_title(*at, &title);
        }
    });
    if progress.is_cancelled() {
        return None;
    }
    let mut batches = Vec::with_capacity(stretches.len());
    let mut row_of: Vec<(u64, Vec<u32>)> = Vec::with_capacity(stretches.len());
    for (before, rows, _) in stretches {
        batches.push(rows.batch);
        row_of.push((before, rows.row_of));
    }
    let mut engagements = batch::join(batches);
    let repeated = make_keys_unique(&mut engagements);
    if !repeated.is_empty() {
        let mut rows = row_of
            .iter()
            .flat_map(|(before, rows)| rows.iter().map(move |row| u64::from(*row) + before));
        let mut next = 0;
        for (at, key) in repeated {
            let row = rows.nth(at - next);
            next = at + 1;
            merged.problems.push(Problem {
                severity: Severity::Warning,
                location: Location { row, column: id_column.map(str::to_owned), pointer: None },
                message: format!("the identifier “{key}” was used in an earlier row"),
                done: "a number was added to it".to_owned(),
            });
        }
        merged.problems.sort_by_key(|problem| problem.location.row);
    }
    merged.parts.engagements = engagements;
    Some(merged)
}

/// Makes the numbers in the engagements of a stretch those of the whole table.
fn renumber(batch: &mut Batch, ids: &Ids) {
    fn set<T: Copy>(id: &mut T, index: impl Fn(T) -> usize, ids: &[T]) {
        if let Some(new) = ids.get(index(*id)) {
            *id = *new;
        }
    }
    fn cite(citation: &mut Citation, ids: &Ids) {
        if let Some(source) = &mut citation.source {
            set(source, SourceId::index, &ids.sources);
        }
    }
    for draft in batch.drafts_mut() {
        set(&mut draft.kind, KindId::index, &ids.kinds);
        draft.places.replace(|mut place| {
            set(&mut place, PlaceId::index, &ids.places);
            place
        });
    }
    for participant in &mut batch.participants {
        set(&mut participant.party, PartyId::index, &ids.parties);
        if let Some(role) = &mut participant.role {
            set(role, RoleId::index, &ids.roles);
        }
    }
    for id in &mut batch.partnerships {
        set(id, PartnershipId::index, &ids.partnerships);
    }
    for id in &mut batch.topics {
        set(id, TopicId::index, &ids.topics);
    }
    for (field, _) in &mut batch.extras {
        set(field, FieldId::index, &ids.fields);
    }
    for citation in &mut batch.citations {
        cite(citation, ids);
    }
    for claim in &mut batch.dates {
        cite(&mut claim.citation, ids);
    }
    if ids.has_repeats() {
        batch.drop_repeats(says_all);
    }
}

/// A title for a row that has none: who, where, what.
fn compose(
    parts: &DatasetParts,
    draft: &Draft,
    participants: &[Participant],
    state: Option<PartyId>,
    row: u64,
) -> String {
    let name = |id: PartyId| parts.parties.get(id.index()).map_or("", |party| &*party.name);
    let kind = parts.kinds.get(draft.kind.index()).map_or("", |kind| &*kind.name);
    let who: Vec<&str> =
        participants.iter().filter(|p| Some(p.party) != state).map(|p| name(p.party)).collect();
    let who = match who.as_slice() {
        [] => None,
        [one] => Some((*one).to_owned()),
        [one, two] => Some(format!("{one} and {two}")),
        [one, two, three] => Some(format!("{one}, {two} and {three}")),
        [one, two, rest @ ..] => Some(format!("{one}, {two} and {} others", rest.len())),
    };
    let places: Vec<&str> = draft
        .places
        .iter()
        .filter_map(|id| parts.places.get(id.index()))
        .map(|place| &*place.name)
        .collect();
    let place = (!places.is_empty()).then(|| brief(&places.join(", ")));
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
