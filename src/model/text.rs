//! A text that can stand in one piece of memory with others.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

/// A text that never changes: a part of a longer text which it shares with others.
///
/// A million engagements have millions of short texts. Each in memory of its own, they would take
/// twice the room and most of the time of opening a file; as parts of a few long ones they cost
/// sixteen bytes each, and a clone copies nothing. The memory is let go with the last part of it.
#[derive(Clone, Default)]
pub struct Text {
    /// The longer text; none for an empty one.
    block: Option<Arc<String>>,
    from: u32,
    to: u32,
}

impl Text {
    /// The part of a longer text between two bytes; empty where they do not stand between
    /// characters of it.
    #[must_use]
    pub fn part(block: &Arc<String>, from: u32, to: u32) -> Self {
        if from >= to { Self::default() } else { Self { block: Some(Arc::clone(block)), from, to } }
    }

    /// Whether it says nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.block.is_none()
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.block {
            Some(block) => block.get(self.from as usize..self.to as usize).unwrap_or_default(),
            None => "",
        }
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self
    }
}

impl From<String> for Text {
    /// A text of its own. One of more than 4 GiB, which no reader makes, is cut off.
    fn from(text: String) -> Self {
        let to = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Self::part(&Arc::new(text), 0, to)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::default() } else { text.to_owned().into() }
    }
}

impl From<Box<str>> for Text {
    fn from(text: Box<str>) -> Self {
        text.into_string().into()
    }
}

impl From<Cow<'_, str>> for Text {
    fn from(text: Cow<'_, str>) -> Self {
        text.into_owned().into()
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.as_str().to_owned()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.as_str().cmp(other)
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_one_text_are_themselves() {
        let block = Arc::new("Laosភ្នំពេញBern".to_owned());
        assert_eq!(&*Text::part(&block, 0, 4), "Laos");
        assert_eq!(Text::part(&block, 4, 4), Text::default());
        assert_eq!(Text::from("Laos"), Text::part(&block, 0, 4));
        assert_eq!(&*Text::part(&block, 5, 8), "", "within a character");
        assert_eq!(&*Text::part(&block, 3, 4000), "", "beyond its end");
    }
}
