//! Sizes that figures are often wanted in.

/// A size with a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Preset {
    /// The name on the command line.
    pub key: &'static str,
    /// The English label.
    pub label: &'static str,
    /// What it is for, with its size.
    pub hint: &'static str,
    /// Width in points.
    pub width: f32,
    /// Height in points; as high as the drawing needs when `None`.
    pub height: Option<f32>,
}

impl Preset {
    /// All presets, in the order in which a reader should see them.
    pub const ALL: [Self; 7] = [
        Self::new("slide", "Slide", "16:9, 1280 × 720 points", 1280.0, Some(720.0)),
        Self::new("a4", "A4 portrait", "595 × 842 points", 595.0, Some(842.0)),
        Self::new("a4-landscape", "A4 landscape", "842 × 595 points", 842.0, Some(595.0)),
        Self::new("letter", "Letter portrait", "612 × 792 points", 612.0, Some(792.0)),
        Self::new("letter-landscape", "Letter landscape", "792 × 612 points", 792.0, Some(612.0)),
        Self::new("column", "Double column", "170 mm of a journal, 482 points wide", 482.0, None),
        Self::new("card", "Social card", "1200 × 630 points", 1200.0, Some(630.0)),
    ];

    const fn new(
        key: &'static str,
        label: &'static str,
        hint: &'static str,
        width: f32,
        height: Option<f32>,
    ) -> Self {
        Self { key, label, hint, width, height }
    }

    /// The preset of a name.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.key == key)
    }
}
