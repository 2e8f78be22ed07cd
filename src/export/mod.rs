//! A [`Scene`](crate::scene::Scene) as a file: SVG, PDF, PNG and HTML. Nothing here lays anything out.
//!
//! All are written from the same display list that the window paints, with the same outlines of
//! the same glyphs, and the same scene gives the same bytes on every machine.

mod carried;
mod clean;
mod file;
mod html;
mod pdf;
mod png;
mod shape;
mod svg;
mod svg_path;
mod xml;

pub use carried::{VIEW_FORMAT, carried};
pub use file::{FileFormat, FileOptions, file};
pub use html::html;
pub use pdf::{MAX_PAGE, PdfOptions, pdf};
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
    /// The figure is longer than a page of a PDF may be.
    #[error(
        "a page of {width} × {height} points cannot be made (at most {MAX_PAGE} on a side); show \
         fewer lanes or a shorter time, or choose SVG"
    )]
    Page {
        /// Points from left to right.
        width: f32,
        /// Points from top to bottom.
        height: f32,
    },
    /// The scale is zero, negative or not a number.
    #[error("a scale of {0} makes no picture; use a number above 0, for example 2")]
    Scale(f32),
    /// There is no page.
    #[error("there is nothing to draw")]
    Nothing,
    /// The pixels could not be packed.
    #[error("the picture could not be packed: {0}")]
    Encoding(String),
}
