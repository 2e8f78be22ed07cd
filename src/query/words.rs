//! The words by which engagements can be found, and which rows answer a query.

use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use super::{
    Columns, Dimension,
    fold::fold,
    haystack::Haystack,
    tokens::{Occurrences, Tokens},
};
use crate::{
    formats::Progress,
    model::{Dataset, Engagement, Name},
};

/// Words whose rows are remembered: those of the query before, while the next is being typed.
const REMEMBERED: usize = 12;

/// An index of all words of a dataset, folded: case and diacritics do not matter.
///
/// An engagement is found by its title, short title, form, note and outcomes, by the names (in any
/// script) of its parties, places, partnerships, kind and topics, and by the titles of its sources.
#[derive(Debug, Default)]
pub struct SearchIndex {
    /// The words of the engagements themselves.
    pub(super) tokens: Tokens,
    /// For each row its place among all by the length of its label, then by the order of the file:
    /// the order of equally good results.
    pub(super) order: Vec<u32>,
    pub(super) parties: Haystack,
    pub(super) places: Haystack,
    pub(super) partnerships: Haystack,
    pub(super) kinds: Haystack,
    pub(super) topics: Haystack,
    pub(super) sources: Haystack,
    remembered: Mutex<Vec<(Box<str>, Arc<WordRows>)>>,
}

/// The strings of an engagement beside its titles that can be searched.
pub(super) fn own_strings(engagement: &Engagement) -> impl Iterator<Item = &str> {
    engagement
        .form
        .as_deref()
        .into_iter()
        .chain(engagement.note.as_deref())
        .chain(engagement.outcomes.iter().map(|outcome| &*outcome.text))
}

fn in_scripts(names: &[Name]) -> impl Iterator<Item = &str> {
    names.iter().map(|name| &*name.text)
}

impl SearchIndex {
    /// Indexes a dataset; `None` when it was told to stop.
    pub(super) fn new(dataset: &Dataset, columns: &Columns, progress: &Progress) -> Option<Self> {
        progress.set_total(columns.len() as u64);
        let tokens = Tokens::new(dataset, columns, progress)?;
        let mut by_length: Vec<(u32, u32, u32)> = columns
            .engagement
            .par_iter()
            .enumerate()
            .map(|(row, id)| (dataset.engagement(*id).label().len() as u32, id.0, row as u32))
            .collect();
        by_length.par_sort_unstable();
        let mut order = vec![0; columns.len()];
        for (at, (.., row)) in by_length.into_iter().enumerate() {
            order[row as usize] = at as u32;
        }
        let mut index = Self { tokens, order, ..Self::default() };
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
        Some(index)
    }

    /// Whether the rows of all words of a text are remembered.
    pub(super) fn knows(&self, text: &str) -> bool {
        let remembered = self.remembered.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let known = |word: &String| remembered.iter().any(|(known, _)| **known == **word);
        query_words(text).iter().all(known)
    }

    /// The rows in which a word stands, given folded. The words of the queries before are
    /// remembered, so that only the word being typed is looked for.
    pub(super) fn rows_with(&self, columns: &Columns, word: &str) -> Arc<WordRows> {
        // A thread that died while it held the list leaves it as good as it was.
        let lock = || self.remembered.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((_, rows)) = lock().iter().find(|(known, _)| **known == *word) {
            return Arc::clone(rows);
        }
        let rows = Arc::new(WordRows::new(self, columns, word));
        let mut remembered = lock();
        if remembered.len() >= REMEMBERED {
            remembered.remove(0);
        }
        remembered.push((word.into(), Arc::clone(&rows)));
        rows
    }
}

/// The rows in which one word stands, 64 a word of bits.
#[derive(Debug)]
pub(super) struct WordRows {
    /// In the title or the short title, at the beginning of a word there.
    pub(super) starts: Vec<u64>,
    /// In the title or the short title, anywhere.
    pub(super) names: Vec<u64>,
    /// Anywhere, be it in the name of a party or the title of a source.
    pub(super) anywhere: Vec<u64>,
}

impl WordRows {
    fn new(index: &SearchIndex, columns: &Columns, word: &str) -> Self {
        let tokens = &index.tokens;
        let found: Vec<u32> = tokens.words.find(word).ones().collect();
        let empty = || vec![0_u64; columns.len().div_ceil(64)];
        // Each thread gathers the rows of its share of the words.
        let gather = |words: &[u32], lists: &Occurrences| {
            let share = words.len().div_ceil(rayon::current_num_threads()).max(256);
            let add = |mut rows: Vec<u64>, words: &[u32]| {
                for word in words {
                    for row in lists.of(*word as usize) {
                        rows[*row as usize / 64] |= 1 << (row % 64);
                    }
                }
                rows
            };
            match words.len() {
                0 => empty(),
                len if len <= share => add(empty(), words),
                _ => words.par_chunks(share).map(|words| add(empty(), words)).reduce(
                    empty,
                    |mut all, part| {
                        or(&mut all, &part);
                        all
                    },
                ),
            }
        };
        let (beginning, inside): (Vec<u32>, Vec<u32>) =
            found.iter().partition(|at| starts_a_word(tokens.words.text(**at as usize), word));
        let starts = gather(&beginning, &tokens.names);
        let mut names = gather(&inside, &tokens.names);
        or(&mut names, &starts);
        let mut anywhere = gather(&found, &tokens.others);
        or(&mut anywhere, &names);
        let tables = [
            (Dimension::Kind, &index.kinds),
            (Dimension::Party, &index.parties),
            (Dimension::Partnership, &index.partnerships),
            (Dimension::Place, &index.places),
            (Dimension::Topic, &index.topics),
            (Dimension::Source, &index.sources),
        ];
        for (dimension, table) in tables {
            let ids: Vec<u32> = table.find(word).ones().collect();
            if let Some(rows) = columns.having(dimension, &ids) {
                or(&mut anywhere, &rows);
            }
        }
        Self { starts, names, anywhere }
    }
}

/// Adds the bits of one set to another.
fn or(all: &mut [u64], more: &[u64]) {
    for (all, more) in all.iter_mut().zip(more) {
        *all |= more;
    }
}

/// Keeps the bits that another set has as well.
fn and(all: &mut [u64], other: &[u64]) {
    for (all, other) in all.iter_mut().zip(other) {
        *all &= other;
    }
}

/// Whether a word begins a word of a folded text, after what is neither letter nor digit.
pub(super) fn starts_a_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

/// The folded words of a query, each once.
pub(super) fn query_words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = fold(text).split(' ').map(str::to_owned).collect();
    words.retain(|word| !word.is_empty());
    words.sort_unstable();
    words.dedup();
    words
}

/// The rows in which all words of a query stand, by how near to the name they do. Each of the sets
/// is a part of the one after it.
pub(super) struct Answer {
    /// Every word begins a word of the title or short title.
    pub(super) starts: Vec<u64>,
    /// Every word stands in them.
    pub(super) names: Vec<u64>,
    /// Every word stands somewhere.
    pub(super) anywhere: Vec<u64>,
}

impl Answer {
    /// Looks for the words, folded; there must be at least one for there to be an answer.
    pub(super) fn new(index: &SearchIndex, columns: &Columns, words: &[String]) -> Option<Self> {
        let found: Vec<Arc<WordRows>> =
            words.iter().map(|word| index.rows_with(columns, word)).collect();
        let (first, rest) = found.split_first()?;
        let mut answer = Self {
            starts: first.starts.clone(),
            names: first.names.clone(),
            anywhere: first.anywhere.clone(),
        };
        for word in rest {
            and(&mut answer.starts, &word.starts);
            and(&mut answer.names, &word.names);
            and(&mut answer.anywhere, &word.anywhere);
        }
        Some(answer)
    }
}

/// The rows in which all words of a text stand; `None` for a text without words.
pub(super) fn rows_with_all(dataset: &Dataset, columns: &Columns, text: &str) -> Option<Vec<u64>> {
    let words = query_words(text);
    let index = (!words.is_empty()).then(|| columns.search_index(dataset))?;
    Some(Answer::new(index, columns, &words)?.anywhere)
}
