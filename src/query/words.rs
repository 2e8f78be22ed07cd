//! The words by which engagements can be found, each distinct string stored once.

use rustc_hash::FxHashMap;

use super::{
    Columns, Csr,
    fold::fold,
    haystack::{Bits, Haystack},
};
use crate::model::{Dataset, Engagement, Name};

/// An index of all words of a dataset, folded: case and diacritics do not matter.
///
/// An engagement is found by its title, short title, form, note and outcomes, by the names (in any
/// script) of its parties, place, partnerships, kind and topics, and by the titles of its sources.
#[derive(Clone, Debug, Default)]
pub struct SearchIndex {
    /// Distinct strings of engagements.
    pub(super) texts: Haystack,
    /// The strings of each row.
    pub(super) row_texts: Csr,
    /// How many of them, the first ones, are its title and short title.
    pub(super) titles: Vec<u8>,
    pub(super) parties: Haystack,
    pub(super) places: Haystack,
    pub(super) partnerships: Haystack,
    pub(super) kinds: Haystack,
    pub(super) topics: Haystack,
    pub(super) sources: Haystack,
}

/// The strings of an engagement itself that can be searched.
pub(super) fn own_strings(engagement: &Engagement) -> impl Iterator<Item = &str> {
    std::iter::once(&*engagement.title)
        .chain(engagement.short.as_deref())
        .chain(engagement.form.as_deref())
        .chain(engagement.note.as_deref())
        .chain(engagement.outcomes.iter().map(|outcome| &*outcome.text))
        .filter(|text| !text.is_empty())
}

fn in_scripts(names: &[Name]) -> impl Iterator<Item = &str> {
    names.iter().map(|name| &*name.text)
}

impl SearchIndex {
    /// Indexes a dataset. `order` gives the engagement of each row.
    pub(super) fn new(dataset: &Dataset, columns: &Columns) -> Self {
        let mut texts = Haystack::new();
        let mut seen: FxHashMap<&str, u32> = FxHashMap::default();
        let mut row_texts = Csr::with_capacity(columns.len());
        let mut titles = Vec::with_capacity(columns.len());
        for id in &columns.engagement {
            let engagement = dataset.engagement(*id);
            let named = std::iter::once(&*engagement.title).chain(engagement.short.as_deref());
            titles.push(named.filter(|title| !title.is_empty()).count() as u8);
            row_texts.push_row(own_strings(engagement).map(|text| {
                *seen.entry(text).or_insert_with(|| {
                    texts.push([text]);
                    texts.len() as u32 - 1
                })
            }));
        }
        drop(seen);
        let mut index = Self {
            texts,
            row_texts,
            titles,
            parties: Haystack::new(),
            places: Haystack::new(),
            partnerships: Haystack::new(),
            kinds: Haystack::new(),
            topics: Haystack::new(),
            sources: Haystack::new(),
        };
        for party in dataset.parties() {
            index.parties.push(
                std::iter::once(&*party.name)
                    .chain(party.short.as_deref())
                    .chain(party.aliases.iter().map(|alias| &**alias))
                    .chain(in_scripts(&party.other_names)),
            );
        }
        for place in dataset.places() {
            index.places.push(std::iter::once(&*place.name).chain(in_scripts(&place.other_names)));
        }
        for partnership in dataset.partnerships() {
            index
                .partnerships
                .push(std::iter::once(&*partnership.name).chain(partnership.short.as_deref()));
        }
        for kind in dataset.kinds() {
            index.kinds.push([&*kind.name]);
        }
        for topic in dataset.topics() {
            index.topics.push([&*topic.name]);
        }
        for source in dataset.sources() {
            index.sources.push(std::iter::once(&*source.title).chain(source.short.as_deref()));
        }
        index
    }
}

/// Where one word of a query occurs.
struct WordHits {
    texts: Bits,
    parties: Bits,
    places: Bits,
    partnerships: Bits,
    kinds: Bits,
    topics: Bits,
    sources: Bits,
}

/// A query prepared against an index.
pub(super) struct TextMatch<'a> {
    columns: &'a Columns,
    words: Vec<WordHits>,
}

/// The folded words of a query.
pub(super) fn query_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = fold(text).split(' ').map(str::to_owned).collect();
    words.retain(|word| !word.is_empty());
    words.sort_unstable();
    words.dedup();
    words
}

impl<'a> TextMatch<'a> {
    pub(super) fn new(columns: &'a Columns, text: &str) -> Self {
        let index = columns.search_index();
        let words = query_words(text)
            .iter()
            .map(|word| WordHits {
                texts: index.texts.find(word),
                parties: index.parties.find(word),
                places: index.places.find(word),
                partnerships: index.partnerships.find(word),
                kinds: index.kinds.find(word),
                topics: index.topics.find(word),
                sources: index.sources.find(word),
            })
            .collect();
        Self { columns, words }
    }

    /// Whether all words occur in a text of the engagements themselves.
    pub(super) fn matches_text(&self, text: u32) -> bool {
        self.words.iter().all(|word| word.texts.contains(text))
    }

    /// Whether all words occur in the row.
    pub(super) fn matches(&self, row: usize) -> bool {
        let columns = self.columns;
        self.words.iter().all(|word| {
            word.texts.meets(columns.search_index().row_texts.row(row))
                || word.parties.meets(columns.parties.row(row))
                || (columns.place[row] != u32::MAX && word.places.contains(columns.place[row]))
                || word.partnerships.meets(columns.partnerships.row(row))
                || word.kinds.contains(columns.kind[row])
                || word.topics.meets(columns.topics.row(row))
                || word.sources.meets(columns.sources.row(row))
        })
    }
}
