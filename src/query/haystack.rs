//! Many short texts in one long one, so that looking for a word is one pass over memory.

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::{fold::fold_into, rows::ones};

/// A set of positions, one bit each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits {
    words: Vec<u64>,
    any: bool,
}

impl Bits {
    pub(super) fn new(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], any: false }
    }

    /// The given positions, all below `len`.
    pub(super) fn of(list: &[u32], len: usize) -> Self {
        let mut bits = Self::new(len);
        list.iter().for_each(|at| bits.insert(*at as usize));
        bits
    }

    pub(super) fn insert(&mut self, at: usize) {
        self.words[at / 64] |= 1 << (at % 64);
        self.any = true;
    }

    /// Whether a position, which may lie beyond the last one, is in the set.
    pub(super) fn contains(&self, at: u32) -> bool {
        self.words.get(at as usize / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// The positions in the set, ascending.
    pub(super) fn ones(&self) -> impl Iterator<Item = u32> {
        ones(&self.words)
    }

    /// Whether any of the positions is in the set.
    pub(super) fn meets(&self, list: &[u32]) -> bool {
        self.any && list.iter().any(|at| self.contains(*at))
    }
}

/// Folded texts stored end to end. A text may be made of several strings; words never match across
/// two of them.
#[derive(Clone, Debug)]
pub(super) struct Haystack {
    text: String,
    starts: Vec<usize>,
}

impl Default for Haystack {
    fn default() -> Self {
        Self::new()
    }
}

impl Haystack {
    pub(super) fn new() -> Self {
        Self { text: String::new(), starts: vec![0] }
    }

    /// Adds the next text.
    pub(super) fn push<'a>(&mut self, strings: impl IntoIterator<Item = &'a str>) {
        for string in strings {
            fold_into(string, &mut self.text);
            // Folding leaves no line break in a text and white space splits the words of a query,
            // so nothing that is looked for contains one.
            self.text.push('\n');
        }
        self.starts.push(self.text.len());
    }

    /// Adds a text of one string that has been folded.
    pub(super) fn push_folded(&mut self, string: &str) {
        self.text.push_str(string);
        self.text.push('\n');
        self.starts.push(self.text.len());
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The folded strings of a text, each ended by a line break.
    pub(super) fn text(&self, at: usize) -> &str {
        &self.text[self.starts[at]..self.starts[at + 1]]
    }

    /// Which texts contain the word, given folded.
    pub(super) fn find(&self, word: &str) -> Bits {
        let mut found = Bits::new(self.len());
        if word.is_empty() || self.len() == 0 {
            return found;
        }
        let finder = Finder::new(word);
        // Whole words of bits, so that threads write apart from each other.
        found.any = found
            .words
            .par_chunks_mut(CHUNK / 64)
            .enumerate()
            .map(|(at, bits)| self.find_among(&finder, at * CHUNK, bits))
            .reduce(|| false, |a, b| a | b);
        found
    }

    /// Looks through the texts from `first` on, as many as there are bits, and sets those of the
    /// texts that contain the word; answers whether there is one.
    fn find_among(&self, finder: &Finder<'_>, first: usize, bits: &mut [u64]) -> bool {
        let ends = &self.starts[first + 1..self.starts.len().min(first + bits.len() * 64 + 1)];
        let Some(end) = ends.last() else { return false };
        let bytes = &self.text.as_bytes()[..*end];
        let (mut from, mut at, mut any) = (self.starts[first], 0, false);
        while let Some(offset) = finder.find(&bytes[from..]) {
            let hit = from + offset;
            // Hits are often near each other: try the next texts before searching them all.
            let near = ends[at..].iter().take(8).position(|end| *end > hit);
            at += near.unwrap_or_else(|| ends[at..].partition_point(|end| *end <= hit));
            bits[at / 64] |= 1 << (at % 64);
            any = true;
            from = ends[at];
            at += 1;
        }
        any
    }
}

/// Texts that one thread looks through at a time.
const CHUNK: usize = 64 * 512;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_found_once_and_words_do_not_span_strings() {
        let mut hay = Haystack::new();
        hay.push(["Hà Nội", "Hanoi"]);
        hay.push([]);
        hay.push(["banana banana"]);
        hay.push(["ban", "ana"]);
        for word in ["hanoi", "ha", "an", "banana", "noi", "x"] {
            let found = hay.find(word);
            for at in 0..hay.len() {
                let expected = hay.text(at).lines().any(|line| line.contains(word));
                assert_eq!(found.contains(at as u32), expected, "{word} in {at}");
            }
        }
    }

    #[test]
    fn words_are_found_on_both_sides_of_the_seams_between_threads() {
        let mut hay = Haystack::new();
        let hit = |at: usize| at % 7 == 3 || at.is_multiple_of(CHUNK) || at % CHUNK == CHUNK - 1;
        (0..2 * CHUNK + 5).for_each(|at| hay.push([if hit(at) { "a needle" } else { "hay" }]));
        let found = hay.find("needle");
        assert!((0..hay.len()).all(|at| found.contains(at as u32) == hit(at)));
    }

    #[test]
    fn empty_haystacks_contain_nothing() {
        assert!(!Haystack::default().find("a").meets(&[]));
        assert!(!Haystack::new().find("a").meets(&[]));
    }
}
