//! Documents in which engagements, parties and dates are reported.

use super::When;

/// A document or other place where something is said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// The identifier used in files, unique among sources.
    pub key: Box<str>,
    /// Full title, in the words of the document or, where it has none, in ours.
    pub title: Box<str>,
    /// A short label for lists and notes.
    pub short: Option<Box<str>>,
    /// Who published it.
    pub publisher: Option<Box<str>>,
    /// When it was published, as far as it can be told.
    pub published: Option<When>,
    /// Where it can be found.
    pub url: Option<Box<str>>,
    /// What it is about, in a few words.
    pub about: Option<Box<str>>,
    /// What a reader should know about it.
    pub note: Option<Box<str>>,
    /// Whether this stands for general knowledge rather than for a document.
    pub background: bool,
}

impl Source {
    /// The short label, or the title where there is none.
    #[must_use]
    pub fn label(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.title)
    }
}
