//! The design tokens: every colour, size and stroke of the window and of the figures.

use super::Color;

/// A table of colours.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// Ink on paper.
    #[default]
    Light,
    /// Paper on ink.
    Dark,
    /// Black and greys on paper, for printers and journals without colour.
    Greyscale,
}

impl Theme {
    /// All themes, in the order in which a reader should see them.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Greyscale];

    /// The English label.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::Greyscale => "Greyscale",
        }
    }
}

/// Colours by what they are for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tokens {
    /// The window behind panels.
    pub ground: Color,
    /// Panels at the sides, every second lane.
    pub panel: Color,
    /// Where data are drawn.
    pub paper: Color,
    /// Hairlines between panels.
    pub line: Color,
    /// Grid lines of the time axis, lighter than `line`.
    pub grid: Color,
    /// Outlines of buttons and fields.
    pub outline: Color,
    /// Body text.
    pub ink: Color,
    /// Headings and the text of selected things.
    pub ink_strong: Color,
    /// Secondary text.
    pub ink_weak: Color,
    /// Ticks, units and remarks; still readable (contrast at least 4.5 on every ground).
    pub ink_faint: Color,
    /// The one accent: links, selection, the brush.
    pub accent: Color,
    /// Text and marks on the accent.
    pub on_accent: Color,
    /// Ground of the chosen tab, of hovered rows.
    pub accent_ground: Color,
    /// Disputes, and nothing else.
    pub amber: Color,
    /// Ground of a dispute's box.
    pub amber_ground: Color,
    /// Outline of a dispute's box.
    pub amber_line: Color,
    /// Text on `amber_ground`.
    pub amber_ink: Color,
    /// Errors.
    pub error: Color,
    /// Land on the map.
    pub land: Color,
    /// Borders on the map.
    pub border: Color,
    /// Water on the map.
    pub water: Color,
    /// Ties in the network.
    pub tie: Color,
    /// Formal partnerships in the network.
    pub partnership: Color,
    /// What is new or stronger, where two stretches of time are compared.
    pub gain: Color,
    /// What is lost or weaker.
    pub loss: Color,
    /// Bars of the overview and of facets.
    pub bar: Color,
    /// Kinds of engagement by slot, distinguishable with colour-blind eyes.
    pub kinds: [Color; 8],
    /// Communities of a network, the largest first: neighbours differ in lightness as well.
    pub communities: [Color; 10],
}

impl Tokens {
    /// Base spacing in points; distances are multiples of it.
    pub const UNIT: f32 = 4.0;
    /// Ticks, marks' labels, remarks.
    pub const SMALL: f32 = 11.0;
    /// Secondary text.
    pub const NOTE: f32 = 12.0;
    /// Body text, names of lanes.
    pub const BODY: f32 = 13.0;
    /// Titles.
    pub const TITLE: f32 = 17.0;
    /// Radius of buttons and boxes.
    pub const RADIUS: f32 = 6.0;

    /// The tokens of a theme.
    #[must_use]
    pub const fn of(theme: Theme) -> &'static Self {
        match theme {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
            Theme::Greyscale => &GREYSCALE,
        }
    }

    /// The colour of a kind's slot.
    #[must_use]
    pub fn kind(&self, slot: u8) -> Color {
        self.kinds[usize::from(slot) % self.kinds.len()]
    }

    /// A colour that a file gives, as the theme can show it: greys in a theme without colour.
    #[must_use]
    pub fn stated(&self, [r, g, b]: [u8; 3]) -> Color {
        if self.accent.r == self.accent.g && self.accent.g == self.accent.b {
            let grey = (u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114) / 1000;
            let grey = grey.min(0xC8) as u8;
            return Color { r: grey, g: grey, b: grey, a: 255 };
        }
        Color { r, g, b, a: 255 }
    }

    /// The colour of a community by its number; those after the last colour share the grey of all
    /// that is smaller.
    #[must_use]
    pub fn community(&self, number: u32) -> Color {
        self.communities.get(number as usize).copied().unwrap_or(self.kinds[4])
    }
}

const LIGHT: Tokens = Tokens {
    ground: Color::hex(0xFBFAF7),
    panel: Color::hex(0xFAF9F6),
    paper: Color::hex(0xFFFFFF),
    line: Color::hex(0xE3E0D9),
    grid: Color::hex(0xECEAE5),
    outline: Color::hex(0xD3D0C9),
    ink: Color::hex(0x1F2430),
    ink_strong: Color::hex(0x12161F),
    ink_weak: Color::hex(0x596070),
    ink_faint: Color::hex(0x646B79),
    accent: Color::hex(0x1F456E),
    on_accent: Color::hex(0xFFFFFF),
    accent_ground: Color::hex(0xE6EDF4),
    amber: Color::hex(0xA35F00),
    amber_ground: Color::hex(0xFFF6E8),
    amber_line: Color::hex(0xE3B467),
    amber_ink: Color::hex(0x5C4A2E),
    error: Color::hex(0xB3261E),
    land: Color::hex(0xEFECE4),
    border: Color::hex(0xCFCABE),
    water: Color::hex(0xF7F9FA),
    tie: Color::hex(0xB4BAC6),
    partnership: Color::hex(0x52718F),
    gain: Color::hex(0x1B6FA8),
    loss: Color::hex(0xB04A1E),
    bar: Color::hex(0x7C96B3),
    kinds: [
        Color::hex(0x3B6EA8), // meeting: blue
        Color::hex(0xC58A17), // visit: ochre
        Color::hex(0x8A4B94), // summit: purple
        Color::hex(0x2E7F6A), // dialogue: green
        Color::hex(0x7D8594), // statement: grey
        Color::hex(0xB3562C), // agreement: rust
        Color::hex(0x3F98A8), // assistance: teal
        Color::hex(0x5E6B2F), // milestone: olive
    ],
    communities: [
        Color::hex(0x2F66A5), // blue
        Color::hex(0xD98A2B), // orange
        Color::hex(0x7E4391), // purple
        Color::hex(0x4FAFA8), // teal
        Color::hex(0xA83B32), // red
        Color::hex(0xB9AB35), // mustard
        Color::hex(0x2C7650), // green
        Color::hex(0xD885AE), // pink
        Color::hex(0x5C4A3C), // brown
        Color::hex(0x86B3DD), // sky
    ],
};

const DARK: Tokens = Tokens {
    ground: Color::hex(0x14171C),
    panel: Color::hex(0x191D23),
    paper: Color::hex(0x111418),
    line: Color::hex(0x2C323B),
    grid: Color::hex(0x22272F),
    outline: Color::hex(0x3A424E),
    ink: Color::hex(0xDDE1E8),
    ink_strong: Color::hex(0xF4F6F9),
    ink_weak: Color::hex(0xA3ABB8),
    ink_faint: Color::hex(0x8F98A6),
    accent: Color::hex(0x7FB2E5),
    on_accent: Color::hex(0x0E1A26),
    accent_ground: Color::hex(0x22303F),
    amber: Color::hex(0xE2A13C),
    amber_ground: Color::hex(0x2E2617),
    amber_line: Color::hex(0x7A5C24),
    amber_ink: Color::hex(0xE9D7B4),
    error: Color::hex(0xF28B82),
    land: Color::hex(0x232A31),
    border: Color::hex(0x3D4650),
    water: Color::hex(0x12161B),
    tie: Color::hex(0x4A5361),
    partnership: Color::hex(0x86A7C9),
    gain: Color::hex(0x63B0EA),
    loss: Color::hex(0xE8875A),
    bar: Color::hex(0x5F7C9B),
    kinds: [
        Color::hex(0x6FA3DB),
        Color::hex(0xE0AC45),
        Color::hex(0xBD84C7),
        Color::hex(0x5FB39C),
        Color::hex(0xA2AAB8),
        Color::hex(0xDB8358),
        Color::hex(0x6CC0CE),
        Color::hex(0xA3B266),
    ],
    communities: [
        Color::hex(0x5B95D6),
        Color::hex(0xEDB268),
        Color::hex(0xA774BA),
        Color::hex(0x86D3CB),
        Color::hex(0xD9695E),
        Color::hex(0xD9CD6B),
        Color::hex(0x55A77C),
        Color::hex(0xEEB0CC),
        Color::hex(0xA58C78),
        Color::hex(0xB4D2EE),
    ],
};

/// Every line is dark enough for a laser printer, which turns pale greys into sparse dots; kinds
/// differ in lightness beside their shapes, neighbours the most.
const GREYSCALE: Tokens = Tokens {
    ground: Color::hex(0xFFFFFF),
    panel: Color::hex(0xF3F3F3),
    paper: Color::hex(0xFFFFFF),
    line: Color::hex(0xB8B8B8),
    grid: Color::hex(0xD0D0D0),
    outline: Color::hex(0xA8A8A8),
    ink: Color::hex(0x1A1A1A),
    ink_strong: Color::hex(0x000000),
    ink_weak: Color::hex(0x404040),
    ink_faint: Color::hex(0x595959),
    accent: Color::hex(0x000000),
    on_accent: Color::hex(0xFFFFFF),
    accent_ground: Color::hex(0xE4E4E4),
    amber: Color::hex(0x000000),
    amber_ground: Color::hex(0xEEEEEE),
    amber_line: Color::hex(0x707070),
    amber_ink: Color::hex(0x1A1A1A),
    error: Color::hex(0x000000),
    land: Color::hex(0xE6E6E6),
    border: Color::hex(0xA0A0A0),
    water: Color::hex(0xFFFFFF),
    tie: Color::hex(0x909090),
    partnership: Color::hex(0x404040),
    gain: Color::hex(0x000000),
    loss: Color::hex(0x808080),
    bar: Color::hex(0x808080),
    kinds: [
        Color::hex(0x303030),
        Color::hex(0x8A8A8A),
        Color::hex(0x1A1A1A),
        Color::hex(0x6A6A6A),
        Color::hex(0x9A9A9A),
        Color::hex(0x484848),
        Color::hex(0x7A7A7A),
        Color::hex(0x585858),
    ],
    communities: [
        Color::hex(0x303030),
        Color::hex(0x9C9C9C),
        Color::hex(0x505050),
        Color::hex(0xB4B4B4),
        Color::hex(0x202020),
        Color::hex(0x848484),
        Color::hex(0x404040),
        Color::hex(0xA8A8A8),
        Color::hex(0x606060),
        Color::hex(0x747474),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance by WCAG 2.1.
    fn luminance(color: Color) -> f64 {
        let part = |value: u8| {
            let c = f64::from(value) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
        };
        0.2126 * part(color.r) + 0.7152 * part(color.g) + 0.0722 * part(color.b)
    }

    fn contrast(a: Color, b: Color) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Each ink on each ground that text in it stands on, by WCAG 2.1, 1.4.3 (level AA).
    #[test]
    fn text_can_be_read_in_every_theme() {
        for theme in Theme::ALL {
            let t = Tokens::of(theme);
            let sheets = [("paper", t.paper), ("panel", t.panel), ("ground", t.ground)];
            let rows = [("accent_ground", t.accent_ground), ("amber_ground", t.amber_ground)];
            let map = [("land", t.land), ("water", t.water)];
            let inks = [
                ("ink", t.ink),
                ("ink_strong", t.ink_strong),
                ("ink_weak", t.ink_weak),
                ("ink_faint", t.ink_faint),
                ("accent", t.accent),
            ];
            let everywhere = inks.into_iter().flat_map(|ink| {
                sheets.into_iter().chain(rows).chain(map).map(move |ground| (ink, ground))
            });
            let signals = [("amber", t.amber), ("error", t.error)].into_iter().flat_map(|ink| {
                sheets.into_iter().chain([rows[1]]).map(move |ground| (ink, ground))
            });
            let singles = [
                (("on_accent", t.on_accent), ("accent", t.accent)),
                (("amber_ink", t.amber_ink), ("amber_ground", t.amber_ground)),
            ];
            for ((ink, a), (ground, b)) in everywhere.chain(signals).chain(singles) {
                let found = contrast(a, b);
                assert!(found >= 4.5, "{theme:?}: {ink} on {ground} has {found:.2}");
            }
        }
    }

    /// Marks, by WCAG 2.1, 1.4.11: three to one on the paper, or an outline and a shape beside.
    #[test]
    fn signs_stand_out_from_the_paper_in_every_theme() {
        for theme in Theme::ALL {
            let t = Tokens::of(theme);
            let signs = [t.accent, t.amber, t.error, t.partnership, t.gain, t.loss, t.bar];
            for sign in signs {
                let found = contrast(sign, t.paper);
                assert!(found >= 3.0, "{theme:?}: {sign:?} has {found:.2}");
            }
        }
    }

    #[test]
    fn greyscale_has_no_colour_and_tells_kinds_apart() {
        let tokens = Tokens::of(Theme::Greyscale);
        let single = [tokens.ink, tokens.accent, tokens.amber, tokens.land, tokens.tie, tokens.bar];
        for color in single.into_iter().chain(tokens.kinds).chain(tokens.communities) {
            assert!(color.r == color.g && color.g == color.b, "{color:?}");
        }
        let mut greys: Vec<u8> = tokens.kinds.iter().map(|color| color.r).collect();
        greys.sort_unstable();
        assert!(greys.windows(2).all(|pair| pair[1] - pair[0] >= 14), "{greys:?}");
    }
}
