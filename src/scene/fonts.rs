//! The bundled fonts: Inter for Latin, Greek and Cyrillic, Noto Sans behind it for Southeast
//! Asian scripts. All under the SIL Open Font License; see `assets/fonts/`.

use std::{
    cell::RefCell,
    sync::{Arc, OnceLock},
};

use rustc_hash::FxHashMap;
use skrifa::MetadataProvider as _;

use super::{PathSegment, Point};

/// A bundled font file.
#[derive(Clone, Copy, Debug)]
pub struct Font {
    /// Family name with weight, for messages and as the key in the window's font table.
    pub name: &'static str,
    /// Whether it is the semi-bold of its family.
    pub strong: bool,
    /// The file.
    pub data: &'static [u8],
}

macro_rules! font {
    ($name:literal, $strong:literal, $file:literal) => {
        Font {
            name: $name,
            strong: $strong,
            data: include_bytes!(concat!("../../assets/fonts/", $file)),
        }
    };
}

/// All fonts, in the order in which a character is looked for within its weight.
pub const ALL: [Font; 10] = [
    font!("Inter", false, "Inter_400Regular.ttf"),
    font!("Inter SemiBold", true, "Inter_600SemiBold.ttf"),
    font!("Noto Sans Khmer", false, "NotoSansKhmer_400Regular.ttf"),
    font!("Noto Sans Khmer SemiBold", true, "NotoSansKhmer_600SemiBold.ttf"),
    font!("Noto Sans Lao", false, "NotoSansLao_400Regular.ttf"),
    font!("Noto Sans Lao SemiBold", true, "NotoSansLao_600SemiBold.ttf"),
    font!("Noto Sans Thai", false, "NotoSansThai_400Regular.ttf"),
    font!("Noto Sans Thai SemiBold", true, "NotoSansThai_600SemiBold.ttf"),
    font!("Noto Sans Myanmar", false, "NotoSansMyanmar_400Regular.ttf"),
    font!("Noto Sans Myanmar SemiBold", true, "NotoSansMyanmar_600SemiBold.ttf"),
];

/// How far capital letters of Inter rise above the baseline, in em.
pub const CAP_HEIGHT: f32 = 0.727;
/// How far small letters without ascenders rise above the baseline, in em.
pub const X_HEIGHT: f32 = 0.546;
/// The room above the baseline that a line of any bundled script may need, in em.
pub const ASCENT: f32 = 1.07;
/// The room below the baseline that a line of any bundled script may need, in em.
pub const DESCENT: f32 = 0.45;

/// Units per em of [`outline`]: coordinates of outlines are thousandths of the text size.
pub const OUTLINE_UNITS: f32 = 1000.0;

/// A step of a glyph's outline, in thousandths of the text size; y grows downwards from the
/// baseline, x to the right from the glyph's origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Starts a contour here.
    Move(Point),
    /// A straight line to here.
    Line(Point),
    /// A quadratic Bézier curve: control point and end.
    Quad(Point, Point),
    /// A cubic Bézier curve: two control points and the end.
    Cubic(Point, Point, Point),
    /// Back to the start of the contour.
    Close,
}

/// A parsed font.
pub(super) struct Face {
    /// Shapes runs of this font.
    pub shaper: harfrust::Shaper<'static>,
    charmap: skrifa::charmap::Charmap<'static>,
    outlines: skrifa::outline::OutlineGlyphCollection<'static>,
    /// Font units per em.
    pub units: f32,
}

impl Face {
    /// Whether the font has a glyph for a character.
    pub fn covers(&self, c: char) -> bool {
        self.charmap.map(c).is_some_and(|glyph| glyph.to_u32() != 0)
    }
}

static DATA: [OnceLock<harfrust::ShaperData>; ALL.len()] = [const { OnceLock::new() }; ALL.len()];
static FACES: [OnceLock<Option<Face>>; ALL.len()] = [const { OnceLock::new() }; ALL.len()];

/// The parsed font at an index into [`ALL`]; parsed once, on first use. `None` for an index
/// without a font.
pub(super) fn face(font: u8) -> Option<&'static Face> {
    let index = usize::from(font);
    FACES
        .get(index)?
        .get_or_init(|| {
            let parsed = skrifa::FontRef::new(ALL[index].data).ok()?;
            let data = DATA[index].get_or_init(|| harfrust::ShaperData::new(&parsed));
            let shaper = data.shaper(&parsed).build();
            let units = shaper.units_per_em().max(1) as f32;
            Some(Face {
                shaper,
                charmap: parsed.charmap(),
                outlines: parsed.outline_glyphs(),
                units,
            })
        })
        .as_ref()
}

/// Outlines by font and glyph.
type ByGlyph<T> = FxHashMap<(u8, u16), Arc<[T]>>;

/// The outline of a glyph, to be filled by the non-zero rule; empty for blanks and for glyphs
/// that the font does not have. Cached for the life of the thread.
#[must_use]
pub fn outline(font: u8, glyph: u16) -> Arc<[Step]> {
    thread_local! {
        static CACHE: RefCell<ByGlyph<Step>> = RefCell::default();
    }
    CACHE.with_borrow_mut(|cache| {
        Arc::clone(cache.entry((font, glyph)).or_insert_with(|| draw(font, glyph).into()))
    })
}

/// The outline of a glyph as segments in em (multiply by the text size), to be filled by the
/// non-zero rule; quadratic curves are raised to cubic ones without loss.
#[must_use]
pub fn glyph_outline(font: u8, glyph: u16) -> Arc<[PathSegment]> {
    thread_local! {
        static CACHE: RefCell<ByGlyph<PathSegment>> = RefCell::default();
    }
    CACHE.with_borrow_mut(|cache| {
        Arc::clone(
            cache.entry((font, glyph)).or_insert_with(|| segments(&draw(font, glyph)).into()),
        )
    })
}

fn draw(font: u8, glyph: u16) -> Vec<Step> {
    let mut pen = Pen { steps: Vec::new(), scale: 1.0 };
    if let Some(face) = face(font)
        && let Some(outline) = face.outlines.get(skrifa::GlyphId::new(u32::from(glyph)))
    {
        pen.scale = OUTLINE_UNITS / face.units;
        let location = skrifa::instance::LocationRef::default();
        let size = skrifa::instance::Size::unscaled();
        let settings = skrifa::outline::DrawSettings::unhinted(size, location);
        if outline.draw(settings, &mut pen).is_err() {
            pen.steps.clear();
        }
    }
    pen.steps
}

fn segments(steps: &[Step]) -> Vec<PathSegment> {
    let em = |point: Point| Point::new(point.x / OUTLINE_UNITS, point.y / OUTLINE_UNITS);
    let mut last = Point::default();
    let mut segments = Vec::with_capacity(steps.len());
    for step in steps {
        segments.push(match *step {
            Step::Move(to) => {
                last = to;
                PathSegment::Move(em(to))
            }
            Step::Line(to) => {
                last = to;
                PathSegment::Line(em(to))
            }
            Step::Quad(control, to) => {
                let toward = |end: Point| {
                    Point::new(
                        end.x + (control.x - end.x) * 2.0 / 3.0,
                        end.y + (control.y - end.y) * 2.0 / 3.0,
                    )
                };
                let curve = PathSegment::Cubic(em(toward(last)), em(toward(to)), em(to));
                last = to;
                curve
            }
            Step::Cubic(a, b, to) => {
                last = to;
                PathSegment::Cubic(em(a), em(b), em(to))
            }
            Step::Close => PathSegment::Close,
        });
    }
    segments
}

/// Collects a glyph's outline, turned the right way up.
struct Pen {
    steps: Vec<Step>,
    scale: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> Point {
        Point::new(x * self.scale, -y * self.scale)
    }
}

impl skrifa::outline::OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.steps.push(Step::Move(self.at(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.steps.push(Step::Line(self.at(x, y)));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.steps.push(Step::Quad(self.at(cx, cy), self.at(x, y)));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.steps.push(Step::Cubic(self.at(ax, ay), self.at(bx, by), self.at(x, y)));
    }

    fn close(&mut self) {
        self.steps.push(Step::Close);
    }
}
