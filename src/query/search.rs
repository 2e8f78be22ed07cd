//! Ranked search over everything that has a name.

use std::{cmp::Reverse, collections::BinaryHeap};

use rayon::prelude::*;

use super::{
    Columns, SearchIndex,
    fold::fold,
    haystack::Haystack,
    rows::{for_each_bit, scan, scan_words},
    words::{Answer, query_words, starts_a_word},
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
        if !text.contains(word.as_str()) {
            return None;
        }
        if !starts_a_word(text, word) {
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
    /// How many there were in all.
    total: usize,
}

impl Best {
    fn candidate(rank: Rank, length: usize, found: Found) -> Candidate {
        let score = ((rank as u32) << 16) | (u32::from(u16::MAX) - length.min(0xffff) as u32);
        (score, Reverse(found))
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
        for at in some.ones().map(|at| at as usize) {
            if let Some(rank) = rank(names.text(at), query, words) {
                let (found, length) = found(at);
                self.keep(Self::candidate(rank, length, found));
                self.total += 1;
            }
        }
    }
}

/// What a search has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchHits {
    /// The best of it, the best first.
    pub hits: Vec<SearchHit>,
    /// How much there is in all.
    pub total: usize,
}

/// Searches engagements, parties, partnerships, places, sources and topics for all words of a
/// text; case and diacritics do not matter.
///
/// Names that begin with the text come first, then those in which every word begins a word, then
/// those that contain the words, then engagements found by what belongs to them (their parties,
/// notes, sources …). Shorter names come first within each; what is still equal stands in the order
/// of the tables. At most `limit` results, and the number of all.
///
/// The first search of a dataset makes its index; see [`Columns::prepare_search`].
#[must_use]
pub fn search(dataset: &Dataset, columns: &Columns, text: &str, limit: usize) -> SearchHits {
    let (query, words) = (fold(text), query_words(text));
    if words.is_empty() || limit == 0 {
        return SearchHits::default();
    }
    let index = columns.search_index(dataset);
    let mut best = Best { limit, heap: BinaryHeap::new(), total: 0 };
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
    if let Some(answer) = Answer::new(index, columns, &words) {
        let among = Engagements { dataset, columns, index };
        best.total += answer.anywhere.iter().map(|word| word.count_ones() as usize).sum::<usize>();
        for (rank, row) in among.best(&query, &answer, limit) {
            let id = columns.engagement[row as usize];
            let length = dataset.engagement(id).label().len();
            best.keep(Best::candidate(rank, length, target(Target::Engagement(id))));
        }
    }
    let mut found: Vec<Candidate> = best.heap.into_iter().map(|Reverse(one)| one).collect();
    found.sort_unstable_by(|a, b| b.cmp(a));
    let hits =
        found.into_iter().map(|(score, Reverse(found))| describe(dataset, found, score)).collect();
    SearchHits { hits, total: best.total }
}

/// The engagements, to be searched.
struct Engagements<'a> {
    dataset: &'a Dataset,
    columns: &'a Columns,
    index: &'a SearchIndex,
}

impl Engagements<'_> {
    /// The best rows of an answer, not more than asked for. Class after class, so that names are
    /// only compared where that may decide.
    fn best(&self, query: &str, answer: &Answer, limit: usize) -> Vec<(Rank, u32)> {
        let prefix = self.prefix(query, &answer.starts);
        let whole = self.whole(query, &prefix);
        let classes = [
            (Rank::Whole, &whole),
            (Rank::Prefix, &prefix),
            (Rank::WordStart, &answer.starts),
            (Rank::Inside, &answer.names),
            (Rank::Elsewhere, &answer.anywhere),
        ];
        let mut best: Vec<(Rank, u32)> = Vec::new();
        let mut seen = vec![0; whole.len()];
        for (rank, class) in classes {
            if best.len() >= limit {
                break;
            }
            let left = limit - best.len();
            best.extend(self.first(class, &seen, left).into_iter().map(|row| (rank, row)));
            seen.clone_from(class);
        }
        best
    }

    /// The rows that come first in the order of equally good results, of those in `class` and not
    /// in `seen`.
    fn first(&self, class: &[u64], seen: &[u64], limit: usize) -> Vec<u32> {
        type Heap = BinaryHeap<(u32, u32)>;
        let add = |heap: &mut Heap, one: (u32, u32)| {
            if heap.len() < limit {
                heap.push(one);
            } else if let Some(mut worst) = heap.peek_mut()
                && one < *worst
            {
                *worst = one;
            }
        };
        let heap = class
            .par_iter()
            .zip(seen)
            .enumerate()
            .with_min_len(2_048)
            .fold(Heap::new, |mut heap, (at, (class, seen))| {
                for_each_bit(class & !seen, at * 64, |row| {
                    add(&mut heap, (self.index.order[row], row as u32));
                });
                heap
            })
            .reduce(Heap::new, |mut all, heap| {
                heap.into_iter().for_each(|one| add(&mut all, one));
                all
            });
        heap.into_sorted_vec().into_iter().map(|(_, row)| row).collect()
    }

    /// The rows of which the title or the short title begins with the query; `starts` has those
    /// in which all words begin a word.
    fn prefix(&self, query: &str, starts: &[u64]) -> Vec<u64> {
        let tokens = &self.index.tokens;
        let mut words = query.split(' ');
        let first = words.next().unwrap_or_default();
        let alone = words.next().is_none();
        let mut rows = vec![0_u64; starts.len()];
        for word in tokens.words.find(first).ones() {
            let text = tokens.words.text(word as usize);
            // A single word may go on; the first of several may not.
            let matches = if alone { text.starts_with(first) } else { text.trim_end() == first };
            if matches {
                for row in tokens.firsts.of(word as usize) {
                    rows[*row as usize / 64] |= 1 << (row % 64);
                }
            }
        }
        if alone {
            return rows;
        }
        self.keep(&rows, starts, |name| name.starts_with(query))
    }

    /// The rows of which the title or the short title is the query, among those that begin with it.
    fn whole(&self, query: &str, prefix: &[u64]) -> Vec<u64> {
        let count = query.split(' ').count().min(255) as u8;
        let lengths = &self.index.tokens.lengths;
        let as_long = scan(self.columns.len(), |row| lengths[row].contains(&count));
        self.keep(&as_long, prefix, |name| name == query)
    }

    /// Those of the rows in both sets of which the folded title or short title passes.
    fn keep(&self, a: &[u64], b: &[u64], test: impl Fn(&str) -> bool + Sync) -> Vec<u64> {
        scan_words(self.columns.len(), |at| {
            let mut kept = 0;
            for_each_bit(a[at] & b[at], at * 64, |row| {
                let engagement = self.dataset.engagement(self.columns.engagement[row]);
                let mut names =
                    std::iter::once(&*engagement.title).chain(engagement.short.as_deref());
                kept |= u64::from(names.any(|name| test(&fold(name)))) << (row % 64);
            });
            kept
        })
    }
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
    /// More parties than these are counted.
    const NAMED: usize = 3;
    let engagement = dataset.engagement(id);
    let mut said = vec![dataset.kind(engagement.kind).name.to_string()];
    if *said[0] == *engagement.label() {
        said.clear();
    }
    let date = words::date_of(dataset, engagement);
    if !date.is_empty() {
        said.push(date);
    }
    // Many engagements bear the same title: who took part tells them apart.
    let parties = engagement.participants.iter().map(|one| dataset.party(one.party).label());
    let names: Vec<&str> = parties.clone().take(NAMED).collect();
    if !names.is_empty() {
        let more = match parties.count() - names.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        said.push(format!("{}{more}", names.join(", ")));
    }
    (engagement.label(), said.join(" · "))
}
