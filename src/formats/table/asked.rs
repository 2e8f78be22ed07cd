//! The names that rows mention, each once, numbered in the order in which they were first met.
//!
//! Stretches of a table are read side by side, each with numbers of its own. Putting them together
//! needs only the distinct names of each stretch, not its rows.

use rustc_hash::FxHashMap;

use crate::model::{PartyId, PartyKind};

/// Texts numbered in the order in which they are first met.
#[derive(Debug, Default)]
pub(super) struct Numbers(FxHashMap<Box<str>, u32>);

impl Numbers {
    /// The number of a text, and whether it is new.
    pub fn number(&mut self, text: &str) -> (u32, bool) {
        if let Some(number) = self.0.get(text) {
            return (*number, false);
        }
        let number = self.0.len() as u32;
        self.0.insert(text.into(), number);
        (number, true)
    }

    /// The texts in the order of their numbers.
    pub fn texts(&self) -> Vec<&str> {
        let mut texts = vec![""; self.0.len()];
        for (text, number) in &self.0 {
            texts[*number as usize] = text;
        }
        texts
    }
}

/// A party that was asked for.
#[derive(Debug)]
pub(super) struct PartyAsked {
    pub name: Box<str>,
    /// Its identifier, where it has one.
    pub key: Option<Box<str>>,
    pub kind: PartyKind,
    /// How often it was asked for.
    pub count: u64,
}

/// A place that was asked for.
#[derive(Debug)]
pub(super) struct PlaceAsked {
    pub name: Box<str>,
    pub state: Option<PartyId>,
    pub position: Option<(f64, f64)>,
}

/// A source that was asked for.
#[derive(Debug)]
pub(super) struct SourceAsked {
    pub title: Box<str>,
    pub url: Option<Box<str>>,
}

/// All that was asked for.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub parties: Vec<PartyAsked>,
    pub places: Vec<PlaceAsked>,
    pub sources: Vec<SourceAsked>,
    pub kinds: Numbers,
    pub roles: Numbers,
    pub partnerships: Numbers,
    pub topics: Numbers,
    /// By kind of party, with and without an identifier.
    by_party: [[FxHashMap<Box<str>, u32>; 2]; PartyKind::ALL.len()],
    by_place: FxHashMap<Box<str>, u32>,
    by_source: FxHashMap<Box<str>, u32>,
    /// Where a text that stands for several is put together.
    joined: String,
}

/// Looks up a text, or gives it the next number.
fn numbered(known: &mut FxHashMap<Box<str>, u32>, text: &str, next: usize) -> (u32, bool) {
    if let Some(number) = known.get(text) {
        return (*number, false);
    }
    known.insert(text.into(), next as u32);
    (next as u32, true)
}

/// Puts several texts into one so that no other texts give the same.
fn join(joined: &mut String, first: &str, second: &str) {
    joined.clear();
    push_number(joined, first.len() as u32);
    joined.push_str(first);
    joined.push_str(second);
}

/// Adds a number in eight letters.
fn push_number(joined: &mut String, number: u32) {
    for place in 0..8 {
        joined.push(char::from(b'a' + ((number >> (place * 4)) & 15) as u8));
    }
}

impl Asked {
    /// The number of a party.
    pub fn party(&mut self, name: &str, key: Option<&str>, kind: PartyKind) -> u32 {
        let known = &mut self.by_party[kind as usize][usize::from(key.is_some())];
        let text = match key {
            None => name,
            Some(key) => {
                join(&mut self.joined, name, key);
                &self.joined
            }
        };
        let (number, new) = numbered(known, text, self.parties.len());
        if new {
            let (name, key) = (name.into(), key.map(Into::into));
            self.parties.push(PartyAsked { name, key, kind, count: 1 });
        } else if let Some(party) = self.parties.get_mut(number as usize) {
            party.count += 1;
        }
        number
    }

    /// The number of a source.
    pub fn source(&mut self, title: &str, url: Option<&str>) -> u32 {
        match url {
            // Neither text can stand for the other: one starts with a letter.
            None => {
                self.joined.clear();
                self.joined.push('-');
                self.joined.push_str(title);
            }
            Some(url) => join(&mut self.joined, title, url),
        }
        let (number, new) = numbered(&mut self.by_source, &self.joined, self.sources.len());
        if new {
            self.sources.push(SourceAsked { title: title.into(), url: url.map(Into::into) });
        }
        number
    }

    /// The number of a place of which the name, the state and the words for its position are given.
    pub fn known_place(
        &mut self,
        name: &str,
        state: Option<PartyId>,
        words: [&str; 2],
    ) -> Option<u32> {
        self.join_place(name, state, words);
        self.by_place.get(&*self.joined).copied()
    }

    /// The number of a place that [`Self::known_place`] does not know, by the same words.
    pub fn place(&mut self, asked: PlaceAsked, words: [&str; 2]) -> (u32, bool) {
        self.join_place(&asked.name, asked.state, words);
        let (number, new) = numbered(&mut self.by_place, &self.joined, self.places.len());
        if new {
            self.places.push(asked);
        }
        (number, new)
    }

    fn join_place(&mut self, name: &str, state: Option<PartyId>, [lat, lon]: [&str; 2]) {
        join(&mut self.joined, name, lat);
        self.joined.push('\0');
        self.joined.push_str(lon);
        self.joined.push('\0');
        push_number(&mut self.joined, state.map_or(u32::MAX, |state| state.0));
    }
}
