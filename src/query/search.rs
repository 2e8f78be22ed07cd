//! Ranked search over everything that has a name.

use std::{cmp::Reverse, collections::BinaryHeap};

use rayon::prelude::*;

use super::{
    Columns,
    fold::fold,
    haystack::Haystack,
    words::{TextMatch, query_words},
};
use crate::model::{
    Dataset, EngagementId, PartnershipId, PartyId, PlaceId, SourceId, Target, TopicId, words,
};

/// What a search has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Found {
    /// Something that can be selected and read about.
    Target(Target),
    /// A topic, which can be filtered by.
    Topic(TopicId),
}

impl Found {
    /// What can be selected, if it can.
    #[must_use]
    pub const fn target(self) -> Option<Target> {
        match self {
            Self::Target(target) => Some(target),
            Self::Topic(_) => None,
        }
    }
}

/// One result of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchHit {
    /// What was found.
    pub target: Found,
    /// What it is called.
    pub label: Box<str>,
    /// What it is, in a few words: the date of an engagement, the kind of a party, …
    pub detail: Box<str>,
    /// The higher the better; only meant for comparing results of the same search.
    pub score: u32,
}

/// How well a name answers a query, from worst to best. Within one class, shorter is better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The words are found, but not in the name itself.
    Elsewhere = 1,
    /// Some word only occurs inside another word.
    Inside,
    /// All words begin a word.
    WordStart,
    /// The name begins with the query.
    Prefix,
    /// The name is the query.
    Whole,
}

/// How well folded strings answer a folded query; the best of them counts.
fn rank(strings: &str, query: &str, words: &[String]) -> Option<Rank> {
    strings.lines().filter_map(|text| rank_one(text, query, words)).max()
}

fn rank_one(text: &str, query: &str, words: &[String]) -> Option<Rank> {
    if text == query {
        return Some(Rank::Whole);
    }
    if text.starts_with(query) {
        return Some(Rank::Prefix);
    }
    let mut worst = Rank::WordStart;
    for word in words {
        let mut hits = text.match_indices(word.as_str()).peekable();
        hits.peek()?;
        let starts_word = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
        if !hits.any(|(at, _)| starts_word(at)) {
            worst = Rank::Inside;
        }
    }
    Some(worst)
}

/// A candidate, ordered from the worst to the best.
type Candidate = (u32, Reverse<Found>);

/// Keeps the best few candidates.
struct Best {
    limit: usize,
    heap: BinaryHeap<Reverse<Candidate>>,
}

impl Best {
    fn add(&mut self, rank: Rank, length: usize, found: Found) {
        let score = ((rank as u32) << 16) | (u32::from(u16::MAX) - length.min(0xffff) as u32);
        self.keep((score, Reverse(found)));
    }

    /// Whether a candidate of this rank could get among the best.
    fn has_room_for(&self, rank: Rank) -> bool {
        let most = ((rank as u32) << 16) | u32::from(u16::MAX);
        self.heap.len() < self.limit
            || self.heap.peek().is_none_or(|Reverse((worst, _))| most >= *worst)
    }

    fn keep(&mut self, candidate: Candidate) {
        self.heap.push(Reverse(candidate));
        if self.heap.len() > self.limit {
            self.heap.pop();
        }
    }

    fn add_all(
        &mut self,
        names: &Haystack,
        query: &str,
        words: &[String],
        found: impl Fn(usize) -> (Found, usize),
    ) {
        // The rarest word narrows the search; which one that is, is not known, so take the longest.
        let Some(longest) = words.iter().max_by_key(|word| word.len()) else { return };
        let some = names.find(longest);
        for at in (0..names.len()).filter(|at| some.contains(*at as u32)) {
            if let Some(rank) = rank(names.text(at), query, words) {
                let (found, length) = found(at);
                self.add(rank, length, found);
            }
        }
    }
}

/// Searches engagements, parties, partnerships, places, sources and topics for all words of a
/// text; case and diacritics do not matter.
///
/// Names that begin with the text come first, then those in which every word begins a word, then
/// those that contain the words, then engagements found by what belongs to them (their parties,
/// notes, sources …). Shorter names come first within each; what is still equal stands in the order
/// of the tables. At most `limit` results.
#[must_use]
pub fn search(dataset: &Dataset, columns: &Columns, text: &str, limit: usize) -> Vec<SearchHit> {
    let (query, words) = (fold(text), query_words(text));
    if words.is_empty() || limit == 0 {
        return Vec::new();
    }
    let index = columns.search_index();
    let mut best = Best { limit, heap: BinaryHeap::new() };
    let target = Found::Target;
    best.add_all(&index.parties, &query, &words, |at| {
        (target(Target::Party(PartyId::at(at))), dataset.parties()[at].label().len())
    });
    best.add_all(&index.partnerships, &query, &words, |at| {
        let found = target(Target::Partnership(PartnershipId::at(at)));
        (found, dataset.partnerships()[at].label().len())
    });
    best.add_all(&index.places, &query, &words, |at| {
        (target(Target::Place(PlaceId::at(at))), dataset.places()[at].name.len())
    });
    best.add_all(&index.sources, &query, &words, |at| {
        (target(Target::Source(SourceId::at(at))), dataset.sources()[at].label().len())
    });
    best.add_all(&index.topics, &query, &words, |at| {
        (Found::Topic(TopicId::at(at)), dataset.topics()[at].name.len())
    });
    let matcher = TextMatch::new(columns, text);
    let add_row = |mut best: Best, row: usize| {
        if !matcher.matches(row) {
            return best;
        }
        // The first of a row's texts are its title and its short title.
        let rank = index
            .row_texts
            .row(row)
            .iter()
            .take(index.titles[row].into())
            .filter(|at| matcher.matches_text(**at))
            .filter_map(|at| rank(index.texts.text(*at as usize), &query, &words))
            .max()
            .unwrap_or(Rank::Elsewhere);
        // Most rows cannot get among the best, however short their names: leave them alone.
        if !best.has_room_for(rank) {
            return best;
        }
        let id = columns.engagement[row];
        let engagement = dataset.engagement(id);
        best.add(rank, engagement.label().len(), target(Target::Engagement(id)));
        best
    };
    let none = || Best { limit, heap: BinaryHeap::new() };
    let rows = (0..columns.len()).into_par_iter().with_min_len(16_384);
    let engagements = rows.fold(none, add_row).reduce(none, |mut all, some| {
        some.heap.into_iter().for_each(|Reverse(one)| all.keep(one));
        all
    });
    engagements.heap.into_iter().for_each(|Reverse(one)| best.keep(one));
    let mut found: Vec<Candidate> = best.heap.into_iter().map(|Reverse(one)| one).collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.into_iter().map(|(score, Reverse(found))| describe(dataset, found, score)).collect()
}

fn describe(dataset: &Dataset, found: Found, score: u32) -> SearchHit {
    let (label, detail): (&str, String) = match found {
        Found::Target(Target::Engagement(id)) => engagement(dataset, id),
        Found::Target(Target::Party(id)) => {
            let party = dataset.party(id);
            (party.label(), party.kind.label().to_owned())
        }
        Found::Target(Target::Partnership(id)) => {
            let partnership = dataset.partnership(id);
            let detail = match partnership.members.len() {
                0 => "Partnership".to_owned(),
                1 => "Partnership, 1 member".to_owned(),
                n => format!("Partnership, {n} members"),
            };
            (partnership.label(), detail)
        }
        Found::Target(Target::Source(id)) => {
            let source = dataset.source(id);
            let publisher = source.publisher.as_deref();
            (source.label(), publisher.map_or("Source".to_owned(), |by| format!("Source, {by}")))
        }
        Found::Target(Target::Place(id)) => {
            let place = dataset.place(id);
            let state = place.state.map(|state| dataset.party(state).label());
            (&place.name, state.map_or("Place".to_owned(), |state| format!("Place, {state}")))
        }
        Found::Target(Target::Tie(a, _)) => (dataset.party(a).label(), "Tie".to_owned()),
        Found::Topic(id) => (&dataset.topic(id).name, "Topic".to_owned()),
    };
    SearchHit { target: found, label: label.into(), detail: detail.into(), score }
}

fn engagement(dataset: &Dataset, id: EngagementId) -> (&str, String) {
    let engagement = dataset.engagement(id);
    let kind = &dataset.kind(engagement.kind).name;
    let date = words::date_of(engagement);
    let detail = if date.is_empty() { kind.to_string() } else { format!("{kind}, {date}") };
    (engagement.label(), detail)
}
