//! Shaping text into positioned glyphs with the bundled fonts, and measuring it.

mod breaks;
mod shape;

use std::{cell::RefCell, mem, ops::Range, sync::Arc};

use rustc_hash::FxHashMap;

use super::{Color, Glyph, Point, TextRun};

/// Where a run stands relative to the point it is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Starts there.
    #[default]
    Left,
    /// Has its middle there.
    Center,
    /// Ends there.
    Right,
}

/// Size, weight and colour of text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Size in points.
    pub size: f32,
    /// Semi-bold instead of regular.
    pub strong: bool,
    /// Colour.
    pub color: Color,
}

/// How far the halo of a text reaches beyond its letters, in points.
pub const HALO: f32 = 1.6;

/// The mark at the end of text that was cut.
const ELLIPSIS: char = '…';

/// The width of a line of text in points.
#[must_use]
pub fn width(text: &str, size: f32, strong: bool) -> f32 {
    cached(text, size, strong).width
}

/// Shapes one line of text. `at` is on the baseline; `align` says which part of the line is there.
///
/// Shaping is cached per thread, so that the same words cost nothing the second time. Line breaks
/// and tabs are drawn as spaces, other control characters not at all.
#[must_use]
pub fn line(text: &str, at: Point, align: Align, style: Style) -> TextRun {
    let shaped = cached(text, style.size, style.strong);
    let x = match align {
        Align::Left => at.x,
        Align::Center => at.x - shaped.width / 2.0,
        Align::Right => at.x - shaped.width,
    };
    TextRun {
        text: text.to_owned(),
        at: Point::new(x, at.y),
        size: style.size,
        strong: style.strong,
        color: style.color,
        halo: None,
        width: shaped.width,
        glyphs: shaped.glyphs,
    }
}

impl TextRun {
    /// The same with a halo of a colour, that of the ground as a rule.
    #[must_use]
    pub fn haloed(self, ground: Color) -> Self {
        Self { halo: Some(ground), ..self }
    }
}

/// The text cut to at most `max` points, ending in "…" where it was cut; empty where not even the
/// "…" has room.
#[must_use]
pub fn fitted(text: &str, max: f32, size: f32, strong: bool) -> String {
    if width(text, size, strong) <= max {
        return text.to_owned();
    }
    let room = max - width("…", size, strong);
    if room < 0.0 {
        return String::new();
    }
    let advances = shape::advances(text, strong);
    let ends = breaks::clusters(text);
    // The advances give a first guess, shaping the cut text the answer: a cut can change a shape.
    let mut fitting = ends
        .iter()
        .take_while(|&&end| shape::advance_before(&advances, end) * size <= room)
        .count();
    while fitting > 0 {
        let mut cut = text[..ends[fitting - 1]].trim_end().to_owned();
        cut.push(ELLIPSIS);
        if shape::shape(&cut, strong).width * size <= max {
            return cut;
        }
        fitting -= 1;
    }
    ELLIPSIS.to_string()
}

/// The lines of a text broken to at most `max` points each.
///
/// Lines break at spaces, after dashes and slashes between letters, and at zero-width spaces
/// (U+200B). Khmer, Lao, Thai and Burmese, which put no spaces between words, and words that are
/// wider than a whole line break between syllables as far as letters alone tell them apart. A
/// line break in the text stays one. A single cluster wider than `max` has a line of its own.
#[must_use]
pub fn wrapped(text: &str, max: f32, size: f32, strong: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let paragraph = paragraph.strip_suffix('\r').unwrap_or(paragraph);
        breaks::wrap(paragraph, max, &|piece| width(piece, size, strong), &mut lines);
    }
    lines
}

/// The characters of a text that no bundled font can draw, each once, in order of appearance.
/// They are drawn as boxes; whoever shows or writes a text should say so.
#[must_use]
pub fn missing(text: &str) -> Vec<char> {
    shape::missing(text)
}

/// For each glyph of a shaped run, the bytes of its text that the glyph's cluster stands for.
///
/// Glyphs of one cluster have the same range. The ranges together cover the text, so that what
/// leaves no ink belongs to the cluster before it.
#[must_use]
pub fn clusters(run: &TextRun) -> Vec<Range<usize>> {
    let starts = shape::clusters(&run.text, run.strong);
    let mut bounds = starts.clone();
    bounds.sort_unstable();
    bounds.dedup();
    let range = |start: usize| {
        let at = bounds.partition_point(|&bound| bound < start);
        let from = if at == 0 { 0 } else { start };
        from..bounds.get(at + 1).copied().unwrap_or(run.text.len())
    };
    starts.into_iter().map(range).collect()
}

/// A shaped line at one size.
#[derive(Clone)]
struct Line {
    glyphs: Arc<[Glyph]>,
    width: f32,
}

/// Lines by size and weight, then by text, so that looking one up copies nothing.
type Lines = FxHashMap<(u32, bool), FxHashMap<Box<str>, Line>>;

/// A bounded cache in two generations: what has not been asked for while a whole generation
/// filled up is forgotten.
#[derive(Default)]
struct Cache {
    young: Lines,
    old: Lines,
    /// Bytes of text in the young generation.
    bytes: usize,
}

/// Bytes of text that a generation holds; with glyphs some 12 times as much memory.
const GENERATION: usize = 512 * 1024;

fn cached(text: &str, size: f32, strong: bool) -> Line {
    thread_local! {
        static CACHE: RefCell<Cache> = RefCell::default();
    }
    let key = (size.to_bits(), strong);
    CACHE.with_borrow_mut(|cache| {
        if let Some(line) = cache.young.get(&key).and_then(|lines| lines.get(text)) {
            return line.clone();
        }
        let line = match cache.old.get(&key).and_then(|lines| lines.get(text)) {
            Some(line) => line.clone(),
            None => scaled(&shape::shape(text, strong), size),
        };
        cache.bytes += text.len() + 16;
        if cache.bytes > GENERATION {
            cache.bytes = text.len() + 16;
            cache.old = mem::take(&mut cache.young);
        }
        cache.young.entry(key).or_default().insert(text.into(), line.clone());
        line
    })
}

fn scaled(shaped: &shape::Shaped, size: f32) -> Line {
    let glyphs = shaped
        .glyphs
        .iter()
        .map(|glyph| Glyph { at: Point::new(glyph.at.x * size, glyph.at.y * size), ..*glyph })
        .collect();
    Line { glyphs, width: shaped.width * size }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { size: 10.0, strong: false, color: Color::hex(0) };

    fn glyphs(text: &str) -> Vec<Glyph> {
        line(text, Point::default(), Align::Left, STYLE).glyphs.to_vec()
    }

    fn families(text: &str) -> Vec<&'static str> {
        let mut names: Vec<_> = glyphs(text)
            .iter()
            .map(|glyph| crate::scene::fonts::ALL[usize::from(glyph.font)].name)
            .collect();
        names.dedup();
        names
    }

    #[test]
    fn pairs_are_kerned() {
        let apart = width("A", 100.0, false) + width("V", 100.0, false);
        assert!(width("AV", 100.0, false) < apart - 1.0);
    }

    #[test]
    fn width_grows_with_size_and_weight() {
        let regular = width("Vientiane", 10.0, false);
        assert!((width("Vientiane", 20.0, false) - 2.0 * regular).abs() < 0.01);
        assert!(width("Vientiane", 10.0, true) > regular);
        assert_eq!(width("", 10.0, false), 0.0);
    }

    #[test]
    fn vietnamese_is_the_same_composed_and_decomposed() {
        let composed = glyphs("Việt Nam");
        assert_eq!(composed, glyphs("Vi\u{65}\u{323}\u{302}t Nam"));
        assert_eq!(composed.len(), 8);
        assert!(composed.iter().all(|glyph| glyph.id != 0));
    }

    #[test]
    fn khmer_is_shaped_with_subscripts_and_reordered_vowels() {
        // Kampuchea: the subscript needs a ligature, so fewer glyphs than characters.
        let word = "កម្ពុជា";
        let shaped = glyphs(word);
        assert!(shaped.len() < word.chars().count(), "{shaped:?}");
        assert!(shaped.iter().all(|glyph| glyph.id != 0));
        // The vowel e is written after its consonant and drawn before it.
        let (consonant, syllable) = (glyphs("ក"), glyphs("កេ"));
        assert_eq!(syllable.len(), 2);
        assert_eq!(syllable[1].id, consonant[0].id);
        assert!(syllable[1].at.x > 0.0);
    }

    #[test]
    fn lao_tone_marks_take_no_room() {
        assert_eq!(width("ກ່", 10.0, false), width("ກ", 10.0, false));
        assert_eq!(width("ก่", 10.0, false), width("ก", 10.0, false));
    }

    #[test]
    fn each_script_is_drawn_in_its_font() {
        assert_eq!(families("Laos"), ["Inter"]);
        assert_eq!(families("ລາວ"), ["Noto Sans Lao"]);
        assert_eq!(families("ไทย"), ["Noto Sans Thai"]);
        assert_eq!(families("မြန်မာ"), ["Noto Sans Myanmar"]);
        assert_eq!(families("Cambodia (កម្ពុជា)"), ["Inter", "Noto Sans Khmer", "Inter"]);
    }

    #[test]
    fn characters_without_glyph_are_boxes_and_are_listed() {
        assert_eq!(missing("Laos 漢字 漢 – ลาว\n\u{202E}"), ['漢', '字']);
        assert_eq!(glyphs("漢").iter().map(|glyph| glyph.id).collect::<Vec<_>>(), [0]);
        assert!(width("漢", 10.0, false) > 0.0);
    }

    #[test]
    fn controls_and_overrides_leave_no_ink() {
        assert_eq!(glyphs("a\u{0}\u{202E}\u{7}b"), glyphs("ab"));
        assert_eq!(glyphs("a\tb"), glyphs("a b"));
    }

    #[test]
    fn right_to_left_text_is_drawn_without_fault() {
        assert!(glyphs("שלום Laos مرحبا").len() > 8);
    }

    #[test]
    fn clusters_cover_the_text_once() {
        for text in ["Hanoi", "កម្ពុជា", "ກ່ນ ລາວ", "a\u{200B}\u{202E}b", "Cambodia (កម្ពុជា)", "שלום"]
        {
            let run = line(text, Point::default(), Align::Left, STYLE);
            let clusters = clusters(&run);
            assert_eq!(clusters.len(), run.glyphs.len(), "{text}");
            let mut distinct = clusters.clone();
            distinct.sort_by_key(|range| range.start);
            distinct.dedup();
            let read: String = distinct.into_iter().map(|range| &text[range]).collect();
            assert_eq!(read, text);
        }
    }

    #[test]
    fn alignment_moves_the_start() {
        let at = Point::new(100.0, 50.0);
        let run = |align| line("Hanoi", at, align, STYLE);
        let wide = run(Align::Left).width;
        assert_eq!(run(Align::Left).at.x, 100.0);
        assert_eq!(run(Align::Center).at.x, 100.0 - wide / 2.0);
        assert_eq!(run(Align::Right).at.x, 100.0 - wide);
    }

    #[test]
    fn cut_text_fits_and_says_that_it_is_cut() {
        let text = "Defense Policy Dialogue";
        assert_eq!(fitted(text, 1000.0, 11.0, false), text);
        for max in 0..120 {
            let cut = fitted(text, max as f32, 11.0, false);
            assert!(width(&cut, 11.0, false) <= max as f32, "{cut} at {max}");
            assert!(cut.is_empty() || cut.ends_with('…'), "{cut}");
        }
        assert_eq!(fitted(text, width("Defense…", 11.0, false), 11.0, false), "Defense…");
    }

    #[test]
    fn cut_text_keeps_syllables_whole() {
        for max in 0..80 {
            let cut = fitted("កម្ពុជា", max as f32, 20.0, false);
            assert!(!cut.ends_with("\u{17D2}…"), "{cut}");
        }
    }

    #[test]
    fn lines_break_at_spaces_and_fit() {
        let text = "The Mekong River Commission met in Vientiane, and agreed.";
        let lines = wrapped(text, 90.0, 11.0, false);
        assert!(lines.len() > 2);
        assert_eq!(lines.join(" "), text);
        assert!(lines.iter().all(|line| width(line, 11.0, false) <= 90.0), "{lines:?}");
    }

    #[test]
    fn lines_break_inside_what_has_no_spaces() {
        for text in ["ព្រះរាជាណាចក្រកម្ពុជា", "ສາທາລະນະລັດປະຊາທິປະໄຕ", "donaudampfschifffahrt"]
        {
            let lines = wrapped(text, 40.0, 11.0, false);
            assert!(lines.len() > 1, "{text}");
            assert_eq!(lines.concat(), text);
            for line in lines {
                assert!(width(&line, 11.0, false) <= 40.0, "{line}");
            }
        }
    }

    #[test]
    fn zero_width_spaces_break_and_fixed_spaces_do_not() {
        assert_eq!(wrapped("aaaa\u{200B}bbbb", 30.0, 11.0, false).len(), 2);
        let lines = wrapped("in 4\u{A0}May", width("in 4 M", 11.0, false), 11.0, false);
        assert_eq!(lines[0], "in");
    }

    #[test]
    fn line_breaks_of_the_text_stay() {
        assert_eq!(wrapped("a\r\n\nb", 100.0, 11.0, false), ["a", "", "b"]);
        assert_eq!(wrapped("", 100.0, 11.0, false), [""]);
    }

    #[test]
    fn the_cache_forgets_without_changing_an_answer() {
        let first = width("Phnom Penh", 11.0, false);
        for n in 0..200 {
            let _ = width(&format!("{n}").repeat(4000), 11.0, false);
        }
        assert_eq!(width("Phnom Penh", 11.0, false), first);
    }
}
