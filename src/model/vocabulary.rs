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
        if let Some(slot) = key.strip_prefix("cameo-").and_then(Self::slot_of_event) {
            return slot;
        }
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

    /// The slot of a CAMEO event code, by what diplomacy would call it; verbal conflict has the
    /// slot of milestones and material conflict that of summits, which CAMEO does not know.
    fn slot_of_event(code: &str) -> Option<u8> {
        Some(match (code.get(..2)?, code) {
            ("01" | "02" | "03", _) => 4,
            (_, "042" | "043") => 1,
            (_, "041" | "045") => 3,
            ("04", _) => 0,
            ("05", _) => 5,
            ("06" | "07" | "08", _) => 6,
            ("09" | "10" | "11" | "12" | "13", _) => 7,
            ("14" | "15" | "16" | "17" | "18" | "19" | "20", _) => 2,
            _ => return None,
        })
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
