//! Scenes as the pages of a PDF: real text that can be searched and copied, tagged for readers who
//! cannot see it, the same bytes every time.

use std::{num::NonZeroU16, ops::Range};

use krilla::{
    Data, Document, SerializeSettings,
    color::rgb,
    configure::{Accessibility, Configuration, ConfigurationBuilder},
    destination::XyzDestination,
    embed::{AssociationKind, EmbeddedFile, MimeType},
    geom::{self, PathBuilder},
    metadata::Metadata,
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, FillRule, LineJoin, Stroke as Pen, StrokeDash},
    surface::Surface,
    tagging::{
        Artifact, ArtifactType, ContentTag, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind,
        TagTree,
    },
    text::{Font, GlyphId, KrillaGlyph},
};

use super::{ExportError, clean::clean, shape};
use crate::scene::{
    Color, Item, Mark, PathSegment, Point, Rect, Role, Scene, Stroke, TextRun,
    fonts::{self, ALL},
    text::{self, HALO},
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
    match write(pages, options, accessible()) {
        // Data may hold what the standard does not allow, such as characters that stand for
        // nothing: better a file that promises less than none.
        Err(ExportError::Encoding(_)) => write(pages, options, Configuration::default()),
        written => written,
    }
}

/// The standard that a file promises to keep where it can: PDF/UA-1, for readers who cannot see
/// it. PDF/A would need a date of making, and there is no honest one that is the same on every run.
fn accessible() -> Configuration {
    ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .unwrap_or_default()
}

fn write(
    pages: &[&Scene],
    options: &PdfOptions,
    configuration: Configuration,
) -> Result<Vec<u8>, ExportError> {
    let side = |points: f32| points > 0.0 && points <= MAX_PAGE;
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut tags = TagTree::new().with_lang(Some("en".to_owned()));
    let mut fonts = vec![None; ALL.len()];
    let mut headings = Vec::new();
    for (at, scene) in pages.iter().enumerate() {
        let settings = PageSettings::from_wh(scene.width, scene.height)
            .filter(|_| side(scene.width) && side(scene.height))
            .ok_or(ExportError::Page { width: scene.width, height: scene.height })?;
        let mut page = document.start_page_with(settings);
        let (content, found) = draw(scene, page.surface(), &mut fonts);
        tags.push(content);
        headings.extend(found.into_iter().map(|heading| (at, heading)));
        page.finish();
    }
    let first = pages.first().ok_or(ExportError::Nothing)?;
    document.set_tag_tree(tags);
    document.set_outline(outline(&headings, &first.title));
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
fn draw(
    scene: &Scene,
    surface: Surface<'_>,
    fonts: &mut [Option<Font>],
) -> (TagGroup, Vec<Heading>) {
    let mut writer = Writer {
        surface,
        fonts,
        open: Open::Nothing,
        groups: vec![(Inside::Page, TagGroup::new(Tag::Section))],
        furniture: false,
        headings: Vec::new(),
    };
    if scene.background.a > 0 {
        let ground = Rect::new(0.0, 0.0, scene.width, scene.height);
        writer.path(&shape::rectangle(ground, 0.0), Some(scene.background), None);
    }
    writer.items(&scene.items);
    writer.end();
    writer.surface.finish();
    let whole = writer.groups.pop().map(|(_, group)| group);
    (whole.unwrap_or_else(|| TagGroup::new(Tag::Section)), writer.headings)
}

/// A heading on a page.
struct Heading {
    level: u8,
    title: String,
    /// Its upper edge, in points.
    top: f32,
}

/// The bookmarks: headings by page, those of lower level inside of the one before them. A document
/// without headings has one bookmark, its title.
fn outline(headings: &[(usize, Heading)], title: &str) -> Outline {
    let node = |page: usize, title: &str, top: f32| {
        let title = if title.is_empty() { "Figure" } else { title };
        let place = XyzDestination::new(page, geom::Point::from_xy(0.0, top.max(0.0)));
        OutlineNode::new(title.to_owned(), place)
    };
    let mut nodes: Vec<OutlineNode> = Vec::new();
    for (page, heading) in headings {
        let new = node(*page, &heading.title, heading.top);
        match nodes.last_mut() {
            Some(above) if heading.level > 1 => above.push_child(new),
            _ => nodes.push(new.with_open(true)),
        }
    }
    if nodes.is_empty() {
        let title: String = title.chars().filter_map(clean).collect();
        nodes.push(node(0, &title, 0.0));
    }
    let mut outline = Outline::new();
    nodes.into_iter().for_each(|node| outline.push_child(node));
    outline
}

/// What the lines of a heading say, and the upper edge of the first.
fn said(items: &[Item]) -> (String, f32) {
    let (mut words, mut top) = (String::new(), f32::MAX);
    for item in items {
        if let Item::Text(run) = item {
            if !words.is_empty() {
                words.push(' ');
            }
            words.extend(run.text.chars().filter_map(clean));
            top = top.min(run.at.y - run.size);
        }
    }
    (words, if top == f32::MAX { 0.0 } else { top })
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

/// In what sort of group things are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// On the page, or between the cells of a table: words are paragraphs, shapes say nothing.
    Page,
    /// In a mark: all belongs to it.
    Mark,
    /// In a heading, paragraph or cell: words belong to it, shapes say nothing.
    Words,
}

struct Writer<'a> {
    surface: Surface<'a>,
    /// The fonts in use, by their index in [`ALL`].
    fonts: &'a mut [Option<Font>],
    open: Open,
    /// The whole page, and inside it what is being written, the innermost last.
    groups: Vec<(Inside, TagGroup)>,
    /// Whether all that is written belongs to the page and not to what it says.
    furniture: bool,
    headings: Vec<Heading>,
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
                Item::Part { role, items } => self.part(*role, items),
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
        self.groups.push((Inside::Mark, TagGroup::new(Tag::Figure(Some(title)))));
        self.items(items);
        self.close();
    }

    /// Writes items as one thing in the order of reading.
    fn part(&mut self, role: Role, items: &[Item]) {
        self.end();
        let (inside, tag): (Inside, TagKind) = match role {
            Role::Heading(level) => {
                let (title, top) = said(items);
                self.headings.push(Heading { level, title: title.clone(), top });
                let level = NonZeroU16::new(u16::from(level)).unwrap_or(NonZeroU16::MIN);
                (Inside::Words, Tag::Hn(level, Some(title)).into())
            }
            Role::Paragraph => (Inside::Words, Tag::P.into()),
            Role::Table => (Inside::Page, Tag::Table.into()),
            Role::Row => (Inside::Page, Tag::TR.into()),
            Role::HeadCell => (Inside::Words, Tag::TH(TableHeaderScope::Column).into()),
            Role::Cell => (Inside::Words, Tag::TD.into()),
            Role::Furniture => {
                let outside = std::mem::replace(&mut self.furniture, true);
                self.items(items);
                self.end();
                self.furniture = outside;
                return;
            }
        };
        self.groups.push((inside, TagGroup::new(tag)));
        self.items(items);
        self.close();
    }

    /// Ends the innermost group.
    fn close(&mut self) {
        self.end();
        if let Some((_, group)) = self.groups.pop()
            && let Some((_, outer)) = self.groups.last_mut()
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

    /// In what sort of group things are being written.
    fn inside(&self) -> Inside {
        self.groups.last().map_or(Inside::Page, |&(inside, _)| inside)
    }

    /// Begins the marked content that lines and shapes belong to here, unless it is open already.
    fn begin_shape(&mut self) {
        let content = self.inside() == Inside::Mark && !self.furniture;
        self.begin(if content { Open::Content } else { Open::Artifact });
    }

    /// Begins the marked content of a line of text: a paragraph, or a part of what it is in.
    fn begin_text(&mut self) {
        if self.furniture {
            self.begin(Open::Artifact);
        } else if self.inside() == Inside::Page {
            self.end();
            self.open = Open::Content;
            let id = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            let mut paragraph = TagGroup::new(Tag::P);
            paragraph.push(id);
            if let Some((_, group)) = self.groups.last_mut() {
                group.push(paragraph);
            }
        } else {
            self.begin(Open::Content);
        }
    }

    /// Begins marked content, unless it is open already.
    fn begin(&mut self, wanted: Open) {
        if self.open == wanted {
            return;
        }
        self.end();
        self.open = wanted;
        if wanted == Open::Artifact {
            let kind = if self.furniture { ArtifactType::Footer } else { ArtifactType::Other };
            let _ = self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        } else {
            let id = self.surface.start_tagged(ContentTag::Other);
            if let Some((_, group)) = self.groups.last_mut() {
                group.push(id);
            }
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
        if let Some(ground) = run.halo.filter(|ground| ground.a > 0) {
            self.begin_shape();
            self.surface.set_fill(None);
            self.surface.set_stroke(Some(pen(Stroke::solid(ground, 2.0 * HALO))));
            self.glyphs(run, &clusters, true);
        }
        self.begin_text();
        self.surface.set_fill(Some(ink(run.color, FillRule::NonZero)));
        self.surface.set_stroke(None);
        self.glyphs(run, &clusters, false);
    }

    /// Draws the glyphs of a run as they are asked for: as text, or as `shapes` that say nothing.
    fn glyphs(&mut self, run: &TextRun, clusters: &[Range<usize>], shapes: bool) {
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
                let shapes = shapes || missing;
                self.surface.draw_glyphs(at, &glyphs, font, &said, run.size, shapes);
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
