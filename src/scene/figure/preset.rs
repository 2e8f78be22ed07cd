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
    /// How many points on the page a point of the window is; see [`Page::zoom`](super::Page).
    pub zoom: f32,
}

impl Preset {
    /// No size in particular: as wide as a wide window, as high as the drawing needs.
    pub const NEEDED: Self = Self::new(
        "needed",
        "As needed",
        "1200 points wide, as high as the drawing needs",
        1200.0,
        None,
        1.0,
    );

    /// A sheet of A4, upright.
    pub const A4: Self = Self::new("a4", "A4 portrait", "210 × 297 mm", 595.0, Some(842.0), 0.7);

    /// All presets, in the order in which a reader should see them. The smallest text of a figure
    /// has 11 points in the window and is nowhere less than 6 points large in print.
    pub const ALL: [Self; 8] = [
        Self::new("slide", "Slide", "16:9, 960 × 540 points", 960.0, Some(540.0), 0.8),
        Self::A4,
        Self::new("a4-landscape", "A4 landscape", "297 × 210 mm", 842.0, Some(595.0), 0.7),
        Self::new("letter", "Letter portrait", "8½ × 11 inches", 612.0, Some(792.0), 0.7),
        Self::new(
            "letter-landscape",
            "Letter landscape",
            "11 × 8½ inches",
            792.0,
            Some(612.0),
            0.7,
        ),
        Self::new("column", "Double column", "170 mm of a journal", 482.0, None, 0.65),
        Self::new("single-column", "Single column", "85 mm of a journal", 241.0, None, 0.56),
        Self::new(
            "card",
            "Social card",
            "600 × 315 points, 1200 × 630 pixels",
            600.0,
            Some(315.0),
            0.6,
        ),
    ];

    const fn new(
        key: &'static str,
        label: &'static str,
        hint: &'static str,
        width: f32,
        height: Option<f32>,
        zoom: f32,
    ) -> Self {
        Self { key, label, hint, width, height, zoom }
    }

    /// The preset of a name.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.key == key)
    }
}
