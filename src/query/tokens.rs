//! The words of engagements with the rows in which they stand.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::{Columns, fold::fold_into, haystack::Haystack, words::own_strings};
use crate::{
    formats::Progress,
    model::{Dataset, Engagement},
};

/// Rows that one thread reads at a time.
const CHUNK: usize = 8_192;

/// For every word the rows in which it stands, ascending.
#[derive(Clone, Debug, Default)]
pub(super) struct Occurrences {
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl Occurrences {
    /// The rows of a word.
    pub(super) fn of(&self, word: usize) -> &[u32] {
        match (self.starts.get(word), self.starts.get(word + 1)) {
            (Some(from), Some(to)) => &self.rows[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// Sorts lists of words by row, one per chunk, into lists of rows by word. `global` has the
    /// words of each chunk.
    fn sorted<'a>(
        words: usize,
        chunks: impl Iterator<Item = (&'a [u32], &'a Lists)> + Clone,
    ) -> Self {
        let mut starts = vec![0_u32; words + 1];
        for (global, lists) in chunks.clone() {
            lists.words.iter().for_each(|word| starts[global[*word as usize] as usize] += 1);
        }
        let mut before = 0;
        for start in &mut starts {
            before += std::mem::replace(start, before);
        }
        let mut rows = vec![0; before as usize];
        let mut first = 0;
        for (global, lists) in chunks {
            let mut from = 0;
            for (row, to) in lists.ends.iter().enumerate() {
                for word in &lists.words[from..*to as usize] {
                    // While filling, the start of a word is the place of its next row.
                    let start = &mut starts[global[*word as usize] as usize];
                    rows[*start as usize] = (first + row) as u32;
                    *start += 1;
                }
                from = *to as usize;
            }
            first += lists.ends.len();
        }
        starts.rotate_right(1);
        starts[0] = 0;
        Self { starts, rows }
    }
}

/// A list of words per row, each word once.
#[derive(Default)]
struct Lists {
    ends: Vec<u32>,
    words: Vec<u32>,
}

impl Lists {
    fn add(&mut self, word: u32) {
        let from = self.ends.last().copied().unwrap_or(0) as usize;
        if !self.words[from..].contains(&word) {
            self.words.push(word);
        }
    }

    fn end_row(&mut self) {
        self.ends.push(self.words.len() as u32);
    }
}

/// The words of some rows.
#[derive(Default)]
struct Chunk {
    /// The distinct words in the order of their first appearance.
    words: Vec<Box<str>>,
    numbers: FxHashMap<Box<str>, u32>,
    /// Those of the names, those that begin a name, and all others.
    names: Lists,
    firsts: Lists,
    others: Lists,
    lengths: Vec<[u8; 2]>,
    folded: String,
}

impl Chunk {
    fn number(&mut self, word: std::ops::Range<usize>) -> u32 {
        let word = &self.folded[word];
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.words.len() as u32;
        self.numbers.insert(word.into(), number);
        self.words.push(word.into());
        number
    }

    /// Splits a text into words, and calls `visit` with each and its place.
    fn read(&mut self, text: &str, mut visit: impl FnMut(&mut Self, usize, u32)) -> u8 {
        self.folded.clear();
        fold_into(text, &mut self.folded);
        let (mut from, mut count) = (0, 0);
        while from < self.folded.len() {
            let rest = &self.folded.as_bytes()[from..];
            let to = from + memchr::memchr(b' ', rest).unwrap_or(rest.len());
            if to > from {
                let number = self.number(from..to);
                visit(self, count, number);
                count += 1;
            }
            from = to + 1;
        }
        count.min(255) as u8
    }

    fn add(&mut self, engagement: &Engagement) {
        let mut lengths = [0; 2];
        let names = std::iter::once(&*engagement.title).chain(engagement.short.as_deref());
        for (name, length) in names.zip(&mut lengths) {
            *length = self.read(name, |chunk, at, word| {
                chunk.names.add(word);
                if at == 0 {
                    chunk.firsts.add(word);
                }
            });
        }
        for text in own_strings(engagement) {
            self.read(text, |chunk, _, word| chunk.others.add(word));
        }
        self.names.end_row();
        self.firsts.end_row();
        self.others.end_row();
        self.lengths.push(lengths);
    }
}

/// The distinct words of engagements, folded and parted at white space, with where they stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens {
    /// The words themselves.
    pub(super) words: Haystack,
    /// The rows whose title or short title has them.
    pub(super) names: Occurrences,
    /// The rows whose title or short title begins with them.
    pub(super) firsts: Occurrences,
    /// The rows that have them elsewhere: in the form, the note, the outcomes.
    pub(super) others: Occurrences,
    /// How many words the title and the short title of each row have, up to 255.
    pub(super) lengths: Vec<[u8; 2]>,
}

impl Tokens {
    /// Reads all engagements, on all threads; `None` when it was told to stop.
    pub(super) fn new(dataset: &Dataset, columns: &Columns, progress: &Progress) -> Option<Self> {
        let done = std::sync::atomic::AtomicU64::new(0);
        let chunks: Vec<Chunk> = columns
            .engagement
            .par_chunks(CHUNK)
            .map(|ids| {
                let mut chunk = Chunk::default();
                if !progress.is_cancelled() {
                    ids.iter().for_each(|id| chunk.add(dataset.engagement(*id)));
                }
                chunk.numbers = FxHashMap::default();
                let before = done.fetch_add(ids.len() as u64, std::sync::atomic::Ordering::Relaxed);
                let rows = before + ids.len() as u64;
                progress.set(rows, rows);
                chunk
            })
            .collect();
        if progress.is_cancelled() {
            return None;
        }
        let mut words = Haystack::new();
        let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
        let global: Vec<Vec<u32>> = chunks
            .iter()
            .map(|chunk| {
                chunk
                    .words
                    .iter()
                    .map(|word| {
                        *numbers.entry(word).or_insert_with(|| {
                            words.push_folded(word);
                            words.len() as u32 - 1
                        })
                    })
                    .collect()
            })
            .collect();
        drop(numbers);
        let sorted = |of: fn(&Chunk) -> &Lists| {
            let chunks = global.iter().map(Vec::as_slice).zip(chunks.iter().map(of));
            Occurrences::sorted(words.len(), chunks)
        };
        let (names, (firsts, others)) = rayon::join(
            || sorted(|chunk| &chunk.names),
            || (sorted(|chunk| &chunk.firsts), sorted(|chunk| &chunk.others)),
        );
        let lengths = chunks.iter().flat_map(|chunk| chunk.lengths.iter().copied()).collect();
        Some(Self { words, names, firsts, others, lengths })
    }
}
