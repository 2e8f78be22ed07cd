//! Scenes as the pages of a PDF: real text that can be searched and copied, tagged for readers who
//! cannot see it, the same bytes every time.

use std::ops::Range;

use krilla::{
    Data, Document,
    color::rgb,
    embed::{AssociationKind, EmbeddedFile, MimeType},
    geom::{self, PathBuilder},
    metadata::Metadata,
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, FillRule, LineJoin, Stroke as Pen, StrokeDash},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, SpanTag, Tag, TagGroup, TagTree},
    text::{Font, GlyphId, KrillaGlyph},
};

use super::{ExportError, clean::clean, shape};
use crate::scene::{
    Color, Item, Mark, PathSegment, Point, Rect, Scene, Stroke, TextRun,
    fonts::{self, ALL},
    text,
};

/// The longest side of a page in points, the most that readers of PDF promise to open.
pub const MAX_PAGE: f32 = 14_400.0;

/// The name under which the view is attached to the file.
const ATTACHMENT: &str = "view.demarche-view.json";

/// What a PDF should carry beside the picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PdfOptions {
    /// The view that the picture shows, as JSON; attached to the file. Empty for none.
    pub view: String,
}

/// Writes scenes as the pages of a PDF.
///
/// Text is written with the bundled fonts, of which only the glyphs in use are kept, and says in
/// each cluster which characters it stands for. Every mark is a figure with its title as
/// alternative text; lines and shapes outside of marks are marked as decoration.
///
/// # Errors
/// When there is no page, when one is longer than [`MAX_PAGE`] on a side, or when a font cannot be
/// embedded.
pub fn pdf(pages: &[&Scene], options: &PdfOptions) -> Result<Vec<u8>, ExportError> {
    let side = |points: f32| points > 0.0 && points <= MAX_PAGE;
    let mut document = Document::new();
    let mut tags = TagTree::new().with_lang(Some("en".to_owned()));
    let mut fonts = vec![None; ALL.len()];
    for scene in pages {
        let settings = PageSettings::from_wh(scene.width, scene.height)
            .filter(|_| side(scene.width) && side(scene.height))
            .ok_or(ExportError::Page { width: scene.width, height: scene.height })?;
        let mut page = document.start_page_with(settings);
        tags.push(draw(scene, page.surface(), &mut fonts));
        page.finish();
    }
    let first = pages.first().ok_or(ExportError::Nothing)?;
    document.set_tag_tree(tags);
    let creator = format!("Démarche {}", env!("CARGO_PKG_VERSION"));
    let title: String = first.title.chars().filter_map(clean).collect();
    let metadata = Metadata::new().title(title).creator(creator).language("en".to_owned());
    document.set_metadata(metadata);
    if !options.view.is_empty() {
        document.embed_file(EmbeddedFile {
            path: ATTACHMENT.to_owned(),
            mime_type: MimeType::new("application/json"),
            description: Some("The view that this figure shows, to be opened again.".to_owned()),
            association_kind: AssociationKind::Supplement,
            data: Data::from(options.view.clone().into_bytes()),
            modification_date: None,
            // As it is, so that it can be found without unpacking the file.
            compress: Some(false),
            location: None,
        });
    }
    let mut file = document.finish().map_err(|error| ExportError::Encoding(error.to_string()))?;
    leave_out(&mut file);
    Ok(file)
}

/// Blanks out the statement that no tag is doubtful, which is what its absence means: some
/// versions of poppler take it for an error. Nothing else in the file moves.
fn leave_out(file: &mut [u8]) {
    const WHOLE: &[u8] = b"/Marked true/Suspects false";
    const KEPT: usize = b"/Marked true".len();
    // The catalogue comes last.
    if let Some(at) = file.windows(WHOLE.len()).rposition(|part| part == WHOLE) {
        file[at + KEPT..at + WHOLE.len()].fill(b' ');
    }
}

/// Draws the page; returns what is on it, in the order of reading.
fn draw(scene: &Scene, surface: Surface<'_>, fonts: &mut [Option<Font>]) -> TagGroup {
    let mut writer =
        Writer { surface, fonts, open: Open::Nothing, groups: vec![TagGroup::new(Tag::Section)] };
    if scene.background.a > 0 {
        let ground = Rect::new(0.0, 0.0, scene.width, scene.height);
        writer.path(&shape::rectangle(ground, 0.0), Some(scene.background), None);
    }
    writer.items(&scene.items);
    writer.end();
    writer.surface.finish();
    writer.groups.pop().unwrap_or_else(|| TagGroup::new(Tag::Section))
}

/// The marked content that is being written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    /// Lines and shapes that say nothing in words.
    Artifact,
    /// Content of the innermost group.
    Content,
}

struct Writer<'a> {
    surface: Surface<'a>,
    /// The fonts in use, by their index in [`ALL`].
    fonts: &'a mut [Option<Font>],
    open: Open,
    /// The whole page, and inside it the marks that are being written, the innermost last.
    groups: Vec<TagGroup>,
}

impl Writer<'_> {
    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Rect { rect, radius, fill, stroke } => {
                    self.path(&shape::rectangle(*rect, *radius), *fill, *stroke);
                }
                Item::Circle { center, radius, fill, stroke } => {
                    self.path(&shape::circle(*center, *radius), *fill, *stroke);
                }
                Item::Path { segments, fill, stroke } => self.path(segments, *fill, *stroke),
                Item::Text(run) => self.text(run),
                Item::Group { mark, items } => self.group(mark, items),
                Item::Clip { rect, items } => {
                    let Some(window) = path(&shape::rectangle(*rect, 0.0)) else { continue };
                    self.end();
                    self.surface.push_clip_path(&window, &FillRule::NonZero);
                    self.items(items);
                    self.end();
                    self.surface.pop();
                }
            }
        }
    }

    fn group(&mut self, mark: &Mark, items: &[Item]) {
        if mark.title.is_empty() {
            self.items(items);
            return;
        }
        self.end();
        let title = mark.title.chars().filter_map(clean).collect();
        self.groups.push(TagGroup::new(Tag::Figure(Some(title))));
        self.items(items);
        self.end();
        if let Some(group) = self.groups.pop()
            && let Some(outer) = self.groups.last_mut()
        {
            outer.push(group);
        }
    }

    /// Ends the marked content that is being written, if any.
    fn end(&mut self) {
        if self.open != Open::Nothing {
            self.surface.end_tagged();
            self.open = Open::Nothing;
        }
    }

    /// Begins the marked content that lines and shapes belong to here, unless it is open already.
    fn begin_shape(&mut self) {
        let wanted = if self.groups.len() > 1 { Open::Content } else { Open::Artifact };
        if self.open == wanted {
            return;
        }
        self.end();
        self.open = wanted;
        if wanted == Open::Artifact {
            let artifact = Artifact::with_kind(ArtifactType::Other);
            let _ = self.surface.start_tagged(ContentTag::Artifact(artifact));
        } else {
            let id = self.surface.start_tagged(ContentTag::Other);
            if let Some(group) = self.groups.last_mut() {
                group.push(id);
            }
        }
    }

    /// Begins the marked content of a line of text: a paragraph, or a part of the mark it is in.
    fn begin_text(&mut self) {
        if self.groups.len() > 1 {
            self.begin_shape();
            return;
        }
        self.end();
        self.open = Open::Content;
        let id = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        let mut paragraph = TagGroup::new(Tag::P);
        paragraph.push(id);
        if let Some(group) = self.groups.last_mut() {
            group.push(paragraph);
        }
    }

    fn path(&mut self, segments: &[PathSegment], fill: Option<Color>, stroke: Option<Stroke>) {
        let fill = fill.filter(|fill| fill.a > 0).map(|color| ink(color, FillRule::EvenOdd));
        let stroke = stroke.filter(|stroke| stroke.color.a > 0 && stroke.width > 0.0).map(pen);
        if fill.is_none() && stroke.is_none() {
            return;
        }
        let Some(path) = path(segments) else { return };
        self.begin_shape();
        self.surface.set_fill(fill);
        self.surface.set_stroke(stroke);
        self.surface.draw_path(&path);
    }

    fn text(&mut self, run: &TextRun) {
        let drawn = run.color.a > 0 && run.size > 0.0 && run.size.is_finite();
        if !drawn || run.glyphs.is_empty() || !run.at.x.is_finite() || !run.at.y.is_finite() {
            return;
        }
        let clusters = text::clusters(run);
        if clusters.len() != run.glyphs.len() {
            return;
        }
        self.begin_text();
        self.surface.set_fill(Some(ink(run.color, FillRule::NonZero)));
        self.surface.set_stroke(None);
        let mut start = 0;
        while start < run.glyphs.len() {
            // Boxes for characters that no font has are drawn as shapes: they stand for no text.
            let key = |at: usize| (run.glyphs[at].font, run.glyphs[at].id == 0);
            let (font, missing) = key(start);
            let end = (start..run.glyphs.len()).find(|&at| key(at) != (font, missing));
            let end = end.unwrap_or(run.glyphs.len());
            let (said, ranges) = stretch(&run.text, &clusters[start..end]);
            let glyphs: Vec<KrillaGlyph> = (start..end)
                .zip(ranges)
                .map(|(at, text_range)| {
                    let glyph = run.glyphs[at];
                    let next = run.glyphs.get(at + 1).map_or(run.width, |next| next.at.x);
                    KrillaGlyph {
                        glyph_id: GlyphId::new(u32::from(glyph.id)),
                        text_range,
                        x_advance: (next - glyph.at.x) / run.size,
                        x_offset: 0.0,
                        y_offset: -glyph.at.y / run.size,
                        y_advance: 0.0,
                        location: None,
                    }
                })
                .collect();
            let at = point(Point::new(run.at.x + run.glyphs[start].at.x, run.at.y));
            if let Some(font) = self.font(font) {
                self.surface.draw_glyphs(at, &glyphs, font, &said, run.size, missing);
            }
            start = end;
        }
    }

    fn font(&mut self, index: u8) -> Option<Font> {
        let index = usize::from(index);
        let slot = self.fonts.get_mut(index)?;
        if slot.is_none() {
            *slot = Font::new(Data::from(fonts::ALL[index].data), 0);
        }
        slot.clone()
    }
}

/// What a stretch of glyphs says, and the bytes of it that each glyph stands for.
///
/// Where each cluster is one glyph, each stands for its characters. A word with a cluster of
/// several glyphs is told as a whole: readers that place the characters of one cluster by its last
/// glyph, which may be a mark without width, would see gaps inside of the word.
fn stretch(text: &str, clusters: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let words: Vec<(usize, &[Range<usize>])> = clusters
        .chunk_by(|a, b| a == b || (!is_blank(text, a) && !is_blank(text, b)))
        .scan(0, |at, word| {
            let start = *at;
            *at += word.len();
            Some((start, word))
        })
        .collect();
    let mut said = String::new();
    let mut ranges = vec![0..0; clusters.len()];
    let mut say = |range: Range<usize>| {
        let from = said.len();
        said.extend(text[range].chars().filter_map(clean));
        from..said.len()
    };
    for (start, word) in words {
        if word.windows(2).any(|pair| pair[0] == pair[1]) {
            let first = word.iter().map(|range| range.start).min().unwrap_or_default();
            let last = word.iter().map(|range| range.end).max().unwrap_or_default();
            ranges[start..start + word.len()].fill(say(first..last));
        } else {
            for (at, range) in word.iter().enumerate() {
                ranges[start + at] = say(range.clone());
            }
        }
    }
    (said, ranges)
}

fn is_blank(text: &str, range: &Range<usize>) -> bool {
    text[range.clone()].chars().all(char::is_whitespace)
}

fn point(at: Point) -> geom::Point {
    geom::Point::from_xy(at.x, at.y)
}

fn opacity(color: Color) -> NormalizedF32 {
    NormalizedF32::new(f32::from(color.a) / 255.0).unwrap_or(NormalizedF32::ONE)
}

fn ink(color: Color, rule: FillRule) -> Fill {
    Fill { paint: rgb::Color::new(color.r, color.g, color.b).into(), opacity: opacity(color), rule }
}

fn pen(stroke: Stroke) -> Pen {
    let color = stroke.color;
    let dash = stroke.dash.filter(|&(dash, gap)| dash > 0.0 && gap > 0.0);
    Pen {
        paint: rgb::Color::new(color.r, color.g, color.b).into(),
        width: stroke.width,
        opacity: opacity(color),
        line_join: LineJoin::Round,
        dash: dash.map(|(dash, gap)| StrokeDash { array: vec![dash, gap], offset: 0.0 }),
        ..Pen::default()
    }
}

/// `None` for a path without extent or with coordinates that are no numbers.
fn path(segments: &[PathSegment]) -> Option<geom::Path> {
    let mut path = PathBuilder::new();
    let mut started = false;
    for segment in segments {
        match *segment {
            PathSegment::Move(to) => path.move_to(to.x, to.y),
            _ if !started => continue,
            PathSegment::Line(to) => path.line_to(to.x, to.y),
            PathSegment::Cubic(a, b, to) => path.cubic_to(a.x, a.y, b.x, b.y, to.x, to.y),
            PathSegment::Close => path.close(),
        }
        started = true;
    }
    path.finish()
}
