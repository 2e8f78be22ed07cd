//! Colours as 8-bit sRGB with opacity.

/// A colour: red, green, blue and opacity, each 0 to 255; not premultiplied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity; 255 hides what is behind.
    pub a: u8,
}

impl Color {
    /// Nothing at all.
    pub const TRANSPARENT: Self = Self { r: 0, g: 0, b: 0, a: 0 };

    /// An opaque colour from `0xRRGGBB`.
    #[must_use]
    pub const fn hex(rgb: u32) -> Self {
        Self { r: (rgb >> 16) as u8, g: (rgb >> 8) as u8, b: rgb as u8, a: 255 }
    }

    /// The same colour with its opacity multiplied, `by` from 0 to 1.
    #[must_use]
    pub fn faded(self, by: f32) -> Self {
        Self { a: (f32::from(self.a) * by.clamp(0.0, 1.0)).round() as u8, ..self }
    }

    /// This colour laid over another, as an opaque colour: `share` (0 to 1) of this one.
    #[must_use]
    pub fn over(self, ground: Self, share: f32) -> Self {
        let mix = |a: u8, b: u8| {
            (f32::from(a) * share + f32::from(b) * (1.0 - share)).round().clamp(0.0, 255.0) as u8
        };
        Self {
            r: mix(self.r, ground.r),
            g: mix(self.g, ground.g),
            b: mix(self.b, ground.b),
            a: 255,
        }
    }
}
