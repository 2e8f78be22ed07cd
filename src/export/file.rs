//! The formats of figures: their names, and one way to write them all.

use std::path::Path;

use super::{ExportError, PdfOptions, SvgOptions, SvgText, html, pdf, png::png_with, svg};
use crate::scene::{
    Scene,
    figure::{Drawn, sheet::Sheet},
};

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
    /// A page with the drawing and a table of what it shows, for browsers.
    Html,
}

impl FileFormat {
    /// All values, in the order in which a reader should see them.
    pub const ALL: [Self; 4] = [Self::Svg, Self::Pdf, Self::Png, Self::Html];

    /// The ending of the file's name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Html => "html",
        }
    }

    /// Whether it can hold more than one page or drawing.
    #[must_use]
    pub const fn has_pages(self) -> bool {
        matches!(self, Self::Pdf | Self::Html)
    }

    /// The format that a file's name asks for, if it is one of ours.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }
}

/// How a figure becomes a file.
#[derive(Clone, Debug, PartialEq)]
pub struct FileOptions {
    /// The format.
    pub format: FileFormat,
    /// Pixels per point of a PNG.
    pub scale: f32,
    /// How text is written in an SVG.
    pub text: SvgText,
    /// The view that the figure shows, as JSON, to be found again by
    /// [`carried`](super::carried()); empty for none.
    pub view: String,
}

/// Writes a figure in a format. SVG and PNG show its first page, as it is drawn for them on one.
///
/// # Errors
/// When the picture is too large for its format: see [`png`](super::png) and [`pdf`].
pub fn file(drawn: &Drawn, options: &FileOptions) -> Result<Vec<u8>, ExportError> {
    let view = options.view.clone();
    let scene = || drawn.scenes().next().ok_or(ExportError::Nothing);
    Ok(match options.format {
        FileFormat::Svg => {
            let options = SvgOptions { text: options.text, view, ..SvgOptions::default() };
            svg(scene()?, &options).into_bytes()
        }
        FileFormat::Pdf => {
            let pages: Vec<&Scene> = drawn.scenes().collect();
            pdf(&pages, &PdfOptions { view })?
        }
        FileFormat::Png => png_with(scene()?, options.scale, &view)?,
        FileFormat::Html => match drawn {
            Drawn::Sheet(sheet) => html(sheet, &view),
            Drawn::Pages(pages) => html(&Sheet::of_drawings(pages), &view),
        }
        .into_bytes(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        export::{VIEW_FORMAT, carried},
        scene::{Color, Theme, Tokens},
    };

    fn options(format: FileFormat, view: &str) -> FileOptions {
        FileOptions { format, scale: 1.0, text: SvgText::Outlines, view: view.to_owned() }
    }

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
            let options = options(format, &view);
            let empty = Drawn::Pages(vec![empty.clone()]);
            let file = file(&empty, &options).unwrap();
            assert_eq!(carried(&file).as_deref(), Some(view.as_str()), "{format:?}");
            let without = FileOptions { view: String::new(), ..options };
            let without = super::file(&empty, &without).unwrap();
            assert_eq!(carried(&without), None, "{format:?}");
        }
        let clear = Drawn::Pages(vec![Scene { background: Color::TRANSPARENT, ..empty }]);
        assert!(carried(&file(&clear, &options(FileFormat::Png, &view)).unwrap()).is_some());
        assert_eq!(carried(view.as_bytes()).as_deref(), Some(view.as_str()));
        assert_eq!(carried(b"{\"format\": \"something else\"}"), None);
        for rubbish in [&b""[..], b"%PDF-", b"\x89PNG\r\n", b"<svg", b"\xFF\xFE"] {
            assert_eq!(carried(rubbish), None);
        }
    }
}
