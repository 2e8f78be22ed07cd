//! The formats of figures: their names, and one way to write them all.

use std::path::Path;

use super::{ExportError, PdfOptions, SvgOptions, pdf, png::png_with, svg};
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

/// Writes a scene in a format; `scale` is in pixels per point and counts for PNG only. `view` is
/// the view that the scene shows as JSON, to be found again by [`carried`](super::carried); empty
/// for none.
///
/// # Errors
/// When the picture is too large for its format: see [`png`](super::png) and [`pdf`].
pub fn file(
    scene: &Scene,
    format: FileFormat,
    scale: f32,
    view: &str,
) -> Result<Vec<u8>, ExportError> {
    Ok(match format {
        FileFormat::Svg => {
            let options = SvgOptions { view: view.to_owned(), ..SvgOptions::default() };
            svg(scene, &options).into_bytes()
        }
        FileFormat::Pdf => pdf(scene, &PdfOptions { view: view.to_owned() })?,
        FileFormat::Png => png_with(scene, scale, view)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        export::{VIEW_FORMAT, carried},
        scene::{Color, Theme, Tokens},
    };

    #[test]
    fn every_format_gives_the_view_back() {
        let ground = Tokens::of(Theme::Light).paper;
        let empty = Scene {
            width: 40.0,
            height: 20.0,
            background: ground,
            title: "__view\"> </metadata>".to_owned(),
            items: Vec::new(),
        };
        let words = r#"</metadata> &amp; &lt; <b> ]]> \\u202e \\n ) endobj កម្ពុជា"#;
        let view = format!("{{\"format\":\"{VIEW_FORMAT}\",\"name\":\"{words}\"}}");
        for format in FileFormat::ALL {
            let file = file(&empty, format, 1.0, &view).unwrap();
            assert_eq!(carried(&file).as_deref(), Some(view.as_str()), "{format:?}");
            let without = super::file(&empty, format, 1.0, "").unwrap();
            assert_eq!(carried(&without), None, "{format:?}");
        }
        let clear = Scene { background: Color::TRANSPARENT, ..empty };
        assert!(carried(&file(&clear, FileFormat::Png, 1.0, &view).unwrap()).is_some());
        assert_eq!(carried(view.as_bytes()).as_deref(), Some(view.as_str()));
        assert_eq!(carried(b"{\"format\": \"something else\"}"), None);
        for rubbish in [&b""[..], b"%PDF-", b"\x89PNG\r\n", b"<svg", b"\xFF\xFE"] {
            assert_eq!(carried(rubbish), None);
        }
    }
}
