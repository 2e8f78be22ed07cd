//! The immutable, validated dataset.

use std::fmt;

use rustc_hash::FxHashMap;

use rayon::prelude::*;

use super::{
    Citation, ClassId, Engagement, EngagementId, FieldId, Kind, KindId, Ladder, LadderId,
    Partnership, PartnershipId, Party, PartyId, Place, PlaceId, RoleId, Source, SourceId, Topic,
    TopicId, repeats,
};

/// The tables of a dataset before they have been checked.
#[derive(Clone, Debug, Default)]
pub struct DatasetParts {
    /// The name of the dataset.
    pub title: Box<str>,
    /// What a reader should know about it.
    pub note: Option<Box<str>>,
    /// The documents.
    pub sources: Vec<Source>,
    /// The places.
    pub places: Vec<Place>,
    /// The parties.
    pub parties: Vec<Party>,
    /// The ladders of partnership levels.
    pub ladders: Vec<Ladder>,
    /// The partnerships.
    pub partnerships: Vec<Partnership>,
    /// The kinds of engagement.
    pub kinds: Vec<Kind>,
    /// The topics.
    pub topics: Vec<Topic>,
    /// The roles of participants.
    pub roles: Vec<Box<str>>,
    /// The names of table columns that the model has no place for.
    pub fields: Vec<Box<str>>,
    /// The engagements.
    pub engagements: Vec<Engagement>,
}

/// A reference or value that the dataset does not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{table}[{row}]: {message}")]
pub struct Invalid {
    /// The table in which it stands.
    pub table: &'static str,
    /// The position in that table, from 0.
    pub row: usize,
    /// What is wrong.
    pub message: String,
}

/// Dated engagements with everything they refer to. Every id in it is valid; it never changes.
#[derive(Clone, PartialEq)]
pub struct Dataset {
    title: Box<str>,
    note: Option<Box<str>>,
    sources: Box<[Source]>,
    places: Box<[Place]>,
    parties: Box<[Party]>,
    /// How many of the parties the file names; bodies that members count as stand behind them.
    named: usize,
    ladders: Box<[Ladder]>,
    partnerships: Box<[Partnership]>,
    kinds: Box<[Kind]>,
    topics: Box<[Topic]>,
    roles: Box<[Box<str>]>,
    fields: Box<[Box<str>]>,
    engagements: Box<[Engagement]>,
    classes: Box<[Box<str>]>,
    class_of: Box<[Option<ClassId>]>,
}

impl fmt::Debug for Dataset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dataset")
            .field("title", &self.title)
            .field("engagements", &self.engagements.len())
            .field("parties", &self.parties.len())
            .finish_non_exhaustive()
    }
}

macro_rules! tables {
    ($($(#[$doc:meta])* $many:ident, $one:ident: $id:ty => $item:ty;)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $many(&self) -> &[$item] {
            &self.$many
        }

        /// The row with this id.
        ///
        /// # Panics
        /// When the id belongs to another dataset.
        #[must_use]
        pub fn $one(&self, id: $id) -> &$item {
            &self.$many[id.index()]
        }
    )*};
}

impl Dataset {
    /// Checks the tables and makes them a dataset.
    ///
    /// # Errors
    /// Every reference that leads nowhere, every key used twice and every value out of range.
    pub fn new(parts: DatasetParts) -> Result<Self, Vec<Invalid>> {
        let problems = validate(&parts);
        if !problems.is_empty() {
            return Err(problems);
        }
        let Classes { names: classes, of: class_of } = Classes::of(&parts.kinds);
        Ok(Self {
            classes,
            class_of,
            title: parts.title,
            note: parts.note,
            sources: parts.sources.into(),
            places: parts.places.into(),
            named: parts.parties.len(),
            parties: parts.parties.into(),
            ladders: parts.ladders.into(),
            partnerships: parts.partnerships.into(),
            kinds: parts.kinds.into(),
            topics: parts.topics.into(),
            roles: parts.roles.into(),
            fields: parts.fields.into(),
            engagements: parts.engagements.into(),
        })
    }

    /// The name of the dataset.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What a reader should know about it.
    #[must_use]
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    tables! {
        /// The documents.
        sources, source: SourceId => Source;
        /// The places.
        places, place: PlaceId => Place;
        /// The ladders of partnership levels.
        ladders, ladder: LadderId => Ladder;
        /// The partnerships.
        partnerships, partnership: PartnershipId => Partnership;
        /// The kinds of engagement.
        kinds, kind: KindId => Kind;
        /// The topics.
        topics, topic: TopicId => Topic;
        /// The roles of participants.
        roles, role: RoleId => Box<str>;
        /// The names of table columns that the model has no place for.
        fields, field: FieldId => Box<str>;
        /// The engagements, in the order of the file.
        engagements, engagement: EngagementId => Engagement;
    }

    /// The parties.
    #[must_use]
    pub fn parties(&self) -> &[Party] {
        &self.parties[..self.named]
    }

    /// The party with this id, or the body that was added ([`Dataset::with_bodies`]).
    ///
    /// # Panics
    /// When the id belongs to another dataset.
    #[must_use]
    pub fn party(&self, id: PartyId) -> &Party {
        &self.parties[id.index()]
    }

    /// How many ids of parties there are, those of added bodies among them.
    #[must_use]
    pub fn party_ids(&self) -> usize {
        self.parties.len()
    }

    /// Whether a party is a body that was added, of which the file says nothing.
    #[must_use]
    pub fn is_added(&self, id: PartyId) -> bool {
        id.index() >= self.named
    }

    /// Adds bodies as which their members can be counted. They are no parties of the file: they
    /// are not listed, not counted and not written, and no engagement names them.
    #[must_use]
    pub fn with_bodies(mut self, bodies: Vec<Party>) -> Self {
        let named = self.parties.into_vec().into_iter().take(self.named);
        self.parties = named.chain(bodies).collect();
        self
    }

    /// The classes of the kinds, each once, in the order in which the kinds name them.
    #[must_use]
    pub fn classes(&self) -> &[Box<str>] {
        &self.classes
    }

    /// What a class is called.
    ///
    /// # Panics
    /// When the id belongs to another dataset.
    #[must_use]
    pub fn class(&self, id: ClassId) -> &str {
        &self.classes[id.index()]
    }

    /// The class of a kind, if it has one.
    #[must_use]
    pub fn class_of(&self, kind: KindId) -> Option<ClassId> {
        self.class_of.get(kind.index()).copied().flatten()
    }

    /// The ids of all engagements, in the order of the file.
    pub fn engagement_ids(
        &self,
    ) -> impl DoubleEndedIterator<Item = EngagementId> + ExactSizeIterator {
        (0..self.engagements.len()).map(EngagementId::at)
    }

    /// Whether any document is named, general knowledge not counted.
    #[must_use]
    pub fn names_documents(&self) -> bool {
        self.sources.iter().any(|source| !source.background)
    }

    /// How many documents there are, general knowledge not counted.
    #[must_use]
    pub fn document_count(&self) -> usize {
        self.sources.iter().filter(|source| !source.background).count()
    }
}

/// The distinct classes of kinds.
struct Classes {
    names: Box<[Box<str>]>,
    /// The class of each kind.
    of: Box<[Option<ClassId>]>,
}

impl Classes {
    fn of(kinds: &[Kind]) -> Self {
        let mut names: Vec<Box<str>> = Vec::new();
        let mut seen: FxHashMap<&str, ClassId> = FxHashMap::default();
        let class_of = kinds
            .iter()
            .map(|kind| {
                let name = kind.class.as_ref().filter(|name| !name.is_empty())?;
                Some(*seen.entry(name).or_insert_with(|| {
                    names.push(name.clone());
                    ClassId::at(names.len() - 1)
                }))
            })
            .collect();
        Self { names: names.into(), of: class_of }
    }
}

/// Checks every reference and every range.
fn validate(parts: &DatasetParts) -> Vec<Invalid> {
    let mut check = Checks { problems: Vec::new() };
    check.keys("sources", &parts.sources, |row| &row.key);
    check.keys("places", &parts.places, |row| &row.key);
    check.keys("parties", &parts.parties, |row| &row.key);
    check.keys("ladders", &parts.ladders, |row| &row.key);
    check.keys("partnerships", &parts.partnerships, |row| &row.key);
    check.keys("kinds", &parts.kinds, |row| &row.key);
    check.keys("topics", &parts.topics, |row| &row.key);
    check.keys("engagements", &parts.engagements, |row| &row.key);

    let sources = parts.sources.len();
    let (places, parties) = (parts.places.len(), parts.parties.len());
    for (row, place) in parts.places.iter().enumerate() {
        let at = ("places", row);
        if let Some((lat, lon)) = place.position
            && !((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon))
        {
            check.fail(at, format!("latitude {lat}, longitude {lon} is not on the globe"));
        }
        check.id(at, "state", place.state.map(PartyId::index), parties);
        check.citations(at, &place.citations, sources);
    }
    for (row, party) in parts.parties.iter().enumerate() {
        let at = ("parties", row);
        for parent in &party.part_of {
            check.id(at, "part_of", Some(parent.index()), parties);
        }
        check.id(at, "seat", party.seat.map(PlaceId::index), places);
        for office in &party.offices {
            check.id(at, "office", office.of.map(PartyId::index), parties);
            check.citations(at, std::slice::from_ref(&office.citation), sources);
        }
        check.citations(at, &party.citations, sources);
    }
    for (row, ladder) in parts.ladders.iter().enumerate() {
        check.citations(("ladders", row), &ladder.citations, sources);
    }
    for (row, partnership) in parts.partnerships.iter().enumerate() {
        let at = ("partnerships", row);
        let wider = partnership.part_of.map(PartnershipId::index);
        check.id(at, "part_of", wider, parts.partnerships.len());
        for member in &partnership.members {
            check.id(at, "member", Some(member.party.index()), parties);
            check.citations(at, std::slice::from_ref(&member.citation), sources);
        }
        for level in &partnership.levels {
            check.id(at, "ladder", level.ladder.map(LadderId::index), parts.ladders.len());
            check.citations(at, std::slice::from_ref(&level.citation), sources);
        }
        for term in &partnership.terms {
            check.id(at, "term", Some(term.party.index()), parties);
            check.citations(at, std::slice::from_ref(&term.citation), sources);
        }
        check.citations(at, &partnership.citations, sources);
    }
    let engagements: Vec<Invalid> = parts
        .engagements
        .par_iter()
        .enumerate()
        .flat_map_iter(|(row, engagement)| validate_engagement(parts, row, engagement))
        .collect();
    check.problems.extend(engagements);
    check.problems
}

/// Checks the references of an engagement.
fn validate_engagement(parts: &DatasetParts, row: usize, engagement: &Engagement) -> Vec<Invalid> {
    let mut check = Checks { problems: Vec::new() };
    let at = ("engagements", row);
    let (sources, parties) = (parts.sources.len(), parts.parties.len());
    check.id(at, "kind", Some(engagement.kind.index()), parts.kinds.len());
    for place in engagement.places.iter() {
        check.id(at, "place", Some(place.index()), parts.places.len());
    }
    for participant in &engagement.participants {
        check.id(at, "participant", Some(participant.party.index()), parties);
        check.id(at, "role", participant.role.map(RoleId::index), parts.roles.len());
    }
    for id in &engagement.partnerships {
        check.id(at, "partnership", Some(id.index()), parts.partnerships.len());
    }
    for id in &engagement.topics {
        check.id(at, "topic", Some(id.index()), parts.topics.len());
    }
    for relation in &engagement.relations {
        check.id(at, "relation", Some(relation.to.index()), parts.engagements.len());
        check.citations(at, std::slice::from_ref(&relation.citation), sources);
    }
    for (field, _) in &engagement.extras {
        check.id(at, "field", Some(field.index()), parts.fields.len());
    }
    for claim in &engagement.dates {
        check.citations(at, std::slice::from_ref(&claim.citation), sources);
    }
    for outcome in &engagement.outcomes {
        check.citations(at, std::slice::from_ref(&outcome.citation), sources);
    }
    check.citations(at, &engagement.citations, sources);
    check.problems
}

struct Checks {
    problems: Vec<Invalid>,
}

impl Checks {
    fn fail(&mut self, (table, row): (&'static str, usize), message: String) {
        self.problems.push(Invalid { table, row, message });
    }

    fn keys<T: Sync>(&mut self, table: &'static str, rows: &[T], key: impl Fn(&T) -> &str + Sync) {
        let empty = rows.par_iter().enumerate().filter(|(_, row)| key(row).is_empty());
        for row in empty.map(|(at, _)| at).collect::<Vec<usize>>() {
            self.fail((table, row), "the id is empty".to_owned());
        }
        for (row, first) in repeats(rows.len(), |at| key(&rows[at])) {
            let key = key(&rows[row]);
            if !key.is_empty() {
                self.fail((table, row), format!("the id “{key}” is already used by row {first}"));
            }
        }
    }

    fn id(&mut self, at: (&'static str, usize), what: &str, id: Option<usize>, len: usize) {
        if let Some(id) = id
            && id >= len
        {
            self.fail(at, format!("{what} refers to row {id} of {len}"));
        }
    }

    fn citations(&mut self, at: (&'static str, usize), citations: &[Citation], sources: usize) {
        for citation in citations {
            self.id(at, "source", citation.source.map(SourceId::index), sources);
        }
    }
}
