//! A [`Scene`](crate::scene::Scene) as a file: SVG and PNG. Nothing here lays anything out.
//!
//! Both are written from the same display list that the window paints, with the same outlines of
//! the same glyphs, and the same scene gives the same bytes on every machine.

mod png;
mod svg;
mod svg_path;
mod xml;

pub use png::{MAX_PIXELS, MAX_SIDE, Pixels, pixels, png};
pub use svg::{SvgOptions, SvgText, svg};

/// Why a picture could not be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ExportError {
    /// The picture would have more pixels than can be drawn.
    #[error(
        "a picture of {width} × {height} pixels is too large (at most {MAX_SIDE} on a side and \
         {} million in all); choose a smaller size or scale", MAX_PIXELS / 1_000_000
    )]
    TooLarge {
        /// Pixels from left to right.
        width: u64,
        /// Pixels from top to bottom.
        height: u64,
    },
    /// The scale is zero, negative or not a number.
    #[error("a scale of {0} makes no picture; use a number above 0, for example 2")]
    Scale(f32),
    /// The pixels could not be packed.
    #[error("the picture could not be packed: {0}")]
    Encoding(String),
}
