//! A scene as SVG: compact, valid, the same bytes every time.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::{
    svg_path::PathData,
    xml::{Ids, push_number, push_text},
};
use crate::model::Target;
use crate::scene::{
    Color, Item, Mark, PathSegment, Point, Rect, Scene, Stroke, TextRun,
    fonts::{self, OUTLINE_UNITS, Step},
    text::HALO,
};

/// How text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SvgText {
    /// As outlines of the glyphs: looks the same everywhere, with no font installed.
    #[default]
    Outlines,
    /// As text that a drawing program can edit; it needs the fonts to look the same.
    Editable,
}

/// What an SVG should be like.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SvgOptions {
    /// How text is written.
    pub text: SvgText,
    /// What the picture shows, for readers who cannot see it; empty for nothing but the title.
    pub description: String,
    /// Put before every id, so that several pictures can stand in one page. Letters and digits,
    /// starting with a letter; other characters are left out.
    pub id_prefix: String,
    /// The view that the picture shows, as JSON; put among its metadata. Empty for none.
    pub view: String,
    /// Whether the size is given in points (for print) instead of pixels (for the screen).
    pub points: bool,
    /// Whether the keyboard reaches the marks one by one, and readers who cannot see the picture
    /// find them; for pictures inside of a page.
    pub reachable: bool,
}

/// Writes a scene as an SVG document. Any scene makes a valid document.
#[must_use]
pub fn svg(scene: &Scene, options: &SvgOptions) -> String {
    svg_with_marks(scene, options).0
}

/// As [`svg`], with the id in the document of the first mark of each target.
pub(super) fn svg_with_marks(
    scene: &Scene,
    options: &SvgOptions,
) -> (String, FxHashMap<Target, String>) {
    let prefix = options.id_prefix.chars().filter(char::is_ascii_alphanumeric).collect();
    let mut writer = Writer {
        out: String::new(),
        text: options.text,
        reachable: options.reachable,
        marks: FxHashMap::default(),
        prefix,
        ids: Ids::default(),
        glyphs: FxHashMap::default(),
        clips: FxHashMap::default(),
        defs: String::new(),
    };
    writer.items(&scene.items);
    (document(scene, options, &writer), writer.marks)
}

fn document(scene: &Scene, options: &SvgOptions, body: &Writer) -> String {
    let mut out = String::with_capacity(body.out.len() + body.defs.len() + 1024);
    let unit = if options.points { "pt" } else { "" };
    let prefix = &body.prefix;
    out.push_str(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         width=\"",
    );
    number(&mut out, scene.width);
    let _ = write!(out, "{unit}\" height=\"");
    number(&mut out, scene.height);
    let _ = write!(out, "{unit}\" viewBox=\"0 0 ");
    number(&mut out, scene.width);
    out.push(' ');
    number(&mut out, scene.height);
    if options.reachable {
        // A title would follow the pointer over every empty stretch of the page.
        out.push_str("\" role=\"group\" aria-label=\"");
        push_text(&mut out, &scene.title);
        out.push_str("\" fill=\"none\" stroke-linejoin=\"round\">\n");
    } else {
        let _ = write!(out, "\" role=\"img\" aria-labelledby=\"{prefix}__t");
        if !options.description.is_empty() {
            let _ = write!(out, " {prefix}__d");
        }
        let _ =
            write!(out, "\" fill=\"none\" stroke-linejoin=\"round\">\n<title id=\"{prefix}__t\">");
        push_text(&mut out, &scene.title);
        out.push_str("</title>\n");
    }
    if !options.description.is_empty() {
        let _ = write!(out, "<desc id=\"{prefix}__d\">");
        push_text(&mut out, &options.description);
        out.push_str("</desc>\n");
    }
    if !options.view.is_empty() {
        let _ = write!(out, "<metadata id=\"{prefix}{}\">", super::carried::SVG_ID);
        push_text(&mut out, &options.view);
        out.push_str("</metadata>\n");
    }
    if !body.defs.is_empty() {
        let _ = write!(out, "<defs>\n{}</defs>\n", body.defs);
    }
    if scene.background.a > 0 {
        let whole = Rect::new(0.0, 0.0, scene.width, scene.height);
        rectangle(&mut out, whole, 0.0, Some(scene.background), None);
    }
    out.push_str(&body.out);
    out.push_str("</svg>\n");
    out
}

/// Writes the items and collects what they refer to.
struct Writer {
    out: String,
    text: SvgText,
    reachable: bool,
    /// The id of the first mark of each target.
    marks: FxHashMap<Target, String>,
    prefix: String,
    ids: Ids,
    /// The number of each glyph already defined.
    glyphs: FxHashMap<(u8, u16), usize>,
    /// The number of each clip already defined, by its corners in hundredths.
    clips: FxHashMap<[i64; 4], usize>,
    defs: String,
}

impl Writer {
    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Rect { rect, radius, fill, stroke } => {
                    rectangle(&mut self.out, *rect, *radius, *fill, *stroke);
                }
                Item::Circle { center, radius, fill, stroke } => {
                    circle(&mut self.out, *center, *radius, *fill, *stroke);
                }
                Item::Path { segments, fill, stroke } => {
                    path(&mut self.out, segments, *fill, *stroke);
                }
                Item::Text(run) => match self.text {
                    SvgText::Outlines => self.outlined(run),
                    SvgText::Editable => editable(&mut self.out, run),
                },
                Item::Group { mark, items } => self.group(mark, items),
                Item::Part { items, .. } => self.items(items),
                Item::Clip { rect, items } => {
                    let clip = self.clip(*rect);
                    let _ = writeln!(self.out, "<g clip-path=\"url(#{}__{clip})\">", self.prefix);
                    self.items(items);
                    self.out.push_str("</g>\n");
                }
            }
        }
    }

    fn group(&mut self, mark: &Mark, items: &[Item]) {
        self.out.push_str("<g");
        if let Some(id) = self.ids.make(&mark.id) {
            let _ = write!(self.out, " id=\"{}{id}\"", self.prefix);
            if let Some(target) = mark.target {
                self.marks.entry(target).or_insert_with(|| format!("{}{id}", self.prefix));
            }
        }
        if self.reachable && mark.target.is_some() && !mark.title.is_empty() {
            self.out.push_str(" tabindex=\"0\" role=\"img\"");
        }
        self.out.push('>');
        if !mark.title.is_empty() {
            self.out.push_str("<title>");
            push_text(&mut self.out, &mark.title);
            self.out.push_str("</title>");
        }
        self.out.push('\n');
        self.items(items);
        self.out.push_str("</g>\n");
    }

    fn clip(&mut self, rect: Rect) -> usize {
        let key = [rect.x, rect.y, rect.w, rect.h].map(|n| super::xml::fixed(f64::from(n), 2));
        let next = self.clips.len();
        *self.clips.entry(key).or_insert_with(|| {
            let _ = write!(self.defs, "<clipPath id=\"{}__{next}\">", self.prefix);
            // Whether a clip has a fill says nothing: its shape counts.
            rectangle(&mut self.defs, rect, 0.0, None, None);
            self.defs.truncate(self.defs.trim_end().len());
            self.defs.push_str("</clipPath>\n");
            next
        })
    }

    fn outlined(&mut self, run: &TextRun) {
        let scale = f64::from(run.size) / f64::from(OUTLINE_UNITS);
        if run.color.a == 0 || scale <= 0.0 || !scale.is_finite() {
            return;
        }
        let mut uses = String::new();
        for glyph in run.glyphs.iter() {
            let Some(number_of) = self.glyph(glyph.font, glyph.id) else { continue };
            let _ = write!(uses, "<use xlink:href=\"#{}_", self.prefix);
            push_base36(&mut uses, number_of);
            uses.push('"');
            for (name, value) in [("x", glyph.at.x), ("y", glyph.at.y)] {
                let value = super::xml::fixed(f64::from(value) / scale, 0);
                if value != 0 {
                    let _ = write!(uses, " {name}=\"{value}\"");
                }
            }
            uses.push_str("/>");
        }
        if uses.is_empty() {
            return;
        }
        self.out.push_str("<g transform=\"translate(");
        number(&mut self.out, run.at.x);
        self.out.push(' ');
        number(&mut self.out, run.at.y);
        self.out.push_str(")scale(");
        push_number(&mut self.out, scale, 5);
        self.out.push_str(")\"");
        color(&mut self.out, "fill", Some(run.color));
        self.out.push_str(" aria-label=\"");
        push_text(&mut self.out, &run.text);
        self.out.push_str("\">");
        if let Some(ground) = run.halo.filter(|ground| ground.a > 0) {
            // A copy below: not every program that draws SVG knows of an order of painting.
            self.out.push_str("<g");
            haloed(&mut self.out, ground, scale);
            let _ = write!(self.out, ">{uses}</g>");
        }
        self.out.push_str(&uses);
        self.out.push_str("</g>\n");
    }

    /// The number of a glyph's definition; `None` for a glyph without ink.
    fn glyph(&mut self, font: u8, glyph: u16) -> Option<usize> {
        if let Some(&number) = self.glyphs.get(&(font, glyph)) {
            return Some(number);
        }
        let outline = fonts::outline(font, glyph);
        if outline.is_empty() {
            return None;
        }
        let number = self.glyphs.len();
        self.glyphs.insert((font, glyph), number);
        let mut data = PathData::new(0);
        for step in outline.iter() {
            match *step {
                Step::Move(to) => data.move_to(to),
                Step::Line(to) => data.line_to(to),
                Step::Quad(control, to) => data.quad_to(control, to),
                Step::Cubic(a, b, to) => data.cubic_to(a, b, to),
                Step::Close => data.close(),
            }
        }
        let _ = write!(self.defs, "<path id=\"{}_", self.prefix);
        push_base36(&mut self.defs, number);
        let _ = writeln!(self.defs, "\" d=\"{}\"/>", data.finish());
        Some(number)
    }
}

fn editable(out: &mut String, run: &TextRun) {
    if run.color.a == 0 {
        return;
    }
    if let Some(ground) = run.halo.filter(|ground| ground.a > 0) {
        // What is moved in a drawing program is moved with its halo.
        out.push_str("<g><g aria-hidden=\"true\"");
        haloed(out, ground, 1.0);
        out.push_str(">\n");
        editable(out, &TextRun { color: ground, halo: None, ..run.clone() });
        out.push_str("</g>\n");
        editable(out, &TextRun { halo: None, ..run.clone() });
        out.push_str("</g>\n");
        return;
    }
    out.push_str("<text x=\"");
    number(out, run.at.x);
    out.push_str("\" y=\"");
    number(out, run.at.y);
    out.push_str("\" font-size=\"");
    number(out, run.size);
    out.push_str(
        "\" font-family=\"Inter,'Noto Sans Khmer','Noto Sans Lao','Noto Sans Thai','Noto Sans \
         Myanmar',sans-serif\"",
    );
    if run.strong {
        out.push_str(" font-weight=\"600\"");
    }
    if run.width > 0.0 {
        out.push_str(" textLength=\"");
        number(out, run.width);
        out.push('"');
    }
    color(out, "fill", Some(run.color));
    out.push_str(" xml:space=\"preserve\">");
    push_text(out, &run.text);
    out.push_str("</text>\n");
}

/// The attributes of the copy of a text that is its halo, in units of `scale` points.
fn haloed(out: &mut String, ground: Color, scale: f64) {
    color(out, "fill", Some(ground));
    color(out, "stroke", Some(ground));
    out.push_str(" stroke-width=\"");
    push_number(out, 2.0 * f64::from(HALO) / scale, 2);
    out.push('"');
}

fn rectangle(
    out: &mut String,
    rect: Rect,
    radius: f32,
    fill: Option<Color>,
    stroke: Option<Stroke>,
) {
    out.push_str("<rect");
    for (name, value) in [("x", rect.x), ("y", rect.y)] {
        if value != 0.0 {
            attribute(out, name, value);
        }
    }
    attribute(out, "width", rect.w.max(0.0));
    attribute(out, "height", rect.h.max(0.0));
    let radius = radius.min(rect.w / 2.0).min(rect.h / 2.0);
    if radius > 0.0 {
        attribute(out, "rx", radius);
    }
    painted(out, fill, stroke);
    out.push_str("/>\n");
}

fn circle(
    out: &mut String,
    center: Point,
    radius: f32,
    fill: Option<Color>,
    stroke: Option<Stroke>,
) {
    out.push_str("<circle");
    attribute(out, "cx", center.x);
    attribute(out, "cy", center.y);
    attribute(out, "r", radius.max(0.0));
    painted(out, fill, stroke);
    out.push_str("/>\n");
}

fn path(out: &mut String, segments: &[PathSegment], fill: Option<Color>, stroke: Option<Stroke>) {
    let mut data = PathData::new(2);
    let mut started = false;
    for segment in segments {
        match *segment {
            PathSegment::Move(to) => data.move_to(to),
            // A path that begins without a start would make the document's path data invalid.
            _ if !started => continue,
            PathSegment::Line(to) => data.line_to(to),
            PathSegment::Cubic(a, b, to) => data.cubic_to(a, b, to),
            PathSegment::Close => data.close(),
        }
        started = true;
    }
    if !started {
        return;
    }
    let _ = write!(out, "<path d=\"{}\"", data.finish());
    if fill.is_some_and(|fill| fill.a > 0) {
        out.push_str(" fill-rule=\"evenodd\"");
    }
    painted(out, fill, stroke);
    out.push_str("/>\n");
}

fn painted(out: &mut String, fill: Option<Color>, stroke: Option<Stroke>) {
    color(out, "fill", fill);
    let Some(stroke) = stroke.filter(|stroke| stroke.color.a > 0 && stroke.width > 0.0) else {
        return;
    };
    color(out, "stroke", Some(stroke.color));
    if (stroke.width - 1.0).abs() > 0.001 {
        attribute(out, "stroke-width", stroke.width);
    }
    if let Some((dash, gap)) = stroke.dash.filter(|&(dash, gap)| dash > 0.0 && gap > 0.0) {
        out.push_str(" stroke-dasharray=\"");
        number(out, dash);
        out.push(' ');
        number(out, gap);
        out.push('"');
    }
}

fn color(out: &mut String, name: &str, color: Option<Color>) {
    let Some(Color { r, g, b, a }) = color.filter(|color| color.a > 0) else { return };
    if [r, g, b].iter().all(|part| part >> 4 == part & 15) {
        let _ = write!(out, " {name}=\"#{:x}{:x}{:x}\"", r & 15, g & 15, b & 15);
    } else {
        let _ = write!(out, " {name}=\"#{r:02x}{g:02x}{b:02x}\"");
    }
    if a < 255 {
        let _ = write!(out, " {name}-opacity=\"");
        push_number(out, f64::from(a) / 255.0, 3);
        out.push('"');
    }
}

fn attribute(out: &mut String, name: &str, value: f32) {
    let _ = write!(out, " {name}=\"");
    number(out, value);
    out.push('"');
}

fn number(out: &mut String, value: f32) {
    push_number(out, f64::from(value), 2);
}

fn push_base36(out: &mut String, mut value: usize) {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit((value % 36) as u32, 36).unwrap_or('0'));
        value /= 36;
        if value == 0 {
            break;
        }
    }
    out.extend(digits.iter().rev());
}
