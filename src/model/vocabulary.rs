//! The words that a dataset classifies its engagements with.

/// A kind of engagement.
#[derive(Clone, Debug, PartialEq)]
pub struct Kind {
    /// The identifier used in files, unique among kinds.
    pub key: Box<str>,
    /// The English label.
    pub name: Box<str>,
    /// A wider class, for example the CAMEO quad class.
    pub class: Option<Box<str>>,
    /// Which colour and mark it is drawn with: a slot of the theme's set of kinds.
    ///
    /// The kinds that diplomacy shares have fixed slots (see [`Kind::slot_for`]), so that a
    /// meeting looks the same in every file.
    pub slot: u8,
}

impl Kind {
    /// How many distinct slots a theme offers.
    pub const SLOTS: u8 = 8;

    /// The slot of a kind: fixed for the well-known ones, by position for the others.
    #[must_use]
    pub fn slot_for(key: &str, position: usize) -> u8 {
        match key.to_ascii_lowercase().as_str() {
            "meeting" => 0,
            "visit" | "trip" => 1,
            "summit" => 2,
            "dialogue" => 3,
            "statement" | "message" | "commentary" => 4,
            "agreement" | "treaty" => 5,
            "assistance" => 6,
            "milestone" => 7,
            _ => (position % usize::from(Self::SLOTS)) as u8,
        }
    }
}

/// A topic that engagements are about.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// The identifier used in files, unique among topics.
    pub key: Box<str>,
    /// The English label.
    pub name: Box<str>,
}
