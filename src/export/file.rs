//! The formats of figures: their names, and one way to write them all.

use std::path::Path;

use super::{ExportError, PdfOptions, SvgOptions, pdf, png, svg};
use crate::scene::Scene;

/// The format of a figure's file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FileFormat {
    /// Lines and shapes, for the web and for drawing programs.
    #[default]
    Svg,
    /// A page, for print, with text that can be searched.
    Pdf,
    /// Dots, for slides and messages.
    Png,
}

impl FileFormat {
    /// All values, in the order in which a reader should see them.
    pub const ALL: [Self; 3] = [Self::Svg, Self::Pdf, Self::Png];

    /// The ending of the file's name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Png => "png",
        }
    }

    /// The format that a file's name asks for, if it is one of ours.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }
}

/// Writes a scene in a format; `scale` is in pixels per point and counts for PNG only.
///
/// # Errors
/// When the picture is too large for its format: see [`png`] and [`pdf`].
pub fn file(scene: &Scene, format: FileFormat, scale: f32) -> Result<Vec<u8>, ExportError> {
    Ok(match format {
        FileFormat::Svg => svg(scene, &SvgOptions::default()).into_bytes(),
        FileFormat::Pdf => pdf(scene, &PdfOptions::default())?,
        FileFormat::Png => png(scene, scale)?,
    })
}
