//! Shaping: the fonts of each part of a line, then its glyphs, in em.

use std::cell::RefCell;

use harfrust::{BufferFlags, Direction, Script, ShapeOptions, ShapePlan, UnicodeBuffer};
use rustc_hash::FxHashMap;
use unicode_segmentation::UnicodeSegmentation as _;

use super::super::{
    Glyph, Point,
    fonts::{self, ALL},
};

/// A shaped line; lengths are in em.
pub struct Shaped {
    /// The glyphs in order of drawing.
    pub glyphs: Vec<Glyph>,
    /// The width of the line.
    pub width: f32,
}

/// Shapes a line.
pub fn shape(text: &str, strong: bool) -> Shaped {
    let mut shaped = Shaped { glyphs: Vec::new(), width: 0.0 };
    each_glyph(text, strong, |glyph, _, advance| {
        shaped.glyphs.push(glyph);
        shaped.width += advance;
    });
    shaped
}

/// The byte of the text at which the cluster of each glyph begins, in order of drawing.
pub fn clusters(text: &str, strong: bool) -> Vec<usize> {
    let mut starts = Vec::new();
    each_glyph(text, strong, |_, byte, _| starts.push(byte));
    starts
}

/// The byte at which each cluster of glyphs begins, and its advance in em.
pub fn advances(text: &str, strong: bool) -> Vec<(usize, f32)> {
    let mut advances = Vec::new();
    each_glyph(text, strong, |_, byte, advance| advances.push((byte, advance)));
    advances
}

/// The advance of everything that begins before a byte.
pub fn advance_before(advances: &[(usize, f32)], end: usize) -> f32 {
    advances.iter().filter(|(byte, _)| *byte < end).map(|(_, advance)| advance).sum()
}

/// The characters that no font has, each once, in order of appearance.
pub fn missing(text: &str) -> Vec<char> {
    let mut missing = Vec::new();
    for c in text.chars() {
        let drawn = ignorable(c) || c.is_whitespace() || (0..ALL.len() as u8).any(|f| covers(f, c));
        if !drawn && !missing.contains(&c) {
            missing.push(c);
        }
    }
    missing
}

/// Calls `visit` with each glyph, the byte of the text it comes from, and its advance in em.
fn each_glyph(text: &str, strong: bool, mut visit: impl FnMut(Glyph, usize, f32)) {
    thread_local! {
        static BUFFER: RefCell<Option<UnicodeBuffer>> = RefCell::default();
    }
    let mut buffer = BUFFER.take().unwrap_or_default();
    let mut x = 0.0;
    for (font, start, end) in runs(text, strong) {
        let Some(face) = fonts::face(font) else { continue };
        for (at, c) in text[start..end].char_indices() {
            let c = if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c };
            if !c.is_control() {
                buffer.add(c, (start + at) as u32);
            }
        }
        if buffer.is_empty() {
            continue;
        }
        buffer.guess_segment_properties();
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        let glyphs = with_plan(font, face, buffer.script(), buffer.direction(), |plan| {
            face.shaper.shape(buffer, ShapeOptions::new().plan(Some(plan)))
        });
        for (info, position) in glyphs.glyph_infos().iter().zip(glyphs.glyph_positions()) {
            let em = |units: i32| units as f32 / face.units;
            let at = Point::new(x + em(position.x_offset), -em(position.y_offset));
            let id = u16::try_from(info.glyph_id).unwrap_or_default();
            visit(Glyph { font, id, at }, info.cluster as usize, em(position.x_advance));
            x += em(position.x_advance);
        }
        buffer = glyphs.clear();
    }
    BUFFER.set(Some(buffer));
}

/// Plans are dear to make and few: one per font, script and direction.
fn with_plan<T>(
    font: u8,
    face: &fonts::Face,
    script: Script,
    direction: Direction,
    use_it: impl FnOnce(&ShapePlan) -> T,
) -> T {
    thread_local! {
        static PLANS: RefCell<FxHashMap<(u8, Script, bool), ShapePlan>> = RefCell::default();
    }
    PLANS.with_borrow_mut(|plans| {
        let key = (font, script, direction == Direction::RightToLeft);
        let plan = plans
            .entry(key)
            .or_insert_with(|| ShapePlan::new(&face.shaper, direction, Some(script), None, &[]));
        use_it(plan)
    })
}

/// Stretches of the text with the font that draws each: font, first byte, byte after the last.
fn runs(text: &str, strong: bool) -> Vec<(u8, usize, usize)> {
    let mut runs: Vec<(u8, usize, usize)> = Vec::new();
    for (at, cluster) in text.grapheme_indices(true) {
        let end = at + cluster.len();
        let last = runs.last().map(|&(font, ..)| font);
        let font = if cluster.chars().all(ignorable) {
            last.unwrap_or(u8::from(strong))
        } else {
            font_for(cluster, strong)
        };
        match runs.last_mut() {
            Some(run) if run.0 == font => run.2 = end,
            _ => runs.push((font, at, end)),
        }
    }
    runs
}

/// The first font of the weight that has all characters of a cluster, else the first of the other
/// weight, else the first of the weight that has its first character, else Inter, which draws a
/// box.
fn font_for(cluster: &str, strong: bool) -> u8 {
    let order = || {
        let of = |weight: bool| (0..ALL.len() as u8).filter(move |&f| strong_is(f) == weight);
        of(strong).chain(of(!strong))
    };
    let has_all = |font: u8| cluster.chars().all(|c| ignorable(c) || covers(font, c));
    let has_first = |font: u8| cluster.chars().next().is_some_and(|c| covers(font, c));
    order()
        .find(|&font| has_all(font))
        .or_else(|| order().find(|&font| has_first(font)))
        .unwrap_or(u8::from(strong))
}

fn strong_is(font: u8) -> bool {
    ALL[usize::from(font)].strong
}

fn covers(font: u8, c: char) -> bool {
    let c = if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c };
    fonts::face(font).is_some_and(|face| face.covers(c))
}

/// Characters that leave no ink of their own: controls and Unicode's default ignorables.
fn ignorable(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}
