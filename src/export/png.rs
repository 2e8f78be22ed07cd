//! A scene as PNG: drawn straight from the display list, anti-aliased, with its resolution set.

use rustc_hash::FxHashMap;
use tiny_skia::{
    FillRule, LineJoin, Mask, Paint, Path, PathBuilder, Pixmap, StrokeDash, Transform,
};

use super::ExportError;
use crate::scene::{
    Color, Item, PathSegment, Point, Rect, Scene, Stroke, TextRun,
    fonts::{self, OUTLINE_UNITS, Step},
    text::HALO,
};

/// The longest side of a picture in pixels.
pub const MAX_SIDE: u64 = 30_000;
/// The most pixels in a picture.
pub const MAX_PIXELS: u64 = 100_000_000;

/// Points per metre: a point is 1/72 inch.
const POINTS_PER_METRE: f64 = 72.0 / 0.0254;

/// Draws a scene with `scale` pixels to the point and packs it as PNG. The file says how large a
/// pixel is in print, and holds the title of the scene.
///
/// # Errors
/// When the scale is not above 0, when the picture would be larger than [`MAX_SIDE`] or
/// [`MAX_PIXELS`], or when the pixels cannot be packed.
pub fn png(scene: &Scene, scale: f32) -> Result<Vec<u8>, ExportError> {
    png_with(scene, scale, "")
}

/// As [`png`], with the view that the picture shows among its texts.
pub(super) fn png_with(scene: &Scene, scale: f32, view: &str) -> Result<Vec<u8>, ExportError> {
    let pixmap = draw(scene, scale)?;
    encode(scene, scale, &pixmap, view)
}

/// A picture as pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Red, green, blue and opacity (not premultiplied) of each pixel, row by row.
    pub rgba: Vec<u8>,
}

/// Draws a scene with `scale` pixels to the point, without packing it.
///
/// # Errors
/// As [`png()`].
pub fn pixels(scene: &Scene, scale: f32) -> Result<Pixels, ExportError> {
    let pixmap = draw(scene, scale)?;
    let mut rgba = Vec::with_capacity(pixmap.pixels().len() * 4);
    for pixel in pixmap.pixels() {
        let color = pixel.demultiply();
        rgba.extend([color.red(), color.green(), color.blue(), color.alpha()]);
    }
    Ok(Pixels { width: pixmap.width() as usize, height: pixmap.height() as usize, rgba })
}

fn draw(scene: &Scene, scale: f32) -> Result<Pixmap, ExportError> {
    if !(scale > 0.0 && scale.is_finite()) {
        return Err(ExportError::Scale(scale));
    }
    // The slack keeps 100 points at 1.1 from becoming 111 pixels by the last digit of a float.
    let side =
        |points: f32| (f64::from(points) * f64::from(scale) - 1e-3).ceil().clamp(1.0, 1e15) as u64;
    let (width, height) = (side(scene.width), side(scene.height));
    let too_large = ExportError::TooLarge { width, height };
    if width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS {
        return Err(too_large);
    }
    let mut pixmap = Pixmap::new(width as u32, height as u32).ok_or(too_large)?;
    if scene.background.a > 0 {
        pixmap.fill(skia(scene.background));
    }
    let mut painter = Painter {
        pixmap,
        scale: Transform::from_scale(scale, scale),
        clip: None,
        glyphs: FxHashMap::default(),
    };
    painter.items(&scene.items);
    Ok(painter.pixmap)
}

fn encode(scene: &Scene, scale: f32, pixmap: &Pixmap, view: &str) -> Result<Vec<u8>, ExportError> {
    let opaque = scene.background.a == 255;
    let mut pixels = Vec::with_capacity(pixmap.pixels().len() * 4);
    for pixel in pixmap.pixels() {
        let color = pixel.demultiply();
        pixels.extend([color.red(), color.green(), color.blue()]);
        if !opaque {
            pixels.push(color.alpha());
        }
    }
    let failed = |error: png::EncodingError| ExportError::Encoding(error.to_string());
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, pixmap.width(), pixmap.height());
    encoder.set_color(if opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_source_srgb(png::SrgbRenderingIntent::RelativeColorimetric);
    let density = (f64::from(scale) * POINTS_PER_METRE).round() as u32;
    encoder.set_pixel_dims(Some(png::PixelDimensions {
        xppu: density,
        yppu: density,
        unit: png::Unit::Meter,
    }));
    let title: String = scene.title.chars().filter(|c| !c.is_control()).collect();
    if !title.is_empty() {
        encoder.add_itxt_chunk("Title".to_owned(), title).map_err(failed)?;
    }
    if !view.is_empty() {
        let keyword = super::carried::PNG_KEYWORD.to_owned();
        encoder.add_itxt_chunk(keyword, view.to_owned()).map_err(failed)?;
    }
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&pixels).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(file)
}

/// What shows through a clip, and the mask that lets only that through.
struct Clip {
    rect: Rect,
    mask: Mask,
}

struct Painter {
    pixmap: Pixmap,
    scale: Transform,
    clip: Option<Clip>,
    /// Outlines in thousandths of the text size; `None` for a glyph without ink.
    glyphs: FxHashMap<(u8, u16), Option<Path>>,
}

impl Painter {
    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Rect { rect, radius, fill, stroke } => {
                    if let Some(path) = rectangle(*rect, *radius) {
                        self.path(&path, *fill, *stroke);
                    }
                }
                Item::Circle { center, radius, fill, stroke } => {
                    if let Some(path) = PathBuilder::from_circle(center.x, center.y, *radius) {
                        self.path(&path, *fill, *stroke);
                    }
                }
                Item::Path { segments, fill, stroke } => {
                    if let Some(path) = outline(segments) {
                        self.path(&path, *fill, *stroke);
                    }
                }
                Item::Text(run) => self.text(run),
                Item::Group { items, .. } | Item::Part { items, .. } => self.items(items),
                Item::Clip { rect, items } => self.clipped(*rect, items),
            }
        }
    }

    fn path(&mut self, path: &Path, fill: Option<Color>, stroke: Option<Stroke>) {
        let mask = self.clip.as_ref().map(|clip| &clip.mask);
        if let Some(fill) = fill.filter(|fill| fill.a > 0) {
            self.pixmap.fill_path(path, &paint(fill), FillRule::EvenOdd, self.scale, mask);
        }
        if let Some(stroke) = stroke.filter(|stroke| stroke.color.a > 0 && stroke.width > 0.0) {
            let dash = stroke
                .dash
                .filter(|&(dash, gap)| dash > 0.0 && gap > 0.0)
                .and_then(|(dash, gap)| StrokeDash::new(vec![dash, gap], 0.0));
            let pen = tiny_skia::Stroke {
                width: stroke.width,
                line_join: LineJoin::Round,
                dash,
                ..tiny_skia::Stroke::default()
            };
            self.pixmap.stroke_path(path, &paint(stroke.color), &pen, self.scale, mask);
        }
    }

    fn text(&mut self, run: &TextRun) {
        if run.color.a == 0 {
            return;
        }
        if let Some(ground) = run.halo.filter(|ground| ground.a > 0) {
            let pen = tiny_skia::Stroke {
                width: 2.0 * HALO * OUTLINE_UNITS / run.size.max(f32::MIN_POSITIVE),
                line_join: LineJoin::Round,
                ..tiny_skia::Stroke::default()
            };
            self.glyphs(run, |pixmap, path, transform, mask| {
                pixmap.stroke_path(path, &paint(ground), &pen, transform, mask);
            });
        }
        self.glyphs(run, |pixmap, path, transform, mask| {
            pixmap.fill_path(path, &paint(run.color), FillRule::Winding, transform, mask);
        });
    }

    /// Draws each glyph of a run.
    fn glyphs(
        &mut self,
        run: &TextRun,
        draw: impl Fn(&mut Pixmap, &Path, Transform, Option<&Mask>),
    ) {
        let mask = self.clip.as_ref().map(|clip| &clip.mask);
        let em = run.size / OUTLINE_UNITS;
        for glyph in run.glyphs.iter() {
            let path = self
                .glyphs
                .entry((glyph.font, glyph.id))
                .or_insert_with(|| glyph_path(glyph.font, glyph.id));
            if let Some(path) = path {
                let transform = self
                    .scale
                    .pre_translate(run.at.x + glyph.at.x, run.at.y + glyph.at.y)
                    .pre_scale(em, em);
                draw(&mut self.pixmap, path, transform, mask);
            }
        }
    }

    fn clipped(&mut self, rect: Rect, items: &[Item]) {
        let outer = self.clip.take();
        let rect = outer.as_ref().map_or(rect, |outer| shared(rect, outer.rect));
        // An empty clip shows nothing.
        if let Some(path) = rectangle(rect, 0.0)
            && let Some(mut mask) = Mask::new(self.pixmap.width(), self.pixmap.height())
        {
            mask.fill_path(&path, FillRule::Winding, true, self.scale);
            self.clip = Some(Clip { rect, mask });
            self.items(items);
        }
        self.clip = outer;
    }
}

/// What two rectangles have in common.
fn shared(a: Rect, b: Rect) -> Rect {
    let (x, y) = (a.x.max(b.x), a.y.max(b.y));
    let (right, bottom) = (a.right().min(b.right()), a.bottom().min(b.bottom()));
    Rect::new(x, y, (right - x).max(0.0), (bottom - y).max(0.0))
}

fn skia(color: Color) -> tiny_skia::Color {
    tiny_skia::Color::from_rgba8(color.r, color.g, color.b, color.a)
}

fn paint(color: Color) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color(skia(color));
    paint
}

fn rectangle(rect: Rect, radius: f32) -> Option<Path> {
    let radius = radius.min(rect.w / 2.0).min(rect.h / 2.0);
    let (left, top, right, bottom) = (rect.x, rect.y, rect.right(), rect.bottom());
    if radius <= 0.0 || radius.is_nan() {
        return Some(PathBuilder::from_rect(tiny_skia::Rect::from_ltrb(left, top, right, bottom)?));
    }
    outline(&super::shape::rectangle(rect, radius))
}

fn outline(segments: &[PathSegment]) -> Option<Path> {
    let mut path = PathBuilder::with_capacity(segments.len(), segments.len());
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

fn glyph_path(font: u8, glyph: u16) -> Option<Path> {
    let mut path = PathBuilder::new();
    for step in fonts::outline(font, glyph).iter() {
        match *step {
            Step::Move(Point { x, y }) => path.move_to(x, y),
            Step::Line(Point { x, y }) => path.line_to(x, y),
            Step::Quad(c, to) => path.quad_to(c.x, c.y, to.x, to.y),
            Step::Cubic(a, b, to) => path.cubic_to(a.x, a.y, b.x, b.y, to.x, to.y),
            Step::Close => path.close(),
        }
    }
    path.finish()
}
