//! Collects the tables of a dataset from names alone, for readers of formats that have no ids.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{
    DatasetParts, Engagement, EngagementId, FieldId, Kind, KindId, Partnership, PartnershipId,
    Party, PartyId, PartyKind, Place, PlaceId, RoleId, Source, SourceId, Text, Topic, TopicId,
    repeats,
};

/// Builds [`DatasetParts`] from names.
///
/// The same name gives the same id. Names are compared without regard to case and to the amount of
/// white space; the spelling met first is kept. Ids used in files are made from the names
/// (`United States` becomes `united-states`), unique in their table and dependent on nothing but
/// the names and their order.
#[derive(Debug, Default)]
pub struct DatasetBuilder {
    parts: DatasetParts,
    parties: Names,
    places: Names,
    kinds: Names,
    topics: Names,
    roles: Names,
    sources: Names,
    partnerships: Names,
    fields: Names,
    engagements: Keys,
}

impl DatasetBuilder {
    /// An empty dataset with a title.
    #[must_use]
    pub fn new(title: &str) -> Self {
        let mut builder = Self::default();
        builder.parts.title = title.into();
        builder
    }

    /// The party of this name. [`PartyKind::Group`] says that nothing is known of its kind and
    /// gives way to a more definite kind given later.
    pub fn party(&mut self, name: &str, kind: PartyKind) -> PartyId {
        let (at, new) = self.parties.place(name, "party");
        if let Some((key, name)) = new {
            self.parts.parties.push(Party { key, name, kind, ..Party::default() });
        } else if let Some(party) = self.parts.parties.get_mut(at)
            && party.kind == PartyKind::Group
        {
            party.kind = kind;
        }
        PartyId::at(at)
    }

    /// The place of this name.
    pub fn place(&mut self, name: &str) -> PlaceId {
        let (at, new) = self.places.place(name, "place");
        if let Some((key, name)) = new {
            self.parts.places.push(Place { key, name, ..Place::default() });
        }
        PlaceId::at(at)
    }

    /// The kind of engagement of this name.
    pub fn kind(&mut self, name: &str) -> KindId {
        let (at, new) = self.kinds.place(name, "kind");
        if let Some((key, name)) = new {
            let slot = Kind::slot_for(&key, at);
            self.parts.kinds.push(Kind { key, name, class: None, slot });
        }
        KindId::at(at)
    }

    /// The topic of this name.
    pub fn topic(&mut self, name: &str) -> TopicId {
        let (at, new) = self.topics.place(name, "topic");
        if let Some((key, name)) = new {
            self.parts.topics.push(Topic { key, name });
        }
        TopicId::at(at)
    }

    /// The role of this name.
    pub fn role(&mut self, name: &str) -> RoleId {
        let (at, new) = self.roles.place(name, "role");
        if let Some((_, name)) = new {
            self.parts.roles.push(name);
        }
        RoleId::at(at)
    }

    /// The source of this title.
    pub fn source(&mut self, title: &str) -> SourceId {
        let (at, new) = self.sources.place(title, "source");
        if let Some((key, title)) = new {
            self.parts.sources.push(Source {
                key,
                title,
                short: None,
                publisher: None,
                published: None,
                url: None,
                about: None,
                note: None,
                background: false,
            });
        }
        SourceId::at(at)
    }

    /// The partnership of this name.
    pub fn partnership(&mut self, name: &str) -> PartnershipId {
        let (at, new) = self.partnerships.place(name, "partnership");
        if let Some((key, name)) = new {
            self.parts.partnerships.push(Partnership { key, name, ..Partnership::default() });
        }
        PartnershipId::at(at)
    }

    /// The table column of this name, for values that the model has no place for.
    pub fn field(&mut self, name: &str) -> FieldId {
        let (at, new) = self.fields.place(name, "column");
        if let Some((_, name)) = new {
            self.parts.fields.push(name);
        }
        FieldId::at(at)
    }

    /// Adds an engagement. Its key is made unique: a key that is empty becomes `e1`, `e2`, … by
    /// position, a key that was used before gets a number at its end.
    pub fn engagement(&mut self, mut engagement: Engagement) -> EngagementId {
        let at = self.parts.engagements.len();
        let wanted =
            if engagement.key.is_empty() { format!("e{}", at + 1) } else { engagement.key.into() };
        engagement.key = self.engagements.unique(wanted).into();
        self.parts.engagements.push(engagement);
        EngagementId::at(at)
    }

    /// The tables as collected so far, to fill in what a name alone does not say. Rows may be
    /// changed, but none added or removed.
    pub const fn parts_mut(&mut self) -> &mut DatasetParts {
        &mut self.parts
    }

    /// The tables.
    #[must_use]
    pub fn into_parts(self) -> DatasetParts {
        self.parts
    }
}

/// A name's white space reduced to single spaces, with none at its ends.
#[must_use]
pub fn tidy(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// A name as an id: letters and digits in lower case, everything else as single hyphens.
///
/// Marks that are not letters but belong to a script's syllables (Khmer, Lao, Thai) are dropped
/// with the rest; empty when the name has neither letter nor digit.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !matches!(c, '\'' | '’' | '.') && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

/// Key and name of a row that is new.
type Row = (Box<str>, Box<str>);

/// How many spellings of one table's names are remembered as they were written.
const SPELLINGS: usize = 1 << 16;

/// The names of one table.
#[derive(Debug, Default)]
struct Names {
    positions: FxHashMap<Box<str>, usize>,
    /// Positions by the name exactly as written, so that a name met a million times is folded once.
    spellings: FxHashMap<Box<str>, usize>,
    keys: Keys,
}

impl Names {
    /// The position of a name and, when it is new, its key and its tidied spelling.
    fn place(&mut self, name: &str, table: &str) -> (usize, Option<Row>) {
        if let Some(&at) = self.spellings.get(name) {
            return (at, None);
        }
        let tidy = tidy(name);
        let folded = tidy.to_lowercase();
        let known = self.positions.get(folded.as_str()).copied();
        let at = known.unwrap_or(self.positions.len());
        if self.spellings.len() < SPELLINGS {
            self.spellings.insert(name.into(), at);
        }
        if known.is_some() {
            return (at, None);
        }
        self.positions.insert(folded.into(), at);
        let slug = slug(&tidy);
        let key = self.keys.unique(if slug.is_empty() { table.to_owned() } else { slug });
        (at, Some((key, tidy.into())))
    }
}

/// The keys of one table, with the number that each would get next.
#[derive(Debug, Default)]
struct Keys(FxHashMap<Box<str>, u32>);

impl Keys {
    /// The key itself, or the key with the first free number from 2.
    fn unique(&mut self, wanted: String) -> Box<str> {
        if !self.0.contains_key(wanted.as_str()) {
            self.0.insert(wanted.as_str().into(), 2);
            return wanted.into();
        }
        loop {
            let number = self.0.entry(wanted.as_str().into()).or_insert(2);
            let key = format!("{wanted}-{number}");
            *number += 1;
            if !self.0.contains_key(key.as_str()) {
                self.0.insert(key.as_str().into(), 2);
                return key.into();
            }
        }
    }
}

/// Gives engagements without a key the keys `e1`, `e2`, … by position, and a key that was used
/// before a number at its end. Returns the positions of the latter with the keys they were given.
pub fn make_keys_unique(engagements: &mut [Engagement]) -> Vec<(usize, Text)> {
    let unnamed = |engagement: &Engagement| engagement.key.is_empty();
    let nameless: Vec<bool> = engagements.par_iter().map(unnamed).collect();
    let number = |(at, engagement): (usize, &mut Engagement)| {
        if engagement.key.is_empty() {
            engagement.key = format!("e{}", at + 1).into();
        }
    };
    engagements.par_iter_mut().enumerate().for_each(number);
    let keys = |at: usize| &*engagements[at].key;
    if repeats(engagements.len(), keys).is_empty() {
        return Vec::new();
    }
    let mut keys = Keys::default();
    let mut given = FxHashSet::default();
    let mut repeated = Vec::new();
    for (at, (engagement, nameless)) in engagements.iter_mut().zip(nameless).enumerate() {
        let key = std::mem::take(&mut engagement.key);
        if !nameless && !given.insert(key.clone()) {
            repeated.push((at, key.clone()));
        }
        engagement.key = keys.unique(key.into()).into();
    }
    repeated
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Dataset;

    #[test]
    fn the_same_name_gives_the_same_id_whatever_its_case_and_spaces() {
        let mut builder = DatasetBuilder::new("Trips");
        let a = builder.party("United  States", PartyKind::Group);
        let b = builder.party(" united states ", PartyKind::State);
        assert_eq!(a, b);
        let parts = builder.into_parts();
        assert_eq!(&*parts.parties[0].name, "United States");
        assert_eq!(&*parts.parties[0].key, "united-states");
        assert_eq!(parts.parties[0].kind, PartyKind::State);
    }

    #[test]
    fn ids_are_unique_even_where_names_differ_only_in_signs() {
        let mut builder = DatasetBuilder::new("");
        for name in ["A-2", "A", "a!", "A?", "…", "!", "ភ្នំពេញ"] {
            builder.place(name);
        }
        let parts = builder.into_parts();
        let keys: Vec<&str> = parts.places.iter().map(|place| &*place.key).collect();
        assert_eq!(keys[..6], ["a-2", "a", "a-3", "a-4", "place", "place-2"]);
        assert!(Dataset::new(parts).is_ok());
    }
}
